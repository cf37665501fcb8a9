// The stage game: what two governments get from every pair of policies. Usable on a bare payoff matrix.
#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "base/index_set.h"

namespace detente {

/// Two governments, A (rows) and B (columns), each with its own actions. Payoffs are averages per period, in `unit`.
struct StageGame {
    std::string player_a = "A", player_b = "B";
    IndexSet actions_a, actions_b;
    Eigen::MatrixXd payoff_a, payoff_b;  ///< (action of A, action of B)
    /// Those who do not play: name and payoff for every pair of actions.
    std::vector<std::string> bystanders;
    std::vector<Eigen::MatrixXd> bystander_payoff;
    std::string unit;
    /// How exactly the payoffs are known, as a part of a side's range of payoffs: what lies closer together is equal.
    /// The default is rounding; payoffs that were solved for say more.
    double accuracy = 1e-12;

    /// Numbers of actions.
    int n_a() const { return actions_a.size(); }
    int n_b() const { return actions_b.size(); }
};

}  // namespace detente
