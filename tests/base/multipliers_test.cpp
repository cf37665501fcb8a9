// Multipliers of programs whose solutions are known.
#include "base/multipliers.h"

#include <gtest/gtest.h>

#include <Eigen/QR>

#include <random>

namespace detente::test {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

// Against every subset of the columns.
TEST(NonnegativeLeastSquares, IsTheBestOfAllSubsets) {
    std::mt19937_64 random(3);
    std::normal_distribution<double> normal;
    for (int k = 0; k < 200; ++k) {
        const int rows = 2 + k % 7, columns = 1 + k % 5;
        MatrixXd a(rows, columns);
        VectorXd b(rows);
        for (int i = 0; i < rows; ++i) {
            b[i] = normal(random);
            for (int j = 0; j < columns; ++j) a(i, j) = normal(random);
        }
        if (k % 4 == 0 && columns > 1) a.col(1) = a.col(0);  // no unique answer
        const VectorXd x = nonnegative_least_squares(a, b);
        ASSERT_GE(x.minCoeff(), 0.0);
        double best = b.norm();
        for (int subset = 1; subset < 1 << columns; ++subset) {
            std::vector<int> in;
            for (int j = 0; j < columns; ++j)
                if ((subset >> j) % 2 == 1) in.push_back(j);
            const MatrixXd part = a(Eigen::all, in);
            const VectorXd y = part.householderQr().solve(b);
            if (!y.allFinite() || (part.transpose() * (b - part * y)).norm() > 1e-8) continue;  // columns alike
            if (y.minCoeff() >= 0.0) best = std::min(best, (b - part * y).norm());
        }
        EXPECT_NEAR((b - a * x).norm(), best, 1e-10);
    }
}

// max y0 + 2 y1 with y0 + y1 <= 1 and y >= 0: the corner (0, 1), where y0 is held.
TEST(LeastMultipliers, HeldVariablesCountOnlyInwards) {
    const VectorXd gradient = Eigen::Vector2d(1.0, 2.0);
    const MatrixXd slope = Eigen::Vector2d(1.0, 1.0);
    const Multipliers corner = least_multipliers(gradient, slope, {-1, 0});
    EXPECT_NEAR(corner.value[0], 2.0, 1e-14);
    EXPECT_NEAR(corner.remainder, 0.0, 1e-14);
    // The other corner is not optimal: y1 would move inside.
    EXPECT_NEAR(least_multipliers(gradient, slope, {0, -1}).remainder, std::sqrt(0.5), 1e-14);
    EXPECT_NEAR(least_multipliers(gradient, MatrixXd(2, 0), {1, 1}).remainder, 0.0, 1e-14);
    EXPECT_NEAR(least_multipliers(gradient, MatrixXd(2, 0), {0, 0}).remainder, std::sqrt(5.0), 1e-14);
}

// A corner where every variable is held and the multipliers are not unique: max s with s <= y0 - y1, s <= y1 - y0 + y2.
TEST(LeastMultipliers, AreFoundWhereAllIsHeld) {
    MatrixXd slope(3, 2);
    slope << -0.656, 1.01, -1.87, 3.16, 1.0, 1.0;
    const VectorXd gradient = Eigen::Vector3d(0.0, 0.0, 1.0);
    const Multipliers found = least_multipliers(gradient, slope, {-1, -1, 0});
    EXPECT_NEAR(found.remainder, 0.0, 1e-12);
    EXPECT_NEAR(found.value.sum(), 1.0, 1e-12);
    EXPECT_LE((gradient - slope * found.value.matrix()).head(2).maxCoeff(), 1e-12);
}

// Random programs built around multipliers: they, or others as good, are found.
TEST(LeastMultipliers, ExplainWhatTheyMade) {
    std::mt19937_64 random(5);
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> positive(0.0, 2.0);
    for (int k = 0; k < 200; ++k) {
        const int n = 3 + k % 9, m = 1 + k % 4;
        MatrixXd slope(n, m);
        VectorXd x(m);
        for (int j = 0; j < m; ++j) {
            x[j] = j % 2 == 0 ? positive(random) : 0.0;
            for (int i = 0; i < n; ++i) slope(i, j) = normal(random);
        }
        VectorXd gradient = slope * x;
        std::vector<int> held(static_cast<std::size_t>(n), 0);
        for (int i = 0; i < n; ++i) {
            held[static_cast<std::size_t>(i)] = static_cast<int>(random() % 3) - 1;
            gradient[i] += held[static_cast<std::size_t>(i)] * positive(random);  // what the bound holds back
        }
        EXPECT_NEAR(least_multipliers(gradient, slope, held).remainder, 0.0, 1e-8) << k;
    }
}

}  // namespace
}  // namespace detente::test
