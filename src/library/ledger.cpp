#include "detente/ledger.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/date.h"
#include "commitment/track_text.h"
#include "library/boundary.h"

namespace detente {
namespace library {
namespace {

v1::TrackedCommitment public_commitment(const Ledger& ledger, const CommitmentTrack& track, Date as_of) {
    const Commitment c = ledger.commitments[static_cast<std::size_t>(track.commitment)].on(as_of);
    v1::TrackedCommitment out{c.id,
                              c.actor,
                              c.counterpart,
                              c.field,
                              c.text,
                              to_string(c.from),
                              c.due ? to_string(*c.due) : "",
                              c.quantity,
                              c.unit,
                              to_string(track.status),
                              track.reason,
                              track.expected_share,
                              {},
                              "",
                              c.counted};
    if (!track.reported.empty())
        out.value = track.reported.front().value, out.reporter = track.reported.front().reporter;
    return out;
}

v1::TrackedLedger tracked(const Ledger& ledger, const v1::TrackOptions& options) {
    Date as_of = today();
    if (!options.as_of.empty()) {
        const auto given = parse_date(options.as_of);
        if (!given) throw_input({{"", 0, "as_of"}, "not a date", options.as_of, "YYYY-MM-DD", ""});
        as_of = *given;
    }
    const std::vector<std::string> priors = fidelity_prior_names();
    if (std::find(priors.begin(), priors.end(), options.prior) == priors.end())
        throw_unknown_name(Place{"", 0, "prior"}, "prior", options.prior, priors);
    const TrackReport report = track(ledger, as_of);
    FidelityOptions how;
    how.prior = fidelity_prior(options.prior);
    const std::vector<FidelityEstimate> fidelity = estimate_fidelity(ledger, report, how);
    v1::TrackedLedger out;
    out.title = ledger.title, out.as_of = to_string(as_of);
    for (const CommitmentTrack& one : report.tracks) out.commitments.push_back(public_commitment(ledger, one, as_of));
    for (const FidelityEstimate& f : fidelity)
        out.fidelity.push_back({f.actor, f.field, f.graded_target.mean, f.graded_target.low, f.graded_target.high,
                                f.graded_target.prior_weight, f.kept, f.kept_in_part, f.broken});
    out.json =
        track_json(ledger, report, fidelity, how).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    out.text = detente::track_text(ledger, report, fidelity, how);
    return out;
}

}  // namespace
}  // namespace library

namespace v1 {
using namespace library;

TrackedLedger track(const std::string& path, const TrackOptions& options) {
    return guarded([&] { return tracked(read_ledger(std::filesystem::path(path)), options); });
}

TrackedLedger track_text(const std::string& text, const std::string& name, const TrackOptions& options) {
    return guarded([&] { return tracked(read_ledger(text, name), options); });
}

}  // namespace v1
}  // namespace detente
