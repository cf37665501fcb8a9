// What an economy may lack: every reader, writer and consumer gives an answer or one line of an error.
#include <gtest/gtest.h>

#include "economy/aggregate.h"
#include "economy/check.h"
#include "economy/economy_io.h"
#include "models_under_test.h"
#include "support.h"

namespace detente::test {
namespace {

constexpr unsigned members = 9;

// The toy economy with everything, less the members whose bit is set.
Economy without(unsigned bits) {
    Economy e = toy_economy();
    e.value_added = {94.1, 128.2, 62.75};
    e.deficit = trade_deficit(e);
    e.region_columns["gdp"] = {1.0, 2.0, 3.0};
    e.region_columns["rate"] = {0.1, 0.2, 0.4};
    const auto missing = [bits](unsigned member) { return (bits >> member & 1U) != 0; };
    if (missing(0)) e.value_added_share = {};
    if (missing(1)) e.input_share = {};
    if (missing(2)) e.final_share = {};
    if (missing(3)) e.theta.clear();
    if (missing(4)) e.sigma.clear();
    if (missing(5)) e.psi.clear();
    if (missing(6)) e.value_added.clear();
    if (missing(7)) e.deficit.clear();
    if (missing(8)) e.sector_titles.clear();
    return e;
}

// Calls with every subset of members missing.
template <typename Call>
void for_each_subset(Call&& call) {
    for (unsigned bits = 0; bits < 1U << members; ++bits) {
        SCOPED_TRACE(bits);
        call(without(bits));
    }
}

// With up to two members missing: files are flushed to the disk, which takes its time.
template <typename Call>
void for_each_pair(Call&& call) {
    for (unsigned first = 0; first < members; ++first) {
        for (unsigned second = first; second < members; ++second) {
            const unsigned bits = 1U << first | 1U << second;
            SCOPED_TRACE(bits);
            call(without(bits));
        }
    }
}

Concordance merge_b_and_c() {
    Concordance map;
    map.regions = {{"B", "Rest"}, {"C", "Rest"}};
    map.sectors = {{"goods", "all"}, {"services", "all"}};
    return map;
}

TEST(OptionalMembers, EveryEconomyCanBeWrittenAndRead) {
    const TemporaryFolder folder;
    for_each_pair([&](const Economy& e) {
        write_economy(e, folder / "e.nc");
        const Economy back = read_economy(folder / "e.nc");
        EXPECT_EQ(back.value_added_share.data(), e.value_added_share.data());
        EXPECT_EQ(back.input_share.data(), e.input_share.data());
        EXPECT_EQ(back.theta, e.theta);
        EXPECT_EQ(labour_income(back), labour_income(e));
    });
}

TEST(OptionalMembers, EveryEconomyCanBeExportedAndImported) {
    for (unsigned member = 0; member < members; ++member) {
        SCOPED_TRACE(member);
        const Economy e = without(1U << member);
        const TemporaryFolder folder;
        export_csv(e, folder / "csv");
        const Economy back = import_economy("csv", folder / "csv");
        EXPECT_EQ(back.value_added_share.data(), e.value_added_share.data());
        EXPECT_EQ(back.input_share.data(), e.input_share.data());
        EXPECT_EQ(back.final_share.data(), e.final_share.data());
        EXPECT_EQ(back.value_added, e.value_added);
        EXPECT_EQ(back.deficit, e.deficit);
        EXPECT_EQ(back.sector_titles, e.sector_titles);
    }
}

TEST(OptionalMembers, EveryEconomyCanBeAggregated) {
    for_each_subset([&](const Economy& e) {
        const Economy merged = aggregate(e, merge_b_and_c());
        EXPECT_EQ(merged.value_added_share.empty(), e.value_added_share.empty());
        EXPECT_EQ(merged.final_share.empty(), e.final_share.empty());
        if (merged.final_share.empty()) return;
        EXPECT_NEAR(merged.final_share(1, 0), 1.0, 1e-12);
    });
}

TEST(OptionalMembers, SpendingWeighsWhereValueAddedIsUnknown) {
    const Economy e = without(1U << 0U | 1U << 6U);
    EXPECT_TRUE(labour_income(e).empty());
    const Economy merged = aggregate(e, merge_b_and_c());
    const RegionSector spending = expenditure(e);
    const double b = spending(1, 0) + spending(1, 1), c = spending(2, 0) + spending(2, 1);
    EXPECT_NEAR(merged.region_columns.at("rate")[1], (0.2 * b + 0.4 * c) / (b + c), 1e-14);
    EXPECT_NE(merged.note.find("spending stands in"), std::string::npos) << merged.note;
}

TEST(OptionalMembers, CheckSaysWhatIsMissing) {
    for_each_subset([&](const Economy& e) {
        const CheckReport report = check_economy(e);
        const bool complete = !e.value_added_share.empty() && !e.input_share.empty() && !e.final_share.empty();
        EXPECT_EQ(report.solvable(), complete) << report.text();
        EXPECT_EQ(report.text().find("value_added_share is missing") != std::string::npos, e.value_added_share.empty());
    });
}

TEST(OptionalMembers, EveryModelSolvesOrRefuses) {
    for_each_subset([&](const Economy& e) {
        for (const Model* model : testing::models_under_test().rows()) {
            try {
                const Calibration base = calibrate(e, model_options(*model));
                EXPECT_EQ(to_economy(base.world, e).regions.names(), e.regions.names());
            } catch (const Error& error) {
                EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
            }
        }
    });
}

}  // namespace
}  // namespace detente::test
