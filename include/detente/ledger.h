// Words against actions: where the promises of a ledger stand on a day, and how far each side kept its word.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "detente/export.h"

namespace detente {
DETENTE_V1_BEGIN

/// A promise on the day (docs/ledger.md).
struct TrackedCommitment {
    std::string id, actor, counterpart, field, text;
    std::string from, due;  ///< YYYY-MM-DD; due empty: open-ended
    double quantity = 0.0;
    std::string unit;
    std::string status, reason;   ///< "kept", "behind", "not yet due", ...; the rule that gave it, in words
    double expected_share = 0.0;  ///< of the quantity, due pro rata on the day
    std::optional<double> value;  ///< the latest word on it, in its unit
    std::string reporter;         ///< whose
    bool counted = true;          ///< enters the estimate of fidelity
};

/// How far one actor kept its word: fidelity a year, graded by target, with the equal-tailed interval of 90 %.
struct TrackedFidelity {
    std::string actor;
    std::string field;  ///< empty: all fields together
    double mean = 0.0, low = 0.0, high = 0.0;
    double prior_weight = 1.0;  ///< share of the estimate that is its prior
    int kept = 0, kept_in_part = 0, broken = 0;
};

/// A ledger on a day.
struct TrackedLedger {
    std::string title, as_of;
    std::vector<TrackedCommitment> commitments;
    std::vector<TrackedFidelity> fidelity;
    std::string json;  ///< what `detente track --json` prints
    std::string text;  ///< the tables that the command prints
};

/// How a ledger is judged.
struct TrackOptions {
    std::string as_of = {};         ///< YYYY-MM-DD; empty: today. Later observations are not seen
    std::string prior = "uniform";  ///< of fidelity: "uniform", "jeffreys" or "informative"
};

/// Reads a ledger and judges it. Throws an input error (file, line, key) where it is wrong, with the nearest name for a
/// prior, and a file error where it cannot be read.
DETENTE_PUBLIC TrackedLedger track(const std::string& path, const TrackOptions& options = {});
/// The same from text, which errors call `name`.
DETENTE_PUBLIC TrackedLedger track_text(const std::string& text, const std::string& name,
                                        const TrackOptions& options = {});

DETENTE_V1_END
}  // namespace detente
