// Named strategies from the literature, built for the payoffs at hand.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "relation/automaton.h"

namespace detente {

/// Payoffs of a 2 x 2 game as one side sees it, in the order CC, CD, DC, DD with its own action first (R, S, T, P).
/// `other` holds what the other side gets in the same outcomes (own R, T, S, P where the game is symmetric).
struct DilemmaPayoffs {
    std::array<double, 4> own{3.0, 0.0, 5.0, 1.0};
    std::array<double, 4> other{3.0, 5.0, 0.0, 1.0};
};

/// A row of the catalogue.
struct NamedStrategy {
    std::string name;
    std::string source;
    std::string note;
    bool needs_payoffs;  ///< its chances depend on the payoffs; it may not exist on some games
};

/// Every strategy known by name, in the order of the catalogue (more than thirty).
const std::vector<NamedStrategy>& named_strategies();

/// How far `Gradual` counts, whose source counts without end. A count that stops at n plays the first 2 n + 1 moves of
/// the original against everyone: an answer longer than n needs n + 1 defections first, and differs n moves later.
constexpr int exact_count = 16;  ///< where chains are solved: the first 33 moves
constexpr int most_count = 500;  ///< in simulated matches: 1001 moves
/// The count for matches of so many turns: half of them, from `exact_count` to `most_count`.
int counting_bound(std::int64_t turns);

/// The strategy of that name, nothing where these payoffs do not admit it (a zero-determinant line without
/// probabilities, generosity without a dilemma). Throws with the nearest name where there is none.
std::optional<Automaton> make_strategy(const std::string& name, const DilemmaPayoffs& payoffs, const Place& place = {},
                                       int count = exact_count);

/// Generosity of Molander (1985) and Nowak and Sigmund (1992): min{1 - (T - R)/(R - S), (R - P)/(T - P)}, the largest
/// chance of forgiving a defection at which neither defecting once nor always pays. Nothing outside a dilemma
/// T > R > P > S or where it would be negative.
std::optional<double> generosity(const std::array<double, 4>& own);

/// Zero-determinant play (Press and Dyson 2012; Stewart and Plotkin 2012): enforces
/// own - baseline_own = slope (other - baseline_other) on long-run payoffs (without noise), with `strength` in (0, 1]
/// of the largest factor that leaves probabilities. Nothing where none does.
std::optional<std::array<double, 4>> zero_determinant(const DilemmaPayoffs& payoffs, double baseline_own,
                                                      double baseline_other, double slope, double strength);

}  // namespace detente
