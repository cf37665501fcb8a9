// The equations of the two models of variety, `krugman` and `melitz`, as one system: no intermediate inputs, so
// that prices follow from wages and only 2N (with elastic labour 3N) unknowns remain.
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

/// The base in the layout of the kernels, padded, [sector][region] or by region: its tables, which worlds of other
/// elasticities share, and what is this world's own.
struct VarietyBase {
    std::shared_ptr<const BaseTables> tables;
    kernels::Shape shape;
    const Eigen::ArrayXd& share;                              ///< [sector][importer][exporter]
    const Eigen::ArrayXd& final_share;                        ///< mu by cell
    Eigen::ArrayXd theta, scale;                              ///< by cell: theta and theta * psi
    Eigen::ArrayXd income, labour_income, transfer, revenue;  ///< by region
    Eigen::ArrayXd kept;          ///< 1 - nu: what a sale earns abroad of its price, by destination
    Eigen::ArrayXd pass_through;  ///< phi
    double followed = 0.0;        ///< the income that transfers follow under `world_share`
    double kappa = 0.0;           ///< elasticity of labour supply
    bool income_tax = false;
    bool price_numeraire = false;  ///< world consumer prices stay, not world labour income
    explicit VarietyBase(const World& world);
};

/// The exact Jacobian of the system at a base: what the solver's steps and, transposed, adjoints are made of. It only
/// steers, so that a world near that one may borrow it.
struct VarietyLinearisation final : Linearisation {
    int size = 0;                 ///< of the unknowns
    Eigen::ArrayXd border_trade;  ///< what a region pays abroad, by region: balances are relative to it
    Eigen::MatrixXd jacobian;     ///< d residual / d (ln w, ln e, [ln l])
    Eigen::MatrixXf inverse;      ///< single precision: it only steers, the residuals decide
    Eigen::Index dropped = 0;     ///< the region whose balance the others imply; the numeraire stands there
    Eigen::ArrayXd gained;        ///< income but revenue: labour, profits, what is received; budgets are relative to it
    std::vector<TradeBlock> blocks;  ///< their balances stand in the place of their leaders'
    explicit VarietyLinearisation(const World& world, const Job& job = {});
    std::unique_ptr<EquilibriumSystem> system(const World& world, const Shock& shock, BalanceForm form) const override;
    std::unique_ptr<AdjointSystem> adjoint(const World& world, const Equilibrium& equilibrium) const override;
    double sensitivity() const override { return inverse.cwiseAbs().rowwise().sum().maxCoeff(); }
    int unknowns() const { return size; }
};

/// What a row needs of models without intermediate inputs: the derivative at the base, and the independent check.
std::shared_ptr<Linearisation> linearise_variety(const World& world, const Job& job);
Certificate certify_variety(const World& world, const Shock& shock, const Equilibrium& equilibrium);

/// Unknowns by region: ln w hat, ln e hat (income = spending) and, with elastic supply, ln l hat (employment).
/// Equations: the external balance, sum_j (1-nu_j) X_ij + T = (1-nu_i) sum_k X_ki over borders; the budget, income
/// = labour + profits + revenue + T; labour supply. They are the design's wage and budget conditions, one of them
/// taken off the other, so that the balance keeps its digits near autarky.
class VarietySystem final : public EquilibriumSystem {
public:
    VarietySystem(const World& world, const VarietyLinearisation& derivative, const Shock& shock, BalanceForm form);

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
    void markets(const Eigen::ArrayXd& x);
    void accounts();
    double measure();
    Eigen::ArrayXd conditions();

    const World& world_;
    const VarietyLinearisation& derivative_;
    VarietyBase base_;
    kernels::Shape shape_;
    BalanceForm form_;
    bool elastic_ = false, world_share_ = false;
    Eigen::Index size_ = 0;
    TradeTensor tariff_;
    TradeWeights trade_;
    Eigen::ArrayXd transfer_, log_factor_, employment_gap_, weights_;  // log_factor_: ln V hat
    // Work arrays, kept between evaluations; by cell, then by region.
    Eigen::ArrayXd supply_, spending_, price_sum_, import_sum_, per_weight_, demand_;
    Eigen::ArrayXd log_wage_, log_income_, log_labour_, wage_bill_, income_, profit_, revenue_, left_, log_price_,
        earned_, paid_;
    Eigen::ArrayXd log_sum_, net_share_;        // ln Phi / theta by cell
    Eigen::ArrayXXd sums_;                      // sums over sectors, padded: profit, revenue, left, earned, paid, ln P
    Eigen::ArrayXd balance_, budget_, labour_;  // relative residuals by region
    std::vector<BlockTrade> across_;            // by block
    double numeraire_ = 0.0;
    Eigen::VectorXf residual_;
    double worst_value_ = 0.0, farthest_ = 0.0;  // largest residual, and largest |ln (earned / paid)|
    std::string worst_block_;
    Eigen::Index worst_region_ = 0;
};

}  // namespace detente
