// All equilibrium payoffs of the repeated game with perfect monitoring: pure actions, public randomisation, one
// discount factor.
//
// Source: Abreu and Sannikov (2014, Theoretical Economics 9).
#pragma once

#include "base/job.h"
#include "relation/convex_set.h"
#include "relation/stage_game.h"

namespace detente {

/// How the iteration ended.
enum class SetStatus {
    converged,  ///< the vertices and the threats stopped moving
    empty,      ///< no equilibrium in pure actions at this discount factor: a right answer
    limit       ///< the iteration limit came first: the set is an outer bound
};
/// "converged", "empty", "limit".
const char* to_string(SetStatus status);

/// How far the iteration goes.
struct PayoffSetOptions {
    double tolerance = 1e-12;     ///< movement of the set, and slack of a constraint, on payoffs scaled to [0, 1]
    int max_iterations = 200000;  ///< rarely more than a few dozen; discount factors very near 1 can take more
    Job job;                      ///< looked at in every iteration
};

/// Averaged discounted payoffs (u_a, u_b) that some subgame-perfect equilibrium reaches, in the payoffs' unit.
struct PayoffSet {
    ConvexSet set;
    double area = 0.0;
    Eigen::Vector2d threat{0.0, 0.0};  ///< worst equilibrium payoff of each side
    SetStatus status = SetStatus::converged;
    int iterations = 0;
    /// Distance between this set and the exact one, on payoffs scaled to [0, 1]: the last movement over 1-delta, or
    /// that to a certain outer bound where a slow iteration (over a thousand steps) was shortened.
    double gap = 0.0;
};

/// The set by the algorithm of Abreu and Sannikov, started at pure minmax. Throws an input error where the game is not
/// well formed or `discount` is outside (0, 1).
PayoffSet equilibrium_payoffs(const StageGame& game, double discount, const PayoffSetOptions& options = {});

/// The payoffs that any play of the stage game with public randomisation reaches.
ConvexSet feasible_payoffs(const StageGame& game);

}  // namespace detente
