// How much cooperation patience holds up: the most cooperative tariffs by discount factor.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "diplomacy/agreement_game.h"

namespace detente {

/// The most cooperative tariffs at the patience of the study, by side.
struct CooperationNow {
    double share = 0.0;  ///< of what the agreement gives each side over the war
    double paid = 0.0;   ///< part of the money that the agreement moves
    double rate[2] = {0.0, 0.0};
    double slack[2] = {0.0, 0.0};         ///< what a breach loses, as a share of the side's gain; 0: it binds
    double shadow_price[2] = {0.0, 0.0};  ///< rise of the share when a breach may gain that much
};

/// The most cooperative tariffs that war for ever holds up (strategy/cooperation.h), by a common discount factor: from
/// none, where only best answers to best answers hold, to full cooperation.
struct CooperationCurve {
    std::vector<double> discount, share, paid;
    std::vector<double> rate[2];          ///< mean rates of each side there, weighted by trade
    bool moves_money = false;             ///< the agreement moves money
    std::optional<double> full_discount;  ///< from which on full cooperation holds
    std::vector<double> nothing;          ///< discount factors at which nothing holds (nor below)
    std::optional<CooperationNow> now;
    bool nothing_now = false;                    ///< nothing holds at the patience of the study
    double violation = 0.0, stationarity = 0.0;  ///< the largest of the certificates of the points given
    std::vector<double> not_found;               ///< discount factors at which the search did not end
    std::string failure;                         ///< why, of one of them, of `now`, or of the curve
};

/// Traces the curve, and the most cooperative tariffs at `discount` (of A and B). A search that fails is left out and
/// named: the rest of the answer stands without it.
CooperationCurve cooperation_curve(const World& world, const Agreement& agreement, const double (&discount)[2],
                                   int threads, const SolverOptions& solver = {});

}  // namespace detente
