#include "uncertainty/bands.h"

#include <algorithm>
#include <boost/accumulators/accumulators.hpp>
#include <boost/accumulators/statistics/extended_p_square.hpp>
#include <boost/accumulators/statistics/stats.hpp>
#include <cmath>
#include <limits>

namespace detente {

namespace acc = boost::accumulators;
using Estimator = acc::accumulator_set<double, acc::stats<acc::tag::extended_p_square>>;

// By number: one of all draws, and one of each replicate.
struct BandSums::Estimators {
    std::vector<Estimator> all, by_replicate;  // the latter [replicate][number]
};

void BandSums::Moments::add(double value) {
    ++count;
    positive += value > 0.0 ? 1 : 0;
    const double off = value - mean;
    mean += off / count;
    squares += off * (value - mean);
}

void BandSums::Moments::merge(const Moments& other) {
    if (other.count == 0) return;
    const double off = other.mean - mean;
    const int total = count + other.count;
    squares += other.squares + off * off * count * other.count / total;
    mean += off * other.count / total;
    count = total, positive += other.positive;
}

BandSums::BandSums(std::size_t numbers, int draws, int replicates, bool sample, std::size_t keep_at_most)
    : numbers_(numbers),
      replicates_(replicates),
      sample_(sample),
      exact_(numbers == 0 || static_cast<std::size_t>(draws) <= keep_at_most / numbers),
      moments_(static_cast<std::size_t>(replicates) * numbers) {
    if (exact_) {
        kept_.reserve(static_cast<std::size_t>(draws) * numbers);
        return;
    }
    const Estimator fresh(acc::tag::extended_p_square::probabilities = band_levels);
    estimators_ = std::make_unique<Estimators>();
    estimators_->all.assign(numbers, fresh);
    if (replicates > 1) estimators_->by_replicate.assign(moments_.size(), fresh);
}

BandSums::~BandSums() = default;

void BandSums::add(const std::vector<double>& row) {
    const std::size_t first = static_cast<std::size_t>(rows_++ % replicates_) * numbers_;
    for (std::size_t k = 0; k < numbers_; ++k) {
        if (std::isnan(row[k])) continue;
        moments_[first + k].add(row[k]);
        if (exact_) continue;
        estimators_->all[k](row[k]);
        if (replicates_ > 1) estimators_->by_replicate[first + k](row[k]);
    }
    if (exact_) kept_.insert(kept_.end(), row.begin(), row.end());
}

std::vector<double> BandSums::values(std::size_t number) const {
    std::vector<double> list;
    for (int row = 0; row < rows_; ++row) list.push_back(kept_[static_cast<std::size_t>(row) * numbers_ + number]);
    return list;
}

double sorted_quantile(const std::vector<double>& sorted, double level) {
    if (sorted.empty()) return std::numeric_limits<double>::quiet_NaN();
    const double at = level * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(at);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

BandValues BandSums::values_of(const Moments& m, std::vector<double> list) const {
    BandValues out;
    out.mean = m.mean;
    // The points of a quadrature are the distribution itself, draws are a sample of it.
    const int freedom = sample_ ? m.count - 1 : m.count;
    out.sd = m.count > 1 ? std::sqrt(m.squares / freedom) : 0.0;
    out.positive = m.count > 0 ? static_cast<double>(m.positive) / m.count : 0.0;
    std::sort(list.begin(), list.end());
    for (std::size_t q = 0; q < band_levels.size(); ++q) out.quantile[q] = sorted_quantile(list, band_levels[q]);
    return out;
}

Band BandSums::band(std::size_t number) const {
    Moments all;
    std::vector<std::vector<double>> lists(static_cast<std::size_t>(replicates_) + 1);  // the last: all
    for (int row = 0; exact_ && row < rows_; ++row) {
        const double value = kept_[static_cast<std::size_t>(row) * numbers_ + number];
        if (std::isnan(value)) continue;
        lists[static_cast<std::size_t>(row % replicates_)].push_back(value);
        lists.back().push_back(value);
    }
    const auto estimated = [](const Estimator& estimator, BandValues& out) {
        for (std::size_t q = 0; q < band_levels.size(); ++q)
            out.quantile[q] = acc::extended_p_square(estimator)[static_cast<std::ptrdiff_t>(q)];
    };
    std::vector<BandValues> parts;
    bool enough = replicates_ > 1;
    for (std::size_t r = 0; r < static_cast<std::size_t>(replicates_); ++r) {
        const Moments& one = moments_[r * numbers_ + number];
        all.merge(one);
        enough = enough && one.count > 1;
        parts.push_back(values_of(one, std::move(lists[r])));
        if (!exact_ && replicates_ > 1) estimated(estimators_->by_replicate[r * numbers_ + number], parts.back());
    }
    Band out;
    out.draws = all.count;
    out.value = values_of(all, std::move(lists.back()));
    if (!exact_) estimated(estimators_->all[number], out.value);
    if (!enough) return out;
    // The spread of independent answers to the same, over the root of how many there are.
    const auto error = [&](auto get) {
        Moments spread;
        for (const BandValues& part : parts) spread.add(get(part));
        return std::sqrt(spread.squares / (spread.count - 1) / spread.count);
    };
    BandValues& e = out.error.emplace();
    e.mean = error([](const BandValues& v) { return v.mean; });
    e.sd = error([](const BandValues& v) { return v.sd; });
    e.positive = error([](const BandValues& v) { return v.positive; });
    for (std::size_t q = 0; q < band_levels.size(); ++q)
        e.quantile[q] = error([q](const BandValues& v) { return v.quantile[q]; });
    return out;
}

}  // namespace detente
