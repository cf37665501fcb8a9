// Inter-country input-output tables: what the importers of such tables share, from deliveries to an economy.
#pragma once

#include <string>

#include "economy/import_common.h"

namespace detente {

/// A table as published; deliveries summed over what the models do not tell apart.
struct InputOutputTable {
    InputOutputTable(int regions, int sectors);

    TradeTensor intermediate;  ///< exporter, importer, sector: summed over users
    TradeTensor final;         ///< exporter, importer, sector: summed over categories
    InputTensor use;           ///< region, input, sector: summed over exporters
    RegionSector output;       ///< the row's sum
    RegionSector printed;      ///< gross output as printed
    bool has_printed = true;   ///< false where the source prints none
    int negative_entries = 0;  ///< final uses below 0, by category
    double negative_amount = 0.0;
    int dropped_entries = 0;  ///< intermediate uses below 0 that count as 0
    double dropped_amount = 0.0;

    /// Sector s of region i delivers to sector k of region j. A negative delivery counts as 0: a coefficient
    /// cannot be negative, and published tables have such cells from balancing only.
    void add_intermediate(int i, int s, int j, int k, double value);
    /// Sector s of region i delivers to final demand in region j.
    void add_final(int i, int s, int j, double value);
};

/// Fills trade, technology and final shares of `economy` (which has its names, unit and goods flags) from the
/// table, handles negative final uses and the gaps as `options` ask, and notes all of it. Throws where a region
/// has no final demand; `file` is named in errors. `gaps` says which options beyond theta, tariff and negatives fit.
void fill_from_table(Economy& economy, InputOutputTable table, Gaps gaps, const ImportOptions& options,
                     const std::string& file);

}  // namespace detente
