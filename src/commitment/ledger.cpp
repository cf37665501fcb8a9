#include "commitment/ledger.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "commitment/ledger_rows.h"

namespace detente {
namespace {

bool counts_acts(CommitmentKind kind) {
    return kind == CommitmentKind::by_date || kind == CommitmentKind::refrain;
}

// An amount as a ledger may hold it.
double amount(LedgerRow& row, const std::string& key, double value) {
    if (value < 0.0) throw_input({row.place(key), "a negative quantity", fmt::format("{:g}", value), "0 or more", ""});
    if (value > most_amount)
        throw_input({row.place(key), "too large", fmt::format("{:g}", value),
                     fmt::format("at most {:g}; take a larger unit", most_amount), ""});
    return value;
}

// What a row of this kind has no use for.
void says_nothing(LedgerRow& row, const std::string& key, const std::string& of) {
    if (row.has(key)) throw_input(row.place(key), "says nothing of " + of + ": leave it out");
}

// An act is done or not, a breach happens or not: the quantity and the unit follow from the kind.
void read_act(LedgerRow& row, Commitment& c) {
    const bool act = c.kind == CommitmentKind::by_date;
    c.unit = act ? "done" : "breaches";
    c.quantity = act ? 1.0 : 0.0;
    c.cumulative = false;
    if (const std::string given = row.text_or("unit", c.unit); given != c.unit)
        throw_input({row.place("unit"), fmt::format("a commitment of this kind has the unit \"{}\"", c.unit), given,
                     "leave it out; put amounts into the text", ""});
    if (const auto given = row.optional_number("quantity"); given && *given != c.quantity)
        throw_input({row.place("quantity"), fmt::format("a commitment of this kind has the quantity {:g}", c.quantity),
                     fmt::format("{:g}", *given), "leave it out; put amounts into the text", ""});
    for (const char* key : {"series", "baseline", "baseline_definition", "profile"})
        says_nothing(row, key, "what is done or not");
}

void read_baseline(LedgerRow& row, Commitment& c) {
    if (!row.has("baseline")) says_nothing(row, "baseline_definition", "a row without a baseline");
    if (const auto baseline = row.optional_number("baseline")) c.baseline = amount(row, "baseline", *baseline);
    c.baseline_definition = row.prose_or("baseline_definition", "");
    if (c.baseline && c.baseline_definition.empty())
        throw_input({row.place("baseline_definition"), "missing", "", "what the baseline is and covers", ""});
    if (c.baseline && c.kind == CommitmentKind::at_least && *c.baseline >= c.quantity)
        throw_input({row.place("baseline"), "no increment is promised over the baseline",
                     fmt::format("{:g}", *c.baseline), fmt::format("below the quantity, {:g}", c.quantity), ""});
}

void read_quantity(LedgerRow& row, Commitment& c) {
    if (counts_acts(c.kind)) {
        read_act(row, c);
        return;
    }
    c.quantity = amount(row, "quantity", row.number("quantity"));
    if (c.quantity == 0.0)
        throw_input({row.place("quantity"), "an amount of nothing", "0",
                     "above 0; what is not to be done at all is kind = \"refrain\"", ""});
    c.unit = row.text("unit");
    const std::string series =
        row.has("series") ? row.choice("series", {"cumulative", "level"}, "series") : row.text_or("series", "");
    c.cumulative = series.empty() ? c.kind == CommitmentKind::at_least : series == "cumulative";
    if (!c.cumulative) says_nothing(row, "profile", "a level");
    const auto& units = ledger_units();
    if (std::find(units.begin(), units.end(), c.unit) == units.end())
        throw_unknown_name(row.place("unit"), "unit", c.unit, units);
    read_baseline(row, c);
}

// moved = { to = 2026-02-28, by = "USA", source = "..." }: only who was promised can put off what it was promised.
void read_moved(LedgerRow& row, Commitment& c) {
    if (row.has("moved"))
        throw_input(
            {row.place("moved"), "wrong kind of value", "", "{ to = DATE, by = \"...\", source = \"...\" }", ""});
    bool given = false;
    for (const char* key : {"moved.to", "moved.by", "moved.on", "moved.source"}) given = given || row.has(key);
    if (!given) return;
    if (c.kind == CommitmentKind::refrain || c.kind == CommitmentKind::at_most)
        says_nothing(row, row.has("moved.to") ? "moved.to" : "moved.by", "what is not to be done or passed");
    MovedDate moved;
    moved.to = row.date("moved.to");
    if (moved.to <= *c.due)
        throw_input({row.place("moved.to"), "a date out of order: no later than due", to_string(moved.to),
                     "after " + to_string(*c.due), ""});
    moved.by = row.text("moved.by");
    if (moved.by != c.counterpart)
        throw_input({row.place("moved.by"), "only the counterpart can move the date of what it was promised",
                     shown(moved.by, 60), c.counterpart, ""});
    moved.known = row.optional_date("moved.on").value_or(*c.due);
    if (moved.known < c.from || moved.known > moved.to)
        throw_input({row.place("moved.on"), "a date out of order", to_string(moved.known),
                     fmt::format("between {} and {}", to_string(c.from), to_string(moved.to)), ""});
    moved.source = row.prose("moved.source");
    c.moved = std::move(moved);
}

void read_dates(LedgerRow& row, Commitment& c) {
    c.from = row.date("from");
    c.due = row.optional_date("due");
    if (!c.due && c.kind != CommitmentKind::refrain)
        throw_input({row.place("due"), "missing", "", "a date; only refrain may be open-ended", ""});
    if (c.due && *c.due < c.from)
        throw_input({row.place("due"), "a date out of order: due before from", to_string(*c.due),
                     "on or after " + to_string(c.from), ""});
    read_moved(row, c);
    c.ended = row.optional_date("ended");
    if (!c.ended) says_nothing(row, "ended_reason", "what has not ended");
    c.ended_reason = row.prose_or("ended_reason", "");
    const std::optional<Date> latest = c.moved ? std::optional(c.moved->to) : c.due;
    if (c.ended && (*c.ended < c.from || (latest && *c.ended > *latest)))
        throw_input({row.place("ended"), "a date out of order", to_string(*c.ended), "between from and due", ""});
    if (c.ended && c.ended_reason.empty())
        throw_input({row.place("ended_reason"), "missing", "", "why it ended before it was due", ""});
    c.profile = row.numbers("profile");
    if (c.profile.empty()) return;
    const double total = std::accumulate(c.profile.begin(), c.profile.end(), 0.0);
    for (const double share : c.profile) amount(row, "profile", share);
    const double days = days_between(c.from, *c.due) + 1.0;
    if (static_cast<double>(c.profile.size()) > days)
        throw_input({row.place("profile"), "more shares than days", fmt::format("{}", c.profile.size()),
                     fmt::format("at most {:g}", days), ""});
    if (std::abs(total - 1.0) > 1e-6)
        throw_input(
            {row.place("profile"), "the shares of a profile must add to 1", fmt::format("{:g}", total), "1", ""});
    for (double& share : c.profile) share /= total;
}

Commitment read_commitment(LedgerRow& row) {
    Commitment c;
    c.place = row.place();
    c.id = row.text("id");
    c.actor = row.text("actor");
    c.counterpart = row.text("counterpart");
    c.field = row.text("field");
    c.text = row.prose("text");
    c.measure = row.prose_or("measure", "");
    const auto& kinds = commitment_kind_names();
    const std::string kind = row.choice("kind", kinds, "kind");
    c.kind = static_cast<CommitmentKind>(std::find(kinds.begin(), kinds.end(), kind) - kinds.begin());
    read_quantity(row, c);
    read_dates(row, c);
    c.counted = row.flag("counted", true);
    if (c.counted) says_nothing(row, "counted_reason", "a row that counts");
    c.counted_reason = row.prose_or("counted_reason", "");
    if (!c.counted && c.counted_reason.empty())
        throw_input({row.place("counted_reason"), "missing", "", "why this row does not count by itself", ""});
    c.source = row.prose("source");
    row.finish();
    return c;
}

// An observation as it stands, and what is needed to make it cumulative.
struct RawObservation {
    Observation observation;
    bool period = false, revised = false;
};

using Positions = std::map<std::string, int>;  // of the commitments, by id

int find_commitment(LedgerRow& row, const Positions& positions) {
    const std::string id = row.text("commitment");
    const auto found = positions.find(id);
    if (found != positions.end()) return found->second;
    std::vector<std::string> ids;
    for (const auto& entry : positions) ids.push_back(entry.first);
    throw_unknown_name(row.place("commitment"), "commitment", shown(id, 60), ids);
}

// Done or not; so many breaches.
void check_count(LedgerRow& row, const Commitment& c, double value) {
    const bool act = c.kind == CommitmentKind::by_date;
    if (act ? value != 0.0 && value != 1.0 : value != std::floor(value))
        throw_input({row.place("value"), act ? "an act is done or not" : "breaches are counted",
                     fmt::format("{:g}", value), act ? "0 or 1" : "a whole number", ""});
}

// Exactly one of: a value, a range, a share of the target, a share of what was due pro rata.
void read_value(LedgerRow& row, const Commitment& c, Observation& o) {
    const auto value = row.optional_number("value"), low = row.optional_number("low"),
               high = row.optional_number("high");
    const auto of_target = row.optional_number("percent_of_target");
    const auto of_pro_rata = row.optional_number("percent_of_pro_rata");
    for (const char* key : {"value", "low", "high", "percent_of_target", "percent_of_pro_rata"})
        if (row.has(key)) amount(row, key, row.number(key));
    const int given = (value ? 1 : 0) + (low || high ? 1 : 0) + (of_target ? 1 : 0) + (of_pro_rata ? 1 : 0);
    if (given != 1 || low.has_value() != high.has_value())
        throw_input({row.place(), given == 0 ? "no value" : "more than one value", "",
                     "one of value, low and high, percent_of_target, percent_of_pro_rata", ""});
    if (low && *low > *high)
        throw_input({row.place("high"), "a range upside down", fmt::format("{:g}", *high), "at least low", ""});
    if (counts_acts(c.kind)) {
        for (const char* key : {"percent_of_target", "percent_of_pro_rata", "low", "high"})
            says_nothing(row, key, "a commitment that is done or not");
        check_count(row, c, *value);
    }
    if (of_pro_rata && !c.cumulative) says_nothing(row, "percent_of_pro_rata", "a level, which is not due in parts");
    o.low = low;
    o.high = high;
    if (value) o.value = *value;
    if (low) o.value = 0.5 * (*low + *high);
    if (of_target) o.value = *of_target / 100.0 * c.quantity;
    if (of_pro_rata) o.value = *of_pro_rata / 100.0 * c.quantity * c.expected_share(o.date);
}

RawObservation read_observation(LedgerRow& row, const std::vector<Commitment>& commitments,
                                const Positions& positions) {
    RawObservation raw;
    Observation& o = raw.observation;
    o.place = row.place();
    o.commitment = find_commitment(row, positions);
    const Commitment& c = commitments[static_cast<std::size_t>(o.commitment)];
    o.date = row.date("date");
    if (o.date < c.from)
        throw_input({row.place("date"), "a date out of order: before the commitment begins", to_string(o.date),
                     "on or after " + to_string(c.from), ""});
    read_value(row, c, o);
    raw.period = row.has("covers") && row.choice("covers", {"period", "cumulative"}, "coverage") == "period";
    if (!row.has("covers")) row.text_or("covers", "");
    if (raw.period && !c.cumulative)
        throw_input(row.place("covers"), "values by period add up only where the measure is cumulative");
    if (raw.period) says_nothing(row, "percent_of_pro_rata", "one period; it is of all that was due");
    raw.revised = row.flag("revised", false);
    o.reporter = row.text("reporter");
    o.source = row.prose("source");
    o.note = row.prose_or("note", "");
    row.finish();
    return raw;
}

// A line, with its file where that is another one.
std::string line_of(const Place& place, const Place& from) {
    return place.file == from.file ? fmt::format("line {}", place.line) : fmt::format("{}:{}", place.file, place.line);
}

// Within one commitment and reporter: dates rise, nothing stands twice, cumulative values do not fall unsaid.
void append(const RawObservation& raw, const Commitment& c, const Observation* last, Ledger& ledger) {
    Observation o = raw.observation;
    const auto shown = [](double value) { return fmt::format("{:g}", value); };
    if (last != nullptr) {
        if (o.date == last->date && o.value == last->value && !raw.period)
            throw_input({o.place, "a duplicate of " + line_of(last->place, o.place), to_string(o.date), "", ""});
        if (o.date == last->date)
            throw_input({o.place,
                         fmt::format("a contradiction: {} gives two values for {}", o.reporter, to_string(o.date)),
                         shown(o.value), shown(last->value) + ", or another reporter", ""});
        if (o.date < last->date)
            throw_input({o.place, "a date out of order: observations of one reporter stand by date", to_string(o.date),
                         "after " + to_string(last->date), ""});
        if (raw.period) {
            o.value += last->value;
            if (o.low) *o.low += last->low.value_or(last->value);
            if (o.high) *o.high += last->high.value_or(last->value);
        }
        const bool adds_up = c.cumulative || c.kind == CommitmentKind::by_date;  // what is done stays done
        if (adds_up && o.value < last->value && !raw.revised)
            throw_input({o.place, c.cumulative ? "a cumulative value falls" : "an act that was done is not",
                         shown(o.value),
                         fmt::format("at least {:g} (line {}), or revised = true", last->value, last->place.line), ""});
    }
    if (o.value > most_amount)
        throw_input(
            {o.place, "too large a sum of periods", shown(o.value), fmt::format("at most {:g}", most_amount), ""});
    ledger.observations.push_back(std::move(o));
}

}  // namespace

const std::vector<std::string>& commitment_kind_names() {
    static const std::vector<std::string> names{"at_least", "at_most", "by_date", "refrain"};
    return names;
}

const std::vector<std::string>& ledger_units() {
    static const std::vector<std::string> units{"billion USD",       "million USD",     "billion CNY", "billion EUR",
                                                "million tonnes",    "thousand tonnes", "tonnes",      "percent",
                                                "percentage points", "units",           "done",        "breaches"};
    return units;
}

Commitment Commitment::on(Date day) const {
    Commitment c = *this;
    if (c.ended && *c.ended > day) c.ended.reset();
    if (c.moved && c.moved->known > day) c.moved.reset();
    if (c.moved) c.due = c.moved->to;
    // What ended after the date that held before it was moved.
    if (c.ended && c.due && *c.ended > *c.due) c.ended.reset();
    return c;
}

std::optional<Date> Commitment::last_day() const {
    return ended ? ended : due;
}

double Commitment::expected_share(Date date) const {
    if (!due || date >= *due) return due ? 1.0 : 0.0;
    if (date < from) return 0.0;
    // Both ends count: the first of January to the end of December are 365 days.
    const double elapsed = (days_between(from, date) + 1.0) / (days_between(from, *due) + 1.0);
    if (profile.empty()) return elapsed;
    const double position = elapsed * static_cast<double>(profile.size());
    const auto whole = std::min(static_cast<std::size_t>(position), profile.size() - 1);
    double share = 0.0;
    for (std::size_t k = 0; k < whole; ++k) share += profile[k];
    return share + (position - static_cast<double>(whole)) * profile[whole];
}

std::vector<std::string> Ledger::actors() const {
    std::vector<std::string> list;
    for (const Commitment& c : commitments)
        if (std::find(list.begin(), list.end(), c.actor) == list.end()) list.push_back(c.actor);
    return list;
}

namespace {

Ledger ledger_of(LedgerRows rows, const std::string& file) {
    Ledger ledger{rows.title, file, {}, {}};
    Positions positions;
    for (LedgerRow& row : rows.commitments) {
        Commitment c = read_commitment(row);
        const auto [known, added] = positions.emplace(c.id, static_cast<int>(ledger.commitments.size()));
        if (!added) {
            const Place& first = ledger.commitments[static_cast<std::size_t>(known->second)].place;
            throw_input({row.place("id"), "a duplicate of " + line_of(first, c.place), c.id, "an id of its own", ""});
        }
        ledger.commitments.push_back(std::move(c));
    }
    if (ledger.commitments.empty()) throw_input(Place{file, 0, "commitment"}, "no commitment in the ledger");
    std::map<std::pair<int, std::string>, std::size_t> last;  // position of the latest observation
    for (LedgerRow& row : rows.observations) {
        const RawObservation raw = read_observation(row, ledger.commitments, positions);
        const auto key = std::make_pair(raw.observation.commitment, raw.observation.reporter);
        const auto found = last.find(key);
        append(raw, ledger.commitments[static_cast<std::size_t>(key.first)],
               found == last.end() ? nullptr : &ledger.observations[found->second], ledger);
        last[key] = ledger.observations.size() - 1;
    }
    return ledger;
}

}  // namespace

Ledger read_ledger(const std::filesystem::path& path) {
    return ledger_of(read_ledger_rows(path), path.string());
}

Ledger read_ledger(const std::string& text, const std::string& name) {
    return ledger_of(read_ledger_rows(text, name), name);
}

}  // namespace detente
