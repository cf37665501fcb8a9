// What a change in a study does to the shock.
#include <gtest/gtest.h>

#include "policy/scenario.h"
#include "policy/selection.h"
#include "support.h"

namespace detente::test {
namespace {

using Kind = TariffChange::Kind;

TariffChange change(Kind kind, double value) {
    TariffChange c;
    c.importers = {0}, c.exporters = {0, 1, 2}, c.sectors = {0};
    c.kind = kind, c.value = value;
    return c;
}

Scenario scenario(const std::string& name, std::vector<TariffChange> changes, const std::string& from = "base") {
    Scenario s;
    s.name = name, s.from = from, s.tariff = std::move(changes);
    return s;
}

double rate_after(const std::vector<TariffChange>& changes) {
    const Economy e = toy_economy();
    const Scenario s = scenario("s", changes);
    return build_shock(e, {s}, s).tariff(1, 0, 0);
}

const double before = toy_economy().tariff(1, 0, 0);

TEST(TariffChange, RateReplaces) {
    EXPECT_EQ(rate_after({change(Kind::rate, 0.3)}), 0.3);
}
TEST(TariffChange, AddIsInPoints) {
    EXPECT_EQ(rate_after({change(Kind::add, 0.1)}), before + 0.1);
}
TEST(TariffChange, ScaleMultiplies) {
    EXPECT_EQ(rate_after({change(Kind::scale, 2.0)}), 2.0 * before);
}
TEST(TariffChange, ChangesApplyInOrder) {
    EXPECT_EQ(rate_after({change(Kind::rate, 0.2), change(Kind::scale, 2.0)}), 0.4);
}

TEST(TariffChange, MinimumAndMaximumClamp) {
    TariffChange low = change(Kind::rate, 0.01), high = change(Kind::rate, 0.9);
    low.minimum = 0.1, high.maximum = 0.5;
    EXPECT_EQ(rate_after({low}), 0.1);
    EXPECT_EQ(rate_after({high}), 0.5);
}

TEST(TariffChange, ColumnByRegionIsTheExporters) {
    Economy e = toy_economy();
    e.region_columns["rates"] = {0.1, 0.2, 0.3};
    TariffChange c = change(Kind::rate_column, 0.0);
    c.column = "rates";
    const Scenario s = scenario("s", {c});
    const Shock shock = build_shock(e, {s}, s);
    EXPECT_EQ(shock.tariff(1, 0, 0), 0.2);
    EXPECT_EQ(shock.tariff(2, 0, 0), 0.3);
}

TEST(TariffChange, HomeTradeIsNeverTaxed) {
    const Economy e = toy_economy();
    const Scenario s = scenario("s", {change(Kind::add, 0.5)});
    EXPECT_EQ(build_shock(e, {s}, s).tariff(0, 0, 0), 0.0);
}

TEST(TariffChange, OthersStayAsTheyWere) {
    const Economy e = toy_economy();
    const Scenario s = scenario("s", {change(Kind::add, 0.5)});
    const Shock shock = build_shock(e, {s}, s);
    EXPECT_EQ(shock.tariff(0, 1, 0), e.tariff(0, 1, 0));
    EXPECT_EQ(shock.tariff(1, 0, 1), e.tariff(1, 0, 1));
}

TEST(Scenario, FromAppliesTheParentFirst) {
    const Economy e = toy_economy();
    const std::vector<Scenario> all = {scenario("first", {change(Kind::rate, 0.2)}),
                                       scenario("second", {change(Kind::add, 0.1)}, "first")};
    EXPECT_NEAR(build_shock(e, all, all[1]).tariff(1, 0, 0), 0.3, 1e-15);
}

TEST(Scenario, ACircleIsRefused) {
    const Economy e = toy_economy();
    const std::vector<Scenario> all = {scenario("a", {}, "b"), scenario("b", {}, "a")};
    expect_error(ErrorKind::input, {"comes from itself"}, [&] { build_shock(e, all, all[0]); });
}

TEST(Scenario, CostsMultiply) {
    const Economy e = toy_economy();
    Scenario s = scenario("s", {});
    s.trade_cost = {{{0}, {1}, {0}, 1.5, {}}, {{0}, {0, 1}, {0}, 2.0, {}}};
    const Shock shock = build_shock(e, {s}, s);
    EXPECT_EQ(shock.trade_cost(1, 0, 0), 3.0);
    EXPECT_EQ(shock.trade_cost(0, 0, 0), 1.0);
}

// A chain of 20,000 and a fan of as many: each scenario is the one before plus a change, without a copy for each.
TEST(Scenario, ManyInOneChainOrFan) {
    const Economy e = toy_economy();
    constexpr int many = 20000;
    std::vector<Scenario> chain, fan;
    for (int k = 0; k < many; ++k) {
        const std::string name = "s" + std::to_string(k);
        chain.push_back(scenario(name, {change(Kind::add, 1e-4)}, k == 0 ? "base" : "s" + std::to_string(k - 1)));
        fan.push_back(scenario(name, {change(Kind::add, 1e-4)}, k == 0 ? "base" : "s0"));
    }
    for (const auto& [all, steps] : {std::pair{&chain, many}, std::pair{&fan, 2}}) {
        int count = 0;
        double last = 0.0;
        build_shocks({e, nullptr, {}}, *all, {}, [&](std::size_t k, const Shock& shock) {
            ++count;
            if (k + 1 == all->size()) last = shock.tariff(1, 0, 0);
        });
        EXPECT_EQ(count, many);
        EXPECT_NEAR(last, before + 1e-4 * steps, 1e-9);
    }
}

TEST(Scenario, OnlyWhatIsWantedAndItsParents) {
    const Economy e = toy_economy();
    const std::vector<Scenario> all = {scenario("a", {change(Kind::rate, 0.2)}), scenario("b", {}, "a"),
                                       scenario("c", {change(Kind::add, 0.1)}, "a")};
    std::vector<std::size_t> taken;
    build_shocks({e, nullptr, {}}, all, {0, 0, 1}, [&](std::size_t k, const Shock& shock) {
        taken.push_back(k);
        EXPECT_NEAR(shock.tariff(1, 0, 0), 0.3, 1e-15);
    });
    EXPECT_EQ(taken, std::vector<std::size_t>{2});
}

TEST(Selection, AllSectorsOfATariffAreGoods) {
    Economy e = toy_economy();
    EXPECT_EQ(select_tariff_sectors(e, {}, {"*"}, {}), std::vector<int>{0});
    EXPECT_EQ(select_tariff_sectors(e, {}, {"*", "services"}, {}), (std::vector<int>{0, 1}));
    EXPECT_EQ(select_sectors(e, {}, {"*"}, {}), (std::vector<int>{0, 1}));
    e.goods = {0, 0};
    EXPECT_EQ(select_tariff_sectors(e, {}, {"*"}, {}), (std::vector<int>{0, 1}));
    expect_error(ErrorKind::input, {"marks no sector"}, [&] { select_tariff_sectors(e, {}, {"services"}, {}); });
    e.goods = {1, 1};
    expect_error(ErrorKind::input, {"has no services"}, [&] { select_tariff_sectors(e, {}, {"services"}, {}); });
}

TEST(Selection, GoodsAndServicesFollowTheFlag) {
    const Economy e = toy_economy();
    EXPECT_EQ(select_sectors(e, {}, {"goods"}, {}), std::vector<int>{0});
    EXPECT_EQ(select_sectors(e, {}, {"services"}, {}), std::vector<int>{1});
}

TEST(Selection, EachPositionComesOnce) {
    EXPECT_EQ(select_regions(toy_economy(), {{"pair", {"A", "C"}}}, {"pair", "A", "B"}, {}),
              (std::vector<int>{0, 1, 2}));
}

}  // namespace
}  // namespace detente::test
