// Borders that close, on one side or between blocks: equilibria in closed form, or by bisection of one equation.
#include <gtest/gtest.h>

#include <cmath>

#include "equilibrium/adjoint.h"
#include "random_economy.h"
#include "support.h"

namespace detente::test {
namespace {

ModelOptions options_of(const std::string& model, Closure closure) {
    ModelOptions options = model_options(model);
    options.closure = closure;
    return options;
}

// One sector, no tariffs; flows by exporter, row by row.
Economy one_sector(const std::vector<std::vector<double>>& flow, double theta, double value_added_share = 1.0) {
    const int n = static_cast<int>(flow.size());
    Economy e;
    e.title = "closed borders", e.unit = "units";
    std::vector<std::string> names;
    for (int i = 0; i < n; ++i) names.push_back("R" + std::to_string(i + 1));
    e.regions = {"region", names}, e.sectors = {"sector", {"goods"}};
    e.goods = {1}, e.theta = {theta}, e.psi = {0.0};
    e.trade = e.tariff = TradeTensor(n, 1);
    for (int i = 0; i < n; ++i)
        for (int j = 0; j < n; ++j) e.trade(i, j, 0) = flow[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
    e.value_added_share = RegionSector(n, 1, value_added_share);
    e.final_share = RegionSector(n, 1, 1.0);
    e.input_share = InputTensor(n, 1);
    for (int i = 0; i < n; ++i) e.input_share(i, 0, 0) = 1.0 - value_added_share;
    return e;
}

// ln (1 / (1 + e^x)), for any x.
double log_logistic(double x) {
    return x > 700.0 ? -x : -std::log1p(std::exp(x));
}

// Two regions, 100 and 400 of income, 20 traded each way: the first taxes imports by t behind a cost of d. Balanced
// trade is one equation in ln of the wage ratio, solved by bisection.
std::pair<double, double> two_regions(double t, double d, double theta) {
    const double log_cost = std::log1p(t) + std::log(d);
    const auto log_import_share = [&](double w) { return log_logistic(std::log(4.0) + theta * (log_cost - w)); };
    const auto log_export_share = [&](double w) { return log_logistic(std::log(19.0) + theta * w); };
    const auto spending = [&](double w) {  // of the first, over its labour income
        return 1.0 / (1.0 - std::exp(log_import_share(w)) * t / (1.0 + t));
    };
    double low = -60.0, high = 60.0;
    for (int step = 0; step < 200; ++step) {
        const double w = 0.5 * (low + high);
        const double imports = log_import_share(w) + std::log(100.0 * spending(w)) + w - std::log1p(t);
        (imports > log_export_share(w) + std::log(400.0) ? high : low) = w;
    }
    const double home = std::exp(log_logistic(-std::log(4.0) - theta * (log_cost - low)));
    const double abroad = std::exp(log_logistic(-std::log(19.0) - theta * low));
    return {spending(low) * std::pow(home / 0.8, -1.0 / theta), std::pow(abroad / 0.95, -1.0 / theta)};
}

class OneSided : public ::testing::TestWithParam<double> {};

TEST_P(OneSided, TariffsAndCostsUpToABillion) {
    const double theta = GetParam();
    const Economy e = one_sector({{80, 20}, {20, 380}}, theta);
    const World world = calibrate(e, options_of("ricardian", Closure::balanced)).world;
    for (const auto& [rate, factor] :
         {std::pair(1e3, 1.0), {3e5, 1.0}, {1e9, 1.0}, {0.0, 1e4}, {0.0, 1e9}, {1e9, 1e9}}) {
        Shock shock;
        shock.tariff = world.tariff;
        shock.tariff(1, 0, 0) = rate;
        shock.trade_cost = TradeTensor(2, 1, 1.0);
        shock.trade_cost(1, 0, 0) = factor;
        const Equilibrium result = solve(world, shock);
        const auto [first, second] = two_regions(rate, factor, theta);
        EXPECT_NEAR(result.welfare_hat[0], first, 1e-10) << rate << ' ' << factor;
        EXPECT_NEAR(result.welfare_hat[1], second, 1e-10) << rate << ' ' << factor;
        EXPECT_LT(result.certificate.residual, 1e-11);
    }
}

INSTANTIATE_TEST_SUITE_P(Theta, OneSided, ::testing::Values(0.6, 1.0, 2.5, 4.0, 8.0, 20.0, 50.0));

// Everyone against one region of many: nobody else's border closes, and the one is in autarky.
TEST(ClosedBorders, EveryoneAgainstOneIsItsAutarky) {
    std::mt19937_64 random(3);
    testing::RandomSpec spec;
    spec.min_regions = spec.max_regions = 12, spec.max_sectors = 1, spec.tariffs = false, spec.zero_flows = 0.0;
    spec.input_output = false, spec.min_theta = 4.0, spec.max_theta = 9.0;
    const World world =
        calibrate(testing::random_economy(random, spec), options_of("ricardian", Closure::balanced)).world;
    for (const bool outward : {true, false}) {
        Shock shock;
        shock.tariff = world.tariff;
        for (int j = 1; j < world.n_regions(); ++j) (outward ? shock.tariff(0, j, 0) : shock.tariff(j, 0, 0)) = 1e9;
        const double autarky = std::pow(world.share(0, 0, 0), 1.0 / world.theta[0]);
        EXPECT_NEAR(solve(world, shock).welfare_hat[0], autarky, 1e-9) << outward;
    }
}

// With inputs the exponent is divided by the value-added share.
TEST(ClosedBorders, AutarkyWithIntermediateInputs) {
    for (const double theta : {2.0, 5.0, 30.0}) {
        const Economy e = one_sector({{80, 20}, {20, 380}}, theta, 0.45);
        const World world = calibrate(e, options_of("ricardian", Closure::balanced)).world;
        Shock shock;
        shock.trade_cost = TradeTensor(2, 1, 1.0);
        shock.trade_cost(1, 0, 0) = 1e50;
        const Equilibrium result = solve(world, shock);
        EXPECT_NEAR(result.welfare_hat[0], std::pow(0.8, 1.0 / (theta * 0.45)), 1e-10);
        EXPECT_NEAR(result.welfare_hat[1], std::pow(0.95, 1.0 / (theta * 0.45)), 1e-10);
    }
}

// Two blocks part, one way only; then each falls apart. The whole is the autarky of each, from the first base.
TEST(ClosedBorders, BlocksPartAndTheirHatsCompose) {
    const Economy e = one_sector({{50, 10, 4, 6}, {9, 90, 5, 6}, {5, 7, 60, 8}, {6, 3, 11, 120}}, 3.0);
    for (const char* model : {"ricardian", "krugman"}) {
        const World world = calibrate(e, options_of(model, Closure::balanced)).world;
        Shock part;
        part.trade_cost = TradeTensor(4, 1, 1.0);
        for (int i = 0; i < 2; ++i)
            for (int j = 2; j < 4; ++j) part.trade_cost(i, j, 0) = 1e9;
        const Equilibrium parted = solve(world, part);
        EXPECT_LT(parted.flow(2, 0, 0), 1e-8 * parted.income[0]);
        const World blocks = rebase(world, parted);
        Shock close;
        close.trade_cost = TradeTensor(4, 1, 1e9);
        for (int i = 0; i < 4; ++i) close.trade_cost(i, i, 0) = 1.0;
        const Equilibrium alone = solve(blocks, close);
        for (int j = 0; j < 4; ++j) {
            const auto at = static_cast<std::size_t>(j);
            EXPECT_NEAR(parted.welfare_hat[at] * alone.welfare_hat[at],
                        std::pow(world.share(j, j, 0), 1.0 / world.theta[0]), 1e-10)
                << model << ' ' << j;
        }
    }
}

// The gradient at a base of two blocks, against differences.
TEST(ClosedBorders, GradientsInAWorldOfBlocks) {
    const Economy e = one_sector({{50, 10, 4, 6}, {9, 90, 5, 6}, {5, 7, 60, 8}, {6, 3, 11, 120}}, 3.0);
    for (const char* model : {"ricardian", "krugman"}) {
        const World world = calibrate(e, options_of(model, Closure::balanced)).world;
        Shock part;
        part.trade_cost = TradeTensor(4, 1, 1.0);
        for (int i = 0; i < 2; ++i)
            for (int j = 2; j < 4; ++j) part.trade_cost(i, j, 0) = part.trade_cost(j, i, 0) = 1e4;
        const World blocks = rebase(world, solve(world, part));
        const Equilibrium here = solve(blocks, {});
        constexpr double step = 1e-4;
        const double slope = gradient(blocks, {}, here, log_welfare(blocks, here, 0)).tariff(1, 0, 0);
        Shock up, down;
        up.tariff = down.tariff = blocks.tariff;
        up.tariff(1, 0, 0) = step, down.tariff(1, 0, 0) = -step;
        const double difference =
            (std::log(solve(blocks, up).welfare_hat[0]) - std::log(solve(blocks, down).welfare_hat[0])) / (2.0 * step);
        EXPECT_NEAR(slope, difference, 1e-6) << model;
    }
}

TEST(ClosedBorders, ADeficitThatNoTradeIsLeftToFinanceHasNoEquilibrium) {
    const Economy e = one_sector({{80, 14}, {20, 380}}, 4.0);
    for (const Closure closure : {Closure::fixed, Closure::world_share}) {
        const World world = calibrate(e, options_of("ricardian", closure)).world;
        Shock shock;
        shock.trade_cost = TradeTensor(2, 1, 1.0);
        shock.trade_cost(0, 1, 0) = shock.trade_cost(1, 0, 0) = 1e9;
        expect_error(ErrorKind::solve, {"no equilibrium", "R2 cannot pay the trade surplus", "closure = \"balanced\""},
                     [&] { solve(world, shock); });
    }
}

TEST(ClosedBorders, WhatIsBeyondTheBoundsIsRefused) {
    const World world = calibrate(one_sector({{80, 20}, {20, 380}}, 4.0)).world;
    Shock shock;
    shock.tariff = world.tariff;
    shock.tariff(1, 0, 0) = 1.1e9;
    expect_error(ErrorKind::input, {"R2 -> R1", "1e+11 %"}, [&] { solve(world, shock); });
    shock = Shock{};
    shock.trade_cost = TradeTensor(2, 1, 1.0);
    shock.trade_cost(1, 0, 0) = 1e101;
    expect_error(ErrorKind::input, {"R2 -> R1", "1e+100"}, [&] { solve(world, shock); });
}

TEST(ClosedBorders, AnEconomyThatCannotBeSolvedIsNamed) {
    Economy e = one_sector({{80, 20}, {20, 380}}, 4.0);
    e.theta = {-1.0};
    expect_error(ErrorKind::input, {"closed borders", "ricardian", "theta of sector goods"}, [&] { calibrate(e); });
}

// World consumer prices of the balanced base: sum_j E_j (P_j - 1) = 0 with the base's own spending.
TEST(Melitz, BalancedTradeHasTheDocumentedNumeraire) {
    Economy e = one_sector({{50, 10, 4}, {19, 90, 5}, {5, 17, 60}}, 4.0);
    ModelOptions options = options_of("melitz", Closure::balanced);
    options.set("marketing_labour", "none");
    const World world = calibrate(e, options).world;
    Shock shock;
    shock.tariff = world.tariff;
    shock.tariff(0, 1, 0) = 0.3, shock.tariff(2, 0, 0) = 0.2;
    const Equilibrium result = solve(world, shock);
    double mean = 0.0;
    for (int j = 0; j < 3; ++j) {
        double spending = 0.0;
        for (int i = 0; i < 3; ++i) spending += world.flow(i, j, 0);
        mean += spending * (result.consumer_price_hat[static_cast<std::size_t>(j)] - 1.0);
    }
    EXPECT_NEAR(mean, 0.0, 1e-10);
    // The balanced base as data of its own gives the same numbers, in money and prices too.
    Economy balanced = e;
    for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j) balanced.trade(i, j, 0) = world.flow(i, j, 0);
    options.closure = Closure::world_share;
    const Equilibrium again = solve(calibrate(balanced, options).world, shock);
    for (std::size_t j = 0; j < 3; ++j) {
        EXPECT_NEAR(result.consumer_price_hat[j], again.consumer_price_hat[j], 1e-11);
        EXPECT_NEAR(result.revenue[j], again.revenue[j], 1e-9);
        EXPECT_NEAR(result.welfare_hat[j], again.welfare_hat[j], 1e-11);
    }
}

// Home sales are data: what a later counterfactual assumes about marketing has no say in them.
TEST(Melitz, HomeSalesDoNotDependOnTheOptions) {
    Economy e = one_sector({{0, 10, 4}, {19, 0, 5}, {5, 17, 0}}, 4.0);
    e.regions = {"region", {"USA", "B", "C"}};
    e.region_columns["gdp"] = e.value_added = {80.0, 120.0, 90.0};
    ModelOptions options = options_of("melitz", Closure::world_share);
    const World calibrated = calibrate(e, options).world;
    options.set("marketing_region", "C");
    const World other = calibrate(e, options).world;
    options.set("marketing_labour", "none");
    const World none = calibrate(e, options).world;
    for (int j = 0; j < 3; ++j) {
        EXPECT_GT(calibrated.flow(j, j, 0), 0.0);
        EXPECT_NEAR(calibrated.flow(j, j, 0), other.flow(j, j, 0), 1e-10);
        EXPECT_NEAR(calibrated.flow(j, j, 0), none.flow(j, j, 0), 1e-10);
    }
}

}  // namespace
}  // namespace detente::test
