// How equilibria are solved; what is solved stands in `ModelOptions`.
#pragma once

#include "base/job.h"

namespace detente {

/// Settings of the solver, beside a model and a world and never part of them.
struct SolverOptions {
    /// Largest relative residual accepted. The default is three digits above rounding on the built-in economies; raise
    /// it only for a quick look.
    double tolerance = 1e-12;
    /// Off: the residuals are the solver's own, and the certificate costs nothing beside the solve.
    bool independent_certificate = true;
    Job job;  ///< looked at in every iteration: a cancelled one throws `Interrupted`
};

}  // namespace detente
