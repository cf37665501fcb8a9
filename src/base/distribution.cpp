#include "base/distribution.h"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/students_t.hpp>

#include <algorithm>
#include <cmath>

namespace detente {
namespace {

// Results beyond the largest number are infinite, as with the functions of the standard library.
using Policy =
    boost::math::policies::policy<boost::math::policies::overflow_error<boost::math::policies::ignore_error>>;

}  // namespace

double beta_cumulative(double x, double a, double b) {
    return boost::math::cdf(boost::math::beta_distribution<double, Policy>(a, b), std::clamp(x, 0.0, 1.0));
}

double beta_quantile(double p, double a, double b) {
    return boost::math::quantile(boost::math::beta_distribution<double, Policy>(a, b), p);
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
