// The equations of krugman and melitz transposed: b, u, m are the multipliers of the balance, budget and labour-supply
// equations (docs/adjoint.md).
#include <limits>

#include "equilibrium/adjoint.h"
#include "equilibrium/models/variety_system.h"

namespace detente {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;

class VarietyAdjoint final : public AdjointSystem {
public:
    VarietyAdjoint(const World& world, const VarietyLinearisation& derivative, const Equilibrium& e)
        : AdjointSystem(world, e),
          world_(world),
          d_(derivative),
          b_(world),
          shape_(b_.shape),
          elastic_(b_.kappa != 0.0),
          world_share_(e.closure == Closure::world_share),
          price_numeraire_(b_.price_numeraire),
          wage_bill_(Eigen::Map<const ArrayXd>(e.labour_income.data(), shape_.regions)),
          income_(Eigen::Map<const ArrayXd>(e.income.data(), shape_.regions)),
          revenue_(Eigen::Map<const ArrayXd>(e.revenue.data(), shape_.regions)) {
        const Index n = shape_.regions;
        if (price_numeraire_)
            price_weight_ = Eigen::Map<const ArrayXd>(world.price_weight.data(), n) *
                            Eigen::Map<const ArrayXd>(e.consumer_price_hat.data(), n) / world.numeraire;
        if (world_share_) {
            // What one more unit of world income adds to each transfer that follows it.
            double followed = 0.0;
            for (std::size_t j = 0; j < e.income.size(); ++j)
                followed += closure_income(world.model(), e.labour_income[j], e.profit[j], e.revenue[j]);
            following_ = Eigen::Map<const ArrayXd>(e.transfer.data(), n) / followed;
        }
        weights_ = ArrayXd::Ones(d_.unknowns());
        weights_.head(n) = d_.border_trade;
        weights_[d_.dropped] = 1.0;
        weights_.segment(n, n) = income_;
        pair_ = ArrayXd::Zero(n * shape_.padded);
        sale_ = price_ = price_over_theta_ = market_ = spread_ = supply_ = ArrayXd::Zero(shape_.flat());
    }

    Index size() const override { return weights_.size(); }
    const ArrayXd& weights() const override { return weights_; }
    bool newton() const override { return true; }

    double evaluate(const ArrayXd& x, ArrayXd& step) override {
        const Index n = shape_.regions;
        values(x);
        const ArrayXd entry = 1.0 - b_.pass_through.head(n);
        ArrayXd gap_wage = scalar_.log_wage.head(n) + wage_bill_ * wage_value_ - entry * per_price_;
        ArrayXd gap_income =
            scalar_.log_income.head(n) + entry * per_price_ + (revenue_value_ - x.segment(n, n)) * income_;
        ArrayXd gap_labour = scalar_.log_employment.head(n) + wage_bill_ * wage_value_;
        for (int s = 0; s < shape_.sectors; ++s) {
            const Index at = shape_.at(0, s);
            const auto supply = supply_.segment(at, n);
            gap_wage -= b_.theta.segment(at, n) * supply;
            gap_labour += b_.scale.segment(at, n) * supply;
            gap_income += market_.segment(at, n);
        }
        Eigen::VectorXf gap(size());
        if (elastic_) {
            const ArrayXd m = x.tail(n);
            gap_wage += b_.kappa * m - tax_wages_;
            gap_labour -= tax_wages_ + m;
            gap.tail(n) = gap_labour.cast<float>();
        }
        gap.head(n) = gap_wage.cast<float>();
        gap.segment(n, n) = gap_income.cast<float>();
        double largest = std::max(gap_wage.abs().maxCoeff(), gap_income.abs().maxCoeff());
        if (elastic_) largest = std::max(largest, gap_labour.abs().maxCoeff());
        // From multipliers of the residuals, which are relative, to values of money.
        step = -(d_.inverse.transpose() * gap).cast<double>().array();
        const double numeraire = step[d_.dropped];
        step.head(n) = balance_multipliers(d_.blocks, step.head(n), d_.border_trade, d_.dropped);
        step[d_.dropped] = numeraire;
        step.segment(n, n) /= d_.gained;
        const bool finite = gap_wage.allFinite() && gap_income.allFinite() && (!elastic_ || gap_labour.allFinite());
        return finite ? largest / scalar_.size : std::numeric_limits<double>::quiet_NaN();
    }

    ShadowPrices shadow_prices(const ArrayXd& x) override {
        values(x);
        ShadowPrices p;
        p.sale = sale_, p.pair = pair_, p.spread = spread_, p.supply = supply_, p.price = price_;
        p.numeraire = x[d_.dropped];
        for (int j = 0; j < shape_.regions; ++j) {
            const double balance = j == d_.dropped ? 0.0 : x[j];
            p.transfer.push_back(balance + x[shape_.regions + j]);
            p.profit.push_back(x[shape_.regions + j] + followed_income_);
            p.wage_bill.push_back(wage_value_[j]);
            p.consumer_price.push_back(per_price_[j]);
            p.employment.push_back(scalar_.log_employment[j] + wage_bill_[j] * wage_value_[j] -
                                   (elastic_ ? tax_wages_[j] : 0.0));
            for (int s = 0; s < shape_.sectors; ++s)
                p.employment.back() += b_.scale[shape_.at(j, s)] * supply_[shape_.at(j, s)];
        }
        return p;
    }

private:
    void values(const ArrayXd& x) {
        const Index n = shape_.regions;
        ArrayXd balance = ArrayXd::Zero(shape_.padded);
        balance.head(n) = x.head(n);
        balance[d_.dropped] = 0.0;
        const ArrayXd budget = x.segment(n, n);
        const double numeraire = x[d_.dropped];
        followed_ = world_share_ ? ((balance.head(n) + budget) * following_).sum() : 0.0;
        followed_income_ = world_.model().transfers_follow_labour ? 0.0 : followed_;
        wage_value_ = budget + followed_ + (price_numeraire_ ? 0.0 : numeraire / world_.numeraire);
        revenue_value_ = budget + scalar_.revenue.head(n) + followed_income_;
        per_price_ = scalar_.log_price.head(n);
        if (price_numeraire_) per_price_ += numeraire * price_weight_;
        if (elastic_) {
            const ArrayXd m = b_.kappa * x.tail(n);
            per_price_ -= m;
            tax_wages_ = ArrayXd::Zero(n);
            if (b_.income_tax) {
                revenue_value_ += m / (wage_bill_ - revenue_);
                tax_wages_ = m * revenue_ / (wage_bill_ - revenue_);
            }
        }
        for (int s = 0; s < shape_.sectors; ++s) {
            const Index at = shape_.at(0, s);
            const double profit = world_.profit_share[static_cast<std::size_t>(s)];
            sale_.segment(at, n) = scalar_.sale.segment(at, n) + profit * (budget + followed_income_);
            price_.segment(at, n) = b_.final_share.segment(at, n) * per_price_;
        }
        price_over_theta_ = price_ / markets_.theta;
        for (int j = 0; j < shape_.regions; ++j) {
            const double kept = b_.kept[j];
            pair_.segment(static_cast<Index>(j) * shape_.padded, shape_.padded) =
                kept * (balance - balance[j]) - revenue_value_[j] +
                scalar_.flow.segment(static_cast<Index>(j) * shape_.padded, shape_.padded);
        }
        kernels::sweep_adjoint(shape_, {&markets_.flow, &markets_.share, &sale_, &pair_, &price_over_theta_, &market_,
                                        &spread_, &supply_});
    }

    const World& world_;
    const VarietyLinearisation& d_;
    const VarietyBase b_;
    kernels::Shape shape_;
    bool elastic_ = false, world_share_ = false, price_numeraire_ = false;
    ArrayXd wage_bill_, income_, revenue_, following_, price_weight_, weights_;
    // Work arrays, kept between evaluations.
    double followed_ = 0.0, followed_income_ = 0.0;  // through labour income; through profits and revenue
    ArrayXd wage_value_, revenue_value_, per_price_, tax_wages_, sale_, pair_, price_, price_over_theta_, market_,
        spread_, supply_;
};

}  // namespace

std::unique_ptr<AdjointSystem> VarietyLinearisation::adjoint(const World& world, const Equilibrium& e) const {
    return std::make_unique<VarietyAdjoint>(world, *this, e);
}

}  // namespace detente
