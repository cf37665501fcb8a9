// The channel between the two: the numbers of the Busan game, closed forms against simulation, and its two ends.
#include "relation/dialogue.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "games.h"
#include "relation/public_strategy.h"

namespace detente::test {
namespace {

const Roles roles{{0, 0}, {2, 2}};
constexpr double delta = 0.9311887396414175, phi_a = 0.8, phi_b = 0.7541666666666667, period_years = 0.5;

// studies/busan.toml as of bd2873c: agreement, best answer, war; million US dollars a year against the base.
StageGame busan() {
    Eigen::Matrix3d a, b;
    a << 3426.103136130777, -3119.907724026, -3126.1737737567846, 6775.630370291399, 212.39586444795358,
        206.10458054382931, 6775.407982274189, 212.61288529161223, 206.3222878072663;
    b << -733.0972401788697, 4312.152050743795, 4312.0501731237055, -10519.205590555875, -5606.149478107076,
        -5606.050540238448, -10576.064991388517, -5663.440096785943, -5663.340561460799;
    return game_of(a, b);
}

WarReport war_of(const Channel& channel) {
    const StageGame game = busan();
    const NoisyAgreement n = noisy_agreement(game, roles, lapse_implementation(game, roles, phi_a, phi_b), channel);
    const ForgivenessWindow window = forgiveness_window(n, delta, delta);
    EXPECT_TRUE(window.holds);
    return *window.best;
}

TEST(Dialogue, LengthensPeaceInTheBusanGame) {
    struct Row {
        Channel channel;
        int periods;
        double peace_years, war_percent, kept_a, kept_b;
    };
    // time.md, section 3, to the digits printed there.
    for (const Row& row :
         {Row{{}, 14, 1.26, 85, 0.16, 0.19}, Row{{0.8}, 3, 5.7, 21, 0.58, 0.70}, Row{{0.95}, 2, 22.6, 4, 0.68, 0.82}}) {
        const WarReport war = war_of(row.channel);
        EXPECT_EQ(war.periods, row.periods);
        EXPECT_NEAR(war.mean_peace * period_years, row.peace_years, row.peace_years < 2 ? 0.005 : 0.05);
        EXPECT_NEAR(100.0 * war.war_share, row.war_percent, 0.5);
        EXPECT_NEAR(war.kept_share[0], row.kept_a, 0.005);
        EXPECT_NEAR(war.kept_share[1], row.kept_b, 0.005);
    }
    const DialogueReport report = dialogue(busan(), roles, phi_a, phi_b, delta, delta, 0.8);
    // About 1.3 and 2.5 billion US dollars a year.
    EXPECT_NEAR(report.worth[0], 1300.0, 60.0);
    EXPECT_NEAR(report.worth[1], 2500.0, 60.0);
    EXPECT_EQ(report.without.from, 14);
    EXPECT_EQ(report.with.from, 3);
    EXPECT_NEAR(report.summits, 1.0 - phi_a * phi_b, 1e-15);
}

// Plays the agreement by its own rules, one side perhaps breaking it in the first period on purpose: discounted payoffs
// and the share of time at war.
struct Played {
    double mean[2] = {0.0, 0.0}, error[2] = {0.0, 0.0}, war_share = 0.0, war_error = 0.0;
};
Played play(const StageGame& game, const Channel& channel, int war_periods, int runs, int breach_by_a = -1) {
    std::mt19937_64 random(7);
    std::uniform_real_distribution<double> uniform;
    const int lapse_a = lapse_actions(game, roles.cooperate).a, lapse_b = lapse_actions(game, roles.cooperate).b;
    double sum[2] = {}, squares[2] = {}, war_sum = 0.0, war_squares = 0.0;
    for (int run = 0; run < runs; ++run) {
        double value[2] = {}, weight = 1.0;
        int left = 0, at_war = 0;
        constexpr int periods = 400;
        for (int t = 0; t < periods; ++t, weight *= delta) {
            int a = roles.war.a, b = roles.war.b;
            bool answered = false;
            at_war += left > 0 ? 1 : 0;
            if (left == 0) {
                const bool meant_a = !(t == 0 && breach_by_a >= 0);
                a = !meant_a ? breach_by_a : uniform(random) < phi_a ? 0 : lapse_a;
                b = uniform(random) < phi_b ? 0 : lapse_b;
                const double right = channel.accuracy.value_or(1.0);
                const bool told_a = uniform(random) < right, told_b = uniform(random) < right;
                // Without a channel every breach is answered; with one, what it calls intended.
                answered =
                    (a != 0 && (!channel.accuracy || told_a != meant_a)) || (b != 0 && (!channel.accuracy || !told_b));
            }
            value[0] += (1.0 - delta) * weight * game.payoff_a(a, b);
            value[1] += (1.0 - delta) * weight * game.payoff_b(a, b);
            if (left > 0)
                --left;
            else if (answered)
                left = war_periods;
        }
        for (int k = 0; k < 2; ++k) sum[k] += value[k], squares[k] += value[k] * value[k];
        const double share = at_war / static_cast<double>(periods);
        war_sum += share, war_squares += share * share;
    }
    Played out;
    for (int k = 0; k < 2; ++k) {
        out.mean[k] = sum[k] / runs;
        out.error[k] = std::sqrt((squares[k] / runs - out.mean[k] * out.mean[k]) / runs);
    }
    out.war_share = war_sum / runs;
    out.war_error = std::sqrt((war_squares / runs - out.war_share * out.war_share) / runs);
    return out;
}

TEST(Dialogue, ClosedFormsAgreeWithSimulation) {
    const StageGame game = busan();
    for (const Channel& channel : {Channel{}, Channel{0.5}, Channel{0.8}, Channel{0.95}}) {
        const WarReport war = war_of(channel);
        const Played played = play(game, channel, war.periods, 4000);
        for (std::size_t k = 0; k < 2; ++k)
            EXPECT_NEAR(played.mean[k], war.value[k], 3.0 * played.error[k]) << channel.accuracy.value_or(0.0);
        // Play begins in peace: the first spell takes from the share of war what it lasts.
        EXPECT_NEAR(played.war_share, war.war_share, 3.0 * played.war_error + 2.0 * war.mean_peace / 400.0);
    }
}

TEST(Dialogue, ABreachOnPurposeIsWorthWhatSimulationSays) {
    const StageGame game = busan();
    const Channel channel{0.8};
    const WarReport war = war_of(channel);
    const NoisyAgreement n = noisy_agreement(game, roles, lapse_implementation(game, roles, phi_a, phi_b), channel);
    const NoisySide& side = n.of(Side::a);
    const double after_war = side.war + std::pow(delta, war.periods) * (war.value[0] - side.war);
    for (const Breach& breach : side.breaches) {
        const double value =
            (1.0 - delta) * breach.payoff + delta * (breach.alarm * after_war + (1.0 - breach.alarm) * war.value[0]);
        const Played played = play(game, channel, war.periods, 6000, breach.action);
        EXPECT_NEAR(played.mean[0], value, 3.0 * played.error[0]) << breach.action;
        EXPECT_LE(value, war.value[0] + 1e-9) << "no breach pays in a war that deters";
    }
}

// A coin says nothing: a war that breaks out after each breach with chance 1/2, whatever was meant.
TEST(Dialogue, ACoinIsARandomisedWar) {
    const StageGame game = busan();
    const Implementation noise = lapse_implementation(game, roles, phi_a, phi_b);
    const NoisyAgreement coin = noisy_agreement(game, roles, noise, {0.5});
    for (const int periods : {1, 4, 20}) {
        PublicStrategy strategy = war_after_breach(game, roles, periods);
        for (int a = 0; a < 3; ++a)
            for (int b = 0; b < 3; ++b) {
                const int breaches = (a != 0 ? 1 : 0) + (b != 0 ? 1 : 0);
                const double war = 1.0 - std::pow(0.5, breaches);
                strategy.states[0].after[static_cast<std::size_t>(3 * a + b)] = {{1, war}, {0, 1.0 - war}};
            }
        const StrategyValue exact = evaluate_strategy(strategy, game, noise, delta, delta);
        const WarReport report = evaluate_war(coin, delta, delta, periods);
        for (std::size_t k = 0; k < 2; ++k) {
            EXPECT_NEAR(report.value[k], exact.value[k](0), 1e-9 * std::abs(exact.value[k](0)));
            // Whether a breach pays is the same question.
            EXPECT_EQ(report.slack[k] >= 0.0, exact.gain[k](0) <= 1e-9 * std::abs(exact.value[k](0))) << periods;
        }
        EXPECT_NEAR(report.war_share, 1.0 - exact.share(0), 1e-12);
    }
}

TEST(Dialogue, CertaintyLetsNoLapseBringWar) {
    const WarReport war = war_of({1.0});
    EXPECT_EQ(war.war_share, 0.0);
    EXPECT_TRUE(std::isinf(war.mean_peace));
    const StageGame game = busan();
    const Implementation noise = lapse_implementation(game, roles, phi_a, phi_b);
    EXPECT_NEAR(war.value[0], expected_game(game, noise).payoff_a(0, 0), 1e-9);
    const PeaceHistory history = peace_history(noise, roles.cooperate, {1.0}, 5, 2000);
    EXPECT_EQ(std::count(history.war.begin(), history.war.end(), 1), 0);
    EXPECT_GT(std::count_if(history.lapse.begin(), history.lapse.end(), [](int l) { return l != 0; }), 500);
}

TEST(Dialogue, HistoriesOfOneSeedDifferByTheChannelAlone) {
    const StageGame game = busan();
    const Implementation noise = lapse_implementation(game, roles, phi_a, phi_b);
    const PeaceHistory silent = peace_history(noise, roles.cooperate, {}, 14, 20000),
                       told = peace_history(noise, roles.cooperate, {0.8}, 3, 20000);
    // The first lapse comes at the same time in both.
    const auto first = [](const PeaceHistory& h) {
        return std::find_if(h.lapse.begin(), h.lapse.end(), [](int l) { return l != 0; }) - h.lapse.begin();
    };
    EXPECT_EQ(first(silent), first(told));
    const auto share = [](const PeaceHistory& h) {
        return static_cast<double>(std::count(h.war.begin(), h.war.end(), 1)) / static_cast<double>(h.war.size());
    };
    EXPECT_NEAR(share(silent), war_of({}).war_share, 0.02);
    EXPECT_NEAR(share(told), war_of({0.8}).war_share, 0.02);
}

TEST(Dialogue, PaysFromAnAccuracyOn) {
    const StageGame game = busan();
    const DialogueReport report = dialogue(game, roles, phi_a, phi_b, delta, delta, 0.8);
    const Implementation noise = lapse_implementation(game, roles, phi_a, phi_b);
    const auto value = [&](const Channel& channel, std::size_t k) {
        const NoisyAgreement n = noisy_agreement(game, roles, noise, channel);
        const ForgivenessWindow window = forgiveness_window(n, delta, delta);
        return window.best ? window.best->value[k] : n.side[k].war;
    };
    for (std::size_t k = 0; k < 2; ++k) {
        ASSERT_TRUE(report.pays_from[k].has_value());
        const double from = *report.pays_from[k];
        for (double a = from + 1e-6; a <= 1.0; a += 0.01) EXPECT_GT(value({a}, k), value({}, k)) << a;
        if (from > 0.5 + 1e-9) {
            EXPECT_LE(value({from - 1e-6}, k), value({}, k) + 1e-9);
        }
    }
    // The worse both keep their word, the more of the agreement is left with a channel only.
    ASSERT_TRUE(report.threshold.lowest.has_value());
    EXPECT_LT(*report.threshold.lowest, *fidelity_threshold(game, roles, delta, delta).lowest);
}

TEST(DialogueMap, AgreesWithTheWindowAtEveryPoint) {
    const StageGame game = busan();
    const DialogueMap map = dialogue_map(game, roles, {0.3, 0.6, 0.9}, {0.5, 0.75, 1.0}, delta, delta);
    for (Eigen::Index row = 0; row < 3; ++row)
        for (Eigen::Index column = 0; column < 3; ++column) {
            const double phi = map.fidelity[static_cast<std::size_t>(row)];
            int expected = -1;
            try {
                const ForgivenessWindow window =
                    forgiveness_window(noisy_agreement(game, roles, lapse_implementation(game, roles, phi, phi),
                                                       {map.accuracy[static_cast<std::size_t>(column)]}),
                                       delta, delta);
                if (window.holds) expected = window.from;
            } catch (const Error&) {
            }
            EXPECT_EQ(map.war(row, column), expected);
        }
}

TEST(Dialogue, AccuraciesThatSayLessThanACoinAreRefused) {
    for (const double accuracy : {0.49, 1.01, -1.0, std::nan("")})
        expect_error(ErrorKind::input, {"accuracy", "0.5"},
                     [&] { dialogue(busan(), roles, phi_a, phi_b, delta, delta, accuracy); });
}

}  // namespace
}  // namespace detente::test
