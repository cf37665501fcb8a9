// Merging regions and sectors keeps every flow and every account that merging can keep.
#include "economy/aggregate.h"

#include <gtest/gtest.h>

#include <cmath>
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

// -------------------------------------------------------------------------------- what is kept, what is lost

// Money that sector s of region i spends on input k.
double input_use(const Economy& e, int i, int k, int s) {
    return e.input_share(i, k, s) * gross_output(e)(i, s);
}

double revenue(const Economy& e) {
    double sum = 0.0;
    for (std::size_t at = 0; at < e.trade.data().size(); ++at) sum += e.tariff.data()[at] * e.trade.data()[at];
    return sum;
}

// Regions into pairs and sectors into one: A with nobody, B with C.
Concordance merge_all() {
    Concordance c = merge_bc();
    c.sectors = merge_sectors().sectors;
    return c;
}

TEST(MergingKeeps, InputUse) {
    const Economy e = toy_economy(), merged = aggregate(e, merge_bc());
    for (int k = 0; k < 2; ++k)
        for (int s = 0; s < 2; ++s)
            EXPECT_NEAR(input_use(merged, 1, k, s), input_use(e, 1, k, s) + input_use(e, 2, k, s), 1e-13);
}
TEST(MergingKeeps, InputUseOfMergedSectors) {
    const Economy e = toy_economy(), merged = aggregate(e, merge_all());
    double before = 0.0;
    for (int i = 1; i < 3; ++i)
        for (int k = 0; k < 2; ++k)
            for (int s = 0; s < 2; ++s) before += input_use(e, i, k, s);
    EXPECT_NEAR(input_use(merged, 1, 0, 0), before, 1e-12);
}
TEST(MergingKeeps, IncomeByRegion) {
    const Economy e = toy_economy();
    const std::vector<double> before = labour_income(e), after = labour_income(aggregate(e, merge_all()));
    EXPECT_NEAR(after[0], before[0], 1e-13);
    EXPECT_NEAR(after[1], before[1] + before[2], 1e-12);
}
TEST(MergingKeeps, DeficitsByRegion) {
    const Economy e = toy_economy();
    const std::vector<double> before = trade_deficit(e), after = trade_deficit(aggregate(e, merge_all()));
    EXPECT_NEAR(after[0], before[0], 1e-13);
    EXPECT_NEAR(after[1], before[1] + before[2], 1e-13);
}
TEST(MergingKeeps, EveryFlowByNewCell) {
    const Economy e = toy_economy(), merged = aggregate(e, merge_all());
    EXPECT_EQ(merged.trade(0, 1, 0), 10.0 + 6.0 + 4.0 + 2.0);
    EXPECT_EQ(merged.trade(1, 0, 0), 8.0 + 5.0 + 3.0 + 2.0);
}
TEST(MergingKeeps, RevenueWhereNoBorderVanishesAndTradeWeighs) {
    const Economy e = toy_economy();
    EXPECT_NEAR(revenue(aggregate(e, merge_sectors())), revenue(e), 1e-14);
}
TEST(MergingKeeps, RevenueOfTheBordersThatStay) {
    const Economy e = toy_economy();
    const double vanished = 0.12 * 12 + 0.04 * 9;  // B to C and C to B
    EXPECT_NEAR(revenue(aggregate(e, merge_bc())), revenue(e) - vanished, 1e-13);
}

TEST(MergingLoses, BordersBetweenMergedRegions) {
    const Economy e = toy_economy();
    const MergeLosses losses = merge_losses(e, merge_bc(), aggregate(e, merge_bc()));
    EXPECT_DOUBLE_EQ(losses.border_trade, 50 + 19);
    EXPECT_DOUBLE_EQ(losses.became_home, 12 + 9 + 5 + 3);
}
TEST(MergingLoses, TheRevenueOnThem) {
    const Economy e = toy_economy();
    const MergeLosses losses = merge_losses(e, merge_bc(), aggregate(e, merge_bc()));
    EXPECT_NEAR(losses.revenue_vanished, 0.12 * 12 + 0.04 * 9, 1e-14);
    EXPECT_NEAR(losses.revenue_before - losses.revenue_vanished, losses.revenue_after, 1e-13);
}
TEST(MergingLoses, RevenueWhereTariffsAreAveragedSimply) {
    const Economy e = toy_economy();
    Concordance simple = merge_bc();
    simple.tariffs = TariffWeights::simple;
    const MergeLosses losses = merge_losses(e, simple, aggregate(e, simple));
    EXPECT_NEAR(losses.revenue_after, 0.075 * (8 + 5) + 0.07 * (10 + 6), 1e-13);
}
TEST(MergingLoses, NothingOfTariffsThatAgree) {
    Economy e = toy_economy();
    for (int j = 0; j < 3; ++j)
        for (int i = 0; i < 3; ++i) e.tariff(i, j, 0) = i == j ? 0.0 : 0.1;
    EXPECT_EQ(merge_losses(e, merge_bc(), aggregate(e, merge_bc())).tariff.deviation, 0.0);
}
TEST(MergingLoses, DifferencesOfTariffsInsideANewCell) {
    // BC to A merges 5 % on 8 and 10 % on 5; A to BC merges 8 % on 10 and 6 % on 6. Services pay nothing.
    const Economy e = toy_economy();
    const Spread spread = merge_losses(e, merge_bc(), aggregate(e, merge_bc())).tariff;
    const double to_a = 0.05 * 0.05 * 8 * 5 / 13, from_a = 0.02 * 0.02 * 10 * 6 / 16;
    EXPECT_NEAR(spread.deviation, std::sqrt((to_a + from_a) / (13 + 16 + 5 + 6)), 1e-14);
    EXPECT_NEAR(spread.largest, std::sqrt(to_a / 13), 1e-14);
    EXPECT_EQ(spread.where, "BC to A, goods");
}
TEST(MergingLoses, DifferencesOfElasticities) {
    const Economy e = toy_economy();
    const MergeLosses losses = merge_losses(e, merge_sectors(), aggregate(e, merge_sectors()));
    EXPECT_NEAR(losses.theta.deviation, 2.0 * std::sqrt(50.0 * 19.0) / 69.0, 1e-13);
    EXPECT_EQ(losses.theta.where, "all");
}
TEST(MergingLoses, NothingOfElasticitiesThatStay) {
    const Economy e = toy_economy();
    EXPECT_FALSE(merge_losses(e, merge_bc(), aggregate(e, merge_bc())).theta.merged);
}
TEST(MergingLoses, IsInTheNoteAndTheTable) {
    const Economy e = toy_economy(), merged = aggregate(e, merge_bc());
    EXPECT_NE(merged.note.find("42 % of trade between regions became home trade"), std::string::npos) << merged.note;
    const std::string table = merge_losses(e, merge_bc(), merged).text(e.unit);
    EXPECT_NE(table.find("largest 0.0243: BC to A, goods"), std::string::npos) << table;
}

// ----------------------------------------------------------------------------------------------- MAP.csv

Concordance read_csv_map(const std::string& rows) {
    const TemporaryFolder folder;
    put_file(folder / "map.csv", "kind,old,new\n" + rows);
    return read_concordance(folder / "map.csv", toy_economy());
}

TEST(ConcordanceCsv, ReadsTheSameAsToml) {
    const Concordance c = read_csv_map("region,B,BC\nregion,C,BC\nsector,goods,all\n");
    EXPECT_EQ(c.regions, merge_bc().regions);
    EXPECT_EQ(c.sectors, (std::map<std::string, std::string>{{"goods", "all"}}));
}
TEST(ConcordanceCsv, NamesAnUnknownSectorWithTheNearest) {
    expect_error(ErrorKind::input, {"map.csv:3: old", "unknown sector", "\"god\"", "did you mean \"goods\"?"},
                 [] { read_csv_map("region,B,BC\nsector,god,all\n"); });
}
TEST(ConcordanceCsv, NamesAnUnknownKindWithTheNearest) {
    expect_error(ErrorKind::input, {"map.csv:2: kind", "\"regions\"", "did you mean \"region\"?"},
                 [] { read_csv_map("regions,B,BC\n"); });
}
TEST(ConcordanceCsv, RefusesANameAssignedTwice) {
    expect_error(ErrorKind::input, {"map.csv:3: old", "\"B\" is assigned twice", "\"X\"", "\"Y\""},
                 [] { read_csv_map("region,B,X\nregion,B,Y\n"); });
}
TEST(ConcordanceCsv, RefusesAnEmptyName) {
    expect_error(ErrorKind::input, {"map.csv:2: new", "\"B\" is empty"}, [] { read_csv_map("region,B,\n"); });
}
TEST(ConcordanceCsv, RefusesAMapWithoutRows) {
    expect_error(ErrorKind::input, {"map.csv", "merges nothing"}, [] { read_csv_map(""); });
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
