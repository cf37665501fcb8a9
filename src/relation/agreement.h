// The best agreement among those that hold: Nash's bargain or the coco point inside the set of equilibrium payoffs, who
// is nearest to leaving it, and how much noise an agreement survives.
#pragma once

#include <optional>

#include "relation/convex_set.h"
#include "relation/fidelity.h"

namespace detente {

/// A point of the set of equilibrium payoffs; averaged payoffs in the game's unit.
struct BestAgreement {
    Eigen::Vector2d payoff{0.0, 0.0};
    Eigen::Vector2d slack{0.0, 0.0};  ///< u_i - worst equilibrium payoff: what a side has to lose, money a period
    Side binding = Side::a;           ///< the side with less to lose, relative to the width of the set on its axis
};

/// Nash (1950): max (u_a - d_a)(u_b - d_b) over the set, where `disagreement` is what each side has without an
/// agreement (the war). None where the set is empty or no point of it is at least as good for both.
std::optional<BestAgreement> nash_agreement(const ConvexSet& set, const Eigen::Vector2d& disagreement);
/// The point of the set nearest to the Kalai-Kalai value: fair in money, as far as it holds. None for an empty set.
std::optional<BestAgreement> coco_agreement(const ConvexSet& set, const Eigen::Vector2d& coco);

/// Largest chance of a lapse a period, the same on both sides, at which some war still sustains the agreement at every
/// smaller chance: 1 - phi at the lower end of the interval of fidelity that reaches 1. None where it does not even
/// hold without lapses.
std::optional<double> largest_noise(const StageGame& game, const Roles& roles, double discount_a, double discount_b);

/// The same for one side's agreement at the optimal punishments of the exact set: slack of playing `pair` for ever when
/// a breach is answered by the worst equilibrium `threat`: delta (u_i - threat_i) - (1-delta) h_i.
Eigen::Vector2d optimal_slack(const StageGame& game, const ActionPair& pair, const Eigen::Vector2d& threat,
                              double discount_a, double discount_b);

}  // namespace detente
