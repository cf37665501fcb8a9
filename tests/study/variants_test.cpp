// Variants of a study and materiality of claims: a variant gives what the study gives with the change written into it.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "economy/economy_io.h"
#include "questions/built_in.h"
#include "report/results.h"
#include "support.h"

namespace detente::test {
namespace {

const char* const scenarios = R"(
[[scenario]]
name = "walls"
tariff = [ { importer = "A", exporter = "B", sector = "goods", rate = 0.5 } ]
[[scenario]]
name = "low"
tariff = [ { importer = "A", exporter = "B", sector = "goods", rate = 0.05 } ]
[[claim]]
text = "B loses"
holds = "welfare('walls', 'B') < 0"
[[claim]]
text = "deficits are as they were"
holds = "trade('base', 'A', 'B') > 13.999 and trade('base', 'A', 'B') < 14.001"
)";

class Variants : public ::testing::Test {
protected:
    void SetUp() override { write_economy(toy_economy(), folder_ / "toy.nc"); }
    Study study(const std::string& text, const std::string& economy = "", const std::string& model = "") {
        put_file(folder_ / "study.toml",
                 "[economy]\npath = \"toy.nc\"\n" + economy + "\n[model]\n" + model + "\n" + scenarios + text);
        return read_study(folder_ / "study.toml");
    }
    StudyResult run(const std::string& text, int threads = 1) {
        RunOptions options;
        options.threads = threads;
        return run_study(study(text), options);
    }
    void expect_refused(const std::string& text, const std::vector<std::string>& parts) {
        expect_error(ErrorKind::input, parts, [&] { study(text); });
    }
    TemporaryFolder folder_;
};

std::vector<double> welfare(const StudyResult& run, const std::string& name) {
    std::vector<double> out;
    for (const double hat : need_outcome(run, name).equilibrium.welfare_hat) out.push_back(100.0 * (hat - 1.0));
    return out;
}

TEST_F(Variants, GiveWhatTheStudyGivesWithTheChangeWrittenIntoIt) {
    const StudyResult with = run(R"(
[[variant]]
name = "balanced"
model = { closure = "balanced" }
[[variant]]
name = "patient"
economy = { theta = 9 }
[[variant]]
name = "higher"
[[variant.scenario]]
name = "walls"
tariff = [ { importer = "A", exporter = "B", sector = "goods", rate = 0.9 } ]
)");
    ASSERT_EQ(with.variants.size(), 3U);
    EXPECT_TRUE(with.complete());
    const StudyResult written[] = {run_study(study("", "", "closure = \"balanced\"")),
                                   run_study(study("", "theta = 9"))};
    for (std::size_t v = 0; v < 2; ++v)
        for (std::size_t k = 0; k < 2; ++k) {
            const VariantOutcome& outcome = with.variants[v].outcomes.at(k);
            EXPECT_EQ(outcome.welfare_percent, welfare(written[v], outcome.name)) << with.variants[v].name;
        }
    EXPECT_EQ(with.variants[2].outcomes[1].welfare_percent, welfare(with, "low"));
    EXPECT_LT(with.variants[2].outcomes[0].welfare_percent[1], welfare(with, "walls")[1]);
}

TEST_F(Variants, SayWhichTurnAClaim) {
    const std::string text =
        "[[variant]]\nname = \"balanced\"\nmodel = { closure = \"balanced\" }\n[[variant]]\nname = "
        "\"theta\"\neconomy = { theta = 9 }\n";
    const StudyResult result = run(text);
    const ClaimVariants loses = claim_variants(result, 0), deficits = claim_variants(result, 1);
    EXPECT_EQ(loses.holds, 3);
    EXPECT_TRUE(loses.robust);
    EXPECT_EQ(claim_variants_in_words(result, 0), "The same in all 2 variants.");
    ASSERT_NE(result.claims[1].verdict, result.variants[0].claims[1].verdict) << "the base's trade moves when balanced";
    EXPECT_EQ(deficits.turned, std::vector<std::string>{"balanced"});
    EXPECT_FALSE(deficits.robust);
    EXPECT_NE(claim_variants_in_words(result, 1).find("in 1 of 2 variants: balanced ("), std::string::npos);
    // Any number of threads, the same bytes; and what the files have.
    EXPECT_EQ(results_json(result), results_json(run(text, 2)));
    const auto json = nlohmann::json::parse(results_json(result));
    EXPECT_TRUE(json["claims"][0]["robust"].get<bool>());
    EXPECT_EQ(json["claims"][1]["variants"]["balanced"], to_string(result.variants[0].claims[1].verdict));
    EXPECT_EQ(json["variants"][1]["welfare_percent"]["walls"]["B"].get<double>(),
              result.variants[1].outcomes[0].welfare_percent[1]);
    const auto tables = result_tables(result);
    EXPECT_NE(tables.at("claims").find("B loses,balanced,holds\n"), std::string::npos);
    EXPECT_NE(tables.at("variants").find("theta,walls,B,welfare_percent,"), std::string::npos);
    EXPECT_NE(console_tables(result).find("robust"), std::string::npos);
    write_results(result, folder_ / "out");
    EXPECT_TRUE(std::filesystem::exists(folder_ / "out/tables/variants.csv"));
    EXPECT_TRUE(std::filesystem::exists(folder_ / "out/tables/claims.csv"));
}

TEST_F(Variants, WhatFailsIsSaidAndLeavesTheRest) {
    // With elasticities that nobody could have no base is found.
    const StudyResult result =
        run("[[variant]]\nname = \"none\"\neconomy = { theta = 1e-9 }\n[[variant]]\nname = \"theta\"\neconomy = { "
            "theta = 9 }\n");
    EXPECT_FALSE(result.complete());
    EXPECT_FALSE(result.variants[0].error.empty());
    EXPECT_TRUE(result.variants[1].complete());
    const ClaimVariants of = claim_variants(result, 0);
    EXPECT_EQ(of.undecided, 1);
    EXPECT_FALSE(of.robust);
    const auto json = nlohmann::json::parse(results_json(result));
    EXPECT_EQ(json["variants"][0]["status"], "failed");
    EXPECT_FALSE(json["claims"][0]["variants"].contains("none"));
}

TEST_F(Variants, WrongOnesAreRefusedWithTheirLine) {
    const auto variant = [](const std::string& lines) { return "[[variant]]\nname = \"v\"\n" + lines + "\n"; };
    expect_refused(variant(""), {"study.toml:19", "changes nothing"});
    expect_refused("[[variant]]\nmodel = { closure = \"fixed\" }\n", {"study.toml:19", "variant.name", "missing"});
    expect_refused(variant("model = { closre = \"fixed\" }"),
                   {"study.toml:21", "model.closre", "in the variant \"v\"", "closure"});
    expect_refused(variant("modl = { closure = \"fixed\" }"), {"study.toml:21", "modl", "model"});
    expect_refused(variant("model = 3"), {"study.toml:21", "a table of keys"});
    expect_refused(variant("claim = [ { text = \"B loses\", holds = \"1 > 0\" } ]"),
                   {"study.toml:21", "claim", "not what a variant can change"});
    expect_refused(variant("uncertainty = { draws = 5 }"), {"study.toml:21", "not what a variant can change"});
    expect_refused(variant("scenario = [ { name = \"wals\", from = \"low\" } ]"), {"study.toml:21", "wals", "walls"});
    expect_refused(variant("scenario = { from = \"low\" }"), {"study.toml:21", "name = \"...\" of one of them"});
    expect_refused(variant("scenario = [ 3 ]"), {"study.toml:21", "a block with its name"});
    expect_refused(variant("scenario = 3"), {"study.toml:21", "a block"});
    expect_refused(variant("model = { closure = \"fixed\" }") + variant("model = { closure = \"balanced\" }"),
                   {"study.toml:22", "\"v\" stands twice"});
    expect_error(ErrorKind::file, {"nowhere.nc"}, [&] { study(variant("economy = { path = \"nowhere.nc\" }")); });
}

TEST_F(Variants, OneWayToNameAnEconomyTakesThePlaceOfTheOther) {
    put_file(
        folder_ / "one.toml",
        "[economy]\npath = \"toy.nc\"\n[[scenario]]\nname = \"all\"\ntariff = [ { rate = 0.1 } ]\n[[variant]]\nname "
        "= \"v\"\neconomy = { name = \"us-china-2017\" }\n");
    const Study s = read_study(folder_ / "one.toml");
    EXPECT_EQ(s.economy.n_regions(), 3);
    EXPECT_EQ(s.variants.at(0).study->economy.n_regions(), 7);
    EXPECT_EQ(s.variants.at(0).study->economy_name, "us-china-2017");
}

TEST_F(Variants, ALonelyBlockNeedsNoName) {
    put_file(
        folder_ / "one.toml",
        "[economy]\npath = \"toy.nc\"\n[[scenario]]\nname = \"only\"\ntariff = [ { importer = \"A\", rate = 0.1 } "
        "]\n[[variant]]\nname = \"v\"\nscenario = { closure = \"balanced\" }\nmodel = { closure = \"world_share\" }\n");
    const Study s = read_study(folder_ / "one.toml");
    EXPECT_EQ(s.variants[0].study->scenarios[0].closure, Closure::balanced);
    EXPECT_EQ(s.variants[0].study->model.closure, Closure::world_share);
    EXPECT_FALSE(s.scenarios[0].closure.has_value());
}

TEST_F(Variants, WhatIsSmallerThanWhatMattersIsNegligible) {
    const auto claim = [](const std::string& holds, const std::string& at_least) {
        return "[[claim]]\ntext = \"t\"\nholds = \"" + holds + "\"\nat_least = " + at_least + "\n";
    };
    const double percent = -welfare(run(""), "walls")[1];
    ASSERT_GT(percent, 0.0);
    const StudyResult result = run(claim("welfare('walls', 'B') < 0", std::to_string(1.01 * percent)) +
                                   claim("welfare('walls', 'B') < 0", std::to_string(0.99 * percent)) +
                                   claim("welfare('walls', 'B') > 0", std::to_string(1.01 * percent)));
    EXPECT_EQ(result.claims[2].verdict, Verdict::negligible);
    EXPECT_NE(result.claims[2].reason.find("would matter"), std::string::npos);
    EXPECT_EQ(result.claims[3].verdict, Verdict::holds);
    EXPECT_EQ(result.claims[4].verdict, Verdict::negligible);
    expect_refused(claim("1 > 0", "0"), {"at_least", "above 0"});
    expect_refused(claim("1 > 0", "-1"), {"at_least", "above 0"});
}

TEST_F(Variants, MoneyThatMattersIsInBillions) {
    Economy toy = toy_economy();
    toy.unit = "million US dollars";
    write_economy(toy, folder_ / "toy.nc");
    const double lost = -*region_result(run(""), need_outcome(run(""), "walls"), 1, "ev");  // millions
    ASSERT_GT(lost, 0.0);
    const auto claim = [&](double times) {
        return "[[claim]]\ntext = \"t\"\nholds = \"ev('walls', 'B') < 0\"\nat_least = " +
               std::to_string(times * lost / 1e3) + "\n";
    };
    const StudyResult result = run(claim(1.01) + claim(0.99));
    EXPECT_EQ(result.claims[2].verdict, Verdict::negligible);
    EXPECT_NE(result.claims[2].reason.find("billion US dollars"), std::string::npos) << result.claims[2].reason;
    EXPECT_EQ(result.claims[3].verdict, Verdict::holds);
}

}  // namespace
}  // namespace detente::test
