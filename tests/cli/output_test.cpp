// What becomes of results: whatever stands in their place, whoever reads what is printed, and whenever one stops.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <nlohmann/json.hpp>
#include <set>

#include "cli/command.h"
#include "support.h"

namespace detente::test {
namespace {

namespace fs = std::filesystem;

// A line of the shell with `detente` in it; its status and what came on standard error.
Outcome shell(const std::string& line) {
    const TemporaryFolder folder;
    const std::string error = (folder / "error").string();
    const std::string command = "bash -c 'export DETENTE_ECONOMIES=" + std::string(DETENTE_SOURCE_DIR) +
                                "/economies; detente() { " + std::string(DETENTE_BINARY_DIR) + "/detente \"$@\"; }; " +
                                line + "' 2>" + error;
    const int raw = std::system(command.c_str());
    return {WIFEXITED(raw) ? WEXITSTATUS(raw) : -1, "", read_text(error)};
}

std::string study(const TemporaryFolder& folder, const std::string& name = "small",
                  const std::string& change = "tariff = [{ importer = \"USA\", exporter = \"CHN\", add = 0.1 }]") {
    const std::string path = (folder / (name + ".toml")).string();
    put_file(path, "[economy]\nname = \"us-china-2017\"\n[[scenario]]\nname = \"a\"\n" + change + "\n");
    return path;
}

std::string payoffs(const TemporaryFolder& folder) {
    const std::string path = (folder / "game.csv").string();
    put_file(path, "a,b,u_a,u_b\nC,C,3,3\nC,D,0,5\nD,C,5,0\nD,D,1,1\n");
    return path;
}

std::set<std::string> names_in(const fs::path& folder) {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename().string());
    return names;
}

TEST(StandardOutput, AFullOneIsAnErrorOfEveryCommand) {
    const TemporaryFolder folder;
    const std::string ledger = std::string(DETENTE_SOURCE_DIR) + "/ledgers/busan.toml";
    for (const std::string& command :
         {std::string("--version"), std::string("--help"), std::string("run --help"), std::string("economy list"),
          std::string("economy info us-china-2017"), std::string("economy check us-china-2017"),
          std::string("tournament --strategies TFT,ALLD"), std::string("tournament --strategies TFT --json"),
          std::string("tournament --list"), "track " + ledger, "track --json " + ledger,
          "game --payoffs " + payoffs(folder), "game --json --payoffs " + payoffs(folder)}) {
        const Outcome o = shell("detente " + command + " >/dev/full");
        EXPECT_EQ(o.status, 3) << command;
        EXPECT_EQ(o.error, "detente: standard output: cannot be written: No space left on device\n") << command;
    }
}

TEST(StandardOutput, AClosedOneIsAnErrorAndNoFileTakesItsPlace) {
    const TemporaryFolder folder;
    const std::string out = (folder / "out").string();
    const Outcome o = shell("detente run " + study(folder) + " --out " + out + " >&-");
    EXPECT_EQ(o.status, 3);
    EXPECT_NE(o.error.find("standard output"), std::string::npos) << o.error;
    EXPECT_NO_THROW(nlohmann::json::parse(read_text(fs::path(out) / "results.json")));
    EXPECT_EQ(names_in(out),
              (std::set<std::string>{"report.html", "results.json", "results.nc", "tables", "times.json"}));
}

TEST(StandardOutput, AReaderThatWentAwayLosesTheTablesNotTheResults) {
    const TemporaryFolder folder;
    const std::string out = (folder / "out").string();
    const Outcome o = shell("detente run " + study(folder) + " --out " + out + " | true; exit ${PIPESTATUS[0]}");
    EXPECT_EQ(o.status, 3);
    EXPECT_NE(o.error.find("Broken pipe: the results are in " + out), std::string::npos) << o.error;
    EXPECT_TRUE(fs::exists(fs::path(out) / "report.html"));
}

TEST(StandardOutput, AnImportIsWrittenBeforeItIsDescribed) {
    const TemporaryFolder folder;
    const std::string csv = (folder / "csv").string(), nc = (folder / "e.nc").string();
    ASSERT_EQ(shell("detente economy export us-china-2017 --csv " + csv + " >/dev/full").status, 3);
    EXPECT_EQ(shell("detente economy import csv " + csv + " -o " + nc + " >/dev/full").status, 3);
    EXPECT_EQ(shell("detente economy check " + nc + " >/dev/null").status, 0);
}

TEST(Results, WhatIsInTheWayIsFoundBeforeAnythingIsSolved) {
    const TemporaryFolder folder;
    ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
    put_file(folder / "file", "x");
    // The study's base cannot be solved: an error about the output shows that it came first.
    const std::string bad = study(folder, "wall", "trade_cost = [{ factor = 1000.0 }]");
    for (const char* name : {"pipe", "file", "file/below"}) {
        const Outcome o = shell("detente run " + bad + " --out " + (folder / name).string());
        EXPECT_EQ(o.status, 3) << name;
        EXPECT_EQ(std::count(o.error.begin(), o.error.end(), '\n'), 1) << o.error;
    }
    EXPECT_EQ(shell("cd " + folder.path().string() + " && detente run wall.toml --out .").status, 3);
    EXPECT_EQ(shell("detente economy import csv nowhere -o " + (folder / "pipe").string()).status, 3);
    EXPECT_TRUE(fs::is_fifo(folder / "pipe"));
}

TEST(Results, ARunThatAnsweredNothingLeavesWhatWasThere) {
    const TemporaryFolder folder;
    const std::string out = (folder / "out").string();
    ASSERT_EQ(shell("detente run " + study(folder) + " --quiet --out " + out).status, 0);
    const std::string before = read_text(fs::path(out) / "results.json");
    const std::string wall = study(folder, "wall", "trade_cost = [{ factor = 1000.0 }]");
    const Outcome o = shell("detente run " + wall + " --quiet --out " + out);
    EXPECT_EQ(o.status, 2);
    EXPECT_NE(o.error.find("nothing was answered"), std::string::npos) << o.error;
    EXPECT_EQ(read_text(fs::path(out) / "results.json"), before);
    EXPECT_EQ(names_in(folder.path()), (std::set<std::string>{"out", "small.toml", "wall.toml"}));
}

TEST(Results, OfAnotherStudyAreGoneAndOwnFilesStay) {
    const TemporaryFolder folder;
    const std::string out = (folder / "out").string();
    const std::string published = study(folder, "published",
                                        "[[published]]\ntitle = \"t\"\nscenario = \"a\"\nvalues = [{ region = \"USA\", "
                                        "name = \"w\", printed = \"0.1\", exact = \"welfare_percent\" }]");
    ASSERT_EQ(shell("detente run " + published + " --quiet --out " + out).status, 0);
    ASSERT_TRUE(fs::exists(fs::path(out) / "tables" / "published.csv"));
    put_file(fs::path(out) / "notes.txt", "mine");
    ASSERT_EQ(shell("detente run " + study(folder) + " --quiet --out " + out).status, 0);
    EXPECT_FALSE(fs::exists(fs::path(out) / "tables" / "published.csv"));
    EXPECT_EQ(read_text(fs::path(out) / "notes.txt"), "mine");
}

// What a clock says stands apart, in times.json.
TEST(Results, AreTheSameBytesOnAnyNumberOfThreads) {
    const TemporaryFolder folder;
    const std::string busan = std::string(DETENTE_SOURCE_DIR) + "/studies/busan.toml";
    for (const char* threads : {"1", "2"})
        ASSERT_EQ(shell("detente run " + busan +
                        " --only section-301 --only april-2025 --only truce --only trade-war --quiet --threads " +
                        threads + " --out " + (folder / threads).string())
                      .status,
                  0);
    for (const char* file :
         {"results.json", "results.nc", "tables/regions.csv", "tables/sectors.csv", "tables/trade.csv"}) {
        const std::string one = (folder.path() / "1" / file).string(), two = (folder.path() / "2" / file).string();
        EXPECT_EQ(shell("cmp " + one + " " + two).status, 0) << file;
    }
}

TEST(Command, OnOneCoreNothingIsSaidAboutThreads) {
    const TemporaryFolder folder;
    const std::string one_core =
        "taskset -c $(taskset -cp $$ | grep -o \"[0-9]*$\") " + std::string(DETENTE_BINARY_DIR) + "/detente ";
    if (shell("taskset -c $(taskset -cp $$ | grep -o \"[0-9]*$\") true").status != 0) GTEST_SKIP() << "needs taskset";
    EXPECT_EQ(
        shell(one_core + "run " + study(folder) + " --quiet --threads 8 --out " + (folder / "out").string()).error, "");
    EXPECT_EQ(shell(one_core + "tournament --strategies TFT,ALLD --threads 8 >/dev/null").error, "");
}

TEST(Command, ASuggestionIsOfTheSameKind) {
    EXPECT_NE(shell("detente economy imprt").error.find("did you mean \"import\""), std::string::npos);
    EXPECT_NE(shell("detente economy import csv x --thta 3 -o y").error.find("did you mean \"--theta\""),
              std::string::npos);
    // A command is no suggestion for a file, nor an option of one command for one of another.
    EXPECT_EQ(shell("detente run").error.find("did you mean"), std::string::npos);
    EXPECT_EQ(shell("detente run game x").error.find("did you mean"), std::string::npos);
    EXPECT_EQ(shell("detente economy list --payoffs x").error.find("did you mean"), std::string::npos);
}

TEST(Command, NumbersThatAreNoneAreNamed) {
    for (const char* value : {"\"\"", "nan", "inf", "0", "1.5", "2x", "1e99", "-3"}) {
        const Outcome o = shell("detente run x.toml --threads " + std::string(value));
        EXPECT_EQ(o.status, 1) << value;
        EXPECT_NE(o.error.find("--threads"), std::string::npos) << o.error;
    }
    EXPECT_EQ(shell("detente run x.toml --out \"\"").status, 1);
}

// Nobody writes into the pipe, so that reading from it lasts; a signal ends it all the same.
TEST(Command, ASignalEndsWhatDoesNotLookForIt) {
    const TemporaryFolder folder;
    ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
    for (const auto& [signal, status] : std::vector<std::pair<std::string, int>>{{"TERM", 143}, {"HUP", 129}}) {
        const Outcome o = shell("timeout --preserve-status -k 20 -s " + signal + " 0.3 " +
                                std::string(DETENTE_BINARY_DIR) + "/detente run " + (folder / "pipe").string());
        EXPECT_EQ(o.status, status) << o.error;
    }
}

}  // namespace
}  // namespace detente::test
