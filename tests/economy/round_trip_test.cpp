// What is written reads back the same, and the same economy gives the same bytes.
#include <gtest/gtest.h>

#include "base/file.h"
#include "economy/economy_io.h"
#include "economy/netcdf_file.h"
#include "same_economy.h"
#include "support.h"

namespace detente::test {
namespace {

// The toy economy with something in every field.
Economy full_economy() {
    Economy e = toy_economy();
    e.note = "A note with \"quotes\", commas\nand two lines; Détente.";
    e.value_added = {94.1, 128.2, 62.75};
    e.deficit = {-4.0, 2.5, 1.5};
    e.sector_columns["increase"] = {0.25, 1.0 / 3.0};
    e.region_columns["gdp"] = {1e12, 2.5e12, 1.0 / 7.0};
    e.region_sector_columns["political_weight"] = RegionSector(3, 2, 1.1);
    e.region_sector_columns["political_weight"](2, 1) = 0.9;
    e.trade_columns["tariff_later"] = e.tariff;
    e.trade_columns["tariff_later"](0, 1, 0) = 0.33;
    return e;
}

TEST(EconomyNetcdf, ReadsBackWhatWasWritten) {
    const TemporaryFolder folder;
    const Economy e = full_economy();
    write_economy(e, folder / "e.nc");
    expect_same(e, read_economy(folder / "e.nc"));
}

TEST(EconomyNetcdf, ReadsBackAnEconomyWithoutOptionalTables) {
    const TemporaryFolder folder;
    Economy e = toy_economy();
    e.theta.clear();
    e.sigma.clear();
    e.psi.clear();
    e.sector_titles.clear();
    write_economy(e, folder / "e.nc");
    expect_same(e, read_economy(folder / "e.nc"));
}

TEST(EconomyNetcdf, TextsOfAnImportHaveNoBlanksThatTheFileWouldLose) {
    const TemporaryFolder folder;
    Economy e = toy_economy();
    e.title = " A title\t", e.unit = "dollars ", e.note = "\xC2\xA0 a note";
    e.sector_titles = {"Food  ", "\xE3\x80\x80Steel"};
    trim_texts(e);
    EXPECT_EQ(e.title, "A title");
    EXPECT_EQ(e.note, "a note");
    EXPECT_EQ(e.sector_titles, (std::vector<std::string>{"Food", "Steel"}));
    write_economy(e, folder / "e.nc");
    expect_same(e, read_economy(folder / "e.nc"));
}

TEST(EconomyNetcdf, SameEconomyGivesSameBytes) {
    const TemporaryFolder folder;
    write_economy(full_economy(), folder / "a.nc");
    write_economy(full_economy(), folder / "b.nc");
    EXPECT_EQ(read_bytes(folder / "a.nc"), read_bytes(folder / "b.nc"));
}

TEST(EconomyNetcdf, KeepsColumnsWhoseNamesNetcdfCannotHold) {
    const TemporaryFolder folder;
    Economy e = toy_economy();
    e.sector_columns["rate / year (%)"] = {1.0, 2.0};
    e.sector_columns["2018"] = {3.0, 4.0};
    write_economy(e, folder / "e.nc");
    expect_same(e, read_economy(folder / "e.nc"));
}

TEST(EconomyNetcdf, KeepsColumnsThatShareAName) {
    const TemporaryFolder folder;
    Economy e = toy_economy();
    e.sector_columns["theta"] = {1.0, 2.0};  // also the name of a table
    e.region_columns["rate"] = {1.0, 2.0, 3.0};
    e.sector_columns["rate"] = {4.0, 5.0};
    write_economy(e, folder / "e.nc");
    expect_same(e, read_economy(folder / "e.nc"));
}

TEST(EconomyNetcdf, EveryVariableHasALongName) {
    const TemporaryFolder folder;
    write_economy(full_economy(), folder / "e.nc");
    const NetcdfReader in(folder / "e.nc");
    for (const std::string& variable : in.variables())
        EXPECT_FALSE(in.text_attribute(variable, "long_name").empty()) << variable;
}

TEST(EconomyNetcdf, FlowsCarryTheUnitOfTheEconomy) {
    const TemporaryFolder folder;
    write_economy(toy_economy(), folder / "e.nc");
    EXPECT_EQ(NetcdfReader(folder / "e.nc").text_attribute("trade", "units"), "million dollars");
}

TEST(EconomyNetcdf, LeavesNothingBesideTheFile) {
    const TemporaryFolder folder;
    write_economy(toy_economy(), folder / "e.nc");
    int files = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path())) ++files;
    EXPECT_EQ(files, 1);
}

TEST(EconomyCsv, ReadsBackWhatWasWritten) {
    const TemporaryFolder folder;
    const Economy e = full_economy();
    export_csv(e, folder / "csv");
    expect_same(e, import_economy("csv", folder / "csv"));
}

TEST(EconomyCsv, SameEconomyGivesSameBytes) {
    const TemporaryFolder folder;
    export_csv(full_economy(), folder / "a");
    export_csv(full_economy(), folder / "b");
    for (const char* table : {"economy", "regions", "sectors", "trade", "region_sectors", "input_shares"}) {
        const std::string name = std::string(table) + ".csv";
        EXPECT_EQ(read_text(folder / "a" / name), read_text(folder / "b" / name)) << name;
    }
}

TEST(EconomyCsv, KeepsTheLastDigitOfPublishedTables) {
    const auto data = shared_data("us-china-2017");
    DETENTE_NEEDS_DATA(data);
    const TemporaryFolder folder;
    const Economy e = import_economy("us-china-2017", data);
    export_csv(e, folder / "csv");
    expect_same(e, import_economy("csv", folder / "csv"));
}

TEST(EconomyCsv, RefusesAFreeColumnNamedLikeATable) {
    const TemporaryFolder folder;
    Economy e = toy_economy();
    e.sector_columns["theta"] = {1.0, 2.0};
    expect_error(ErrorKind::input, {"sectors.csv", "theta"}, [&] { export_csv(e, folder / "csv"); });
}

TEST(EconomyNetcdf, KeepsEveryImportedEconomy) {
    const TemporaryFolder folder;
    for (const auto& [format, name] : {std::pair{"caliendo-parro", "caliendo-parro-2015"},
                                       {"ossa", "ossa-2014"},
                                       {"liberation-day", "liberation-day-2025"},
                                       {"wiod", "wiod-2011/wiot2011.nc"}}) {
        const auto data = shared_data(name);
        DETENTE_NEEDS_DATA(data);
        const Economy e = import_economy(format, data);
        write_economy(e, folder / "e.nc");
        expect_same(e, read_economy(folder / "e.nc"));
    }
}

}  // namespace
}  // namespace detente::test
