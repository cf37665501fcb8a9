// Tables and JSON of a tracked ledger.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "commitment/fidelity.h"
#include "commitment/track.h"

namespace detente {

/// One sentence: how much of an estimate is its prior.
std::string fidelity_words(const FidelityEstimate& estimate);

/// What a person reads: statuses, attainment by reporter, projections, fidelity, and the conventions used.
std::string track_text(const Ledger& ledger, const TrackReport& report, const std::vector<FidelityEstimate>& fidelity,
                       const FidelityOptions& options);

/// `{"version": 1, "title", "as_of", "rules", "commitments": [{"id", "status", "reason", "reported", "spreads",
/// "projection", "timeline", ...}], "fidelity": [...]}`. The timeline of a running total holds what was due by date
/// and what each reporter said: what a chart needs.
nlohmann::ordered_json track_json(const Ledger& ledger, const TrackReport& report,
                                  const std::vector<FidelityEstimate>& fidelity, const FidelityOptions& options);

}  // namespace detente
