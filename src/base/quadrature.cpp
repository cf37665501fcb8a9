#include "base/quadrature.h"

#include <cmath>
#include <numbers>

namespace detente {
namespace {

// The Legendre polynomial of degree n at x, by its three-term recurrence.
double legendre(int n, double x) {
    double before = 1.0, here = x;
    if (n == 0) return before;
    for (int k = 2; k <= n; ++k) {
        const double next = ((2.0 * k - 1.0) * x * here - (k - 1.0) * before) / k;
        before = here;
        here = next;
    }
    return here;
}

}  // namespace

Collocation gauss_lobatto(int nodes) {
    const int degree = nodes - 1;
    Eigen::VectorXd x(nodes), polynomial(nodes);
    for (int k = 0; k < nodes; ++k) {
        // Inner nodes are the zeros of (x P_n - P_{n-1}), found from Chebyshev points; the ends are fixed points.
        double at = -std::cos(std::numbers::pi * k / degree);
        for (int step = 0; step < 100; ++step) {
            const double move = (at * legendre(degree, at) - legendre(degree - 1, at)) / (nodes * legendre(degree, at));
            at -= move;
            if (std::abs(move) < 1e-16) break;
        }
        x[k] = at;
        polynomial[k] = legendre(degree, at);
    }
    x[0] = -1.0;
    x[degree] = 1.0;
    Collocation c;
    c.nodes = (x.array() + 1.0) / 2.0;
    c.weights = (1.0 / (degree * nodes * polynomial.array().square()));
    c.derivative = Eigen::MatrixXd::Zero(nodes, nodes);
    for (int r = 0; r < nodes; ++r) {
        for (int k = 0; k < nodes; ++k) {
            if (r != k) c.derivative(r, k) = 2.0 * polynomial[r] / (polynomial[k] * (x[r] - x[k]));
        }
        c.derivative(r, r) = -c.derivative.row(r).sum();  // a constant has no slope
    }
    return c;
}

}  // namespace detente
