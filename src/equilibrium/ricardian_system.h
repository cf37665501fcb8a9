// The equations of the ricardian model as one system of steps, and their derivative at the base.
#pragma once

#include <Eigen/LU>
#include <string>
#include <vector>

#include "base/anderson.h"
#include "equilibrium/ricardian.h"
#include "equilibrium/ricardian_kernels.h"

namespace detente {

/// The base in the layout of the kernels: padded, [sector][region].
struct RicardianBase {
    kernels::Shape shape;
    Eigen::ArrayXd theta, scale;        ///< theta and theta * psi of each cell
    Eigen::ArrayXd beta, gamma, alpha;  ///< gamma [sector][input][region]
    Eigen::ArrayXd share;               ///< pi [sector][importer][exporter]
    Eigen::ArrayXd expenditure, output;
    Eigen::ArrayXd labour_income, deficit;  ///< padded N
    double world_value_added = 0.0, world_income = 0.0;
    bool input_output = true, scale_economies = false;
    explicit RicardianBase(const RicardianWorld& world);
};

/// The derivative of the equilibrium at the base, as far as the solver uses it: an approximate inverse of the
/// system's Jacobian. Prices and spending respond within a region exactly (one S x S inverse a region) and
/// across regions through the reduced Jacobian of excess labour demand in wages (N x N).
struct RicardianLinearisation {
    RicardianBase base;
    Eigen::ArrayXd home;          ///< X_ii / E_i by cell: the share of spending that is home sales
    Eigen::ArrayXd imported;      ///< imports net of tariffs over spending by cell
    Eigen::ArrayXd border_trade;  ///< what a region pays abroad: imports and, with a surplus, the transfer; N
    // Single precision: these only steer the steps, the residuals decide.
    Eigen::ArrayXf inverse;  ///< H = (I - diag(pi_jj) Gamma_j)^-1 by region, [row][column][region]
    Eigen::MatrixXf price_response, expenditure_response, labour_response;  ///< d(ln P, E, ln L) / d ln w, flat x N
    Eigen::PartialPivLU<Eigen::MatrixXd>
        reduced;  ///< LU of d (trade balance) / d ln w, relative to border trade; the numeraire in row `dropped`
    Eigen::Index dropped = 0;  ///< the region whose condition the others imply
    Eigen::ArrayXd own_scale;  ///< 1 - theta psi (1 - own-market weight), the diagonal of the scale block
    explicit RicardianLinearisation(const RicardianWorld& world);
};

/// How the step sees a trade balance, earned - paid abroad: as a level (few passes from a base that is not far),
/// or in logs (close to linear in log wages over many orders of magnitude: near autarky).
enum class BalanceForm { level, logarithm };

/// The equations for one shock. Unknowns: ln w (N), ln P (NS), E (NS) and, with scale economies, ln L (NS).
///
/// The condition of a wage is written as the region's trade balance, exports - imports + D = 0, which the
/// spending equations make the same as labour's income: unlike that one it keeps its digits near autarky.
class RicardianSystem final : public FixedPointSystem {
public:
    RicardianSystem(const RicardianWorld& world, const RicardianLinearisation& derivative, const Shock& shock,
                    BalanceForm form = BalanceForm::level);

    Eigen::Index size() const override { return size_; }
    double evaluate(const Eigen::ArrayXd& x, Eigen::ArrayXd& step) override;
    bool admissible(const Eigen::ArrayXd& x) const override;
    const Eigen::ArrayXd& weights() const override { return weights_; }
    std::string worst() const override;

    /// The base as a point of the system.
    Eigen::ArrayXd start() const;
    /// An equilibrium (of another shock on the same world) as a point of the system.
    Eigen::ArrayXd point(const Equilibrium& equilibrium) const;
    /// The point as an equilibrium, certificate left empty. A point that is none yet (`solved` false) is written
    /// such that `rebase` changes variables exactly there: shares by its own prices, so that they need not sum to
    /// one, and output by its own sector labour.
    Equilibrium equilibrium(const Eigen::ArrayXd& x, bool solved);

private:
    using Map = Eigen::Map<const Eigen::ArrayXd>;
    struct Residuals {
        Eigen::ArrayXd wage, price, expenditure, labour;
    };
    void build_weights(const Shock& shock);
    void costs(const Map& wage, const Map& price);
    Eigen::ArrayXd incomes(const Eigen::ArrayXd& wage_bill, const Eigen::ArrayXd& intermediate, const Map& spending);
    double measure(const Eigen::ArrayXd& wage_bill, const Map& spending);
    void precondition(const Eigen::ArrayXd& wage_bill, Eigen::ArrayXd& step);

    const RicardianWorld& world_;
    const RicardianLinearisation& derivative_;
    const RicardianBase& base_;
    kernels::Shape shape_;
    Eigen::Index size_ = 0, price_at_ = 0, expenditure_at_ = 0, labour_at_ = 0;
    TradeTensor tariff_;
    Eigen::ArrayXd weight_, net_weight_, home_weight_, productivity_, deficit_, weights_;
    std::vector<unsigned char> taxed_;
    BalanceForm form_ = BalanceForm::level;
    bool has_productivity_ = false, world_share_ = false;
    // Work arrays, kept between evaluations.
    Eigen::ArrayXd log_cost_, supply_, price_sum_, import_sum_, per_weight_, demand_, output_, earned_, paid_, untaxed_,
        income_, negligible_;
    double deficit_scale_ = 1.0;
    Residuals residual_;
    double worst_value_ = 0.0;
    std::string worst_block_;
    Eigen::Index worst_cell_ = 0;
};

/// `solve` with the solver's options in the open: base equilibria go on to the last digit.
Equilibrium solve_with(const RicardianWorld& world, const Shock& shock, const Equilibrium* start,
                       const FixedPointOptions& options);

}  // namespace detente
