#include "library/solver.h"

namespace detente::library {

Calibration calibrated(const Economy& economy, ModelOptions model, const v1::SolveOptions& options) {
    model.tolerance = options.tolerance;
    model.independent_certificate = options.independent_certificate;
    return calibrate(economy, model);
}

Equilibrium solved(const World& world, const Shock& shock, const v1::SolveOptions&, const Equilibrium* start) {
    return solve(world, shock, start);
}

Gradient differentiated(const World& world, const Shock& shock, const Equilibrium& equilibrium, const Scalar& scalar,
                        const v1::SolveOptions&) {
    return gradient(world, shock, equilibrium, scalar);
}

}  // namespace detente::library
