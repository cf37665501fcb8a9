// A scenario, solved.
#pragma once

#include <optional>
#include <string>

#include "equilibrium/welfare.h"
#include "policy/scenario.h"

namespace detente {

/// A scenario or a question's outcome: what was changed, and the equilibrium with it.
struct ScenarioResult {
    Scenario scenario;
    bool answered = false;
    std::string error;  ///< why not, where `answered` is false
    Shock shock;
    Equilibrium equilibrium;
    std::optional<FirstOrder> first_order;  ///< where the model has it
    std::optional<Decomposition> decomposition;
};

}  // namespace detente
