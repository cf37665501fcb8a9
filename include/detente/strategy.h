// Governments: optimal tariffs, trade wars and talks.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "detente/equilibrium.h"
#include "detente/export.h"
#include "detente/policy.h"
#include "detente/world.h"

namespace detente {
DETENTE_V1_BEGIN
/// A government: what it wants and which tariffs it can set.
struct Government {
    std::string region;
    Names exporter = {"*"};     ///< whose goods; "players" alone: the other governments of the call
    Names sector = {"goods"};   ///< which goods
    std::string form = "line";  ///< "line": a rate for each exporter and sector; "mfn": one a sector; "uniform": one
    double lower = 0.0, upper = 10.0;  ///< bounds of the rates, above -1 and at most 100
    /// Exporters answer with the same rate on the same goods; for `optimal_tariffs` alone.
    bool reciprocated = false;
    /// lambda by sector, S numbers, scaled to mean 1 (Ossa 2014); empty: national welfare.
    std::vector<double> political_weight = {};
    /// Weight on the rivals' money gains, 0 (own gains alone) to 1 (with one rival: zero-sum).
    double relative_gains = 0.0;
    Names rivals = {};  ///< empty, with relative gains: the other governments of the call
};

/// Settings of searches for tariffs.
struct SearchOptions {
    double tolerance = 1e-9;  ///< largest change of ln(1 + rate) that a first-order condition still asks for
    int starts = 1;           ///< policies to begin from; more where several optima are feared
    int deviations = 6;       ///< of a war: starts of each re-optimisation for the Nash gap, at least 5
    std::uint32_t seed = 1;   ///< of random starts
    int threads = 1;          ///< the result does not depend on it; 0: as many as the machine has
    Job job = {};
};

/// Averages of a government's own rates over the lines it can set; weights: imports of the base.
struct TariffMeans {
    double simple = 0.0, trade_weighted = 0.0, median = 0.0;
};

/// One government's best tariffs, and what is known of them.
struct OptimalTariffs {
    Policy policy;               ///< everything in force, with the rates found in `tariff_rates`
    Equilibrium equilibrium;     ///< under it, certified
    double utility = 0.0;        ///< 1 in the base; less relative gains
    double start_utility = 0.0;  ///< under `from`
    TariffMeans means;
    bool converged = false;
    double step = 0.0;                ///< largest change of ln(1 + rate) still asked for
    double projected_gradient = 0.0;  ///< largest derivative in ln(1 + rate) that no bound holds back
    double probe_gain = 0.0;          ///< largest gain found in random and single-rate directions: 0 at a maximum
};

/// The tariffs that serve a government best, everything else as in `from` (Johnson 1953; Ossa 2014). Throws an
/// input error for names and bounds that cannot be, a solve error where no start leads to a stationary point.
DETENTE_PUBLIC OptimalTariffs optimal_tariffs(const World& world, const Government& government, const Policy& from = {},
                                              const SearchOptions& options = {});

/// A player of a trade war.
struct WarPlayer {
    std::string region;
    double utility = 0.0, start_utility = 0.0;
    double gap = 0.0;  ///< most that it gains by re-optimising alone, relative to its utility
    TariffMeans means;
};

/// Best answers to best answers.
struct TradeWar {
    Policy policy;
    Equilibrium equilibrium;
    std::vector<WarPlayer> players;
    bool converged = false;
    double gap = 0.0;    ///< the Nash gap: the largest of the players'
    double step = 0.0;   ///< largest change of ln(1 + rate) that a first-order condition still asks for
    int deviations = 0;  ///< re-optimisations of every player that ended; the gap is over these
    int equilibria = 0;  ///< different stationary points found from `starts` starts
};

/// Tariffs such that no government gains by changing its own. Throws an input error for fewer than two players or
/// one twice, a solve error where no war is found whose gap is within 1e-7.
DETENTE_PUBLIC TradeWar trade_war(const World& world, const std::vector<Government>& governments,
                                  const Policy& from = {}, const SearchOptions& options = {});

/// How talks choose among what can be reached.
struct TalksOptions {
    /// "nash_bargaining": the largest product of gains over the threat; "efficient": the same gain for everyone, as
    /// large as can be (Ossa 2014); "kalai_smorodinsky": gains in proportion to the most that each could gain.
    std::string method = "nash_bargaining";
    std::vector<double> power = {};  ///< bargaining powers by player (`nash_bargaining`); empty: equal
    bool transfers = false;          ///< money may change hands (closure `fixed` or `balanced`)
    SearchOptions search = {};
};

/// A player of talks.
struct TalksPlayer {
    std::string region;
    double utility = 0.0, threat = 0.0;  ///< with the deal and without
    double weight = 0.0;                 ///< in the weighted sum that the deal maximises, mean 1
    double transfer = 0.0;               ///< received from the others, money
    TariffMeans means;
};

/// What was agreed, and how exactly it meets the conditions of the method.
struct Talks {
    Policy policy;
    Equilibrium equilibrium;
    std::vector<TalksPlayer> players;
    bool everyone_gains = false;
    bool converged = false;
    double bargaining = 0.0;   ///< largest miss of the method's conditions, in logs
    double step = 0.0;         ///< largest change of ln(1 + rate) that a first-order condition still asks for
    double pareto_gain = 0.0;  ///< most that the worst-off player gained in random directions: 0 on the frontier
};

/// What governments agree on when all their tariffs are on the table; `threat`: what happens without a deal. Throws
/// an input error for what cannot be, a solve error where the method's conditions are not met, and where there is
/// no deal.
DETENTE_PUBLIC Talks talks(const World& world, const std::vector<Government>& governments, const Equilibrium& threat,
                           const Policy& from = {}, const TalksOptions& options = {});

/// Lines that are settled together or not at all: those between the players on these sectors.
struct Issue {
    std::string name;
    Names sector;
};

/// What is looked for among the subsets of issues, and how long.
struct CommonGroundOptions {
    std::vector<Issue> issues = {};     ///< empty: one for each sector that tariffs can apply to
    std::string sides = "both";         ///< "both"; "each": the two directions of trade are settled apart
    std::string goal = "nash_product";  ///< of gains; or "most_issues": as many as can be without a loser
    std::vector<double> power = {};     ///< bargaining powers by player; empty: equal
    bool exact = false;                 ///< every subset is tried, up to 24 issues (beyond 12 by a search else)
    int threads = 1;                    ///< the result does not depend on it; 0: as many as the machine has
    Job job = {};
};

/// An issue, and whether the best subset has it.
struct SettledIssue {
    std::string name;
    bool settled = false;
    std::vector<double> alone;  ///< utilities by player where only this one is settled
};

/// The best subset of issues found, and how sure that is. Utilities are by player, 1 in the base.
struct CommonGround {
    Policy policy;
    Equilibrium equilibrium;  ///< at the best subset
    std::vector<std::string> players;
    std::vector<SettledIssue> issues;
    bool found = false;                            ///< some subset makes every player gain
    bool proved = false;                           ///< every subset was looked at, or ruled out by one that was
    std::string method;                            ///< "enumeration", "branch and bound with local bounds", ...
    std::vector<double> status_quo, utility, all;  ///< nothing, the best subset, everything settled
    int equilibria = 0;
};

/// Which issues to settle, the rest as it is under `from`: a settled issue gets the tariffs of `settlement`. Throws an
/// input error for players, issues and options that cannot be.
DETENTE_PUBLIC CommonGround common_ground(const World& world, const std::vector<std::string>& players,
                                          const Equilibrium& settlement, const Policy& from = {},
                                          const CommonGroundOptions& options = {});

DETENTE_V1_END
}  // namespace detente
