// K = pi kappa^-theta: the trade tensor of one shock, formed once, in the layout of the kernels.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "equilibrium/kernels.h"
#include "equilibrium/model.h"

namespace detente {

/// [sector][importer][exporter], padded; home sales stand apart (see `kernels::Sweep`).
struct TradeWeights {
    Eigen::ArrayXd gross;              ///< K = pi (tau hat^phi d hat)^-theta T hat, zero where i = j
    Eigen::ArrayXd net;                ///< K / (1 + t'), zero where i = j
    Eigen::ArrayXd home;               ///< K_ii by cell
    std::vector<unsigned char> taxed;  ///< by sector: 1 where `net` differs from `gross`
};

/// Powers only in markets where a cost changed. `base_share`: that of `BaseTables`.
TradeWeights trade_weights(const kernels::Shape& shape, const Eigen::ArrayXd& base_share, const World& world,
                           const Shock& shock);

}  // namespace detente
