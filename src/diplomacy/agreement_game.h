// The stage game of an agreement: to keep it, to answer it as serves oneself best, or to fight.
#pragma once

#include <string>
#include <vector>

#include "diplomacy/payoff_grid.h"
#include "relation/roles.h"
#include "strategy/nash.h"

namespace detente {

/// The name of the action that the game adds: each side's best answer to the other's keeping the agreement.
constexpr const char* best_answer_name = "best answer";

/// The first actions of the game; what else each side can do comes after them.
constexpr int agreement_action = 0, best_answer_action = 1, war_action = 2;
constexpr ActionPair keep_both{agreement_action, agreement_action}, war_both{war_action, war_action};

/// What two governments agreed, what happens otherwise, and what else they can do.
struct Agreement {
    std::vector<Player> players;  ///< A and B, with the instruments of a breach
    std::string cooperate, war;   ///< names of the actions
    Shock kept, fought;           ///< everything in force under each
    Policies between;             ///< what each side can do besides: on the way from one to the other
    int steps = 0;                ///< policies between each of these and the next
    Shock others;                 ///< what everyone else does
    std::vector<int> regions() const { return {players[0].objective.region, players[1].objective.region}; }
};

/// Each side's best tariffs against a partner that keeps to `agreement.kept`; all else as there, without the payments
/// of the deal: whoever breaks it is not paid for keeping it. `near` as in `agreement_game`.
Shock best_answers(const World& world, const Agreement& agreement, int threads, const SolverOptions& solver = {},
                   const Shock* near = nullptr);

/// Payoffs of the agreement, each side's best answer to the other's keeping it (solved for), the war, and the policies
/// between: money a year against the base. Throws a solve error where a best answer or a pair has no equilibrium.
/// `near`: best answers in a world near this one, from which the search begins; `found`: takes those found here.
StageGame agreement_game(const World& world, const Agreement& agreement, int threads, const SolverOptions& solver = {},
                         const Shock* near = nullptr, Shock* found = nullptr);

}  // namespace detente
