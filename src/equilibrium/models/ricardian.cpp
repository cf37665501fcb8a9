// The model of Caliendo and Parro (2015, REStud 82): its world and its row; the equations are those of
// ricardian_system.h.
#include <fmt/format.h>

#include <cmath>
#include <numeric>

#include "equilibrium/calibrate.h"
#include "equilibrium/models/built_in.h"
#include "equilibrium/models/ricardian_system.h"

namespace detente {
namespace {

void check_elasticities(const Economy& economy, const ModelOptions& options) {
    if (economy.theta.empty())
        refuse_economy("it has no trade elasticities (theta); give them when importing (--theta or --theta-file)");
    if (options.scale_economies && economy.psi.empty())
        refuse_economy("scale_economies needs scale elasticities (psi), which it does not have");
    for (int s = 0; s < economy.n_sectors(); ++s) {
        const auto at = static_cast<std::size_t>(s);
        if (!(economy.theta[at] > 0.0) || !std::isfinite(economy.theta[at]))
            refuse_economy(
                fmt::format("theta of {} is {}; it must be positive", economy.sectors[s], economy.theta[at]));
        if (options.scale_economies && !(economy.theta[at] * economy.psi[at] < 1.0))
            refuse_economy(fmt::format(
                "scale economies of {} are too strong: theta * psi = {:.4g} * {:.4g} = {:.4g}, and it must stay below "
                "1",
                economy.sectors[s], economy.theta[at], economy.psi[at], economy.theta[at] * economy.psi[at]));
    }
}

// Input-output links, labour income by value added.
World ricardian_world(const Economy& economy, const ModelOptions& options) {
    World w = world_of_flows(economy, options);
    w.value_added_share = economy.value_added_share;
    w.input_share = economy.input_share, w.final_share = economy.final_share, w.theta = economy.theta;
    if (options.scale_economies) w.psi = economy.psi;
    w.labour_income = labour_income(economy), w.transfer = trade_deficit(economy);
    w.numeraire = std::accumulate(w.labour_income.begin(), w.labour_income.end(), 0.0);
    for (std::size_t j = 0; j < w.income.size(); ++j) w.income[j] = w.labour_income[j] + w.revenue[j] + w.transfer[j];
    // Published deficits can miss zero in their last digit; Walras' law needs the sum to be nothing.
    const double total = std::accumulate(w.transfer.begin(), w.transfer.end(), 0.0);
    if (std::abs(total) <= 1e-9 * w.numeraire)
        for (std::size_t j = 0; j < w.transfer.size(); ++j) w.transfer[j] -= total * w.labour_income[j] / w.numeraire;
    return w;
}

std::string assumptions(const World& world, const Economy&) {
    std::string text = " with input-output links as in the data, perfect competition";
    if (world.options.scale_economies) text += " and external scale economies by sector";
    return text +
           ", labour mobile across sectors and not across regions, tariff revenue returned to the region that raises "
           "it.";
}

}  // namespace

const Model& ricardian_model() {
    static const Model row = [] {
        Model m;
        m.name = "ricardian", m.title = "Caliendo and Parro (2015)", m.numeraire = "world value added";
        m.options = {scale_economies_option(), labour_supply_option(0.0), revenue_option(Revenue::lump_sum)};
        m.intermediate_inputs = m.sector_scale = m.factor_supply = m.accumulation = m.welfare_parts = true;
        m.check = check_elasticities;
        m.world = ricardian_world, m.linearise = linearise_ricardian, m.certify = certify_ricardian;
        m.assumptions = assumptions;
        return m;
    }();
    return row;
}

}  // namespace detente
