// What theory promises of every equilibrium.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "equilibrium/welfare.h"
#include "models_under_test.h"
#include "support.h"

namespace detente::test {
namespace {

using testing::random_economy;
using testing::random_shock;
using testing::RandomSpec;

// Mild enough that a fixed surplus can always be earned.
RandomSpec mild() {
    RandomSpec spec;
    spec.max_regions = 8, spec.max_sectors = 6;
    spec.min_theta = 1.0, spec.max_theta = 12.0;
    spec.max_tariff = 0.5, spec.min_iceberg = 0.8, spec.max_iceberg = 1.3;
    spec.zero_flows = 0.1;
    return spec;
}

ModelOptions with(Closure closure, bool scale = false) {
    ModelOptions options;
    options.closure = closure;
    options.scale_economies = scale;
    return options;
}

constexpr Closure closures[] = {Closure::fixed, Closure::world_share, Closure::balanced};

// The economy with regions and sectors in reverse order.
template <class Table>
Table reversed_region_sector(const Table& t) {
    Table out = t;
    for (int s = 0; s < t.sectors(); ++s)
        for (int i = 0; i < t.regions(); ++i) out(t.regions() - 1 - i, t.sectors() - 1 - s) = t(i, s);
    return out;
}

TradeTensor reversed(const TradeTensor& t) {
    TradeTensor out = t;
    const int n = t.regions() - 1, m = t.sectors() - 1;
    for (int s = 0; s <= m; ++s)
        for (int j = 0; j <= n; ++j)
            for (int i = 0; i <= n; ++i) out(n - i, n - j, m - s) = t(i, j, s);
    return out;
}

Economy reversed(const Economy& e) {
    Economy out = e;
    std::vector<std::string> regions = e.regions.names(), sectors = e.sectors.names();
    std::reverse(regions.begin(), regions.end());
    std::reverse(sectors.begin(), sectors.end());
    out.regions = {"region", regions}, out.sectors = {"sector", sectors};
    out.trade = reversed(e.trade), out.tariff = reversed(e.tariff);
    out.value_added_share = reversed_region_sector(e.value_added_share);
    out.final_share = reversed_region_sector(e.final_share);
    const int n = e.n_regions() - 1, m = e.n_sectors() - 1;
    for (int i = 0; i <= n; ++i)
        for (int k = 0; k <= m; ++k)
            for (int s = 0; s <= m; ++s) out.input_share(n - i, m - k, m - s) = e.input_share(i, k, s);
    std::reverse(out.theta.begin(), out.theta.end());
    std::reverse(out.psi.begin(), out.psi.end());
    return out;
}

// Tests over the model table: a further model is a further row.
using Row = const Model*;

std::vector<Row> rows_where(bool (*holds)(const Model&)) {
    std::vector<Row> list;
    for (Row row : testing::models_under_test().rows())
        if (holds(*row)) list.push_back(row);
    return list;
}

class ModelTest : public ::testing::TestWithParam<Row> {
protected:
    static const Model& model() { return *GetParam(); }
    static RandomSpec spec() { return testing::suited_to(model(), mild()); }
    // The next economy drawn that the model takes: `melitz` refuses those whose marketing cannot meet its targets.
    static Economy drawn(std::mt19937_64& random) {
        for (int attempt = 0;; ++attempt) {
            Economy e = random_economy(random, spec());
            try {
                calibrate(e, testing::options_for(model(), e));
                return e;
            } catch (const Error& error) {
                if (error.kind() != ErrorKind::input || attempt > 100) throw;
            }
        }
    }
    static World world_of(const Economy& e, Closure closure) {
        return calibrate(e, testing::options_for(model(), e, closure)).world;
    }
};
const auto row_name = [](const auto& one) { return one.param->name; };

class EveryModel : public ModelTest {};
INSTANTIATE_TEST_SUITE_P(Table, EveryModel, ::testing::ValuesIn(testing::models_under_test().rows()), row_name);

/// Where deficits are transfers and employment is fixed, the classical results hold.
class ModelOfTransfers : public ModelTest {};
INSTANTIATE_TEST_SUITE_P(Table, ModelOfTransfers,
                         ::testing::ValuesIn(rows_where([](const Model& m) { return !m.deficits_follow_trade; })),
                         row_name);

class ModelWithParts : public ModelTest {};
INSTANTIATE_TEST_SUITE_P(Table, ModelWithParts,
                         ::testing::ValuesIn(rows_where([](const Model& m) { return m.welfare_parts; })), row_name);

TEST_P(EveryModel, EveryEquationHoldsToTheDefaultTolerance) {
    for (unsigned seed = 1; seed <= 60; ++seed) {
        std::mt19937_64 random(seed);
        const Economy e = drawn(random);
        const Shock shock = random_shock(random, e, spec());
        const Certificate c = solve(world_of(e, closures[seed % 3]), shock).certificate;
        for (const auto& [block, residual] : c.blocks) EXPECT_LT(residual, 1e-11) << block << ", seed " << seed;
        EXPECT_LT(c.walras, 1e-11) << "the condition that the others imply, seed " << seed;
        EXPECT_EQ(c.numeraire, model().numeraire);
        EXPECT_EQ(c.closure, to_string(closures[seed % 3]));
    }
}

TEST_P(EveryModel, NoShockGivesExactlyOne) {
    for (unsigned seed = 1; seed <= 30; ++seed) {
        std::mt19937_64 random(seed);
        const World world = world_of(drawn(random), closures[seed % 3]);
        const Equilibrium e = solve(world, {});
        // Where income is the sum of spending in many sectors it is one to its last digit.
        const bool summed = !model().intermediate_inputs && world.n_sectors() > 1;
        const double slack = summed ? 4.0 * std::numeric_limits<double>::epsilon() : 0.0;
        for (const auto* hats : {&e.wage_hat, &e.welfare_hat, &e.income_hat, &e.consumer_price_hat, &e.real_wage_hat})
            for (const double hat : *hats) EXPECT_NEAR(hat, 1.0, slack) << "seed " << seed;
        for (const double hat : e.price_hat.data()) EXPECT_EQ(hat, 1.0);
    }
}

TEST_P(EveryModel, ScaleOfMoneyDoesNotMatter) {
    std::mt19937_64 random(5);
    Economy e = drawn(random);
    const Shock shock = random_shock(random, e, spec());
    const Equilibrium before = solve(world_of(e, model().closure), shock);
    for (double& flow : e.trade.data()) flow *= 1e6;
    const Equilibrium after = solve(world_of(e, model().closure), shock);
    for (std::size_t j = 0; j < before.welfare_hat.size(); ++j)
        EXPECT_NEAR(before.welfare_hat[j], after.welfare_hat[j], 1e-11);
}

// Under balanced trade nothing nominal is fixed: real results must not depend on what the numeraire is worth.
TEST_P(EveryModel, NumeraireDoesNotMatter) {
    std::mt19937_64 random(6);
    const Economy e = drawn(random);
    const Shock shock = random_shock(random, e, spec());
    World world = world_of(e, Closure::balanced);
    const Equilibrium before = solve(world, shock);
    world.numeraire *= 1.7;
    world.linearisation.reset();
    const Equilibrium after = solve(world, shock);
    for (std::size_t j = 0; j < before.welfare_hat.size(); ++j) {
        EXPECT_NEAR(before.welfare_hat[j], after.welfare_hat[j], 1e-11);
        EXPECT_NEAR(1.7 * before.wage_hat[j], after.wage_hat[j], 1e-10);
    }
}

TEST_P(EveryModel, OrderOfRegionsAndSectorsDoesNotMatter) {
    for (unsigned seed = 1; seed <= 12; ++seed) {
        std::mt19937_64 random(seed);
        const Economy e = drawn(random);
        const Shock shock = random_shock(random, e, spec());
        Shock mirrored;
        mirrored.tariff = reversed(shock.tariff), mirrored.trade_cost = reversed(shock.trade_cost);
        const ModelOptions options = testing::options_for(model(), e, closures[seed % 3]);
        std::vector<double> one = solve(calibrate(e, options).world, shock).welfare_hat;
        const std::vector<double> other = solve(calibrate(reversed(e), options).world, mirrored).welfare_hat;
        std::reverse(one.begin(), one.end());
        for (std::size_t j = 0; j < one.size(); ++j) EXPECT_NEAR(one[j], other[j], 1e-10) << "seed " << seed;
    }
}

// Arkolakis, Costinot and Rodriguez-Clare (2012): one sector, no tariffs, balanced: W hat = home share hat ^
// (-1/theta).
TEST_P(ModelOfTransfers, GainsFromTradeAreTheAcrFormulaInOneSector) {
    RandomSpec one = mild();
    one.max_sectors = 1, one.tariffs = false, one.input_output = false;
    for (unsigned seed = 1; seed <= 20; ++seed) {
        std::mt19937_64 random(seed);
        const Economy e = random_economy(random, one);
        Shock shock = random_shock(random, e, one);
        shock.tariff = TradeTensor();
        const World world = world_of(e, Closure::balanced);
        const Equilibrium result = solve(world, shock);
        for (int j = 0; j < world.n_regions(); ++j) {
            const double home_hat = result.share(j, j, 0) / world.share(j, j, 0);
            EXPECT_NEAR(result.welfare_hat[static_cast<std::size_t>(j)], std::pow(home_hat, -1.0 / world.theta[0]),
                        1e-11);
        }
    }
}

// With roundabout production of share gamma the exponent is divided by beta (Costinot and Rodriguez-Clare 2014).
TEST(Ricardian, AcrFormulaWithIntermediateInputs) {
    RandomSpec spec = mild();
    spec.max_sectors = 1, spec.tariffs = false;
    std::mt19937_64 random(3);
    const Economy e = random_economy(random, spec);
    Shock shock = random_shock(random, e, spec);
    shock.tariff = TradeTensor();
    const World world = calibrate(e, with(Closure::balanced)).world;
    const Equilibrium result = solve(world, shock);
    for (int j = 0; j < world.n_regions(); ++j) {
        const double home_hat = result.share(j, j, 0) / world.share(j, j, 0);
        const double exponent = -1.0 / (world.theta[0] * world.value_added_share(j, 0));
        EXPECT_NEAR(result.welfare_hat[static_cast<std::size_t>(j)], std::pow(home_hat, exponent), 1e-10);
    }
}

// Every cost of delivery, home included, times d in one sector without inputs or tariffs: prices times d, nothing else.
TEST_P(ModelOfTransfers, UniformRiseOfEveryCostLowersRealIncomeByThatCost) {
    RandomSpec plain = spec();
    plain.tariffs = false, plain.input_output = false;
    std::mt19937_64 random(4);
    const Economy e = random_economy(random, plain);
    Shock shock;
    shock.trade_cost = TradeTensor(e.n_regions(), e.n_sectors(), 1.25);
    for (const Closure closure : closures) {
        const Equilibrium result = solve(world_of(e, closure), shock);
        for (std::size_t j = 0; j < result.welfare_hat.size(); ++j) {
            EXPECT_NEAR(result.wage_hat[j], 1.0, 1e-11);
            EXPECT_NEAR(result.welfare_hat[j], 1.0 / 1.25, 1e-11);
        }
    }
}

// With employment that answers, real income falls by the cost to the power 1 + kappa, and so does the cost of work: as
// money the loss is of what is left of income after that cost, which a small change moves as if employment were fixed.
TEST(Ricardian, MoneyOfWelfareIsNetOfTheCostOfWork) {
    RandomSpec plain = mild();
    plain.tariffs = false, plain.input_output = false;
    std::mt19937_64 random(4);
    const Economy e = random_economy(random, plain);
    constexpr double kappa = 0.5;
    for (const double cost : {1.25, 1.0 + 1e-6}) {
        ModelOptions options = with(Closure::balanced);
        options.labour_supply = kappa;
        Shock shock;
        shock.trade_cost = TradeTensor(e.n_regions(), e.n_sectors(), cost);
        const World world = calibrate(e, options).world;
        const Equilibrium result = solve(world, shock);
        for (std::size_t j = 0; j < result.welfare_hat.size(); ++j) {
            const double exact = world.income[j] / (1.0 + kappa) * (std::pow(cost, -(1.0 + kappa)) - 1.0);
            EXPECT_NEAR(equivalent_variation(world, result, j) / exact, 1.0, cost > 1.1 ? 1e-10 : 1e-5);
            EXPECT_NEAR(welfare_income(world, j) * (1.0 + kappa) / world.income[j], 1.0, 1e-12);
            if (cost < 1.1) {
                EXPECT_NEAR(exact / (world.income[j] * (1.0 / cost - 1.0)), 1.0, 1e-5);
            }
        }
    }
}

// The same in every model under any shock: the change of real income less that of the cost of work, each at base
// prices.
TEST_P(EveryModel, MoneyOfWelfareIsRealIncomeLessTheCostOfWork) {
    if (model().find("labour_supply") == nullptr) GTEST_SKIP() << "employment is fixed";
    std::mt19937_64 random(21);
    const Economy e = drawn(random);
    constexpr double kappa = 0.7;
    ModelOptions options = testing::options_for(model(), e);
    options.labour_supply = kappa;
    const World world = calibrate(e, options).world;
    const Equilibrium result = solve(world, random_shock(random, e, spec()));
    for (std::size_t j = 0; j < result.welfare_hat.size(); ++j) {
        const double prices = result.consumer_price_hat[j], real_income = result.income[j] / prices - world.income[j],
                     work = kappa / (1.0 + kappa) * world.labour_income[j] / result.tax_relief[j],
                     real_work = work * (result.wage_hat[j] * result.employment_hat[j] / prices - 1.0);
        EXPECT_NEAR(equivalent_variation(world, result, j) / world.income[j],
                    (real_income - real_work) / world.income[j], 1e-12);
    }
}

// With inputs the rise compounds through the Leontief inverse: in one sector by 1 / beta.
TEST(Ricardian, UniformRiseOfEveryCostCompoundsThroughInputs) {
    RandomSpec spec = mild();
    spec.max_sectors = 1, spec.tariffs = false;
    std::mt19937_64 random(8);
    Economy e = random_economy(random, spec);
    for (int i = 0; i < e.n_regions(); ++i) e.value_added_share(i, 0) = 0.6, e.input_share(i, 0, 0) = 0.4;
    Shock shock;
    shock.trade_cost = TradeTensor(e.n_regions(), 1, 1.25);
    const Equilibrium result = solve(calibrate(e, with(Closure::balanced)).world, shock);
    for (const double hat : result.welfare_hat) EXPECT_NEAR(hat, std::pow(1.25, -1.0 / 0.6), 1e-10);
}

// Welfare composes where work costs nothing; what it is made of composes always.
TEST_P(EveryModel, HatsCompose) {
    std::mt19937_64 random(9);
    const Economy e = drawn(random);
    const Shock shock = random_shock(random, e, spec());
    for (const Closure closure : closures) {
        const World world = world_of(e, closure);
        Shock half;
        half.tariff = e.tariff;
        for (std::size_t c = 0; c < half.tariff.data().size(); ++c)
            half.tariff.data()[c] = 0.5 * (e.tariff.data()[c] + shock.tariff.data()[c]);
        const Equilibrium first = solve(world, half), second = solve(rebase(world, first), shock),
                          whole = solve(world, shock);
        for (std::size_t j = 0; j < whole.welfare_hat.size(); ++j) {
            EXPECT_NEAR(first.real_wage_hat[j] * second.real_wage_hat[j], whole.real_wage_hat[j], 1e-11);
            EXPECT_NEAR(first.employment_hat[j] * second.employment_hat[j], whole.employment_hat[j], 1e-11);
            if (world.options.labour_supply > 0.0) continue;
            EXPECT_NEAR(first.welfare_hat[j] * second.welfare_hat[j], whole.welfare_hat[j], 1e-11);
        }
    }
}

TEST_P(ModelOfTransfers, BalancedClosureBalancesTrade) {
    std::mt19937_64 random(10);
    const Economy e = drawn(random);
    const World world = world_of(e, Closure::balanced);
    const Equilibrium result = solve(world, random_shock(random, e, spec()));
    for (int j = 0; j < world.n_regions(); ++j) {
        double balance = 0.0;
        for (int s = 0; s < world.n_sectors(); ++s)
            for (int i = 0; i < world.n_regions(); ++i) balance += result.flow(i, j, s) - result.flow(j, i, s);
        EXPECT_NEAR(balance / result.income[static_cast<std::size_t>(j)], 0.0, 1e-11);
    }
}

TEST_P(EveryModel, WorldShareClosureMovesTransfersWithWorldIncome) {
    std::mt19937_64 random(11);
    const Economy e = drawn(random);
    const World world = world_of(e, Closure::world_share);
    const Equilibrium result = solve(world, random_shock(random, e, spec()));
    const auto followed = [&](const auto& at) {
        const std::vector<double>& list = model().transfers_follow_labour ? at.labour_income : at.income;
        return std::accumulate(list.begin(), list.end(), 0.0);
    };
    const double ratio = followed(result) / followed(world);
    for (std::size_t j = 0; j < world.transfer.size(); ++j)
        EXPECT_NEAR(result.transfer[j], ratio * world.transfer[j], 1e-10 * world.labour_income[j]);
}

TEST(Ricardian, ScaleEconomiesHoldTheirEquations) {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        std::mt19937_64 random(seed);
        Economy e = random_economy(random, mild());
        for (std::size_t s = 0; s < e.psi.size(); ++s) e.psi[s] = 0.4 / e.theta[s];
        const Shock shock = random_shock(random, e, mild());
        EXPECT_LT(solve(calibrate(e, with(Closure::balanced, true)).world, shock).certificate.residual, 1e-11) << seed;
    }
}

TEST(Ricardian, ScaleEconomiesThatAreTooStrongAreRefused) {
    Economy e = toy_economy();
    e.psi.assign(static_cast<std::size_t>(e.n_sectors()), 1.0 / *std::min_element(e.theta.begin(), e.theta.end()));
    expect_error(ErrorKind::input, {"theta * psi", "below 1"}, [&] { calibrate(e, with(Closure::fixed, true)); });
}

TEST_P(EveryModel, RegionsWithoutTradeAreRefused) {
    Economy e = testing::suited_to(model(), toy_economy());
    for (int s = 0; s < e.n_sectors(); ++s)
        for (int i = 1; i < e.n_regions(); ++i) e.trade(0, i, s) = e.trade(i, 0, s) = 0.0;
    expect_error(ErrorKind::input, {"not linked by trade", "the " + model().name + " model"},
                 [&] { world_of(e, model().closure); });
}

TEST_P(EveryModel, DeficitsThatDoNotSumToZeroAreRefused) {
    const World world = world_of(testing::suited_to(model(), toy_economy()), Closure::fixed);
    Shock shock;
    shock.transfer = world.transfer;
    shock.transfer[0] += 0.01 * world.labour_income[0];
    expect_error(ErrorKind::input, {"sum to zero"}, [&] { solve(world, shock); });
}

// A surplus that cannot be earned any more is named as such, not returned as a number.
TEST_P(EveryModel, SurplusThatCannotBeEarnedIsAnError) {
    const World world = world_of(testing::suited_to(model(), toy_economy()), Closure::fixed);
    Shock shock;
    shock.transfer = world.transfer;
    shock.transfer[0] -= 5.0 * world.labour_income[0];
    shock.transfer[1] += 5.0 * world.labour_income[0];
    expect_error(ErrorKind::solve, {"no equilibrium"}, [&] { solve(world, shock); });
}

TEST_P(ModelWithParts, DecompositionAddsUpWithEveryKindOfShock) {
    const bool has_scale = model().find("scale_economies") != nullptr;
    for (unsigned seed = 1; seed <= 6; ++seed) {
        std::mt19937_64 random(seed);
        Economy e = drawn(random);
        for (std::size_t s = 0; s < e.psi.size(); ++s) e.psi[s] = 0.3 / e.theta[s];
        Shock shock = random_shock(random, e, spec());
        shock.productivity = RegionSector(e.n_regions(), e.n_sectors(), 1.0);
        shock.productivity(0, 0) = 1.3;
        if (model().factor_supply) {
            shock.factor_supply.assign(static_cast<std::size_t>(e.n_regions()), 1.0);
            shock.factor_supply[1] = 1.4;
        }
        ModelOptions options = testing::options_for(model(), e, closures[seed % 3]);
        options.scale_economies = has_scale && seed % 2 == 0;
        const World world = calibrate(e, options).world;
        const Decomposition d = decompose(world, shock, solve(world, shock));
        for (const double error : d.error) EXPECT_NEAR(error, 0.0, 1e-8) << "seed " << seed;
    }
}

// A model has the options that its row names, and another's is an error rather than nothing.
TEST_P(EveryModel, OptionsOfOthersAreRefused) {
    const Economy e = testing::suited_to(model(), toy_economy());
    ModelOptions options = testing::options_for(model(), e);
    for (const std::string& name : testing::models_under_test().option_names()) {
        if (model().find(name) != nullptr)
            options.set(name, options.value(name));
        else
            expect_error(ErrorKind::input, {"unknown option of the " + model().name + " model", name},
                         [&] { options.set(name, 1.0); });
    }
    ModelOptions elastic = options, scaled = options;
    elastic.labour_supply = 0.3, scaled.scale_economies = true;
    if (model().find("labour_supply") == nullptr)
        expect_error(ErrorKind::input, {"fixed supply of labour"}, [&] { calibrate(e, elastic); });
    if (model().find("scale_economies") == nullptr)
        expect_error(ErrorKind::input, {"not an option of the " + model().name}, [&] { calibrate(e, scaled); });
}

TEST_P(EveryModel, BoundsOfItsOptionsHold) {
    ModelOptions options = model_options(model());
    for (const ModelOption& option : model().options) {
        if (option.kind != ModelOption::Kind::number) continue;
        expect_error(ErrorKind::input, {option.name, "out of range", "between"},
                     [&] { options.set(option.name, 1.1 * option.high); });
        expect_error(ErrorKind::input, {option.name, "not a value"}, [&] { options.set(option.name, "much"); });
        options.set(option.name, option.high);
        EXPECT_EQ(options.number(option.name), option.high);
    }
}

TEST_P(EveryModel, EconomiesOfManySectorsAreRefusedByModelsOfOne) {
    if (!model().one_sector) GTEST_SKIP() << "takes any number of sectors";
    expect_error(ErrorKind::input, {"has one sector, and this economy has 2", model().name},
                 [&] { calibrate(toy_economy(), testing::options_for(model(), toy_economy())); });
}

TEST_P(EveryModel, WarmStartReachesTheSameEquilibrium) {
    std::mt19937_64 random(12);
    const Economy e = drawn(random);
    const World world = world_of(e, model().closure);
    const Shock shock = random_shock(random, e, spec()), other = random_shock(random, e, spec());
    const Equilibrium cold = solve(world, shock), neighbour = solve(world, other),
                      warm = solve(world, shock, {}, &neighbour);
    for (std::size_t j = 0; j < cold.welfare_hat.size(); ++j)
        EXPECT_NEAR(cold.welfare_hat[j], warm.welfare_hat[j], 1e-10);
}

TEST_P(EveryModel, CertificateNoticesAWrongWage) {
    std::mt19937_64 random(13);
    const Economy e = drawn(random);
    const World world = world_of(e, model().closure);
    const Shock shock = random_shock(random, e, spec());
    Equilibrium result = solve(world, shock);
    result.wage_hat[0] *= 1.0 + 1e-6;
    EXPECT_GT(certify(world, shock, result).residual, 1e-8);
}

TEST_P(EveryModel, CertificateNoticesANumberThatIsNone) {
    std::mt19937_64 random(14);
    const World world = world_of(drawn(random), model().closure);
    Equilibrium result = solve(world, {});
    result.price_hat(0, 0) = std::nan("");
    EXPECT_FALSE(certify(world, {}, result).residual < 1.0);
}

// A calibrated economy written out and read in again is the same economy, at rest.
TEST_P(EveryModel, CalibratedEconomyIsItsOwnBase) {
    std::mt19937_64 random(15);
    const Economy e = drawn(random);
    const World world = world_of(e, model().closure);
    const Calibration again = calibrate(to_economy(world, e), testing::options_for(model(), e));
    EXPECT_LT(again.moved.trade_total, 1e-11);
    EXPECT_LT(again.moved.labour_income, 1e-10);
}

}  // namespace
}  // namespace detente::test
