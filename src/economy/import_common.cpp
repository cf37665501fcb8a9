#include "economy/import_common.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

namespace detente {
namespace {

std::string cell_text(const std::vector<Axis>& axes, std::size_t flat) {
    std::string text;
    for (auto axis = axes.rbegin(); axis != axes.rend(); ++axis) {
        const auto size = static_cast<std::size_t>(axis->names->size());
        text = axis->column + " " + (*axis->names)[static_cast<int>(flat % size)] + (text.empty() ? "" : ", ") + text;
        flat /= size;
    }
    return text;
}

std::string file_of(const CsvTable& table) {
    return table.rows() > 0 ? table.place(0, 0).file : std::string();
}

void check_complete(const CsvTable& table, const std::vector<Axis>& axes, const std::vector<int>& row_of) {
    const auto missing = std::count(row_of.begin(), row_of.end(), -1);
    if (missing == 0) return;
    const auto first = std::find(row_of.begin(), row_of.end(), -1) - row_of.begin();
    throw_input({Place{file_of(table), 0, ""},
                 fmt::format("no row for {}", cell_text(axes, static_cast<std::size_t>(first))),
                 fmt::format("{} rows, {} cells without one", table.rows(), missing),
                 fmt::format("one row for each of {} cells", row_of.size()), ""});
}

// Where a sentence of a note ends: a full stop before a blank or the end (not that of 0.5 or of table.csv).
std::size_t sentence_end(const std::string& note, std::size_t at) {
    while (at < note.size() && (note[at] != '.' || (at + 1 < note.size() && note[at + 1] != ' '))) ++at;
    return std::min(at + 1, note.size());
}

}  // namespace

void for_each_cell(const CsvTable& table, const std::vector<Axis>& axes, Missing missing,
                   const std::function<void(const std::vector<int>& position, int row)>& put) {
    std::size_t cells = 1;
    std::vector<int> columns;
    for (const Axis& axis : axes) {
        cells *= static_cast<std::size_t>(axis.names->size());
        columns.push_back(table.column(axis.column));
    }
    std::vector<int> row_of(cells, -1);
    std::vector<int> position(axes.size());
    for (int row = 0; row < table.rows(); ++row) {
        std::size_t flat = 0;
        for (std::size_t a = 0; a < axes.size(); ++a) {
            position[a] = axes[a].names->at(table.text(row, columns[a]), table.place(row, columns[a]));
            flat = flat * static_cast<std::size_t>(axes[a].names->size()) + static_cast<std::size_t>(position[a]);
        }
        if (row_of[flat] >= 0) {
            throw_input(
                {table.place(row, columns[0]), "a row stands twice: " + cell_text(axes, flat), "",
                 fmt::format("one row for each cell; the first is in line {}", table.place(row_of[flat], 0).line), ""});
        }
        row_of[flat] = row;
        put(position, row);
    }
    if (missing == Missing::error) check_complete(table, axes, row_of);
}

IndexSet names_in_order(const CsvTable& table, const std::string& column_name, const std::string& kind) {
    const int column = table.column(column_name);
    std::vector<std::string> names;
    std::unordered_set<std::string> known;
    for (int row = 0; row < table.rows(); ++row) {
        std::string name = clean_name(table.text(row, column), kind, table.place(row, column));
        if (known.insert(name).second) names.push_back(std::move(name));
    }
    return IndexSet(kind, std::move(names), Place{table.file(), 0, column_name});
}

double nonnegative_number(const CsvTable& table, int row, int column) {
    const double value = table.number(row, column);
    if (value < 0.0)
        throw_input({table.place(row, column), "a negative value", table.text(row, column), "0 or more", ""});
    return value;
}

double tariff_number(const CsvTable& table, int row, int column, bool home) {
    const double rate = table.number(row, column);
    if (!(rate > -1.0)) {
        throw_input({table.place(row, column), "a tariff of -100 % or below", table.text(row, column),
                     "a rate above -1 (0.05 = 5 %)", ""});
    }
    if (home && rate != 0.0) {
        throw_input(
            {table.place(row, column), "a tariff on a region's trade with itself", table.text(row, column), "0", ""});
    }
    return rate;
}

RegionSector read_region_sector_csv(const std::filesystem::path& path, const IndexSet& regions, const IndexSet& sectors,
                                    const std::string& value_column, const Job& job) {
    const CsvTable table = CsvTable::read(path, job);
    const int column = table.column(value_column);
    RegionSector values(regions.size(), sectors.size());
    for_each_cell(table, {{"region", &regions}, {"sector", &sectors}}, Missing::error,
                  [&](const std::vector<int>& at, int row) { values(at[0], at[1]) = table.number(row, column); });
    return values;
}

std::vector<double> read_column_csv(const CsvTable& table, const std::string& name_column, const IndexSet& names,
                                    const std::string& value_column) {
    const int column = table.column(value_column);
    std::vector<double> values(static_cast<std::size_t>(names.size()));
    for_each_cell(table, {{name_column, &names}}, Missing::error, [&](const std::vector<int>& at, int row) {
        values[static_cast<std::size_t>(at[0])] = table.number(row, column);
    });
    return values;
}

void mark_goods(Economy& economy, int count, const std::string& file) {
    if (economy.n_sectors() < count) {
        throw_input({Place{file, 0, "sector"}, "too few sectors for this format", std::to_string(economy.n_sectors()),
                     fmt::format("at least the {} goods", count), ""});
    }
    economy.goods.assign(static_cast<std::size_t>(economy.n_sectors()), 0);
    std::fill_n(economy.goods.begin(), count, static_cast<char>(1));
}

RegionSector shares_by_region(const RegionSector& flows, const IndexSet& regions, const std::string& file) {
    RegionSector shares = flows;
    for (int i = 0; i < flows.regions(); ++i) {
        double total = 0.0;
        for (int s = 0; s < flows.sectors(); ++s) total += flows(i, s);
        if (!(total > 0.0)) throw_input(Place{file, 0, ""}, "region \"" + regions[i] + "\" has no final demand");
        for (int s = 0; s < flows.sectors(); ++s) shares(i, s) /= total;
    }
    return shares;
}

void add_note(Economy& economy, const std::string& sentence) {
    // A file that was imported, exported and imported again carries the sentence already.
    if (economy.note.find(sentence) != std::string::npos) return;
    if (!economy.note.empty()) economy.note += ' ';
    economy.note += sentence;
}

void fill_gaps(Economy& economy, const Gaps& gaps, const ImportOptions& options) {
    const auto refuse = [&](bool given, const std::string& option, const std::string& why) {
        if (given) throw_input(option_place(options, option), why);
    };
    const bool tariff_given = options.tariff || !options.tariff_file.empty();
    refuse(options.negatives == ImportOptions::Negatives::clip && !gaps.negatives, "negatives",
           "this format has no negative final uses to clip");
    refuse(options.merge_split && !gaps.split, "merge-split", "this format has no split regions to merge");
    refuse(options.year && !gaps.year, "year", "the source states its year; the option is not for it");
    const char* const only_gravity = "the option is for gravity only";
    refuse(options.gdp_unit && !gaps.gravity, "gdp-unit", only_gravity);
    refuse(options.home_sales != ImportOptions::HomeSales::source && !gaps.gravity, "home-sales", only_gravity);
    refuse(options.reported != ImportOptions::Reported::either && !gaps.gravity, "reported", only_gravity);
    refuse(options.drop_without_gdp && !gaps.gravity, "drop-without-gdp", only_gravity);
    refuse(!options.gdp_file.empty() && !gaps.gravity, "gdp-file", only_gravity);
    refuse(!options.sectors_file.empty() && !gaps.gravity && options.tariff_file.empty() && !options.elasticity_set,
           "sectors", "the option is for gravity, for tariff files and for sets of elasticities");
    refuse(options.theta_mean && options.horizon, "mean",
           "give either mean or horizon: a horizon is the mean that goes with it");
    refuse(options.elasticity_set && (options.theta || !options.theta_file.empty()), "elasticities",
           "give either elasticities or theta; theta of single sectors may stand beside a set");
    const bool reads_csv = gaps.gravity || gaps.split || !options.theta_file.empty() || !options.tariff_file.empty();
    refuse(!(options.csv == CsvFormat{}) && !reads_csv, "separator", "no table is read that the option could be for");
    refuse(!options.columns.empty() && !gaps.gravity && options.tariff_file.empty(), "columns",
           "the option is for gravity and for tariff files");
    refuse(options.tariff_unit != ImportOptions::TariffUnit::header && options.tariff_file.empty(), "tariff-unit",
           "the option is for a tariff file, and there is none");
    if (gaps.tariff || tariff_given) fill_tariff(economy, options, !gaps.tariff);
    if (options.elasticity_set) {
        std::optional<SectorLinks> links;
        if (!options.sectors_file.empty()) links = SectorLinks::read(options.sectors_file, options.job);
        apply_elasticities(economy, *options.elasticity_set, links ? &*links : nullptr,
                           option_place(options, "elasticities"));
    }
    if (gaps.theta || theta_is_given(options)) fill_theta(economy, options);
    if (options.theta_mean) scale_elasticities(economy, *options.theta_mean, {}, option_place(options, "mean"));
    if (options.horizon)
        scale_elasticities(economy, horizon_mean(*options.horizon), options.horizon, option_place(options, "horizon"));
    if (!options.note.empty()) add_note(economy, options.note);
}

Place option_place(const ImportOptions& options, const std::string& option) {
    const auto found = options.places.find(option);
    return found == options.places.end() ? Place{"", 0, option} : found->second;
}

std::string take_sentences(Economy& economy, const std::vector<std::string>& starts) {
    std::string taken, rest;
    for (std::size_t at = 0; at < economy.note.size();) {
        const std::size_t end = sentence_end(economy.note, at);
        const bool one = std::any_of(starts.begin(), starts.end(), [&](const std::string& start) {
            return economy.note.compare(at, start.size(), start) == 0;
        });
        std::string& to = one ? taken : rest;
        to += (to.empty() ? "" : " ") + economy.note.substr(at, end - at);
        at = end + 1;
    }
    economy.note = rest;
    return taken;
}

}  // namespace detente
