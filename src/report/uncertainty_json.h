// What draws of parameters say, as part of results.json.
#pragma once

#include <nlohmann/json.hpp>

#include "study/run.h"

namespace detente {

/// `uncertainty` of results.json; the run has it.
nlohmann::ordered_json uncertainty_json(const StudyResult& run);
/// Adds `share_of_draws` and `in_draws` to a claim.
void add_shares(const ClaimShares& shares, nlohmann::ordered_json& claim);

}  // namespace detente
