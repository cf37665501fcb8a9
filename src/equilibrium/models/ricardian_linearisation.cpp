#include <Eigen/LU>

#include "equilibrium/models/ricardian_system.h"

namespace detente {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::MatrixXd;
using kernels::Shape;
using RowMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// Answers to a unit change of each log wage, for all regions at once: blocks of `padded` rows by sector.
struct Responses {
    MatrixXd price, expenditure, labour, output;  // flat x N
    MatrixXd employment;                          // N x N, zero with fixed labour supply
};

// What trade balances answer to all log wages, and their levels; by region.
struct BalanceResponse {
    MatrixXd exports, imports;
    ArrayXd exported, imported;
};

// The linearised equations at the base for all regions' wages at once, posed as the fixed point that the shared
// loop solves: with scale economies plain relaxation diverges, and the loop's acceleration does not.
class Tangent final : public FixedPointSystem {
    auto block(MatrixXd& flat, int s) { return flat.middleRows(shape_.at(0, s), n_); }
    auto block(const MatrixXd& flat, int s) const { return flat.middleRows(shape_.at(0, s), n_); }
    auto cell(const ArrayXd& flat, int s) const { return flat.segment(shape_.at(0, s), n_).matrix(); }
    auto coefficient(const ArrayXd& tensor, int s, int k) const {
        return tensor.segment((static_cast<Index>(s) * shape_.sectors + k) * shape_.padded, n_).matrix();
    }

public:
    Tangent(const World& world, const RicardianBase& base, const RicardianLinearisation& derivative, const Job& job)
        : d_(derivative),
          b_(base),
          shape_(b_.shape),
          n_(shape_.regions),
          kappa_(world.options.labour_supply),
          income_tax_(world.options.revenue == Revenue::income_tax),
          job_(job) {
        for (int s = 0; s < shape_.sectors; ++s) {
            job_.check();
            RowMatrix share(n_, n_), net(n_, n_), sales(n_, n_);
            for (int j = 0; j < n_; ++j) {
                for (int i = 0; i < n_; ++i) {
                    share(j, i) = world.share(i, j, s);
                    net(j, i) = share(j, i) / (1.0 + world.tariff(i, j, s));
                    sales(i, j) = net(j, i);
                }
            }
            share_.push_back(share), net_.push_back(net), sales_.push_back(sales);
            net_total_.push_back(net.rowwise().sum().array());
        }
    }

    Responses solve() {
        const Index flat = shape_.flat();
        r_ = {MatrixXd::Zero(flat, n_), MatrixXd::Zero(flat, n_), MatrixXd::Zero(flat, n_), MatrixXd::Zero(flat, n_),
              MatrixXd::Zero(n_, n_)};
        blocks_ = b_.scale_economies ? 3 : 2;
        weights_ = ArrayXd::Zero(size());
        const double typical = b_.expenditure.maxCoeff();
        for (int c = 0; c < n_; ++c) {
            weights_.segment(at(0, c), flat) = 1.0;
            // Markets far smaller than the largest do not matter for the wages of a region.
            weights_.segment(at(1, c), flat) =
                (b_.expenditure > 0.0).select(1.0 / b_.expenditure.max(1e-6 * typical), 0.0);
            if (blocks_ == 3) weights_.segment(at(2, c), flat) = 1.0;
            if (kappa_ != 0.0) weights_.segment(employment_at(c), n_) = 1.0;
        }
        FixedPointOptions options;
        options.job = job_;
        options.tolerance = 1e-5;  // a preconditioner needs three digits, not more
        options.max_iterations = 60;
        options.memory = b_.scale_economies ? 12 : 5;
        ArrayXd x = ArrayXd::Zero(size());
        solve_fixed_point(*this, x, options);
        ArrayXd step;
        evaluate(x, step);
        return r_;
    }

    Index size() const override { return column() * n_; }
    bool admissible(const ArrayXd&) const override { return true; }
    const ArrayXd& weights() const override { return weights_; }
    std::string worst() const override { return "derivative of the base"; }

    double evaluate(const ArrayXd& x, ArrayXd& step) override {
        const Index flat = shape_.flat();
        for (int c = 0; c < n_; ++c) {
            r_.price.col(c) = x.segment(at(0, c), flat).matrix();
            r_.expenditure.col(c) = x.segment(at(1, c), flat).matrix();
            if (blocks_ == 3) r_.labour.col(c) = x.segment(at(2, c), flat).matrix();
            if (kappa_ != 0.0) r_.employment.col(c) = x.segment(employment_at(c), n_).matrix();
        }
        gaps();
        step.resize(size());
        for (int c = 0; c < n_; ++c) {
            step.segment(at(0, c), flat) = relaxed(price_gap_.col(c).array(), false);
            step.segment(at(1, c), flat) = relaxed(spending_gap_.col(c).array(), true);
            if (blocks_ == 3) step.segment(at(2, c), flat) = labour_gap_.col(c).array() / d_.own_scale;
            if (kappa_ != 0.0) step.segment(employment_at(c), n_) = employment_gap_.col(c).array();
        }
        return (step * weights_).abs().maxCoeff();
    }

    // d exports / d ln w and d imports / d ln w at the responses: from border trade alone, so that they keep their
    // digits where a region hardly trades; with `block_of` from trade over its border alone.
    BalanceResponse trade_balance(const TradeBlock* block_of = nullptr) const {
        BalanceResponse balance{MatrixXd::Zero(n_, n_), MatrixXd::Zero(n_, n_), ArrayXd::Zero(n_), ArrayXd::Zero(n_)};
        for (int s = 0; s < shape_.sectors; ++s) {
            job_.check();
            const auto sector = static_cast<std::size_t>(s);
            const MatrixXd supply = supply_response(s), price_sum = share_[sector] * supply;
            const auto spent = cell(b_.expenditure, s);
            RowMatrix border = net_[sector];
            border.diagonal().setZero();
            for (int j = 0; block_of != nullptr && j < n_; ++j)
                for (int i = 0; i < n_; ++i)
                    if (!block_of->crossed(i, j)) border(j, i) = 0.0;
            const MatrixXd per_weight = block(r_.expenditure, s) - spent.asDiagonal() * price_sum;
            const Eigen::VectorXd exports = border.transpose() * spent, imported = border.rowwise().sum();
            balance.exports += exports.asDiagonal() * supply + border.transpose() * per_weight;
            balance.imports += spent.asDiagonal() * (border * supply) + imported.asDiagonal() * per_weight;
            balance.exported += exports.array();
            balance.imported += imported.array() * spent.array();
        }
        return balance;
    }

private:
    MatrixXd supply_response(int s) const {
        MatrixXd cost = MatrixXd(cell(b_.beta, s).asDiagonal());
        if (b_.input_output) {
            for (int k = 0; k < shape_.sectors; ++k)
                cost += coefficient(b_.gamma, s, k).asDiagonal() * block(r_.price, k);
        }
        MatrixXd supply = -(cell(b_.theta, s).asDiagonal() * cost);
        if (b_.scale_economies) supply += cell(b_.scale, s).asDiagonal() * block(r_.labour, s);
        return supply;
    }

    Index column() const { return shape_.flat() * blocks_ + (kappa_ != 0.0 ? n_ : 0); }
    Index at(int block, int region) const { return column() * region + shape_.flat() * block; }
    Index employment_at(int region) const { return at(blocks_, region); }

    // H gap (prices) or H' gap (spending), region by region.
    ArrayXd relaxed(const ArrayXd& gap, bool transposed) const {
        if (!b_.input_output) return gap;
        ArrayXd move = ArrayXd::Zero(shape_.flat());
        if (transposed) {
            kernels::add_transposed_product(shape_, d_.inverse, gap, move);
        } else {
            kernels::add_product(shape_, d_.inverse, gap, move);
        }
        return move;
    }

    // What each linearised equation misses at the present responses.
    void gaps() {
        const int m = shape_.sectors;
        const Index flat = shape_.flat();
        price_gap_ = spending_gap_ = labour_gap_ = MatrixXd::Zero(flat, n_);
        MatrixXd revenue = MatrixXd::Zero(n_, n_);
        for (int s = 0; s < m; ++s) {
            job_.check();
            revenue += market(s);
        }
        MatrixXd income = revenue;
        income.diagonal() += b_.labour_income.head(n_).matrix();
        if (kappa_ != 0.0) {
            income += b_.labour_income.head(n_).matrix().asDiagonal() * r_.employment;
            employment_gaps(revenue);
        }
        for (int k = 0; k < m; ++k) {
            auto row = block(spending_gap_, k);
            row = cell(b_.alpha, k).asDiagonal() * income;
            if (b_.input_output) {
                for (int s = 0; s < m; ++s) row += coefficient(b_.gamma, s, k).asDiagonal() * block(r_.output, s);
            }
        }
        spending_gap_ -= r_.expenditure;
        if (blocks_ == 3) labour_gaps();
    }

    // One sector: prices and output; returns the response of tariff revenue.
    MatrixXd market(int s) {
        const MatrixXd supply = supply_response(s);
        const auto sector = static_cast<std::size_t>(s);
        const MatrixXd price_sum = share_[sector] * supply;
        block(price_gap_, s) = -(cell(b_.theta, s).cwiseInverse().asDiagonal() * price_sum) - block(r_.price, s);
        const auto spent = cell(b_.expenditure, s);
        const MatrixXd per_weight = block(r_.expenditure, s) - spent.asDiagonal() * price_sum;
        block(r_.output, s) = cell(b_.output, s).asDiagonal() * supply + sales_[sector] * per_weight;
        // Revenue: d[(1 - G/Phi) E], with G the sum of shares net of tariffs.
        const Eigen::VectorXd rate = (1.0 - net_total_[sector]).matrix();
        const MatrixXd net_sum = net_[sector] * supply;
        return rate.asDiagonal() * block(r_.expenditure, s) -
               spent.asDiagonal() * (net_sum - net_total_[sector].matrix().asDiagonal() * price_sum);
    }

    // d ln l = kappa (d ln w - d ln P + d ln tau hat).
    void employment_gaps(const MatrixXd& revenue) {
        MatrixXd real_wage = MatrixXd::Identity(n_, n_);
        for (int s = 0; s < shape_.sectors; ++s) real_wage -= cell(b_.alpha, s).asDiagonal() * block(r_.price, s);
        if (income_tax_) {
            const ArrayXd wages = b_.labour_income.head(n_), tax = b_.revenue.head(n_) / wages;
            MatrixXd wage_bill = r_.employment;
            wage_bill.diagonal().array() += 1.0;
            real_wage += ((1.0 - tax) * wages).inverse().matrix().asDiagonal() * revenue;
            real_wage -= (tax / (1.0 - tax)).matrix().asDiagonal() * wage_bill;
        }
        employment_gap_ = kappa_ * real_wage - r_.employment;
    }

    void labour_gaps() {
        for (int s = 0; s < shape_.sectors; ++s) {
            for (int i = 0; i < n_; ++i) {
                const Index row = shape_.at(i, s);
                if (b_.output[row] <= 0.0) continue;
                labour_gap_.row(row) = r_.output.row(row) / b_.output[row] - r_.labour.row(row);
                labour_gap_(row, i) -= 1.0;
            }
        }
    }

    const RicardianLinearisation& d_;
    const RicardianBase& b_;
    Shape shape_;
    int n_;
    std::vector<RowMatrix> share_, net_, sales_;
    std::vector<ArrayXd> net_total_;
    Responses r_;
    MatrixXd price_gap_, spending_gap_, labour_gap_, employment_gap_;
    ArrayXd weights_;
    int blocks_ = 2;
    double kappa_ = 0.0;
    bool income_tax_ = false;
    Job job_;
};

ArrayXd home_share(const World& world, const Shape& shape) {
    ArrayXd home = ArrayXd::Zero(shape.flat());
    for (int s = 0; s < shape.sectors; ++s)
        for (int i = 0; i < shape.regions; ++i) home[shape.at(i, s)] = world.share(i, i, s);
    return home;
}

Eigen::ArrayXf regional_inverses(const RicardianBase& b, const ArrayXd& home) {
    const Shape& shape = b.shape;
    const int m = shape.sectors;
    Eigen::ArrayXf inverse = Eigen::ArrayXf::Zero(static_cast<Index>(m) * m * shape.padded);
    if (!b.input_output) return inverse;
    MatrixXd system(m, m);
    for (int i = 0; i < shape.regions; ++i) {
        for (int s = 0; s < m; ++s)
            for (int k = 0; k < m; ++k)
                system(s, k) = (s == k ? 1.0 : 0.0) -
                               home[shape.at(i, s)] * b.gamma[(static_cast<Index>(s) * m + k) * shape.padded + i];
        const MatrixXd solved = system.inverse();
        for (int s = 0; s < m; ++s)
            for (int k = 0; k < m; ++k)
                inverse[(static_cast<Index>(s) * m + k) * shape.padded + i] = static_cast<float>(solved(s, k));
    }
    return inverse;
}

// 1 - theta psi (1 - sum_j (X_ij / Y_i) pi_ij): how a sector's labour answers itself through its own shares.
ArrayXd own_scale(const World& world, const RicardianBase& b) {
    const Shape& shape = b.shape;
    ArrayXd own = ArrayXd::Ones(shape.flat());
    for (int s = 0; s < shape.sectors; ++s) {
        for (int i = 0; i < shape.regions; ++i) {
            const Index at = shape.at(i, s);
            if (b.output[at] <= 0.0) continue;
            double kept = 0.0;
            for (int j = 0; j < shape.regions; ++j) kept += world.flow(i, j, s) / b.output[at] * world.share(i, j, s);
            own[at] = 1.0 - b.scale[at] * (1.0 - std::min(1.0, kept));
        }
    }
    return own;
}

}  // namespace

RicardianBase::RicardianBase(const World& world)
    : tables(base_tables(world)),
      shape(tables->shape),
      beta(tables->beta),
      gamma(tables->gamma),
      alpha(tables->alpha),
      share(tables->share),
      expenditure(tables->expenditure),
      output(tables->output),
      theta(ArrayXd::Ones(shape.flat())),
      scale(ArrayXd::Zero(shape.flat())),
      labour_income(pad(shape, world.labour_income)),
      transfer(pad(shape, world.transfer)),
      revenue(pad(shape, world.revenue)),
      world_value_added(world.numeraire),
      input_output(gamma.size() > 0) {
    for (int s = 0; s < shape.sectors; ++s) {
        const std::size_t at = static_cast<std::size_t>(s);
        theta.segment(shape.at(0, s), shape.padded) = world.theta[at];
        scale.segment(shape.at(0, s), shape.padded) = world.theta[at] * world.psi[at];
        if (world.psi[at] != 0.0) scale_economies = true;
    }
    for (const double income : world.income) world_income += income;
}

RicardianLinearisation::RicardianLinearisation(const World& world, const Job& job)
    : shape(world.n_regions(), world.n_sectors()) {
    const RicardianBase base(world);
    const int n = shape.regions;
    home = home_share(world, shape);
    inverse = regional_inverses(base, home);
    own_scale = detente::own_scale(world, base);

    imported = ArrayXd::Zero(shape.flat());
    MatrixXd flow = MatrixXd::Zero(n, n);
    for (int s = 0; s < shape.sectors; ++s) {
        for (int j = 0; j < n; ++j) {
            double& part = imported[shape.at(j, s)];
            for (int i = 0; i < n; ++i) {
                if (i == j) continue;
                const double net = world.share(i, j, s) / (1.0 + world.tariff(i, j, s));
                part += net;
                flow(i, j) += net * world.expenditure(j, s);
            }
        }
    }

    border_trade = (-base.transfer).max(0.0);  // what a region receives balances its imports
    for (int s = 0; s < shape.sectors; ++s)
        border_trade +=
            imported.segment(shape.at(0, s), shape.padded) * base.expenditure.segment(shape.at(0, s), shape.padded);

    Tangent tangent(world, base, *this, job);
    const Responses r = tangent.solve();
    price_response = r.price.cast<float>();
    expenditure_response = r.expenditure.cast<float>();
    labour_response = r.labour.cast<float>();
    if (world.options.labour_supply != 0.0) employment_response = r.employment.cast<float>();

    // The numeraire takes the place of the largest trader's condition, which the others imply, so that no
    // region's condition is mixed with another's rounding; rows are of the size of their own trade.
    const BalanceResponse balance = tangent.trade_balance();
    border_trade.head(n).maxCoeff(&dropped);
    const ArrayXd transfer = base.transfer.head(n), labour_income = base.labour_income.head(n);
    MatrixXd jacobian = log_balance_response(balance.exports, balance.exported + transfer.max(0.0), balance.imports,
                                             balance.imported + (-transfer).max(0.0), labour_income);
    blocks = trade_blocks(flow, transfer, border_trade.head(n), dropped);
    for (TradeBlock& block : blocks) {
        const BalanceResponse across = tangent.trade_balance(&block);
        const double received = block.sum(transfer), income = block.sum(labour_income);
        const auto one = [](double value) { return ArrayXd::Constant(1, value); };
        jacobian.row(block.leader) =
            log_balance_response(block.sum(across.exports), one(block.sum(across.exported) + std::max(0.0, received)),
                                 block.sum(across.imports), one(block.border_trade), one(income), block.leader);
        if (!(block.border_trade > no_trade * income)) block.border_trade = income;
        block.imported_across = ArrayXd::Zero(shape.flat());
        for (int s = 0; s < shape.sectors; ++s)
            for (int j = 0; j < n; ++j)
                for (int i = 0; i < n; ++i)
                    if (block.has(j) && !block.has(i))
                        block.imported_across[shape.at(j, s)] += world.share(i, j, s) / (1.0 + world.tariff(i, j, s));
    }
    border_trade.head(n) =
        (border_trade.head(n) > no_trade * labour_income).select(border_trade.head(n), labour_income);
    const Eigen::RowVectorXd wage_bill = base.labour_income.head(n).matrix().transpose() / base.world_value_added;
    jacobian.row(dropped) = wage_bill;
    if (world.options.labour_supply != 0.0) jacobian.row(dropped) += wage_bill * r.employment;
    reduced.compute(jacobian);
}

}  // namespace detente
