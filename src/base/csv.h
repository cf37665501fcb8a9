// Tables of separated fields with a header line (RFC 4180 quoting), read with line numbers for errors.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/error.h"
#include "base/text.h"

namespace detente {

/// How the fields of a table are told apart. A table without the separator asked for and with commas is read with
/// commas and decimal points: several files of one command need not be alike.
struct CsvFormat {
    char separator = ',';
    char decimal = '.';
    bool operator==(const CsvFormat&) const = default;
};

/// "comma", "semicolon", "tab", "pipe" or the character itself; throws where it is none.
char separator_named(const std::string& text, const Place& place);

/// Throws (file, line, which separator, how to read it) where a line has no separator of the format and several others.
void refuse_other_separators(std::string_view line, const CsvFormat& format, const Place& place);

/// Tells the header of a table that has lines above it, as statistical offices write them.
using HeaderTest = std::function<bool(const std::vector<std::string>& fields)>;

/// One row after another, for tables too large to hold whole. Fields come without surrounding blanks; a separator at
/// the end of each line, empty lines and lines of separators alone are no fields, nor are lines above the header that
/// begin with #.
class CsvReader {
public:
    /// Reads the header: the first of the first lines that passes the test, or the first line. Throws a file error
    /// where the file cannot be read, an input error (file, line) where it is no text, where fields stand between other
    /// separators, a quote stays open, the header is missing or a column repeats.
    explicit CsvReader(const std::filesystem::path& path, const CsvFormat& format = {}, const HeaderTest& header = {},
                       const Job& job = {});

    /// The file, and the names of its columns in order.
    const std::string& file() const { return lines_.file(); }
    const std::vector<std::string>& columns() const { return columns_; }
    bool has(const std::string& column) const { return position_.count(column) > 0; }
    /// Position of a column; throws with the nearest name where there is none.
    int column(const std::string& name) const;
    int header_line() const { return header_line_; }
    const CsvFormat& format() const { return format_; }

    /// The next row; false at the end. Throws (file, line) on a wrong number of fields.
    bool next();
    std::string_view text(int column) const { return fields_[static_cast<std::size_t>(column)]; }
    /// The field as a number; throws (file, line, column, found) where it is not a finite number.
    double number(int column) const;
    /// The field as a number, or nothing where it is not a finite one.
    std::optional<double> value(int column) const;
    int line() const { return line_; }
    Place place(int column) const;

private:
    bool record();
    void split_quoted(std::string_view line);
    void read_header(const HeaderTest& test);
    void choose_separator(std::string_view line, int number);
    void name_columns();

    Job job_;
    LineReader lines_;
    CsvFormat format_;
    std::vector<std::string> columns_;
    std::unordered_map<std::string, int> position_;
    std::vector<std::string_view> fields_;  // into the line, or into `kept_`
    std::string kept_;                      // quoted fields of this row
    int line_ = 0, header_line_ = 0, footer_ = 0;
    bool published_;
};

/// A whole table in memory; rows and columns count from 0.
class CsvTable {
public:
    /// Reads a file whole; throws as `CsvReader` does.
    static CsvTable read(const std::filesystem::path& path, const CsvFormat& format = {}, const HeaderTest& header = {},
                         const Job& job = {});
    static CsvTable read(const std::filesystem::path& path, const Job& job) { return read(path, {}, {}, job); }

    /// Names of the columns in order, the number of rows without the header, and whether there is a column of a name.
    const std::vector<std::string>& columns() const { return columns_; }
    int rows() const { return static_cast<int>(lines_.size()); }
    bool has(const std::string& column) const { return position_.count(column) > 0; }
    /// Position of a column; throws with the nearest name where there is none.
    int column(const std::string& name) const;
    const std::string& text(int row, int column) const;
    /// The field as a number; throws (file, line, column, found) where it is not a finite number.
    double number(int row, int column) const;
    /// Where a field stands, for errors.
    Place place(int row, int column) const;
    const std::string& file() const { return file_; }
    int header_line() const { return header_line_; }

private:
    std::string file_;
    CsvFormat format_;
    std::vector<std::string> columns_;
    std::unordered_map<std::string, int> position_;
    std::vector<std::string> fields_;  // row-major
    std::vector<int> lines_;           // line of each row in the file
    int header_line_ = 1;
};

/// A field as CSV text, quoted where needed.
std::string csv_field(const std::string& text);
/// A number with the shortest text that reads back the same.
std::string csv_number(double value);

}  // namespace detente
