// Every way a study can be wrong gives one line: file, line, key, what was found, the nearest valid name.
#include <gtest/gtest.h>

#include <cstdlib>

#include "questions/built_in.h"
#include "support.h"

namespace detente::test {
namespace {

const char* const head = "[economy]\nname = \"us-china-2017\"\n";

struct BadStudy {
    const char* name;
    std::string text;
    std::vector<std::string> parts;
};

std::string scenario(const std::string& change) {
    return std::string(head) + "[[scenario]]\nname = \"a\"\n" + change + "\n";
}
std::string tariff(const std::string& change) {
    return scenario("tariff = [ { " + change + " } ]");
}

std::string published(const std::string& value) {
    return tariff("add = 0.1") +
           "[[published]]\ntitle = \"t\"\nscenario = \"a\"\nvalues = [{ region = \"USA\", name = \"w\", " + value +
           " }]\n";
}
std::string uncertainty(const std::string& keys) {
    return std::string(head) + "[[scenario]]\nname = \"a\"\n[uncertainty]\n" + keys + "\n";
}
std::string groups(const std::string& group) {
    return std::string(head) + "[groups]\n" + group + "\n";
}
std::string deficit(const std::string& change) {
    return scenario("deficit = [ { " + change + " } ]");
}

const std::vector<BadStudy>& bad_studies() {
    static const std::vector<BadStudy> list = {
        {"UnclosedHeader", "[economy\nname = \"x\"\n", {":1:", "not valid TOML"}},
        {"UnclosedString", "title = \"x\n", {":1:", "not valid TOML"}},
        {"RepeatedKey", "title = \"a\"\ntitle = \"b\"\n", {":2:", "not valid TOML"}},
        {"NoEquals", "title \"a\"\n", {":1:", "not valid TOML"}},
        {"UnknownTopLevelKey", std::string("titel = \"x\"\n") + head, {":1:", "titel", "did you mean \"title\""}},
        {"UnknownBlock", std::string(head) + "[modell]\n", {":3:", "modell", "did you mean \"model\""}},
        {"UnknownEconomyKey", "[economy]\nnam = \"x\"\n", {":2:", "economy.nam", "did you mean \"name\""}},
        {"UnknownModelKey",
         std::string(head) + "[model]\nclosur = \"fixed\"\n",
         {":4:", "model.closur", "did you mean \"closure\""}},
        {"UnknownScenarioKey", scenario("form = \"base\""), {":5:", "scenario.form", "did you mean \"from\""}},
        {"UnknownTariffKey", tariff("ad = 0.1"), {":5:", "scenario.tariff.ad", "did you mean \"add\""}},
        {"MisspeltRegion",
         tariff("importer = \"UAS\", add = 0.1"),
         {":5:", "importer", "\"UAS\"", "did you mean \"USA\""}},
        {"MisspeltSector", tariff("sector = \"D1T02\", add = 0.1"), {":5:", "sector", "did you mean \"D01T02\""}},
        {"MisspeltGoods", tariff("sector = \"good\", add = 0.1"), {":5:", "did you mean \"goods\""}},
        {"MisspeltColumn",
         tariff("add_column = \"us_tariff_increase_on_chm\""),
         {":5:", "column", "did you mean \"us_tariff_increase_on_chn\""}},
        {"MisspeltFrom", scenario("from = \"bsae\""), {":3:", "bsae", "did you mean \"base\""}},
        {"MisspeltClosure",
         std::string(head) + "[model]\nclosure = \"fixd\"\n",
         {":4:", "model.closure", "did you mean \"fixed\""}},
        {"MisspeltKind",
         std::string(head) + "[model]\nkind = \"ricardan\"\n",
         {":4:", "model.kind", "did you mean \"ricardian\""}},
        {"MisspeltEconomy",
         "[economy]\nname = \"us-chna-2017\"\n",
         {":2:", "economy.name", "did you mean \"us-china-2017\""}},
        {"MisspeltGroupMember",
         std::string(head) + "[groups]\nbig = [\"USA\", \"CNH\"]\n",
         {":4:", "groups", "did you mean \"CHN\""}},
        {"TextForNumber", tariff("add = \"0.1\""), {":5:", "scenario.tariff.add", "a finite number"}},
        {"NumberForText", std::string(head) + "[[scenario]]\nname = 3\n", {":4:", "scenario.name", "a text"}},
        {"NotANumber", tariff("add = nan"), {":5:", "scenario.tariff.add", "a finite number"}},
        {"Infinite", tariff("rate = inf"), {":5:", "scenario.tariff.rate", "a finite number"}},
        {"TwoWaysToChange", tariff("add = 0.1, rate = 0.2"), {":5:", "exactly one of", "2 of them"}},
        {"NoWayToChange", tariff("importer = \"USA\""), {":5:", "exactly one of", "0 of them"}},
        {"TariffBelowMinusHundredPercent", tariff("rate = -1.2"), {":5:", "scenario.tariff", "above -1 (-100 %)"}},
        {"TariffAboveTheBound", tariff("rate = 2e9"), {":5:", "scenario.tariff", "at most 1e+09"}},
        {"TariffsAddUpAboveTheBound",
         scenario("tariff = [ { add = 9e8 } ]\n[[scenario]]\nname = \"b\"\nfrom = \"a\"\ntariff = [ { add = 9e8 } ]"),
         {":9:", "scenario.tariff", "at most 1e+09"}},
        {"MinimumAboveMaximum", tariff("add = 0.1, min = 0.5, max = 0.2"), {":5:", "min", "above the highest", "0.2"}},
        {"MinimumThatIsNoRate", tariff("add = 0.1, min = -1.0"), {":5:", "min", "above -1"}},
        {"TariffOnOneself",
         tariff("importer = \"USA\", exporter = \"USA\", add = 0.1"),
         {":5:", "changes nothing", "USA"}},
        {"TradeCostWithOneself",
         scenario("trade_cost = [ { importer = \"USA\", exporter = \"USA\", factor = 2 } ]"),
         {":5:", "changes nothing", "USA"}},
        {"EmptyImporters", tariff("importer = [], add = 0.1"), {":5:", "importer", "the list is empty"}},
        {"EmptyExporters", tariff("exporter = [], add = 0.1"), {":5:", "exporter", "the list is empty"}},
        {"EmptySectors", tariff("sector = [], add = 0.1"), {":5:", "sector", "the list is empty"}},
        {"CostsBeyondNumbers",
         scenario("trade_cost = [ { factor = 1e60 }, { factor = 1e60 } ]"),
         {":5:", "trade_cost", "leaves the possible range", "1e+100"}},
        {"GroupCalledLikeARegion", groups("USA = [\"CHN\"]"), {":4:", "USA", "that of a region"}},
        {"GroupCalledLikeASector", groups("D26 = [\"CHN\"]"), {":4:", "D26", "that of a sector"}},
        {"GroupCalledEverything", groups("\"*\" = [\"CHN\"]"), {":4:", "a word of the study file"}},
        {"GroupCalledGoods", groups("goods = [\"D26\"]"), {":4:", "goods", "a word of the study file"}},
        {"GroupCalledPlayers", groups("players = [\"USA\"]"), {":4:", "players", "a word of the study file"}},
        {"EmptyGroup", groups("none = []"), {":4:", "none", "the group is empty"}},
        {"EmptyGroupByRule",
         groups("none = { except = [\"BRA\", \"CHN\", \"EU\", \"IND\", \"JPN\", \"ROW\", \"USA\"] }"),
         {":4:", "none", "the group is empty"}},
        {"GroupWithAMemberTwice", groups("two = [\"USA\", \"USA\"]"), {":4:", "two", "stands twice", "USA"}},
        {"GroupOfBothKinds", groups("both = [\"USA\", \"D26\"]"), {":4:", "both", "not of both"}},
        {"GroupOfTheOtherKind",
         groups("chips = [\"D26\"]\n[[scenario]]\nname = \"a\"\ntariff = [ { importer = \"chips\", add = 0.1 } ]"),
         {":7:", "importer", "another kind", "D26"}},
        {"MisspeltScenarioClosure", scenario("closure = \"balancd\""), {":5:", "closure", "did you mean \"balanced\""}},
        {"MisspeltDeficitKey",
         deficit("region = \"USA\", scal = 0"),
         {":5:", "deficit.scal", "did you mean \"scale\""}},
        {"MisspeltDeficitRegion", deficit("region = \"UAS\", scale = 0"), {":5:", "\"UAS\"", "did you mean \"USA\""}},
        {"DeficitOfNobody", deficit("scale = 0"), {":5:", "deficit.region", "missing"}},
        {"DeficitBothWays", deficit("region = \"USA\", rate = 0, scale = 0"), {":5:", "exactly one of", "both"}},
        {"DeficitNeitherWay", deficit("region = \"USA\""), {":5:", "exactly one of", "neither"}},
        {"DeficitOutOfRange", deficit("region = \"USA\", rate = -1"), {":5:", "rate", "out of range"}},
        {"DeficitOfABalancedScenario",
         scenario("closure = \"balanced\"\ndeficit = [ { region = \"USA\", rate = 0.01 } ]"),
         {":6:", "trade is balanced", "closure = \"fixed\""}},
        {"DeficitOfABalancedModel",
         std::string(head) + "[model]\nclosure = \"balanced\"\n[[scenario]]\nname = \"a\"\n" +
             "deficit = [ { region = \"USA\", scale = 0 } ]\n",
         {":7:", "trade is balanced"}},
        {"DeficitOfKrugman",
         std::string(head) + "[model]\nkind = \"krugman\"\n[[scenario]]\nname = \"a\"\n" +
             "deficit = [ { region = \"USA\", scale = 0 } ]\n",
         {":7:", "trade is balanced", "the krugman model's own"}},
        {"CircleOfScenarios",
         scenario("from = \"c\"\n[[scenario]]\nname = \"b\"\nfrom = \"a\"\n[[scenario]]\nname = \"c\"\nfrom = \"b\""),
         {"comes from itself", "a <- c <- b <- a"}},
        {"FactorZero", scenario("trade_cost = [ { factor = 0 } ]"), {":5:", "factor", "a positive factor"}},
        {"FactorMissing", scenario("productivity = [ { region = \"USA\" } ]"), {":5:", "factor", "missing"}},
        {"FactorBelowZero",
         scenario("trade_cost = [ { factor = -1e-9 } ]"),
         {":5:", "factor", "found: -1e-09", "a positive factor"}},
        {"FactorSupplyOfNobody",
         scenario("factor_supply = [ { region = \"CHM\", factor = 1.05 } ]"),
         {":5:", "\"CHM\"", "did you mean \"CHN\""}},
        {"FactorSupplyOfNothing",
         scenario("factor_supply = [ { region = \"CHN\", factor = 0 } ]"),
         {":5:", "factor_supply.factor", "a positive factor"}},
        {"FactorSupplyBySector",
         scenario("factor_supply = [ { region = \"CHN\", sector = \"D26\", factor = 1.1 } ]"),
         {":5:", "factor_supply.sector"}},
        {"RepeatedScenario", scenario("") + "[[scenario]]\nname = \"a\"\n", {"\"a\" stands twice"}},
        {"ScenarioCalledBase", std::string(head) + "[[scenario]]\nname = \"base\"\n", {":4:", "scenario.name", "base"}},
        {"ScenarioFromItself", scenario("from = \"a\""), {"comes from itself"}},
        {"NoEconomy", "[[scenario]]\nname = \"a\"\n", {"economy", "missing"}},
        {"NameAndPath", "[economy]\nname = \"us-china-2017\"\npath = \"x.nc\"\n", {":2:", "not both"}},
        {"NoScenario", head, {"scenario", "missing"}},
        {"EmptyFile", "", {"economy", "missing"}},
        {"ToleranceOutOfRange",
         std::string(head) + "[model]\ntolerance = 1.0\n",
         {":4:", "model.tolerance", "out of range"}},
        {"NoDraws", uncertainty("draws = 0"), {":6:", "uncertainty.draws", "0"}},
        {"UncertaintyKey", uncertainty("drwas = 10"), {":6:", "drwas", "did you mean \"draws\""}},
        {"DrawMethod", uncertainty("method = \"sobel\""), {":6:", "sobel", "did you mean \"sobol\""}},
        {"IntervalTurned",
         uncertainty("tariff_coverage = [1.0, 0.6]"),
         {":6:", "uncertainty.tariff_coverage", "lowest value is above", "[1, 0.6]"}},
        {"IntervalOfOne", uncertainty("tariff_coverage = [0.6]"), {":6:", "not an interval", "two numbers"}},
        {"IntervalBeyond", uncertainty("tariff_coverage = [0.6, 1.2]"), {":6:", "out of range", "between 0 and 1"}},
        {"IntervalOfNothing", uncertainty("discount_rate = [0.02, 0.08]"), {":6:", "no question that is drawn"}},
        {"NothingDrawn", uncertainty("draws = 10\nelasticities = false"), {":5:", "uncertainty", "nothing is drawn"}},
        {"ElasticitiesWithoutSd",
         std::string("[economy]\nname = \"us-china-2017\"\nelasticities = \"lashkaripour-lugovskyy\"\n[[scenario]]\n") +
             "name = \"a\"\n[uncertainty]\nelasticities = true\n",
         {":6:", "uncertainty.elasticities", "theta_log_sd"}},
        {"FidelityWithoutLedger",
         uncertainty("fidelity = true\ntariff_coverage = [0.6, 1.0]"),
         {":6:", "uncertainty.fidelity", "ledger"}},
        {"LeftOutUnknown", uncertainty("leave_out = [\"b\"]"), {":6:", "uncertainty.leave_out", "b"}},
        {"QuadratureWithDraws",
         uncertainty("method = \"quadrature\"\ndraws = 10\ntariff_coverage = [0.6, 1.0]"),
         {":7:", "uncertainty.draws", "two points for each input"}},
        {"EconomyNotATable", "economy = 3\n", {":1:", "economy", "a table"}},
        {"ImportFormatUnknown", "[economy]\nimport = \"wiood\"\npath = \".\"\n", {"wiood", "did you mean \"wiod\""}},
        {"PrintedIsNoNumber",
         published("printed = \"n.a.\", exact = \"welfare_percent\""),
         {":9:", "published.values.printed", "n.a.", "not a printed number"}},
        {"PrintedHasMoreBehindIt",
         published("printed = \"1,234\", exact = \"welfare_percent\""),
         {":9:", "published.values.printed"}},
        {"UnknownFormula",
         published("printed = \"0.1\", formula = \"first_order.welfare_percnt\""),
         {":9:", "published.values.formula", "did you mean \"first_order.welfare_percent\""}},
        {"UnknownExactResult",
         published("printed = \"0.1\", exact = \"welfare\""),
         {":9:", "published.values.exact", "welfare"}},
        {"NothingToHoldAgainst", published("printed = \"0.1\""), {":9:", "published.values", "formula or exact"}},
        {"SecondVariableNotSet",
         "[economy]\npath = \"${HOME}/${DETENTE_NEVER_SET}/x.nc\"\n",
         {":2:", "DETENTE_NEVER_SET", "not set"}},
        {"KeyOfManyParts",
         [] {
             std::string key;
             for (int k = 0; k < 50000; ++k) key += "a.";
             return key + "b = 1\n";
         }(),
         {":1:", "nested too deeply"}},
        {"VariableNotSet",
         "[economy]\npath = \"${DETENTE_NEVER_SET}/x.nc\"\n",
         {":2:", "DETENTE_NEVER_SET", "not set"}},
    };
    return list;
}

class BadStudies : public ::testing::TestWithParam<BadStudy> {};

TEST_P(BadStudies, IsOneClearError) {
    ::setenv("DETENTE_ECONOMIES", (std::string(DETENTE_SOURCE_DIR) + "/economies").c_str(), 1);
    const TemporaryFolder folder;
    put_file(folder / "bad.toml", GetParam().text);
    try {
        read_study(folder / "bad.toml");
        ADD_FAILURE() << "no error was thrown";
    } catch (const Error& error) {
        const std::string message = error.what();
        EXPECT_EQ(error.exit_status(), 1) << message;
        EXPECT_EQ(message.find('\n'), std::string::npos) << message;
        for (const std::string& part : GetParam().parts)
            EXPECT_NE(message.find(part), std::string::npos) << part << " is not in: " << message;
    }
}

INSTANTIATE_TEST_SUITE_P(All, BadStudies, ::testing::ValuesIn(bad_studies()),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(Study, MissingFileIsAFileError) {
    expect_error(ErrorKind::file, {"nowhere.toml", "cannot be read"}, [] { read_study("nowhere.toml"); });
}

TEST(Study, AFolderIsAFileError) {
    const TemporaryFolder folder;
    expect_error(ErrorKind::file, {"it is a folder"}, [&] { read_study(folder.path()); });
}

}  // namespace
}  // namespace detente::test
