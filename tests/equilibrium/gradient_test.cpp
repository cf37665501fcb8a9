// Gradients by the transposed equations against complex steps through the equations as printed, for every model and
// option.
#include <gtest/gtest.h>

#include "equilibrium/adjoint.h"
#include "equilibrium/printed_equations.h"
#include "random_economy.h"
#include "support.h"

namespace detente::test {
namespace {

struct GradientCase {
    const char* name;
    ModelOptions options;
};

ModelOptions options(ModelKind kind, Closure closure) {
    ModelOptions o = model_options(kind);
    o.closure = closure;
    return o;
}

std::vector<GradientCase> cases() {
    std::vector<GradientCase> list = {
        {"ricardian_fixed", options(ModelKind::ricardian, Closure::fixed)},
        {"ricardian_world_share", options(ModelKind::ricardian, Closure::world_share)},
        {"ricardian_balanced", options(ModelKind::ricardian, Closure::balanced)},
        {"ricardian_scale", options(ModelKind::ricardian, Closure::fixed)},
        {"ricardian_elastic", options(ModelKind::ricardian, Closure::world_share)},
        {"ricardian_income_tax", options(ModelKind::ricardian, Closure::fixed)},
        {"ricardian_scale_income_tax", options(ModelKind::ricardian, Closure::world_share)},
        {"krugman_fixed", options(ModelKind::krugman, Closure::fixed)},
        {"krugman_world_share", options(ModelKind::krugman, Closure::world_share)},
        {"krugman_balanced", options(ModelKind::krugman, Closure::balanced)},
        {"melitz_income_tax", options(ModelKind::melitz, Closure::world_share)},
        {"melitz_lump_sum", options(ModelKind::melitz, Closure::world_share)},
        {"melitz_fixed", options(ModelKind::melitz, Closure::fixed)},
        {"melitz_partial_pass_through", options(ModelKind::melitz, Closure::balanced)},
        {"melitz_given_scale", options(ModelKind::melitz, Closure::world_share)},
        {"melitz_no_marketing", options(ModelKind::melitz, Closure::world_share)},
        {"melitz_fixed_labour", options(ModelKind::melitz, Closure::world_share)},
    };
    for (GradientCase& c : list) {
        const std::string name = c.name;
        const auto has = [&](const char* word) { return name.find(word) != std::string::npos; };
        c.options.marketing_region = "A";
        if (has("ricardian_elastic") || has("ricardian_income") || has("scale_income")) c.options.labour_supply = 0.7;
        if (has("ricardian_scale")) c.options.scale_economies = true;
        if (has("income_tax")) c.options.revenue = Revenue::income_tax;
        if (has("lump_sum")) c.options.revenue = Revenue::lump_sum;
        if (has("partial")) c.options.pass_through = 0.25;
        if (has("given_scale")) c.options.scale_elasticity = 0.12;
        if (has("no_marketing")) c.options.marketing_labour = MarketingLabour::none;
        if (has("fixed_labour")) c.options.labour_supply = 0.0;
    }
    return list;
}

// The toy economy; for `melitz` its goods alone.
Economy economy_for(const ModelOptions& o) {
    Economy e = toy_economy();
    if (o.kind != ModelKind::melitz) return e;
    Economy one = e;
    one.sectors = IndexSet("sector", {"goods"});
    one.sector_titles = {"Goods"};
    one.goods = {1}, one.theta = {4.0}, one.sigma = {5.0}, one.psi = {0.1};
    one.trade = one.tariff = TradeTensor(3, 1);
    one.value_added_share = one.final_share = RegionSector(3, 1, 1.0);
    one.input_share = InputTensor(3, 1);
    for (int j = 0; j < 3; ++j)
        for (int i = 0; i < 3; ++i) one.trade(i, j, 0) = e.trade(i, j, 0), one.tariff(i, j, 0) = e.tariff(i, j, 0);
    return one;
}

class Gradients : public ::testing::TestWithParam<GradientCase> {
protected:
    void SetUp() override {
        world_ = calibrate(economy_for(GetParam().options), GetParam().options).world;
        const int n = world_.n_regions(), m = world_.n_sectors();
        shock_.tariff = world_.tariff;
        shock_.trade_cost = TradeTensor(n, m, 1.0);
        shock_.productivity = RegionSector(n, m, 1.0);
        for (int s = 0; s < m; ++s) {
            for (int j = 0; j < n; ++j) {
                shock_.productivity(j, s) = 1.0 + 0.02 * j - 0.03 * s;
                for (int i = 0; i < n; ++i) {
                    if (i == j) continue;
                    if (s == 0) shock_.tariff(i, j, s) += 0.1 + 0.05 * i + 0.02 * j;
                    shock_.trade_cost(i, j, s) = 1.0 + 0.04 * i - 0.03 * j;
                }
            }
        }
        equilibrium_ = solve(world_, shock_);
    }

    // Compares every derivative; `size` is what the scalar is made of, so that a derivative of almost nothing is not
    // asked for nine digits.
    void compare(const Scalar& scalar, const ComplexStep& exact, const ComplexStep::Measure& measure, double size) {
        const Gradient g = gradient(world_, shock_, equilibrium_, scalar);
        EXPECT_LT(g.residual, 1e-11);
        const auto near = [&](double ours, double theirs, const std::string& what) {
            EXPECT_NEAR(ours, theirs, 1e-9 * std::max(std::abs(theirs), 1e-4 * size)) << what;
        };
        const int n = world_.n_regions(), m = world_.n_sectors();
        const auto cells = static_cast<std::size_t>(n) * static_cast<std::size_t>(n);
        for (int s = 0; s < m; ++s) {
            const auto sector = static_cast<std::size_t>(s);
            near(g.theta[sector], exact.derivative(&Parameters<Complex>::theta, sector, measure), "theta");
            for (int j = 0; j < n; ++j) {
                const std::size_t cell = sector * static_cast<std::size_t>(n) + static_cast<std::size_t>(j);
                near(g.productivity(j, s) / shock_.productivity(j, s),
                     exact.derivative(&Parameters<Complex>::productivity, cell, measure), "productivity");
                for (int i = 0; i < n; ++i) {
                    if (i == j) continue;
                    const std::size_t at = sector * cells + static_cast<std::size_t>(j * n + i);
                    near(g.tariff(i, j, s), exact.derivative(&Parameters<Complex>::tariff, at, measure), "tariff");
                    near(g.trade_cost(i, j, s) / shock_.trade_cost(i, j, s),
                         exact.derivative(&Parameters<Complex>::trade_cost, at, measure), "trade cost");
                }
            }
        }
        for (std::size_t j = 0; j < g.transfer.size() && world_.options.closure == Closure::fixed; ++j)
            near(g.transfer[j] - g.transfer[0],
                 exact.derivative(&Parameters<Complex>::transfer, j, measure) -
                     exact.derivative(&Parameters<Complex>::transfer, 0, measure),
                 "transfer");
    }

    World world_;
    Shock shock_;
    Equilibrium equilibrium_;
};

TEST_P(Gradients, MatchComplexSteps) {
    const ComplexStep exact(world_, shock_, equilibrium_);
    ASSERT_LT(exact.residual(), 1e-11) << "the printed equations do not hold at the engine's solution";
    const int n = world_.n_regions();
    const auto size = static_cast<std::size_t>(n);
    for (std::size_t j = 0; j < size; ++j)
        compare(
            log_welfare(world_, equilibrium_, static_cast<int>(j)), exact,
            [j](const Point<Complex>& p) { return std::log(p.welfare[j]); }, 1.0);
    const std::vector<double> weight = {0.5, 2.0, 1.0};
    compare(
        log_welfare(world_, equilibrium_, weight), exact,
        [&](const Point<Complex>& p) {
            return weight[0] * std::log(p.welfare[0]) + weight[1] * std::log(p.welfare[1]) +
                   weight[2] * std::log(p.welfare[2]);
        },
        1.0);
    compare(
        tariff_revenue(equilibrium_, 1), exact, [](const Point<Complex>& p) { return p.revenue[1]; },
        equilibrium_.revenue[1]);
    compare(
        bilateral_deficit(equilibrium_, 0, 1), exact,
        [&](const Point<Complex>& p) {
            Complex deficit = 0.0;
            for (std::size_t s = 0; s < p.flow.size() / (size * size); ++s)
                deficit += p.flow[(s * size + 0) * size + 1] - p.flow[(s * size + 1) * size + 0];
            return deficit;
        },
        20.0);
}

INSTANTIATE_TEST_SUITE_P(EveryModelAndOption, Gradients, ::testing::ValuesIn(cases()),
                         [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace detente::test
