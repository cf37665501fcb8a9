// Escape clauses on continuous tariffs: how far from the agreement towards the war each state of the world has to go
// for the rest to be kept, lapses included.
#pragma once

#include <vector>

#include "diplomacy/agreement_game.h"
#include "relation/shocks.h"

namespace detente {

/// What moves, and who keeps how much of its word.
struct EscapeQuestion {
    std::vector<double> factor, probability;  ///< by state, drawn anew every period: what is at stake, times
    double discount[2] = {0.0, 0.0}, fidelity[2] = {1.0, 1.0};  ///< a period
    double relative_gains[2] = {0.0, 0.0};
    int points = 9;  ///< tariffs at which payoffs are solved for; the rest is interpolated
};

/// The clause, by state.
struct EscapeClause {
    std::vector<double> factor, probability;
    ScalePolicy scale;            ///< 0: the agreement; 1: the war
    std::vector<double> rate[2];  ///< mean tariffs of each side there, weighted by trade
    double kept[2] = {0.0, 0.0};  ///< value over war as a share of what the agreement promises in the mean state
};

/// The most cooperative tariffs of each state on the way from the agreement to the war, both sides alike, each line's
/// ln(1 + rate) moving evenly. A breach is each side's best answer to the tariffs of the state, solved for; a side that
/// lapses does the same without wanting it. What is seen is answered by war for ever with the chance that is worth most
/// (`best_scale`). Payoffs are solved at Chebyshev points of the way and interpolated between them. Throws what
/// `agreement_game` throws.
EscapeClause escape_clause(const World& world, const Agreement& agreement, const EscapeQuestion& question, int threads,
                           const SolverOptions& solver = {});

}  // namespace detente
