// The certificate that every result carries.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace detente {

/// Evidence that a result solves its equations. Residuals are relative to the size of their own equation and
/// are computed apart from the solver, by the equations as printed, from the published hats alone.
struct Certificate {
    bool converged = false;
    double residual = 0.0;                               ///< the largest of `blocks`
    std::vector<std::pair<std::string, double>> blocks;  ///< largest relative residual by block of equations
    double walras = 0.0;                                 ///< residual of the wage condition that the others imply
    std::string dropped;                                 ///< the region of that condition
    int passes = 0;                                      ///< evaluations of the system, all path steps together:
                                                         ///< each reads the trade tensor once
    int path_steps = 0;                                  ///< 1 where the shock was taken in one step
    double seconds = 0.0;                                ///< solving, certificate included
    std::string closure, numeraire;
};

}  // namespace detente
