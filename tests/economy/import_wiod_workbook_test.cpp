// The wiod importer against worlds written in the layouts of the published workbooks.
#include <gtest/gtest.h>

#include "economy/check.h"
#include "economy/economy_io.h"
#include "input_output_world.h"
#include "support.h"
#include "write_workbook.h"

namespace detente::test {
namespace {

using testing::InputOutputWorld;
using testing::WiodRelease;
using testing::WorkbookCell;

class WiodWorkbook : public ::testing::TestWithParam<WiodRelease> {
protected:
    Economy import() {
        std::mt19937_64 random(3);
        world = testing::random_world(random, {"AUS", "BEL", "ROW"}, testing::wiod_sectors(GetParam(), 6),
                                      testing::wiod_categories(), 4);
        testing::write_wiod(world, file, GetParam());
        return import_economy("wiod", file, options);
    }
    TemporaryFolder folder;
    std::filesystem::path file = folder / "WIOT.bin";  // the content says what it is, not the name
    InputOutputWorld world;
    ImportOptions options;
};

TEST_P(WiodWorkbook, IsReadExactly) {
    const Economy e = import();
    EXPECT_LT(testing::largest_difference(e, testing::expected_economy(world)), 1e-12);
}
TEST_P(WiodWorkbook, HasTheGoodsOfItsClassification) {
    EXPECT_EQ(import().goods, (std::vector<char>{1, 1, 1, 0, 0, 0}));
}
TEST_P(WiodWorkbook, YearComesFromTheSheet) {
    EXPECT_EQ(import().year, GetParam() == WiodRelease::r2013 ? 2011 : 2014);
}
TEST_P(WiodWorkbook, SourceNamesTheRelease) {
    EXPECT_NE(import().source.find(GetParam() == WiodRelease::r2013 ? "2013 release" : "2016 release"),
              std::string::npos);
}
TEST_P(WiodWorkbook, DescriptionsAreTitles) {
    const Economy e = import();
    EXPECT_EQ(e.sector_titles[0], "Industry " + e.sectors[0]);
}
TEST_P(WiodWorkbook, NotesWhatIsPartOfValueAdded) {
    const std::string note = import().note;
    EXPECT_NE(note.find("International Transport Margins (4.5)"), std::string::npos) << note;
    EXPECT_NE(note.find("taxes less subsidies on products ("), std::string::npos) << note;
    EXPECT_EQ(note.find("Output at basic prices"), std::string::npos) << note;
}
TEST_P(WiodWorkbook, CanBeSolved) {
    options.theta = 5.0;
    const CheckReport report = check_economy(import());
    EXPECT_TRUE(report.solvable()) << report.text();
}
TEST_P(WiodWorkbook, AnotherYearIsRefused) {
    options.year = 1999;
    expect_error(ErrorKind::input, {"WIOT.bin", "another year", "1999"}, [&] { import(); });
}
INSTANTIATE_TEST_SUITE_P(Releases, WiodWorkbook, ::testing::Values(WiodRelease::r2013, WiodRelease::r2016),
                         [](const auto& release) { return release.param == WiodRelease::r2013 ? "R2013" : "R2016"; });

// A sheet by hand: two regions with one industry.
class BadWiodWorkbook : public ::testing::Test {
protected:
    std::vector<std::vector<WorkbookCell>> rows = {
        {{4, "A"}, {5, "A"}, {6, "F"}, {7, "F"}, {8, "GO"}},
        {{4, "AAA"}, {5, "BBB"}, {6, "AAA"}, {7, "BBB"}, {8, "TOT"}},
        {{4, "c1"}, {5, "c1"}, {6, "c57"}, {7, "c57"}, {8, "c62"}},
        {{0, "A"}, {2, "AAA"}, {3, "r1"}, {4, 1.0}, {5, 2.0}, {6, 7.0}, {7, 1.0}, {8, 11.0}},
        {{0, "A"}, {2, "BBB"}, {3, "r1"}, {4, 2.0}, {5, 3.0}, {6, 2.0}, {7, 9.0}, {8, 16.0}},
    };
    Economy import() {
        testing::write_xlsb(file, "2014", [this, at = std::size_t{0}](std::vector<WorkbookCell>& row) mutable {
            if (at < rows.size()) row = rows[at];
            return at++ < rows.size();
        });
        return import_economy("wiod", file);
    }
    void expect_import_error(std::initializer_list<std::string> parts) {
        expect_error(ErrorKind::input, parts, [&] { import(); });
    }
    TemporaryFolder folder;
    std::filesystem::path file = folder / "table.xlsb";
};

TEST_F(BadWiodWorkbook, UnchangedIsRead) {
    EXPECT_EQ(import().trade(0, 1, 0), 3.0);
}
TEST_F(BadWiodWorkbook, ACodeThatStandsAsANumberIsACode) {
    for (const std::size_t row : {std::size_t{3}, std::size_t{4}}) rows[row][0].second = 19.0;
    rows[0][0].second = rows[0][1].second = 19.0;
    EXPECT_EQ(import().sectors[0], "19");
}
TEST_F(BadWiodWorkbook, EmptyCellsAreCountedInTheNote) {
    rows[3].erase(rows[3].begin() + 4);
    EXPECT_NE(import().note.find("1 empty cells"), std::string::npos);
}
TEST_F(BadWiodWorkbook, TextAmongNumbersIsNamedWithItsCell) {
    rows[3][4].second = "n/a";
    expect_import_error({"table.xlsb: F4", "not a number", "n/a"});
}
TEST_F(BadWiodWorkbook, ARegionWithoutItsRowIsNamed) {
    rows.pop_back();
    expect_import_error({"table.xlsb:3", "c1 BBB", "unknown region", "one of AAA"});
}
TEST_F(BadWiodWorkbook, ARowThatStandsTwiceIsNamed) {
    rows[4][1].second = "AAA";
    expect_import_error({"table.xlsb:5", "r1 AAA", "row stands twice"});
}
TEST_F(BadWiodWorkbook, ASheetWithoutNumberedColumnsIsRefused) {
    rows.erase(rows.begin() + 2);
    expect_import_error({"table.xlsb", "no World Input-Output Table", "c1, c2"});
}
TEST_F(BadWiodWorkbook, NegativeIntermediateUsesAreSetToZeroAndCounted) {
    rows[3][4].second = -0.5;
    EXPECT_NE(import().note.find("1 intermediate uses of the source are negative (-0.5"), std::string::npos);
}

TEST_F(BadWiodWorkbook, ATextBelowTheIndustriesIsNoMatter) {
    rows.push_back({{1, "Value added at basic prices"}, {3, "r64"}, {4, "see note"}});
    EXPECT_EQ(import().trade(0, 1, 0), 3.0);
}
TEST_F(BadWiodWorkbook, EmptyCellsBelowTheIndustriesAreNotCounted) {
    rows.push_back({{1, "Value added at basic prices"}, {3, "r64"}, {4, 8.0}, {5, 11.0}});
    EXPECT_EQ(import().note.find("empty cells"), std::string::npos);
}
// A merged cell leaves its text in the first cell only.
TEST_F(BadWiodWorkbook, AColumnOfAnIndustryWithoutItsCountryIsNamed) {
    rows[1].erase(rows[1].begin() + 1);
    expect_import_error({"table.xlsb:3: F3", "number of an industry and no country"});
}
TEST_F(BadWiodWorkbook, ARowOfAnIndustryWithoutItsCountryIsNamed) {
    rows[4].erase(rows[4].begin() + 1);
    expect_import_error({"table.xlsb:5: r1", "number of an industry and no country"});
}
TEST_F(BadWiodWorkbook, AColumnOfNoRegionIsLeftOutAndNoted) {
    rows[0].push_back({9, "x"});
    rows[3].push_back({9, 4.0});
    const Economy e = import();
    EXPECT_NE(e.note.find("no region uses it"), std::string::npos) << e.note;
    EXPECT_EQ(gross_output(e)(0, 0), 11.0);
}
TEST_F(BadWiodWorkbook, NumberedColumnsBeyondTheFirstHundredRowsAreNotLookedFor) {
    rows.insert(rows.begin(), 200, {{0, "x"}});
    expect_import_error({"table.xlsb", "no World Input-Output Table"});
}

TEST(WiodFile, StataFilesAreSentToTheWorkbook) {
    const TemporaryFolder folder;
    put_file(folder / "wiot.dta", "<stata_dta>");
    expect_error(ErrorKind::input, {"wiot.dta", "Stata or R", ".xlsb"},
                 [&] { import_economy("wiod", folder / "wiot.dta"); });
}
TEST(WiodFile, RFilesAreSentToTheWorkbook) {
    const TemporaryFolder folder;
    put_file(folder / "wiot.RData", "\x1F\x8B");
    expect_error(ErrorKind::input, {"wiot.RData", "Stata or R"},
                 [&] { import_economy("wiod", folder / "wiot.RData"); });
}
TEST(WiodFile, PackedArchivesMustBeUnpacked) {
    const TemporaryFolder folder;
    put_file(folder / "wiot.rar", "Rar!\x1A\x07");
    expect_error(ErrorKind::input, {"wiot.rar", "unpack"}, [&] { import_economy("wiod", folder / "wiot.rar"); });
}
TEST(WiodFile, ZipArchivesOfWorkbooksMustBeUnpacked) {
    const TemporaryFolder folder;
    testing::write_archive(folder / "WIOTS_in_EXCEL.zip", {{"WIOT2014_Nov16_ROW.xlsb", "x"}});
    expect_error(ErrorKind::input, {"WIOTS_in_EXCEL.zip", "unpacked"},
                 [&] { import_economy("wiod", folder / "WIOTS_in_EXCEL.zip"); });
}
TEST(WiodFile, OldWorkbooksMustBeSavedAnew) {
    const TemporaryFolder folder;
    put_file(folder / "wiot.xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    expect_error(ErrorKind::input, {"wiot.xls", "save it as .xlsx"},
                 [&] { import_economy("wiod", folder / "wiot.xls"); });
}

}  // namespace
}  // namespace detente::test
