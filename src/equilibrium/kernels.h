// The array kernels that the models share: input-output products (with intermediate inputs), and sweeps over the
// trade tensor (all of them). All arrays are [sector][region] (or [sector][input][region],
// [sector][importer][exporter]) with the region padded to a multiple of eight, so that every inner loop
// runs over whole vectors; no kernel holds a power, and padding is zero in and zero out.
#pragma once

#include <Eigen/Core>
#include <vector>

namespace detente::kernels {

using Eigen::ArrayXd;
using Eigen::ArrayXf;

/// The sizes of one economy with its regions padded to whole vectors.
struct Shape {
    int regions = 0, sectors = 0;
    int padded = 0;
    Shape() = default;
    Shape(int n, int m) : regions(n), sectors(m), padded((n + 7) / 8 * 8) {}
    /// Cells of a table by (region, sector), padding included, and the position of one of them.
    Eigen::Index flat() const { return static_cast<Eigen::Index>(padded) * sectors; }
    Eigen::Index at(int i, int s) const { return static_cast<Eigen::Index>(s) * padded + i; }
};

/// A list by region with `padding` behind it.
ArrayXd pad(const Shape& shape, const std::vector<double>& by_region, double padding = 0.0);

/// out[s] += sum_k a[s][k] * x[k], elementwise over regions: S^2 N multiply-adds.
void add_product(const Shape& shape, const ArrayXd& a, const ArrayXd& x, ArrayXd& out);
/// The same with single-precision coefficients: half the memory traffic where six digits do (preconditioners).
void add_product(const Shape& shape, const ArrayXf& a, const ArrayXd& x, ArrayXd& out);
/// out[k] += sum_s a[s][k] * x[s], elementwise over regions.
void add_transposed_product(const Shape& shape, const ArrayXd& a, const ArrayXd& x, ArrayXd& out);
void add_transposed_product(const Shape& shape, const ArrayXf& a, const ArrayXd& x, ArrayXd& out);

/// What one sweep over the trade tensor needs and gives. Home sales stand apart from the tensor: a region near
/// autarky has border trade far below the rounding of its sales, and its trade balance must not drown in them.
struct Sweep {
    const ArrayXd* weight = nullptr;       ///< K[s][j][i] = pi kappa^-theta T, zero where i = j
    const ArrayXd* net_weight = nullptr;   ///< K / (1 + t'), zero where i = j
    const ArrayXd* home_weight = nullptr;  ///< K_ii by cell
    const unsigned char* taxed = nullptr;  ///< by sector: 1 where net_weight differs from weight
    const ArrayXd* supply = nullptr;       ///< C[s][i] = cost^-theta
    const ArrayXd* spending = nullptr;     ///< E[s][j]
    ArrayXd* price_sum = nullptr;          ///< out: Phi[s][j] = sum_i K C, home included
    ArrayXd* import_sum = nullptr;         ///< out: sum over i != j of K C / (1 + t')
    ArrayXd* per_weight = nullptr;         ///< out: E / Phi
    ArrayXd* foreign_demand = nullptr;     ///< out: sum over j != i of K / (1 + t') * E / Phi
};

/// One pass over the trade tensor: prices, revenue and sales together, each cell read once.
void sweep_trade(const Shape& shape, const Sweep& sweep);

/// What one sweep of the transposed equations needs and gives; flows and shares [sector][importer][exporter] with
/// home sales in place.
struct AdjointSweep {
    const ArrayXd* flow = nullptr;   ///< X[s][j][i]
    const ArrayXd* share = nullptr;  ///< pi[s][j][i]
    const ArrayXd* sale = nullptr;   ///< value of sales [s][i]
    const ArrayXd* pair = nullptr;   ///< value of a flow over the border [j][i]
    const ArrayXd* price = nullptr;  ///< value of ln P over theta [s][j]
    ArrayXd* market = nullptr;       ///< out: A[s][j] = sum_i (sale + pair) X
    ArrayXd* spread = nullptr;       ///< out: z = A + price
    ArrayXd* supply = nullptr;       ///< out: sum_j (sale + pair) X - pi z
};

/// One pass over flows and shares.
void sweep_adjoint(const Shape& shape, const AdjointSweep& sweep);

}  // namespace detente::kernels
