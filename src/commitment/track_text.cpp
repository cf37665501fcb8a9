#include "commitment/track_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace detente {
namespace {

std::string percent(const std::optional<double>& share) {
    return share ? fmt::format("{:.1f}", 100.0 * *share) : "-";
}

const Commitment& of(const Ledger& ledger, const CommitmentTrack& t) {
    return ledger.commitments[static_cast<std::size_t>(t.commitment)];
}

std::size_t widest(const Ledger& ledger) {
    std::size_t width = 10;
    for (const Commitment& c : ledger.commitments) width = std::max(width, c.id.size());
    return width;
}

std::string statuses(const Ledger& ledger, const TrackReport& report) {
    const std::size_t width = widest(ledger);
    std::string out =
        fmt::format("{:<{}}  {:<5} {:<10}  {:<12}  {}\n", "commitment", width, "actor", "due", "status", "why");
    for (const CommitmentTrack& t : report.tracks) {
        const Commitment& c = of(ledger, t);
        out += fmt::format("{:<{}}  {:<5} {:<10}  {:<12}  {}{}\n", c.id, width, c.actor,
                           c.due ? to_string(*c.due) : "open", to_string(t.status), t.reason,
                           c.ended && *c.ended <= report.as_of
                               ? fmt::format(" (judged to {}: {})", to_string(*c.ended), c.ended_reason)
                               : "");
    }
    return out;
}

std::string value_text(const ReportedAttainment& r) {
    return r.low ? fmt::format("{:g}-{:g}", *r.low, *r.high) : fmt::format("{:.4g}", r.value);
}

std::string amounts(const Ledger& ledger, const TrackReport& report) {
    const std::size_t width = widest(ledger);
    std::string rows;
    for (const CommitmentTrack& t : report.tracks) {
        const Commitment& c = of(ledger, t);
        const auto row = [&](const ReportedAttainment& r, const char* note) {
            if (r.share_of_target)
                rows += fmt::format("{:<{}}  {:<10}  {:>9} of {:<18} {:>8} {:>9} {:>10}  {}{}\n", c.id, width,
                                    to_string(r.date), value_text(r), fmt::format("{:g} {}", c.quantity, c.unit),
                                    percent(r.share_of_target), percent(r.share_of_pro_rata),
                                    percent(r.share_of_increment), r.reporter, note);
        };
        const bool later = t.at_due && t.at_due->date < t.reported.front().date;
        if (later) row(*t.at_due, ", at the due date");
        for (std::size_t k = 0; k < t.reported.size(); ++k) row(t.reported[k], later && k == 0 ? ", later" : "");
    }
    if (rows.empty()) return "";
    return fmt::format(
               "\nAttainment, percent of the target, of what was due by then, of the increment over the baseline\n"
               "{:<{}}  {:<10}  {:>9}    {:<18} {:>8} {:>9} {:>10}  {}\n",
               "commitment", width, "observed", "value", "quantity", "target", "pro rata", "increment", "reporter") +
           rows;
}

std::string spreads(const Ledger& ledger, const TrackReport& report) {
    std::string out;
    for (const CommitmentTrack& t : report.tracks)
        for (const ReporterSpread& s : t.spreads)
            out += fmt::format("  {} on {}: {:.1f} to {:.1f} percent of what was due, by reporter\n", of(ledger, t).id,
                               to_string(s.date), 100.0 * s.low, 100.0 * s.high);
    return out.empty() ? "" : "\nReporters differ\n" + out;
}

std::string projections(const Ledger& ledger, const TrackReport& report) {
    std::string out;
    for (const CommitmentTrack& t : report.tracks) {
        if (!t.projection) continue;
        const Commitment& c = of(ledger, t);
        out += fmt::format("  {} by {}: {:.4g} of {:g} {}", c.id, to_string(*c.on(report.as_of).last_day()),
                           t.projection->mean, c.quantity, c.unit);
        out += t.projection->low ? fmt::format(", {:.0f} % interval {:.4g} to {:.4g}\n",
                                               100.0 * report.options.interval, *t.projection->low, *t.projection->high)
                                 : fmt::format(", no interval: {} increments\n", t.projection->increments);
    }
    return out.empty() ? "" : "\nProjected (" + std::string(projection_assumption) + ")\n" + out;
}

std::string interval(const FidelityPosterior& p) {
    return fmt::format("{:.2f} [{:.2f}, {:.2f}]", p.mean, p.low, p.high);
}

// What was reached by a date that the counterpart moved, beside what is said at the date that holds.
std::string moved_dates(const Ledger& ledger, const TrackReport& report) {
    std::string out;
    for (const CommitmentTrack& t : report.tracks) {
        const Commitment& c = of(ledger, t);
        if (!t.at_first_due_status) continue;
        out += fmt::format("  {}: due {}, moved by {} to {} ({}); at the old date {}{}\n", c.id, to_string(*c.due),
                           c.moved->by, to_string(c.moved->to), c.moved->source, to_string(*t.at_first_due_status),
                           t.at_first_due && t.at_first_due->share_of_target
                               ? ", " + percent(t.at_first_due->share_of_target) + " percent of the target"
                               : "");
    }
    return out.empty() ? "" : "\nDates that the counterpart moved\n" + out;
}

std::string fidelities(const std::vector<FidelityEstimate>& list, const FidelityOptions& options) {
    const FidelityPrior& prior = options.prior;
    std::string out = fmt::format(
        "\nFidelity a year: mean and {:.0f} % interval, prior Beta({:g}, {:g}) ({}), mean {:.2f}; acts: commitments to "
        "do something\n{:<6} {:<16} {:>4} {:>7} {:>6} {:>16} {:>8} {:>8} {:>9} {:>7}  {:<18}  {:<18}  {:<18}\n",
        100.0 * options.interval, prior.kept, prior.broken, prior.name, prior.mean(), "actor", "field", "kept",
        "in part", "broken", "restraint, years", "breaches", "censored", "undecided", "prior", "kept or not",
        "graded on target", "graded on increment");
    for (const FidelityEstimate& e : list)
        out += fmt::format("{:<6} {:<16} {:>4} {:>7} {:>6} {:>16} {:>8} {:>8} {:>9} {:>7}  {:<18}  {:<18}  {:<18}\n",
                           e.actor, e.field.empty() ? "all" : e.field, e.kept, e.kept_in_part, e.broken,
                           fmt::format("{:.2f}", e.restraint_years), fmt::format("{:g}", e.breaches), e.censored,
                           e.undecided, fmt::format("{:.0f} %", 100.0 * e.graded_target.prior_weight),
                           interval(e.strict), interval(e.graded_target), interval(e.graded_increment));
    out += "\nThe same, graded on target, under each prior; acts alone; breaches of restraint a year\n";
    for (const FidelityEstimate& e : list) {
        if (!e.field.empty()) continue;
        out += fmt::format("  {}:", e.actor);
        for (const FidelityUnderPrior& one : e.priors)
            out += fmt::format(" {} Beta({:g}, {:g}) {};", one.prior.name, one.prior.kept, one.prior.broken,
                               interval(one.posterior));
        out +=
            fmt::format(" acts {}; rate {:.2f} [{:.2f}, {:.2f}]\n", interval(e.acts), e.rate, e.rate_low, e.rate_high);
    }
    for (const FidelityEstimate& e : list)
        if (e.field.empty()) out += "  " + fidelity_words(e) + "\n";
    return out;
}

nlohmann::ordered_json number(const std::optional<double>& value) {
    return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json(nullptr);
}

nlohmann::ordered_json reported_json(const ReportedAttainment& r) {
    return {{"reporter", r.reporter},
            {"date", to_string(r.date)},
            {"value", r.value},
            {"low", number(r.low)},
            {"high", number(r.high)},
            {"share_of_target", number(r.share_of_target)},
            {"share_of_pro_rata", number(r.share_of_pro_rata)},
            {"share_of_increment", number(r.share_of_increment)}};
}

// What was due at 25 even steps of the period, and every observation up to the day.
nlohmann::ordered_json timeline(const Ledger& ledger, const CommitmentTrack& t, Date as_of) {
    const Commitment c = of(ledger, t).on(as_of);
    nlohmann::ordered_json out;
    out["expected"] = nlohmann::ordered_json::array();
    if (c.cumulative && c.due) {
        constexpr int pieces = 24;
        const double days = days_between(c.from, *c.due);
        for (int k = 0; k <= pieces; ++k) {
            const Date day = c.from + std::chrono::days(static_cast<int>(days * k / pieces));
            out["expected"].push_back({to_string(day), c.quantity * c.expected_share(day)});
        }
    }
    out["observed"] = nlohmann::ordered_json::array();
    for (const Observation& o : ledger.observations)
        if (o.commitment == t.commitment && o.date <= as_of)
            out["observed"].push_back({{"reporter", o.reporter},
                                       {"date", to_string(o.date)},
                                       {"value", o.value},
                                       {"low", number(o.low)},
                                       {"high", number(o.high)},
                                       {"source", o.source},
                                       {"note", o.note}});
    return out;
}

nlohmann::ordered_json commitment_json(const Ledger& ledger, const CommitmentTrack& t, Date as_of) {
    const Commitment c = of(ledger, t).on(as_of);
    nlohmann::ordered_json out{
        {"id", c.id},
        {"actor", c.actor},
        {"counterpart", c.counterpart},
        {"field", c.field},
        {"text", c.text},
        {"kind", commitment_kind_names()[static_cast<std::size_t>(c.kind)]},
        {"quantity", c.quantity},
        {"unit", c.unit},
        {"baseline", number(c.baseline)},
        {"baseline_definition", c.baseline_definition},
        {"from", to_string(c.from)},
        {"due", c.due ? nlohmann::ordered_json(to_string(*c.due)) : nullptr},
        {"ended", c.ended && *c.ended <= as_of ? nlohmann::ordered_json(to_string(*c.ended)) : nullptr},
        {"ended_reason", c.ended && *c.ended <= as_of ? c.ended_reason : ""},
        {"counted", c.counted},
        {"source", c.source},
        {"status", to_string(t.status)},
        {"reason", t.reason},
        {"expected_share", t.expected_share}};
    out["reported"] = nlohmann::ordered_json::array();
    for (const ReportedAttainment& r : t.reported) out["reported"].push_back(reported_json(r));
    out["at_due"] = t.at_due ? reported_json(*t.at_due) : nlohmann::ordered_json(nullptr);
    out["moved"] = nullptr;
    if (t.at_first_due_status)
        out["moved"] = {{"from", to_string(*of(ledger, t).due)},
                        {"by", c.moved->by},
                        {"source", c.moved->source},
                        {"status", to_string(*t.at_first_due_status)},
                        {"at_due", t.at_first_due ? reported_json(*t.at_first_due) : nlohmann::ordered_json(nullptr)}};
    if (c.kind == CommitmentKind::refrain) out["exposure_years"] = t.exposure_years, out["breaches"] = t.breaches;
    out["spreads"] = nlohmann::ordered_json::array();
    for (const ReporterSpread& s : t.spreads)
        out["spreads"].push_back({{"date", to_string(s.date)}, {"low", s.low}, {"high", s.high}});
    out["projection"] = nullptr;
    if (t.projection)
        out["projection"] = {{"date", to_string(*c.last_day())},
                             {"mean", t.projection->mean},
                             {"low", number(t.projection->low)},
                             {"high", number(t.projection->high)},
                             {"increments", t.projection->increments}};
    out["timeline"] = timeline(ledger, t, as_of);
    return out;
}

nlohmann::ordered_json posterior_json(const FidelityPosterior& p) {
    return {{"a", p.a},       {"b", p.b},     {"breaches", p.breaches}, {"prior_weight", p.prior_weight},
            {"mean", p.mean}, {"low", p.low}, {"high", p.high}};
}

nlohmann::ordered_json estimate_json(const FidelityEstimate& e) {
    nlohmann::ordered_json out{{"actor", e.actor},
                               {"field", e.field},
                               {"kept", e.kept},
                               {"kept_in_part", e.kept_in_part},
                               {"broken", e.broken},
                               {"restraint", e.restraint},
                               {"restraint_years", e.restraint_years},
                               {"breaches", e.breaches},
                               {"censored", e.censored},
                               {"undecided", e.undecided},
                               {"strict", posterior_json(e.strict)},
                               {"graded_target", posterior_json(e.graded_target)},
                               {"graded_increment", posterior_json(e.graded_increment)},
                               {"acts", posterior_json(e.acts)},
                               {"rate", {{"mean", e.rate}, {"low", e.rate_low}, {"high", e.rate_high}}}};
    for (const FidelityUnderPrior& one : e.priors) {
        nlohmann::ordered_json row{{"name", one.prior.name}, {"prior", {one.prior.kept, one.prior.broken}}};
        row.update(posterior_json(one.posterior));
        out["priors"].push_back(row);
    }
    out["words"] = fidelity_words(e);
    return out;
}

}  // namespace

std::string fidelity_words(const FidelityEstimate& e) {
    const std::string share = fmt::format("{:.0f} %", 100.0 * e.graded_target.prior_weight);
    if (e.empty())
        return fmt::format("Of {} nothing is decided and no restraint was seen: the estimate is the prior alone.",
                           e.actor);
    if (e.fault_seen())
        return fmt::format("{} of the estimate for {} is the prior{}.", share, e.actor,
                           e.graded_target.mostly_prior() ? ": as reliable as assumed, more than as seen" : "");
    return fmt::format(
        "{} broke nothing in this ledger; that its fidelity is below 1 comes from the prior alone, which is {} of the "
        "estimate.",
        e.actor, share);
}

std::string track_text(const Ledger& ledger, const TrackReport& report, const std::vector<FidelityEstimate>& fidelity,
                       const FidelityOptions& options) {
    return fmt::format("{}, as of {}\n\n", ledger.title, to_string(report.as_of)) + statuses(ledger, report) +
           amounts(ledger, report) + spreads(ledger, report) + moved_dates(ledger, report) +
           projections(ledger, report) + fidelities(fidelity, options) +
           fmt::format(
               "\nRules, the same for every actor: on track from {:.0f} % of what is due pro rata; kept from {:.0f} % "
               "of "
               "the target, kept in part from {:.0f} %,\nbelow that broken; an act done late counts {:.2f}. What an "
               "act outside the actor's choice ended is neither; "
               "restraint counts for the time it was seen, an act as one year of it. Rows that "
               "restate or add up others do not count towards fidelity.\n",
               100.0 * report.options.on_track_share, 100.0 * report.options.kept_share,
               100.0 * report.options.kept_in_part_share, report.options.kept_in_part_share);
}

nlohmann::ordered_json track_json(const Ledger& ledger, const TrackReport& report,
                                  const std::vector<FidelityEstimate>& fidelity, const FidelityOptions& options) {
    nlohmann::ordered_json out{{"version", 1}, {"title", ledger.title}, {"as_of", to_string(report.as_of)}};
    out["rules"] = {{"on_track_share", report.options.on_track_share},
                    {"kept_share", report.options.kept_share},
                    {"kept_in_part_share", report.options.kept_in_part_share},
                    {"interval", report.options.interval},
                    {"prior", {options.prior.kept, options.prior.broken}},
                    {"prior_name", options.prior.name},
                    {"projection", projection_assumption}};
    out["commitments"] = nlohmann::ordered_json::array();
    for (const CommitmentTrack& t : report.tracks)
        out["commitments"].push_back(commitment_json(ledger, t, report.as_of));
    out["fidelity"] = nlohmann::ordered_json::array();
    for (const FidelityEstimate& e : fidelity) out["fidelity"].push_back(estimate_json(e));
    return out;
}

}  // namespace detente
