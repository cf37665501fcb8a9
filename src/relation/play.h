// Two automata at play: exact frequencies of the outcomes from the Markov chain of their product, and simulation.
//
// Sources: Kemeny and Snell (1960) for absorption and Cesaro limits; Grassmann, Taksar and Heyman (1985, Operations
// Research 33) for stationary laws without subtraction.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/job.h"
#include "relation/automaton.h"

namespace detente {

/// Chances of error, by side. An error of execution (`lapse_a`) carries out the other action than the one intended,
/// either way: not the lapses of implementation.h, which are failed promises alone. A misreading records the other
/// side's action wrongly. Each side always knows what it did itself.
struct Noise {
    double lapse_a = 0.0, lapse_b = 0.0;
    double misreading_a = 0.0, misreading_b = 0.0;  ///< of B's action by A, of A's by B
};

/// Which average of the periods is meant.
struct Horizon {
    /// How periods are weighed.
    enum class Kind {
        long_run,    ///< Cesaro limit of the play from the first move (periods without end, equal weights)
        discounted,  ///< (1 - discount) sum of discount^t: an average, in the units of a period's payoff
        turns,       ///< plain mean of the first `turns` periods
    };
    Kind kind = Kind::long_run;
    double discount = 0.0;
    int turns = 0;

    /// One of each kind. `discount` in [0, 1), `turns` at least 1.
    static Horizon long_run() { return {}; }
    static Horizon discounted(double discount) { return {Kind::discounted, discount, 0}; }
    static Horizon mean_of(int turns) { return {Kind::turns, 0.0, turns}; }
};

/// Shares of CC, CD, DC, DD (A's action first); they add to 1.
using OutcomeShares = std::array<double, 4>;

/// Chance that A, or B, is seen to cooperate in a period drawn at random.
inline double cooperation_a(const OutcomeShares& share) {
    return share[outcome_cc] + share[outcome_cd];
}
inline double cooperation_b(const OutcomeShares& share) {
    return share[outcome_cc] + share[outcome_dc];
}
/// Mean payoff where the outcomes pay `payoff` (in the same order).
double mean_payoff(const OutcomeShares& share, const std::array<double, 4>& payoff);

/// The product of two automata: states that play can reach from the pair of starts (state 0).
struct PlayChain {
    std::vector<int> row_start;  ///< successors of state s: row_start[s] .. row_start[s + 1]
    std::vector<int> next;
    std::vector<double> chance;          ///< positive; a row adds to 1
    std::vector<OutcomeShares> outcome;  ///< law of the realised outcome, by state

    /// Number of states.
    int size() const { return static_cast<int>(outcome.size()); }
};

/// Bounds of exact play: pairs of states, and states of their chain that lead to each other (they are factorised at
/// once). More is an input error before anything is allocated; simulation has no such bounds.
constexpr std::int64_t most_pairs = 1'000'000;
constexpr int most_tied_states = 10'000;

/// Throws an input error where an error rate is outside [0, 1], an automaton is not whole, or there are too many pairs
/// of states.
PlayChain product_chain(const Automaton& a, const Automaton& b, const Noise& noise, const Job& job = {});

/// Exact shares of the outcomes. Long run: recurrent classes of the chain, their stationary laws and the chances of
/// absorption from the first move, so that it holds with and without noise, periodic or not. Throws an input error for
/// a discount factor outside [0, 1) or fewer than one turn.
OutcomeShares outcome_shares(const PlayChain& chain, const Horizon& horizon, const Job& job = {});
OutcomeShares play(const Automaton& a, const Automaton& b, const Noise& noise, const Horizon& horizon = {},
                   const Job& job = {});

/// The state that an automaton is driven to by peace alone (CC and CC again) from everywhere in its one closed class;
/// nothing where it has several classes, or peace can end in several ways.
std::optional<int> peaceful_end(const Automaton& automaton);
/// The same play with these ends at hand, for many pairs. Where each side may always do either, every stretch of peace
/// that is long enough leads to the pair of ends: there is one recurrent class, that pair is in it, and the long run
/// does not depend on the start; what lies before it is not built.
OutcomeShares play(const Automaton& a, std::optional<int> end_a, const Automaton& b, std::optional<int> end_b,
                   const Noise& noise, const Horizon& horizon, const Job& job = {});

/// Periods of each outcome in one simulated match.
using OutcomeCounts = std::array<std::int64_t, 4>;

/// A strategy made ready for many matches: by state, what chance becomes a defection, and where each outcome leads.
struct MoveTables {
    std::uint32_t start = 0;
    std::vector<std::uint64_t> defects_below;  ///< a 32-bit number below it is a defection
    std::vector<std::uint32_t> next;           ///< [state * 4 + outcome as seen]
};
MoveTables move_tables(const Automaton& automaton, double lapse);
/// Plays `turns` periods, with the lapses of the tables and the misreadings of `noise`. Error rates and mixed moves are
/// resolved to 2^-32. The result depends on `seed` and `stream` alone.
OutcomeCounts simulate(const MoveTables& a, const MoveTables& b, const Noise& noise, std::int64_t turns,
                       std::uint64_t seed, std::uint64_t stream, const Job& job = {});
OutcomeCounts simulate(const Automaton& a, const Automaton& b, const Noise& noise, std::int64_t turns,
                       std::uint64_t seed, std::uint64_t stream, const Job& job = {});

}  // namespace detente
