// What the actions of a stage game are to each other: best deviations, stage equilibria, the agreement and the war, and
// the kind of game that each side sees.
#pragma once

#include <string>
#include <vector>

#include "base/job.h"
#include "relation/stage_game.h"

namespace detente {

/// One action a side, by position.
struct ActionPair {
    int a = 0, b = 0;
    bool operator==(const ActionPair&) const = default;
};

/// The two sides of a relation.
enum class Side { a, b };
constexpr Side sides[] = {Side::a, Side::b};
inline Side rival(Side side) {
    return side == Side::a ? Side::b : Side::a;
}

/// Actions of `side`, its payoff at a pair, and its own action there.
int actions_of(const StageGame& game, Side side);
double payoff(const StageGame& game, Side side, const ActionPair& pair);
int own_action(const ActionPair& pair, Side side);
/// The pair in which `side` plays `action` and the rival what it plays in `pair`.
ActionPair deviate(const ActionPair& pair, Side side, int action);
const std::string& player(const StageGame& game, Side side);
/// "(free, tariff)": the names of both actions.
std::string name_of(const StageGame& game, const ActionPair& pair);

/// Payoffs of `side` that differ by no more than this are equal: the game's accuracy times the side's range of payoffs.
double payoff_tolerance(const StageGame& game, Side side);

/// The action with which `side` gains most against the rival's part of `pair` (the first of equals).
int best_deviation(const StageGame& game, Side side, const ActionPair& pair);
/// The best of the side's *other* actions against the rival's part of `pair`: how it breaks its word, on purpose or by
/// a lapse, whether or not that pays. Its own action in `pair` where it has no other.
int best_breach(const StageGame& game, Side side, const ActionPair& pair);
/// What the best deviation from `pair` gains in one period, in the payoffs' unit: h_i(a) >= 0, and 0 within the
/// tolerance of payoffs.
double deviation_gain(const StageGame& game, Side side, const ActionPair& pair);
/// Whether neither side gains by deviating from `pair`, within the tolerance of payoffs.
bool is_stage_equilibrium(const StageGame& game, const ActionPair& pair);
/// All pairs of that kind.
std::vector<ActionPair> stage_equilibria(const StageGame& game);
/// Lowest payoff that the rival can hold `side` to with one of its actions (pure minmax).
double pure_minmax(const StageGame& game, Side side);
/// Lowest payoff that the rival can hold `side` to in mixed actions, by one linear program (`zero_sum_value`): no
/// punishment whatever leaves it with less.
double mixed_minmax(const StageGame& game, Side side, const Job& job = {});

/// The agreement and the war that a question is about.
struct Roles {
    ActionPair cooperate, war;
};

/// The agreement: the highest joint payoff among the pairs that make both sides better off than the war; the war: the
/// stage equilibrium with the lowest joint payoff that such pairs exist for. Where no stage equilibrium has any (as in
/// chicken), the war is both sides' best deviations at once, and the agreement the highest joint payoff among the pairs
/// that are better for both than that. An agreement leaves each side at least its mixed minmax, and no stage
/// equilibrium is as good for both. Throws an input error where the payoffs are not a dilemma: no such pair. Pure
/// actions.
Roles detect_roles(const StageGame& game, const Job& job = {});
/// The same where one or both pairs are given (by position; -1: detect). Throws an input error where a given agreement
/// makes a side no better off than the war, with both payoffs.
Roles complete_roles(const StageGame& game, const ActionPair& cooperate, const ActionPair& war, const Place& place = {},
                     const Job& job = {});
/// Throws an input error where the agreement makes a side no better off than the war.
void require_dilemma(const StageGame& game, const Roles& roles, const Place& place = {});

/// The kind of game in the two actions of each side, as one side sees it. T: it alone breaks the agreement; R: both
/// keep it; P: war; S: the rival alone breaks it.
enum class GameClass {
    harmony,            ///< R > T, S > P, R > P: keeping the agreement is best whatever the rival does
    stag_hunt,          ///< R > T, P > S, R > P: keep it if the rival does
    chicken,            ///< T > R > S > P: war is the worst
    prisoners_dilemma,  ///< T > R > P > S: breaking it is best whatever the rival does, and both lose by it
    deadlock,           ///< T > P > R > S or T > P > S > R: war is better than the agreement
    other               ///< any other order, or payoffs that are equal
};
std::string to_string(GameClass kind);
GameClass game_class(const StageGame& game, const Roles& roles, Side side);

/// Relative gains. A side that counts the rival's payoff against its own, u_i - rho u_j, prefers the agreement to the
/// war iff rho < (R_i - P_i)/(R_j - P_j); infinite where the rival does not gain by the agreement. Grieco (1988),
/// Powell (1991).
double relative_gains_threshold(const StageGame& game, const Roles& roles, Side side);
/// The game in payoffs u_a - rho_a u_b and u_b - rho_b u_a: every question can be asked of it again.
StageGame with_relative_gains(const StageGame& game, double rho_a, double rho_b);

}  // namespace detente
