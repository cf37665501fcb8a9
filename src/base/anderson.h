// Anderson acceleration of preconditioned fixed-point steps, the one nonlinear loop of the project.
//
// Source: Anderson (1965, JACM 12); Walker and Ni (2011, SIAM J. Numer. Anal. 49), type II with a moving window.
#pragma once

#include <Eigen/Core>
#include <limits>
#include <string>

#include "base/job.h"

namespace detente {

/// A system of equations posed as steps: `evaluate` returns the residual and a step that reduces it.
class FixedPointSystem {
public:
    virtual ~FixedPointSystem() = default;
    /// Number of unknowns and of equations.
    virtual Eigen::Index size() const = 0;
    /// Writes the (preconditioned) step at x and returns the largest relative residual of the equations.
    virtual double evaluate(const Eigen::ArrayXd& x, Eigen::ArrayXd& step) = 0;
    /// How far the point last evaluated is from solving the equations, at least its residual. The same, but where a
    /// residual can vanish far from the solution (flows that vanish leave none): progress is judged by it.
    virtual double distance(double residual) const { return residual; }
    /// True where the equations can be evaluated at x (positive spending, say).
    virtual bool admissible(const Eigen::ArrayXd& x) const = 0;
    /// Weights that make the components of a step comparable.
    virtual const Eigen::ArrayXd& weights() const = 0;
    /// Name of the block and member with the largest residual at the last evaluation, for a diagnosis.
    virtual std::string worst() const = 0;
};

/// How far to go and when to give up.
struct FixedPointOptions {
    double tolerance = 1e-12;  ///< largest relative residual accepted; raise it only for a quick look
    double acceptable =
        0.0;  ///< residual accepted where progress ends above `tolerance` (base equilibria: as far as it goes)
    /// Distance that a solution must have too; unlimited: a residual that vanishes is enough.
    double near = std::numeric_limits<double>::infinity();
    /// Where it converged, take the step of that point too: it costs nothing and brings nearer where steps are good.
    bool last_step = false;
    int max_iterations = 300;  ///< more rarely helps: a step that has not converged by then is split instead
    int memory = 10;           ///< past steps combined; more costs time per pass, fewer costs passes
    int patience = 40;         ///< iterations that come no closer before giving up
    double growth = 1e6;       ///< distance over the best so far at which the iteration restarts from the best
    Job job;                   ///< looked at before every evaluation
};

/// How a solve went.
struct FixedPointReport {
    bool converged = false;
    int iterations = 0;     ///< evaluations of the system
    double residual = 0.0;  ///< at the returned x
    double distance = 0.0;  ///< at the returned x
    bool at_last = false;   ///< the returned x is the one evaluated last
    double first = 0.0;     ///< distance of the x it began from
    std::string stopped;    ///< why it stopped, in words
};

/// Solves the system from x in place. Never throws for lack of convergence: the report says so. Throws `Interrupted`
/// where the job is cancelled.
FixedPointReport solve_fixed_point(FixedPointSystem& system, Eigen::ArrayXd& x, const FixedPointOptions& options = {});

}  // namespace detente
