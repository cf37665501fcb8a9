// Strategies that a person wrote down.
#include <cmath>

#include "fuzz.h"
#include "relation/automaton.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace detente::fuzz;
    const auto path = put("strategies.toml", as_text(data, size));
    reads([&] {
        for (const detente::Automaton& strategy : detente::read_strategies(path)) {
            check_automaton(strategy);
            if (strategy.start < 0 || strategy.start >= strategy.size()) broken("the start is no state");
            for (const detente::AutomatonState& state : strategy.states) {
                if (!(state.cooperate >= 0.0 && state.cooperate <= 1.0)) broken("a chance that is none");
                for (const int next : state.next)
                    if (next < 0 || next >= strategy.size()) broken("a move to no state");
            }
            if (minimised(strategy).size() != strategy.size()) broken("what was read is not minimal");
        }
    });
    return 0;
}
