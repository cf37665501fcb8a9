// The command as a person meets it: exit statuses, one line of error, help with an example.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "cli/command.h"
#include "support.h"

namespace detente::test {
namespace {

std::string small_study(const TemporaryFolder& folder, const std::string& change = "add = 0.1") {
    const std::string path = (folder / "small.toml").string();
    put_file(path,
             "[economy]\nname = \"us-china-2017\"\n[[scenario]]\nname = \"a\"\ntariff = [ { importer = \"USA\", "
             "exporter = \"CHN\", " +
                 change + " } ]\n");
    return path;
}

TEST(Command, VersionIsPrinted) {
    EXPECT_EQ(detente("--version").out, std::string("detente ") + DETENTE_VERSION + "\n");
}

TEST(Command, EveryHelpHasAnExample) {
    for (const char* command :
         {"", "run", "economy list", "economy info", "economy check", "economy import", "economy aggregate",
          "economy export", "elasticities list", "elasticities info", "tournament", "track"}) {
        const Outcome o = detente(std::string(command) + " --help");
        EXPECT_EQ(o.status, 0) << command;
        EXPECT_NE(o.out.find("Example"), std::string::npos) << command;
    }
}

TEST(Command, MisspeltCommandGetsTheNearest) {
    const Outcome o = detente("rnu x.toml");
    EXPECT_EQ(o.status, 1);
    EXPECT_NE(o.error.find("did you mean \"run\""), std::string::npos) << o.error;
}

TEST(Command, MisspeltOptionGetsTheNearest) {
    const Outcome o = detente("run x.toml --thread 2");
    EXPECT_EQ(o.status, 1);
    EXPECT_NE(o.error.find("did you mean \"--threads\""), std::string::npos) << o.error;
}

TEST(Command, AnsweredStudyExitsWithZeroAndWritesEverything) {
    const TemporaryFolder folder;
    const Outcome o = detente("run '" + small_study(folder) + "' --out '" + (folder / "results").string() + "'");
    EXPECT_EQ(o.status, 0) << o.error;
    for (const char* file : {"results.json", "times.json", "results.nc", "report.html", "tables/regions.csv",
                             "tables/sectors.csv", "tables/trade.csv"})
        EXPECT_TRUE(std::filesystem::exists(folder.path() / "results" / file)) << file;
}

TEST(Command, QuietPrintsNothing) {
    const TemporaryFolder folder;
    const Outcome o =
        detente("run '" + small_study(folder) + "' --quiet --out '" + (folder / "results").string() + "'");
    EXPECT_EQ(o.out + o.error, "");
}

TEST(Command, WrongStudyExitsWithOneAndOneLineAndWritesNothing) {
    const TemporaryFolder folder;
    const Outcome o =
        detente("run '" + small_study(folder, "ad = 0.1") + "' --out '" + (folder / "results").string() + "'");
    EXPECT_EQ(o.status, 1);
    EXPECT_EQ(std::count(o.error.begin(), o.error.end(), '\n'), 1) << o.error;
    EXPECT_FALSE(std::filesystem::exists(folder / "results"));
}

TEST(Command, FailedScenarioExitsWithTwo) {
    const TemporaryFolder folder;
    put_file(
        folder / "wall.toml",
        "[economy]\nname = \"us-china-2017\"\n[[scenario]]\nname = \"wall\"\ntrade_cost = [ { factor = 1000.0 } ]\n");
    const Outcome o =
        detente("run '" + (folder / "wall.toml").string() + "' --quiet --out '" + (folder / "results").string() + "'");
    EXPECT_EQ(o.status, 2) << o.error;
    EXPECT_NE(o.error.find("wall"), std::string::npos);
}

TEST(Command, MissingStudyExitsWithThree) {
    EXPECT_EQ(detente("run nowhere.toml").status, 3);
}

TEST(Command, AFileInPlaceOfTheOutputFolderExitsWithThree) {
    const TemporaryFolder folder;
    put_file(folder / "blocked", "x");
    EXPECT_EQ(detente("run '" + small_study(folder) + "' --out '" + (folder / "blocked").string() + "'").status, 3);
}

TEST(Command, ThreadsMustBePositive) {
    EXPECT_EQ(detente("run x.toml --threads 0").status, 1);
}

TEST(Command, EconomyListNamesTheBuiltIn) {
    EXPECT_NE(detente("economy list").out.find("us-china-2017"), std::string::npos);
}

TEST(Command, EconomyInfoSaysSourceAndSectors) {
    const Outcome o = detente("economy info us-china-2017");
    EXPECT_EQ(o.status, 0);
    for (const char* part : {"source", "USA", "D24", "us_tariff_increase_on_chn"})
        EXPECT_NE(o.out.find(part), std::string::npos) << part;
}

TEST(Command, ElasticitiesListNamesTheSets) {
    const Outcome o = detente("elasticities list");
    EXPECT_EQ(o.status, 0);
    for (const char* name : {"caliendo-parro", "fontagne-guimbard-orefice", "lashkaripour-lugovskyy", "uniform"})
        EXPECT_NE(o.out.find(name), std::string::npos) << name;
    const nlohmann::json list = nlohmann::json::parse(detente("elasticities list --json").out);
    EXPECT_EQ(list.front().at("name"), "caliendo-parro");
    EXPECT_EQ(list.front().at("uncertainty"), true);
}

TEST(Command, ElasticitiesInfoSaysHowSureASetIs) {
    const Outcome o = detente("elasticities info caliendo-parro");
    EXPECT_EQ(o.status, 0);
    for (const char* part : {"source", "licence", "horizon", "90 % interval", "Petroleum", "51.08", "prior"})
        EXPECT_NE(o.out.find(part), std::string::npos) << part;
    const nlohmann::json set = nlohmann::json::parse(detente("elasticities info caliendo-parro --json").out);
    const nlohmann::json& first = set.at("sectors").front();
    EXPECT_EQ(first.at("sector"), "Agriculture");
    EXPECT_EQ(first.at("basis"), "estimate");
    EXPECT_GT(first.at("theta_log_sd"), 0.0);
    EXPECT_EQ(first.at("codes").at("icio-2021"), (nlohmann::json{"D01T02", "D03"}));
    const Outcome wrong = detente("elasticities info caliendo-paro");
    EXPECT_EQ(wrong.status, 1);
    EXPECT_NE(wrong.error.find("did you mean \"caliendo-parro\"?"), std::string::npos) << wrong.error;
}

TEST(Command, EconomyCheckAcceptsTheBuiltIn) {
    EXPECT_EQ(detente("economy check us-china-2017").status, 0);
}

TEST(Command, ExportAndImportComeBackTheSame) {
    const TemporaryFolder folder;
    const std::string csv = (folder / "csv").string(), nc = (folder / "back.nc").string();
    ASSERT_EQ(detente("economy export us-china-2017 --csv '" + csv + "'").status, 0);
    ASSERT_EQ(detente("economy import csv '" + csv + "' -o '" + nc + "'").status, 0);
    EXPECT_EQ(detente("economy check '" + nc + "'").status, 0);
}

TEST(Command, AggregateMergesRegions) {
    const TemporaryFolder folder;
    put_file(folder / "map.toml", "[regions]\nRest = [\"BRA\", \"IND\", \"JPN\", \"ROW\"]\n");
    const Outcome o = detente("economy aggregate us-china-2017 --map '" + (folder / "map.toml").string() + "' -o '" +
                              (folder / "four.nc").string() + "'");
    EXPECT_EQ(o.status, 0) << o.error;
    EXPECT_NE(o.out.find("4 regions"), std::string::npos) << o.out;
}

TEST(Command, UnknownImportFormatGetsTheNearest) {
    const Outcome o = detente("economy import osa somewhere -o x.nc");
    EXPECT_EQ(o.status, 1);
    EXPECT_NE(o.error.find("did you mean \"ossa\""), std::string::npos) << o.error;
}

}  // namespace
}  // namespace detente::test
