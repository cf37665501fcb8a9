// The icio importer against worlds written in the OECD's layout.
#include <gtest/gtest.h>

#include <algorithm>

#include "base/file.h"
#include "economy/check.h"
#include "economy/economy_io.h"
#include "economy/labelled_table.h"
#include "input_output_world.h"
#include "support.h"

namespace detente::test {
namespace {

using testing::expected_economy;
using testing::IcioEdition;
using testing::IcioLayout;
using testing::InputOutputWorld;
using testing::largest_difference;

constexpr int stocks = 4;  // INVNT

class Icio : public virtual ::testing::Test {
protected:
    // Writes a world in the layout and imports it.
    Economy import(const IcioLayout& layout) {
        make(layout);
        options.merge_split = layout.split;
        return import_economy("icio", file, options);
    }
    double difference(const IcioLayout& layout) {
        const Economy e = import(layout);
        return largest_difference(e, expected_economy(world));
    }
    void make(const IcioLayout& layout) {
        std::mt19937_64 random(7);
        world = testing::random_world(random, testing::region_codes(5), testing::icio_sectors(6, layout.edition),
                                      testing::icio_categories(layout.edition), stocks);
        testing::write_icio(world, file, layout);
    }
    void change(const std::string& from, const std::string& to) {
        std::string text = read_bytes(file);
        const std::size_t at = text.find(from);
        ASSERT_NE(at, std::string::npos) << from;
        put_file(file, text.replace(at, from.size(), to));
    }
    void expect_import_error(std::initializer_list<std::string> parts) {
        expect_error(ErrorKind::input, parts, [&] { import_economy("icio", file, options); });
    }
    TemporaryFolder folder;
    std::filesystem::path file = folder / "2018_SML.csv";
    InputOutputWorld world;
    ImportOptions options;
};

// Every edition, regular and extended.
struct EditionCase {
    IcioEdition edition;
    bool split;
    const char* name;
};
class IcioEditions : public Icio, public ::testing::WithParamInterface<EditionCase> {
protected:
    IcioLayout layout() const { return {GetParam().edition, GetParam().split}; }
};
TEST_P(IcioEditions, AreReadExactly) {
    EXPECT_LT(difference(layout()), 1e-12);
}
TEST_P(IcioEditions, HaveTheGoodsOfTheirClassification) {
    const std::vector<char> rev4 = {1, 1, 1, 0, 0, 0};
    EXPECT_EQ(import(layout()).goods, rev4);
}
TEST_P(IcioEditions, AreComparedWithPrintedOutput) {
    const std::string note = import(layout()).note;
    const std::size_t at = note.find("printed one by up to ");
    ASSERT_NE(at, std::string::npos) << note;
    EXPECT_LT(std::stod(note.substr(at + 21)), 1e-6) << note;
}
TEST_P(IcioEditions, CanBeSolved) {
    options.theta = 5.0;
    const CheckReport report = check_economy(import(layout()));
    EXPECT_TRUE(report.solvable()) << report.text();
}
INSTANTIATE_TEST_SUITE_P(Published, IcioEditions,
                         ::testing::Values(EditionCase{IcioEdition::e2016, false, "e2016"},
                                           EditionCase{IcioEdition::e2016, true, "e2016extended"},
                                           EditionCase{IcioEdition::e2018, false, "e2018"},
                                           EditionCase{IcioEdition::e2018, true, "e2018extended"},
                                           EditionCase{IcioEdition::e2021, false, "e2021"},
                                           EditionCase{IcioEdition::e2021, true, "e2021extended"},
                                           EditionCase{IcioEdition::e2023, false, "e2023"},
                                           EditionCase{IcioEdition::e2023, true, "e2023extended"},
                                           EditionCase{IcioEdition::e2025, false, "e2025"},
                                           EditionCase{IcioEdition::e2025, true, "e2025extended"}),
                         [](const auto& edition) { return std::string(edition.param.name); });

TEST_F(Icio, TheDiscrepancyOfTheFirstEditionIsLeftOutAndNoted) {
    make({IcioEdition::e2016, false});
    change(",0\n\"AUS_C34MTR\"", ",-2.5\n\"AUS_C34MTR\"");
    change(",0\n\"AUS_C36T37OTM\"", ",1.25\n\"AUS_C36T37OTM\"");
    const Economy e = import_economy("icio", file, options);
    EXPECT_NE(e.note.find("no region uses it: DISC (-1.25 in all, up to 2.5 in a row)"), std::string::npos) << e.note;
    EXPECT_LT(largest_difference(e, expected_economy(world)), 1e-12);
}
TEST_F(Icio, ValueAddedWithTaxesInOneRowIsNoted) {
    const std::string note = import({IcioEdition::e2016, false}).note;
    EXPECT_NE(note.find("Value added includes taxes less subsidies"), std::string::npos) << note;
}
TEST_F(Icio, MisspeltRegionOfFinalDemandByCategoryIsNamed) {
    make({IcioEdition::e2016, false});
    change("\"HFCE_USA\"", "\"HFCE_USB\"");
    expect_import_error({"2018_SML.csv:1", "HFCE_USB", "unknown region", "\"USB\"", "did you mean \"USA\"?"});
}
TEST_F(Icio, AWholeThatIsNotEmptyBesideItsPartsIsRefused) {
    make({IcioEdition::e2023, true});
    options.merge_split = true;
    change("\nCHN_A01_02,0", "\nCHN_A01_02,3");
    expect_import_error({"CHN_A01_02", "deliveries of its own beside those of its parts", "3 in column AUS_A01_02"});
}
TEST_F(Icio, WithoutPrintedOutputThatIsSaid) {
    put_file(file, "V1,AUS_A,NZL_A,AUS_F,NZL_F\nAUS_A,1,2,7,1\nNZL_A,2,3,2,9\n");
    EXPECT_NE(import_economy("icio", file, options).note.find("the source prints none"), std::string::npos);
}
TEST_F(Icio, EmptyFieldsOfSplitCountriesAreZero) {
    make({IcioEdition::e2023, true});
    options.merge_split = true;
    change("MEX_A01_02,0,0", "MEX_A01_02,,");
    EXPECT_LT(largest_difference(import_economy("icio", file, options), expected_economy(world)), 1e-12);
}
TEST_F(Icio, QuotedLabelsAndWindowsLineEndsAreRead) {
    make({});
    change("V1,AUS_A01_02", "\xEF\xBB\xBF\"V1\",\"AUS_A01_02\"");
    change("\nAUS_C10T12,", "\r\n\"AUS_C10T12\",");
    EXPECT_LT(largest_difference(import_economy("icio", file, options), expected_economy(world)), 1e-12);
}
TEST_F(Icio, AgricultureMiningAndManufacturingAreGoods) {
    EXPECT_EQ(import({}).goods, (std::vector<char>{1, 1, 1, 0, 0, 0}));
}
TEST_F(Icio, YearComesFromTheFileName) {
    EXPECT_EQ(import({}).year, 2018);
}
TEST_F(Icio, YearOfTheOptionComesFirst) {
    options.year = 2019;
    EXPECT_EQ(import({}).year, 2019);
}
TEST_F(Icio, NotesThatTaxesArePartOfValueAdded) {
    const std::string note = import({}).note;
    double taxes = 0.0;
    for (const double tax : world.taxes) taxes += tax;
    const std::size_t at = note.find("columns: TLS (");
    ASSERT_NE(at, std::string::npos) << note;
    EXPECT_NEAR(std::stod(note.substr(at + 14)) / taxes, 1.0, 1e-5);
}
TEST_F(Icio, TaxRowsOfAllRegionsAreOneInTheNote) {
    const std::string note = import({IcioEdition::e2021, false}).note;
    EXPECT_NE(note.find("columns: TAXSUB ("), std::string::npos) << note;
}
TEST_F(Icio, NotesNegativeFinalUses) {
    EXPECT_NE(import({}).note.find("negatives = deficit"), std::string::npos);
}
TEST_F(Icio, OutputIsThePrintedOne) {
    const std::string note = import({}).note;
    EXPECT_TRUE(note.find("printed one by up to 0 ") != std::string::npos || note.find("e-1") != std::string::npos)
        << note;
}
TEST_F(Icio, CanBeSolved) {
    options.theta = 5.0;
    const CheckReport report = check_economy(import({}));
    EXPECT_TRUE(report.solvable()) << report.text();
}

TEST_F(Icio, SplitCountriesWithoutTheOptionAreRefused) {
    make({IcioEdition::e2023, true});
    expect_import_error({"2018_SML.csv:1", "MX1, MX2", "no final demand", "--merge-split"});
}
TEST_F(Icio, MisspeltRowIsNamed) {
    make({});
    change("\nUSA_C10T12,", "\nUSA_C10T21,");
    expect_import_error({"2018_SML.csv", "no row for industry C10T12 of region USA", "did you mean \"USA_C10T21\"?"});
}
TEST_F(Icio, MisspeltColumnIsNamed) {
    make({});
    change(",USA_C10T12,", ",USA_C10T21,");
    expect_import_error({"2018_SML.csv:1", "no column for industry C10T12", "did you mean \"USA_C10T21\"?"});
}
TEST_F(Icio, MisspeltRegionOfFinalDemandIsNamed) {
    make({});
    change("USA_HFCE", "USB_HFCE");
    expect_import_error({"2018_SML.csv:1", "USB_HFCE", "unknown region", "did you mean \"USA\"?"});
}
TEST_F(Icio, RowThatStandsTwiceIsRefused) {
    make({});
    change("\nUSA_C10T12,", "\nUSA_A01_02,");
    expect_import_error({"2018_SML.csv:15", "USA_A01_02", "stands twice"});
}
TEST_F(Icio, TextAmongNumbersIsNamedWithItsPlace) {
    make({});
    change("\nAUS_A01_02,", "\nAUS_A01_02,x");
    expect_import_error({"2018_SML.csv:2", "AUS_A01_02", "not a number"});
}
TEST_F(Icio, NumberThatIsNotFiniteIsRefused) {
    make({});
    const std::string text = read_bytes(file), row = "\nAUS_A01_02,";
    const std::size_t at = text.find(row) + row.size();
    change(text.substr(at - row.size(), text.find(',', at) - at + row.size()), row + "nan");
    expect_import_error({"2018_SML.csv:2", "not a number", "nan"});
}
TEST_F(Icio, OtherSeparatorsAreSaidAndReadWhereAsked) {
    make({});
    const Economy before = import_economy("icio", file, options);
    std::string text = read_bytes(file);
    std::replace(text.begin(), text.end(), ',', ';');
    std::replace(text.begin(), text.end(), '.', ',');
    put_file(file, text);
    expect_import_error({"2018_SML.csv:1", "separated by semicolons", "--separator semicolon", "--decimal ','"});
    options.csv = {';', ','};
    EXPECT_EQ(largest_difference(import_economy("icio", file, options), before), 0.0);
}
TEST_F(Icio, ShortLineIsRefused) {
    make({});
    change("\nAUS_A01_02,", "\nAUS_A01_02,1,");
    expect_import_error({"2018_SML.csv:2", "wrong number of fields"});
}
TEST_F(Icio, AnotherTableIsRefused) {
    put_file(file, "iso3,A_B\nAUS,1\n");
    expect_import_error({"2018_SML.csv:1", "no input-output table"});
}
TEST_F(Icio, ColumnWithoutARegionIsRefused) {
    put_file(file, "V1,AUS_A,OUTPTU\nAUS_A,1,1\n");
    expect_import_error({"2018_SML.csv:1", "OUTPTU", "did you mean \"OUTPUT\"?"});
}
TEST_F(Icio, EmptyFileIsRefused) {
    put_file(file, "");
    expect_import_error({"2018_SML.csv:1", "empty"});
}
TEST_F(Icio, MergingIsForThisFormatOnly) {
    options.merge_split = true;
    export_csv(toy_economy(), folder / "toy");
    expect_error(ErrorKind::input, {"merge-split"}, [&] { import_economy("csv", folder / "toy", options); });
}

TEST(GoodsByIsic, TellsTheThirdRevisionFromTheFourth) {
    EXPECT_EQ(goods_by_isic(IndexSet("sector", {"AtB", "C", "15t16", "36t37", "E", "50", "71t74"})),
              (std::vector<char>{1, 1, 1, 1, 0, 0, 0}));
    EXPECT_EQ(goods_by_isic(IndexSet("sector", {"C01T05AGR", "C34MTR", "C36T37OTM", "C40T41EGW", "C95PVH"})),
              (std::vector<char>{1, 1, 1, 0, 0}));
    EXPECT_EQ(goods_by_isic(IndexSet("sector", {"A01", "C10T12", "C33", "D35", "E36T39"})),
              (std::vector<char>{1, 1, 1, 0, 0}));
}
TEST(GoodsByIsic4, GoesByDivisionElseByLetter) {
    const IndexSet codes("sector", {"A01_02", "05T06", "C", "D", "D35", "C302T309", "G45", "T", "01T02"});
    EXPECT_EQ(goods_by_isic4(codes), (std::vector<char>{1, 1, 1, 0, 0, 1, 0, 0, 1}));
}

}  // namespace
}  // namespace detente::test
