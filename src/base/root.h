// The root of a monotone function of one variable, each evaluation of which is dear.
#pragma once

#include <functional>

namespace detente {

/// Where a search for a root ended: the argument, the value there, and what it took.
struct RootReport {
    double x = 0.0, value = 0.0;
    int evaluations = 0;
    bool converged = false;  ///< |value| or the bracket within tolerance
};

/// Finds x with f(x) = 0 for an increasing f: widens [low, high] (by its own width, up to `widest` times) until it
/// holds a sign change, then closes in by the Illinois variant of regula falsi (Dowell and Jarratt 1971), which keeps
/// the bracket. Where f jumps over zero, x is the place of the jump.
RootReport increasing_root(const std::function<double(double)>& f, double low, double high, double value_tolerance,
                           double x_tolerance, int widest = 6);

}  // namespace detente
