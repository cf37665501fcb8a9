// The decision to trust: the partner is a reciprocator with chance mu, else an opportunist; every period we cooperate
// or defect, see what was done, and learn. Dynamic programming on mu in [0, 1]; reassurance; the value of dialogue.
//
// Lapses follow the law of implementation.h: cooperation is what fails to be carried out, and the lapse is a breach.
// Whoever means to defect defects: an opportunist does not lapse into cooperation.
//
// Sources: Kydd (2005), Trust and Mistrust in International Relations; Bertsekas (2017) for dynamic programming on
// beliefs; docs/play.md "Beliefs".
#pragma once

#include <Eigen/Core>
#include <array>
#include <optional>
#include <vector>

#include "base/job.h"
#include "relation/automaton.h"

namespace detente {

/// A partner of one of two types, unknown to us, in a game that repeats.
struct TrustProblem {
    std::array<double, 4> payoff{3.0, 0.0, 5.0, 1.0};  ///< ours after CC, CD, DC, DD, our action first; money a period
    Automaton reciprocator, opportunist;               ///< the partner's play, its own action first
    double lapse_own = 0.0;                            ///< 1 - our fidelity: chance that cooperation is not carried out
    double lapse_partner = 0.0;                        ///< 1 - the partner's fidelity
    double discount = 0.95;
    double prior = 0.5;  ///< mu0: chance of a reciprocator at first, and after a change of government
    double drift = 0.0;  ///< chance a period that the partner's type is drawn anew from mu0
    /// Dialogue: after a breach (the partner defects where a reciprocator means to cooperate) a summit says whether it
    /// was a lapse or intended, and is right with this chance. 1/2: no dialogue.
    double accuracy = 0.5;
};

/// How finely beliefs are divided, and how far the values are iterated.
struct TrustOptions {
    int grid = 1001;           ///< beliefs; the value is linear between them (above the truth by O(1 / grid^2))
    double tolerance = 1e-10;  ///< error of the values on the grid, relative to the range of payoffs
    int max_sweeps = 200000;   ///< at a discount of 0.999 about 30,000 are needed
    Job job;                   ///< looked at in every sweep
};

/// The best policy and its value by belief in a reciprocator.
struct TrustSolution {
    Eigen::VectorXd belief;  ///< the grid
    std::vector<std::array<int, 2>>
        states;  ///< (state of the reciprocator, of the opportunist); the first is the start
    Eigen::MatrixXd cooperate, defect,
        value;                ///< (belief, states): averages per period, (1 - discount) x present value
    Eigen::VectorXd summits;  ///< by belief, at the start: discounted number of summits to come
    int sweeps = 0;

    /// Value, discounted number of summits, and whether we cooperate, at belief `mu` in [0, 1] and a state; linear
    /// between grid points.
    double value_at(double mu, int state = 0) const;
    double summits_at(double mu) const;
    bool cooperates(double mu, int state = 0) const;
    /// mu*: the lowest belief above which we cooperate at the start (linear between grid points); nothing where we
    /// defect even when certain. 0 where we always cooperate.
    std::optional<double> threshold() const;
    /// True where cooperation at the start is chosen above mu* and nowhere below.
    bool single_threshold() const;
};

/// Throws an input error for a chance outside [0, 1], a discount outside [0, 1) or a partner without play, and a solve
/// error where the sweeps run out.
TrustSolution solve_trust(const TrustProblem& problem, const TrustOptions& options = {});

/// What becomes of a partner of one type when we follow the solution.
struct LearningPath {
    double learnt = 0.0;  ///< chance that belief in its true type reaches the confidence first
    double broken = 0.0;  ///< chance that we break first: we defect on purpose where a reciprocator means to cooperate
    double undecided = 0.0;         ///< neither within the horizon
    double periods_to_learn = 0.0;  ///< mean, given that it is learnt
    double periods_to_break = 0.0;  ///< mean, given that we break
};
struct LearningReport {
    LearningPath reciprocator;  ///< `broken` is the chance of a needless break
    LearningPath opportunist;   ///< `learnt`: belief in a reciprocator fell to 1 - confidence before we broke
};
struct LearningOptions {
    double confidence = 0.95;
    int horizon = 2000;
    double resolution = 1e-7;  ///< log odds closer than this are one belief
};
/// Exact forward distribution of the belief from the prior, apart from `resolution` (1e-3 with drift, where beliefs do
/// not meet again) and histories below 1e-15, which count as undecided.
LearningReport learning(const TrustProblem& problem, const TrustSolution& solution,
                        const LearningOptions& options = {});

/// What dialogue is worth at the prior.
struct DialogueValue {
    double accuracy = 0.0, fidelity = 0.0, prior = 0.0;
    double value_without = 0.0, value_with = 0.0;  ///< money a period
    double gain = 0.0;                             ///< money a period
    double summits = 0.0;                          ///< discounted number of summits
    double gain_per_summit = 0.0;                  ///< present value of the gain over the discounted number of summits
};
DialogueValue dialogue_value(const TrustProblem& problem, const TrustOptions& options = {});
/// The same over accuracies, fidelities of the partner (1 - lapse) and priors: every combination, in this nesting.
std::vector<DialogueValue> dialogue_table(const TrustProblem& problem, const std::vector<double>& accuracies,
                                          const std::vector<double>& fidelities, const std::vector<double>& priors,
                                          const TrustOptions& options = {});

/// Kydd (2005): a security seeker (R > T, own payoffs CC, CD, DC, DD) cooperates iff the other is trustworthy with at
/// least (P - S) / ((R - T) + (P - S)). Nothing where R <= T or P < S: then the threshold does not exist.
std::optional<double> reassurance_threshold(const std::array<double, 4>& payoff);

/// Costs of a concession that separates the types, in money now: a reciprocator pays it to move from war to peace,
/// (R - P) / (1 - discount); an opportunist would pay at most T - P for being trusted once. Such a cost exists iff
/// `low` < `high`, that is iff the discount factor is above grim's (T - R) / (T - P).
struct SeparatingConcession {
    double low = 0.0;   ///< above this the opportunist does not follow
    double high = 0.0;  ///< up to this the reciprocator pays
    bool exists() const { return low < high; }
};
SeparatingConcession separating_concession(const std::array<double, 4>& payoff, double discount);

}  // namespace detente
