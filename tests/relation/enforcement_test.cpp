// Self-enforcement without noise: closed forms of the trigger strategies, the curve of cooperation, discounting.
#include <gtest/gtest.h>

#include <cmath>

#include "games.h"
#include "relation/public_strategy.h"
#include "relation/self_enforcement.h"

namespace detente::test {
namespace {

const Roles two_by_two{{0, 0}, {1, 1}};

/// The linear two-country tariff game of the reference (structure of Bagwell and Staiger 1990) at trade volume e:
/// tariffs on a grid from free trade to e/3. Own tariff: -(e-3t)^2/24; the rival's: -(e t/4 - t^2/8).
StageGame tariff_game(double e, int n) {
    Eigen::MatrixXd a(n, n);
    for (int i = 0; i < n; ++i) {
        for (int j = 0; j < n; ++j) {
            const double own = e / 3.0 * i / (n - 1), rival = e / 3.0 * j / (n - 1);
            a(i, j) = -std::pow(e - 3.0 * own, 2) / 24.0 - (e * rival / 4.0 - rival * rival / 8.0);
        }
    }
    return game_of(a, a.transpose());
}

TEST(Discount, CombinesPeriodRateAndHazard) {
    EXPECT_DOUBLE_EQ(discount_factor(0.5, 0.04, 0.05), 0.95 * std::exp(-0.02));
    EXPECT_EQ(discount_factor(0.0, 0.04, 0.0), 1.0);
}
TEST(Discount, RefusesWhatIsOutOfRange) {
    expect_error(ErrorKind::input, {"exit_hazard", "out of range", "1.2", "[0, 1]"},
                 [] { discount_factor(1, 0, 1.2); });
    expect_error(ErrorKind::input, {"discount_rate"}, [] { discount_factor(1, -0.1, 0); });
    expect_error(ErrorKind::input, {"period_years"}, [] { discount_factor(std::nan(""), 0.1, 0); });
    expect_error(ErrorKind::input, {"discount of B", "[0, 1)"},
                 [] { self_enforcement(symmetric(3, 0, 5, 1), two_by_two, 0.5, 1.0); });
}

TEST(Grim, CriticalDiscountIsTheRatioOfGainToPunishment) {
    const SelfEnforcement s = self_enforcement(symmetric(3, 0, 5, 1), two_by_two, 0.6, 0.4);
    EXPECT_DOUBLE_EQ(*s.of(Side::a).critical, 0.5);
    EXPECT_GT(s.of(Side::a).slack, 0.0);
    EXPECT_LT(s.of(Side::b).slack, 0.0);
    EXPECT_FALSE(s.holds);
    EXPECT_EQ(s.binding, Side::b);
    EXPECT_TRUE(s.war_is_equilibrium);
    EXPECT_TRUE(self_enforcement(symmetric(3, 0, 5, 1), two_by_two, 0.5, 0.5).holds);
}
TEST(Grim, WarThatIsNoEquilibriumIsMarked) {
    EXPECT_FALSE(self_enforcement(symmetric(3, 1, 4, 0), two_by_two, 0.6, 0.6).war_is_equilibrium);
}
TEST(Grim, MinmaxIsNeverAboveReversion) {
    const SelfEnforcement s = self_enforcement(abreu_sannikov(), {{0, 0}, {1, 1}}, 0.5, 0.5);
    EXPECT_LE(*s.of(Side::a).critical_minmax, *s.of(Side::a).critical);
    EXPECT_NEAR(*s.of(Side::a).critical, 5.0 / 11.0, 1e-15);
    EXPECT_NEAR(*s.of(Side::a).critical_minmax, 5.0 / 21.0, 1e-15);
}

TEST(ShortestWar, IsTheFirstThatDeters) {
    const Temptation t = temptation(symmetric(3, 0, 5, 1), two_by_two, Side::a);
    // gain 2, loss 2: delta + ... + delta^T >= 1.
    EXPECT_EQ(shortest_war(t, 0.7), 2);
    EXPECT_EQ(shortest_war(t, 0.55), 3);
    EXPECT_EQ(shortest_war(t, 0.5), forever);
    EXPECT_EQ(shortest_war(t, 0.49), std::nullopt);
    for (double delta = 0.501; delta < 0.999; delta += 0.0071) {
        const int periods = shortest_war(t, delta).value();
        ASSERT_NE(periods, forever);
        EXPECT_GE(war_weight(delta, periods), 1.0 - 1e-12);
        EXPECT_LT(war_weight(delta, periods - 1), 1.0);
    }
}
TEST(ShortestWar, AgreesWithTheStrategyItself) {
    const StageGame game = symmetric(3, 0, 5, 1);
    for (const double delta : {0.55, 0.7, 0.9}) {
        const int periods = *shortest_war(temptation(game, two_by_two, Side::a), delta);
        const auto holds = [&](int length) {
            return evaluate_strategy(war_after_breach(game, two_by_two, length), game, exact_implementation(game),
                                     delta, delta)
                .equilibrium;
        };
        EXPECT_TRUE(holds(periods)) << delta;
        EXPECT_FALSE(holds(periods - 1)) << delta;
    }
}
TEST(CriticalDiscount, OfAFiniteWarIsAboveGrims) {
    const Temptation t = temptation(symmetric(3, 0, 5, 1), two_by_two, Side::a);
    EXPECT_EQ(critical_discount_of_war(t, 1), std::nullopt);
    EXPECT_NEAR(*critical_discount_of_war(t, 2), (std::sqrt(5.0) - 1.0) / 2.0, 1e-15);
    EXPECT_NEAR(*critical_discount_of_war(t, 5), 0.5086603916420042, 1e-15);
    EXPECT_EQ(*critical_discount_of_war(t, forever), 0.5);
}

TEST(RelativeGains, BreakTheAgreementWhereTheConstraintBinds) {
    const StageGame game = symmetric(3, 0, 5, 1);
    const double rho = relative_gains_to_break(game, two_by_two, Side::a, 0.8);
    // (1-d)(5 - 0 rho) + d (1 - rho) <= 3 - 3 rho at d = 0.8: 1.8 - 0.8 rho <= 3 - 3 rho.
    EXPECT_NEAR(rho, 1.2 / 2.2, 1e-14);
    EXPECT_TRUE(self_enforcement(with_relative_gains(game, rho - 1e-9, 0.0), two_by_two, 0.8, 0.8).holds);
    EXPECT_FALSE(self_enforcement(with_relative_gains(game, rho + 1e-9, 0.0), two_by_two, 0.8, 0.8).holds);
    EXPECT_EQ(relative_gains_to_break(game, two_by_two, Side::a, 0.4), 0.0);
}

TEST(CooperationCurve, FollowsTheLinearTariffGame) {
    // t_c/t_N = (3 - 5 delta)/(3 - delta) below 3/5, on a grid of 1/1000 of t_N.
    const StageGame game = tariff_game(1.0, 1001);
    const ActionPair war{1000, 1000};
    const auto curve = most_cooperative_curve(game, war);
    EXPECT_EQ(curve.back().pair, (ActionPair{0, 0}));
    EXPECT_NEAR(curve.back().discount, 0.6, 1e-12);
    for (const double delta : {0.2, 0.4, 0.5}) {
        const auto best = most_cooperative(game, war, delta, delta);
        ASSERT_TRUE(best.has_value());
        const double rate = 0.5 * (best->pair.a + best->pair.b) / 1000.0;
        EXPECT_NEAR(rate, (3.0 - 5.0 * delta) / (3.0 - delta), 1e-3) << delta;
    }
    EXPECT_EQ(most_cooperative(game, war, 0.0, 0.0)->pair, war);
}
TEST(CooperationCurve, RisesInDiscountAndJointPayoff) {
    const auto curve = most_cooperative_curve(cournot(15), stage_equilibria(cournot(15)).front());
    ASSERT_GT(curve.size(), 2U);
    EXPECT_EQ(curve.front().discount, 0.0);
    for (std::size_t k = 1; k < curve.size(); ++k) {
        EXPECT_GE(curve[k].discount, curve[k - 1].discount);
        EXPECT_GT(curve[k].payoff_a + curve[k].payoff_b, curve[k - 1].payoff_a + curve[k - 1].payoff_b);
    }
}

}  // namespace
}  // namespace detente::test
