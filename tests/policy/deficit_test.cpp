// Deficits as a lever: what scenarios set, against the composition of hats and against plain loops of another kind.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "equilibrium/adjoint.h"
#include "equilibrium/welfare.h"
#include "models_under_test.h"
#include "policy/scenario.h"
#include "strategy/talks.h"
#include "support.h"

namespace detente::test {
namespace {

using detente::testing::random_economy;
using detente::testing::random_shock;
using detente::testing::RandomSpec;
using Change = DeficitChange;

RandomSpec mild() {
    RandomSpec spec;
    spec.max_regions = 6, spec.max_sectors = 4, spec.max_theta = 8.0, spec.max_tariff = 0.5, spec.zero_flows = 0.0;
    spec.min_iceberg = 0.8, spec.max_iceberg = 1.5;
    return spec;
}

World world_of(const Economy& e, const std::string& model, Closure closure) {
    ModelOptions options = model_options(model);
    options.closure = closure;
    return calibrate(e, options).world;
}

Change scale(std::vector<int> regions, double value) {
    return {std::move(regions), Change::Kind::scale, value, {}};
}
Change rate(std::vector<int> regions, double value) {
    return {std::move(regions), Change::Kind::rate, value, {}};
}

Scenario scenario(const std::string& name, std::vector<Change> deficit, std::optional<Closure> closure = {},
                  const std::string& from = "base") {
    Scenario s;
    s.name = name, s.from = from, s.deficit = std::move(deficit), s.closure = closure;
    return s;
}

Shock shock_of(const Economy& e, const World& world, const std::vector<Scenario>& all, const std::string& name) {
    Shock out;
    build_shocks({e, &world, world.options}, all, {}, [&](std::size_t k, const Shock& shock) {
        if (all[k].name == name) out = shock;
    });
    return out;
}

Shock tariff_on_top(const World& world, Shock shock) {
    if (shock.tariff.empty()) shock.tariff = world.tariff;
    shock.tariff(0, 1, 0) += 0.3;
    shock.tariff(1, 0, 0) += 0.1;
    return shock;
}

// Dekle, Eaton and Kortum's world without deficits, then a tariff, is the tariff in an economy that was balanced from
// the start: hats compose. Three ways: from the base with deficits, from a base solved balanced, and from the world
// without deficits as a new base.
void expect_composition(const Economy& e, const std::string& model, Closure closure) {
    const World world = world_of(e, model, closure), balanced = world_of(e, model, Closure::balanced);
    Shock none;
    none.closure = Closure::balanced;
    const Equilibrium without = solve(world, none), both = solve(world, tariff_on_top(world, none));
    const Equilibrium alone = solve(balanced, tariff_on_top(balanced, {}));
    const World again = rebase(world, without);
    const Equilibrium then = solve(again, tariff_on_top(again, none));
    for (std::size_t j = 0; j < without.welfare_hat.size(); ++j) {
        EXPECT_NEAR(both.welfare_hat[j] / without.welfare_hat[j], alone.welfare_hat[j], 2e-11);
        EXPECT_NEAR(without.real_wage_hat[j] * then.real_wage_hat[j], both.real_wage_hat[j], 2e-11);
        EXPECT_NEAR(without.transfer[j], 0.0, 1e-300);
    }
    EXPECT_EQ(both.certificate.closure, "balanced");
    EXPECT_EQ(world.options.closure, closure);
}

TEST(Deficits, WorldWithoutThemComposesWithATariff) {
    for (const Closure closure : {Closure::fixed, Closure::world_share}) {
        expect_composition(toy_economy(), "ricardian", closure);
        for (unsigned seed = 1; seed <= 5; ++seed) {
            std::mt19937_64 random(seed);
            expect_composition(random_economy(random, mild()), "ricardian", closure);
        }
    }
}

// In `melitz` what is set is the part of the deficit that marketing does not explain, all of it in the variant without.
TEST(Deficits, MelitzComposesToo) {
    RandomSpec spec = mild();
    spec.max_sectors = 1, spec.non_traded = 0.0, spec.empty_markets = 0.0;
    for (unsigned seed = 1; seed <= 5; ++seed) {
        std::mt19937_64 random(seed);
        const Economy e = random_economy(random, spec);
        ModelOptions options = model_options("melitz");
        options.set("marketing_labour", "none");
        options.closure = Closure::fixed;
        const World world = calibrate(e, options).world;
        options.closure = Closure::balanced;
        const World balanced = calibrate(e, options).world;
        Shock none;
        none.closure = Closure::balanced;
        const Equilibrium without = solve(world, none), both = solve(world, tariff_on_top(world, none));
        const Equilibrium alone = solve(balanced, tariff_on_top(balanced, {}));
        for (std::size_t j = 0; j < without.welfare_hat.size(); ++j) {
            EXPECT_NEAR(both.real_wage_hat[j] / without.real_wage_hat[j], alone.real_wage_hat[j], 1e-10);
            EXPECT_NEAR(both.employment_hat[j] / without.employment_hat[j], alone.employment_hat[j], 1e-10);
        }
    }
}

// One sector, labour alone, no tariffs: w_i L_i = sum_j pi_ij' w_j L_j, by damped steps in plain loops.
TEST(Deficits, DekleEatonKortumByPlainLoops) {
    constexpr int n = 4;
    const double flow[n][n] = {{50, 9, 3, 1}, {4, 70, 2, 8}, {6, 5, 30, 2}, {1, 12, 4, 44}}, theta = 4.0;
    Economy e;
    e.regions = IndexSet("region", {"A", "B", "C", "D"}), e.sectors = IndexSet("sector", {"all"});
    e.unit = "money", e.goods = {1}, e.theta = {theta};
    e.trade = e.tariff = TradeTensor(n, 1);
    e.value_added_share = e.final_share = RegionSector(n, 1, 1.0);
    e.input_share = InputTensor(n, 1);
    double spending[n] = {}, labour[n] = {}, world_labour = 0.0;
    for (int i = 0; i < n; ++i)
        for (int j = 0; j < n; ++j) {
            e.trade(i, j, 0) = flow[i][j];
            spending[j] += flow[i][j], labour[i] += flow[i][j], world_labour += flow[i][j];
        }
    double wage[n] = {1, 1, 1, 1}, price[n] = {};
    for (int step = 0; step < 20000; ++step) {
        double earned[n] = {}, total = 0.0;
        for (int j = 0; j < n; ++j) {
            double sum = 0.0;
            for (int i = 0; i < n; ++i) sum += flow[i][j] / spending[j] * std::pow(wage[i], -theta);
            price[j] = std::pow(sum, -1.0 / theta);
            for (int i = 0; i < n; ++i)
                earned[i] += flow[i][j] / spending[j] * std::pow(wage[i], -theta) / sum * wage[j] * labour[j];
        }
        for (int i = 0; i < n; ++i) wage[i] *= 1.0 + 0.3 * (earned[i] / (wage[i] * labour[i]) - 1.0);
        for (int i = 0; i < n; ++i) total += wage[i] * labour[i];
        for (double& w : wage) w *= world_labour / total;
    }
    const World world = world_of(e, "ricardian", Closure::fixed);
    const Scenario s = scenario("none", {scale({0, 1, 2, 3}, 0.0)});
    const Equilibrium result = solve(world, shock_of(e, world, {s}, "none"));
    for (int j = 0; j < n; ++j) {
        const auto at = static_cast<std::size_t>(j);
        EXPECT_NEAR(result.wage_hat[at], wage[j], 1e-11);
        EXPECT_NEAR(result.welfare_hat[at], wage[j] * labour[j] / spending[j] / price[j], 1e-11);
    }
}

TEST(Deficits, ScaleByHalfHalvesEachOne) {
    const Economy e = toy_economy();
    const World world = world_of(e, "ricardian", Closure::fixed);
    const Equilibrium half = solve(world, shock_of(e, world, {scenario("half", {scale({0, 1, 2}, 0.5)})}, "half"));
    for (std::size_t j = 0; j < 3; ++j) EXPECT_NEAR(half.transfer[j], 0.5 * world.transfer[j], 1e-12);
}

TEST(Deficits, RemainderIsSpreadByIncomeOverThoseNotNamed) {
    const Economy e = toy_economy();
    const World world = world_of(e, "ricardian", Closure::fixed);
    const Shock shock = shock_of(e, world, {scenario("s", {rate({0}, 0.04)})}, "s");
    const double level = 0.04 * world.income[0], others = world.income[1] + world.income[2];
    EXPECT_NEAR(shock.transfer[0], level, 1e-12);
    for (const std::size_t j : {1U, 2U})
        EXPECT_NEAR(shock.transfer[j], world.transfer[j] - (level - world.transfer[0]) * world.income[j] / others,
                    1e-12);
    EXPECT_NEAR(std::accumulate(shock.transfer.begin(), shock.transfer.end(), 0.0), 0.0, 1e-10);
}

TEST(Deficits, WhatAScenarioComesFromStaysAsItIsSet) {
    const Economy e = toy_economy();
    const World world = world_of(e, "ricardian", Closure::fixed);
    const std::vector<Scenario> all = {scenario("a", {scale({0}, 0.0)}), scenario("b", {rate({1}, 0.01)}, {}, "a")};
    const Shock shock = shock_of(e, world, all, "b");
    EXPECT_EQ(shock.transfer[0], 0.0);
    EXPECT_NEAR(shock.transfer[1], 0.01 * world.income[1], 1e-12);
    EXPECT_NEAR(shock.transfer[2], -0.01 * world.income[1], 1e-10);
}

// After a world without deficits a closure further on starts from none.
TEST(Deficits, BalancedThenFixedStartsFromZero) {
    const Economy e = toy_economy();
    const World world = world_of(e, "ricardian", Closure::fixed);
    const std::vector<Scenario> all = {scenario("none", {}, Closure::balanced),
                                       scenario("one", {rate({2}, 0.02)}, Closure::fixed, "none")};
    const Shock shock = shock_of(e, world, all, "one");
    EXPECT_EQ(shock.closure, Closure::fixed);
    EXPECT_NEAR(shock.transfer[2], 0.02 * world.income[2], 1e-12);
    EXPECT_NEAR(shock.transfer[0] / shock.transfer[1], world.income[0] / world.income[1], 1e-12);
}

TEST(Deficits, SetUnderWorldShareTheyFollowWorldIncome) {
    const Economy e = toy_economy();
    const World world = world_of(e, "ricardian", Closure::fixed);
    Shock shock = shock_of(e, world, {scenario("s", {scale({0}, 2.0)}, Closure::world_share)}, "s");
    shock = tariff_on_top(world, shock);
    const Equilibrium result = solve(world, shock);
    const double ratio = std::accumulate(result.income.begin(), result.income.end(), 0.0) /
                         std::accumulate(world.income.begin(), world.income.end(), 0.0);
    EXPECT_NE(ratio, 1.0);
    EXPECT_NEAR(result.transfer[0], 2.0 * ratio * world.transfer[0], 1e-10);
    EXPECT_EQ(result.certificate.closure, "world_share");
    EXPECT_LT(result.certificate.residual, 1e-11);
}

// The transposed equations know the shock's closure and deficits.
TEST(Deficits, GradientsUnderAnotherClosure) {
    for (const Model* model : testing::models_under_test().rows()) {
        const Economy e = testing::suited_to(*model, toy_economy());
        const World world = calibrate(e, testing::options_for(*model, e, Closure::fixed)).world;
        for (const Closure closure : {Closure::world_share, Closure::balanced}) {
            Shock shock = tariff_on_top(world, {});
            shock.closure = closure;
            if (closure == Closure::world_share) {
                shock.transfer = world.transfer;
                for (double& money : shock.transfer) money *= 3.0;
            }
            const Equilibrium at = solve(world, shock);
            const Gradient g = gradient(world, shock, at, log_welfare(world, at, 1));
            const double step = 1e-5;
            const auto moved = [&](double by) {
                Shock other = shock;
                other.tariff(0, 1, 0) += by;
                return std::log(solve(world, other).welfare_hat[1]);
            };
            EXPECT_NEAR(g.tariff(0, 1, 0), (moved(step) - moved(-step)) / (2.0 * step), 1e-8) << model->name;
        }
    }
}

TEST(Deficits, DecompositionHasTheirPart) {
    const Economy e = toy_economy();
    for (const Closure closure : {Closure::fixed, Closure::world_share}) {
        const World world = world_of(e, "ricardian", closure);
        for (const Scenario& s : {scenario("s", {}, Closure::balanced), scenario("s", {scale({1}, 1.8)}),
                                  scenario("s", {rate({0}, -0.02)}, Closure::world_share)}) {
            const Shock shock = tariff_on_top(world, shock_of(e, world, {s}, "s"));
            const Equilibrium end = solve(world, shock);
            const Decomposition d = decompose(world, shock, end);
            for (std::size_t j = 0; j < 3; ++j) {
                EXPECT_NEAR(d.error[j], 0.0, 1e-9);
                EXPECT_NE(d.transfer[j], 0.0);
            }
        }
    }
}

// Money that a deal moves comes on top of the deficits of the scenario that is in force.
TEST(Deficits, PaymentsOfADealComeOnTop) {
    const Economy e = toy_economy();
    const World world = world_of(e, "ricardian", Closure::fixed);
    Shock from;
    from.closure = Closure::balanced;
    from.payment = {2.0, -2.0, 0.0};
    const Equilibrium paid = solve(world, from);
    EXPECT_NEAR(paid.transfer[0], 2.0, 1e-12);
    EXPECT_NEAR(paid.transfer[1], -2.0, 1e-12);
    EXPECT_EQ(paid.transfer[2], 0.0);
    Shock direct;
    direct.transfer = {2.0, -2.0, 0.0};
    const Equilibrium same = solve(world, direct);
    for (std::size_t j = 0; j < 3; ++j) EXPECT_NEAR(paid.welfare_hat[j], same.welfare_hat[j], 1e-12);
}

TEST(Deficits, PaymentsNeedDeficitsThatDoNotFollowIncome) {
    const World world = world_of(toy_economy(), "ricardian", Closure::fixed);
    Shock shock;
    shock.closure = Closure::world_share;
    shock.payment = {1.0, -1.0, 0.0};
    expect_error(ErrorKind::input, {"closure"}, [&] { solve(world, shock); });
}

// A prohibitive shock on the way takes a path of steps; deficits and closure go along.
TEST(Deficits, HoldAlongAPath) {
    const Economy e = toy_economy();
    for (const char* model : {"ricardian", "krugman"}) {
        const World world = world_of(e, model, Closure::fixed), balanced = world_of(e, model, Closure::balanced);
        Shock none;
        none.closure = Closure::balanced;
        none.tariff = world.tariff;
        for (int s = 0; s < 2; ++s)
            for (int i = 0; i < 3; ++i)
                for (int j = 0; j < 3; ++j)
                    if (i != j) none.tariff(i, j, s) = 30.0;
        Shock alone;
        alone.tariff = none.tariff;
        Shock zero;
        zero.closure = Closure::balanced;
        const Equilibrium closed = solve(world, none), first = solve(world, zero), then = solve(balanced, alone);
        for (std::size_t j = 0; j < 3; ++j)
            EXPECT_NEAR(closed.welfare_hat[j], first.welfare_hat[j] * then.welfare_hat[j], 1e-10);
    }
}

void expect_refused(const std::vector<Scenario>& all, Closure closure, std::initializer_list<std::string> parts,
                    const std::string& model = "ricardian") {
    const Economy e = toy_economy();
    const World world = world_of(e, model, closure);
    expect_error(ErrorKind::input, parts, [&] { shock_of(e, world, all, all.back().name); });
}

TEST(Deficits, AllNamedMustSumToZero) {
    expect_refused({scenario("s", {rate({0, 1, 2}, 0.01)})}, Closure::fixed, {"do not sum to zero", "world income"});
}
TEST(Deficits, BalancedTradeHasNone) {
    expect_refused({scenario("s", {rate({0}, 0.01)})}, Closure::balanced, {"trade is balanced"});
    expect_refused({scenario("s", {rate({0}, 0.01)}, Closure::balanced)}, Closure::fixed, {"trade is balanced"});
    expect_refused({scenario("s", {scale({0}, 2.0)}, Closure::fixed)}, Closure::balanced, {"no deficits to scale"});
    expect_refused({scenario("s", {rate({0}, 0.01)})}, Closure::balanced, {"the krugman model's own"}, "krugman");
}
TEST(Deficits, NobodyPaysMoreThanItEarns) {
    const World world = world_of(toy_economy(), "ricardian", Closure::fixed);
    const auto borrower = std::max_element(world.transfer.begin(), world.transfer.end()) - world.transfer.begin();
    expect_refused({scenario("s", {rate({static_cast<int>(borrower)}, -0.9999)})}, Closure::fixed,
                   {"without income", world.regions[static_cast<int>(borrower)]});
    expect_refused({scenario("s", {rate({0, 1}, 0.9)})}, Closure::fixed, {"without income", "C"});
}

}  // namespace
}  // namespace detente::test
