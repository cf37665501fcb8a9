#include "relation/automaton.h"

#include <fmt/format.h>

#include <map>

namespace detente {
namespace {

// States that can be reached, from the start, in the order of discovery.
std::vector<int> reachable(const Automaton& automaton) {
    std::vector<int> order{automaton.start};
    std::vector<char> seen(automaton.states.size(), 0);
    seen[static_cast<std::size_t>(automaton.start)] = 1;
    for (std::size_t k = 0; k < order.size(); ++k) {
        for (const int next : automaton.states[static_cast<std::size_t>(order[k])].next) {
            if (seen[static_cast<std::size_t>(next)]++ == 0) order.push_back(next);
        }
    }
    return order;
}

// The coarsest partition in which a class has one output and one class of successors for each outcome.
std::vector<int> classes(const Automaton& automaton, const std::vector<int>& states) {
    std::vector<int> of(automaton.states.size(), -1);
    std::map<double, int> outputs;
    for (const int s : states) {
        const double output = automaton.states[static_cast<std::size_t>(s)].cooperate;
        of[static_cast<std::size_t>(s)] = outputs.emplace(output, static_cast<int>(outputs.size())).first->second;
    }
    std::size_t count = outputs.size();
    while (true) {
        std::map<std::array<int, 5>, int> signatures;
        std::vector<int> finer(of.size(), -1);
        for (const int s : states) {
            std::array<int, 5> signature{of[static_cast<std::size_t>(s)], 0, 0, 0, 0};
            for (std::size_t k = 0; k < 4; ++k)
                signature[k + 1] = of[static_cast<std::size_t>(automaton.states[static_cast<std::size_t>(s)].next[k])];
            finer[static_cast<std::size_t>(s)] =
                signatures.emplace(signature, static_cast<int>(signatures.size())).first->second;
        }
        of = finer;
        if (signatures.size() == count) return of;
        count = signatures.size();
    }
}

}  // namespace

void check_automaton(const Automaton& automaton, const Place& place) {
    if (automaton.states.empty()) throw_input(place, fmt::format("strategy \"{}\" has no state", automaton.name));
    const auto inside = [&](int s) { return s >= 0 && s < automaton.size(); };
    if (!inside(automaton.start))
        throw_input(place, fmt::format("strategy \"{}\" starts in a state that it does not have", automaton.name));
    for (const AutomatonState& state : automaton.states) {
        if (!(state.cooperate >= 0.0 && state.cooperate <= 1.0))
            throw_input({place,
                         fmt::format("strategy \"{}\", state \"{}\": not a probability", automaton.name, state.name),
                         fmt::format("{:g}", state.cooperate), "a number from 0 to 1", ""});
        for (const int next : state.next) {
            if (!inside(next))
                throw_input(place, fmt::format("strategy \"{}\", state \"{}\": a transition leaves the states",
                                               automaton.name, state.name));
        }
    }
}

Automaton minimised(const Automaton& automaton) {
    check_automaton(automaton);
    const std::vector<int> states = reachable(automaton);
    const std::vector<int> of = classes(automaton, states);
    Automaton out{automaton.name, automaton.source, automaton.note, 0, {}};
    std::map<int, int> position;  // class to state of the result, in the order of discovery
    std::vector<int> representative;
    for (const int s : states) {
        if (position.emplace(of[static_cast<std::size_t>(s)], static_cast<int>(position.size())).second)
            representative.push_back(s);
    }
    for (const int s : representative) {
        AutomatonState state = automaton.states[static_cast<std::size_t>(s)];
        for (int& next : state.next) next = position.at(of[static_cast<std::size_t>(next)]);
        out.states.push_back(state);
    }
    return out;
}

Automaton memory_one(std::string name, double first, const std::array<double, 4>& after, std::string source,
                     std::string note) {
    Automaton out{std::move(name), std::move(source), std::move(note), 0, {}};
    const std::array<int, 4> next{1, 2, 3, 4};
    out.states = {{"start", first, next},
                  {"CC", after[0], next},
                  {"CD", after[1], next},
                  {"DC", after[2], next},
                  {"DD", after[3], next}};
    return minimised(out);
}

}  // namespace detente
