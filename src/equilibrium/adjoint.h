// Gradients: the equations transposed at one equilibrium. One linear solve gives the derivative of a scalar in every
// tariff, trade cost, productivity, factor supply, transfer and elasticity at once.
//
// The Lagrangian of a scalar values a unit of money in every place of the economy (shadow prices). Everything below
// the market block is shared by the models: how tariffs, costs and elasticities enter shares and flows is the same.
#pragma once

#include <memory>
#include <vector>

#include "equilibrium/kernels.h"
#include "equilibrium/scalar.h"
#include "equilibrium/system.h"

namespace detente {

/// The trade block of an equilibrium in the layout of the kernels: [sector][importer][exporter], home included.
struct MarketTables {
    kernels::Shape shape;
    Eigen::ArrayXd flow;          ///< X', net of tariffs
    Eigen::ArrayXd share;         ///< pi'
    Eigen::ArrayXd theta;         ///< by cell
    Eigen::ArrayXd expenditure;   ///< E' by cell
    Eigen::ArrayXd net_total;     ///< sum_i X'_ijs by cell
    Eigen::ArrayXd output;        ///< Y' by cell
    Eigen::ArrayXd revenue_rate;  ///< 1 - net_total / E', the revenue in a unit of spending
    MarketTables(const World& world, const Equilibrium& equilibrium);
};

/// The values, to one scalar, of a unit of money in each place; 1 / money where nothing else is said.
struct ShadowPrices {
    Eigen::ArrayXd sale;    ///< of sales (exporter, sector), wherever they go; by cell
    Eigen::ArrayXd pair;    ///< of a flow, by [importer][exporter]: over the border, less the revenue forgone
    Eigen::ArrayXd spread;  ///< z by cell: what all exporters of a market lose when one grows, times E
    Eigen::ArrayXd supply;  ///< of ln C, the exporter's weight, by cell
    Eigen::ArrayXd price;   ///< of ln P by cell
    std::vector<double> transfer, profit, wage_bill;  ///< of a transfer received, of profits, of labour income
    std::vector<double> consumer_price;               ///< of ln P by region
    std::vector<double> employment;                   ///< of ln L by region
    double numeraire = 0.0;                           ///< of the numeraire condition
    int passes = 0;                                   ///< over the trade tensor
    double residual = 0.0;                            ///< largest, relative to the partial derivatives of the scalar
    Eigen::ArrayXd point;                             ///< of the linear system: a start for a neighbour

    /// Value of one more unit of flow, net of tariffs, at given spending: a_ijs.
    double flow(const kernels::Shape& shape, int i, int j, int s) const {
        return sale[shape.at(i, s)] + pair[static_cast<Eigen::Index>(j) * shape.padded + i];
    }
};

/// The partial derivatives of a scalar in the layout of the kernels.
struct PaddedScalar {
    Eigen::ArrayXd log_income, log_price, log_wage, log_employment, revenue;  ///< by region
    Eigen::ArrayXd sale;                                                      ///< by cell
    Eigen::ArrayXd flow;                                                      ///< [importer][exporter]
    double size = 1.0;  ///< the largest, in units of the scalar: residuals are relative to it
    PaddedScalar() = default;
    PaddedScalar(const MarketTables& markets, const Scalar& scalar);
};

/// The transposed equations of a model at one equilibrium, as a linear system of steps for the shared loop.
class AdjointSystem : public FixedPointSystem {
public:
    /// The scalar whose shadow prices are asked for; partial derivatives only, the value is not read.
    void set_scalar(const Scalar& scalar) { scalar_ = PaddedScalar(markets_, scalar); }
    virtual ShadowPrices shadow_prices(const Eigen::ArrayXd& x) = 0;
    const MarketTables& markets() const { return markets_; }
    /// True where steps are Newton's, by an exact derivative: the last one is worth taking.
    virtual bool newton() const { return false; }
    std::string worst() const override { return "transposed equations"; }
    bool admissible(const Eigen::ArrayXd&) const override { return true; }

protected:
    AdjointSystem(const World& world, const Equilibrium& equilibrium) : markets_(world, equilibrium) {}
    MarketTables markets_;
    PaddedScalar scalar_;
};

/// Solves for the shadow prices of `scalar`; `start` may come from a neighbouring equilibrium or scalar. Throws a
/// solve error where the tolerance (relative to the scalar's partial derivatives) is not reached.
ShadowPrices shadow_prices(AdjointSystem& system, const Scalar& scalar, const SolverOptions& options = {},
                           const ShadowPrices* start = nullptr);

/// d / d ln K_ijs: what a larger weight of one exporter in one market is worth.
double weight_value(const MarketTables& markets, const ShadowPrices& prices, int i, int j, int s);
/// ln of the change of 1 + t from the base: mostly nothing, and then no logarithm.
double log_tariff_change(const World& world, const Equilibrium& equilibrium, int i, int j, int s);

/// The transposed system at an equilibrium of `world`; both must outlive it.
std::unique_ptr<AdjointSystem> adjoint_system(const World& world, const Equilibrium& equilibrium, const Job& job = {});

/// Derivatives of one scalar of an equilibrium.
struct Gradient {
    double value = 0.0;
    TradeTensor tariff;         ///< per unit of the ad valorem rate
    TradeTensor trade_cost;     ///< per unit of the log of an iceberg factor
    RegionSector productivity;  ///< per unit of ln T
    /// Per unit of ln V by region; empty in a model without factor supply.
    std::vector<double> factor_supply;
    std::vector<double> transfer;  ///< per unit of money (closure `fixed`)
    /// Per unit of the trade elasticity (`krugman`: of sigma), the base's tables held: what the model
    /// calibrates from the elasticity (profits, firms' entry) moves with it.
    std::vector<double> theta;
    int passes = 0;  ///< over the trade tensor
    double residual = 0.0;
};

/// Everything at once: one linear solve.
Gradient gradient(const World& world, const Shock& shock, const Equilibrium& equilibrium, const Scalar& scalar,
                  const SolverOptions& options = {});

}  // namespace detente
