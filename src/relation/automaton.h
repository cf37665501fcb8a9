// Finite-state strategies for two actions: cooperate (C) and defect (D).
//
// Sources: Rubinstein (1986, JET 39); Nowak and Sigmund (1990, Acta Applicandae Mathematicae 20) for memory-one play.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"

namespace detente {

/// What happened in a period, own action first. The order of every array of four in this folder.
enum Outcome : int { outcome_cc = 0, outcome_cd = 1, outcome_dc = 2, outcome_dd = 3 };

/// The outcome of a period from who defects.
constexpr int outcome_of(bool own_defects, bool other_defects) {
    return (own_defects ? 2 : 0) + (other_defects ? 1 : 0);
}
/// The same period seen by the other side: CD and DC change places.
constexpr int swapped(int outcome) {
    return outcome == outcome_cd ? outcome_dc : outcome == outcome_dc ? outcome_cd : outcome;
}

/// One state: what is played in it and where each outcome leads.
struct AutomatonState {
    std::string name;
    double cooperate = 1.0;               ///< chance that cooperation is intended in this state
    std::array<int, 4> next{0, 0, 0, 0};  ///< state after CC, CD, DC, DD (realised own action, the other's as seen)
};

/// A Moore machine with random output: moves are drawn in a state, transitions are certain given what was done.
struct Automaton {
    std::string name;
    std::string source;  ///< paper or book it comes from
    std::string note;    ///< what it does, in a few words
    int start = 0;
    std::vector<AutomatonState> states;

    /// Number of states.
    int size() const { return static_cast<int>(states.size()); }
};

/// Throws an input error at `place` where there is no state, a transition leaves the states or a probability is
/// outside [0, 1].
void check_automaton(const Automaton& automaton, const Place& place = {});

/// The same play with the fewest states: unreachable states dropped, states merged that no future tells apart
/// (Moore 1956, partition refinement).
Automaton minimised(const Automaton& automaton);

/// Memory-one play: the chance of cooperation first, and after CC, CD, DC, DD.
Automaton memory_one(std::string name, double first, const std::array<double, 4>& after, std::string source = "",
                     std::string note = "");

/// States that a strategy of a file may have.
constexpr int most_states = 10'000;

/// Strategies from a TOML file: `[[strategy]]` with `name`, `source`, and either `first` and
/// `after = { CC = 1, CD = 0, DC = 1, DD = 0 }` or `start` and `[[strategy.state]]` with `name`, `cooperate` and
/// `next = { CC = "state", ... }`. Throws input errors (file, line, key) for unknown keys and states, missing
/// transitions, repeated names, probabilities outside [0, 1] and more states than `most_states`.
std::vector<Automaton> read_strategies(const std::filesystem::path& path);

}  // namespace detente
