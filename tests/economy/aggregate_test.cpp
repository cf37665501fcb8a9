// Merging regions and sectors keeps every flow and every account that merging can keep.
#include "economy/aggregate.h"

#include <gtest/gtest.h>

#include <numeric>

#include "economy/check.h"
#include "economy/economy_io.h"
#include "support.h"

namespace detente::test {
namespace {

double total(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

Concordance merge_bc() {
    Concordance c;
    c.regions = {{"B", "BC"}, {"C", "BC"}};
    return c;
}

Concordance merge_sectors() {
    Concordance c;
    c.sectors = {{"goods", "all"}, {"services", "all"}};
    return c;
}

TEST(Aggregate, WithoutGroupsChangesNoTable) {
    const Economy e = toy_economy(), same = aggregate(e, {});
    EXPECT_EQ(e.trade.data(), same.trade.data());
    EXPECT_EQ(e.tariff.data(), same.tariff.data());
    EXPECT_EQ(e.value_added_share.data(), same.value_added_share.data());
    EXPECT_EQ(e.input_share.data(), same.input_share.data());
    EXPECT_EQ(e.final_share.data(), same.final_share.data());
}

TEST(Aggregate, ConservesFlows) {
    const Economy e = toy_economy();
    EXPECT_DOUBLE_EQ(total(aggregate(e, merge_bc()).trade.data()), total(e.trade.data()));
}

TEST(Aggregate, TradeBetweenMergedRegionsIsHomeTrade) {
    const Economy merged = aggregate(toy_economy(), merge_bc());
    const int bc = merged.regions.at("BC");
    EXPECT_EQ(merged.trade(bc, bc, 0), 80 + 12 + 9 + 40);
    EXPECT_EQ(merged.tariff(bc, bc, 0), 0.0);
}

TEST(Aggregate, KeepsTheOrderOfFirstAppearance) {
    Concordance c;
    c.regions = {{"A", "AC"}, {"C", "AC"}};
    EXPECT_EQ(aggregate(toy_economy(), c).regions.names(), (std::vector<std::string>{"AC", "B"}));
}

TEST(Aggregate, TradeWeightedTariffKeepsRevenue) {
    const Economy merged = aggregate(toy_economy(), merge_bc());
    // A pays 5 % on 8 from B and 10 % on 5 from C.
    EXPECT_DOUBLE_EQ(merged.tariff(1, 0, 0) * merged.trade(1, 0, 0), 0.05 * 8 + 0.10 * 5);
}

TEST(Aggregate, SimpleTariffIsThePlainMean) {
    Concordance c = merge_bc();
    c.tariffs = TariffWeights::simple;
    EXPECT_DOUBLE_EQ(aggregate(toy_economy(), c).tariff(1, 0, 0), 0.075);
}

TEST(Aggregate, KeepsLabourIncome) {
    const Economy e = toy_economy();
    for (const Concordance& c : {merge_bc(), merge_sectors()}) {
        EXPECT_NEAR(total(labour_income(aggregate(e, c))), total(labour_income(e)), 1e-12);
    }
}

TEST(Aggregate, MergingSectorsKeepsAccountsExact) {
    const CheckReport report = check_economy(aggregate(toy_economy(), merge_sectors()));
    EXPECT_LT(report.goods_market_residual, 1e-14);
}

TEST(Aggregate, MergingRegionsKeepsAccountsExactWithoutTariffs) {
    Economy e = toy_economy();
    e.tariff = TradeTensor(3, 2);
    // Final shares follow from goods markets again.
    const RegionSector output = gross_output(e), spending = expenditure(e);
    for (int j = 0; j < 3; ++j) {
        double sum = 0.0;
        for (int s = 0; s < 2; ++s) {
            e.final_share(j, s) =
                spending(j, s) - e.input_share(j, s, 0) * output(j, 0) - e.input_share(j, s, 1) * output(j, 1);
            sum += e.final_share(j, s);
        }
        for (int s = 0; s < 2; ++s) e.final_share(j, s) /= sum;
    }
    EXPECT_LT(check_economy(aggregate(e, merge_bc())).goods_market_residual, 1e-14);
}

TEST(Aggregate, ElasticitiesAreWeighedByTrade) {
    const double goods = 10 + 6 + 8 + 12 + 5 + 9, services = 4 + 2 + 3 + 5 + 2 + 3;
    EXPECT_DOUBLE_EQ(aggregate(toy_economy(), merge_sectors()).theta[0],
                     (4.0 * goods + 6.0 * services) / (goods + services));
}

TEST(Aggregate, SumsGdpAndAveragesRates) {
    Economy e = toy_economy();
    e.region_columns["gdp"] = {1.0, 2.0, 3.0};
    e.region_columns["us_tariff"] = {0.1, 0.2, 0.2};
    const Economy merged = aggregate(e, merge_bc());
    EXPECT_EQ(merged.region_columns.at("gdp"), (std::vector<double>{1.0, 5.0}));
    EXPECT_EQ(merged.region_columns.at("us_tariff"), (std::vector<double>{0.1, 0.2}));
}

TEST(Aggregate, SaysWhatWasAveraged) {
    EXPECT_NE(aggregate(toy_economy(), merge_bc()).note.find("tariffs averaged by trade"), std::string::npos);
}

TEST(Aggregate, ConservesTheFlowsOfTheWorld) {
    const auto data = shared_data("us-china-2017");
    DETENTE_NEEDS_DATA(data);
    const Economy e = import_economy("us-china-2017", data);
    Concordance c;
    for (const char* region : {"BRA", "IND", "JPN", "ROW"}) c.regions[region] = "rest";
    const Economy merged = aggregate(e, c);
    EXPECT_NEAR(total(merged.trade.data()) / total(e.trade.data()), 1.0, 1e-13);
    EXPECT_TRUE(check_economy(merged).solvable()) << check_economy(merged).text();
}

// ---------------------------------------------------------------------------------------------- MAP.toml

Concordance read_map(const std::string& content) {
    const TemporaryFolder folder;
    put_file(folder / "map.toml", content);
    return read_concordance(folder / "map.toml", toy_economy());
}

TEST(Concordance, ReadsGroups) {
    const Concordance c = read_map("tariffs = \"simple\"\n[regions]\nBC = [\"B\", \"C\"]\n");
    EXPECT_EQ(c.regions, (std::map<std::string, std::string>{{"B", "BC"}, {"C", "BC"}}));
    EXPECT_EQ(c.tariffs, TariffWeights::simple);
}

TEST(Concordance, NamesAnUnknownSectorWithTheNearest) {
    expect_error(ErrorKind::input, {"map.toml:2", "sectors.all", "\"god\"", "did you mean \"goods\"?"},
                 [] { read_map("[sectors]\nall = [\"god\"]\n"); });
}

TEST(Concordance, RefusesARegionAssignedTwice) {
    expect_error(ErrorKind::input, {"map.toml:3", "\"B\" is assigned twice", "\"X\"", "\"Y\""},
                 [] { read_map("[regions]\nX = [\"A\", \"B\"]\nY = [\"B\"]\n"); });
}

TEST(Concordance, RefusesAnUnknownKeyWithTheNearest) {
    expect_error(ErrorKind::input, {"map.toml:1", "\"region\"", "did you mean \"regions\"?"},
                 [] { read_map("[region]\nBC = [\"B\", \"C\"]\n"); });
}

TEST(Concordance, RefusesAnUnknownAverage) {
    expect_error(ErrorKind::input, {"map.toml:1", "tariffs", "\"trades\"", "did you mean \"trade\"?"},
                 [] { read_map("tariffs = \"trades\"\n[regions]\nBC = [\"B\", \"C\"]\n"); });
}

TEST(Concordance, RefusesANameWhereAListBelongs) {
    expect_error(ErrorKind::input, {"map.toml:2", "regions.BC", "not a list"},
                 [] { read_map("[regions]\nBC = \"B\"\n"); });
}

TEST(Concordance, RefusesBrokenTomlWithItsLine) {
    expect_error(ErrorKind::input, {"map.toml:2", "not valid TOML"}, [] { read_map("[regions]\nBC = [\"B\n"); });
}

TEST(Concordance, RefusesAnEmptyMap) {
    expect_error(ErrorKind::input, {"map.toml", "merges nothing"}, [] { read_map("# nothing\n"); });
}

TEST(Concordance, RefusesTheNameOfARegionThatStays) {
    Concordance c;
    c.regions = {{"B", "C"}};
    expect_error(ErrorKind::input, {"\"C\"", "not assigned"}, [&] { aggregate(toy_economy(), c); });
}

}  // namespace
}  // namespace detente::test
