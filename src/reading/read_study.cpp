#include "reading/read_study.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "base/text.h"
#include "base/toml_reader.h"
#include "economy/economy_io.h"
#include "equilibrium/model_table.h"
#include "reading/import_keys.h"
#include "reading/question_reading.h"
#include "reading/read_uncertainty.h"
#include "reading/schedules.h"
#include "reading/variants.h"
#include "study/claims.h"

namespace detente {
namespace fs = std::filesystem;

namespace {

// An import reads the files of its source by itself, an economy file may be in memory.
Economy read_source(const Sources& sources, const std::string& path, const std::optional<std::string>& format,
                    const ImportOptions& options, const Place& place) {
    const SourceFile source = find_source(sources, path, place);
    if (format && source.content != nullptr)
        throw_input({place, "an import reads its files from the disk", '"' + path + "\", in memory",
                     "an economy file (NetCDF), as `detente economy import` writes it", ""});
    if (format) return import_economy(*format, source.path, options);
    Economy economy = source.content != nullptr ? read_economy_bytes(*source.content, source.path.string(), sources.job)
                                                : read_economy(source.path, sources.job);
    override_economy(economy, options);
    return economy;
}

// Returns whether the block has a say in the economy's elasticities.
bool read_economy_block(TomlReader block, const Sources& sources, Study& study) {
    const auto name = block.optional_text("name");
    const auto path = block.optional_text("path");
    const auto format = block.optional_text("import");
    if (format) block.choice("import", import_formats(), "");
    ImportOptions options = read_import_options(block, sources);
    options.job = sources.job;
    find_elasticities(options, sources);
    block.finish();
    if (name && (path || format))
        throw_input(block.place("name"), "give either name, or path (with import for a folder), not both");
    if (name) {
        study.economy_name = *name;
        study.economy = sources.catalogue.load(*name, block.place("name"), sources.job);
        override_economy(study.economy, options);
    } else if (path) {
        const Place place = block.place("path");
        study.economy_name = format ? *format : find_source(sources, *path, place).path.filename().string();
        study.economy = read_source(sources, *path, format, options, place);
    } else {
        throw_input(block.place(), "the economy is missing: give name = \"...\" (built in) or path = \"...\"");
    }
    return options.elasticity_set || options.theta_mean || options.horizon || options.theta ||
           !options.theta_file.empty() || !options.theta_of.empty();
}

template <class Choice>
Choice position(const std::vector<std::string>& names, const std::string& name) {
    return static_cast<Choice>(std::find(names.begin(), names.end(), name) - names.begin());
}

// A number within bounds, or the paper's.
double number_within(TomlReader& block, const std::string& key, double otherwise, double low, double high) {
    const auto value = block.optional_number(key);
    if (!value) return otherwise;
    if (!(*value >= low && *value <= high))
        throw_input({block.place(key), "out of range", fmt::format("{:g}", *value),
                     fmt::format("between {:g} and {:g}", low, high), ""});
    return *value;
}

// An option of the model where it is given.
void read_option(TomlReader& block, const ModelOption& option, ModelOptions& model) {
    using Kind = ModelOption::Kind;
    const std::string& key = option.name;
    const bool given = block.has(key);
    std::optional<OptionValue> value;
    switch (option.kind) {
        case Kind::flag:
            value = block.flag(key, false);
            break;
        case Kind::number:
            value = number_within(block, key, 0.0, option.low, option.high);
            break;
        case Kind::choice:
            value = block.choice(key, option.choices, "");
            break;
        case Kind::region:
            value = block.optional_text(key).value_or("");
            break;
    }
    if (given) model.set(key, *value);
}

// An option that stands for the theta of the one sector is that theta where [economy] says what it is.
void take_theta(const TomlReader& block, const Economy& economy, ModelOptions& model) {
    for (const ModelOption& option : model.model->options) {
        if (!option.stands_for_theta || economy.theta.size() != 1) continue;
        const double theta = economy.theta.front();
        if (model.gives(option.name) && model.number(option.name) != theta)
            throw_input({block.place(option.name), "not the trade elasticity that [economy] asks for",
                         fmt::format("{:g}", model.number(option.name)),
                         fmt::format("{:g}, or one of the two alone", theta), ""});
        if (!(theta >= option.low && theta <= option.high))
            throw_input({block.place(), "the trade elasticity of [economy] is out of the range of " + option.name,
                         fmt::format("{:g}", theta), option.range_text(), ""});
        model.set(option.name, theta);
    }
}

// Scale elasticities belong to the trade elasticities that they were estimated with: who asks for them hears which sets
// have both.
void need_scale_elasticities(const TomlReader& block, const Sources& sources, const Study& study) {
    if (!study.model.scale_economies || !study.economy.psi.empty()) return;
    std::vector<std::string> with_scale;
    for (const std::string& name : sources.catalogue.elasticity_names())
        if (sources.catalogue.load_elasticities(name).has_psi) with_scale.push_back('"' + name + '"');
    throw_input(
        {block.place("scale_economies"),
         "the economy has no scale elasticities (psi), which go with the trade elasticities they were estimated "
         "with",
         study.economy.elasticity_set.empty() ? "" : "the set " + study.economy.elasticity_set,
         with_scale.empty() ? "a set of elasticities with psi"
                            : fmt::format("[economy] elasticities = {}", fmt::join(with_scale, " or ")),
         ""});
}

void read_model(std::optional<TomlReader> block, const ModelTable& models, const Sources& sources, bool theta_is_given,
                Study& study) {
    const Model& otherwise = *models.rows().front();
    if (!block) {
        study.model = model_options(otherwise);
        return;
    }
    const Model& row = models.at(block->choice("kind", models.names(), otherwise.name));
    ModelOptions model = model_options(row);
    const std::string closure = block->choice("closure", closure_names(), to_string(model.closure));
    model.closure = position<Closure>(closure_names(), closure);
    for (const ModelOption& option : row.options) read_option(*block, option, model);
    for (const ModelOption* option : named_regions(model))
        study.economy.regions.at(model.text(option->name), block->place(option->name));
    if (row.welfare_parts) study.decomposition = block->flag("decomposition", true);
    study.solver.tolerance = number_within(*block, "tolerance", study.solver.tolerance, 1e-14, 1e-3);
    // What belongs to another model is named as such, not called unknown.
    std::vector<std::string> others = models.option_names();
    others.emplace_back("decomposition");
    for (const std::string& key : others)
        if (block->has(key) && !block->asked(key))
            throw_input(block->place(key), "not an option of the " + row.name + " model");
    block->finish();
    if (theta_is_given) take_theta(*block, study.economy, model);
    study.model = model;
    need_scale_elasticities(*block, sources, study);
}

// A group is a list of names, { except = [...] } (all other regions), or { column = "..." } (the regions where a
// column by region is not zero).
std::vector<std::string> read_group(TomlReader& groups, const std::string& name, const Study& study) {
    const Economy& economy = study.economy;
    if (!groups.is_table(name)) {
        std::vector<std::string> members = groups.names(name);
        check_group(economy, name, members, groups.place(name));
        return members;
    }
    TomlReader block = *groups.table(name);
    const std::vector<std::string> except = block.names("except");
    const auto column = block.optional_text("column");
    block.finish();
    if (except.empty() == !column)
        throw_input(
            {groups.place(name), "a group by rule has one rule", "", "except = [\"USA\"] or column = \"eu27\"", ""});
    std::unordered_set<std::string> left_out;
    for (const std::string& region : except) {
        economy.regions.at(region, block.place("except"));
        left_out.insert(region);
    }
    const std::vector<double>* values = nullptr;
    if (column) {
        const auto found = economy.region_columns.find(*column);
        if (found == economy.region_columns.end()) {
            std::vector<std::string> names;
            for (const auto& entry : economy.region_columns) names.push_back(entry.first);
            throw_unknown_name(block.place("column"), "column by region", *column, names);
        }
        values = &found->second;
    }
    std::vector<std::string> members;
    for (int j = 0; j < economy.n_regions(); ++j) {
        const bool in =
            values != nullptr ? (*values)[static_cast<std::size_t>(j)] != 0.0 : left_out.count(economy.regions[j]) == 0;
        if (in) members.push_back(economy.regions[j]);
    }
    check_group(economy, name, members, groups.place(name));
    return members;
}

std::vector<int> regions(TomlReader& block, const Study& study, const std::string& key) {
    return select_regions(study.economy, study.groups, block.names(key, {"*"}), block.place(key));
}

std::vector<int> sectors(TomlReader& block, const Study& study) {
    return select_sectors(study.economy, study.groups, block.names("sector", {"*"}), block.place("sector"));
}

// A change of trade between a region and itself alone would be taken and do nothing.
template <class Change>
void refuse_home_alone(const Change& change, const Study& study) {
    if (change.importers.size() == 1 && change.importers == change.exporters)
        throw_input({change.place, "this changes nothing: a region's trade with itself has no tariff and no border",
                     "importer and exporter " + study.economy.regions[change.importers.front()],
                     "two different regions", ""});
}

TariffChange read_tariff(TomlReader block, const Study& study) {
    TariffChange change;
    change.place = block.place();
    change.importers = regions(block, study, "importer");
    change.exporters = regions(block, study, "exporter");
    change.sectors =
        select_tariff_sectors(study.economy, study.groups, block.names("sector", {"*"}), block.place("sector"));
    refuse_home_alone(change, study);
    int given = 0;
    const auto take = [&](const char* key, TariffChange::Kind kind, bool column) {
        if (column) {
            const auto value = block.optional_text(key);
            if (value) change.kind = kind, change.column = *value, ++given;
        } else {
            const auto value = block.optional_number(key);
            if (value) change.kind = kind, change.value = *value, ++given;
        }
    };
    take("rate", TariffChange::Kind::rate, false);
    take("add", TariffChange::Kind::add, false);
    take("scale", TariffChange::Kind::scale, false);
    take("add_column", TariffChange::Kind::add_column, true);
    take("rate_column", TariffChange::Kind::rate_column, true);
    change.by_importer = block.choice("column_of", {"exporter", "importer"}, "exporter") == "importer";
    change.minimum = tariff_bound(block.optional_number("min"), block.place("min"));
    change.maximum = tariff_bound(block.optional_number("max"), block.place("max"));
    block.finish();
    check_bounds(change, block.place("min"));
    if (given != 1)
        throw_input({block.place(), "a tariff change sets exactly one of rate, add, scale, add_column, rate_column",
                     std::to_string(given) + " of them", "", ""});
    return change;
}

double factor(TomlReader& block) {
    const double value = block.number("factor");
    if (!(value > 0.0))
        throw_input({block.place("factor"), "out of range", fmt::format("{:g}", value), "a positive factor", ""});
    return value;
}

DeficitChange read_deficit(TomlReader& block, const Study& study) {
    DeficitChange change;
    change.place = block.place();
    if (!block.has("region")) block.text("region");  // missing
    change.regions = regions(block, study, "region");
    const auto rate = block.optional_number("rate"), scale = block.optional_number("scale");
    block.finish();
    if (rate.has_value() == scale.has_value())
        throw_input(
            {block.place(), "a change of deficits sets exactly one of rate, scale", rate ? "both" : "neither", "", ""});
    change.kind = rate ? DeficitChange::Kind::rate : DeficitChange::Kind::scale;
    change.value = rate ? *rate : *scale;
    constexpr double most = 1e3;  // times income, or the base's deficit: beyond there is no economy
    const double least = rate ? -1.0 : -most;
    if (!(change.value > least && change.value <= most))
        throw_input({block.place(rate ? "rate" : "scale"), "out of range", fmt::format("{:g}", change.value),
                     fmt::format("above {:g} and at most {:g}", least, most), ""});
    return change;
}

}  // namespace

Scenario read_scenario(TomlReader block, const Study& study, const Sources& sources) {
    Scenario scenario;
    scenario.place = block.place();
    scenario.name = clean_name(block.text("name"), "scenario", block.place("name"));
    if (scenario.name == "base" || scenario.name.find_first_of("/\\\"'") != std::string::npos)
        throw_input({block.place("name"), "not a usable scenario name", '"' + scenario.name + '"',
                     "a name other than \"base\", without slashes or quotes", ""});
    scenario.title = block.optional_text("title").value_or("");
    scenario.description = block.optional_text("description").value_or("");
    scenario.from = block.optional_text("from").value_or("base");
    read_schedules(block, study, sources, scenario);
    for (TomlReader& change : block.tables("tariff")) {
        if (change.has("schedule"))
            read_schedule_change(change, study, sources, scenario);
        else
            scenario.tariff.push_back(read_tariff(change, study));
    }
    for (TomlReader& change : block.tables("trade_cost")) {
        scenario.trade_cost.push_back({regions(change, study, "importer"), regions(change, study, "exporter"),
                                       sectors(change, study), factor(change), change.place()});
        refuse_home_alone(scenario.trade_cost.back(), study);
        change.finish();
    }
    for (TomlReader& change : block.tables("productivity")) {
        scenario.productivity.push_back(
            {regions(change, study, "region"), sectors(change, study), factor(change), change.place()});
        change.finish();
    }
    for (TomlReader& change : block.tables("factor_supply")) {
        scenario.factor_supply.push_back({regions(change, study, "region"), factor(change), change.place()});
        change.finish();
    }
    if (block.has("closure"))
        scenario.closure = position<Closure>(closure_names(), block.choice("closure", closure_names(), ""));
    else
        block.optional_text("closure");  // asked for
    for (TomlReader& change : block.tables("deficit")) scenario.deficit.push_back(read_deficit(change, study));
    block.finish();
    return scenario;
}

namespace {

PublishedTable read_published(TomlReader block, const Study& study, const std::vector<std::string>& names) {
    PublishedTable table;
    table.place = block.place();
    table.title = block.text("title");
    table.scenario = block.text("scenario");
    table.sentence = block.optional_text("sentence").value_or("");
    if (table.scenario == "base" || std::find(names.begin(), names.end(), table.scenario) == names.end())
        throw_unknown_name(block.place("scenario"), "scenario or question", table.scenario, names);
    for (TomlReader& row : block.tables("values")) {
        PublishedValue value;
        value.place = row.place();
        value.region = row.text("region");
        select_regions(study.economy, study.groups, {value.region}, row.place("region"));
        value.name = row.text("name");
        value.printed = row.text("printed");
        if (!printed_number(value.printed))
            throw_input({row.place("printed"), "not a printed number", '"' + value.printed + '"',
                         "a number as in the paper, such as \"1.31\" or \"-0.06\"", ""});
        value.formula = row.choice("formula", region_keys(), "");
        value.exact = row.choice("exact", region_keys(), "");
        if (value.formula.empty() && value.exact.empty())
            throw_input({row.place(), "nothing to hold the printed number against", "",
                         "formula or exact, each the key of a result such as \"welfare_percent\"", ""});
        row.finish();
        table.values.push_back(value);
    }
    block.finish();
    return table;
}

// Asks for every block that a study may have, so that a misspelt one is reported before an economy is read.
void refuse_unknown_blocks(TomlReader& root, const QuestionTable& questions) {
    for (const char* key : {"scenario", "published", "claim", "variant"}) root.tables(key);
    for (const char* key : {"economy", "groups", "model", "uncertainty"}) root.table(key);
    for (const auto& kind : questions) {
        const bool alone = !kind->default_name.empty() && root.is_table(kind->block);
        if (alone)
            root.table(kind->block);
        else
            root.tables(kind->block);
    }
    root.finish();
}

void read_scenarios(TomlReader& root, const Sources& sources, Study& study) {
    std::unordered_set<std::string> names;
    for (const TomlReader& block : root.tables("scenario")) {
        study.scenarios.push_back(read_scenario(block, study, sources));
        const Scenario& scenario = study.scenarios.back();
        if (!names.insert(scenario.name).second)
            throw_input(scenario.place, "the scenario name \"" + scenario.name + "\" stands twice");
    }
    // Chains and columns are resolved here, so that a misspelt one is found before anything is solved.
    build_shocks({study.economy, nullptr, study.model}, study.scenarios, {}, [](std::size_t, const Shock&) {});
}

void read_claims(TomlReader& root, Study& study) {
    const ClaimReader reader(study);
    for (TomlReader block : root.tables("claim")) {
        std::string text = block.text("text"), holds = block.text("holds");
        const Place place = block.place("holds");
        const auto at_least = block.optional_number("at_least");
        if (at_least && !(*at_least > 0.0))
            throw_input({block.place("at_least"), "out of range", fmt::format("{:g}", *at_least),
                         "above 0: billions of money, or percent", ""});
        block.finish();
        study.claims.push_back(reader.read(std::move(text), std::move(holds), place, at_least));
    }
}

Study read_parsed(const toml::table& parsed, const std::string& file, const Sources& sources,
                  const QuestionTable& questions, const ModelTable& models) {
    TomlReader root(parsed, file, "");
    Study study;
    study.file = file;
    study.name = fs::path(file).stem().string();
    study.title = root.optional_text("title").value_or(study.name);
    study.description = root.optional_text("description").value_or("");
    study.question_kinds = questions;
    refuse_unknown_blocks(root, questions);
    auto economy = root.table("economy");
    if (!economy)
        throw_input(Place{study.file, 1, "economy"}, "missing; a study begins with [economy] name = \"us-china-2017\"");
    const bool theta_is_given =
        at_place(economy->place(), [&] { return read_economy_block(*economy, sources, study); });
    if (auto groups = root.table("groups"))
        for (const std::string& name : groups->keys()) study.groups[name] = read_group(*groups, name, study);
    read_model(root.table("model"), models, sources, theta_is_given, study);
    read_scenarios(root, sources, study);
    study.questions = QuestionReading(root, study, sources).read_all();
    if (study.scenarios.empty() && study.questions.empty())
        throw_input(Place{study.file, 0, "scenario"}, "missing; a study needs at least one [[scenario]] or question");
    read_claims(root, study);
    if (auto uncertainty = root.table("uncertainty"); uncertainty) read_uncertainty(*uncertainty, study);
    const std::vector<std::string> names = outcome_names(study);
    for (const TomlReader& block : root.tables("published"))
        study.published.push_back(read_published(block, study, names));
    return study;
}

}  // namespace

Study read_study(const std::string& text, const std::string& file, const Sources& sources,
                 const QuestionTable& questions, const ModelTable& models) {
    const std::string decoded = decode_text(text, file);
    const toml::table parsed = parse_toml(decoded, file);
    Study study = read_parsed(parsed, file, sources, questions, models);
    read_variants(decoded, file, parsed, study,
                  [&](const toml::table& changed) { return read_parsed(changed, file, sources, questions, models); });
    return study;
}

Study read_base_alone(TomlReader& of_economy, TomlReader& of_model, const Sources& sources, const ModelTable& models) {
    Study study;
    study.file = of_economy.place().file;
    auto economy = of_economy.table("economy");
    if (!economy)
        throw_input(of_economy.place("economy"), "missing; it begins with [economy] name = \"us-china-2017\"");
    const bool theta_is_given =
        at_place(economy->place(), [&] { return read_economy_block(*economy, sources, study); });
    read_model(of_model.table("model"), models, sources, theta_is_given, study);
    return study;
}

}  // namespace detente
