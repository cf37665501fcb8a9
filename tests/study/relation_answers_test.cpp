// Relations in a study: the answer to a breach that decides, and what words and claims say that they rest on.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "relation_studies.h"
#include "report/results.h"

namespace detente::test {
namespace {

std::string words_of(const StudyResult& run) {
    return nlohmann::json::parse(results_json(run))["relation"]["words"].dump();
}
bool says(const StudyResult& run, const std::string& text) {
    return words_of(run).find(text) != std::string::npos;
}

// A war of ruin is no best answer of both to each other: whatever it would do, the verdict goes without it.
TEST(RelationStudies, AWarThatNobodyNeedCarryOutHoldsNothingUp) {
    for (const char* hazard : {"0.05", "0.95"}) {
        const StudyResult run = run_text(std::string(two_at_war) + R"(
[[scenario]]
name = "ruin"
tariff = [{ importer = "A", exporter = "B", sector = "goods", rate = 5.0 },
          { importer = "B", exporter = "A", sector = "goods", rate = 5.0 }]
[relation]
players = ["A", "B"]
cooperate = "deal"
war = "ruin"
exit_hazard = )" + hazard + "\n[[claim]]\ntext = \"it lasts\"\nholds = \"self_enforcing() > 0\"\n");
        const RelationAnswer& a = relation_of(run);
        ASSERT_TRUE(a.answered()) << a.error();
        const nlohmann::json r = nlohmann::json::parse(results_json(run))["relation"];
        EXPECT_EQ(r["war_is_equilibrium"], false);
        EXPECT_EQ(r["self_enforcing_by"], "equilibria");
        const bool patient = std::string(hazard) == "0.05";
        EXPECT_EQ(r["self_enforcing"], patient);
        EXPECT_EQ(run.claims.at(0).verdict, patient ? Verdict::holds : Verdict::fails);
        EXPECT_NE(r["words"].dump().find("nobody need carry it out"), std::string::npos);
        EXPECT_NE(r["words"].dump().find(patient ? "by the hardest answers to a breach that are equilibria themselves"
                                                 : "no answer to a breach that is an equilibrium itself"),
                  std::string::npos)
            << r["words"].dump();
    }
}

// A channel that a claim or a relation names is looked at under variants too, where what nothing rests on is left out.
TEST(RelationStudies, AChannelThatIsNamedIsThereUnderVariants) {
    const StudyResult run = run_text(relation("name = \"relation\"\nfidelity = 0.9") + R"(
[[claim]]
text = "peace with a channel"
holds = "peace_years('relation', 'channelled-war') > 0"
[[claim]]
text = "it lasts"
holds = "self_enforcing() > 0 and self_enforcing('relation', 'channelled-war') > 0"
[[variant]]
name = "same"
relation = { prior = 0.5 }
[[variant]]
name = "channel"
relation = { answer = "channelled-war" }
)");
    ASSERT_EQ(run.variants.size(), 2U);
    for (std::size_t k = 0; k < 2; ++k) {
        EXPECT_EQ(run.claims.at(k).verdict, Verdict::holds) << run.claims.at(k).reason;
        for (const VariantAnswer& variant : run.variants) EXPECT_EQ(variant.verdict(k), Verdict::holds) << variant.name;
    }
}

// One answer to a breach decides where the study names it, and claims take it; the best decides else.
TEST(RelationStudies, TheAnswerThatIsNamedDecides) {
    const std::string claim = "[[claim]]\ntext = \"it lasts\"\nholds = \"self_enforcing() > 0\"\n";
    const std::string rates = "fidelity_year = 0.9\nexit_hazard_year = 0.02\n";
    for (const std::string& name : answer_names()) {
        const StudyResult run = run_text(relation(rates + "answer = \"" + name + "\"") + claim);
        const RelationAnswer& a = relation_of(run);
        ASSERT_TRUE(a.answered()) << a.error();
        const AnswerToBreach* one = nullptr;
        for (const AnswerToBreach& answer : a.report.agreement->answers)
            if (to_string(answer.kind) == name) one = &answer;
        const bool holds = one != nullptr && one->holds == Holding::yes;
        EXPECT_EQ(a.holds(), holds) << name;
        EXPECT_EQ(run.claims[0].verdict, holds ? Verdict::holds : Verdict::fails) << name;
        EXPECT_EQ(nlohmann::json::parse(results_json(run))["relation"]["answer"], name);
    }
}

// A claim says by which answer, and over what, its value is.
TEST(RelationAnswers, ClaimsSayWhatTheyRestOn) {
    const StudyResult run = run_text(relation("name = \"r\"\nfidelity = 0.95\nexit_hazard_year = 0.02") + R"toml(
[[claim]]
text = "best"
holds = "peace_years() > 0"
[[claim]]
text = "named"
holds = "war_time('r', 'war') < 1 and survival('r', 'war') > 0"
[[claim]]
text = "a channel"
holds = "value_of_dialogue('A') > value_of_dialogue('A', 'r', 'proportional')"
[[claim]]
text = "none of this"
holds = "welfare('deal', 'A') > welfare('war', 'A')"
)toml");
    const AnswerToBreach* const best = best_answer(relation_of(run).report.agreement->answers);
    ASSERT_NE(best, nullptr);
    using List = std::vector<std::string>;
    EXPECT_EQ(run.claims[0].rests_on,
              List{std::string("\"r\": by the answer \"") + to_string(best->kind) + "\" to a breach."});
    EXPECT_EQ(run.claims[1].rests_on, List{"\"r\": by the answer \"war\" to a breach."});
    EXPECT_EQ(run.claims[2].rests_on, (List{"\"r\": over a trade war after every breach without a channel.",
                                            "\"r\": over the answer \"proportional\" to a breach without a channel."}));
    EXPECT_TRUE(run.claims[3].rests_on.empty());
    const nlohmann::json claims = nlohmann::json::parse(results_json(run))["claims"];
    EXPECT_EQ(claims[1]["rests_on"][0], run.claims[1].rests_on[0]);
    EXPECT_FALSE(claims[3].contains("rests_on"));
}

// Where no war holds it without a channel, the channel is measured against the war itself, and that is said.
TEST(RelationAnswers, AChannelWhereNoWarHolds) {
    const StudyResult run = run_text(relation("name = \"r\"\nfidelity_year = 0.4\nexit_hazard_year = 0.02") +
                                     "[[claim]]\ntext = \"channel\"\nholds = \"value_of_dialogue('A') >= 0\"\n");
    ASSERT_FALSE(relation_of(run).report.agreement->window.holds);
    EXPECT_EQ(
        run.claims[0].rests_on,
        std::vector<std::string>{"\"r\": over the war, since no trade war after breaches holds it without a channel."});
    const bool with_channel = relation_of(run).report.agreement->dialogue->with.best.has_value();
    EXPECT_EQ(says(run, "since without a channel no such war holds it"), with_channel);
}

// What a channel is worth is said over a war after every breach, and over what holds best without one.
TEST(RelationAnswers, AChannelIsWeighedAgainstTheBestWithoutOne) {
    const StudyResult run = run_text(relation("fidelity = 0.95\nexit_hazard_year = 0.02"));
    const AgreementReport& r = *relation_of(run).report.agreement;
    const AnswerToBreach* const best = best_answer(r.answers);
    ASSERT_EQ(best->kind, AnswerKind::proportional);
    const nlohmann::json d = nlohmann::json::parse(results_json(run))["relation"]["dialogue"];
    EXPECT_EQ(d["over_best_answer"]["answer"], "proportional");
    const AnswerToBreach* const channelled = answer_of(r.answers, AnswerKind::channelled_war);
    EXPECT_NEAR(d["over_best_answer"]["worth_per_year"]["A"].get<double>(), channelled->value[0] - best->value[0],
                1e-12);
    EXPECT_TRUE(says(run, "Over such a war after every breach and no channel"));
    EXPECT_TRUE(says(run, "Over answers in proportion to the harm, which hold it best without a channel"));
}

// Lapses so frequent that war is as good as the agreement: answers in proportion are still looked at.
TEST(RelationAnswers, ProportionalAnswersAreListedWhereNoWarIs) {
    Eigen::Matrix2d u;
    u << 3, -5, 5, 1;
    StageGame game;
    game.actions_a = game.actions_b = IndexSet("action", {"C", "D"});
    game.payoff_a = u, game.payoff_b = u.transpose();
    GameQuestion q;
    q.discount_a = q.discount_b = 0.9;
    q.cooperate = {0, 0}, q.war = {1, 1};
    int frequent = 0;
    for (const double fidelity : {0.02, 0.1, 0.2, 0.3, 0.4, 0.9}) {
        q.fidelity_a = q.fidelity_b = fidelity;
        const AgreementReport r = *report_game(game, q).agreement;
        const AnswerToBreach* const answer = answer_of(r.answers, AnswerKind::proportional);
        ASSERT_NE(answer, nullptr) << fidelity;
        EXPECT_EQ(answer->holds == Holding::yes, r.compensation->equilibrium);
        EXPECT_EQ(r.holding == Holding::yes, r.compensation->equilibrium || r.verdict.holds);
        if (r.lapses_too_frequent.empty()) continue;
        ++frequent;
        EXPECT_EQ(answer_of(r.answers, AnswerKind::war), nullptr);
    }
    EXPECT_GT(frequent, 0);
}

// One says that both would break it at once, the other that it holds; and the other way round: the words say so.
TEST(RelationAnswers, WordsSayWhereTrustAndTheRelationDisagree) {
    const StudyResult distrust = run_text(relation("exit_hazard_year = 0.02\nprior = 0.02"));
    ASSERT_TRUE(relation_of(distrust).holds());
    for (const auto& t : relation_of(distrust).trust) EXPECT_FALSE(t->solution.cooperates(0.02));
    EXPECT_TRUE(says(distrust, "Trust and the relation disagree: the agreement holds where both know"));

    const StudyResult naive =
        run_text(relation("fidelity_year = 0.4\nexit_hazard_year = 0.02\nprior = 0.99\nanswer = \"war\""));
    ASSERT_FALSE(relation_of(naive).holds());
    for (const auto& t : relation_of(naive).trust) EXPECT_TRUE(t->solution.cooperates(0.99));
    EXPECT_TRUE(says(naive, "Trust and the relation disagree: at a belief of"));

    const StudyResult agree = run_text(relation("exit_hazard_year = 0.02\nprior = 0.9"));
    ASSERT_TRUE(relation_of(agree).holds());
    EXPECT_FALSE(says(agree, "disagree"));
}

// Kydd's question, asked once: in a game of tariffs a breach pays in the period.
TEST(RelationAnswers, WordsHaveKyddsThreshold) {
    const StudyResult run = run_text(relation());
    for (const auto& t : relation_of(run).trust) EXPECT_FALSE(t->reassurance);
    EXPECT_TRUE(says(run, "no belief would make A or B keep its word"));
}

std::string challenge(const std::string& kind, const std::string& more) {
    return "linked = \"shared\"\n[[challenge]]\nname = \"shared\"\nkind = \"" + kind +
           "\"\ncontributors = [\"A\", \"B\", \"C\"]\nbenefit = [3, 2, 1]\ncost = [1, 1, 1]\n" + more;
}

// What contributors outside the relation do is said, and is what is computed.
TEST(RelationAnswers, OutsidersOfLinkedChallengesAreNamed) {
    const StudyResult sum = run_text(relation(challenge("aggregate_effort", "worth = 2.0")));
    EXPECT_TRUE(says(sum, "In \\\"shared\\\" C is taken to do what serves each alone, whatever the two do."));
    EXPECT_TRUE(says(sum, "counts as +2.0 million"));
    // A and B as one do (3 + 2)/1 each in place of 3 and 2: A gains 3 * 5 + (9 - 25)/2 = 7, and breaking it 2 over
    // that.
    const LinkedIssue& issue = relation_of(sum).linkage->issues.at(1);
    const double weight = relation_of(sum).discount[0] / (1.0 - relation_of(sum).discount[0]);
    EXPECT_NEAR(issue.slack[0], 2.0 * (weight * 7.0 - 2.0), 1e-9);

    const StudyResult least = run_text(relation(challenge("weakest_link", "worth = 1.0")));
    EXPECT_TRUE(
        says(least, "C is taken to do what serves all contributors best together for as long as the two keep it"));
}

TEST(RelationAnswers, MoneyAndWhatIsNoneDoNotAddUp) {
    expect_error(ErrorKind::input, {"linked", "shared", "is worth beside tariffs is not said", "worth = NUMBER"},
                 [] { run_text(relation(challenge("aggregate_effort", ""))); });
    expect_error(ErrorKind::input, {"linked", "tonnes"},
                 [] { run_text(relation(challenge("aggregate_effort", "unit = \"tonnes\""))); });
    expect_error(ErrorKind::input, {"worth", "out of range"},
                 [] { run_text(relation(challenge("aggregate_effort", "worth = -1.0"))); });
}

}  // namespace
}  // namespace detente::test
