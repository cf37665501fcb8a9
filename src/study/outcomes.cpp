// What was answered, by name.
#include <algorithm>

#include "study/run.h"

namespace detente {
namespace {

bool has_own_outcome(const QuestionKind& kind) {
    return kind.outcome == QuestionKind::Outcome::own;
}

}  // namespace

std::vector<std::string> outcome_names(const Study& study) {
    std::vector<std::string> names = {"base"};
    for (const Scenario& scenario : study.scenarios) names.push_back(scenario.name);
    for (const auto& question : study.questions)
        if (has_own_outcome(*question->kind)) names.push_back(question->name);
    return names;
}

std::vector<std::string> question_names(const Study& study, const std::vector<std::string>& blocks) {
    std::vector<std::string> names;
    for (const std::string& block : blocks)
        for (const auto& question : study.questions)
            if (question->kind->block == block) names.push_back(question->name);
    return names;
}

const Question* find_question(const Study& study, const std::string& name) {
    for (const auto& question : study.questions)
        if (question->name == name) return question.get();
    return nullptr;
}

std::vector<const ScenarioResult*> outcomes(const StudyResult& run) {
    std::vector<const ScenarioResult*> list;
    for (const ScenarioResult& scenario : run.scenarios) list.push_back(&scenario);
    for (const auto& answer : run.answers)
        if (has_own_outcome(*answer->kind)) list.push_back(&answer->outcome);
    return list;
}

const ScenarioResult* find_outcome(const StudyResult& run, const std::string& wanted) {
    if (wanted == "base") return &run.base_outcome;
    if (const auto at = run.scenario_positions.find(wanted); at != run.scenario_positions.end()) {
        const ScenarioResult& scenario = run.scenarios[at->second];
        return scenario.answered ? &scenario : nullptr;
    }
    for (const auto& answer : run.answers)
        if (answer->name() == wanted && has_own_outcome(*answer->kind))
            return answer->answered() ? &answer->outcome : nullptr;
    return nullptr;
}

// A question refers to an outcome that failed, or that was not asked for.
const ScenarioResult& need_outcome(const StudyResult& run, const std::string& name) {
    const ScenarioResult* found = find_outcome(run, name);
    if (found == nullptr) throw Error(ErrorKind::solve, "it needs \"" + name + "\", which was not answered");
    return *found;
}

Shock shock_at(const StudyResult& run, const std::string& name) {
    Shock shock = need_outcome(run, name).shock;
    if (shock.tariff.empty()) shock.tariff = run.base.world.tariff;
    return shock;
}

const Answer& need_answer(const StudyResult& run, const std::string& name) {
    for (const auto& answer : run.answers)
        if (answer->name() == name && answer->answered()) return *answer;
    throw Error(ErrorKind::solve, "it needs \"" + name + "\", which was not answered");
}

bool StudyResult::complete() const {
    return (!uncertainty || uncertainty->error.empty()) &&
           std::all_of(scenarios.begin(), scenarios.end(), [](const ScenarioResult& s) { return s.answered; }) &&
           std::all_of(answers.begin(), answers.end(), [](const auto& a) { return a->answered(); }) &&
           std::all_of(variants.begin(), variants.end(), [](const VariantAnswer& v) { return v.complete(); });
}

bool StudyResult::any_answer() const {
    return std::any_of(scenarios.begin(), scenarios.end(), [](const ScenarioResult& s) { return s.answered; }) ||
           std::any_of(answers.begin(), answers.end(), [](const auto& a) { return a->answered(); });
}

}  // namespace detente
