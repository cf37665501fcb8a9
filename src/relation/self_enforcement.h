// Self-enforcement without noise: an agreement lasts while keeping it is better for each side than breaking it.
//
// Source: Friedman (1971); Green and Porter (1984) for wars of T periods; Bagwell and Staiger (1990) for the most
// cooperative policy below the critical discount factor.
#pragma once

#include <array>
#include <limits>
#include <optional>
#include <vector>

#include "relation/roles.h"

namespace detente {

/// A war without end.
constexpr int forever = std::numeric_limits<int>::max();

/// delta = (1-h) exp(-r Delta): what a payoff one period on is worth now. `period_years` >= 0: the lag between an
/// action and the rival's answer; `rate` >= 0 a year; `exit_hazard` in [0, 1]: chance a period that the government
/// leaves office or drops the relation. Throws an input error outside these ranges.
double discount_factor(double period_years, double rate, double exit_hazard);

/// Throws an input error where a discount factor is outside [0, 1), or a probability outside [0, 1].
void require_discount(const char* name, double delta);
void require_probability(const char* name, double value);

/// delta + ... + delta^periods: the weight of a war's periods at the moment of the breach; `forever` allowed.
double war_weight(double delta, int periods);

/// What one side weighs when it thinks of breaking the agreement; payoffs a period.
struct Temptation {
    double agreement = 0.0;  ///< u_C
    double breach = 0.0;     ///< u_D, the best deviation against a rival that keeps its word
    double war = 0.0;        ///< u_N
    double minmax = 0.0;     ///< what no punishment can push it below, mixed actions included
    int deviation = 0;       ///< the action that yields `breach`; the agreement's own where none gains
    double gain() const { return breach - agreement; }
    double loss() const { return agreement - war; }
};
/// Payoffs within the game's tolerance of the agreement's are equal to it. Throws an input error where the roles are
/// not a dilemma.
Temptation temptation(const StageGame& game, const Roles& roles, Side side, const Job& job = {});

/// Lowest discount factor at which war for ever (payoff `punishment`) deters the breach: (u_D - u_C)/(u_D -
/// u_punished); 0 where there is nothing to gain, none where the punishment is no worse than the agreement. With
/// `t.minmax` it is a lower bound over all punishments.
std::optional<double> critical_discount(const Temptation& t, double punishment);
/// Lowest discount factor at which a war of `periods` deters the breach; none where it does not below 1.
std::optional<double> critical_discount_of_war(const Temptation& t, int periods);
/// Shortest war that deters the breach at delta: gain <= loss (delta + ... + delta^T). 0 where nothing is gained,
/// `forever` where only war without end does, none where not even that.
std::optional<int> shortest_war(const Temptation& t, double delta);

/// What keeps one side to the agreement; payoffs a period.
struct SideEnforcement {
    Temptation temptation;
    double discount = 0.0;
    std::optional<double> critical;         ///< with Nash reversion (war for ever)
    std::optional<double> critical_minmax;  ///< with the hardest conceivable punishment: no agreement below it
    std::optional<int> war_periods;         ///< shortest war
    double slack = 0.0;                     ///< u_C - ((1-delta) u_D + delta u_N): money a period before it breaks
};

/// The same for both sides.
struct SelfEnforcement {
    std::array<SideEnforcement, 2> side;
    bool holds = false;               ///< slack >= 0 on both sides
    Side binding = Side::a;           ///< the side nearest to breaking: least slack over its loss from war
    bool war_is_equilibrium = false;  ///< war needs no enforcement of its own; where false, the threat is only assumed
    const SideEnforcement& of(Side s) const { return side[static_cast<std::size_t>(s)]; }
};
/// Throws an input error where the roles are not a dilemma or a discount factor is outside [0, 1).
SelfEnforcement self_enforcement(const StageGame& game, const Roles& roles, double discount_a, double discount_b,
                                 const Job& job = {});

/// Lowest rho at which the agreement stops being self-enforcing by Nash reversion for `side` with payoffs u_i - rho u_j
/// (the best deviation is chosen anew for every rho); infinite where it holds for every rho, 0 where it does not even
/// hold at rho = 0.
double relative_gains_to_break(const StageGame& game, const Roles& roles, Side side, double discount);

/// A pair of actions that war for ever holds up, and the lowest common discount factor at which it does.
struct CooperationStep {
    double discount = 0.0;
    ActionPair pair;
    double payoff_a = 0.0, payoff_b = 0.0;
};
/// The most cooperative pair (highest joint payoff) that reversion to `war` holds up, as a curve in a common discount
/// factor: a step for each rise, the first at delta = 0. Pairs that leave a side worse off than `war` never hold.
std::vector<CooperationStep> most_cooperative_curve(const StageGame& game, const ActionPair& war);
/// The same at given discount factors of each side; none where nothing holds (a war that is no stage equilibrium).
std::optional<CooperationStep> most_cooperative(const StageGame& game, const ActionPair& war, double discount_a,
                                                double discount_b);

}  // namespace detente
