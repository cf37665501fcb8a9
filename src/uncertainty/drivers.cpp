#include "uncertainty/drivers.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <numeric>

namespace detente {
namespace {

// Orthonormal polynomials of degree 1 to 3: Hermite's in the normal variable, in which a logarithm moves linearly, and
// Legendre's in the rank of what is bounded.
void basis_at(double u, bool normal, double* out) {
    if (normal) {
        const double z = boost::math::quantile(boost::math::normal_distribution<double>(), u);
        out[0] = z;
        out[1] = (z * z - 1.0) / std::sqrt(2.0);
        out[2] = (z * z - 3.0) * z / std::sqrt(6.0);
        return;
    }
    const double x = 2.0 * u - 1.0;
    out[0] = std::sqrt(3.0) * x;
    out[1] = std::sqrt(5.0) * 0.5 * (3.0 * x * x - 1.0);
    out[2] = std::sqrt(7.0) * 0.5 * (5.0 * x * x - 3.0) * x;
}

// Ranks from 0, of ties the mean.
std::vector<double> ranks(const std::vector<double>& values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<double> out(values.size());
    for (std::size_t from = 0; from < order.size();) {
        std::size_t to = from + 1;
        while (to < order.size() && values[order[to]] == values[order[from]]) ++to;
        for (std::size_t k = from; k < to; ++k) out[order[k]] = 0.5 * static_cast<double>(from + to - 1);
        from = to;
    }
    return out;
}

double squared_correlation(const std::vector<double>& a, const std::vector<double>& b) {
    const double n = static_cast<double>(a.size());
    const double mean_a = std::accumulate(a.begin(), a.end(), 0.0) / n;
    const double mean_b = std::accumulate(b.begin(), b.end(), 0.0) / n;
    double ab = 0.0, aa = 0.0, bb = 0.0;
    for (std::size_t k = 0; k < a.size(); ++k) {
        ab += (a[k] - mean_a) * (b[k] - mean_b);
        aa += (a[k] - mean_a) * (a[k] - mean_a);
        bb += (b[k] - mean_b) * (b[k] - mean_b);
    }
    return aa > 0.0 && bb > 0.0 ? ab * ab / (aa * bb) : 0.0;
}

}  // namespace

DriverSums::DriverSums(const std::vector<UncertainInput>& inputs, std::vector<double> centre)
    : centre_(std::move(centre)),
      count_(centre_.size(), 0.0),
      sum_(count_),
      square_(count_),
      basis_(inputs.size() * degrees),
      with_(centre_.size() * basis_.size(), 0.0),
      alone_(with_) {
    for (const UncertainInput& input : inputs)
        normal_.push_back(input.distribution.kind == Distribution::Kind::normal ? 1 : 0);
    for (double& value : centre_)
        if (std::isnan(value)) value = 0.0;
}

void DriverSums::add(const std::vector<double>& point, const std::vector<double>& numbers) {
    for (std::size_t i = 0; i < point.size(); ++i) basis_at(point[i], normal_[i] != 0, basis_.data() + i * degrees);
    const std::size_t width = basis_.size();
    for (std::size_t k = 0; k < numbers.size(); ++k) {
        if (std::isnan(numbers[k])) continue;
        const double off = numbers[k] - centre_[k];
        count_[k] += 1.0, sum_[k] += off, square_[k] += off * off;
        double *with = with_.data() + k * width, *alone = alone_.data() + k * width;
        for (std::size_t c = 0; c < width; ++c) with[c] += off * basis_[c], alone[c] += basis_[c];
    }
}

std::vector<double> DriverSums::indices(std::size_t number) const {
    const double n = count_[number];
    if (!(n > 1.0)) return {};
    const double mean = sum_[number] / n, variance = square_[number] / n - mean * mean;
    constexpr double rounding = 1e-24;  // of the square of the number
    const double size = std::max(std::abs(centre_[number]), std::abs(mean));
    if (!(variance > rounding * size * size)) return {};
    std::vector<double> list;
    const std::size_t width = basis_.size();
    for (std::size_t i = 0; i < normal_.size(); ++i) {
        double share = 0.0;
        for (std::size_t d = 0; d < degrees; ++d) {
            const std::size_t at = number * width + i * degrees + d;
            const double projection = with_[at] / n - mean * alone_[at] / n;
            share += projection * projection / variance;
        }
        list.push_back(std::max(0.0, share - static_cast<double>(degrees) / n));
    }
    return list;
}

std::vector<double> squared_rank_correlations(const std::vector<std::vector<double>>& points,
                                              const std::vector<double>& values) {
    std::vector<double> numbers;
    std::vector<std::size_t> draws;
    for (std::size_t k = 0; k < values.size(); ++k)
        if (!std::isnan(values[k])) numbers.push_back(values[k]), draws.push_back(k);
    if (numbers.size() < 3) return {};
    const std::vector<double> of_value = ranks(numbers);
    if (std::all_of(of_value.begin(), of_value.end(), [&](double r) { return r == of_value.front(); })) return {};
    std::vector<double> list;
    for (std::size_t i = 0; i < points.front().size(); ++i) {
        std::vector<double> input;
        for (const std::size_t k : draws) input.push_back(points[k][i]);
        list.push_back(squared_correlation(ranks(input), of_value));
    }
    return list;
}

std::vector<Driver> largest_drivers(const std::vector<double>& shares) {
    constexpr double least = 0.01;
    constexpr std::size_t most = 10;
    std::vector<Driver> list;
    for (std::size_t i = 0; i < shares.size(); ++i)
        if (shares[i] >= least) list.push_back({i, shares[i]});
    std::stable_sort(list.begin(), list.end(), [](const Driver& a, const Driver& b) { return a.share > b.share; });
    if (list.size() > most) list.resize(most);
    return list;
}

}  // namespace detente
