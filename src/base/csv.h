// Comma-separated tables with a header line (RFC 4180 quoting), read with line numbers for errors.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"

namespace detente {

class CsvTable {
public:
    /// Reads a file. Throws a file error where it cannot be read, an input error (file and line) where a row
    /// has the wrong number of fields, a quote stays open, the header is missing or a column repeats.
    static CsvTable read(const std::filesystem::path& path);

    const std::vector<std::string>& columns() const { return columns_; }
    int rows() const { return static_cast<int>(lines_.size()); }
    bool has(const std::string& column) const;
    /// Position of a column; throws with the nearest name where there is none.
    int column(const std::string& name) const;
    const std::string& text(int row, int column) const;
    /// The field as a number; throws (file, line, column, found) where it is not a finite number.
    double number(int row, int column) const;
    /// Where a field stands, for errors.
    Place place(int row, int column) const;

private:
    std::string file_;
    std::vector<std::string> columns_;
    std::vector<std::string> fields_;  // row-major
    std::vector<int> lines_;           // line of each row in the file
};

/// A field as CSV text, quoted where needed.
std::string csv_field(const std::string& text);
/// A number with the shortest text that reads back the same.
std::string csv_number(double value);

}  // namespace detente
