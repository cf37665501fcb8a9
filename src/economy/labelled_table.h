// Input-output tables as they are published: one rectangle of numbers, a region and a code on every row and column.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/index_set.h"
#include "economy/input_output_table.h"

namespace detente {

/// The name of a row or column. Totals and rows below the deliveries may have no region.
struct AccountLabel {
    std::string region, code;
    std::string printed;  ///< as it stands in the file, for errors and notes
    std::string title;    ///< a longer name, or empty
};

/// The rectangle. Which rows and columns are industries follows from the labels alone (`read_deliveries`).
struct LabelledTable {
    std::string file;
    int header_line = 1;
    std::vector<AccountLabel> columns, rows;
    std::vector<std::vector<double>> values;  ///< by row, then column
    std::vector<int> lines;                   ///< line of each row in the file
};

/// What the rectangle holds.
struct Deliveries {
    IndexSet regions, sectors;
    std::vector<std::string> sector_titles;  ///< titles of the rows, or the codes
    InputOutputTable table;
    std::string other_rows;  ///< a sentence on the rows between inputs and value added, or empty
};

/// Sorts rows and columns by their labels. An industry is a label that stands among the rows and among the columns;
/// a column of a region that is no industry is final demand; a column without a region is printed output; every
/// other row is no delivery. Regions in `merged` (old -> new) count as the new one. Throws (file, line, label) where
/// a label stands twice, where a region lacks an industry that others have, and where final demand has no region.
Deliveries read_deliveries(const LabelledTable& table, const std::map<std::string, std::string>& merged = {});

/// Goods among sectors with ISIC Rev. 4 codes: divisions 01 to 33 (agriculture, mining, manufacturing), or the letters
/// A, B and C where the code has no division.
std::vector<char> goods_by_isic4(const IndexSet& sectors);

/// The last four-digit year (1960 to 2099) in a name, or 0.
int year_in(const std::string& name);

}  // namespace detente
