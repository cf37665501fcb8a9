// Everyone against everyone: payoffs, cooperation and a ranking, exact or simulated.
//
// Source: Axelrod (1984); Wu and Axelrod (1995) for noise.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <string>
#include <vector>

#include "base/job.h"
#include "relation/play.h"
#include "relation/stage_game.h"
#include "relation/strategies.h"

namespace detente {

/// The 2 x 2 game inside a stage game as the row player A and the column player B see it.
/// Throws an input error where an action is not there.
struct DilemmaGame {
    DilemmaPayoffs a, b;
    std::string cooperate = "C", defect = "D", unit;
};
/// `cooperate` and `defect` name the two actions for both sides; left empty, the game must be 2 x 2 and its first
/// action is cooperation. Payoffs above 1e100 either way are refused, and differences below 1e-100 other than none.
DilemmaGame dilemma_of(const StageGame& game, const std::string& cooperate = "", const std::string& defect = "");

/// One strategy, built for each of the two seats (they differ where the strategy depends on unequal payoffs).
struct Entrant {
    std::string name;
    Automaton as_a, as_b;
};

/// Entrants by name; names that these payoffs do not admit are left out and put into `left_out`. `count`: how far those
/// count that count without end (strategies.h).
std::vector<Entrant> named_entrants(const std::vector<std::string>& names, const DilemmaGame& game,
                                    std::vector<std::string>& left_out, const Place& place = {},
                                    int count = exact_count);

/// Bounds of simulated matches.
constexpr std::int64_t most_turns = 1'000'000'000;
constexpr int most_repetitions = 100'000;

/// How matches are evaluated.
struct TournamentOptions {
    Noise noise;
    Horizon horizon;            ///< of the exact evaluation
    bool simulate = false;      ///< play matches instead of solving their chains
    std::int64_t turns = 1000;  ///< a simulated match
    int repetitions = 10;       ///< simulated matches of each pair; the errors are their spread
    std::uint64_t seed = 1;
    int threads = 0;  ///< 0: as many as the machine has; the result is the same for any number
    Job job;          ///< looked at in every match
};

/// Matrices have the row's strategy in seat A and the column's in seat B.
struct TournamentResult {
    std::vector<std::string> names;
    Eigen::MatrixXd payoff_a, payoff_b;            ///< of seat A, and of seat B
    Eigen::MatrixXd cooperation_a, cooperation_b;  ///< share of periods
    Eigen::MatrixXd error_a, error_b;              ///< standard errors of the payoffs; zero where exact
    /// Mean over both seats: what the row's strategy gets from the column's. Symmetric roles, so that one population
    /// can be studied (population.h).
    Eigen::MatrixXd payoff, cooperation;
    Eigen::VectorXd mean;      ///< row means of `payoff`, itself included
    std::vector<int> ranking;  ///< best first; ties in the order of entry
};

/// Throws an input error for fewer than one entrant and, where simulated, for turns and repetitions (two at least) out
/// of their bounds.
TournamentResult round_robin(const std::vector<Entrant>& entrants, const DilemmaGame& game,
                             const TournamentOptions& options);

/// `payoff` of a result on the scale of the game: 0 is the mean over the seats of the worst payoff that the game has, 1
/// that of the best. It depends on the game alone, not on who takes part; rounding at the ends is taken off. Zero where
/// the game pays the same everywhere.
Eigen::MatrixXd scaled_payoffs(const TournamentResult& result, const DilemmaGame& game);

}  // namespace detente
