// Worlds of the two models of variety.
#include <fmt/format.h>

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/anderson.h"
#include "equilibrium/calibrate.h"

namespace detente {
namespace {

double sum(const std::vector<double>& list) {
    return std::accumulate(list.begin(), list.end(), 0.0);
}

// Without intermediate inputs spending is final: its shares are those of the flows.
void final_shares_of_spending(World& w) {
    w.value_added_share = RegionSector(w.n_regions(), w.n_sectors(), 1.0);
    w.input_share = InputTensor();
    w.final_share = RegionSector(w.n_regions(), w.n_sectors());
    for (int j = 0; j < w.n_regions(); ++j) {
        double& total = w.income[static_cast<std::size_t>(j)];
        total = 0.0;
        for (int s = 0; s < w.n_sectors(); ++s) total += w.expenditure(j, s);
        if (!(total > 0.0)) refuse_economy(fmt::format("{} spends nothing", w.regions[j]));
        for (int s = 0; s < w.n_sectors(); ++s) w.final_share(j, s) = w.expenditure(j, s) / total;
    }
}

// What foreigners' marketing costs of what everyone but the region with a share of its own sells, and of what it sells.
constexpr double rest_target = 0.12, own_target = 0.26;

// Two groups of countries, 1 the rest of the world and 2 the region with a marketing share of its own; their shares
// nu solve two targets: marketing of foreigners is 12 % of what the rest sells, and 26 % of what the region sells
// (Ignatenko et al. 2025, calibration; docs/melitz.md, "Calibration").
class MarketingShares final : public FixedPointSystem {
public:
    MarketingShares(const Economy& economy, const std::vector<double>& gdp, int region) {
        for (int j = 0; j < economy.n_regions(); ++j) {
            gdp_[j == region] += gdp[static_cast<std::size_t>(j)];
            for (int i = 0; i < economy.n_regions(); ++i)
                if (i != j) flow_(i == region, j == region) += economy.trade(i, j, 0);
        }
    }

    Eigen::Index size() const override { return 2; }
    bool admissible(const Eigen::ArrayXd& nu) const override { return (nu > -1.0).all() && (nu < 1.0).all(); }
    const Eigen::ArrayXd& weights() const override { return weights_; }
    std::string worst() const override { return "marketing shares"; }

    double evaluate(const Eigen::ArrayXd& nu, Eigen::ArrayXd& step) override {
        double home[2];
        for (int r = 0; r < 2; ++r) {
            const double sales = (flow_.row(r).transpose().array() * (1.0 - nu)).sum();
            const double spending = gdp_[r] + (1.0 - nu[r]) * (flow_.col(r).sum() - sales);
            const double own = spending - flow_(1 - r, r);
            home[r] = own / (own + flow_(r, 1 - r));
        }
        Eigen::Matrix2d weights;
        weights << home[0], 1.0 - home[0], 1.0 - home[1], home[1];
        const Eigen::Vector2d targets(rest_target, own_target);
        step = weights.partialPivLu().solve(targets).array() - nu;
        return step.abs().maxCoeff();
    }

private:
    double gdp_[2] = {0.0, 0.0};
    Eigen::Matrix2d flow_ = Eigen::Matrix2d::Zero();
    Eigen::ArrayXd weights_ = Eigen::ArrayXd::Ones(2);
};

// The shares with a group of its own for `region`.
std::vector<double> marketing_shares(const Economy& economy, const std::vector<double>& gdp, int region) {
    std::vector<double> nu(gdp.size());
    MarketingShares system(economy, gdp, region);
    Eigen::ArrayXd shares(2);
    shares << 0.1, 0.24;
    FixedPointOptions steps;
    steps.tolerance = 1e-15;
    steps.acceptable = 1e-12;
    const FixedPointReport report = solve_fixed_point(system, shares, steps);
    if (!report.converged)
        refuse_economy(fmt::format("no marketing shares meet their targets with a share of its own for {}",
                                   economy.regions[region]));
    for (std::size_t j = 0; j < nu.size(); ++j) nu[j] = std::max(0.0, shares[static_cast<int>(j) == region ? 1 : 0]);
    return nu;
}

std::vector<double> marketing_shares(const Economy& economy, const std::vector<double>& gdp,
                                     const ModelOptions& options) {
    if (options.marketing_labour == MarketingLabour::none) return std::vector<double>(gdp.size(), 0.0);
    return marketing_shares(economy, gdp,
                            economy.regions.at(options.marketing_region, Place{"", 0, "model.marketing_region"}));
}

// The shares by which home sales are built: they are data, so that no option of a counterfactual has a say. The US has
// a share of its own, as in the paper; in a world without it one share does for all, and it is the target.
std::vector<double> home_sales_shares(const Economy& economy, const std::vector<double>& gdp) {
    if (!economy.regions.contains("USA")) return std::vector<double>(gdp.size(), rest_target);
    return marketing_shares(economy, gdp, economy.regions.at("USA"));
}

std::vector<double> gross_domestic_product(const Economy& economy) {
    const auto column = economy.region_columns.find("gdp");
    if (column != economy.region_columns.end()) return column->second;
    if (!economy.value_added.empty()) return economy.value_added;
    return labour_income(economy);
}

// Step 3: spending is GDP and the transfer, and what is not imported is bought at home; negative home sales are 0.
Economy with_home_sales(const Economy& economy, const std::vector<double>& gdp) {
    const std::vector<double> nu = home_sales_shares(economy, gdp);
    Economy out = economy;
    const int n = economy.n_regions();
    for (int j = 0; j < n; ++j) {
        const auto at = static_cast<std::size_t>(j);
        double imports = 0.0, earned = 0.0;
        for (int i = 0; i < n; ++i) {
            if (i == j) continue;
            imports += economy.trade(i, j, 0);
            earned += (1.0 - nu[static_cast<std::size_t>(i)]) * economy.trade(j, i, 0);
        }
        const double transfer = (1.0 - nu[at]) * (imports - earned);
        out.trade(j, j, 0) = std::max(0.0, gdp[at] + transfer - imports);
    }
    return out;
}

// More work brings more entry and a larger scale, hence lower prices and more work. Alone in the world
// l = l^(kappa (phi - 1 + psi)); where a region pays a surplus abroad, its spending moves more than its earnings, by
// Y / E. There is one stable answer only where that power is below 1.
void check_feedback(const World& w) {
    const double kappa = w.options.labour_supply;
    for (std::size_t j = 0; j < w.income.size(); ++j) {
        const double per_work = (w.pass_through[j] - 1.0) * std::max(1.0, w.labour_income[j] / w.income[j]) + w.psi[0];
        if (!(kappa * per_work < 1.0))
            refuse_economy(
                fmt::format("employment in {} would feed on itself through the entry of firms: "
                            "labour_supply = {:.4g} must stay below {:.4g} there",
                            w.regions[static_cast<int>(j)], kappa, 1.0 / per_work));
    }
}

bool has_home_sales(const Economy& economy) {
    for (int j = 0; j < economy.n_regions(); ++j)
        if (economy.trade(j, j, 0) > 0.0) return true;
    return false;
}

}  // namespace

World krugman_world(const Economy& economy, const ModelOptions& options) {
    if (economy.sigma.empty() && economy.theta.empty())
        refuse_economy("the krugman model needs elasticities of substitution (sigma) or trade elasticities (theta)");
    World w = world_of_flows(economy, options);
    final_shares_of_spending(w);
    const auto m = static_cast<std::size_t>(w.n_sectors());
    w.theta.resize(m), w.profit_share.resize(m);
    for (std::size_t s = 0; s < m; ++s) {
        const double sigma = economy.sigma.empty() ? 1.0 + economy.theta[s] : economy.sigma[s];
        if (!(sigma > 1.0) || !std::isfinite(sigma))
            refuse_economy(fmt::format("sigma of {} is {}; the krugman model needs more than 1",
                                       w.sectors[static_cast<int>(s)], sigma));
        w.theta[s] = sigma - 1.0;
        w.profit_share[s] = 1.0 / sigma;
    }
    for (int j = 0; j < w.n_regions(); ++j) {
        const auto at = static_cast<std::size_t>(j);
        double sales = 0.0;
        for (int s = 0; s < w.n_sectors(); ++s) {
            sales += w.output(j, s);
            w.profit[at] += w.profit_share[static_cast<std::size_t>(s)] * w.output(j, s);
        }
        w.labour_income[at] = sales - w.profit[at];
        w.transfer[at] = w.income[at] - w.revenue[at] - sales;
    }
    w.numeraire = sum(w.labour_income);
    return w;
}

World melitz_world(const Economy& economy, const ModelOptions& options) {
    if (economy.n_sectors() != 1)
        refuse_economy(
            fmt::format("the melitz model has one sector, and this economy has {}; `detente economy "
                        "aggregate` merges them",
                        economy.n_sectors()));
    if (!(options.trade_elasticity > 0.0)) refuse_economy("the melitz model needs a positive trade elasticity");
    const std::vector<double> gdp = gross_domestic_product(economy);
    for (int j = 0; j < economy.n_regions(); ++j)
        if (!(gdp[static_cast<std::size_t>(j)] > 0.0)) refuse_economy(fmt::format("{} has no GDP", economy.regions[j]));
    const std::vector<double> nu = marketing_shares(economy, gdp, options);
    World w = world_of_flows(has_home_sales(economy) ? economy : with_home_sales(economy, gdp), options);
    final_shares_of_spending(w);
    w.marketing_share = nu;
    w.theta.assign(1, options.trade_elasticity);
    w.psi.assign(1, options.scale_elasticity.value_or(0.67 / options.trade_elasticity));
    // phi = rho + (1+theta)/((1-nu) theta) - 1/theta - 1, theta = 1/psi the dispersion of firms.
    const double dispersion = w.psi[0];
    for (std::size_t j = 0; j < nu.size(); ++j)
        w.pass_through[j] = options.pass_through + (dispersion + 1.0) / (1.0 - nu[j]) - dispersion - 1.0;
    // Step 4: Y is what is earned abroad net of marketing there, and marketing at home; T is what spending adds.
    for (int i = 0; i < w.n_regions(); ++i) {
        const auto at = static_cast<std::size_t>(i);
        double earned = 0.0;
        for (int j = 0; j < w.n_regions(); ++j)
            earned += (1.0 - nu[static_cast<std::size_t>(j)]) * w.flow(i, j, 0) + nu[at] * w.flow(j, i, 0);
        w.labour_income[at] = earned;
        w.transfer[at] = w.income[at] - w.revenue[at] - earned;
        if (!(earned > 0.0)) refuse_economy(fmt::format("{} earns nothing", w.regions[i]));
    }
    check_feedback(w);
    w.price_weight = w.income;
    w.numeraire = sum(w.price_weight);
    return w;
}

}  // namespace detente
