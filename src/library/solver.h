// The engine's settings of a call from the public library's.
#pragma once

#include "base/job.h"
#include "detente/world.h"
#include "equilibrium/solver_options.h"

namespace detente::library {

/// The same job for the engine.
Job job_of(const v1::Job& job);
/// Throws an input error for a tolerance outside [1e-14, 1e-3].
SolverOptions solver_of(const v1::SolveOptions& options);

}  // namespace detente::library
