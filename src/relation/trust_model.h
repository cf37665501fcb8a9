// One period of the trust problem: what can be seen, how likely each type makes it, and what it teaches.
#pragma once

#include <array>
#include <vector>

#include "relation/trust.h"

namespace detente {

/// Something that can be seen of the partner in a period.
struct Sighting {
    bool cooperates = true;
    bool summit = false;
    double reciprocator = 0.0, opportunist = 0.0;  ///< likelihood under each type
};

/// The law of what is seen, by pair of automaton states.
struct TrustState {
    std::array<int, 2> automaton{};  ///< states of the reciprocator and of the opportunist
    bool peace = false;              ///< a reciprocator means to cooperate here
    std::vector<Sighting> sightings;
    std::vector<std::array<int, 2>> next;  ///< by sighting: position of the pair after our C, after our D
};

/// Pairs that can be reached, the start first. Throws where the problem is not one.
std::vector<TrustState> trust_states(const TrustProblem& problem);

/// Posterior after a sighting, then drift.
double updated_belief(const TrustProblem& problem, const Sighting& sighting, double mu);

}  // namespace detente
