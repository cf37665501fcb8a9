// Payoff files, roles and classes, common interest and conflict.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>

#include "base/file.h"
#include "games.h"
#include "relation/coco.h"
#include "relation/payoff_file.h"
#include "relation/roles.h"

namespace detente::test {
namespace {

StageGame read(const std::string& text) {
    const TemporaryFolder folder;
    put_file(folder / "game.csv", text);
    return read_payoffs(folder / "game.csv");
}

void refuses(const std::string& text, std::initializer_list<std::string> parts) {
    expect_error(ErrorKind::input, parts, [&] { read(text); });
}

constexpr const char* dilemma = "a,b,u_a,u_b\nkeep,keep,3,3\nkeep,break,0,5\nbreak,keep,5,0\nbreak,break,1,1\n";

TEST(PayoffFile, ReadsPairsInAnyOrderOfRowsAndColumns) {
    const StageGame game =
        read("u_b,u_EUR,b,a,u_a\n0,7,keep,break,5\n3,8,keep,keep,3\n1,6,break,break,1\n5,9,break,keep,0\n");
    EXPECT_EQ(game.actions_a.names(), (std::vector<std::string>{"break", "keep"}));
    EXPECT_EQ(game.payoff_a(0, 0), 5.0);
    EXPECT_EQ(game.payoff_b(1, 1), 5.0);
    ASSERT_EQ(game.bystanders, std::vector<std::string>{"EUR"});
    EXPECT_EQ(game.bystander_payoff[0](1, 1), 9.0);
}
TEST(PayoffFile, RefusesAMissingPair) {
    refuses("a,b,u_a,u_b\nx,x,1,1\nx,y,1,1\ny,x,1,1\n", {"game.csv", "the pair (y, y) is missing", "2 x 2"});
}
TEST(PayoffFile, RefusesARepeatedPairWithBothLines) {
    refuses("a,b,u_a,u_b\nx,x,1,1\nx,x,2,1\n", {"game.csv:3", "(x, x) stands twice", "line 2"});
}
TEST(PayoffFile, RefusesAnUnknownColumnWithTheNearestName) {
    refuses("a,b,u_a,u_b,ua\nx,x,1,1,1\n", {"game.csv:1: ua", "unknown column", "did you mean \"u_a\"?"});
}
TEST(PayoffFile, RefusesAMissingColumn) {
    refuses("a,b,u_a\nx,x,1\n", {"game.csv:1", "column is missing", "u_b"});
}
TEST(PayoffFile, RefusesWhatIsNoNumber) {
    refuses("a,b,u_a,u_b\nx,x,1,much\n", {"game.csv:2: u_b: not a number", "\"much\""});
}
TEST(PayoffFile, ReadsFractions) {
    const StageGame game = read("a,b,u_a,u_b\nx,x,2/3,-7/ 4\nx,y,1e-1/2,0/5\n");
    EXPECT_DOUBLE_EQ(game.payoff_a(0, 0), 2.0 / 3.0);
    EXPECT_DOUBLE_EQ(game.payoff_b(0, 0), -1.75);
    EXPECT_DOUBLE_EQ(game.payoff_a(0, 1), 0.05);
    EXPECT_EQ(game.payoff_b(0, 1), 0.0);
    for (const char* wrong : {"1/0", "1/", "/2", "1/2/3", "a/b", "inf/2"})
        refuses(std::string("a,b,u_a,u_b\nx,x,1,") + wrong + "\n", {"game.csv:2: u_b: not a fraction", wrong, "2/3"});
}
TEST(PayoffFile, RefusesPayoffsWhoseProductsAreNoNumbers) {
    for (const char* wrong : {"1e-310", "1.7e308", "-1e101", "1/1e200"})
        refuses(std::string("a,b,u_a,u_b\nx,x,1,") + wrong + "\n",
                {"game.csv:2: u_b: a payoff is out of range", wrong, "0, or from 1e-100 to 1e+100 in size"});
}
TEST(PayoffFile, RefusesMoreActionsThanItsBound) {
    std::string text = "a,b,u_a,u_b\n";
    for (int k = 0; k < 2000; ++k) text += std::to_string(k) + ',' + std::to_string(k) + ",1,1\n";
    refuses(text, {"game.csv:502: a: too many actions", "\"500\" is one more", "at most 500 actions a side"});
}
TEST(PayoffFile, ManyThirdCountriesAreRead) {
    std::string header = "a,b,u_a,u_b", row = "x,x,1,1";
    for (int k = 0; k < 100000; ++k) header += ",u_" + std::to_string(k), row += ",1";
    EXPECT_EQ(read(header + '\n' + row + '\n').bystanders.size(), 100000U);
}
TEST(PayoffFile, RefusesATableWithoutRows) {
    refuses("a,b,u_a,u_b\n", {"game.csv:2", "no rows"});
}
TEST(PayoffFile, AMatrixOfTheWrongSizeIsRefused) {
    StageGame game = symmetric(3, 0, 5, 1);
    game.payoff_b = Eigen::MatrixXd::Zero(3, 2);
    expect_error(ErrorKind::input, {"payoffs of B", "3 x 2", "2 x 2"}, [&] { check_stage_game(game); });
}

TEST(Roles, AreFoundInTheDilemma) {
    const Roles roles = detect_roles(read(dilemma));
    EXPECT_EQ(roles.cooperate, (ActionPair{0, 0}));
    EXPECT_EQ(roles.war, (ActionPair{1, 1}));
}
TEST(Roles, AreFoundInAbreuAndSannikovsExample) {
    const Roles roles = detect_roles(abreu_sannikov());
    EXPECT_EQ(roles.cooperate, (ActionPair{0, 0}));
    EXPECT_EQ(roles.war, (ActionPair{1, 1}));
}
TEST(Roles, InChickenTheWarIsWhereBothBreak) {
    const Roles roles = detect_roles(symmetric(3, 1, 4, 0));
    EXPECT_EQ(roles.cooperate, (ActionPair{0, 0}));
    EXPECT_EQ(roles.war, (ActionPair{1, 1}));
}
TEST(Roles, PayoffsThatAreNoDilemmaAreRefused) {
    expect_error(ErrorKind::input, {"not a dilemma"}, [] { detect_roles(symmetric(1, 0, 5, 3)); });
    expect_error(ErrorKind::input, {"not a dilemma", "(0, 0)", "(1, 1)", "1 and 3"}, [] {
        complete_roles(symmetric(1, 0, 5, 3), {0, 0}, {1, 1});
    });
}
TEST(Roles, AnAgreementIsNeverWorseThanMinmaxOrThanAnEquilibriumForBoth) {
    std::mt19937_64 random(5);
    int found = 0, none = 0;
    for (int k = 0; k < 2000; ++k) {
        const int rows = 2 + static_cast<int>(random() % 3), columns = 2 + static_cast<int>(random() % 3);
        const auto draw = [&] { return static_cast<double>(random() % 7); };
        const StageGame game = game_of(Eigen::MatrixXd::NullaryExpr(rows, columns, draw),
                                       Eigen::MatrixXd::NullaryExpr(rows, columns, draw));
        try {
            const ActionPair c = detect_roles(game).cooperate;
            ++found;
            for (const Side side : sides) EXPECT_GE(payoff(game, side, c), mixed_minmax(game, side) - 1e-9);
            for (const ActionPair& e : stage_equilibria(game))
                EXPECT_TRUE(e == c || payoff(game, Side::a, e) < payoff(game, Side::a, c) ||
                            payoff(game, Side::b, e) < payoff(game, Side::b, c) ||
                            (payoff(game, Side::a, e) == payoff(game, Side::a, c) &&
                             payoff(game, Side::b, e) == payoff(game, Side::b, c)))
                    << k;
        } catch (const Error&) {
            ++none;
        }
    }
    EXPECT_GT(found, 100);
    EXPECT_GT(none, 100);
}
TEST(Roles, MixedMinmaxIsBelowThePureOne) {
    Eigen::Matrix2d a;
    a << 1, -1, -1, 1;  // matching pennies
    const StageGame game = game_of(a, -a);
    EXPECT_EQ(pure_minmax(game, Side::a), 1.0);
    EXPECT_NEAR(mixed_minmax(game, Side::a), 0.0, 1e-15);
    EXPECT_NEAR(mixed_minmax(game, Side::b), 0.0, 1e-15);
}
TEST(Roles, ABestBreachIsAnotherAction) {
    // B is not tempted: its best reply is the agreement itself, its best breach the other action.
    Eigen::Matrix2d a, b;
    a << 3, 0, 5, 1;
    b << 4, 3, 1, 2;
    const StageGame game = game_of(a, b);
    EXPECT_EQ(best_deviation(game, Side::b, {0, 0}), 0);
    EXPECT_EQ(best_breach(game, Side::b, {0, 0}), 1);
    EXPECT_EQ(best_breach(game, Side::a, {0, 0}), 1);
}
TEST(Roles, AGivenWarFindsItsAgreement) {
    EXPECT_EQ(complete_roles(abreu_sannikov(), {-1, -1}, {2, 2}).cooperate, (ActionPair{0, 0}));
    EXPECT_EQ(complete_roles(abreu_sannikov(), {0, 0}, {-1, -1}).war, (ActionPair{1, 1}));
}

TEST(GameClass, FollowsTheOrderOfPayoffs) {
    const Roles roles{{0, 0}, {1, 1}};
    const auto of = [&](double r, double s, double t, double p) {
        return to_string(game_class(symmetric(r, s, t, p), roles, Side::b));
    };
    EXPECT_EQ(of(3, 0, 5, 1), "prisoner's dilemma");
    EXPECT_EQ(of(3, 1, 4, 0), "chicken");
    EXPECT_EQ(of(4, 0, 3, 1), "stag hunt");
    EXPECT_EQ(of(4, 2, 3, 1), "harmony");
    EXPECT_EQ(of(1, 0, 5, 3), "deadlock");
    EXPECT_EQ(of(3, 1, 3, 0), "other");
}
TEST(GameClass, CanDifferBetweenTheSides) {
    Eigen::Matrix2d a, b;
    a << 3, 0, 5, 1;
    b << 4, 3, 0, 1;
    const StageGame game = game_of(a, b);
    EXPECT_EQ(game_class(game, {{0, 0}, {1, 1}}, Side::a), GameClass::prisoners_dilemma);
    EXPECT_EQ(game_class(game, {{0, 0}, {1, 1}}, Side::b), GameClass::stag_hunt);
}

TEST(RelativeGains, AtTheThresholdAgreementAndWarAreEqual) {
    Eigen::Matrix2d a, b;
    a << 3, 0, 5, 1;
    b << 9, 0, 11, 2;
    const StageGame game = game_of(a, b.transpose());
    const Roles roles{{0, 0}, {1, 1}};
    const double rho = relative_gains_threshold(game, roles, Side::a);
    EXPECT_DOUBLE_EQ(rho, 2.0 / 7.0);
    const StageGame jealous = with_relative_gains(game, rho, 0.0);
    EXPECT_NEAR(payoff(jealous, Side::a, roles.cooperate), payoff(jealous, Side::a, roles.war), 1e-15);
}

TEST(StageEquilibria, CountTiesWithinRounding) {
    EXPECT_EQ(stage_equilibria(symmetric(0.1 + 0.2, 0, 0.3, 1)).size(), 2U);
    EXPECT_EQ(stage_equilibria(symmetric(3, 0, 5, 1)).size(), 1U);
}

TEST(Coco, MatchesTheReference) {
    const auto path = relation_reference("coco.json");
    DETENTE_NEEDS_DATA(path);
    const auto table = nlohmann::json::parse(read_text(path));
    ASSERT_FALSE(table.empty());
    for (const auto& [name, expected] : table.items()) {
        const CocoValue coco = coco_value(reference_game(name));
        EXPECT_NEAR(coco.team, expected["team"].get<double>(), 1e-12) << name;
        EXPECT_NEAR(coco.advantage, expected["advantage"].get<double>(), 1e-12) << name;
        EXPECT_NEAR(coco.a, expected["coco1"].get<double>(), 1e-12) << name;
        EXPECT_NEAR(coco.b, expected["coco2"].get<double>(), 1e-12) << name;
    }
}
TEST(ZeroSum, RockPaperScissorsIsFair) {
    Eigen::Matrix3d game;
    game << 0, -1, 1, 1, 0, -1, -1, 1, 0;
    const ZeroSumValue v = zero_sum_value(game);
    EXPECT_NEAR(v.value, 0.0, 1e-15);
    EXPECT_NEAR((v.row.array() - 1.0 / 3.0).abs().maxCoeff(), 0.0, 1e-15);
}
TEST(ZeroSum, LargeAndDegenerateGamesCarryTheirCertificate) {
    std::mt19937_64 random(3);
    std::normal_distribution<double> normal;
    for (int k = 0; k < 60; ++k) {
        const int rows = 1 + static_cast<int>(random() % 120), columns = 1 + static_cast<int>(random() % 120);
        Eigen::MatrixXd game = Eigen::MatrixXd::NullaryExpr(rows, columns, [&] { return normal(random); });
        if (k % 2 == 0) game = game.array().round();
        EXPECT_LT(std::abs(zero_sum_value(game).gap), 1e-10);
    }
}
TEST(ZeroSum, RefusesWhatIsNotFinite) {
    expect_error(ErrorKind::input, {"zero-sum", "finite"},
                 [] { zero_sum_value(Eigen::MatrixXd::Constant(2, 2, std::nan(""))); });
}

TEST(ConflictShare, IsOneForZeroSumAndNoneForCommonInterest) {
    Eigen::Matrix2d a;
    a << 3, 0, 5, 1;
    EXPECT_NEAR(conflict_share(game_of(a, -a)), 1.0, 1e-15);
    EXPECT_NEAR(conflict_share(game_of(a, a.array() + 100.0)), 0.0, 1e-15);
    // The prisoner's dilemma 3, 0, 5, 1: (A-B)/2 has +-2.5 off the diagonal, A and B vary by 14.75 in all each.
    EXPECT_NEAR(conflict_share(symmetric(3, 0, 5, 1)), std::sqrt(12.5 / 14.75), 1e-15);
}

}  // namespace
}  // namespace detente::test
