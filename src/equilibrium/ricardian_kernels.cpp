#include "equilibrium/ricardian_kernels.h"

namespace detente::kernels {

void add_product(const Shape& shape, const ArrayXd& a, const ArrayXd& x, ArrayXd& out) {
    const int n = shape.padded, m = shape.sectors;
    for (int s = 0; s < m; ++s) {
        double* o = out.data() + shape.at(0, s);
        const double* row = a.data() + static_cast<Eigen::Index>(s) * m * n;
        const double* in = x.data();
        int k = 0;
        // Four inputs at a time: the sum stays in a register for four loads of the coefficients.
        for (; k + 4 <= m; k += 4, row += 4 * n, in += 4 * n) {
#pragma omp simd
            for (int i = 0; i < n; ++i) {
                o[i] += row[i] * in[i] + row[n + i] * in[n + i] + row[2 * n + i] * in[2 * n + i] +
                        row[3 * n + i] * in[3 * n + i];
            }
        }
        for (; k < m; ++k, row += n, in += n) {
#pragma omp simd
            for (int i = 0; i < n; ++i) o[i] += row[i] * in[i];
        }
    }
}

void add_transposed_product(const Shape& shape, const ArrayXd& a, const ArrayXd& x, ArrayXd& out) {
    const int n = shape.padded, m = shape.sectors;
    const Eigen::Index stride = static_cast<Eigen::Index>(m) * n;
    int s = 0;
    for (; s + 4 <= m; s += 4) {
        const double* in = x.data() + shape.at(0, s);
        const double* row = a.data() + s * stride;
        double* o = out.data();
        for (int k = 0; k < m; ++k, row += n, o += n) {
#pragma omp simd
            for (int i = 0; i < n; ++i) {
                o[i] += row[i] * in[i] + row[stride + i] * in[n + i] + row[2 * stride + i] * in[2 * n + i] +
                        row[3 * stride + i] * in[3 * n + i];
            }
        }
    }
    for (; s < m; ++s) {
        const double* in = x.data() + shape.at(0, s);
        const double* row = a.data() + s * stride;
        double* o = out.data();
        for (int k = 0; k < m; ++k, row += n, o += n) {
#pragma omp simd
            for (int i = 0; i < n; ++i) o[i] += row[i] * in[i];
        }
    }
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
            double gross_sum = 0.0, net_sum = 0.0;
            if (taxed) {
#pragma omp simd reduction(+ : gross_sum, net_sum)
                for (int i = 0; i < n; ++i) {
                    gross_sum += weight[i] * supply[i];
                    net_sum += net[i] * supply[i];
                }
            } else {
#pragma omp simd reduction(+ : gross_sum)
                for (int i = 0; i < n; ++i) gross_sum += weight[i] * supply[i];
                net_sum = gross_sum;
            }
            const Eigen::Index at = shape.at(j, s);
            const double total = gross_sum + (*sweep.home_weight)[at] * supply[j];
            const double per_weight = (*sweep.spending)[at] / total;
            (*sweep.price_sum)[at] = total;
            (*sweep.import_sum)[at] = net_sum;
            (*sweep.per_weight)[at] = per_weight;
#pragma omp simd
            for (int i = 0; i < n; ++i) demand[i] += net[i] * per_weight;
        }
    }
}

}  // namespace detente::kernels
