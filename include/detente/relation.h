// The relation over time: does an agreement last when nobody enforces it?
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "detente/equilibrium.h"
#include "detente/export.h"
#include "detente/policy.h"
#include "detente/world.h"

namespace detente {
DETENTE_V1_BEGIN

/// A stage game between two sides, A (rows) and B (columns). Payoffs are a period's, row-major: of A's action i against
/// B's action j at i * (number of B's actions) + j.
struct Game {
    std::string player_a = "A", player_b = "B";
    std::vector<std::string> actions_a, actions_b;
    std::vector<double> payoff_a, payoff_b;
    std::string unit = {};
    /// How exactly payoffs are known, as a part of a side's range: what lies closer together is equal.
    double accuracy = 1e-12;
    std::vector<std::string> bystanders = {};                ///< third parties, names
    std::vector<std::vector<double>> bystander_payoff = {};  ///< by bystander, as `payoff_a`
};

/// A game from a file of payoffs (CSV: `a,b,u_a,u_b`; docs/relation.md). Throws an input error (file, line, column), a
/// file error where it cannot be read.
DETENTE_PUBLIC Game load_game(const std::string& path);

/// A policy with a name, as an action of a game.
struct NamedPolicy {
    std::string name;
    Policy policy;
};

/// The game between two regions: A's tariffs as under one policy, B's as under another, all else as in `others`; each
/// pair is a solved equilibrium. Payoffs are money a year against the base, in the economy's unit. Throws an input
/// error for policies or regions that cannot be, a solve error where a pair cannot be solved.
DETENTE_PUBLIC Game game_of_policies(const World& world, const std::string& player_a, const std::string& player_b,
                                     const std::vector<NamedPolicy>& policies, const Policy& others = {},
                                     int threads = 1, const Job& job = {});

/// What is asked about a game.
struct GameQuestion {
    double discount_a = 0.95, discount_b = 0.95;  ///< discount factors a period, in (0, 1)
    double fidelity_a = 1.0, fidelity_b = 1.0;    ///< chance a period that a side that means to keep its word does
    /// The agreement and the war, A's action and B's; empty: found.
    std::pair<std::string, std::string> cooperate = {}, war = {};
    std::optional<double> accuracy = {};  ///< of a channel that is asked about beside the game without one, 0.5 to 1
    Job job = {};
};

/// One side's part of a verdict.
struct SideVerdict {
    std::string game_class;                                         ///< "prisoners' dilemma", "chicken", ...
    double agreement = 0.0, breach = 0.0, war = 0.0, minmax = 0.0;  ///< payoffs a period
    std::optional<double> critical_discount;  ///< from which war for ever deters; none: at no patience
    double slack = 0.0;                       ///< a period, before it breaks its word (without lapses)
};

/// Whether the agreement lasts. Where payoffs are no dilemma (`dilemma` false), `reason` says why and the parts about
/// the agreement keep their defaults.
struct GameVerdict {
    bool dilemma = false;
    std::string reason;
    std::pair<std::string, std::string> cooperate, war;
    bool self_enforcing = false;      ///< with the lapses of the question
    std::string self_enforcing_by;    ///< "war", or "equilibria": punishments that are equilibria themselves
    bool war_is_equilibrium = false;  ///< of the stage game
    SideVerdict a, b;
    std::optional<double> fidelity_threshold;  ///< below which no war sustains it, the same on both sides
    double expected_peace_periods = 0.0;       ///< from one breach to the next; infinite without lapses
    double conflict_share = 0.0;               ///< of conflict in the game, 0 to 1 (Kalai and Kalai 2013)
    double coco_a = 0.0, coco_b = 0.0;         ///< the coco value: a fair split by strength
    std::string json;                          ///< everything, with the keys of `detente game --json`
};

/// The verdict on a bare game. Throws an input error where numbers are out of range, sizes do not fit, or given roles
/// are no dilemma.
DETENTE_PUBLIC GameVerdict verdict(const Game& game, const GameQuestion& question = {}, const Job& job = {});

DETENTE_V1_END
}  // namespace detente
