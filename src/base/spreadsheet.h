// Workbooks of spreadsheet programs, row by row: .xlsx (ECMA-376) and .xlsb ([MS-XLSB]) behind one interface.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/job.h"

namespace detente {

/// A cell with content: text, or a number. Error values (#N/A) are text.
struct SheetCell {
    int column = 0;  ///< from 0
    bool is_text = false;
    double number = 0.0;
    std::string_view text;  ///< valid during the visit
};

/// Receives the rows in order (from 1); rows and cells without content may be left out.
using RowVisitor = std::function<void(int row, const std::vector<SheetCell>& cells)>;

/// A workbook whose sheets are read as streams.
class Workbook {
public:
    virtual ~Workbook() = default;
    /// The file's name, for errors.
    virtual const std::string& file() const = 0;
    /// Names of the sheets, in order.
    virtual std::vector<std::string> sheets() const = 0;
    /// Reads a sheet as a stream. Throws an input error (file, part) where it is not what the format says and a
    /// file error where the file is damaged.
    virtual void for_each_row(const std::string& sheet, const RowVisitor& visit) const = 0;
};

/// Opens either kind, by its content. Throws an input error where an archive is neither. A cancelled job ends the
/// reading of its sheets too.
std::unique_ptr<Workbook> open_workbook(const std::filesystem::path& path, const Job& job = {});

/// The name of a cell as the programs show it: row 17, column 62 is BK17.
std::string cell_name(int row, int column);

}  // namespace detente
