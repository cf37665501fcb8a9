#include "equilibrium/kernels.h"

#include <algorithm>

namespace detente::kernels {

namespace {

// Eight regions at a time: two AVX2 vectors or one of AVX-512.
constexpr int lanes = 8;
using Lane = Eigen::Array<double, lanes, 1>;

inline Lane load(const double* at) {
    return Eigen::Map<const Lane>(at);
}
inline Lane load(const float* at) {
    return Eigen::Map<const Eigen::Array<float, lanes, 1>>(at).cast<double>();
}

template <class Coefficients>
void multiply(const Shape& shape, const Coefficients& a, const ArrayXd& x, ArrayXd& out) {
    const int n = shape.padded, m = shape.sectors;
    for (int s = 0; s < m; ++s) {
        for (int i = 0; i < n; i += lanes) {
            const auto* row = a.data() + static_cast<Eigen::Index>(s) * m * n + i;
            const double* in = x.data() + i;
            // Four sums side by side: one alone would wait for its own last addition.
            Lane sum0 = Lane::Zero(), sum1 = Lane::Zero(), sum2 = Lane::Zero(), sum3 = Lane::Zero();
            int k = 0;
            for (; k + 4 <= m; k += 4, row += 4 * n, in += 4 * n) {
                sum0 += load(row) * load(in);
                sum1 += load(row + n) * load(in + n);
                sum2 += load(row + 2 * n) * load(in + 2 * n);
                sum3 += load(row + 3 * n) * load(in + 3 * n);
            }
            for (; k < m; ++k, row += n, in += n) sum0 += load(row) * load(in);
            Eigen::Map<Lane>(out.data() + shape.at(i, s)) += (sum0 + sum1) + (sum2 + sum3);
        }
    }
}

template <class Coefficients>
void multiply_transposed(const Shape& shape, const Coefficients& a, const ArrayXd& x, ArrayXd& out) {
    const int n = shape.padded, m = shape.sectors;
    const Eigen::Index stride = static_cast<Eigen::Index>(m) * n;
    int s = 0;
    for (; s + 4 <= m; s += 4) {
        for (int i = 0; i < n; i += lanes) {
            // Four sectors' outputs stay in registers while their input columns stream by.
            const Lane x0 = load(x.data() + shape.at(i, s)), x1 = load(x.data() + shape.at(i, s + 1));
            const Lane x2 = load(x.data() + shape.at(i, s + 2)), x3 = load(x.data() + shape.at(i, s + 3));
            const auto* row = a.data() + s * stride + i;
            double* o = out.data() + i;
            for (int k = 0; k < m; ++k, row += n, o += n) {
                Eigen::Map<Lane>(o) += (load(row) * x0 + load(row + stride) * x1) +
                                       (load(row + 2 * stride) * x2 + load(row + 3 * stride) * x3);
            }
        }
    }
    for (; s < m; ++s) {
        for (int i = 0; i < n; i += lanes) {
            const Lane x0 = load(x.data() + shape.at(i, s));
            const auto* row = a.data() + s * stride + i;
            double* o = out.data() + i;
            for (int k = 0; k < m; ++k, row += n, o += n) Eigen::Map<Lane>(o) += load(row) * x0;
        }
    }
}

}  // namespace

ArrayXd pad(const Shape& shape, const std::vector<double>& by_region, double padding) {
    ArrayXd out = ArrayXd::Constant(shape.padded, padding);
    std::copy_n(by_region.begin(), shape.regions, out.data());
    return out;
}

void add_product(const Shape& shape, const ArrayXd& a, const ArrayXd& x, ArrayXd& out) {
    multiply(shape, a, x, out);
}
void add_product(const Shape& shape, const ArrayXf& a, const ArrayXd& x, ArrayXd& out) {
    multiply(shape, a, x, out);
}

void add_transposed_product(const Shape& shape, const ArrayXd& a, const ArrayXd& x, ArrayXd& out) {
    multiply_transposed(shape, a, x, out);
}
void add_transposed_product(const Shape& shape, const ArrayXf& a, const ArrayXd& x, ArrayXd& out) {
    multiply_transposed(shape, a, x, out);
}

void sweep_trade(const Shape& shape, const Sweep& sweep) {
    const int n = shape.padded;
    sweep.foreign_demand->setZero();
    for (int s = 0; s < shape.sectors; ++s) {
        const double* supply = sweep.supply->data() + shape.at(0, s);
        double* demand = sweep.foreign_demand->data() + shape.at(0, s);
        const bool taxed = sweep.taxed[s] != 0;
        for (int j = 0; j < shape.regions; ++j) {
            const Eigen::Index market = (static_cast<Eigen::Index>(s) * shape.regions + j) * n;
            const double* weight = sweep.weight->data() + market;
            const double* net = taxed ? sweep.net_weight->data() + market : weight;
            Lane gross = load(weight) * load(supply);
            for (int i = lanes; i < n; i += lanes) gross += load(weight + i) * load(supply + i);
            const double gross_sum = gross.sum();
            double net_sum = gross_sum;
            if (taxed) {
                Lane after_tax = load(net) * load(supply);
                for (int i = lanes; i < n; i += lanes) after_tax += load(net + i) * load(supply + i);
                net_sum = after_tax.sum();
            }
            const Eigen::Index at = shape.at(j, s);
            const double total = gross_sum + (*sweep.home_weight)[at] * supply[j];
            const double per_weight = (*sweep.spending)[at] / total;
            (*sweep.price_sum)[at] = total;
            (*sweep.import_sum)[at] = net_sum;
            (*sweep.per_weight)[at] = per_weight;
            for (int i = 0; i < n; i += lanes) Eigen::Map<Lane>(demand + i) += load(net + i) * per_weight;
        }
    }
}

void sweep_adjoint(const Shape& shape, const AdjointSweep& sweep) {
    const int n = shape.padded;
    sweep.supply->setZero();
    for (int s = 0; s < shape.sectors; ++s) {
        const double* sale = sweep.sale->data() + shape.at(0, s);
        double* supply = sweep.supply->data() + shape.at(0, s);
        for (int j = 0; j < shape.regions; ++j) {
            const Eigen::Index market = (static_cast<Eigen::Index>(s) * shape.regions + j) * n;
            const double *flow = sweep.flow->data() + market, *share = sweep.share->data() + market;
            const double* pair = sweep.pair->data() + static_cast<Eigen::Index>(j) * n;
            Lane total = Lane::Zero();
            for (int i = 0; i < n; i += lanes) {
                const Lane worth = load(flow + i) * (load(sale + i) + load(pair + i));
                total += worth;
                Eigen::Map<Lane>(supply + i) += worth;
            }
            const Eigen::Index at = shape.at(j, s);
            const double sum = total.sum(), spread = sum + (*sweep.price)[at];
            (*sweep.market)[at] = sum;
            (*sweep.spread)[at] = spread;
            for (int i = 0; i < n; i += lanes) Eigen::Map<Lane>(supply + i) -= load(share + i) * spread;
        }
    }
}

}  // namespace detente::kernels
