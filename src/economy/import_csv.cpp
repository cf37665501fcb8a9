// The tidy CSV folder: what export_csv writes and a person can write by hand.
//   economy.csv         key,value            title, source, licence, unit, year, note, elasticities, elasticity_set,
//                                            elasticity_horizon (each may be left out)
//   regions.csv         region[,value_added][,deficit][,free columns]
//   sectors.csv         sector[,title],goods[,theta][,sigma][,psi][,theta_log_sd][,free columns]
//   trade.csv           exporter,importer,sector,value[,tariff][,free columns]     a row for every cell
//   region_sectors.csv  region,sector[,value_added_share][,final_share][,free columns]     (may be left out)
//   input_shares.csv    region,input,sector,share     spending on the input over gross output (may be left out)
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "economy/import_common.h"

namespace detente {
namespace {

namespace fs = std::filesystem;

int year_number(const CsvTable& table, int row, int column) {
    const double year = table.number(row, column);
    if (year != std::floor(year) || std::abs(year) > 1e6) {
        throw_input({table.place(row, column), "not a year", table.text(row, column), "a whole number", ""});
    }
    return static_cast<int>(year);
}

void read_description(const fs::path& path, Economy& e, const Job& job) {
    const CsvTable table = CsvTable::read(path, job);
    const IndexSet keys("key", {"title", "source", "licence", "unit", "year", "note", "elasticities", "elasticity_set",
                                "elasticity_horizon"});
    const int key = table.column("key"), value = table.column("value");
    const std::vector<std::string*> texts = {&e.title,        &e.source,         &e.licence,
                                             &e.unit,         nullptr,           &e.note,
                                             &e.elasticities, &e.elasticity_set, &e.elasticity_horizon};
    for_each_cell(table, {{"key", &keys}}, Missing::zero, [&](const std::vector<int>& at, int row) {
        std::string* text = texts[static_cast<std::size_t>(at[0])];
        if (text != nullptr) *text = table.text(row, value);
        if (table.text(row, key) == "year") e.year = year_number(table, row, value);
    });
}

bool listed(const std::string& name, const std::vector<std::string>& names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::vector<double> column_if_any(const CsvTable& table, const std::string& axis, const IndexSet& names,
                                  const std::string& column) {
    return table.has(column) ? read_column_csv(table, axis, names, column) : std::vector<double>();
}

// Names of an axis file: every row is one name, so a name that stands twice is an error with its line.
IndexSet read_axis(const CsvTable& table, const fs::path& path, const std::string& axis) {
    IndexSet names = names_in_order(table, axis, axis);
    if (names.size() == 0)
        throw_input(Place{path.string(), 0, ""}, "the table has no rows; one for each " + axis + " was expected");
    for_each_cell(table, {{axis, &names}}, Missing::error, [](const std::vector<int>&, int) {});
    return names;
}

void read_regions(const fs::path& path, Economy& e, const Job& job) {
    const CsvTable table = CsvTable::read(path, job);
    e.regions = read_axis(table, path, "region");
    e.value_added = column_if_any(table, "region", e.regions, "value_added");
    e.deficit = column_if_any(table, "region", e.regions, "deficit");
    for (const std::string& column : table.columns()) {
        if (listed(column, {"region", "value_added", "deficit"})) continue;
        e.region_columns[column] = read_column_csv(table, "region", e.regions, column);
    }
}

void read_goods_flags(const CsvTable& table, Economy& e) {
    const int column = table.column("goods");
    for (int row = 0; row < table.rows(); ++row) {
        const std::string& flag = table.text(row, column);
        if (flag != "0" && flag != "1")
            throw_input({table.place(row, column), "not a flag", '"' + flag + '"', "0 or 1", ""});
        e.goods.push_back(flag == "1" ? 1 : 0);
    }
}

void read_sectors(const fs::path& path, Economy& e, const Job& job) {
    const CsvTable table = CsvTable::read(path, job);
    e.sectors = read_axis(table, path, "sector");
    read_goods_flags(table, e);
    e.theta = column_if_any(table, "sector", e.sectors, "theta");
    e.sigma = column_if_any(table, "sector", e.sectors, "sigma");
    e.psi = column_if_any(table, "sector", e.sectors, "psi");
    e.theta_log_sd = column_if_any(table, "sector", e.sectors, "theta_log_sd");
    if (table.has("title")) {
        for (int row = 0; row < table.rows(); ++row) e.sector_titles.push_back(table.text(row, table.column("title")));
    }
    for (const std::string& column : table.columns()) {
        if (listed(column, {"sector", "title", "goods", "theta", "sigma", "psi", "theta_log_sd"})) continue;
        e.sector_columns[column] = read_column_csv(table, "sector", e.sectors, column);
    }
}

/// Returns whether the table has tariffs.
bool read_trade_table(const fs::path& path, Economy& e, const Job& job) {
    const CsvTable table = CsvTable::read(path, job);
    const int value = table.column("value");
    const int tariff = table.has("tariff") ? table.column("tariff") : -1;
    std::vector<std::pair<int, TradeTensor*>> free_columns;
    for (const std::string& column : table.columns()) {
        if (listed(column, {"exporter", "importer", "sector", "value", "tariff"})) continue;
        TradeTensor& tensor = e.trade_columns[column] = TradeTensor(e.n_regions(), e.n_sectors());
        free_columns.emplace_back(table.column(column), &tensor);
    }
    e.trade = e.tariff = TradeTensor(e.n_regions(), e.n_sectors());
    const std::vector<Axis> axes = {{"exporter", &e.regions}, {"importer", &e.regions}, {"sector", &e.sectors}};
    for_each_cell(table, axes, Missing::error, [&](const std::vector<int>& at, int row) {
        e.trade(at[0], at[1], at[2]) = nonnegative_number(table, row, value);
        if (tariff >= 0) e.tariff(at[0], at[1], at[2]) = tariff_number(table, row, tariff, at[0] == at[1]);
        for (const auto& [column, tensor] : free_columns) (*tensor)(at[0], at[1], at[2]) = table.number(row, column);
    });
    return tariff >= 0;
}

void read_region_sectors(const fs::path& path, Economy& e, const Job& job) {
    const CsvTable table = CsvTable::read(path, job);
    for (const std::string& column : table.columns()) {
        if (listed(column, {"region", "sector"})) continue;
        RegionSector values(e.n_regions(), e.n_sectors());
        const int position = table.column(column);
        for_each_cell(table, {{"region", &e.regions}, {"sector", &e.sectors}}, Missing::error,
                      [&](const std::vector<int>& at, int row) { values(at[0], at[1]) = table.number(row, position); });
        if (column == "value_added_share") {
            e.value_added_share = std::move(values);
        } else if (column == "final_share") {
            e.final_share = std::move(values);
        } else {
            e.region_sector_columns[column] = std::move(values);
        }
    }
}

void read_input_shares(const fs::path& path, Economy& e, const Job& job) {
    const CsvTable table = CsvTable::read(path, job);
    const int share = table.column("share");
    e.input_share = InputTensor(e.n_regions(), e.n_sectors());
    const std::vector<Axis> axes = {{"region", &e.regions}, {"input", &e.sectors}, {"sector", &e.sectors}};
    for_each_cell(table, axes, Missing::error, [&](const std::vector<int>& at, int row) {
        e.input_share(at[0], at[1], at[2]) = table.number(row, share);
    });
}

}  // namespace

Economy import_csv(const fs::path& folder, const ImportOptions& options) {
    Economy e;
    if (fs::exists(folder / "economy.csv")) read_description(folder / "economy.csv", e, options.job);
    read_regions(folder / "regions.csv", e, options.job);
    read_sectors(folder / "sectors.csv", e, options.job);
    const bool has_tariffs = read_trade_table(folder / "trade.csv", e, options.job);
    if (fs::exists(folder / "region_sectors.csv")) read_region_sectors(folder / "region_sectors.csv", e, options.job);
    if (fs::exists(folder / "input_shares.csv")) read_input_shares(folder / "input_shares.csv", e, options.job);
    // An economy for the krugman model has sigma in place of theta and needs no word about it.
    fill_gaps(e, {e.theta.empty() && e.sigma.empty(), !has_tariffs, false}, options);
    return e;
}

}  // namespace detente
