// Words and actions: what is carried out when a policy is chosen. Both noise models of the relation layer are a table
// of probabilities from the chosen action to the realised one, the same whatever the moment.
//
// The law of lapses: what can fail is a promise. A government that means to keep the agreement does its part of it with
// probability phi, else its lapse action, without its leadership wanting it. The lapse action is a breach: by default
// the best of the side's other actions against a rival that keeps the agreement, tempted or not. Every other action, be
// it a breach, a war or the answer to a breach, is carried out to the letter. This holds wherever the agreement's
// action is chosen: in peace, while the other side answers a breach, in a war that asks of a side what the agreement
// asks, and in every equilibrium of the game with lapses.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "relation/roles.h"

namespace detente {

/// Probabilities of realised actions (columns) given the chosen one (rows), independent between the sides.
struct Implementation {
    Eigen::MatrixXd a, b;
    /// The table of one side.
    const Eigen::MatrixXd& of(Side side) const { return side == Side::a ? a : b; }
};

/// What is chosen is what is done.
Implementation exact_implementation(const StageGame& game);
/// The lapse action of each side, where `lapse` names none (-1): its best breach of the agreement. A side with a single
/// action has nothing to lapse to. Throws where a lapse action is not one of the side's actions.
ActionPair lapse_actions(const StageGame& game, const ActionPair& agreement, const ActionPair& lapse = {-1, -1});
/// The lapse model: the agreement's action is carried out with probability `fidelity` where it is chosen, else the
/// lapse action is; other actions always are. Throws where a fidelity is outside [0, 1].
Implementation lapse_implementation(const StageGame& game, const Roles& roles, double fidelity_a, double fidelity_b,
                                    const ActionPair& lapse = {-1, -1});
/// The flip model: with probability `error` another action, each of the others as likely as any. Throws where an error
/// is outside [0, 1] or a side has a single action and an error above 0.
Implementation flip_implementation(const StageGame& game, double error_a, double error_b);
/// Throws an input error where a table has the wrong size, a negative entry or a row that does not sum to 1 (1e-12).
void check_implementation(const StageGame& game, const Implementation& implementation);

/// Expected payoffs of chosen pairs: bystanders too.
StageGame expected_game(const StageGame& game, const Implementation& implementation);
/// Expected payoffs of `side` by what it chooses, where the rival chooses its part of `pair`.
Eigen::VectorXd expected_replies(const StageGame& game, const Implementation& implementation, Side side,
                                 const ActionPair& pair);
/// Whether neither side gains in expected payoffs by choosing otherwise, within the tolerance of payoffs.
bool is_stage_equilibrium(const StageGame& game, const Implementation& implementation, const ActionPair& pair);
/// Chance a period that something else than the agreement is seen to be done while both mean to keep it.
double breach_chance(const Implementation& implementation, const ActionPair& agreement);
/// Probability of each realised pair (rows: A) when `chosen` is chosen.
Eigen::MatrixXd outcome_probability(const Implementation& implementation, const ActionPair& chosen);

}  // namespace detente
