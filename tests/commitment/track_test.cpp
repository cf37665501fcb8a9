// Where commitments stand, projections, and fidelity.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "base/csv.h"
#include "base/random.h"
#include "commitment/track_text.h"
#include "support.h"

namespace detente::test {
namespace {

Date day(const std::string& text) {
    return *parse_date(text);
}

struct Row {
    std::string kind = "at_least", from = "2025-01-01", due = "2025-12-31", more;
    std::vector<std::pair<std::string, double>> seen;
};

Ledger ledger_of(const Row& row) {
    const bool amount = row.kind == "at_least" || row.kind == "at_most";
    std::string text =
        "[[commitment]]\nid = \"x\"\nactor = \"A\"\ncounterpart = \"B\"\nfield = \"f\"\ntext = \"t\"\nkind = \"" +
        row.kind + "\"\nfrom = " + row.from + "\nsource = \"s\"\n" + row.more + "\n";
    if (!row.due.empty()) text += "due = " + row.due + "\n";
    if (amount) text += "quantity = 100\nunit = \"tonnes\"\n";
    for (const auto& [date, value] : row.seen)
        text += "[[observation]]\ncommitment = \"x\"\ndate = " + date + "\nvalue = " + std::to_string(value) +
                "\nreporter = \"r\"\nsource = \"s\"\n";
    const TemporaryFolder folder;
    put_file(folder / "l.toml", text);
    return read_ledger(folder / "l.toml");
}
std::string status(const Row& row, const std::string& as_of) {
    return to_string(track(ledger_of(row), day(as_of)).tracks[0].status);
}

TEST(Status, OfAnAmountThroughItsLife) {
    Row row;
    EXPECT_EQ(status(row, "2024-06-01"), "not yet due");
    EXPECT_EQ(status(row, "2025-06-01"), "not yet due");
    EXPECT_EQ(status(row, "2025-12-31"), "unverifiable");
    row.seen = {{"2025-06-30", 55.0}};
    EXPECT_EQ(status(row, "2025-06-29"), "not yet due");  // not seen yet
    EXPECT_EQ(status(row, "2025-07-01"), "on track");
    EXPECT_EQ(status(row, "2026-01-01"), "unverifiable");  // nothing at the end
    row.seen = {{"2025-06-30", 40.0}};
    EXPECT_EQ(status(row, "2025-07-01"), "behind");
    row.seen = {{"2025-06-30", 101.0}};
    EXPECT_EQ(status(row, "2025-07-01"), "kept");
    for (const auto& [value, expected] : std::map<double, std::string>{
             {100.0, "kept"}, {99.0, "kept in part"}, {50.0, "kept in part"}, {49.0, "broken"}}) {
        row.seen = {{"2025-12-31", value}};
        EXPECT_EQ(status(row, "2026-01-01"), expected) << value;
    }
    row.seen = {{"2025-12-31", 60.0}, {"2026-02-01", 100.0}};  // what comes too late does not count
    EXPECT_EQ(status(row, "2026-03-01"), "kept in part");
}
TEST(Status, OfACeiling) {
    Row row;
    row.kind = "at_most";
    row.seen = {{"2025-06-30", 90.0}};
    EXPECT_EQ(status(row, "2025-07-01"), "on track");
    EXPECT_EQ(status(row, "2026-01-01"), "unverifiable");
    row.seen = {{"2025-06-30", 110.0}};
    EXPECT_EQ(status(row, "2025-07-01"), "kept in part");  // 100 / 110 of what was promised
    row.seen = {{"2025-06-30", 90.0}, {"2025-12-31", 100.0}};
    EXPECT_EQ(status(row, "2026-01-01"), "kept");
    row.more = "series = \"cumulative\"";
    row.seen = {{"2025-06-30", 70.0}};  // of 50 due pro rata
    EXPECT_EQ(status(row, "2025-07-01"), "behind");
    row.seen = {{"2025-06-30", 101.0}};
    EXPECT_EQ(status(row, "2025-07-01"), "broken");
}
TEST(Status, OfAnAct) {
    Row row;
    row.kind = "by_date";
    EXPECT_EQ(status(row, "2025-06-01"), "not yet due");
    EXPECT_EQ(status(row, "2026-06-01"), "unverifiable");
    row.seen = {{"2025-06-30", 1.0}};
    EXPECT_EQ(status(row, "2025-07-01"), "kept");
    row.seen = {{"2026-01-15", 1.0}};
    EXPECT_EQ(status(row, "2026-02-01"), "kept in part");
    row.seen = {{"2026-01-15", 0.0}};
    EXPECT_EQ(status(row, "2026-02-01"), "broken");
    row.seen = {{"2025-06-30", 0.0}};
    EXPECT_EQ(status(row, "2025-07-01"), "not yet due");
}
TEST(Status, OfRestraint) {
    Row row;
    row.kind = "refrain";
    EXPECT_EQ(status(row, "2026-06-01"), "unverifiable");
    row.seen = {{"2025-06-30", 0.0}};
    EXPECT_EQ(status(row, "2025-07-01"), "on track");
    EXPECT_EQ(status(row, "2026-01-01"), "unverifiable");
    row.seen = {{"2025-06-30", 0.0}, {"2025-08-31", 1.0}};
    EXPECT_EQ(status(row, "2025-07-01"), "on track");
    EXPECT_EQ(status(row, "2025-09-01"), "broken");
    row.seen = {{"2026-01-10", 0.0}};
    EXPECT_EQ(status(row, "2026-02-01"), "kept");
    row.seen = {{"2026-01-10", 1.0}};  // after it ended
    EXPECT_EQ(status(row, "2026-02-01"), "unverifiable");
    row.due = "";
    EXPECT_EQ(status(row, "2026-02-01"), "broken");
}
TEST(Status, WhatEndedIsJudgedToItsEnd) {
    Row row;
    row.kind = "refrain";
    row.more = "ended = 2025-03-01\nended_reason = \"a ruling\"";
    row.seen = {{"2025-03-01", 0.0}};
    EXPECT_EQ(status(row, "2025-04-01"), "censored");
    EXPECT_EQ(status(row, "2025-02-01"), "not yet due");  // the end is not known before it comes
    row.seen = {{"2025-02-15", 0.0}};
    EXPECT_EQ(status(row, "2025-02-20"), "on track");
}

// What a sentence says is missing must be missing.
TEST(Status, ReasonsDoNotDenyWhatWasSeenTooLate) {
    const auto reason = [](const Row& row, const std::string& as_of) {
        return track(ledger_of(row), day(as_of)).tracks[0].reason;
    };
    Row row;
    row.kind = "refrain";
    row.seen = {{"2025-06-30", 0.0}};
    EXPECT_EQ(reason(row, "2026-02-01"), "no breach seen to 2025-06-30, nothing later observed");
    row.seen = {{"2025-06-30", 0.0}, {"2026-01-10", 1.0}};
    EXPECT_EQ(status(row, "2026-02-01"), "unverifiable");
    EXPECT_EQ(reason(row, "2026-02-01"),
              "no breach seen to 2025-06-30; what was seen by 2026-01-10 came after the end, 2025-12-31");
    row.seen = {{"2026-01-10", 1.0}};
    EXPECT_EQ(reason(row, "2026-02-01"),
              "due, and nothing was observed by the end; what was seen by 2026-01-10 came after the end, 2025-12-31");
    row.kind = "at_least";
    row.seen = {{"2025-06-30", 60.0}, {"2026-01-10", 90.0}};
    EXPECT_EQ(
        reason(row, "2026-02-01"),
        "last observed 2025-06-30, before it was due; what was seen by 2026-01-10 came after the end, 2025-12-31");
    row.seen = {{"2026-01-10", 90.0}};
    EXPECT_EQ(reason(row, "2026-02-01"),
              "nothing was observed by 2025-12-31; what was seen by 2026-01-10 came after the end, 2025-12-31");
    row.more = "series = \"level\"";
    EXPECT_EQ(reason(row, "2026-02-01"),
              "due, and nothing was observed by the end; what was seen by 2026-01-10 came after the end, 2025-12-31");
}
TEST(Status, WhatEndedBeforeItWasDueIsNotBrokenByThat) {
    Row row;
    row.more = "ended = 2025-06-30\nended_reason = \"a ruling\"";
    row.kind = "by_date";
    row.seen = {{"2025-07-01", 0.0}};
    EXPECT_EQ(status(row, "2025-08-01"), "censored");
    row.seen = {{"2025-06-01", 1.0}};
    EXPECT_EQ(status(row, "2025-08-01"), "kept");
    row.kind = "at_least";  // 181 of 365 days: 49.6 of 100 were due
    row.seen = {{"2025-06-30", 50.0}};
    EXPECT_EQ(status(row, "2025-08-01"), "censored");
    row.seen = {{"2025-06-30", 100.0}};  // all of it, before the end
    EXPECT_EQ(status(row, "2025-08-01"), "kept");
    row.kind = "at_most";
    row.more += "\nseries = \"cumulative\"";
    row.seen = {{"2025-06-30", 60.0}};  // ahead of the pro rata, below the ceiling
    EXPECT_EQ(status(row, "2025-08-01"), "censored");
}
TEST(Status, DoesNotHangOnRounding) {
    // Ten tenths fall short of 1 by rounding.
    const TemporaryFolder folder;
    std::string text =
        "[[commitment]]\nid = \"x\"\nactor = \"A\"\ncounterpart = \"B\"\nfield = \"f\"\ntext = \"t\"\nkind = "
        "\"at_least\"\n"
        "quantity = 1\nunit = \"tonnes\"\nfrom = 2025-01-01\ndue = 2025-12-31\nsource = \"s\"\n";
    for (int month = 3; month <= 12; ++month)
        text += "[[observation]]\ncommitment = \"x\"\ndate = 2025-" + std::string(month < 10 ? "0" : "") +
                std::to_string(month) + (month < 12 ? "-01" : "-31") +
                "\nvalue = 0.1\ncovers = \"period\"\nreporter = \"r\"\nsource = \"s\"\n";
    put_file(folder / "l.toml", text);
    const Ledger ledger = read_ledger(folder / "l.toml");
    EXPECT_LT(ledger.observations.back().value, 1.0);
    EXPECT_EQ(to_string(track(ledger, day("2026-01-01")).tracks[0].status), "kept");
}
TEST(Status, AnActFoundUndoneIsNotKept) {
    const TemporaryFolder folder;
    const auto seen = [](const char* date, const char* rest) {
        return std::string("[[observation]]\ncommitment = \"x\"\ndate = ") + date + "\n" + rest +
               "\nreporter = \"r\"\nsource = \"s\"\n";
    };
    put_file(folder / "l.toml",
             "[[commitment]]\nid = \"x\"\nactor = \"A\"\ncounterpart = \"B\"\nfield = \"f\"\ntext = \"t\"\nkind = "
             "\"by_date\"\nfrom = 2025-01-01\ndue = 2025-12-31\nsource = \"s\"\n" +
                 seen("2025-06-30", "value = 1") + seen("2026-01-10", "value = 0\nrevised = true"));
    EXPECT_EQ(to_string(track(read_ledger(folder / "l.toml"), day("2026-02-01")).tracks[0].status), "broken");
}

TEST(Attainment, SharesOfTargetProRataAndIncrement) {
    Row row;
    row.more = "baseline = 40\nbaseline_definition = \"last year\"";
    row.seen = {{"2025-06-30", 30.0}};
    const CommitmentTrack t = track(ledger_of(row), day("2025-07-01")).tracks[0];
    const double due = 181.0 / 365.0;
    EXPECT_NEAR(*t.reported[0].share_of_target, 0.30, 1e-12);
    EXPECT_NEAR(*t.reported[0].share_of_pro_rata, 0.30 / due, 1e-12);
    EXPECT_NEAR(*t.reported[0].share_of_increment, (30.0 - 40.0 * due) / (60.0 * due), 1e-12);
    EXPECT_FALSE(t.at_due);
}

TEST(Projection, ASteadyRateIsCarriedOn) {
    const Projection p = project_total({{10, 20}, {20, 40}, {30, 60}}, 50.0);
    EXPECT_NEAR(p.mean, 100.0, 1e-9);
    EXPECT_NEAR(*p.low, 100.0, 1e-6);
}
TEST(Projection, TwoIncrementsGiveNoInterval) {
    const Projection p = project_total({{10, 20}, {20, 41}}, 30.0);
    EXPECT_FALSE(p.low);
    EXPECT_NEAR(p.mean, 61.5, 1e-9);  // a constant rate, weighted by days
}
TEST(Projection, FollowsARateThatChanged) {
    std::vector<TotalAt> seen;
    double total = 0.0;
    for (int k = 1; k <= 12; ++k) {
        total += k <= 6 ? 10.0 + 0.1 * (k % 2) : 30.0 - 0.1 * (k % 2);
        seen.push_back({10.0 * k, total});
    }
    const Projection p = project_total(seen, 130.0);
    EXPECT_GT(p.signal_to_noise, 0.0);
    EXPECT_NEAR(p.mean, total + 30.0, 3.0);
}
TEST(Projection, IntervalsCoverAsOftenAsTheySay) {
    // Constant rate with independent noise: 24 of 36 stretches seen, the total at 36 foretold; fixed seed.
    constexpr int runs = 2000;
    int covered = 0;
    for (int run = 0; run < runs; ++run) {
        RandomStream random(17, static_cast<std::uint64_t>(run));
        std::vector<TotalAt> seen;
        double total = 0.0, final_total = 0.0;
        for (int k = 1; k <= 36; ++k) {
            const double normal =
                std::sqrt(-2.0 * std::log(1.0 - random.uniform())) * std::cos(2.0 * M_PI * random.uniform());
            total += 10.0 + 2.0 * normal;
            if (k <= 24) seen.push_back({30.0 * k, total});
            final_total = total;
        }
        const Projection p = project_total(seen, 1080.0);
        if (*p.low <= final_total && final_total <= *p.high) ++covered;
    }
    // Choosing the signal-to-noise ratio by likelihood costs a little coverage where the truth is 0.
    EXPECT_GT(covered / static_cast<double>(runs), 0.87);
    EXPECT_LT(covered / static_cast<double>(runs), 0.96);
}
TEST(Projection, RefusesDaysThatDoNotRise) {
    expect_error(ErrorKind::input, {"must rise"}, [] { project_total({{10, 1}, {10, 2}}, 20.0); });
}

const std::filesystem::path ledgers = std::filesystem::path(DETENTE_SOURCE_DIR) / "ledgers";

const CommitmentTrack& find(const Ledger& ledger, const TrackReport& report, const std::string& id) {
    for (const CommitmentTrack& t : report.tracks)
        if (ledger.commitments[static_cast<std::size_t>(t.commitment)].id == id) return t;
    throw_input({"", 0, id}, "not in the ledger");
}

TEST(PhaseOneLedger, TheLedgerHoldsThePublishedTable) {
    const auto path = shared_data("commitments") / "phase_one.csv";
    DETENTE_NEEDS_DATA(path);
    const CsvTable table = CsvTable::read(path);
    const Ledger ledger = read_ledger(ledgers / "phase-one.toml");
    const TrackReport report = track(ledger, day("2022-02-08"));
    for (int row = 0; row < table.rows(); ++row) {
        const CommitmentTrack& t = find(ledger, report, "chn-" + table.text(row, table.column("group")));
        const Commitment& c = ledger.commitments[static_cast<std::size_t>(t.commitment)];
        EXPECT_NEAR(c.quantity, table.number(row, table.column("target_two_years_bn")), 1e-9);
        EXPECT_NEAR(*c.baseline, 2.0 * table.number(row, table.column("baseline_2017_bn")), 1e-9);
        EXPECT_EQ(std::floor(100.0 * *t.reported[0].share_of_target + 0.5),
                  table.number(row, table.column("bought_two_years_percent")))
            << c.id;
    }
}
TEST(PhaseOneLedger, TheIncrementWasNegativeOverall) {
    const Ledger ledger = read_ledger(ledgers / "phase-one.toml");
    const TrackReport report = track(ledger, day("2022-02-08"));
    const auto& total = find(ledger, report, "chn-total").reported[0];
    EXPECT_NEAR(*total.share_of_increment, -13.6 / 200.0, 1e-12);
    EXPECT_NEAR(*total.share_of_target, 288.8 / 502.4, 1e-12);
}
TEST(PhaseOneLedger, ReportersAreKeptApart) {
    const Ledger ledger = read_ledger(ledgers / "phase-one.toml");
    const TrackReport report = track(ledger, day("2020-11-15"));
    const CommitmentTrack& t = find(ledger, report, "chn-agriculture-2020");
    ASSERT_EQ(t.spreads.size(), 1U);
    EXPECT_NEAR(t.spreads[0].low, 0.57, 1e-12);
    EXPECT_NEAR(t.spreads[0].high, 0.71, 1e-12);
    EXPECT_EQ(to_string(t.status), "behind");
    ASSERT_EQ(t.reported.size(), 2U);
}
TEST(PhaseOneLedger, FidelityByActor) {
    const Ledger ledger = read_ledger(ledgers / "phase-one.toml");
    const auto list = estimate_fidelity(ledger, track(ledger, day("2022-02-08")));
    // China: one of five counted rows kept: Beta(2, 5). United States: one act, and one day of restraint.
    EXPECT_EQ(list[0].actor, "CHN");
    EXPECT_NEAR(list[0].strict.mean, 2.0 / 7.0, 1e-12);
    const double graded = 0.59 + 61.1 / 73.8 + 0.37 + 0.52 + 1.0;
    EXPECT_NEAR(list[0].graded_target.mean, (1.0 + graded) / 7.0, 1e-12);
    const FidelityEstimate usa = fidelity_of(ledgers / "phase-one.toml", "USA", day("2022-02-08"));
    EXPECT_EQ(usa.kept, 1);
    const double a = 2.0 + 1.0 / 365.25;
    EXPECT_NEAR(usa.strict.mean, a / (a + 1.0), 1e-12);
    EXPECT_NEAR(usa.strict.low, std::pow(0.05, 1.0 / a), 1e-9);  // Beta(a, 1): x^a
}
TEST(PhaseOneLedger, UnknownActorGetsTheNearest) {
    expect_error(ErrorKind::input, {"did you mean \"CHN\""},
                 [] { fidelity_of(ledgers / "phase-one.toml", "CHNA", day("2022-02-08")); });
}

TEST(BusanLedger, StatusesOnTheDaysThatMatter) {
    const Ledger ledger = read_ledger(ledgers / "busan.toml");
    const auto at = [&](const std::string& id, const std::string& date) {
        return to_string(find(ledger, track(ledger, day(date)), id).status);
    };
    EXPECT_EQ(at("usa-fentanyl-tariff", "2025-11-09"), "not yet due");
    EXPECT_EQ(at("usa-fentanyl-tariff", "2025-11-10"), "kept");
    EXPECT_EQ(at("usa-reciprocal-rate", "2026-07-31"), "censored");
    EXPECT_EQ(at("chn-soybeans-2025", "2025-12-15"), "behind");
    EXPECT_EQ(at("chn-soybeans-2025", "2026-01-10"), "on track");  // the date was moved
    EXPECT_EQ(at("chn-soybeans-2025", "2026-01-20"), "kept");
    EXPECT_EQ(at("chn-soybeans-2026", "2026-07-31"), "not yet due");
    EXPECT_EQ(at("chn-soybeans-2026", "2027-01-01"), "unverifiable");
    EXPECT_EQ(at("chn-export-controls", "2026-07-31"), "kept");
    EXPECT_EQ(at("usa-port-fees", "2026-07-31"), "not yet due");
    EXPECT_EQ(at("usa-port-fees", "2026-11-25"), "unverifiable");
}
TEST(BusanLedger, EveryRowHasASourceAndBothSidesHaveRows) {
    for (const char* file : {"phase-one.toml", "busan.toml"}) {
        const Ledger ledger = read_ledger(ledgers / file);
        EXPECT_EQ(ledger.actors().size(), 2U);
        for (const Commitment& c : ledger.commitments) EXPECT_FALSE(c.source.empty()) << c.id;
        for (const Observation& o : ledger.observations) EXPECT_FALSE(o.source.empty());
    }
}
TEST(BusanLedger, AttainmentAtTheDueDateAndLater) {
    const Ledger ledger = read_ledger(ledgers / "busan.toml");
    const TrackReport report = track(ledger, day("2026-07-31"));
    const CommitmentTrack& t = find(ledger, report, "chn-soybeans-2025");
    EXPECT_NEAR(t.at_first_due->value, 9.25, 1e-12);
    EXPECT_EQ(to_string(*t.at_first_due_status), "kept in part");
    EXPECT_NEAR(t.at_due->value, 12.0, 1e-12);
    EXPECT_NEAR(*t.graded_target, 1.0, 1e-12);
}

TEST(TrackOutput, JsonHasWhatAChartNeedsAndTextTheConventions) {
    const Ledger ledger = read_ledger(ledgers / "busan.toml");
    const TrackReport report = track(ledger, day("2025-12-15"));
    const auto fidelity = estimate_fidelity(ledger, report);
    const auto json = track_json(ledger, report, fidelity, {});
    EXPECT_EQ(json["as_of"], "2025-12-15");
    bool found = false;
    for (const auto& row : json["commitments"]) {
        if (row["id"] != "chn-soybeans-2025") continue;
        found = true;
        EXPECT_EQ(row["timeline"]["expected"].size(), 25U);
        EXPECT_NEAR(row["timeline"]["expected"].back()[1].get<double>(), 12.0, 1e-12);
        EXPECT_EQ(row["timeline"]["observed"].size(), 1U);  // the later ones are not seen
        EXPECT_GT(row["projection"]["mean"].get<double>(), 7.0);
        EXPECT_TRUE(row["projection"]["low"].is_null());
    }
    EXPECT_TRUE(found);
    const std::string text = track_text(ledger, report, fidelity, {});
    EXPECT_NE(text.find("prior Beta(1, 1)"), std::string::npos);
    EXPECT_NE(text.find(projection_assumption), std::string::npos);
    EXPECT_NE(text.find("the same for every actor"), std::string::npos);
}

}  // namespace
}  // namespace detente::test
