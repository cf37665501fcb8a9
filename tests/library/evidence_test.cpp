// What the public library tells of elasticities, schedules, episodes, ledgers, tournaments and common ground.
#include <detente/detente.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

namespace {

using detente::Economy;
using detente::Error;
using detente::ErrorKind;
using detente::World;

const World& us_china() {
    static const World world = detente::calibrate(Economy::load("us-china-2017"));
    return world;
}

Error error_of(const std::function<void()>& act) {
    try {
        act();
    } catch (const Error& error) {
        return error;
    }
    ADD_FAILURE() << "nothing was thrown";
    return {"", {}};
}

std::string in_source(const std::string& path) {
    return std::string(DETENTE_SOURCE_DIR) + "/" + path;
}

TEST(LibraryEvidence, ASetOfElasticitiesHasItsRows) {
    const auto names = detente::elasticity_sets();
    ASSERT_NE(std::find(names.begin(), names.end(), "caliendo-parro"), names.end());
    const detente::ElasticitySet set = detente::elasticity_set("caliendo-parro");
    EXPECT_FALSE(set.source.empty());
    ASSERT_FALSE(set.rows.empty());
    for (const detente::ElasticityRow& row : set.rows) {
        EXPECT_GT(row.theta, 0.0) << row.sector;
        EXPECT_EQ(row.basis == "estimate", row.estimate.has_value()) << row.sector;
    }
    EXPECT_EQ(error_of([] { detente::elasticity_set("caliendo-paro"); }).nearest(), "caliendo-parro");
}

TEST(LibraryEvidence, AScheduleOfAPolicyIsWhatItsFileSays) {
    const detente::TariffSchedule schedule = detente::tariff_schedule("section-301-2019-12");
    EXPECT_EQ(schedule.date, "2019-12-01");
    EXPECT_EQ(schedule.kind, "statutory");
    const detente::Equilibrium found =
        detente::solve(us_china(), {.tariff = {{.exporter = {"CHN"}, .schedule = "section-301-2019-12"}}});
    int rows = 0;
    for (const detente::ScheduleRow& row : schedule.rows) {
        if (row.economy != "us-china-2017" || row.sector == "goods") continue;
        const std::string_view line[] = {row.exporter, row.importer, row.sector};
        EXPECT_NEAR(found.tariff().at(line), us_china().tariff().at(line) + row.increase, 1e-15) << row.sector;
        ++rows;
    }
    EXPECT_GT(rows, 10);
    EXPECT_EQ(found.tariff().at({"EU", "USA", "D26"}), us_china().tariff().at({"EU", "USA", "D26"}));
    const Error error = error_of([] { detente::solve(us_china(), {.tariff = {{.schedule = "section-301-2019-13"}}}); });
    EXPECT_EQ(error.key(), "tariff[0].schedule");
    EXPECT_FALSE(error.nearest().empty());
    EXPECT_EQ(error_of([] {
                  detente::solve(us_china(), {.tariff = {{.exporter = {"JPN"}, .schedule = "section-301-2019-12"}}});
              }).key(),
              "tariff[0].schedule");
}

TEST(LibraryEvidence, AColumnOfLinesIsRatesOfAPolicy) {
    const std::size_t n = us_china().regions().size(), m = us_china().sectors().size();
    std::vector<double> rates(n * n * m);
    for (std::size_t k = 0; k < rates.size(); ++k) rates[k] = 0.001 * static_cast<double>(k % 97);
    const World world = detente::calibrate(us_china().economy().with_line_column("mine", rates));
    const detente::Equilibrium found = detente::solve(world, {.tariff = {{.rate_column = "mine"}}});
    EXPECT_DOUBLE_EQ(found.tariff()(1, 2, 3), rates[(1 * n + 2) * m + 3]);
    EXPECT_EQ(error_of([&] { us_china().economy().with_line_column("mine", std::span(rates).first(7)); }).found(), "7");
}

TEST(LibraryEvidence, AnEconomyGoesThroughBytesUnchanged) {
    const Economy& economy = us_china().economy();
    const std::string bytes = economy.bytes();
    const Economy again = Economy::from_bytes(bytes);
    EXPECT_EQ(again.bytes(), bytes);
    EXPECT_EQ(again.regions(), economy.regions());
    EXPECT_EQ(again.columns(), economy.columns());
    EXPECT_EQ(error_of([&] { Economy::from_bytes(bytes.substr(0, 1000), "half.nc"); }).kind(), ErrorKind::file);
}

TEST(LibraryEvidence, AnEpisodeIsValidated) {
    const detente::Validation found = detente::validate(in_source("episodes/us-china-2017/2017-19.toml"));
    ASSERT_FALSE(found.predictors.empty());
    ASSERT_TRUE(found.predictors.front().fit);
    EXPECT_NEAR(found.predictors.front().fit->slope, 0.84, 0.005);
    int headline = 0;
    for (const detente::ValidationCell& cell : found.cells) headline += cell.headline ? 1 : 0;
    EXPECT_EQ(headline, found.predictors.front().fit->cells);
    EXPECT_NE(found.json.find("\"predictors\""), std::string::npos);
    EXPECT_EQ(error_of([] { detente::validate("/nowhere/episode.toml"); }).kind(), ErrorKind::file);
}

TEST(LibraryEvidence, ALedgerIsTracked) {
    const detente::TrackedLedger found = detente::track(in_source("ledgers/phase-one.toml"), {.as_of = "2022-02-08"});
    EXPECT_EQ(found.as_of, "2022-02-08");
    ASSERT_FALSE(found.commitments.empty());
    ASSERT_FALSE(found.fidelity.empty());
    for (const detente::TrackedFidelity& f : found.fidelity) {
        EXPECT_LE(f.low, f.mean);
        EXPECT_LE(f.mean, f.high);
    }
    EXPECT_EQ(error_of([] { detente::track(in_source("ledgers/phase-one.toml"), {.as_of = "tomorrow"}); }).key(),
              "as_of");
    EXPECT_EQ(error_of([] { detente::track(in_source("ledgers/phase-one.toml"), {.prior = "jeffrey"}); }).nearest(),
              "jeffreys");
}

TEST(LibraryEvidence, ATournamentHasNames) {
    const detente::Tournament found = detente::tournament(
        detente::axelrod(), {.strategies = {"TFT", "ALLD", "WSLS"}, .noise_a = 0.0, .noise_b = 0.0});
    EXPECT_EQ(found.payoff.at({"TFT", "TFT"}), 3.0);
    EXPECT_EQ(found.payoff.at({"ALLD", "ALLD"}), 1.0);
    EXPECT_NEAR(found.payoff.at({"ALLD", "WSLS"}), 3.0, 1e-12);  // 5 and 1 in turn
    EXPECT_EQ(found.cooperation.at({"TFT", "ALLD"}), 0.0);
    EXPECT_EQ(found.ranking.size(), 3U);
    EXPECT_EQ(error_of([] { detente::tournament(detente::axelrod(), {.strategies = {"TFTT"}}); }).kind(),
              ErrorKind::input);
    EXPECT_EQ(error_of([] { detente::tournament(detente::axelrod(), {.strategies = {"TFT", "TFT"}}); }).found(), "TFT");
}

// The same question by a study and by a call.
TEST(LibraryEvidence, CommonGroundIsThatOfAStudy) {
    const detente::Policy from{.tariff = {{.importer = {"USA"}, .exporter = {"CHN"}, .sector = {"goods"}, .add = 0.2},
                                          {.importer = {"CHN"}, .exporter = {"USA"}, .sector = {"goods"}, .add = 0.2}}};
    const detente::Equilibrium settlement = detente::solve(us_china(), {});
    const detente::CommonGround found = detente::common_ground(
        us_china(), {"USA", "CHN"}, settlement, from,
        {.issues = {{"electronics", {"D26"}}, {"chemicals", {"D20", "D21"}}, {"cars", {"D29"}}}});
    const detente::Results study = detente::run(detente::Study::parse(R"(
        title = "Common ground"
        economy = { name = "us-china-2017" }
        groups = { electronics = ["D26"], chemicals = ["D20", "D21"], cars = ["D29"] }
        [[scenario]]
        name = "war"
        tariff = [ { importer = "USA", exporter = "CHN", sector = "goods", add = 0.2 },
                   { importer = "CHN", exporter = "USA", sector = "goods", add = 0.2 } ]
        [[common_ground]]
        name = "ground"
        players = ["USA", "CHN"]
        from = "war"
        settlement = "base"
        issues = ["electronics", "chemicals", "cars"]
    )"));
    EXPECT_TRUE(found.proved);
    for (const char* region : {"USA", "CHN", "EU"})
        EXPECT_NEAR(found.equilibrium.welfare_percent()[region], study.outcome("ground").welfare_percent()[region],
                    1e-9);
    EXPECT_EQ(error_of([&] { detente::common_ground(us_china(), {"USA"}, settlement); }).found(), "1");
    EXPECT_EQ(error_of([&] {
                  detente::common_ground(us_china(), {"USA", "CHN"}, settlement, from, {.goal = "most_isues"});
              }).nearest(),
              "most_issues");
}

TEST(LibraryEvidence, AStudyReadsItsFolder) {
    detente::Sources sources;
    sources.folder = in_source("studies");
    sources.today = "2026-07-24";
    const detente::Study study = detente::Study::load(in_source("studies/busan.toml"), sources);
    EXPECT_FALSE(study.scenarios().empty());
    sources.today = "soon";
    EXPECT_EQ(error_of([&] { detente::Study::load(in_source("studies/busan.toml"), sources); }).key(), "today");
}

}  // namespace
