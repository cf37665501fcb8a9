// What a government wants.
#pragma once

#include <vector>

#include "equilibrium/model.h"
#include "equilibrium/scalar.h"

namespace detente {

/// A government's utility, 1 in the base: the change of national welfare; with political weights the change of the
/// weighted real income of its industries (Ossa 2014); less relative gains.
struct Objective {
    int region = 0;
    /// lambda by sector, mean 1; empty: national welfare. Sector s's nominal income is its value added (wages and
    /// profits) and its labour share of tariff revenue.
    std::vector<double> political_weight;
    /// rho: the weight on the rivals' money gains. 0: only own gains count; 1 and one rival: a zero-sum view.
    double relative_gains = 0.0;
    std::vector<int> rivals;
};

/// U - 1 is the gain over the base as a share of own income.
double utility(const World& world, const Equilibrium& equilibrium, const Objective& objective);

/// The utility as a scalar, with its partial derivatives (of U, not of ln U).
Scalar utility_scalar(const World& world, const Equilibrium& equilibrium, const Objective& objective);

/// The government's own part, without relative gains: national welfare or the weighted income of its industries.
double own_utility(const World& world, const Equilibrium& equilibrium, const Objective& objective);

}  // namespace detente
