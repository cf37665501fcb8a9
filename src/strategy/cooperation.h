// The most cooperative tariffs that nobody has a reason to break (Bagwell and Staiger 1990), with every tariff line a
// variable.
//
// The governments set all their tariffs on the lines of their instruments together, so that each has the same share s
// of what the agreement gives it over the war, as large a share as can be:
//     max s   over all tariffs   such that, for each government i,
//     u_i >= N_i + s (C_i - N_i)                            its share of the agreement's gain
//     D_i - u_i <= delta_i / (1 - delta_i) (u_i - N_i)      breaking it for a period does not pay
// with u_i its utility, D_i what its best answer to the others' tariffs brings, C_i the agreement, N_i the war. s = 0
// is the war; s = 1 is worth what the agreement is. An agreement that leaves gains on the table has s > 1 for the
// patient.
//
// D_i is an optimum: its derivative in the others' tariffs is the partial one at the best answer (envelope theorem), so
// that a point costs one equilibrium and one set of shadow prices for each government, and the sweeps of its best
// answer with one more set. The program is solved by sequential quadratic programming (Kraft 1994, SLSQP in NLopt) in
// tariffs scaled so that the curvature of gains is about one.
#pragma once

#include <memory>
#include <vector>

#include "strategy/nash.h"

namespace detente {

struct CooperationOptions {
    double tolerance = 1e-6;    ///< of incentives and of the conditions of Karush, Kuhn and Tucker, as shares s
    int max_evaluations = 400;  ///< of the program at one patience
    int threads = 1;            ///< across the starts of the final best answers
};

struct CooperationCertificate {
    bool converged = false;
    /// Largest amount by which a government gains by breaking it after all, its best answer found anew from the tariffs
    /// in force and from none; as a share of its gain from the agreement.
    double violation = 0.0;
    /// Largest derivative of the Lagrangian that no bound holds back, in scaled tariffs: s falls short of a local
    /// maximum by about half its square.
    double stationarity = 0.0;
    int evaluations = 0, passes = 0;  ///< of the program; passes over the trade tensor
    double seconds = 0.0;
};

struct CooperativeTariffs {
    double share = 0.0;  ///< s
    Shock shock;
    Equilibrium equilibrium;           ///< certified
    std::vector<double> utility;       ///< by player
    std::vector<double> best_answer;   ///< D_i
    std::vector<double> slack;         ///< what a breach loses, as a share of its gain from the agreement; 0: it binds
    std::vector<double> shadow_price;  ///< of each player's incentive: rise of s when it may gain that much by a breach
    std::vector<TariffMeans> means;
    CooperationCertificate certificate;
};

/// The program for one agreement and one war. Keeps its last point as the next start.
class CooperationProgram {
public:
    /// `agreement` and `war`: everything in force under each; the variables are the lines of the players' instruments,
    /// bounds widened to what the agreement and the war need. Money that the agreement moves is a variable too, between
    /// none and all of it, and whoever breaks it is not paid. Throws an input error where the agreement is not better
    /// than the war for every player, where players' lines overlap, or where a player's instruments are reciprocated.
    CooperationProgram(const World& world, const Shock& agreement, const Shock& war, std::vector<Player> players,
                       const CooperationOptions& options = {});
    ~CooperationProgram();
    CooperationProgram(CooperationProgram&&) noexcept;

    /// At discount factors in [0, 1) by player; the answer at 1 is that without incentives. Throws a solve error where
    /// the search does not end in a point that nobody gains by breaking.
    CooperativeTariffs at(const std::vector<double>& discount);
    /// Starts the next search from other tariffs.
    void start_from(const Shock& shock);
    /// delta_i from which player i has no reason to break `tariffs`: (D - u) / (D - N).
    std::vector<double> critical_discount(const CooperativeTariffs& tariffs) const;
    std::vector<double> war_utility() const;
    std::vector<double> agreement_utility() const;

private:
    class Search;
    std::unique_ptr<Search> search_;
};

}  // namespace detente
