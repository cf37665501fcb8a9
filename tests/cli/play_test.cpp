// `detente tournament` and `detente track` as a person meets them.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "support.h"

namespace detente::test {
namespace {

std::string payoff_file(const TemporaryFolder& folder, const std::string& rows) {
    const std::string path = (folder / "game.csv").string();
    put_file(path, "a,b,u_a,u_b\n" + rows);
    return path;
}
std::string ledger(const std::string& name) {
    return std::string(DETENTE_SOURCE_DIR) + "/ledgers/" + name + ".toml";
}

TEST(TournamentCommand, PrintsTheKeysItPromises) {
    const Outcome o = detente("tournament --strategies TFT,ALLD --noise 0.05 --json");
    EXPECT_EQ(o.status, 0) << o.error;
    const auto json = nlohmann::json::parse(o.out);
    EXPECT_EQ(json["strategies"], (std::vector<std::string>{"TFT", "ALLD"}));
    EXPECT_NEAR(json["payoffs"][0][0].get<double>(), 2.25, 1e-12);
    EXPECT_NEAR(json["cooperation"][1][0].get<double>(), 0.05, 1e-12);
    EXPECT_EQ(json["ranking"], (std::vector<std::string>{"TFT", "ALLD"}));
}
TEST(TournamentCommand, ReadsPayoffsAndStrategiesFromFiles) {
    const TemporaryFolder folder;
    const std::string game = payoff_file(folder, "p,p,3,3\np,q,0,5\nq,p,5,0\nq,q,1,1\n");
    put_file(folder / "mine.toml",
             "[[strategy]]\nname = \"mine\"\nfirst = 1\nafter = { CC = 1, CD = 0, DC = 1, DD = 0 }\n");
    const Outcome o = detente("tournament --json --payoffs '" + game + "' --strategies 'TFT," +
                              (folder / "mine.toml").string() + "'");
    EXPECT_EQ(o.status, 0) << o.error;
    const auto json = nlohmann::json::parse(o.out);
    EXPECT_EQ(json["strategies"][1], "mine");
    EXPECT_NEAR(json["payoffs"][0][1].get<double>(), json["payoffs"][1][0].get<double>(), 1e-12);
}
TEST(TournamentCommand, SameSeedSameDigitsOnAnyNumberOfThreads) {
    const std::string call = "tournament --json --strategies TFT,WSLS,GTFT --turns 500 --seed 7 --threads ";
    const Outcome one = detente(call + "1"), two = detente(call + "2");
    EXPECT_EQ(one.status, 0) << one.error;
    EXPECT_EQ(one.out, two.out);
}
TEST(TournamentCommand, TakesARateForEachSide) {
    const auto json = nlohmann::json::parse(detente("tournament --json --strategies ALLC --noise 0.1,0.3").out);
    EXPECT_NEAR(json["cooperation"][0][0].get<double>(), 0.8, 1e-12);
}
TEST(TournamentCommand, FullSelectionIsAnswered) {
    const Outcome o = detente("tournament --selection 1 --json");
    EXPECT_EQ(o.status, 0) << o.error;
    double sum = 0.0;
    const auto answer = nlohmann::json::parse(o.out);
    for (const auto& share : answer["moran"]) sum += share.get<double>();
    EXPECT_NEAR(sum, 1.0, 1e-9);
}
TEST(TournamentCommand, PrintsRoundingAsZero) {
    // A game whose payoffs cancel: 5, -5, 3, -3 in equal shares.
    const TemporaryFolder folder;
    const std::string game = payoff_file(folder, "p,p,0.1,0.1\np,q,0.3,-0.7\nq,p,-0.7,0.3\nq,q,0.3,0.3\n");
    const Outcome o = detente("tournament --strategies Random --payoffs '" + game + "'");
    EXPECT_EQ(o.status, 0) << o.error;
    EXPECT_EQ(o.out.find("e-1"), std::string::npos) << o.out;
}
TEST(TournamentCommand, BoundsStandInErrorsAndHelp) {
    for (const auto& [call, bound] :
         std::vector<std::pair<std::string, std::string>>{{"--population 100001", "100000"},
                                                          {"--turns 1000000001", "1000000000"},
                                                          {"--repetitions 99999999999999999999", "100000"},
                                                          {"--threads 99999", "1024"},
                                                          {"--selection 1.1", "1"}}) {
        const Outcome o = detente("tournament " + call);
        EXPECT_EQ(o.status, 1) << call;
        EXPECT_NE(o.error.find(call.substr(0, call.find(' '))), std::string::npos) << o.error;
        EXPECT_NE(o.error.find(bound), std::string::npos) << o.error;
    }
    const std::string help = detente("tournament --help").out;
    for (const char* bound : {"100000", "1000000000", "from 0 to 1"})
        EXPECT_NE(help.find(bound), std::string::npos) << bound;
}
TEST(TournamentCommand, WrongCallsExitWithOneAndOneLine) {
    const TemporaryFolder folder;
    const std::string three = payoff_file(folder, "p,p,1,1\n");
    for (const std::string& call :
         {std::string("--strategies TFTT"), std::string("--noise 1.5"), std::string("--noise x"),
          std::string("--turns 0"), std::string("--turns 5 --exact"), std::string("--repetitions 1"),
          std::string("--seed -1"), std::string("--seed 18446744073709551616"), std::string("--seed ''"),
          std::string("--discount ''"), std::string("--discount nan"), std::string("--selection 1x"),
          std::string("--turns 5e3"), std::string("--discount 1"), std::string("--strategies ''"),
          std::string("--strategies TFT,TFT"), std::string("--population 1"), "--payoffs '" + three + "'",
          std::string("--noise 0.1,0.2,0.3")}) {
        const Outcome o = detente("tournament " + call);
        EXPECT_EQ(o.status, 1) << call;
        EXPECT_EQ(o.out, "") << call;
        EXPECT_EQ(std::count(o.error.begin(), o.error.end(), '\n'), 1) << o.error;
    }
    EXPECT_EQ(detente("tournament --payoffs none.csv").status, 3);
    EXPECT_EQ(detente("tournament --strategies none.toml").status, 3);
}

TEST(TrackCommand, PrintsStatusesOfTheDay) {
    const Outcome o = detente("track '" + ledger("phase-one") + "' --as-of 2022-02-08");
    EXPECT_EQ(o.status, 0) << o.error;
    for (const char* part : {"chn-energy", "kept in part", "Fidelity", "prior Beta(1, 1)", "Reporters differ"})
        EXPECT_NE(o.out.find(part), std::string::npos) << part;
}
TEST(TrackCommand, WritesTimelines) {
    const TemporaryFolder folder;
    const Outcome o =
        detente("track '" + ledger("busan") + "' --as-of 2026-07-31 --json --out '" + (folder / "out").string() + "'");
    EXPECT_EQ(o.status, 0) << o.error;
    EXPECT_EQ(read_text(folder.path() / "out" / "ledger.json"), o.out);
    EXPECT_EQ(nlohmann::json::parse(o.out)["version"], 1);
}
TEST(TrackCommand, WrongCallsExitWithOneLine) {
    const std::string busan = "track '" + ledger("busan") + "' ";
    for (const auto& [call, status] : std::vector<std::pair<std::string, int>>{{busan + "--as-of yesterday", 1},
                                                                               {busan + "--as-of 2026-02-30", 1},
                                                                               {"track none.toml", 3},
                                                                               {"track", 1}}) {
        const Outcome o = detente(call);
        EXPECT_EQ(o.status, status) << call;
        EXPECT_EQ(o.out, "") << call;
        EXPECT_EQ(std::count(o.error.begin(), o.error.end(), '\n'), 1) << o.error;
    }
}

}  // namespace
}  // namespace detente::test
