// Implementation fidelity: an agreement whose observance lapses now and then without anyone wanting it. On a visible
// breach follow T periods of war, then the agreement again; the rival sees what was done and not why. Payoffs in peace
// and in war are expected ones by one table of probabilities (implementation.h).
//
// Source: Green and Porter (1984, Econometrica 52); Porter (1983); Abreu, Milgrom and Pearce (1991, Econometrica 59).
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <vector>

#include "relation/implementation.h"
#include "relation/self_enforcement.h"

namespace detente {

/// A way for one side to break its word on purpose: what it yields in the period, and how likely the rival sees a
/// breach.
struct Breach {
    int action = 0;
    double payoff = 0.0, alarm = 0.0;
};

/// One side's view of a noisy agreement; payoffs a period.
struct NoisySide {
    double promised = 0.0;   ///< u(C, C): the agreement kept to the letter
    double agreement = 0.0;  ///< u_C: expected, lapses included
    double war = 0.0;        ///< u_N: expected
    double tolerance = 0.0;  ///< payoffs that differ by no more are equal
    double alarm = 0.0;      ///< a: chance a period of a breach that is answered while both mean to keep the agreement
    std::vector<Breach> breaches;  ///< every other action against a rival that means to keep its word
    /// kappa = max over breaches of gain/(alarm - a): what a false alarm must cost for no breach to pay; 0 where none
    /// gains, infinite where one gains without more alarms.
    double price = 0.0;
    int temptation = -1;  ///< the breach that attains it; -1 where none gains
};

/// The same for both sides, A first.
struct NoisyAgreement {
    std::array<NoisySide, 2> side;
    bool war_is_equilibrium = false;  ///< of the game in expected payoffs
    const NoisySide& of(Side s) const { return side[static_cast<std::size_t>(s)]; }
};

/// A channel between the two that tells, after a breach by one side, whether it was a lapse or intended, and is right
/// with chance `accuracy`, apart for each side and independent of the past. What it calls a lapse is not answered.
/// None: every breach is answered, since nobody can tell.
struct Channel {
    std::optional<double> accuracy = {};  ///< in [1/2, 1]; 1/2 is a coin
};

/// Throws an input error for an accuracy outside [1/2, 1].
void check_channel(const Channel& channel);

/// Puts the game, its roles and the noise together. A breach is visible iff the realised pair is not the agreement;
/// with a channel `alarm` is the chance of a breach that is taken to be intended: of A's 1 - phi_A while it means to
/// keep the agreement, times 1 - accuracy; times accuracy where it broke it on purpose. Throws an input error where the
/// roles are not a dilemma once lapses are counted (u_C <= u_N for a side), and for an accuracy outside [1/2, 1].
NoisyAgreement noisy_agreement(const StageGame& game, const Roles& roles, const Implementation& implementation,
                               const Channel& channel = {});

// ------------------------------------------------------------------------ one side, one kind of punishment
// The severity x of a punishment: the share of u_C - u_N that a breach takes away for good, in (0, 1]: 1 - delta^T for
// a war of T periods, p (1 - delta^T) where it breaks out with probability p.

/// x = probability (1 - delta^T).
double severity(double delta, int periods, double probability = 1.0);
/// V = u_N + (1-delta)(u_C - u_N)/(1 - delta + delta a x).
double agreement_value(const NoisySide& side, double delta, double severity);
/// delta x (u_C - u_N)/(1 - delta + delta a x) - kappa >= 0 iff no breach pays: money a period, times 1/(alarm - a).
double incentive_slack(const NoisySide& side, double delta, double severity);
/// Least severity at which no breach pays; none where not even war for ever deters.
std::optional<double> least_severity(const NoisySide& side, double delta);
/// Shortest war, 0 where nothing is gained by a breach; `forever` where only that deters; none where nothing does.
std::optional<int> shortest_war(const NoisySide& side, double delta);
/// Lowest delta at which a war of `periods` deters. The weight of a war, delta + ... + delta^T, rises with delta, so
/// that for given noise there is one such number (none: not below 1).
std::optional<double> critical_discount(const NoisySide& side, int periods);
/// V <= u_C - a kappa whatever the (strongly symmetric) punishment: Abreu, Milgrom and Pearce.
double milgrom_bound(const NoisySide& side);

// ------------------------------------------------------------------------------------------ the agreement

/// What the agreement is worth when wars of some length answer breaches.
struct WarReport {
    bool holds = false;             ///< no breach pays for either side
    int periods = 0;                ///< length of war
    double probability = 1.0;       ///< that a breach starts it
    std::array<double, 2> value{};  ///< V_C: averaged payoff, lapses and wars included
    std::array<double, 2> slack{};  ///< by `incentive_slack`
    /// V_C / u(C, C): needs a natural zero of payoffs, and none where u(C, C) is not above it.
    std::array<std::optional<double>, 2> efficiency{};
    /// (V_C - u_N)/(u(C,C) - u_N): the part of what the agreement is worth that survives lapses and wars; free of units
    /// and of the zero of payoffs.
    std::array<double, 2> kept_share{};
    double mean_peace = 0.0;  ///< periods from one breach to the next, 1/a; infinite without lapses
    double war_share = 0.0;   ///< long-run share of periods at war
    Side binding = Side::a;
};

/// A given punishment.
WarReport evaluate_war(const NoisyAgreement& agreement, double discount_a, double discount_b, int periods,
                       double probability = 1.0);

/// How long wars have to be, and what the best is worth.
struct ForgivenessWindow {
    std::array<std::optional<int>, 2> shortest;  ///< of each side
    bool holds = false;                          ///< some war deters both
    int from = 0;                                ///< T_min: the longer of the two; also the best T
    int to = 0;                                  ///< T_max: `forever`, since longer wars deter more; 0 where none holds
    std::optional<WarReport> best;               ///< at T_min: war costs both, so the shortest that deters is the best
    std::optional<WarReport> randomised;         ///< the best war that breaks out with the least sufficient probability
};
/// The wars that deter both sides from every deliberate breach.
ForgivenessWindow forgiveness_window(const NoisyAgreement& agreement, double discount_a, double discount_b);

// --------------------------------------------------------------------------------------------- thresholds

/// A range of fidelity in which some war sustains the agreement.
struct Interval {
    double from = 0.0, to = 0.0;
};
struct FidelityThreshold {
    /// phi*: the lower end of the interval of fidelity that reaches 1; just below it no war sustains the agreement.
    /// None where none does at perfect fidelity.
    std::optional<double> lowest;
    std::vector<Interval> sustained;  ///< all of [0, 1] where it is: one interval to 1 as a rule, but not always
};
/// Searches [0, 1] on a grid and bisects each change: the test is not monotone in phi in general. `agreement_at(phi)`
/// makes the noisy agreement at a fidelity; where it throws an input error, no war sustains it. `side` empty: both.
FidelityThreshold fidelity_threshold(const std::function<NoisyAgreement(double)>& agreement_at, double discount_a,
                                     double discount_b, std::optional<Side> side = std::nullopt, int grid = 1000);
/// The lapse model with the same fidelity on both sides.
FidelityThreshold fidelity_threshold(const StageGame& game, const Roles& roles, double discount_a, double discount_b,
                                     const ActionPair& lapse = {-1, -1});

/// Shortest wars by side over a grid of discount factors (rows) and fidelities (columns), the same for both sides: 0
/// where nothing is gained by a breach, `forever`, or -1 where no war sustains the agreement.
struct RegionMap {
    std::vector<double> discount, fidelity;
    Eigen::MatrixXi war_a, war_b;
    /// Whether some war sustains the agreement on both sides there.
    bool holds(Eigen::Index row, Eigen::Index column) const {
        return war_a(row, column) >= 0 && war_b(row, column) >= 0;
    }
};
RegionMap region_map(const StageGame& game, const Roles& roles, const std::vector<double>& discount,
                     const std::vector<double>& fidelity, const ActionPair& lapse = {-1, -1});

}  // namespace detente
