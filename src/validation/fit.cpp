#include "validation/fit.h"

#include <algorithm>
#include <cmath>

#include "base/distribution.h"

namespace detente {
namespace {

int group_count(const FitData& data) {
    return data.group.empty() ? 0 : 1 + *std::max_element(data.group.begin(), data.group.end());
}

double weighted(const FitData& data, const std::vector<double>& a, const std::vector<double>& b) {
    double sum = 0.0;
    for (std::size_t k = 0; k < a.size(); ++k) sum += data.weight[k] * a[k] * b[k];
    return sum;
}

// What demeaning leaves of values that are all the same in their groups is rounding.
bool varies(const FitData& data, const std::vector<double>& values, const std::vector<double>& within) {
    constexpr double rounding = 1e-24;
    return weighted(data, within, within) > rounding * weighted(data, values, values);
}

struct RobustError {
    double standard_error = 0.0, p_one = 0.0, width = 0.0;
};

// Of slope = sum w Z O / sum w Z P.
RobustError robust_error(const FitData& data, const std::vector<double>& z, const std::vector<double>& o,
                         const std::vector<double>& p, double slope, int freedom) {
    double sum = 0.0;
    for (std::size_t k = 0; k < z.size(); ++k) {
        const double score = data.weight[k] * z[k] * (o[k] - slope * p[k]);
        sum += score * score;
    }
    const double n = static_cast<double>(z.size());
    RobustError out;
    out.standard_error = std::sqrt(sum * n / freedom) / std::abs(weighted(data, z, p));
    out.p_one = student_two_sided((slope - 1.0) / out.standard_error, freedom);
    out.width = student_quantile(0.975, freedom) * out.standard_error;
    return out;
}

int degrees_of_freedom(const FitData& data) {
    return static_cast<int>(data.observed.size()) - group_count(data) - 1;
}

}  // namespace

std::vector<double> within_groups(const FitData& data, const std::vector<double>& values) {
    const auto groups = static_cast<std::size_t>(group_count(data));
    std::vector<double> sum(groups, 0.0), weight(groups, 0.0), out(values);
    for (std::size_t k = 0; k < values.size(); ++k) {
        const auto g = static_cast<std::size_t>(data.group[k]);
        sum[g] += data.weight[k] * values[k];
        weight[g] += data.weight[k];
    }
    for (std::size_t k = 0; k < values.size(); ++k) {
        const auto g = static_cast<std::size_t>(data.group[k]);
        out[k] -= sum[g] / weight[g];
    }
    return out;
}

std::optional<SlopeFit> fit_slope(const FitData& data) {
    const int freedom = degrees_of_freedom(data);
    if (freedom < 1) return std::nullopt;
    const std::vector<double> o = within_groups(data, data.observed), p = within_groups(data, data.predicted);
    if (!varies(data, data.observed, o) || !varies(data, data.predicted, p)) return std::nullopt;
    const double oo = weighted(data, o, o), pp = weighted(data, p, p), op = weighted(data, o, p);
    SlopeFit fit;
    fit.cells = static_cast<int>(data.observed.size());
    fit.groups = group_count(data);
    fit.slope = op / pp;
    const RobustError error = robust_error(data, p, o, p, fit.slope, freedom);
    fit.standard_error = error.standard_error;
    fit.p_one = error.p_one;
    fit.low = fit.slope - error.width;
    fit.high = fit.slope + error.width;
    fit.correlation = op / std::sqrt(oo * pp);
    fit.r2_at_one = 1.0 - (oo - 2.0 * op + pp) / oo;
    const double levels = weighted(data, data.observed, data.observed);
    fit.r2_level = 1.0 - (levels - 2.0 * weighted(data, data.observed, data.predicted) +
                          weighted(data, data.predicted, data.predicted)) /
                             levels;
    return fit;
}

std::optional<InstrumentFit> fit_instrument(const FitData& data, const std::vector<double>& instrument) {
    const int freedom = degrees_of_freedom(data);
    if (freedom < 1) return std::nullopt;
    const std::vector<double> o = within_groups(data, data.observed), p = within_groups(data, data.predicted),
                              z = within_groups(data, instrument);
    if (!varies(data, data.predicted, p) || !varies(data, instrument, z)) return std::nullopt;
    const double zz = weighted(data, z, z), zo = weighted(data, z, o), zp = weighted(data, z, p);
    if (zp == 0.0) return std::nullopt;
    InstrumentFit fit;
    fit.cells = static_cast<int>(data.observed.size());
    fit.observed_on_instrument = zo / zz;
    fit.predicted_on_instrument = zp / zz;
    fit.ratio = zo / zp;
    const RobustError error = robust_error(data, z, o, p, fit.ratio, freedom);
    fit.standard_error = error.standard_error;
    fit.p_one = error.p_one;
    return fit;
}

}  // namespace detente
