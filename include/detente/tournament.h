// Strategies at play: everyone against everyone on a game of two actions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "detente/export.h"
#include "detente/job.h"
#include "detente/relation.h"
#include "detente/table.h"

namespace detente {
DETENTE_V1_BEGIN

/// A strategy known by name.
struct StrategyInfo {
    std::string name, source, note;
};

/// Every strategy known by name, in the order of the catalogue.
DETENTE_PUBLIC std::vector<StrategyInfo> strategies();

/// How matches are played.
struct TournamentOptions {
    std::vector<std::string> strategies = {};       ///< names, and .toml files of automata; empty: all that are known
    std::string cooperate = {}, defect = {};        ///< the two actions; empty: the first and the second of two
    double noise_a = 0.05, noise_b = 0.05;          ///< chance that the other action than the intended is carried out
    double misreading_a = 0.0, misreading_b = 0.0;  ///< chance that the other side's action is seen wrongly
    std::optional<double> discount = {};            ///< exact discounted payoffs; none: the long run
    bool simulate = false;                          ///< play matches in place of solving their chains
    std::int64_t turns = 1000;                      ///< of a simulated match
    int repetitions = 10;                           ///< simulated matches of a pair
    std::uint64_t seed = 1;
    int threads = 0;         ///< 0: as many as the machine has; the result does not depend on it
    int population = 50;     ///< of the Moran process
    double selection = 0.5;  ///< its strength, on payoffs scaled to 0..1 from the game's worst to its best
    Job job = {};
};

/// What came out; tables have the row's strategy in seat A and the column's in seat B.
struct Tournament {
    std::vector<std::string> strategies;
    Table payoff;              ///< strategy, rival: mean over both seats of what the strategy gets, points
    Table cooperation;         ///< strategy, rival: share of periods
    Table payoff_a, payoff_b;  ///< of seat A, and of seat B
    Table error_a, error_b;    ///< standard errors of these; empty where exact
    Table mean_payoff;         ///< strategy: over all entrants, itself included
    Table replicator;          ///< strategy: shares from equal shares
    bool replicator_at_rest = false;
    Table moran;                                        ///< strategy: long-run shares with rare mutations
    std::vector<std::string> ranking;                   ///< best first
    std::vector<std::string> stable, neutrally_stable;  ///< no rival invades; some are neutral
    std::vector<std::string> left_out;                  ///< that the payoffs do not admit
    std::string method;                                 ///< "exact, long run", ...
};

/// Axelrod's dilemma: 3, 0, 5, 1.
DETENTE_PUBLIC Game axelrod();
/// Plays a tournament. Throws an input error for unknown strategies (nearest name), one that takes part twice, and
/// numbers out of range.
DETENTE_PUBLIC Tournament tournament(const Game& game = axelrod(), const TournamentOptions& options = {});

DETENTE_V1_END
}  // namespace detente
