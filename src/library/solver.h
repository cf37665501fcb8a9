// The engine's verbs with the public library's options.
#pragma once

#include "detente/world.h"
#include "equilibrium/adjoint.h"
#include "equilibrium/model.h"

namespace detente::library {

Calibration calibrated(const Economy& economy, ModelOptions model, const v1::SolveOptions& options);
Equilibrium solved(const World& world, const Shock& shock, const v1::SolveOptions& options, const Equilibrium* start);
Gradient differentiated(const World& world, const Shock& shock, const Equilibrium& equilibrium, const Scalar& scalar,
                        const v1::SolveOptions& options);

}  // namespace detente::library
