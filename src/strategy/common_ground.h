// Seeking common ground while reserving differences: which issues (blocks of tariff lines) to settle when the rest
// stays as it is.
#pragma once

#include <string>
#include <vector>

#include "strategy/nash.h"

namespace detente {

/// Lines that are settled together or not at all.
struct TariffIssue {
    std::string name;
    std::vector<TariffLine> lines;
};

/// What is looked for among the subsets of issues, and how long.
struct CommonGroundOptions {
    /// The subset with the largest Nash product of gains, or the one with the most issues in which nobody loses.
    enum class Goal { nash_product, most_issues } goal = Goal::nash_product;
    std::vector<double> power;    ///< bargaining powers; empty: equal
    int enumerate = 12;           ///< issues up to which every subset is tried
    int threads = 1;              ///< across the subsets tried
    int branch = 40;              ///< issues up to which branch and bound is tried; the relaxation rounded beyond
    int most_equilibria = 20000;  ///< where branch and bound stops without proof
    SolverOptions solver;         ///< of the equilibrium that is handed back, and the job of the whole search
};

/// The best subset of issues found, and how sure that is.
struct CommonGround {
    std::vector<char> settled;  ///< by issue; all zero where no subset makes every player gain
    bool found = false;         ///< some subset makes every player gain
    bool proved = false;        ///< every subset was looked at, or ruled out by one that was
    std::string
        method;  ///< "enumeration", "search by issues left out", "branch and bound with local bounds", "relaxation"
    std::vector<double> status_quo, utility,
        all;                                 ///< utilities by player: nothing, the best subset, everything settled
    std::vector<std::vector<double>> alone;  ///< (issue, player): utility where only that issue is settled
    double relaxed_gain =
        0.0;  ///< Nash product of the relaxation (each issue settled in part), geometric mean of gains
    int equilibria = 0;
    double seconds = 0.0;
    Shock shock;
    Equilibrium equilibrium;  ///< certified, at the best subset
};

/// `settlement`: the tariffs of a settled issue. Utilities are compared with those of `status_quo`. Branch and bound
/// takes its bounds from the relaxation, in which ln(1 + rate) of an issue moves continuously from the one to the
/// other: the best of three local searches, so that it is no proof (`proved` is false), though it rarely misses.
CommonGround common_ground(const World& world, const Shock& status_quo, const TradeTensor& settlement,
                           const std::vector<TariffIssue>& issues, const std::vector<Objective>& players,
                           const CommonGroundOptions& options = {});

}  // namespace detente
