// Equilibrium payoffs between an inner and an outer polygon: for noisy public monitoring (realised actions under
// implementation noise) and for sides that discount differently, where the exact algorithm does not apply.
//
// Source: Abreu, Pearce and Stacchetti (1990, Econometrica 58); Judd, Yeltekin and Conklin (2003, Econometrica 71);
// Lehrer and Pauzner (1999, Econometrica 67) for unequal discounting.
#pragma once

#include "relation/implementation.h"
#include "relation/payoff_set.h"

namespace detente {

/// How finely the bounds are drawn.
struct BoundsOptions {
    int directions = 64;      ///< of the outer polygon, evenly spaced (the axes among them); more narrow the gap
    double tolerance = 1e-7;  ///< movement of a sweep, on payoffs scaled to [0, 1], at which the outer polygon stands
    int max_sweeps = 5000;    ///< the outer polygon is valid after any number of sweeps
    Job job;                  ///< looked at in every sweep, for every pair of actions
};

/// Every equilibrium payoff lies in `outer` (to 1e-9 of the range of payoffs); every point of `inner` is one: it
/// generates itself, to rounding. Perfect public equilibria in pure actions with public randomisation; averaged payoffs
/// in the game's unit.
struct PayoffBounds {
    ConvexSet outer, inner;
    double outer_area = 0.0, inner_area = 0.0;
    double gap = 0.0;  ///< largest distance from a point of `outer` to `inner` on payoffs scaled to [0, 1]; infinite
                       ///< where no inner polygon was found
    SetStatus status = SetStatus::converged;
    int sweeps = 0;
};

/// Realised actions are public, chosen ones are not. Discount factors in (0, 1), which may differ.
PayoffBounds noisy_payoff_bounds(const StageGame& game, const Implementation& implementation, double discount_a,
                                 double discount_b, const BoundsOptions& options = {});
/// Chosen actions are public; discount factors may differ.
PayoffBounds perfect_payoff_bounds(const StageGame& game, double discount_a, double discount_b,
                                   const BoundsOptions& options = {});

}  // namespace detente
