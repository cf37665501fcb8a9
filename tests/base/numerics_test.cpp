// The shared loop and the quadrature on problems whose answer is known.
#include <gtest/gtest.h>

#include <Eigen/Core>
#include <cmath>
#include <functional>
#include <limits>

#include "base/anderson.h"
#include "base/quadrature.h"

namespace detente::test {
namespace {

using Eigen::ArrayXd;

// Steps given by a function; everything admissible, all weights one.
class Steps final : public FixedPointSystem {
public:
    Steps(Eigen::Index size, std::function<void(const ArrayXd&, ArrayXd&)> step)
        : weights_(ArrayXd::Ones(size)), step_(std::move(step)) {}
    Eigen::Index size() const override { return weights_.size(); }
    double evaluate(const ArrayXd& x, ArrayXd& step) override {
        step.resize(size());
        step_(x, step);
        return step.abs().maxCoeff();
    }
    bool admissible(const ArrayXd&) const override { return true; }
    const ArrayXd& weights() const override { return weights_; }
    std::string worst() const override { return "test"; }

private:
    ArrayXd weights_;
    std::function<void(const ArrayXd&, ArrayXd&)> step_;
};

// Eigen would ask the processor and cut products for it, and sums in another order end in other digits.
TEST(Reproducible, ProductsAreCutTheSameOnEveryMachine) {
    EXPECT_EQ(Eigen::l1CacheSize(), 48 * 1024);
    EXPECT_EQ(Eigen::l2CacheSize(), 1024 * 1024);
    EXPECT_EQ(Eigen::l3CacheSize(), 32 * 1024 * 1024);
}

TEST(Anderson, SolvesALinearSystemInAboutAsManyStepsAsUnknowns) {
    const Eigen::Matrix3d a = (Eigen::Matrix3d() << 2.0, 0.5, 0.0, 0.5, 1.5, 0.3, 0.0, 0.3, 1.0).finished();
    const Eigen::Vector3d b(1.0, -2.0, 0.5);
    Steps system(3, [&](const ArrayXd& x, ArrayXd& step) { step = (b - a * x.matrix()).array(); });
    ArrayXd x = ArrayXd::Zero(3);
    const FixedPointReport report = solve_fixed_point(system, x);
    EXPECT_TRUE(report.converged);
    EXPECT_LE(report.iterations, 8);
    EXPECT_LT((a * x.matrix() - b).cwiseAbs().maxCoeff(), 1e-12);
}

TEST(Anderson, SolvesAContraction) {
    Steps system(1, [](const ArrayXd& x, ArrayXd& step) { step = x.cos() - x; });
    ArrayXd x = ArrayXd::Zero(1);
    EXPECT_TRUE(solve_fixed_point(system, x).converged);
    EXPECT_NEAR(x[0], 0.739085133215160642, 1e-12);
}

TEST(Anderson, SolvesWherePlainStepsDiverge) {
    Steps system(2, [](const ArrayXd& x, ArrayXd& step) {
        step[0] = 1.0 - 3.0 * x[0];
        step[1] = 2.0 + 2.5 * x[1] + 0.1 * x[0];
    });
    ArrayXd x = ArrayXd::Zero(2);
    EXPECT_TRUE(solve_fixed_point(system, x).converged);
    EXPECT_NEAR(x[0], 1.0 / 3.0, 1e-11);
}

TEST(Anderson, SaysThatThereIsNoSolution) {
    Steps system(1, [](const ArrayXd& x, ArrayXd& step) { step = 1.0 + x * x; });
    ArrayXd x = ArrayXd::Zero(1);
    const FixedPointReport report = solve_fixed_point(system, x);
    EXPECT_FALSE(report.converged);
    EXPECT_GE(report.residual, 0.99);
    EXPECT_FALSE(report.stopped.empty());
}

TEST(Anderson, SurvivesNumbersThatAreNone) {
    Steps system(1, [](const ArrayXd& x, ArrayXd& step) { step = (2.0 - x).log() * 0.0 + (x.sqrt() - 3.0) * -1.0; });
    ArrayXd x = ArrayXd::Constant(1, 1.0);
    EXPECT_FALSE(solve_fixed_point(system, x).converged);
    EXPECT_TRUE(std::isfinite(x[0]));
}

TEST(GaussLobatto, EndsAreNodesAndWeightsSumToOne) {
    for (const int nodes : {2, 5, 9, 17, 33}) {
        const Collocation c = gauss_lobatto(nodes);
        EXPECT_EQ(c.nodes[0], 0.0);
        EXPECT_EQ(c.nodes[nodes - 1], 1.0);
        EXPECT_NEAR(c.weights.sum(), 1.0, 1e-14);
    }
}

TEST(GaussLobatto, IntegratesPolynomialsOfDegreeTwoKMinusThree) {
    const Collocation c = gauss_lobatto(5);
    for (int degree = 0; degree <= 7; ++degree)
        EXPECT_NEAR(c.weights.dot(c.nodes.array().pow(degree).matrix()), 1.0 / (degree + 1), 1e-14) << degree;
    EXPECT_GT(std::abs(c.weights.dot(c.nodes.array().pow(8).matrix()) - 1.0 / 9.0), 1e-8);
}

TEST(GaussLobatto, DifferentiatesPolynomialsOfDegreeKMinusOne) {
    const Collocation c = gauss_lobatto(9);
    const Eigen::VectorXd slope = c.derivative * c.nodes.array().pow(8).matrix();
    EXPECT_LT((slope.array() - 8.0 * c.nodes.array().pow(7)).abs().maxCoeff(), 1e-11);
}

}  // namespace
}  // namespace detente::test
