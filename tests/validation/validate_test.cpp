// Episodes: read, predicted, compared; and what was found on those of the repository.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/csv.h"
#include "economy/economy_io.h"
#include "policy/scenario.h"
#include "support.h"
#include "validation/validation_report.h"

namespace detente::test {
namespace {

const std::filesystem::path episodes = std::filesystem::path(DETENTE_SOURCE_DIR) / "episodes";

// The episode of the repository's tables with other lines for the economy.
class Episodes : public ::testing::Test {
protected:
    std::string text(const std::string& economy, const std::string& more = "") const {
        return "title = \"t\"\ntariffs = \"" + tariffs + "\"\nobserved = \"" + observed +
               "\"\naside = \"D19\"\n[economy]\nname = \"us-china-2017\"\n" + economy +
               "\n[sectors]\n\"D20+D21\" = [\"D20\", \"D21\"]\n\"D29+D30\" = [\"D29\", \"D30\"]\n" + more;
    }
    Validation answer(const std::string& economy, const std::string& more = "") const {
        put_file(folder / "episode.toml", text(economy, more));
        return validate(read_episode(folder / "episode.toml", {}));
    }
    void expect_refused(const std::string& toml, const std::vector<std::string>& parts) const {
        put_file(folder / "episode.toml", toml);
        expect_error(ErrorKind::input, parts, [&] { validate(read_episode(folder / "episode.toml", {})); });
    }
    std::string table(const std::string& name, const std::string& content) const {
        put_file(folder / name, content);
        return (folder / name).string();
    }
    void take(const std::filesystem::path& from, const std::string& period) {
        tariffs = (from / (period + "-tariffs.csv")).string();
        observed = (from / (period + "-observed.csv")).string();
    }
    void SetUp() override { take(episodes / "us-china-2017", "2017-19"); }
    TemporaryFolder folder;
    std::string tariffs, observed;
};

const ValidationCell& cell_of(const Validation& v, const std::string& exporter, const std::string& sector) {
    const auto& cells = v.predictors.front().cells;
    return *std::find_if(cells.begin(), cells.end(), [&](const ValidationCell& c) {
        return c.cell.exporter == exporter && c.cell.sector == sector;
    });
}

TEST_F(Episodes, ThePredictionIsTheModelsOfTheSameTariffs) {
    const Validation v = answer("theta = 4");
    const Study& study = v.episode.predictors.front().study;
    const Calibration base = calibrate(study.economy, study.model);
    const World& w = base.world;
    Shock shock;
    shock.tariff = w.tariff;
    const CsvTable table =
        CsvTable::read(tariffs, {}, [](const std::vector<std::string>& f) { return f[0].rfind('#', 0) != 0; });
    for (int row = 0; row < table.rows(); ++row) {
        const int j = w.regions.at(table.text(row, 0)), i = w.regions.at(table.text(row, 1));
        std::string sector = table.text(row, 2);
        while (!sector.empty()) {
            const auto plus = sector.find('+');
            shock.tariff(i, j, w.sectors.at(sector.substr(0, plus))) += table.number(row, 3);
            sector = plus == std::string::npos ? "" : sector.substr(plus + 1);
        }
    }
    const Equilibrium e = solve(w, shock);
    const int china = w.regions.at("CHN"), us = w.regions.at("USA"), cars = w.sectors.at("D29"),
              planes = w.sectors.at("D30"), metals = w.sectors.at("D24");
    EXPECT_NEAR(*cell_of(v, "CHN", "D24").predicted, std::log(e.flow(china, us, metals) / w.flow(china, us, metals)),
                1e-10);
    EXPECT_NEAR(*cell_of(v, "CHN", "D29+D30").predicted,
                std::log((e.flow(china, us, cars) + e.flow(china, us, planes)) /
                         (w.flow(china, us, cars) + w.flow(china, us, planes))),
                1e-10);
}

TEST_F(Episodes, AKnownSlopeIsFound) {
    // Observed: 0.7 times the prediction and an effect of the sector; before: the sector's alone, so a slope of 0.
    const Validation first = answer("theta = 4");
    std::string after = "# made up\nimporter,exporter,sector,log_change,weight\n", before = after;
    int k = 0;
    for (const ValidationCell& cell : first.predictors.front().cells) {
        const std::string name = cell.cell.importer + ',' + cell.cell.exporter + ',' + cell.cell.sector + ',';
        const double effect = 0.1 * static_cast<double>(cell.cell.sector.size()) + 0.01 * cell.cell.sector.back();
        const std::string weight = ',' + csv_number(1.0 + ++k % 5) + '\n';
        after += name + (cell.predicted ? csv_number(0.7 * *cell.predicted + effect) : "") + weight;
        before += name + csv_number(effect + (k % 2 == 0 ? 1e-9 : 0.0)) + weight;
    }
    observed = table("after.csv", after);
    const std::string placebo = "[placebo]\nobserved = \"" + table("before.csv", before) + "\"\n";
    const PredictorFit fit = answer("theta = 4", placebo).predictors.front();
    EXPECT_NEAR(fit.fit->slope, 0.7, 1e-9);
    EXPECT_NEAR(fit.fit->correlation, 1.0, 1e-9);
    EXPECT_NEAR(fit.fit->r2_at_one, 1.0 - 0.09 / 0.49, 1e-9);
    EXPECT_LT(fit.fit->p_one, 1e-9);
    EXPECT_NEAR(fit.placebo->slope, 0.0, 1e-6);
    EXPECT_LT(fit.fit->r2_level, fit.fit->r2_at_one);  // the sectors' effects are no prediction
}

TEST_F(Episodes, ADesignWithOneRightAlternative) {
    // What one elasticity predicts is the data: its alternative fits, the episode's own does not.
    const Validation two = answer("theta = 2");
    std::string after = "importer,exporter,sector,log_change,weight\n";
    for (const ValidationCell& c : two.predictors.front().cells)
        after += "USA," + c.cell.exporter + ',' + c.cell.sector + ',' + csv_number(*c.predicted) + ",1\n";
    observed = table("after.csv", after);
    const Validation v =
        answer("theta = 6", "[[alternative]]\nname = \"two\"\neconomy = { name = \"us-china-2017\", theta = 2 }\n");
    EXPECT_LT(v.predictors[0].fit->slope, 0.6);
    EXPECT_NEAR(v.predictors[1].fit->slope, 1.0, 1e-9);
    EXPECT_EQ(v.predictors[1].name, "two");
    EXPECT_NEAR(v.predictors[1].fit->r2_level, 1.0, 1e-9);
}

// So nearly no trade elasticity that the base itself has no certificate: that alternative alone has no answer.
TEST_F(Episodes, AnAlternativeThatFailsDoesNotStopTheRest) {
    const std::string more =
        "[[alternative]]\nname = \"none\"\neconomy = { name = \"us-china-2017\", theta = 1e-9 }\n"
        "[[alternative]]\nname = \"two\"\neconomy = { name = \"us-china-2017\", theta = 2 }\n";
    const Validation v = answer("theta = 4", more);
    EXPECT_FALSE(v.complete());
    EXPECT_EQ(v.predictors[1].name, "none");
    EXPECT_NE(v.predictors[1].error.find("certificate"), std::string::npos) << v.predictors[1].error;
    EXPECT_EQ(v.predictors[0].fit->slope, answer("theta = 4").predictors[0].fit->slope);
    EXPECT_EQ(v.predictors[2].fit->slope, answer("theta = 2").predictors[0].fit->slope);
    expect_refused(text("theta = 4") + "[[alternative]]\nname = \"x\"\n", {"alternative", "changes nothing"});
    put_file(folder / "episode.toml", text("theta = 1e-9"));
    expect_error(ErrorKind::solve, {"certificate"}, [&] { validate(read_episode(folder / "episode.toml", {})); });
}

TEST_F(Episodes, PetroleumIsReportedAndNotInTheHeadline) {
    const Validation v = answer("theta = 4");
    const PredictorFit& fit = v.predictors.front();
    EXPECT_FALSE(cell_of(v, "CHN", "D19").headline);
    ASSERT_EQ(fit.aside.size(), 1u);
    EXPECT_EQ(fit.aside[0].sector, "D19");
    EXPECT_EQ(cell_of(v, "JPN", "D05T06").left_out, "no trade in one of the two periods");
    EXPECT_EQ(fit.fit->cells, 107);
    EXPECT_EQ(fit.fit->groups, 18);
}

TEST_F(Episodes, MissesAreNamedTheLargestFirst) {
    const Validation v = answer("theta = 4");
    const auto misses = largest_misses(v.predictors.front(), 1000);
    ASSERT_EQ(misses.size(), 107u);
    double sum = 0.0;
    for (std::size_t k = 0; k < misses.size(); ++k) {
        sum += misses[k]->error_share;
        EXPECT_LE(misses[k]->error_share, misses[k == 0 ? 0 : k - 1]->error_share);
    }
    EXPECT_NEAR(sum, 1.0, 1e-12);
}

TEST_F(Episodes, ThreadsDoNotMatter) {
    const std::string more =
        "[[alternative]]\nname = \"a\"\neconomy = { name = \"us-china-2017\", theta = 2 }\n[[alternative]]\nname = "
        "\"b\"\nmodel = { closure = \"balanced\" }\n";
    put_file(folder / "episode.toml", text("theta = 4", more));
    const Episode episode = read_episode(folder / "episode.toml", {});
    const std::string one = validation_json(validate(episode, {1, {}})).dump();
    EXPECT_EQ(one, validation_json(validate(episode, {2, {}})).dump());
    EXPECT_EQ(nlohmann::json::parse(one)["predictors"].size(), 3u);
}

// ------------------------------------------------------------------------------------------ what the repository holds

// The table of the first look (its program was another one), where the source's break in the EU is left in.
TEST_F(Episodes, TheFirstLookIsReproducedToTwoDigits) {
    DETENTE_NEEDS_DATA(shared_data("us-imports-2015-2025"));
    const std::string make = (episodes / "make").string() + " --eu-as-counted --into " + folder.path().string();
    ASSERT_EQ(std::system(make.c_str()), 0);
    const auto fit = [&](const char* period, const std::string& economy) {
        take(folder / "us-china-2017", period);
        return answer(economy).predictors.front();
    };
    // Caliendo and Parro's re-estimated pattern, averaged where several are one sector, petroleum capped at 20;
    // mean 2.5.
    const std::string pattern =
        "theta = { D01T02 = 3.08548, D03 = 3.08548, D05T06 = 5.98074, D07T08 = 5.98074, D09 = 5.98074, D10T12 = "
        "0.970158, "
        "D13T15 = 2.11533, D16 = 4.12032, D17T18 = 3.45072, D19 = 7.60908, D20 = 2.85341, D21 = 2.85341, D22 = "
        "0.631554, "
        "D23 = 1.05005, D24 = 3.03983, D25 = 1.63595, D28 = 0.57829, D26 = 3.77791, D27 = 4.03281, D29 = 0.384259, D30 "
        "= "
        "0.140768, D31T33 = 1.90227 }";
    const std::string four =
        "theta = { D01T02 = 4, D03 = 4, D05T06 = 4, D07T08 = 4, D09 = 4, D10T12 = 4, D13T15 = 4, D16 = 4, D17T18 = 4, "
        "D19 "
        "= 4, D20 = 4, D21 = 4, D22 = 4, D23 = 4, D24 = 4, D25 = 4, D28 = 4, D26 = 4, D27 = 4, D29 = 4, D30 = 4, "
        "D31T33 = "
        "4 }";
    struct Row {
        std::string economy;
        double slope_19, r2_19, slope_25, r2_25;
    };
    const std::string built =
        "theta = { D01T02 = 6.23, D03 = 6.23, D05T06 = 5.28, D07T08 = 5.28, D09 = 5.28, D10T12 = 2.3, D13T15 = 3.36, "
        "D16 = "
        "3.9, D17T18 = 2.65, D19 = 0.64, D20 = 3.97, D21 = 3.97, D22 = 5.16, D23 = 5.28, D24 = 3, D25 = 3, D26 = 1.24, "
        "D27 "
        "= 1.24, D28 = 7.75, D29 = 2.81, D30 = 2.81, D31T33 = 6.17 }";
    for (const Row& row : {Row{built, 0.43, -0.14, 0.63, 0.22}, Row{four, 0.54, 0.07, 0.84, 0.63},
                           Row{pattern, 0.89, 0.27, 1.20, 0.76}}) {
        const SlopeFit before = *fit("2017-19", row.economy).fit, after = *fit("2024-25", row.economy).fit;
        EXPECT_NEAR(before.slope, row.slope_19, 0.0075);
        EXPECT_NEAR(before.r2_at_one, row.r2_19, 0.0075);
        EXPECT_NEAR(after.slope, row.slope_25, 0.0075);
        EXPECT_NEAR(after.r2_at_one, row.r2_25, 0.0075);
    }
    const auto china = [](const PredictorFit& f) {
        return *std::find_if(f.exporters.begin(), f.exporters.end(),
                             [](const ExporterMean& mean) { return mean.exporter == "CHN"; });
    };
    const ExporterMean mean = china(fit("2024-25", built));
    EXPECT_NEAR(mean.observed, -0.61, 0.005);
    EXPECT_NEAR(mean.predicted, -0.80, 0.005);
}

// With the United Kingdom out of the EU in both periods.
TEST_F(Episodes, ElasticitiesOfTheFirstTablesDoWorseThanNoChange) {
    const SlopeFit fit = *answer(
                              "theta = { D01T02 = 6.23, D03 = 6.23, D05T06 = 5.28, D07T08 = 5.28, D09 = 5.28, D10T12 = "
                              "2.3, D13T15 = 3.36, D16 = 3.9, D17T18 = 2.65, D19 = 0.64, D20 = 3.97, D21 = 3.97, D22 = "
                              "5.16, D23 = 5.28, D24 = 3, D25 = 3, D26 = 1.24, D27 = 1.24, D28 = 7.75, D29 = 2.81, D30 "
                              "= 2.81, D31T33 = 6.17 }")
                              .predictors.front()
                              .fit;
    EXPECT_NEAR(fit.slope, 0.435, 0.001);
    EXPECT_NEAR(fit.r2_at_one, -0.159, 0.001);
    EXPECT_LT(fit.p_one, 1e-4);
}

TEST_F(Episodes, TheGtapForecastOnItsFiftyThreeCells) {
    take(episodes / "us-china-2017", "2024-25");
    const std::string more =
        "[forecast]\nname = \"GTAP\"\npredicted = \"" + (episodes / "us-china-2017/2024-25-gtap.csv").string() + "\"\n";
    const ForecastFit fit = answer("theta = 4", more).predictors.front().forecast;
    ASSERT_TRUE(fit.forecast && fit.own);
    EXPECT_EQ(fit.forecast->cells, 53);
    EXPECT_EQ(fit.own->cells, 53);
    EXPECT_NEAR(fit.forecast->slope, 0.60, 0.01);  // as in the first look
    EXPECT_NEAR(fit.forecast->correlation, 0.89, 0.01);
    EXPECT_NEAR(fit.forecast->r2_at_one, 0.44, 0.01);
}

TEST(EpisodesOfTheRepository, EveryOneIsRead) {
    int count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(episodes)) {
        if (entry.path().extension() != ".toml") continue;
        ++count;
        const Episode episode = read_episode(entry.path(), {});
        EXPECT_FALSE(episode.observed.empty()) << entry.path();
        EXPECT_FALSE(episode.placebo.empty()) << entry.path();
        EXPECT_FALSE(episode.instrument.empty()) << entry.path();
    }
    EXPECT_GE(count, 2);
}

// ---------------------------------------------------------------------------------------------------- what is refused

class BadEpisodes : public Episodes {
protected:
    void SetUp() override {
        write_economy(toy_economy(), folder / "toy.nc");
        tariffs = "t.csv";
        observed = "o.csv";
        put_file(folder / "t.csv", "importer,exporter,sector,increase\nA,B,goods,0.1\n");
        put_file(folder / "o.csv", good);
    }
    std::string toy(const std::string& top = "", const std::string& more = "") const {
        return "tariffs = \"t.csv\"\nobserved = \"o.csv\"\n" + top + "[economy]\npath = \"toy.nc\"\n" + more;
    }
    std::string head = "# where it is from\nimporter,exporter,sector,log_change,weight\n";
    std::string good = head + "A,B,goods,-0.2,3\nA,C,goods,0.1,2\nB,A,goods,0,1\nB,C,goods,0.05,1\n";
    void expect_table_refused(const std::string& name, const std::string& content,
                              const std::vector<std::string>& parts) {
        put_file(folder / name, content);
        expect_refused(toy(), parts);
    }
};

TEST_F(BadEpisodes, TheGoodOneIsAnswered) {
    put_file(folder / "episode.toml", toy());
    EXPECT_EQ(validate(read_episode(folder / "episode.toml", {})).predictors.front().fit->cells, 4);
}
TEST_F(BadEpisodes, UnknownNames) {
    expect_table_refused("o.csv", head + "A,D,goods,0,1\n", {"o.csv:3: exporter", "unknown region", "D"});
    expect_table_refused("o.csv", head + "A,B,godos,0,1\n", {"o.csv:3: sector", "did you mean \"goods\"?"});
    put_file(folder / "o.csv", good);
    expect_table_refused("t.csv", "importer,exporter,sector,increase\nX,B,goods,0.1\n", {"t.csv:2: importer", "X"});
}
TEST_F(BadEpisodes, MissingColumns) {
    expect_table_refused("o.csv", "importer,exporter,sector,log_change\nA,B,goods,0\n", {"o.csv:1", "weight"});
    put_file(folder / "o.csv", good);
    expect_table_refused("t.csv", "importer,exporter,sector,increas\nA,B,goods,0.1\n",
                         {"t.csv:1", "increase", "did you mean \"increas\"?"});
    expect_table_refused("t.csv", "importer,exporter,sector,increase\n", {"t.csv", "no rows"});
}
TEST_F(BadEpisodes, WeightsThatAreNone) {
    expect_table_refused("o.csv", head + "A,B,goods,0,0\n", {"o.csv:3: weight", "found: 0", "positive"});
    expect_table_refused("o.csv", head + "A,B,goods,0,-2\n", {"o.csv:3: weight", "-2"});
    expect_table_refused("o.csv", head + "A,B,goods,0,many\n", {"o.csv:3: weight", "not a number"});
}
TEST_F(BadEpisodes, ValuesThatCannotBe) {
    expect_table_refused("o.csv", head + "A,B,goods,99,1\n", {"o.csv:3: log_change", "out of range"});
    expect_table_refused("o.csv", head + "A,A,goods,0,1\n", {"o.csv:3: exporter", "crosses no border"});
    expect_table_refused("o.csv", good + "A,B,goods,0,1\n", {"o.csv:7: sector", "stands twice", "line 3"});
    put_file(folder / "o.csv", good);
    expect_table_refused("t.csv", "importer,exporter,sector,increase\nA,B,goods,-2\n",
                         {"t.csv:2: increase", "leaves the possible range"});
}
TEST_F(BadEpisodes, ALineRaisedTwiceByNamesThatOverlap) {
    put_file(folder / "t.csv", "importer,exporter,sector,increase\nA,B,goods,0.1\nA,others,goods,0.2\n");
    expect_refused(toy("", "[regions]\nothers = [\"B\", \"C\"]\n"), {"t.csv:3: increase", "raised twice"});
}
TEST_F(BadEpisodes, CellsThatShareTrade) {
    put_file(folder / "o.csv", good + "A,B,all,0.1,1\n");
    expect_refused(toy("", "[sectors]\nall = [\"goods\", \"services\"]\n"), {"o.csv", "same trade", "goods and all"});
}
TEST_F(BadEpisodes, PercentForPoints) {
    put_file(folder / "t.csv", "importer,exporter,sector,increase\nA,B,goods,25\n");
    expect_refused(toy(), {"t.csv:2: increase", "out of range"});
}
TEST_F(BadEpisodes, KeysAndBlocks) {
    expect_refused(toy("asdie = \"goods\"\n"), {"episode.toml:3: asdie", "did you mean \"aside\"?"});
    expect_refused(toy("aside = \"godos\"\n"), {"episode.toml:3: aside", "did you mean \"goods\"?"});
    expect_refused("observed = \"o.csv\"\n", {"tariffs", "missing"});
    expect_refused("tariffs = \"t.csv\"\nobserved = \"o.csv\"\n", {"economy", "missing"});
    expect_refused(toy("", "[sectors]\nall = [\"goods\", \"srvices\"]\n"),
                   {"sectors.all", "did you mean \"services\"?"});
    expect_refused(toy("", "[sectors]\nall = []\n"), {"sectors.all", "stands for nothing"});
    expect_refused(toy("", "[[alternative]]\nname = \"x\"\n"), {"alternative", "changes nothing"});
    expect_refused(toy("", "[[alternative]]\nname = \"x\"\neconomy = { name = \"us-china-2017\" }\n"),
                   {"alternative", "other regions or sectors"});
}
TEST_F(BadEpisodes, TooFewCells) {
    expect_table_refused("o.csv", head + "A,B,goods,-0.2,3\nA,C,goods,0.1,2\n", {"no slope", "2 cells"});
}
TEST_F(BadEpisodes, AFileThatIsMissing) {
    std::filesystem::remove(folder / "o.csv");
    put_file(folder / "episode.toml", toy());
    expect_error(ErrorKind::file, {"o.csv"}, [&] { read_episode(folder / "episode.toml", {}); });
}

}  // namespace
}  // namespace detente::test
