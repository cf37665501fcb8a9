// Workbooks for tests: one sheet, written as .xlsx or .xlsb the way spreadsheet programs lay them out.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace detente::testing {

/// Column (from 0) and content.
using WorkbookCell = std::pair<int, std::variant<double, std::string>>;
/// Fills the next row; false where there is none left. An empty row is skipped in the file.
using NextRow = std::function<bool(std::vector<WorkbookCell>& row)>;

void write_xlsx(const std::filesystem::path& path, const std::string& sheet, const NextRow& next);
void write_xlsb(const std::filesystem::path& path, const std::string& sheet, const NextRow& next);

/// An archive of members as they are.
void write_archive(const std::filesystem::path& path, const std::vector<std::pair<std::string, std::string>>& members);

/// The parts of a binary workbook: a record, and a text inside one.
std::string xlsb_record(unsigned type, const std::string& bytes);
std::string xlsb_text(const std::string& ascii);
template <typename T>
std::string raw_bytes(T value) {
    return {reinterpret_cast<const char*>(&value), sizeof(T)};
}

}  // namespace detente::testing
