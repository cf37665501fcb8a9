// The table of questions: a kind that is added as a row is read, answered, referred to, written and printed as the
// built-in ones are; and a study is a value that needs neither files nor a path.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "economy/economy_io.h"
#include "questions/built_in.h"
#include "report/results.h"
#include "support.h"
#include "toy_question.h"

namespace detente::test {
namespace {

// The economy and what else a study names, in memory.
Sources in_memory(std::map<std::string, std::string> files = {}) {
    const TemporaryFolder folder;
    write_economy(toy_economy(), folder / "toy.nc");
    files["toy.nc"] = read_bytes(folder / "toy.nc");
    Sources sources;
    sources.files = std::move(files);
    return sources;
}

QuestionTable with_steeper() {
    QuestionTable table = built_in_questions();
    table.push_back(std::make_shared<const QuestionKind>(steeper_row()));
    return table;
}

const char* const steeper = R"toml(
[economy]
path = "toy.nc"
[[scenario]]
name = "rise"
tariff = [ { importer = "A", exporter = "B", add = 0.2 } ]
[[optimal]]
name = "reply"
player = "B"
from = "twice"
[[steeper]]
name = "twice"
title = "Twice as high"
player = "A"
from = "rise"
[[claim]]
text = "It is twice"
holds = "steepness('twice') >= 2 and tariff('twice', 'A', 'B') > tariff('rise', 'A', 'B')"
)toml";

RunOptions quiet() {
    RunOptions options;
    options.threads = 1;
    return options;
}

class QuestionTableTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        run = std::make_unique<StudyResult>(
            run_study(read_study(steeper, "steeper.toml", in_memory(), with_steeper()), quiet()));
    }
    static void TearDownTestSuite() { run.reset(); }
    static std::unique_ptr<StudyResult> run;
};
std::unique_ptr<StudyResult> QuestionTableTest::run;

TEST_F(QuestionTableTest, ARowIsReadAndAnswered) {
    ASSERT_TRUE(run->complete());
    const Equilibrium& twice = find_outcome(*run, "twice")->equilibrium;
    const Equilibrium& rise = find_outcome(*run, "rise")->equilibrium;
    EXPECT_NEAR(twice.tariff(1, 0, 0), 2.0 * rise.tariff(1, 0, 0), 1e-15);
    // A question above it in the file and in the table refers to it.
    const auto& reply = find_outcome(*run, "reply");
    ASSERT_NE(reply, nullptr);
    EXPECT_EQ(reply->equilibrium.tariff(1, 0, 0), twice.tariff(1, 0, 0));
}

TEST_F(QuestionTableTest, ARowIsInEveryResult) {
    const auto json = nlohmann::json::parse(results_json(*run));
    EXPECT_EQ(json.at("steeper").at("twice").at("factor"), 2.0);
    EXPECT_EQ(json.at("steeper").at("twice").at("title"), "Twice as high");
    EXPECT_TRUE(json.at("steeper").at("twice").at("regions").contains("A"));
    EXPECT_EQ(json.at("question_order").back(), nlohmann::json({{"kind", "steeper"}, {"name", "twice"}}));
    EXPECT_EQ(json.at("claims").at(0).at("verdict"), "holds");
    const auto& assumed = json.at("assumptions");
    EXPECT_NE(std::find(assumed.begin(), assumed.end(), "Others keep their tariffs."), assumed.end());
    EXPECT_NE(console_tables(*run).find("\ntwice: Twice as high\n  Steeper by 2: "), std::string::npos);
    EXPECT_NE(result_tables(*run).at("regions").find("\ntwice,A,welfare_percent,"), std::string::npos);
    EXPECT_NE(report_html(*run).find("Twice as high"), std::string::npos);
    EXPECT_NE(results_netcdf(*run).find("twice"), std::string::npos);
}

TEST_F(QuestionTableTest, OnlyBringsWhatARowRefersTo) {
    RunOptions options = quiet();
    options.only = {"twice"};
    const StudyResult one = run_study(run->study, options);
    EXPECT_EQ(one.answers.size(), 1U);
    EXPECT_EQ(one.scenarios.size(), 1U);
    EXPECT_EQ(find_outcome(one, "twice")->equilibrium.welfare_hat,
              find_outcome(*run, "twice")->equilibrium.welfare_hat);
}

TEST_F(QuestionTableTest, ErrorsOfARowHaveTheirPlace) {
    const auto wrong = [](const std::string& more, const std::vector<std::string>& parts) {
        const std::string text = std::string("[economy]\npath = \"toy.nc\"\n[[steeper]]\nname = \"s\"\n") + more;
        expect_error(ErrorKind::input, parts, [&] { read_study(text, "s.toml", in_memory(), with_steeper()); });
    };
    wrong("player = \"AA\"", {"s.toml:5: steeper.player", "\"AA\""});
    wrong("player = \"A\"\nfactr = 3", {"s.toml:6: steeper.factr", "did you mean \"factor\""});
    wrong("player = \"A\"\nfrom = \"s\"", {"s.toml:6: steeper.from", "circle", "\"s\" -> \"s\""});
    wrong("player = \"A\"\n[[claim]]\ntext = \"t\"\nholds = \"steepness('x') > 1\"",
          {"s.toml:8: claim.holds", "unknown steeper tariff", "\"x\""});
}

TEST_F(QuestionTableTest, WithoutItsRowItIsUnknown) {
    expect_error(ErrorKind::input, {"steeper.toml", "steeper", "unknown key"},
                 [] { read_study(steeper, "steeper.toml", in_memory()); });
}

TEST(StudyAsAValue, EqualStudiesGiveEqualBytes) {
    const Study study = read_study(steeper, "steeper.toml", in_memory(), with_steeper());
    const StudyResult one = run_study(study, quiet()), two = run_study(study, quiet());
    EXPECT_EQ(results_json(one), results_json(two));
    EXPECT_TRUE(results_netcdf(one) == results_netcdf(two));
    EXPECT_EQ(result_tables(one), result_tables(two));
}

// The same from memory as from a folder, and the same in memory as on the disk.
TEST(StudyAsAValue, MemoryAndDiskAreTheSame) {
    const TemporaryFolder folder;
    write_economy(toy_economy(), folder / "toy.nc");
    put_file(folder / "steeper.toml", steeper);
    Sources disk;
    disk.folder = folder.path();
    const StudyResult one = run_study(read_study(steeper, "steeper.toml", disk, with_steeper()), quiet());
    const StudyResult two = run_study(read_study(steeper, "steeper.toml", in_memory(), with_steeper()), quiet());
    EXPECT_EQ(results_json(one), results_json(two));
    write_results(one, folder / "out");
    EXPECT_TRUE(read_bytes(folder / "out" / "results.nc") == results_netcdf(two));
    EXPECT_EQ(read_bytes(folder / "out" / "tables" / "trade.csv"), result_tables(two).at("trade"));
}

TEST(StudyAsAValue, ALedgerMayBeInMemory) {
    const std::string relation = R"(
[economy]
path = "toy.nc"
[[nash]]
name = "war"
players = ["A", "B"]
instruments = { exporter = "players", sector = "goods" }
[[talks]]
name = "deal"
players = ["A", "B"]
threat = "war"
[relation]
players = ["A", "B"]
cooperate = "deal"
war = "war"
fidelity = { ledger = "promises.toml" }
)";
    const auto row = [](const char* id, const char* actor, const char* other) {
        return fmt::format(
            "[[commitment]]\nid = \"{0}\"\nactor = \"{1}\"\ncounterpart = \"{2}\"\nfield = \"f\"\ntext = \"t\"\nkind = "
            "\"by_date\"\nfrom = 2020-01-01\ndue = 2020-06-01\nsource = \"made up\"\n[[observation]]\ncommitment = "
            "\"{0}\"\ndate = 2020-05-01\nvalue = 1\nreporter = \"r\"\nsource = \"made up\"\n",
            id, actor, other);
    };
    Sources sources = in_memory({{"promises.toml", row("one", "A", "B") + row("two", "B", "A")}});
    sources.today = parse_date("2020-12-31");
    const auto json = nlohmann::json::parse(results_json(run_study(read_study(relation, "r.toml", sources), quiet())));
    EXPECT_NEAR(json.at("relation").at("fidelity").at("A").at("mean").get<double>(), std::sqrt(2.0 / 3.0), 1e-12);
    EXPECT_NE(json.at("relation").at("fidelity").at("A").at("source").get<std::string>().find("by 2020-12-31"),
              std::string::npos);
}

TEST(StudyAsAValue, WhatIsNotAmongTheSourcesIsNamed) {
    const auto wrong = [](const std::string& text, const std::vector<std::string>& parts) {
        expect_error(ErrorKind::input, parts, [&] { read_study(text, "s.toml", in_memory()); });
    };
    wrong("[economy]\npath = \"toi.nc\"\n[[scenario]]\nname = \"a\"\n",
          {"s.toml:2: economy.path", "\"toi.nc\"", "did you mean \"toy.nc\""});
    wrong("[economy]\npath = \"toy.nc\"\nimport = \"csv\"\n[[scenario]]\nname = \"a\"\n",
          {"s.toml:2: economy.path", "import reads its files from the disk"});
    wrong("[economy]\npath = \"${SOMEWHERE}/toy.nc\"\n[[scenario]]\nname = \"a\"\n",
          {"s.toml:2: economy.path", "not set"});
    Sources damaged = in_memory();
    damaged.files["toy.nc"].resize(200);
    expect_error(ErrorKind::file, {"toy.nc", "cut short"},
                 [&] { read_study("[economy]\npath = \"toy.nc\"\n[[scenario]]\nname = \"a\"\n", "s.toml", damaged); });
}

}  // namespace
}  // namespace detente::test
