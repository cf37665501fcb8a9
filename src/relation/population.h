// Populations of strategies: replicator dynamics, Moran processes, invasion and stability.
//
// Sources: Taylor and Jonker (1978); Weibull (1995); Nowak, Sasaki, Taylor and Fudenberg (2004, Nature 428) for Moran
// processes in games; Fudenberg and Imhof (2006, JET 131) for rare mutations; Maynard Smith (1982).
#pragma once

#include <Eigen/Core>
#include <vector>

#include "base/job.h"

namespace detente {

/// How far and how finely a path is followed.
struct ReplicatorOptions {
    double time = 1000.0;     ///< in units of payoff differences: shares move at the rate of payoff minus mean payoff
    double tolerance = 1e-9;  ///< error of one step; it sets the step
    double rest = 1e-8;       ///< speed below which the state counts as at rest (above the error of a step)
    int samples = 101;        ///< states of the path kept, evenly over the time
    Job job = {};             ///< looked at in every step
};

/// Shares of the strategies over time.
struct ReplicatorPath {
    std::vector<double> time;
    std::vector<Eigen::VectorXd> shares;  ///< each adds to 1
    bool at_rest = false;                 ///< the last state moves slower than `rest`
};

/// d x_i / dt = x_i ((U x)_i - x' U x) from `start`, by Dormand-Prince steps. `payoff(i, j)`: what i gets from j.
/// Throws an input error where the start is not a distribution over the rows, a payoff is not finite, or the time
/// times the range of the payoffs is above a million.
ReplicatorPath replicate(const Eigen::MatrixXd& payoff, const Eigen::VectorXd& start,
                         const ReplicatorOptions& options = {});

/// Bounds of a population.
constexpr int most_population = 100'000;

/// Chance that one mutant takes over a population of `size` (itself included) in the Moran process with fitness
/// 1 - w + w payoff (w: strength of selection, from 0 to 1): exact, by the product formula
/// 1 / (1 + sum_k prod_{j <= k} f_resident(j) / f_mutant(j)). Where a fitness is zero (w = 1 and a payoff of 0) it is
/// the limit of selection that becomes that strong. Throws an input error for a size out of its bounds and a negative
/// fitness.
double fixation_probability(const Eigen::Matrix2d& payoff_mutant_first, int size, double selection);

/// Chances of fixation of each row (one mutant) in a population of each column; the diagonal is 1 / size.
Eigen::MatrixXd fixation_probabilities(const Eigen::MatrixXd& payoff, int size, double selection, const Job& job = {});

/// Long-run share of each strategy where mutations are rare: the stationary law of the chain of takeovers.
Eigen::VectorXd rare_mutation_law(const Eigen::MatrixXd& fixation);
/// The same from payoffs, where chances of takeover may be smaller than any number or zero (the limit as above).
Eigen::VectorXd moran_law(const Eigen::MatrixXd& payoff, int size, double selection, const Job& job = {});

/// Does a mutant of the row spread in a population of the column?
enum class Invasion { repelled, neutral, invades };
/// Against each column: by U(i,j) against U(j,j), and at a tie by U(i,i) against U(j,i). Differences below `tolerance`
/// are ties.
Invasion invasion(const Eigen::MatrixXd& payoff, int mutant, int resident, double tolerance = 1e-9);

/// Strategies that no other named one invades.
struct Stability {
    std::vector<int> stable;                 ///< every rival is repelled
    std::vector<int> neutrally_stable;       ///< no rival invades, some are neutral
    std::vector<std::vector<int>> invaders;  ///< by resident
};
Stability stability(const Eigen::MatrixXd& payoff, double tolerance = 1e-9);

}  // namespace detente
