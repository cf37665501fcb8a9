// How the publishers of bilateral trade lay out their tables.
#pragma once

#include <string>
#include <vector>

#include "economy/table_columns.h"

namespace detente {

/// The columns of a table of flows. Positions are -1 where the table has no such column.
struct FlowColumns {
    std::string layout;  ///< the publisher's table ("BACI (CEPII)"), or empty
    std::string unit;    ///< of the flows, or empty where the layout does not say
    double dollars = 0;  ///< a unit of the flows in US dollars, or 0 where the layout does not say
    /// Flows of a region with itself are re-imports: they are statistics of trade across borders.
    bool statistics = false;
    /// Products stand at several levels (all, chapters, headings) beside each other.
    bool levels = false;

    int exporter = -1, importer = -1, value = -1, year = -1, product = -1;
    int gdp_exporter = -1, gdp_importer = -1;
    /// Where a row is of exports or of imports: `exporter` is then the reporter and `importer` the partner.
    int direction = -1;

    /// Rows count only where these columns hold one of these values (totals, not their parts).
    struct Filter {
        int column;
        std::vector<std::string> values;
    };
    std::vector<Filter> filters;
    /// Other flows that the table has, for the note.
    std::vector<std::string> other_values;
};

/// Finds the columns: by the layout that the header shows, else by names that tables of one's own have; what a person
/// chose goes first. Throws (file, line of the header) where one is missing or two could be meant.
FlowColumns flow_columns(const std::vector<std::string>& columns, const Place& header, const ColumnChoice& chosen);

/// True where a line can be the header of a table of flows.
bool is_flow_header(const std::vector<std::string>& fields, const ColumnChoice& chosen);

}  // namespace detente
