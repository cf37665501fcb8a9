// The equations of the ricardian model as one system of steps, and their derivative at the base.
#pragma once

#include <Eigen/LU>
#include <algorithm>
#include <string>
#include <vector>

#include "equilibrium/base_tables.h"
#include "equilibrium/kernels.h"
#include "equilibrium/system.h"
#include "equilibrium/trade_blocks.h"
#include "equilibrium/trade_weights.h"

namespace detente {

/// The base in the layout of the kernels, padded: its tables, which worlds of other elasticities share, and what is
/// this world's own.
struct RicardianBase {
    std::shared_ptr<const BaseTables> tables;
    kernels::Shape shape;
    const Eigen::ArrayXd &beta, &gamma, &alpha;  ///< of the tables
    const Eigen::ArrayXd &share, &expenditure, &output;
    Eigen::ArrayXd theta, scale;                      ///< theta and theta * psi of each cell
    Eigen::ArrayXd labour_income, transfer, revenue;  ///< padded N
    double world_value_added = 0.0, world_income = 0.0;
    bool input_output = true, scale_economies = false;
    explicit RicardianBase(const World& world);
};

/// The derivative of the equilibrium at a base, as far as the solver uses it: an approximate inverse of the
/// system's Jacobian. It only steers, so that a world near that one may borrow it. Prices and spending respond within a
/// region exactly (one S x S inverse a region) and across regions through the reduced Jacobian of excess labour demand
/// in wages (N x N).
struct RicardianLinearisation final : Linearisation {
    kernels::Shape shape;
    Eigen::ArrayXd home;          ///< X_ii / E_i by cell: the share of spending that is home sales
    Eigen::ArrayXd imported;      ///< imports net of tariffs over spending by cell
    Eigen::ArrayXd border_trade;  ///< what a region pays abroad: imports and, with a surplus, the transfer; N
    // Single precision: these only steer the steps, the residuals decide.
    Eigen::ArrayXf inverse;  ///< H = (I - diag(pi_jj) Gamma_j)^-1 by region, [row][column][region]
    Eigen::MatrixXf price_response, expenditure_response, labour_response;  ///< d(ln P, E, ln L) / d ln w, flat x N
    Eigen::PartialPivLU<Eigen::MatrixXd>
        reduced;  ///< LU of d (trade balance) / d ln w, relative to border trade; the numeraire in row `dropped`
    Eigen::Index dropped = 0;             ///< the region whose condition the others imply
    std::vector<TradeBlock> blocks;       ///< their balances stand in the place of their leaders'
    Eigen::ArrayXd own_scale;             ///< 1 - theta psi (1 - own-market weight), the diagonal of the scale block
    Eigen::MatrixXf employment_response;  ///< d ln L / d ln w, N x N; empty with fixed labour supply
    explicit RicardianLinearisation(const World& world, const Job& job = {});
    std::unique_ptr<EquilibriumSystem> system(const World& world, const Shock& shock, BalanceForm form) const override;
    std::unique_ptr<AdjointSystem> adjoint(const World& world, const Equilibrium& equilibrium) const override;
    double sensitivity() const override { return reduced.inverse().cwiseAbs().rowwise().sum().maxCoeff(); }
};

/// What a row needs of models with intermediate inputs: the derivative at the base, and the independent check.
std::shared_ptr<Linearisation> linearise_ricardian(const World& world, const Job& job);
Certificate certify_ricardian(const World& world, const Shock& shock, const Equilibrium& equilibrium);

/// The equations for one shock. Unknowns: ln w (N), ln P (NS), E (NS), with scale economies the labour of sectors
/// ln L (NS), and with elastic supply employment ln l (N).
///
/// The condition of a wage is written as the region's trade balance, exports - imports + D = 0, which the
/// spending equations make the same as labour's income: unlike that one it keeps its digits near autarky.
class RicardianSystem final : public EquilibriumSystem {
public:
    RicardianSystem(const World& world, const RicardianLinearisation& derivative, const Shock& shock,
                    BalanceForm form = BalanceForm::level);

    Eigen::Index size() const override { return size_; }
    double evaluate(const Eigen::ArrayXd& x, Eigen::ArrayXd& step) override;
    double distance(double residual) const override { return std::max(residual, farthest_); }
    bool admissible(const Eigen::ArrayXd& x) const override;
    const Eigen::ArrayXd& weights() const override { return weights_; }
    std::string worst() const override;

    Eigen::ArrayXd start() const override;
    Eigen::ArrayXd point(const Equilibrium& equilibrium) const override;
    Equilibrium equilibrium(const Eigen::ArrayXd& x, bool solved) override;

private:
    using Map = Eigen::Map<const Eigen::ArrayXd>;
    struct Residuals {
        Eigen::ArrayXd wage, price, expenditure, labour, employment;
    };
    void costs(const Map& wage, const Map& price);
    void labour_supply(const Eigen::ArrayXd& x, const Eigen::ArrayXd& wage_bill);
    Eigen::ArrayXd incomes(const Eigen::ArrayXd& wage_bill, const Eigen::ArrayXd& intermediate, const Map& spending);
    double measure(const Eigen::ArrayXd& x, const Eigen::ArrayXd& wage_bill, const Map& spending);
    void precondition(const Eigen::ArrayXd& wage_bill, Eigen::ArrayXd& step);
    Eigen::VectorXd excess(const Eigen::ArrayXd& wage_bill, const Eigen::ArrayXd& spending_step);

    const World& world_;
    const RicardianLinearisation& derivative_;
    RicardianBase base_;
    kernels::Shape shape_;
    Eigen::Index size_ = 0, price_at_ = 0, expenditure_at_ = 0, labour_at_ = 0, employment_at_ = 0;
    TradeTensor tariff_;
    TradeWeights trade_;
    Eigen::ArrayXd transfer_, log_factor_, weights_;  // log_factor_: ln V hat
    BalanceForm form_ = BalanceForm::level;
    bool world_share_ = false, elastic_ = false;
    // Work arrays, kept between evaluations.
    Eigen::ArrayXd log_cost_, supply_, price_sum_, import_sum_, per_weight_, demand_, output_, earned_, paid_,
        net_rate_, untaxed_share_, income_, revenue_, negligible_;
    double transfer_scale_ = 1.0;
    Residuals residual_;
    std::vector<BlockTrade> across_;             // by block
    double worst_value_ = 0.0, farthest_ = 0.0;  // largest residual, and largest |ln (earned / paid)|
    std::string worst_block_;
    Eigen::Index worst_cell_ = 0;
};

}  // namespace detente
