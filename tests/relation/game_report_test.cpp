// One question about a matrix, answered whole; the built command's JSON and errors.
#include "relation/game_report.h"

#include <gtest/gtest.h>

#include "games.h"

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
                ASSERT_TRUE(r.agreement.has_value());
                EXPECT_EQ(r.agreement->window.holds,
                          r.agreement->window.shortest[0] && r.agreement->window.shortest[1]);
            }
        }
    }
}

}  // namespace
}  // namespace detente::test
