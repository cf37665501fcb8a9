// The model of Ossa (2014, AER 104): its world and its row; the equations are those of variety_system.h.
#include <fmt/format.h>

#include <cmath>
#include <numeric>

#include "equilibrium/adjoint.h"
#include "equilibrium/calibrate.h"
#include "equilibrium/models/built_in.h"
#include "equilibrium/models/variety_system.h"

namespace detente {
namespace {

// Profits 1/sigma of sales, trade elasticity sigma - 1, all spending final. Needs `sigma`, or takes 1 + theta.
World krugman_world(const Economy& economy, const ModelOptions& options) {
    if (economy.sigma.empty() && economy.theta.empty())
        refuse_economy("the krugman model needs elasticities of substitution (sigma) or trade elasticities (theta)");
    World w = world_of_flows(economy, options);
    spend_on_final_goods(w);
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
    w.numeraire = std::accumulate(w.labour_income.begin(), w.labour_income.end(), 0.0);
    return w;
}

// Profits are 1/sigma of sales, and labour's income in the base is the rest.
void add_profit_share(const World& w, const Equilibrium& e, const MarketTables&, const ShadowPrices& p,
                      std::vector<double>& theta) {
    for (int s = 0; s < w.n_sectors(); ++s) {
        const auto sector = static_cast<std::size_t>(s);
        double per_share = 0.0;
        for (int i = 0; i < w.n_regions(); ++i) {
            const auto at = static_cast<std::size_t>(i);
            per_share += p.profit[at] * e.output(i, s) -
                         p.wage_bill[at] * e.wage_hat[at] * e.employment_hat[at] * w.output(i, s) +
                         p.numeraire * w.output(i, s) / w.numeraire;
        }
        theta[sector] -= per_share * w.profit_share[sector] * w.profit_share[sector];
    }
}

std::string assumptions(const World&, const Economy& economy) {
    std::string text =
        ": monopolistic competition with a fixed number of firms in every sector and region, so that profits stay; "
        "labour mobile across sectors and not across regions, no intermediate inputs, tariff revenue returned to the "
        "region that raises it.";
    if (economy.sigma.empty())
        text += " The economy has no elasticities of substitution: one plus its trade elasticity is taken.";
    return text;
}

}  // namespace

const Model& krugman_model() {
    static const Model row = [] {
        Model m;
        m.name = "krugman", m.title = "Ossa (2014)", m.numeraire = "world labour income";
        m.closure = Closure::balanced;
        m.profits = m.factor_supply = m.accumulation = true;
        m.world = krugman_world, m.linearise = linearise_variety, m.certify = certify_variety;
        m.add_theta = add_profit_share;
        m.assumptions = assumptions;
        return m;
    }();
    return row;
}

}  // namespace detente
