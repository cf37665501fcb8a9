// Gradients by the transposed equations against complex steps through the equations as printed, for every model and
// option.
#include <gtest/gtest.h>

#include "equilibrium/adjoint.h"
#include "equilibrium/printed_equations.h"
#include "models_under_test.h"
#include "support.h"

namespace detente::test {
namespace {

struct GradientCase {
    std::string name;
    ModelOptions options;
};

Economy economy_for(const Model& model) {
    return testing::suited_to(model, toy_economy());
}

std::string in_name(const OptionValue& value) {
    if (const bool* flag = std::get_if<bool>(&value)) return *flag ? "on" : "off";
    return std::holds_alternative<double>(value) ? "moved" : std::get<std::string>(value);
}

// Values that are not the default; a region is moved to another.
std::vector<OptionValue> others(const ModelOption& option, const ModelOptions& options, const Economy& e) {
    const OptionValue now = option.value(options);
    switch (option.kind) {
        case ModelOption::Kind::flag:
            return {!std::get<bool>(now)};
        case ModelOption::Kind::number:
            return {0.6 * std::get<double>(now) + 0.12};
        case ModelOption::Kind::region:
            return {e.regions[1]};
        default: {
            std::vector<OptionValue> list;
            for (const std::string& choice : option.choices)
                if (OptionValue(choice) != now) list.emplace_back(choice);
            return list;
        }
    }
}

// Every model under every closure, each of its options away from the default, and what only shows together.
std::vector<GradientCase> cases() {
    std::vector<GradientCase> list;
    for (const Model* model : testing::models_under_test().rows()) {
        const Economy e = economy_for(*model);
        for (const Closure closure : {Closure::fixed, Closure::world_share, Closure::balanced})
            list.push_back({model->name + "_" + to_string(closure), testing::options_for(*model, e, closure)});
        for (const ModelOption& option : model->options) {
            for (const OptionValue& value : others(option, testing::options_for(*model, e), e)) {
                list.push_back(
                    {model->name + "_" + option.name + "_" + in_name(value), testing::options_for(*model, e)});
                list.back().options.set(option.name, value);
            }
        }
    }
    const auto add = [&](const char* name, const char* model, Closure closure, double labour_supply, Revenue revenue,
                         bool scale) {
        const Model& row = built_in_models().at(model);
        ModelOptions o = testing::options_for(row, economy_for(row), closure);
        o.labour_supply = labour_supply, o.revenue = revenue, o.scale_economies = scale;
        list.push_back({name, o});
    };
    add("elastic_world_share", "ricardian", Closure::world_share, 0.7, Revenue::lump_sum, false);
    add("elastic_income_tax", "ricardian", Closure::fixed, 0.7, Revenue::income_tax, false);
    add("elastic_scale_income_tax", "ricardian", Closure::world_share, 0.7, Revenue::income_tax, true);
    add("fixed_labour_melitz", "melitz", Closure::world_share, 0.0, Revenue::income_tax, false);
    return list;
}

class Gradients : public ::testing::TestWithParam<GradientCase> {
protected:
    void SetUp() override {
        world_ = calibrate(economy_for(*GetParam().options.model), GetParam().options).world;
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
        if (world_.model().factor_supply) shock_.factor_supply = {1.1, 0.9, 1.25};
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
        EXPECT_EQ(g.factor_supply.size(), shock_.factor_supply.size());
        // What more of the factor earns, less what it costs all wages: two large numbers.
        for (std::size_t j = 0; j < g.factor_supply.size(); ++j) {
            const double theirs = exact.derivative(&Parameters<Complex>::factor_supply, j, measure);
            EXPECT_NEAR(g.factor_supply[j] / shock_.factor_supply[j], theirs,
                        1e-9 * std::max(std::abs(theirs), 1e-2 * size))
                << "factor supply";
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
                         [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace detente::test
