// Inner and outer polygons: around the exact set where there is one, and around strategies that are known.
#include "relation/payoff_bounds.h"

#include <gtest/gtest.h>

#include <cmath>

#include "games.h"
#include "relation/fidelity.h"

namespace detente::test {
namespace {

const StageGame dilemma = symmetric(3, 0, 5, 1);

// The inner polygon lies in the outer one, and both hold what they must.
void brackets(const PayoffBounds& bounds, const ConvexSet& exact, double within, const char* what) {
    EXPECT_EQ(bounds.status, SetStatus::converged) << what;
    EXPECT_LT(excess(exact, bounds.outer), 1e-9) << what;
    EXPECT_LT(excess(bounds.inner, exact), 1e-9) << what;
    EXPECT_LT(bounds.gap, within) << what;
}

TEST(PayoffBounds, BracketTheExactSetWithOneDiscountFactor) {
    for (const double delta : {0.4, 0.6, 0.9}) {
        brackets(perfect_payoff_bounds(dilemma, delta, delta), equilibrium_payoffs(dilemma, delta).set, 1e-4,
                 "dilemma");
        const StageGame game = abreu_sannikov();
        brackets(perfect_payoff_bounds(game, delta, delta), equilibrium_payoffs(game, delta).set, 2e-2,
                 "three actions");
    }
}
TEST(PayoffBounds, WithoutNoiseRealisedActionsAreChosenOnes) {
    for (const double delta : {0.4, 0.6, 0.9}) {
        const StageGame game = abreu_sannikov();
        brackets(noisy_payoff_bounds(dilemma, exact_implementation(dilemma), delta, delta),
                 equilibrium_payoffs(dilemma, delta).set, 1e-4, "dilemma");
        brackets(noisy_payoff_bounds(game, exact_implementation(game), delta, delta),
                 equilibrium_payoffs(game, delta).set, 2e-2, "three actions");
    }
}
TEST(PayoffBounds, HoldTheBestSymmetricPunishment) {
    const Implementation noise = flip_implementation(dilemma, 0.05, 0.05);
    const PayoffBounds bounds = noisy_payoff_bounds(dilemma, noise, 0.9, 0.9);
    const Roles roles{{0, 0}, {1, 1}};
    const NoisyAgreement n = noisy_agreement(dilemma, roles, noise);
    const double best = forgiveness_window(n, 0.9, 0.9).randomised->value[0];
    EXPECT_LT(distance(bounds.outer, {best, best}), 1e-9);
    EXPECT_LT(distance(bounds.inner, {best, best}), 5e-3);
    // Punishing only the side that broke keeps the joint surplus: better than any symmetric punishment.
    EXPECT_GT(support(bounds.inner, {0.5, 0.5}), best + 0.05);
    EXPECT_LT(support(bounds.outer, {0.5, 0.5}), n.of(Side::a).agreement + 1e-9);
    EXPECT_LT(bounds.gap, 2e-2);
}
TEST(PayoffBounds, ShrinkWithNoise) {
    double last = equilibrium_payoffs(dilemma, 0.7).area;
    for (const double error : {0.02, 0.05, 0.1}) {
        const PayoffBounds bounds = noisy_payoff_bounds(dilemma, flip_implementation(dilemma, error, error), 0.7, 0.7);
        EXPECT_LT(bounds.outer_area, last);
        EXPECT_GE(bounds.outer_area, bounds.inner_area);
        last = bounds.outer_area;
    }
}
TEST(PayoffBounds, UnequalPatienceLeavesTheFeasibleSet) {
    // Lehrer and Pauzner (1999): the patient side lends to the impatient one.
    const PayoffBounds bounds = perfect_payoff_bounds(dilemma, 0.9, 0.6);
    const ConvexSet feasible = feasible_payoffs(dilemma);
    EXPECT_EQ(bounds.status, SetStatus::converged);
    EXPECT_GT(excess(bounds.inner, feasible), 0.05);
    EXPECT_LT(excess(bounds.inner, bounds.outer), 1e-9);
    EXPECT_LT(bounds.gap, 2e-2);
}
TEST(PayoffBounds, EmptyWithoutAPureEquilibrium) {
    Eigen::Matrix2d a;
    a << 1, -1, -1, 1;
    const StageGame pennies = game_of(a, -a);
    EXPECT_EQ(perfect_payoff_bounds(pennies, 0.5, 0.6).status, SetStatus::empty);
    EXPECT_EQ(noisy_payoff_bounds(pennies, flip_implementation(pennies, 0.1, 0.1), 0.5, 0.5).status, SetStatus::empty);
}
TEST(PayoffBounds, ImpatientSidesAreLeftWithTheWar) {
    const PayoffBounds bounds = noisy_payoff_bounds(dilemma, flip_implementation(dilemma, 0.05, 0.05), 0.05, 0.05);
    EXPECT_LT(bounds.outer_area, 1e-6);
    ASSERT_FALSE(bounds.inner.empty());
    EXPECT_NEAR(bounds.inner.vertices[0].x(), 1.1475, 1e-9);
}
TEST(PayoffBounds, ASweepLimitIsAStatus) {
    BoundsOptions options;
    options.max_sweeps = 2;
    EXPECT_EQ(perfect_payoff_bounds(dilemma, 0.9, 0.6, options).status, SetStatus::limit);
}
TEST(PayoffBounds, RefusesBadInput) {
    expect_error(ErrorKind::input, {"discount", "1.5"}, [] { perfect_payoff_bounds(dilemma, 0.5, 1.5); });
    Implementation wrong = exact_implementation(dilemma);
    wrong.a(0, 0) = 1.2;
    expect_error(ErrorKind::input, {"implementation of A", "not probabilities"},
                 [&] { noisy_payoff_bounds(dilemma, wrong, 0.5, 0.5); });
}

}  // namespace
}  // namespace detente::test
