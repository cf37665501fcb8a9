// Scalars of an equilibrium and their partial derivatives: what gradients are taken of.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "equilibrium/model.h"

namespace detente {

/// A scalar of an equilibrium, as its value and its partial derivatives with respect to the quantities that the
/// equations of the models link; tables that stay empty are zero.
struct Scalar {
    double value = 0.0;
    std::vector<double> log_income;      ///< by region: d / d ln I
    std::vector<double> log_price;       ///< d / d ln P, the consumer price
    std::vector<double> log_wage;        ///< d / d ln w
    std::vector<double> log_employment;  ///< d / d ln l
    std::vector<double> revenue;         ///< per unit of tariff revenue, 1 / money
    RegionSector sale;                   ///< per unit of sales (exporter, sector) net of tariffs, 1 / money
    Eigen::MatrixXd flow;                ///< per unit of flow (exporter, importer) in any sector, 1 / money

    explicit Scalar(int regions);
    /// Adds `factor` times another scalar.
    void add(const Scalar& other, double factor);
};

/// ln of welfare, exact, of one region.
Scalar log_welfare(const World& world, const Equilibrium& equilibrium, int region);
/// sum_j weight_j ln W_j.
Scalar log_welfare(const World& world, const Equilibrium& equilibrium, const std::vector<double>& weight);
/// Tariff revenue of one region, money.
Scalar tariff_revenue(const Equilibrium& equilibrium, int region);
/// Imports of `importer` from `exporter` less what it sells there, net of tariffs, money.
Scalar bilateral_deficit(const Equilibrium& equilibrium, int importer, int exporter);

}  // namespace detente
