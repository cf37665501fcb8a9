// The relation over time, challenges and claims in a study: answers, results, errors.
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "relation_studies.h"
#include "report/game_json.h"
#include "report/results.h"

namespace detente::test {
namespace {

class RelationStudy : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        run = std::make_unique<StudyResult>(
            run_text(relation("fidelity = { A = 0.97, B = 0.96 }\nshocks = { factor = [0.5, 1.5], probability = [0.5, "
                              "0.5] }\nlinked = \"climate\"") +
                     R"toml(
[[challenge]]
name = "climate"
worth = 1.0
kind = "aggregate_effort"
contributors = ["A", "B", "C"]
benefit = [1, 1, 1]
cost = [1, 1, 1]
[[claim]]
text = "better than war"
holds = "welfare('deal', 'A') > welfare('war', 'A') and welfare('deal', 'B') > welfare('war', 'B')"
[[claim]]
text = "A third of what would be best"
holds = "provision('climate') >= 0.34"
[[claim]]
text = "Two as one and the third alone: 2 and 2 and 1 in place of 3 each"
holds = "provision('climate', 'A', 'C') * 9 >= 5 and provision('climate', 'A', 'C') * 9 <= 5"
)toml"));
    }
    static void TearDownTestSuite() { run.reset(); }
    static const RelationAnswer& answer() { return relation_of(*run); }
    static std::unique_ptr<StudyResult> run;
};
std::unique_ptr<StudyResult> RelationStudy::run;

// Payoffs are equilibria: the corners of the game are the deal and the war themselves, and no deviation beats the best.
TEST_F(RelationStudy, PayoffsAreThoseOfTheOutcomes) {
    ASSERT_TRUE(answer().answered()) << answer().error();
    const StageGame& g = answer().game;
    const World& w = run->base.world;
    for (const auto& [name, at] : {std::pair{"deal", 0}, std::pair{"war", 2}}) {
        const Equilibrium& e = find_outcome(*run, name)->equilibrium;
        EXPECT_NEAR(g.payoff_a(at, at), w.income[0] * (e.welfare_hat[0] - 1.0), 1e-8);
        EXPECT_NEAR(g.payoff_b(at, at), w.income[1] * (e.welfare_hat[1] - 1.0), 1e-8);
    }
    for (int a = 0; a < 3; ++a) EXPECT_LE(g.payoff_a(a, 0), g.payoff_a(1, 0) + 1e-9);
    for (int b = 0; b < 3; ++b) EXPECT_LE(g.payoff_b(0, b), g.payoff_b(0, 1) + 1e-9);
}

TEST_F(RelationStudy, DiscountFactorsComeFromRateAndHazard) {
    EXPECT_NEAR(answer().discount[0], 0.95 * std::exp(-0.04 * 0.5), 1e-15);
}

// The war without patience, the agreement from the grim threshold of the payoffs on, and in between always more.
TEST_F(RelationStudy, CooperationRisesWithPatience) {
    const CooperationCurve& curve = answer().cooperation;
    ASSERT_TRUE(curve.failure.empty()) << curve.failure;
    EXPECT_NEAR(curve.share.front(), 0.0, 1e-6);
    EXPECT_NEAR(curve.share.back(), 1.0, 1e-5);
    ASSERT_EQ(curve.discount.size(), 10U);
    for (std::size_t k = 1; k < curve.share.size(); ++k) {
        EXPECT_GE(curve.share[k], curve.share[k - 1] - 1e-6);
        for (const auto& rate : curve.rate) EXPECT_LE(rate[k], rate[k - 1] + 1e-4);
    }
    const AgreementReport& r = *answer().report.agreement;
    const double threshold = std::max(*r.without_noise.of(Side::a).critical, *r.without_noise.of(Side::b).critical);
    ASSERT_TRUE(curve.full_discount);
    EXPECT_NEAR(*curve.full_discount, threshold, 1e-4);
    ASSERT_TRUE(curve.now);
    EXPECT_NEAR(curve.now->share, 1.0, 1e-5);
    for (const double slack : curve.now->slack) EXPECT_GT(slack, 0.1);
}

TEST_F(RelationStudy, ClaimsHaveVerdictsAndMargins) {
    const auto& claims = run->claims;
    ASSERT_EQ(claims.size(), 3U);
    EXPECT_EQ(claims[0].verdict, Verdict::holds);
    const double a = 100.0 * (find_outcome(*run, "deal")->equilibrium.welfare_hat[0] -
                              find_outcome(*run, "war")->equilibrium.welfare_hat[0]);
    const double b = 100.0 * (find_outcome(*run, "deal")->equilibrium.welfare_hat[1] -
                              find_outcome(*run, "war")->equilibrium.welfare_hat[1]);
    EXPECT_NEAR(claims[0].truth.margin, std::min(a, b), 1e-12);
    EXPECT_EQ(claims[1].verdict, Verdict::fails);
    EXPECT_NEAR(claims[1].truth.margin, 0.34 - 1.0 / 3.0, 1e-12);
    EXPECT_EQ(claims[2].verdict, Verdict::holds);
}

TEST_F(RelationStudy, ResultsHaveThePromisedKeys) {
    const nlohmann::json r = nlohmann::json::parse(results_json(*run));
    for (const char* key : {"payoffs", "game_class", "conflict_share", "critical_discount", "discount",
                            "self_enforcing", "minimum_punishment", "fidelity_threshold", "efficiency", "kept_share",
                            "self_enforcing_by", "expected_peace_years", "region_map", "payoff_set", "history", "trust",
                            "linkage", "escape", "cooperation_curve"})
        EXPECT_TRUE(r["relation"].contains(key)) << key;
    for (const char* key : {"discount_rate", "exit_hazard", "relative_gains", "fidelity"})
        EXPECT_TRUE(r["relation"][key].contains("A")) << key;
    for (const char* key : {"prior", "accuracy", "from"}) EXPECT_TRUE(r["relation"].contains(key)) << key;
    EXPECT_EQ(r["claims"][0]["verdict"], "holds");
    EXPECT_NEAR(r["challenge"]["climate"]["provision"].get<double>(), 1.0 / 3.0, 1e-12);
    EXPECT_EQ(r["relation"]["escape"]["states"].size(), 2U);
}

// The same game has the same keys as from `detente game --json`, with the same numbers.
TEST_F(RelationStudy, TheGameHasTheKeysOfTheCommand) {
    const nlohmann::json r = nlohmann::json::parse(results_json(*run))["relation"];
    EXPECT_EQ(r["game"], game_json(answer().own_view, answer().report));
    EXPECT_EQ(r["game"]["critical_discount"]["a"], r["critical_discount"]["A"]);
    EXPECT_EQ(r["game"]["payoff_set"]["inner_outer_gap"], r["payoff_set"]["gap"]);
    EXPECT_EQ(r["game"]["kept_share"]["b"], r["kept_share"]["B"]);
    EXPECT_EQ(r["game"]["efficiency"]["a"], r["efficiency"]["A"]);
}

TEST_F(RelationStudy, ThreadsDoNotMatter) {
    const StudyResult one = run_text(relation()), two = run_text(relation(), 2);
    EXPECT_EQ(relation_of(one).game.payoff_a, relation_of(two).game.payoff_a);
    EXPECT_EQ(relation_of(one).cooperation.share, relation_of(two).cooperation.share);
}

// One meaning of each name: the value over the promise, and the part of the gain over war that survives.
TEST_F(RelationStudy, EfficiencyAndKeptShareAreTwoThings) {
    const nlohmann::json r = nlohmann::json::parse(results_json(*run))["relation"];
    const WarReport& war = *answer().report.agreement->window.best;
    const StageGame& g = answer().own_view;
    EXPECT_NEAR(r["efficiency"]["A"].get<double>(), war.value[0] / g.payoff_a(0, 0), 1e-12);
    EXPECT_NEAR(r["kept_share"]["A"].get<double>(),
                (war.value[0] - g.payoff_a(2, 2)) / (g.payoff_a(0, 0) - g.payoff_a(2, 2)), 1e-12);
}

// Too impatient for the agreement: what is left of it holds, at the edge.
TEST(RelationStudies, TheImpatientKeepLess) {
    const StudyResult run =
        run_text(relation("exit_hazard = 0.75") + "[[claim]]\ntext = \"half\"\nholds = \"cooperation() >= 0.5\"\n");
    const RelationAnswer& a = relation_of(run);
    ASSERT_TRUE(a.cooperation.now);
    const CooperationNow& now = *a.cooperation.now;
    EXPECT_GT(now.share, 0.2);
    EXPECT_LT(now.share, 0.9);
    EXPECT_EQ(run.claims[0].verdict, now.share >= 0.5 ? Verdict::holds : Verdict::fails);
    EXPECT_NEAR(run.claims[0].truth.margin, std::abs(now.share - 0.5), 1e-12);
    EXPECT_NEAR(std::min(now.slack[0], now.slack[1]), 0.0, 1e-5);
    EXPECT_GT(std::max(now.shadow_price[0], now.shadow_price[1]), 0.0);
    const nlohmann::json r = nlohmann::json::parse(results_json(run))["relation"];
    EXPECT_NEAR(r["cooperation_curve"]["now"]["share"].get<double>(), now.share, 1e-12);
    for (const char* key : {"mean_tariff", "slack", "shadow_price"})
        EXPECT_EQ(r["cooperation_curve"]["now"][key].size(), 2U) << key;
    EXPECT_NE(r["words"].dump().find("the best tariffs that the patience in use holds up"), std::string::npos);
}

// Views that the war does not serve: below some patience nothing holds, and nobody is told otherwise.
TEST(RelationStudies, NothingHoldsBelowSomePatience) {
    const StudyResult run = run_text(relation("relative_gains = 0.2\nexit_hazard = 0.8"));
    const RelationAnswer& a = relation_of(run);
    EXPECT_TRUE(a.cooperation.nothing_now);
    EXPECT_FALSE(a.cooperation.now);
    EXPECT_FALSE(a.cooperation.nothing.empty());
    EXPECT_TRUE(a.cooperation.not_found.empty());
    const nlohmann::json r = nlohmann::json::parse(results_json(run))["relation"];
    EXPECT_EQ(r["cooperation_curve"]["now"]["holds"], false);
    EXPECT_EQ(r["words"].dump().find("could still keep"), std::string::npos);
    EXPECT_NE(r["words"].dump().find("no tariffs hold"), std::string::npos);
}

// A war of three: the curve is of the same game as the payoffs, third countries as under the agreement.
TEST(RelationStudies, ThirdCountriesAreTheSameInCurveAndGame) {
    const StudyResult run = run_text(R"(
[[nash]]
name = "war"
players = ["A", "B", "C"]
[[talks]]
name = "deal"
players = ["A", "B"]
threat = "base"
[relation]
players = ["A", "B"]
cooperate = "deal"
war = "war"
instruments = { exporter = "players", sector = "goods" }
)");
    const RelationAnswer& a = relation_of(run);
    ASSERT_TRUE(a.answered()) << a.error();
    const AgreementReport& r = *a.report.agreement;
    ASSERT_TRUE(a.cooperation.full_discount);
    EXPECT_NEAR(*a.cooperation.full_discount,
                std::max(*r.without_noise.of(Side::a).critical, *r.without_noise.of(Side::b).critical), 1e-4);
}

// More to choose from: the three actions stay as they are, and those between lie between.
TEST(RelationStudies, PoliciesBetweenAreActions) {
    const StudyResult run = run_text(relation("policies = \"half\"\nsteps = 1") + R"(
[[scenario]]
name = "half"
tariff = [{ importer = "A", exporter = "B", sector = "goods", rate = 0.12 },
          { importer = "B", exporter = "A", sector = "goods", rate = 0.09 }]
)");
    const RelationAnswer& a = relation_of(run);
    ASSERT_TRUE(a.answered()) << a.error();
    const std::vector<std::string> names = {"deal", "best answer",      "war", "deal to half, 50 %",
                                            "half", "half to war, 50 %"};
    EXPECT_EQ(a.game.actions_a.names(), names);
    const StudyResult plain = run_text(relation());
    const RelationAnswer& three = relation_of(plain);
    EXPECT_TRUE(a.game.payoff_a.topLeftCorner(3, 3).isApprox(three.game.payoff_a, 1e-9));
    // The half-way point of the game is the equilibrium of tariffs half-way in logs.
    const World& w = run.base.world;
    Shock shock = find_outcome(run, "deal")->shock;
    const Shock& half = find_outcome(run, "half")->shock;
    for (const auto& [i, j] : {std::pair{0, 1}, std::pair{1, 0}})
        shock.tariff(i, j, 0) = std::sqrt((1.0 + shock.tariff(i, j, 0)) * (1.0 + half.tariff(i, j, 0))) - 1.0;
    const Equilibrium e = solve(w, shock);
    EXPECT_NEAR(a.game.payoff_a(3, 3), w.income[0] * (e.welfare_hat[0] - 1.0), 1e-8);
    // What does not change: thresholds of the same three roles.
    EXPECT_NEAR(*a.report.agreement->without_noise.of(Side::a).critical,
                *three.report.agreement->without_noise.of(Side::a).critical, 1e-9);
}

TEST(RelationStudies, FidelityComesFromALedger) {
    const StudyResult run = run_text(relation("fidelity = { ledger = \"ledger.toml\", as_of = \"2020-12-31\" }"));
    const RelationAnswer& a = relation_of(run);
    // One promise kept, prior Beta(1, 1): mean 2/3.
    EXPECT_NEAR(a.fidelity[0].mean, std::sqrt(2.0 / 3.0), 1e-12);
    EXPECT_LT(a.fidelity[0].low, a.fidelity[0].mean);
    EXPECT_TRUE(a.ledger);
}

// The same rates by the year, in periods of a quarter, a half and a whole year: the same patience and reliability a
// year, the same money, and a peace of the same length up to a period.
TEST(RelationStudies, TheLengthOfAPeriodIsNoAccident) {
    const StudyResult half = run_text(relation("exit_hazard_year = 0.08\nfidelity_year = { A = 0.93, B = 0.9 }"));
    const RelationAnswer& as_is = relation_of(half);
    const auto a_year = [](const RelationAnswer& a, double a_period) {
        return std::pow(a_period, 1.0 / a.question.period_years);
    };
    EXPECT_NEAR(a_year(as_is, as_is.discount[0]), 0.92 * std::exp(-0.04), 1e-12);
    EXPECT_NEAR(a_year(as_is, as_is.fidelity[1].mean), 0.9, 1e-12);
    EXPECT_NEAR(as_is.question.period_years, 0.5, 0.0);
    for (const double years : {0.25, 1.0}) {
        const StudyResult run = run_text(relation(
            "exit_hazard_year = 0.08\nfidelity_year = { A = 0.93, B = 0.9 }\nperiod_years = " + std::to_string(years)));
        const RelationAnswer& a = relation_of(run);
        ASSERT_TRUE(a.answered()) << a.error();
        for (const std::size_t p : {0U, 1U}) {
            EXPECT_NEAR(a_year(a, a.discount[p]), a_year(as_is, as_is.discount[p]), 1e-12);
            EXPECT_NEAR(a_year(a, a.fidelity[p].mean), a_year(as_is, as_is.fidelity[p].mean), 1e-12);
        }
        EXPECT_TRUE(a.own_view.payoff_a.isApprox(as_is.own_view.payoff_a, 1e-9));
        EXPECT_EQ(a.holds(), as_is.holds());
        const auto peace = [](const RelationAnswer& one) {
            return one.report.agreement->window.best->mean_peace * one.question.period_years;
        };
        // Lapses come at the rate -ln(0.93 x 0.9) a year; one that comes within a period is seen at its end.
        const double expected = 1.0 / -std::log(0.93 * 0.9);
        EXPECT_NEAR(peace(a), expected, years);
        EXPECT_NEAR(peace(a), peace(as_is), years);
    }
}

// With payments between them the agreement holds from the patience that the stages say, and that is no more than
// without.
TEST(RelationStudies, StagesOfTransfersAreInResults) {
    const StudyResult run = run_text(relation());
    const RelationAnswer& a = relation_of(run);
    const nlohmann::json stages = nlohmann::json::parse(results_json(run))["relation"]["transfer_stages"];
    ASSERT_FALSE(stages.empty());
    const double needed = a.report.agreement->critical_with_transfers;
    double first = 1.0;
    for (const auto& stage : stages)
        if (stage["agreement"] == nlohmann::json{"deal", "deal"})
            first = std::min(first, stage["discount"].get<double>());
    const double least = a.own_view.payoff_a(0, 0) + a.own_view.payoff_b(0, 0);
    // A stage with a larger joint payoff may come before the agreement's own; else it is the agreement's.
    if (first < 1.0) {
        EXPECT_NEAR(first, needed, 1e-9);
    } else {
        EXPECT_GT(stages.back()["joint"].get<double>(), least - 1e-9);
    }
    EXPECT_LE(needed, std::max(*a.report.agreement->without_noise.of(Side::a).critical,
                               *a.report.agreement->without_noise.of(Side::b).critical) +
                          1e-9);
}

// What older studies give by the period is read as before, and the results say what it is a year.
TEST(RelationStudies, ChancesAPeriodAreReadAsBefore) {
    const StudyResult run = run_text(relation("exit_hazard = 0.05\nfidelity = { A = 0.97, B = 0.96 }"));
    const RelationAnswer& a = relation_of(run);
    EXPECT_NEAR(a.discount[0], 0.95 * std::exp(-0.02), 1e-12);
    EXPECT_NEAR(a.fidelity[0].mean, 0.97, 1e-12);
    EXPECT_NEAR(a.question.exit_hazard[0], 0.0975, 1e-12);
    const nlohmann::json r = nlohmann::json::parse(results_json(run));
    EXPECT_NEAR(r["relation"]["fidelity"]["A"]["mean_year"].get<double>(), 0.97 * 0.97, 1e-12);
    std::string notes;
    for (const auto& text : r["assumptions"]) notes += text.get<std::string>();
    EXPECT_NE(notes.find("exit_hazard is given as a chance a period of 0.5 years; a year: A 0.0975, B 0.0975"),
              std::string::npos)
        << notes;
    EXPECT_EQ(run_text(relation()).answers.size(), run.answers.size());
    EXPECT_NEAR(relation_of(run_text(relation())).discount[0], a.discount[0], 1e-12);
}

// A promise of 10 of which 6 were done, beside one that was kept; prior Beta(1, 1), periods of half a year.
TEST(RelationStudies, ALedgerIsReadStrictlyWhereTheStudySaysSo) {
    const auto mean = [](const std::string& reading) {
        const StudyResult run =
            run_text(relation("fidelity = { ledger = \"ledger.toml\", as_of = \"2021-12-31\"" + reading + " }"));
        return relation_of(run).fidelity[0].mean;
    };
    EXPECT_NEAR(mean(""), std::sqrt((1.0 + 1.6) / 4.0), 1e-12);
    EXPECT_NEAR(mean(", reading = \"strict\""), std::sqrt((1.0 + 1.0) / 4.0), 1e-12);
}

// Money under a deal is paid while both keep it: not in the war, and not to whoever breaks it.
TEST(RelationStudies, TransfersStayWithTheDeal) {
    std::string text = relation();
    text.replace(text.find("threat = \"war\""), 14, "threat = \"war\"\ntransfers = true");
    const StudyResult run = run_text(text);
    const RelationAnswer& a = relation_of(run);
    ASSERT_TRUE(a.answered()) << a.error();
    const World& w = run.base.world;
    for (const auto& [name, at] : {std::pair{"deal", 0}, std::pair{"war", 2}})
        EXPECT_NEAR(a.game.payoff_a(at, at), w.income[0] * (find_outcome(run, name)->equilibrium.welfare_hat[0] - 1.0),
                    1e-8)
            << name;
}

// A side with relative gains breaks the deal in the way that its own view makes best.
TEST(RelationStudies, DeviationsFollowRelativeGains) {
    const StudyResult run = run_text(relation("relative_gains = 0.2"));
    const RelationAnswer& a = relation_of(run);
    ASSERT_TRUE(a.answered()) << a.error();
    Shock kept = shock_at(run, "deal");
    const Optimum best =
        optimal_policy(run.base.world, kept, a.question.players[1].objective, a.question.players[1].instruments);
    EXPECT_NEAR(a.own_view.payoff_b(0, 1), run.base.world.income[1] * (best.utility - 1.0), 1e-6);
}

// Those who count the other's gain as their loss have no agreement to keep: an answer, not an error.
TEST(RelationStudies, ZeroSumViewsLeaveNothingToAgreeOn) {
    const StudyResult run = run_text(relation("relative_gains = 1.0") +
                                     "[[claim]]\ntext = \"holds\"\nholds = \"self_enforcing() > 0\"\n[[claim]]\ntext = "
                                     "\"patience\"\nholds = \"critical_discount('A') < 1\"\n");
    EXPECT_TRUE(run.complete());
    EXPECT_FALSE(relation_of(run).report.agreement.has_value());
    EXPECT_EQ(run.claims[0].verdict, Verdict::fails);
    EXPECT_EQ(run.claims[1].verdict, Verdict::undecided);
}

TEST(RelationStudies, ClaimsAreEqualToWhatEquilibriaAreSolvedTo) {
    // Welfare of the base is zero to rounding, and what is not defined counts only where it decides.
    const auto claim = [](const std::string& holds) { return "[[claim]]\ntext = \"t\"\nholds = \"" + holds + "\"\n"; };
    const StudyResult run = run_text(relation() + claim("welfare('base', 'A') >= 1e-10") +
                                     claim("welfare('base', 'A') > 0 or 1 / 0 > 1") + claim("1 > 0 or 1 / 0 > 1") +
                                     claim("ev('base', 'A') <= -1e-12") + claim("welfare('deal', 'A') > 1e-8"));
    const auto& claims = run.claims;
    EXPECT_EQ(claims[0].verdict, Verdict::holds);
    EXPECT_EQ(claims[0].truth.margin, 0.0);
    EXPECT_EQ(claims[1].verdict, Verdict::undecided);
    EXPECT_NE(claims[1].reason.find("divides by zero"), std::string::npos) << claims[1].reason;
    EXPECT_EQ(claims[2].verdict, Verdict::holds);
    EXPECT_EQ(claims[3].verdict, Verdict::holds);
    EXPECT_NE(claims[4].verdict, Verdict::undecided);
}

struct Bad {
    const char* name;
    std::string text;
    std::vector<std::string> parts;
};

class BadRelations : public ::testing::TestWithParam<Bad> {};

TEST_P(BadRelations, AreNamedWithLineAndKey) {
    TemporaryFolder folder;
    write_economy(toy_economy(), folder / "toy.nc");
    put_file(folder / "study.toml", "[economy]\npath = \"toy.nc\"\n" + GetParam().text);
    try {
        read_study(folder / "study.toml");  // before anything is solved
        ADD_FAILURE() << "no error was thrown";
    } catch (const Error& error) {
        const std::string text = error.what();
        EXPECT_EQ(error.kind(), ErrorKind::input) << text;
        for (const std::string& part : GetParam().parts)
            EXPECT_NE(text.find(part), std::string::npos) << part << " is not in: " << text;
    }
}

std::string claim(const std::string& holds) {
    return relation() + "[[claim]]\ntext = \"t\"\nholds = \"" + holds + "\"\n";
}

INSTANTIATE_TEST_SUITE_P(
    Each, BadRelations,
    ::testing::Values(
        Bad{"Fidelity", relation("fidelity = { A = 1.2 }"), {":16:", "fidelity", "out of range", "1.2"}},
        Bad{"Hazard", relation("exit_hazard = -0.1"), {":16:", "exit_hazard"}},
        Bad{"Period", relation("period_years = 0"), {":16:", "period_years"}},
        Bad{"Accuracy", relation("accuracy = 0.4"), {":16:", "accuracy"}},
        Bad{"Prior", relation("prior = 1.5"), {":16:", "prior"}},
        Bad{"UnknownKey", relation("fidelty = 0.9"), {":16:", "fidelty", "did you mean \"fidelity\""}},
        Bad{"Shocks", relation("shocks = { factor = [1, 2], probability = [0.5, 0.6] }"), {":16:", "adding to 1"}},
        Bad{"Linked", relation("linked = \"climat\""), {":16:", "linked", "climat"}},
        Bad{"Steps", relation("steps = 63"), {":16:", "steps", "0 to 62"}},
        Bad{"Policy", relation("policies = \"dael\""), {":16:", "policies", "did you mean \"deal\""}},
        Bad{"PolicyName",
            relation("policies = \"best answer\"") + "[[scenario]]\nname = \"best answer\"\n",
            {":16:", "policies", "name the outcome otherwise"}},
        Bad{"PolicyTwice", relation("policies = [\"base\", \"war\"]"), {":16:", "policies", "stands twice"}},
        Bad{"NoWar",
            std::string(two_at_war) + "[relation]\nplayers = [\"A\", \"B\"]\ncooperate = \"deal\"\n",
            {"war", "missing"}},
        Bad{"SameOutcome",
            std::string(two_at_war) + "[relation]\nplayers = [\"A\", \"B\"]\ncooperate = \"deal\"\nwar = \"deal\"\n",
            {":15:", "same outcome"}},
        Bad{"Day",
            relation("fidelity = { ledger = \"ledger.toml\", as_of = \"yesterday\" }"),
            {":16:", "as_of", "not a date"}},
        Bad{"Answer", relation("answer = \"proportionate\""), {":16:", "answer", "did you mean \"proportional\""}},
        Bad{"TwoRates", relation("exit_hazard = 0.1\nexit_hazard_year = 0.1"), {":17:", "exit_hazard_year", "twice"}},
        Bad{"ClaimContributor",
            "[[challenge]]\nname = \"c\"\ncontributors = [\"Ann\", \"Bo\"]\nbenefit = [1, 1]\ncost = [1, 1]\n" +
                claim("provision('c', 'Ann', 'Boo') > 0"),
            {"claim.holds", "did you mean \"Bo\""}},
        Bad{"Reading",
            relation("fidelity = { ledger = \"ledger.toml\", reading = \"strickt\" }"),
            {":16:", "reading", "strickt", "strict"}},
        Bad{"ClaimFunction", claim("welfar('deal', 'A') > 0"), {"claim.holds", "did you mean \"welfare\""}},
        Bad{"ClaimOutcome", claim("welfare('dael', 'A') > 0"), {"claim.holds", "did you mean \"deal\""}},
        Bad{"ClaimRegion", claim("welfare('deal', 'D') > 0"), {"claim.holds", "\"D\""}},
        Bad{"ClaimArguments", claim("welfare('deal') > 0"), {"claim.holds", "needs a region"}},
        Bad{"ClaimGapOfADeal", claim("nash_gap('deal') > 0"), {"claim.holds", "unknown trade war", "\"deal\""}},
        Bad{"ClaimIsANumber", claim("welfare('deal', 'A')"), {"claim.holds", "not a claim"}},
        Bad{"Contributors",
            "[[challenge]]\nname = \"c\"\ncontributors = [\"A\", \"B\"]\nbenefit = [1]\ncost = [1, 1]\n",
            {":6:", "benefit", "one number"}},
        Bad{"ChallengeKind",
            "[[challenge]]\nname = \"c\"\nkind = \"weakest\"\ncontributors = [\"A\", \"B\"]\nbenefit = [1, 1]\ncost = "
            "[1, 1]\n",
            {":5:", "weakest_link"}}),
    [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace detente::test
