// Conditions of Karush, Kuhn and Tucker at a point of a program: multipliers, and what they leave unexplained.
#pragma once

#include <Eigen/Core>
#include <vector>

namespace detente {

/// Lagrange multipliers, and how far the point is from being stationary.
struct Multipliers {
    Eigen::ArrayXd value;    ///< by constraint, not negative
    double remainder = 0.0;  ///< length of what is left of the gradient where no bound holds it back
};

/// For max f(y) subject to g_c(y) <= 0 and bounds: the multipliers with the least remainder of grad f - sum_c value_c
/// grad g_c. `slope`: [variable, constraint], the gradients of the constraints that bind. `held`: by variable -1 at its
/// lower bound, 1 at its upper, else 0; a variable at a bound counts only where the remainder points inside. The
/// remainder is 0 at a stationary point and continuous in the gradients.
Multipliers least_multipliers(const Eigen::VectorXd& gradient, const Eigen::MatrixXd& slope,
                              const std::vector<int>& held);

/// min |target - matrix x| over x >= 0 (Lawson and Hanson 1974).
Eigen::VectorXd nonnegative_least_squares(const Eigen::MatrixXd& matrix, const Eigen::VectorXd& target);

}  // namespace detente
