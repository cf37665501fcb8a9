#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <unordered_set>

#include "base/csv.h"
#include "base/toml_reader.h"
#include "reading/read_study.h"
#include "validation/episode.h"

namespace detente {
namespace {

// Names of the data that stand for one or several of the economy's.
using Members = std::map<std::string, std::vector<std::string>>;

Members read_members(TomlReader& root, const std::string& key, const IndexSet& names) {
    Members out;
    auto block = root.table(key);
    if (!block) return out;
    for (const std::string& name : block->keys()) {
        out[name] = block->names(name);
        if (out[name].empty())
            throw_input({block->place(name), "stands for nothing", "", "a name of the economy, or a list of them", ""});
        std::unordered_set<std::string> seen;
        for (const std::string& member : out[name]) {
            names.at(member, block->place(name));
            if (!seen.insert(member).second)
                throw_input(block->place(name), "the name \"" + member + "\" stands twice");
        }
    }
    block->finish();
    return out;
}

// The cells of a table with the columns importer, exporter and sector.
class CellReader {
public:
    CellReader(const Economy& economy, Members regions, Members sectors)
        : economy_(economy), regions_(std::move(regions)), sectors_(std::move(sectors)) {}

    EpisodeCell read(const CsvTable& table, int row) const {
        EpisodeCell cell;
        cell.importers = positions(table, row, "importer", economy_.regions, regions_, cell.importer);
        cell.exporters = positions(table, row, "exporter", economy_.regions, regions_, cell.exporter);
        cell.sectors = positions(table, row, "sector", economy_.sectors, sectors_, cell.sector);
        if (cell.importers.size() == 1 && cell.importers == cell.exporters)
            throw_input({table.place(row, table.column("exporter")), "a region's trade with itself crosses no border",
                         "importer and exporter \"" + cell.importer + '"', "two different regions", ""});
        return cell;
    }

private:
    static std::vector<int> positions(const CsvTable& table, int row, const std::string& column, const IndexSet& names,
                                      const Members& members, std::string& name) {
        const int at = table.column(column);
        name = table.text(row, at);
        if (const auto found = members.find(name); found != members.end()) {
            std::vector<int> list;
            for (const std::string& member : found->second) list.push_back(names.at(member));
            return list;
        }
        if (names.contains(name)) return {names.at(name)};
        std::vector<std::string> known = names.names();
        for (const auto& entry : members) known.push_back(entry.first);
        throw_unknown_name(table.place(row, at), names.kind() + " of the economy or of the episode", name, known);
    }

    const Economy& economy_;
    Members regions_, sectors_;
};

// The lines above the header that begin with # say where a table comes from.
CsvTable read_table(const Sources& sources, const std::string& name, const Place& place) {
    const SourceFile source = find_source(sources, name, place);
    if (source.content != nullptr)
        throw_input({place, "a table of an episode is read from the disk", '"' + name + "\", in memory", "a file", ""});
    const CsvTable table = CsvTable::read(
        source.path, {}, [](const std::vector<std::string>& f) { return !f.empty() && f[0].rfind('#', 0) != 0; },
        sources.job);
    if (table.rows() == 0) throw_input(Place{table.file(), table.header_line(), ""}, "the table has no rows");
    return table;
}

void refuse_repeated(const CsvTable& table, int row, const EpisodeCell& cell,
                     std::map<std::tuple<std::string, std::string, std::string>, int>& seen) {
    const auto [at, fresh] = seen.emplace(std::tuple{cell.importer, cell.exporter, cell.sector}, row);
    if (!fresh)
        throw_input({table.place(row, table.column("sector")), "the cell stands twice",
                     fmt::format("{} from {}, {}, also in line {}", cell.importer, cell.exporter, cell.sector,
                                 table.place(at->second, 0).line),
                     "", ""});
}

// Cells that share a sector between the same regions would count its trade twice.
void refuse_overlaps(const CsvTable& table, const std::vector<ObservedChange>& list) {
    std::map<std::tuple<int, int, int>, const EpisodeCell*> seen;
    for (const ObservedChange& one : list)
        for (const int j : one.cell.importers)
            for (const int i : one.cell.exporters)
                for (const int s : one.cell.sectors) {
                    const auto [at, fresh] = seen.emplace(std::tuple{j, i, s}, &one.cell);
                    if (!fresh)
                        throw_input({Place{table.file(), 0, "sector"}, "two cells have the same trade in them",
                                     fmt::format("{} from {}, {} and {}", one.cell.importer, one.cell.exporter,
                                                 at->second->sector, one.cell.sector),
                                     "every sector in one cell", ""});
                }
}

double change_within(const CsvTable& table, int row, int column, double most) {
    const double value = table.number(row, column);
    if (!(std::abs(value) <= most))
        throw_input({table.place(row, column), "out of range", fmt::format("{:g}", value),
                     fmt::format("between {:g} and {:g}", -most, most), ""});
    return value;
}
constexpr double most_log_change = 50.0;  // a factor of 5e21: beyond there is no trade

constexpr double most_points = 10.0;  // beyond a thousand points these are percent

std::vector<TariffIncrease> read_tariffs(const CsvTable& table, const CellReader& cells) {
    const int column = table.column("increase");
    std::map<std::tuple<std::string, std::string, std::string>, int> seen;
    std::vector<TariffIncrease> list;
    for (int row = 0; row < table.rows(); ++row) {
        TariffIncrease one{cells.read(table, row), change_within(table, row, column, most_points),
                           table.place(row, column)};
        refuse_repeated(table, row, one.cell, seen);
        list.push_back(std::move(one));
    }
    return list;
}

std::vector<ObservedChange> read_observed(const CsvTable& table, const CellReader& cells) {
    const int change = table.column("log_change"), weight = table.column("weight");
    std::map<std::tuple<std::string, std::string, std::string>, int> seen;
    std::vector<ObservedChange> list;
    for (int row = 0; row < table.rows(); ++row) {
        ObservedChange one{cells.read(table, row), {}, 0.0};
        refuse_repeated(table, row, one.cell, seen);
        if (!table.text(row, change).empty()) {
            one.log_change = change_within(table, row, change, most_log_change);
            one.weight = table.number(row, weight);
            if (!(one.weight > 0.0))
                throw_input({table.place(row, weight), "a weight that is no weight", fmt::format("{:g}", one.weight),
                             "a positive number, such as the flow of the first period", ""});
        }
        list.push_back(std::move(one));
    }
    refuse_overlaps(table, list);
    return list;
}

std::vector<ForecastChange> read_forecast(const CsvTable& table, const CellReader& cells) {
    const int column = table.column("log_change");
    std::map<std::tuple<std::string, std::string, std::string>, int> seen;
    std::vector<ForecastChange> list;
    for (int row = 0; row < table.rows(); ++row) {
        ForecastChange one{cells.read(table, row), change_within(table, row, column, most_log_change)};
        refuse_repeated(table, row, one.cell, seen);
        list.push_back(std::move(one));
    }
    return list;
}

CsvTable table_of(TomlReader& block, const std::string& key, const Sources& sources) {
    const std::string name = block.text(key);
    return read_table(sources, name, block.place(key));
}

// Other economies, elasticities or models for the same data; what an alternative leaves out is as in the episode.
void read_alternatives(TomlReader& root, const Sources& sources, Episode& episode) {
    std::unordered_set<std::string> names;
    for (TomlReader& block : root.tables("alternative")) {
        Predictor other;
        other.name = clean_name(block.text("name"), "alternative", block.place("name"));
        if (!names.insert(other.name).second)
            throw_input(block.place("name"), "the alternative \"" + other.name + "\" stands twice");
        if (!block.has("economy") && !block.has("model"))
            throw_input(
                {block.place(), "the alternative changes nothing", "", "economy = { ... } or model = { ... }", ""});
        other.study = read_base_alone(block.has("economy") ? block : root, block.has("model") ? block : root, sources);
        block.table("economy");
        block.table("model");
        block.finish();
        const Economy& own = episode.predictors.front().study.economy;
        if (!(other.study.economy.regions == own.regions) || !(other.study.economy.sectors == own.sectors))
            throw_input({block.place("economy"), "an alternative has other regions or sectors than the episode", "",
                         "an economy with the same names, so that the same cells are compared", ""});
        episode.predictors.push_back(std::move(other));
    }
}

void read_extras(TomlReader& root, const Sources& sources, const CellReader& cells, Episode& episode) {
    if (auto block = root.table("placebo")) {
        episode.placebo_title = block->optional_text("title").value_or("before the tariffs");
        episode.placebo = read_observed(table_of(*block, "observed", sources), cells);
        block->finish();
    }
    if (auto block = root.table("instrument")) {
        episode.instrument_title = block->optional_text("title").value_or("statutory changes");
        episode.instrument = read_tariffs(table_of(*block, "tariffs", sources), cells);
        block->finish();
    }
    if (auto block = root.table("forecast")) {
        episode.forecast_name = clean_name(block->text("name"), "forecast", block->place("name"));
        episode.forecast = read_forecast(table_of(*block, "predicted", sources), cells);
        block->finish();
    }
}

void check_aside(const Episode& episode, const Place& place) {
    std::vector<std::string> sectors;
    for (const ObservedChange& one : episode.observed)
        if (std::find(sectors.begin(), sectors.end(), one.cell.sector) == sectors.end())
            sectors.push_back(one.cell.sector);
    for (const std::string& name : episode.aside)
        if (std::find(sectors.begin(), sectors.end(), name) == sectors.end())
            throw_unknown_name(place, "sector of the observed changes", name, sectors);
}

}  // namespace

Episode read_episode(const std::filesystem::path& path, Sources sources) {
    if (!sources.folder) sources.folder = path.parent_path();
    const toml::table parsed = read_toml(path);
    TomlReader root(parsed, path.string(), "");
    Episode episode;
    episode.file = path.string();
    episode.name = path.stem().string();
    episode.title = root.optional_text("title").value_or(episode.name);
    episode.description = root.optional_text("description").value_or("");
    const std::string tariffs = root.text("tariffs"), observed = root.text("observed");
    episode.aside = root.names("aside");
    for (const char* key : {"economy", "model", "regions", "sectors", "placebo", "instrument", "forecast"})
        root.table(key);
    root.tables("alternative");
    root.finish();
    episode.predictors.push_back({"", read_base_alone(root, root, sources)});
    const Economy& economy = episode.predictors.front().study.economy;
    const CellReader cells(economy, read_members(root, "regions", economy.regions),
                           read_members(root, "sectors", economy.sectors));
    episode.tariffs = read_tariffs(read_table(sources, tariffs, root.place("tariffs")), cells);
    episode.observed = read_observed(read_table(sources, observed, root.place("observed")), cells);
    check_aside(episode, root.place("aside"));
    read_extras(root, sources, cells, episode);
    read_alternatives(root, sources, episode);
    return episode;
}

}  // namespace detente
