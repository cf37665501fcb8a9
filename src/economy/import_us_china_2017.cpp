// Seven regions, 44 sectors, 2017: the OECD's input-output tables on the eve of the tariff war.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "economy/import_common.h"
#include "economy/money.h"

namespace detente {
namespace {

namespace fs = std::filesystem;

constexpr int n_goods = 22;               // the other 22 are services
constexpr double share_tolerance = 1e-6;  // the source prints 8 digits; more than this is a wrong table

void read_trade_table(const CsvTable& table, Economy& e) {
    const int value = table.column("value"), tariff = table.column("tariff");
    e.trade = e.tariff = TradeTensor(e.n_regions(), e.n_sectors());
    const std::vector<Axis> axes = {{"exporter", &e.regions}, {"importer", &e.regions}, {"sector", &e.sectors}};
    for_each_cell(table, axes, Missing::error, [&](const std::vector<int>& at, int row) {
        e.trade(at[0], at[1], at[2]) = nonnegative_number(table, row, value);
        e.tariff(at[0], at[1], at[2]) = tariff_number(table, row, tariff, at[0] == at[1]);
    });
}

void check_sum(const fs::path& path, const std::string& what, double total) {
    if (std::abs(total - 1.0) <= share_tolerance) return;
    throw_input({Place{path.string(), 0, "share"}, "shares of " + what + " do not sum to 1", fmt::format("{}", total),
                 fmt::format("1 within {}", share_tolerance), ""});
}

// Shares of intermediate spending, to shares of gross output that sum to 1 - value_added_share exactly.
// Returns how far the sums were off.
double read_input_shares(const fs::path& path, Economy& e, const Job& job) {
    const CsvTable table = CsvTable::read(path, job);
    const int share = table.column("share");
    e.input_share = InputTensor(e.n_regions(), e.n_sectors());
    const std::vector<Axis> axes = {{"region", &e.regions}, {"input", &e.sectors}, {"sector", &e.sectors}};
    for_each_cell(table, axes, Missing::error, [&](const std::vector<int>& at, int row) {
        e.input_share(at[0], at[1], at[2]) = nonnegative_number(table, row, share);
    });
    double worst = 0.0;
    for (int s = 0; s < e.n_sectors(); ++s) {
        for (int i = 0; i < e.n_regions(); ++i) {
            double total = 0.0;
            for (int k = 0; k < e.n_sectors(); ++k) total += e.input_share(i, k, s);
            check_sum(path, e.sectors[s] + " in " + e.regions[i], total);
            worst = std::max(worst, std::abs(total - 1.0));
            const double scale = (1.0 - e.value_added_share(i, s)) / total;
            for (int k = 0; k < e.n_sectors(); ++k) e.input_share(i, k, s) *= scale;
        }
    }
    return worst;
}

double read_final_shares(const fs::path& path, Economy& e, const Job& job) {
    const RegionSector shares = read_region_sector_csv(path, e.regions, e.sectors, "share", job);
    double worst = 0.0;
    for (int i = 0; i < e.n_regions(); ++i) {
        double total = 0.0;
        for (int s = 0; s < e.n_sectors(); ++s) total += shares(i, s);
        check_sum(path, "final demand in " + e.regions[i], total);
        worst = std::max(worst, std::abs(total - 1.0));
    }
    e.final_share = shares_by_region(shares, e.regions, path.string());
    return worst;
}

}  // namespace

Economy import_us_china_2017(const fs::path& folder, const ImportOptions& options) {
    Economy e;
    e.title = "Seven regions, 44 sectors, 2017: the eve of the US-China tariff war";
    e.source =
        "Compiled by Z. Wang (HKBU, Econ7115, 2026) from OECD Inter-Country Input-Output tables 2017 (2021 edition) "
        "and WITS applied tariffs";
    e.licence = "OECD and WITS terms of use; cite the source";
    e.unit = million_us_dollars;
    e.year = 2017;

    const CsvTable trade = CsvTable::read(folder / "trade.csv", options.job);
    const CsvTable sectors = CsvTable::read(folder / "sectors.csv", options.job);
    e.regions = names_in_order(trade, "exporter", "region");
    e.sectors = names_in_order(sectors, "sector", "sector");
    for (int row = 0; row < sectors.rows(); ++row) e.sector_titles.push_back(sectors.text(row, sectors.column("name")));
    mark_goods(e, n_goods, (folder / "sectors.csv").string());
    e.theta = read_column_csv(sectors, "sector", e.sectors, "theta");
    e.psi = read_column_csv(sectors, "sector", e.sectors, "psi");
    e.elasticities = "after Lashkaripour and Lugovskyy (2023), as compiled with the tables";
    for (const char* column : {"us_tariff_increase_on_chn", "chn_tariff_increase_on_usa"}) {
        e.sector_columns[column] = read_column_csv(sectors, "sector", e.sectors, column);
    }
    read_trade_table(trade, e);
    e.value_added_share =
        read_region_sector_csv(folder / "value_added_shares.csv", e.regions, e.sectors, "share", options.job);
    const double input_error = read_input_shares(folder / "input_shares.csv", e, options.job);
    const double final_error = read_final_shares(folder / "final_shares.csv", e, options.job);
    add_note(e, fmt::format(
                    "Shares were rescaled to sum to 1 exactly; input shares were off by up to {:.1e}, final shares by "
                    "up to {:.1e}.",
                    input_error, final_error));
    fill_gaps(e, {}, options);
    return e;
}

}  // namespace detente
