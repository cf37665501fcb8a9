// Wrong folders of tables, and sources that are not what their format says: each is refused with one line that names
// the place.
#include <gtest/gtest.h>

#include "base/file.h"
#include "economy/economy_io.h"
#include "support.h"

namespace detente::test {
namespace {

class BadCsvFolder : public ::testing::Test {
protected:
    void SetUp() override { export_csv(toy_economy(), folder.path()); }
    // Replaces the first `from` in a table.
    void change(const std::string& table, const std::string& from, const std::string& to) {
        std::string text = read_bytes(folder / table);
        const std::size_t at = text.find(from);
        ASSERT_NE(at, std::string::npos) << from << " is not in " << table;
        put_file(folder / table, text.replace(at, from.size(), to));
    }
    void expect_import_error(std::initializer_list<std::string> parts, ErrorKind kind = ErrorKind::input) {
        expect_error(kind, parts, [&] { import_economy("csv", folder.path(), options); });
    }
    TemporaryFolder folder;
    ImportOptions options;
};

TEST_F(BadCsvFolder, UnchangedIsRead) {
    EXPECT_EQ(import_economy("csv", folder.path()).n_regions(), 3);
}

TEST_F(BadCsvFolder, NegativeTrade) {
    change("trade.csv", "A,B,goods,10", "A,B,goods,-10");
    expect_import_error({"trade.csv:4", "value", "negative", "-10"});
}

TEST_F(BadCsvFolder, NotANumber) {
    change("trade.csv", "A,B,goods,10", "A,B,goods,nan");
    expect_import_error({"trade.csv:4", "value", "not a number", "nan"});
}

TEST_F(BadCsvFolder, EmptyNumber) {
    change("trade.csv", "A,B,goods,10", "A,B,goods,");
    expect_import_error({"trade.csv:4", "value", "not a number"});
}

TEST_F(BadCsvFolder, TariffBelowMinus100Percent) {
    change("trade.csv", "A,B,goods,10,0.08", "A,B,goods,10,-1.5");
    expect_import_error({"trade.csv:4", "tariff", "-1.5", "above -1"});
}

TEST_F(BadCsvFolder, TariffOnHomeTrade) {
    change("trade.csv", "A,A,goods,60,0", "A,A,goods,60,0.1");
    expect_import_error({"trade.csv:2", "tariff", "trade with itself"});
}

TEST_F(BadCsvFolder, MisspeltExporter) {
    change("regions.csv", "A\n", "Alpha\n");
    for (const char* table : {"trade.csv", "region_sectors.csv", "input_shares.csv"}) {
        std::string text = read_bytes(folder / table);
        for (std::size_t at = 0; (at = text.find("\nA,", at)) != std::string::npos;) text.replace(at, 3, "\nAlpha,");
        for (std::size_t at = 0; (at = text.find(",A,", at)) != std::string::npos;) text.replace(at, 3, ",Alpha,");
        put_file(folder / table, text);
    }
    ASSERT_EQ(import_economy("csv", folder.path()).regions[0], "Alpha");
    change("trade.csv", "Alpha,B", "Alhpa,B");
    expect_import_error({"trade.csv:4", "exporter", "unknown region", "Alhpa", "did you mean \"Alpha\"?"});
}

TEST_F(BadCsvFolder, MisspeltImporter) {
    change("trade.csv", "A,B,goods", "A,Q,goods");
    expect_import_error({"trade.csv:4", "importer", "unknown region", "\"Q\"", "one of A, B, C"});
}

TEST_F(BadCsvFolder, MisspeltSectorInTrade) {
    change("trade.csv", "A,B,goods", "A,B,gods");
    expect_import_error({"trade.csv:4", "sector", "unknown sector", "did you mean \"goods\"?"});
}

TEST_F(BadCsvFolder, MisspeltRegionInShares) {
    change("region_sectors.csv", "B,goods", "BB,goods");
    expect_import_error({"region_sectors.csv:4", "region", "\"BB\"", "did you mean \"B\"?"});
}

TEST_F(BadCsvFolder, MisspeltInput) {
    change("input_shares.csv", "A,services,goods", "A,service,goods");
    expect_import_error({"input_shares.csv:4", "input", "\"service\"", "did you mean \"services\"?"});
}

TEST_F(BadCsvFolder, RowThatStandsTwice) {
    change("trade.csv", "A,B,services", "A,B,goods");
    expect_import_error({"trade.csv:5", "stands twice", "exporter A, importer B, sector goods", "line 4"});
}

TEST_F(BadCsvFolder, RegionThatStandsTwice) {
    change("regions.csv", "B\n", "A\n");
    expect_import_error({"regions.csv:3", "stands twice", "region A"});
}

TEST_F(BadCsvFolder, MissingRow) {
    change("trade.csv", "A,B,goods,10,0.08\n", "");
    expect_import_error({"trade.csv", "no row for exporter A, importer B, sector goods", "18 cells"});
}

TEST_F(BadCsvFolder, MissingColumn) {
    change("trade.csv", "value", "valeu");
    expect_import_error({"trade.csv:1", "column is missing", "did you mean \"valeu\"?"});
}

TEST_F(BadCsvFolder, WrongNumberOfFields) {
    change("trade.csv", "A,B,goods,10,0.08", "A,B,goods,10,0,08");
    expect_import_error({"trade.csv:4", "wrong number of fields", "found: 6"});
}

TEST_F(BadCsvFolder, QuoteThatStaysOpen) {
    change("trade.csv", "A,B,goods", "\"A,B,goods");
    expect_import_error({"trade.csv:4", "quote"});
}

TEST_F(BadCsvFolder, EmptyTable) {
    put_file(folder / "trade.csv", "");
    expect_import_error({"trade.csv", "empty"});
}

TEST_F(BadCsvFolder, TableWithoutRows) {
    put_file(folder / "regions.csv", "region\n");
    expect_import_error({"regions.csv", "no rows"});
}

TEST_F(BadCsvFolder, MissingTable) {
    std::filesystem::remove(folder / "sectors.csv");
    expect_import_error({"sectors.csv", "No such file"}, ErrorKind::file);
}

TEST_F(BadCsvFolder, FlagThatIsNeitherZeroNorOne) {
    change("sectors.csv", "goods,Goods,1", "goods,Goods,yes");
    expect_import_error({"sectors.csv:2", "goods", "\"yes\"", "0 or 1"});
}

TEST_F(BadCsvFolder, YearThatIsNoYear) {
    change("economy.csv", "2020", "MMXX");
    expect_import_error({"economy.csv:6", "MMXX"});
}

TEST_F(BadCsvFolder, UnknownKeyOfTheDescription) {
    change("economy.csv", "licence", "license");
    expect_import_error({"economy.csv:4", "\"license\"", "did you mean \"licence\"?"});
}

TEST_F(BadCsvFolder, TheDefaultThetaGivenTwice) {
    change("sectors.csv", ",theta", ",other");
    put_file(folder / "theta.csv", "sector,theta\ngoods,3\n*,5\n");
    options.theta = 4.0;
    options.theta_file = folder / "theta.csv";
    expect_import_error({"theta.csv:3: sector", "given twice", "5 here and 4 as theta"});
}

TEST_F(BadCsvFolder, ThetaFileWithARowTwice) {
    put_file(folder / "theta.csv", "sector,theta\ngoods,3\nservices,2\ngoods,5\n");
    options.theta_file = folder / "theta.csv";
    expect_import_error({"theta.csv:4: sector", "stands twice", "goods", "line 2"});
}

TEST_F(BadCsvFolder, ThetaFileWithAnUnknownSector) {
    put_file(folder / "theta.csv", "sector,theta\ngodos,3\n");
    options.theta_file = folder / "theta.csv";
    expect_import_error({"theta.csv:2: sector", "unknown sector", "did you mean \"goods\"?"});
}

TEST_F(BadCsvFolder, ThetaFileWithANumberThatIsNotPositive) {
    put_file(folder / "theta.csv", "sector,theta\n*,0\n");
    options.theta_file = folder / "theta.csv";
    expect_import_error({"theta.csv:2: theta", "must be positive", "above 0"});
}

TEST_F(BadCsvFolder, ThetaOfAnUnknownSectorNamesItsPlace) {
    options.theta_of = {{"godos", 3.0}};
    options.places["theta"] = Place{"study.toml", 4, "economy.theta"};
    expect_import_error({"study.toml:4: economy.theta", "unknown sector", "did you mean \"goods\"?"});
}

TEST_F(BadCsvFolder, ThetaThatIsNotPositive) {
    change("sectors.csv", ",theta", ",other");
    options.theta = -4.0;
    expect_import_error({"theta", "-4", "above 0"});
}

TEST_F(BadCsvFolder, ThetaThatIsNotPositiveNamesItsPlace) {
    options.theta = 0.0;
    options.places["theta"] = Place{"study.toml", 4, "economy.theta"};
    expect_import_error({"study.toml:4: economy.theta", "must be positive"});
}

TEST_F(BadCsvFolder, TariffOptionBelowMinus100Percent) {
    change("trade.csv", ",tariff", ",other");
    options.tariff = -1.0;
    expect_import_error({"tariff", "above -1"});
}

// ------------------------------------------------------------------------------------------------ importers

TEST(BadImport, UnknownFormatNamesTheNearest) {
    expect_error(ErrorKind::input, {"unknown import format", "\"calendo-parro\"", "did you mean \"caliendo-parro\"?"},
                 [] { import_economy("calendo-parro", "."); });
}

TEST(BadImport, FolderThatIsMissing) {
    expect_error(ErrorKind::file, {"no/such/folder", "no such file or folder"},
                 [] { import_economy("ossa", "no/such/folder"); });
}

TEST(BadImport, FileWhereAFolderBelongs) {
    const TemporaryFolder folder;
    put_file(folder / "trade.csv", "exporter,importer,sector,value\n");
    expect_error(ErrorKind::file, {"trade.csv", "is a folder of tables"},
                 [&] { import_economy("csv", folder / "trade.csv"); });
}

TEST(BadImport, FolderWhereAFileBelongs) {
    const TemporaryFolder folder;
    expect_error(ErrorKind::file, {"it is a folder"}, [&] { import_economy("wiod", folder.path()); });
}

TEST(BadImport, EconomyFileIsNoInputOutputTable) {
    const TemporaryFolder folder;
    write_economy(toy_economy(), folder / "e.nc");
    expect_error(ErrorKind::input, {"e.nc", "no variable \"user\""}, [&] { import_economy("wiod", folder / "e.nc"); });
}

}  // namespace
}  // namespace detente::test
