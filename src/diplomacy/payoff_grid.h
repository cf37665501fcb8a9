// Games between two governments on the world economy: what each can do, and what every pair of policies is worth.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "equilibrium/model.h"
#include "relation/stage_game.h"

namespace detente {

/// What a government can do: named, each with everything in force under it.
struct Policies {
    std::vector<std::string> names;
    std::vector<Shock> shocks;
    /// One more, at the end.
    void add(std::string name, Shock shock) { names.push_back(std::move(name)), shocks.push_back(std::move(shock)); }
};

/// Part of the way from one policy to another: ln(1 + rate) of every line, and money that changes hands, move evenly.
/// Beyond 0 and 1 the way goes on.
Shock policy_on_the_way(const World& world, const Shock& from, const Shock& to, double part);

/// The same with `steps` points between each policy and the next: ln(1 + rate) of every line, and money that changes
/// hands, move evenly.
Policies with_points_between(const World& world, const Policies& policies, int steps);

/// Everything in force where A follows one policy and B another: their own tariffs as there, everyone else's, all trade
/// costs, deficits and their closure as in `others`; payments of a deal only where both follow the same (`together`).
/// `players`: positions of A and B.
Shock policy_pair(const World& world, const std::vector<int>& players, const Shock& of_a, const Shock& of_b,
                  const Shock& others, bool together);

/// Payoffs of every pair of policies, each a solved equilibrium: player A's tariffs as under one policy, B's as under
/// another, all else as in `others`; payments of a policy are made where both follow it. Money a year against the base,
/// in the unit of `world`; all other regions are bystanders. Throws a solve error where a pair has no equilibrium.
StageGame payoff_grid(const World& world, const std::vector<int>& players, const Policies& policies,
                      const Shock& others, int threads, const SolverOptions& solver = {});

}  // namespace detente
