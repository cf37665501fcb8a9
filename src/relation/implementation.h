// Words and actions: what is carried out when a policy is chosen. Both noise models of the relation layer are a table
// of probabilities from the chosen action to the realised one.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "relation/roles.h"

namespace detente {

/// Probabilities of realised actions (columns) given the chosen one (rows), independent between the sides.
struct Implementation {
    Eigen::MatrixXd a, b;
    const Eigen::MatrixXd& of(Side side) const { return side == Side::a ? a : b; }
};

/// What is chosen is what is done.
Implementation exact_implementation(const StageGame& game);
/// The lapse model: the chosen policy is carried out with probability `fidelity`, else the lapse action is. Negative
/// lapse actions stand for the best deviation from the agreement. Throws where a fidelity is outside [0, 1].
Implementation lapse_implementation(const StageGame& game, const Roles& roles, double fidelity_a, double fidelity_b,
                                    const ActionPair& lapse = {-1, -1});
/// The flip model: with probability `error` another action, each of the others as likely as any. Throws where an error
/// is outside [0, 1] or a side has a single action and an error above 0.
Implementation flip_implementation(const StageGame& game, double error_a, double error_b);
/// Throws an input error where a table has the wrong size, a negative entry or a row that does not sum to 1 (1e-12).
void check_implementation(const StageGame& game, const Implementation& implementation);

/// Expected payoffs of chosen pairs: bystanders too.
StageGame expected_game(const StageGame& game, const Implementation& implementation);
/// Probability of each realised pair (rows: A) when `chosen` is chosen.
Eigen::MatrixXd outcome_probability(const Implementation& implementation, const ActionPair& chosen);

}  // namespace detente
