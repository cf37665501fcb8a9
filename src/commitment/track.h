// Words against actions: where every commitment of a ledger stands on a given day.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "commitment/ledger.h"
#include "commitment/projection.h"

namespace detente {

/// What can be said of a commitment on a day.
enum class CommitmentStatus { not_yet_due, on_track, behind, kept, kept_in_part, broken, unverifiable, censored };
/// "not yet due", "on track", ...
const std::string& to_string(CommitmentStatus status);

/// The cut-offs are conventions, the same for every actor; results carry them.
struct TrackOptions {
    double on_track_share = 1.0;      ///< of what is due pro rata; below: behind
    double kept_share = 1.0;          ///< of the target at the due date
    double kept_in_part_share = 0.5;  ///< of the target; below: broken. Also what an act done late is worth
    double interval = 0.9;            ///< probability of every interval
};

/// What one reporter says last, on or before the day.
struct ReportedAttainment {
    std::string reporter;
    Date date{};
    double value = 0.0;
    std::optional<double> low, high;
    std::optional<double> share_of_target;     ///< value / quantity
    std::optional<double> share_of_pro_rata;   ///< value / (what was due by `date`)
    std::optional<double> share_of_increment;  ///< (value - baseline to date) / (quantity - baseline, to date)
};

/// Two reporters on the same day.
struct ReporterSpread {
    Date date{};
    double low = 0.0, high = 0.0;  ///< smallest and largest share of what was due pro rata
};

/// One commitment on the day, with every number that its status rests on.
struct CommitmentTrack {
    int commitment = 0;
    CommitmentStatus status = CommitmentStatus::not_yet_due;
    std::string reason;  ///< the rule that gave the status, in words
    /// By reporter; the status goes by the first: the one with the latest word, of equals the first in the ledger.
    std::vector<ReportedAttainment> reported;
    /// What the same reporter said last on or before the last day on which it is judged, once that has passed.
    std::optional<ReportedAttainment> at_due;
    /// Where the counterpart moved the date: what was reached by the old one, and what would be said of it there.
    std::optional<ReportedAttainment> at_first_due;
    std::optional<CommitmentStatus> at_first_due_status;
    /// Of restraint: years from its beginning that were seen, to the last new breach or the last word within its time,
    /// and breaches seen in them.
    double exposure_years = 0.0;
    double breaches = 0.0;
    std::vector<ReporterSpread> spreads;
    double expected_share = 0.0;  ///< due pro rata, or by the profile, on the day
    /// Of a running total at the last day on which it is judged, while it is not decided.
    std::optional<Projection> projection;
    /// Of a commitment to act: share of the promise that was kept, in [0, 1], once it is decided: for the graded
    /// estimate of fidelity.
    std::optional<double> graded_target, graded_increment;

    /// Whether the status is a verdict: kept, kept in part or broken.
    bool decided() const {
        return status == CommitmentStatus::kept || status == CommitmentStatus::kept_in_part ||
               status == CommitmentStatus::broken;
    }
};

/// Every commitment of a ledger on one day.
struct TrackReport {
    Date as_of{};
    TrackOptions options;
    std::vector<CommitmentTrack> tracks;  ///< in the order of the ledger
};

/// Observations after `as_of` are not seen. The result depends on its arguments alone.
TrackReport track(const Ledger& ledger, Date as_of, const TrackOptions& options = {});

}  // namespace detente
