// Payoffs on [0, 1] for each side, as the tolerances of linear programs and of clipped sets expect them.
#pragma once

#include <Eigen/Core>

#include "relation/convex_set.h"
#include "relation/stage_game.h"

namespace detente {

/// Highest less lowest payoff of a side; 1 where it gets the same from every pair.
double payoff_width(const Eigen::MatrixXd& payoff);

/// The affine map of a game's payoffs (A first) onto [0, 1] for each side, and back.
struct PayoffScale {
    Eigen::Vector2d low, width;

    explicit PayoffScale(const StageGame& game);
    /// Payoffs on the scale.
    Eigen::Vector2d to(const Eigen::Vector2d& payoffs) const { return (payoffs - low).cwiseQuotient(width); }
    /// The payoffs of a point on the scale.
    Eigen::Vector2d from(const Eigen::Vector2d& scaled) const { return low + scaled.cwiseProduct(width); }
    /// As of points, corner by corner.
    ConvexSet from(const ConvexSet& scaled) const;
};

}  // namespace detente
