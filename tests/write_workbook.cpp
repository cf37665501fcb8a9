#include "write_workbook.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <map>
#include <stdexcept>

#include "base/spreadsheet.h"
#include "base/text.h"

namespace detente::testing {
namespace {

const char* const xml = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const char* const main_namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const char* const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const char* const packages = "http://schemas.openxmlformats.org/package/2006";

std::string relation(const std::string& id, const std::string& type, const std::string& target) {
    return fmt::format("<Relationship Id=\"{}\" Type=\"{}/{}\" Target=\"{}\"/>", id, relations, type, target);
}

std::string relation_part(const std::string& content) {
    return fmt::format("{}<Relationships xmlns=\"{}/relationships\">{}</Relationships>", xml, packages, content);
}

std::string content_types(const std::string& ending, const std::string& sheet, const std::string& book,
                          const std::string& strings) {
    return fmt::format(
        "{}<Types xmlns=\"{}/content-types\"><Default Extension=\"rels\" "
        "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override "
        "PartName=\"/xl/workbook.{}\" ContentType=\"{}\"/><Override PartName=\"/xl/worksheets/sheet1.{}\" "
        "ContentType=\"{}\"/><Override PartName=\"/xl/sharedStrings.{}\" ContentType=\"{}\"/></Types>",
        xml, packages, ending, book, ending, sheet, ending, strings);
}

// The workbook's table of texts.
class Strings {
public:
    std::uint32_t index(const std::string& text) {
        const auto [entry, added] = index_.emplace(text, static_cast<std::uint32_t>(list_.size()));
        if (added) list_.push_back(text);
        ++uses_;
        return entry->second;
    }
    const std::vector<std::string>& list() const { return list_; }
    std::uint32_t uses() const { return uses_; }

private:
    std::map<std::string, std::uint32_t> index_;
    std::vector<std::string> list_;
    std::uint32_t uses_ = 0;
};

void add(zip_t* zip, const std::string& name, const std::string& content) {
    zip_source_t* source = zip_source_buffer(zip, content.data(), content.size(), 0);
    const zip_int64_t index = zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) throw std::runtime_error(zip_strerror(zip));
    // Fast: large tables are written in tests.
    zip_set_file_compression(zip, static_cast<zip_uint64_t>(index), ZIP_CM_DEFLATE, 1);
}

// A whole number, or hundredths of one, in 30 bits.
bool rk_integer(double value, std::uint32_t& rk) {
    for (const bool hundredths : {false, true}) {
        const double whole = hundredths ? value * 100.0 : value;
        if (whole != std::round(whole) || std::abs(whole) >= 0x1p29) continue;
        if (hundredths && whole / 100.0 != value) continue;
        rk = (static_cast<std::uint32_t>(static_cast<std::int32_t>(whole)) << 2U) | 2U | (hundredths ? 1U : 0U);
        return true;
    }
    return false;
}

std::string xlsb_cell(const WorkbookCell& cell, Strings& strings) {
    const std::string head = raw_bytes(static_cast<std::uint32_t>(cell.first)) + raw_bytes(std::uint32_t{0});
    if (const auto* text = std::get_if<std::string>(&cell.second))
        return xlsb_record(7, head + raw_bytes(strings.index(*text)));  // BrtCellIsst
    const double value = std::get<double>(cell.second);
    std::uint32_t rk = 0;
    if (rk_integer(value, rk)) return xlsb_record(2, head + raw_bytes(rk));  // BrtCellRk
    return xlsb_record(5, head + raw_bytes(value));                          // BrtCellReal
}

std::string variable(std::size_t value) {
    std::string bytes;
    do {
        const std::size_t rest = value >> 7U;
        bytes += static_cast<char>((value & 0x7FU) | (rest > 0 ? 0x80U : 0U));
        value = rest;
    } while (value > 0);
    return bytes;
}

}  // namespace

std::string xlsb_record(unsigned type, const std::string& bytes) {
    // Types from 128 on take two bytes, each with seven bits of the number.
    return variable(type) + variable(bytes.size()) + bytes;
}

std::string xlsb_text(const std::string& ascii) {
    std::string bytes = raw_bytes(static_cast<std::uint32_t>(ascii.size()));
    for (const char c : ascii) bytes += {c, '\0'};
    return bytes;
}

void write_archive(const std::filesystem::path& path, const std::vector<std::pair<std::string, std::string>>& members) {
    zip_t* zip = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
    if (zip == nullptr) throw std::runtime_error("cannot write " + path.string());
    for (const auto& [name, content] : members) add(zip, name, content);
    if (zip_close(zip) != 0) throw std::runtime_error(zip_strerror(zip));
}

void write_xlsx(const std::filesystem::path& path, const std::string& sheet, const NextRow& next) {
    Strings strings;
    std::string rows = fmt::format("{}<worksheet xmlns=\"{}\"><sheetData>", xml, main_namespace);
    const auto out = std::back_inserter(rows);
    std::vector<WorkbookCell> row;
    for (int number = 1; row.clear(), next(row); ++number) {
        if (row.empty()) continue;
        fmt::format_to(out, "<row r=\"{}\">", number);
        for (const auto& [column, content] : row) {
            const std::string name = cell_name(number, column);
            if (const auto* text = std::get_if<std::string>(&content))
                fmt::format_to(out, "<c r=\"{}\" t=\"s\"><v>{}</v></c>", name, strings.index(*text));
            else
                fmt::format_to(out, "<c r=\"{}\"><v>{}</v></c>", name, std::get<double>(content));
        }
        rows += "</row>";
    }
    rows += "</sheetData></worksheet>";
    std::string texts = fmt::format("{}<sst xmlns=\"{}\" count=\"{}\" uniqueCount=\"{}\">", xml, main_namespace,
                                    strings.uses(), strings.list().size());
    for (const std::string& text : strings.list()) texts += "<si><t>" + xml_escaped(text) + "</t></si>";
    texts += "</sst>";
    const std::string type = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    const std::string book = fmt::format(
        "{}<workbook xmlns=\"{}\" xmlns:r=\"{}\"><sheets><sheet name=\"{}\" sheetId=\"1\" r:id=\"rId1\"/></sheets>"
        "</workbook>",
        xml, main_namespace, relations, xml_escaped(sheet));
    write_archive(
        path, {{"[Content_Types].xml",
                content_types("xml", type + "worksheet+xml", type + "sheet.main+xml", type + "sharedStrings+xml")},
               {"_rels/.rels", relation_part(relation("rId1", "officeDocument", "xl/workbook.xml"))},
               {"xl/workbook.xml", book},
               {"xl/_rels/workbook.xml.rels", relation_part(relation("rId1", "worksheet", "worksheets/sheet1.xml") +
                                                            relation("rId2", "sharedStrings", "sharedStrings.xml"))},
               {"xl/worksheets/sheet1.xml", rows},
               {"xl/sharedStrings.xml", texts}});
}

void write_xlsb(const std::filesystem::path& path, const std::string& sheet, const NextRow& next) {
    Strings strings;
    std::string rows = xlsb_record(145, "");  // BrtBeginSheetData
    std::uint32_t last_row = 0, last_column = 0;
    std::vector<WorkbookCell> row;
    for (std::uint32_t number = 0; row.clear(), next(row); ++number) {
        if (row.empty()) continue;
        // Row, style, height, flags, and one span of columns.
        rows += xlsb_record(0, raw_bytes(number) + raw_bytes(std::uint32_t{0}) + raw_bytes(std::uint16_t{300}) +
                                   std::string(3, '\0') + raw_bytes(std::uint32_t{1}) +
                                   raw_bytes(static_cast<std::uint32_t>(row.front().first)) +
                                   raw_bytes(static_cast<std::uint32_t>(row.back().first)));
        last_row = number;
        last_column = std::max(last_column, static_cast<std::uint32_t>(row.back().first));
        for (const WorkbookCell& cell : row) rows += xlsb_cell(cell, strings);
    }
    const std::string first = raw_bytes(std::uint32_t{0});
    // BrtBeginSheet, BrtWsDim
    rows.insert(0,
                xlsb_record(129, "") + xlsb_record(148, first + raw_bytes(last_row) + first + raw_bytes(last_column)));
    rows += xlsb_record(146, "") + xlsb_record(130, "");
    std::string texts = xlsb_record(
        159, raw_bytes(strings.uses()) + raw_bytes(static_cast<std::uint32_t>(strings.list().size())));  // BrtBeginSst
    for (const std::string& text : strings.list()) texts += xlsb_record(19, std::string(1, '\0') + xlsb_text(text));
    texts += xlsb_record(160, "");
    const std::string bundle =
        raw_bytes(std::uint32_t{0}) + raw_bytes(std::uint32_t{1}) + xlsb_text("rId1") + xlsb_text(sheet);
    const std::string book = xlsb_record(131, "") + xlsb_record(143, "") + xlsb_record(156, bundle) +
                             xlsb_record(144, "") + xlsb_record(132, "");
    const std::string type = "application/vnd.ms-excel.";
    write_archive(
        path, {{"[Content_Types].xml", content_types("bin", type + "worksheet", type + "sheet.binary.macroEnabled.main",
                                                     type + "sharedStrings")},
               {"_rels/.rels", relation_part(relation("rId1", "officeDocument", "xl/workbook.bin"))},
               {"xl/workbook.bin", book},
               {"xl/_rels/workbook.bin.rels", relation_part(relation("rId1", "worksheet", "worksheets/sheet1.bin") +
                                                            relation("rId2", "sharedStrings", "sharedStrings.bin"))},
               {"xl/worksheets/sheet1.bin", rows},
               {"xl/sharedStrings.bin", texts}});
}

}  // namespace detente::testing
