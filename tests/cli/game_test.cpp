// `detente game` as a person meets it.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "support.h"

namespace detente::test {
namespace {

struct Outcome {
    int status = -1;
    std::string out, error;
};

Outcome game(const std::string& arguments) {
    const TemporaryFolder folder;
    const std::string out = (folder / "out").string(), error = (folder / "error").string();
    const std::string command =
        "'" + std::string(DETENTE_BINARY_DIR) + "/detente' game " + arguments + " >'" + out + "' 2>'" + error + "'";
    const int raw = std::system(command.c_str());
    return {WIFEXITED(raw) ? WEXITSTATUS(raw) : -1, read_bytes(out), read_bytes(error)};
}

const std::string dilemma =
    "--payoffs '" + std::string(DETENTE_SOURCE_DIR) + "/studies/payoffs/prisoners-dilemma.csv' ";

TEST(GameCommand, HelpHasAnExample) {
    const Outcome o = game("--help");
    EXPECT_EQ(o.status, 0);
    EXPECT_NE(o.out.find("Example"), std::string::npos);
}
TEST(GameCommand, JsonHasThePromisedKeys) {
    const Outcome o = game(dilemma + "--discount 0.9 --fidelity 0.95 --json");
    ASSERT_EQ(o.status, 0) << o.error;
    const auto j = nlohmann::json::parse(o.out);
    EXPECT_EQ(j["payoff_set"]["status"], "converged");
    EXPECT_GE(j["payoff_set"]["vertices"].size(), 3U);
    EXPECT_GT(j["payoff_set"]["area"].get<double>(), 0.0);
    EXPECT_GE(j["payoff_set"]["inner_outer_gap"].get<double>(), 0.0);
    EXPECT_EQ(j["game_class"]["a"], "prisoner's dilemma");
    EXPECT_NEAR(j["coco"][0].get<double>(), 3.0, 1e-12);
    EXPECT_NEAR(j["critical_discount"]["b"].get<double>(), 0.5, 1e-12);
    EXPECT_EQ(j["self_enforcing"], true);
    EXPECT_EQ(j["minimum_punishment"]["a"], 2);
}
TEST(GameCommand, BelowTheCriticalDiscountFactorTheAgreementDoesNotHold) {
    const Outcome o = game(dilemma + "--discount 0.45 --json");
    ASSERT_EQ(o.status, 0) << o.error;
    EXPECT_EQ(nlohmann::json::parse(o.out)["self_enforcing"], false);
}
TEST(GameCommand, TextSaysWhetherItHolds) {
    EXPECT_NE(game(dilemma + "--discount 0.9").out.find("the agreement is self-enforcing"), std::string::npos);
    EXPECT_NE(game(dilemma + "--discount 0.4").out.find("the agreement does not hold"), std::string::npos);
}
TEST(GameCommand, RolesAreGivenByName) {
    const Outcome o = game(dilemma + "--cooperate keep,keep --war break,break --json");
    ASSERT_EQ(o.status, 0) << o.error;
    EXPECT_EQ(nlohmann::json::parse(o.out)["war"][1], "break");
}
TEST(GameCommand, MistakesAreOneLineAndStatusOne) {
    const auto refused = [](const std::string& arguments, const std::string& part) {
        const Outcome o = game(arguments);
        EXPECT_EQ(o.status, 1) << arguments;
        EXPECT_NE(o.error.find(part), std::string::npos) << o.error;
        EXPECT_EQ(std::count(o.error.begin(), o.error.end(), '\n'), 1) << o.error;
    };
    refused(dilemma + "--discount 1", "discount");
    refused(dilemma + "--fidelity 1.2", "fidelity of A");
    refused(dilemma + "--cooperate kep,keep", "did you mean \"keep\"?");
    refused(dilemma + "--cooperate keep", "--cooperate");
    refused(dilemma + "--cooperate break,break --war keep,keep", "not a dilemma");
}
TEST(GameCommand, AMissingFileIsStatusThree) {
    EXPECT_EQ(game("--payoffs none.csv").status, 3);
}

}  // namespace
}  // namespace detente::test
