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
    refused(dilemma + "--discount 1", "--discount: \"1\" is not a number above 0 and below 1");
    refused(dilemma + "--discount 0", "above 0 and below 1");
    refused(dilemma + "--discount ''", "--discount: \"\" is not a number");
    refused(dilemma + "--discount-b much", "--discount-b: \"much\" is not a number");
    refused(dilemma + "--fidelity 1.2", "--fidelity: \"1.2\" is not a number from 0 to 1");
    refused(dilemma + "--fidelity-b ''", "--fidelity-b");
    refused(dilemma + "--fidelity nan", "--fidelity");
    refused(dilemma + "--war ''", "--war: one action of each side is needed");
    refused(dilemma + "--cooperate kep,keep", "did you mean \"keep\"?");
    refused(dilemma + "--cooperate keep", "--cooperate");
    refused(dilemma + "--cooperate break,break --war keep,keep", "--cooperate, --war: the payoffs are not a dilemma");
    refused(dilemma + "--war keep,keep", "--war: the payoffs are not a dilemma");
}
// A file of the rows given, and what the command prints of it.
Outcome game_of_rows(const std::string& rows, const std::string& options) {
    const TemporaryFolder folder;
    put_file(folder / "game.csv", "a,b,u_a,u_b\n" + rows);
    return game("--payoffs '" + (folder / "game.csv").string() + "' " + options);
}

TEST(GameCommand, AWarThatIsNoEquilibriumHoldsNothingUp) {
    // Chicken: below 2/3 no equilibrium punishes a breach enough, whatever mutual ruin would do.
    const std::string rows = "calm,calm,2,2\ncalm,dare,1,4\ndare,calm,4,1\ndare,dare,-50,-50\n";
    const Outcome low = game_of_rows(rows, "--discount 0.6 --cooperate calm,calm --war dare,dare");
    EXPECT_NE(low.out.find("the agreement does not hold"), std::string::npos) << low.out;
    const Outcome high = game_of_rows(rows, "--discount 0.7");
    EXPECT_NE(high.out.find("is self-enforcing by the hardest punishments that are equilibria themselves"),
              std::string::npos)
        << high.out;
    const auto j = nlohmann::json::parse(game_of_rows(rows, "--discount 0.7 --json").out);
    EXPECT_EQ(j["self_enforcing"], true);
    EXPECT_EQ(j["self_enforcing_by"], "equilibria");
    EXPECT_EQ(j["war_is_equilibrium"], false);
    EXPECT_NEAR(j["critical_discount_minmax"]["a"].get<double>(), 2.0 / 3.0, 1e-12);
}
TEST(GameCommand, RoundingIsPrintedAsNought) {
    const Outcome o =
        game_of_rows("calm,calm,0,0\ncalm,dare,-1,1\ndare,calm,1,-1\ndare,dare,-9,-9\n", "--discount 0.7");
    EXPECT_EQ(o.out.find("e-1"), std::string::npos) << o.out;
}
TEST(GameCommand, PeaceBreaksAtTheRateOfBothSidesLapses) {
    const Outcome o = game_of_rows("keep,keep,6,9\nkeep,break,1,7\nbreak,keep,8,2\nbreak,break,2,3\n",
                                   "--fidelity 0.9 --fidelity-b 0.5 --json");
    const auto j = nlohmann::json::parse(o.out);
    EXPECT_NEAR(j["expected_peace_periods"].get<double>(), 1.0 / (1.0 - 0.45), 1e-12);
    EXPECT_EQ(j["lapse"][1], "break");
}
TEST(GameCommand, EfficiencyIsTheValueOverThePromise) {
    const auto j = nlohmann::json::parse(game(dilemma + "--discount 0.9 --fidelity 0.95 --json").out);
    const double value = j["value"]["a"];
    EXPECT_NEAR(j["efficiency"]["a"].get<double>(), value / 3.0, 1e-12);
    EXPECT_NEAR(j["kept_share"]["a"].get<double>(), (value - 1.0) / 2.0, 1e-12);
}

TEST(GameCommand, AMissingFileIsStatusThree) {
    EXPECT_EQ(game("--payoffs none.csv").status, 3);
}

}  // namespace
}  // namespace detente::test
