// The exact derivative of the variety system at its base. Capital letters as in the design: X flows net of tariffs,
// Lambda shares, C the exporter's weight, with d ln C = -theta d ln w + theta psi d ln l.
#include <cmath>

#include "equilibrium/models/variety_system.h"

namespace detente {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

// Derivatives of amounts (money) by region with respect to ln w, ln e and ln l of all regions.
struct Amount {
    MatrixXd wage, income, labour;
    explicit Amount(int n) : wage(MatrixXd::Zero(n, n)), income(wage), labour(wage) {}
    void add_weight(const MatrixXd& by_weight, double theta, double scale) {
        wage -= theta * by_weight;
        if (scale != 0.0) labour += scale * by_weight;
    }
    void add(const Amount& other, const ArrayXd& factor) {
        wage += factor.matrix().asDiagonal() * other.wage;
        income += factor.matrix().asDiagonal() * other.income;
        labour += factor.matrix().asDiagonal() * other.labour;
    }
};

// What a region earns and pays abroad, net of marketing.
struct Balance {
    Amount earned_answer, paid_answer;
    ArrayXd earned, paid;  // levels, transfers aside
    MatrixXd trade;        // (exporter, importer), all sectors
    explicit Balance(int n)
        : earned_answer(n), paid_answer(n), earned(ArrayXd::Zero(n)), paid(earned), trade(MatrixXd::Zero(n, n)) {}
};

struct Derivatives {
    Balance balance;
    Amount profit, revenue, log_price;
    explicit Derivatives(int n) : balance(n), profit(n), revenue(n), log_price(n) {}
};

// Lambda(importer, exporter) of a sector.
MatrixXd shares(const World& w, int s) {
    const int n = w.n_regions();
    MatrixXd share(n, n);
    for (int j = 0; j < n; ++j)
        for (int i = 0; i < n; ++i) share(j, i) = w.share(i, j, s);
    return share;
}

// X(exporter, importer) of a sector.
MatrixXd flows(const World& w, int s) {
    const int n = w.n_regions();
    MatrixXd flow(n, n);
    for (int j = 0; j < n; ++j)
        for (int i = 0; i < n; ++i) flow(i, j) = w.flow(i, j, s);
    return flow;
}

// Adds a sector's trade over borders; with `block` over its border alone.
void add_border(const World& w, const VarietyBase& b, const MatrixXd& flow, const MatrixXd& share,
                const TradeBlock* block, int s, Balance& balance) {
    const int n = w.n_regions();
    const auto sector = static_cast<std::size_t>(s);
    MatrixXd border = flow * b.kept.head(n).matrix().asDiagonal();
    border.diagonal().setZero();
    for (int j = 0; block != nullptr && j < n; ++j)
        for (int i = 0; i < n; ++i)
            if (!block->crossed(i, j)) border(i, j) = 0.0;
    const VectorXd earned = border.rowwise().sum(), paid = border.colwise().sum().transpose();
    const double theta = w.theta[sector], scale = theta * w.psi[sector];
    MatrixXd by_weight = -border * share;
    by_weight.diagonal() += earned;
    balance.earned_answer.add_weight(by_weight, theta, scale);
    balance.earned_answer.income += border;
    balance.earned += earned.array();
    by_weight = MatrixXd(border.transpose()) - paid.asDiagonal() * share;
    balance.paid_answer.add_weight(by_weight, theta, scale);
    balance.paid_answer.income.diagonal() += paid;
    balance.paid += paid.array();
    balance.trade += border;
}

void add_sector(const World& w, const VarietyBase& b, int s, Derivatives& d) {
    const int n = w.n_regions();
    const auto sector = static_cast<std::size_t>(s);
    const double theta = w.theta[sector], scale = theta * w.psi[sector], profit = w.profit_share[sector];
    const MatrixXd share = shares(w, s), flow = flows(w, s);
    add_border(w, b, flow, share, nullptr, s, d.balance);

    MatrixXd by_weight;
    if (profit != 0.0) {
        by_weight = -flow * share;
        by_weight.diagonal() += flow.rowwise().sum();
        d.profit.add_weight(profit * by_weight, theta, scale);
        d.profit.income += profit * flow;
    }
    // Revenue is spending less what exporters get before marketing.
    const VectorXd untaxed = flow.colwise().sum().transpose();
    by_weight = untaxed.asDiagonal() * share - MatrixXd(flow.transpose());
    d.revenue.add_weight(by_weight, theta, scale);
    d.revenue.income.diagonal() +=
        b.final_share.segment(b.shape.at(0, s), n).matrix().cwiseProduct(b.income.head(n).matrix()) - untaxed;
    const VectorXd per_price = -(b.final_share.segment(b.shape.at(0, s), n) / theta).matrix();
    d.log_price.add_weight(per_price.asDiagonal() * share, theta, scale);
}

}  // namespace

VarietyBase::VarietyBase(const World& world)
    : tables(base_tables(world)),
      shape(tables->shape),
      share(tables->share),
      final_share(tables->alpha),
      income(pad(shape, world.income)),
      labour_income(pad(shape, world.labour_income)),
      transfer(pad(shape, world.transfer)),
      revenue(pad(shape, world.revenue)),
      kept(1.0 - pad(shape, world.marketing_share)),
      pass_through(pad(shape, world.pass_through, 1.0)),
      kappa(world.options.labour_supply),
      income_tax(world.options.revenue == Revenue::income_tax),
      price_numeraire(!world.price_weight.empty()) {
    theta = ArrayXd::Ones(shape.flat());
    scale = ArrayXd::Zero(shape.flat());
    for (int s = 0; s < shape.sectors; ++s) {
        const auto at = static_cast<std::size_t>(s);
        theta.segment(shape.at(0, s), shape.padded) = world.theta[at];
        scale.segment(shape.at(0, s), shape.padded) = world.theta[at] * world.psi[at];
    }
    for (std::size_t j = 0; j < world.income.size(); ++j)
        followed += closure_income(world.model(), world.labour_income[j], world.profit[j], world.revenue[j]);
}

VarietyLinearisation::VarietyLinearisation(const World& world, const Job& job) {
    const VarietyBase base(world);
    const int n = base.shape.regions;
    Derivatives d(n);
    for (int s = 0; s < base.shape.sectors; ++s) {
        job.check();
        add_sector(world, base, s, d);
    }
    const ArrayXd wages = base.labour_income.head(n), income = base.income.head(n), transfer = base.transfer.head(n);

    // A transfer that follows world income.
    Amount transfers(n);
    if (world.options.closure == Closure::world_share) {
        const auto share_out = [&](const MatrixXd& total) {
            return (transfer / base.followed).matrix() * total.colwise().sum();
        };
        MatrixXd wage = MatrixXd(wages.matrix().asDiagonal()), labour = wage, spending = MatrixXd::Zero(n, n);
        if (!world.model().transfers_follow_labour) {
            wage += d.profit.wage + d.revenue.wage, labour += d.profit.labour + d.revenue.labour;
            spending += d.profit.income + d.revenue.income;
        }
        transfers.wage = share_out(wage), transfers.income = share_out(spending), transfers.labour = share_out(labour);
    }

    border_trade = d.balance.paid + (-transfer).max(0.0);
    border_trade.maxCoeff(&dropped);
    gained = wages + Eigen::Map<const ArrayXd>(world.profit.data(), n) + transfer.max(0.0);
    Amount budget = d.profit;
    const ArrayXd one = ArrayXd::Ones(n);
    budget.add(d.revenue, one), budget.add(transfers, one);
    budget.wage.diagonal() += wages.matrix(), budget.labour.diagonal() += wages.matrix();
    budget.income.diagonal() -= income.matrix();

    // ln P = (1 - phi)(ln e - ln w) - sum_s mu_s / theta_s ln Phi_s.
    const ArrayXd entry = 1.0 - base.pass_through.head(n);
    d.log_price.wage.diagonal() -= entry.matrix(), d.log_price.income.diagonal() += entry.matrix();

    const bool elastic = base.kappa != 0.0;
    size = n * (elastic ? 3 : 2);
    jacobian = MatrixXd::Zero(size, size);
    const auto put = [&](int row, const Amount& a, const ArrayXd& factor) {
        jacobian.block(row, 0, n, n) = factor.matrix().asDiagonal() * a.wage;
        jacobian.block(row, n, n, n) = factor.matrix().asDiagonal() * a.income;
        if (elastic) jacobian.block(row, 2 * n, n, n) = factor.matrix().asDiagonal() * a.labour;
    };
    // Transfers are earned where they are received, and paid where not; all columns side by side.
    const auto columns = [&](const Amount& a, const ArrayXd& part) {
        MatrixXd all(n, size);
        all.leftCols(n) = a.wage, all.middleCols(n, n) = a.income;
        if (elastic) all.rightCols(n) = a.labour;
        if (world.options.closure == Closure::world_share) {
            all.leftCols(n) += part.matrix().asDiagonal() * transfers.wage;
            all.middleCols(n, n) += part.matrix().asDiagonal() * transfers.income;
            if (elastic) all.rightCols(n) += part.matrix().asDiagonal() * transfers.labour;
        }
        return all;
    };
    const ArrayXd receives = (transfer > 0.0).cast<double>(), pays = (transfer < 0.0).cast<double>();
    jacobian.topRows(n) =
        log_balance_response(columns(d.balance.earned_answer, receives), d.balance.earned + transfer.max(0.0),
                             columns(d.balance.paid_answer, -pays), d.balance.paid + (-transfer).max(0.0), wages);
    put(n, budget, gained.inverse());
    if (elastic) {
        Amount supply(n);
        supply.add(d.log_price, -one);
        supply.wage.diagonal().array() += 1.0;
        if (base.income_tax) {
            const ArrayXd tax = base.revenue.head(n) / wages;
            supply.add(d.revenue, ((1.0 - tax) * wages).inverse());
            supply.wage.diagonal() -= (tax / (1.0 - tax)).matrix();
            supply.labour.diagonal() -= (tax / (1.0 - tax)).matrix();
        }
        put(2 * n, supply, ArrayXd::Constant(n, base.kappa));
        jacobian.block(2 * n, 2 * n, n, n).diagonal().array() -= 1.0;
    }
    blocks = trade_blocks(d.balance.trade, transfer, border_trade, dropped);
    for (TradeBlock& block : blocks) {
        Balance across(n);
        for (int s = 0; s < base.shape.sectors; ++s)
            add_border(world, base, flows(world, s), shares(world, s), &block, s, across);
        const double received = block.sum(transfer), block_wages = block.sum(wages);
        const ArrayXd all = ArrayXd::Constant(n, received > 0.0 ? 1.0 : 0.0);
        const auto single = [](double value) { return ArrayXd::Constant(1, value); };
        jacobian.row(block.leader) = log_balance_response(
            block.sum(columns(across.earned_answer, all)), single(block.sum(across.earned) + std::max(0.0, received)),
            block.sum(columns(across.paid_answer, all - 1.0)), single(block.border_trade), single(block_wages),
            block.leader);
        if (!(block.border_trade > no_trade * block_wages)) block.border_trade = block_wages;
    }
    border_trade = (border_trade > no_trade * wages).select(border_trade, wages);
    // The numeraire takes the place of the largest trader's balance, which the others imply.
    jacobian.row(dropped).setZero();
    if (base.price_numeraire) {
        const Eigen::Map<const VectorXd> weight(world.price_weight.data(), n);
        const auto row = [&](const MatrixXd& m) { return weight.transpose() * m / world.numeraire; };
        jacobian.row(dropped).head(n) = row(d.log_price.wage);
        jacobian.row(dropped).segment(n, n) = row(d.log_price.income);
        if (elastic) jacobian.row(dropped).tail(n) = row(d.log_price.labour);
    } else {
        jacobian.row(dropped).head(n) = (wages / world.numeraire).matrix().transpose();
        if (elastic) jacobian.row(dropped).tail(n) = (wages / world.numeraire).matrix().transpose();
    }
    inverse = Eigen::PartialPivLU<MatrixXd>(jacobian).inverse().cast<float>();
}

}  // namespace detente
