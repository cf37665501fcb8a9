// What the two kinds of workbook share: XML parts, relations, and where the sheets are.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/spreadsheet.h"
#include "base/zip_archive.h"

namespace detente {

/// What happens while an XML part is read; names come without their namespace.
struct XmlHandler {
    /// `attribute(name)` is "" where the element has none.
    std::function<void(std::string_view name, const std::function<std::string_view(std::string_view)>& attribute)>
        start;
    std::function<void(std::string_view name)> end;
    std::function<void(std::string_view text)> text;
};

/// Reads a part of XML as a stream; throws an input error (part, line) where it is not well formed.
void read_xml(ZipMember part, const XmlHandler& handler);

/// Sheet names with the member that holds each, in order.
using SheetParts = std::vector<std::pair<std::string, std::string>>;

/// Members by relation id, from xl/_rels/NAME.rels.
std::map<std::string, std::string> read_relations(const ZipArchive& archive, const std::string& workbook);

/// The member of a sheet; throws with the nearest name where there is none.
const std::string& part_of(const SheetParts& sheets, const std::string& sheet, const std::string& file);

/// The limits of a sheet in both formats.
constexpr int most_rows = 1 << 20, most_columns = 1 << 14;
/// Bounds of this reader, far beyond a table of the world economy: lists of sheets and relations, the workbook's
/// texts, and one text (the programs themselves stop at 32,767 characters).
constexpr std::uint64_t most_list_bytes = 16U << 20U, most_strings_bytes = 256U << 20U;
constexpr std::size_t most_strings = 1U << 22U, most_text_bytes = 1U << 17U;

/// Rows and the cells of each stand in ascending order, each once; `cell` is called for every cell before it is used.
/// Throws an input error (file and sheet, row or cell) where one stands twice or in the wrong place.
class CellOrder {
public:
    explicit CellOrder(std::string sheet) : sheet_(std::move(sheet)) {}
    /// A row begins, by its number from 1.
    void row(int number);
    /// A cell of that row, by its column from 0.
    void cell(int column);

private:
    std::string sheet_;
    int row_ = 0;
    std::vector<bool> seen_;  // columns of the row
};

/// Where a sheet's errors point: FILE: SHEET.
std::string sheet_place(const std::string& file, const std::string& sheet);

/// The reader of either format. Throws an input error where the archive lacks the parts of a workbook.
std::unique_ptr<Workbook> open_xlsx(std::unique_ptr<ZipArchive> archive);
std::unique_ptr<Workbook> open_xlsb(std::unique_ptr<ZipArchive> archive);

}  // namespace detente
