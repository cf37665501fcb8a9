// A scenario, solved.
#pragma once

#include <optional>
#include <string>

#include "equilibrium/welfare.h"
#include "policy/scenario.h"

namespace detente {

struct ScenarioResult {
    Scenario scenario;
    bool answered = false;
    std::string error;  ///< why not, where `answered` is false
    Shock shock;
    Equilibrium equilibrium;
    std::optional<FirstOrder> first_order;  ///< `ricardian` only
    std::optional<Decomposition> decomposition;
};

}  // namespace detente
