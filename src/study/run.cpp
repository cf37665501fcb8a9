#include "study/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <unordered_set>

#include "base/threads.h"
#include "equilibrium/model_table.h"

namespace detente {
namespace {

// Which scenarios are asked for, by position; throws for a name that is none's.
std::vector<char> chosen(const Study& study, const std::vector<std::string>& only) {
    const std::unordered_set<std::string> asked(only.begin(), only.end());
    std::vector<char> list;
    std::vector<std::string> names;
    for (const Scenario& s : study.scenarios) {
        names.push_back(s.name);
        list.push_back(only.empty() || asked.count(s.name) > 0 ? 1 : 0);
    }
    for (const auto& question : study.questions) names.push_back(question->name);
    const std::unordered_set<std::string> known(names.begin(), names.end());
    for (const std::string& name : only)
        if (known.count(name) == 0)
            throw_unknown_name(Place{study.file, 0, "--only"}, "scenario or question", name, names);
    return list;
}

// The scenarios asked for, in the study's order, each with its shock.
std::vector<ScenarioResult> unsolved(const Study& study, const World& base, const std::vector<char>& wanted) {
    std::vector<ScenarioResult> list;
    std::vector<std::size_t> at(study.scenarios.size(), 0);
    for (std::size_t k = 0; k < wanted.size(); ++k) {
        if (wanted[k] == 0) continue;
        at[k] = list.size();
        list.emplace_back();
        list.back().scenario = study.scenarios[k];
    }
    build_shocks({study.economy, &base, study.model}, study.scenarios, wanted,
                 [&](std::size_t k, const Shock& shock) { list[at[k]].shock = shock; });
    return list;
}

// Rates above the base's count with a part of what they add; cuts count in full.
void cover(const World& base, double coverage, Shock& shock) {
    if (coverage == 1.0 || shock.tariff.empty()) return;
    for (std::size_t c = 0; c < shock.tariff.data().size(); ++c) {
        double& rate = shock.tariff.data()[c];
        const double before = base.tariff.data()[c];
        if (rate > before) rate = before + coverage * (rate - before);
    }
}

// From the neighbour's equilibrium, without parts of welfare: draws ask for how much, not for why.
void answer_near(const StudyResult& run, const ScenarioResult& near, const SolverOptions& solver,
                 ScenarioResult& result) {
    result.answered = false;
    result.error.clear();
    try {
        result.equilibrium = solve(run.base.world, result.shock, solver, near.answered ? &near.equilibrium : nullptr);
        result.answered = true;
    } catch (const Interrupted&) {
        throw;
    } catch (const Error& error) {
        result.error = error.what();
    }
}

void answer(const StudyResult& run, const SolverOptions& solver, ScenarioResult& result) {
    const Study& study = run.study;
    if (solver.job.cancelled()) {
        result.error = "interrupted before it was solved";
        return;
    }
    try {
        result.equilibrium = solve(run.base.world, result.shock, solver);
        const bool parts = run.base.world.model().welfare_parts;
        if (parts) result.first_order = first_order(run.base.world, result.equilibrium);
        result.answered = true;
        // Elastic labour moves welfare through work as well, which the decomposition does not split.
        if (parts && study.model.labour_supply == 0.0 && study.decomposition)
            result.decomposition = decompose(run.base.world, result.shock, result.equilibrium, solver);
    } catch (const Interrupted& error) {
        // The equilibrium stands without its decomposition.
        if (!result.answered) result.error = error.what();
    } catch (const Error& error) {
        result.answered = false;
        result.error = error.what();
    }
}

// The base comes first: what is finished at an interrupt needs it, and what is wrong with it is nobody else's fault.
void solve_base(StudyResult& run, const SolverOptions& solver) {
    try {
        run.base = calibrate(run.study.economy, run.study.model, solver);
        run.base_outcome.scenario.name = "base";
        run.base_outcome.shock.tariff = run.base.world.tariff;
        run.base_outcome.equilibrium = solve(run.base.world, {}, solver);
        run.base_outcome.answered = true;
    } catch (const Interrupted&) {
        throw;
    } catch (const Error& error) {
        const std::string what = std::string("the base, before any scenario: ") + error.what();
        if (error.kind() == ErrorKind::input) throw_input(Place{run.study.file, 0, "economy"}, what);
        throw Error(error.kind(), run.study.file + ": " + what, true);
    }
}

}  // namespace

SolverOptions solver_options(const Study& study, const RunOptions& options) {
    SolverOptions solver = study.solver;
    solver.job = options.job;
    return solver;
}

StudyResult run_base(Study study, const RunOptions& options) {
    StudyResult run;
    run.study = std::move(study);
    solve_base(run, solver_options(run.study, options));
    return run;
}

ScenarioResult answer_scenario(const StudyResult& run, const Scenario& scenario, const RunOptions& options) {
    ScenarioResult result;
    result.scenario = scenario;
    build_shocks({run.study.economy, &run.base.world, run.study.model}, {scenario}, {},
                 [&](std::size_t, const Shock& shock) { result.shock = shock; });
    const SolverOptions solver = solver_options(run.study, options);
    if (options.brief())
        answer_near(run, {}, solver, result);
    else
        answer(run, solver, result);
    return result;
}

StudyResult run_study(Study study, const RunOptions& given) {
    const auto began = std::chrono::steady_clock::now();
    StudyResult run;
    run.study = std::move(study);
    RunOptions options = given;
    options.only = with_references(run.study, given.only);
    // More threads than cores would only wait for each other.
    options.threads = usable_threads(options.threads);
    const std::vector<char> wanted = chosen(run.study, options.only);
    const SolverOptions solver = solver_options(run.study, options);
    solve_base(run, solver);
    run.scenarios = unsolved(run.study, run.base.world, wanted);
    for (std::size_t k = 0; k < run.scenarios.size(); ++k) run.scenario_positions[run.scenarios[k].scenario.name] = k;

    JobSteps steps(options.job, "scenarios", static_cast<int>(run.scenarios.size()));
    for_each_index(run.scenarios.size(), options.threads, [&](std::size_t k) {
        answer(run, solver, run.scenarios[k]);
        steps.advance();
    });
    answer_questions(run, options);
    run.claims = check_claims(run);
    answer_variants(run, options);
    run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    return run;
}

void answer_again(StudyResult& run, const RunOptions& options, double coverage) {
    const StudyResult& near = *options.near;
    const SolverOptions solver = solver_options(run.study, options);
    run.base = recalibrate(run.study.economy, run.study.model, near.base, solver);
    run.base_outcome.scenario = near.base_outcome.scenario;
    run.base_outcome.shock.tariff = run.base.world.tariff;
    run.base_outcome.equilibrium = solve(run.base.world, {}, solver);
    run.base_outcome.answered = true;
    std::vector<char> wanted;
    for (const Scenario& scenario : run.study.scenarios)
        wanted.push_back(near.scenario_positions.count(scenario.name) > 0 ? 1 : 0);
    run.scenario_positions = near.scenario_positions;
    run.scenarios = unsolved(run.study, run.base.world, wanted);
    for (std::size_t k = 0; k < run.scenarios.size(); ++k) {
        cover(run.base.world, coverage, run.scenarios[k].shock);
        answer_near(run, near.scenarios[k], solver, run.scenarios[k]);
    }
    run.answers.clear();
    answer_questions(run, options);
    solver.job.check();
    run.claims = check_claims(run);
}

std::vector<std::vector<double>> trade_matrix(const StudyResult& run, const ScenarioResult* scenario) {
    const World& w = run.base.world;
    const auto n = static_cast<std::size_t>(w.n_regions());
    std::vector<std::vector<double>> matrix(n, std::vector<double>(n, 0.0));
    for (int s = 0; s < w.n_sectors(); ++s)
        for (int j = 0; j < w.n_regions(); ++j)
            for (int i = 0; i < w.n_regions(); ++i)
                matrix[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)] +=
                    scenario != nullptr ? scenario->equilibrium.flow(i, j, s) : w.flow(i, j, s);
    return matrix;
}

std::vector<int> tariff_sectors(const Economy& economy, TariffLines lines) {
    const std::vector<char> goods = tariff_sectors(economy);
    std::vector<int> list;
    for (int s = 0; s < economy.n_sectors(); ++s)
        if ((goods[static_cast<std::size_t>(s)] != 0) == (lines == TariffLines::goods)) list.push_back(s);
    return list;
}

std::vector<std::vector<double>> tariff_matrix(const StudyResult& run, const ScenarioResult* scenario,
                                               TariffLines lines) {
    const World& w = run.base.world;
    const std::vector<int> sectors = tariff_sectors(run.study.economy, lines);
    const auto n = static_cast<std::size_t>(w.n_regions());
    std::vector<std::vector<double>> matrix(n, std::vector<double>(n, 0.0));
    for (int j = 0; j < w.n_regions(); ++j) {
        for (int i = 0; i < w.n_regions(); ++i) {
            double weighted = 0.0, weight = 0.0, sum = 0.0;
            for (const int s : sectors) {
                const double flow = w.flow(i, j, s);
                const double rate = scenario != nullptr ? scenario->equilibrium.tariff(i, j, s) : w.tariff(i, j, s);
                weighted += flow * rate;
                weight += flow;
                sum += rate;
            }
            // A rate on what is not traded in the base is a rate all the same.
            const double plain = sectors.empty() ? 0.0 : sum / static_cast<double>(sectors.size());
            matrix[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)] = weight > 0.0 ? weighted / weight : plain;
        }
    }
    return matrix;
}

}  // namespace detente
