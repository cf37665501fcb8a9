// Equilibrium payoffs with perfect monitoring against two independent programs, and what theory says of them.
#include "relation/payoff_set.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>

#include "base/file.h"
#include "games.h"

namespace detente::test {
namespace {

TEST(PayoffSet, MatchesTheReferenceVertices) {
    const auto path = relation_reference("payoff_sets.json");
    DETENTE_NEEDS_DATA(path);
    const auto table = nlohmann::json::parse(read_text(path));
    ASSERT_FALSE(table.empty());
    for (const auto& [name, expected] : table.items()) {
        const PayoffSet found = equilibrium_payoffs(reference_game(name), expected["delta"].get<double>());
        EXPECT_EQ(found.status, SetStatus::converged) << name;
        ConvexSet reference;
        for (const auto& v : expected["AS_vertices"])
            reference.vertices.push_back({v[0].get<double>(), v[1].get<double>()});
        reference = convex_hull(reference.vertices, 0.0);
        EXPECT_LT(excess(found.set, reference), 3e-11) << name;
        EXPECT_LT(excess(reference, found.set), 3e-11) << name;
        EXPECT_NEAR(found.area, expected["AS_area"].get<double>(), 3e-11 * (1.0 + found.area)) << name;
    }
}

TEST(PayoffSet, BelowTheCriticalDiscountFactorIsTheWarAlone) {
    const PayoffSet found = equilibrium_payoffs(symmetric(9, 1, 10, 3), 1.0 / 7.0 - 1e-6);
    ASSERT_EQ(found.set.vertices.size(), 1U);
    EXPECT_NEAR(found.set.vertices[0].x(), 3.0, 1e-12);
}

TEST(PayoffSet, AtTheCriticalDiscountFactorIsASegment) {
    const PayoffSet found = equilibrium_payoffs(symmetric(9, 1, 10, 3), 1.0 / 7.0);
    ASSERT_EQ(found.set.vertices.size(), 2U);
    EXPECT_NEAR(found.set.vertices[1].y(), 9.0, 1e-12);
}

TEST(PayoffSet, WithoutAPureEquilibriumIsEmpty) {
    Eigen::Matrix2d a;
    a << 1, -1, -1, 1;
    EXPECT_EQ(equilibrium_payoffs(game_of(a, -a), 0.5).status, SetStatus::empty);
}

TEST(PayoffSet, AnIterationLimitIsAStatus) {
    PayoffSetOptions options;
    options.max_iterations = 1;
    EXPECT_EQ(equilibrium_payoffs(abreu_sannikov(), 0.5, options).status, SetStatus::limit);
}

TEST(PayoffSet, DoesNotDependOnUnits) {
    const StageGame game = abreu_sannikov();
    StageGame dear = game;
    dear.payoff_a = 1e6 * game.payoff_a.array() + 7e5;
    dear.payoff_b = 1e-3 * game.payoff_b;
    const PayoffSet x = equilibrium_payoffs(game, 0.4), y = equilibrium_payoffs(dear, 0.4);
    ASSERT_EQ(x.set.vertices.size(), y.set.vertices.size());
    for (std::size_t k = 0; k < x.set.vertices.size(); ++k) {
        EXPECT_NEAR(1e6 * x.set.vertices[k].x() + 7e5, y.set.vertices[k].x(), 1e-3);
        EXPECT_NEAR(1e-3 * x.set.vertices[k].y(), y.set.vertices[k].y(), 1e-12);
    }
}

TEST(PayoffSet, ExchangingTheSidesMirrorsTheSet) {
    const StageGame game = abreu_sannikov();
    const PayoffSet x = equilibrium_payoffs(game, 0.45);
    const PayoffSet y = equilibrium_payoffs(game_of(game.payoff_b.transpose(), game.payoff_a.transpose()), 0.45);
    ConvexSet mirrored;
    for (const auto& v : y.set.vertices) mirrored.vertices.push_back({v.y(), v.x()});
    mirrored = convex_hull(mirrored.vertices, 0.0);
    EXPECT_LT(excess(x.set, mirrored), 1e-10);
    EXPECT_LT(excess(mirrored, x.set), 1e-10);
}

TEST(PayoffSet, ContainsEveryStageEquilibriumAndStaysFeasible) {
    std::mt19937_64 random(5);
    std::normal_distribution<double> draw;
    for (int k = 0; k < 200; ++k) {
        const auto n = 2 + k % 5;
        const Eigen::MatrixXd a = Eigen::MatrixXd::NullaryExpr(n, n, [&] { return draw(random); });
        const Eigen::MatrixXd b = Eigen::MatrixXd::NullaryExpr(n, n, [&] { return draw(random); });
        const StageGame game = game_of(a, b);
        const PayoffSet found = equilibrium_payoffs(game, 0.02 + 0.96 * k / 200.0);
        EXPECT_NE(found.status, SetStatus::limit);
        if (found.status == SetStatus::converged) {
            EXPECT_LT(excess(found.set, feasible_payoffs(game)), 1e-11);
        }
        for (int i = 0; i < n; ++i)
            for (int j = 0; j < n; ++j)
                if (a(i, j) == a.col(j).maxCoeff() && b(i, j) == b.row(i).maxCoeff()) {
                    ASSERT_FALSE(found.set.empty());
                    EXPECT_LT(distance(found.set, {a(i, j), b(i, j)}), 1e-11);
                }
    }
}

TEST(PayoffSet, RefusesADiscountFactorOfOne) {
    expect_error(ErrorKind::input, {"discount", "out of range", "(0, 1)"},
                 [] { equilibrium_payoffs(symmetric(3, 0, 5, 1), 1.0); });
}

TEST(ConvexSet, AClipThatTouchesLeavesAPoint) {
    const ConvexSet square = convex_hull({{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0.5, 0.5}}, 1e-14);
    EXPECT_EQ(square.vertices.size(), 4U);
    EXPECT_EQ(clip(square, {1, 1}, 0.0, 1e-12).vertices.size(), 1U);
    EXPECT_EQ(clip(square, {0, 1}, 0.0, 1e-12).vertices.size(), 2U);
    EXPECT_NEAR(area(clip(square, {1, 1}, 1.0, 1e-12)), 0.5, 1e-15);
    EXPECT_TRUE(clip(square, {1, 0}, -1.0, 1e-12).empty());
}

TEST(ConvexSet, PointsOnALineAreASegment) {
    const ConvexSet line = convex_hull({{0, 0}, {0.1, 0.3}, {0.2, 0.6}, {1, 3}}, 1e-14);
    ASSERT_EQ(line.vertices.size(), 2U);
    EXPECT_NEAR(distance(line, {0, 10.0 / 3.0}), std::sqrt(10.0) / 3.0, 1e-14);
}

}  // namespace
}  // namespace detente::test
