// Reading and writing economies: one NetCDF file each; a tidy CSV folder for people.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/csv.h"
#include "base/file.h"
#include "economy/economy.h"
#include "economy/elasticity_set.h"

namespace detente {

/// Reads an economy file (NetCDF, layout in docs/economy-file.md). Throws a file error where it cannot be
/// opened or is cut short, an input error (file, variable, found, expected) where its content is wrong.
Economy read_economy(const std::filesystem::path& path, const Job& job = {});
/// The same from the content of a file in memory; errors call it `name`.
Economy read_economy_bytes(const std::string& content, const std::string& name, const Job& job = {});

/// Writes an economy file: NetCDF classic 64-bit offset format, no time stamps, so that the same economy
/// gives the same bytes.
void write_economy(const Economy& economy, const std::filesystem::path& path, const WriteOptions& options = {});

/// The content of that file, in memory.
std::string economy_bytes(const Economy& economy, const Job& job = {});

/// Writes a tidy CSV folder that `import_csv` reads back to the same numbers. An older export there is replaced as a
/// whole or not at all; other files in the folder stay.
void export_csv(const Economy& economy, const std::filesystem::path& folder, const WriteOptions& options = {});

/// How an importer reads a source and fills what it does not have; what was assumed goes into `Economy::note`. The
/// command line and studies read these from one list (import_options.h).
struct ImportOptions {
    std::optional<double> theta;             ///< one trade elasticity for every sector
    std::filesystem::path theta_file;        ///< a CSV with columns sector,theta ("*": all others), before `theta`
    std::map<std::string, double> theta_of;  ///< by sector, before both
    std::string elasticities;                ///< a set, as it was named; who names one puts it into `elasticity_set`
    std::shared_ptr<const ElasticitySet> elasticity_set;
    std::optional<double> theta_mean;          ///< scale to this mean over goods, weighted by trade
    std::optional<ElasticityHorizon> horizon;  ///< or to that of a horizon
    std::optional<double> tariff;              ///< one tariff rate for every good on every border
    std::filesystem::path tariff_file;         ///< or a CSV with columns exporter,importer,sector,tariff ("*" allowed)
    enum class TariffUnit { header, rate, percent };  ///< of the tariff file: as its header says, or as given
    TariffUnit tariff_unit = TariffUnit::header;
    enum class Negatives { deficit, clip };  ///< what to do with negative final uses (icio, wiod)
    Negatives negatives = Negatives::deficit;
    bool merge_split = false;  ///< icio: merge the split rows MX1, MX2, CN1, CN2 into MEX and CHN
    std::optional<int> year;   ///< the year of a source that does not state it or holds several

    CsvFormat csv;                               ///< what stands between the fields of CSV sources
    std::map<std::string, std::string> columns;  ///< gravity, tariff file: role ("value") -> column of the file

    std::filesystem::path gdp_file;  ///< gravity: a CSV with columns iso3,gdp and further columns by region
    std::optional<double> gdp_unit;  ///< gravity: the unit of GDP in that of the flows (0.001)
    enum class HomeSales { source, gdp, gdp_clip };  ///< gravity: as in the file, or GDP less exports (below 0: 0)
    HomeSales home_sales = HomeSales::source;
    std::filesystem::path sectors_file;  ///< gravity, tariff file, set: a CSV product,sector (sector_map.h)
    enum class Reported { either, exports, imports };  ///< gravity: whose reports count where a table has both
    Reported reported = Reported::either;
    bool drop_without_gdp = false;  ///< gravity: leave out regions that the GDP file does not name
    std::string note;               ///< what a person wants the note to say too

    std::map<std::string, Place> places;  ///< where options were given ("theta", "tariff", ...), for errors
    Job job;                              ///< a cancelled one ends the import wherever it is
};

/// Puts the elasticities and tariffs of the options in place of those of an economy that stands in a file, and notes
/// what is true afterwards. Options that are for other sources are errors.
void override_economy(Economy& economy, const ImportOptions& options);

/// The same for the set of elasticities, their mean and horizon alone.
void override_elasticities(Economy& economy, const ImportOptions& options);

/// The importers by name: csv, caliendo-parro, ossa, liberation-day, us-china-2017, wiod, icio, gravity.
const std::vector<std::string>& import_formats();
/// Imports with the importer `format`; throws with the nearest name where there is none.
Economy import_economy(const std::string& format, const std::filesystem::path& path, const ImportOptions& options = {});
/// The same for a source of several files: gravity takes its flows and, optionally, its GDP.
Economy import_economy(const std::string& format, const std::vector<std::filesystem::path>& paths,
                       const ImportOptions& options = {});

}  // namespace detente
