// Agreements with compensation in money: equilibria in which the sides may also pay each other, perfect monitoring, one
// discount factor. The whole set is one number for the joint surplus and one for each side's punishment.
//
// Source: Goldluecke and Kranz (2012, Journal of Economic Theory 147); Levin (2003) for stationary contracts.
#pragma once

#include <vector>

#include "relation/roles.h"

namespace detente {

/// What holds from a discount factor on, up to the next stage. Payoffs are averages a period.
struct TransferStage {
    double discount = 0.0;                          ///< lowest discount factor at which this stage is reached
    double joint = 0.0;                             ///< U: highest joint payoff
    double punishment_a = 0.0, punishment_b = 0.0;  ///< v_i: what a side that breaks its word is left with
    ActionPair agreement, punish_a, punish_b;       ///< the pairs played in equilibrium and while a side is punished
};

/// The payoffs {u : u_i >= v_i, u_a + u_b <= U} at every discount factor: stages in rising order of `discount`, the
/// first at 0 where the stage game has an equilibrium. Empty below the first stage. Pure actions.
///
/// A pair a can be played iff sum_i c_i(a) - G(a) <= delta/(1-delta) (U - v_a - v_b), where c_i is the best reply's
/// payoff and G the joint payoff: what both together could gain by breaking, against what breaking loses. U is the best
/// G of such pairs and v_i their least c_i.
std::vector<TransferStage> transfer_stages(const StageGame& game);

/// The stage in force at `discount`; null where none is.
const TransferStage* stage_at(const std::vector<TransferStage>& stages, double discount);

/// Lowest discount factor from which on `pair` can be played; 1 where never below 1.
double critical_discount_with_transfers(const StageGame& game, const ActionPair& pair);

}  // namespace detente
