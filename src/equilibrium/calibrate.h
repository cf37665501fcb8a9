// From the tables of an economy to a world at them: one function for each model, checked and solved by `calibrate`.
#pragma once

#include "equilibrium/model.h"

namespace detente {

/// Why an economy cannot be solved; `calibrate` makes an input error of it that names the economy and the model.
struct Refusal {
    std::string reason;
};
/// Throws it.
[[noreturn]] void refuse_economy(const std::string& reason);

/// What every model reads alike: names, flows, tariffs, shares of spending, output, revenue. The rest is neutral: no
/// profits, no marketing, full pass-through, fixed employment.
World world_of_flows(const Economy& economy, const ModelOptions& options);

/// Caliendo and Parro's world: input-output links, labour income by value added.
World ricardian_world(const Economy& economy, const ModelOptions& options);
/// Ossa's world: profits 1/sigma of sales, trade elasticity sigma - 1, all spending final. Needs `sigma`, or takes
/// 1 + theta.
World krugman_world(const Economy& economy, const ModelOptions& options);
/// Ignatenko et al.'s world: one sector, home sales and transfers from GDP, marketing shares by their two targets.
World melitz_world(const Economy& economy, const ModelOptions& options);

}  // namespace detente
