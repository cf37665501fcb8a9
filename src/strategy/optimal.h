// Optimal policy of one government, others' policies given (Johnson 1953; Ossa 2014; Lashkaripour 2021).
#pragma once

#include <string>
#include <vector>

#include "strategy/tariff_sweep.h"

namespace detente {

/// Tolerance and limits of a search for the best policy.
struct OptimumOptions {
    double tolerance = 1e-9;        ///< largest change of ln(1 + rate) that a first-order condition still asks for
    int max_sweeps = 300;           ///< a sweep is one equilibrium and one set of shadow prices a goal
    int starts = 1;                 ///< policies to start from; more where several local maxima are feared
    unsigned seed = 1;              ///< of the random starts beyond the named ones
    int probes = 12;                ///< directions of the second-order check; 0 leaves it out
    int threads = 1;                ///< across starts
    SweepEffort effort = {1, 100};  ///< of each search where it leads to where there is no equilibrium
    SolverOptions solver;           ///< of the equilibria that are handed back, and the job of the whole search
    /// Where the first search begins: tariffs in place of those in force, and an equilibrium, both of a world near this
    /// one. Null: those in force.
    const Shock* begin = nullptr;
    const Equilibrium* begin_at = nullptr;
};

/// What is known of a stationary point.
struct OptimumCertificate {
    bool converged = false;
    double step = 0.0;                ///< largest change of ln(1 + rate) still asked for
    double projected_gradient = 0.0;  ///< largest |d U / d ln(1 + rate)| that bounds do not hold back
    double probe_gain = 0.0;          ///< largest gain found in random and single-rate directions: 0 at a maximum
    int probes = 0;
    int starts = 0;              ///< starts that led to an optimum
    int distinct = 0;            ///< different optima among them
    int sweeps = 0, passes = 0;  ///< first-order sweeps; passes over the trade tensor
    double seconds = 0.0;
};

/// Tariffs of a schedule in three averages over the lines of its blocks: each line counting the same, weighed by the
/// imports of the base, and the middle one.
struct TariffMeans {
    double simple = 0.0, trade_weighted = 0.0, median = 0.0;
};
TariffMeans tariff_means(const World& world, const std::vector<TariffBlock>& blocks, const TradeTensor& tariff,
                         int importer);

/// The best policy found, with its equilibrium.
struct Optimum {
    Shock shock;
    Equilibrium equilibrium;  ///< certified
    double utility = 0.0, start_utility = 0.0;
    TariffMeans means;
    OptimumCertificate certificate;
};

/// Maximises `objective` over `instruments`, everything else as in `from`. Throws a solve error where no start
/// leads to a stationary point.
Optimum optimal_policy(const World& world, const Shock& from, const Objective& objective,
                       const Instruments& instruments, const OptimumOptions& options = {});

/// One start: sweeps with acceleration; where they do not contract, or end lower than they began, steps of ascent
/// with a line search until they do. For sweeps with one goal. x is the start and the result.
FixedPointReport maximise(TariffSweep& sweep, Eigen::ArrayXd& x, const OptimumOptions& options);

/// At the last evaluation: the largest derivative of a goal in ln(1 + rate) that no bound holds back.
double projected_gradient(const TariffSweep& sweep, const Eigen::ArrayXd& x);

/// Starting rates: 0 the rates in force, 1 the lower bounds (no tariffs), 2 half of 1/theta, 3 twice 1/theta, 4 one
/// hundred per cent, 5 the mean of those in force; then random ones.
std::vector<double> starting_rates(const TariffSweep& sweep, const TradeTensor& in_force, int start, unsigned seed);
/// The same for the search `options` describe: start 0 is where they say that it begins.
std::vector<double> starting_rates(TariffSweep& sweep, const TradeTensor& in_force, int start,
                                   const OptimumOptions& options);

}  // namespace detente
