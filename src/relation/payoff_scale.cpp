#include "relation/payoff_scale.h"

namespace detente {

double payoff_width(const Eigen::MatrixXd& payoff) {
    const double width = payoff.maxCoeff() - payoff.minCoeff();
    return width > 0.0 ? width : 1.0;
}

PayoffScale::PayoffScale(const StageGame& game)
    : low(game.payoff_a.minCoeff(), game.payoff_b.minCoeff()),
      width(payoff_width(game.payoff_a), payoff_width(game.payoff_b)) {}

ConvexSet PayoffScale::from(const ConvexSet& scaled) const {
    ConvexSet result;
    for (const Eigen::Vector2d& v : scaled.vertices) result.vertices.push_back(from(v));
    return result;
}

}  // namespace detente
