// The tidy CSV folder that import_csv reads (layout there).
#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "base/csv.h"
#include "base/file.h"
#include "base/output_folder.h"
#include "economy/economy_io.h"

namespace detente {
namespace {

namespace fs = std::filesystem;

// A free column may not take the name of a column that the layout gives a meaning.
void check_free_name(const fs::path& file, const std::string& name, const std::vector<std::string>& reserved) {
    if (std::find(reserved.begin(), reserved.end(), name) == reserved.end()) return;
    throw_input(Place{file.string(), 1, name}, "a free column has the name of a column of the table; rename it");
}

// Optional columns of one dimension: header and values.
struct Columns {
    std::string header;
    std::vector<const std::vector<double>*> values;

    void add(const std::string& name, const std::vector<double>& column) {
        if (column.empty()) return;
        header += ',' + csv_field(name);
        values.push_back(&column);
    }
    std::string row(std::size_t at) const {
        std::string text;
        for (const auto* column : values) text += ',' + csv_number((*column)[at]);
        return text;
    }
};

void write_description(const Economy& e, const fs::path& folder, const WriteOptions& options) {
    std::string text = "key,value\n";
    const std::vector<std::pair<std::string, std::string>> rows = {{"title", e.title},
                                                                   {"source", e.source},
                                                                   {"licence", e.licence},
                                                                   {"unit", e.unit},
                                                                   {"year", fmt::format("{}", e.year)},
                                                                   {"note", e.note},
                                                                   {"elasticities", e.elasticities},
                                                                   {"elasticity_set", e.elasticity_set},
                                                                   {"elasticity_horizon", e.elasticity_horizon}};
    for (const auto& [key, value] : rows) text += key + ',' + csv_field(value) + '\n';
    write_text(folder / "economy.csv", text, options);
}

void write_regions(const Economy& e, const fs::path& folder, const WriteOptions& options) {
    Columns columns;
    columns.add("value_added", e.value_added);
    columns.add("deficit", e.deficit);
    for (const auto& [name, values] : e.region_columns) {
        check_free_name(folder / "regions.csv", name, {"region", "value_added", "deficit"});
        columns.add(name, values);
    }
    std::string text = "region" + columns.header + '\n';
    for (int i = 0; i < e.n_regions(); ++i) {
        text += csv_field(e.regions[i]) + columns.row(static_cast<std::size_t>(i)) + '\n';
    }
    write_text(folder / "regions.csv", text, options);
}

void write_sectors(const Economy& e, const fs::path& folder, const WriteOptions& options) {
    Columns columns;
    columns.add("theta", e.theta);
    columns.add("sigma", e.sigma);
    columns.add("psi", e.psi);
    columns.add("theta_log_sd", e.theta_log_sd);
    for (const auto& [name, values] : e.sector_columns) {
        check_free_name(folder / "sectors.csv", name,
                        {"sector", "title", "goods", "theta", "sigma", "psi", "theta_log_sd"});
        columns.add(name, values);
    }
    const bool titles = !e.sector_titles.empty();
    std::string text = std::string("sector") + (titles ? ",title" : "") + ",goods" + columns.header + '\n';
    for (int s = 0; s < e.n_sectors(); ++s) {
        const auto at = static_cast<std::size_t>(s);
        text += csv_field(e.sectors[s]) + (titles ? ',' + csv_field(e.sector_titles[at]) : "");
        text += (e.goods[at] ? ",1" : ",0") + columns.row(at) + '\n';
    }
    write_text(folder / "sectors.csv", text, options);
}

void write_trade(const Economy& e, const fs::path& folder, const WriteOptions& options) {
    std::string text = "exporter,importer,sector,value,tariff";
    for (const auto& [name, tensor] : e.trade_columns) {
        check_free_name(folder / "trade.csv", name, {"exporter", "importer", "sector", "value", "tariff"});
        text += ',' + csv_field(name);
    }
    text += '\n';
    for (int i = 0; i < e.n_regions(); ++i) {
        options.job.check();
        for (int j = 0; j < e.n_regions(); ++j) {
            for (int s = 0; s < e.n_sectors(); ++s) {
                text += csv_field(e.regions[i]) + ',' + csv_field(e.regions[j]) + ',' + csv_field(e.sectors[s]) + ',';
                text += csv_number(e.trade(i, j, s)) + ',' + csv_number(e.tariff(i, j, s));
                for (const auto& [name, tensor] : e.trade_columns) text += ',' + csv_number(tensor(i, j, s));
                text += '\n';
            }
        }
    }
    write_text(folder / "trade.csv", text, options);
}

void write_region_sectors(const Economy& e, const fs::path& folder, const WriteOptions& options) {
    std::string text = "region,sector";
    std::vector<const RegionSector*> tables;
    const auto add = [&](const std::string& name, const RegionSector& table) {
        if (table.empty()) return;
        text += ',' + csv_field(name);
        tables.push_back(&table);
    };
    add("value_added_share", e.value_added_share);
    add("final_share", e.final_share);
    for (const auto& [name, table] : e.region_sector_columns) {
        check_free_name(folder / "region_sectors.csv", name, {"region", "sector", "value_added_share", "final_share"});
        add(name, table);
    }
    if (tables.empty()) return;
    text += '\n';
    for (int i = 0; i < e.n_regions(); ++i) {
        for (int s = 0; s < e.n_sectors(); ++s) {
            text += csv_field(e.regions[i]) + ',' + csv_field(e.sectors[s]);
            for (const RegionSector* table : tables) text += ',' + csv_number((*table)(i, s));
            text += '\n';
        }
    }
    write_text(folder / "region_sectors.csv", text, options);
}

void write_input_shares(const Economy& e, const fs::path& folder, const WriteOptions& options) {
    if (e.input_share.empty()) return;
    std::string text = "region,input,sector,share\n";
    for (int i = 0; i < e.n_regions(); ++i) {
        options.job.check();
        for (int k = 0; k < e.n_sectors(); ++k) {
            for (int s = 0; s < e.n_sectors(); ++s) {
                text += csv_field(e.regions[i]) + ',' + csv_field(e.sectors[k]) + ',' + csv_field(e.sectors[s]) + ',' +
                        csv_number(e.input_share(i, k, s)) + '\n';
            }
        }
    }
    write_text(folder / "input_shares.csv", text, options);
}

}  // namespace

void export_csv(const Economy& economy, const fs::path& folder, const WriteOptions& options) {
    OutputFolder out(
        folder, {"economy.csv", "regions.csv", "sectors.csv", "trade.csv", "region_sectors.csv", "input_shares.csv"},
        options);
    write_description(economy, out.staged(), options);
    write_regions(economy, out.staged(), options);
    write_sectors(economy, out.staged(), options);
    write_trade(economy, out.staged(), options);
    write_region_sectors(economy, out.staged(), options);
    write_input_shares(economy, out.staged(), options);
    out.commit();
}

}  // namespace detente
