// The ricardian equations transposed. Letters as in docs/adjoint.md: b, v, e, l, m are the multipliers of the balance,
// price, expenditure, sector-labour and labour-supply equations.
#include "equilibrium/adjoint.h"
#include "equilibrium/models/ricardian_system.h"

namespace detente {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Map = Eigen::Map<const ArrayXd>;

class RicardianAdjoint final : public AdjointSystem {
public:
    RicardianAdjoint(const World& world, const RicardianLinearisation& derivative, const Equilibrium& e)
        : AdjointSystem(world, e),
          d_(derivative),
          b_(world),
          shape_(b_.shape),
          kappa_(world.options.labour_supply),
          income_tax_(world.options.revenue == Revenue::income_tax && kappa_ != 0.0),
          world_share_(e.closure == Closure::world_share) {
        const Index n = shape_.padded, flat = shape_.flat();
        price_at_ = n, expenditure_at_ = n + flat, labour_at_ = expenditure_at_ + flat;
        employment_at_ = labour_at_ + (b_.scale_economies ? flat : 0);
        size_ = employment_at_ + (kappa_ != 0.0 ? n : 0);
        wage_bill_ = pad(shape_, e.labour_income), income_ = pad(shape_, e.income), revenue_ = pad(shape_, e.revenue);
        // What one more unit of world income adds to each transfer that follows it.
        if (world_share_) following_ = pad(shape_, e.transfer) / (wage_bill_ + revenue_).sum();
        kept_ = ArrayXd::Ones(n);
        per_spending_ = (markets_.expenditure > 0.0).select(markets_.expenditure.inverse(), 0.0);
        for (int s = 0; s < shape_.sectors; ++s) kept_ -= cell(markets_.revenue_rate, s) * cell(b_.alpha, s);
        weights_ = ArrayXd::Zero(size_);
        weights_.head(shape_.regions) = d_.border_trade.head(shape_.regions);
        weights_[d_.dropped] = 1.0;
        weights_.segment(price_at_, flat) = 1.0;
        weights_.segment(expenditure_at_, flat) = markets_.expenditure;
        if (b_.scale_economies) weights_.segment(labour_at_, flat) = 1.0;
        if (kappa_ != 0.0) weights_.segment(employment_at_, shape_.regions) = 1.0;
        pair_ = ArrayXd::Zero(n * shape_.regions);
        sale_ = market_ = spread_ = supply_ = ArrayXd::Zero(flat);
    }

    Index size() const override { return size_; }
    const ArrayXd& weights() const override { return weights_; }

    double evaluate(const ArrayXd& x, ArrayXd& step) override {
        const Index n = shape_.padded, flat = shape_.flat();
        values(x);
        const Map v(x.data() + price_at_, flat), e(x.data() + expenditure_at_, flat);
        const ArrayXd pull = markets_.theta * supply_;
        ArrayXd gap_price = -v - log_price_part(x);
        ArrayXd used = ArrayXd::Zero(flat);
        if (b_.input_output) kernels::add_transposed_product(shape_, b_.gamma, pull, used);
        gap_price -= used;
        ArrayXd gap_spending = -e + market_ * per_spending_;
        ArrayXd gap_wage = scalar_.log_wage + wage_bill_ * wage_value_;
        ArrayXd gap_labour, gap_employment;
        for (int s = 0; s < shape_.sectors; ++s) {
            gap_wage -= cell(b_.beta, s) * cell(pull, s);
            gap_spending.segment(shape_.at(0, s), n) +=
                revenue_value_ * cell(markets_.net_total, s) * cell(per_spending_, s) +
                own_revenue_ * cell(markets_.revenue_rate, s);
        }
        if (b_.scale_economies) {
            const Map l(x.data() + labour_at_, flat);
            gap_labour = b_.scale * supply_ - l;
            for (int s = 0; s < shape_.sectors; ++s) gap_wage -= l.segment(shape_.at(0, s), n);
        }
        if (kappa_ != 0.0) {
            const Map m(x.data() + employment_at_, n);
            gap_wage += kappa_ * m - tax_wages_;
            gap_employment = scalar_.log_employment + wage_bill_ * wage_value_ - tax_wages_ - m;
        }
        const double largest = precondition(gap_wage, gap_price, gap_spending, gap_labour, gap_employment, step);
        return largest / scalar_.size;
    }

    ShadowPrices shadow_prices(const ArrayXd& x) override {
        values(x);
        ShadowPrices p;
        p.sale = sale_, p.pair = pair_, p.spread = spread_, p.supply = supply_;
        p.price = x.segment(price_at_, shape_.flat());
        p.numeraire = x[d_.dropped];
        for (int j = 0; j < shape_.regions; ++j) {
            p.transfer.push_back((j == d_.dropped ? 0.0 : x[j]) + income_value_[j]);
            p.profit.push_back(0.0);
            p.wage_bill.push_back(wage_value_[j]);
            p.employment.push_back(scalar_.log_employment[j] + wage_bill_[j] * wage_value_[j] -
                                   (kappa_ != 0.0 ? tax_wages_[j] : 0.0));
            p.consumer_price.push_back(scalar_.log_price[j] - (kappa_ != 0.0 ? kappa_ * x[employment_at_ + j] : 0.0));
        }
        return p;
    }

private:
    Eigen::VectorBlock<const ArrayXd> cell(const ArrayXd& flat, int s) const {
        return flat.segment(shape_.at(0, s), shape_.padded);
    }

    // d L / d ln P through the consumer price: welfare, and labour supply.
    ArrayXd log_price_part(const ArrayXd& x) const {
        ArrayXd per_price = -scalar_.log_price;
        if (kappa_ != 0.0) per_price += kappa_ * x.segment(employment_at_, shape_.padded);
        ArrayXd out(shape_.flat());
        for (int s = 0; s < shape_.sectors; ++s)
            out.segment(shape_.at(0, s), shape_.padded) = cell(b_.alpha, s) * per_price;
        return out;
    }

    // From multipliers to the values of money in each place, and one sweep over the trade block.
    void values(const ArrayXd& x) {
        const Index n = shape_.padded, flat = shape_.flat();
        const Map v(x.data() + price_at_, flat), e(x.data() + expenditure_at_, flat);
        ArrayXd balance = x.head(n);
        balance[d_.dropped] = 0.0;
        income_value_ = (income_ > 0.0).select(scalar_.log_income / income_, 0.0);
        for (int s = 0; s < shape_.sectors; ++s) income_value_ += cell(b_.alpha, s) * cell(e, s);
        income_value_ /= kept_;
        own_revenue_ = scalar_.revenue;
        wage_value_ = income_value_ + x[d_.dropped] / b_.world_value_added;
        if (world_share_) {
            const double followed = ((balance + income_value_) * following_).sum();
            own_revenue_.head(shape_.regions) += followed;
            wage_value_.head(shape_.regions) += followed;
        }
        if (kappa_ != 0.0) {
            tax_wages_ = ArrayXd::Zero(n);
            if (income_tax_) {
                const auto regions = shape_.regions;
                const ArrayXd left = (wage_bill_ - revenue_).head(regions);
                const ArrayXd m = kappa_ * x.segment(employment_at_, regions);
                own_revenue_.head(regions) += m / left;
                tax_wages_.head(regions) = m * revenue_.head(regions) / left;
            }
        }
        revenue_value_ = income_value_ + own_revenue_;
        sale_ = scalar_.sale;
        if (b_.input_output) {
            ArrayXd input_value(flat);
            for (int s = 0; s < shape_.sectors; ++s)
                input_value.segment(shape_.at(0, s), n) = cell(e, s) + income_value_ * cell(markets_.revenue_rate, s);
            kernels::add_product(shape_, b_.gamma, input_value, sale_);
        }
        if (b_.scale_economies)
            sale_ +=
                (b_.output > 0.0 && markets_.output > 0.0).select(x.segment(labour_at_, flat) / markets_.output, 0.0);
        for (int j = 0; j < shape_.regions; ++j) {
            auto row = pair_.segment(static_cast<Index>(j) * n, n);
            row = balance - (balance[j] + revenue_value_[j]) + scalar_.flow.segment(static_cast<Index>(j) * n, n);
        }
        price_over_theta_ = v / markets_.theta;
        kernels::sweep_adjoint(shape_, {&markets_.flow, &markets_.share, &sale_, &pair_, &price_over_theta_, &market_,
                                        &spread_, &supply_});
    }
    Eigen::VectorBlock<const Map> cell(const Map& flat, int s) const {
        return flat.segment(shape_.at(0, s), shape_.padded);
    }

    // The solver's approximate inverse, transposed; returns the largest gap.
    double precondition(const ArrayXd& gap_wage, const ArrayXd& gap_price, const ArrayXd& gap_spending,
                        const ArrayXd& gap_labour, const ArrayXd& gap_employment, ArrayXd& step) {
        const Index flat = shape_.flat();
        const int regions = shape_.regions;
        step = ArrayXd::Zero(size_);
        Eigen::VectorXf wages = derivative_transposed(d_.price_response, gap_price) +
                                derivative_transposed(d_.expenditure_response, gap_spending);
        double largest = std::max({gap_wage.head(regions).abs().maxCoeff(), gap_price.abs().maxCoeff(),
                                   (gap_spending * markets_.expenditure).abs().maxCoeff()});
        if (b_.scale_economies) {
            wages += derivative_transposed(d_.labour_response, gap_labour);
            step.segment(labour_at_, flat) = gap_labour / d_.own_scale;
            largest = std::max(largest, gap_labour.abs().maxCoeff());
        }
        if (kappa_ != 0.0) {
            wages += derivative_transposed(d_.employment_response, gap_employment.head(regions));
            step.segment(employment_at_, regions) = gap_employment.head(regions);
            largest = std::max(largest, gap_employment.head(regions).abs().maxCoeff());
        }
        const Eigen::VectorXd pull = -(gap_wage.head(regions).matrix() + wages.cast<double>());
        const Eigen::VectorXd reduced = d_.reduced.transpose().solve(pull);
        const ArrayXd balance =
            balance_multipliers(d_.blocks, reduced.array(), d_.border_trade.head(regions), d_.dropped);
        step.head(regions) = balance;
        step[d_.dropped] = reduced[d_.dropped];
        ArrayXd spending = gap_spending;
        for (int s = 0; s < shape_.sectors; ++s)
            spending.segment(shape_.at(0, s), regions) -= d_.imported.segment(shape_.at(0, s), regions) * balance;
        ArrayXd price_step = gap_price, spending_step = spending;
        if (b_.input_output) {
            price_step.setZero(), spending_step.setZero();
            kernels::add_transposed_product(shape_, d_.inverse, gap_price, price_step);
            kernels::add_product(shape_, d_.inverse, spending, spending_step);
        }
        step.segment(price_at_, flat) = price_step;
        step.segment(expenditure_at_, flat) = spending_step;
        // Nothing is spent in an empty market, whatever money would be worth there.
        step.segment(expenditure_at_, flat) = (b_.expenditure > 0.0).select(step.segment(expenditure_at_, flat), 0.0);
        return gap_wage.allFinite() && gap_price.allFinite() && gap_spending.allFinite()
                   ? largest
                   : std::numeric_limits<double>::quiet_NaN();
    }
    static Eigen::VectorXf derivative_transposed(const Eigen::MatrixXf& response, const ArrayXd& gap) {
        return response.transpose() * gap.matrix().cast<float>();
    }

    const RicardianLinearisation& d_;
    const RicardianBase b_;
    kernels::Shape shape_;
    double kappa_ = 0.0;
    bool income_tax_ = false, world_share_ = false;
    Index size_ = 0, price_at_ = 0, expenditure_at_ = 0, labour_at_ = 0, employment_at_ = 0;
    ArrayXd wage_bill_, income_, revenue_, following_, kept_, per_spending_, weights_;
    // Work arrays, kept between evaluations.
    ArrayXd income_value_, own_revenue_, revenue_value_, wage_value_, tax_wages_, sale_, pair_, price_over_theta_,
        market_, spread_, supply_;
};

}  // namespace

std::unique_ptr<AdjointSystem> RicardianLinearisation::adjoint(const World& world, const Equilibrium& e) const {
    return std::make_unique<RicardianAdjoint>(world, *this, e);
}

}  // namespace detente
