// [[path]]: policies in phases over years, with capital that answers to them.
#include "questions/path.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "economy/money.h"
#include "questions/governments.h"
#include "questions/rows.h"
#include "reading/question_reader.h"
#include "report/words.h"

namespace detente {
namespace {

constexpr int earliest = 1000, latest = 9999;

std::vector<int> read_years(TomlReader& block) {
    if (!block.has("years"))
        throw_input({block.place("years"), "missing", "", "[first, last], such as [2018, 2035]", ""});
    const std::vector<double> given = block.numbers("years");
    const auto wrong = [&](const char* problem, const std::string& expected) {
        throw_input({block.place("years"), problem, fmt::format("[{:g}]", fmt::join(given, ", ")), expected, ""});
    };
    if (given.size() != 2) wrong("not a range of years", "[first, last], such as [2018, 2035]");
    for (const double year : given)
        if (year != std::floor(year) || year < earliest || year > latest)
            wrong("not a year", fmt::format("whole years from {} to {}", earliest, latest));
    if (given[1] < given[0]) wrong("the last year is before the first", "[first, last]");
    if (given[1] - given[0] >= most_years_of_a_path)
        wrong("too many years", fmt::format("at most {}", most_years_of_a_path));
    std::vector<int> years(static_cast<std::size_t>(given[1] - given[0]) + 1);
    std::iota(years.begin(), years.end(), static_cast<int>(given[0]));
    return years;
}

std::vector<PathPhase> read_phases(TomlReader& block, QuestionReading& reading, const std::vector<int>& years) {
    std::vector<PathPhase> phases;
    for (TomlReader& one : block.tables("phases")) {
        if (!one.has("from")) one.number("from");  // missing
        PathPhase phase{whole(one, "from", 0, years.front(), years.back()), one.text("scenario")};
        reading.need_outcome(phase.scenario, one.place("scenario"));
        one.finish();
        if (!phases.empty() && phase.from <= phases.back().from)
            throw_input({one.place("from"), "the phases are out of order", std::to_string(phase.from),
                         fmt::format("a year after {}, in which the phase before begins", phases.back().from), ""});
        phases.push_back(std::move(phase));
    }
    if (phases.empty())
        throw_input({block.place("phases"), "missing: a path has at least one phase", "",
                     fmt::format("phases = [{{ from = {}, scenario = \"...\" }}]", years.front()), ""});
    return phases;
}

CapitalRule read_rule(TomlReader& block) {
    CapitalRule rule;
    auto table = block.table("capital");
    if (!table) return rule;
    const auto take = [&](const char* key, double& value, bool zero, bool one, const char* range) {
        value = table->optional_number(key).value_or(value);
        if (!((value > 0.0 || (zero && value == 0.0)) && (value < 1.0 || (one && value == 1.0))))
            throw_input({table->place(key), "out of range", fmt::format("{:g}", value), range, ""});
    };
    take("share", rule.share, true, false, "from 0 to below 1");
    take("transition", rule.transition, false, true, "above 0 and at most 1");
    take("discount", rule.discount, false, false, "between 0 and 1, without them");
    table->finish();
    return rule;
}

// Rates by region; the last line that names a region counts for it.
std::vector<double> read_growth(TomlReader& block, const char* key, const Study& study, std::size_t years) {
    std::vector<double> rates;
    for (TomlReader& one : block.tables(key)) {
        const std::vector<int> regions =
            select_regions(study.economy, study.groups, one.names("region", {"*"}), one.place("region"));
        const double rate = checked_growth(one.number("rate"), static_cast<int>(years), one.place("rate"));
        one.finish();
        rates.resize(static_cast<std::size_t>(study.economy.n_regions()), 0.0);
        for (const int j : regions) rates[static_cast<std::size_t>(j)] = rate;
    }
    return rates;
}

PathQuestion read_path(TomlReader& block, QuestionReading& reading) {
    const Study& study = reading.study();
    if (const std::string reason = no_path_reason(study.model); !reason.empty()) throw_input(block.place(), reason);
    PathQuestion q;
    q.years = read_years(block);
    q.phases = read_phases(block, reading, q.years);
    q.rule = read_rule(block);
    q.growth.productivity = read_growth(block, "growth", study, q.years.size());
    q.growth.labour = read_growth(block, "labour", study, q.years.size());
    return q;
}

// What is too small to be a change is "nothing", wherever it stands.
std::string percent_words(double hat) {
    const double percent = percent_of(hat);
    return std::abs(percent) < no_change ? "nothing" : gain_text(percent);
}

// Those whom the path moves most in money, the largest first.
std::vector<int> most_moved(const StudyResult& run, const PathAnswer& a, std::size_t most) {
    const std::vector<double>& income = run.base.world.income;
    std::vector<int> order(income.size());
    std::iota(order.begin(), order.end(), 0);
    const auto size = [&](int j) { return std::abs(income[static_cast<std::size_t>(j)] * (a.found.worth(j) - 1.0)); };
    std::stable_sort(order.begin(), order.end(), [&](int x, int y) { return size(x) > size(y); });
    order.resize(std::min(most, order.size()));
    return order;
}

void add_words(const StudyResult& run, PathAnswer& a) {
    const PathQuestion& q = a.question;
    const World& w = run.base.world;
    std::vector<std::string> phases;
    for (const PathPhase& phase : q.phases)
        phases.push_back(fmt::format("{} from {} on", outcome_in_words(phase.scenario), phase.from));
    a.words.push_back(fmt::format(
        "In force: {}. What is in force in {} stays, and capital goes on to its long run, in which it has moved as "
        "consumption has.",
        fmt::join(phases, ", "), q.years.back()));
    for (const int j : most_moved(run, a, 3))
        a.words.push_back(fmt::format(
            "For {} the path is worth as much as {} of consumption in every year ({} a year, at the income of the "
            "base): {} in {}, with the capital of the base, and {} in the long run.",
            region_name(run, j), percent_words(a.found.worth(j)),
            money_text(w.unit, w.income[static_cast<std::size_t>(j)] * (a.found.worth(j) - 1.0)),
            percent_words(a.found.impact(j)), q.first(), percent_words(a.found.long_run(j))));
    if (q.growth.any())
        a.words.emplace_back(
            "Growth is given, the same with these policies and without them: what the path is worth compares the two.");
}

void answer(const StudyResult& run, const RunOptions& options, PathAnswer& a) {
    const PathQuestion& q = a.question;
    const World& w = run.base.world;
    SolverOptions solver = solver_options(run.study, options);
    solver.job = options.job.silent();  // a study tells of its questions
    std::map<std::string, Shock> policies;
    for (const PathPhase& phase : q.phases) policies.try_emplace(phase.scenario, shock_at(run, phase.scenario));
    std::vector<const Shock*> by_year;
    for (const int year : q.years) {
        const auto found = policies.find(q.in_force(year));
        by_year.push_back(found == policies.end() ? nullptr : &found->second);
    }
    a.found = compared_path(w, q.rule, by_year, q.growth, q.first(), solver);
    if (!options.brief()) add_words(run, a);
}

std::vector<std::string> assumptions(const Study& study) {
    std::vector<std::string> list = {
        "Paths over years: every year is an equilibrium of the model with what there is to work with that year. In "
        "every region a constant share of income is invested, whatever is expected (log utility and a Cobb-Douglas "
        "transition of capital; Anderson, Larch and Yotov 2020), capital does not move across borders, and the base is "
        "taken as a steady state. After the last year what is in force stays, without an end: those years are solved "
        "one by "
        "one until what is left of the way can be taken together (tail_error of the certificate says what that may "
        "miss)."};
    const auto grows = [](const auto& question) {
        const auto* path = dynamic_cast<const PathQuestion*>(question.get());
        return path != nullptr && path->growth.any();
    };
    if (std::any_of(study.questions.begin(), study.questions.end(), grows))
        list.emplace_back("Growth of a path is given and begins after its first year; it ends with the last.");
    return list;
}

std::vector<AnswerFigure> path_figures(const StudyResult& run, const Answer& answer) {
    const auto& a = dynamic_cast<const PathAnswer&>(answer);
    std::vector<AnswerFigure> list;
    for (int j = 0; j < run.base.world.n_regions(); ++j) {
        const std::string& region = run.base.world.regions[j];
        list.push_back({"welfare_percent." + region, percent_of(a.found.worth(j))});
        list.push_back({"impact_percent." + region, percent_of(a.found.impact(j))});
        list.push_back({"long_run_percent." + region, percent_of(a.found.long_run(j))});
    }
    return list;
}

}  // namespace

const std::string& PathQuestion::in_force(int year) const {
    static const std::string none = "base";
    const std::string* found = &none;
    for (const PathPhase& phase : phases)
        if (phase.from <= year) found = &phase.scenario;
    return *found;
}

QuestionKind path_row() {
    QuestionKind kind = question_kind<PathQuestion, PathAnswer>({"path", read_path, answer, path_json, path_text});
    kind.outcome = QuestionKind::Outcome::none;
    kind.add_json = [](const StudyResult& run, const Answer& one, Json& results) {
        results["paths"][one.name()] = path_json(run, dynamic_cast<const PathAnswer&>(one));
    };
    kind.assumptions = assumptions;
    kind.figures = path_figures;
    kind.arrays = path_arrays;
    kind.table = "paths";
    kind.claim_functions = path_claim_functions();
    return kind;
}

}  // namespace detente
