// What the other side is, learnt from what it does: Bayes' rule over types that are automata.
//
// Sources: Harsanyi (1967); docs/play.md "Beliefs": each type steps on realised public actions. With s the type's
// chance of intending to cooperate and e the chance that an intention fails, it is seen to cooperate with chance
// (1 - e) s + e (1 - s) under errors, and with (1 - e) s under lapses (implementation.h).
#pragma once

#include <Eigen/Core>
#include <vector>

#include "relation/automaton.h"

namespace detente {

/// What becomes of an intention that is not carried out: an error does the other action, either way, as in tournaments;
/// a lapse is a breach, so that only cooperation can fail.
enum class Failure { error, lapse };

/// What the partner may be: T types and L chances of a lapse.
struct BeliefModel {
    std::vector<Automaton> types;        ///< their play, their own action first
    Eigen::VectorXd prior;               ///< by type, positive entries adding to 1
    Eigen::VectorXd lapse{{0.05}};       ///< possible chances of a lapse of the partner; one entry: known
    Eigen::VectorXd lapse_prior{{1.0}};  ///< their chances
    Failure failure = Failure::error;
    double drift = 0.0;  ///< chance a period that the type is drawn anew from the prior (a new government)
};

/// Sets `lapse` to `points` values of equal chance under Beta(a, b): the mid-quantiles.
void set_beta_lapse(BeliefModel& model, double a, double b, int points);

/// Joint posterior of type and lapse rate in logs, and the state that each type would be in now.
struct Belief {
    Eigen::MatrixXd log_weight;  ///< (type, lapse rate); log-sum-exp 0
    std::vector<int> state;
};

/// Throws an input error where sizes do not fit or something is not a distribution.
Belief initial_belief(const BeliefModel& model);

/// One period with both realised actions. Throws an input error where no type could have done what was seen.
void observe(const BeliefModel& model, Belief& belief, bool we_cooperated, bool partner_cooperated);

/// Marginal chances.
Eigen::VectorXd type_posterior(const Belief& belief);
Eigen::VectorXd lapse_posterior(const Belief& belief);
/// Posterior mean of the partner's lapse rate.
double expected_lapse(const BeliefModel& model, const Belief& belief);
/// Chance that the partner is seen to cooperate in the next period.
double chance_of_cooperation(const BeliefModel& model, const Belief& belief);

}  // namespace detente
