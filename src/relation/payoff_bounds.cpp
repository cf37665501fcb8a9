#include "relation/payoff_bounds.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <numbers>
#include <optional>

#include "base/error.h"
#include "relation/continuation_program.h"
#include "relation/fidelity.h"
#include "relation/payoff_file.h"
#include "relation/payoff_scale.h"
#include "relation/rounding.h"

namespace detente {
namespace {

using Eigen::Vector2d;

// How far along a direction the operator B(W) reaches: a bound that holds for certain and a point that is reached.
struct Reach {
    double level = -std::numeric_limits<double>::infinity();
    std::optional<Vector2d> point;
};

/// The operator of Abreu, Pearce and Stacchetti on scaled payoffs.
class Operator {
public:
    virtual ~Operator() = default;
    /// One entry a direction; no points where nothing can be enforced. W is not empty. `shrinking`: W lies in that of
    /// the last such call, and the directions are the same.
    virtual std::vector<Reach> reach(const ConvexSet& set, const std::vector<Vector2d>& directions, bool shrinking) = 0;
    /// Points of B(W), among them those farthest along each direction.
    virtual std::vector<Vector2d> points(const ConvexSet& set, const std::vector<Vector2d>& directions) {
        std::vector<Vector2d> found;
        for (const Reach& r : reach(set, directions, false))
            if (r.point) found.push_back(*r.point);
        return found;
    }
    /// Payoffs of equilibria that are known: their hull generates itself.
    std::vector<Vector2d> known;
    ConvexSet start;
    Job job;  // looked at for every pair of actions
};

// ------------------------------------------------------------------------------------------ perfect monitoring

class PerfectMonitoring : public Operator {
public:
    PerfectMonitoring(const StageGame& scaled, const Vector2d& discount) : discount_(discount) {
        const Eigen::RowVectorXd best_a = scaled.payoff_a.colwise().maxCoeff();
        const Eigen::VectorXd best_b = scaled.payoff_b.rowwise().maxCoeff();
        for (Eigen::Index i = 0; i < scaled.payoff_a.rows(); ++i) {
            for (Eigen::Index j = 0; j < scaled.payoff_a.cols(); ++j) {
                const Vector2d g{scaled.payoff_a(i, j), scaled.payoff_b(i, j)};
                plays_.push_back({g, Vector2d{best_a(j), best_b(i)} - g});
            }
        }
    }

    std::vector<Reach> reach(const ConvexSet& set, const std::vector<Vector2d>& directions, bool) override {
        std::vector<Reach> result(directions.size());
        for (const Vector2d& v : points(set, directions)) {
            for (std::size_t k = 0; k < directions.size(); ++k) {
                const double level = directions[k].dot(v);
                if (level > result[k].level) result[k] = {level, v};
            }
        }
        return result;
    }
    // All of them: B(W) is the hull of finitely many points, whatever the directions.
    std::vector<Vector2d> points(const ConvexSet& set, const std::vector<Vector2d>&) override {
        const Vector2d threat = lower_corner(set), now = Vector2d::Ones() - discount_;
        std::vector<Vector2d> found;
        for (const Play& play : plays_) {
            job.check();
            const Vector2d needed = threat + now.cwiseQuotient(discount_).cwiseProduct(play.gain);
            const ConvexSet left = clip(set, {-1.0, 0.0}, -needed[0], rounding);
            const ConvexSet enforced = left.empty() ? left : clip(left, {0.0, -1.0}, -needed[1], rounding);
            for (const Vector2d& w : enforced.vertices)
                found.push_back(now.cwiseProduct(play.payoff) + discount_.cwiseProduct(w));
        }
        return found;
    }

private:
    struct Play {
        Vector2d payoff, gain;
    };
    Vector2d discount_;
    std::vector<Play> plays_;
};

// ---------------------------------------------------------------------------------------------- noisy monitoring

class NoisyMonitoring : public Operator {
public:
    NoisyMonitoring(const StageGame& scaled, const Implementation& implementation, const Vector2d& discount,
                    const Job& given)
        : discount_(discount) {
        job = given;
        const StageGame expected = expected_game(scaled, implementation);
        for (int a = 0; a < scaled.n_a(); ++a)
            for (int b = 0; b < scaled.n_b(); ++b) {
                job.check();
                plays_.push_back(play(expected, implementation, {a, b}));
            }
    }

    std::vector<Reach> reach(const ConvexSet& set, const std::vector<Vector2d>& directions, bool shrinking) override {
        std::vector<Reach> result(directions.size());
        for (Play& play : plays_) {
            job.check();
            if (!shrinking || play.ceiling.size() != directions.size())
                play.ceiling.assign(directions.size(), std::numeric_limits<double>::infinity());
            improve(play, set, directions, result);
        }
        // Pairs that reached farthest come first next time: the others then need not be tried.
        if (shrinking)
            std::stable_sort(plays_.begin(), plays_.end(), [](const Play& x, const Play& y) { return x.won > y.won; });
        return result;
    }

private:
    struct Play {
        Vector2d payoff;
        ContinuationProgram program;
        std::vector<double> ceiling = {};  // by direction: no farther in any W inside the last one
        int won = 0;                       // directions in which it came first
    };

    void improve(Play& play, const ConvexSet& set, const std::vector<Vector2d>& directions,
                 std::vector<Reach>& result) const {
        const Vector2d base = (Vector2d::Ones() - discount_).cwiseProduct(play.payoff);
        bool ready = false;
        play.won = 0;
        for (std::size_t k = 0; k < directions.size(); ++k) {
            if (play.ceiling[k] <= result[k].level) continue;
            const Vector2d weighted = discount_.cwiseProduct(directions[k]);
            // Not even free promises would beat what another pair reaches.
            if (directions[k].dot(base) + support(set, weighted) <= result[k].level) continue;
            if (!ready && !play.program.reset(set)) {
                play.ceiling.assign(directions.size(), -std::numeric_limits<double>::infinity());
                return;
            }
            ready = true;
            const Promise promise = play.program.solve(weighted);
            const Vector2d v = base + discount_.cwiseProduct(promise.mean);
            play.ceiling[k] = directions[k].dot(base) + promise.bound;
            const bool first = !result[k].point;
            if (promise.feasible && (first || directions[k].dot(v - *result[k].point) > 0.0)) result[k].point = v;
            if (play.ceiling[k] <= result[k].level) continue;
            result[k].level = play.ceiling[k];
            ++play.won;
        }
    }

    Play play(const StageGame& expected, const Implementation& implementation, const ActionPair& chosen) const {
        const auto signal = [&](const ActionPair& pair) -> Eigen::VectorXd {
            return outcome_probability(implementation, pair).reshaped();
        };
        const Eigen::VectorXd probability = signal(chosen);
        Eigen::VectorXd seen = probability;
        std::vector<Incentive> incentives;
        for (const Side side : sides) {
            const auto player = static_cast<Eigen::Index>(side);
            for (int action = 0; action < actions_of(expected, side); ++action) {
                if (action == own_action(chosen, side)) continue;
                const ActionPair other = deviate(chosen, side, action);
                const Eigen::VectorXd after = signal(other);
                seen += after;
                incentives.push_back(
                    {player, discount_[player] * (probability - after),
                     (1.0 - discount_[player]) * (payoff(expected, side, other) - payoff(expected, side, chosen))});
            }
        }
        // Signals that neither play nor a single deviation brings about need no promise.
        std::vector<Eigen::Index> kept;
        for (Eigen::Index y = 0; y < seen.size(); ++y)
            if (seen(y) > 0.0) kept.push_back(y);
        for (Incentive& incentive : incentives) incentive.weight = incentive.weight(kept).eval();
        return {{payoff(expected, Side::a, chosen), payoff(expected, Side::b, chosen)},
                ContinuationProgram(probability(kept), std::move(incentives)),
                {},
                0};
    }

    Vector2d discount_;
    std::vector<Play> plays_;
};

// ------------------------------------------------------------------------------------------------- the polygons

// Evenly spaced, the axes among them, and the normals of the feasible set's edges.
std::vector<Vector2d> directions_for(const ConvexSet& start, int count) {
    const int even = 4 * std::max(1, (count + 3) / 4);
    std::vector<Vector2d> directions;
    for (int k = 0; k < even; ++k) {
        const double angle = 2.0 * std::numbers::pi * k / even;
        directions.emplace_back(std::cos(angle), std::sin(angle));
        if (k % (even / 4) == 0) directions.back() = directions.back().array().round();
    }
    const std::size_t n = start.vertices.size();
    for (std::size_t k = 0; n > 1 && k < n; ++k) {
        const Vector2d edge = start.vertices[(k + 1) % n] - start.vertices[k];
        directions.push_back(Vector2d{edge.y(), -edge.x()}.normalized());
    }
    return directions;
}

ConvexSet polygon(const std::vector<Vector2d>& directions, const std::vector<double>& levels) {
    ConvexSet set{{{-1.0, -1.0}, {2.0, -1.0}, {2.0, 2.0}, {-1.0, 2.0}}};
    for (std::size_t k = 0; k < directions.size() && !set.empty(); ++k)
        set = clip(set, directions[k], levels[k], rounding);
    return set;
}

// Sweeps from outside: after any number of them the polygon holds every equilibrium payoff.
ConvexSet outer_polygon(Operator& op, const std::vector<Vector2d>& directions, const BoundsOptions& options,
                        PayoffBounds& bounds) {
    std::vector<double> levels;
    levels.reserve(directions.size());
    for (const Vector2d& d : directions) levels.push_back(support(op.start, d));
    ConvexSet set = op.start;
    bounds.status = SetStatus::limit;
    while (bounds.sweeps < options.max_sweeps) {
        op.job.check();
        ++bounds.sweeps;
        const std::vector<Reach> reach = op.reach(set, directions, true);
        double moved = 0.0;
        for (std::size_t k = 0; k < directions.size(); ++k) {
            if (!std::isfinite(reach[k].level)) {
                bounds.status = SetStatus::empty;
                return {};
            }
            const double level = std::min(levels[k], reach[k].level + rounding);
            moved = std::max(moved, levels[k] - level);
            levels[k] = level;
        }
        set = polygon(directions, levels);
        if (set.empty()) {
            bounds.status = SetStatus::empty;
            return {};
        }
        if (moved <= options.tolerance) {
            bounds.status = SetStatus::converged;
            break;
        }
    }
    return set;
}

// Directions of a set's own edges: with them the hull of points reached touches every edge of B(W) that matters to it.
std::vector<Vector2d> with_edges_of(const ConvexSet& set, std::vector<Vector2d> directions) {
    const std::size_t n = set.vertices.size();
    for (std::size_t k = 0; n > 2 && k < n; ++k) {
        const Vector2d edge = set.vertices[(k + 1) % n] - set.vertices[k];
        if (edge.norm() > 0.0) directions.push_back(Vector2d{edge.y(), -edge.x()}.normalized());
    }
    return directions;
}

// The hull of points of B(W) if it covers W, else nothing. A vertex of W outside the points found so far is asked for
// along the direction in which it stands out: either B(W) does not reach it, or the points come closer to it.
ConvexSet covered(Operator& op, const ConvexSet& set, const std::vector<Vector2d>& directions) {
    std::vector<Vector2d> points = op.points(set, with_edges_of(set, directions));
    constexpr int rounds = 20;
    for (int round = 0; round < rounds && !points.empty(); ++round) {
        ConvexSet reached = convex_hull(points, 1e-14);
        std::vector<Vector2d> missing;
        for (const Vector2d& v : set.vertices) {
            const Vector2d out = v - nearest_point(reached, v);
            if (out.norm() > rounding) missing.push_back(out.normalized());
        }
        if (missing.empty()) return reached;
        const std::vector<Vector2d> more = op.points(set, missing);
        for (const Vector2d& d : missing) {
            double farthest = -std::numeric_limits<double>::infinity();
            for (const Vector2d& p : more) farthest = std::max(farthest, d.dot(p));
            if (farthest < support(set, d) - rounding) return {};
        }
        points.insert(points.end(), more.begin(), more.end());
    }
    return {};
}

// A set W that B(W) covers consists of equilibrium payoffs. Candidates: the outer polygon, drawn in by little and then
// by more, together with known equilibria.
ConvexSet inner_polygon(Operator& op, const ConvexSet& outer, const std::vector<Vector2d>& directions) {
    Vector2d centre = Vector2d::Zero();
    for (const Vector2d& v : outer.vertices) centre += v / static_cast<double>(outer.vertices.size());
    for (double shrink = 1e-7; shrink < 0.7; shrink *= 2.0) {
        std::vector<Vector2d> points = op.known;
        for (const Vector2d& v : outer.vertices) points.push_back(v + shrink * (centre - v));
        ConvexSet found = covered(op, convex_hull(std::move(points), 1e-14), directions);
        if (!found.empty()) return found;
    }
    return convex_hull(op.known, 1e-14);
}

// B is monotone: what a set that generates itself reaches generates itself as well, and is no smaller. Points that add
// less than `worthwhile` stay out, or vertices would multiply.
ConvexSet grown(Operator& op, ConvexSet set, const std::vector<Vector2d>& directions, double worthwhile) {
    constexpr int growths = 100;
    for (int k = 0; k < growths && !set.empty(); ++k) {
        std::vector<Vector2d> points = set.vertices;
        for (const Vector2d& v : op.points(set, directions))
            if (distance(set, v) > worthwhile) points.push_back(v);
        if (points.size() == set.vertices.size()) break;
        set = convex_hull(std::move(points), 1e-14);
    }
    return set;
}

StageGame scaled_game(const StageGame& game, const PayoffScale& scale) {
    StageGame scaled = game;
    scaled.payoff_a = (game.payoff_a.array() - scale.low[0]) / scale.width[0];
    scaled.payoff_b = (game.payoff_b.array() - scale.low[1]) / scale.width[1];
    return scaled;
}

// Stage equilibria, and agreements that war for ever after a breach, with the least sufficient probability, holds up.
std::vector<Vector2d> known_equilibria(const StageGame& scaled, const StageGame& expected,
                                       const Implementation& implementation, const Vector2d& discount, const Job& job) {
    std::vector<Vector2d> known;
    const auto point = [&](const ActionPair& pair) {
        return Vector2d{payoff(expected, Side::a, pair), payoff(expected, Side::b, pair)};
    };
    for (const ActionPair& war : stage_equilibria(expected)) {
        known.push_back(point(war));
        for (int a = 0; a < scaled.n_a(); ++a) {
            for (int b = 0; b < scaled.n_b(); ++b) {
                job.check();
                const ActionPair pair{a, b};
                const bool dilemma = payoff(scaled, Side::a, pair) - payoff(scaled, Side::a, war) > scaled.accuracy &&
                                     payoff(scaled, Side::b, pair) - payoff(scaled, Side::b, war) > scaled.accuracy &&
                                     (point(pair) - point(war)).minCoeff() > scaled.accuracy;
                if (!dilemma) continue;
                const NoisyAgreement n = noisy_agreement(scaled, {pair, war}, implementation);
                const ForgivenessWindow window = forgiveness_window(n, discount[0], discount[1]);
                if (window.holds) known.emplace_back(window.randomised->value[0], window.randomised->value[1]);
            }
        }
    }
    return known;
}

PayoffBounds bound(Operator& op, const StageGame& expected, const Vector2d& discount, const PayoffScale& scale,
                   const BoundsOptions& options) {
    const ConvexSet feasible = feasible_payoffs(expected);
    // Sides that discount differently trade over time and leave the feasible set; each still gets one of its payoffs.
    const Vector2d low = lower_corner(feasible), high = upper_corner(feasible);
    op.start =
        discount[0] == discount[1] ? feasible : convex_hull({low, high, {low[0], high[1]}, {high[0], low[1]}}, 1e-14);
    const std::vector<Vector2d> directions = directions_for(feasible, options.directions);
    PayoffBounds bounds;
    const ConvexSet outer = outer_polygon(op, directions, options, bounds);
    if (outer.empty()) return bounds;
    const ConvexSet inner =
        grown(op, inner_polygon(op, outer, directions), directions, std::max(1e-6, 10.0 * options.tolerance));
    bounds.gap = inner.empty() ? std::numeric_limits<double>::infinity() : excess(outer, inner);
    // Cuts that all but meet leave corners that differ by rounding.
    bounds.outer = scale.from(convex_hull(outer.vertices, 1e-9));
    bounds.inner = scale.from(inner);
    bounds.outer_area = area(bounds.outer);
    bounds.inner_area = area(bounds.inner);
    return bounds;
}

Vector2d checked(double discount_a, double discount_b) {
    for (const double delta : {discount_a, discount_b}) {
        if (delta > 0.0 && delta < 1.0) continue;
        throw_input({Place{"", 0, "discount"}, "a discount factor is out of range", fmt::format("{:g}", delta),
                     "a number in (0, 1)", ""});
    }
    return {discount_a, discount_b};
}

}  // namespace

PayoffBounds noisy_payoff_bounds(const StageGame& game, const Implementation& implementation, double discount_a,
                                 double discount_b, const BoundsOptions& options) {
    check_stage_game(game);
    check_implementation(game, implementation);
    const Vector2d discount = checked(discount_a, discount_b);
    const PayoffScale scale(game);
    const StageGame scaled = scaled_game(game, scale);
    const StageGame expected = expected_game(scaled, implementation);
    NoisyMonitoring op(scaled, implementation, discount, options.job);
    op.known = known_equilibria(scaled, expected, implementation, discount, options.job);
    return bound(op, expected, discount, scale, options);
}

PayoffBounds perfect_payoff_bounds(const StageGame& game, double discount_a, double discount_b,
                                   const BoundsOptions& options) {
    check_stage_game(game);
    const Vector2d discount = checked(discount_a, discount_b);
    const PayoffScale scale(game);
    const StageGame scaled = scaled_game(game, scale);
    PerfectMonitoring op(scaled, discount);
    op.job = options.job;
    op.known = known_equilibria(scaled, scaled, exact_implementation(scaled), discount, options.job);
    return bound(op, scaled, discount, scale, options);
}

}  // namespace detente
