#include "equilibrium/models/variety_system.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace detente {

using Eigen::ArrayXd;
using Eigen::Index;

VarietySystem::VarietySystem(const World& world, const VarietyLinearisation& derivative, const Shock& shock,
                             BalanceForm form)
    : world_(world),
      derivative_(derivative),
      base_(world),
      shape_(base_.shape),
      form_(form),
      elastic_(base_.kappa != 0.0),
      world_share_(closure_of(world, shock) == Closure::world_share),
      size_(derivative.unknowns()),
      tariff_(shock.tariff.empty() ? world.tariff : shock.tariff),
      trade_(trade_weights(shape_, base_.share, world, shock)) {
    const Index n = shape_.padded, flat = shape_.flat();
    const std::vector<double> transfer = received(world, shock);
    transfer_ = Eigen::Map<const ArrayXd>(transfer.data(), shape_.regions);
    employment_gap_ = Eigen::Map<const ArrayXd>(world.employment_gap.data(), shape_.regions);
    weights_ = ArrayXd::Ones(size_);
    supply_ = spending_ = import_sum_ = per_weight_ = demand_ = ArrayXd::Zero(flat);
    price_sum_ = ArrayXd::Ones(flat);  // padding stays at 1, so that its logarithm stays 0
    log_wage_ = log_income_ = ArrayXd::Zero(n);
    log_factor_ = ArrayXd::Zero(n);
    if (!shock.factor_supply.empty()) log_factor_ = pad(shape_, shock.factor_supply, 1.0).log();
    log_labour_ = log_factor_;  // with elastic supply an unknown
    sums_ = Eigen::ArrayXXd::Zero(n, 6);
    residual_ = Eigen::VectorXf::Zero(size_);
}

bool VarietySystem::admissible(const ArrayXd& x) const {
    // A factor of e^30 between regions is no economy; stopping there keeps the powers finite.
    return (x.abs() < 30.0).all();
}

ArrayXd VarietySystem::start() const {
    ArrayXd x = ArrayXd::Zero(size_);
    if (elastic_) x.tail(shape_.regions) = log_factor_.head(shape_.regions);
    return x;
}

ArrayXd VarietySystem::point(const Equilibrium& e) const {
    const Index n = shape_.regions;
    ArrayXd x(size_);
    x.head(n) = Eigen::Map<const ArrayXd>(e.wage_hat.data(), n).log();
    x.segment(n, n) = Eigen::Map<const ArrayXd>(e.income_hat.data(), n).log();
    if (elastic_) x.tail(n) = Eigen::Map<const ArrayXd>(e.employment_hat.data(), n).log();
    return x;
}

// Prices, imports and sales: one pass over the trade tensor. Spending goes in net of marketing, so that what comes
// out as sales and imports is what exporters earn.
void VarietySystem::markets(const ArrayXd& x) {
    const Index n = shape_.regions, padded = shape_.padded;
    log_wage_.head(n) = x.head(n);
    log_income_.head(n) = x.segment(n, n);
    if (elastic_) log_labour_.head(n) = x.tail(n);
    const ArrayXd spent = base_.income * log_income_.exp() * base_.kept;
    for (int s = 0; s < shape_.sectors; ++s) {
        const Index at = shape_.at(0, s);
        supply_.segment(at, padded) =
            base_.scale.segment(at, padded) * log_labour_ - base_.theta.segment(at, padded) * log_wage_;
        spending_.segment(at, padded) = base_.final_share.segment(at, padded) * spent;
    }
    supply_ = supply_.exp();
    const kernels::Sweep sweep{&trade_.gross, &trade_.net, &trade_.home, trade_.taxed.data(), &supply_,
                               &spending_,    &price_sum_, &import_sum_, &per_weight_,        &demand_};
    kernels::sweep_trade(shape_, sweep);
}

void VarietySystem::accounts() {
    const Index n = shape_.regions;
    wage_bill_ = base_.labour_income.head(n) * (log_wage_ + log_labour_).head(n).exp();
    income_ = (base_.income * log_income_.exp()).head(n);
    // Whole vectors, padding included (it is zero, and price sums are one there).
    const Index padded = shape_.padded;
    sums_.setZero();
    auto profit = sums_.col(0), revenue = sums_.col(1), earned = sums_.col(2), paid = sums_.col(3),
         log_price = sums_.col(4), left = sums_.col(5);
    log_sum_ = price_sum_.log() / base_.theta;
    for (int s = 0; s < shape_.sectors; ++s) {
        const Index at = shape_.at(0, s);
        const auto sector = static_cast<std::size_t>(s);
        const auto supply = supply_.segment(at, padded), per_weight = per_weight_.segment(at, padded);
        const auto home = trade_.home.segment(at, padded);
        const auto share = base_.final_share.segment(at, padded);
        const auto exports = demand_.segment(at, padded) * supply;
        earned += exports;
        paid += per_weight * import_sum_.segment(at, padded);
        if (world_.profit_share[sector] != 0.0)
            profit += world_.profit_share[sector] * (exports + home * supply * per_weight);
        if (trade_.taxed[sector] != 0) {
            net_share_ = (import_sum_.segment(at, padded) + home * supply) / price_sum_.segment(at, padded) * share;
            revenue += share - net_share_;
            left += net_share_;
        } else {
            left += share;
        }
        log_price -= share * log_sum_.segment(at, padded);
    }
    profit_ = profit.head(n), revenue_ = revenue.head(n), earned_ = earned.head(n), paid_ = paid.head(n);
    log_price_ = (1.0 - base_.pass_through.head(n)) * (log_income_ - log_wage_).head(n) + log_price.head(n);
    revenue_ *= income_;
    left_ = left.head(n) * income_;
}

double VarietySystem::evaluate(const ArrayXd& x, ArrayXd& step) {
    const Index n = shape_.regions;
    markets(x);
    accounts();
    const double followed = closure_income(world_.model(), wage_bill_.sum(), profit_.sum(), revenue_.sum());
    const double scale = world_share_ ? followed / base_.followed : 1.0;
    earned_ += (scale * transfer_).max(0.0);
    paid_ += (-scale * transfer_).max(0.0);
    balance_ = earned_ - paid_;
    across_.clear();
    for (const TradeBlock& block : derivative_.blocks)
        across_.push_back(block_trade(block, shape_, trade_, supply_, per_weight_, scale * transfer_));
    // Labour, profits and transfers against spending net of revenue: behind prohibitive tariffs where nothing is made
    // at home almost all of income is revenue, and nothing may be taken off it.
    const ArrayXd gained = wage_bill_ + profit_ + (scale * transfer_).max(0.0),
                  spent = left_ + (-scale * transfer_).max(0.0);
    budget_ = (gained - spent) / spent;
    if (elastic_) {
        labour_ = log_wage_.head(n) - log_price_;
        if (base_.income_tax) {
            labour_ +=
                ((1.0 - base_.revenue.head(n) / base_.labour_income.head(n)) / (1.0 - revenue_ / wage_bill_)).log();
        }
        labour_ = base_.kappa * labour_ + log_factor_.head(n) + employment_gap_ - log_labour_.head(n);
    }
    if (base_.price_numeraire) {
        const Eigen::Map<const ArrayXd> weight(world_.price_weight.data(), n);
        numeraire_ = (weight * log_price_.exp()).sum() / world_.numeraire - 1.0;
    } else {
        numeraire_ = wage_bill_.sum() / world_.numeraire - 1.0;
    }
    const double largest = measure();

    residual_.head(n) = conditions().cast<float>();
    residual_[derivative_.dropped] = static_cast<float>(numeraire_);
    residual_.segment(n, n) = form_ == BalanceForm::level ? ArrayXd((gained - spent) / derivative_.gained).cast<float>()
                                                          : ArrayXd((gained / spent).log()).cast<float>();
    if (elastic_) residual_.tail(n) = labour_.cast<float>();
    step = -(derivative_.inverse * residual_).cast<double>().array();
    return largest;
}

// The balances in the form asked for, with blocks' in the place of their leaders'.
ArrayXd VarietySystem::conditions() {
    const Index n = shape_.regions;
    farthest_ = 0.0;
    const auto relative = [&](double earned, double paid, double border, double labour_income) {
        if (form_ == BalanceForm::level) return (earned - paid) / border;
        const double log = log_balance(earned, paid, labour_income);
        farthest_ = std::max(farthest_, std::abs(log));
        return log;
    };
    ArrayXd out = balance_ / derivative_.border_trade;
    for (Index i = 0; form_ == BalanceForm::logarithm && i < n; ++i)
        out[i] = relative(earned_[i], paid_[i], derivative_.border_trade[i], base_.labour_income[i]);
    for (std::size_t b = 0; b < across_.size(); ++b) {
        const TradeBlock& block = derivative_.blocks[b];
        out[block.leader] =
            relative(across_[b].earned, across_[b].paid, block.border_trade, block.sum(base_.labour_income));
    }
    return out;
}

// Relative to the size of the equation: a balance to the region's labour income, as the wage condition is.
double VarietySystem::measure() {
    worst_value_ = 0.0;
    const auto note = [&](double value, const char* block, Index region) {
        if (value > worst_value_ || !std::isfinite(value))
            worst_value_ = value, worst_block_ = block, worst_region_ = region;
    };
    Index region = 0;
    double value = imbalances(earned_, paid_, revenue_, wage_bill_).maxCoeff(&region);
    note(value, "wage condition", region);
    for (std::size_t b = 0; b < across_.size(); ++b)
        note(imbalance(across_[b], derivative_.blocks[b].sum(wage_bill_)), "wage condition",
             derivative_.blocks[b].leader);
    value = budget_.abs().maxCoeff(&region);
    note(value, "budget", region);
    if (elastic_) {
        // As the certificate: times what revenue leaves of labour income where it takes the place of a tax.
        const ArrayXd left =
            base_.income_tax ? ArrayXd((1.0 - revenue_ / wage_bill_).min(1.0)) : ArrayXd::Ones(shape_.regions);
        value = (labour_.abs() * left).maxCoeff(&region);
        note(value, "labour supply", region);
    }
    note(std::abs(numeraire_), "numeraire", 0);
    // Comparisons with NaN are false: a NaN anywhere must not pass for a small residual.
    const bool finite = balance_.allFinite() && budget_.allFinite() && (!elastic_ || labour_.allFinite());
    return finite ? worst_value_ : std::numeric_limits<double>::quiet_NaN();
}

std::string VarietySystem::worst() const {
    if (worst_block_ == "numeraire") return worst_block_;
    return fmt::format("{} of {}", worst_block_, world_.regions[static_cast<int>(worst_region_)]);
}

Equilibrium VarietySystem::equilibrium(const ArrayXd& x, bool) {
    const int n = shape_.regions, m = shape_.sectors;
    Equilibrium e;
    e.tariff = tariff_;
    e.wage_hat.resize(static_cast<std::size_t>(n));
    e.employment_hat.assign(static_cast<std::size_t>(n), 1.0);
    for (int i = 0; i < n; ++i) {
        const auto at = static_cast<std::size_t>(i);
        e.wage_hat[at] = std::exp(x[i]);
        e.employment_hat[at] = std::exp(elastic_ ? x[2 * n + i] : log_factor_[i]);
    }
    e.price_hat = e.cost_hat = e.expenditure = e.output = e.labour_hat = RegionSector(n, m);
    e.share = TradeTensor(n, m);
    for (int s = 0; s < m; ++s) {
        const double theta = world_.theta[static_cast<std::size_t>(s)];
        for (int j = 0; j < n; ++j) {
            const Index cell = shape_.at(j, s), market = (static_cast<Index>(s) * n + j) * shape_.padded;
            e.expenditure(j, s) = base_.final_share[cell] * base_.income[j] * std::exp(x[n + j]);
            e.cost_hat(j, s) = e.wage_hat[static_cast<std::size_t>(j)];
            double* share = e.share.market(j, s);
            const double* rate = tariff_.market(j, s);
            double total = 0.0;
            for (int i = 0; i < n; ++i) {
                const double weight = i == j ? trade_.home[cell] : trade_.gross[market + i];
                total += share[i] = weight * supply_[shape_.at(i, s)];
            }
            // Shares that sum to one but for rounding stay untouched: no shock gives exactly the base.
            if (std::abs(total - 1.0) < 4.0 * std::numeric_limits<double>::epsilon()) total = 1.0;
            e.price_hat(j, s) = total == 1.0 ? 1.0 : std::pow(total, -1.0 / theta);
            const double per_weight = e.expenditure(j, s) / total;
            for (int i = 0; i < n; ++i) {
                e.output(i, s) += share[i] * per_weight / (1.0 + rate[i]);
                share[i] /= total;
            }
        }
    }
    for (int s = 0; s < m; ++s) {
        for (int i = 0; i < n; ++i) {
            const double before = world_.output(i, s) * e.wage_hat[static_cast<std::size_t>(i)];
            e.labour_hat(i, s) = before > 0.0 ? e.output(i, s) / before : 1.0;
        }
    }
    return e;
}

std::unique_ptr<EquilibriumSystem> VarietyLinearisation::system(const World& world, const Shock& shock,
                                                                BalanceForm form) const {
    return std::make_unique<VarietySystem>(world, *this, shock, form);
}

std::shared_ptr<Linearisation> linearise_variety(const World& world, const Job& job) {
    return std::make_shared<VarietyLinearisation>(world, job);
}

}  // namespace detente
