// Answering a study.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "equilibrium/welfare.h"
#include "study/study.h"

namespace detente {

class OutputFolder;

struct RunOptions {
    std::vector<std::string> only;  ///< names of scenarios and questions; empty: all of them
    int threads = 0;                ///< 0: as many as the machine has
    bool quiet = false;             ///< no progress bar
    Job job = {};                   ///< a cancelled one leaves unanswered what was not finished
};

/// The study's settings of the solver, with the job of the run.
SolverOptions solver_options(const Study& study, const RunOptions& options);

struct ScenarioResult {
    Scenario scenario;
    bool answered = false;
    std::string error;  ///< why not, where `answered` is false
    Shock shock;
    Equilibrium equilibrium;
    std::optional<FirstOrder> first_order;  ///< `ricardian` only
    std::optional<Decomposition> decomposition;
};

struct Answers;
struct RelationAnswers;

struct StudyResult {
    Study study;
    Calibration base;
    ScenarioResult base_outcome;  ///< the base as a scenario without changes
    std::vector<ScenarioResult> scenarios;
    std::unordered_map<std::string, std::size_t> scenario_positions;  ///< in `scenarios`, by name
    std::shared_ptr<Answers> answers;  ///< to the questions about governments; never null after `run_study`
    std::shared_ptr<RelationAnswers> relation_answers;  ///< never null after `run_study`
    std::vector<std::string> assumptions;               ///< sentences for a person, in the order of their weight
    double seconds = 0.0;
    bool complete() const;    ///< every scenario and question asked for was answered
    bool any_answer() const;  ///< at least one scenario, question, relation or challenge was
};

/// Calibrates and solves every scenario (in parallel; the result does not depend on the number of threads). A
/// scenario that fails keeps its error and does not stop the others. Throws where the base itself fails.
StudyResult run_study(Study study, const RunOptions& options = {});

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
/// The mean of a percentage over regions, weighted by their income in the base.
std::optional<double> group_result(const StudyResult& result, const ScenarioResult& scenario,
                                   const std::vector<int>& members, const std::string& key);
/// The study's groups of regions, by name, with the members' positions.
std::vector<std::pair<std::string, std::vector<int>>> region_groups(const StudyResult& result);

/// How far the base moved from the tables, and what that means where it is far.
std::string movement_in_words(const StudyResult& result);
/// What scenarios do to deficits where that is not what the model's closure says, a sentence each.
std::vector<std::string> deficits_in_words(const StudyResult& result);

/// What the model and its options assume, in sentences.
std::vector<std::string> model_assumptions(const StudyResult& result);

/// How amounts are shown: in billions where the unit says what one is; in the unit itself otherwise.
struct Money {
    double factor = 1.0;
    std::string name;
    int decimals = 1;
};
Money money_of(const std::string& unit);

/// An amount a year in words, in the economy's money ("+3.4 bn US$").
std::string money_text(const std::string& unit, double amount);

/// Tables for a terminal.
std::string console_tables(const StudyResult& result);

/// The files of a set of results, relative to its folder.
std::vector<std::string> result_files();
/// Writes results.json, results.nc, tables/*.csv and report.html, and puts them in place: all of them or none.
void write_results(const StudyResult& result, OutputFolder& folder);
/// The same for a folder that is tried only now.
void write_results(const StudyResult& result, const std::filesystem::path& folder);

std::string results_json(const StudyResult& result);
std::string report_html(const StudyResult& result);
/// The same around results that have been put into words already.
std::string report_html(const std::string& results_json);
void write_results_netcdf(const StudyResult& result, const std::filesystem::path& path);
void write_tables(const StudyResult& result, const std::filesystem::path& folder);

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
