// Shrinkage of noisy elasticities: closed forms, an integral done otherwise, and whether intervals hold what they say.
#include "economy/shrinkage.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"
#include "support.h"

namespace detente::test {
namespace {

using Estimates = std::vector<ElasticityEstimate>;

// Estimates as published for trade, and their errors.
const Estimates& published() {
    static const Estimates list = {{8.11, 5.37}, {15.72, 5.91}, {2.55, 1.37}, {5.56, 2.78},  {10.83, 5.09},
                                   {9.07, 4.15}, {51.08, 22.9}, {7.5, 5.47},  {1.66, 3.05},  {2.76, 2.61},
                                   {7.99, 5.98}, {4.3, 4.17},   {1.52, 3.59}, {12.79, 4.96}, {10.6, 3.27},
                                   {7.07, 4.45}, {1.01, 1.73},  {0.37, 2.0},  {5.0, 1.97}};
    return list;
}

TEST(Shrinkage, AnEstimateThatSaysNothingLeavesThePrior) {
    Estimates list = published();
    list.push_back({3.0, 1e5});
    const ShrunkElasticities shrunk = shrink_elasticities(list);
    EXPECT_NEAR(shrunk.sectors.back().mean, shrunk.prior.mean, 1e-5);
    EXPECT_NEAR(shrunk.sectors.back().sd, shrunk.prior.sd, 1e-4);
    EXPECT_NEAR(shrunk.sectors.front().mean, shrink_elasticities(published()).sectors.front().mean, 1e-3);
}

TEST(Shrinkage, ASharpEstimateStaysWithItsOwnError) {
    Estimates list = published();
    list[3] = {6.0, 0.06};
    const ShrunkElasticities shrunk = shrink_elasticities(list);
    EXPECT_NEAR(shrunk.sectors[3].mean, std::log(6.0), 2e-3);
    EXPECT_NEAR(shrunk.sectors[3].sd, 0.01, 1e-4);
}

TEST(Shrinkage, SharpEstimatesGiveTheirOwnMeanAndSpread) {
    // With nothing but sharp estimates m and tau are those of a normal sample: their mean is normal around m with
    // variance v = tau^2 / n, and tau has the density tau^(1-n) exp(-S / (2 tau^2)), times what is known of both
    // beforehand.
    Estimates list;
    double mean = 0.0, square = 0.0;
    constexpr int n = 12;
    std::vector<double> logs;
    for (int k = 0; k < n; ++k) {
        logs.push_back(1.0 + 0.8 * std::sin(3.0 * k));
        list.push_back({std::exp(logs.back()), 0.02 * std::exp(logs.back())});
        mean += logs.back() / n;
    }
    for (const double log : logs) square += (log - mean) * (log - mean);
    double weight = 0.0, spread = 0.0, location = 0.0;
    constexpr double prior = 1.5 * 1.5;
    const double centre = std::log(4.0);
    for (double tau = 0.0005; tau < 6.0; tau += 0.001) {
        const double v = tau * tau / n, miss = mean - centre;
        const double density = std::pow(tau, 1 - n) * std::exp(-0.5 * square / (tau * tau) - 0.5 * tau * tau) *
                               std::exp(-0.5 * miss * miss / (prior + v)) / std::sqrt(prior + v);
        weight += density, spread += density * tau;
        location += density * (mean * prior + centre * v) / (prior + v);
    }
    const ShrunkElasticities shrunk = shrink_elasticities(list);
    EXPECT_NEAR(shrunk.location, location / weight, 1e-3);
    EXPECT_NEAR(shrunk.spread, spread / weight, 2e-3);
}

// The same integrals by midpoints in plain loops, m and tau on a fixed grid.
ShrunkElasticities by_midpoints(const Estimates& list) {
    ShrunkElasticities out;
    const std::size_t n = list.size();
    out.sectors.resize(n);
    std::vector<double> mean(n), square(n), sector_mean(n), sector_square(n);
    double total = 0.0, location = 0.0, spread = 0.0;
    for (double tau = 0.02; tau < 4.0; tau += 0.04) {
        for (double m = -5.95; m < 6.0; m += 0.1) {
            const double far = (m - std::log(4.0)) / 1.5;
            double weight = std::exp(-0.5 * tau * tau - 0.5 * far * far);
            for (std::size_t s = 0; s < n; ++s) {
                double mass = 0.0, first = 0.0, second = 0.0;
                constexpr int steps = 160;
                for (int k = 0; k < steps; ++k) {
                    const double z = -8.0 + 16.0 * (k + 0.5) / steps, u = m + tau * z;
                    const double miss = (list[s].value - std::exp(u)) / list[s].standard_error;
                    const double p = std::exp(-0.5 * (z * z + miss * miss)) * (16.0 / steps);
                    mass += p, first += p * u, second += p * u * u;
                }
                weight *= mass;
                sector_mean[s] = mass > 0.0 ? first / mass : 0.0;
                sector_square[s] = mass > 0.0 ? second / mass : 0.0;
            }
            total += weight, location += weight * m, spread += weight * tau;
            for (std::size_t s = 0; s < n; ++s)
                mean[s] += weight * sector_mean[s], square[s] += weight * sector_square[s];
        }
    }
    out.location = location / total, out.spread = spread / total;
    for (std::size_t s = 0; s < n; ++s) {
        out.sectors[s].mean = mean[s] / total;
        out.sectors[s].sd = std::sqrt(square[s] / total - out.sectors[s].mean * out.sectors[s].mean);
    }
    return out;
}

TEST(Shrinkage, TheIntegralDoneOtherwiseIsTheSame) {
    const Estimates list(published().begin(), published().begin() + 7);
    const ShrunkElasticities found = shrink_elasticities(list), expected = by_midpoints(list);
    EXPECT_NEAR(found.location, expected.location, 2e-3);
    EXPECT_NEAR(found.spread, expected.spread, 2e-3);
    for (std::size_t s = 0; s < list.size(); ++s) {
        EXPECT_NEAR(found.sectors[s].mean, expected.sectors[s].mean, 2e-3) << s;
        EXPECT_NEAR(found.sectors[s].sd, expected.sectors[s].sd, 2e-3) << s;
    }
}

TEST(Shrinkage, NoisierEstimatesMoveFurther) {
    const ShrunkElasticities shrunk =
        shrink_elasticities({{8.0, 1.0}, {8.0, 4.0}, {8.0, 16.0}, {2.0, 1.0}, {3.0, 1.0}});
    EXPECT_GT(shrunk.sectors[0].mean, shrunk.sectors[1].mean);
    EXPECT_GT(shrunk.sectors[1].mean, shrunk.sectors[2].mean);
    EXPECT_LT(shrunk.sectors[0].sd, shrunk.sectors[1].sd);
    EXPECT_LT(shrunk.sectors[1].sd, shrunk.sectors[2].sd);
}

TEST(Shrinkage, ANegativeEstimateHasAPositiveElasticity) {
    const ShrunkElasticities shrunk = shrink_elasticities({{-2.0, 2.0}, {4.0, 1.0}, {6.0, 2.0}});
    EXPECT_LT(shrunk.sectors[0].mean, shrunk.sectors[1].mean);
    EXPECT_TRUE(std::isfinite(shrunk.sectors[0].mean) && shrunk.sectors[0].sd > 0.0);
}

// Of 100 intervals of 90 % between 88 and 92 hold the elasticity that the estimate was drawn around.
double coverage(std::size_t sectors, double spread, int worlds, std::uint64_t seed) {
    RandomStream random(seed, 0);
    constexpr double two_sided_90 = 1.6448536269514722;
    int held = 0;
    for (int world = 0; world < worlds; ++world) {
        Estimates list;
        std::vector<double> truth;
        for (std::size_t s = 0; s < sectors; ++s) {
            truth.push_back(std::log(4.0) + spread * random.normal());
            const double error = published()[s % published().size()].standard_error;
            list.push_back({std::exp(truth.back()) + error * random.normal(), error});
        }
        const ShrunkElasticities shrunk = shrink_elasticities(list);
        for (std::size_t s = 0; s < sectors; ++s)
            held += std::abs(truth[s] - shrunk.sectors[s].mean) < two_sided_90 * shrunk.sectors[s].sd ? 1 : 0;
    }
    return static_cast<double>(held) / static_cast<double>(static_cast<std::size_t>(worlds) * sectors);
}

TEST(Shrinkage, IntervalsHoldWhatTheySay) {
    for (const double spread : {0.4, 0.5, 0.6, 0.7}) {
        const double found = coverage(40, spread, 60, 7);
        EXPECT_GT(found, 0.88) << spread;
        EXPECT_LT(found, 0.92) << spread;
    }
    const double few = coverage(published().size(), 0.55, 150, 8);
    EXPECT_GT(few, 0.88);
    EXPECT_LT(few, 0.92);
}

TEST(Shrinkage, WhatIsNoEstimateIsRefused) {
    expect_error(ErrorKind::input, {"no estimate"}, [] { shrink_elasticities({}); });
    expect_error(ErrorKind::input, {"standard error", "positive", "0"}, [] { shrink_elasticities({{1.0, 0.0}}); });
    expect_error(ErrorKind::input, {"not a finite number"}, [] { shrink_elasticities({{NAN, 1.0}}); });
}

}  // namespace
}  // namespace detente::test
