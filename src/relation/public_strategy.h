// Strategies that everyone can follow: what each side is to play, and where realised actions lead. Wars after a breach
// and proportional answers are such strategies; their values and incentives are exact, and they can be simulated.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/job.h"
#include "relation/fidelity.h"

namespace detente {

/// Where a realised pair leads, with what probability (public randomisation).
struct Branch {
    int state = 0;
    double probability = 1.0;
};

/// One state of public play.
struct PublicState {
    ActionPair play;                         ///< what is chosen; the implementation says what is done
    std::vector<std::vector<Branch>> after;  ///< by realised pair, a * n_b + b
};

/// Play that depends on what both sides have seen: states, and where realised pairs lead.
struct PublicStrategy {
    std::vector<PublicState> states;  ///< play starts in the first
};

/// Peace until a breach is seen, then with `probability` a war of `periods`, then peace again.
PublicStrategy war_after_breach(const StageGame& game, const Roles& roles, int periods, double probability = 1.0);

/// Proportional answers, the WTO's principle: after a breach by one side alone the other takes, for a period, the
/// measure whose cost to the breaker is nearest to `proportion` times the harm done (a lapse's harm), while the breaker
/// keeps the agreement; then peace. Breaches on both sides at once cancel out. A breaker that breaks again, or an
/// answerer that does something else than its measure, is answered in turn, a lapse like any other. With a large
/// proportion this is contrition: only the breaker is punished.
struct Compensation {
    PublicStrategy strategy;
    ActionPair measures;           ///< A's answer to a breach by B, B's answer to a breach by A
    std::array<double, 2> harm{};  ///< what a lapse by each side costs the rival
    std::array<double, 2> cost{};  ///< what the answer costs the side that broke
};
Compensation compensation(const StageGame& game, const Roles& roles, double proportion = 1.0,
                          const ActionPair& lapse = {-1, -1});

/// What a public strategy is worth to A and B, and whether it is an equilibrium.
struct StrategyValue {
    std::array<Eigen::VectorXd, 2> value;  ///< by state: averaged discounted payoff
    std::array<Eigen::VectorXd, 2> gain;   ///< by state: most that a single deviation adds to it; <= 0 if none pays
    Eigen::VectorXd share;                 ///< long-run share of periods in each state, from the first
    bool equilibrium = false;              ///< no single deviation pays in any state: subgame perfect
};
/// Exact, by linear equations and the one-deviation principle. Throws an input error where tables do not fit the game.
/// A cancelled job ends it at any deviation.
StrategyValue evaluate_strategy(const PublicStrategy& strategy, const StageGame& game,
                                const Implementation& implementation, double discount_a, double discount_b,
                                const Job& job = {});

/// How much is simulated.
struct SimulationOptions {
    long runs = 20000;        ///< independent histories; the error falls with its root
    std::uint64_t seed = 1;   ///< the same seed gives the same numbers on every machine
    double tail = 1e-10;      ///< a history ends where the weight of what is left falls below
    long long_run = 1000000;  ///< periods of the one history that long-run shares come from
};
/// A mean with its Monte Carlo standard error.
struct Estimate {
    double mean = 0.0, error = 0.0;
};
struct SimulatedStrategy {
    std::array<Estimate, 2> value;  ///< averaged discounted payoffs from the first state
    std::vector<Estimate> share;    ///< long-run shares by state, errors from 100 blocks
    Estimate spell;                 ///< mean number of periods in the first state from one entry to the next exit
    std::uint64_t seed = 0;
};
SimulatedStrategy simulate_strategy(const PublicStrategy& strategy, const StageGame& game,
                                    const Implementation& implementation, double discount_a, double discount_b,
                                    const SimulationOptions& options = {});

}  // namespace detente
