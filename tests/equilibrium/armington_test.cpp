// The toy model against what can be worked out by hand, and against the program's own models where they coincide.
#include <gtest/gtest.h>

#include <cmath>

#include "equilibrium/adjoint.h"
#include "models_under_test.h"
#include "strategy/game_support.h"
#include "strategy/optimal.h"
#include "support.h"

namespace detente::test {
namespace {

using testing::armington_model;

constexpr double theta = 4.0;  // substitution 5 less one, the default

// flows[exporter][importer] of one good made from labour alone.
Economy two_regions(double a, double ab, double ba, double b) {
    Economy e;
    e.title = "two", e.unit = "units";
    e.regions = IndexSet("region", {"A", "B"}), e.sectors = IndexSet("sector", {"good"});
    e.goods = {1}, e.theta = {theta}, e.psi = {0.0};
    e.trade = e.tariff = TradeTensor(2, 1);
    e.trade(0, 0, 0) = a, e.trade(0, 1, 0) = ab, e.trade(1, 0, 0) = ba, e.trade(1, 1, 0) = b;
    e.value_added_share = e.final_share = RegionSector(2, 1, 1.0);
    e.input_share = InputTensor(2, 1);
    return e;
}

World world_of(const Economy& e, Closure closure = Closure::balanced) {
    return calibrate(e, testing::options_for(armington_model(), e, closure)).world;
}

Shock rates(double on_b_in_a, double on_a_in_b) {
    Shock shock;
    shock.tariff = TradeTensor(2, 1);
    shock.tariff(1, 0, 0) = on_b_in_a, shock.tariff(0, 1, 0) = on_a_in_b;
    return shock;
}

// Revenue in a unit of spending: t / (1 + t) of what is imported.
double revenue_rate(double tariff, double home_share) {
    return tariff / (1.0 + tariff) * (1.0 - home_share);
}

// Twins with the same tariff: wages do not move, and everything else is in closed form.
TEST(Armington, TwinsWithOneTariffAreInClosedForm) {
    const World world = world_of(two_regions(80.0, 20.0, 20.0, 80.0));
    for (const double t : {-0.2, 0.05, 0.3, 2.0}) {
        const Equilibrium e = solve(world, rates(t, t));
        const double sum = 0.8 + 0.2 * std::pow(1.0 + t, -theta), home = 0.8 / sum;
        const double price = std::pow(sum, -1.0 / theta), income = 1.0 / (1.0 - revenue_rate(t, home));
        for (std::size_t j = 0; j < 2; ++j) {
            EXPECT_NEAR(e.wage_hat[j], 1.0, 1e-12);
            EXPECT_NEAR(e.share(static_cast<int>(j), static_cast<int>(j), 0), home, 1e-12);
            EXPECT_NEAR(e.consumer_price_hat[j], price, 1e-12);
            EXPECT_NEAR(e.welfare_hat[j], income / price, 1e-12);
        }
    }
}

// Two regions that differ: welfare through the home share, and the relative wage by bisection of the one balance.
TEST(Armington, TwoRegionsThroughTheHomeShareAndTheirOneBalance) {
    Economy economy = two_regions(300.0, 40.0, 40.0, 90.0);
    economy.tariff(1, 0, 0) = 0.08, economy.tariff(0, 1, 0) = 0.15;
    const World world = world_of(economy);
    const double t_a = 0.25, t_b = 0.6;
    const Equilibrium e = solve(world, rates(t_a, t_b));
    const auto share = [&](double relative_wage, int j) {  // of foreign goods in j
        const double wage = j == 0 ? 1.0 / relative_wage : relative_wage;
        const double tau = j == 0 ? (1.0 + t_a) / 1.08 : (1.0 + t_b) / 1.15;
        const double foreign = world.share(1 - j, j, 0) * std::pow(wage * tau, -theta);
        return foreign / (world.share(j, j, 0) + foreign);
    };
    const auto exports_less_imports = [&](double relative_wage) {  // of A, in B's wage
        const double in_a = share(relative_wage, 0), in_b = share(relative_wage, 1);
        const double spent_a = relative_wage * world.labour_income[0] / (1.0 - revenue_rate(t_a, 1.0 - in_a));
        const double spent_b = world.labour_income[1] / (1.0 - revenue_rate(t_b, 1.0 - in_b));
        return in_b * spent_b / (1.0 + t_b) - in_a * spent_a / (1.0 + t_a);
    };
    double low = 0.1, high = 10.0;  // dear labour exports less
    for (int step = 0; step < 200; ++step) {
        const double middle = 0.5 * (low + high);
        (exports_less_imports(middle) > 0.0 ? low : high) = middle;
    }
    EXPECT_NEAR(e.wage_hat[0] / e.wage_hat[1], low, 1e-12);
    for (int j = 0; j < 2; ++j) {
        const auto at = static_cast<std::size_t>(j);
        const double before = revenue_rate(j == 0 ? 0.08 : 0.15, world.share(j, j, 0));
        const double after = revenue_rate(j == 0 ? t_a : t_b, e.share(j, j, 0));
        const double home_hat = e.share(j, j, 0) / world.share(j, j, 0);
        EXPECT_NEAR(e.welfare_hat[at], std::pow(home_hat, -1.0 / theta) * (1.0 - before) / (1.0 - after), 1e-12);
    }
}

// The best tariff against a partner without any is 1 / (theta times the partner's home share) (Gros 1987): where it
// stands the gradient vanishes, the search finds it, and of a small region it is 1 / (sigma - 1).
TEST(Armington, OptimalTariffIsGros) {
    for (const double size : {1e-4, 0.1, 1.0}) {
        const World world = world_of(two_regions(60.0 * size, 20.0 * size, 20.0 * size, 80.0));
        double t = 1.0 / theta;
        for (int step = 0; step < 60; ++step) t = 1.0 / (theta * solve(world, rates(t, 0.0)).share(1, 1, 0));
        const Shock shock = rates(t, 0.0);
        const Equilibrium e = solve(world, shock);
        EXPECT_NEAR(gradient(world, shock, e, log_welfare(world, e, 0)).tariff(1, 0, 0), 0.0, 1e-11);
        const Player player = government(world, 0, {1});
        const Optimum best = optimal_policy(world, {}, player.objective, player.instruments);
        EXPECT_NEAR(best.shock.tariff(1, 0, 0), t, 1e-6);
        if (size < 1e-3) {
            EXPECT_NEAR(t, 1.0 / theta, 1e-4);
        }
    }
}

// Without inputs, in one sector, under the same elasticity, `ricardian` is the same world; so is `krugman`, whose
// profits are then one share of all income.
TEST(Armington, CoincidesWithTheOtherModelsOfOneSector) {
    testing::RandomSpec spec;
    spec.max_regions = 8, spec.min_sectors = spec.max_sectors = 1, spec.input_output = false, spec.zero_flows = 0.1;
    spec.min_theta = spec.max_theta = theta, spec.max_tariff = 0.5, spec.min_iceberg = 0.8, spec.max_iceberg = 1.3;
    for (unsigned seed = 1; seed <= 20; ++seed) {
        std::mt19937_64 random(seed);
        const Economy e = testing::random_economy(random, spec);
        const Shock shock = testing::random_shock(random, e, spec);
        const Equilibrium ours = solve(world_of(e), shock);
        for (const char* name : {"ricardian", "krugman"}) {
            ModelOptions options = model_options(name);
            options.closure = Closure::balanced;
            const Equilibrium theirs = solve(calibrate(e, options).world, shock);
            for (std::size_t j = 0; j < ours.welfare_hat.size(); ++j) {
                EXPECT_NEAR(ours.welfare_hat[j], theirs.welfare_hat[j], 1e-11) << name << ", seed " << seed;
                EXPECT_NEAR(ours.wage_hat[j], theirs.wage_hat[j], 1e-11) << name << ", seed " << seed;
            }
        }
    }
}

}  // namespace
}  // namespace detente::test
