// Questions about governments in a study: answers, results, errors.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "economy/economy_io.h"
#include "questions/built_in.h"
#include "questions/common_ground.h"
#include "questions/game.h"
#include "questions/nash.h"
#include "questions/optimal.h"
#include "questions/talks.h"
#include "report/results.h"
#include "support.h"

namespace detente::test {
namespace {

namespace fs = std::filesystem;

StudyResult run_text(const std::string& text, const std::vector<std::string>& only = {}) {
    TemporaryFolder folder;
    write_economy(toy_economy(), folder / "toy.nc");
    put_file(folder / "study.toml", "[economy]\npath = \"toy.nc\"\n" + text);
    RunOptions options;
    options.threads = 1, options.only = only;
    return run_study(read_study(folder / "study.toml"), options);
}

const char* const war_and_talks = R"(
[[scenario]]
name = "rise"
tariff = [ { importer = "A", exporter = "B", add = 0.2 } ]
[[optimal]]
name = "alone"
player = "A"
[[nash]]
name = "war"
players = ["A", "B"]
from = "rise"
instruments = { exporter = "players", sector = "goods", form = "line" }
[[talks]]
name = "deal"
players = ["A", "B"]
threat = "war"
frontier = 5
[[common_ground]]
name = "ground"
players = ["A", "B"]
from = "war"
settlement = "deal"
[[game]]
name = "shape"
players = ["A", "B"]
policies = ["deal", "war", "rise"]
cooperate = "deal"
war = "war"
)";

// The first answer of its type.
template <class AnswerType>
const AnswerType& answer(const StudyResult& run) {
    return *answers_of<AnswerType>(run.answers).at(0);
}

std::string all_words(const Answer& a) {
    std::string text;
    for (const std::string& sentence : a.words) text += sentence + "\n";
    return text;
}

// A player may gain from a war against the base: then nothing is said of what is in force there costing it anything.
// Three to one, scaled to the mean 1; a player that no line names weighs every sector alike.
TEST(StudyQuestions, WeightsByLineAreTheGovernments) {
    const StudyResult run = run_text(
        "[[nash]]\nname = \"war\"\nplayers = [\"A\", \"B\"]\n"
        "political_weights = [{ region = \"A\", sector = \"goods\", weight = 3 }]\n");
    const auto& war = dynamic_cast<const NashAnswer&>(*run.answers.at(0));
    EXPECT_EQ(war.question.players[0].objective.political_weight, (std::vector<double>{1.5, 0.5}));
    EXPECT_EQ(war.question.players[1].objective.political_weight, (std::vector<double>{1.0, 1.0}));
}

TEST(QuestionWords, NothingInForceCostsNothing) {
    const std::string war =
        "[[nash]]\nname = \"war\"\nplayers = [\"A\", \"B\"]\ninstruments = { form = \"uniform\" }\n";
    const StudyResult free = run_text(war);
    const std::string text = all_words(answer<NashAnswer>(free));
    EXPECT_EQ(text.find("in force"), std::string::npos) << text;
    EXPECT_EQ(text.find("costs"), std::string::npos) << text;
    EXPECT_EQ(text.find("\"base\""), std::string::npos) << text;
    EXPECT_NE(text.find("No gain from changing its own tariffs alone was found"), std::string::npos) << text;
    // Where what is in force costs more than the war, the figures of both are said.
    const StudyResult ruin =
        run_text("[[scenario]]\nname = \"ruin\"\ntariff = [ { rate = 5.0 } ]\n" + war + "from = \"ruin\"\n");
    EXPECT_NE(all_words(answer<NashAnswer>(ruin)).find("against the base, \"ruin\" changes its real income by -"),
              std::string::npos)
        << all_words(answer<NashAnswer>(ruin));
}

TEST(QuestionWords, DeficitsOfScenariosAreSaid) {
    const StudyResult run = run_text(
        "[[scenario]]\nname = \"none\"\nclosure = \"balanced\"\n"
        "[[scenario]]\nname = \"tariff\"\nfrom = \"none\"\ntariff = [ { importer = \"A\", add = 0.1 } ]\n"
        "[[scenario]]\nname = \"one\"\ndeficit = [ { region = \"A\", rate = 0.01 } ]\n");
    ASSERT_TRUE(run.complete());
    const auto json = nlohmann::json::parse(results_json(run));
    for (const char* name : {"none", "tariff"}) {
        EXPECT_EQ(json["scenarios"][name]["certificate"]["closure"], "balanced");
        EXPECT_NEAR(json["scenarios"][name]["regions"]["B"]["transfer"].get<double>(), 0.0, 1e-300);
    }
    EXPECT_NEAR(json["scenarios"]["one"]["regions"]["A"]["transfer"].get<double>(), 0.01 * run.base.world.income[0],
                1e-9);
    EXPECT_NEAR(json["base"]["regions"]["A"]["transfer"].get<double>(), run.base.world.transfer[0], 1e-9);
    EXPECT_EQ(json["scenarios"]["one"]["certificate"]["closure"], "fixed");
    const std::string shown = console_tables(run);
    EXPECT_NE(shown.find("\"none\": trade deficits are removed"), std::string::npos) << shown;
    EXPECT_NE(shown.find("\"one\": trade deficits are set"), std::string::npos) << shown;
}

// Money can change hands where deficits do not follow world income at the tariffs in force, whatever the model's
// closure.
TEST(QuestionWords, TransfersLookAtTheClosureInForce) {
    const auto study = [](const char* model, const char* scenario) {
        return std::string("[model]\nclosure = \"") + model + "\"\n[[scenario]]\nname = \"s\"\nclosure = \"" +
               scenario +
               "\"\n[[talks]]\nname = \"deal\"\nplayers = [\"A\", \"B\"]\nfrom = \"s\"\ntransfers = true\nfrontier = "
               "0\n";
    };
    expect_error(ErrorKind::input, {"transfers", "closure"}, [&] { run_text(study("fixed", "world_share")); });
    const StudyResult run = run_text(study("world_share", "balanced"));
    const TalksAnswer& deal = answer<TalksAnswer>(run);
    ASSERT_TRUE(deal.outcome.answered) << deal.outcome.error;
    EXPECT_EQ(deal.outcome.equilibrium.certificate.closure, "balanced");
    EXPECT_NEAR(deal.outcome.equilibrium.transfer[0], deal.talks.transfer[0], 1e-9);
    EXPECT_NEAR(deal.outcome.equilibrium.transfer[2], 0.0, 1e-9);
}

TEST(QuestionWords, ABaseThatMovedFarIsSaidOnTheTerminal) {
    const std::string head = "[[scenario]]\nname = \"a\"\ntariff = [ { importer = \"A\", add = 0.1 } ]\n";
    EXPECT_EQ(console_tables(run_text(head)).find("NOTE"), std::string::npos);
    const StudyResult moved = run_text("[model]\nclosure = \"balanced\"\n" + head);
    ASSERT_TRUE(moved.base.moved.large());
    const std::string shown = console_tables(moved);
    EXPECT_NE(shown.find("NOTE: Before anything is compared"), std::string::npos) << shown;
    EXPECT_NE(shown.find("hundredth"), std::string::npos) << shown;
}

// Tariffs of the results are means over goods: a rise on goods alone is shown as it is.
TEST(QuestionWords, MeanTariffsAreOverGoods) {
    const StudyResult run =
        run_text("[[scenario]]\nname = \"a\"\ntariff = [ { importer = \"A\", exporter = \"B\", rate = 0.7 } ]\n");
    EXPECT_NEAR(tariff_matrix(run, &run.scenarios[0])[1][0], 0.7, 1e-15);
    EXPECT_EQ(run.scenarios[0].equilibrium.tariff(1, 0, 1), 0.0);
}

class Questions : public ::testing::Test {
protected:
    static void SetUpTestSuite() { run = std::make_unique<StudyResult>(run_text(war_and_talks)); }
    static void TearDownTestSuite() { run.reset(); }
    static std::unique_ptr<StudyResult> run;
};
std::unique_ptr<StudyResult> Questions::run;

TEST_F(Questions, AllAreAnswered) {
    ASSERT_TRUE(run->complete());
    EXPECT_EQ(outcomes(*run).size(), 5U);
    EXPECT_LT(answer<NashAnswer>(*run).war.certificate.gap, 1e-7);
    EXPECT_TRUE(answer<TalksAnswer>(*run).talks.everyone_gains);
}

// What is not an instrument stays as in `from`: for talks without words of their own, as in the war's `from`.
TEST_F(Questions, OtherTariffsStayAsInFrom) {
    const Equilibrium& deal = answer<TalksAnswer>(*run).outcome.equilibrium;
    EXPECT_EQ(deal.tariff(2, 0, 0), run->base.world.tariff(2, 0, 0));
    EXPECT_EQ(answer<TalksAnswer>(*run).question.from, "rise");
}

// The payoff of a pair is that of the scenario with both sides' tariffs: on the diagonal, the outcomes themselves.
TEST_F(Questions, GameHasTheOutcomesOnItsDiagonal) {
    const ShapeAnswer& game = answer<ShapeAnswer>(*run);
    const std::vector<std::string> names = {"deal", "war"};
    for (std::size_t k = 0; k < names.size(); ++k) {
        const Equilibrium& e = find_outcome(*run, names[k])->equilibrium;
        const auto at = static_cast<Eigen::Index>(k);
        EXPECT_NEAR(game.game.payoff_a(at, at), run->base.world.income[0] * (e.welfare_hat[0] - 1.0), 1e-8);
        EXPECT_NEAR(game.game.bystander_payoff[0](at, at), run->base.world.income[2] * (e.welfare_hat[2] - 1.0), 1e-8);
    }
}

TEST_F(Questions, ResultsHaveThePromisedKeys) {
    const nlohmann::json r = nlohmann::json::parse(results_json(*run));
    EXPECT_EQ(r["optimal"]["alone"]["player"], "A");
    for (const char* key : {"welfare_percent", "mean_tariff", "trade_weighted_tariff", "regions", "words"})
        EXPECT_TRUE(r["optimal"]["alone"].contains(key)) << key;
    EXPECT_TRUE(r["optimal"]["alone"]["certificate"].contains("projected_gradient"));
    for (const char* key : {"welfare_percent", "mean_tariff", "trade_weighted_tariff", "gap"})
        EXPECT_TRUE(r["nash"]["war"]["players"]["B"].contains(key)) << key;
    EXPECT_EQ(r["nash"]["war"]["best_responses"]["response"]["A"].size(),
              r["nash"]["war"]["best_responses"]["rate"].size());
    EXPECT_EQ(r["talks"]["deal"]["frontier_percent"].size(), 5U);
    EXPECT_EQ(r["talks"]["deal"]["threat"], "war");
    EXPECT_EQ(r["common_ground"]["ground"]["issues"].size(), 1U);
    EXPECT_EQ(r["game"]["shape"]["payoffs"]["A"].size(), 3U);
    EXPECT_EQ(r["question_order"].size(), 5U);
}

// Neither the order of threads nor their number moves a digit.
TEST_F(Questions, ThreadsDoNotMatter) {
    TemporaryFolder folder;
    write_economy(toy_economy(), folder / "toy.nc");
    put_file(folder / "study.toml", std::string("[economy]\npath = \"toy.nc\"\n") + war_and_talks);
    RunOptions two;
    two.threads = 2;
    const StudyResult other = run_study(read_study(folder / "study.toml"), two);
    EXPECT_EQ(answer<NashAnswer>(other).war.players[0].utility, answer<NashAnswer>(*run).war.players[0].utility);
    EXPECT_EQ(answer<NashAnswer>(other).war.players[0].gap, answer<NashAnswer>(*run).war.players[0].gap);
}

TEST(QuestionsOnly, BringWhatTheyReferTo) {
    const StudyResult run = run_text(war_and_talks, {"deal"});
    ASSERT_TRUE(run.complete());
    EXPECT_EQ(answers_of<TalksAnswer>(run.answers).size(), 1U);
    EXPECT_EQ(answers_of<NashAnswer>(run.answers).size(), 1U);
    EXPECT_EQ(run.scenarios.size(), 1U);
    EXPECT_TRUE(answers_of<OptimalAnswer>(run.answers).empty());
}

// Questions may stand in any order: each is answered after those that it refers to, and shown in the order of kinds.
TEST_F(Questions, AnyOrderOfTheFileGivesTheSameAnswers) {
    const std::string text = war_and_talks;
    const std::size_t game = text.find("[[game]]"), talks = text.find("[[talks]]"), nash = text.find("[[nash]]");
    const std::size_t ground = text.find("[[common_ground]]");
    const std::string turned = text.substr(game) + text.substr(ground, game - ground) +
                               text.substr(talks, ground - talks) + text.substr(nash, talks - nash) +
                               text.substr(0, nash);
    const StudyResult other = run_text(turned);
    ASSERT_TRUE(other.complete());
    EXPECT_EQ(results_json(other), results_json(*run));
}

// A reference to a kind of question that results show later.
TEST(QuestionsOnly, MayReferToAnyOther) {
    const StudyResult run = run_text(R"(
[[optimal]]
name = "after"
player = "A"
from = "war"
[[nash]]
name = "war"
players = ["A", "B"]
)");
    ASSERT_TRUE(run.complete());
    EXPECT_EQ(run.answers.at(0)->name(), "after");
    EXPECT_EQ(find_outcome(run, "after")->equilibrium.tariff(0, 1, 0),
              find_outcome(run, "war")->equilibrium.tariff(0, 1, 0));
}

// A question whose threat failed is itself not answered, and says which.
TEST(QuestionsOnly, FailureOfAThreatIsNamed) {
    const StudyResult run = run_text(R"(
[[nash]]
name = "war"
players = ["A", "B"]
instruments = { sector = "services" }
bounds = [0.0, 0.5]
[[scenario]]
name = "closed"
trade_cost = [ { factor = 1e9 } ]
[[talks]]
name = "deal"
players = ["A", "B"]
threat = "closed"
)");
    EXPECT_FALSE(run.complete());
    EXPECT_NE(answer<TalksAnswer>(run).outcome.error.find("\"closed\""), std::string::npos);
}

struct Bad {
    const char* name;
    std::string text;
    std::vector<std::string> parts;
};

class BadQuestions : public ::testing::TestWithParam<Bad> {};

TEST_P(BadQuestions, AreNamedWithLineAndKey) {
    TemporaryFolder folder;
    write_economy(toy_economy(), folder / "toy.nc");
    put_file(folder / "study.toml", "[economy]\npath = \"toy.nc\"\n" + GetParam().text);
    try {
        read_study(folder / "study.toml");
        ADD_FAILURE() << "no error was thrown";
    } catch (const Error& error) {
        const std::string text = error.what();
        EXPECT_EQ(error.kind(), ErrorKind::input);
        for (const std::string& part : GetParam().parts)
            EXPECT_NE(text.find(part), std::string::npos) << part << " is not in: " << text;
    }
}

std::string nash(const std::string& more) {
    return "[[nash]]\nname = \"war\"\n" + more + "\n";
}
std::string talks(const std::string& more) {
    return "[[talks]]\nname = \"deal\"\nplayers = [\"A\", \"B\"]\n" + more + "\n";
}

INSTANTIATE_TEST_SUITE_P(
    Each, BadQuestions,
    ::testing::Values(
        Bad{"UnknownPlayer", nash("players = [\"A\", \"BB\"]"), {":5:", "players", "\"BB\""}},
        Bad{"OnePlayer", nash("players = [\"A\"]"), {":5:", "too few players"}},
        Bad{"PlayerTwice", nash("players = [\"A\", \"A\"]"), {":5:", "stands twice"}},
        Bad{"UnknownKey",
            nash("players = [\"A\", \"B\"]\nbound = [0, 1]"),
            {":6:", "bound", "did you mean \"bounds\""}},
        Bad{"BoundsReversed", nash("players = [\"A\", \"B\"]\nbounds = [1.0, 0.0]"), {":6:", "bounds", "not a range"}},
        Bad{"BoundsBelowTheFloor", nash("players = [\"A\", \"B\"]\nbounds = [-1.0, 0.0]"), {":6:", "bounds"}},
        Bad{"Form",
            nash("players = [\"A\", \"B\"]\ninstruments = { form = \"lines\" }"),
            {":6:", "did you mean \"line\""}},
        Bad{"From", nash("players = [\"A\", \"B\"]\nfrom = \"bas\""), {":6:", "did you mean \"base\""}},
        Bad{"RelativeGains",
            nash("players = [\"A\", \"B\"]\nrelative_gains = { A = 2.0 }"),
            {":6:", "relative_gains", "between 0"}},
        Bad{"RelativeGainsOfWhom", nash("players = [\"A\", \"B\"]\nrelative_gains = { C = 0.5 }"), {":6:", "\"C\""}},
        Bad{"Weights",
            nash("players = [\"A\", \"B\"]\npolitical_weights = \"lambda\""),
            {":6:", "political_weights", "lambda"}},
        Bad{"WeightsBySector",
            nash("players = [\"A\", \"B\"]\npolitical_weights = [{ sector = \"foods\", weight = 2 }]"),
            {":6:", "political_weights", "did you mean \"goods\""}},
        Bad{"WeightsBelowZero",
            nash("players = [\"A\", \"B\"]\npolitical_weights = [{ sector = \"goods\", weight = -2 }]"),
            {":6:", "weight", "-2"}},
        Bad{"SameName",
            nash("players = [\"A\", \"B\"]\n[[nash]]\nname = \"war\"\nplayers = [\"A\", \"B\"]"),
            {":7:", "stands twice"}},
        Bad{"ThreatUnknown", talks("threat = \"wr\""), {":6:", "threat", "\"wr\""}},
        Bad{"Method", talks("method = \"nash\""), {":6:", "method", "nash_bargaining"}},
        Bad{"Power", talks("power = { A = 0.0 }"), {":6:", "power", "positive"}},
        Bad{"ThreeForKalai",
            "[[talks]]\nname = \"deal\"\nplayers = [\"A\", \"B\", \"C\"]\nmethod = \"kalai_smorodinsky\"",
            {":6:", "two players"}},
        Bad{"Circle",
            "[[optimal]]\nname = \"o\"\nplayer = \"A\"\nfrom = \"war\"\n" +
                nash("players = [\"A\", \"B\"]\nfrom = \"o\""),
            {":10:", "from", "circle", "\"o\" -> \"war\" -> \"o\""}},
        Bad{"CircleOfOne", nash("players = [\"A\", \"B\"]\nfrom = \"war\""), {":6:", "from", "circle"}},
        Bad{"GameIsNoOutcome",
            "[[scenario]]\nname = \"x\"\n[[optimal]]\nname = \"o\"\nplayer = \"A\"\nfrom = \"g\"\n[[game]]\nname = "
            "\"g\"\nplayers = [\"A\", \"B\"]\ncooperate = \"base\"\nwar = \"x\"",
            {":8:", "from", "\"g\", a [[game]]"}},
        Bad{"NoRival", "[[optimal]]\nname = \"o\"\nplayer = \"A\"\nrelative_gains = 0.5", {":6:", "rival"}},
        Bad{"Settlement",
            "[[common_ground]]\nname = \"c\"\nplayers = [\"A\", \"B\"]\nsettlement = \"x\"",
            {":6:", "settlement", "\"x\""}},
        Bad{"GameOfThree", "[[game]]\nname = \"g\"\nplayers = [\"A\", \"B\", \"C\"]", {":5:", "two players"}},
        Bad{"GameSteps",
            "[[scenario]]\nname = \"x\"\n[[game]]\nname = \"g\"\nplayers = [\"A\", \"B\"]\ncooperate = "
            "\"base\"\nwar = \"x\"\nsteps = 1.5",
            {"steps", "whole number"}},
        Bad{"GameOfOnePolicy",
            "[[game]]\nname = \"g\"\nplayers = [\"A\", \"B\"]\ncooperate = \"base\"\nwar = \"base\"",
            {":7:", "same policy"}},
        Bad{"TransfersWithWorldShare",
            "[model]\nclosure = \"world_share\"\n" + talks("transfers = true"),
            {":8:", "transfers", "closure"}}),
    [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace detente::test
