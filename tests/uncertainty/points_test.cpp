// Points, sums and drivers against what is known of them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "base/random.h"
#include "uncertainty/bands.h"
#include "uncertainty/drivers.h"
#include "uncertainty/points.h"
#include "uncertainty/uncertainty.h"

namespace detente::test {
namespace {

std::vector<std::vector<double>> points_of(DrawMethod method, std::size_t inputs, int draws, std::uint64_t seed) {
    DrawPoints points(method, inputs, draws, seed);
    std::vector<std::vector<double>> list;
    for (int k = 0; k < points.draws(); ++k) list.push_back(points.next());
    return list;
}

// Of 2^m points of one replicate, every one of 2^m equal intervals of every input holds exactly one, shifted or not.
TEST(DrawPoints, OfSobolFillEveryStratumOnce) {
    constexpr int in_replicate = 64, replicates = 8;
    const auto points = points_of(DrawMethod::sobol, 50, in_replicate * replicates, 7);
    for (std::size_t d = 0; d < 50; ++d) {
        for (std::size_t r = 0; r < replicates; ++r) {
            std::vector<int> count(in_replicate, 0);
            for (std::size_t k = r; k < points.size(); k += replicates)
                ++count[static_cast<std::size_t>(points[k][d] * in_replicate)];
            EXPECT_TRUE(std::all_of(count.begin(), count.end(), [](int c) { return c == 1; })) << d << " " << r;
        }
    }
}

TEST(DrawPoints, AreInsideTheCubeAndMoveWithTheSeed) {
    for (const DrawMethod method : {DrawMethod::sobol, DrawMethod::random}) {
        const auto one = points_of(method, 3, 100, 1), again = points_of(method, 3, 100, 1),
                   other = points_of(method, 3, 100, 2);
        EXPECT_EQ(one, again);
        EXPECT_NE(one, other);
        for (const auto& point : one)
            for (const double u : point) EXPECT_TRUE(u > 0.0 && u < 1.0);
    }
}

// Stroud's 2N points have mean 0, unit variances, no covariances, and no third moments.
TEST(DrawPoints, OfStroudIntegrateCubicsExactly) {
    for (const std::size_t inputs : {1u, 2u, 5u, 8u, 45u}) {
        const auto points = points_of(DrawMethod::quadrature, inputs, 0, 0);
        ASSERT_EQ(points.size(), 2 * inputs);
        const double weight = 1.0 / static_cast<double>(points.size());
        for (std::size_t a = 0; a < inputs; ++a) {
            double mean = 0.0;
            for (const auto& z : points) mean += weight * z[a];
            EXPECT_NEAR(mean, 0.0, 1e-13);
            for (std::size_t b = a; b < inputs; ++b) {
                double second = 0.0;
                for (const auto& z : points) second += weight * z[a] * z[b];
                EXPECT_NEAR(second, a == b ? 1.0 : 0.0, 1e-12) << inputs << " " << a << " " << b;
                for (std::size_t c = b; c < std::min(inputs, b + 3); ++c) {
                    double third = 0.0;
                    for (const auto& z : points) third += weight * z[a] * z[b] * z[c];
                    EXPECT_NEAR(third, 0.0, 1e-12);
                }
            }
        }
    }
}

TEST(DistributionOfAnInput, HasItsQuantilesAndTheVarianceOfAStandardVariable) {
    const Distribution normal{Distribution::Kind::normal, 1.0, 2.0}, uniform{Distribution::Kind::uniform, 2.0, 5.0},
        beta{Distribution::Kind::beta, 2.0, 1.0};
    EXPECT_NEAR(normal.quantile(0.975), 1.0 + 2.0 * 1.959963984540054, 1e-12);
    EXPECT_DOUBLE_EQ(normal.at_standard(-1.5), -2.0);
    EXPECT_DOUBLE_EQ(uniform.quantile(0.25), 2.75);
    EXPECT_NEAR(uniform.at_standard(1.0) - uniform.at_standard(-1.0), 2.0 * 3.0 / std::sqrt(12.0), 1e-14);
    EXPECT_NEAR(beta.quantile(0.49), 0.7, 1e-12);  // P(X <= x) = x^2
    EXPECT_NEAR(beta.at_standard(0.0), std::sqrt(0.5), 1e-12);
}

// Two rows a replicate, known by hand.
TEST(BandSums, AreThoseOfASortedList) {
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    BandSums sums(2, 5, 1);
    for (const double value : {3.0, -1.0, 2.0, 0.0, 1.0}) sums.add({value, value > 1.5 ? none : value});
    const Band all = sums.band(0), some = sums.band(1);
    EXPECT_EQ(all.draws, 5);
    EXPECT_DOUBLE_EQ(all.value.mean, 1.0);
    EXPECT_NEAR(all.value.sd, std::sqrt(2.5), 1e-15);
    EXPECT_DOUBLE_EQ(all.value.quantile[2], 1.0);
    EXPECT_DOUBLE_EQ(all.value.quantile[1], 0.0);
    EXPECT_DOUBLE_EQ(all.value.quantile[0], -0.8);
    EXPECT_DOUBLE_EQ(all.value.positive, 0.6);
    EXPECT_FALSE(all.error);
    EXPECT_EQ(some.draws, 3);
    EXPECT_DOUBLE_EQ(some.value.mean, 0.0);
    EXPECT_DOUBLE_EQ(some.value.positive, 1.0 / 3.0);
}

// Beyond what is kept quantiles are estimates; means, spreads and chances stay exact.
TEST(BandSums, NeedNotKeepWhatTheySumUp) {
    constexpr int draws = 20000, replicates = 8;
    BandSums kept(1, draws, replicates), passing(1, draws, replicates, true, 1000);
    ASSERT_TRUE(kept.exact());
    ASSERT_FALSE(passing.exact());
    RandomStream random(3, 0);
    for (int k = 0; k < draws; ++k) {
        const double value = random.normal();
        kept.add({value}), passing.add({value});
    }
    const Band a = kept.band(0), b = passing.band(0);
    EXPECT_DOUBLE_EQ(a.value.mean, b.value.mean);
    EXPECT_DOUBLE_EQ(a.value.sd, b.value.sd);
    EXPECT_DOUBLE_EQ(a.value.positive, b.value.positive);
    EXPECT_DOUBLE_EQ(a.error->mean, b.error->mean);
    for (std::size_t q = 0; q < band_levels.size(); ++q) EXPECT_NEAR(a.value.quantile[q], b.value.quantile[q], 0.03);
    EXPECT_NEAR(a.value.quantile[4], 1.6449, 0.05);
}

// The printed error of independent draws is that of theory: 1 / sqrt(n) of a standard normal's mean.
TEST(BandSums, PrintTheErrorThatIndependentDrawsHave) {
    constexpr int draws = 800, trials = 300;
    double squared = 0.0, missed = 0.0;
    for (int t = 0; t < trials; ++t) {
        BandSums sums(1, draws, 8);
        RandomStream random(11, static_cast<std::uint64_t>(t));
        for (int k = 0; k < draws; ++k) sums.add({random.normal()});
        const Band band = sums.band(0);
        squared += band.error->mean * band.error->mean / trials;
        missed += band.value.mean * band.value.mean / trials;
    }
    EXPECT_NEAR(squared * draws, 1.0, 0.12);
    EXPECT_NEAR(missed * draws, 1.0, 0.25);
}

std::vector<UncertainInput> inputs_of(std::initializer_list<Distribution> list) {
    std::vector<UncertainInput> inputs;
    for (const Distribution& distribution : list) inputs.emplace_back().distribution = distribution;
    return inputs;
}

// The Ishigami function, whose first-order indices are known: 0.3139, 0.4424 and 0 with a = 7 and b = 0.1.
TEST(Drivers, AreTheSobolIndicesOfAKnownFunction) {
    constexpr double pi = std::numbers::pi;
    const Distribution angle{Distribution::Kind::uniform, -pi, pi};
    const auto inputs = inputs_of({angle, angle, angle});
    DriverSums sums(inputs, {3.5});
    for (const auto& u : points_of(DrawMethod::sobol, 3, 4096, 1)) {
        const double x = angle.quantile(u[0]), y = angle.quantile(u[1]), z = angle.quantile(u[2]);
        sums.add(u, {std::sin(x) + 7.0 * std::sin(y) * std::sin(y) + 0.1 * z * z * z * z * std::sin(x)});
    }
    const auto index = sums.indices(0);
    EXPECT_NEAR(index[0], 0.3139, 0.02);
    EXPECT_LT(index[1], 0.4424);  // the wave of degree 4 and more is beyond cubics
    EXPECT_NEAR(index[2], 0.0, 0.01);
}

// Of a sum of independent normals each explains its part of the variance, and of a product beyond that nothing alone.
TEST(Drivers, ShareOutTheVarianceOfASum) {
    const Distribution one{Distribution::Kind::normal, 0.0, 1.0}, two{Distribution::Kind::normal, 0.0, 2.0};
    const auto inputs = inputs_of({one, two, one});
    DriverSums sums(inputs, {0.0, 0.0});
    std::vector<std::vector<double>> points;
    std::vector<double> values;
    for (const auto& u : points_of(DrawMethod::sobol, 3, 2000, 5)) {
        const double a = one.quantile(u[0]), b = two.quantile(u[1]), c = one.quantile(u[2]);
        sums.add(u, {10.0 + a + b, a * c});
        points.push_back(u), values.push_back(10.0 + a + b);
    }
    const auto of_sum = sums.indices(0), of_product = sums.indices(1),
               by_rank = squared_rank_correlations(points, values);
    EXPECT_NEAR(of_sum[0], 0.2, 0.02);
    EXPECT_NEAR(of_sum[1], 0.8, 0.03);
    EXPECT_LT(of_sum[2], 0.005);
    for (const double share : of_product) EXPECT_LT(share, 0.01);
    EXPECT_NEAR(by_rank[0], 0.2, 0.03);
    EXPECT_NEAR(by_rank[1], 0.8, 0.04);
    const auto largest = largest_drivers(of_sum);
    ASSERT_EQ(largest.size(), 2u);
    EXPECT_EQ(largest[0].input, 1u);
}

TEST(Drivers, OfWhatDoesNotMoveAreNone) {
    DriverSums sums(inputs_of({{Distribution::Kind::uniform, 0.0, 1.0}}), {2.0});
    std::vector<std::vector<double>> points;
    for (const auto& u : points_of(DrawMethod::random, 1, 100, 1)) sums.add(u, {2.0}), points.push_back(u);
    EXPECT_TRUE(sums.indices(0).empty());
    EXPECT_TRUE(squared_rank_correlations(points, std::vector<double>(100, 2.0)).empty());
}

TEST(VerdictOverDraws, NeverReadsAsAllWhereOneIsMissing) {
    const auto words = [](int holds, int fails, int negligible, int undecided, int failed) {
        ClaimShares shares;
        shares.holds = holds, shares.fails = fails, shares.negligible = negligible, shares.undecided = undecided;
        shares.failed = failed;
        return verdict_over_draws(shares);
    };
    EXPECT_EQ(words(100, 0, 0, 0, 0), "holds in all");
    EXPECT_EQ(words(0, 100, 0, 0, 0), "fails in all");
    EXPECT_EQ(words(93, 7, 0, 0, 0), "holds in 93 of 100");
    EXPECT_EQ(words(999, 0, 0, 0, 1), "holds in 99.9 of 100");
    EXPECT_EQ(words(55, 45, 0, 0, 0), "depends: holds in 55 of 100");
    EXPECT_EQ(words(5, 95, 0, 0, 0), "fails in 95 of 100");
    EXPECT_EQ(words(0, 0, 0, 3, 2), "undecided in all");
    EXPECT_EQ(words(0, 40, 60, 0, 0), "depends: fails in 40 of 100");
    EXPECT_EQ(words(0, 0, 0, 0, 0), "undecided");
}

}  // namespace
}  // namespace detente::test
