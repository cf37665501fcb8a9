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
    std::string left_out;    ///< a sentence on columns that belong to no region, or empty
};

/// Whether a row or column without a region is gross output as printed: OUT, OUTPUT, TOTAL, GO or a title with
/// "output". Other columns without a region (a discrepancy) are left out.
bool is_output(const AccountLabel& label);

/// Sorts rows and columns by their labels. An industry is a label that stands among the rows and among the columns;
/// a column of a region that is no industry is final demand; a column without a region is printed output or left out;
/// every other row is no delivery. Where no column has printed output, a row of it is taken. Regions in `merged` (old
/// -> new) count as the new one. Throws (file, line, label) where a label stands twice, where a region lacks an
/// industry that others have, where final demand has no region, and where a region has deliveries beside those of its
/// parts.
Deliveries read_deliveries(const LabelledTable& table, const std::map<std::string, std::string>& merged,
                           const Job& job);

/// Goods among sectors with ISIC codes: agriculture, mining and manufacturing. Rev. 3 (AtB, C, 15t16 ... 36t37 or
/// C01T05AGR ... C36T37OTM) is told from Rev. 4 by AtB, or by a C that is not the letter of manufacturing.
std::vector<char> goods_by_isic(const IndexSet& sectors);
bool is_isic3(const IndexSet& sectors);
/// Rev. 4: divisions 01 to 33, or the letters A, B and C where the code has no division.
std::vector<char> goods_by_isic4(const IndexSet& sectors);

/// The last four-digit year (1960 to 2099) in a name, or 0.
int year_in(const std::string& name);

}  // namespace detente
