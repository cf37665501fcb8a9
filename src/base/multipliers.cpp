#include "base/multipliers.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

namespace detente {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

VectorXd nonnegative_least_squares(const MatrixXd& matrix, const VectorXd& target) {
    const MatrixXd gram = matrix.transpose() * matrix;
    const VectorXd moment = matrix.transpose() * target;
    VectorXd x = VectorXd::Zero(matrix.cols());
    std::vector<Index> passive;  // columns that may be positive
    const auto is_passive = [&](Index c) { return std::find(passive.begin(), passive.end(), c) != passive.end(); };
    for (Index round = 0; round < 3 * matrix.cols(); ++round) {
        const VectorXd descent = moment - gram * x;
        Index next = -1;
        for (Index c = 0; c < x.size(); ++c)
            if (!is_passive(c) && descent[c] > 1e-12 * matrix.col(c).norm() * (1.0 + target.norm()) &&
                (next < 0 || descent[c] > descent[next]))
                next = c;
        if (next < 0) break;
        passive.push_back(next);
        // Towards the least squares of the passive columns, as far as none turns negative; those that stop it leave.
        for (bool arrived = false; !arrived && !passive.empty();) {
            // Few columns, none of them tiny: the normal equations are exact enough; LDLT takes columns that are alike.
            const VectorXd aim = gram(passive, passive).ldlt().solve(moment(passive));
            double part = 1.0;
            Index stops = -1;
            for (std::size_t k = 0; k < passive.size(); ++k) {
                const double here = x[passive[k]], there = aim[static_cast<Index>(k)];
                if (there <= 0.0 && here / (here - there) < part)
                    part = here / (here - there), stops = static_cast<Index>(k);
            }
            for (std::size_t k = 0; k < passive.size(); ++k)
                x[passive[k]] += part * (aim[static_cast<Index>(k)] - x[passive[k]]);
            arrived = stops < 0;
            if (arrived) break;
            x[passive[static_cast<std::size_t>(stops)]] = 0.0;
            passive.erase(passive.begin() + stops);
        }
    }
    return x.cwiseMax(0.0);
}

Multipliers least_multipliers(const VectorXd& gradient, const MatrixXd& slope, const std::vector<int>& held) {
    std::vector<Index> rows;
    // The rows that count at some multipliers, and the length of what is left there.
    const auto left = [&](const VectorXd& x) {
        const VectorXd rest = gradient - slope * x;
        rows.clear();
        double square = 0.0;
        for (std::size_t k = 0; k < held.size(); ++k) {
            const auto at = static_cast<Index>(k);
            if (held[k] != 0 && held[k] * rest[at] >= 0.0) continue;
            rows.push_back(at);
            square += rest[at] * rest[at];
        }
        return std::sqrt(square);
    };
    VectorXd x = VectorXd::Zero(slope.cols());
    double remainder = left(x);
    // A convex, piecewise quadratic function of the multipliers: steps of Newton on the piece at hand, halved until
    // they descend.
    constexpr int most_steps = 100, most_halvings = 40;
    for (int step = 0; step < most_steps && slope.cols() > 0 && remainder > 0.0; ++step) {
        const VectorXd next = nonnegative_least_squares(slope(rows, Eigen::all), gradient(rows));
        double part = 1.0, there = left(next);
        for (int halving = 0; halving < most_halvings && !(there < remainder); ++halving)
            part *= 0.5, there = left(x + part * (next - x));
        if (!(there < remainder * (1.0 - 1e-12))) break;
        x += part * (next - x), remainder = there;
    }
    left(x);
    return {x.array(), remainder};
}

}  // namespace detente
