// The most cooperative tariffs that nobody has a reason to break (Bagwell and Staiger 1990), with every tariff of the
// governments' instruments a variable.
//
// They set all of them together, so that each has at least a share s of what the agreement gives it over the war, as
// large a share as can be:
//     max s   over all tariffs   such that, for each government i,
//     u_i >= N_i + s (C_i - N_i)                            its share of the agreement's gain, s >= 0
//     D_i - u_i <= delta_i / (1 - delta_i) (u_i - N_i)      breaking it for a period does not pay
// with u_i its utility, D_i what its best answer to the others' tariffs brings, C_i the agreement, N_i the war. s = 0
// is the war; s = 1 is worth what the agreement is. An agreement that leaves gains on the table has s > 1 for the
// patient. Where the war is no equilibrium, it can be that nothing holds.
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

/// Tolerances and limits of the program.
struct CooperationOptions {
    double tolerance = 1e-6;    ///< of shares, incentives and the conditions of Karush, Kuhn and Tucker, as shares s
    int max_evaluations = 400;  ///< of the program, of one search
    int threads = 1;            ///< across the starts of the final best answers
    SolverOptions solver;       ///< of the equilibria that are handed back, and the job of all searches
};

/// What is known of the answer, checked apart from the program that found it.
struct CooperationCertificate {
    bool converged = false;
    /// Largest amount by which a government gains by breaking it after all, its best answer found anew from the tariffs
    /// in force and from none, or has less than in the war; as a share of its gain from the agreement.
    double violation = 0.0;
    /// Length of the derivative of the Lagrangian that no bound holds back, in scaled tariffs: where nothing is
    /// violated, s falls short of a local maximum by about half its square.
    double stationarity = 0.0;
    int evaluations = 0, passes = 0;  ///< of the program; passes over the trade tensor
    double seconds = 0.0;
};

/// The most cooperative tariffs that nobody gains by breaking.
struct CooperativeTariffs {
    /// False: at this patience no tariffs were found that are worth the war to everyone and that nobody gains by
    /// breaking. The rest then describes the last that were tried.
    bool holds = true;
    double share = 0.0;  ///< s, the least of the players'
    double paid = 0.0;   ///< part of the money that the agreement moves; 0 where it moves none
    Shock shock;
    Equilibrium equilibrium;           ///< certified
    std::vector<double> utility;       ///< by player
    std::vector<double> best_answer;   ///< D_i
    std::vector<double> slack;         ///< what a breach loses, as a share of its gain from the agreement; 0: it binds
    std::vector<double> shadow_price;  ///< of each player's incentive: rise of s when it may gain that much by a breach
    std::vector<TariffMeans> means;
    CooperationCertificate certificate;
};

/// Largest number of rates: the algebra of the quadratic programs grows with its cube.
constexpr int most_tariffs = 400;

/// The program for one agreement and one war. Keeps its last point as the next start. `world` must outlive it.
class CooperationProgram {
public:
    /// `agreement` and `war`: everything in force under each, third countries' tariffs alike in both. The variables are
    /// the rates of the players' instruments in their forms (line, mfn, uniform), bounds widened to what the agreement
    /// and the war need, and where the agreement moves money the part of it that is paid; whoever breaks it is not
    /// paid. Throws an input error where there are more than `most_tariffs` rates, where the agreement is not better
    /// than the war for every player, where two players set the same line, or where a player's instruments are
    /// reciprocated.
    CooperationProgram(const World& world, const Shock& agreement, const Shock& war, std::vector<Player> players,
                       const CooperationOptions& options = {});
    ~CooperationProgram();
    CooperationProgram(CooperationProgram&&) noexcept;

    /// At discount factors by player: all 0, or each in [0.001, 1]; at 1 a breach does not matter. Throws a solve error
    /// where the search ends neither in tariffs that hold nor in none that do.
    CooperativeTariffs at(const std::vector<double>& discount);
    /// Starts the next search from other tariffs.
    void start_from(const Shock& shock);
    /// delta_i from which player i has no reason to break `tariffs`: (D - u) / (D - N), in [0, 1].
    std::vector<double> critical_discount(const CooperativeTariffs& tariffs) const;
    bool moves_money() const;
    std::vector<double> war_utility() const;
    std::vector<double> agreement_utility() const;

private:
    class Search;
    std::unique_ptr<Search> search_;
};

}  // namespace detente
