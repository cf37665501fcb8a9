// The importers against the totals that the sources state (data/*/SOURCE.md) or that follow from their tables.
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

double imports_of(const Economy& e, const std::string& importer) {
    double sum = 0.0;
    for (int s = 0; s < e.n_sectors(); ++s)
        for (int i = 0; i < e.n_regions(); ++i)
            if (e.regions[i] != importer) sum += e.trade(i, e.regions.at(importer), s);
    return sum;
}

double exports_of(const Economy& e, const std::string& exporter) {
    double sum = 0.0;
    for (int s = 0; s < e.n_sectors(); ++s)
        for (int j = 0; j < e.n_regions(); ++j)
            if (e.regions[j] != exporter) sum += e.trade(e.regions.at(exporter), j, s);
    return sum;
}

int count_goods(const Economy& e) {
    return static_cast<int>(std::count(e.goods.begin(), e.goods.end(), 1));
}

// Value-added and input shares of every sector sum to 1, final shares of every region too.
void expect_shares_sum_to_one(const Economy& e) {
    for (int i = 0; i < e.n_regions(); ++i) {
        double final_demand = 0.0;
        for (int s = 0; s < e.n_sectors(); ++s) {
            final_demand += e.final_share(i, s);
            double sum = e.value_added_share(i, s);
            for (int k = 0; k < e.n_sectors(); ++k) sum += e.input_share(i, k, s);
            EXPECT_NEAR(sum, 1.0, 1e-12) << e.regions[i] << ' ' << e.sectors[s];
        }
        EXPECT_NEAR(final_demand, 1.0, 1e-12) << e.regions[i];
    }
}

class CaliendoParro : public ::testing::Test {
protected:
    void SetUp() override {
        const auto data = shared_data("caliendo-parro-2015");
        DETENTE_NEEDS_DATA(data);
        e = import_economy("caliendo-parro", data);
    }
    Economy e;
};

TEST_F(CaliendoParro, Has31RegionsAnd40Sectors) {
    EXPECT_EQ(std::pair(e.n_regions(), e.n_sectors()), std::pair(31, 40));
}
TEST_F(CaliendoParro, TwentySectorsAreGoods) {
    EXPECT_EQ(count_goods(e), 20);
}
TEST_F(CaliendoParro, TradeSumsToTheTable) {
    EXPECT_NEAR(total(e.trade.data()), 48140784163444.94, 1.0);
}
TEST_F(CaliendoParro, LabourIncomeSumsToValueAdded) {
    EXPECT_NEAR(total(e.value_added), 24915216640394.17, 1.0);
}
TEST_F(CaliendoParro, SharesSumToOne) {
    expect_shares_sum_to_one(e);
}
TEST_F(CaliendoParro, DeficitsFollowFromTrade) {
    EXPECT_LT(check_economy(e).deficit_residual, 1e-12);
}
TEST_F(CaliendoParro, CanBeSolved) {
    EXPECT_TRUE(check_economy(e).solvable()) << check_economy(e).text();
}
TEST_F(CaliendoParro, KeepsTheTariffsAfterNafta) {
    const int mexico = e.regions.at("Mexico"), usa = e.regions.at("USA");
    const TradeTensor& later = e.trade_columns.at("tariff_cfl");
    double cut = 0.0;
    for (int s = 0; s < e.n_sectors(); ++s) cut += e.tariff(usa, mexico, s) - later(usa, mexico, s);
    EXPECT_GT(cut, 0.0);
}
TEST_F(CaliendoParro, SaysThatANegativeUseWasKept) {
    EXPECT_NE(e.note.find("1 negative intermediate use"), std::string::npos);
}
TEST_F(CaliendoParro, ThetaOfPetroleumIsAsPublished) {
    EXPECT_EQ(e.theta[static_cast<std::size_t>(e.sectors.at("Petroleum"))], 64.85);
}
TEST_F(CaliendoParro, AThetaOfTheUsersReplacesItsOwnAndSaysSo) {
    ImportOptions options;
    options.theta_of = {{"Petroleum", 8.0}};
    const Economy other = import_economy("caliendo-parro", shared_data("caliendo-parro-2015"), options);
    EXPECT_EQ(other.theta[static_cast<std::size_t>(e.sectors.at("Petroleum"))], 8.0);
    EXPECT_EQ(other.theta[0], e.theta[0]);
    EXPECT_NE(other.note.find("of the source were replaced; theta is 8 in Petroleum, it is as it was in the other 39"),
              std::string::npos)
        << other.note;
}

class Ossa : public ::testing::Test {
protected:
    void SetUp() override {
        const auto data = shared_data("ossa-2014");
        DETENTE_NEEDS_DATA(data);
        e = import_economy("ossa", data);
    }
    Economy e;
};

TEST_F(Ossa, HasSevenRegionsAnd33Goods) {
    EXPECT_EQ(std::pair(e.n_regions(), count_goods(e)), std::pair(7, 33));
}
TEST_F(Ossa, TradeSumsToTheTable) {
    EXPECT_NEAR(total(e.trade.data()), 33212127.268166352, 1e-6);
}
TEST_F(Ossa, TradeIsBalanced) {
    for (const std::string& region : e.regions.names()) {
        EXPECT_NEAR(imports_of(e, region) / exports_of(e, region), 1.0, 1e-6) << region;
    }
}
TEST_F(Ossa, AccountsHoldExactly) {
    EXPECT_LT(check_economy(e).goods_market_residual, 1e-12);
}
TEST_F(Ossa, PoliticalWeightsAverageOne) {
    const RegionSector& weight = e.region_sector_columns.at("political_weight");
    EXPECT_NEAR(total(weight.data()) / (7 * 33), 1.0, 1e-6);
}
TEST_F(Ossa, HasNoThetaUnlessGiven) {
    EXPECT_TRUE(e.theta.empty());
}

class LiberationDay : public ::testing::Test {
protected:
    void SetUp() override {
        const auto data = shared_data("liberation-day-2025");
        DETENTE_NEEDS_DATA(data);
        e = import_economy("liberation-day", data);
    }
    Economy e;
};

TEST_F(LiberationDay, Has194Countries) {
    EXPECT_EQ(e.n_regions(), 194);
}
TEST_F(LiberationDay, UsaIsInTheRowOfThePackage) {
    EXPECT_EQ(e.regions.at("USA"), 184);
}
TEST_F(LiberationDay, TradeSumsTo21750Billion) {
    EXPECT_NEAR(total(e.trade.data()) / 1e6, 21750, 0.5);
}
TEST_F(LiberationDay, UsImportsAre2902Billion) {
    EXPECT_NEAR(imports_of(e, "USA") / 1e6, 2902.6, 0.05);
}
TEST_F(LiberationDay, UsExportsAre1858Billion) {
    EXPECT_NEAR(exports_of(e, "USA") / 1e6, 1858.7, 0.05);
}
TEST_F(LiberationDay, ImportWeightedUsTariffIsAsStated) {
    double paid = 0.0;
    const int usa = e.regions.at("USA");
    for (int i = 0; i < e.n_regions(); ++i)
        paid += e.region_columns.at("us_tariff")[static_cast<std::size_t>(i)] * e.trade(i, usa, 0);
    EXPECT_NEAR(paid / imports_of(e, "USA"), 0.2488, 5e-5);
}
TEST_F(LiberationDay, EuHas27MembersAnd25InThePaper) {
    EXPECT_EQ(std::pair(total(e.region_columns.at("eu27")), total(e.region_columns.at("eu25"))), std::pair(27.0, 25.0));
}
TEST_F(LiberationDay, BaseTariffsAreZero) {
    EXPECT_EQ(total(e.tariff.data()), 0.0);
}
TEST_F(LiberationDay, CheckSaysThereAreNoHomeSales) {
    EXPECT_NE(check_economy(e).text().find("no home sales"), std::string::npos);
}

class UsChina2017 : public ::testing::Test {
protected:
    void SetUp() override {
        const auto data = shared_data("us-china-2017");
        DETENTE_NEEDS_DATA(data);
        e = import_economy("us-china-2017", data);
    }
    Economy e;
};

TEST_F(UsChina2017, HasSevenRegionsAnd44Sectors) {
    EXPECT_EQ(std::pair(e.n_regions(), e.n_sectors()), std::pair(7, 44));
}
TEST_F(UsChina2017, TwentyTwoSectorsAreGoods) {
    EXPECT_EQ(count_goods(e), 22);
}
TEST_F(UsChina2017, TradeSumsToTheTable) {
    EXPECT_NEAR(total(e.trade.data()), 154173982.251332, 1e-3);
}
TEST_F(UsChina2017, SharesSumToOne) {
    expect_shares_sum_to_one(e);
}
TEST_F(UsChina2017, InputSharesAreRelativeToOutput) {
    // .10707795 of intermediate spending, which is 1 - .54456002 of output.
    EXPECT_NEAR(e.input_share(0, 0, 0), 0.10707795 * (1 - 0.54456002), 1e-8);
}
TEST_F(UsChina2017, ServicesHaveNoTariffIncrease) {
    const std::vector<double>& increase = e.sector_columns.at("us_tariff_increase_on_chn");
    for (std::size_t s = 0; s < increase.size(); ++s) EXPECT_EQ(increase[s] > 0.0, e.goods[s] == 1) << s;
}
TEST_F(UsChina2017, CanBeSolved) {
    EXPECT_TRUE(check_economy(e).solvable()) << check_economy(e).text();
}

class Wiod : public ::testing::Test {
protected:
    void SetUp() override {
        data = shared_data("wiod-2011/wiot2011.nc");
        DETENTE_NEEDS_DATA(data);
        e = import_economy("wiod", data);
    }
    std::filesystem::path data;
    Economy e;
};

TEST_F(Wiod, Has41RegionsAnd35Sectors) {
    EXPECT_EQ(std::pair(e.n_regions(), e.n_sectors()), std::pair(41, 35));
}
TEST_F(Wiod, SixteenSectorsAreGoods) {
    EXPECT_EQ(count_goods(e), 16);
}
TEST_F(Wiod, SharesSumToOne) {
    expect_shares_sum_to_one(e);
}
TEST_F(Wiod, NotesThe352NegativeFinalUses) {
    EXPECT_NE(e.note.find("352 final uses"), std::string::npos);
}
TEST_F(Wiod, NotesHowFarOutputIsFromThePrintedOne) {
    EXPECT_NE(e.note.find("by up to 108 "), std::string::npos);
}
TEST_F(Wiod, SaysLoudlyThatTariffsAreAssumed) {
    EXPECT_NE(e.note.find("ASSUMED"), std::string::npos);
}
TEST_F(Wiod, SaysLoudlyThatThetaIsMissing) {
    EXPECT_NE(e.note.find("MISSING"), std::string::npos);
}
TEST_F(Wiod, CheckSaysThatTheRicardianModelNeedsTheta) {
    EXPECT_NE(check_economy(e).text().find("ricardian model needs theta"), std::string::npos);
}
TEST_F(Wiod, CanBeSolved) {
    EXPECT_TRUE(check_economy(e).solvable()) << check_economy(e).text();
}
TEST_F(Wiod, ClippingKeepsOutputUpToRowsThatCannotGiveWay) {
    ImportOptions options;
    options.negatives = ImportOptions::Negatives::clip;
    const Economy clipped = import_economy("wiod", data, options);
    // 11,248 million of negative cells, of which 8,501 stand in rows whose final uses sum to less than 0.
    EXPECT_NEAR(total(e.trade.data()) - total(clipped.trade.data()), 11248 - 8501, 1e-3);
}
TEST_F(Wiod, OneThetaServesEverySector) {
    ImportOptions options;
    options.theta = 5.0;
    EXPECT_EQ(import_economy("wiod", data, options).theta, std::vector<double>(35, 5.0));
}
TEST_F(Wiod, OneTariffFallsOnForeignGoodsOnly) {
    ImportOptions options;
    options.tariff = 0.1;
    const Economy taxed = import_economy("wiod", data, options);
    EXPECT_NEAR(total(taxed.tariff.data()), 0.1 * 16 * 41 * 40, 1e-6);
}
TEST_F(Wiod, ATariffFileNamesOneBorder) {
    const TemporaryFolder folder;
    put_file(folder / "tariffs.csv", "exporter,importer,sector,tariff\nCHN,USA,*,0.2\nDEU,USA,34t35,0.025\n");
    ImportOptions options;
    options.tariff_file = folder / "tariffs.csv";
    EXPECT_NEAR(total(import_economy("wiod", data, options).tariff.data()), 0.2 * 16 + 0.025, 1e-12);
}
TEST_F(Wiod, AThetaFileMustNameEverySector) {
    const TemporaryFolder folder;
    put_file(folder / "theta.csv", "sector,theta\nAtB,4\n");
    ImportOptions options;
    options.theta_file = folder / "theta.csv";
    expect_error(
        ErrorKind::input,
        {"theta.csv: sector", "without a trade elasticity", "C, 15t16, 17t18, 19, 20 and 29 more", "row for *"},
        [&] { import_economy("wiod", data, options); });
}
TEST_F(Wiod, AnUnknownRegionInTheTariffFileIsNamed) {
    const TemporaryFolder folder;
    put_file(folder / "tariffs.csv", "exporter,importer,sector,tariff\nCHM,USA,*,0.2\n");
    ImportOptions options;
    options.tariff_file = folder / "tariffs.csv";
    expect_error(ErrorKind::input, {"tariffs.csv:2", "exporter", "CHM", "did you mean \"CHN\"?"},
                 [&] { import_economy("wiod", data, options); });
}

}  // namespace
}  // namespace detente::test
