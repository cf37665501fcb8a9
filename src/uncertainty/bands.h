// Numbers over draws, summed up as the draws come: means, spreads, quantiles, chances, and the error of each.
//
// Sources: Welford (1962) and Chan, Golub and LeVeque (1983, American Statistician 37) for means and variances; Jain
// and Chlamtac (1985, CACM 28) and Raatikainen (1987) for quantiles of what is not kept, by Boost.Accumulators.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "study/uncertainty.h"

namespace detente {

/// Sums up rows of numbers, one row a draw, in the order of draws. What is kept does not grow beyond `most_kept`
/// numbers: quantiles are exact up to there, and estimated as the draws come beyond.
class BandSums {
public:
    /// Numbers that are kept for exact quantiles: 64 MiB.
    static constexpr std::size_t most_kept = std::size_t{1} << 23;

    /// `numbers` in a row, `draws` rows to come, of which row k belongs to replicate k modulo `replicates`.
    /// `sample`: rows are draws from the distribution; false: they are the distribution (points of a quadrature).
    BandSums(std::size_t numbers, int draws, int replicates, bool sample = true, std::size_t keep_at_most = most_kept);
    ~BandSums();
    BandSums(const BandSums&) = delete;
    BandSums& operator=(const BandSums&) = delete;

    /// Adds the next row; NaN: the draw does not have that number.
    void add(const std::vector<double>& row);
    /// True where quantiles come from sorting.
    bool exact() const { return exact_; }
    /// The number at a position of the row over all draws. With one replicate there is no error.
    Band band(std::size_t number) const;
    /// The values of a number in the order of draws; only where `exact`.
    std::vector<double> values(std::size_t number) const;

private:
    struct Moments {
        int count = 0, positive = 0;
        double mean = 0.0, squares = 0.0;
        void add(double value);
        void merge(const Moments& other);
    };
    struct Estimators;
    BandValues values_of(const Moments& moments, std::vector<double> sorted) const;

    std::size_t numbers_;
    int replicates_, rows_ = 0;
    bool sample_;
    bool exact_;
    std::vector<Moments> moments_;  // [replicate][number]
    std::vector<double> kept_;      // [draw][number]
    std::unique_ptr<Estimators> estimators_;
};

/// The quantile of sorted values at `level`, linear between neighbours (Hyndman and Fan 1996, type 7).
double sorted_quantile(const std::vector<double>& sorted, double level);

}  // namespace detente
