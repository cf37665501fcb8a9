// Answers to a breach beside each other: against exact values, simulation and each other.
#include "relation/punishments.h"

#include <gtest/gtest.h>

#include <cmath>

#include "games.h"
#include "relation/game_report.h"

namespace detente::test {
namespace {

const Roles roles{{0, 0}, {1, 1}};
// War is an equilibrium; both have much to gain from peace.
const StageGame dilemma =
    game_of((Eigen::Matrix2d() << 3, -1, 4, 0).finished(), (Eigen::Matrix2d() << 3, 4.5, -1, 0).finished());

GameReport report_of(const StageGame& game, double phi, double delta_a, double delta_b) {
    GameQuestion q;
    q.discount_a = delta_a, q.discount_b = delta_b;
    q.fidelity_a = phi, q.fidelity_b = phi;
    q.cooperate = {0, 0}, q.war = {1, 1};
    q.accuracy = 0.9;
    return report_game(game, q);
}

TEST(AnswersToABreach, RandomWarDetersAndIsWorthNoLessThanThePlainOne) {
    const GameReport report = report_of(dilemma, 0.9, 0.8, 0.9);
    const AgreementReport& r = *report.agreement;
    const AnswerToBreach* war = answer_of(r.answers, AnswerKind::war);
    const AnswerToBreach* random = answer_of(r.answers, AnswerKind::random_war);
    ASSERT_TRUE(war != nullptr && random != nullptr);
    ASSERT_EQ(war->holds, Holding::yes);
    EXPECT_EQ(random->periods, war->periods);
    EXPECT_LT(random->probability, 1.0);
    const Implementation lapses = lapse_implementation(dilemma, roles, 0.9, 0.9);
    const PublicStrategy strategy = war_after_breach(dilemma, roles, random->periods, random->probability);
    const StrategyValue exact = evaluate_strategy(strategy, dilemma, lapses, 0.8, 0.9);
    EXPECT_TRUE(exact.equilibrium);
    for (std::size_t k = 0; k < 2; ++k) {
        EXPECT_NEAR(random->value[k], exact.value[k](0), 1e-12);
        EXPECT_GE(random->value[k], war->value[k]);
    }
    // One side's constraint binds: with any less of it somebody breaks its word.
    const PublicStrategy less = war_after_breach(dilemma, roles, random->periods, 0.99 * random->probability);
    EXPECT_FALSE(evaluate_strategy(less, dilemma, lapses, 0.8, 0.9).equilibrium);
    SimulationOptions how;
    how.runs = 2000, how.long_run = 400000;
    const SimulatedStrategy seen = simulate_strategy(strategy, dilemma, lapses, 0.8, 0.9, how);
    EXPECT_NEAR(seen.spell.mean, *random->peace, 3.0 * seen.spell.error);
    EXPECT_NEAR(1.0 - seen.share[0].mean, *random->answer_share, 3.0 * seen.share[0].error);
}

TEST(AnswersToABreach, ProportionalOnesLastAsLongAsTheirPlayDoes) {
    const GameReport report = report_of(dilemma, 0.9, 0.9, 0.9);
    const AnswerToBreach* one = answer_of(report.agreement->answers, AnswerKind::proportional);
    ASSERT_TRUE(one != nullptr);
    SimulationOptions how;
    how.runs = 2000, how.long_run = 400000;
    const SimulatedStrategy seen = simulate_strategy(compensation(dilemma, roles).strategy, dilemma,
                                                     lapse_implementation(dilemma, roles, 0.9, 0.9), 0.9, 0.9, how);
    EXPECT_NEAR(seen.spell.mean, *one->peace, 3.0 * seen.spell.error);
    EXPECT_NEAR(1.0 - seen.share[0].mean, *one->answer_share, 3.0 * seen.share[0].error);
}

TEST(AnswersToABreach, BestIsTheOneThatKeepsMostOfThoseWithoutAChannel) {
    const GameReport report = report_of(dilemma, 0.9, 0.9, 0.9);
    const std::vector<AnswerToBreach>& answers = report.agreement->answers;
    const AnswerToBreach* best = best_answer(answers);
    ASSERT_TRUE(best != nullptr);
    for (const AnswerToBreach& one : answers) {
        if (one.kind == AnswerKind::channelled_war || one.kind == AnswerKind::best_equilibrium) continue;
        if (one.holds == Holding::no) continue;
        EXPECT_GE(best->kept_share[0] * best->kept_share[1], one.kept_share[0] * one.kept_share[1] - 1e-12);
    }
    // No play does better than the best point of the set.
    const AnswerToBreach* point = answer_of(answers, AnswerKind::best_equilibrium);
    ASSERT_TRUE(point != nullptr);
    EXPECT_GE(point->kept_share[0] * point->kept_share[1], best->kept_share[0] * best->kept_share[1] - 1e-6);
    EXPECT_NEAR(survival(*best, 5.0), std::pow(1.0 - 1.0 / *best->peace, 5.0), 1e-15);
}

// Lapses so frequent that no war deters, and answers in proportion still do: the agreement holds by them.
TEST(AnswersToABreach, WhatAnyOfThemHoldsUpHolds) {
    // A relation of studies/partnership.toml, rounded: agreement, best answer, war.
    Eigen::Matrix3d a, b;
    a << 2909, -2790, -2796, 5650, 247, 241, 5649, 246, 242;
    b << -1780, 2661, 2660, -9920, -6252, -6302, -9960, -6303, -6301;
    GameQuestion q;
    q.discount_a = q.discount_b = 0.9311887396414175;
    q.fidelity_a = q.fidelity_b = 0.5;
    q.cooperate = {0, 0}, q.war = {2, 2};
    const GameReport whole = report_game(game_of(a, b), q);
    const AgreementReport& r = *whole.agreement;
    EXPECT_TRUE(r.war_is_equilibrium);
    EXPECT_FALSE(r.window.holds);
    ASSERT_NE(best_answer(r.answers), nullptr);
    EXPECT_EQ(best_answer(r.answers)->kind, AnswerKind::proportional);
    EXPECT_EQ(r.holding, Holding::yes);
    q.verdict_alone = true;
    EXPECT_EQ(report_game(game_of(a, b), q).agreement->holding, Holding::yes);
}

// Both could do better than the war against each other: nobody need carry it out, and at this patience nothing else
// was found.
TEST(AnswersToABreach, AThreatThatNobodyCarriesOutIsAssumed) {
    Eigen::Matrix3d u;
    u << 3, 0, -4, 4, 2.9, -5, -4, -5, -6;
    const StageGame game = game_of(u, u.transpose());
    GameQuestion q;
    q.discount_a = q.discount_b = 0.15;
    q.cooperate = {0, 0}, q.war = {2, 2};
    const GameReport report = report_game(game, q);
    const AgreementReport& r = *report.agreement;
    EXPECT_FALSE(r.war_is_equilibrium);
    EXPECT_TRUE(r.window.holds);
    EXPECT_EQ(r.verdict.holds, false);
    EXPECT_EQ(r.holding, Holding::assumed);
    EXPECT_EQ(answer_of(r.answers, AnswerKind::war)->holds, Holding::assumed);
}

}  // namespace
}  // namespace detente::test
