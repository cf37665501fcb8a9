// What results say of paths: JSON, the terminal, arrays, claims.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "questions/governments.h"
#include "questions/path.h"
#include "report/results_json.h"
#include "report/words.h"

namespace detente {
namespace {

// Numbers of a year by region, percent: key, words for results.nc, and the value of a region.
struct YearMeasure {
    const char *key, *long_name;
    double (*hat)(const PathAnswer& a, std::size_t year, std::size_t region);
};

const std::vector<YearMeasure>& year_measures() {
    static const std::vector<YearMeasure> list = {
        {"capital_percent", "capital when the year begins, change from the base",
         [](const PathAnswer& a, std::size_t t, std::size_t j) { return a.found.path.years[t].capital[j]; }},
        {"consumption_percent", "consumption, change from the base",
         [](const PathAnswer& a, std::size_t t, std::size_t j) { return a.found.path.years[t].consumption[j]; }},
        {"real_wage_percent", "what a unit of labour earns, in consumer prices, change from the base",
         [](const PathAnswer& a, std::size_t t, std::size_t j) { return a.found.path.years[t].real_wage[j]; }},
        {"factor_supply_percent", "what the region works with, change from the base",
         [](const PathAnswer& a, std::size_t t, std::size_t j) { return a.found.path.years[t].factor_supply[j]; }},
        {"year_welfare_percent", "consumption against the same year without these policies",
         [](const PathAnswer& a, std::size_t t, std::size_t j) { return a.found.in_year(t, static_cast<int>(j)); }},
    };
    return list;
}

// Numbers of a path by region.
struct PathMeasure {
    const char *key, *long_name;
    double (*value)(const StudyResult& run, const PathAnswer& a, int region);
};

double worth_in_money(const StudyResult& run, const PathAnswer& a, int region) {
    return run.base.world.income[static_cast<std::size_t>(region)] * (a.found.worth(region) - 1.0);
}

const std::vector<PathMeasure>& path_measures() {
    using Run = const StudyResult&;
    using Path = const PathAnswer&;
    static const std::vector<PathMeasure> list = {
        {"welfare_percent", "steady change of consumption that is worth as much as the path",
         [](Run, Path a, int j) { return percent_of(a.found.worth(j)); }},
        {"ev", "the same in money a year, at the income of the base", worth_in_money},
        {"impact_percent", "change of consumption in the first year",
         [](Run, Path a, int j) { return percent_of(a.found.impact(j)); }},
        {"long_run_percent", "change of consumption in the long run",
         [](Run, Path a, int j) { return percent_of(a.found.long_run(j)); }},
        {"after_percent", "change of consumption after the last year, discounted mean",
         [](Run, Path a, int j) { return percent_of(a.found.after(j)); }},
        {"long_run_capital_percent", "capital in the long run, change from the base",
         [](Run, Path a, int j) { return percent_of(a.found.path.long_run.capital[static_cast<std::size_t>(j)]); }},
        {"long_run_consumption_percent", "consumption in the long run, change from the base",
         [](Run, Path a, int j) { return percent_of(a.found.path.long_run.consumption[static_cast<std::size_t>(j)]); }},
        {"long_run_real_wage_percent", "real wage in the long run, change from the base",
         [](Run, Path a, int j) { return percent_of(a.found.path.long_run.real_wage[static_cast<std::size_t>(j)]); }},
    };
    return list;
}

Json rates_json(const World& w, const std::vector<double>& rates) {
    Json out = Json::object();
    for (std::size_t j = 0; j < rates.size(); ++j)
        if (rates[j] != 0.0) out[w.regions[static_cast<int>(j)]] = rates[j];
    return out;
}

Json certificate_json(const PathAnswer& a) {
    Json residual = Json::array(), passes = Json::array();
    for (const PathYear& year : a.found.path.years)
        residual.push_back(year.certificate.residual), passes.push_back(year.certificate.passes);
    return {{"residual", a.found.path.residual()},
            {"long_run_residual", a.found.path.long_run.certificate.residual},
            {"long_run_gap", a.found.path.long_run_gap},
            {"long_run_error", a.found.long_run_error()},
            {"tail_error", a.found.worth_error()},
            {"passes_over_trade", a.found.passes()},
            {"year_residual", residual},
            {"year_passes", passes}};
}

// Percent in a table; without a sign where nothing changes.
std::string cell(double hat) {
    const double percent = percent_of(hat);
    return std::abs(percent) < no_change ? "0" : fmt::format("{:+.4f}", percent);
}

}  // namespace

Json path_json(const StudyResult& run, const PathAnswer& a) {
    const PathQuestion& q = a.question;
    const World& w = run.base.world;
    Json out = opening_json(q, a);
    if (!a.answered()) return out;
    out["years"] = q.years;
    out["phases"] = Json::array();
    for (const PathPhase& phase : q.phases)
        out["phases"].push_back({{"from", phase.from}, {"scenario", phase.scenario}});
    out["capital"] = {{"share", q.rule.share}, {"transition", q.rule.transition}, {"discount", q.rule.discount}};
    if (!q.growth.productivity.empty()) out["growth"] = rates_json(w, q.growth.productivity);
    if (!q.growth.labour.empty()) out["labour"] = rates_json(w, q.growth.labour);
    for (int j = 0; j < w.n_regions(); ++j) {
        Json& region = out["regions"][w.regions[j]];
        for (const PathMeasure& measure : path_measures()) region[measure.key] = measure.value(run, a, j);
        for (const YearMeasure& measure : year_measures()) {
            Json list = Json::array();
            for (std::size_t t = 0; t < q.years.size(); ++t)
                list.push_back(percent_of(measure.hat(a, t, static_cast<std::size_t>(j))));
            region[measure.key] = std::move(list);
        }
    }
    out["certificate"] = certificate_json(a);
    return out;
}

std::string path_text(const StudyResult& run, const PathAnswer& a) {
    const World& w = run.base.world;
    const Money money = money_of(w.unit);
    const PathQuestion& q = a.question;
    std::string out = wrapped(a.words);
    if (q.growth.any())
        out += "  consumption against the same growth without these policies; \"capital then\" against the base:\n";
    out +=
        fmt::format("  {:<12} {:>10} {:>12} {:>11} {:>11} {:>11} {:>11}\n", "", "all years", "a year",
                    fmt::format("in {}", q.first()), fmt::format("in {}", q.years.back()), "long run", "capital then");
    out += fmt::format("  {:<12} {:>10} {:>12} {:>11} {:>11} {:>11} {:>11}\n", "region", "%", money.name, "%", "%", "%",
                       "%");
    for (int j = 0; j < w.n_regions(); ++j)
        out += fmt::format("  {:<12} {:>10} {:>+12.{}f} {:>11} {:>11} {:>11} {:>11}\n", w.regions[j],
                           cell(a.found.worth(j)), worth_in_money(run, a, j) * money.factor, money.decimals,
                           cell(a.found.impact(j)), cell(a.found.in_year(q.years.size() - 1, j)),
                           cell(a.found.long_run(j)), cell(a.found.path.long_run.capital[static_cast<std::size_t>(j)]));
    return out +
           fmt::format(
               "  certificate: residual {:.1e} in the worst year, long run {:.1e} from steady, years after the last "
               "to {:.0e}; {} passes over the trade tensor\n",
               a.found.path.residual(), a.found.path.long_run_gap, a.found.worth_error(), a.found.passes());
}

AnswerArrays path_arrays(const StudyResult& run) {
    const World& w = run.base.world;
    std::vector<const PathAnswer*> paths;
    std::set<int> years;
    AnswerArrays out;
    AnswerArrays::Dimension path{"path", {}}, year{"path_year", {}, true}, region{"region", w.regions.names()};
    for (const PathAnswer* a : answers_of<PathAnswer>(run.answers)) {
        if (!a->answered()) continue;
        paths.push_back(a);
        path.labels.push_back(a->name());
        years.insert(a->question.years.begin(), a->question.years.end());
    }
    if (paths.empty()) return out;
    for (const int one : years) year.labels.push_back(std::to_string(one));
    out.dimensions = {path, year, region};
    for (const PathMeasure& measure : path_measures()) {
        AnswerArrays::Array& array = out.arrays.emplace_back();
        array.name = measure.key, array.long_name = measure.long_name;
        array.units = array.name == "ev" ? w.unit : "percent";
        array.dimensions = {"path", "region"};
        for (const PathAnswer* a : paths)
            for (int j = 0; j < w.n_regions(); ++j) array.values.push_back(measure.value(run, *a, j));
    }
    for (const YearMeasure& measure : year_measures()) {
        AnswerArrays::Array& array = out.arrays.emplace_back();
        array.name = measure.key, array.long_name = measure.long_name, array.units = "percent";
        array.dimensions = {"path", "path_year", "region"};
        for (const PathAnswer* a : paths)
            for (const int one : years)
                for (std::size_t j = 0; j < w.income.size(); ++j) {
                    const bool there = one >= a->question.first() && one <= a->question.years.back();
                    const auto t = static_cast<std::size_t>(one - a->question.first());
                    array.values.push_back(there ? percent_of(measure.hat(*a, t, j))
                                                 : std::numeric_limits<double>::quiet_NaN());
                }
    }
    return out;
}

namespace {

const PathAnswer& path_of(const ClaimOutcomes& of, const ClaimCall& call) {
    return dynamic_cast<const PathAnswer&>(of.answer(call, 0, {"path"}));
}

// `error`: what the value may miss, in logs; none: as other numbers.
ClaimFunction over_path(const char* name, double (*value)(const StudyResult&, const PathAnswer&, int),
                        double (ComparedPath::*error)() const = nullptr) {
    ClaimFunction function;
    function.name = name;
    function.arguments = {question_argument("path", {"path"}), region_argument()};
    function.value = [value](const ClaimOutcomes& of, const ClaimCall& call) {
        return value(of.run(), path_of(of, call), of.region(call, 1));
    };
    function.size = [error](const ClaimOutcomes& of, const ClaimCall& call) {
        return size_with_error(100.0, error == nullptr ? 0.0 : 100.0 * (path_of(of, call).found.*error)());
    };
    return function;
}

ClaimFunction in_a_year(const char* name, const std::vector<double> PathYear::*list) {
    ClaimFunction function;
    function.name = name;
    function.arguments = {question_argument("path", {"path"}), region_argument(), year_argument()};
    function.value = [list](const ClaimOutcomes& of, const ClaimCall& call) {
        const PathAnswer& a = path_of(of, call);
        const auto t = static_cast<std::size_t>(call.number(2, year_argument().what) - a.question.first());
        return percent_of((a.found.path.years.at(t).*list)[static_cast<std::size_t>(of.region(call, 1))]);
    };
    function.size = size_of(100.0);
    return function;
}

}  // namespace

std::vector<ClaimFunction> path_claim_functions() {
    using Run = const StudyResult&;
    using Path = const PathAnswer&;
    ClaimFunction money = over_path("path_ev", worth_in_money);
    money.size = [](const ClaimOutcomes& of, const ClaimCall& call) {
        const double income = of.income(of.region(call, 1));
        return size_with_error(income, income * path_of(of, call).found.worth_error());
    };
    return {over_path(
                "path_welfare", [](Run, Path a, int j) { return percent_of(a.found.worth(j)); },
                &ComparedPath::worth_error),
            over_path("path_impact", [](Run, Path a, int j) { return percent_of(a.found.impact(j)); }),
            over_path(
                "path_long_run", [](Run, Path a, int j) { return percent_of(a.found.long_run(j)); },
                &ComparedPath::long_run_error),
            in_money(money),
            in_a_year("capital", &PathYear::capital),
            in_a_year("consumption", &PathYear::consumption)};
}

}  // namespace detente
