// The model of Ignatenko, Lashkaripour, Macedoni and Simonovska (2025, JIE): its world and its row; the equations are
// those of variety_system.h.
#include <fmt/format.h>

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/anderson.h"
#include "equilibrium/adjoint.h"
#include "equilibrium/calibrate.h"
#include "equilibrium/models/built_in.h"
#include "equilibrium/models/variety_system.h"

namespace detente {
namespace {

double sum(const std::vector<double>& list) {
    return std::accumulate(list.begin(), list.end(), 0.0);
}

// Firms pay labour of the destination for marketing; without, it is the Eaton-Kortum-Krugman variant with fixed
// deficits and full pass-through.
bool marketed(const ModelOptions& options) {
    return options.text("marketing_labour") == "calibrated";
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
    if (!marketed(options)) return std::vector<double>(gdp.size(), 0.0);
    return marketing_shares(
        economy, gdp, economy.regions.at(options.text("marketing_region"), Place{"", 0, "model.marketing_region"}));
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

World melitz_world(const Economy& economy, const ModelOptions& options) {
    const std::vector<double> gdp = gross_domestic_product(economy);
    for (int j = 0; j < economy.n_regions(); ++j)
        if (!(gdp[static_cast<std::size_t>(j)] > 0.0)) refuse_economy(fmt::format("{} has no GDP", economy.regions[j]));
    const std::vector<double> nu = marketing_shares(economy, gdp, options);
    World w = world_of_flows(has_home_sales(economy) ? economy : with_home_sales(economy, gdp), options);
    spend_on_final_goods(w);
    w.marketing_share = nu;
    w.theta.assign(1, options.number("trade_elasticity"));
    w.psi.assign(1, options.number("scale_elasticity"));
    // phi = rho + (1+theta)/((1-nu) theta) - 1/theta - 1, theta = 1/psi the dispersion of firms.
    const double dispersion = w.psi[0], through = options.number("pass_through");
    for (std::size_t j = 0; j < nu.size(); ++j)
        w.pass_through[j] = through + (dispersion + 1.0) / (1.0 - nu[j]) - dispersion - 1.0;
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

// What is calibrated from the trade elasticity: psi = 0.67 / epsilon unless it is given, and phi_j = rho +
// (1 + psi)/(1 - nu_j) - psi - 1.
void add_scale_and_entry(const World& w, const Equilibrium& e, const MarketTables& m, const ShadowPrices& p,
                         std::vector<double>& theta) {
    if (w.options.gives("scale_elasticity")) return;
    double per_psi = 0.0;
    for (int j = 0; j < w.n_regions(); ++j) {
        const auto at = static_cast<std::size_t>(j);
        const double nu = w.marketing_share[at];
        double per_pass_through = -p.consumer_price[at] * std::log(e.income_hat[at] / e.wage_hat[at]);
        for (int i = 0; i < w.n_regions(); ++i) {
            const double change = i == j ? 0.0 : log_tariff_change(w, e, i, j, 0);
            if (change != 0.0) per_pass_through -= weight_value(m, p, i, j, 0) * w.theta[0] * change;
        }
        per_psi += p.supply[m.shape.at(j, 0)] * w.theta[0] * std::log(e.employment_hat[at]) +
                   per_pass_through * nu / (1.0 - nu);
    }
    theta[0] -= per_psi * w.psi[0] / w.theta[0];
}

// Elasticities are options here; without one of its own psi follows theta, and their product stays by itself.
void scale_options(Economy&, ModelOptions& options, const std::vector<double>& factor, bool hold_product) {
    options.set("trade_elasticity", options.number("trade_elasticity") * factor[0]);
    if (hold_product && options.gives("scale_elasticity"))
        options.set("scale_elasticity", options.number("scale_elasticity") / factor[0]);
}

std::string assumptions(const World& w, const Economy&) {
    const std::string text =
        fmt::format(": one sector, firms choose where to sell, trade elasticity {:g}.", w.theta[0]);
    if (!marketed(w.options))
        return text +
               " Marketing costs are left out (the Eaton-Kortum-Krugman variant): trade deficits follow world "
               "income.";
    const std::string region = w.options.text("marketing_region");
    const int own = w.regions.at(region);
    double other = 0.0;
    for (int j = 0; j < w.n_regions(); ++j)
        if (j != own) other = w.marketing_share[static_cast<std::size_t>(j)];
    return text + fmt::format(
                      " Of what a market sells, {:.3g} % pays for marketing by labour there in {} and {:.3g} % "
                      "elsewhere, so that trade deficits answer to policy.",
                      100.0 * w.marketing_share[static_cast<std::size_t>(own)], region, 100.0 * other);
}

TransferWords transfers(const ModelOptions& options) {
    if (!marketed(options)) return {};
    return {"The part of trade deficits that marketing does not explain",
            "the parts of trade deficits that marketing does not explain", true};
}

std::string home_sales_note(const World& world) {
    double total = 0.0;
    for (int j = 0; j < world.n_regions(); ++j) total += world.flow(j, j, 0);
    return fmt::format("Home sales are those that the melitz model builds from GDP, {:.4g} in all.", total);
}

ModelOption number(const char* name, const char* text, double otherwise, double low, double high) {
    ModelOption option;
    option.name = name, option.text = text, option.otherwise = otherwise, option.low = low, option.high = high;
    return option;
}

std::vector<ModelOption> options() {
    ModelOption scale = number("scale_elasticity", "psi, of productivity to employment", 0.0, 1e-6, 10.0);
    scale.derived = [](const ModelOptions& o) { return 0.67 / o.number("trade_elasticity"); };
    scale.derivation = "0.67 / trade_elasticity";
    ModelOption marketing;
    marketing.name = "marketing_labour", marketing.kind = ModelOption::Kind::choice;
    marketing.text = "who markets in a foreign country: labour there in the calibrated share of sales, or nobody";
    marketing.choices = {"calibrated", "none"}, marketing.otherwise = "calibrated";
    ModelOption elasticity = number("trade_elasticity", "epsilon, of trade to cost", 4.0, 0.1, 100.0);
    elasticity.stands_for_theta = true;
    ModelOption region;
    region.name = "marketing_region", region.kind = ModelOption::Kind::region, region.otherwise = "USA";
    region.text = "the region with a marketing share of its own; all others have one together";
    region.applies = marketed;
    return {labour_supply_option(0.5),
            revenue_option(Revenue::income_tax),
            elasticity,
            scale,
            number("pass_through", "rho, of a firm's tariff into its price", 1.0, 0.0, 10.0),
            marketing,
            region};
}

}  // namespace

const Model& melitz_model() {
    static const Model row = [] {
        Model m;
        m.name = "melitz", m.title = "Ignatenko, Lashkaripour, Macedoni and Simonovska (2025)";
        m.numeraire = "world consumer prices";
        m.closure = Closure::world_share;
        m.options = options();
        m.one_sector = m.deficits_follow_trade = m.transfers_follow_labour = m.factor_supply = true;
        m.world = melitz_world, m.linearise = linearise_variety, m.certify = certify_variety;
        m.add_theta = add_scale_and_entry, m.scale_elasticities = scale_options;
        m.assumptions = assumptions, m.transfers = transfers, m.note = home_sales_note;
        return m;
    }();
    return row;
}

}  // namespace detente
