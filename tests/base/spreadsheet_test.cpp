// Workbooks: both kinds give the same cells, every kind of cell is read, and damaged files are named.
#include "base/spreadsheet.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <cstring>

#include "base/file.h"
#include "base/zip_archive.h"
#include "support.h"
#include "write_workbook.h"

namespace detente::test {
namespace {

using testing::raw_bytes;
using testing::WorkbookCell;
using testing::xlsb_record;
using testing::xlsb_text;

// What a sheet holds as one text: "A1=1 B1='x' ...".
std::string content(const std::filesystem::path& path, const std::string& sheet = "Data") {
    std::string text;
    open_workbook(path)->for_each_row(sheet, [&](int row, const std::vector<SheetCell>& cells) {
        for (const SheetCell& cell : cells) {
            text += cell_name(row, cell.column) + "=";
            text += cell.is_text ? "'" + std::string(cell.text) + "'" : std::to_string(cell.number);
            text += ' ';
        }
    });
    return text;
}

testing::NextRow three_rows() {
    return [at = 0](std::vector<WorkbookCell>& row) mutable {
        if (at == 0) row = {{0, std::string("A & <B>")}, {2, 1.0}, {30, -2.25}};
        if (at == 2) row = {{0, 0.0}, {1, 1e300}, {2, std::string("A & <B>")}, {3, 0.1}};
        return at++ < 3;
    };
}
const char* const three_rows_text = "A1='A & <B>' C1=1.000000 AE1=-2.250000 A3=0.000000 B3=";

class Workbooks : public ::testing::Test {
protected:
    TemporaryFolder folder;
    std::filesystem::path file = folder / "book.xlsx";
    const std::string relations =
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        "<Relationship Id=\"rId1\" Target=\"/xl/worksheets/sheet1.%\"/></Relationships>";

    // An .xlsx with this sheet and these shared texts; the namespace has a prefix, as some programs write it.
    void put_xlsx(const std::string& sheet, const std::string& strings) {
        std::string links = relations;
        links.replace(links.find('%'), 1, "xml");
        testing::write_archive(
            file, {{"xl/workbook.xml",
                    "<x:workbook xmlns:x=\"m\" xmlns:q=\"r\"><x:sheets><x:sheet name=\"Data\" q:id=\"rId1\"/>"
                    "</x:sheets></x:workbook>"},
                   {"xl/_rels/workbook.xml.rels", links},
                   {"xl/worksheets/sheet1.xml", sheet},
                   {"xl/sharedStrings.xml", strings}});
    }
    void put_xlsb(const std::string& sheet, const std::string& strings = "") {
        std::string links = relations;
        links.replace(links.find('%'), 1, "bin");
        const std::string bundle =
            raw_bytes(std::uint32_t{0}) + raw_bytes(std::uint32_t{1}) + xlsb_text("rId1") + xlsb_text("Data");
        testing::write_archive(file, {{"xl/workbook.bin", xlsb_record(156, bundle)},
                                      {"xl/_rels/workbook.bin.rels", links},
                                      {"xl/worksheets/sheet1.bin", sheet},
                                      {"xl/sharedStrings.bin", strings}});
    }
    static std::string cell(unsigned type, int column, const std::string& value) {
        return xlsb_record(type, raw_bytes(static_cast<std::uint32_t>(column)) + raw_bytes(std::uint32_t{0}) + value);
    }
    static std::string short_cell(unsigned type, const std::string& value) {
        return xlsb_record(type, raw_bytes(std::uint32_t{0}) + value);
    }
    static std::string row_header(int row) { return xlsb_record(0, raw_bytes(static_cast<std::uint32_t>(row - 1))); }
};

TEST_F(Workbooks, XlsxGivesBackItsCells) {
    testing::write_xlsx(file, "Data", three_rows());
    EXPECT_EQ(content(file).rfind(three_rows_text, 0), 0U) << content(file);
}
TEST_F(Workbooks, XlsbGivesTheSameCellsAsXlsx) {
    testing::write_xlsx(file, "Data", three_rows());
    testing::write_xlsb(folder / "book.xlsb", "Data", three_rows());
    EXPECT_EQ(content(folder / "book.xlsb"), content(file));
}
TEST_F(Workbooks, SheetsAreNamed) {
    testing::write_xlsb(file, "WIOT_2011", three_rows());
    EXPECT_EQ(open_workbook(file)->sheets(), std::vector<std::string>{"WIOT_2011"});
}
TEST_F(Workbooks, XlsxHasEveryKindOfCell) {
    put_xlsx(
        "<worksheet xmlns=\"m\"><sheetData><row><c><v>1.5e3</v></c><c t=\"s\"><v>0</v></c><c t=\"inlineStr\"><is><t>in"
        "</t></is></c><c r=\"E1\" t=\"str\"><f>A1&amp;\"\"</f><v>made</v></c><c t=\"b\"><v>1</v></c><c t=\"e\">"
        "<v>#N/A</v></c><c s=\"1\"/></row><row r=\"7\"><c><v>2</v></c></row></sheetData></worksheet>",
        "<sst xmlns=\"m\"><si><r><t>ru</t></r><r><t>ns</t></r><rPh><t>no</t></rPh></si></sst>");
    EXPECT_EQ(content(file), "A1=1500.000000 B1='runs' C1='in' E1='made' F1=1.000000 G1='#N/A' A7=2.000000 ");
}
TEST_F(Workbooks, XlsbHasEveryKindOfCell) {
    const auto rk = [](std::int32_t value) { return raw_bytes(value); };
    double half = 0.5;
    std::uint64_t bits = 0;
    std::memcpy(&bits, &half, 8);
    const std::string wide = raw_bytes(std::uint32_t{3}) + raw_bytes(std::uint16_t{0xE9}) +
                             raw_bytes(std::uint16_t{0xD83D}) + raw_bytes(std::uint16_t{0xDE00});
    put_xlsb(row_header(2) + cell(2, 0, rk((-7 << 2) | 2)) + cell(2, 1, rk((1234 << 2) | 3)) +
                 cell(2, 2, raw_bytes(static_cast<std::uint32_t>(bits >> 32U))) + cell(1, 3, "") +
                 cell(5, 4, raw_bytes(0.1)) + cell(6, 5, wide) + cell(7, 6, raw_bytes(std::uint32_t{0})) +
                 cell(4, 7, "\1") + cell(3, 8, std::string(1, 0x2A)) + cell(9, 9, raw_bytes(3.0) + "formula") +
                 cell(8, 10, xlsb_text("made")) + short_cell(13, rk((9 << 2) | 2)) + short_cell(16, raw_bytes(4.0)) +
                 cell(62, 13, std::string(1, 0) + xlsb_text("rich")) + xlsb_record(146, ""),
             xlsb_record(19, std::string(1, 0) + xlsb_text("shared")));
    EXPECT_EQ(content(file),
              "A2=-7.000000 B2=12.340000 C2=0.500000 E2=0.100000 F2='\xC3\xA9\xF0\x9F\x98\x80' G2='shared' H2=1.000000 "
              "I2='#N/A' J2=3.000000 K2='made' L2=9.000000 M2=4.000000 N2='rich' ");
}
TEST_F(Workbooks, CellsAreNamedAsProgramsShowThem) {
    EXPECT_EQ(cell_name(17, 62), "BK17");
    EXPECT_EQ(cell_name(1, 0), "A1");
    EXPECT_EQ(cell_name(3, 701), "ZZ3");
    EXPECT_EQ(cell_name(3, 702), "AAA3");
}

TEST_F(Workbooks, AnUnknownSheetIsNamedWithTheNearest) {
    testing::write_xlsx(file, "Data", three_rows());
    expect_error(ErrorKind::input, {"book.xlsx", "unknown sheet", "\"Dtaa\"", "did you mean \"Data\"?"},
                 [&] { content(file, "Dtaa"); });
}
TEST_F(Workbooks, AnotherArchiveIsRefused) {
    testing::write_archive(file, {{"readme.txt", "x"}});
    expect_error(ErrorKind::input, {"book.xlsx", "no workbook", ".xlsx or .xlsb"}, [&] { open_workbook(file); });
}
TEST_F(Workbooks, AFileThatIsNoArchiveIsRefused) {
    put_file(file, "PK\x03\x04 and nothing more");
    expect_error(ErrorKind::file, {"book.xlsx", "cannot be read"}, [&] { open_workbook(file); });
}
TEST_F(Workbooks, AMissingSheetPartIsNamed) {
    put_xlsx("<worksheet/>", "<sst/>");
    std::string text = read_bytes(file);
    for (std::size_t at = 0; (at = text.find("sheet1.xml", at)) != std::string::npos;)
        text.replace(at, 10, "sheet2.xml");
    put_file(file, text);
    expect_error(ErrorKind::input, {"book.xlsx", "no part xl/worksheets/sheet1.xml"}, [&] { content(file); });
}
TEST_F(Workbooks, BrokenXmlIsNamedWithItsLine) {
    put_xlsx("<worksheet>\n<sheetData>\n</worksheet>", "<sst/>");
    expect_error(ErrorKind::input, {"book.xlsx: xl/worksheets/sheet1.xml:3", "not valid XML"}, [&] { content(file); });
}
TEST_F(Workbooks, ANumberThatIsNoneIsNamedWithItsCell) {
    put_xlsx("<worksheet><row r=\"4\"><c r=\"B4\"><v>1,5</v></c></row></worksheet>", "<sst/>");
    expect_error(ErrorKind::input, {"book.xlsx: sheet Data: B4", "not a number", "1,5"}, [&] { content(file); });
}
TEST_F(Workbooks, ATextThatIsNotThereIsNamedWithItsCell) {
    put_xlsx("<worksheet><row r=\"4\"><c r=\"B4\" t=\"s\"><v>3</v></c></row></worksheet>", "<sst/>");
    expect_error(ErrorKind::input, {"book.xlsx: sheet Data: B4", "not in the workbook", "3"}, [&] { content(file); });
}
TEST_F(Workbooks, ARecordThatIsCutShortIsRefused) {
    put_xlsb(row_header(1) + cell(5, 0, raw_bytes(0.1)).substr(0, 10));
    expect_error(ErrorKind::input, {"book.xlsx: xl/worksheets/sheet1.bin", "ends within a record"},
                 [&] { content(file); });
}
TEST_F(Workbooks, ARecordThatIsTooShortIsRefused) {
    put_xlsb(row_header(1) + cell(5, 0, "abc"));
    expect_error(ErrorKind::input, {"sheet1.bin", "shorter than its content"}, [&] { content(file); });
}
TEST_F(Workbooks, RowsAndColumnsBeyondASheetAreRefused) {
    put_xlsb(row_header(1 << 21));
    expect_error(ErrorKind::input, {"book.xlsx: sheet Data: ", "row beyond the limits"}, [&] { content(file); });
    put_xlsb(row_header(1) + cell(5, 1 << 20, raw_bytes(0.1)));
    expect_error(ErrorKind::input, {"book.xlsx: sheet Data: row 1", "column beyond the limits"},
                 [&] { content(file); });
    put_xlsx("<worksheet><row r=\"1e99\"/></worksheet>", "<sst/>");
    expect_error(ErrorKind::input, {"sheet Data: ", "row beyond the limits", "1e99"}, [&] { content(file); });
}
TEST_F(Workbooks, ATextLongerThanItsRecordIsRefused) {
    put_xlsb(row_header(1) + cell(6, 0, raw_bytes(std::uint32_t{0x7FFFFFFF}) + "ab"));
    expect_error(ErrorKind::input, {"sheet1.bin", "shorter than its content"}, [&] { content(file); });
}

// A sheet with this content between <sheetData> and </sheetData>.
class BadSheet : public Workbooks {
protected:
    void expect_refused(const std::string& rows, std::initializer_list<std::string> parts) {
        put_xlsx("<worksheet xmlns=\"m\"><sheetData>" + rows + "</sheetData></worksheet>",
                 "<sst xmlns=\"m\"><si><t>x</t></si></sst>");
        expect_error(ErrorKind::input, parts, [&] { content(file); });
    }
};

TEST_F(BadSheet, TheSameCellTwiceIsRefused) {
    expect_refused("<row r=\"5\"><c r=\"A5\"><v>1</v></c><c r=\"B5\"><v>1</v></c><c r=\"A5\"><v>2</v></c></row>",
                   {"book.xlsx: sheet Data: A5", "the cell stands twice"});
}
TEST_F(BadSheet, TheSameCellOnceAsABlankIsRefused) {
    expect_refused("<row r=\"5\"><c r=\"A5\"><v>1</v></c><c r=\"A5\"/></row>", {"sheet Data: A5", "stands twice"});
}
TEST_F(BadSheet, TheSameRowTwiceIsRefused) {
    expect_refused("<row r=\"5\"><c r=\"A5\"><v>1</v></c></row><row r=\"5\"><c r=\"B5\"><v>2</v></c></row>",
                   {"sheet Data: row 5", "stands twice or out of order"});
}
TEST_F(BadSheet, ACellOfAnotherRowIsRefused) {
    expect_refused("<row r=\"5\"><c r=\"A7\"><v>1</v></c></row>", {"sheet Data: A7", "stands in row 5"});
}
TEST_F(BadSheet, ACellBeyondTheLimitsIsRefused) {
    for (const std::string cell : {"XFE1", "ZZZZZZZZ1", "A1048577", "A0", "a1", "17", "A99999999999", "A1x"})
        expect_refused("<row r=\"1\"><c r=\"" + cell + "\"><v>1</v></c></row>",
                       {"sheet Data", "no cell of a sheet", cell.substr(0, 20), "A1 to XFD1048576"});
}
TEST_F(BadSheet, MoreCellsThanColumnsAreRefused) {
    std::string row = "<row r=\"3\">";
    for (int c = 0; c <= 1 << 14; ++c) row += "<c/>";
    expect_refused(row + "</row>", {"sheet Data: row 3", "more cells than a sheet has columns"});
}
TEST_F(BadSheet, ATextThatIsNoWholeNumberIsRefused) {
    const auto refused = [&](const std::string& index, const std::string& why) {
        expect_refused("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>" + index + "</v></c></row>",
                       {"sheet Data: A1", why, index});
    };
    for (const char* index : {"0.5", "-1", "1", "1e99"}) refused(index, "not in the workbook");
    refused("nan", "not a number");
}
TEST_F(BadSheet, ATextLongerThanACellHoldsIsRefused) {
    expect_refused("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>" + std::string(200000, 'x') + "</v></c></row>",
                   {"sheet Data: A1", "too long for a cell", "131072"});
}
TEST_F(BadSheet, AFormulaWithoutAStoredValueIsText) {
    put_xlsx("<worksheet><sheetData><row r=\"1\"><c r=\"B1\"><f>A1*2</f></c></row></sheetData></worksheet>", "<sst/>");
    EXPECT_EQ(content(file), "B1='a formula without a stored value' ");
}
TEST_F(BadSheet, MembersThatClaimTooMuchAreRefusedBeforeTheyAreRead) {
    put_xlsx("<worksheet/>", "<sst/>");
    std::string text = read_bytes(file);
    // The size of the sheet when unpacked, in its local header and in the directory.
    for (std::size_t at = 0; (at = text.find("xl/worksheets/sheet1.xml", at)) != std::string::npos; ++at) {
        const std::string huge = raw_bytes(std::uint32_t{0xF0000000});
        if (text.compare(at - 30, 4, "PK\x03\x04") == 0) text.replace(at - 30 + 22, 4, huge);
        if (text.compare(at - 46, 4, "PK\x01\x02") == 0) text.replace(at - 46 + 24, 4, huge);
    }
    put_file(file, text);
    expect_error(ErrorKind::input, {"book.xlsx: xl/worksheets/sheet1.xml", "too large when unpacked", "1024 MiB"},
                 [&] { content(file); });
}
TEST_F(BadSheet, PartsAreReadNoFurtherThanTheirBound) {
    const std::string zeros(1 << 20, '0');
    testing::write_archive(file, {{"big", zeros}});
    const ZipArchive archive(file);
    std::string buffer(1 << 16, ' ');
    expect_error(ErrorKind::input, {"book.xlsx: big", "too large when unpacked"}, [&] {
        ZipMember member = archive.open("big", (1 << 20) - 1);
        while (member.read(buffer.data(), buffer.size()) > 0) {
        }
    });
    ZipMember member = archive.open("big", 1 << 20);
    std::size_t size = 0;
    while (const std::size_t part = member.read(buffer.data(), buffer.size())) size += part;
    EXPECT_EQ(size, zeros.size());
}
TEST_F(Workbooks, XlsbCellsThatStandTwiceAreRefused) {
    put_xlsb(row_header(2) + cell(5, 3, raw_bytes(0.1)) + cell(5, 3, raw_bytes(0.2)));
    expect_error(ErrorKind::input, {"sheet Data: D2", "the cell stands twice"}, [&] { content(file); });
    put_xlsb(row_header(2) + cell(5, 3, raw_bytes(0.1)) + row_header(2));
    expect_error(ErrorKind::input, {"sheet Data: row 2", "stands twice or out of order"}, [&] { content(file); });
}
TEST_F(Workbooks, XlsbCellsBeforeTheFirstRowAreRefused) {
    put_xlsb(cell(5, 3, raw_bytes(0.1)));
    expect_error(ErrorKind::input, {"sheet Data", "before the first row"}, [&] { content(file); });
}
TEST_F(Workbooks, XlsbColumnsThatFollowEndWithTheSheet) {
    put_xlsb(row_header(1) + cell(5, (1 << 14) - 1, raw_bytes(0.1)) + short_cell(16, raw_bytes(0.1)));
    expect_error(ErrorKind::input, {"sheet Data: row 1", "column beyond the limits", "16384"}, [&] { content(file); });
}
// The size that a record claims is no reason to take memory: this one claims 256 MiB and has 3 bytes.
TEST_F(Workbooks, XlsbRecordsAreReadBeforeMemoryIsTakenForThem) {
    put_xlsb(row_header(1) + "\x05\xFF\xFF\xFF\x7F" + "abc");
    expect_error(ErrorKind::input, {"sheet1.bin", "ends within a record"}, [&] { content(file); });
}
TEST_F(Workbooks, InfinitiesAreNoNumbers) {
    for (const std::string value : {"inf", "-inf", "nan", "1e999"}) {
        put_xlsx("<worksheet><row r=\"1\"><c r=\"B1\"><v>" + value + "</v></c></row></worksheet>", "<sst/>");
        expect_error(ErrorKind::input, {"sheet Data: B1", "not a number", value}, [&] { content(file); });
    }
    for (const double value : {HUGE_VAL, -HUGE_VAL, std::nan("")}) {
        put_xlsb(row_header(1) + cell(5, 1, raw_bytes(value)));
        expect_error(ErrorKind::input, {"sheet Data: B1", "not a number"}, [&] { content(file); });
    }
    put_xlsb(row_header(1) + cell(2, 1, raw_bytes(std::uint32_t{0x7FF00000})));  // the upper half of an infinity
    expect_error(ErrorKind::input, {"sheet Data: B1", "not a number"}, [&] { content(file); });
}
TEST_F(Workbooks, XlsbTextsThatAreNotUtf16AreRefused) {
    for (const std::uint16_t unit : {std::uint16_t{0xDC00}, std::uint16_t{0xD800}}) {
        put_xlsb(row_header(1) + cell(6, 0, raw_bytes(std::uint32_t{2}) + raw_bytes(unit) + raw_bytes(unit)));
        expect_error(ErrorKind::input, {"sheet1.bin", "not valid UTF-16"}, [&] { content(file); });
    }
}

}  // namespace
}  // namespace detente::test
