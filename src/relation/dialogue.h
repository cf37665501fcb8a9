// Dialogue between the two: a channel that tells lapses from intent, so that lapses need not be answered by war. What
// it is worth to each side, from which accuracy it pays, and where the agreement holds with it.
//
// Sources: the noisy agreement of fidelity.h with a public signal of intent (Kandori and Matsushima 1998, Econometrica
// 66; Compte 1998, Econometrica 66: communication in repeated games with imperfect monitoring); docs/relation.md.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "base/job.h"
#include "relation/fidelity.h"

namespace detente {

/// The agreement with a channel beside the one without; averaged payoffs a period in the game's unit.
struct DialogueReport {
    double accuracy = 0.0;
    ForgivenessWindow without, with;  ///< wars that deter, without the channel and with it
    std::array<double, 2> value{};    ///< V_C with the channel; the war's payoff where no war deters
    std::array<double, 2> worth{};    ///< V_C with less V_C without; the war's payoff where no war deters
    std::array<double, 2> coin{};  ///< `worth` at accuracy 1/2: what answering every other breach would give by itself
    double summits = 0.0;          ///< breaches a period while both mean to keep the agreement: what is talked about
    /// Lowest accuracy from which on the agreement with the channel holds and is worth more to the side than without
    /// one; none where not even certainty is.
    std::array<std::optional<double>, 2> pays_from;
    FidelityThreshold threshold;  ///< phi* with the channel, the same fidelity on both sides
};

/// Throws an input error for an accuracy outside [1/2, 1] or roles that are no dilemma once lapses are counted.
DialogueReport dialogue(const StageGame& game, const Roles& roles, double fidelity_a, double fidelity_b,
                        double discount_a, double discount_b, double accuracy, const Job& job = {});

/// Shortest wars that deter both sides, over fidelities (rows, the same for both sides) and accuracies (columns): 0
/// where nothing is gained by a breach, `forever`, or -1 where no war sustains the agreement.
struct DialogueMap {
    std::vector<double> fidelity, accuracy;
    Eigen::MatrixXi war;
};
DialogueMap dialogue_map(const StageGame& game, const Roles& roles, const std::vector<double>& fidelity,
                         const std::vector<double>& accuracy, double discount_a, double discount_b,
                         const Job& job = {});

/// One history of an agreement that both mean to keep: by period, whether there is war, and who lapsed in peace (0:
/// nobody, 1: A, 2: B, 3: both).
struct PeaceHistory {
    std::vector<int> war, lapse;
    std::uint64_t seed = 1;
};
/// Lapses and what the channel says of them are drawn alike whatever the channel and the length of war, so that two
/// histories of one seed differ by these alone.
PeaceHistory peace_history(const Implementation& implementation, const ActionPair& agreement, const Channel& channel,
                           int war_periods, int periods, std::uint64_t seed = 1);

}  // namespace detente
