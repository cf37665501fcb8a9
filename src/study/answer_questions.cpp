// Questions in the order of their dependency, whatever their kind.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "study/run.h"

namespace detente {
namespace {

using Questions = std::vector<std::shared_ptr<const Question>>;

// Positions such that every question comes after those that it refers to, and otherwise as the study has them. Readers
// have refused circles.
std::vector<std::size_t> order_of(const Questions& questions) {
    std::unordered_map<std::string, std::size_t> at;
    for (std::size_t k = 0; k < questions.size(); ++k) at.emplace(questions[k]->name, k);
    std::vector<std::size_t> order;
    std::vector<char> visited(questions.size(), 0);
    std::vector<std::pair<std::size_t, std::size_t>> path;  // question, and which of its needs is next
    for (std::size_t first = 0; first < questions.size(); ++first) {
        if (visited[first] == 0) path.emplace_back(first, 0), visited[first] = 1;
        while (!path.empty()) {
            auto& [here, next] = path.back();
            if (next == questions[here]->needs.size()) {
                order.push_back(here);
                path.pop_back();
                continue;
            }
            const auto found = at.find(questions[here]->needs[next++]);
            if (found == at.end() || visited[found->second] != 0) continue;
            visited[found->second] = 1;
            path.emplace_back(found->second, 0);
        }
    }
    return order;
}

std::shared_ptr<Answer> unanswered(const Question& question) {
    std::shared_ptr<Answer> answer = question.kind->unanswered(question);
    answer->kind = question.kind;
    Scenario& scenario = answer->outcome.scenario;
    scenario.name = question.name, scenario.title = question.title, scenario.description = question.description;
    scenario.from = question.from, scenario.place = question.place;
    return answer;
}

std::shared_ptr<Answer> answered(const StudyResult& run, const RunOptions& options, const Question& question) {
    std::shared_ptr<Answer> answer = unanswered(question);
    try {
        options.job.check();
        question.kind->answer(run, options, *answer);
        answer->outcome.answered = true;
    } catch (const Error& error) {
        answer->outcome.error = error.what();
    }
    return answer;
}

}  // namespace

std::vector<std::string> with_references(const Study& study, std::vector<std::string> only) {
    std::unordered_map<std::string, const Question*> questions;
    for (const auto& question : study.questions) questions.emplace(question->name, question.get());
    std::unordered_set<std::string> seen(only.begin(), only.end());
    for (std::size_t k = 0; k < only.size(); ++k) {
        const auto found = questions.find(only[k]);
        if (found == questions.end()) continue;
        for (const std::string& name : found->second->needs)
            if (name != "base" && seen.insert(name).second) only.push_back(name);
    }
    return only;
}

void answer_questions(StudyResult& run, const RunOptions& options) {
    const Questions& questions = run.study.questions;
    const std::unordered_set<std::string> asked(options.only.begin(), options.only.end());
    JobSteps steps(options.job, "questions", static_cast<int>(questions.size()));
    std::vector<std::size_t> position;  // of the answers, in the study
    for (const std::size_t k : order_of(questions)) {
        if (!asked.empty() && asked.count(questions[k]->name) == 0) continue;
        run.answers.push_back(answered(run, options, *questions[k]));
        position.push_back(k);
        steps.advance();
    }
    std::vector<std::shared_ptr<const Answer>> by_position(questions.size());
    for (std::size_t a = 0; a < run.answers.size(); ++a) by_position[position[a]] = run.answers[a];
    run.answers.clear();
    for (auto& answer : by_position)
        if (answer) run.answers.push_back(std::move(answer));
}

}  // namespace detente
