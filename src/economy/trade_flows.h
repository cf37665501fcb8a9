// Bilateral flows read row by row: of one year, products summed or put into sectors, countries by their letters.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "economy/economy_io.h"
#include "economy/sector_map.h"
#include "economy/trade_layout.h"

namespace detente {

/// Exports of one region to another in one sector (positions), in the unit of the table.
struct Flow {
    int exporter, importer, sector;
    double value;
};

/// What a table of flows holds, whatever its length: a sum for each pair of regions and sector.
struct TradeFlows {
    std::string file;
    int header_line = 1;
    FlowColumns columns;
    int year = 0;                        ///< 0 where the table has no years
    std::vector<std::string> regions;    ///< exporters in the order of the file, then those that only import
    std::vector<int> first_line;         ///< of each region
    std::vector<Flow> flows;             ///< each pair and sector once, by exporter, importer and sector
    bool coded = false;                  ///< numbers of countries were read as letters
    bool has_gdp = false;                ///< GDP stands on the rows
    std::map<std::string, double> gdp;   ///< GDP on the rows, in the unit of the file, where it is known
    std::vector<std::string> empty_gdp;  ///< regions whose GDP is an empty cell wherever they stand
    std::vector<std::string> notes;
};

/// Reads the flows of `options.year`, or of the one year that the table has. Rows whose value is missing are no flows.
/// `map` gives sectors to products, or null to sum them. Throws (file, line, column) as the importer does.
TradeFlows read_trade_flows(const std::filesystem::path& path, const ImportOptions& options, const SectorMap* map);

/// Letters for the numbers of countries among the names, in place; returns the codes that have none. Where not `known`
/// to be codes, names stay as they are unless nearly all are codes.
bool letters_for_codes(std::vector<std::string>& names, bool known, std::vector<std::string>& without);

}  // namespace detente
