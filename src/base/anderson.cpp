#include "base/anderson.h"

#include <Eigen/Cholesky>
#include <cmath>
#include <limits>

namespace detente {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

// The window of past differences and the Gram matrix of the weighted step differences, updated a row at a time.
// Two arrays a past step, not three: what the next point needs is the sum of a move and its change.
class Window {
public:
    Window(Index size, int memory) : sums_(size, memory), weighted_(size, memory), gram_(memory, memory) {}

    void clear() { used_ = 0, next_ = 0; }

    void push(const ArrayXd& x, const ArrayXd& last_x, const ArrayXd& step, const ArrayXd& last_step,
              const ArrayXd& weights) {
        const Index k = next_;
        sums_.col(k) = ((x - last_x) + (step - last_step)).matrix();
        weighted_.col(k) = ((step - last_step) * weights).matrix();
        next_ = (next_ + 1) % sums_.cols();
        used_ = std::min<Index>(used_ + 1, sums_.cols());
        const VectorXd products = weighted_.leftCols(used_).transpose() * weighted_.col(k);
        gram_.col(k).head(used_) = products;
        gram_.row(k).head(used_) = products.transpose();
    }

    // The accelerated point: x + step - sums * gamma, gamma the least-squares fit of the step.
    void accelerate(const ArrayXd& x, const ArrayXd& step, const ArrayXd& weights, ArrayXd& next) const {
        next = x + step;
        if (used_ == 0) return;
        const VectorXd weighted_step = (step * weights).matrix();
        VectorXd right = weighted_.leftCols(used_).transpose() * weighted_step;
        // Columns shrink by orders of magnitude as the iteration converges: scale them to unit length, and add
        // a ridge at the level of rounding so that near-parallel columns do no harm.
        const VectorXd scale = gram_.diagonal().head(used_).cwiseMax(1e-300).cwiseSqrt().cwiseInverse();
        MatrixXd normal = scale.asDiagonal() * gram_.topLeftCorner(used_, used_) * scale.asDiagonal();
        normal.diagonal().array() += 1e-13;
        right = scale.cwiseProduct(right);
        const VectorXd gamma = scale.cwiseProduct(normal.ldlt().solve(right));
        if (gamma.allFinite()) next.matrix().noalias() -= sums_.leftCols(used_) * gamma;
    }

private:
    MatrixXd sums_, weighted_, gram_;
    Index used_ = 0, next_ = 0;
};

// The step, halved until the point it leads to is admissible.
ArrayXd admissible_point(const FixedPointSystem& system, const ArrayXd& x, ArrayXd step) {
    for (int halvings = 0; halvings < 60; ++halvings) {
        ArrayXd next = x + step;
        if (system.admissible(next)) return next;
        step *= 0.5;
    }
    return x;
}

}  // namespace

FixedPointReport solve_fixed_point(FixedPointSystem& system, ArrayXd& x, const FixedPointOptions& options) {
    FixedPointReport report;
    const ArrayXd& weights = system.weights();
    ArrayXd step(system.size()), next(system.size()), last_x, last_step, best_x = x;
    Window window(system.size(), options.memory);
    constexpr double infinity = std::numeric_limits<double>::infinity();
    double best = infinity, kept = infinity;  // the least distance, and that of the point kept
    int best_at = 0;
    double damping = 1.0;
    report.residual = infinity;

    while (report.iterations < options.max_iterations) {
        options.job.check();
        const double residual = system.evaluate(x, step), distance = system.distance(residual);
        if (report.iterations++ == 0) report.first = distance;
        const bool finite = std::isfinite(residual) && step.allFinite();
        // A residual within tolerance comes first, then what is nearer; progress is what comes nearer.
        const bool within = finite && residual <= options.tolerance, solved = within && distance <= options.near;
        const bool kept_within = report.residual <= options.tolerance;
        if (finite && (within > kept_within || (within == kept_within && distance < kept))) {
            kept = distance, best_x = x;
            report.residual = residual;
        }
        if (finite && distance < best) best = distance, best_at = report.iterations;
        if (solved) {
            report.converged = report.at_last = true;
            if (options.last_step) best_x += step, report.at_last = false;
            break;
        }
        if (report.iterations - best_at > options.patience) break;
        if (!finite || distance > options.growth * best) {
            // Acceleration ran away: start again from the best point with a shorter plain step.
            if (best_at == 0 || damping < 1e-3) break;
            damping *= 0.3;
            window.clear();
            system.evaluate(best_x, step);
            ++report.iterations;
            last_x = best_x, last_step = step;
            x = admissible_point(system, best_x, damping * step);
            continue;
        }
        if (last_x.size() > 0) window.push(x, last_x, step, last_step, weights);
        last_x = x, last_step = step;
        window.accelerate(x, step, weights, next);
        if (system.admissible(next)) {
            x.swap(next);
        } else {
            window.clear();
            x = admissible_point(system, x, step);
        }
    }
    x = best_x;
    report.distance = kept;
    if (report.residual <= std::max(options.acceptable, options.tolerance)) report.converged = true;
    report.stopped = report.converged                              ? "residual below tolerance"
                     : report.iterations >= options.max_iterations ? "iteration limit"
                                                                   : "no progress";
    return report;
}

}  // namespace detente
