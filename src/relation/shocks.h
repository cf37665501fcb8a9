// Shocks: a Markov state (trade volume, business cycle, election) changes what is at stake, and the most cooperative
// self-enforcing policy changes with it: an escape clause.
//
// Source: Bagwell and Staiger (1990, American Economic Review 80); Rotemberg and Saloner (1986); Markov: Bagwell and
// Staiger (2003).
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <vector>

#include "relation/self_enforcement.h"

namespace detente {

/// Chances of the next state (columns) given this one (rows). Throws an input error where rows are not probabilities.
void check_chain(const Eigen::MatrixXd& chain, Eigen::Index states);
/// Long-run shares of the states from state 0 (Cesaro limit).
Eigen::VectorXd state_shares(const Eigen::MatrixXd& chain);
/// The same draw every period, whatever the last.
Eigen::MatrixXd independent_draws(const Eigen::VectorXd& probability);

// ---------------------------------------------------------------------------------------- a grid of actions

/// What is played in each state when the stakes vary; averaged payoffs a period.
struct EscapePolicy {
    std::vector<ActionPair> play;          ///< by state
    std::array<Eigen::VectorXd, 2> value;  ///< by state: averaged payoff
    std::array<Eigen::VectorXd, 2> slack;  ///< by state: what keeping the policy is worth over breaking it
    Eigen::VectorXd share;                 ///< long-run shares of the states
    std::vector<bool> escape;              ///< states in which less than that state's agreement is kept
    double escape_share = 0.0;             ///< long-run share of periods in those
    bool converged = false;
};

/// Each state has its own stage game (same actions), its own agreement and war. The policy is the one with the highest
/// joint payoff in each state that reversion to the states' wars for ever deters breaches of, found by lowering from
/// full cooperation what continuation is worth until every incentive holds: the largest fixed point where the sides are
/// alike, a self-enforcing policy always. Wars that are no stage equilibria are taken as given threats.
EscapePolicy escape_clause(const std::vector<StageGame>& games, const std::vector<Roles>& roles,
                           const Eigen::MatrixXd& chain, double discount_a, double discount_b);

/// The game with payoffs multiplied by `factors` in each state: the volume of what is at stake.
std::vector<StageGame> scaled_states(const StageGame& game, const std::vector<double>& factors);

// -------------------------------------------------------------------------------- a policy on a continuous scale

/// A policy from 0 (the agreement) to 1 (the war), the same for both sides: in state s at policy x, what a breach gains
/// in the period and what a period at x is worth over a period of war, for each side.
struct PolicyScale {
    std::function<double(Eigen::Index state, double policy, Side side)> gain, worth;
};
/// Lapses beside a policy: while both mean to keep it a breach is seen with chance `alarm` a period, where one side
/// breaks it on purpose with chance `detected`; what is seen is answered by war for ever with chance `answered`.
struct ScaleLapses {
    double alarm = 0.0;
    std::array<double, 2> detected = {1.0, 1.0};
    double answered = 1.0;
};
struct ScalePolicy {
    Eigen::VectorXd policy;                ///< by state: the most cooperative that is self-enforcing
    std::array<Eigen::VectorXd, 2> value;  ///< by state: averaged worth over war, wars after lapses included
    double answered = 1.0;                 ///< chance that a breach is answered
    double escape_share = 0.0;             ///< long-run share of periods in which it is above 0
    int iterations = 0;
    bool converged = false;
};
/// The lowest policy of each state at which gain <= delta (detected - alarm) answered E[W], where W, worth + delta (1 -
/// alarm answered) E[W], is what the relation is worth over war; without lapses delta/(1-delta) times expected averaged
/// worth. A largest fixed point from full cooperation; the lowest policy is searched on a grid and bisected, so `gain`
/// need not be monotone. `gain` and `worth` are expected ones, lapses included.
ScalePolicy most_cooperative_scale(const PolicyScale& scale, const Eigen::MatrixXd& chain, double discount_a,
                                   double discount_b, double tolerance = 1e-13, const ScaleLapses& lapses = {});

/// The same with the chance of an answer that is worth most to the two together over the long-run states: lapses are
/// answered too, so that the hardest answer, which allows the most cooperation, is not the best. Without lapses it is.
ScalePolicy best_scale(const PolicyScale& scale, const Eigen::MatrixXd& chain, double discount_a, double discount_b,
                       const ScaleLapses& lapses, double tolerance = 1e-12);

}  // namespace detente
