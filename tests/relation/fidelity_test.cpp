// Agreements with lapses: reference numbers, closed forms against the strategy's own equations and simulation.
#include "relation/fidelity.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "games.h"
#include "relation/public_strategy.h"

namespace detente::test {
namespace {

const Roles roles{{0, 0}, {1, 1}};
const StageGame dilemma = symmetric(3, 0, 5, 1);

// Unequal powers: A gains less from the agreement and more from breaking it.
StageGame unequal() {
    Eigen::Matrix2d a, b;
    a << 4, -1, 6, 1;
    b << 5, 7, 0, 2;
    return game_of(a, b);
}

NoisyAgreement flips(double error) {
    return noisy_agreement(dilemma, roles, flip_implementation(dilemma, error, error));
}
NoisyAgreement lapses(const StageGame& game, double phi_a, double phi_b) {
    return noisy_agreement(game, roles, lapse_implementation(game, roles, phi_a, phi_b));
}

void near_or_none(const nlohmann::json& expected, const std::optional<double>& found, const std::string& what) {
    EXPECT_EQ(expected.is_null(), !found.has_value()) << what;
    if (!expected.is_null() && found) {
        EXPECT_NEAR(*found, expected.get<double>(), 1e-12) << what;
    }
}

TEST(NoisyTrigger, MatchesTheReference) {
    const auto path = relation_reference("noisy_trigger.json");
    DETENTE_NEEDS_DATA(path);
    const auto table = nlohmann::json::parse(read_text(path));
    ASSERT_FALSE(table.empty());
    for (const auto& row : table) {
        const double error = row["eps"];
        const std::string at = "eps " + std::to_string(error);
        const NoisySide side = flips(error).of(Side::a);
        EXPECT_NEAR(side.agreement, row["uC"].get<double>(), 1e-14) << at;
        EXPECT_NEAR(side.war, row["uD"].get<double>(), 1e-14) << at;
        EXPECT_NEAR(side.breaches.at(0).payoff, row["udev"].get<double>(), 1e-14) << at;
        EXPECT_NEAR(side.alarm, row["q"].get<double>(), 1e-15) << at;
        EXPECT_NEAR(side.breaches.at(0).alarm, row["qdev"].get<double>(), 1e-15) << at;
        EXPECT_NEAR(milgrom_bound(side), row["AMP_bound_payoff"].get<double>(), 1e-14) << at;
        for (const int periods : {1, 2, 3, 5, 10})
            near_or_none(row["dstar_T" + std::to_string(periods)], critical_discount(side, periods), at);
        near_or_none(row["dstar_TNone"], critical_discount(side, forever), at);
        for (const char* delta : {"0.7", "0.9", "0.95"}) {
            const double d = std::atof(delta);
            const auto shortest = shortest_war(side, d);
            const auto& expected = row[std::string("minT_d") + delta];
            EXPECT_EQ(expected.is_null(), !shortest.has_value()) << at << ' ' << delta;
            if (expected.is_null()) continue;
            EXPECT_EQ(*shortest, expected.get<int>()) << at << ' ' << delta;
            EXPECT_NEAR(agreement_value(side, d, severity(d, *shortest)),
                        row[std::string("V_minT_d") + delta].get<double>(), 1e-12);
            EXPECT_NEAR(agreement_value(side, d, severity(d, forever)),
                        row[std::string("V_grim_d") + delta].get<double>(), 1e-12);
        }
    }
}

TEST(NoisyTrigger, GreenAndPortersExample) {
    // R = 3, P = 1, D = 5, delta = 0.9, chance of a false alarm 0.1 (reference README).
    NoisySide side;
    side.agreement = side.promised = 3.0;
    side.war = 1.0;
    side.alarm = 0.1;
    const double needed[] = {1.2111, 0.5100, 0.2706, 0.2111}, value[] = {2.8349, 2.6078, 2.2609, 2.0526};
    const int periods[] = {1, 3, 10, forever};
    for (int k = 0; k < 4; ++k) {
        side.price = 2.0;  // gain over one more alarm a breach
        const double x = severity(0.9, periods[k]);
        const double bite = incentive_slack(side, 0.9, x) + side.price;
        EXPECT_NEAR(2.0 / bite, needed[k], 5e-5);
        EXPECT_NEAR(agreement_value(side, 0.9, x), value[k], 5e-5);
    }
}

TEST(Lapses, GiveThePapersConstraint) {
    // (1-delta)(u_D - u_C) <= delta phi_j (V_C - V_P), own lapses divided out.
    const NoisyAgreement n = lapses(unequal(), 0.95, 0.9);
    const double x = severity(0.8, 4), v = agreement_value(n.of(Side::a), 0.8, x);
    const double after_breach = x * 1.0 + (1.0 - x) * v;            // u_N = 1
    const double against = 0.9 * (6.0 - 4.0) + 0.1 * (1.0 - -1.0);  // B keeps its word with probability 0.9
    const double slack = 0.8 * 0.9 * (v - after_breach) - 0.2 * against;
    EXPECT_EQ(slack >= 0.0, incentive_slack(n.of(Side::a), 0.8, x) >= 0.0);
    EXPECT_NEAR(slack, 0.2 * 0.9 * incentive_slack(n.of(Side::a), 0.8, x), 1e-14);
}

// Every closed form against the strategy's own linear equations and against simulation.
void agrees(const StageGame& game, const NoisyAgreement& n, const Implementation& implementation, double delta_a,
            double delta_b, int periods, double probability) {
    const WarReport report = evaluate_war(n, delta_a, delta_b, periods, probability);
    const PublicStrategy strategy = war_after_breach(game, roles, periods, probability);
    const StrategyValue exact = evaluate_strategy(strategy, game, implementation, delta_a, delta_b);
    EXPECT_NEAR(report.value[0], exact.value[0](0), 1e-12);
    EXPECT_NEAR(report.value[1], exact.value[1](0), 1e-12);
    EXPECT_EQ(report.holds, exact.gain[0](0) <= 1e-12 && exact.gain[1](0) <= 1e-12);
    EXPECT_NEAR(report.war_share, 1.0 - exact.share(0), 1e-10);
    SimulationOptions options;
    options.seed = 11;
    options.runs = 4000;
    options.long_run = 200000;
    const SimulatedStrategy s = simulate_strategy(strategy, game, implementation, delta_a, delta_b, options);
    EXPECT_LT(s.value[0].error, 0.03);
    EXPECT_NEAR(s.value[0].mean, report.value[0], 3.0 * s.value[0].error);
    EXPECT_NEAR(s.value[1].mean, report.value[1], 3.0 * s.value[1].error);
    if (periods == forever) return;
    EXPECT_NEAR(s.share[0].mean, 1.0 - report.war_share, 3.0 * s.share[0].error);
    if (probability == 1.0) {
        EXPECT_NEAR(s.spell.mean, report.mean_peace, 3.0 * s.spell.error);
    }
}

TEST(Lapses, ClosedFormsAgreeWithSimulation) {
    const StageGame game = unequal();
    const Implementation noise = lapse_implementation(game, roles, 0.97, 0.92);
    const NoisyAgreement n = lapses(game, 0.97, 0.92);
    agrees(game, n, noise, 0.9, 0.85, 3, 1.0);
    agrees(game, n, noise, 0.9, 0.9, 8, 0.5);
    agrees(game, n, noise, 0.6, 0.5, 1, 1.0);
    agrees(game, n, noise, 0.9, 0.85, forever, 1.0);
}
// Four actions, war the last, a lapse into the second: promises fail, a war is carried out to the letter.
TEST(Lapses, ArePromisesThatFailAndWarDoesNot) {
    Eigen::Matrix4d a;
    a << 10, 4, 3, 1, 12, 5, 3.5, 1.5, 11, 6, 4, 2, 9, 7, 5, 3;
    const StageGame game = game_of(a, a.transpose());
    const Roles far{{0, 0}, {3, 3}};
    const Implementation noise = lapse_implementation(game, far, 0.9, 0.8);
    const NoisyAgreement n = noisy_agreement(game, far, noise);
    EXPECT_EQ(n.of(Side::a).war, 3.0);
    EXPECT_NEAR(n.of(Side::a).agreement, 0.9 * (0.8 * 10 + 0.2 * 4) + 0.1 * (0.8 * 12 + 0.2 * 5), 1e-14);
    // A deliberate breach does not fail either.
    EXPECT_EQ(n.of(Side::a).breaches.at(1).alarm, 1.0);
    EXPECT_NEAR(n.of(Side::a).breaches.at(1).payoff, 0.8 * 11 + 0.2 * 6, 1e-14);
    const WarReport report = evaluate_war(n, 0.9, 0.85, 4, 0.7);
    const StrategyValue exact = evaluate_strategy(war_after_breach(game, far, 4, 0.7), game, noise, 0.9, 0.85);
    EXPECT_NEAR(report.value[0], exact.value[0](0), 1e-12);
    EXPECT_NEAR(report.value[1], exact.value[1](0), 1e-12);
    SimulationOptions options;
    options.seed = 5, options.runs = 4000, options.long_run = 1000;
    const SimulatedStrategy s = simulate_strategy(war_after_breach(game, far, 4, 0.7), game, noise, 0.9, 0.85, options);
    EXPECT_NEAR(s.value[0].mean, report.value[0], 3.0 * s.value[0].error);
    EXPECT_NEAR(s.value[1].mean, report.value[1], 3.0 * s.value[1].error);
}
TEST(Lapses, HappenWhileTheOtherSideAnswers) {
    Eigen::Matrix3d a;
    a << 10, 8, 2, 12, 9, 4, 13, 10, 5;
    const StageGame game = game_of(a, a.transpose());
    const Roles far{{0, 0}, {2, 2}};
    const Implementation noise = lapse_implementation(game, far, 0.9, 0.9, {2, 2});
    const Compensation c = compensation(game, far, 1.0, {1, 1});
    const StrategyValue v = evaluate_strategy(c.strategy, game, noise, 0.9, 0.9);
    // By hand: from peace one side fails alone with 0.09 and is answered by the measure (1), to the letter; while it is
    // answered the breaker fails again with 0.1 and is answered once more.
    EXPECT_NEAR(v.share(0), 1.0 / 1.2, 1e-12);
    EXPECT_NEAR(v.share(1), 0.1 / 1.2, 1e-12);
    const double peace = 0.81 * 10 + 0.09 * 2 + 0.09 * 13 + 0.01 * 5;
    const double answered = 0.9 * 8 + 0.1 * 10, answering = 0.9 * 12 + 0.1 * 4;
    const auto after = [](double now, double at_peace) { return (0.1 * now + 0.9 * 0.9 * at_peace) / (1.0 - 0.09); };
    const double in_peace = v.value[0](0);
    EXPECT_NEAR(v.value[0](1), after(answered, in_peace), 1e-12);
    EXPECT_NEAR(v.value[0](2), after(answering, in_peace), 1e-12);
    EXPECT_NEAR(in_peace, 0.1 * peace + 0.9 * (0.82 * in_peace + 0.09 * (v.value[0](1) + v.value[0](2))), 1e-12);
}
TEST(Flips, ClosedFormsAgreeWithSimulation) {
    agrees(dilemma, flips(0.05), flip_implementation(dilemma, 0.05, 0.05), 0.9, 0.9, 2, 1.0);
    agrees(dilemma, flips(0.1), flip_implementation(dilemma, 0.1, 0.1), 0.7, 0.7, 4, 1.0);
}

TEST(Simulation, IsRepeatedByItsSeed) {
    const PublicStrategy strategy = war_after_breach(dilemma, roles, 2);
    const Implementation noise = flip_implementation(dilemma, 0.1, 0.1);
    SimulationOptions options;
    options.runs = 50;
    options.long_run = 1000;
    const auto x = simulate_strategy(strategy, dilemma, noise, 0.9, 0.9, options);
    const auto y = simulate_strategy(strategy, dilemma, noise, 0.9, 0.9, options);
    EXPECT_EQ(x.value[0].mean, y.value[0].mean);
    options.seed = 2;
    EXPECT_NE(simulate_strategy(strategy, dilemma, noise, 0.9, 0.9, options).value[0].mean, x.value[0].mean);
}

TEST(ForgivenessWindow, TheShortestWarIsTheBestAndTheRandomOneBetter) {
    const ForgivenessWindow w = forgiveness_window(flips(0.05), 0.9, 0.9);
    ASSERT_TRUE(w.holds);
    EXPECT_EQ(w.from, 2);
    EXPECT_EQ(w.to, forever);
    EXPECT_TRUE(w.best->holds);
    EXPECT_GT(w.best->value[0], evaluate_war(flips(0.05), 0.9, 0.9, 3).value[0]);
    EXPECT_GT(w.randomised->value[0], w.best->value[0]);
    EXPECT_TRUE(w.randomised->holds);
    // The least sufficient probability attains the bound.
    EXPECT_NEAR(w.randomised->value[0], milgrom_bound(flips(0.05).of(Side::a)), 1e-12);
}
TEST(ForgivenessWindow, EmptyWhereNothingDeters) {
    const ForgivenessWindow w = forgiveness_window(flips(0.2), 0.7, 0.7);
    EXPECT_FALSE(w.holds);
    EXPECT_FALSE(w.best.has_value());
}
TEST(ForgivenessWindow, OneImpatientSideDecides) {
    const ForgivenessWindow w = forgiveness_window(flips(0.05), 0.95, 0.6);
    EXPECT_EQ(w.from, *w.shortest[1]);
    EXPECT_EQ(w.best->binding, Side::b);
}

TEST(CriticalDiscount, DividesDiscountFactorsInTwo) {
    // The weight of a war rises with delta: a scan finds one change for every length of war and every error.
    for (const double error : {0.0, 0.05, 0.1, 0.2}) {
        for (const int periods : {1, 2, 3, 10, forever}) {
            const NoisySide side = flips(error).of(Side::a);
            const auto critical = critical_discount(side, periods);
            for (int k = 1; k < 400; ++k) {
                const double delta = k / 400.0;
                const bool holds = incentive_slack(side, delta, severity(delta, periods)) >= 1e-12;
                EXPECT_EQ(holds, critical && delta > *critical) << error << ' ' << periods << ' ' << delta;
            }
        }
    }
}

TEST(FidelityThreshold, IsWhereWarForEverStopsDeterring) {
    const auto threshold = fidelity_threshold(dilemma, roles, 0.8, 0.8);
    ASSERT_TRUE(threshold.lowest.has_value());
    const double phi = *threshold.lowest;
    EXPECT_TRUE(least_severity(lapses(dilemma, phi + 1e-9, phi + 1e-9).of(Side::a), 0.8).has_value());
    EXPECT_FALSE(least_severity(lapses(dilemma, phi - 1e-9, phi - 1e-9).of(Side::a), 0.8).has_value());
    // By hand: G/(alarm_dev - a) with the lapse D: 5 phi + (1-phi) - u_C over phi^2, war 1, V - 1 over severity 1.
    const double q = phi * phi, u = 3 * q + 5 * phi * (1 - phi) + (1 - phi) * (1 - phi);
    EXPECT_NEAR((5 * phi + 1 - phi - u) / q, 0.8 * (u - 1) / (0.2 + 0.8 * (1 - q)), 1e-9);
}
TEST(FidelityThreshold, NoneBelowTheCriticalDiscountFactor) {
    EXPECT_FALSE(fidelity_threshold(dilemma, roles, 0.45, 0.45).lowest.has_value());
}
TEST(FidelityThreshold, FindsEveryInterval) {
    // A lapse that hurts nobody much lets low fidelity be sustained where the middle is not: the search must see both.
    const auto steps = fidelity_threshold(
        [](double phi) {
            NoisyAgreement n;
            for (NoisySide& side : n.side) {
                side.agreement = side.promised = 2.0;
                side.war = 1.0;
                side.alarm = 0.1;
                side.price = phi > 0.25 && phi < 0.75 ? 100.0 : 0.1;
            }
            return n;
        },
        0.9, 0.9);
    ASSERT_EQ(steps.sustained.size(), 2U);
    EXPECT_NEAR(*steps.lowest, 0.75, 1e-12);
    EXPECT_NEAR(steps.sustained[0].to, 0.25, 1e-12);
    EXPECT_NEAR(steps.sustained[1].from, 0.75, 1e-12);
    EXPECT_EQ(steps.sustained[1].to, 1.0);
}

TEST(RegionMap, AgreesWithTheWindowAtEveryPoint) {
    const std::vector<double> discount = {0.3, 0.6, 0.8, 0.95}, fidelity = {0.3, 0.7, 0.9, 1.0};
    const RegionMap map = region_map(unequal(), roles, discount, fidelity);
    for (std::size_t i = 0; i < 4; ++i) {
        for (std::size_t j = 0; j < 4; ++j) {
            bool holds = false;
            try {
                holds = forgiveness_window(lapses(unequal(), fidelity[j], fidelity[j]), discount[i], discount[i]).holds;
            } catch (const Error&) {
                holds = false;
            }
            EXPECT_EQ(map.holds(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)), holds);
        }
    }
    EXPECT_TRUE(map.holds(3, 3));
    EXPECT_FALSE(map.holds(0, 0));
}

TEST(Compensation, CostsTheBreakerWhatItDid) {
    // Three levels: the middle measure costs the breaker exactly the harm of a lapse.
    Eigen::Matrix3d a;
    a << 10, 8, 2, 12, 9, 4, 13, 10, 5;
    const StageGame game = game_of(a, a.transpose());
    const Compensation c = compensation(game, {{0, 0}, {2, 2}}, 1.0, {1, 1});
    EXPECT_EQ(c.measures, (ActionPair{1, 1}));
    EXPECT_DOUBLE_EQ(c.harm[0], 2.0);
    EXPECT_DOUBLE_EQ(c.cost[0], 2.0);
}
TEST(Compensation, AgreesWithSimulationAndBeatsWar) {
    const Compensation c = compensation(dilemma, roles);
    const Implementation noise = lapse_implementation(dilemma, roles, 0.9, 0.9);
    const StrategyValue exact = evaluate_strategy(c.strategy, dilemma, noise, 0.9, 0.9);
    EXPECT_TRUE(exact.equilibrium);
    SimulationOptions options;
    options.runs = 4000;
    options.long_run = 200000;
    const SimulatedStrategy s = simulate_strategy(c.strategy, dilemma, noise, 0.9, 0.9, options);
    EXPECT_NEAR(s.value[0].mean, exact.value[0](0), 3.0 * s.value[0].error);
    EXPECT_NEAR(s.value[1].mean, exact.value[1](0), 3.0 * s.value[1].error);
    for (int k = 0; k < 3; ++k)
        EXPECT_NEAR(s.share[static_cast<std::size_t>(k)].mean, exact.share(k),
                    3.0 * s.share[static_cast<std::size_t>(k)].error);
    const ForgivenessWindow war = forgiveness_window(lapses(dilemma, 0.9, 0.9), 0.9, 0.9);
    EXPECT_GT(exact.value[0](0), war.best->value[0]);
}

TEST(Noise, ProbabilitiesOutOfRangeAreRefused) {
    expect_error(ErrorKind::input, {"fidelity of B", "1.5", "[0, 1]"},
                 [] { lapse_implementation(dilemma, roles, 0.9, 1.5); });
    expect_error(ErrorKind::input, {"error of A", "-0.1"}, [] { flip_implementation(dilemma, -0.1, 0.1); });
    expect_error(ErrorKind::input, {"probability of war", "2"}, [] { war_after_breach(dilemma, roles, 3, 2.0); });
    expect_error(ErrorKind::input, {"at least one period"}, [] { war_after_breach(dilemma, roles, 0); });
}
TEST(Noise, AnAgreementWorthNoMoreThanWarIsRefused) {
    Eigen::Matrix2d a;
    a << 3, -9, 5, 1;
    expect_error(ErrorKind::input, {"with these lapses", "no better"},
                 [&] { lapses(game_of(a, a.transpose()), 0.5, 0.5); });
}

}  // namespace
}  // namespace detente::test
