// Caliendo and Parro (2015): six tables of the NAFTA replication data.
#include <fmt/format.h>

#include "economy/import_common.h"
#include "economy/money.h"

namespace detente {
namespace {

namespace fs = std::filesystem;

constexpr int n_goods = 20;  // the first 20 sectors are traded (Caliendo and Parro 2015, section 4)

void read_trade_table(const fs::path& path, Economy& e, const Job& job) {
    const CsvTable table = CsvTable::read(path, job);
    const int value = table.column("value"), tariff = table.column("tariff"), later = table.column("tariff_cfl");
    e.trade = e.tariff = TradeTensor(e.n_regions(), e.n_sectors());
    TradeTensor& tariff_cfl = e.trade_columns["tariff_cfl"] = e.tariff;
    const std::vector<Axis> axes = {{"exporter", &e.regions}, {"importer", &e.regions}, {"sector", &e.sectors}};
    for_each_cell(table, axes, Missing::error, [&](const std::vector<int>& at, int row) {
        const bool home = at[0] == at[1];
        e.trade(at[0], at[1], at[2]) = nonnegative_number(table, row, value);
        e.tariff(at[0], at[1], at[2]) = tariff_number(table, row, tariff, home);
        tariff_cfl(at[0], at[1], at[2]) = tariff_number(table, row, later, home);
    });
}

InputTensor read_intermediate_use(const fs::path& path, const Economy& e, const Job& job) {
    const CsvTable table = CsvTable::read(path, job);
    const int value = table.column("value");
    InputTensor use(e.n_regions(), e.n_sectors());
    const std::vector<Axis> axes = {{"region", &e.regions}, {"input", &e.sectors}, {"sector", &e.sectors}};
    for_each_cell(table, axes, Missing::error,
                  [&](const std::vector<int>& at, int row) { use(at[0], at[1], at[2]) = table.number(row, value); });
    return use;
}

// Technology relative to gross output = intermediate use + value added.
void calibrate_technology(Economy& e, const InputTensor& use, const RegionSector& value_added, const fs::path& folder) {
    e.value_added_share = RegionSector(e.n_regions(), e.n_sectors());
    e.input_share = InputTensor(e.n_regions(), e.n_sectors());
    int negative = 0;
    double amount = 0.0;
    for (int s = 0; s < e.n_sectors(); ++s) {
        for (int i = 0; i < e.n_regions(); ++i) {
            double output = value_added(i, s);
            for (int k = 0; k < e.n_sectors(); ++k) output += use(i, k, s);
            if (!(output > 0.0)) {
                throw_input(Place{(folder / "intermediate_use.csv").string(), 0, ""},
                            fmt::format("gross output of {} in {} is not positive", e.sectors[s], e.regions[i]));
            }
            e.value_added_share(i, s) = value_added(i, s) / output;
            for (int k = 0; k < e.n_sectors(); ++k) {
                e.input_share(i, k, s) = use(i, k, s) / output;
                if (use(i, k, s) >= 0.0) continue;
                ++negative;
                amount += use(i, k, s);
            }
        }
    }
    if (negative > 0) {
        add_note(e, fmt::format("Kept as published: {} negative intermediate use(s), {:.6g} US dollars in all.",
                                negative, amount));
    }
}

RegionSector read_final_consumption(const fs::path& path, Economy& e, const Job& job) {
    RegionSector final = read_region_sector_csv(path, e.regions, e.sectors, "value", job);
    int clipped = 0;
    double amount = 0.0;
    for (double& value : final.data()) {
        if (value >= 0.0) continue;
        ++clipped;
        amount += value;
        value = 0.0;
    }
    if (clipped > 0) add_note(e, fmt::format("{} negative final uses ({:.6g} in all) were set to 0.", clipped, amount));
    return final;
}

}  // namespace

Economy import_caliendo_parro(const fs::path& folder, const ImportOptions& options) {
    Economy e;
    e.title = "The NAFTA economy of 1993 (Caliendo and Parro 2015)";
    e.source =
        "Replication data of Caliendo and Parro, Estimates of the Trade and Welfare Effects of NAFTA, Review of "
        "Economic Studies 82(1), 2015, as tabulated in the R package cp2015 (P. Oliveira)";
    e.licence = "MIT (cp2015)";
    e.unit = us_dollars;
    e.year = 1993;

    const CsvTable deficits = CsvTable::read(folder / "deficits.csv", options.job);
    const CsvTable elasticities = CsvTable::read(folder / "trade_elasticities.csv", options.job);
    e.regions = names_in_order(deficits, "region", "region");
    e.sectors = names_in_order(elasticities, "sector", "sector");
    mark_goods(e, n_goods, (folder / "trade_elasticities.csv").string());
    e.deficit = read_column_csv(deficits, "region", e.regions, "D");
    e.theta = read_column_csv(elasticities, "sector", e.sectors, "value");
    e.elasticities = "as in Caliendo and Parro (2015)";
    read_trade_table(folder / "trade.csv", e, options.job);

    const RegionSector value_added =
        read_region_sector_csv(folder / "value_added.csv", e.regions, e.sectors, "value", options.job);
    e.value_added.assign(static_cast<std::size_t>(e.n_regions()), 0.0);
    for (int s = 0; s < e.n_sectors(); ++s)
        for (int i = 0; i < e.n_regions(); ++i) e.value_added[static_cast<std::size_t>(i)] += value_added(i, s);
    calibrate_technology(e, read_intermediate_use(folder / "intermediate_use.csv", e, options.job), value_added,
                         folder);
    e.final_share = shares_by_region(read_final_consumption(folder / "final_consumption.csv", e, options.job),
                                     e.regions, (folder / "final_consumption.csv").string());
    fill_gaps(e, {}, options);
    return e;
}

}  // namespace detente
