// Bilateral trade of one sector, as gravity data have it: one row for each pair, and the GDP of every region.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <set>
#include <utility>

#include "economy/import_common.h"

namespace detente {
namespace {

namespace fs = std::filesystem;

using Aliases = std::vector<std::string>;
const Aliases exporter_names = {"exporter", "iso3_o", "iso_o", "origin"};
const Aliases importer_names = {"importer", "iso3_d", "iso_d", "destination"};
const Aliases value_names = {"value", "trade", "flow", "v", "tradeflow"};
const Aliases region_names = {"iso3", "region", "country"};

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

// Position of the one column with one of these names, or -1. Two of them would leave the choice to chance.
int find_column(const CsvTable& table, const std::string& file, const Aliases& names) {
    int found = -1;
    for (const std::string& column : table.columns()) {
        if (std::count(names.begin(), names.end(), lower(column)) == 0) continue;
        if (found >= 0) {
            throw_input({Place{file, 1, ""}, "two columns could be the " + names.front(),
                         fmt::format("{} and {}", table.columns()[static_cast<std::size_t>(found)], column),
                         "one of them", ""});
        }
        found = table.column(column);
    }
    return found;
}

int need_column(const CsvTable& table, const std::string& file, const Aliases& names) {
    const int column = find_column(table, file, names);
    if (column >= 0) return column;
    std::string nearest;
    for (const std::string& name : names)
        if (nearest.empty()) nearest = nearest_name(name, table.columns());
    throw_input({Place{file, 1, ""}, "a column is missing",
                 fmt::format("no column \"{}\"", fmt::join(names, "\" or \"")), names.front(), nearest});
}

// A table with the rows of one year.
struct Selection {
    CsvTable table;
    std::string file;
    std::vector<int> rows;
    int year = 0;
};

int year_at(const CsvTable& table, int row, int column) {
    const double year = table.number(row, column);
    if (year == std::floor(year) && std::abs(year) < 1e6) return static_cast<int>(year);
    throw_input({table.place(row, column), "not a year", table.text(row, column), "a whole number", ""});
}

Selection select_year(const fs::path& path, const ImportOptions& options) {
    Selection s{CsvTable::read(path), path.string(), {}, 0};
    const int column = find_column(s.table, s.file, {"year"});
    std::set<int> years;
    for (int row = 0; row < s.table.rows(); ++row) {
        const int year = column < 0 ? 0 : year_at(s.table, row, column);
        years.insert(year);
        if (column < 0 || !options.year || year == *options.year) s.rows.push_back(row);
    }
    if (years.empty()) throw_input(Place{s.file, 0, ""}, "the table has no rows");
    if (column >= 0 && options.year && s.rows.empty()) {
        throw_input({Place{s.file, 0, "year"}, "no row is of the year asked for", std::to_string(*options.year),
                     fmt::format("a year from {} to {}", *years.begin(), *years.rbegin()), ""});
    }
    if (column >= 0 && !options.year && years.size() > 1) {
        throw_input({Place{s.file, 0, "year"}, "the file holds several years",
                     fmt::format("{} from {} to {}", years.size(), *years.begin(), *years.rbegin()),
                     "one, or --year YEAR to choose it", ""});
    }
    s.year = options.year ? *options.year : *years.begin();
    return s;
}

// The columns of the flows.
struct Flows {
    Selection from;
    int exporter, importer, value;
};

Flows read_flows(const fs::path& path, const ImportOptions& options) {
    Selection from = select_year(path, options);
    const int exporter = need_column(from.table, from.file, exporter_names);
    const int importer = need_column(from.table, from.file, importer_names);
    const int value = need_column(from.table, from.file, value_names);
    return {std::move(from), exporter, importer, value};
}

// The regions of the flows: exporters in the order of the file, then those that only import.
std::vector<std::string> trading_regions(const Flows& flows) {
    std::vector<std::string> names;
    std::set<std::string> known;
    for (const int column : {flows.exporter, flows.importer}) {
        for (const int row : flows.from.rows) {
            const std::string& name = flows.from.table.text(row, column);
            if (name.empty()) throw_input(flows.from.table.place(row, column), "the region has no name");
            if (known.insert(name).second) names.push_back(name);
        }
    }
    return names;
}

double gdp_at(const CsvTable& table, int row, int column, double unit) {
    const double gdp = table.number(row, column);
    if (gdp > 0.0) return gdp * unit;
    throw_input({table.place(row, column), "GDP is not positive", table.text(row, column), "above 0", ""});
}

// GDP that stands on every row of the flows: the same for a region wherever it stands.
void gdp_from_flows(const Flows& flows, double unit, Economy& e) {
    const CsvTable& table = flows.from.table;
    const std::pair<int, const char*> sides[] = {{flows.exporter, "gdp_o"}, {flows.importer, "gdp_d"}};
    std::vector<double> gdp(static_cast<std::size_t>(e.n_regions()), 0.0);
    for (const auto& [names, gdp_name] : sides) {
        const int column = find_column(table, flows.from.file, {gdp_name});
        if (column < 0) continue;
        for (const int row : flows.from.rows) {
            const double value = gdp_at(table, row, column, unit);
            double& known = gdp[static_cast<std::size_t>(e.regions.at(table.text(row, names)))];
            if (known != 0.0 && known != value) {
                throw_input({table.place(row, column),
                             "region \"" + table.text(row, names) + "\" has two values of GDP",
                             csv_number(value / unit), csv_number(known / unit) + ", as before", ""});
            }
            known = value;
        }
    }
    const auto without = std::find(gdp.begin(), gdp.end(), 0.0);
    if (without != gdp.end()) {
        throw_input(Place{flows.from.file, 0, ""},
                    "region \"" + e.regions[static_cast<int>(without - gdp.begin())] +
                        "\" has no GDP: a file with gdp_o only needs every region as exporter, or gdp_d too");
    }
    e.region_columns["gdp"] = gdp;
}

bool numeric(const Selection& s, int column) {
    const auto number = [&](int row) {
        try {
            s.table.number(row, column);
            return true;
        } catch (const Error&) {
            return false;
        }
    };
    return std::all_of(s.rows.begin(), s.rows.end(), number);
}

// Row of every region that trades, in the order of the GDP file. Others have nothing to tell the models.
std::vector<int> rows_of_traders(const Selection& s, int region, const std::vector<std::string>& traders, Economy& e) {
    const std::set<std::string> trading(traders.begin(), traders.end());
    std::vector<std::string> names, idle;
    std::map<std::string, int> row_of;
    for (const int row : s.rows) {
        const std::string& name = s.table.text(row, region);
        const auto [first, added] = row_of.emplace(name, row);
        if (!added) {
            throw_input({s.table.place(row, region), "region \"" + name + "\" stands twice", "",
                         fmt::format("one row; the first is in line {}", s.table.place(first->second, region).line),
                         ""});
        }
        (trading.count(name) > 0 ? names : idle).push_back(name);
    }
    e.regions = IndexSet("region", names);
    if (!idle.empty()) {
        add_note(e, fmt::format("{} regions with GDP and without trade were left out: {}.", idle.size(),
                                fmt::join(idle, ", ")));
    }
    std::vector<int> rows;
    rows.reserve(names.size());
    for (const std::string& name : names) rows.push_back(row_of.at(name));
    return rows;
}

// The second file: GDP and whatever else is known of a region.
void read_gdp_file(const Flows& flows, const std::vector<std::string>& traders, const ImportOptions& options,
                   double unit, Economy& e) {
    Selection s = select_year(options.gdp_file, options);
    if (s.year != 0 && flows.from.year != 0 && s.year != flows.from.year) {
        throw_input({Place{s.file, 0, "year"}, "GDP and flows are of different years", std::to_string(s.year),
                     std::to_string(flows.from.year), ""});
    }
    const int region = need_column(s.table, s.file, region_names);
    const int gdp = need_column(s.table, s.file, {"gdp"});
    const std::vector<int> rows = rows_of_traders(s, region, traders, e);
    for (const int row : flows.from.rows)
        for (const int column : {flows.exporter, flows.importer})
            e.regions.at(flows.from.table.text(row, column), flows.from.table.place(row, column));
    s.rows = rows;
    std::vector<std::string> left_out;
    for (int column = 0; column < static_cast<int>(s.table.columns().size()); ++column) {
        const std::string& name = s.table.columns()[static_cast<std::size_t>(column)];
        if (column == region || lower(name) == "name" || lower(name) == "year") continue;
        if (column != gdp && !numeric(s, column)) {
            left_out.push_back(name);
            continue;
        }
        std::vector<double>& values = e.region_columns[column == gdp ? "gdp" : name];
        for (const int row : rows)
            values.push_back(column == gdp ? gdp_at(s.table, row, column, unit) : s.table.number(row, column));
    }
    if (!left_out.empty())
        add_note(e, fmt::format("Columns that are not numbers were left out: {}.", fmt::join(left_out, ", ")));
}

// Fills the trade table; returns which regions have home sales.
std::vector<char> fill_trade(const Flows& flows, Economy& e) {
    const CsvTable& table = flows.from.table;
    const auto n = static_cast<std::size_t>(e.n_regions());
    e.trade = TradeTensor(e.n_regions(), 1);  // a pair without a row trades nothing
    e.tariff = TradeTensor(e.n_regions(), 1);
    std::vector<int> row_of(n * n, -1);
    std::vector<char> home(n, 0);
    for (const int row : flows.from.rows) {
        const int i = e.regions.at(table.text(row, flows.exporter), table.place(row, flows.exporter));
        const int j = e.regions.at(table.text(row, flows.importer), table.place(row, flows.importer));
        int& first = row_of[static_cast<std::size_t>(i) * n + static_cast<std::size_t>(j)];
        if (first >= 0) {
            throw_input({table.place(row, flows.value),
                         fmt::format("the flow from {} to {} stands twice", e.regions[i], e.regions[j]), "",
                         fmt::format("one row; the first is in line {}", table.place(first, 0).line), ""});
        }
        first = row;
        e.trade(i, j, 0) = nonnegative_number(table, row, flows.value);
        if (i == j) home[static_cast<std::size_t>(i)] = 1;
    }
    return home;
}

double exports_of(const Economy& e, int i) {
    double sum = 0.0;
    for (int j = 0; j < e.n_regions(); ++j)
        if (j != i) sum += e.trade(i, j, 0);
    return sum;
}

// Home sales as GDP less exports. Trade is gross and GDP is not: a hub may export more than its GDP.
void home_sales_from_gdp(const std::vector<char>& home, const std::string& file, bool clip, Economy& e) {
    const std::vector<double>& gdp = e.region_columns.at("gdp");
    std::vector<std::string> hubs;
    for (int i = 0; i < e.n_regions(); ++i) {
        if (home[static_cast<std::size_t>(i)] != 0) continue;
        const double rest = gdp[static_cast<std::size_t>(i)] - exports_of(e, i);
        if (!(rest > 0.0)) hubs.push_back(e.regions[i]);
        e.trade(i, i, 0) = std::max(0.0, rest);
    }
    if (!hubs.empty() && !clip) {
        throw_input(
            {Place{file, 0, ""},
             fmt::format("home sales cannot be GDP less exports: {} regions export as much as their GDP or more",
                         hubs.size()),
             fmt::format("{}", fmt::join(hubs, ", ")),
             "GDP in the unit of trade (--gdp-unit), or --home-sales gdp-clip, which sets them to 0", ""});
    }
    add_note(e,
             "ASSUMED: home sales are GDP less exports, so that sales sum to GDP (trade is gross and GDP is net of "
             "inputs: home shares come out low).");
    if (!hubs.empty()) {
        add_note(e, fmt::format("ASSUMED: where exports exceed GDP home sales are 0 and sales sum to exports: {}.",
                                fmt::join(hubs, ", ")));
    }
}

void settle_home_sales(const std::vector<char>& home, const std::string& file, const ImportOptions& options,
                       Economy& e) {
    const auto given = std::count(home.begin(), home.end(), 1);
    const bool has_gdp = e.region_columns.count("gdp") > 0;
    const bool build = options.home_sales != ImportOptions::HomeSales::source;
    if (!has_gdp && (build || given == 0)) {
        throw_input({Place{file, 1, ""}, "neither home sales nor GDP are given", "",
                     "columns gdp_o and gdp_d, a second file with columns iso3,gdp, or rows with exporter = importer",
                     ""});
    }
    if (build && given == e.n_regions())
        throw_input(Place{"", 0, "home-sales"}, "the source has home sales of its own; the option is not for it");
    if (build) {
        home_sales_from_gdp(home, file, options.home_sales == ImportOptions::HomeSales::gdp_clip, e);
    } else if (given == 0) {
        e.value_added = e.region_columns.at("gdp");
        add_note(
            e,
            "The source has no home sales: only the melitz model, which builds them from GDP, can use it (or import "
            "again with --home-sales gdp). value_added is GDP.");
    } else if (given < e.n_regions()) {
        const auto without = std::find(home.begin(), home.end(), 0) - home.begin();
        throw_input({Place{file, 0, ""}, "some regions have home sales and others have none",
                     fmt::format("{} of {}; none for {}", given, e.n_regions(), e.regions[static_cast<int>(without)]),
                     "all, none, or --home-sales gdp for those without", ""});
    } else {
        add_note(e, "Value added is all of sales, home sales included.");
    }
}

}  // namespace

Economy import_gravity(const fs::path& path, const ImportOptions& options) {
    const double unit = options.gdp_unit.value_or(1.0);
    if (!(unit > 0.0) || !std::isfinite(unit)) {
        throw_input({Place{"", 0, "gdp-unit"}, "the unit of GDP must be positive", csv_number(unit), "above 0", ""});
    }
    const Flows flows = read_flows(path, options);
    const std::vector<std::string> traders = trading_regions(flows);
    Economy e;
    e.year = flows.from.year;
    e.title = "Bilateral trade, " + path.stem().string();
    e.source = path.filename().string();
    e.licence = "that of the source";
    e.unit = "the unit of the flows";
    e.sectors = IndexSet("sector", {"goods"});
    e.sector_titles = {"Goods"};
    e.goods = {1};
    const bool on_rows = find_column(flows.from.table, flows.from.file, {"gdp_o"}) >= 0 ||
                         find_column(flows.from.table, flows.from.file, {"gdp_d"}) >= 0;
    if (!options.gdp_file.empty()) {
        read_gdp_file(flows, traders, options, unit, e);
    } else {
        e.regions = IndexSet("region", traders);
        if (on_rows) gdp_from_flows(flows, unit, e);
    }
    if (options.gdp_unit && e.region_columns.count("gdp") == 0)
        throw_input(Place{"", 0, "gdp-unit"}, "the source has no GDP; the option is not for it");
    settle_home_sales(fill_trade(flows, e), flows.from.file, options, e);
    if (options.gdp_unit) add_note(e, fmt::format("GDP was multiplied by {} to the unit of the flows.", unit));

    e.value_added_share = RegionSector(e.n_regions(), 1, 1.0);
    e.input_share = InputTensor(e.n_regions(), 1);
    e.final_share = RegionSector(e.n_regions(), 1, 1.0);
    fill_gaps(e, {.theta = true, .tariff = true, .year = true, .gravity = true}, options);
    return e;
}

}  // namespace detente
