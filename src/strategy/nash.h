// Trade war: tariffs such that no government gains by changing its own (Johnson 1953; Ossa 2014).
#pragma once

#include <vector>

#include "strategy/optimal.h"

namespace detente {

/// A government: what it wants and what it sets.
struct Player {
    Objective objective;
    Instruments instruments;
};

/// How the war is looked for, and how it is checked.
struct NashOptions {
    OptimumOptions sweeps;  ///< tolerance, limits and solver, of the war and of the re-optimisations
    int deviations = 6;     ///< starts of every player's re-optimisation beyond the solution itself; the Nash gap
    int starts = 1;         ///< starts of the war; more to look for several equilibria
    int threads = 1;        ///< across players and starts of the re-optimisations
    /// Largest gain from a deviation, relative to utility, that still counts as none.
    double gap = 1e-7;
};

/// What the war brings one player; utilities are 1 in the base.
struct PlayerOutcome {
    double utility = 0.0;        ///< with relative gains where the player has them
    double start_utility = 0.0;  ///< under the policies in force
    double gap = 0.0;            ///< largest gain found by re-optimising alone, relative to utility
    TariffMeans means;
};

/// What is known of a war.
struct NashCertificate {
    bool converged = false;
    double step = 0.0;   ///< largest change of ln(1 + rate) that a first-order condition still asks for
    double gap = 0.0;    ///< the largest of the players'
    int deviations = 0;  ///< re-optimisations of every player that ended; 0: the gap was not looked for
    int starts = 0;      ///< re-optimisations of every player begun
    int finished = 0;    ///< re-optimisations of all players that ended
    int failed = 0;      ///< and that led to where there is no equilibrium and were cut short
    int equilibria = 0;  ///< different stationary points found from `starts` starts; the gap is that of the one given
    int sweeps = 0, passes = 0;
    double war_seconds = 0.0;  ///< finding the war
    double seconds = 0.0;      ///< with the gap
};

/// A war: tariffs that are best answers to each other.
struct TradeWar {
    Shock shock;
    Equilibrium equilibrium;  ///< certified
    std::vector<PlayerOutcome> players;
    NashCertificate certificate;
};

/// All players at once: sweeps over every player's first-order conditions; where these do not contract, best
/// responses in turn. Then every player re-optimises alone from several starts: the Nash gap. Where that finds
/// something better (another local maximum), the war goes on from there. Throws a solve error where no trade war is
/// found whose gap is within the option's.
TradeWar trade_war(const World& world, const Shock& from, const std::vector<Player>& players,
                   const NashOptions& options = {});

/// One player's re-optimisation against `war`: the relative gain over the utility there, and the best tariffs found.
struct Deviation {
    double gap = 0.0;
    std::vector<double> rate;
    int finished = 0, failed = 0;  ///< starts whose search ended, and that led to where there is no equilibrium
};
Deviation best_deviation(const World& world, const Shock& war, const Equilibrium& at, const Player& player,
                         const NashOptions& options);

/// A player's utility by its own uniform tariff on its instruments, others as in `from`: a curve for a figure.
struct ResponseCurve {
    std::vector<double> rate, utility;
};
ResponseCurve response_curve(const World& world, const Shock& from, const Player& player,
                             const std::vector<double>& rate, const Job& job = {});

}  // namespace detente
