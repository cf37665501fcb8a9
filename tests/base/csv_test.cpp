// Tables of separated fields: headers, separators, quotes, numbers.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/csv.h"
#include "support.h"

namespace detente::test {
namespace {

class CsvFile : public ::testing::Test {
protected:
    CsvTable read(const std::string& text, const CsvFormat& format = {}, const HeaderTest& header = {}) {
        put_file(file, text);
        return CsvTable::read(file, format, header);
    }
    void expect_refused(const std::string& text, std::initializer_list<std::string> parts,
                        const CsvFormat& format = {}) {
        expect_error(ErrorKind::input, parts, [&] {
            const CsvTable table = read(text, format);
            for (int row = 0; row < table.rows(); ++row) table.number(row, 0);
        });
    }

    TemporaryFolder folder;
    std::filesystem::path file = folder / "t.csv";
};

TEST_F(CsvFile, FieldsComeWithoutBlanksAroundThem) {
    const CsvTable table = read(" a , b\n USA ,  1.5\n\"CAN \" , \"2\"\n");
    EXPECT_EQ(table.columns(), (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(table.text(0, 0), "USA");
    EXPECT_EQ(table.text(1, 0), "CAN");
    EXPECT_EQ(table.number(0, 1), 1.5);
    EXPECT_EQ(table.number(1, 1), 2.0);
}
TEST_F(CsvFile, QuotesHoldSeparatorsQuotesAndLines) {
    const CsvTable table = read("a,b\n\"x, \"\"y\"\"\",1\n\"two\nlines\",2\nplain \"inches\",3\n");
    EXPECT_EQ(table.text(0, 0), "x, \"y\"");
    EXPECT_EQ(table.text(1, 0), "two\nlines");
    EXPECT_EQ(table.text(2, 0), "plain \"inches\"");
    EXPECT_EQ(table.place(2, 0).line, 5);
}
TEST_F(CsvFile, FaultyQuotesAreRefused) {
    expect_refused("a,b\n\"x,1\ny,2\n", {"t.csv:2", "never closed"});
    expect_refused("a,b\n\"x\"y,1\n", {"t.csv:2", "follows a closing quote"});
}
TEST_F(CsvFile, SeparatorsAtTheEndAndEmptyLinesAreNoFields) {
    const CsvTable table = read("a,b,\n1,2,\n\n,,\n3,4,\n");
    EXPECT_EQ(table.columns().size(), 2U);
    ASSERT_EQ(table.rows(), 2);
    EXPECT_EQ(table.number(1, 1), 4.0);
    EXPECT_EQ(table.place(1, 1).line, 5);
    EXPECT_EQ(read("a,b\n1,2,\n").number(0, 1), 2.0);
    expect_refused("a,b,\n1,2,3\n", {"t.csv:2", "wrong number of fields", "found: 3"});
}
TEST_F(CsvFile, OtherSeparatorsAreRecognisedAndSaid) {
    expect_refused("a;b;c\n1,5;2;3\n",
                   {"t.csv:1", "separated by semicolons", "--separator semicolon", "--decimal ','"});
    expect_refused("a\tb\n1\t2\n", {"t.csv:1", "separated by tabs", "--separator tab"});
    expect_refused("a|b\n1|2\n", {"t.csv:1", "separated by pipes"});
    expect_refused("a;b\n1;2\n", {"t.csv:1", "separated by semicolons", "expected: tabs"}, {'\t', '.'});
}
TEST_F(CsvFile, OtherSeparatorsAndDecimalCommasAreReadWhereAsked) {
    const CsvTable table = read("a;b\n1,5;\"2,25\"\n-3;4e-1\n", {';', ','});
    EXPECT_EQ(table.number(0, 0), 1.5);
    EXPECT_EQ(table.number(0, 1), 2.25);
    EXPECT_EQ(table.number(1, 1), 0.4);
    EXPECT_EQ(read("a,b\n1.5,2\n", {';', ','}).number(0, 0), 1.5);  // a table of commas beside it
    expect_refused("a;b\n1.234,5;2\n", {"t.csv:2: a", "not a number", "decimal mark \",\""}, {';', ','});
}
TEST_F(CsvFile, NamesOfSeparators) {
    EXPECT_EQ(separator_named("semicolon", {}), ';');
    EXPECT_EQ(separator_named("tab", {}), '\t');
    EXPECT_EQ(separator_named("\\t", {}), '\t');
    EXPECT_EQ(separator_named("#", {}), '#');
    for (const char* text : {"", ";;", "a", "\"", ".", "5"})
        expect_error(ErrorKind::input, {"separator", "comma, semicolon, tab, pipe"}, [&] {
            separator_named(text, Place{"", 0, "separator"});
        });
}
TEST_F(CsvFile, NumbersThatAreNoneAreRefusedWithTheirPlace) {
    for (const char* text : {"1e400", "nan", "inf", "0x10", "abc"})
        expect_refused(fmt::format("a,b\n1,2\n{},3\n", text), {"t.csv:3: a", "not a number", text});
    expect_refused("a,b\n\"1,234\",3\n", {"t.csv:2: a", "\"1,234\"", "--decimal ','"});
    expect_refused("a,b\n12 %,3\n", {"t.csv:2: a", "without the sign %"});
    EXPECT_EQ(read("a,b\n1e-310,2\n").number(0, 0), 1e-310);
}
TEST_F(CsvFile, HeadersBelowOtherLinesAreFound) {
    const auto has_code = [](const std::vector<std::string>& fields) {
        return std::count(fields.begin(), fields.end(), "code") > 0;
    };
    const std::string text =
        "\"Source\",\"World\",\n\n\"Updated\",\"2024\",\n\n\"code\",\"v\",\n\"A\",\"1\",\n\nLast Updated: 1\n";
    const CsvTable table = read(text, {}, has_code);
    EXPECT_EQ(table.header_line(), 5);
    ASSERT_EQ(table.rows(), 1);
    EXPECT_EQ(table.number(0, 1), 1.0);
    // A line of text among the rows is no line below them.
    expect_error(ErrorKind::input, {"t.csv:3", "wrong number of fields", "found: 1"},
                 [&] { read("code,v\nA,1\nwords\nB,2\n", {}, has_code); });
    // Without any such line the first is the header.
    EXPECT_EQ(read("a,b\n1,2\n", {}, has_code).number(0, 1), 2.0);
}
TEST_F(CsvFile, RowNamesOfRHaveNoColumnName) {
    const CsvTable table = read("\"\",\"a\"\n\"1\",5\n");
    EXPECT_EQ(table.number(0, table.column("a")), 5.0);
    EXPECT_FALSE(table.has(""));
}
TEST_F(CsvFile, AHundredThousandColumnsAreRead) {
    std::string header = "c0", row = "0";
    for (int c = 1; c < 100000; ++c) {
        header += fmt::format(",c{}", c);
        row += fmt::format(",{}", c);
    }
    const CsvTable table = read(header + "\n" + row + "\n");
    EXPECT_EQ(table.number(0, table.column("c99999")), 99999.0);
    expect_error(ErrorKind::input, {"t.csv:1: c77", "stands twice"}, [&] { read(header + ",c77\n" + row + ",1\n"); });
}

}  // namespace
}  // namespace detente::test
