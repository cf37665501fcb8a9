// What the importers share: tables of named cells, shares, and what fills the gaps of a source.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/csv.h"
#include "economy/economy.h"
#include "economy/economy_io.h"

namespace detente {

/// One column of names in a table of cells.
struct Axis {
    std::string column;
    const IndexSet* names;
};

/// What a cell without a row means.
enum class Missing { error, zero };

/// Calls `put(position, row)` for every row, where `position` has one index for each axis. Throws (file, line,
/// column) on an unknown name, on a cell that stands twice and, with `Missing::error`, on a cell without a row.
void for_each_cell(const CsvTable& table, const std::vector<Axis>& axes, Missing missing,
                   const std::function<void(const std::vector<int>& position, int row)>& put);

/// The names of a column in the order of their first appearance.
IndexSet names_in_order(const CsvTable& table, const std::string& column, const std::string& kind);

/// A number that must not be negative.
double nonnegative_number(const CsvTable& table, int row, int column);
/// A tariff rate: above -100 %, and 0 where exporter and importer are the same.
double tariff_number(const CsvTable& table, int row, int column, bool home);

/// Tables by name, every cell once.
RegionSector read_region_sector_csv(const std::filesystem::path& path, const IndexSet& regions, const IndexSet& sectors,
                                    const std::string& value_column, const Job& job);
std::vector<double> read_column_csv(const CsvTable& table, const std::string& name_column, const IndexSet& names,
                                    const std::string& value_column);

/// Marks the first `count` sectors as goods; throws where there are fewer.
void mark_goods(Economy& economy, int count, const std::string& file);
/// Shares of `flows` (not negative) by region; throws where a region has none.
RegionSector shares_by_region(const RegionSector& flows, const IndexSet& regions, const std::string& file);

/// Adds a sentence to `Economy::note`.
void add_note(Economy& economy, const std::string& sentence);

/// What a source lacks.
struct Gaps {
    bool theta = false;
    bool tariff = false;
    bool negatives = false;  ///< the source can have negative final uses
    bool split = false;      ///< the source can have split regions
    bool year = false;       ///< the source may not state its year, or hold several
    bool gravity = false;    ///< the source has GDP beside its flows, and may lack home sales
};

/// Fills the gaps from the options and notes what was assumed. Elasticities and tariffs of the options replace those of
/// a source that has its own, which is noted; any other option for what the source has is an error.
void fill_gaps(Economy& economy, const Gaps& gaps, const ImportOptions& options);

/// Gives the economy the tariffs of the options: one rate, a file, or 0; notes what was assumed. With `replace` the
/// economy has tariffs of its own, and keeps them where a file has no row.
void fill_tariff(Economy& economy, const ImportOptions& options, bool replace);
/// Whether the options say anything of trade elasticities.
bool theta_is_given(const ImportOptions& options);
/// Gives the economy the elasticities of the options: one for every sector, a file, exceptions; a sector that none of
/// them names keeps its own. Throws (file, line) where a sector has none then. Notes what is true afterwards.
void fill_theta(Economy& economy, const ImportOptions& options);
/// Takes what the note says of the elasticities out of it.
void take_theta_sentences(Economy& economy);

/// Where an option was given, for errors: its place, or its name.
Place option_place(const ImportOptions& options, const std::string& option);
/// Takes the sentences that begin with one of `starts` out of the note, and returns them.
std::string take_sentences(Economy& economy, const std::vector<std::string>& starts);

// One importer for each format; all throw input errors with file, line and column.
Economy import_csv(const std::filesystem::path& folder, const ImportOptions& options);
Economy import_caliendo_parro(const std::filesystem::path& folder, const ImportOptions& options);
Economy import_ossa(const std::filesystem::path& folder, const ImportOptions& options);
Economy import_liberation_day(const std::filesystem::path& folder, const ImportOptions& options);
Economy import_us_china_2017(const std::filesystem::path& folder, const ImportOptions& options);
Economy import_gravity(const std::filesystem::path& path, const ImportOptions& options);
Economy import_icio(const std::filesystem::path& path, const ImportOptions& options);
Economy import_wiod(const std::filesystem::path& path, const ImportOptions& options);
Economy import_wiod_workbook(const std::filesystem::path& path, const ImportOptions& options);

}  // namespace detente
