// What regions work with: more of it against closed forms, and refused where a model does not have it.
#include <gtest/gtest.h>

#include <cmath>

#include "equilibrium/adjoint.h"
#include "equilibrium/welfare.h"
#include "models_under_test.h"
#include "support.h"

namespace detente::test {
namespace {

class FactorSupply : public ::testing::TestWithParam<const Model*> {
protected:
    const Model& model() const { return *GetParam(); }
    World world(Closure closure, double labour_supply = 0.0) const {
        const Economy economy = testing::suited_to(model(), toy_economy());
        ModelOptions options = testing::options_for(model(), economy, closure);
        options.labour_supply = labour_supply;
        return calibrate(economy, options).world;
    }
    // Work that brings more entry is no closed form of labour alone.
    bool scale() const { return model().find("scale_elasticity") != nullptr; }
};

TEST_P(FactorSupply, AFactorOfOneIsNoChange) {
    const World w = world(Closure::fixed);
    Shock shock;
    shock.factor_supply.assign(3, 1.0);
    const Equilibrium e = solve(w, shock);
    for (std::size_t j = 0; j < 3; ++j) {
        EXPECT_NEAR(e.wage_hat[j], 1.0, 1e-12);
        EXPECT_NEAR(e.welfare_hat[j], 1.0, 1e-12);
        EXPECT_EQ(e.employment_hat[j], 1.0);
    }
}

// Constant returns: twice as much everywhere makes twice as much of everything, at the same relative wages.
TEST_P(FactorSupply, TwiceAsMuchEverywhereIsTwiceTheWelfare) {
    if (scale()) GTEST_SKIP() << "more labour brings more entry in this model";
    const World w = world(Closure::balanced);
    Shock shock;
    shock.factor_supply.assign(3, 2.0);
    const Equilibrium e = solve(w, shock);
    for (std::size_t j = 0; j < 3; ++j) {
        EXPECT_NEAR(e.wage_hat[j], 0.5, 1e-12) << "world labour income is the numeraire";
        EXPECT_NEAR(e.welfare_hat[j], 2.0, 1e-11);
        EXPECT_NEAR(e.real_wage_hat[j], 1.0, 1e-11);
        EXPECT_NEAR(e.labour_income[j], w.labour_income[j], 1e-10 * w.labour_income[j]);
    }
}

// One sector, of labour alone: behind closed borders l = V l^(kappa psi) where work makes work more productive.
TEST(FactorSupplyOfMelitz, EntryMakesMoreOfIt) {
    const Model& model = built_in_models().at("melitz");
    const Economy economy = testing::suited_to(model, toy_economy());
    ModelOptions options = testing::options_for(model, economy, Closure::balanced);
    options.set("marketing_labour", std::string("none"));
    options.labour_supply = 0.0;
    const World w = calibrate(economy, options).world;
    Shock shock;
    shock.factor_supply.assign(3, 2.0);
    const Equilibrium e = solve(w, shock);
    // Everyone has twice the labour: P falls by 2^-psi beside the wage, and spending over the wage doubles, so that
    // welfare is V times V^psi times the entry of firms at the destination, (E / w)^(phi - 1).
    const double psi = options.number("scale_elasticity");
    for (std::size_t j = 0; j < 3; ++j)
        EXPECT_NEAR(std::log2(e.welfare_hat[j]), 1.0 + psi + (w.pass_through[j] - 1.0), 1e-11);
}

// Where nothing crosses a border, what a region has is what it works with.
TEST_P(FactorSupply, BehindClosedBordersWelfareIsWhatThereIsToWorkWith) {
    if (scale()) GTEST_SKIP() << "more labour brings more entry in this model";
    const World w = world(Closure::balanced);
    Shock closed;
    closed.trade_cost = TradeTensor(3, w.n_sectors(), 1e6);
    for (int s = 0; s < w.n_sectors(); ++s)
        for (int j = 0; j < 3; ++j) closed.trade_cost(j, j, s) = 1.0;
    Shock more = closed;
    more.factor_supply = {1.5, 0.8, 1.0};
    const Equilibrium before = solve(w, closed), after = solve(w, more);
    for (std::size_t j = 0; j < 3; ++j)
        EXPECT_NEAR(after.welfare_hat[j] / before.welfare_hat[j], more.factor_supply[j], 1e-8);
}

// Far along the path of the driver, where each part becomes a base, and with labour that answers to wages.
TEST_P(FactorSupply, LargeFactorsAndElasticLabourAreCertified) {
    for (const double kappa : {0.0, 0.4}) {
        if (kappa > 0.0 && model().find("labour_supply") == nullptr) continue;
        Shock shock;
        for (const double factor : {1.3, 1e3, 1e-3}) {
            // A deficit that stays would be more than what shrinks can earn.
            const World w = world(factor == 1.3 ? Closure::fixed : Closure::balanced, kappa);
            shock.factor_supply = {factor, 1.0, 0.7};
            const Equilibrium e = solve(w, shock);
            EXPECT_LT(e.certificate.residual, 1e-11) << factor;
            EXPECT_EQ(e.factor_supply, shock.factor_supply);
            // The equilibrium as a base with nothing left to do stays where it is.
            const Equilibrium again = solve(rebase(w, e), {});
            for (const double hat : again.welfare_hat) EXPECT_NEAR(hat, 1.0, 1e-9);
        }
    }
}

TEST_P(FactorSupply, TheCertificateKnowsWhatThereIsToWorkWith) {
    const World w = world(Closure::fixed);
    Shock shock;
    shock.factor_supply = {1.2, 1.0, 1.0};
    const Equilibrium e = solve(w, shock);
    EXPECT_LT(certify(w, shock, e).residual, 1e-11);
    shock.factor_supply[0] = 1.2001;
    EXPECT_GT(certify(w, shock, e).residual, 1e-5);
    EXPECT_GT(certify(w, {}, e).residual, 0.1);
}

INSTANTIATE_TEST_SUITE_P(EveryBuiltInModel, FactorSupply, ::testing::ValuesIn(built_in_models().rows()),
                         [](const auto& one) { return one.param->name; });

TEST(FactorSupplyRefused, ByAModelWithoutItAndByNumbersThatAreNone) {
    const Economy economy = testing::suited_to(testing::armington_model(), toy_economy());
    const World toy = calibrate(economy, testing::options_for(testing::armington_model(), economy)).world;
    Shock shock;
    shock.factor_supply = {1.1, 1.0, 1.0};
    expect_error(ErrorKind::input, {"armington", "no factor supply"}, [&] { solve(toy, shock); });
    const World world = calibrate(toy_economy(), model_options("ricardian")).world;
    for (const double bad : {0.0, -1.0, std::nan(""), 1e101}) {
        shock.factor_supply = {1.0, bad, 1.0};
        expect_error(ErrorKind::input, {"factor supply of B", "positive"}, [&] { solve(world, shock); });
    }
    shock.factor_supply = {1.0, 1.0};
    expect_error(ErrorKind::input, {"2 numbers for 3 regions"}, [&] { solve(world, shock); });
}

}  // namespace
}  // namespace detente::test
