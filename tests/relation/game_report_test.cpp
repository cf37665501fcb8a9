// One question about a matrix, answered whole; the built command's JSON and errors.
#include "relation/game_report.h"

#include <gtest/gtest.h>

#include <cmath>

#include "games.h"
#include "relation/payoff_file.h"

namespace detente::test {
namespace {

GameQuestion question(double discount, double fidelity) {
    GameQuestion q;
    q.discount_a = q.discount_b = discount;
    q.fidelity_a = q.fidelity_b = fidelity;
    return q;
}

TEST(GameReport, WithoutLapsesTheSetIsExact) {
    const GameReport r = report_game(symmetric(3, 0, 5, 1), question(0.6, 1.0));
    EXPECT_FALSE(r.set.bounds);
    EXPECT_NEAR(r.set.area, 20.0 / 3.0, 1e-9);
    ASSERT_TRUE(r.agreement.has_value());
    EXPECT_TRUE(r.agreement->window.holds);
    EXPECT_EQ(r.agreement->class_a, GameClass::prisoners_dilemma);
    EXPECT_NEAR(r.agreement->nash->payoff.x(), 3.0, 1e-9);
    EXPECT_NEAR(r.fair->payoff.y(), 3.0, 1e-9);
}
TEST(GameReport, WithLapsesTheSetIsBracketed) {
    const GameReport r = report_game(symmetric(3, 0, 5, 1), question(0.9, 0.95));
    EXPECT_TRUE(r.set.noisy);
    EXPECT_LE(r.set.inner_area, r.set.area);
    EXPECT_LT(r.set.gap, 0.02);
    EXPECT_EQ(r.agreement->window.from, 2);
    EXPECT_TRUE(r.agreement->compensation->equilibrium);
}
TEST(GameReport, FrequentLapsesAreAnAnswer) {
    // The rival's lapse is ruinous: at fidelity 0.5 the agreement is worth less than war.
    const GameReport r = report_game(symmetric(3, -9, 5, 1), question(0.9, 0.5));
    EXPECT_FALSE(r.agreement->window.holds);
    EXPECT_NE(r.agreement->lapses_too_frequent.find("no better"), std::string::npos);
}
TEST(GameReport, PayoffsWithoutADilemmaAreAnAnswer) {
    const GameReport r = report_game(symmetric(1, 0, 5, 3), question(0.9, 0.9));
    EXPECT_FALSE(r.agreement.has_value());
    EXPECT_NE(r.no_dilemma.find("not a dilemma"), std::string::npos);
    EXPECT_EQ(r.set.status, SetStatus::converged);
}
TEST(GameReport, GivenRolesThatAreNoDilemmaAreRefused) {
    GameQuestion q = question(0.9, 1.0);
    q.cooperate = {1, 1};
    q.war = {0, 0};
    expect_error(ErrorKind::input, {"not a dilemma"}, [&] { report_game(symmetric(3, 0, 5, 1), q); });
}

TEST(GameReport, AnAgreementThatAnEquilibriumBeatsForBothIsNone) {
    Eigen::Matrix2d a, b;
    a << 12, 9, 10, 8;  // (0, 0) is best for both, and the only equilibrium
    b << 12, 9, 10, 11;
    const GameReport r = report_game(game_of(a, b), question(0.9, 1.0));
    EXPECT_FALSE(r.agreement.has_value());
    EXPECT_NE(r.no_dilemma.find("not a dilemma"), std::string::npos);
    EXPECT_NE(r.no_dilemma.find("pure"), std::string::npos);
}
TEST(GameReport, ARuinousWarIsNoThreat) {
    // Chicken with 3, 1, 5, -20: a breach gains 2, and the worst equilibrium of each side is worth 1, its minmax.
    const StageGame game = symmetric(3, 1, 5, -20);
    for (const double discount : {0.2, 0.45, 0.55, 0.9}) {
        const GameReport r = report_game(game, question(discount, 1.0));
        ASSERT_TRUE(r.agreement.has_value());
        EXPECT_FALSE(r.agreement->war_is_equilibrium);
        EXPECT_EQ(r.agreement->verdict.threat, Threat::equilibria);
        EXPECT_EQ(r.agreement->verdict.holds, discount > 0.5) << discount;
        // What the old verdict went by: the ruin deters from 2/25 on.
        EXPECT_TRUE(r.agreement->window.holds);
    }
}
TEST(GameReport, WithLapsesOnlyEquilibriaPunish) {
    const StageGame game = symmetric(3, 1, 5, -20);
    for (const double discount : {0.3, 0.9}) {
        const GameReport r = report_game(game, question(discount, 0.97));
        EXPECT_TRUE(r.set.noisy);
        EXPECT_EQ(r.agreement->verdict.threat, Threat::equilibria);
        EXPECT_EQ(r.agreement->verdict.holds, discount > 0.5) << discount;
    }
}
TEST(GameReport, HarderPunishmentsThanTheWarAreNamed) {
    // Abreu and Sannikov's example at 0.4: war for ever needs 5/11, the worst equilibria less.
    const GameReport r = report_game(abreu_sannikov(), question(0.4, 1.0));
    EXPECT_EQ(r.agreement->verdict.threat, Threat::war);
    EXPECT_FALSE(r.agreement->verdict.holds);
    const PayoffSet set = equilibrium_payoffs(abreu_sannikov(), 0.4);
    const Eigen::Vector2d slack = optimal_slack(abreu_sannikov(), {0, 0}, set.threat, 0.4, 0.4);
    EXPECT_EQ(r.agreement->verdict.holds_by_equilibria, slack.minCoeff() >= 0.0);
}
// Without the payoff set the verdict and what it rests on are the same, whether the war decides or other equilibria do.
TEST(GameReport, TheVerdictAloneIsTheSame) {
    const StageGame war_decides = symmetric(3, 0, 5, 1);
    Eigen::Matrix3d a;  // a ruinous war, no equilibrium, beside another that is one
    a << 4, 0, -9, 6, 1, -9, -8, -8, -10;
    const StageGame equilibria_decide = game_of(a, a.transpose());
    for (const double fidelity : {1.0, 0.97, 0.8})
        for (const double discount : {0.3, 0.6, 0.9})
            for (const StageGame* game : {&war_decides, &equilibria_decide}) {
                GameQuestion q = question(discount, fidelity);
                q.accuracy = 0.8;
                q.cooperate = {0, 0}, q.war = game == &war_decides ? ActionPair{1, 1} : ActionPair{2, 2};
                const GameReport whole = report_game(*game, q);
                q.verdict_alone = true;
                const GameReport alone = report_game(*game, q);
                const AgreementReport &r = *alone.agreement, &expected = *whole.agreement;
                EXPECT_EQ(expected.war_is_equilibrium, game == &war_decides);
                EXPECT_EQ(r.war_is_equilibrium, expected.war_is_equilibrium);
                EXPECT_EQ(r.verdict.holds, expected.verdict.holds);
                EXPECT_EQ(r.verdict.threat, expected.verdict.threat);
                EXPECT_EQ(r.verdict_without_lapses.holds, expected.verdict_without_lapses.holds);
                EXPECT_EQ(r.window.from, expected.window.from);
                EXPECT_EQ(r.threshold.lowest, expected.threshold.lowest);
                EXPECT_EQ(r.dialogue.has_value(), expected.dialogue.has_value());
                if (r.dialogue) {
                    EXPECT_EQ(r.dialogue->worth, expected.dialogue->worth);
                }
            }
}

TEST(GameReport, AnUntemptedSideLapsesToo) {
    // B gains nothing by breaking; its lapse is the best of its other actions, and ends the peace all the same.
    Eigen::Matrix2d a, b;
    a << 6, 1, 8, 2;
    b << 9, 7, 2, 3;
    GameQuestion q = question(0.95, 0.9);
    q.fidelity_b = 0.5;
    const GameReport r = report_game(game_of(a, b), q);
    EXPECT_EQ(r.agreement->lapse, (ActionPair{1, 1}));
    EXPECT_NEAR(r.agreement->mean_peace, 1.0 / 0.55, 1e-12);
}
TEST(GameReport, ConstantAndSingleActionGamesAreAnswered) {
    const GameReport constant = report_game(symmetric(2, 2, 2, 2), question(0.9, 0.8));
    EXPECT_FALSE(constant.agreement.has_value());
    EXPECT_EQ(constant.set.status, SetStatus::converged);
    EXPECT_EQ(constant.conflict_share, 0.0);
    const Eigen::MatrixXd one = Eigen::MatrixXd::Constant(1, 1, 3.0);
    const GameReport single = report_game(game_of(one, one), question(0.9, 0.8));
    EXPECT_FALSE(single.agreement.has_value());
    EXPECT_NEAR(single.coco.a, 3.0, 1e-12);
    // A single action against two: that side has nothing to lapse to.
    Eigen::RowVector2d row_a(3.0, 1.0), row_b(3.0, 2.0);
    const GameReport narrow = report_game(game_of(row_a, row_b), question(0.9, 0.8));
    EXPECT_EQ(narrow.set.status, SetStatus::converged);
}
TEST(GameReport, PayoffsAtTheBoundsAreAnswered) {
    for (const double scale : {1e-100, 1e99}) {
        const StageGame unit = symmetric(3, 0, 5, 1);
        const GameReport r = report_game(game_of(scale * unit.payoff_a, scale * unit.payoff_b), question(0.6, 1.0));
        if (scale < 1.0) {
            EXPECT_NEAR(r.set.area / scale / scale, 20.0 / 3.0, 1e-9);
        }
        EXPECT_TRUE(r.agreement->verdict.holds);
        EXPECT_NEAR(r.conflict_share, std::sqrt(12.5 / 14.75), 1e-12);
    }
    expect_error(ErrorKind::input, {"payoffs of A", "out of range", "1e-100 to 1e+100"}, [&] {
        report_game(game_of(1e-310 * symmetric(3, 0, 5, 1).payoff_a, symmetric(3, 0, 5, 1).payoff_b),
                    question(0.6, 1.0));
    });
}
TEST(GameReport, NumbersThatDifferByRoundingAreEqual) {
    // 0.1 + 0.2 against 0.3: no gain from a breach, no better war, no order of payoffs.
    StageGame game = symmetric(0.1 + 0.2, 0.1, 0.3, 0.2);
    const GameReport r = report_game(game, question(1e-6, 1.0));
    ASSERT_TRUE(r.agreement.has_value());
    EXPECT_EQ(r.agreement->without_noise.of(Side::a).temptation.gain(), 0.0);
    EXPECT_TRUE(r.agreement->verdict.holds);
    EXPECT_EQ(r.agreement->class_a, GameClass::other);
    // What was solved for is known less exactly, and says so.
    game = symmetric(1.0, 0.5, 1.0 + 1e-10, 0.7);
    EXPECT_GT(deviation_gain(game, Side::a, {0, 0}), 0.0);
    game.accuracy = 1e-9;
    EXPECT_EQ(deviation_gain(game, Side::a, {0, 0}), 0.0);
    EXPECT_TRUE(is_stage_equilibrium(game, {0, 0}));
    EXPECT_TRUE(self_enforcement(game, {{0, 0}, {1, 1}}, 0.0, 0.0).holds);
}
TEST(GameReport, RefusesDiscountFactorsAtTheEndsWithTheBound) {
    for (const double discount : {0.0, 1.0})
        expect_error(ErrorKind::input, {"discount of A", "above 0 and below 1"},
                     [&] { report_game(symmetric(3, 0, 5, 1), question(discount, 1.0)); });
}
TEST(GameReport, RefusesMoreActionsThanItsBound) {
    const Eigen::MatrixXd payoff = Eigen::MatrixXd::Zero(most_actions + 1, 2);
    expect_error(ErrorKind::input, {"actions of A", "501", "at most 500"},
                 [&] { report_game(game_of(payoff, payoff), question(0.9, 1.0)); });
}
TEST(GameReport, RefusesAFidelityAboveOne) {
    expect_error(ErrorKind::input, {"fidelity of A", "1.1", "[0, 1]"},
                 [] { report_game(symmetric(3, 0, 5, 1), question(0.9, 1.1)); });
}
TEST(GameReport, AnswersEveryKindOfGame) {
    // Games and algorithms apart: each game goes through the same checks.
    for (const StageGame& game : {symmetric(3, 0, 5, 1), symmetric(3, 1, 4, 0), symmetric(4, 0, 3, 1), cournot(3),
                                  abreu_sannikov(), cournot(9)}) {
        for (const double discount : {0.3, 0.9}) {
            for (const double fidelity : {0.8, 1.0}) {
                const GameReport r = report_game(game, question(discount, fidelity));
                EXPECT_EQ(r.set.status, SetStatus::converged);
                EXPECT_LT(excess(r.set.inner, r.set.outer), 1e-7);
                // With three quantities the stage equilibrium is the best that both can have.
                EXPECT_EQ(r.agreement.has_value(), !(game.n_a() == 3 && game.payoff_a(0, 0) == 0.0));
                if (!r.agreement) continue;
                EXPECT_EQ(r.agreement->window.holds,
                          r.agreement->window.shortest[0] && r.agreement->window.shortest[1]);
            }
        }
    }
}

}  // namespace
}  // namespace detente::test
