// Gauss-Lobatto-Legendre collocation on [0, 1]: quadrature whose first and last nodes are the ends of the path,
// with the matrix that differentiates the polynomial through the nodes.
//
// Source: Canuto, Hussaini, Quarteroni and Zang (2006), Spectral Methods, section 2.3.
#pragma once

#include <Eigen/Core>

namespace detente {

/// K nodes with what integrates and differentiates values given at them.
struct Collocation {
    Eigen::VectorXd nodes;       ///< K nodes, the first 0, the last 1
    Eigen::VectorXd weights;     ///< K weights, sum 1; exact for polynomials of degree 2 K - 3
    Eigen::MatrixXd derivative;  ///< K x K: values at the nodes to derivatives at the nodes
};

/// K >= 2 nodes.
Collocation gauss_lobatto(int nodes);

}  // namespace detente
