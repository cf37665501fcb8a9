#include "relation/agreement.h"

#include <algorithm>

#include "relation/rounding.h"

namespace detente {
namespace {

using Eigen::Vector2d;

// Highest (u_a - d_a)(u_b - d_b) on an edge: a quadratic in the part of the way.
Vector2d best_on_edge(const Vector2d& from, const Vector2d& to, const Vector2d& disagreement) {
    const Vector2d gain = from - disagreement, step = to - from;
    const double curvature = step.x() * step.y();
    double part = 0.0;
    if (curvature < 0.0) part = std::clamp(-(gain.x() * step.y() + gain.y() * step.x()) / (2.0 * curvature), 0.0, 1.0);
    return from + part * step;
}

std::optional<Vector2d> nash_point(const ConvexSet& set, const Vector2d& disagreement) {
    const double width = std::max((upper_corner(set) - lower_corner(set)).maxCoeff(), 1e-300);
    ConvexSet better = clip(set, {-1.0, 0.0}, -disagreement.x(), rounding * width);
    if (!better.empty()) better = clip(better, {0.0, -1.0}, -disagreement.y(), rounding * width);
    if (better.empty()) return std::nullopt;
    // Of points with the same product (nobody gains) the one with the highest joint payoff.
    const auto product = [&](const Vector2d& u) {
        return std::max(0.0, u.x() - disagreement.x()) * std::max(0.0, u.y() - disagreement.y());
    };
    Vector2d best = better.vertices.front();
    const auto consider = [&](const Vector2d& u) {
        const double p = product(u), q = product(best);
        if (p > q || (p == q && u.sum() > best.sum())) best = u;
    };
    for (std::size_t k = 0; k < better.vertices.size(); ++k) {
        consider(better.vertices[k]);
        consider(best_on_edge(better.vertices[k], better.vertices[(k + 1) % better.vertices.size()], disagreement));
    }
    return best;
}

BestAgreement at(const ConvexSet& set, const Vector2d& point) {
    BestAgreement best;
    best.payoff = point;
    const Vector2d low = lower_corner(set), width = (upper_corner(set) - low).cwiseMax(1e-300);
    best.slack = best.payoff - low;
    best.binding = best.slack.y() / width.y() < best.slack.x() / width.x() ? Side::b : Side::a;
    return best;
}

}  // namespace

std::optional<BestAgreement> nash_agreement(const ConvexSet& set, const Vector2d& disagreement) {
    if (set.empty()) return std::nullopt;
    const std::optional<Vector2d> point = nash_point(set, disagreement);
    return point ? std::optional(at(set, *point)) : std::nullopt;
}

std::optional<BestAgreement> coco_agreement(const ConvexSet& set, const Vector2d& coco) {
    return set.empty() ? std::nullopt : std::optional(at(set, nearest_point(set, coco)));
}

std::optional<double> largest_noise(const StageGame& game, const Roles& roles, double discount_a, double discount_b) {
    const FidelityThreshold threshold = fidelity_threshold(game, roles, discount_a, discount_b);
    if (threshold.sustained.empty() || threshold.sustained.back().to < 1.0) return std::nullopt;
    return 1.0 - threshold.sustained.back().from;
}

Vector2d optimal_slack(const StageGame& game, const ActionPair& pair, const Vector2d& threat, double discount_a,
                       double discount_b) {
    require_discount("discount of A", discount_a);
    require_discount("discount of B", discount_b);
    const Vector2d u{payoff(game, Side::a, pair), payoff(game, Side::b, pair)};
    const Vector2d gain{deviation_gain(game, Side::a, pair), deviation_gain(game, Side::b, pair)};
    const Vector2d delta{discount_a, discount_b};
    return delta.cwiseProduct(u - threat) - (Vector2d::Ones() - delta).cwiseProduct(gain);
}

}  // namespace detente
