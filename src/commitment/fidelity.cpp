#include "commitment/fidelity.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/distribution.h"

namespace detente {
namespace {

// What was seen of one actor, as trials.
struct Record {
    double successes = 0.0, failures = 0.0, years = 0.0, breaches = 0.0;
};

FidelityPosterior posterior(const Record& seen, const FidelityPrior& prior, double interval) {
    FidelityPosterior out;
    out.a = prior.kept + seen.successes + seen.years, out.b = prior.broken + seen.failures;
    out.breaches = seen.breaches;
    out.prior_weight = (prior.kept + prior.broken) / (out.a + out.b + out.breaches);
    out.mean = beta_log_mean(out.a, out.b, out.breaches);
    out.low = quantile(out, 0.5 - 0.5 * interval);
    out.high = quantile(out, 0.5 + 0.5 * interval);
    return out;
}

void count(const Commitment& c, const CommitmentTrack& t, FidelityEstimate& out, Record& target, Record& increment) {
    out.censored += t.status == CommitmentStatus::censored ? 1 : 0;
    if (c.kind == CommitmentKind::refrain) {
        if (!(t.exposure_years > 0.0)) {
            out.undecided += t.status == CommitmentStatus::censored ? 0 : 1;
            return;
        }
        ++out.restraint;
        out.restraint_years += t.exposure_years, out.breaches += t.breaches;
        return;
    }
    if (!t.decided()) {
        out.undecided += t.status == CommitmentStatus::censored ? 0 : 1;
        return;
    }
    out.kept += t.status == CommitmentStatus::kept ? 1 : 0;
    out.kept_in_part += t.status == CommitmentStatus::kept_in_part ? 1 : 0;
    out.broken += t.status == CommitmentStatus::broken ? 1 : 0;
    const double share = t.graded_target.value_or(0.0), of_increment = t.graded_increment.value_or(0.0);
    target.successes += share, target.failures += 1.0 - share;
    increment.successes += of_increment, increment.failures += 1.0 - of_increment;
}

FidelityEstimate estimate(const Ledger& ledger, const TrackReport& report, const std::string& actor,
                          const std::string& field, const FidelityOptions& options) {
    FidelityEstimate out;
    out.actor = actor;
    out.field = field;
    Record strict, target, increment;
    for (const CommitmentTrack& t : report.tracks) {
        const Commitment& c = ledger.commitments[static_cast<std::size_t>(t.commitment)];
        if (!c.counted || c.actor != actor || (!field.empty() && c.field != field)) continue;
        count(c, t, out, target, increment);
    }
    strict.successes = out.kept, strict.failures = out.kept_in_part + out.broken;
    const FidelityPrior& prior = options.prior;
    out.acts = posterior(target, prior, options.interval);
    for (Record* record : {&strict, &target, &increment})
        record->years = out.restraint_years, record->breaches = out.breaches;
    out.strict = posterior(strict, prior, options.interval);
    out.graded_target = posterior(target, prior, options.interval);
    out.graded_increment = posterior(increment, prior, options.interval);
    for (const FidelityPrior& one : fidelity_priors())
        out.priors.push_back({one, posterior(target, one, options.interval)});
    const double shape = prior.broken + out.breaches, years = prior.kept + out.restraint_years;
    out.rate = shape / years;
    out.rate_low = gamma_quantile(0.5 - 0.5 * options.interval, shape) / years;
    out.rate_high = gamma_quantile(0.5 + 0.5 * options.interval, shape) / years;
    return out;
}

void check(const FidelityOptions& options) {
    const FidelityPrior& prior = options.prior;
    if (!(prior.kept > 0.0 && prior.broken > 0.0))
        throw_input({{"", 0, "prior"},
                     "not a Beta prior",
                     fmt::format("Beta({:g}, {:g})", prior.kept, prior.broken),
                     "two positive numbers",
                     ""});
    if (!(options.interval > 0.0 && options.interval < 1.0))
        throw_input(
            {{"", 0, "interval"}, "not a probability", fmt::format("{:g}", options.interval), "between 0 and 1", ""});
}

}  // namespace

const std::vector<FidelityPrior>& fidelity_priors() {
    static const std::vector<FidelityPrior> priors{
        {"uniform", 1.0, 1.0}, {"jeffreys", 0.5, 0.5}, {"informative", 4.0, 1.0}};
    return priors;
}

std::vector<std::string> fidelity_prior_names() {
    std::vector<std::string> names;
    for (const FidelityPrior& prior : fidelity_priors()) names.push_back(prior.name);
    return names;
}

const FidelityPrior& fidelity_prior(const std::string& name) {
    for (const FidelityPrior& prior : fidelity_priors())
        if (prior.name == name) return prior;
    throw_unknown_name({"", 0, "prior"}, "prior", name, fidelity_prior_names());
}

namespace {

constexpr std::pair<const char*, FidelityReading> readings[] = {{"strict", FidelityReading::strict},
                                                                {"target", FidelityReading::graded_target},
                                                                {"increment", FidelityReading::graded_increment}};

}  // namespace

std::vector<std::string> fidelity_reading_names() {
    std::vector<std::string> names;
    for (const auto& [name, reading] : readings) names.emplace_back(name);
    return names;
}

FidelityReading fidelity_reading(const std::string& name) {
    for (const auto& [known, reading] : readings)
        if (name == known) return reading;
    throw_unknown_name({"", 0, "reading"}, "reading", name, fidelity_reading_names());
}

std::string to_string(FidelityReading which) {
    for (const auto& [name, reading] : readings)
        if (which == reading) return name;
    return "";
}

double quantile(const FidelityPosterior& posterior, double p) {
    return beta_log_quantile(p, posterior.a, posterior.b, posterior.breaches);
}

const FidelityPosterior& FidelityEstimate::reading(FidelityReading which) const {
    if (which == FidelityReading::strict) return strict;
    return which == FidelityReading::graded_target ? graded_target : graded_increment;
}

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
