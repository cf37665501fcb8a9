// Agreements held up by what everyone would carry out.
#include "relation/credible_punishment.h"

#include <gtest/gtest.h>

#include "games.h"
#include "relation/fidelity.h"
#include "relation/payoff_bounds.h"

namespace detente::test {
namespace {

const ActionPair agreement{0, 0};
const Roles roles{{0, 0}, {1, 1}};

// With war for ever as the only equilibrium to answer with, the program is the closed form of grim trigger.
TEST(CrediblePunishment, WithWarAloneItIsGrimTrigger) {
    const StageGame game = symmetric(3, 0, 5, 1);
    int held = 0, broken = 0;
    for (const double phi : {0.6, 0.75, 0.9, 0.97}) {
        for (const double delta : {0.4, 0.6, 0.75, 0.9}) {
            const Implementation noise = lapse_implementation(game, roles, phi, 0.5 + 0.5 * phi);
            const NoisyAgreement n = noisy_agreement(game, roles, noise);
            const bool deters = least_severity(n.of(Side::a), delta) && least_severity(n.of(Side::b), delta + 0.05);
            const auto value = held_up_by_equilibria(game, agreement, noise, {{{1.0, 1.0}}}, delta, delta + 0.05);
            EXPECT_EQ(value.has_value(), deters) << phi << ' ' << delta;
            ++(deters ? held : broken);
            if (!value) continue;
            const WarReport grim = evaluate_war(n, delta, delta + 0.05, forever);
            EXPECT_NEAR(value->x(), grim.value[0], 1e-9);
            EXPECT_NEAR(value->y(), grim.value[1], 1e-9);
        }
    }
    EXPECT_GT(held, 2);
    EXPECT_GT(broken, 2);
}
// The worst for whoever broke: chicken's equilibria punish one side at a time.
TEST(CrediblePunishment, PunishesTheSideThatBroke) {
    const StageGame game = symmetric(3, 1, 5, -20);
    const ConvexSet set{{{1.0, 5.0}, {5.0, 1.0}}};
    const Implementation exact = exact_implementation(game);
    EXPECT_FALSE(held_up_by_equilibria(game, agreement, exact, set, 0.499, 0.6));
    EXPECT_TRUE(held_up_by_equilibria(game, agreement, exact, set, 0.5, 0.5));
    // A hair of lapses leads to the program, which must come to the same.
    const Implementation hair = lapse_implementation(game, roles, 1.0 - 1e-7, 1.0 - 1e-7);
    EXPECT_FALSE(held_up_by_equilibria(game, agreement, hair, set, 0.499, 0.6));
    const auto value = held_up_by_equilibria(game, agreement, hair, set, 0.51, 0.51);
    ASSERT_TRUE(value);
    EXPECT_NEAR(value->x(), 3.0, 1e-5);
}
// What it is worth is an equilibrium payoff: the set from outside holds it.
TEST(CrediblePunishment, LeavesAPayoffOfTheSet) {
    for (const StageGame& game : {symmetric(3, 0, 5, 1), symmetric(3, 1, 5, -20), abreu_sannikov()}) {
        const Implementation noise = lapse_implementation(game, roles, 0.95, 0.9);
        const PayoffBounds bounds = noisy_payoff_bounds(game, noise, 0.85, 0.85);
        const auto value = held_up_by_equilibria(game, agreement, noise, bounds.inner, 0.85, 0.85);
        ASSERT_TRUE(value);
        EXPECT_LT(distance(bounds.outer, *value), 1e-6);
    }
}
TEST(CrediblePunishment, NothingToAnswerWithHoldsNothing) {
    const StageGame game = symmetric(3, 0, 5, 1);
    EXPECT_FALSE(held_up_by_equilibria(game, agreement, exact_implementation(game), {}, 0.9, 0.9));
    // Where nobody is tempted nothing needs holding up.
    EXPECT_TRUE(held_up_by_equilibria(symmetric(5, 0, 4, 1), agreement, exact_implementation(game), {}, 0.1, 0.1));
}

}  // namespace
}  // namespace detente::test
