// Names, errors, tables and files.
#include <gtest/gtest.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/index_set.h"
#include "support.h"

namespace detente::test {
namespace {

TEST(NearestName, FindsASlip) {
    EXPECT_EQ(nearest_name("CHNA", {"USA", "CHN", "EU"}), "CHN");
}
TEST(NearestName, CountsASwapAsOneSlip) {
    EXPECT_EQ(nearest_name("UAS", {"EUR", "USA", "BRA"}), "USA");
}
TEST(NearestName, IgnoresCase) {
    EXPECT_EQ(nearest_name("usa", {"BRA", "USA"}), "USA");
}
TEST(NearestName, SuggestsNothingForAnotherWord) {
    EXPECT_EQ(nearest_name("zebra", {"USA", "CHN"}), "");
}

TEST(Errors, StandOnOneLine) {
    expect_error(ErrorKind::input, {"f.toml:3: a.b: wrong (found: x y; expected: z); did you mean \"w\"?"}, [] {
        throw_input({Place{"f.toml", 3, "a.b"}, "wrong", "x\ny", "z", "w"});
    });
}

TEST(IndexSet, KnowsPositions) {
    EXPECT_EQ(IndexSet("region", {"A", "B"}).at("B"), 1);
}

TEST(IndexSet, RefusesARepeatedName) {
    expect_error(ErrorKind::input, {"repeated region name \"A\""}, [] { IndexSet("region", {"A", "A"}); });
}

TEST(Csv, ReadsQuotesCommasAndLineEndings) {
    const TemporaryFolder folder;
    put_file(folder / "t.csv", "\xEF\xBB\xBFname,value\r\n\"a, \"\"b\"\"\", 2.5\r\n\r\nc,+3\r\n");
    const CsvTable table = CsvTable::read(folder / "t.csv");
    ASSERT_EQ(table.rows(), 2);
    EXPECT_EQ(table.text(0, table.column("name")), "a, \"b\"");
    EXPECT_EQ(table.number(0, 1), 2.5);
    EXPECT_EQ(table.number(1, 1), 3.0);
}

TEST(Csv, NamesTheLineOfABadNumber) {
    const TemporaryFolder folder;
    put_file(folder / "t.csv", "name,value\na,1\nb,x1\n");
    expect_error(ErrorKind::input, {"t.csv:3: value: not a number", "\"x1\""},
                 [&] { CsvTable::read(folder / "t.csv").number(1, 1); });
}

TEST(Csv, FieldsComeBackTheSame) {
    const TemporaryFolder folder;
    const std::string text = "a \"quoted\", line\nbreak";
    put_file(folder / "t.csv", "x\n" + csv_field(text) + "\n");
    EXPECT_EQ(CsvTable::read(folder / "t.csv").text(0, 0), text);
}

TEST(Files, AFailedWriteKeepsWhatWasThere) {
    const TemporaryFolder folder;
    put_file(folder / "kept", "old");
    EXPECT_THROW(write_beside(folder / "kept",
                              [](const std::filesystem::path& temporary) {
                                  put_file(temporary, "half");
                                  throw_file("kept", "disk full");
                              }),
                 Error);
    EXPECT_EQ(read_text(folder / "kept"), "old");
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

TEST(Files, AMissingFolderIsAFileError) {
    const TemporaryFolder folder;
    expect_error(ErrorKind::file, {"cannot be written"}, [&] { write_text(folder.path() / "none" / "x", "text"); });
}

}  // namespace
}  // namespace detente::test
