#include "equilibrium/models/ricardian_system.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace detente {

using Eigen::ArrayXd;
using Eigen::Index;

RicardianSystem::RicardianSystem(const World& world, const RicardianLinearisation& derivative, const Shock& shock,
                                 BalanceForm form)
    : world_(world), derivative_(derivative), base_(world), shape_(base_.shape), form_(form) {
    const Index n = shape_.padded, flat = shape_.flat();
    price_at_ = n;
    expenditure_at_ = price_at_ + flat;
    labour_at_ = expenditure_at_ + flat;
    employment_at_ = labour_at_ + (base_.scale_economies ? flat : 0);
    elastic_ = world.options.labour_supply != 0.0;
    size_ = employment_at_ + (elastic_ ? n : 0);
    world_share_ = closure_of(world, shock) == Closure::world_share;
    tariff_ = shock.tariff.empty() ? world.tariff : shock.tariff;

    transfer_ = pad(shape_, received(world, shock));
    log_factor_ = ArrayXd::Zero(n);
    if (!shock.factor_supply.empty()) log_factor_ = pad(shape_, shock.factor_supply, 1.0).log();
    trade_ = trade_weights(shape_, base_.share, world, shock);

    weights_ = ArrayXd::Zero(size_);
    weights_.head(shape_.regions) = 1.0;
    for (int s = 0; s < shape_.sectors; ++s) {
        for (int i = 0; i < shape_.regions; ++i) {
            const Index at = shape_.at(i, s);
            weights_[price_at_ + at] = 1.0;
            weights_[expenditure_at_ + at] = base_.expenditure[at] > 0.0
                                                 ? 1.0 / std::max(base_.expenditure[at], 1e-12 * base_.labour_income[i])
                                                 : 0.0;
            if (base_.scale_economies) weights_[labour_at_ + at] = base_.output[at] > 0.0 ? 1.0 : 0.0;
        }
    }
    if (elastic_) weights_.segment(employment_at_, shape_.regions) = 1.0;
    untaxed_share_ = ArrayXd::Ones(n);
    untaxed_share_.head(shape_.regions).setZero();
    for (int s = 0; s < shape_.sectors; ++s)
        if (trade_.taxed[static_cast<std::size_t>(s)] == 0) untaxed_share_ += base_.alpha.segment(shape_.at(0, s), n);
    negligible_ = ArrayXd::Ones(flat);
    constexpr double negligible = 1e-12;  // of a region's labour income: below it rounding drowns a market
    for (int s = 0; s < shape_.sectors; ++s)
        negligible_.segment(shape_.at(0, s), shape_.regions) = negligible * base_.labour_income.head(shape_.regions);
    log_cost_ = supply_ = import_sum_ = per_weight_ = demand_ = output_ = ArrayXd::Zero(flat);
    price_sum_ = ArrayXd::Ones(flat);  // padding stays at 1, so that its logarithm stays 0
    residual_ = {ArrayXd::Zero(n), ArrayXd::Zero(flat), ArrayXd::Zero(flat),
                 ArrayXd::Zero(base_.scale_economies ? flat : 0), ArrayXd::Zero(elastic_ ? n : 0)};
}

bool RicardianSystem::admissible(const ArrayXd& x) const {
    const auto wage = x.head(shape_.padded);
    // A factor of e^30 between wages is no economy; stopping there keeps the powers finite.
    if (elastic_ && !(x.segment(employment_at_, shape_.padded).abs() < 30.0).all()) return false;
    return (wage.abs() < 30.0).all() && (x.segment(expenditure_at_, shape_.flat()) >= 0.0).all();
}

ArrayXd RicardianSystem::start() const {
    ArrayXd x = ArrayXd::Zero(size_);
    x.segment(expenditure_at_, shape_.flat()) = base_.expenditure;
    if (elastic_) x.segment(employment_at_, shape_.padded) = log_factor_;
    return x;
}

ArrayXd RicardianSystem::point(const Equilibrium& e) const {
    ArrayXd x = start();
    for (int i = 0; i < shape_.regions; ++i) {
        x[i] = std::log(e.wage_hat[static_cast<std::size_t>(i)]);
        if (elastic_) x[employment_at_ + i] = std::log(e.employment_hat[static_cast<std::size_t>(i)]);
    }
    for (int s = 0; s < shape_.sectors; ++s) {
        for (int i = 0; i < shape_.regions; ++i) {
            const Index at = shape_.at(i, s);
            x[price_at_ + at] = std::log(e.price_hat(i, s));
            x[expenditure_at_ + at] = e.expenditure(i, s);
            if (base_.scale_economies) x[labour_at_ + at] = std::log(e.labour_hat(i, s));
        }
    }
    return x;
}

void RicardianSystem::costs(const Map& wage, const Map& price) {
    for (int s = 0; s < shape_.sectors; ++s) {
        const Index at = shape_.at(0, s);
        log_cost_.segment(at, shape_.padded) = base_.beta.segment(at, shape_.padded) * wage;
    }
    if (base_.input_output) {
        const ArrayXd prices = price;
        kernels::add_product(shape_, base_.gamma, prices, log_cost_);
    }
}

double RicardianSystem::evaluate(const ArrayXd& x, ArrayXd& step) {
    const Index n = shape_.padded, flat = shape_.flat();
    const Map wage(x.data(), n), price(x.data() + price_at_, flat), spending(x.data() + expenditure_at_, flat);
    const Map labour(x.data() + (base_.scale_economies ? labour_at_ : 0), base_.scale_economies ? flat : 0);

    costs(wage, price);
    if (base_.scale_economies) {
        supply_ = (base_.scale * labour - base_.theta * log_cost_).exp();
    } else {
        supply_ = (-base_.theta * log_cost_).exp();
    }
    const ArrayXd spent = spending;
    const kernels::Sweep sweep{&trade_.gross, &trade_.net, &trade_.home, trade_.taxed.data(), &supply_,
                               &spent,        &price_sum_, &import_sum_, &per_weight_,        &demand_};
    kernels::sweep_trade(shape_, sweep);
    demand_ *= supply_;  // exports by cell
    output_ = demand_ + supply_ * trade_.home * per_weight_;

    residual_.price = -price_sum_.log() / base_.theta - price;

    ArrayXd intermediate = ArrayXd::Zero(flat);
    if (base_.input_output) kernels::add_transposed_product(shape_, base_.gamma, output_, intermediate);
    ArrayXd wage_bill = wage + log_factor_;
    if (elastic_) wage_bill = wage + x.segment(employment_at_, n);
    wage_bill = base_.labour_income * wage_bill.exp();
    income_ = incomes(wage_bill, intermediate, spending);
    for (int s = 0; s < shape_.sectors; ++s) {
        const Index at = shape_.at(0, s);
        residual_.expenditure.segment(at, n) = intermediate.segment(at, n) + base_.alpha.segment(at, n) * income_;
    }
    residual_.expenditure -= spending;
    earned_ = (transfer_scale_ * transfer_).max(0.0);
    paid_ = (-transfer_scale_ * transfer_).max(0.0);
    for (int s = 0; s < shape_.sectors; ++s) {
        const Index at = shape_.at(0, s);
        earned_ += demand_.segment(at, n);
        paid_ += per_weight_.segment(at, n) * import_sum_.segment(at, n);
    }
    residual_.wage = earned_ - paid_;
    across_.clear();
    for (const TradeBlock& block : derivative_.blocks)
        across_.push_back(block_trade(block, shape_, trade_, supply_, per_weight_, transfer_scale_ * transfer_));
    if (base_.scale_economies) {
        constexpr double vanished = 1e-30;  // of base output; it keeps the logarithm moderate
        for (int s = 0; s < shape_.sectors; ++s) {
            const Index at = shape_.at(0, s);
            residual_.labour.segment(at, n) =
                (base_.output.segment(at, n) > 0.0)
                    .select((output_.segment(at, n) / base_.output.segment(at, n)).max(vanished).log() - wage -
                                labour.segment(at, n),
                            0.0);
        }
    }
    if (elastic_) labour_supply(x, wage_bill);
    const double largest = measure(x, wage_bill, spending);
    precondition(wage_bill, step);
    return largest;
}

// I = w L + R + D, with revenue out of final spending taken in closed form: R = sum_s rho E, rho = 1 - G / Phi.
ArrayXd RicardianSystem::incomes(const ArrayXd& wage_bill, const ArrayXd& intermediate, const Map& spending) {
    const Index n = shape_.padded;
    // What is kept of final spending is summed up, not taken off one: behind prohibitive tariffs it is almost nothing.
    ArrayXd received = ArrayXd::Zero(n), kept = untaxed_share_;
    revenue_ = ArrayXd::Zero(n);
    net_rate_ = (import_sum_ + trade_.home * supply_) / price_sum_;
    for (int s = 0; s < shape_.sectors; ++s) {
        if (trade_.taxed[static_cast<std::size_t>(s)] == 0) continue;
        const Index at = shape_.at(0, s);
        const auto net = net_rate_.segment(at, n);
        received += (1.0 - net) * intermediate.segment(at, n);
        kept += net * base_.alpha.segment(at, n);
        revenue_ += (1.0 - net) * spending.segment(at, n);
    }
    if (world_share_) {
        transfer_scale_ = (wage_bill.sum() + revenue_.head(shape_.regions).sum()) / base_.world_income;
    }
    return (wage_bill + transfer_scale_ * transfer_ + received) / kept;
}

// L = V (tau hat w / P)^kappa.
void RicardianSystem::labour_supply(const ArrayXd& x, const ArrayXd& wage_bill) {
    const Index n = shape_.padded;
    const int regions = shape_.regions;
    ArrayXd real_wage = x.head(n);
    for (int s = 0; s < shape_.sectors; ++s) {
        const Index at = shape_.at(0, s);
        real_wage -= base_.alpha.segment(at, n) * x.segment(price_at_ + at, n);
    }
    if (world_.options.revenue == Revenue::income_tax) {
        const auto left = 1.0 - revenue_.head(regions) / wage_bill.head(regions);
        const auto left_before = 1.0 - base_.revenue.head(regions) / base_.labour_income.head(regions);
        real_wage.head(regions) += (left_before / left).log();
    }
    residual_.employment = world_.options.labour_supply * real_wage + log_factor_ - x.segment(employment_at_, n);
    for (int i = 0; i < regions; ++i) residual_.employment[i] += world_.employment_gap[static_cast<std::size_t>(i)];
}

double RicardianSystem::measure(const ArrayXd& x, const ArrayXd& wage_bill, const Map& spending) {
    worst_value_ = 0.0;
    auto note = [&](double value, const char* block, Index cell) {
        if (value > worst_value_ || !std::isfinite(value))
            worst_value_ = value, worst_block_ = block, worst_cell_ = cell;
    };
    Index cell = 0;
    // Where nothing is spent a price moves nothing.
    double value = (base_.expenditure > 0.0).select(residual_.price.abs(), 0.0).maxCoeff(&cell);
    note(value, "price", cell);
    const ArrayXd relative =
        (base_.expenditure > 0.0).select(residual_.expenditure.abs() / spending.max(negligible_), 0.0);
    value = relative.maxCoeff(&cell);
    note(value, "expenditure", cell);
    const Index regions = shape_.regions;
    value = imbalances(earned_.head(regions), paid_.head(regions), revenue_.head(regions), wage_bill.head(regions))
                .maxCoeff(&cell);
    note(value, "wage", cell);
    for (std::size_t b = 0; b < across_.size(); ++b)
        note(imbalance(across_[b], derivative_.blocks[b].sum(wage_bill)), "wage", derivative_.blocks[b].leader);
    if (base_.scale_economies) {
        // A sector that vanishes counts by what is left of it, as output and as what its labour makes.
        for (int k = 0; k < shape_.sectors; ++k) {
            const Index at = shape_.at(0, k), n = shape_.padded;
            const ArrayXd made = base_.output.segment(at, n) * (x.head(n) + x.segment(labour_at_ + at, n)).exp();
            const double here = (residual_.labour.segment(at, n).abs() *
                                 (output_.segment(at, n).max(made) / negligible_.segment(at, n)).min(1.0))
                                    .maxCoeff(&cell);
            note(here, "sector labour", at + cell);
        }
    }
    if (elastic_) {
        value = residual_.employment.head(shape_.regions).abs().maxCoeff(&cell);
        note(value, "labour supply", cell);
        if (!residual_.employment.allFinite()) return std::numeric_limits<double>::quiet_NaN();
    }
    note(std::abs(wage_bill.sum() / base_.world_value_added - 1.0), "numeraire", 0);
    // Comparisons with NaN are false: a NaN anywhere must not pass for a small residual.
    if (!residual_.price.allFinite() || !residual_.expenditure.allFinite() || !residual_.wage.allFinite()) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    return worst_value_;
}

// The trade balance relative to border trade; once spending has moved, imports follow at once.
Eigen::VectorXd RicardianSystem::excess(const ArrayXd& wage_bill, const ArrayXd& spending_step) {
    const int regions = shape_.regions;
    const auto moved = [&](const ArrayXd& imported) {
        ArrayXd out = ArrayXd::Zero(regions);
        for (int s = 0; s < shape_.sectors; ++s) {
            const Index at = shape_.at(0, s);
            out += imported.segment(at, regions) * spending_step.segment(at, regions);
        }
        return out;
    };
    farthest_ = 0.0;
    const auto relative = [&](double earned, double paid, double border, double labour_income) {
        if (form_ == BalanceForm::level) return (earned - paid) / border;
        const double log = log_balance(earned, paid, labour_income);
        farthest_ = std::max(farthest_, std::abs(log));
        return log;
    };
    const ArrayXd& border = derivative_.border_trade;
    Eigen::VectorXd out = (-moved(derivative_.imported) / border.head(regions)).matrix();
    for (int i = 0; i < regions; ++i) out[i] += relative(earned_[i], paid_[i], border[i], base_.labour_income[i]);
    for (std::size_t b = 0; b < across_.size(); ++b) {
        const TradeBlock& block = derivative_.blocks[b];
        out[block.leader] =
            relative(across_[b].earned, across_[b].paid, block.border_trade, block.sum(base_.labour_income)) -
            block.sum(moved(block.imported_across)) / block.border_trade;
    }
    out[derivative_.dropped] = wage_bill.sum() / base_.world_value_added - 1.0;
    return out;
}

// The approximate Newton step: prices and spending relax within their region (H), wages by the reduced Jacobian,
// and everything follows the wages by its base response.
void RicardianSystem::precondition(const ArrayXd& wage_bill, ArrayXd& step) {
    const Index flat = shape_.flat();
    const int regions = shape_.regions;
    step.resize(size_);
    step.setZero();
    ArrayXd price_step, spending_step;
    if (base_.input_output) {
        price_step = spending_step = ArrayXd::Zero(flat);
        kernels::add_product(shape_, derivative_.inverse, residual_.price, price_step);
        kernels::add_transposed_product(shape_, derivative_.inverse, residual_.expenditure, spending_step);
    } else {
        price_step = residual_.price;
        spending_step = residual_.expenditure;
    }
    const Eigen::VectorXd wage_step = -derivative_.reduced.solve(excess(wage_bill, spending_step));

    step.head(regions) = wage_step.array();
    const Eigen::VectorXf wages = wage_step.cast<float>();
    step.segment(price_at_, flat) = price_step + (derivative_.price_response * wages).cast<double>().array();
    step.segment(expenditure_at_, flat) =
        spending_step + (derivative_.expenditure_response * wages).cast<double>().array();
    // An empty market stays empty: rounding must not push its spending below zero.
    step.segment(expenditure_at_, flat) = (base_.expenditure > 0.0).select(step.segment(expenditure_at_, flat), 0.0);
    if (base_.scale_economies) {
        step.segment(labour_at_, flat) =
            residual_.labour / derivative_.own_scale + (derivative_.labour_response * wages).cast<double>().array();
    }
    if (elastic_) {
        step.segment(employment_at_, regions) =
            residual_.employment.head(regions) + (derivative_.employment_response * wages).cast<double>().array();
    }
}

std::string RicardianSystem::worst() const {
    const int region = static_cast<int>(worst_cell_ % shape_.padded);
    const int sector = static_cast<int>(worst_cell_ / shape_.padded);
    if (worst_block_ == "numeraire" || region >= shape_.regions) return worst_block_;
    if (worst_block_ == "labour supply") return fmt::format("labour supply of {}", world_.regions[region]);
    if (worst_block_ == "wage") return fmt::format("wage condition of {}", world_.regions[region]);
    return fmt::format("{} of {} in {}", worst_block_, world_.sectors[sector], world_.regions[region]);
}

Equilibrium RicardianSystem::equilibrium(const ArrayXd& x, bool solved) {
    const int n = shape_.regions, m = shape_.sectors;
    Equilibrium e;
    e.tariff = tariff_;
    e.wage_hat.resize(static_cast<std::size_t>(n));
    e.employment_hat.assign(static_cast<std::size_t>(n), 1.0);
    for (int i = 0; i < n; ++i) {
        e.wage_hat[static_cast<std::size_t>(i)] = std::exp(x[i]);
        e.employment_hat[static_cast<std::size_t>(i)] = std::exp(elastic_ ? x[employment_at_ + i] : log_factor_[i]);
    }
    e.price_hat = e.cost_hat = e.expenditure = e.output = RegionSector(n, m);
    e.labour_hat = RegionSector(n, m, 1.0);
    e.share = TradeTensor(n, m);
    costs(Map(x.data(), shape_.padded), Map(x.data() + price_at_, shape_.flat()));
    for (int s = 0; s < m; ++s) {
        const double theta = world_.theta[static_cast<std::size_t>(s)];
        for (int i = 0; i < n; ++i) {
            const Index at = shape_.at(i, s);
            e.price_hat(i, s) = std::exp(x[price_at_ + at]);
            e.cost_hat(i, s) = std::exp(log_cost_[at]);
            e.expenditure(i, s) = x[expenditure_at_ + at];
            if (base_.scale_economies) e.labour_hat(i, s) = std::exp(x[labour_at_ + at]);
        }
        for (int j = 0; j < n; ++j) {
            const Index market = (static_cast<Index>(s) * n + j) * shape_.padded;
            double* share = e.share.market(j, s);
            const double* rate = tariff_.market(j, s);
            double total = 0.0;
            for (int i = 0; i < n; ++i) {
                const double weight = i == j ? trade_.home[shape_.at(j, s)] : trade_.gross[market + i];
                total += share[i] = weight * supply_[shape_.at(i, s)];
            }
            if (!solved) total = std::exp(-theta * x[price_at_ + shape_.at(j, s)]);
            // Shares that sum to one but for rounding stay untouched: no shock gives exactly the base.
            if (std::abs(total - 1.0) < 4.0 * std::numeric_limits<double>::epsilon()) total = 1.0;
            for (int i = 0; i < n; ++i) {
                share[i] /= total;
                e.output(i, s) += share[i] * e.expenditure(j, s) / (1.0 + rate[i]);
            }
        }
    }
    for (int s = 0; s < m; ++s) {
        for (int i = 0; i < n; ++i) {
            const double before = world_.output(i, s) * e.wage_hat[static_cast<std::size_t>(i)];
            if (!base_.scale_economies && before > 0.0) e.labour_hat(i, s) = e.output(i, s) / before;
            if (base_.scale_economies && !solved && before > 0.0) e.output(i, s) = before * e.labour_hat(i, s);
        }
    }
    return e;
}

std::unique_ptr<EquilibriumSystem> RicardianLinearisation::system(const World& world, const Shock& shock,
                                                                  BalanceForm form) const {
    return std::make_unique<RicardianSystem>(world, *this, shock, form);
}

std::shared_ptr<Linearisation> linearise_ricardian(const World& world, const Job& job) {
    return std::make_shared<RicardianLinearisation>(world, job);
}

}  // namespace detente
