// Linked issues: agreements on several issues that stand or fall together.
//
// Sources: Spagnolo (1999); Bernheim and Whinston (1990) for pooled incentive constraints.
#pragma once

#include <string>
#include <vector>

#include "relation/challenges.h"
#include "relation/stage_game.h"

namespace detente {

/// One issue: by side, what a breach brings once, and what peace is worth over the breakdown in every later period.
struct Issue {
    std::string name;
    std::vector<double> temptation, gain;  ///< by side, money a period; a gain may be negative
};

/// Temptation u_i(best answer to the agreement) - u_i(agreement), gain u_i(agreement) - u_i(war), from a stage game
/// with the action pairs named by position. Throws an input error where a position is not there.
Issue issue_of(const std::string& name, const StageGame& game, std::pair<int, int> agreement, std::pair<int, int> war);
/// What contributors outside the relation do in a challenge that is linked: what serves each alone, whatever the two do
/// (`alone`), or with the two what serves all best, and what serves each alone once it is broken (`together`).
enum class Outsiders { alone, together };
/// `alone` where benefits are linear in efforts, so that it changes nothing between the two; elsewhere what one does
/// there moves what the others' efforts are worth, and `together` is taken.
Outsiders outsiders_of(const Challenge& challenge);
/// Two of the contributors of a shared challenge as the sides of the relation: agreement is their joint optimum (with
/// `together`: everyone's), breakdown the (worst) Nash equilibrium. Amounts are `worth` times the challenge's. Throws
/// an input error where the sides are not two of the contributors.
Issue issue_of(const Challenge& challenge, std::size_t side_a, std::size_t side_b, double worth = 1.0);

/// One of the issues that are linked.
struct LinkedIssue {
    std::string name;
    std::vector<double> slack;  ///< by side: d / (1 - d) gain - temptation; negative: does not hold alone
    bool holds_alone = false;
    bool needs_link = false;  ///< some side would break it by itself
    bool carries = false;     ///< some side has slack here that covers another issue's lack
};

/// What linking does: constraints of issues alone and pooled, by side.
struct LinkageReport {
    std::vector<LinkedIssue> issues;
    std::vector<double> pooled_slack;              ///< by side
    std::vector<double> pooled_critical_discount;  ///< sum temptation / (sum temptation + sum gain); 1: never
    bool holds = false;                            ///< every side's pooled constraint
    bool link_helps = false;                       ///< holds together though some issue does not alone
};

/// Pooled constraints: sum_m temptation_m <= d_i / (1 - d_i) sum_m gain_m for each side i, by its discount factor.
/// Throws an input error where sizes do not fit, nothing is linked or a discount factor is outside [0, 1).
LinkageReport link_issues(const std::vector<Issue>& issues, const std::vector<double>& discount);

}  // namespace detente
