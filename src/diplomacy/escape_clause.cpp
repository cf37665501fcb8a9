#include "diplomacy/escape_clause.h"

#include <algorithm>
#include <cmath>

#include "strategy/optimal.h"

namespace detente {
namespace {

constexpr double pi = 3.14159265358979323846;

// Chebyshev points of the second kind on [0, 1] and the polynomial through values there.
// Source: Berrut and Trefethen (2004, SIAM Review 46), equation 5.4.
class Interpolant {
public:
    explicit Interpolant(int points) {
        for (int k = 0; k < points; ++k) {
            at_.push_back(0.5 * (1.0 - std::cos(pi * k / (points - 1))));
            const double end = k == 0 || k == points - 1 ? 0.5 : 1.0;
            weight_.push_back(k % 2 == 0 ? end : -end);
        }
    }
    const std::vector<double>& points() const { return at_; }
    double operator()(const std::vector<double>& value, double x) const {
        double above = 0.0, below = 0.0;
        for (std::size_t k = 0; k < at_.size(); ++k) {
            if (x == at_[k]) return value[k];
            const double w = weight_[k] / (x - at_[k]);
            above += w * value[k], below += w;
        }
        return above / below;
    }

private:
    std::vector<double> at_, weight_;
};

// By point of the way and side: what a breach gains over the tariffs and what these are worth over war, lapses counted.
struct Way {
    std::vector<double> gain[2], worth[2], promised[2], rate[2];
};

// Of two actions, keeping to the tariffs (0) and the best answer to them (1): the lapse model.
void add_point(const StageGame& game, const EscapeQuestion& q, const double (&war)[2], Way& way) {
    const auto u = [&](Side side, int own, int other) {
        return side == Side::a ? game.payoff_a(own, other) : game.payoff_b(other, own);
    };
    for (const Side side : sides) {
        const std::size_t k = side == Side::a ? 0 : 1;
        const double own = q.fidelity[k], other = q.fidelity[1 - k];
        const auto expected = [&](int action) {
            return other * u(side, action, 0) + (1.0 - other) * u(side, action, 1);
        };
        const double kept = own * expected(0) + (1.0 - own) * expected(1);
        way.gain[k].push_back(expected(1) - kept);
        way.worth[k].push_back(kept - war[k]);
        way.promised[k].push_back(u(side, 0, 0) - war[k]);
    }
}

Way solve_way(const World& world, const Agreement& agreement, const EscapeQuestion& q,
              const std::vector<double>& points, int threads, const SolverOptions& solver) {
    Way way;
    double war[2] = {0.0, 0.0};
    Shock near;
    // From the war, whose payoffs the rest is counted over.
    for (std::size_t k = points.size(); k-- > 0;) {
        Agreement here = agreement;
        here.kept = policy_on_the_way(world, agreement.kept, agreement.fought, points[k]);
        const Shock answers = best_answers(world, here, threads, solver, near.tariff.empty() ? nullptr : &near);
        near = answers;
        Policies policies;
        policies.add("tariffs", here.kept), policies.add(best_answer_name, answers);
        const StageGame game =
            with_relative_gains(payoff_grid(world, agreement.regions(), policies, agreement.others, threads, solver),
                                q.relative_gains[0], q.relative_gains[1]);
        if (k + 1 == points.size()) war[0] = game.payoff_a(0, 0), war[1] = game.payoff_b(0, 0);
        add_point(game, q, war, way);
        for (std::size_t p = 0; p < 2; ++p)
            way.rate[p].push_back(tariff_means(world, tariff_blocks(world, agreement.players[p].instruments, 0),
                                               here.kept.tariff, agreement.regions()[p])
                                      .trade_weighted);
    }
    for (auto* lists : {&way.gain, &way.worth, &way.promised, &way.rate})
        for (std::vector<double>& list : *lists) std::reverse(list.begin(), list.end());
    return way;
}

}  // namespace

EscapeClause escape_clause(const World& world, const Agreement& agreement, const EscapeQuestion& q, int threads,
                           const SolverOptions& solver) {
    const Interpolant between(q.points);
    const Way way = solve_way(world, agreement, q, between.points(), threads, solver);
    EscapeClause clause;
    clause.factor = q.factor, clause.probability = q.probability;
    const auto index = [](Side side) { return static_cast<std::size_t>(side); };
    const auto factor = [&](Eigen::Index s) { return q.factor[static_cast<std::size_t>(s)]; };
    const PolicyScale scale{
        [&](Eigen::Index s, double x, Side side) { return factor(s) * between(way.gain[index(side)], x); },
        [&](Eigen::Index s, double x, Side side) { return factor(s) * between(way.worth[index(side)], x); }};
    const Eigen::Map<const Eigen::VectorXd> probability(q.probability.data(),
                                                        static_cast<Eigen::Index>(q.probability.size()));
    ScaleLapses lapses;
    lapses.alarm = 1.0 - q.fidelity[0] * q.fidelity[1];
    clause.scale = best_scale(scale, independent_draws(probability), q.discount[0], q.discount[1], lapses);
    // Payoffs between the points are known to less than that: the agreement itself.
    constexpr double nothing = 1e-6;
    clause.scale.policy = (clause.scale.policy.array() < nothing).select(0.0, clause.scale.policy);
    clause.scale.escape_share = (clause.scale.policy.array() > 0.0).select(probability, 0.0).sum();
    double mean = 0.0;
    for (std::size_t s = 0; s < q.factor.size(); ++s) mean += q.factor[s] * q.probability[s];
    for (const Side side : sides) {
        const std::size_t k = index(side);
        clause.kept[k] = probability.dot(clause.scale.value[k]) / (mean * way.promised[k].front());
        for (Eigen::Index s = 0; s < probability.size(); ++s)
            clause.rate[k].push_back(between(way.rate[k], clause.scale.policy(s)));
    }
    return clause;
}

}  // namespace detente
