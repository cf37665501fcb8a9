// Text as files hold it: encodings, what is no text, names.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <limits>

#include "base/csv.h"
#include "base/file.h"
#include "base/index_set.h"
#include "base/text.h"
#include "base/toml_reader.h"
#include "support.h"

namespace detente::test {
namespace {

using namespace std::string_literals;

// Code points as UTF-16 with its mark.
std::string utf16(const std::u16string& text, bool big) {
    std::string bytes = big ? "\xFE\xFF" : "\xFF\xFE";
    for (const char16_t unit : text) {
        const char low = static_cast<char>(unit & 0xFF), high = static_cast<char>(unit >> 8);
        bytes += big ? high : low;
        bytes += big ? low : high;
    }
    return bytes;
}

class Text : public ::testing::Test {
protected:
    std::vector<std::string> lines(const std::string& bytes) {
        put_file(file, bytes);
        std::vector<std::string> found;
        for_each_line(file, [&](std::string_view line, int number) {
            found.emplace_back(line);
            EXPECT_EQ(number, static_cast<int>(found.size()));
        });
        return found;
    }
    // The same refusal from every way in.
    void expect_refused(const std::string& bytes, std::initializer_list<std::string> parts) {
        put_file(file, bytes);
        expect_error(ErrorKind::input, parts, [&] { read_text(file); });
        expect_error(ErrorKind::input, parts, [&] { for_each_line(file, [](std::string_view, int) {}); });
        expect_error(ErrorKind::input, parts, [&] { CsvTable::read(file); });
    }

    TemporaryFolder folder;
    std::filesystem::path file = folder / "table.csv";
};

TEST_F(Text, MarksAreTakenAway) {
    put_file(file,
             "\xEF\xBB\xBF"
             "a,b\n");
    EXPECT_EQ(read_text(file), "a,b\n");
    EXPECT_EQ(lines("\xEF\xBB\xBF"
                    "a,b\n"),
              std::vector<std::string>{"a,b"});
}
TEST_F(Text, Utf16IsReadInBothOrders) {
    for (const bool big : {false, true}) {
        put_file(file, utf16(u"Côte,€,\U0001F600\r\nx\n", big));
        EXPECT_EQ(read_text(file), "Côte,€,\U0001F600\r\nx\n") << big;
        EXPECT_EQ(lines(utf16(u"Côte,€,\U0001F600\r\nx\n", big)), (std::vector<std::string>{"Côte,€,\U0001F600", "x"}));
    }
}
TEST_F(Text, Utf16LongerThanAPieceIsRead) {
    std::u16string text;
    for (int k = 0; k < 400000; ++k) text += u"\U0001F600\n";  // pairs across every border
    const auto found = lines("\xFF\xFE"s + utf16(text, false).substr(2));
    ASSERT_EQ(found.size(), 400000U);
    EXPECT_EQ(found.back(), "\U0001F600");
}
TEST_F(Text, HalfAPairOfUtf16IsRefused) {
    expect_refused(utf16(u"a\nb\xD83Dx\n", false), {"table.csv:2: column 2", "not UTF-8"});
    expect_refused(utf16(u"a\n", false) + "x", {"table.csv", "in the middle of a character"});
}
TEST_F(Text, LinesEndAsTheyDo) {
    const std::vector<std::string> abc = {"a", "", "b"};
    EXPECT_EQ(lines("a\n\nb"), abc);
    EXPECT_EQ(lines("a\r\n\r\nb\r\n"), abc);
    EXPECT_EQ(lines("a\r\rb\r"), abc);
    EXPECT_TRUE(lines("").empty());
}
TEST_F(Text, LinesLongerThanAPieceAreWhole) {
    const std::string big(3000000, 'x');
    const auto found = lines(big + "\r\n" + big + "\ny");
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[0].size(), big.size());
    EXPECT_EQ(found[1].size(), big.size());
    EXPECT_EQ(found[2], "y");
    // A line end split between two pieces is one.
    const std::string piece((1U << 20U) - 1, 'x');
    EXPECT_EQ(lines(piece + "\r\nz").size(), 2U);
}
TEST_F(Text, OtherEncodingsAreRefusedWithTheirPlace) {
    expect_refused("a,b\nC\xF4te,1\n", {"table.csv:2: column 2", "not UTF-8", "0xF4", "CSV UTF-8", "iconv"});
    expect_refused("ä\xC3\n", {"table.csv:1: column 2", "0xC3"});
    expect_refused("a\n\xC0\x80\n", {"table.csv:2", "not UTF-8"});          // an overlong zero
    expect_refused("a\n\xED\xA0\x80\n", {"table.csv:2", "not UTF-8"});      // a surrogate
    expect_refused("a\n\xF4\x90\x80\x80\n", {"table.csv:2", "not UTF-8"});  // beyond Unicode
    expect_refused("a\0b\0c\0d\0"s, {"table.csv:1", "UTF-16 without"});
    expect_refused("\xFF\xFE\0\0a\0\0\0"s, {"UTF-32"});
}
TEST_F(Text, ControlCharactersAreRefused) {
    expect_refused("abcdef\nx\0y\n"s, {"table.csv:2: column 2", "control character", "U+0000"});
    expect_refused("a\n\x1B[31mred\n", {"table.csv:2: column 1", "U+001B"});
    expect_refused("a\nb\x7F\n", {"U+007F"});
    expect_refused("a\nb\xC2\x85\n", {"U+0085"});
}
TEST_F(Text, ArchivesAndOtherFilesAreNamedAndNotPrinted) {
    const std::pair<std::string, std::string> kinds[] = {
        {"PK\x03\x04" + std::string(26, '\1') + "oecd.csv", "zip archive"},
        {"PK\x03\x04" + std::string(26, '\1') + "[Content_Types].xml", "Excel workbook"},
        {"\x1F\x8B\x08\0"s, "gzip"},
        {"\xFD"
         "7zXZ\0"s,
         "xz"},
        {"7z\xBC\xAF\x27\x1C", "7z"},
        {"Rar!\x1A\x07", "rar"},
        {"\x28\xB5\x2F\xFD", "zstd"},
        {"BZh91AY&SY", "bzip2"},
        {"\xD0\xCF\x11\xE0", "Excel workbook (.xls)"},
        {"\x89HDF\r\n", "NetCDF-4"},
        {"CDF\x01", "NetCDF"},
        {"<stata_dta><header>", "Stata"},
        {"RDX3\n", "R file"},
        {"PAR1", "Parquet"},
        {"%PDF-1.7", "PDF"},
        {"<!DOCTYPE html><html>", "web page"}};
    for (const auto& [bytes, name] : kinds) {
        expect_refused(bytes + "tail\n", {"table.csv", name});
        try {
            read_text(file);
        } catch (const Error& error) {
            EXPECT_EQ(std::string(error.what()).find("PK\x03"), std::string::npos);
            for (const char c : std::string(error.what())) EXPECT_GE(c, ' ') << error.what();
        }
    }
}
TEST_F(Text, TomlIsHeldToTheSame) {
    put_file(file, "a = 'C\xF4te'\n");
    expect_error(ErrorKind::input, {"table.csv:1: column 7", "not UTF-8"}, [&] { read_text(file); });
    put_file(file, utf16(u"a = 'Côte'\n", false));
    EXPECT_EQ(parse_toml(read_text(file), "x")["a"].value<std::string>(), "Côte");
}

// ---------------------------------------------------------------------------------------------------- numbers and
// names

TEST(Numbers, AreFiniteAndDecimal) {
    EXPECT_EQ(finite_number("1e-310"), 1e-310);
    EXPECT_EQ(finite_number("4.9e-324"), std::numeric_limits<double>::denorm_min());
    EXPECT_EQ(finite_number("+5"), 5.0);
    for (const char* text :
         {"1e400", "-1e400", "1e-400", "nan", "inf", "-inf", "infinity", "0x10", "1,5", "", "+-1", "1 2", "1e", "--1"})
        EXPECT_FALSE(finite_number(text)) << text;
}
TEST(Names, LoseTheBlanksAroundThem) {
    EXPECT_EQ(trimmed(" \tUSA\xC2\xA0"), "USA");
    EXPECT_EQ(trimmed("\xE3\x80\x80"
                      "Côte d'Ivoire\xEF\xBB\xBF"),
              "Côte d'Ivoire");
    EXPECT_EQ(trimmed(" \xC2\xA0"), "");
    const IndexSet names("region", {"USA ", " CAN"});
    EXPECT_EQ(names[0], "USA");
    EXPECT_EQ(names.at("USA"), 0);
    EXPECT_EQ(names.at("CAN\xC2\xA0"), 1);
    EXPECT_TRUE(names.contains(" USA"));
}
TEST(Names, ThatDifferByBlanksAreOne) {
    expect_error(ErrorKind::input, {"regions.csv:3", "repeated region name \"USA\""}, [] {
        IndexSet("region", {"USA", "USA "}, Place{"regions.csv", 3, ""});
    });
}
TEST(Names, ThatCannotBeAreRefused) {
    const auto refused = [](const std::string& name, const std::string& why) {
        expect_error(ErrorKind::input, {"the name of a region", why}, [&] { IndexSet("region", {"A", name}); });
    };
    refused("", "is empty");
    refused("\xC2\xA0", "is empty");
    refused("a\nb", "U+000A");
    refused("a\x01", "U+0001");
    refused("a\xC2\x9B", "U+009B");
    refused("*", "stands for all");
    refused(std::string(300, 'x'), "300 bytes");
    refused("\xF4", "not UTF-8");
}

}  // namespace
}  // namespace detente::test
