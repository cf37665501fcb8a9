// What an importer makes, the writer writes and the reader reads: the same to the last digit, whatever the source.
#include <gtest/gtest.h>

#include "economy/aggregate.h"
#include "economy/check.h"
#include "economy/economy_io.h"
#include "input_output_world.h"
#include "random_economy.h"
#include "same_economy.h"
#include "support.h"

namespace detente::test {
namespace {

class RoundTrip : public ::testing::Test {
protected:
    // Written and read, exported and imported.
    void expect_kept(const Economy& e) {
        write_economy(e, folder / "e.nc");
        const Economy back = read_economy(folder / "e.nc");
        expect_same(e, back);
        EXPECT_EQ(check_economy(back).text(), check_economy(e).text());
        const TemporaryFolder csv;
        export_csv(back, csv / "e");
        expect_same(e, import_economy("csv", csv / "e"));
    }
    TemporaryFolder folder;
};

// Names as people and publishers write them.
std::vector<std::string> odd_names(int count, const std::string& kind) {
    const std::vector<std::string> names = {
        "C\u00f4te d'Ivoire", "Korea, Republic of", "\"quoted\"", "0401", "\u4e2d\u56fd", "a=b;c", "#1", "A_B-C.D/E"};
    std::vector<std::string> list;
    for (int i = 0; i < count; ++i) {
        const std::string& name = names[static_cast<std::size_t>(i) % names.size()];
        list.push_back(i < static_cast<int>(names.size()) ? kind + name : kind + name + std::to_string(i));
    }
    return list;
}

TEST_F(RoundTrip, RandomEconomiesAreKept) {
    std::mt19937_64 random(11);
    for (int draw = 0; draw < 8; ++draw) {
        SCOPED_TRACE(draw);
        Economy e = testing::random_economy(random);
        e.regions = IndexSet("region", odd_names(e.n_regions(), ""));
        e.sectors = IndexSet("sector", odd_names(e.n_sectors(), "s"));
        const auto m = static_cast<std::size_t>(e.n_sectors()), n = static_cast<std::size_t>(e.n_regions());
        e.sector_columns["a column, \"quoted\" \u00e9"] = std::vector<double>(m, 1e300);
        e.sector_columns[std::string(300, 'x')] = std::vector<double>(m, -1e-300);
        e.sector_columns[std::string(300, 'x') + "y"] = std::vector<double>(m, 1e37);
        e.region_columns["gdp"] = std::vector<double>(n, 1.0 / 3.0);
        e.trade_columns["later"] = e.tariff;
        expect_kept(e);
    }
}

TEST_F(RoundTrip, AggregatedEconomiesAreKept) {
    std::mt19937_64 random(12);
    for (int draw = 0; draw < 8; ++draw) {
        SCOPED_TRACE(draw);
        const Economy e = testing::random_economy(random);
        Concordance map;
        for (const std::string& region : e.regions.names())
            map.regions[region] = random() % 2 == 0 ? "One" : "The other";
        for (const std::string& sector : e.sectors.names()) map.sectors[sector] = random() % 2 == 0 ? "s1" : "s2";
        const Economy merged = aggregate(e, map);
        EXPECT_TRUE(check_economy(merged).solvable()) << check_economy(merged).text();
        expect_kept(merged);
    }
}

TEST_F(RoundTrip, TablesOfTheOecdAreKept) {
    using testing::IcioEdition;
    std::mt19937_64 random(13);
    for (const IcioEdition edition :
         {IcioEdition::e2016, IcioEdition::e2018, IcioEdition::e2021, IcioEdition::e2023, IcioEdition::e2025}) {
        const auto world = testing::random_world(random, testing::region_codes(4), testing::icio_sectors(5, edition),
                                                 testing::icio_categories(edition), 4);
        testing::write_icio(world, folder / "2015.csv", {edition, true});
        ImportOptions options;
        options.merge_split = true;
        options.theta = 5.0;
        options.theta_of = {{world.sectors[1], 3.0}};
        options.tariff = 0.05;
        expect_kept(import_economy("icio", folder / "2015.csv", options));
    }
}

TEST_F(RoundTrip, TablesOfTheWiodAreKept) {
    using testing::WiodRelease;
    std::mt19937_64 random(14);
    for (const WiodRelease release : {WiodRelease::r2013, WiodRelease::r2016}) {
        const auto world = testing::random_world(random, {"AUS", "BEL", "ROW"}, testing::wiod_sectors(release, 6),
                                                 testing::wiod_categories(), 4);
        testing::write_wiod(world, folder / "WIOT.bin", release);
        ImportOptions options;
        options.theta = 5.0;
        expect_kept(import_economy("wiod", folder / "WIOT.bin", options));
    }
}

TEST_F(RoundTrip, BilateralTradeIsKept) {
    put_file(folder / "flows.csv",
             "exporter,importer,value,gdp_o,gdp_d\nUSA,CAN,10,500,100\nCAN,USA,12,100,500\nUSA,USA,400,500,500\n"
             "CAN,CAN,70,100,100\n");
    ImportOptions options;
    options.theta = 4.0;
    expect_kept(import_economy("gravity", folder / "flows.csv", options));
}

TEST_F(RoundTrip, PublishedDataAreKept) {
    const std::pair<const char*, const char*> sources[] = {{"caliendo-parro", "caliendo-parro-2015"},
                                                           {"ossa", "ossa-2014"},
                                                           {"liberation-day", "liberation-day-2025"},
                                                           {"us-china-2017", "us-china-2017"},
                                                           {"wiod", "wiod-2011/wiot2011.nc"}};
    for (const auto& [format, data] : sources) {
        SCOPED_TRACE(format);
        DETENTE_NEEDS_DATA(shared_data(data));
        const Economy e = import_economy(format, shared_data(data));
        write_economy(e, folder / "e.nc");
        expect_same(e, read_economy(folder / "e.nc"));
    }
}

}  // namespace
}  // namespace detente::test
