// A model that is a row of a table and nothing else, through a whole study: read, solved, in results, words and report.
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "base/file.h"
#include "economy/economy_io.h"
#include "models_under_test.h"
#include "questions/built_in.h"
#include "report/results.h"
#include "support.h"

namespace detente::test {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

// A study of two regions alike, the second and the third question about governments.
const char* const study_text = R"(
title = "Twins"
[economy]
path = "twins.nc"
[model]
kind = "armington"
substitution = 4.0
closure = "fixed"
[[scenario]]
name = "both"
tariff = [{ importer = "A", exporter = "B", rate = 0.3 }, { importer = "B", exporter = "A", rate = 0.3 }]
[[optimal]]
name = "alone"
player = "A"
[[nash]]
name = "war"
players = ["A", "B"]
)";

Economy twins() {
    Economy e;
    e.title = "Twins", e.source = "made up for tests", e.licence = "Apache-2.0", e.unit = "million dollars",
    e.year = 2020;
    e.regions = IndexSet("region", {"A", "B"}), e.sectors = IndexSet("sector", {"goods"});
    e.sector_titles = {"Goods"}, e.goods = {1}, e.theta = {3.0};
    e.trade = e.tariff = TradeTensor(2, 1);
    for (int j = 0; j < 2; ++j)
        for (int i = 0; i < 2; ++i) e.trade(i, j, 0) = i == j ? 80.0 : 20.0;
    e.value_added_share = e.final_share = RegionSector(2, 1, 1.0);
    e.input_share = InputTensor(2, 1);
    return e;
}

class FourthModel : public ::testing::Test {
protected:
    void SetUp() override { write_economy(twins(), folder_ / "twins.nc"); }
    Study read(const std::string& text) {
        Sources sources;
        sources.folder = folder_.path();
        return read_study(text, "twins.toml", sources, built_in_questions(), testing::models_under_test());
    }
    TemporaryFolder folder_;
};

TEST_F(FourthModel, StudyResultsAndReport) {
    const StudyResult run = run_study(read(study_text), {{}, 1, {}});
    ASSERT_TRUE(run.complete());
    const json results = json::parse(results_json(run));
    const json model = {{"kind", "armington"}, {"closure", "fixed"}, {"substitution", 4.0}, {"tolerance", 1e-12}};
    EXPECT_EQ(results["model"], model);
    EXPECT_EQ(results["assumptions"][0].get<std::string>().rfind("Model: Armington (1969): one good", 0), 0U);
    const json& both = results["scenarios"]["both"];
    EXPECT_EQ(both["certificate"]["numeraire"], "world labour income");
    const json& a = both["regions"]["A"];
    // In closed form: P = (h + (1-h) tau^-theta)^(-1/theta), income over wages 1 / (1 - revenue in a unit of spending).
    const double sum = 0.8 + 0.2 * std::pow(1.3, -3.0), home = 0.8 / sum;
    const double welfare = std::pow(sum, 1.0 / 3.0) / (1.0 - 0.3 / 1.3 * (1.0 - home));
    EXPECT_NEAR(a["welfare_percent"].get<double>(), 100.0 * (welfare - 1.0), 1e-10);
    EXPECT_TRUE(a.contains("first_order"));
    EXPECT_NEAR(a["decomposition"]["error_percent"].get<double>(), 0.0, 1e-6);
    EXPECT_FALSE(a.contains("profit_percent"));
    EXPECT_FALSE(a.contains("employment_percent"));
    EXPECT_FALSE(results["base"]["regions"]["A"].contains("profit"));
    EXPECT_EQ(results["nash"]["war"]["status"], "answered");

    EXPECT_NE(console_tables(run).find("both"), std::string::npos);
    EXPECT_NE(report_html(run).find("Armington (1969)"), std::string::npos);
    write_results(run, folder_ / "out");
    const std::set<std::string> not_asked = {"tables/published.csv", "tables/variants.csv", "tables/claims.csv",
                                             "tables/paths.csv"};
    for (const std::string& file : result_files())
        EXPECT_EQ(fs::exists(folder_ / "out" / file), not_asked.count(file) == 0) << file;
}

TEST_F(FourthModel, OptionsAreReadByItsRow) {
    const std::string head = "[economy]\npath = \"twins.nc\"\n[model]\nkind = \"armington\"\n";
    const std::string tail = "[[scenario]]\nname = \"s\"\n";
    EXPECT_EQ(read(head + tail).model.number("substitution"), 5.0);
    const auto refused = [&](const std::string& line, std::initializer_list<std::string> parts) {
        expect_error(ErrorKind::input, parts, [&] { read(head + line + "\n" + tail); });
    };
    refused("substitution = 0.5", {":5:", "model.substitution", "out of range", "between 1.01 and 50"});
    refused("substitution = \"much\"", {":5:", "model.substitution", "a finite number"});
    refused("substitutoin = 3", {":5:", "model.substitutoin", "did you mean \"substitution\""});
    refused("pass_through = 1", {":5:", "model.pass_through", "not an option of the armington model"});
    refused("labour_supply = 1", {":5:", "model.labour_supply", "not an option of the armington model"});
}

// The program's own table does not have it.
TEST_F(FourthModel, OtherTablesDoNotKnowIt) {
    put_file(folder_ / "twins.toml", study_text);
    expect_error(ErrorKind::input, {"model.kind", "\"armington\"", "ricardian, krugman, melitz"},
                 [&] { read_study(folder_ / "twins.toml"); });
}

}  // namespace
}  // namespace detente::test
