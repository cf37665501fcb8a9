// Trade talks: governments set all their tariffs together (Ossa 2014; Nash 1950; Kalai and Smorodinsky 1975).
//
// Every method picks a point of the Pareto frontier, and every point of the frontier maximises a weighted sum of
// utilities; so each is a search for weights, with the tariffs of given weights found by the sweeps of tariff_sweep.h.
#pragma once

#include <string>
#include <vector>

#include "strategy/nash.h"

namespace detente {

/// `efficient`: every utility over its threat the same, as high as can be (Ossa's talks: max-min). `nash_bargaining`:
/// the largest product of gains over the threat, to the powers. `kalai_smorodinsky`: gains in proportion to the most
/// that each could gain while the others do not lose.
enum class TalksMethod { efficient, nash_bargaining, kalai_smorodinsky };

/// The methods as studies write them, in the order of the enumeration.
const std::vector<std::string>& talks_method_names();
std::string to_string(TalksMethod method);

/// How the players bargain.
struct TalksOptions {
    TalksMethod method = TalksMethod::nash_bargaining;
    std::vector<double> power;  ///< bargaining powers by player; empty: equal
    bool transfers = false;     ///< money may change hands between players
    OptimumOptions sweeps;
    double tolerance = 1e-8;  ///< of the bargaining conditions, in logs
    /// Weights of a deal in a world near this one, from which two players' search begins (with the tariffs of
    /// `sweeps.begin`); empty: from where money counts the same for both.
    std::vector<double> begin_weight = {};
};

/// What is known of a deal.
struct TalksCertificate {
    bool converged = false;
    double bargaining = 0.0;          ///< largest miss of the method's conditions, in logs
    double step = 0.0;                ///< largest change of ln(1 + rate) that a first-order condition still asks for
    double projected_gradient = 0.0;  ///< of the weighted sum
    double pareto_gain = 0.0;         ///< most that the worst-off player gained in random directions: 0 on the frontier
    int probes = 0, sweeps = 0, passes = 0;
    double seconds = 0.0;
};

/// The deal: a point of the Pareto frontier.
struct Talks {
    Shock shock;
    Equilibrium equilibrium;                     ///< certified
    std::vector<double> utility, threat, ideal;  ///< by player; `ideal` for Kalai and Smorodinsky only
    std::vector<double> weight;                  ///< of the weighted sum, mean 1
    std::vector<double> transfer;                ///< received from the other players, money
    std::vector<TariffMeans> means;
    bool everyone_gains = false;  ///< each player above its threat
    TalksCertificate certificate;
};

/// `threat`: the players' utilities without a deal. Throws a solve error where the conditions of the method are not
/// met; where no weights make every player gain, `nash_bargaining` and `kalai_smorodinsky` say so (there is no deal).
Talks trade_talks(const World& world, const Shock& from, const std::vector<Player>& players,
                  const std::vector<double>& threat, const TalksOptions& options = {});

/// Utilities and weights by player at one point.
struct FrontierPoint {
    std::vector<double> utility, weight;
};

/// The Pareto frontier between two players by their instruments: points from where only the first counts to where only
/// the second does, in steps of equal log weight.
std::vector<FrontierPoint> pareto_frontier(const World& world, const Shock& from, const std::vector<Player>& players,
                                           int points, const OptimumOptions& options = {});

}  // namespace detente
