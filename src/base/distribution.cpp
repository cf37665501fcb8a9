#include "base/distribution.h"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/quadrature/tanh_sinh.hpp>
#include <boost/math/tools/toms748_solve.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace detente {
namespace {

// Results beyond the largest number are infinite, as with the functions of the standard library.
using Policy =
    boost::math::policies::policy<boost::math::policies::overflow_error<boost::math::policies::ignore_error>>;

// x^(a-1) (1-x)^(b-1) (-ln x)^k over its height at the mean of Beta(a, b + k), which keeps much evidence from
// underflow; integrals from 0 up, or from above down to 1, by a rule that takes powers and logarithms at the ends.
class BetaLog {
public:
    BetaLog(double a, double b, double k)
        : a_(a), b_(b), k_(k), middle_(a / (a + b + k)), height_(log_density(middle_, 1.0 - middle_)) {}

    // Of x^moment times the density, up to `x`.
    double below(double x, double moment = 0.0) const {
        return x <= middle_ ? piece(0.0, x, moment) : piece(0.0, middle_, moment) + piece(middle_, x, moment);
    }

private:
    double log_density(double x, double rest) const {
        // Near 1 the logarithm by what is left to it.
        const double log_x = x < 0.5 ? std::log(x) : std::log1p(-rest);
        return (a_ - 1.0) * log_x + (b_ - 1.0) * std::log(rest) + (k_ > 0.0 ? k_ * std::log(-log_x) : 0.0);
    }
    double piece(double from, double to, double moment) const {
        if (!(to > from)) return 0.0;
        thread_local boost::math::quadrature::tanh_sinh<double> rule;
        // `near`: distance to the closer end, negative towards the lower one.
        const auto density = [&](double x, double near) {
            const double rest = to == 1.0 && near > 0.0 ? near : 1.0 - x;
            if (!(x > 0.0 && rest > 0.0)) return 0.0;
            return std::pow(x, moment) * std::exp(log_density(x, rest) - height_);
        };
        return rule.integrate(density, from, to, 1e-12);
    }

    double a_, b_, k_, middle_, height_;
};

}  // namespace

double beta_log_mean(double a, double b, double k) {
    if (k == 0.0) return a / (a + b);
    const BetaLog density(a, b, k);
    return density.below(1.0, 1.0) / density.below(1.0);
}

double beta_log_quantile(double p, double a, double b, double k) {
    if (k == 0.0) return beta_quantile(p, a, b);
    const BetaLog density(a, b, k);
    const double wanted = p * density.below(1.0);
    std::uintmax_t steps = 100;
    const auto [low, high] = boost::math::tools::toms748_solve([&](double x) { return density.below(x) - wanted; }, 0.0,
                                                               1.0, -wanted, density.below(1.0) - wanted,
                                                               [](double l, double h) { return h - l < 1e-13; }, steps);
    return 0.5 * (low + high);
}

double beta_cumulative(double x, double a, double b) {
    return boost::math::cdf(boost::math::beta_distribution<double, Policy>(a, b), std::clamp(x, 0.0, 1.0));
}

double beta_quantile(double p, double a, double b) {
    return boost::math::quantile(boost::math::beta_distribution<double, Policy>(a, b), p);
}

double gamma_quantile(double p, double shape) {
    return boost::math::quantile(boost::math::gamma_distribution<double, Policy>(shape, 1.0), p);
}

double student_quantile(double p, double freedom) {
    return boost::math::quantile(boost::math::students_t_distribution<double, Policy>(freedom), p);
}

double student_two_sided(double t, double freedom) {
    if (std::isnan(t)) return 1.0;  // 0 / 0: an exact fit at what is tested
    if (std::isinf(t)) return 0.0;
    return 2.0 * boost::math::cdf(boost::math::students_t_distribution<double, Policy>(freedom), -std::abs(t));
}

}  // namespace detente
