// GDP and whatever else is known of regions: a table of one's own, or the World Bank's as it is downloaded.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "economy/economy_io.h"
#include "economy/trade_flows.h"

namespace detente {

/// GDP and other numbers by region, as a source has them.
struct RegionTable {
    std::string file;
    std::vector<std::string> regions;    ///< in the order of the file
    std::map<std::string, double> gdp;   ///< where it is known, in the unit of the file
    std::vector<std::string> empty_gdp;  ///< regions with a row whose GDP is missing
    double dollars = 0;                  ///< the unit of GDP in US dollars, or 0 where the table does not say
    std::map<std::string, std::map<std::string, double>> columns;  ///< further numbers: column -> region -> value
    std::vector<std::string> notes;
};

/// Reads the GDP of the flows' year (or `options.year`, or the one year that the table has), with years in a column or
/// as columns, and below lines above the header. Further columns are read for the regions of `flows`. Throws (file,
/// line, column) where a region stands twice, GDP is not positive, or the year is not there.
RegionTable read_region_table(const std::filesystem::path& path, const ImportOptions& options, const TradeFlows& flows);

}  // namespace detente
