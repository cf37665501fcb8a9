// Answering a study.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/job.h"
#include "study/claims.h"
#include "study/study.h"
#include "study/variants.h"

namespace detente {

/// How a study is run.
struct RunOptions {
    std::vector<std::string> only;  ///< names of scenarios and questions; empty: all of them
    int threads = 0;                ///< 0: as many as the machine has
    /// A cancelled one leaves unanswered what was not finished, and ends the call where that is the base. Hears of
    /// "scenarios" and "questions".
    Job job = {};
    /// A run of the same study with other parameters, from whose answers searches begin. What only words, figures and
    /// certificates of a search need is left out then. Null: none.
    const struct StudyResult* near = nullptr;
    /// What no outcome, claim or figure rests on is left out: maps, histories, tables of what dialogue would be worth.
    bool verdicts_alone = false;
    bool brief() const { return verdicts_alone || near != nullptr; }
};

/// The study's settings of the solver, with the job of the run.
SolverOptions solver_options(const Study& study, const RunOptions& options);

/// A study and everything that was answered of it.
struct StudyResult {
    Study study;
    Calibration base;
    ScenarioResult base_outcome;  ///< the base as a scenario without changes
    std::vector<ScenarioResult> scenarios;
    std::unordered_map<std::string, std::size_t> scenario_positions;  ///< in `scenarios`, by name
    /// To the questions asked for, in the order of the study.
    std::vector<std::shared_ptr<const Answer>> answers;
    std::vector<ClaimAnswer> claims;
    std::shared_ptr<const UncertaintyResult> uncertainty;  ///< over draws of parameters; null where none are drawn
    std::vector<VariantAnswer> variants;                   ///< in the order of the study
    double seconds = 0.0;
    bool complete() const;    ///< every scenario and question asked for was answered, under every variant
    bool any_answer() const;  ///< at least one scenario or question was
};

/// Calibrates, solves every scenario and answers every question, each after those that it refers to, and then the
/// claims (in parallel; the result does not depend on the number of threads). What fails keeps its error and does not
/// stop the rest. Writes nothing. Throws where the base itself fails, and an input error for a name in `only` that the
/// study does not have.
StudyResult run_study(Study study, const RunOptions& options = {});

/// The study's base alone, with no scenario and no question answered: what `answer_scenario` and `answer_questions` add
/// to. Throws where the base fails.
StudyResult run_base(Study study, const RunOptions& options = {});

/// A scenario on the base of `run`, whatever scenarios its study has: for who asks one after another; with brief
/// options without the parts of its welfare. What fails keeps its error; throws an input error for what cannot be a
/// shock, and for a scenario that comes from another.
ScenarioResult answer_scenario(const StudyResult& run, const Scenario& scenario, const RunOptions& options = {});

/// Answers anew, from `options.near`, what that run answered: `run` has its study with other parameters (economy,
/// model, questions). Rates above the base's count with `coverage` of what they add. Throws where the base fails, and
/// `Interrupted`.
void answer_again(StudyResult& run, const RunOptions& options, double coverage = 1.0);

/// Names asked for and everything that they refer to; empty stays empty (all of them).
std::vector<std::string> with_references(const Study& study, std::vector<std::string> only);
/// Answers the questions asked for, in the order of their dependency. Part of `run_study`.
void answer_questions(StudyResult& run, const RunOptions& options);

/// The outcome of a scenario or question by name; "base" is the base itself. Null where there is none answered.
const ScenarioResult* find_outcome(const StudyResult& run, const std::string& name);
/// The same; throws a solve error where it was not answered.
const ScenarioResult& need_outcome(const StudyResult& run, const std::string& name);
/// The shock of a scenario or question by name; throws a solve error where it was not answered.
Shock shock_at(const StudyResult& run, const std::string& name);
/// The answer of `options.near` to the question of this name, where it has one of this type; null else.
template <class AnswerType>
const AnswerType* near_answer(const RunOptions& options, const std::string& name) {
    if (options.near == nullptr) return nullptr;
    for (const auto& answer : options.near->answers)
        if (answer->name() == name && answer->answered()) return dynamic_cast<const AnswerType*>(answer.get());
    return nullptr;
}
/// The answer to a question by name; throws a solve error where it was not answered.
const Answer& need_answer(const StudyResult& run, const std::string& name);

/// Every scenario and every question's equilibrium, each once, in the order of the report.
std::vector<const ScenarioResult*> outcomes(const StudyResult& run);

/// The cells of a replication table: printed, formula, exact, and whether the formula agrees to every printed digit.
struct PublishedRow {
    PublishedValue value;
    std::optional<double> formula, exact;
    std::string formula_text, exact_text;  ///< to one digit more than printed
    std::optional<double> difference;      ///< ours minus the printed number
    bool agrees = false;  ///< the formula (or, without one, the exact number) rounds to the printed digits
};
std::vector<PublishedRow> published_rows(const StudyResult& result, const PublishedTable& table);

/// One result of a region by its key in results.json ("welfare_percent", "first_order.terms_of_trade_percent").
std::optional<double> region_result(const StudyResult& result, const ScenarioResult& scenario, int region,
                                    const std::string& key);
/// The same for an equilibrium that is no scenario of a study.
std::optional<double> region_result(const World& world, const ScenarioResult& scenario, int region,
                                    const std::string& key);
/// Several keys for all regions at once, [key][region]; NaN where the model has none.
std::vector<std::vector<double>> region_results(const World& world, const ScenarioResult& scenario,
                                                const std::vector<std::string>& keys);
/// The mean of a percentage over regions, weighted by their income in the base.
std::optional<double> group_result(const StudyResult& result, const ScenarioResult& scenario,
                                   const std::vector<int>& members, const std::string& key);
/// The study's groups of regions, by name, with the members' positions.
std::vector<std::pair<std::string, std::vector<int>>> region_groups(const StudyResult& result);

/// Sums over sectors, exporter x importer: flows of the base (`scenario` null) or of a scenario, home sales on the
/// diagonal.
std::vector<std::vector<double>> trade_matrix(const StudyResult& result, const ScenarioResult* scenario);
/// Where tariffs can apply, and the rest. An economy without goods flags has goods alone.
enum class TariffLines { goods, services };
/// Mean rates over goods or services, weighted by the base's imports (plain where there are none), exporter x importer.
std::vector<std::vector<double>> tariff_matrix(const StudyResult& result, const ScenarioResult* scenario,
                                               TariffLines lines = TariffLines::goods);
/// Positions of the sectors that are goods (all where the economy has no flags), or of the others.
std::vector<int> tariff_sectors(const Economy& economy, TariffLines lines);

}  // namespace detente
