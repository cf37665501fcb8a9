// World Input-Output Database: one NetCDF file with the intermediate and final deliveries of every sector.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "economy/import_common.h"
#include "economy/netcdf_file.h"

namespace detente {
namespace {

namespace fs = std::filesystem;

constexpr int n_goods = 16;  // ISIC Rev. 3 AtB to 36t37: agriculture, mining and manufacturing

// The table as published; deliveries summed over what the models do not tell apart.
struct Table {
    TradeTensor intermediate;  // exporter, importer, sector: summed over users
    TradeTensor final;         // exporter, importer, sector: summed over categories
    InputTensor use;           // region, input, sector: summed over exporters
    RegionSector output;       // the row's sum
    RegionSector printed;      // gross output as printed
    int negative_entries = 0;  // final uses below 0, by category
    double negative_amount = 0.0;
};

std::vector<double> finite_values(const NetcdfReader& in, const std::string& variable,
                                  const std::vector<std::string>& shape) {
    std::vector<double> values = in.numbers(variable, shape);
    for (std::size_t at = 0; at < values.size(); ++at) {
        if (std::isfinite(values[at])) continue;
        throw_input(Place{in.file(), 0, variable}, fmt::format("value {} is not a number", at + 1));
    }
    return values;
}

void check_names(const NetcdfReader& in, const std::string& dimension, const IndexSet& expected) {
    const std::vector<std::string> found = in.strings(dimension, dimension);
    if (found == expected.names()) return;
    throw_input(Place{in.file(), 0, dimension},
                fmt::format("the names are not those of {}, in its order", expected.kind()));
}

void read_intermediate(const NetcdfReader& in, int n, int m, Table& table) {
    const std::vector<double> values =
        finite_values(in, "intermediate_use", {"exporter", "sector", "importer", "user"});
    std::size_t at = 0;
    for (int i = 0; i < n; ++i) {
        for (int s = 0; s < m; ++s) {
            for (int j = 0; j < n; ++j) {
                for (int k = 0; k < m; ++k, ++at) {
                    if (values[at] < 0.0) {
                        throw_input({Place{in.file(), 0, "intermediate_use"},
                                     fmt::format("value {} is negative", at + 1), fmt::format("{}", values[at]),
                                     "0 or more", ""});
                    }
                    table.intermediate(i, j, s) += values[at];
                    table.use(j, s, k) += values[at];
                    table.output(i, s) += values[at];
                }
            }
        }
    }
}

void read_final(const NetcdfReader& in, int n, int m, Table& table) {
    const std::vector<double> values = finite_values(in, "final_use", {"exporter", "sector", "importer", "category"});
    const int categories = in.dimension("category");
    std::size_t at = 0;
    for (int i = 0; i < n; ++i) {
        for (int s = 0; s < m; ++s) {
            for (int j = 0; j < n; ++j) {
                for (int c = 0; c < categories; ++c, ++at) {
                    table.final(i, j, s) += values[at];
                    table.output(i, s) += values[at];
                    if (values[at] >= 0.0) continue;
                    ++table.negative_entries;
                    table.negative_amount += values[at];
                }
            }
        }
    }
}

Table read_table(const NetcdfReader& in, int n, int m) {
    Table table{TradeTensor(n, m), TradeTensor(n, m), InputTensor(n, m), RegionSector(n, m), RegionSector(n, m)};
    read_intermediate(in, n, m, table);
    read_final(in, n, m, table);
    const std::vector<double> printed = finite_values(in, "gross_output", {"exporter", "sector"});
    for (int i = 0; i < n; ++i)
        for (int s = 0; s < m; ++s) table.printed(i, s) = printed[static_cast<std::size_t>(i * m + s)];
    return table;
}

// A sector that buys more inputs than it sells cannot pay its workers: its inputs are scaled to its output.
void scale_inputs_to_output(Economy& e, int i, int s) {
    const double inputs = 1.0 - e.value_added_share(i, s);
    for (int k = 0; k < e.n_sectors(); ++k) e.input_share(i, k, s) /= inputs;
    add_note(
        e, fmt::format("{} in {} has negative value added ({:.4g} of output); its input shares were scaled to sum to 1 "
                       "and its value-added share set to 0.",
                       e.sectors[s], e.regions[i], e.value_added_share(i, s)));
    e.value_added_share(i, s) = 0.0;
}

// Input coefficients relative to the row's sum as published, before any final use is changed.
void calibrate_technology(const Table& table, Economy& e) {
    e.value_added_share = RegionSector(e.n_regions(), e.n_sectors(), 1.0);
    e.input_share = InputTensor(e.n_regions(), e.n_sectors());
    int idle = 0;
    double furthest = 0.0;
    for (int s = 0; s < e.n_sectors(); ++s) {
        for (int i = 0; i < e.n_regions(); ++i) {
            const double output = table.output(i, s);
            furthest = std::max(furthest, std::abs(output - table.printed(i, s)));
            if (!(output > 0.0)) {
                ++idle;  // nothing is produced: no inputs, all of it value added
                continue;
            }
            double value_added = output;  // in whole millions, so that the difference is exact
            for (int k = 0; k < e.n_sectors(); ++k) {
                e.input_share(i, k, s) = table.use(i, k, s) / output;
                value_added -= table.use(i, k, s);
            }
            e.value_added_share(i, s) = value_added / output;
            if (value_added < 0.0) scale_inputs_to_output(e, i, s);
        }
    }
    add_note(
        e, fmt::format("Gross output is the sum of the table's row; it differs from the printed one by up to {:g} {}.",
                       furthest, e.unit));
    if (idle > 0) {
        add_note(e, fmt::format("{} region-sector pairs produce nothing; their value-added share is set to 1.", idle));
    }
}

// Sets the row's negative cells to 0 and scales its other final uses so that the row's output stays. Returns
// by how much output grows all the same, where the other final uses are too small to give way.
double clip_row(const Economy& e, Table& table, int i, int s) {
    double positive = 0.0, negative = 0.0;
    for (int j = 0; j < e.n_regions(); ++j) {
        const double use = table.final(i, j, s);
        (use < 0.0 ? negative : positive) += use;
    }
    if (negative >= 0.0) return 0.0;
    const double scale = positive > 0.0 ? std::max(0.0, positive + negative) / positive : 0.0;
    for (int j = 0; j < e.n_regions(); ++j) table.final(i, j, s) = std::max(0.0, table.final(i, j, s)) * scale;
    return std::max(0.0, -(positive + negative));
}

void settle_negatives(Economy& e, Table& table, ImportOptions::Negatives rule) {
    int cells = 0;
    double amount = 0.0;
    for (const double use : table.final.data()) {
        if (use >= 0.0) continue;
        ++cells;
        amount += use;
    }
    double grown = 0.0;
    const bool clip = rule == ImportOptions::Negatives::clip;
    for (int s = 0; s < e.n_sectors(); ++s) {
        for (int i = 0; i < e.n_regions(); ++i) {
            if (clip) grown += clip_row(e, table, i, s);
            for (int j = 0; j < e.n_regions(); ++j) table.final(i, j, s) = std::max(0.0, table.final(i, j, s));
        }
    }
    add_note(
        e,
        fmt::format("{} final uses of the source are negative ({:g} {}; stocks drawn down); summed over categories {} "
                    "exporter-sector-importer cells are ({:g}). These cells were set to 0, ",
                    table.negative_entries, table.negative_amount, e.unit, cells, amount) +
            (clip ? "and the other final uses of the same exporter and sector scaled down so that its output stays "
                    "(negatives = clip)."
                  : "and deficits follow from what remains: the drawing-down of stocks becomes part of the transfer "
                    "(negatives = deficit, the default, because it keeps every positive flow and the technology as "
                    "published)."));
    if (grown > 0.0) {
        add_note(e,
                 fmt::format(
                     "Where an exporter's final uses of a sector sum to less than 0, all were set to 0 and its output "
                     "grew, by {:g} in all.",
                     grown));
    }
}

}  // namespace

Economy import_wiod(const fs::path& path, const ImportOptions& options) {
    const NetcdfReader in(path);
    Economy e;
    e.title = in.has_attribute("", "title") ? in.text_attribute("", "title") : "World Input-Output Table";
    e.source =
        "World Input-Output Database, 2013 release, year 2011: Timmer, Dietzenbacher, Los, Stehrer and de Vries "
        "(2015), Review of International Economics 23";
    e.licence = "CC BY 4.0";
    e.unit = "million US dollars";
    e.year = 2011;
    e.regions = IndexSet("region", in.strings("exporter", "exporter"));
    e.sectors = IndexSet("sector", in.strings("sector", "sector"));
    check_names(in, "importer", e.regions);
    check_names(in, "user", e.sectors);
    if (in.has_variable("sector_name")) e.sector_titles = in.strings("sector_name", "sector");
    mark_goods(e, n_goods, in.file());

    const int n = e.n_regions(), m = e.n_sectors();
    Table table = read_table(in, n, m);
    calibrate_technology(table, e);
    settle_negatives(e, table, options.negatives);

    RegionSector final_demand(n, m);
    e.trade = table.intermediate;
    e.tariff = TradeTensor(n, m);
    for (int s = 0; s < m; ++s) {
        for (int j = 0; j < n; ++j) {
            for (int i = 0; i < n; ++i) {
                e.trade(i, j, s) += table.final(i, j, s);
                final_demand(j, s) += table.final(i, j, s);
            }
        }
    }
    e.final_share = shares_by_region(final_demand, e.regions, in.file());
    fill_gaps(e, {true, true, true}, options);
    return e;
}

}  // namespace detente
