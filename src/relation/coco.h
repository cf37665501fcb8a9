// Common interest and conflict: the value of a zero-sum game, and the split of a game into team and advantage.
#pragma once

#include <Eigen/Core>

#include "base/job.h"
#include "relation/stage_game.h"

namespace detente {

/// What the row player of a zero-sum game is sure of in mixed actions, with the actions that secure it.
struct ZeroSumValue {
    double value = 0.0;
    Eigen::VectorXd row, column;  ///< probabilities of each side's actions
    double gap = 0.0;  ///< what `column` concedes at most less what `row` secures at least: 0 but for rounding
    int pivots = 0;
};

/// Value of the matrix game `payoff` (row player's payoffs) by one linear program (Dantzig 1951; base/simplex.h).
/// Throws an input error where the matrix is empty or not finite, a solve error where the certificate (`gap`) fails.
ZeroSumValue zero_sum_value(const Eigen::MatrixXd& payoff, const Job& job = {});

/// Kalai and Kalai (2013, QJE 128): the game is the sum of a team game (A+B)/2, in which interests are the same, and a
/// zero-sum game (A-B)/2, in which they are opposed. Amounts in the payoffs' unit.
struct CocoValue {
    double team = 0.0;        ///< highest joint payoff, max (A+B)
    double advantage = 0.0;   ///< value of (A-B)/2 to A: the transfer that its strength earns
    double a = 0.0, b = 0.0;  ///< coco values, team/2 +- advantage
};
CocoValue coco_value(const StageGame& game, const Job& job = {});

/// |A-B|/2 over sqrt((|A|^2 + |B|^2)/2), Frobenius norms of payoffs less each side's mean over all pairs: the length of
/// the zero-sum part over that of the whole game. 0: pure common interest; 1: zero-sum; 0 for constant payoffs.
double conflict_share(const StageGame& game);

}  // namespace detente
