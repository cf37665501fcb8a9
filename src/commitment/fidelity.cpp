#include "commitment/fidelity.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/distribution.h"

namespace detente {
namespace {

FidelityPosterior posterior(double successes, double failures, const FidelityOptions& options) {
    FidelityPosterior out{options.prior_kept + successes, options.prior_broken + failures, 0.0, 0.0, 0.0};
    out.mean = out.a / (out.a + out.b);
    out.low = beta_quantile(0.5 - 0.5 * options.interval, out.a, out.b);
    out.high = beta_quantile(0.5 + 0.5 * options.interval, out.a, out.b);
    return out;
}

FidelityEstimate estimate(const Ledger& ledger, const TrackReport& report, const std::string& actor,
                          const std::string& field, const FidelityOptions& options) {
    FidelityEstimate out;
    out.actor = actor;
    out.field = field;
    double target = 0.0, increment = 0.0;
    for (const CommitmentTrack& t : report.tracks) {
        const Commitment& c = ledger.commitments[static_cast<std::size_t>(t.commitment)];
        if (!c.counted || c.actor != actor || (!field.empty() && c.field != field)) continue;
        if (!t.decided()) {
            ++out.undecided;
            continue;
        }
        out.kept += t.status == CommitmentStatus::kept ? 1 : 0;
        out.kept_in_part += t.status == CommitmentStatus::kept_in_part ? 1 : 0;
        out.broken += t.status == CommitmentStatus::broken ? 1 : 0;
        target += t.graded_target.value_or(0.0);
        increment += t.graded_increment.value_or(0.0);
    }
    const double decided = out.kept + out.kept_in_part + out.broken;
    out.strict = posterior(out.kept, decided - out.kept, options);
    out.graded_target = posterior(target, decided - target, options);
    out.graded_increment = posterior(increment, decided - increment, options);
    return out;
}

void check(const FidelityOptions& options) {
    if (!(options.prior_kept > 0.0 && options.prior_broken > 0.0))
        throw_input({{"", 0, "prior"},
                     "not a Beta prior",
                     fmt::format("Beta({:g}, {:g})", options.prior_kept, options.prior_broken),
                     "two positive numbers",
                     ""});
    if (!(options.interval > 0.0 && options.interval < 1.0))
        throw_input(
            {{"", 0, "interval"}, "not a probability", fmt::format("{:g}", options.interval), "between 0 and 1", ""});
}

}  // namespace

std::vector<FidelityEstimate> estimate_fidelity(const Ledger& ledger, const TrackReport& report,
                                                const FidelityOptions& options) {
    check(options);
    std::vector<FidelityEstimate> out;
    for (const std::string& actor : ledger.actors()) {
        out.push_back(estimate(ledger, report, actor, "", options));
        std::vector<std::string> fields;
        for (const Commitment& c : ledger.commitments)
            if (c.actor == actor && c.counted && std::find(fields.begin(), fields.end(), c.field) == fields.end())
                fields.push_back(c.field);
        for (const std::string& field : fields) out.push_back(estimate(ledger, report, actor, field, options));
    }
    return out;
}

FidelityEstimate fidelity_of(const std::filesystem::path& ledger, const std::string& actor, Date as_of,
                             const FidelityOptions& options) {
    check(options);
    const Ledger read = read_ledger(ledger);
    const auto actors = read.actors();
    if (std::find(actors.begin(), actors.end(), actor) == actors.end())
        throw_unknown_name({ledger.string(), 0, "actor"}, "actor", actor, actors);
    TrackOptions track_options;
    track_options.interval = options.interval;
    return estimate(read, track(read, as_of, track_options), actor, "", options);
}

}  // namespace detente
