#include "session.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/file.h"
#include "base/toml_reader.h"
#include "compact_economy.h"
#include "json_table.h"
#include "questions/built_in.h"
#include "reading/question_reading.h"
#include "report/results.h"
#include "report/results_json.h"
#include "report/words.h"
#include "uncertainty/uncertainty.h"

namespace detente::page {
namespace {

namespace fs = std::filesystem;

// Folders of the file system that WebAssembly has in memory, as in the source tree: messages name files as the command
// does there.
constexpr const char* root = "/detente";
constexpr const char* studies = "studies";

// Where a source lies. Throws where its name leads out of the root.
fs::path source_path(const fs::path& folder, const std::string& name) {
    const fs::path path = (folder / name).lexically_normal();
    if (name.empty() || path.is_absolute() || *path.begin() == ".." || !path.has_filename())
        throw_input({Place{"", 0, "sources"}, "not a name that a source can have", name,
                     "a path as the study gives it, such as \"../ledgers/busan.toml\"", ""});
    return path;
}

void write_source(const fs::path& path, const std::string& text) {
    make_folder(path.has_parent_path() ? path.parent_path() : fs::path("."));
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out << text;
    if (!out.flush()) throw_file(path.string(), "cannot be kept");
}

// Sources of one run, gone with it: a name that the next study does not bring is not found.
class OwnSources {
public:
    explicit OwnSources(const Json& sources) {
        for (const auto& [name, text] : sources.items()) {
            const fs::path path = source_path(studies, name);
            if (fs::exists(path)) kept_[path] = read_bytes(path);
            paths_.push_back(path);
            write_source(path, text.get<std::string>());
        }
    }
    ~OwnSources() {
        std::error_code ignored;
        for (const fs::path& path : paths_) fs::remove(path, ignored);
        for (const auto& [path, text] : kept_) std::ofstream(path, std::ios::binary) << text;
    }
    OwnSources(const OwnSources&) = delete;
    OwnSources& operator=(const OwnSources&) = delete;

private:
    std::vector<fs::path> paths_;
    std::map<fs::path, std::string> kept_;
};

// FNV-1a: tells one economy from another in a link.
std::string hash_of(std::string_view bytes) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    std::ostringstream out;
    out << std::hex << hash;
    return out.str();
}

Json columns_json(const std::map<std::string, std::vector<double>>& columns) {
    Json out = Json::object();
    for (const auto& [name, column] : columns) out[name] = column;
    return out;
}

std::vector<bool> goods_of(const Economy& e) {
    const std::vector<char> flags = tariff_sectors(e);
    return {flags.begin(), flags.end()};
}

Json economy_json(const Economy& e) {
    return {{"title", e.title},
            {"source", e.source},
            {"licence", e.licence},
            {"note", e.note},
            {"unit", e.unit},
            {"year", e.year},
            {"regions", e.regions.names()},
            {"sectors", e.sectors.names()},
            {"sector_titles", e.sector_titles},
            {"goods", goods_of(e)},
            {"value_added", labour_income(e)},
            {"region_columns", columns_json(e.region_columns)},
            {"sector_columns", columns_json(e.sector_columns)}};
}

// What results.json does not have of an outcome: by importer and sector, to seven digits.
Json sectors_json(const StudyResult& run, const ScenarioResult& outcome) {
    const World& w = run.base.world;
    const Equilibrium& e = outcome.equilibrium;
    const auto n = static_cast<std::size_t>(w.n_regions()), m = static_cast<std::size_t>(w.n_sectors());
    const std::vector<std::vector<double>> none(n, std::vector<double>(m, 0.0));
    auto price = none, before = none, imports = none, revenue = none;
    for (int j = 0; j < w.n_regions(); ++j)
        for (int s = 0; s < w.n_sectors(); ++s) {
            const auto row = static_cast<std::size_t>(j), at = static_cast<std::size_t>(s);
            price[row][at] = 100.0 * (e.price_hat(j, s) - 1.0);
            for (int i = 0; i < w.n_regions(); ++i) {
                if (i == j) continue;
                before[row][at] += w.flow(i, j, s), imports[row][at] += e.flow(i, j, s);
                revenue[row][at] += e.tariff(i, j, s) * e.flow(i, j, s);
            }
        }
    return {{"price_percent", seven_digits(price)},
            {"imports_base", seven_digits(before)},
            {"imports", seven_digits(imports)},
            {"tariff_revenue", seven_digits(revenue)}};
}

std::string text_of(const toml::table& table) {
    std::ostringstream out;
    out << table;
    return out.str();
}

// The scenario of a question, under a name that none of its own keys has.
Scenario scenario_of(toml::table table, const std::string& what, const StudyResult& run, const Sources& sources) {
    if (!table.contains("name")) table.insert("name", "policy");
    return read_scenario(TomlReader(table, what, ""), run.study, sources);
}

}  // namespace

Session::Session(Job::Report tell) : job_(std::stop_token(), std::move(tell)) {
    for (const char* folder : {"studies", "ledgers", "elasticities", "tariffs"}) make_folder(fs::path(root) / folder);
    fs::current_path(root);
    catalogue_.add_elasticity_folder("elasticities");
    catalogue_.add_schedule_folder("tariffs");
}

const StudyResult& Session::base() const {
    if (!base_) throw Error(ErrorKind::input, "no economy is open");
    return *base_;
}

Sources Session::sources() const {
    Sources sources;
    sources.folder = studies;
    sources.catalogue = catalogue_;
    sources.job = job_.silent();
    return sources;
}

Json Session::open(std::string_view bytes, const std::string& name) {
    auto economy = std::make_shared<const Economy>(read_compact(bytes, name));
    catalogue_.add(name, economy);
    economy_ = name;
    Json out = economy_json(*economy);
    out["name"] = name;
    out["hash"] = hash_of(bytes);
    out.update(configure("{}"));
    return out;
}

void Session::add_source(const std::string& name, const std::string& text) {
    write_source(source_path("", name), text);
}

Json Session::configure(const std::string& question) {
    toml::table asked = json_table(question, "settings");
    toml::table economy, document;
    if (toml::table* keys = asked["elasticities"].as_table()) economy = *keys;
    if (const auto set = asked["elasticities"].value<std::string>()) economy.insert("elasticities", *set);
    const std::string name = asked["economy"].value_or(economy_);
    if (name.empty()) throw Error(ErrorKind::input, "no economy is open");
    economy.insert_or_assign("name", name);
    asked.erase("economy"), asked.erase("elasticities");
    // What is left are blocks of a study: "model", "groups".
    document = std::move(asked);
    document.insert_or_assign("economy", std::move(economy));
    document.insert_or_assign("scenario", toml::array{toml::table{{"name", "none"}}});
    Study study = read_study(text_of(document), "settings", sources());
    study.scenarios.clear();
    base_ = run_base(std::move(study), {.job = job_.silent()});
    economy_ = name;
    Json base = base_json(*base_);
    return {{"certificate", base["certificate"]},
            {"elasticities", elasticities_json(base_->study.economy)},
            {"sales_are_income", sales_over_income(*base_).has_value()},
            {"assumptions", assumptions_in_words(*base_)},
            {"base", std::move(base)}};
}

Json Session::solve(const std::string& question) const {
    const StudyResult& run = base();
    toml::table table = json_table(question, "policy");
    const std::vector<std::string> without = TomlReader(table, "policy", "").names("without");
    table.erase("without");
    for (const std::string& part : without)
        if (part != "trade" && part != "tariffs" && part != "parts")
            throw_unknown_name(Place{"policy", 0, "without"}, "part of an answer", part, {"trade", "tariffs", "parts"});
    const bool parts = std::find(without.begin(), without.end(), "parts") == without.end();
    const Scenario scenario = scenario_of(std::move(table), "policy", run, sources());
    const ScenarioResult result = answer_scenario(run, scenario, {.verdicts_alone = !parts});
    if (!result.answered) throw Error(ErrorKind::solve, result.error);
    Json out = outcome_json(run, result, without);
    out["sectors"] = sectors_json(run, result);
    return out;
}

Json Session::ask(const std::string& block, const std::string& text, const std::string& exporters) const {
    toml::table question = json_table(text, "question");
    StudyResult run = base();
    run.study.decomposition = false;
    toml::table from;
    if (const toml::table* given = question["from"].as_table()) from = *given;
    from.insert_or_assign("name", "policy");
    run.study.scenarios = {scenario_of(std::move(from), block + ": from", run, sources())};
    run.scenarios = {answer_scenario(run, run.study.scenarios.front())};
    run.scenario_positions["policy"] = 0;
    question.insert_or_assign("from", "policy");
    question.insert_or_assign("name", block);
    if (!question.contains("instruments"))
        question.insert("instruments", toml::table{{"exporter", exporters}, {"sector", "goods"}, {"form", "line"}});
    if (!question.contains("bounds")) question.insert("bounds", toml::array{0.0, 10.0});
    const toml::table document{{block, toml::array{std::move(question)}}};
    TomlReader reader(document, "question", "");
    run.study.questions = QuestionReading(reader, run.study, sources()).read_all();
    answer_questions(run, {.job = job_});
    const Answer& answer = *run.answers.front();
    if (!answer.answered()) throw Error(ErrorKind::solve, answer.error());
    Json results;
    answer.kind->add_json(run, answer, results);
    Json out = std::move(results[block][block]);
    out["sectors"] = sectors_json(run, answer.outcome);
    return out;
}

Json Session::war(const std::string& question) const {
    Json out = ask("nash", question, "players");
    out["gap"] = out["certificate"]["gap"];
    return out;
}

Json Session::best(const std::string& question) const {
    return ask("optimal", question, "*");
}

std::string Session::run(const std::string& question) {
    Json asked;
    try {
        asked = Json::parse(question);
    } catch (const Json::exception& error) {
        throw_input({Place{"question", 0, ""}, "not JSON", error.what(), "an object with a study", ""});
    }
    const OwnSources own(asked.value("sources", Json::object()));
    Sources sources = this->sources();
    if (const std::string today = asked.value("today", ""); !today.empty()) {
        sources.today = parse_date(today);
        if (!sources.today) throw_input({Place{"", 0, "today"}, "not a date", today, "YYYY-MM-DD", ""});
    }
    const Study study = read_study(asked.value("study", ""), asked.value("name", "study") + ".toml", sources);
    RunOptions options;
    options.job = job_;
    options.only = asked.value("only", std::vector<std::string>());
    return results_json(run_with_uncertainty(study, options));
}

}  // namespace detente::page
