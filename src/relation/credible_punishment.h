// Punishments that are equilibria themselves. A threat that nobody would carry out holds nothing up: where the war that
// should follow a breach is no stage equilibrium, the question is whether any answer that everyone would carry out
// keeps both sides at the agreement.
//
// Source: Abreu (1988, Econometrica 56) for perfect monitoring; Abreu, Pearce and Stacchetti (1990) with lapses.
#pragma once

#include <optional>

#include "relation/convex_set.h"
#include "relation/implementation.h"

namespace detente {

/// Whether the agreement can be played for as long as no breach is seen, where what follows a breach is a payoff of
/// `equilibria`, a set of equilibrium payoffs (of the same game, lapses included) that may differ by what was seen to
/// be done. With `equilibria` exact or from inside, true is certain; with a set from outside, false is. Returns what
/// the agreement is then worth to each side, averaged payoffs with the milder of the sufficient answers; none where it
/// is not held up. Actions seen without lapses: a breach is answered by the worst equilibrium for whoever broke it, so
/// that delta (u_i - worst_i) >= (1-delta) h_i decides; else a linear program over what follows each realised pair.
/// Discount factors in (0, 1).
std::optional<Eigen::Vector2d> held_up_by_equilibria(const StageGame& game, const ActionPair& agreement,
                                                     const Implementation& implementation, const ConvexSet& equilibria,
                                                     double discount_a, double discount_b);

}  // namespace detente
