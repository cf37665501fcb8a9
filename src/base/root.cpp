#include "base/root.h"

#include <cmath>

namespace detente {

RootReport increasing_root(const std::function<double(double)>& f, double low, double high, double value_tolerance,
                           double x_tolerance, int widest) {
    RootReport report;
    const auto value = [&](double x) {
        ++report.evaluations;
        report.x = x;
        return report.value = f(x);
    };
    double f_low = value(low), f_high = value(high);
    const double width = high - low;
    for (int k = 0; k < widest && f_low > 0.0; ++k) high = low, f_high = f_low, f_low = value(low -= width);
    for (int k = 0; k < widest && f_high < 0.0; ++k) low = high, f_low = f_high, f_high = value(high += width);
    if (f_low > 0.0 || f_high < 0.0) return report;
    constexpr int most = 100;
    int side = 0;
    for (int k = 0; k < most; ++k) {
        if (f_low == 0.0) high = low, f_high = 0.0;
        if (f_high == 0.0) low = high, f_low = 0.0;
        double x = f_high > f_low ? (low * f_high - high * f_low) / (f_high - f_low) : 0.5 * (low + high);
        // Flat stretches and jumps slow regula falsi down: halve the bracket every third time.
        if (k % 3 == 2) x = 0.5 * (low + high);
        const double here = value(x);
        report.converged = std::abs(here) <= value_tolerance || high - low <= x_tolerance;
        if (report.converged) return report;
        if (here > 0.0) {
            high = x, f_high = here;
            if (side > 0) f_low *= 0.5;
            side = 1;
        } else {
            low = x, f_low = here;
            if (side < 0) f_high *= 0.5;
            side = -1;
        }
    }
    return report;
}

}  // namespace detente
