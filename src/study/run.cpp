#include "study/run.h"

#include <fmt/format.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "base/progress.h"
#include "base/threads.h"
#include "study/relation_answers.h"

namespace detente {
namespace {

std::vector<std::string> all_references(const Study& study, const std::string& name) {
    for (const RelationQuestion& q : study.relation_questions->relation)
        if (q.name == name) {
            std::vector<std::string> list = {q.cooperate, q.war, q.from};
            list.insert(list.end(), q.policies.begin(), q.policies.end());
            return list;
        }
    return references(study.questions, name);
}

// With --only, what the questions asked for refer to is answered too.
std::vector<std::string> with_references(const Study& study, std::vector<std::string> only) {
    if (only.empty()) return only;
    for (std::size_t k = 0; k < only.size(); ++k)
        for (const std::string& name : all_references(study, only[k]))
            if (name != "base" && std::find(only.begin(), only.end(), name) == only.end()) only.push_back(name);
    return only;
}

std::vector<const Scenario*> chosen(const Study& study, const std::vector<std::string>& only) {
    std::vector<const Scenario*> list;
    std::vector<std::string> names;
    for (const Scenario& s : study.scenarios) {
        names.push_back(s.name);
        if (only.empty() || std::find(only.begin(), only.end(), s.name) != only.end()) list.push_back(&s);
    }
    for (const std::string& name : question_names(study.questions)) names.push_back(name);
    for (const RelationQuestion& q : study.relation_questions->relation) names.push_back(q.name);
    for (const std::string& name : only)
        if (std::find(names.begin(), names.end(), name) == names.end())
            throw_unknown_name(Place{study.file, 0, "--only"}, "scenario or question", name, names);
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
        result.answered = true;
        // Elastic labour moves welfare through work as well, which the decomposition does not split.
        if (ricardian && study.model.labour_supply == 0.0 && study.decomposition)
            result.decomposition = decompose(run.base.world, result.shock, result.equilibrium);
    } catch (const Interrupted& error) {
        // The equilibrium stands without its decomposition.
        if (!result.answered) result.error = error.what();
    } catch (const Error& error) {
        result.answered = false;
        result.error = error.what();
    }
}

}  // namespace

bool StudyResult::complete() const {
    const auto all = all_outcomes(*this);
    const auto& relations = relation_answers->relation;
    return std::all_of(all.begin(), all.end(), [](const ScenarioResult* s) { return s->answered; }) &&
           std::all_of(relations.begin(), relations.end(), [](const RelationAnswer& a) { return a.answered(); });
}

bool StudyResult::any_answer() const {
    const auto all = all_outcomes(*this);
    const auto& relations = relation_answers->relation;
    return std::any_of(all.begin(), all.end(), [](const ScenarioResult* s) { return s->answered; }) ||
           std::any_of(relations.begin(), relations.end(), [](const RelationAnswer& a) { return a.answered(); }) ||
           !relation_answers->challenge.empty();
}

StudyResult run_study(Study study, const RunOptions& given) {
    const auto began = std::chrono::steady_clock::now();
    StudyResult run;
    run.study = std::move(study);
    RunOptions options = given;
    options.only = with_references(run.study, given.only);
    // More threads than cores would only wait for each other.
    options.threads = usable_threads(options.threads);
    const std::vector<const Scenario*> list = chosen(run.study, options.only);
    run.base = calibrate(run.study.economy, run.study.model);
    // First, so that what is finished at an interrupt has its base.
    run.base_outcome.scenario.name = "base";
    run.base_outcome.shock.tariff = run.base.world.tariff;
    run.base_outcome.equilibrium = solve(run.base.world, {});
    run.base_outcome.answered = true;
    for (const Scenario* scenario : list)
        run.scenarios.push_back({*scenario, false, "", {}, {}, std::nullopt, std::nullopt});

    Progress progress("scenarios", static_cast<int>(list.size()), options.quiet);
    tbb::task_arena arena(options.threads);
    arena.execute([&] {
        tbb::parallel_for(std::size_t{0}, run.scenarios.size(), [&](std::size_t k) {
            answer(run, run.scenarios[k]);
            progress.advance();
        });
    });
    run.answers = std::make_shared<Answers>();
    answer_questions(run, options);
    run.relation_answers = std::make_shared<RelationAnswers>();
    answer_relations(run, options);
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

std::vector<int> tariff_sectors(const Economy& economy, TariffLines lines) {
    const bool flagged = std::find(economy.goods.begin(), economy.goods.end(), 1) != economy.goods.end();
    std::vector<int> list;
    for (int s = 0; s < economy.n_sectors(); ++s) {
        const bool goods = !flagged || economy.goods[static_cast<std::size_t>(s)] != 0;
        if (goods == (lines == TariffLines::goods)) list.push_back(s);
    }
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
