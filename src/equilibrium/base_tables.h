// The tables of a base in the layout of the kernels. No parameter is in them: worlds that differ in elasticities alone
// share them.
#pragma once

#include <Eigen/Core>
#include <memory>

#include "equilibrium/kernels.h"
#include "equilibrium/model.h"

namespace detente {

/// Padded, [sector][region]; zero in the padding.
struct BaseTables {
    kernels::Shape shape;
    Eigen::ArrayXd beta, alpha;          ///< shares of value added and of final demand
    Eigen::ArrayXd gamma;                ///< [sector][input][region]; empty without intermediate inputs
    Eigen::ArrayXd share;                ///< pi [sector][importer][exporter]
    Eigen::ArrayXd expenditure, output;  ///< E and Y, money; no output where it is nothing to speak of
    double lowest_tariff = 0.0, highest_tariff = 0.0;
    explicit BaseTables(const World& world);
};

/// Those of the world, built on the first call.
std::shared_ptr<const BaseTables> base_tables(const World& world);

}  // namespace detente
