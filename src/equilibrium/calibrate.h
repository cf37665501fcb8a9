// What models share on the way from the tables of an economy to a world at them; `calibrate` checks and solves it.
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

/// For models without intermediate inputs: all spending is final, in the shares of the flows, and income is spending.
void spend_on_final_goods(World& world);

}  // namespace detente
