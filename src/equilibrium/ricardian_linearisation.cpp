#include <Eigen/LU>

#include "equilibrium/ricardian_system.h"

namespace detente {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::MatrixXd;
using kernels::Shape;
using RowMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

ArrayXd pad(const Shape& shape, const RegionSector& table) {
    ArrayXd flat = ArrayXd::Zero(shape.flat());
    for (int s = 0; s < shape.sectors; ++s)
        for (int i = 0; i < shape.regions; ++i) flat[shape.at(i, s)] = table(i, s);
    return flat;
}

ArrayXd pad(const Shape& shape, const std::vector<double>& by_region) {
    ArrayXd flat = ArrayXd::Zero(shape.padded);
    for (int i = 0; i < shape.regions; ++i) flat[i] = by_region[static_cast<std::size_t>(i)];
    return flat;
}

// Answers to a unit change of each log wage, for all regions at once: blocks of `padded` rows by sector.
struct Responses {
    MatrixXd price, expenditure, labour, output;  // flat x N
};

// The linearised equations at the base, with the trade shares as dense matrices by sector.
class Tangent {
public:
    Tangent(const RicardianWorld& world, const RicardianLinearisation& derivative)
        : world_(world), d_(derivative), b_(derivative.base), shape_(b_.shape), n_(shape_.regions) {
        for (int s = 0; s < shape_.sectors; ++s) {
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
        Responses r{MatrixXd::Zero(flat, n_), MatrixXd::Zero(flat, n_), MatrixXd::Zero(flat, n_), MatrixXd::Zero(flat, n_)};
        // A preconditioner needs two or three digits; each sweep gains about one within reach of the home market.
        constexpr int most = 40;
        constexpr double enough = 1e-4;
        for (int sweep = 0; sweep < most; ++sweep) {
            if (step(r) < enough) break;
        }
        return r;
    }

private:
    auto block(MatrixXd& flat, int s) { return flat.middleRows(shape_.at(0, s), n_); }
    auto block(const MatrixXd& flat, int s) const { return flat.middleRows(shape_.at(0, s), n_); }
    auto cell(const ArrayXd& flat, int s) const { return flat.segment(shape_.at(0, s), n_).matrix(); }
    auto coefficient(const ArrayXd& tensor, int s, int k) const {
        return tensor.segment((static_cast<Index>(s) * shape_.sectors + k) * shape_.padded, n_).matrix();
    }

    double step(Responses& r) {
        const int m = shape_.sectors;
        const Index flat = shape_.flat();
        MatrixXd price_gap = MatrixXd::Zero(flat, n_), spending = MatrixXd::Zero(flat, n_);
        MatrixXd untaxed = MatrixXd::Zero(n_, n_), untaxed_response = MatrixXd::Zero(n_, n_);
        for (int s = 0; s < m; ++s) {
            MatrixXd cost = MatrixXd(cell(b_.beta, s).asDiagonal());
            if (b_.input_output) {
                for (int k = 0; k < m; ++k) cost += coefficient(b_.gamma, s, k).asDiagonal() * block(r.price, k);
            }
            MatrixXd supply = -(cell(b_.theta, s).asDiagonal() * cost);
            if (b_.scale_economies) supply += cell(b_.scale, s).asDiagonal() * block(r.labour, s);
            const std::size_t at = static_cast<std::size_t>(s);
            const MatrixXd price_sum = share_[at] * supply;
            block(price_gap, s) = -(cell(b_.theta, s).cwiseInverse().asDiagonal() * price_sum) - block(r.price, s);
            const auto spent = cell(b_.expenditure, s);
            MatrixXd per_weight = block(r.expenditure, s) - spent.asDiagonal() * price_sum;
            MatrixXd demand = sales_[at] * per_weight;
            block(r.output, s) = cell(b_.output, s).asDiagonal() * supply + demand;
            // Revenue: d[(1 - G/Phi) E], with G the sum of shares net of tariffs.
            const Eigen::VectorXd rate = (1.0 - net_total_[at]).matrix();
            const MatrixXd net_sum = net_[at] * supply;
            untaxed_response += rate.asDiagonal() * block(r.expenditure, s) -
                                spent.asDiagonal() * (net_sum - net_total_[at].matrix().asDiagonal() * price_sum);
        }
        MatrixXd income = untaxed_response;
        income.diagonal() += b_.labour_income.head(n_).matrix();
        for (int k = 0; k < m; ++k) {
            auto row = block(spending, k);
            row = cell(b_.alpha, k).asDiagonal() * income;
            if (b_.input_output) {
                for (int s = 0; s < m; ++s) row += coefficient(b_.gamma, s, k).asDiagonal() * block(r.output, s);
            }
        }
        spending -= r.expenditure;
        double largest = relax(r.price, price_gap, false, 1.0);
        const double typical = b_.expenditure.maxCoeff();
        largest = std::max(largest, relax(r.expenditure, spending, true, typical));
        if (b_.scale_economies) largest = std::max(largest, relax_labour(r));
        return largest;
    }

    // x += H gap (prices) or H' gap (spending), region by region.
    double relax(MatrixXd& x, const MatrixXd& gap, bool transposed, double unit) {
        const int m = shape_.sectors;
        double largest = 0.0;
        for (int s = 0; s < m; ++s) {
            MatrixXd move = block(gap, s);
            if (b_.input_output) {
                move.setZero();
                for (int k = 0; k < m; ++k) {
                    const auto h = transposed ? coefficient(d_.inverse, k, s) : coefficient(d_.inverse, s, k);
                    move += h.asDiagonal() * block(gap, k);
                }
            }
            block(x, s) += move;
            largest = std::max(largest, move.cwiseAbs().maxCoeff() / unit);
        }
        return largest;
    }

    double relax_labour(Responses& r) {
        double largest = 0.0;
        for (int s = 0; s < shape_.sectors; ++s) {
            for (int i = 0; i < n_; ++i) {
                const Index at = shape_.at(i, s);
                if (b_.output[at] <= 0.0) continue;
                for (int c = 0; c < n_; ++c) {
                    const double gap = r.output(at, c) / b_.output[at] - (i == c ? 1.0 : 0.0) - r.labour(at, c);
                    const double move = gap / d_.own_scale[at];
                    r.labour(at, c) += move;
                    largest = std::max(largest, std::abs(move));
                }
            }
        }
        return largest;
    }

    const RicardianWorld& world_;
    const RicardianLinearisation& d_;
    const RicardianBase& b_;
    Shape shape_;
    int n_;
    std::vector<RowMatrix> share_, net_, sales_;
    std::vector<ArrayXd> net_total_;
};

ArrayXd home_share(const RicardianWorld& world, const Shape& shape) {
    ArrayXd home = ArrayXd::Zero(shape.flat());
    for (int s = 0; s < shape.sectors; ++s)
        for (int i = 0; i < shape.regions; ++i) home[shape.at(i, s)] = world.share(i, i, s);
    return home;
}

ArrayXd regional_inverses(const RicardianBase& b, const ArrayXd& home) {
    const Shape& shape = b.shape;
    const int m = shape.sectors;
    ArrayXd inverse = ArrayXd::Zero(static_cast<Index>(m) * m * shape.padded);
    if (!b.input_output) return inverse;
    MatrixXd system(m, m);
    for (int i = 0; i < shape.regions; ++i) {
        for (int s = 0; s < m; ++s)
            for (int k = 0; k < m; ++k)
                system(s, k) = (s == k ? 1.0 : 0.0) -
                               home[shape.at(i, s)] * b.gamma[(static_cast<Index>(s) * m + k) * shape.padded + i];
        const MatrixXd solved = system.inverse();
        for (int s = 0; s < m; ++s)
            for (int k = 0; k < m; ++k) inverse[(static_cast<Index>(s) * m + k) * shape.padded + i] = solved(s, k);
    }
    return inverse;
}

// 1 - theta psi (1 - sum_j (X_ij / Y_i) pi_ij): how a sector's labour answers itself through its own shares.
ArrayXd own_scale(const RicardianWorld& world, const RicardianBase& b) {
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

RicardianBase::RicardianBase(const RicardianWorld& world) : shape(world.n_regions(), world.n_sectors()) {
    const int n = shape.regions, m = shape.sectors;
    beta = pad(shape, world.value_added_share);
    alpha = pad(shape, world.final_share);
    expenditure = pad(shape, world.expenditure);
    output = pad(shape, world.output);
    labour_income = pad(shape, world.labour_income);
    deficit = pad(shape, world.deficit);
    theta = ArrayXd::Ones(shape.flat());
    scale = ArrayXd::Zero(shape.flat());
    gamma = ArrayXd::Zero(static_cast<Index>(m) * m * shape.padded);
    share = ArrayXd::Zero(static_cast<Index>(m) * n * shape.padded);
    for (int s = 0; s < m; ++s) {
        const std::size_t at = static_cast<std::size_t>(s);
        theta.segment(shape.at(0, s), shape.padded) = world.theta[at];
        scale.segment(shape.at(0, s), shape.padded) = world.theta[at] * world.psi[at];
        if (world.psi[at] != 0.0) scale_economies = true;
        for (int j = 0; j < n; ++j)
            for (int i = 0; i < n; ++i) share[(static_cast<Index>(s) * n + j) * shape.padded + i] = world.share(i, j, s);
        for (int k = 0; k < m; ++k)
            for (int i = 0; i < n; ++i)
                gamma[(static_cast<Index>(s) * m + k) * shape.padded + i] = world.input_share(i, k, s);
    }
    input_output = (gamma != 0.0).any();
    world_value_added = labour_income.sum();
    for (const double income : world.income) world_income += income;
}

RicardianLinearisation::RicardianLinearisation(const RicardianWorld& world) : base(world) {
    const Shape& shape = base.shape;
    const int n = shape.regions;
    home = home_share(world, shape);
    inverse = regional_inverses(base, home);
    own_scale = detente::own_scale(world, base);

    const Responses r = Tangent(world, *this).solve();
    price_response = r.price;
    expenditure_response = r.expenditure;
    labour_response = r.labour;

    // z_i = sum_s beta Y - w_i L_i; the numeraire joins as a rank-one term so that the matrix is regular.
    MatrixXd jacobian = MatrixXd::Zero(n, n);
    for (int s = 0; s < shape.sectors; ++s)
        jacobian += base.beta.segment(shape.at(0, s), n).matrix().asDiagonal() * r.output.middleRows(shape.at(0, s), n);
    const auto wage_bill = base.labour_income.head(n).matrix();
    jacobian.diagonal() -= wage_bill;
    jacobian -= (wage_bill / base.world_value_added) * wage_bill.transpose();
    reduced.compute(jacobian);
}

}  // namespace detente
