// [[path]] in a study: what is read, answered, said and written, and every way in which it can be wrong.
#include <gtest/gtest.h>

#include <fmt/format.h>
#include <cmath>
#include <nlohmann/json.hpp>

#include "economy/economy_io.h"
#include "economy/netcdf_file.h"
#include "questions/built_in.h"
#include "questions/path.h"
#include "report/results.h"
#include "support.h"
#include "uncertainty/uncertainty.h"

namespace detente::test {
namespace {

const char* const scenarios = R"(
[[scenario]]
name = "rise"
tariff = [ { importer = "A", exporter = "B", add = 0.2 } ]
[[scenario]]
name = "more"
factor_supply = [ { region = "C", factor = 1.05 } ]
)";
const char* const phases = "phases = [ { from = 2018, scenario = \"rise\" }, { from = 2020, scenario = \"base\" } ]\n";

std::string path_block(const std::string& keys) {
    return std::string(scenarios) + "[[path]]\nname = \"p\"\n" + keys;
}

StudyResult run_text(const std::string& text) {
    TemporaryFolder folder;
    Economy economy = toy_economy();
    economy.theta_log_sd = {0.3, 0.3};
    write_economy(economy, folder / "toy.nc");
    put_file(folder / "study.toml", "[economy]\npath = \"toy.nc\"\n" + text);
    RunOptions options;
    options.threads = 1;
    return run_with_uncertainty(read_study(folder / "study.toml"), options);
}

const PathAnswer& answer(const StudyResult& run) {
    const PathAnswer& a = *answers_of<PathAnswer>(run.answers).at(0);
    EXPECT_TRUE(a.answered()) << a.error();
    return a;
}

TEST(StudyPaths, AreThoseOfTheEngine) {
    const StudyResult run =
        run_text(path_block(std::string("years = [2018, 2022]\n") + phases +
                            "capital = { share = 0.4, transition = 0.1, discount = 0.95 }\n"
                            "growth = [ { region = \"*\", rate = 0.02 }, { region = \"B\", rate = 0.05 } ]\n"
                            "labour = [ { region = \"C\", rate = 0.01 } ]\n"));
    const PathAnswer& a = answer(run);
    const World& w = run.base.world;
    const Shock rise = shock_at(run, "rise");
    std::vector<YearGiven> with, without;
    for (int t = 0; t < 5; ++t) {
        const std::vector<double> productivity = {std::pow(1.02, t), std::pow(1.05, t), std::pow(1.02, t)},
                                  labour = {1.0, 1.0, std::pow(1.01, t)};
        with.push_back({t < 2 ? &rise : nullptr, productivity, labour});
        without.push_back({nullptr, productivity, labour});
    }
    const CapitalRule rule{0.4, 0.1, 0.95};
    const CapitalPath expected = capital_path(w, rule, with, 2018), other = capital_path(w, rule, without, 2018);
    for (std::size_t j = 0; j < 3; ++j) {
        for (std::size_t t = 0; t < 5; ++t) {
            EXPECT_NEAR(a.found.path.years[t].capital[j], expected.years[t].capital[j], 1e-11);
            EXPECT_NEAR(a.found.in_year(t, static_cast<int>(j)),
                        expected.years[t].consumption[j] / other.years[t].consumption[j], 1e-11);
        }
        EXPECT_NEAR(std::log(a.found.worth(static_cast<int>(j))),
                    expected.log_equivalent()[j] - other.log_equivalent()[j], 1e-11);
    }
    EXPECT_EQ(a.question.in_force(2019), "rise");
    EXPECT_EQ(a.question.in_force(2020), "base");
    EXPECT_FALSE(a.words.empty());
}

// A scenario's own factor supply is in every year in which it is in force.
TEST(StudyPaths, TakeTheFactorSupplyOfAScenarioWithThem) {
    const StudyResult run =
        run_text(path_block("years = [2018, 2019]\nphases = [ { from = 2019, scenario = \"more\" } ]\n"));
    const PathAnswer& a = answer(run);
    EXPECT_NEAR(a.found.path.years[0].consumption[2], 1.0, 1e-11) << "the base before the first phase";
    EXPECT_NEAR(a.found.path.years[1].factor_supply[2], 1.05, 1e-12);
    EXPECT_NEAR(a.found.path.years[1].consumption[2], run.scenarios[1].equilibrium.welfare_hat[2], 1e-10);
}

// A region that is left out means all of them, as in every list of changes.
TEST(StudyPaths, TakeAllRegionsWhereNoneIsNamed) {
    const StudyResult run = run_text(
        "[[scenario]]\nname = \"all\"\nfactor_supply = [ { factor = 1.1 } ]\n[[path]]\nname = \"p\"\nyears = [2018, "
        "2019]\n"
        "phases = [ { from = 2018, scenario = \"all\" } ]\ngrowth = [ { rate = 0.02 } ]\n"
        "labour = [ { rate = 0.01 }, { region = \"A\", rate = 0.03 } ]\n");
    const PathAnswer& a = answer(run);
    for (const double supply : a.found.path.years[0].factor_supply) EXPECT_NEAR(supply, 1.1, 1e-12);
    EXPECT_EQ(a.question.growth.productivity, std::vector<double>(3, 0.02));
    EXPECT_EQ(a.question.growth.labour, (std::vector<double>{0.03, 0.01, 0.01}));
}

TEST(StudyPaths, AreTheSameNumbersInEveryFile) {
    const StudyResult run =
        run_text(path_block(std::string("years = [2018, 2021]\n") + phases) +
                 "[[path]]\nname = \"q\"\nyears = [2020, 2022]\nphases = [ { from = 2020, scenario = \"more\" } ]\n");
    const PathAnswer& a = answer(run);
    const auto json = nlohmann::json::parse(results_json(run))["paths"];
    EXPECT_EQ(json["p"]["years"], (std::vector<int>{2018, 2019, 2020, 2021}));
    EXPECT_EQ(json["p"]["phases"][1]["from"], 2020);
    EXPECT_EQ(json["p"]["regions"]["A"]["welfare_percent"].get<double>(), 100.0 * (a.found.worth(0) - 1.0));
    EXPECT_EQ(json["p"]["regions"]["B"]["capital_percent"][3].get<double>(),
              100.0 * (a.found.path.years[3].capital[1] - 1.0));
    EXPECT_EQ(json["p"]["certificate"]["year_residual"].size(), 4U);
    EXPECT_LT(json["p"]["certificate"]["residual"].get<double>(), 1e-11);
    EXPECT_EQ(json["p"]["certificate"]["tail_error"].get<double>(), a.found.worth_error());
    EXPECT_LT(json["p"]["certificate"]["tail_error"].get<double>(), 1e-8);
    EXPECT_EQ(json["p"]["certificate"]["long_run_error"].get<double>(), a.found.long_run_error());
    EXPECT_EQ(json["q"]["years"].size(), 3U);

    const std::string csv = result_tables(run).at("paths");
    EXPECT_EQ(csv.substr(0, csv.find('\n')), "path,year,region,measure,value");
    EXPECT_NE(csv.find("\nq,2022,C,capital_percent,"), std::string::npos);
    EXPECT_NE(csv.find("\np,,A,welfare_percent,"), std::string::npos);
    EXPECT_EQ(csv.find("\nq,2018,"), std::string::npos) << "no year of that path";

    TemporaryFolder folder;
    write_results(run, folder / "out");
    NetcdfReader file((folder / "out/results.nc").string());
    EXPECT_EQ(file.strings("path", "path"), (std::vector<std::string>{"p", "q"}));
    const std::vector<double> capital = file.numbers("path_capital_percent", {"path", "path_year", "region"});
    ASSERT_EQ(capital.size(), 2U * 5U * 3U);
    EXPECT_EQ(capital[3 * 3 + 1], 100.0 * (a.found.path.years[3].capital[1] - 1.0));
    EXPECT_TRUE(std::isnan(capital[15])) << "2018 is no year of q";
}

TEST(StudyPaths, AnswerClaims) {
    const auto verdict = [](const std::string& holds) {
        const StudyResult run = run_text(path_block(std::string("years = [2018, 2021]\n") + phases) +
                                         "[[claim]]\ntext = \"t\"\nholds = \"" + holds + "\"\n");
        return to_string(run.claims.at(0).verdict);
    };
    EXPECT_EQ(verdict("path_welfare('p', 'B') < 0 and path_ev('p', 'B') < 0"), "holds");
    EXPECT_EQ(verdict("path_impact('p', 'B') < path_welfare('p', 'B')"), "holds") << "what passes weighs less";
    EXPECT_EQ(verdict("capital('p', 'B', 2018) >= 0 and capital('p', 'B', 2021) < 0"), "holds");
    EXPECT_EQ(verdict("capital('p', 'B', 2018 + 3) <= capital('p', 'B', 2021)"), "holds");
    EXPECT_EQ(verdict("consumption('p', 'B', 2019) < consumption('p', 'B', 2021)"), "holds");
    EXPECT_EQ(verdict("path_long_run('p', 'B') > 0.001"), "fails");
}

// A path that ends in the base's policy has its long run there, however slowly capital goes back.
TEST(StudyPaths, AnswerClaimsToWhatTheirNumbersAreKnownTo) {
    const StudyResult run = run_text(
        path_block(std::string("years = [2018, 2025]\ncapital = { share = 0.95, transition = 0.01 }\n") + phases) +
        "[[claim]]\ntext = \"t\"\nholds = \"path_long_run('p', 'A') >= 0 and path_long_run('p', 'A') <= 0\"\n"
        "[[claim]]\ntext = \"t\"\nholds = \"path_welfare('p', 'B') < 0\"\n");
    EXPECT_EQ(to_string(run.claims.at(0).verdict), "holds") << answer(run).found.long_run(0) - 1.0;
    EXPECT_EQ(to_string(run.claims.at(1).verdict), "holds");
    // What is closer than the error counts as equal, what is farther does not.
    const double worth = 100.0 * (answer(run).found.worth(1) - 1.0), error = 100.0 * answer(run).found.worth_error();
    const auto above = [&](double bound) {
        const StudyResult again = run_text(
            path_block(std::string("years = [2018, 2025]\ncapital = { share = 0.95, transition = 0.01 }\n") + phases) +
            fmt::format("[[claim]]\ntext = \"t\"\nholds = \"path_welfare('p', 'B') > {:.17g}\"\n", bound));
        return to_string(again.claims.at(0).verdict);
    };
    EXPECT_GT(error, 1e-12);
    EXPECT_EQ(above(worth - 0.5 * error), "fails");
    EXPECT_EQ(above(worth - 2.0 * error - 2e-9), "holds");
}

TEST(StudyPaths, HaveBandsOverDraws) {
    StudyResult run = run_text(path_block(std::string("years = [2018, 2021]\n") + phases) +
                               "[[claim]]\ntext = \"t\"\nholds = \"path_welfare('p', 'B') < 0\"\n"
                               "[uncertainty]\ndraws = 16\nelasticities = true\n");
    ASSERT_TRUE(run.uncertainty);
    ASSERT_EQ(run.uncertainty->error, "");
    const auto json = nlohmann::json::parse(results_json(run))["uncertainty"]["answers"]["p"]["figures"];
    ASSERT_TRUE(json.contains("welfare_percent.B"));
    EXPECT_GT(json["welfare_percent.B"]["sd"].get<double>(), 0.0);
    EXPECT_LT(json["welfare_percent.B"]["p95"].get<double>(), 0.0);
    EXPECT_EQ(run.uncertainty->claims.at(0).holds, 16);
}

struct BadPath {
    const char* name;
    std::string keys;
    std::vector<std::string> parts;
};

class StudyPathsRefused : public ::testing::TestWithParam<BadPath> {};

TEST_P(StudyPathsRefused, WithFileLineAndKey) {
    TemporaryFolder folder;
    write_economy(toy_economy(), folder / "toy.nc");
    put_file(folder / "study.toml", "[economy]\npath = \"toy.nc\"\n" + path_block(GetParam().keys));
    std::vector<std::string> parts = GetParam().parts;
    parts.emplace_back("study.toml:");
    expect_error(ErrorKind::input, parts, [&] { read_study(folder / "study.toml"); });
}

const std::string fine = "years = [2018, 2021]\nphases = [ { from = 2018, scenario = \"rise\" } ]\n";

INSTANTIATE_TEST_SUITE_P(
    EveryMistake, StudyPathsRefused,
    ::testing::Values(
        BadPath{"NoYears", phases, {"path.years", "missing", "[2018, 2035]"}},
        BadPath{"OneYear", "years = [2018]\n", {":12:", "path.years", "not a range of years", "[2018]"}},
        BadPath{"YearsBackwards", "years = [2035, 2018]\n", {":12:", "the last year is before the first"}},
        BadPath{"ThousandsOfYears", "years = [2018, 5018]\n", {":12:", "too many years", "at most 500"}},
        BadPath{"HalfAYear", "years = [2018.5, 2020]\n", {":12:", "not a year", "whole years"}},
        BadPath{"NoPhases", "years = [2018, 2021]\n", {"path.phases", "at least one phase"}},
        BadPath{"PhasesOutOfOrder",
                "years = [2018, 2021]\nphases = [ { from = 2020, scenario = \"rise\" }, { from = 2019, scenario = "
                "\"base\" } ]\n",
                {":13:", "path.phases.from", "out of order", "2019", "after 2020"}},
        BadPath{"PhaseBeyondTheYears",
                "years = [2018, 2021]\nphases = [ { from = 2022, scenario = \"rise\" } ]\n",
                {":13:", "path.phases.from", "2022", "2018 to 2021"}},
        BadPath{"UnknownScenario",
                "years = [2018, 2021]\nphases = [ { from = 2018, scenario = \"ris\" } ]\n",
                {":13:", "path.phases.scenario", "\"ris\"", "did you mean \"rise\""}},
        BadPath{"APathAsAPhase",
                "years = [2018, 2021]\nphases = [ { from = 2018, scenario = \"p\" } ]\n",
                {":13:", "without an equilibrium of its own"}},
        BadPath{
            "UnknownKey", fine + "capitel = { share = 0.3 }\n", {":14:", "path.capitel", "did you mean \"capital\""}},
        BadPath{"ShareOfAll", fine + "capital = { share = 1 }\n", {":14:", "path.capital.share", "from 0 to below 1"}},
        BadPath{"NegativeShare", fine + "capital = { share = -0.1 }\n", {":14:", "path.capital.share"}},
        BadPath{"NoTransition",
                fine + "capital = { transition = 0 }\n",
                {":14:", "path.capital.transition", "above 0 and at most 1"}},
        BadPath{"NoDiscounting",
                fine + "capital = { discount = 1 }\n",
                {":14:", "path.capital.discount", "between 0 and 1"}},
        BadPath{"GrowthOfNobody",
                fine + "growth = [ { region = \"D\", rate = 0.05 } ]\n",
                {":14:", "path.growth.region", "\"D\""}},
        BadPath{
            "GrowthWithoutARate", fine + "labour = [ { region = \"A\" } ]\n", {":14:", "path.labour.rate", "missing"}},
        BadPath{"GrowthInPercent",
                fine + "growth = [ { region = \"A\", rate = 5 } ]\n",
                {":14:", "path.growth.rate", "between -0.5 and 0.5"}},
        BadPath{"GrowthBeyondMeasure",
                "years = [2018, 2400]\nphases = [ { from = 2018, scenario = \"rise\" } ]\ngrowth = [ { region = \"A\", "
                "rate = 0.3 } ]\n",
                {":14:", "path.growth.rate", "beyond what an economy can be"}}),
    [](const auto& one) { return one.param.name; });

TEST(StudyPathsOfOtherModels, AreRefusedInOneSentence) {
    const auto refused = [](const std::string& model, const std::vector<std::string>& parts) {
        expect_error(ErrorKind::input, parts, [&] {
            read_study(
                "[economy]\nname = \"us-china-2017\"\n[model]\n" + model +
                    "\n[[path]]\nname = \"p\"\nyears = [2018, 2019]\nphases = [{ from = 2018, scenario = \"base\" }]\n",
                "study.toml", {});
        });
    };
    refused("labour_supply = 0.5", {"study.toml:5:", "path", "fixed supply of labour"});
    refused("kind = \"melitz\"", {"study.toml:5:", "path", "the melitz model has no capital"});
}

TEST(StudyPathsOfOtherModels, ClaimsAboutYearsThatAreNoneOfThePathAreRefused) {
    const auto refused = [](const std::string& holds, const std::vector<std::string>& parts) {
        expect_error(ErrorKind::input, parts,
                     [&] { run_text(path_block(fine) + "[[claim]]\ntext = \"t\"\nholds = \"" + holds + "\"\n"); });
    };
    refused("capital('p', 'A', 2030) > 0", {"no year of \"p\"", "2030", "2018 to 2021"});
    refused("capital('p', 'A', -2019) > 0", {"no year of \"p\"", "found: -2019;"});
    refused("capital('p', 'A', 2018 + 30) > 0", {"no year of \"p\"", "found: 2048;"});
    refused("capital('p', 'A', 2019.0000000001) > 0", {"found: 2019.0000000001;"});
    refused("capital('p', 'A', 9999999) > 0", {"found: 9999999;"});
    refused("capital('p', 'A', '2019') > 0", {"capital() takes a year there", "without quotes"});
    refused("capital('p', 'A') > 0", {"capital() needs a year"});
    refused("capital('p', 'D', 2019) > 0", {"\"D\""});
    refused("path_welfare('war', 'A') > 0", {"\"war\"", "path"});
}

}  // namespace
}  // namespace detente::test
