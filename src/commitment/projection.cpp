#include "commitment/projection.h"

#include <cmath>
#include <limits>

#include "base/distribution.h"
#include "base/error.h"

namespace detente {
namespace {

// Observed rates: mean daily increment of each stretch, its length and the middle of it.
struct Rate {
    double value, days, middle;
};

std::vector<Rate> rates(const std::vector<TotalAt>& observed) {
    std::vector<Rate> out;
    TotalAt last;
    for (const TotalAt& now : observed) {
        const double days = now.day - last.day;
        if (!(days > 0.0)) throw_input({"", 0, "observation"}, "the days of a running total must rise");
        out.push_back({(now.total - last.total) / days, days, last.day + 0.5 * days});
        last = now;
    }
    return out;
}

struct Filtered {
    double level, variance;  // of the rate at the last middle, the variance in units of s^2
    double noise;            // s^2
    double log_likelihood;   // concentrated
};

// The Kalman filter from a diffuse level: the first rate sets it.
Filtered filter(const std::vector<Rate>& list, double ratio) {
    Filtered f{list[0].value, 1.0 / list[0].days, 0.0, 0.0};
    double squares = 0.0, logs = 0.0;
    for (std::size_t k = 1; k < list.size(); ++k) {
        const double predicted = f.variance + ratio * (list[k].middle - list[k - 1].middle);
        const double innovation = list[k].value - f.level, spread = predicted + 1.0 / list[k].days;
        squares += innovation * innovation / spread;
        logs += std::log(spread);
        const double gain = predicted / spread;
        f.level += gain * innovation;
        f.variance = predicted * (1.0 - gain);
    }
    const auto n = static_cast<double>(list.size() - 1);
    if (n > 0.0) f.noise = squares / n;
    f.log_likelihood = f.noise > 0.0 ? -0.5 * (n * std::log(f.noise) + logs) : std::numeric_limits<double>::infinity();
    return f;
}

}  // namespace

const char* const projection_assumption =
    "the daily rate drifts as a random walk, an increment adds independent noise in proportion to its days, nothing "
    "seasonal beyond the given profile, no rush before the date";

Projection project_total(const std::vector<TotalAt>& observed, double horizon, double level) {
    if (observed.empty()) throw_input({"", 0, "observation"}, "nothing was observed");
    const std::vector<Rate> list = rates(observed);
    const double remaining = horizon - observed.back().day;
    if (!(remaining >= 0.0)) throw_input({"", 0, "horizon"}, "the date lies before the last observation");
    Projection out;
    out.increments = static_cast<int>(list.size());
    // A grid in logs, and 0 (a constant rate): the likelihood of short series is flat, finer search would be pretence.
    double best_ratio = 0.0;
    Filtered best = filter(list, 0.0);
    if (list.size() >= 3) {
        for (double power = -8.0; power <= 1.0; power += 0.25) {
            const double ratio = std::pow(10.0, power);
            const Filtered f = filter(list, ratio);
            if (f.log_likelihood > best.log_likelihood) {
                best = f;
                best_ratio = ratio;
            }
        }
    }
    out.signal_to_noise = best_ratio;
    out.mean = observed.back().total + best.level * remaining;
    if (list.size() < 3) return out;
    // From the last middle to the end of the last stretch the rate drifts too.
    const double lag = 0.5 * list.back().days;
    const double variance = best.noise * (remaining * remaining * (best.variance + best_ratio * lag) +
                                          best_ratio * remaining * remaining * remaining / 3.0 + remaining);
    const double reach =
        student_quantile(0.5 + 0.5 * level, static_cast<double>(list.size() - 1)) * std::sqrt(std::max(variance, 0.0));
    out.low = out.mean - reach;
    out.high = out.mean + reach;
    return out;
}

}  // namespace detente
