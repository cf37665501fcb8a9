// Worlds with other parameters: solved from a neighbour, and equal to a calibration of their own, for every model.
#include <gtest/gtest.h>

#include <cmath>

#include "models_under_test.h"
#include "support.h"

namespace detente::test {
namespace {

using testing::models_under_test;

struct ParameterCase {
    std::string name;
    ModelOptions options;
    bool settled = true;  ///< the tables are an equilibrium as they stand
};

testing::RandomSpec spec_of(const Model& model) {
    testing::RandomSpec spec;
    spec.min_regions = 3, spec.max_regions = 6, spec.max_sectors = 5;
    spec.min_theta = 2.0, spec.max_theta = 9.0, spec.max_tariff = 0.4;
    spec.min_iceberg = 0.9, spec.max_iceberg = 1.2, spec.empty_markets = 0.0;
    return testing::suited_to(model, spec);
}

std::vector<ParameterCase> cases() {
    std::vector<ParameterCase> list;
    const Economy toy = toy_economy();
    for (const Model* model : models_under_test().rows()) {
        for (const Closure closure : {Closure::fixed, Closure::world_share, Closure::balanced})
            list.push_back({model->name + "_" + to_string(closure), testing::options_for(*model, toy, closure)});
        for (const char* option : {"labour_supply", "scale_economies"}) {
            if (model->find(option) == nullptr) continue;
            list.push_back({model->name + "_" + option, testing::options_for(*model, toy)});
            const bool flag = model->find(option)->kind == ModelOption::Kind::flag;
            list.back().options.set(option, flag ? OptionValue(true) : OptionValue(0.3));
        }
        list.push_back({model->name + "_unsettled", testing::options_for(*model, toy), false});
    }
    return list;
}

Economy drawn(const ParameterCase& c, std::mt19937_64& random) {
    Economy e = testing::random_economy(random, spec_of(*c.options.model));
    e.sigma = e.psi = e.theta;
    for (std::size_t s = 0; s < e.theta.size(); ++s) e.sigma[s] = 1.0 + e.theta[s], e.psi[s] = 0.4 / e.theta[s];
    // Tables that miss their accounts: the base moves, and how far depends on elasticities.
    for (int j = 0; j < e.n_regions() && !c.settled; ++j)
        for (int s = 0; s < e.n_sectors(); ++s)
            for (int i = 0; i < e.n_regions(); ++i) e.trade(i, j, s) *= 1.0 + 0.02 * ((i + 2 * j + 3 * s) % 5);
    return e;
}

ModelOptions named(ModelOptions options, const Economy& e) {
    for (const ModelOption* option : named_regions(options)) options.set(option->name, e.regions[0]);
    return options;
}

class Parameters : public ::testing::TestWithParam<ParameterCase> {};

void expect_same(const std::vector<double>& a, const std::vector<double>& b, double tolerance, const char* what) {
    ASSERT_EQ(a.size(), b.size()) << what;
    double size = 1e-300;
    for (const double value : b) size = std::max(size, std::abs(value));
    for (std::size_t k = 0; k < a.size(); ++k) EXPECT_NEAR(a[k], b[k], tolerance * size) << what << " " << k;
}

// The whole base, and counterfactuals from it, started from the neighbour's answers.
TEST_P(Parameters, OfADrawEqualAFreshCalibration) {
    const ParameterCase& c = GetParam();
    for (unsigned seed = 1; seed <= 6; ++seed) {
        std::mt19937_64 random(seed);
        const Economy e = drawn(c, random);
        const ModelOptions options = named(c.options, e);
        const Shock shock = testing::random_shock(random, e, spec_of(*options.model));
        SolverOptions solver;
        solver.tolerance = 1e-13;
        const Calibration near = calibrate(e, options, solver);
        const Equilibrium mean = solve(near.world, shock, solver);
        std::normal_distribution<double> normal(0.0, 0.4);
        for (int draw = 0; draw < 3; ++draw) {
            Economy other = e;
            ModelOptions varied = options;
            std::vector<double> factor;
            for (int s = 0; s < e.n_sectors(); ++s) factor.push_back(std::exp(std::min(0.8, normal(random))));
            scale_elasticities(other, varied, factor, true);
            if (varied.labour_supply > 0.0) varied.labour_supply *= 1.5;
            const Calibration fresh = calibrate(other, varied, solver);
            const Calibration again = recalibrate(other, varied, near, solver);
            EXPECT_TRUE(again.world.borrowed);
            expect_same(again.world.theta, fresh.world.theta, 0.0, "theta");
            expect_same(again.world.psi, fresh.world.psi, 0.0, "psi");
            expect_same(again.world.share.data(), fresh.world.share.data(), 1e-12, "share");
            expect_same(again.world.expenditure.data(), fresh.world.expenditure.data(), 1e-12, "expenditure");
            expect_same(again.world.labour_income, fresh.world.labour_income, 1e-12, "labour income");
            expect_same(again.world.transfer, fresh.world.transfer, 1e-12, "transfer");
            expect_same(again.world.income, fresh.world.income, 1e-12, "income");
            EXPECT_NEAR(again.moved.trade_total, fresh.moved.trade_total, 1e-12);
            const Equilibrium there = solve(fresh.world, shock, solver);
            const Equilibrium here = solve(again.world, shock, solver, &mean);
            EXPECT_TRUE(here.certificate.converged);
            expect_same(here.welfare_hat, there.welfare_hat, 1e-12, "welfare");
            expect_same(here.wage_hat, there.wage_hat, 1e-12, "wage");
            expect_same(here.price_hat.data(), there.price_hat.data(), 1e-11, "price");
            expect_same(here.share.data(), there.share.data(), 1e-11, "share");
        }
    }
}

INSTANTIATE_TEST_SUITE_P(All, Parameters, ::testing::ValuesIn(cases()), [](const auto& one) { return one.param.name; });

// The trap that this separation is about: what is solved are the world's own equations, whoever's derivative steers.
TEST(ParameterChange, NeverSolvesForTheOldElasticities) {
    const Economy e = toy_economy();
    World world = calibrate(e).world;
    Shock shock;
    shock.tariff = world.tariff;
    shock.tariff(0, 1, 0) += 0.5;
    for (double& theta : world.theta) theta *= 1.5;  // derivative and tables stay
    Economy other = e;
    for (double& theta : other.theta) theta *= 1.5;
    const Equilibrium here = solve(world, shock), there = solve(calibrate(other).world, shock);
    expect_same(here.welfare_hat, there.welfare_hat, 1e-12, "welfare");
}

TEST(ParameterChange, ThatAModelDoesNotTakeIsRefused) {
    const Economy e = toy_economy();
    ModelOptions options;
    options.scale_economies = true;
    const Calibration near = calibrate(e, options);
    Economy steep = e;
    steep.psi[0] = 0.3;
    expect_error(ErrorKind::input, {"scale economies of goods are too strong"},
                 [&] { recalibrate(steep, options, near); });
    ModelOptions balanced = options;
    balanced.closure = Closure::balanced;
    expect_error(ErrorKind::input, {"same model and closure"}, [&] { recalibrate(e, balanced, near); });
}

// Without labour supply in the neighbour the unknowns are others: no derivative is borrowed.
TEST(ParameterChange, BorrowsNoDerivativeOfOtherUnknowns) {
    const Economy e = toy_economy();
    const Calibration near = calibrate(e);
    ModelOptions elastic;
    elastic.labour_supply = 0.5;
    const Calibration again = recalibrate(e, elastic, near);
    EXPECT_FALSE(again.world.borrowed);
    Shock shock;
    shock.tariff = again.world.tariff;
    shock.tariff(1, 0, 0) += 0.2;
    expect_same(solve(again.world, shock).welfare_hat, solve(calibrate(e, elastic).world, shock).welfare_hat, 1e-12,
                "welfare");
}

}  // namespace
}  // namespace detente::test
