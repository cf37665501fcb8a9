// A game and what holds its agreement up, in JSON: the same keys from the command and from a study.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "relation/game_report.h"

namespace detente {

/// What `detente game --json` prints; a relation of a study has it under `game`. Sides are `a` and `b`; what is
/// infinite or has no value is null.
nlohmann::json game_json(const StageGame& game, const GameReport& report);

}  // namespace detente
