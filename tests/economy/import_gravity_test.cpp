// The gravity importer against worlds of bilateral flows that were made up.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <random>

#include "economy/check.h"
#include "economy/economy_io.h"
#include "equilibrium/model.h"
#include "support.h"

namespace detente::test {
namespace {

// Flows that follow gravity, some of them zero, and GDP that exceeds exports.
struct GravityWorld {
    std::vector<std::string> regions;
    std::vector<double> gdp;
    std::vector<std::vector<double>> flow;

    double exports(std::size_t i) const {
        double sum = 0.0;
        for (std::size_t j = 0; j < gdp.size(); ++j)
            if (j != i) sum += flow[i][j];
        return sum;
    }
};

GravityWorld gravity_world(int count) {
    std::mt19937_64 random(11);
    const auto uniform = [&] { return static_cast<double>(random() >> 11U) * 0x1.0p-53; };
    const auto n = static_cast<std::size_t>(count);
    GravityWorld w;
    std::vector<double> place;
    for (std::size_t i = 0; i < n; ++i) {
        w.regions.push_back({'R', static_cast<char>('A' + i / 26), static_cast<char>('A' + i % 26)});
        w.gdp.push_back(std::floor(1000.0 * std::exp(6.0 * uniform())));
        place.push_back(uniform());
    }
    w.flow.assign(n, std::vector<double>(n, 0.0));
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) {
            const double size = w.gdp[i] * w.gdp[j] / (w.gdp[i] + w.gdp[j]) / static_cast<double>(n);
            w.flow[i][j] = i == j            ? 2.0 * w.gdp[i]
                           : uniform() < 0.2 ? 0.0
                                             : 0.5 * size / (0.5 + std::abs(place[i] - place[j]));
        }
    }
    return w;
}

enum class Home { with, without };

// A row for every flow that is not zero, from a header and what comes behind the names.
std::string flow_rows(const GravityWorld& w, const std::string& header, Home home,
                      const std::function<std::string(std::size_t, std::size_t)>& tail) {
    std::string text = header + '\n';
    for (std::size_t i = 0; i < w.gdp.size(); ++i)
        for (std::size_t j = 0; j < w.gdp.size(); ++j)
            if (w.flow[i][j] > 0.0 && (i != j || home == Home::with))
                text += fmt::format("{},{},{}\n", w.regions[i], w.regions[j], tail(i, j));
    return text;
}

std::string flows_csv(const GravityWorld& w, Home home) {
    return flow_rows(w, "exporter,importer,value", home,
                     [&](std::size_t i, std::size_t j) { return fmt::format("{}", w.flow[i][j]); });
}

std::string gdp_csv(const GravityWorld& w, double unit = 1.0) {
    std::string text = "iso3,name,gdp,population,group\n";
    for (std::size_t i = 0; i < w.gdp.size(); ++i)
        text += fmt::format("{},Region {},{},{},x\n", w.regions[i], i, w.gdp[i] * unit, i + 1);
    return text;
}

double largest_flow_difference(const Economy& e, const GravityWorld& w, Home home) {
    double largest = 0.0;
    for (std::size_t i = 0; i < w.gdp.size(); ++i) {
        for (std::size_t j = 0; j < w.gdp.size(); ++j) {
            if (i == j && home == Home::without) continue;
            const double flow = e.trade(e.regions.at(w.regions[i]), e.regions.at(w.regions[j]), 0);
            largest = std::max(largest, std::abs(flow - w.flow[i][j]));
        }
    }
    return largest;
}

class Gravity : public ::testing::Test {
protected:
    Economy import() { return import_economy("gravity", flows, options); }
    Economy import_with_gdp() { return import_economy("gravity", std::vector{flows, gdp}, options); }
    void expect_import_error(std::initializer_list<std::string> parts) {
        expect_error(ErrorKind::input, parts, [&] { import(); });
    }
    // Three regions, one flow each way between A and B, and whatever `rows` add.
    void put_flows(const std::string& header, const std::string& rows) { put_file(flows, header + "\n" + rows); }

    TemporaryFolder folder;
    std::filesystem::path flows = folder / "flows.csv", gdp = folder / "gdp.csv";
    GravityWorld world = gravity_world(30);
    ImportOptions options;
};

TEST_F(Gravity, FlowsAreReadExactly) {
    put_file(flows, flows_csv(world, Home::with));
    EXPECT_EQ(largest_flow_difference(import(), world, Home::with), 0.0);
}
TEST_F(Gravity, WithHomeSalesItSolvesWithoutGdp) {
    put_file(flows, flows_csv(world, Home::with));
    options.theta = 4.0;
    options.tariff = 0.05;
    const Economy e = import();
    ASSERT_TRUE(check_economy(e).solvable()) << check_economy(e).text();
    EXPECT_LT(calibrate(e).certificate.residual, 1e-12);
}
TEST_F(Gravity, WithoutHomeSalesItHasTheShapeOfLiberationDay) {
    put_file(flows, flows_csv(world, Home::without));
    put_file(gdp, gdp_csv(world));
    const Economy e = import_with_gdp();
    EXPECT_EQ(e.trade(3, 3, 0), 0.0);
    EXPECT_EQ(e.value_added, world.gdp);
    EXPECT_EQ(e.region_columns.at("gdp"), world.gdp);
    EXPECT_NE(e.note.find("only the melitz model"), std::string::npos) << e.note;
    EXPECT_NE(check_economy(e).text().find("no home sales"), std::string::npos);
}
TEST_F(Gravity, RegionsComeInTheOrderOfTheGdpFile) {
    put_file(flows, flows_csv(world, Home::without));
    put_file(gdp, gdp_csv(world));
    EXPECT_EQ(import_with_gdp().regions.names(), world.regions);
}
TEST_F(Gravity, FurtherColumnsOfTheGdpFileAreKept) {
    put_file(flows, flows_csv(world, Home::without));
    put_file(gdp, gdp_csv(world));
    const Economy e = import_with_gdp();
    EXPECT_EQ(e.region_columns.at("population")[4], 5.0);
    EXPECT_EQ(e.region_columns.count("group"), 0U);
    EXPECT_NE(e.note.find("not numbers were left out: group"), std::string::npos) << e.note;
}
TEST_F(Gravity, GdpUnitBringsGdpToTheUnitOfTrade) {
    put_file(flows, flows_csv(world, Home::without));
    put_file(gdp, gdp_csv(world, 1000.0));
    options.gdp_unit = 0.001;
    const Economy e = import_with_gdp();
    for (std::size_t i = 0; i < world.gdp.size(); ++i) EXPECT_NEAR(e.value_added[i] / world.gdp[i], 1.0, 1e-15);
}
TEST_F(Gravity, ColumnsOfCepiiAreUnderstood) {
    put_file(flows, flow_rows(world, "ISO3_o,iso3_D,Year,TradeFlow,gdp_o,gdp_d", Home::without, [&](auto i, auto j) {
                 return fmt::format("2019,{},{},{}", world.flow[i][j], world.gdp[i], world.gdp[j]);
             }));
    const Economy e = import();
    EXPECT_EQ(e.year, 2019);
    EXPECT_EQ(e.region_columns.at("gdp")[static_cast<std::size_t>(e.regions.at("RAC"))], world.gdp[2]);
    EXPECT_EQ(largest_flow_difference(e, world, Home::without), 0.0);
}
TEST_F(Gravity, HomeSalesFromGdpMakeSalesSumToGdp) {
    put_file(flows, flows_csv(world, Home::without));
    put_file(gdp, gdp_csv(world));
    options.home_sales = ImportOptions::HomeSales::gdp;
    options.theta = 4.0;
    const Economy e = import_with_gdp();
    for (int i = 0; i < e.n_regions(); ++i)
        EXPECT_NEAR(gross_output(e)(i, 0) / world.gdp[static_cast<std::size_t>(i)], 1.0, 1e-14);
    EXPECT_LT(calibrate(e).certificate.residual, 1e-12);
}
TEST_F(Gravity, HubsWithoutHomeSalesAreNamed) {
    world.gdp[5] = 0.9 * world.exports(5);
    put_file(flows, flows_csv(world, Home::without));
    put_file(gdp, gdp_csv(world));
    options.home_sales = ImportOptions::HomeSales::gdp;
    expect_error(ErrorKind::input, {"flows.csv", "GDP less exports", "1 regions", "RAF", "gdp-clip"},
                 [&] { import_with_gdp(); });
}
TEST_F(Gravity, ClippedHubsSellNothingAtHomeAndTheNoteSaysSo) {
    world.gdp[5] = 0.9 * world.exports(5);
    put_file(flows, flows_csv(world, Home::without));
    put_file(gdp, gdp_csv(world));
    options.home_sales = ImportOptions::HomeSales::gdp_clip;
    options.theta = 4.0;
    const Economy e = import_with_gdp();
    EXPECT_EQ(e.trade(5, 5, 0), 0.0);
    EXPECT_NE(e.note.find("sales sum to exports: RAF."), std::string::npos) << e.note;
    EXPECT_LT(calibrate(e).certificate.residual, 1e-12);
}
TEST_F(Gravity, RegionsWithGdpOnlyAreLeftOutAndNamed) {
    put_file(flows, flows_csv(world, Home::without));
    put_file(gdp, gdp_csv(world) + "ZZZ,Nowhere,5,1,x\n");
    const Economy e = import_with_gdp();
    EXPECT_EQ(e.n_regions(), 30);
    EXPECT_NE(e.note.find("without trade were left out: ZZZ"), std::string::npos) << e.note;
}
TEST_F(Gravity, OneYearOfAPanelIsChosen) {
    put_flows("origin,destination,year,v", "A,A,2000,1\nB,B,2000,1\nA,B,2000,3\nA,A,2001,2\nB,B,2001,2\nA,B,2001,4\n");
    options.year = 2001;
    const Economy e = import();
    EXPECT_EQ(std::pair(e.year, e.trade(0, 1, 0)), std::pair(2001, 4.0));
}

TEST_F(Gravity, SeveralYearsWithoutAChoiceAreRefused) {
    put_flows("origin,destination,year,v", "A,B,2000,3\nA,B,2001,4\n");
    expect_import_error({"flows.csv: year", "several years", "2 from 2000 to 2001", "--year"});
}
TEST_F(Gravity, AYearThatIsNotThereIsRefused) {
    put_flows("origin,destination,year,v", "A,B,2000,3\nA,B,2001,4\n");
    options.year = 1999;
    expect_import_error({"flows.csv: year", "1999", "from 2000 to 2001"});
}
TEST_F(Gravity, GdpOfAnotherYearIsRefused) {
    put_flows("origin,destination,year,v", "A,B,2000,3\n");
    put_file(gdp, "iso3,gdp,year\nA,10,2001\nB,10,2001\n");
    expect_error(ErrorKind::input, {"gdp.csv: year", "different years", "2001", "2000"}, [&] { import_with_gdp(); });
}
TEST_F(Gravity, AMissingColumnIsNamedWithTheNearest) {
    put_flows("exporter,importer,vlaue", "A,B,1\n");
    expect_import_error({"flows.csv:1", "column is missing", "\"value\" or \"trade\"", "did you mean \"vlaue\"?"});
}
TEST_F(Gravity, TwoColumnsForOneThingAreRefused) {
    put_flows("exporter,importer,value,trade", "A,B,1,1\n");
    expect_import_error({"flows.csv:1", "two columns could be the value", "value and trade"});
}
TEST_F(Gravity, NeitherHomeSalesNorGdpIsRefused) {
    put_flows("exporter,importer,value", "A,B,1\nB,A,1\n");
    expect_import_error({"flows.csv:1", "neither home sales nor GDP", "gdp_o"});
}
TEST_F(Gravity, HomeSalesOfSomeRegionsOnlyAreRefused) {
    put_flows("exporter,importer,value", "A,B,1\nB,A,1\nA,A,5\n");
    put_file(gdp, "iso3,gdp\nA,10\nB,10\n");
    expect_error(ErrorKind::input, {"flows.csv", "1 of 2", "none for B", "--home-sales gdp"},
                 [&] { import_with_gdp(); });
}
TEST_F(Gravity, FlowThatStandsTwiceIsRefused) {
    put_flows("exporter,importer,value", "A,B,1\nB,A,1\nA,A,5\nB,B,1\nA,B,2\n");
    expect_import_error({"flows.csv:6: value", "from A to B stands twice", "line 2"});
}
TEST_F(Gravity, NegativeFlowIsRefused) {
    put_flows("exporter,importer,value", "A,B,-1\n");
    expect_import_error({"flows.csv:2: value", "negative", "-1"});
}
TEST_F(Gravity, RegionWithoutGdpIsNamed) {
    put_flows("exporter,importer,value", "USA,CAN,1\nCAN,USA,1\n");
    put_file(gdp, "country,GDP\nUSA,10\nCANA,10\n");
    expect_error(
        ErrorKind::input,
        {"flows.csv:2", "1 region of the flows has no GDP", "\"CAN\"", "--drop-without-gdp", "did you mean \"CANA\"?"},
        [&] { import_with_gdp(); });
}
TEST_F(Gravity, GdpThatIsNotPositiveIsNamed) {
    put_flows("exporter,importer,value", "A,B,1\nB,A,1\n");
    put_file(gdp, "iso3,gdp\nA,10\nB,0\n");
    expect_error(ErrorKind::input, {"gdp.csv:3: gdp", "not positive"}, [&] { import_with_gdp(); });
}
TEST_F(Gravity, TwoValuesOfGdpAreRefused) {
    put_flows("exporter,importer,value,gdp_o,gdp_d", "A,B,1,10,20\nB,A,1,21,10\n");
    expect_import_error({"flows.csv:3: gdp_o", "\"B\" has two values of GDP", "20", "21"});
}
TEST_F(Gravity, RegionThatStandsTwiceInTheGdpFileIsRefused) {
    put_flows("exporter,importer,value", "A,B,1\nB,A,1\n");
    put_file(gdp, "iso3,gdp\nA,10\nB,1\nA,10\n");
    expect_error(ErrorKind::input, {"gdp.csv:4: iso3", "\"A\" stands twice", "line 2"}, [&] { import_with_gdp(); });
}
TEST_F(Gravity, HomeSalesFromGdpReplaceThoseOfTheSource) {
    put_flows("exporter,importer,value,gdp_o", "A,B,1,9\nB,A,1,9\nA,A,5,9\nB,B,5,9\n");
    options.home_sales = ImportOptions::HomeSales::gdp;
    const Economy e = import();
    EXPECT_EQ(std::pair(e.trade(0, 0, 0), e.trade(1, 1, 0)), std::pair(8.0, 8.0));
    EXPECT_NE(e.note.find("with itself (re-imports, in statistics of trade) were replaced: A, B."), std::string::npos);
}
TEST_F(Gravity, GdpUnitMustBePositive) {
    put_flows("exporter,importer,value", "A,B,1\n");
    options.gdp_unit = 0.0;
    expect_import_error({"gdp-unit", "above 0"});
}
TEST_F(Gravity, ThreePathsAreRefused) {
    expect_error(ErrorKind::input, {"gravity takes one path or two", "3"}, [&] {
        import_economy("gravity", std::vector{flows, gdp, gdp});
    });
}

}  // namespace
}  // namespace detente::test
