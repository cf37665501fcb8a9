#include "uncertainty/draw.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "equilibrium/model_table.h"

namespace detente {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

bool among(const std::vector<std::string>& list, const std::string& name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

const Answer* find_answer(const StudyResult& run, const std::string& name) {
    for (const auto& answer : run.answers)
        if (answer->name() == name) return answer.get();
    return nullptr;
}

// Why an outcome is not there; empty where it is.
std::string why_missing(const StudyResult& run, const std::string& name) {
    if (const auto at = run.scenario_positions.find(name); at != run.scenario_positions.end()) {
        const ScenarioResult& scenario = run.scenarios[at->second];
        return scenario.answered ? "" : scenario.error;
    }
    const Answer* answer = find_answer(run, name);
    if (answer == nullptr) return "it was not answered";
    return answer->answered() ? "" : answer->error();
}

// Keys of levels and changes; what welfare is made up of is said of the study's own answer alone.
std::vector<std::string> keys_of(const StudyResult& run) {
    std::vector<std::string> list;
    const std::vector<std::string> all = region_keys();
    const auto present = region_results(run.base.world, run.base_outcome, all);
    for (std::size_t k = 0; k < all.size(); ++k) {
        const bool any = std::any_of(present[k].begin(), present[k].end(), [](double v) { return !std::isnan(v); });
        if (any && all[k].find('.') == std::string::npos) list.push_back(all[k]);
    }
    return list;
}

}  // namespace

RowLayout::RowLayout(const StudyResult& run, const std::vector<std::string>& only)
    : keys(keys_of(run)), regions(static_cast<std::size_t>(run.base.world.n_regions())) {
    for (const ScenarioResult* outcome : detente::outcomes(run))
        if (among(only, outcome->scenario.name)) outcomes.push_back(outcome->scenario.name);
    for (const auto& answer : run.answers) {
        if (!among(only, answer->name()) || !answer->kind->figures) continue;
        Figures& figures = answers.emplace_back();
        figures.answer = answer.get();
        if (answer->answered())
            for (const AnswerFigure& figure : answer->kind->figures(run, *answer)) figures.names.push_back(figure.name);
    }
}

std::size_t RowLayout::size() const {
    std::size_t count = outcome_at(outcomes.size());
    for (const Figures& one : answers) count += one.names.size();
    return count;
}

std::vector<double> RowLayout::row(const StudyResult& run) const {
    std::vector<double> out;
    out.reserve(size());
    for (const std::string& name : outcomes) {
        const ScenarioResult* outcome = find_outcome(run, name);
        if (outcome == nullptr) {
            out.insert(out.end(), keys.size() * regions, none);
            continue;
        }
        for (const std::vector<double>& values : region_results(run.base.world, *outcome, keys))
            out.insert(out.end(), values.begin(), values.end());
    }
    for (const Figures& figures : answers) {
        std::unordered_map<std::string, double> found;
        const Answer* answer = find_answer(run, figures.answer->name());
        if (answer != nullptr && answer->answered())
            for (const AnswerFigure& figure : answer->kind->figures(run, *answer)) found[figure.name] = figure.value;
        for (const std::string& name : figures.names) {
            const auto at = found.find(name);
            out.push_back(at != found.end() && std::isfinite(at->second) ? at->second : none);
        }
    }
    return out;
}

DrawWorker::DrawWorker(const StudyResult& near, const RunOptions& options, const RowLayout& layout,
                       const std::vector<UncertainInput>& inputs)
    : near_(near), options_(options), layout_(layout), inputs_(inputs) {
    run_.study = near.study;
}

// Returns the part of tariff increases that is paid.
double DrawWorker::set_parameters(const std::vector<double>& values) {
    const Study& from = near_.study;
    Study& to = run_.study;
    to.economy.theta = from.economy.theta, to.economy.sigma = from.economy.sigma, to.economy.psi = from.economy.psi;
    to.model = from.model;
    to.questions = from.questions;
    const UncertaintySettings& settings = *from.uncertainty;
    std::vector<double> log_factor(static_cast<std::size_t>(from.economy.n_sectors()), 0.0);
    double coverage = 1.0;
    std::unordered_map<std::string, std::shared_ptr<Question>> questions;
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
        const UncertainInput& input = inputs_[i];
        switch (input.kind) {
            case UncertainInput::Kind::common_elasticity:
                for (std::size_t s = 0; s < log_factor.size(); ++s)
                    log_factor[s] += std::sqrt(settings.common) * from.economy.theta_log_sd[s] * values[i];
                break;
            case UncertainInput::Kind::elasticity:
                log_factor[static_cast<std::size_t>(input.sector)] += values[i];
                break;
            case UncertainInput::Kind::labour_supply:
                to.model.set("labour_supply", values[i]);
                break;
            case UncertainInput::Kind::tariff_coverage:
                coverage = values[i];
                break;
            case UncertainInput::Kind::question:
                for (const UncertainInput::Target& target : input.targets) {
                    std::shared_ptr<Question>& question = questions[target.question];
                    if (!question) {
                        const Question& as_is = *find_question(from, target.question);
                        question = as_is.kind->copy(as_is);
                    }
                    target.set(*question, values[i]);
                }
                break;
        }
    }
    for (auto& question : to.questions)
        if (const auto drawn = questions.find(question->name); drawn != questions.end()) question = drawn->second;
    if (settings.elasticities) {
        for (double& factor : log_factor) factor = std::exp(factor);
        scale_elasticities(to.economy, to.model, log_factor, settings.scale_elasticities);
    }
    return coverage;
}

void DrawWorker::collect(DrawnRow& row) const {
    row.numbers = layout_.row(run_);
    for (const std::string& name : layout_.outcomes) row.failures.push_back(why_missing(run_, name));
    for (const RowLayout::Figures& figures : layout_.answers)
        row.failures.push_back(why_missing(run_, figures.answer->name()));
    for (const ClaimAnswer& claim : run_.claims) row.verdicts.push_back(static_cast<char>(claim.verdict));
}

DrawnRow DrawWorker::answer(const std::vector<double>& values) {
    DrawnRow row;
    try {
        const double coverage = set_parameters(values);
        answer_again(run_, options_, coverage);
        collect(row);
    } catch (const Interrupted&) {
        throw;
    } catch (const Error& error) {
        row.failure = error.what();
        row.numbers.assign(layout_.size(), none);
    }
    return row;
}

}  // namespace detente
