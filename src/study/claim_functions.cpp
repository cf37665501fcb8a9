// The functions of claims over outcomes; those over answers of one kind stand with that kind of question.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "study/claims.h"
#include "study/run.h"

namespace detente {

std::string ClaimCall::word(std::size_t k, const std::string& what) const {
    if (k >= arguments_.size())
        throw_input({place_, fmt::format("{}() needs {}", name_, what), "", "a name in quotes", ""});
    if (const auto* text = std::get_if<std::string>(&arguments_[k])) return *text;
    throw_input({place_, fmt::format("{}() takes {} there", name_, what), "a number", "a name in quotes", ""});
}

double ClaimCall::number(std::size_t k, const std::string& what) const {
    if (k >= arguments_.size()) throw_input({place_, fmt::format("{}() needs {}", name_, what), "", "a number", ""});
    if (const auto* value = std::get_if<double>(&arguments_[k])) return *value;
    throw_input({place_, fmt::format("{}() takes {} there", name_, what), "a name", "a number without quotes", ""});
}

void ClaimCall::at_most(std::size_t count) const {
    if (arguments_.size() > count)
        throw_input({place_, fmt::format("{}() has too many arguments", name_), std::to_string(arguments_.size()),
                     fmt::format("at most {}", count), ""});
}

ClaimOutcomes::ClaimOutcomes(const StudyResult& run) : run_(run) {
    outcomes_.emplace("base", &run.base_outcome);
    for (const ScenarioResult* s : outcomes(run))
        if (s->answered) outcomes_.emplace(s->scenario.name, s);
}

const ScenarioResult& ClaimOutcomes::outcome(const ClaimCall& call, std::size_t k) const {
    const std::string name = call.word(k, outcome_argument().what);
    const auto found = outcomes_.find(name);
    if (found == outcomes_.end()) throw Unavailable("\"" + name + "\" was not answered");
    return *found->second;
}

int ClaimOutcomes::region(const ClaimCall& call, std::size_t k) const {
    return run_.study.economy.regions.at(call.word(k, "a region"), call.place());
}

double ClaimOutcomes::income(int region) const {
    return std::abs(run_.base.world.income[static_cast<std::size_t>(region)]);
}

const Answer& ClaimOutcomes::answer(const ClaimCall& call, std::size_t k,
                                    const std::vector<std::string>& blocks) const {
    const std::vector<std::string> known = question_names(run_.study, blocks);
    if (known.empty())
        throw_input(call.place(), fmt::format("the study has no [{}] block", fmt::join(blocks, "] or [")));
    const std::string name = call.has(k) ? call.word(k, "a name") : known.front();
    if (std::find(known.begin(), known.end(), name) == known.end())
        throw_unknown_name(call.place(), fmt::format("{}", fmt::join(blocks, " or ")), name, known);
    for (const auto& answer : run_.answers) {
        if (answer->name() != name) continue;
        if (!answer->answered()) throw Unavailable("\"" + name + "\" was not answered: " + answer->error());
        return *answer;
    }
    throw Unavailable("\"" + name + "\" was not answered");
}

ClaimArgument outcome_argument() {
    return {};
}

ClaimArgument region_argument(bool optional) {
    return {ClaimArgument::Takes::region, "a region", {}, optional};
}

ClaimArgument question_argument(std::string what, std::vector<std::string> blocks, bool optional) {
    return {ClaimArgument::Takes::question, std::move(what), std::move(blocks), optional};
}

ClaimArgument party_argument() {
    return {ClaimArgument::Takes::party, "a player", {}, false};
}

ClaimArgument year_argument() {
    return {ClaimArgument::Takes::year, "a year"};
}

ClaimFunction in_money(ClaimFunction function) {
    function.is_money = true;
    return function;
}

double size_with_error(double size, double error) {
    return std::max(size, error / claim_resolution);
}

ClaimFunction::Get size_of(double size) {
    return [size](const ClaimOutcomes&, const ClaimCall&) { return size; };
}

namespace {

double result(const ClaimOutcomes& of, const ClaimCall& call, const char* key) {
    const ScenarioResult& outcome = of.outcome(call, 0);
    const auto value = region_result(of.run(), outcome, of.region(call, 1), key);
    if (!value) throw Unavailable(fmt::format("{} is not part of this model", key));
    return *value;
}

ClaimFunction::Get result_named(const char* key) {
    return [key](const ClaimOutcomes& of, const ClaimCall& call) { return result(of, call, key); };
}

// Mean rate in percent on what the importer buys abroad in the base, from everyone or one exporter.
double tariff(const ClaimOutcomes& of, const ClaimCall& call) {
    const ScenarioResult& o = of.outcome(call, 0);
    const World& w = of.run().base.world;
    const int j = of.region(call, 1), from = call.has(2) ? of.region(call, 2) : -1;
    const std::vector<char> all = tariff_sectors(of.run().study.economy);
    double sum = 0.0, weight = 0.0;
    for (int s = 0; s < w.n_sectors(); ++s) {
        if (all[static_cast<std::size_t>(s)] == 0) continue;
        for (int i = 0; i < w.n_regions(); ++i) {
            if (i == j || (from >= 0 && i != from)) continue;
            sum += w.flow(i, j, s) * o.equilibrium.tariff(i, j, s), weight += w.flow(i, j, s);
        }
    }
    return weight > 0.0 ? 100.0 * sum / weight : 0.0;
}

double trade(const ClaimOutcomes& of, const ClaimCall& call) {
    const ScenarioResult& o = of.outcome(call, 0);
    const int i = of.region(call, 1), j = of.region(call, 2);
    double sum = 0.0;
    for (int s = 0; s < of.run().base.world.n_sectors(); ++s) sum += o.equilibrium.flow(i, j, s);
    return sum;
}

// What everyone but the regions named gains, money a year.
double others(const ClaimOutcomes& of, const ClaimCall& call) {
    const World& w = of.run().base.world;
    std::vector<int> without;
    for (std::size_t k = 1; k < call.size(); ++k) without.push_back(of.region(call, k));
    const ScenarioResult& o = of.outcome(call, 0);
    double sum = 0.0;
    for (int j = 0; j < w.n_regions(); ++j) {
        const auto at = static_cast<std::size_t>(j);
        if (std::find(without.begin(), without.end(), j) == without.end())
            sum += equivalent_variation(w, o.equilibrium, at);
    }
    return sum;
}

double income_of_region(const ClaimOutcomes& of, const ClaimCall& call) {
    return of.income(of.region(call, 1));
}

double income_of_all(const ClaimOutcomes& of, const ClaimCall&) {
    double sum = 0.0;
    for (int j = 0; j < of.run().base.world.n_regions(); ++j) sum += of.income(j);
    return sum;
}

std::vector<ClaimFunction> over_outcomes() {
    const ClaimArgument outcome = outcome_argument(), region = region_argument(), partner = region_argument(true);
    const auto percent = size_of(100.0);
    return {
        {"welfare", {outcome, region}, result_named("welfare_percent"), percent},
        {"real_wage", {outcome, region}, result_named("real_wage_percent"), percent},
        in_money({"ev", {outcome, region}, result_named("ev"), income_of_region}),
        in_money({"tariff_revenue", {outcome, region}, result_named("tariff_revenue"), income_of_region}),
        {"tariff", {outcome, region, partner}, tariff, percent},
        in_money({"trade", {outcome, region, region}, trade, income_of_region}),
        in_money({"world", {outcome}, others, income_of_all}),
        in_money({"others", {outcome, region}, others, income_of_all, true}),
    };
}

}  // namespace

std::vector<ClaimFunction> claim_functions(const QuestionTable& kinds) {
    std::vector<ClaimFunction> list = over_outcomes();
    for (const auto& kind : kinds) list.insert(list.end(), kind->claim_functions.begin(), kind->claim_functions.end());
    return list;
}

}  // namespace detente
