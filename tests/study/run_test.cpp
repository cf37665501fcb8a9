// Whole studies: the demo from end to end, and what it writes.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "base/csv.h"
#include "base/file.h"
#include "economy/netcdf_file.h"
#include "questions/built_in.h"
#include "report/results.h"
#include "support.h"

namespace detente::test {
namespace {

namespace fs = std::filesystem;

class Busan : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        ::setenv("DETENTE_ECONOMIES", (std::string(DETENTE_SOURCE_DIR) + "/economies").c_str(), 1);
        result = std::make_unique<StudyResult>(
            run_study(read_study(fs::path(DETENTE_SOURCE_DIR) / "studies" / "busan.toml"), {{}, 1}));
    }
    static void TearDownTestSuite() { result.reset(); }
    static const ScenarioResult& scenario(const std::string& name) {
        for (const ScenarioResult& s : result->scenarios)
            if (s.scenario.name == name) return s;
        throw Error(ErrorKind::input, "no scenario " + name);
    }
    static std::unique_ptr<StudyResult> result;
};

std::unique_ptr<StudyResult> Busan::result;

TEST_F(Busan, EveryScenarioIsAnsweredWithItsCertificate) {
    EXPECT_EQ(result->scenarios.size(), 5U);
    for (const ScenarioResult& s : result->scenarios) {
        ASSERT_TRUE(s.answered) << s.error;
        EXPECT_TRUE(s.equilibrium.certificate.converged);
        EXPECT_LT(s.equilibrium.certificate.residual, 1e-11);
    }
}

TEST_F(Busan, BackTo2017ChangesExactlyNothing) {
    for (const double hat : scenario("back-to-2017").equilibrium.welfare_hat) EXPECT_EQ(hat, 1.0);
}

TEST_F(Busan, ScenariosBuildOnEachOther) {
    const int usa = result->study.economy.regions.at("USA"), chn = result->study.economy.regions.at("CHN");
    const double added =
        scenario("truce").equilibrium.tariff(chn, usa, 0) - scenario("section-301").equilibrium.tariff(chn, usa, 0);
    EXPECT_NEAR(added, 0.20, 1e-14);
    EXPECT_NEAR(scenario("april-2025").equilibrium.tariff(usa, chn, 0) -
                    scenario("section-301").equilibrium.tariff(usa, chn, 0),
                1.25, 1e-14);
}

TEST_F(Busan, ServicesCarryNoTariff) {
    for (int s = 22; s < 44; ++s)
        for (int i = 0; i < 7; ++i)
            for (int j = 0; j < 7; ++j)
                EXPECT_EQ(scenario("april-2025").equilibrium.tariff(i, j, s), result->study.economy.tariff(i, j, s));
}

TEST_F(Busan, ThreadsDoNotChangeABit) {
    const StudyResult other = run_study(read_study(fs::path(DETENTE_SOURCE_DIR) / "studies" / "busan.toml"), {{}, 2});
    for (std::size_t k = 0; k < other.scenarios.size(); ++k)
        EXPECT_EQ(other.scenarios[k].equilibrium.welfare_hat, result->scenarios[k].equilibrium.welfare_hat);
}

TEST_F(Busan, OnlyAnswersWhatWasAskedFor) {
    const StudyResult one =
        run_study(read_study(fs::path(DETENTE_SOURCE_DIR) / "studies" / "busan.toml"), {{"truce"}, 1});
    ASSERT_EQ(one.scenarios.size(), 1U);
    EXPECT_EQ(one.scenarios[0].equilibrium.welfare_hat, scenario("truce").equilibrium.welfare_hat);
}

TEST_F(Busan, DecompositionAddsUp) {
    for (const ScenarioResult& s : result->scenarios) {
        ASSERT_TRUE(s.decomposition.has_value());
        for (const double error : s.decomposition->error) EXPECT_LT(std::abs(error), 1e-9) << s.scenario.name;
    }
}

TEST_F(Busan, JsonHasTheKeysOfTheContract) {
    const auto json = nlohmann::json::parse(results_json(*result));
    EXPECT_EQ(json.at("version"), 1);
    const auto& usa = json.at("scenarios").at("truce").at("regions").at("USA");
    for (const char* key : {"welfare_percent", "ev", "real_wage_percent", "wage_hat", "price_hat", "income_hat",
                            "tariff_revenue", "exports_percent", "imports_percent", "deficit_percent"})
        EXPECT_TRUE(usa.at(key).is_number()) << key;
    for (const char* key : {"terms_of_trade_percent", "volume_of_trade_percent", "welfare_percent"})
        EXPECT_TRUE(usa.at("first_order").at(key).is_number()) << key;
    for (const char* key : {"terms_of_trade_percent", "volume_of_trade_percent", "cost_percent"})
        EXPECT_TRUE(usa.at("decomposition").at(key).is_number()) << key;
    const auto& certificate = json.at("scenarios").at("truce").at("certificate");
    for (const char* key :
         {"converged", "residual", "walras", "iterations", "passes_over_trade", "closure", "numeraire"})
        EXPECT_TRUE(certificate.contains(key)) << key;
    // What a clock says stands apart, at the same address.
    EXPECT_FALSE(certificate.contains("seconds"));
    const auto times = nlohmann::json::parse(times_json(*result));
    EXPECT_TRUE(times.at("scenarios").at("truce").at("certificate").at("seconds").is_number());
    EXPECT_TRUE(times.at("nash").at("trade-war").at("certificate").contains("war_seconds"));
    EXPECT_TRUE(times.at("seconds").is_number());
}

TEST_F(Busan, FilesAgreeWithEachOther) {
    const TemporaryFolder folder;
    write_results(*result, folder.path());
    const double expected = 100.0 * (scenario("truce").equilibrium.welfare_hat[6] - 1.0);
    const NetcdfReader nc(folder / "results.nc");
    EXPECT_EQ(nc.strings("region", "region"), result->study.economy.regions.names());
    EXPECT_EQ(nc.numbers("welfare_percent", {"scenario", "region"})[3 * 7 + 6], expected);
    const CsvTable table = CsvTable::read(folder.path() / "tables" / "regions.csv");
    bool found = false;
    for (int row = 0; row < table.rows(); ++row) {
        if (table.text(row, 0) != "truce" || table.text(row, 1) != "USA" || table.text(row, 2) != "welfare_percent")
            continue;
        found = true;
        EXPECT_EQ(table.number(row, 3), expected);
    }
    EXPECT_TRUE(found);
}

TEST_F(Busan, ReportLoadsNothingFromElsewhere) {
    const std::string page = report_html(*result);
    for (const char* load : {"src=\"http", "href=\"http", "@import", "url(http"})
        EXPECT_EQ(page.find(load), std::string::npos) << load;
    EXPECT_NE(page.find("The truce agreed in Busan"), std::string::npos);
    EXPECT_EQ(page.find("/*DETENTE:"), std::string::npos);
}

// Held against the tables themselves: services, which carry no tariffs, must not water the mean down.
TEST_F(Busan, MeanTariffsAreThoseOfGoods) {
    const World& w = result->base.world;
    const int usa = w.regions.at("USA"), chn = w.regions.at("CHN");
    double rates = 0.0, flows = 0.0;
    for (int s = 0; s < 22; ++s) {  // the goods of this economy
        rates += w.flow(usa, chn, s) *
                 (w.tariff(usa, chn, s) + 1.25 +
                  result->study.economy.sector_columns.at("chn_tariff_increase_on_usa")[static_cast<std::size_t>(s)]);
        flows += w.flow(usa, chn, s);
    }
    const auto matrix = tariff_matrix(*result, &scenario("april-2025"));
    EXPECT_NEAR(matrix[static_cast<std::size_t>(usa)][static_cast<std::size_t>(chn)], rates / flows, 1e-12);
    EXPECT_NEAR(rates / flows, 1.4550, 5e-5);
    const auto json = nlohmann::json::parse(results_json(*result));
    EXPECT_EQ(json.at("economy").at("goods").size(), 22U);
    EXPECT_FALSE(json.at("base").contains("service_tariffs"));
}

TEST_F(Busan, NumbersTooSmallToBeNormalAreWritten) {
    StudyResult odd = *result;
    for (double& share : odd.scenarios[0].equilibrium.share.data()) share *= 1e-310;
    odd.scenarios[0].equilibrium.revenue[0] = std::nan("");
    odd.study.title =
        "Cura\xE7"
        "ao";  // Latin-1
    const TemporaryFolder folder;
    EXPECT_NO_THROW(write_results(odd, folder / "out"));
    EXPECT_NO_THROW(nlohmann::json::parse(read_text(folder / "out" / "results.json")));
    EXPECT_NO_THROW(console_tables(odd));
}

TEST_F(Busan, ATitleCannotBecomeMarkup) {
    StudyResult hostile = *result;
    hostile.study.title = "</script><script>alert(1)</script>";
    EXPECT_EQ(report_html(hostile).find("<script>alert"), std::string::npos);
}

// A wall of trade costs around everyone: China's fixed surplus cannot be earned, the other scenario is answered.
TEST(Run, AFailedScenarioKeepsTheOthers) {
    ::setenv("DETENTE_ECONOMIES", (std::string(DETENTE_SOURCE_DIR) + "/economies").c_str(), 1);
    const TemporaryFolder folder;
    put_file(
        folder / "two.toml",
        "[economy]\nname = \"us-china-2017\"\n[[scenario]]\nname = \"wall\"\ntrade_cost = [ { factor = 1000.0 } ]\n"
        "[[scenario]]\nname = \"mild\"\ntariff = [ { importer = \"USA\", exporter = \"CHN\", sector = \"goods\", add = "
        "0.1 } ]\n");
    const StudyResult result = run_study(read_study(folder / "two.toml"), {{}, 1});
    EXPECT_FALSE(result.scenarios[0].answered);
    EXPECT_NE(result.scenarios[0].error.find("no equilibrium"), std::string::npos) << result.scenarios[0].error;
    EXPECT_TRUE(result.scenarios[1].answered);
    EXPECT_FALSE(result.complete());
    write_results(result, folder / "out");
    const auto json = nlohmann::json::parse(read_text(folder / "out" / "results.json"));
    EXPECT_EQ(json.at("scenarios").at("wall").at("status"), "failed");
    EXPECT_EQ(json.at("scenarios").at("mild").at("status"), "answered");
}

TEST(Run, AFailingBaseSpeaksOfTheBase) {
    ::setenv("DETENTE_ECONOMIES", (std::string(DETENTE_SOURCE_DIR) + "/economies").c_str(), 1);
    const TemporaryFolder folder;
    put_file(folder / "s.toml", "[economy]\nname = \"us-china-2017\"\n[[scenario]]\nname = \"a\"\n");
    Study study = read_study(folder / "s.toml");
    study.economy.theta.clear();
    expect_error(ErrorKind::input, {"s.toml: economy: the base", "theta"}, [&] { run_study(study, {{}, 1}); });
}

TEST(Run, GroupsStandForTheirMembers) {
    ::setenv("DETENTE_ECONOMIES", (std::string(DETENTE_SOURCE_DIR) + "/economies").c_str(), 1);
    const TemporaryFolder folder;
    put_file(folder / "groups.toml",
             "[economy]\nname = \"us-china-2017\"\n[groups]\nasia = [\"CHN\", \"IND\", \"JPN\"]\n[[scenario]]\nname = "
             "\"a\"\n"
             "tariff = [ { importer = \"USA\", exporter = \"asia\", sector = \"D24\", rate = 0.5 } ]\n");
    const Study study = read_study(folder / "groups.toml");
    EXPECT_EQ(study.scenarios[0].tariff[0].exporters, (std::vector<int>{1, 3, 4}));
}

TEST(Replication, EveryPrintedDigitOfTheStudies) {
    DETENTE_NEEDS_DATA(shared_data("caliendo-parro-2015"));
    Sources sources;
    sources.variable = [](const std::string& variable) -> std::optional<std::string> {
        if (variable != "DETENTE_SHARED") return std::nullopt;
        return fs::absolute(shared_data("x").parent_path().parent_path()).string();
    };
    for (const char* name : {"nafta-balanced.toml", "nafta-deficits.toml"}) {
        const StudyResult result =
            run_study(read_study(fs::path(DETENTE_SOURCE_DIR) / "studies" / "replication" / name, sources), {{}, 1});
        for (const PublishedTable& table : result.study.published)
            for (const PublishedRow& row : published_rows(result, table))
                EXPECT_TRUE(row.agrees) << row.value.region << ", " << row.value.name;
    }
}

}  // namespace
}  // namespace detente::test
