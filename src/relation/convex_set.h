// Convex sets of the plane that may be empty, a point, a segment or a polygon: sets of payoffs near a critical discount
// factor are exactly that, so every function here takes all four.
#pragma once

#include <Eigen/Core>
#include <vector>

namespace detente {

/// A convex polygon of pairs of payoffs (A, B): a point and a segment too.
struct ConvexSet {
    /// Extreme points, counterclockwise from the one with the smallest first coordinate (then second).
    std::vector<Eigen::Vector2d> vertices;
    bool empty() const { return vertices.empty(); }
};

/// Hull of `points`: those closer than `tolerance` to another or to a line between neighbours are left out.
/// Andrew's monotone chain (1979), after points inside the octagon of extremes are dropped.
ConvexSet convex_hull(std::vector<Eigen::Vector2d> points, double tolerance);

/// Polygon area; 0 for a point or a segment.
double area(const ConvexSet& set);
/// max of direction . w over the set; the set must not be empty.
double support(const ConvexSet& set, const Eigen::Vector2d& direction);
/// Componentwise least and greatest values; the set must not be empty.
Eigen::Vector2d lower_corner(const ConvexSet& set);
Eigen::Vector2d upper_corner(const ConvexSet& set);
/// The point of the set nearest to `point`; the set must not be empty.
Eigen::Vector2d nearest_point(const ConvexSet& set, const Eigen::Vector2d& point);
/// Distance of a point to the set, 0 inside.
double distance(const ConvexSet& set, const Eigen::Vector2d& point);
/// Largest distance from a point of `outer` to `inner`.
double excess(const ConvexSet& outer, const ConvexSet& inner);
/// The part of the set with normal . w <= level; a set that only touches the line within `tolerance` is kept there.
ConvexSet clip(const ConvexSet& set, const Eigen::Vector2d& normal, double level, double tolerance);

}  // namespace detente
