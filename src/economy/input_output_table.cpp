#include "economy/input_output_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace detente {
namespace {

constexpr int named_at_most = 5;  // a longer list in the note hides the rest of it

// A sector that buys more inputs than it sells cannot pay its workers: its inputs are scaled to its output.
void scale_inputs_to_output(Economy& e, int i, int s, bool named) {
    const double inputs = 1.0 - e.value_added_share(i, s);
    for (int k = 0; k < e.n_sectors(); ++k) e.input_share(i, k, s) /= inputs;
    if (named)
        add_note(e,
                 fmt::format(
                     "{} in {} has negative value added ({:.4g} of output); its input shares were scaled to sum to 1 "
                     "and its value-added share set to 0.",
                     e.sectors[s], e.regions[i], e.value_added_share(i, s)));
    e.value_added_share(i, s) = 0.0;
}

// Input coefficients relative to the row's sum as published, before any final use is changed.
void calibrate_technology(const InputOutputTable& table, Economy& e) {
    e.value_added_share = RegionSector(e.n_regions(), e.n_sectors(), 1.0);
    e.input_share = InputTensor(e.n_regions(), e.n_sectors());
    int idle = 0, scaled = 0;
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
            if (value_added < 0.0) scale_inputs_to_output(e, i, s, scaled++ < named_at_most);
        }
    }
    if (scaled > named_at_most) {
        add_note(e, fmt::format("So were those of {} more region-sector pairs with negative value added.",
                                scaled - named_at_most));
    }
    add_note(e,
             table.has_printed
                 ? fmt::format(
                       "Gross output is the sum of the table's row; it differs from the printed one by up to {:g} {}.",
                       furthest, e.unit)
                 : "Gross output is the sum of the table's row; the source prints none to compare it with.");
    if (idle > 0) {
        add_note(e, fmt::format("{} region-sector pairs produce nothing; their value-added share is set to 1.", idle));
    }
}

// Sets the row's negative cells to 0 and scales its other final uses so that the row's output stays. Returns
// by how much output grows all the same, where the other final uses are too small to give way.
double clip_row(const Economy& e, InputOutputTable& table, int i, int s) {
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

void settle_negatives(Economy& e, InputOutputTable& table, ImportOptions::Negatives rule) {
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

// Deliveries below 0 that could not stay.
void note_dropped(const InputOutputTable& table, Economy& e) {
    if (table.dropped_entries == 0) return;
    add_note(e, fmt::format("{} intermediate uses of the source are negative ({:g} {}) and were set to 0.",
                            table.dropped_entries, table.dropped_amount, e.unit));
}

}  // namespace

InputOutputTable::InputOutputTable(int regions, int sectors)
    : intermediate(regions, sectors),
      final(regions, sectors),
      use(regions, sectors),
      output(regions, sectors),
      printed(regions, sectors) {}

void InputOutputTable::add_intermediate(int i, int s, int j, int k, double value) {
    if (value < 0.0) {
        ++dropped_entries;
        dropped_amount += value;
        return;
    }
    intermediate(i, j, s) += value;
    use(j, s, k) += value;
    output(i, s) += value;
}

void InputOutputTable::add_final(int i, int s, int j, double value) {
    final(i, j, s) += value;
    output(i, s) += value;
    if (value >= 0.0) return;
    ++negative_entries;
    negative_amount += value;
}

void fill_from_table(Economy& e, InputOutputTable table, Gaps gaps, const ImportOptions& options,
                     const std::string& file) {
    note_dropped(table, e);
    calibrate_technology(table, e);
    settle_negatives(e, table, options.negatives);

    const int n = e.n_regions(), m = e.n_sectors();
    RegionSector final_demand(n, m);
    e.trade = std::move(table.intermediate);
    e.tariff = TradeTensor(n, m);
    for (int s = 0; s < m; ++s) {
        for (int j = 0; j < n; ++j) {
            for (int i = 0; i < n; ++i) {
                e.trade(i, j, s) += table.final(i, j, s);
                final_demand(j, s) += table.final(i, j, s);
            }
        }
    }
    e.final_share = shares_by_region(final_demand, e.regions, file);
    gaps.theta = gaps.tariff = gaps.negatives = true;
    fill_gaps(e, gaps, options);
}

}  // namespace detente
