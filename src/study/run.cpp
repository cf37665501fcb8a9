#include "study/run.h"

#include <fmt/format.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "base/progress.h"

namespace detente {
namespace {

std::vector<const Scenario*> chosen(const Study& study, const std::vector<std::string>& only) {
    std::vector<const Scenario*> list;
    std::vector<std::string> names;
    for (const Scenario& s : study.scenarios) {
        names.push_back(s.name);
        if (only.empty() || std::find(only.begin(), only.end(), s.name) != only.end()) list.push_back(&s);
    }
    for (const std::string& name : only)
        if (std::find(names.begin(), names.end(), name) == names.end())
            throw_unknown_name(Place{study.file, 0, "--only"}, "scenario", name, names);
    return list;
}

void answer(const StudyResult& run, ScenarioResult& result) {
    const Study& study = run.study;
    if (interrupted()) {
        result.error = "interrupted before it was solved";
        return;
    }
    try {
        result.shock = build_shock(study.economy, study.scenarios, result.scenario);
        result.equilibrium = solve(run.base.world, result.shock);
        const bool ricardian = study.model.kind == ModelKind::ricardian;
        if (ricardian) result.first_order = first_order(run.base.world, result.equilibrium);
        // Elastic labour moves welfare through work as well, which the decomposition does not split.
        if (ricardian && study.model.labour_supply == 0.0 && study.decomposition && !interrupted())
            result.decomposition = decompose(run.base.world, result.shock, result.equilibrium);
        result.answered = true;
    } catch (const Error& error) {
        result.error = error.what();
    }
}

}  // namespace

bool StudyResult::complete() const {
    return std::all_of(scenarios.begin(), scenarios.end(), [](const ScenarioResult& s) { return s.answered; });
}

StudyResult run_study(Study study, const RunOptions& options) {
    const auto began = std::chrono::steady_clock::now();
    StudyResult run;
    run.study = std::move(study);
    const std::vector<const Scenario*> list = chosen(run.study, options.only);
    run.base = calibrate(run.study.economy, run.study.model);
    for (const Scenario* scenario : list)
        run.scenarios.push_back({*scenario, false, "", {}, {}, std::nullopt, std::nullopt});

    Progress progress("scenarios", static_cast<int>(list.size()), options.quiet);
    tbb::task_arena arena(options.threads > 0 ? options.threads : tbb::task_arena::automatic);
    arena.execute([&] {
        tbb::parallel_for(std::size_t{0}, run.scenarios.size(), [&](std::size_t k) {
            answer(run, run.scenarios[k]);
            progress.advance();
        });
    });
    run.assumptions = model_assumptions(run);
    run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    return run;
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

std::vector<std::vector<double>> tariff_matrix(const StudyResult& run, const ScenarioResult* scenario) {
    const World& w = run.base.world;
    const auto n = static_cast<std::size_t>(w.n_regions());
    std::vector<std::vector<double>> matrix(n, std::vector<double>(n, 0.0));
    for (int j = 0; j < w.n_regions(); ++j) {
        for (int i = 0; i < w.n_regions(); ++i) {
            double weighted = 0.0, weight = 0.0;
            for (int s = 0; s < w.n_sectors(); ++s) {
                const double flow = w.flow(i, j, s);
                weighted += flow * (scenario != nullptr ? scenario->equilibrium.tariff(i, j, s) : w.tariff(i, j, s));
                weight += flow;
            }
            matrix[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)] = weight > 0.0 ? weighted / weight : 0.0;
        }
    }
    return matrix;
}

}  // namespace detente
