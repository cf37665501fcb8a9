// The check finds what is wrong, refuses what cannot be solved and says why.
#include "economy/check.h"

#include <gtest/gtest.h>

#include <cmath>

#include "support.h"

namespace detente::test {
namespace {

void expect_refused(const Economy& e, const std::string& why) {
    const CheckReport report = check_economy(e);
    EXPECT_FALSE(report.solvable());
    EXPECT_NE(report.reasons().find(why), std::string::npos) << why << " is not in: " << report.reasons();
}

void expect_noticed(const Economy& e, const std::string& what) {
    const CheckReport report = check_economy(e);
    EXPECT_TRUE(report.solvable()) << report.reasons();
    EXPECT_NE(report.text().find(what), std::string::npos) << what << " is not in: " << report.text();
}

TEST(Check, ToyEconomyHasNoFinding) {
    EXPECT_TRUE(check_economy(toy_economy()).findings.empty()) << check_economy(toy_economy()).text();
}

TEST(Check, ToyEconomyIsConsistentToTheLastDigit) {
    EXPECT_LT(check_economy(toy_economy()).goods_market_residual, 1e-14);
}

TEST(Check, RefusesNegativeTradeAndNamesTheCell) {
    Economy e = toy_economy();
    e.trade(0, 1, 0) = -1.0;
    expect_refused(e, "negative trade: 1 cell, the first A to B, goods = -1");
}

TEST(Check, RefusesValuesThatAreNotFinite) {
    Economy e = toy_economy();
    e.tariff(0, 1, 0) = std::nan("");
    expect_refused(e, "tariff has 1 values that are not finite");
}

TEST(Check, RefusesATariffOfMinus100Percent) {
    Economy e = toy_economy();
    e.tariff(0, 1, 0) = -1.0;
    expect_refused(e, "-100 %");
}

TEST(Check, RefusesATariffOnHomeTrade) {
    Economy e = toy_economy();
    e.tariff(1, 1, 0) = 0.1;
    expect_refused(e, "trade with itself: 1 cell, the first B to B, goods");
}

TEST(Check, RefusesAThetaOfZero) {
    Economy e = toy_economy();
    e.theta[1] = 0.0;
    expect_refused(e, "theta of sector services is 0");
}

TEST(Check, RefusesASigmaOfOne) {
    Economy e = toy_economy();
    e.sigma[0] = 1.0;
    expect_refused(e, "sigma of sector goods is 1");
}

TEST(Check, RefusesFinalSharesThatDoNotSum) {
    Economy e = toy_economy();
    e.final_share(2, 0) += 0.01;
    expect_refused(e, "final shares do not sum to 1: 1 cell, the first C = 1.01");
}

TEST(Check, RefusesTechnologyThatDoesNotSum) {
    Economy e = toy_economy();
    e.input_share(0, 1, 0) += 0.05;
    expect_refused(e, "input shares do not sum to 1: 1 cell, the first A, goods = 1.05");
}

TEST(Check, RefusesAShareAboveOne) {
    Economy e = toy_economy();
    e.value_added_share(0, 0) = 1.5;
    expect_refused(e, "outside [0, 1]");
}

TEST(Check, NoticesASlightlyNegativeInputShare) {
    Economy e = toy_economy();
    e.input_share(0, 1, 0) = -0.0005;
    e.input_share(0, 0, 0) = 0.6005;
    expect_noticed(e, "slightly negative input shares");
}

TEST(Check, RefusesAMissingTable) {
    Economy e = toy_economy();
    e.final_share = RegionSector();
    expect_refused(e, "final_share is missing");
}

TEST(Check, RefusesATableOfTheWrongSize) {
    Economy e = toy_economy();
    e.trade = TradeTensor(2, 2);
    expect_refused(e, "trade has 8 cells where 18 were expected");
}

TEST(Check, RefusesARegionWithoutIncome) {
    Economy e = toy_economy();
    for (int s = 0; s < 2; ++s)
        for (int j = 0; j < 3; ++j) e.trade(0, j, s) = 0.0;
    expect_refused(e, "region A has no labour income");
}

TEST(Check, RefusesAnEmptyEconomy) {
    expect_refused(Economy(), "there are no regions");
}

TEST(Check, NoticesThatThetaIsMissing) {
    Economy e = toy_economy();
    e.theta.clear();
    expect_noticed(e, "ricardian model needs theta");
}

TEST(Check, NoticesARegionWithoutExports) {
    Economy e = toy_economy();
    for (int s = 0; s < 2; ++s)
        for (int j = 0; j < 3; ++j)
            if (j != 2) e.trade(2, j, s) = 0.0;
    expect_noticed(e, "region C exports nothing");
}

TEST(Check, NoticesAMarketWithoutASupplier) {
    Economy e = toy_economy();
    for (int i = 0; i < 3; ++i) e.trade(i, 2, 0) = 0.0;
    expect_noticed(e, "markets without a supplier: 1 cell, the first C, goods");
}

TEST(Check, ReportsDeficitsThatDoNotFitTrade) {
    Economy e = toy_economy();
    e.deficit = trade_deficit(e);
    e.deficit[0] += 1.0;
    EXPECT_NEAR(check_economy(e).deficit_residual, 1.0 / labour_income(e)[0], 1e-12);
}

TEST(Check, ReportsLabourIncomeThatDoesNotFitOutput) {
    Economy e = toy_economy();
    e.value_added = labour_income(e);
    e.value_added[1] *= 1.25;
    EXPECT_NEAR(check_economy(e).value_added_residual, 0.2, 1e-12);
}

TEST(Check, ReportStartsWithTheVerdict) {
    EXPECT_EQ(check_economy(toy_economy()).text().rfind("The economy can be solved.", 0), 0U);
}

}  // namespace
}  // namespace detente::test
