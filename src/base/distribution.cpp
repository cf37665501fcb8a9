#include "base/beta.h"

#include <cmath>
#include <limits>

namespace detente {
namespace {

constexpr double smallest = 1e-300;  // keeps Lentz's quotients finite

double nonzero(double value) {
    return std::abs(value) < smallest ? smallest : value;
}

// Lentz's method; converges in O(sqrt(max(a, b))) terms where x < (a + 1) / (a + b + 2).
double continued_fraction(double x, double a, double b) {
    double c = 1.0, d = 1.0 / nonzero(1.0 - (a + b) * x / (a + 1.0)), value = d;
    constexpr int most = 10000;
    for (int m = 1; m <= most; ++m) {
        const double even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / nonzero(1.0 + even * d);
        c = nonzero(1.0 + even / c);
        value *= d * c;
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / nonzero(1.0 + odd * d);
        c = nonzero(1.0 + odd / c);
        const double factor = d * c;
        value *= factor;
        if (std::abs(factor - 1.0) < std::numeric_limits<double>::epsilon()) break;
    }
    return value;
}

}  // namespace

double beta_cumulative(double x, double a, double b) {
    if (x <= 0.0) return 0.0;
    if (x >= 1.0) return 1.0;
    const double front =
        std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) + a * std::log(x) + b * std::log1p(-x));
    if (x < (a + 1.0) / (a + b + 2.0)) return front * continued_fraction(x, a, b) / a;
    return 1.0 - front * continued_fraction(1.0 - x, b, a) / b;
}

double beta_quantile(double p, double a, double b) {
    double low = 0.0, high = 1.0;
    // Bisection to the last bit: the cumulative is monotone, and 1100 halvings reach the smallest double.
    for (int step = 0; step < 1100; ++step) {
        const double middle = 0.5 * (low + high);
        if (middle <= low || middle >= high) break;
        (beta_cumulative(middle, a, b) < p ? low : high) = middle;
    }
    return 0.5 * (low + high);
}

double student_quantile(double p, double freedom) {
    if (p == 0.5) return 0.0;
    const double tail = p < 0.5 ? 2.0 * p : 2.0 * (1.0 - p);
    // P(|T| > t) = I_x(freedom / 2, 1 / 2) with x = freedom / (freedom + t^2).
    const double x = beta_quantile(tail, 0.5 * freedom, 0.5);
    const double t = std::sqrt(freedom * (1.0 - x) / x);
    return p < 0.5 ? -t : t;
}

}  // namespace detente
