// Shared challenges: Barrett's five types of public good with N contributors, in closed form.
//
// Sources: Barrett (2007), Why Cooperate?; Hirshleifer (1983) for weakest link and best shot; Barrett (1994, Oxford
// Economic Papers 46) and d'Aspremont and others (1983) for stable coalitions.
#pragma once

#include <string>
#include <vector>

namespace detente {

/// How efforts of several make a common good (Barrett 2007): what contributor i has from efforts q, its costs aside.
enum class ChallengeKind {
    aggregate_effort,    ///< benefit b_i sum_j q_j (climate)
    weakest_link,        ///< benefit b_i min_j q_j (eradication of a disease)
    single_best_effort,  ///< benefit b_i max_j q_j (a vaccine, an asteroid)
    mutual_restraint,    ///< own gain b_i q_i, harm d sum_{j != i} q_j to each other side (tests, races)
    coordination,        ///< a standard: adopting pays b_i times the share of the others that adopt, and costs c_i
};
/// The kinds as studies write them, in the order of the enumeration.
const std::vector<std::string>& challenge_names();

/// `benefit` and `cost` by contributor, positive, in money a period. Effort q >= 0 costs c_i q^2 / 2; in coordination
/// q is 0 or 1 and costs c_i.
struct Challenge {
    std::string name;
    ChallengeKind kind = ChallengeKind::aggregate_effort;
    std::vector<double> benefit, cost;
    double harm = 0.0;  ///< d of mutual restraint
};

/// Effort and payoff by contributor.
struct ChallengeOutcome {
    std::vector<double> effort, payoff;
    /// Sum of the payoffs, money a period.
    double total() const;
};

/// What the contributors do alone, together and in coalitions; money a period.
struct ChallengeReport {
    ChallengeOutcome nash;        ///< each for itself; where there are several equilibria, the best for all together
    ChallengeOutcome worst_nash;  ///< and the worst
    ChallengeOutcome joint;       ///< the sum of payoffs is largest
    bool several_equilibria = false;
    std::vector<double> temptation;  ///< best deviation from the joint optimum, over keeping to it
    std::vector<double> gain;        ///< joint optimum over the (worst) Nash equilibrium
    /// Contributors of the largest stable coalition (nobody gains by leaving, nobody by joining), 0 where it is not
    /// defined (only for aggregate effort of equal contributors).
    int stable_coalition = 0;
    /// Coordination: adopters needed before adoption pays for one more (of equal contributors, else of the most
    /// reluctant).
    int tipping_point = 0;
};

/// Throws an input error for fewer than two contributors, sizes that differ or entries that are not positive.
ChallengeReport solve_challenge(const Challenge& challenge);

/// Aggregate effort where `members` (positions, each counted once) choose theirs as one and the rest each for itself.
/// Benefits are linear, so what one side does changes no other's best answer. Throws an input error for other kinds.
ChallengeOutcome effort_with_coalition(const Challenge& challenge, const std::vector<std::size_t>& members);

/// Payoff of every contributor at given efforts.
std::vector<double> challenge_payoffs(const Challenge& challenge, const std::vector<double>& effort);

}  // namespace detente
