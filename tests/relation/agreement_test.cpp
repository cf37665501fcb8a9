// Agreements with money, the best agreement that holds, and escape clauses.
#include "relation/agreement.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "games.h"
#include "relation/coco.h"
#include "relation/payoff_set.h"
#include "relation/shocks.h"
#include "relation/transfers.h"

namespace detente::test {
namespace {

const Roles roles{{0, 0}, {1, 1}};
const StageGame dilemma = symmetric(3, 0, 5, 1);

TEST(Transfers, InTheSymmetricDilemmaTheyChangeNothing) {
    EXPECT_NEAR(critical_discount_with_transfers(dilemma, {0, 0}), 0.5, 1e-15);
    const auto stages = transfer_stages(dilemma);
    ASSERT_EQ(stages.size(), 3U);
    EXPECT_EQ(stages[0].discount, 0.0);
    EXPECT_EQ(stages[0].joint, 2.0);
    // One side alone keeps its word and is paid for it: (5, 0) needs 1 + ... of liquidity 1 at surplus 5 - 2.
    EXPECT_NEAR(stages[1].discount, 1.0 / 4.0, 1e-15);
    EXPECT_EQ(stages[1].joint, 5.0);
    EXPECT_NEAR(stages[2].discount, 0.5, 1e-15);
    EXPECT_EQ(stages[2].joint, 6.0);
    EXPECT_EQ(stage_at(stages, 0.3)->joint, 5.0);
    EXPECT_EQ(stage_at(stages, 0.99)->punishment_a, 1.0);
}
TEST(Transfers, PoolTheConstraintsOfUnequalSides) {
    // A's own constraint fails at 0.5, B has slack: money moves it over.
    Eigen::Matrix2d a, b;
    a << 3, 0, 6, 1;
    b << 9, 10, 0, 1;
    const StageGame game = game_of(a, b);
    const double pooled = critical_discount_with_transfers(game, {0, 0});
    EXPECT_NEAR(pooled, 4.0 / (4.0 + 12.0 - 2.0), 1e-15);
    EXPECT_LT(pooled, *self_enforcement(game, roles, 0.5, 0.5).of(Side::a).critical);
}
TEST(Transfers, ReachAtLeastWhatIsReachedWithoutMoney) {
    std::mt19937_64 random(9);
    std::normal_distribution<double> normal;
    for (int k = 0; k < 100; ++k) {
        const int n = 2 + k % 4;
        const StageGame game = game_of(Eigen::MatrixXd::NullaryExpr(n, n, [&] { return normal(random); }),
                                       Eigen::MatrixXd::NullaryExpr(n, n, [&] { return normal(random); }));
        const double delta = 0.05 + 0.9 * k / 100.0;
        const PayoffSet without = equilibrium_payoffs(game, delta);
        const auto stages = transfer_stages(game);
        if (without.set.empty()) continue;
        const TransferStage* with = stage_at(stages, delta);
        ASSERT_NE(with, nullptr);
        EXPECT_GE(with->joint, support(without.set, {1.0, 1.0}) - 1e-9);
        EXPECT_LE(with->punishment_a, without.threat[0] + 1e-9);
        EXPECT_LE(with->punishment_b, without.threat[1] + 1e-9);
    }
}

TEST(BestAgreement, NashSplitsTheFrontier) {
    const ConvexSet set = equilibrium_payoffs(dilemma, 0.9).set;
    const auto best = nash_agreement(set, {1.0, 1.0});
    ASSERT_TRUE(best.has_value());
    EXPECT_NEAR(best->payoff.x(), 3.0, 1e-9);
    EXPECT_NEAR(best->payoff.y(), 3.0, 1e-9);
    EXPECT_NEAR(best->slack.x(), 2.0, 1e-9);
}
TEST(BestAgreement, NashIsBestOnTheWholeSet) {
    const ConvexSet set = equilibrium_payoffs(abreu_sannikov(), 0.6).set;
    const Eigen::Vector2d d{10.0, 4.0};
    const auto best = nash_agreement(set, d);
    ASSERT_TRUE(best.has_value());
    const auto product = [&](const Eigen::Vector2d& u) { return (u.x() - d.x()) * (u.y() - d.y()); };
    for (std::size_t k = 0; k < set.vertices.size(); ++k) {
        for (int t = 0; t <= 1000; ++t) {
            const Eigen::Vector2d u =
                set.vertices[k] + t / 1000.0 * (set.vertices[(k + 1) % set.vertices.size()] - set.vertices[k]);
            if ((u - d).minCoeff() >= 0.0) {
                EXPECT_LE(product(u), product(best->payoff) + 1e-9);
            }
        }
    }
}
TEST(BestAgreement, CocoComesAsNearAsTheSetAllows) {
    const StageGame game = abreu_sannikov();
    const CocoValue coco = coco_value(game);
    const ConvexSet set = equilibrium_payoffs(game, 0.6).set;
    const auto best = coco_agreement(set, {coco.a, coco.b});
    EXPECT_NEAR((best->payoff - Eigen::Vector2d(coco.a, coco.b)).norm(), distance(set, {coco.a, coco.b}), 1e-12);
}
TEST(BestAgreement, NoneWhereWarIsBetterOrTheSetIsEmpty) {
    EXPECT_FALSE(coco_agreement({}, {1.0, 1.0}).has_value());
    const ConvexSet set = equilibrium_payoffs(dilemma, 0.9).set;
    EXPECT_FALSE(nash_agreement(set, {6.0, 6.0}).has_value());
}
TEST(LargestNoise, ComplementsTheThreshold) {
    EXPECT_NEAR(*largest_noise(dilemma, roles, 0.8, 0.8), 1.0 - *fidelity_threshold(dilemma, roles, 0.8, 0.8).lowest,
                1e-12);
    EXPECT_FALSE(largest_noise(dilemma, roles, 0.4, 0.4).has_value());
}
TEST(OptimalSlack, IsNoughtAtTheCriticalDiscountFactor) {
    const Eigen::Vector2d slack = optimal_slack(dilemma, {0, 0}, {1.0, 1.0}, 0.5, 0.75);
    EXPECT_NEAR(slack[0], 0.0, 1e-15);
    EXPECT_NEAR(slack[1], 1.0, 1e-15);
}

// The linear tariff game of the reference: t = x e/3.
PolicyScale tariffs(const std::vector<double>& volume) {
    const auto rate = [volume](Eigen::Index s, double x) { return x * volume[static_cast<std::size_t>(s)] / 3.0; };
    return {[=](Eigen::Index s, double x, Side) {
                return std::pow(volume[static_cast<std::size_t>(s)] - 3.0 * rate(s, x), 2) / 24.0;
            },
            [=](Eigen::Index s, double x, Side) {
                const double e = volume[static_cast<std::size_t>(s)];
                return (e * e / 9.0 - std::pow(rate(s, x), 2)) / 4.0;
            }};
}

TEST(EscapeClause, OneStateIsTheLinearTariffGame) {
    const Eigen::MatrixXd chain = Eigen::MatrixXd::Ones(1, 1);
    const double expected[] = {0.714286, 0.384615, 0.2}, delta[] = {0.2, 0.4, 0.5};
    for (int k = 0; k < 3; ++k) {
        const ScalePolicy p = most_cooperative_scale(tariffs({2.0}), chain, delta[k], delta[k]);
        EXPECT_TRUE(p.converged);
        EXPECT_NEAR(p.policy(0), expected[k], 5e-7);
        EXPECT_NEAR(p.policy(0), (3.0 - 5.0 * delta[k]) / (3.0 - delta[k]), 1e-11);
    }
    EXPECT_EQ(most_cooperative_scale(tariffs({2.0}), chain, 0.61, 0.61).policy(0), 0.0);
}
// (e - 3t)^2/24 = k (e^2/9 - t^2)/4 with k what a breach more takes: x = 3t/e = (3 - 2k)/(3 + 2k).
TEST(EscapeClause, LapsesAreAnsweredToo) {
    const Eigen::MatrixXd chain = Eigen::MatrixXd::Ones(1, 1);
    for (const double answered : {0.3, 1.0}) {
        for (const double delta : {0.5, 0.7, 0.8}) {
            const ScaleLapses lapses{0.2, {0.9, 0.9}, answered};
            const ScalePolicy p = most_cooperative_scale(tariffs({2.0}), chain, delta, delta, 1e-13, lapses);
            ASSERT_TRUE(p.converged);
            const double bite = delta * 0.7 * answered / (1.0 - delta + delta * 0.2 * answered);
            const double x = std::max(0.0, (3.0 - 2.0 * bite) / (3.0 + 2.0 * bite));
            EXPECT_NEAR(p.policy(0), x, 1e-9);
            const double worth = (4.0 / 9.0 - std::pow(2.0 * x / 3.0, 2)) / 4.0;
            EXPECT_NEAR(p.value[0](0), (1.0 - delta) * worth / (1.0 - delta + delta * 0.2 * answered), 1e-9);
        }
    }
}
TEST(EscapeClause, TheBestChanceOfAnAnswerBeatsADenseGrid) {
    const Eigen::VectorXd probability = Eigen::Vector3d(0.5, 0.3, 0.2);
    const PolicyScale scale = tariffs({0.5, 1.5, 3.0});
    for (const double delta : {0.6, 0.8, 0.95}) {
        const ScaleLapses lapses{0.1, {1.0, 1.0}, 1.0};
        const ScalePolicy best = best_scale(scale, independent_draws(probability), delta, delta, lapses);
        ASSERT_TRUE(best.converged);
        for (int k = 1; k <= 300; ++k) {
            const ScaleLapses at{0.1, {1.0, 1.0}, k / 300.0};
            const ScalePolicy p =
                most_cooperative_scale(scale, independent_draws(probability), delta, delta, 1e-12, at);
            EXPECT_LE(probability.dot(p.value[0]), probability.dot(best.value[0]) * (1.0 + 1e-6)) << delta << " " << k;
        }
    }
}
// Two states whose stakes are f times as high: a breach gains f y^2 and a period is worth f w y over war, y = 1 -
// policy. Where calm states keep all of it and the other is bound, y solves f y^2 = k w (p + (1 - p) f y) with k the
// weight of what a breach loses: a quadratic.
TEST(EscapeClause, TwoStatesAreAQuadratic) {
    const double p = 0.6, f = 5.0, w = 0.9;
    const PolicyScale scale{[&](Eigen::Index s, double x, Side) { return (s == 0 ? 1.0 : f) * std::pow(1.0 - x, 2); },
                            [&](Eigen::Index s, double x, Side) { return (s == 0 ? 1.0 : f) * w * (1.0 - x); }};
    const Eigen::MatrixXd chain = independent_draws(Eigen::Vector2d(p, 1.0 - p));
    int bound = 0;
    for (const double alarm : {0.0, 0.05, 0.15}) {
        for (const double delta : {0.6, 0.7, 0.75, 0.8}) {
            const ScaleLapses lapses{alarm, {1.0, 1.0}, 0.9};
            const ScalePolicy found = most_cooperative_scale(scale, chain, delta, delta, 1e-13, lapses);
            const double k = delta * (1.0 - alarm) * 0.9 / (1.0 - delta + delta * alarm * 0.9), b = k * w * (1.0 - p);
            const double y = (b * f + std::sqrt(b * f * b * f + 4.0 * f * k * w * p)) / (2.0 * f);
            // All of it where y is 1 or more; the calm state is bound too where 1 is more than what a breach loses.
            if (k * w * (p + (1.0 - p) * f * std::min(1.0, y)) < 1.0) continue;
            ASSERT_TRUE(found.converged);
            EXPECT_EQ(found.policy(0), 0.0);
            EXPECT_NEAR(found.policy(1), std::max(0.0, 1.0 - y), 1e-9) << alarm << " " << delta;
            bound += y < 1.0 ? 1 : 0;
        }
    }
    EXPECT_GE(bound, 4);
}
TEST(EscapeClause, TariffsRiseWithIndependentVolume) {
    const std::vector<double> volume = {0.5, 1.0, 1.5, 2.0, 3.0};
    const Eigen::VectorXd probability = Eigen::VectorXd::Constant(5, 0.2);
    const double delta = 0.5;
    const ScalePolicy p = most_cooperative_scale(tariffs(volume), independent_draws(probability), delta, delta);
    ASSERT_TRUE(p.converged);
    // t_c(e) = max(0, (e - ebar)/3), ebar^2 = 24 delta/(1-delta) E[(e^2/9 - t_c^2)/4].
    double expected = 0.0;
    for (std::size_t s = 0; s < 5; ++s) {
        const double t = p.policy(static_cast<Eigen::Index>(s)) * volume[s] / 3.0;
        expected += 0.2 * (volume[s] * volume[s] / 9.0 - t * t) / 4.0;
    }
    const double cap = std::sqrt(24.0 * delta / (1.0 - delta) * expected);
    double last = -1.0;
    for (std::size_t s = 0; s < 5; ++s) {
        const double t = p.policy(static_cast<Eigen::Index>(s)) * volume[s] / 3.0;
        EXPECT_NEAR(t, std::max(0.0, (volume[s] - cap) / 3.0), 1e-11);
        EXPECT_GE(t, last);
        last = t;
    }
    EXPECT_GT(p.escape_share, 0.0);
    EXPECT_LT(p.escape_share, 1.0);
}

TEST(EscapeClause, OnAGridItIsUsedWhenStakesAreHigh) {
    const auto games = scaled_states(dilemma, {1.0, 4.0});
    const std::vector<Roles> both = {roles, roles};
    const Eigen::MatrixXd chain = independent_draws(Eigen::Vector2d(0.75, 0.25));
    // By hand at delta = 0.6: gain 2e against 1.5 E[loss]; with both kept E[loss] = 2 * 1.75, 5.25 < 8; the calm state
    // alone leaves 1.5 * 2 * 0.75 = 2.25 >= 2.
    const EscapePolicy p = escape_clause(games, both, chain, 0.6, 0.6);
    ASSERT_TRUE(p.converged);
    EXPECT_EQ(p.play[0], roles.cooperate);
    EXPECT_FALSE(p.escape[0]);
    EXPECT_TRUE(p.escape[1]);
    EXPECT_NEAR(p.escape_share, 0.25, 1e-12);
    EXPECT_GE(p.slack[0].minCoeff(), -1e-10);
    EXPECT_EQ(escape_clause(games, both, chain, 0.9, 0.9).escape_share, 0.0);
    EXPECT_EQ(escape_clause(games, both, chain, 0.3, 0.3).escape_share, 1.0);
}
TEST(EscapeClause, OneStateIsTheCurveOfCooperation) {
    const StageGame game = cournot(12);
    const ActionPair war = stage_equilibria(game).front();
    const Roles r = complete_roles(game, {-1, -1}, war);
    for (const double delta : {0.2, 0.4, 0.8}) {
        const EscapePolicy p = escape_clause({game}, {r}, Eigen::MatrixXd::Ones(1, 1), delta, delta);
        const auto best = most_cooperative(game, war, delta, delta);
        EXPECT_NEAR(game.payoff_a(p.play[0].a, p.play[0].b) + game.payoff_b(p.play[0].a, p.play[0].b),
                    best->payoff_a + best->payoff_b, 1e-12);
    }
}
TEST(EscapeClause, RefusesRowsThatAreNoProbabilities) {
    expect_error(ErrorKind::input, {"chain", "not probabilities"},
                 [] { escape_clause({dilemma}, {roles}, Eigen::MatrixXd::Constant(1, 1, 1.5), 0.5, 0.5); });
}

}  // namespace
}  // namespace detente::test
