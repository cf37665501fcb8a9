#include "relation/convex_set.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace detente {
namespace {

using Eigen::Vector2d;

double cross(const Vector2d& u, const Vector2d& v) {
    return u.x() * v.y() - u.y() * v.x();
}

bool before(const Vector2d& p, const Vector2d& q) {
    return p.x() < q.x() || (p.x() == q.x() && p.y() < q.y());
}

// How far `middle` stands to the right of the segment from `first` to `last`; negative to its left. Beyond an end of
// the segment it is the distance to that end: a point on the same line that lies further out is no part of the segment.
double bulge(const Vector2d& first, const Vector2d& middle, const Vector2d& last) {
    const Vector2d base = last - first;
    const double length = base.norm();
    if (length == 0.0) return (middle - first).norm();
    const double across = cross(middle - first, base) / length, along = base.dot(middle - first) / length;
    if (along >= 0.0 && along <= length) return across;
    const double beyond = Vector2d(across, along < 0.0 ? along : along - length).norm();
    return across >= 0.0 ? beyond : -beyond;
}

// First coordinates that differ by rounding become the same, so that an upright edge is sorted by its second.
void align(std::vector<Vector2d>& points, double tolerance) {
    std::sort(points.begin(), points.end(), before);
    double start = -std::numeric_limits<double>::infinity();
    bool moved = false;
    for (Vector2d& p : points) {
        if (p.x() - start > tolerance) {
            start = p.x();
        } else if (p.x() != start) {
            p.x() = start;
            moved = true;
        }
    }
    if (moved) std::sort(points.begin(), points.end(), before);
}

// Most points of a fine grid lie inside the octagon of extremes; sorting the rest is what costs.
void drop_interior(std::vector<Vector2d>& points) {
    constexpr std::size_t worthwhile = 32;
    if (points.size() < worthwhile) return;
    std::array<Vector2d, 8> corner;
    corner.fill(points.front());
    std::array<double, 8> best;
    best.fill(-std::numeric_limits<double>::infinity());
    for (const Vector2d& p : points) {
        const double s = p.x() + p.y(), d = p.x() - p.y();
        // East, north-east, and on around.
        const std::array<double, 8> level = {p.x(), s, p.y(), -d, -p.x(), -s, -p.y(), d};
        for (std::size_t k = 0; k < 8; ++k)
            if (level[k] > best[k]) best[k] = level[k], corner[k] = p;
    }
    const auto inside = [&](const Vector2d& p) {
        for (std::size_t k = 0; k < 8; ++k) {
            const Vector2d edge = corner[(k + 1) % 8] - corner[k];
            if (edge.squaredNorm() > 0.0 && cross(edge, p - corner[k]) <= 1e-14) return false;
        }
        return true;
    };
    // Only a polygon has an inside.
    if (std::all_of(corner.begin(), corner.end(), [&](const Vector2d& c) { return c == corner[0]; })) return;
    points.erase(std::remove_if(points.begin(), points.end(), inside), points.end());
}

// One side of the hull: appends `p` and takes back the points that no longer bulge.
void extend(std::vector<Vector2d>& chain, std::size_t floor, const Vector2d& p, double tolerance) {
    while (chain.size() >= floor + 2 && bulge(chain[chain.size() - 2], chain.back(), p) <= tolerance) chain.pop_back();
    chain.push_back(p);
}

// The two ends of a chain may themselves lie on a line between neighbours, by rounding.
void drop_flat_corners(std::vector<Vector2d>& v, double tolerance) {
    for (std::size_t k = 0; v.size() > 2 && k < v.size();) {
        const Vector2d &previous = v[(k + v.size() - 1) % v.size()], &next = v[(k + 1) % v.size()];
        if (bulge(previous, v[k], next) <= tolerance) {
            v.erase(v.begin() + static_cast<std::ptrdiff_t>(k));
            k = k > 0 ? k - 1 : 0;
        } else {
            ++k;
        }
    }
    // What is left of a sliver is its longest chord.
    if (v.size() == 2 && (v[0] - v[1]).norm() <= tolerance) v.pop_back();
}

void start_at_the_left(std::vector<Vector2d>& v) {
    if (v.size() > 1) std::rotate(v.begin(), std::min_element(v.begin(), v.end(), before), v.end());
}

}  // namespace

ConvexSet convex_hull(std::vector<Vector2d> points, double tolerance) {
    drop_interior(points);
    align(points, tolerance);
    points.erase(std::unique(points.begin(), points.end(),
                             [&](const Vector2d& p, const Vector2d& q) {
                                 return (p - q).cwiseAbs().maxCoeff() <= 0.5 * tolerance;
                             }),
                 points.end());
    if (points.size() <= 1) return {points};
    std::vector<Vector2d> chain;
    chain.reserve(points.size() + 1);
    for (const Vector2d& p : points) extend(chain, 0, p, tolerance);
    const std::size_t lower = chain.size() - 1;
    for (std::size_t k = points.size() - 1; k-- > 0;) extend(chain, lower, points[k], tolerance);
    chain.pop_back();
    drop_flat_corners(chain, tolerance);
    start_at_the_left(chain);
    return {chain};
}

double area(const ConvexSet& set) {
    double twice = 0.0;
    for (std::size_t k = 2; k < set.vertices.size(); ++k)
        twice += cross(set.vertices[k - 1] - set.vertices[0], set.vertices[k] - set.vertices[0]);
    return 0.5 * std::max(0.0, twice);
}

double support(const ConvexSet& set, const Vector2d& direction) {
    double best = -std::numeric_limits<double>::infinity();
    for (const Vector2d& v : set.vertices) best = std::max(best, direction.dot(v));
    return best;
}

Vector2d lower_corner(const ConvexSet& set) {
    Vector2d corner = set.vertices.front();
    for (const Vector2d& v : set.vertices) corner = corner.cwiseMin(v);
    return corner;
}

Vector2d upper_corner(const ConvexSet& set) {
    Vector2d corner = set.vertices.front();
    for (const Vector2d& v : set.vertices) corner = corner.cwiseMax(v);
    return corner;
}

Vector2d nearest_point(const ConvexSet& set, const Vector2d& point) {
    const std::size_t n = set.vertices.size();
    Vector2d best = set.vertices.front();
    double shortest = (point - best).squaredNorm();
    bool inside = n > 2;
    for (std::size_t k = 0; k < n && n > 1; ++k) {
        const Vector2d& from = set.vertices[k];
        const Vector2d edge = set.vertices[(k + 1) % n] - from;
        if (cross(edge, point - from) < 0.0) inside = false;
        const double length = edge.squaredNorm();
        const double part = length > 0.0 ? std::clamp(edge.dot(point - from) / length, 0.0, 1.0) : 0.0;
        const Vector2d candidate = from + part * edge;
        const double squared = (point - candidate).squaredNorm();
        if (squared < shortest) shortest = squared, best = candidate;
    }
    return inside ? point : best;
}

double distance(const ConvexSet& set, const Vector2d& point) {
    return (point - nearest_point(set, point)).norm();
}

double excess(const ConvexSet& outer, const ConvexSet& inner) {
    double largest = 0.0;
    for (const Vector2d& v : outer.vertices) largest = std::max(largest, distance(inner, v));
    return largest;
}

ConvexSet clip(const ConvexSet& set, const Vector2d& normal, double level, double tolerance) {
    std::vector<Vector2d> kept;
    const std::size_t n = set.vertices.size();
    kept.reserve(n + 2);
    for (std::size_t k = 0; k < n; ++k) {
        const Vector2d &p = set.vertices[k], &q = set.vertices[(k + 1) % n];
        const double at_p = normal.dot(p) - level, at_q = normal.dot(q) - level;
        if (at_p <= tolerance) kept.push_back(p);
        if ((at_p > tolerance && at_q < -tolerance) || (at_p < -tolerance && at_q > tolerance))
            kept.push_back(p + (at_p / (at_p - at_q)) * (q - p));
    }
    return convex_hull(std::move(kept), 0.0);
}

}  // namespace detente
