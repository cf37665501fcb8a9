#include "relation/payoff_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/error.h"
#include "relation/payoff_file.h"
#include "relation/payoff_scale.h"

namespace detente {
namespace {

using Eigen::Vector2d;

// Vertices closer than this are one; far below `tolerance`, so that leaving them out cannot look like a movement.
constexpr double merge = 1e-14;

// Iterations between looks at whether threats creep; a set that needs fewer than three strides never jumps.
constexpr int stride = 500;

// An action pair: its payoffs, scaled to [0, 1], and what the best deviation of each side gains.
struct Play {
    Vector2d payoff, gain;
    Vector2d best_reply() const { return payoff + gain; }
};

// Where a line parallel to an axis enters and leaves the set, by bisection in chains of vertices: a fine action grid
// asks thousands of times an iteration.
class Sections {
public:
    Sections(const ConvexSet& set, Eigen::Index axis) : axis_(axis) {
        const auto& v = set.vertices;
        const auto along = [axis](const Vector2d& p, const Vector2d& q) { return p[axis] < q[axis]; };
        const auto first = static_cast<std::size_t>(std::min_element(v.begin(), v.end(), along) - v.begin());
        const auto last = static_cast<std::size_t>(std::max_element(v.begin(), v.end(), along) - v.begin());
        for (std::size_t k = first;; k = (k + 1) % v.size()) {
            forward_.push_back(v[k]);
            if (k == last) break;
        }
        for (std::size_t k = first;; k = (k + v.size() - 1) % v.size()) {
            backward_.push_back(v[k]);
            if (k == last) break;
        }
        // An edge across the axis at an end belongs to both chains.
        low_ = v[first][axis];
        high_ = v[last][axis];
    }

    double low() const { return low_; }
    double high() const { return high_; }
    /// The interval of the other coordinate at `at`, which is clamped to the set.
    std::pair<double, double> operator()(double at) const {
        const double f = value(forward_, at), b = value(backward_, at);
        return {std::min(f, b), std::max(f, b)};
    }

private:
    double value(const std::vector<Vector2d>& chain, double at) const {
        const Eigen::Index other = 1 - axis_;
        if (at <= low_) return chain.front()[other];
        if (at >= high_) return chain.back()[other];
        std::size_t below = 0, above = chain.size() - 1;
        while (above - below > 1) {
            const std::size_t middle = (below + above) / 2;
            (chain[middle][axis_] <= at ? below : above) = middle;
        }
        const Vector2d &p = chain[below], &q = chain[above];
        const double step = q[axis_] - p[axis_];
        const double part = step > 0.0 ? std::clamp((at - p[axis_]) / step, 0.0, 1.0) : 0.0;
        return p[other] + part * (q[other] - p[other]);
    }

    Eigen::Index axis_;
    std::vector<Vector2d> forward_, backward_;
    double low_ = 0.0, high_ = 0.0;
};

// The end values of a set whose end is an edge across the axis: the whole edge.
std::pair<double, double> section(const ConvexSet& set, const Sections& sections, Eigen::Index axis, double at) {
    auto [low, high] = sections(at);
    if (at > sections.low() && at < sections.high()) return {low, high};
    const double end = at <= sections.low() ? sections.low() : sections.high();
    for (const Vector2d& v : set.vertices) {
        if (std::abs(v[axis] - end) > merge) continue;
        low = std::min(low, v[1 - axis]);
        high = std::max(high, v[1 - axis]);
    }
    return {low, high};
}

class AbreuSannikov {
public:
    AbreuSannikov(const StageGame& game, double discount, const PayoffSetOptions& options)
        : discount_(discount),
          tolerance_(options.tolerance),
          max_iterations_(options.max_iterations),
          job_(options.job),
          scale_(game) {
        read(game);
    }

    PayoffSet solve() {
        PayoffSet result;
        double moved = 0.0;
        std::vector<std::vector<Vector2d>> slow;  // vertices and threats at every `stride` of a slow iteration
        for (result.status = SetStatus::limit; result.iterations < max_iterations_;) {
            job_.check();
            ++result.iterations;
            const Vector2d before = threat_;
            ConvexSet next = step();
            if (next.empty()) {
                result.status = SetStatus::empty;
                return result;
            }
            moved = movement(next);
            set_ = std::move(next);
            threat_ = threat_.cwiseMax(lower_corner(set_)).cwiseMax(minmax_of_survivors());
            moved = std::max(moved, (threat_ - before).maxCoeff());
            if (moved > tolerance_) {
                if (result.iterations % stride == 0) jump(slow);
                continue;
            }
            result.status = SetStatus::converged;
            break;
        }
        result.gap = moved / (1.0 - discount_);
        if (!outer_.empty()) result.gap = std::max(result.gap, excess(outer_, set_));
        std::vector<Vector2d> vertices = set_.vertices;
        // Rounding leaves vertices on edges: within the tolerance they are not vertices.
        vertices = convex_hull(std::move(vertices), tolerance_).vertices;
        for (const Vector2d& v : vertices) result.set.vertices.push_back(scale_.from(v));
        result.area = area(result.set);
        result.threat = scale_.from(threat_);
        return result;
    }

private:
    void read(const StageGame& game) {
        const Eigen::ArrayXXd a = (game.payoff_a.array() - scale_.low[0]) / scale_.width[0];
        const Eigen::ArrayXXd b = (game.payoff_b.array() - scale_.low[1]) / scale_.width[1];
        const Eigen::ArrayXd best_a = a.colwise().maxCoeff(), best_b = b.rowwise().maxCoeff();
        threat_ = {best_a.minCoeff(), best_b.minCoeff()};
        // At a small discount factor the gain is multiplied by its inverse: rounding must not look like a gain.
        const auto gain = [](double best, double own) { return best - own > 1e-14 ? best - own : 0.0; };
        std::vector<Vector2d> payoffs;
        plays_.reserve(static_cast<std::size_t>(a.size()));
        for (Eigen::Index j = 0; j < a.cols(); ++j) {
            for (Eigen::Index i = 0; i < a.rows(); ++i) {
                plays_.push_back({{a(i, j), b(i, j)}, {gain(best_a(j), a(i, j)), gain(best_b(i), b(i, j))}});
                payoffs.push_back(plays_.back().payoff);
            }
        }
        set_ = convex_hull(std::move(payoffs), merge);
        threat_ = threat_.cwiseMax(lower_corner(set_));
    }

    // One application of the operator R(W, u).
    ConvexSet step() {
        const double weight = (1.0 - discount_) / discount_;
        const Sections vertical(set_, 0), horizontal(set_, 1);
        const Vector2d top{vertical.high(), horizontal.high()};
        emitted_.clear();
        std::size_t kept = 0;
        for (const Play& play : plays_) {
            const Vector2d needed = threat_ + weight * play.gain;
            if (needed[0] > top[0] + tolerance_ || needed[1] > top[1] + tolerance_) continue;
            const std::size_t before = emitted_.size();
            if (for_ever(play, needed, vertical, horizontal))
                emitted_.push_back(play.payoff);
            else
                emit_binding(play, needed, vertical, horizontal);
            // W shrinks and threats rise: a pair that nothing enforces now never comes back.
            if (emitted_.size() > before) plays_[kept++] = play;
        }
        plays_.resize(kept);
        return convex_hull(emitted_, merge);
    }

    // The pair can be repeated for ever: its payoff is itself a continuation that enforces it.
    bool for_ever(const Play& play, const Vector2d& needed, const Sections& vertical,
                  const Sections& horizontal) const {
        if ((play.payoff - needed).minCoeff() < -tolerance_) return false;
        return within(play.payoff, 0, vertical) || within(play.payoff, 1, horizontal);
    }
    bool within(const Vector2d& p, Eigen::Index axis, const Sections& sections) const {
        if (p[axis] < sections.low() - tolerance_ || p[axis] > sections.high() + tolerance_) return false;
        const auto [low, high] = section(set_, sections, axis, p[axis]);
        return p[1 - axis] >= low - tolerance_ && p[1 - axis] <= high + tolerance_;
    }

    // Continuations at which a constraint binds: the ends of W on the two lines w_i = needed_i.
    void emit_binding(const Play& play, const Vector2d& needed, const Sections& vertical, const Sections& horizontal) {
        for (Eigen::Index axis = 0; axis < 2; ++axis) {
            const Sections& sections = axis == 0 ? vertical : horizontal;
            if (needed[axis] < sections.low() - tolerance_) continue;
            const double at = std::clamp(needed[axis], sections.low(), sections.high());
            const auto [low, high] = section(set_, sections, axis, at);
            const double floor = needed[1 - axis];
            if (high < floor - tolerance_) continue;
            Vector2d w;
            w[axis] = at;
            for (const double end : {std::max(low, std::min(floor, high)), high}) {
                w[1 - axis] = end;
                emitted_.push_back((1.0 - discount_) * play.payoff + discount_ * w);
            }
        }
    }

    // In any equilibrium a side gets at least (1-delta) times its best reply to the pair played plus delta times its
    // worst equilibrium; so that worst is no lower than the least best reply among the pairs that can still be played.
    // Without it threats creep up at the rate delta: for ever, at discount factors near 1.
    Vector2d minmax_of_survivors() const {
        Vector2d least = plays_.front().best_reply();
        for (const Play& play : plays_) least = least.cwiseMin(play.best_reply());
        return least;
    }

    // Threats and vertices that creep geometrically: most of the way to their limit at once, or less of it. A set that
    // then comes to rest generates itself, so it is an inner bound; the one before the first jump is an outer bound,
    // and `gap` says how far they are apart. A jump that went too far shows at once, as payoffs below the threat or
    // outside the set, and is taken back.
    void jump(std::vector<std::vector<Vector2d>>& slow) {
        slow.push_back(set_.vertices);
        slow.back().push_back(threat_);
        if (slow.size() < 3) return;
        const std::vector<std::vector<Vector2d>> past = std::move(slow);
        slow.clear();
        if (past[0].size() != past[2].size() || past[1].size() != past[2].size()) return;
        std::vector<Vector2d> way(past[2].size(), Vector2d::Zero());
        for (std::size_t k = 0; k < way.size(); ++k) {
            for (Eigen::Index axis = 0; axis < 2; ++axis) {
                const double last = past[2][k][axis] - past[1][k][axis], before = past[1][k][axis] - past[0][k][axis];
                const double ratio = before != 0.0 ? last / before : 0.0;
                if (ratio > 0.0 && ratio < 1.0) way[k][axis] = last * ratio / (1.0 - ratio);
            }
        }
        for (const double part : {0.9, 0.6, 0.3, 0.1})
            if (ahead(past[2], way, part)) return;
    }

    // `part` of the way; false, and nothing changed, where that is too far.
    bool ahead(std::vector<Vector2d> from, const std::vector<Vector2d>& way, double part) {
        for (std::size_t k = 0; k < from.size(); ++k) from[k] += part * way[k];
        const AbreuSannikov before = *this;
        threat_ = threat_.cwiseMax(from.back());
        from.pop_back();
        set_ = convex_hull(std::move(from), merge);
        const ConvexSet next = step();
        const bool too_far = next.empty() || (lower_corner(next) - threat_).minCoeff() < -tolerance_ ||
                             excess(next, set_) > tolerance_ || excess(set_, before.set_) > tolerance_;
        if (too_far)
            *this = before;
        else if (outer_.empty())
            outer_ = before.set_;
        return !too_far;
    }

    double movement(const ConvexSet& next) const {
        const auto &old = set_.vertices, &fresh = next.vertices;
        if (old.size() == fresh.size()) {
            double largest = 0.0;
            for (std::size_t k = 0; k < old.size(); ++k)
                largest = std::max(largest, (old[k] - fresh[k]).cwiseAbs().maxCoeff());
            if (largest <= tolerance_) return largest;
        }
        return std::max(excess(set_, next), excess(next, set_));
    }

    double discount_, tolerance_;
    int max_iterations_;
    Job job_;
    PayoffScale scale_;
    std::vector<Play> plays_;
    ConvexSet set_, outer_;
    Vector2d threat_;
    std::vector<Vector2d> emitted_;
};

}  // namespace

const char* to_string(SetStatus status) {
    return status == SetStatus::converged ? "converged" : status == SetStatus::empty ? "empty" : "limit";
}

PayoffSet equilibrium_payoffs(const StageGame& game, double discount, const PayoffSetOptions& options) {
    check_stage_game(game);
    if (!(discount > 0.0 && discount < 1.0))
        throw_input({Place{"", 0, "discount"}, "a discount factor is out of range", fmt::format("{:g}", discount),
                     "a number in (0, 1)", ""});
    return AbreuSannikov(game, discount, options).solve();
}

ConvexSet feasible_payoffs(const StageGame& game) {
    check_stage_game(game);
    const double scale = std::max(payoff_width(game.payoff_a), payoff_width(game.payoff_b));
    std::vector<Vector2d> payoffs;
    for (Eigen::Index j = 0; j < game.payoff_a.cols(); ++j)
        for (Eigen::Index i = 0; i < game.payoff_a.rows(); ++i)
            payoffs.emplace_back(game.payoff_a(i, j), game.payoff_b(i, j));
    return convex_hull(std::move(payoffs), merge * scale);
}

}  // namespace detente
