// What theory promises of every equilibrium.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "equilibrium/welfare.h"
#include "random_economy.h"
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

TEST(Ricardian, EveryEquationHoldsToTheDefaultTolerance) {
    for (unsigned seed = 1; seed <= 60; ++seed) {
        std::mt19937_64 random(seed);
        const Economy e = random_economy(random, mild());
        const Shock shock = random_shock(random, e, mild());
        const Certificate c = solve(calibrate(e, with(closures[seed % 3])).world, shock).certificate;
        for (const auto& [block, residual] : c.blocks) EXPECT_LT(residual, 1e-11) << block << ", seed " << seed;
    }
}

TEST(Ricardian, WalrasLawImpliesTheDroppedCondition) {
    for (unsigned seed = 1; seed <= 60; ++seed) {
        std::mt19937_64 random(seed);
        const Economy e = random_economy(random, mild());
        const Shock shock = random_shock(random, e, mild());
        EXPECT_LT(solve(calibrate(e, with(closures[seed % 3])).world, shock).certificate.walras, 1e-11) << seed;
    }
}

TEST(Ricardian, NoShockGivesExactlyOne) {
    for (unsigned seed = 1; seed <= 30; ++seed) {
        std::mt19937_64 random(seed);
        const World world = calibrate(random_economy(random, mild()), with(closures[seed % 3])).world;
        const Equilibrium e = solve(world, {});
        for (const auto* hats : {&e.wage_hat, &e.welfare_hat, &e.income_hat, &e.consumer_price_hat, &e.real_wage_hat})
            for (const double hat : *hats) EXPECT_EQ(hat, 1.0) << "seed " << seed;
        for (const double hat : e.price_hat.data()) EXPECT_EQ(hat, 1.0);
    }
}

TEST(Ricardian, ScaleOfMoneyDoesNotMatter) {
    std::mt19937_64 random(5);
    Economy e = random_economy(random, mild());
    const Shock shock = random_shock(random, e, mild());
    const Equilibrium before = solve(calibrate(e).world, shock);
    for (double& flow : e.trade.data()) flow *= 1e6;
    const Equilibrium after = solve(calibrate(e).world, shock);
    for (std::size_t j = 0; j < before.welfare_hat.size(); ++j)
        EXPECT_NEAR(before.welfare_hat[j], after.welfare_hat[j], 1e-11);
}

// Under balanced trade nothing nominal is fixed: real results must not depend on what the numeraire is worth.
TEST(Ricardian, NumeraireDoesNotMatter) {
    std::mt19937_64 random(6);
    const Economy e = random_economy(random, mild());
    const Shock shock = random_shock(random, e, mild());
    World world = calibrate(e, with(Closure::balanced)).world;
    const Equilibrium before = solve(world, shock);
    world.numeraire *= 1.7;
    world.linearisation.reset();
    const Equilibrium after = solve(world, shock);
    for (std::size_t j = 0; j < before.welfare_hat.size(); ++j) {
        EXPECT_NEAR(before.welfare_hat[j], after.welfare_hat[j], 1e-11);
        EXPECT_NEAR(1.7 * before.wage_hat[j], after.wage_hat[j], 1e-10);
    }
}

TEST(Ricardian, OrderOfRegionsAndSectorsDoesNotMatter) {
    for (unsigned seed = 1; seed <= 12; ++seed) {
        std::mt19937_64 random(seed);
        const Economy e = random_economy(random, mild());
        const Shock shock = random_shock(random, e, mild());
        Shock mirrored;
        mirrored.tariff = reversed(shock.tariff), mirrored.trade_cost = reversed(shock.trade_cost);
        std::vector<double> one = solve(calibrate(e, with(closures[seed % 3])).world, shock).welfare_hat;
        const std::vector<double> other =
            solve(calibrate(reversed(e), with(closures[seed % 3])).world, mirrored).welfare_hat;
        std::reverse(one.begin(), one.end());
        for (std::size_t j = 0; j < one.size(); ++j) EXPECT_NEAR(one[j], other[j], 1e-10) << "seed " << seed;
    }
}

// Arkolakis, Costinot and Rodriguez-Clare (2012): one sector, no tariffs, balanced: W hat = home share hat ^
// (-1/theta).
TEST(Ricardian, GainsFromTradeAreTheAcrFormulaInOneSector) {
    RandomSpec spec = mild();
    spec.max_sectors = 1, spec.tariffs = false, spec.input_output = false;
    for (unsigned seed = 1; seed <= 20; ++seed) {
        std::mt19937_64 random(seed);
        const Economy e = random_economy(random, spec);
        Shock shock = random_shock(random, e, spec);
        shock.tariff = TradeTensor();
        const World world = calibrate(e, with(Closure::balanced)).world;
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
TEST(Ricardian, UniformRiseOfEveryCostLowersRealIncomeByThatCost) {
    RandomSpec spec = mild();
    spec.tariffs = false, spec.input_output = false;
    std::mt19937_64 random(4);
    const Economy e = random_economy(random, spec);
    Shock shock;
    shock.trade_cost = TradeTensor(e.n_regions(), e.n_sectors(), 1.25);
    for (const Closure closure : closures) {
        const Equilibrium result = solve(calibrate(e, with(closure)).world, shock);
        for (std::size_t j = 0; j < result.welfare_hat.size(); ++j) {
            EXPECT_NEAR(result.wage_hat[j], 1.0, 1e-11);
            EXPECT_NEAR(result.welfare_hat[j], 1.0 / 1.25, 1e-11);
        }
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

TEST(Ricardian, HatsCompose) {
    std::mt19937_64 random(9);
    const Economy e = random_economy(random, mild());
    const Shock shock = random_shock(random, e, mild());
    for (const Closure closure : closures) {
        const World world = calibrate(e, with(closure)).world;
        Shock half;
        half.tariff = e.tariff;
        for (std::size_t c = 0; c < half.tariff.data().size(); ++c)
            half.tariff.data()[c] = 0.5 * (e.tariff.data()[c] + shock.tariff.data()[c]);
        const Equilibrium first = solve(world, half), second = solve(rebase(world, first), shock),
                          whole = solve(world, shock);
        for (std::size_t j = 0; j < whole.welfare_hat.size(); ++j)
            EXPECT_NEAR(first.welfare_hat[j] * second.welfare_hat[j], whole.welfare_hat[j], 1e-11);
    }
}

TEST(Ricardian, BalancedClosureBalancesTrade) {
    std::mt19937_64 random(10);
    const Economy e = random_economy(random, mild());
    const World world = calibrate(e, with(Closure::balanced)).world;
    const Equilibrium result = solve(world, random_shock(random, e, mild()));
    for (int j = 0; j < world.n_regions(); ++j) {
        double balance = 0.0;
        for (int s = 0; s < world.n_sectors(); ++s)
            for (int i = 0; i < world.n_regions(); ++i) balance += result.flow(i, j, s) - result.flow(j, i, s);
        EXPECT_NEAR(balance / result.income[static_cast<std::size_t>(j)], 0.0, 1e-11);
    }
}

TEST(Ricardian, WorldShareClosureMovesDeficitsWithWorldIncome) {
    std::mt19937_64 random(11);
    const Economy e = random_economy(random, mild());
    const World world = calibrate(e, with(Closure::world_share)).world;
    const Equilibrium result = solve(world, random_shock(random, e, mild()));
    const double ratio = std::accumulate(result.income.begin(), result.income.end(), 0.0) /
                         std::accumulate(world.income.begin(), world.income.end(), 0.0);
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

TEST(Ricardian, RegionsWithoutTradeAreRefused) {
    Economy e = toy_economy();
    for (int s = 0; s < e.n_sectors(); ++s)
        for (int i = 1; i < e.n_regions(); ++i) e.trade(0, i, s) = e.trade(i, 0, s) = 0.0;
    expect_error(ErrorKind::input, {"not linked by trade"}, [&] { calibrate(e); });
}

TEST(Ricardian, DeficitsThatDoNotSumToZeroAreRefused) {
    const Economy e = toy_economy();
    const World world = calibrate(e).world;
    Shock shock;
    shock.transfer = world.transfer;
    shock.transfer[0] += 0.01 * world.labour_income[0];
    expect_error(ErrorKind::input, {"sum to zero"}, [&] { solve(world, shock); });
}

// A surplus that cannot be earned any more is named as such, not returned as a number.
TEST(Ricardian, SurplusThatCannotBeEarnedIsAnError) {
    const Economy e = toy_economy();
    const World world = calibrate(e).world;
    Shock shock;
    shock.transfer = world.transfer;
    shock.transfer[0] -= 5.0 * world.labour_income[0];
    shock.transfer[1] += 5.0 * world.labour_income[0];
    expect_error(ErrorKind::solve, {"no equilibrium"}, [&] { solve(world, shock); });
}

TEST(Ricardian, DecompositionAddsUpWithEveryKindOfShock) {
    for (unsigned seed = 1; seed <= 6; ++seed) {
        std::mt19937_64 random(seed);
        Economy e = random_economy(random, mild());
        for (std::size_t s = 0; s < e.psi.size(); ++s) e.psi[s] = 0.3 / e.theta[s];
        Shock shock = random_shock(random, e, mild());
        shock.productivity = RegionSector(e.n_regions(), e.n_sectors(), 1.0);
        shock.productivity(0, 0) = 1.3;
        const World world = calibrate(e, with(closures[seed % 3], seed % 2 == 0)).world;
        const Decomposition d = decompose(world, shock, solve(world, shock));
        for (const double error : d.error) EXPECT_NEAR(error, 0.0, 1e-8) << "seed " << seed;
    }
}

TEST(Ricardian, WarmStartReachesTheSameEquilibrium) {
    std::mt19937_64 random(12);
    const Economy e = random_economy(random, mild());
    const World world = calibrate(e).world;
    const Shock shock = random_shock(random, e, mild()), other = random_shock(random, e, mild());
    const Equilibrium cold = solve(world, shock), neighbour = solve(world, other),
                      warm = solve(world, shock, {}, &neighbour);
    for (std::size_t j = 0; j < cold.welfare_hat.size(); ++j)
        EXPECT_NEAR(cold.welfare_hat[j], warm.welfare_hat[j], 1e-10);
}

TEST(Certificate, NoticesAWrongWage) {
    std::mt19937_64 random(13);
    const Economy e = random_economy(random, mild());
    const World world = calibrate(e).world;
    const Shock shock = random_shock(random, e, mild());
    Equilibrium result = solve(world, shock);
    result.wage_hat[0] *= 1.0 + 1e-6;
    EXPECT_GT(certify(world, shock, result).residual, 1e-8);
}

TEST(Certificate, NoticesANumberThatIsNone) {
    std::mt19937_64 random(14);
    const Economy e = random_economy(random, mild());
    const World world = calibrate(e).world;
    Equilibrium result = solve(world, {});
    result.price_hat(0, 0) = std::nan("");
    EXPECT_FALSE(certify(world, {}, result).residual < 1.0);
}

}  // namespace
}  // namespace detente::test
