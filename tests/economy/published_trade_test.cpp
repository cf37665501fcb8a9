// Tables of trade, GDP and tariffs as their publishers lay them out.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "economy/check.h"
#include "economy/country_codes.h"
#include "economy/economy_io.h"
#include "equilibrium/model.h"
#include "support.h"
#include "write_trade.h"

namespace detente::test {
namespace {

constexpr std::size_t last = 2;  // the year 2019

class Published : public ::testing::Test {
protected:
    Economy import() { return import_economy("gravity", flows, options); }
    Economy import_with_gdp() { return import_economy("gravity", std::vector{flows, gdp}, options); }
    int region(const Economy& e, std::size_t i) { return e.regions.at(world.countries[i].iso3); }

    // Every flow between countries, over all sectors.
    void expect_flows(const Economy& e, std::size_t year, double unit = 1.0) {
        ASSERT_EQ(e.n_regions(), static_cast<int>(world.n()));
        for (std::size_t i = 0; i < world.n(); ++i) {
            for (std::size_t j = 0; j < world.n(); ++j) {
                if (i == j) continue;
                double sum = 0.0;
                for (int s = 0; s < e.n_sectors(); ++s) sum += e.trade(region(e, i), region(e, j), s);
                EXPECT_NEAR(sum, world.flow(year, i, j) * unit, 1e-9 * (1.0 + sum)) << i << ' ' << j;
            }
        }
    }
    static void expect_note(const Economy& e, const std::string& text) {
        EXPECT_NE(e.note.find(text), std::string::npos) << text << " is not in: " << e.note;
    }

    TemporaryFolder folder;
    std::filesystem::path flows = folder / "flows.csv", gdp = folder / "gdp.csv", map = folder / "map.csv",
                          tariffs = folder / "tariffs.csv";
    PublishedTrade world = published_trade();
    ImportOptions options;
};

// ------------------------------------------------------------------------------------------------------- country codes

TEST(CountryCodes, LettersForNumbers) {
    EXPECT_EQ(iso3_of("840"), "USA");
    EXPECT_EQ(iso3_of("842"), "USA");
    EXPECT_EQ(iso3_of("4"), "AFG");
    EXPECT_EQ(iso3_of("004"), "AFG");
    EXPECT_EQ(iso3_of("251"), "FRA");
    EXPECT_EQ(iso3_of("757"), "CHE");
    EXPECT_EQ(iso3_of("699"), "IND");
    EXPECT_EQ(iso3_of("579"), "NOR");
    EXPECT_EQ(iso3_of("490"), "TWN");
    EXPECT_EQ(iso3_of("516"), "NAM");
    EXPECT_EQ(iso3_of("894"), "ZMB");
    for (const char* none : {"999", "0", "", "USA", "0842", "-4"}) EXPECT_EQ(iso3_of(none), "") << none;
}

// --------------------------------------------------------------------------------------------------------------- flows

TEST_F(Published, BaciSumsProductsAndReadsNumbersOfCountries) {
    write_baci(flows, world, last);
    write_world_bank_gdp(gdp, world, 1000.0);
    options.home_sales = ImportOptions::HomeSales::gdp;
    options.theta = 4.0;
    const Economy e = import_with_gdp();
    expect_flows(e, last);
    EXPECT_EQ(e.year, 2019);
    EXPECT_EQ(e.unit, "thousand US dollars");
    expect_note(e, "Rows of 3 products (column k) were summed.");
    expect_note(e, "GDP in US dollars was brought to the thousand US dollars");
    for (std::size_t i = 0; i < world.n(); ++i)
        EXPECT_NEAR(gross_output(e)(region(e, i), 0) / world.gdp(last, i), 1.0, 1e-12);
    EXPECT_LT(calibrate(e).certificate.residual, 1e-12);
}
TEST_F(Published, GdpUnitOnTheCommandLineGoesFirst) {
    write_baci(flows, world, last);
    write_world_bank_gdp(gdp, world, 1000.0);
    options.gdp_unit = 0.002;
    EXPECT_NEAR(import_with_gdp().value_added[0], 2.0 * world.gdp(last, 0), 1e-9 * world.gdp(last, 0));
}
TEST_F(Published, GdpInNumbersOfCountriesMatchesFlowsInNumbers) {
    write_baci(flows, world, last);
    std::string text = "country,gdp\n";
    for (std::size_t i = 0; i < world.n(); ++i)
        text += fmt::format("{},{}\n", world.countries[i].baci_number, world.gdp(last, i));
    put_file(gdp, text);
    EXPECT_EQ(import_with_gdp().regions.names(), (std::vector<std::string>{"USA", "FRA", "IND", "AFG"}));
}
TEST_F(Published, NumbersOfOnesOwnStayNames) {
    put_file(flows, "exporter,importer,value\n1,2,3\n2,1,3\n1,1,5\n2,2,5\n4,1,1\n4,4,2\n");
    EXPECT_EQ(import().regions.names(), (std::vector<std::string>{"1", "2", "4"}));
}
TEST_F(Published, ProductThatStandsTwiceIsRefused) {
    put_file(flows, "t,i,j,k,v,q\n2019,842,251,010121,1,1\n2019,251,842,010121,2,1\n2019,842,251,010121,3,1\n");
    expect_error(ErrorKind::input, {"flows.csv:4: v", "from USA to FRA of product 010121 stands twice", "line 2"},
                 [&] { import(); });
}
TEST_F(Published, TwoCodesOfOneCountryAreOneRegion) {
    put_file(flows, "t,i,j,k,v,q\n2019,842,251,1,1,1\n2019,841,251,2,5,1\n2019,251,842,1,2,1\n");
    put_file(gdp, "iso3,gdp\nUSA,100\nFRA,100\n");
    const Economy e = import_with_gdp();
    EXPECT_EQ(e.trade(e.regions.at("USA"), e.regions.at("FRA"), 0), 6.0);
}
TEST_F(Published, CepiiGravityChoosesTheFlowAndSaysSo) {
    write_cepii_gravity(flows, world);
    options.year = 2018;
    options.home_sales = ImportOptions::HomeSales::gdp;
    const Economy e = import();
    expect_flows(e, 1);
    EXPECT_EQ(e.year, 2018);
    EXPECT_EQ(e.region_columns.at("gdp")[static_cast<std::size_t>(region(e, 2))], world.gdp(1, 2));
    expect_note(e, "column tradeflow_baci; beside it stand tradeflow_comtrade_o, tradeflow_comtrade_d");
}
TEST_F(Published, CepiiGravityTakesTheFlowThatIsAskedFor) {
    write_cepii_gravity(flows, world);
    options.year = 2018;
    options.columns["value"] = "tradeflow_comtrade_d";
    expect_flows(import(), 1, 3.0);
}
TEST_F(Published, CepiiGravityOfSeveralYearsAsksForOne) {
    write_cepii_gravity(flows, world);
    expect_error(ErrorKind::input, {"flows.csv: year", "3 from 2017 to 2019", "--year"}, [&] { import(); });
}
TEST_F(Published, ItpdHasHomeSalesOfItsOwn) {
    write_itpd(flows, world);
    options.year = 2017;
    const Economy e = import();
    expect_flows(e, 0);
    EXPECT_NEAR(e.trade(region(e, 1), region(e, 1), 0), world.flow(0, 1, 1), 1e-9);
    EXPECT_EQ(e.unit, "million US dollars");
}
TEST_F(Published, ComtradeTakesTotalsAndLeavesOutTheWorldAndReExports) {
    write_comtrade(flows, world, last, ComtradeRows::exports);
    write_world_bank_gdp(gdp, world, 1.0);
    const Economy e = import_with_gdp();
    expect_flows(e, last);
    expect_note(e, "the exporters report");
    expect_note(e, "rows of the total were taken");
    expect_note(e, "of the world as a whole were left out: 4.");
    expect_note(e, "(re-exports, re-imports) were left out: 4.");
}
TEST_F(Published, ComtradeOfImportsIsTurnedRound) {
    write_comtrade(flows, world, last, ComtradeRows::imports);
    write_world_bank_gdp(gdp, world, 1.0);
    options.home_sales = ImportOptions::HomeSales::gdp;
    const Economy e = import_with_gdp();
    expect_flows(e, last);
    expect_note(e, "with itself (re-imports, in statistics of trade) were replaced: USA, FRA, IND, AFG.");
    EXPECT_NEAR(gross_output(e)(0, 0), world.gdp(last, 0), 1e-9 * world.gdp(last, 0));
}
TEST_F(Published, ReImportsOfComtradeAreNoHomeSalesWithoutTheOption) {
    write_comtrade(flows, world, last, ComtradeRows::imports);
    write_world_bank_gdp(gdp, world, 1.0);
    const Economy e = import_with_gdp();
    EXPECT_EQ(e.trade(0, 0, 0), 0.0);
    expect_note(e, "re-imports in Comtrade (United Nations) and were left out: USA, FRA, IND, AFG.");
    expect_note(e, "only the melitz model");
}
TEST_F(Published, ComtradeOfBothAsksWhoseReports) {
    write_comtrade(flows, world, last, ComtradeRows::both);
    write_world_bank_gdp(gdp, world, 1.0);
    expect_error(ErrorKind::input, {"flows.csv:", "flowCode", "exports and imports", "--reported"},
                 [&] { import_with_gdp(); });
    options.reported = ImportOptions::Reported::imports;
    expect_flows(import_with_gdp(), last);
}
TEST_F(Published, OldComtradeIsRead) {
    write_old_comtrade(flows, world, last);
    write_world_bank_gdp(gdp, world, 1.0);
    expect_flows(import_with_gdp(), last);
}
TEST_F(Published, ProductsAtTwoLevelsAreRefused) {
    put_file(flows,
             "Reporter ISO,Partner ISO,Trade Flow,Trade Value (US$),Year,Commodity Code\n"
             "USA,FRA,Export,5,2019,01\nUSA,FRA,Export,5,2019,0101\nFRA,USA,Export,5,2019,01\n");
    put_file(gdp, "iso3,gdp\nUSA,100\nFRA,100\n");
    expect_error(ErrorKind::input, {"flows.csv: Commodity Code", "twice", "2 and of 4 digits"},
                 [&] { import_with_gdp(); });
}
TEST_F(Published, TablesOfRAndStataAreRead) {
    write_from_r(flows, world, last);
    expect_flows(import(), last);
    write_from_stata(flows, world, last);
    const Economy e = import();
    expect_flows(e, last);
}
TEST_F(Published, ColumnsCanBeChosen) {
    put_file(flows, "a,b,c,value\nX,Y,3,1\nY,X,4,1\nX,X,5,1\nY,Y,6,1\n");
    options.columns = {{"exporter", "a"}, {"importer", "b"}, {"value", "c"}};
    EXPECT_EQ(import().trade(0, 1, 0), 3.0);
    options.columns["value"] = "cc";
    expect_error(ErrorKind::input, {"flows.csv:1", "chosen for value", "\"cc\"", "did you mean \"c\"?"},
                 [&] { import(); });
}
TEST_F(Published, OtherSeparatorsAndDecimalCommasAreReadWhereAsked) {
    put_file(flows, "exporter;importer;value\nX;Y;3,5\nY;X;4\nX;X;5,25\nY;Y;6\n");
    options.csv = {';', ','};
    EXPECT_EQ(import().trade(0, 1, 0), 3.5);
    put_file(flows, "exporter,importer,value\nX,Y,3.5\nY,X,4\nX,X,5.25\nY,Y,6\n");
    EXPECT_EQ(import().trade(0, 1, 0), 3.5);  // of two files one may have commas
}

// ----------------------------------------------------------------------------------------------------------------- GDP

TEST_F(Published, DataBankIsReadToItsLastRow) {
    write_baci(flows, world, last);
    write_databank_gdp(gdp, world, 1000.0);
    const Economy e = import_with_gdp();
    for (std::size_t i = 0; i < world.n(); ++i)
        EXPECT_NEAR(e.value_added[static_cast<std::size_t>(region(e, i))] / world.gdp(last, i), 1.0, 1e-12);
    expect_note(e, "Of several indicators GDP is NY.GDP.MKTP.CD.");
}
TEST_F(Published, GdpOfTheFlowsYearIsChosen) {
    write_baci(flows, world, 0);
    write_world_bank_gdp(gdp, world, 1000.0);
    EXPECT_NEAR(import_with_gdp().value_added[1] / world.gdp(0, 1), 1.0, 1e-12);
}
TEST_F(Published, AYearThatGdpDoesNotHaveIsRefused) {
    put_file(flows, "exporter,importer,value\nUSA,FRA,1\nFRA,USA,1\n");
    write_world_bank_gdp(gdp, world, 1.0);
    expect_error(ErrorKind::input, {"gdp.csv:5", "several years", "--year"}, [&] { import_with_gdp(); });
    options.year = 2020;
    expect_error(ErrorKind::input, {"gdp.csv:5", "2020", "2017 to 2023"}, [&] { import_with_gdp(); });
}
TEST_F(Published, RegionWithAnEmptyGdpIsLeftOutAndNamed) {
    put_file(flows, "exporter,importer,value\nUSA,FRA,100\nFRA,USA,99\nUSA,PRK,1\n");
    write_world_bank_gdp(gdp, world, 1.0);
    options.year = 2019;
    const Economy e = import_with_gdp();
    EXPECT_EQ(e.regions.names(), (std::vector<std::string>{"USA", "FRA"}));
    expect_note(e, "Regions without GDP were left out, with their trade (0.5 % of all): PRK.");
}
TEST_F(Published, RegionsThatGdpDoesNotNameAreLeftOutWhereAsked) {
    put_file(flows, "exporter,importer,value\nUSA,FRA,3\nFRA,USA,3\nUSA,TWN,4\n");
    put_file(gdp, "iso3,gdp\nUSA,100\nFRA,100\n");
    options.drop_without_gdp = true;
    const Economy e = import_with_gdp();
    EXPECT_EQ(e.n_regions(), 2);
    expect_note(e, "(40 % of all): TWN.");
}
TEST_F(Published, GdpInAnotherUnitIsQuestioned) {
    put_file(flows, "exporter,importer,value\nUSA,FRA,3\nFRA,USA,3\n");
    put_file(gdp, "iso3,gdp\nUSA,100000\nFRA,100000\n");
    expect_note(import_with_gdp(), "QUESTION: all trade is 0.003 % of all GDP");
}

// ------------------------------------------------------------------------------------------------------------- sectors

TEST_F(Published, ProductsMakeSectors) {
    write_itpd(flows, world);
    put_file(map, "industry,sector,title,goods\n1,food,Food and drink,1\n3,rest,,0\n2,food,,\n");
    options.sectors_file = map;
    options.year = 2019;
    options.theta = 4.0;
    const Economy e = import();
    EXPECT_EQ(e.sectors.names(), (std::vector<std::string>{"food", "rest"}));
    EXPECT_EQ(e.sector_titles.front(), "Food and drink");
    EXPECT_EQ(e.goods, (std::vector<char>{1, 0}));
    expect_flows(e, last);
    const int usa = e.regions.at("USA"), fra = e.regions.at("FRA");
    EXPECT_NEAR(e.trade(usa, fra, 0), world.value(last, 0, 1, 0) + world.value(last, 0, 1, 1), 1e-9);
    EXPECT_NEAR(e.trade(usa, fra, 1), world.value(last, 0, 1, 2), 1e-9);
    ASSERT_TRUE(check_economy(e).solvable()) << check_economy(e).text();
    EXPECT_LT(calibrate(e).certificate.residual, 1e-12);
}
TEST_F(Published, BeginningsOfCodesAndTheRestAreMapped) {
    write_baci(flows, world, last);
    write_world_bank_gdp(gdp, world, 1000.0);
    put_file(map, "product,sector\n01*,farms\n*,other\n27*,mines\n");
    options.sectors_file = map;
    options.home_sales = ImportOptions::HomeSales::gdp;
    options.theta = 4.0;
    options.tariff = 0.1;
    const Economy e = import_with_gdp();
    EXPECT_EQ(e.sectors.names(), (std::vector<std::string>{"farms", "other", "mines"}));
    const int usa = e.regions.at("USA"), fra = e.regions.at("FRA");
    EXPECT_NEAR(e.trade(usa, fra, e.sectors.at("mines")), world.value(last, 0, 1, 1), 1e-9);
    // Home goods have the same share of spending everywhere, and sales sum to GDP.
    const double imports =
        e.trade(fra, usa, 0) + e.trade(e.regions.at("IND"), usa, 0) + e.trade(e.regions.at("AFG"), usa, 0);
    double all_imports = 0.0, home = 0.0, sales = 0.0;
    for (int s = 0; s < 3; ++s) {
        home += e.trade(usa, usa, s);
        for (int i = 0; i < 4; ++i) {
            if (i != usa) all_imports += e.trade(i, usa, s);
            sales += e.trade(usa, i, s);
        }
    }
    EXPECT_NEAR(e.trade(usa, usa, 0) / home, imports / all_imports, 1e-12);
    EXPECT_NEAR(sales / world.gdp(last, 0), 1.0, 1e-12);
    EXPECT_LT(calibrate(e).certificate.residual, 1e-11);
}
TEST_F(Published, ProductsWithoutASectorAreNamed) {
    write_itpd(flows, world);
    put_file(map, "product,sector\n1,food\n");
    options.sectors_file = map;
    options.year = 2019;
    expect_error(ErrorKind::input, {"map.csv: product", "2 products", "2, 3", "(*)"}, [&] { import(); });
}
TEST_F(Published, MapsWithACodeTwiceOrWithoutProductsAreRefused) {
    write_itpd(flows, world);
    options.sectors_file = map;
    options.year = 2019;
    put_file(map, "product,sector\n1,food\n1,rest\n");
    expect_error(ErrorKind::input, {"map.csv:3: product", "\"1\" stands twice"}, [&] { import(); });
    put_file(map, "product,sector,goods\n1,food,1\n2,food,0\n");
    expect_error(ErrorKind::input, {"map.csv:3: goods", "two values"}, [&] { import(); });
    put_file(map, "product,sector\n*,all\n");
    write_from_r(flows, world, last);
    options.year.reset();
    expect_error(ErrorKind::input, {"flows.csv:1", "no column of products"}, [&] { import(); });
}

// ------------------------------------------------------------------------------------------------------------- tariffs

class Tariffs : public Published {
protected:
    Tariffs() {
        put_file(flows, "exporter,importer,value\nA,B,1\nB,A,1\nA,A,5\nB,B,5\n");
        options.tariff_file = tariffs;
    }
};

TEST_F(Tariffs, RatesAreRatios) {
    put_file(tariffs, "exporter,importer,sector,tariff\nA,B,goods,0.05\n*,A,*,0.1\n");
    const Economy e = import();
    EXPECT_EQ(std::pair(e.tariff(0, 1, 0), e.tariff(1, 0, 0)), std::pair(0.05, 0.1));
    EXPECT_EQ(e.note.find("QUESTION"), std::string::npos) << e.note;
}
TEST_F(Tariffs, AHeaderThatSaysPercentIsBelieved) {
    put_file(tariffs, "exporter,importer,sector,tariff_percent\nA,B,goods,5\n");
    const Economy e = import();
    EXPECT_DOUBLE_EQ(e.tariff(0, 1, 0), 0.05);
    expect_note(e, "in percent (column tariff_percent)");
}
TEST_F(Tariffs, PercentCanBeAsked) {
    put_file(tariffs, "exporter,importer,sector,tariff\nA,B,goods,5\n");
    options.tariff_unit = ImportOptions::TariffUnit::percent;
    EXPECT_DOUBLE_EQ(import().tariff(0, 1, 0), 0.05);
}
TEST_F(Tariffs, RatesThatLookLikePercentAreQuestioned) {
    put_file(tariffs, "exporter,importer,sector,tariff\nA,B,goods,5\nB,A,goods,0.1\n");
    const Economy e = import();
    EXPECT_EQ(e.tariff(0, 1, 0), 5.0);
    expect_note(e, "the mean tariff of tariffs.csv is 255 %; is the file in percent (--tariff-unit percent)?");
    expect_note(e, "1 of 2 rates of tariffs.csv are above 200 %, the highest 500 % (line 2)");
}
TEST_F(Tariffs, AMissingColumnOfOnesOwnTableIsNotEveryone) {
    put_file(tariffs, "exportr,importer,sector,tariff\nA,B,goods,0.05\n");
    expect_error(ErrorKind::input, {"tariffs.csv:1", "column is missing", "exporter", "exportr"}, [&] { import(); });
}
TEST_F(Tariffs, TrainsIsInPercentWithProductsAndPreferences) {
    write_from_r(flows, world, last);
    write_trains_tariffs(tariffs, world, 8.0, 2.0);
    const Economy e = import();
    EXPECT_DOUBLE_EQ(e.tariff(region(e, 2), region(e, 0), 0), 0.08);  // mean of 7, 8 and 9 percent
    EXPECT_DOUBLE_EQ(e.tariff(region(e, 1), region(e, 0), 0), 0.02);
    EXPECT_DOUBLE_EQ(e.tariff(region(e, 0), region(e, 1), 0), 0.08);
    EXPECT_EQ(e.tariff(region(e, 0), region(e, 0), 0), 0.0);
    expect_note(e, "in percent (column SimpleAverage)");
    expect_note(e, "simple mean");
    expect_note(e, "that the economy does not have were left out: 392.");
}
TEST_F(Tariffs, ProductsOfTrainsGoIntoSectors) {
    write_baci(flows, world, last);
    write_world_bank_gdp(gdp, world, 1000.0);
    write_trains_tariffs(tariffs, world, 8.0, 2.0);
    put_file(map, "product,sector\n01*,farms\n*,other\n");
    options.sectors_file = map;
    const Economy e = import_with_gdp();
    EXPECT_DOUBLE_EQ(e.tariff(region(e, 2), region(e, 0), 0), 0.07);
    EXPECT_DOUBLE_EQ(e.tariff(region(e, 2), region(e, 0), 1), 0.085);
}

}  // namespace
}  // namespace detente::test
