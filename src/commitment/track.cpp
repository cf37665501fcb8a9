#include "commitment/track.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/text.h"

namespace detente {
namespace {

using Status = CommitmentStatus;

// Observations of one commitment up to a day, by reporter in the order of their first line.
struct Series {
    std::string reporter;
    std::vector<const Observation*> points;
};

std::vector<Series> series_until(const Ledger& ledger, int commitment, Date as_of) {
    std::vector<Series> out;
    for (const Observation& o : ledger.observations) {
        if (o.commitment != commitment || o.date > as_of) continue;
        auto found = std::find_if(out.begin(), out.end(), [&](const Series& s) { return s.reporter == o.reporter; });
        if (found == out.end()) found = out.insert(out.end(), Series{o.reporter, {}});
        found->points.push_back(&o);
    }
    return out;
}

std::optional<double> ratio(double part, double whole) {
    if (!(whole > 0.0)) return std::nullopt;
    return part / whole;
}

ReportedAttainment attainment(const Commitment& c, const Observation& o) {
    ReportedAttainment out;
    out.reporter = o.reporter;
    out.date = o.date;
    out.value = o.value;
    out.low = o.low;
    out.high = o.high;
    if (c.kind == CommitmentKind::by_date || c.kind == CommitmentKind::refrain) return out;
    const double due = c.cumulative ? c.expected_share(o.date) : 1.0;
    out.share_of_target = ratio(o.value, c.quantity);
    out.share_of_pro_rata = ratio(o.value, c.quantity * due);
    if (c.baseline && c.quantity > *c.baseline) {
        // Against the whole increment at the due date, against its pro rata part before.
        const double base = *c.baseline * due;
        if (due > 0.0) out.share_of_increment = (o.value - base) / ((c.quantity - *c.baseline) * due);
    }
    return out;
}

std::vector<ReporterSpread> spreads(const Commitment& c, const std::vector<Series>& all) {
    std::map<Date, std::vector<double>> by_date;
    for (const Series& s : all)
        for (const Observation* o : s.points)
            if (const auto share = attainment(c, *o).share_of_pro_rata) by_date[o->date].push_back(*share);
    std::vector<ReporterSpread> out;
    for (const auto& [date, shares] : by_date) {
        if (shares.size() < 2) continue;
        const auto [low, high] = std::minmax_element(shares.begin(), shares.end());
        out.push_back({date, *low, *high});
    }
    return out;
}

struct Verdict {
    Status status;
    std::string reason;
    std::optional<double> share;  // of the promise, once decided
};

// Sums of periods and percents of a target carry rounding: a share that comes up to a threshold to within it reaches
// it.
bool reaches(double share, double threshold) {
    return share >= threshold * (1.0 - 1e-9);
}
bool exceeds(double share, double threshold) {
    return share > threshold * (1.0 + 1e-9);
}

// Ended by an act outside the actor's choice before it was due: neither kept nor broken.
bool cut_short(const Commitment& c) {
    return c.ended && (!c.due || *c.ended < *c.due);
}
Verdict censored(const Commitment& c, const std::string& seen) {
    return {Status::censored, fmt::format("ended {} by an act outside the actor's choice{}", to_string(*c.ended), seen),
            std::nullopt};
}

// At the end: what the share of the target is worth.
Verdict decided_by_share(double share, const TrackOptions& options, const std::string& what) {
    const double graded = std::clamp(share, 0.0, 1.0);
    if (reaches(share, options.kept_share)) return {Status::kept, what + ": " + percent_text(share), graded};
    if (reaches(share, options.kept_in_part_share))
        return {Status::kept_in_part,
                fmt::format("{}: {}, at least {}", what, percent_text(share), percent_text(options.kept_in_part_share)),
                graded};
    return {Status::broken,
            fmt::format("{}: {}, below {}", what, percent_text(share), percent_text(options.kept_in_part_share)),
            graded};
}

// The first observation after the last day on which a commitment is judged.
const Observation* first_after(const std::vector<const Observation*>& points, const std::optional<Date>& end) {
    for (const Observation* o : points)
        if (end && o->date > *end) return o;
    return nullptr;
}

std::string last_seen(Date date) {
    return fmt::format("last observed {}, before it was due", to_string(date));
}

// What was seen too late to count, for sentences that say that something is missing.
std::string and_later(const std::vector<const Observation*>& points, const std::optional<Date>& end) {
    const Observation* later = first_after(points, end);
    if (later == nullptr) return "";
    return fmt::format("; what was seen by {} came after the end, {}", to_string(later->date), to_string(*end));
}

Verdict unseen(const Commitment& c, const std::vector<const Observation*>& points, Date as_of) {
    if (cut_short(c)) return censored(c, "; nothing was observed by then" + and_later(points, c.ended));
    const auto end = c.last_day();
    if (end && as_of >= *end) {
        const bool later = first_after(points, end) != nullptr;
        return {Status::unverifiable,
                (later ? "due, and nothing was observed by the end" : "due, and nothing was observed") +
                    and_later(points, end),
                std::nullopt};
    }
    if (as_of < c.from) return {Status::not_yet_due, "begins " + to_string(c.from), std::nullopt};
    if (!end) return {Status::unverifiable, "open-ended, and nothing was observed", std::nullopt};
    return {Status::not_yet_due, "due " + to_string(*end) + "; nothing observed yet", std::nullopt};
}

Verdict judge_running_total(const Commitment& c, const std::vector<const Observation*>& points, Date as_of,
                            const TrackOptions& options) {
    const Date end = *c.last_day();
    const Observation* last = nullptr;  // on or before the end: what comes later does not count for it
    for (const Observation* o : points)
        if (o->date <= end) last = o;
    if (last == nullptr) {
        if (cut_short(c)) return unseen(c, points, as_of);
        if (as_of < end) return {Status::not_yet_due, "due " + to_string(end), std::nullopt};
        return {Status::unverifiable, "nothing was observed by " + to_string(end) + and_later(points, end),
                std::nullopt};
    }
    const double share = last->value / c.quantity;
    if (c.kind == CommitmentKind::at_most) {
        if (exceeds(share, 1.0))
            return {Status::broken, fmt::format("{} of the ceiling used", percent_text(share)), 1.0 / share};
        if (!cut_short(c) && as_of >= end && last->date >= end)
            return {Status::kept, fmt::format("{} of the ceiling used", percent_text(share)), 1.0};
    } else {
        if (reaches(share, options.kept_share))
            return {Status::kept, fmt::format("{} of the target by {}", percent_text(share), to_string(last->date)),
                    1.0};
        if (!cut_short(c) && last->date >= end)
            return decided_by_share(share, options, "share of the target at the due date");
    }
    const double part = c.expected_share(last->date), pro_rata = part > 0.0 ? share / part : 1.0;
    if (cut_short(c))
        return censored(
            c, fmt::format("; {} of what was due pro rata by {}", percent_text(pro_rata), to_string(last->date)));
    if (as_of >= end) return {Status::unverifiable, last_seen(last->date) + and_later(points, end), std::nullopt};
    const bool good =
        c.kind == CommitmentKind::at_most ? !exceeds(pro_rata, 1.0) : reaches(pro_rata, options.on_track_share);
    return {good ? Status::on_track : Status::behind,
            fmt::format("{} of what was due pro rata by {}", percent_text(pro_rata), to_string(last->date)),
            std::nullopt};
}

// A level: the worst that was seen while it bound decides.
Verdict judge_level(const Commitment& c, const std::vector<const Observation*>& points, Date as_of,
                    const TrackOptions& options) {
    const auto end = c.last_day();
    double worst = 1.0;
    const Observation* last = nullptr;
    for (const Observation* o : points) {
        if (end && o->date > *end) continue;
        last = o;
        double share = 1.0;
        if (c.kind == CommitmentKind::at_least) share = o->value / c.quantity;
        if (c.kind == CommitmentKind::at_most && exceeds(o->value, c.quantity)) share = c.quantity / o->value;
        worst = std::min(worst, share);
    }
    if (last == nullptr) return unseen(c, points, as_of);
    const std::string what = "worst level seen, as a share of what was promised";
    // A ceiling once passed stays passed.
    if (!reaches(worst, 1.0) && c.kind == CommitmentKind::at_most) return decided_by_share(worst, options, what);
    if (cut_short(c)) return censored(c, fmt::format("; {}: {}", what, percent_text(worst)));
    if (end && as_of >= *end) {
        if (last->date < *end)
            return {Status::unverifiable, last_seen(last->date) + and_later(points, end), std::nullopt};
        return decided_by_share(worst, options, what);
    }
    return {reaches(worst, 1.0) ? Status::on_track : Status::behind, what + ": " + percent_text(worst), std::nullopt};
}

Verdict judge_act(const Commitment& c, const std::vector<const Observation*>& points, Date as_of,
                  const TrackOptions& options) {
    const Date due = *c.due;
    const Observation* done = nullptr;  // and not found undone later
    for (const Observation* o : points) done = o->value < 1.0 ? nullptr : done == nullptr ? o : done;
    if (done != nullptr && done->date <= due) return {Status::kept, "done by " + to_string(done->date), 1.0};
    if (done != nullptr)
        return {Status::kept_in_part, "done late, by " + to_string(done->date), options.kept_in_part_share};
    if (cut_short(c)) return censored(c, ", before it was due");
    if (as_of < due) return {Status::not_yet_due, "due " + to_string(due), std::nullopt};
    if (!points.empty() && points.back()->date >= due)
        return {Status::broken, "not done by " + to_string(points.back()->date), 0.0};
    return {Status::unverifiable, "due, and nothing was observed since", std::nullopt};
}

Verdict judge_restraint(const Commitment& c, const std::vector<const Observation*>& points, Date as_of) {
    const auto end = c.last_day();
    const Observation* last = nullptr;
    for (const Observation* o : points) {
        if (end && o->date > *end && o->value > 0.0) continue;  // free again
        if (o->value > 0.0) return {Status::broken, "a breach by " + to_string(o->date), 0.0};
        last = o;
    }
    if (last == nullptr) return unseen(c, points, as_of);
    if (cut_short(c)) return censored(c, "; no breach seen to " + to_string(std::min(last->date, *c.ended)));
    if (!end || as_of < *end) return {Status::on_track, "no breach seen to " + to_string(last->date), std::nullopt};
    if (last->date >= *end) return {Status::kept, "no breach to " + to_string(*end), 1.0};
    return {Status::unverifiable,
            fmt::format("no breach seen to {}{}", to_string(last->date),
                        first_after(points, end) == nullptr ? ", nothing later observed" : and_later(points, end)),
            std::nullopt};
}

Verdict judge(const Commitment& c, const std::vector<const Observation*>& points, Date as_of,
              const TrackOptions& options) {
    if (points.empty()) return unseen(c, points, as_of);
    if (c.kind == CommitmentKind::by_date) return judge_act(c, points, as_of, options);
    if (c.kind == CommitmentKind::refrain) return judge_restraint(c, points, as_of);
    return c.cumulative ? judge_running_total(c, points, as_of, options) : judge_level(c, points, as_of, options);
}

// How long restraint was seen to last, and how often it was breached: a day's restraint is not a year's. Time in which
// a breach goes on counts for neither.
void add_exposure(const Commitment& c, const std::vector<const Observation*>& points, CommitmentTrack& t) {
    constexpr double days_a_year = 365.25;
    const auto end = c.last_day();
    Date until = c.from;
    bool seen = false;
    for (const Observation* o : points) {
        const bool after = end && o->date > *end;
        if (after && o->value > t.breaches) break;  // free again
        if (o->value > t.breaches || t.breaches == 0.0) {
            until = after ? *end : o->date;
            seen = true;
        }
        t.breaches = std::max(t.breaches, o->value);
    }
    if (seen) t.exposure_years = (days_between(c.from, until) + 1.0) / days_a_year;
}

// What was reached by the date that held before the counterpart moved it.
void add_first_due(const Commitment& whole, const std::vector<const Observation*>& points, Date as_of,
                   const TrackOptions& options, CommitmentTrack& t) {
    Commitment c = whole;
    c.moved.reset(), c.ended.reset();
    if (as_of < *c.due) return;
    for (const Observation* o : points)
        if (o->date <= *c.due) t.at_first_due = attainment(c, *o);
    t.at_first_due_status = judge(c, points, as_of, options).status;
}

// In profile time: a day counts as much as the profile says, so that a season is no change of the rate.
std::optional<Projection> projection(const Commitment& c, const std::vector<const Observation*>& points,
                                     const TrackOptions& options) {
    if (!c.cumulative || !c.due) return std::nullopt;
    const double length = days_between(c.from, *c.due) + 1.0;
    std::vector<TotalAt> totals;
    for (const Observation* o : points) {
        const double day = c.expected_share(o->date) * length;
        if (o->date <= *c.last_day() && day > (totals.empty() ? 0.0 : totals.back().day))
            totals.push_back({day, o->value});
    }
    const double horizon = c.expected_share(*c.last_day()) * length;
    if (totals.empty() || totals.back().day >= horizon) return std::nullopt;
    return project_total(totals, horizon, options.interval);
}

}  // namespace

const std::string& to_string(CommitmentStatus status) {
    static const std::vector<std::string> names{"not yet due",  "on track", "behind",       "kept",
                                                "kept in part", "broken",   "unverifiable", "censored"};
    return names[static_cast<std::size_t>(status)];
}

TrackReport track(const Ledger& ledger, Date as_of, const TrackOptions& options) {
    TrackReport report{as_of, options, {}};
    for (int k = 0; k < static_cast<int>(ledger.commitments.size()); ++k) {
        const Commitment& whole = ledger.commitments[static_cast<std::size_t>(k)];
        const Commitment c = whole.on(as_of);
        const std::vector<Series> all = series_until(ledger, k, as_of);
        // The status goes by the reporter that has the latest word; the first in the ledger where they are level.
        const Series* chosen = all.empty() ? nullptr : &all.front();
        for (const Series& s : all)
            if (s.points.back()->date > chosen->points.back()->date) chosen = &s;
        const std::vector<const Observation*> points =
            chosen == nullptr ? std::vector<const Observation*>{} : chosen->points;
        CommitmentTrack t;
        t.commitment = k;
        const Verdict verdict = judge(c, points, as_of, options);
        t.status = verdict.status;
        t.reason = verdict.reason;
        if (chosen != nullptr) t.reported.push_back(attainment(c, *chosen->points.back()));
        for (const Series& s : all)
            if (&s != chosen) t.reported.push_back(attainment(c, *s.points.back()));
        t.spreads = spreads(c, all);
        t.expected_share = c.expected_share(as_of);
        if (!t.decided()) t.projection = projection(c, points, options);
        if (c.last_day() && as_of >= *c.last_day())
            for (const Observation* o : points)
                if (o->date <= *c.last_day()) t.at_due = attainment(c, *o);
        if (c.kind == CommitmentKind::refrain) add_exposure(c, points, t);
        if (c.moved) add_first_due(whole, points, as_of, options, t);
        t.graded_target = t.graded_increment = verdict.share;
        const auto& decisive = t.at_due ? t.at_due : verdict.share ? std::optional(t.reported.front()) : std::nullopt;
        if (verdict.share && c.cumulative && decisive && decisive->share_of_increment)
            t.graded_increment = std::clamp(*decisive->share_of_increment, 0.0, 1.0);
        report.tracks.push_back(std::move(t));
    }
    return report;
}

}  // namespace detente
