// Caliendo and Parro (2015): printed and computed numbers of NAFTA's tariff cuts, all digits shown.
#include <gtest/gtest.h>

#include <cmath>

#include "economy/economy_io.h"
#include "equilibrium/welfare.h"
#include "support.h"

namespace detente::test {
namespace {

struct Nafta {
    Calibration base;
    Shock shock;
    Equilibrium end;
};

// Solved once a closure: five tests read it.
const Nafta& nafta(Closure closure) {
    static std::map<Closure, Nafta> solved;
    const auto found = solved.find(closure);
    if (found != solved.end()) return found->second;
    const Economy economy = import_economy("caliendo-parro", shared_data("caliendo-parro-2015"));
    ModelOptions options;
    options.closure = closure;
    Nafta n{calibrate(economy, options), {}, {}};
    n.shock.tariff = economy.trade_columns.at("tariff_cfl");
    n.end = solve(n.base.world, n.shock);
    return solved.emplace(closure, std::move(n)).first->second;
}

struct Expected {
    const char* region;
    double value;
};

void expect_percent(const Nafta& n, const std::vector<double>& values, std::initializer_list<Expected> expected,
                    double unit) {
    for (const Expected& e : expected) {
        const auto j = static_cast<std::size_t>(n.base.world.regions.at(e.region));
        EXPECT_NEAR(100.0 * values[j], e.value, 0.5 * unit) << e.region;
    }
}

std::vector<double> minus_one(std::vector<double> hats) {
    for (double& hat : hats) hat -= 1.0;
    return hats;
}

std::vector<double> formula(const Nafta& n) {
    const FirstOrder f = first_order(n.base.world, n.end);
    std::vector<double> out;
    for (int j = 0; j < n.base.world.n_regions(); ++j) out.push_back(f.welfare(j));
    return out;
}

#define NEEDS_NAFTA() DETENTE_NEEDS_DATA(shared_data("caliendo-parro-2015"))

TEST(NaftaReplication, PrintedWelfareIsTheFirstOrderFormula) {
    NEEDS_NAFTA();
    const Nafta& n = nafta(Closure::balanced);
    expect_percent(n, formula(n), {{"Mexico", 1.31}, {"Canada", -0.06}, {"USA", 0.08}}, 0.01);
}

TEST(NaftaReplication, PrintedTermsOfTrade) {
    NEEDS_NAFTA();
    const Nafta& n = nafta(Closure::balanced);
    expect_percent(n, first_order(n.base.world, n.end).terms_of_trade.total,
                   {{"Mexico", -0.41}, {"Canada", -0.11}, {"USA", 0.04}}, 0.01);
}

TEST(NaftaReplication, PrintedVolumeOfTrade) {
    NEEDS_NAFTA();
    const Nafta& n = nafta(Closure::balanced);
    expect_percent(n, first_order(n.base.world, n.end).volume_of_trade.total,
                   {{"Mexico", 1.72}, {"Canada", 0.04}, {"USA", 0.04}}, 0.01);
}

TEST(NaftaReplication, ExactWelfareBalanced) {
    NEEDS_NAFTA();
    const Nafta& n = nafta(Closure::balanced);
    expect_percent(n, minus_one(n.end.welfare_hat), {{"Mexico", 0.007323}, {"Canada", -0.110104}, {"USA", 0.074146}},
                   1e-6);
}

TEST(NaftaReplication, RealWageBalanced) {
    NEEDS_NAFTA();
    const Nafta& n = nafta(Closure::balanced);
    expect_percent(n, minus_one(n.end.real_wage_hat), {{"Mexico", 1.715323}, {"Canada", 0.322829}, {"USA", 0.112443}},
                   1e-6);
}

TEST(NaftaReplication, FormulaWithFixedDeficits) {
    NEEDS_NAFTA();
    const Nafta& n = nafta(Closure::fixed);
    expect_percent(n, formula(n), {{"Mexico", 1.17426}}, 1e-5);
    expect_percent(n, formula(n), {{"Canada", -0.0405153}, {"USA", 0.0849573}}, 1e-7);
}

TEST(NaftaReplication, ExactWelfareWithFixedDeficits) {
    NEEDS_NAFTA();
    const Nafta& n = nafta(Closure::fixed);
    expect_percent(n, minus_one(n.end.welfare_hat), {{"Mexico", -0.045060}, {"Canada", -0.082107}, {"USA", 0.075831}},
                   1e-6);
}

TEST(NaftaReplication, RealWageWithFixedDeficits) {
    NEEDS_NAFTA();
    const Nafta& n = nafta(Closure::fixed);
    expect_percent(n, minus_one(n.end.real_wage_hat), {{"Mexico", 1.640493}, {"Canada", 0.334076}, {"USA", 0.117836}},
                   1e-6);
}

TEST(NaftaReplication, DecompositionAlongThePathMatchesItsReference) {
    NEEDS_NAFTA();
    const Nafta& n = nafta(Closure::balanced);
    const Decomposition d = decompose(n.base.world, n.shock, n.end);
    expect_percent(n, d.terms_of_trade.total, {{"Mexico", -0.680}, {"Canada", -0.109}}, 2e-3);
    expect_percent(n, d.terms_of_trade.total, {{"USA", 0.0587}}, 2e-4);
    expect_percent(n, d.volume_of_trade.total, {{"Mexico", 0.687}}, 2e-3);
    expect_percent(n, d.volume_of_trade.total, {{"Canada", -0.0012}, {"USA", 0.0155}}, 3e-4);
}

TEST(NaftaReplication, DecompositionAddsUpToTheExactLogChange) {
    NEEDS_NAFTA();
    for (const Closure closure : {Closure::balanced, Closure::fixed}) {
        const Nafta& n = nafta(closure);
        const Decomposition d = decompose(n.base.world, n.shock, n.end);
        for (const double error : d.error) EXPECT_LT(std::abs(error), 1e-9);
    }
}

TEST(NaftaReplication, AllTariffsToZeroConvergesUnderBalancedTrade) {
    NEEDS_NAFTA();
    const Nafta& n = nafta(Closure::balanced);
    Shock free;
    free.tariff = TradeTensor(n.base.world.n_regions(), n.base.world.n_sectors(), 0.0);
    const Certificate c = solve(n.base.world, free).certificate;
    EXPECT_LT(c.residual, 1e-11);
    EXPECT_EQ(c.path_steps, 1);
}

}  // namespace
}  // namespace detente::test
