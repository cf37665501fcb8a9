// The simplex of small linear programs, on programs whose optimum is known.
#include "base/simplex.h"

#include <gtest/gtest.h>

#include <cmath>

namespace detente::test {
namespace {

// max c'x s.t. M x + s = b, x and s >= 0.
class Dense : public LinearProgram {
public:
    Dense(Eigen::MatrixXd matrix, Eigen::VectorXd costs) : matrix_(std::move(matrix)), costs_(std::move(costs)) {}
    Eigen::VectorXd entries(const ProgramColumn& c) const override {
        return c.kind == 0 ? Eigen::VectorXd(matrix_.col(c.row)) : Eigen::VectorXd::Unit(matrix_.rows(), c.row);
    }
    double objective(const ProgramColumn& c) const override { return c.kind == 0 ? costs_[c.row] : 0.0; }
    std::optional<ProgramColumn> entering(const Eigen::VectorXd& duals, double least, bool first) const override {
        std::optional<ProgramColumn> best;
        double most = least;
        for (int kind = 0; kind < 2; ++kind)
            for (Eigen::Index k = 0; k < (kind == 0 ? matrix_.cols() : matrix_.rows()); ++k) {
                const double reduced = kind == 0 ? costs_[k] - duals.dot(matrix_.col(k)) : -duals[k];
                if (reduced > most && !(first && best)) most = reduced, best = {kind, k, 0};
            }
        return best;
    }
    std::vector<ProgramColumn> slacks() const {
        std::vector<ProgramColumn> basis;
        for (Eigen::Index r = 0; r < matrix_.rows(); ++r) basis.push_back({1, r, 0});
        return basis;
    }
    Eigen::VectorXd solution(const Simplex& simplex) const {
        Eigen::VectorXd x = Eigen::VectorXd::Zero(matrix_.cols());
        for (std::size_t r = 0; r < simplex.basis().size(); ++r)
            if (simplex.basis()[r].kind == 0) x[simplex.basis()[r].row] = simplex.level()[static_cast<Eigen::Index>(r)];
        return x;
    }
    void set_costs(Eigen::VectorXd costs) { costs_ = std::move(costs); }

private:
    Eigen::MatrixXd matrix_;
    Eigen::VectorXd costs_;
};

// Dantzig (1963): max 3 x + 5 y, x <= 4, 2 y <= 12, 3 x + 2 y <= 18; 36 at (2, 6) with duals (0, 3/2, 1).
struct Plant {
    Eigen::VectorXd right{{4.0, 12.0, 18.0}};
    Dense program{(Eigen::MatrixXd(3, 2) << 1, 0, 0, 2, 3, 2).finished(), Eigen::Vector2d(3, 5)};
};

TEST(Simplex, FindsOptimumAndDuals) {
    const Plant plant;
    Simplex simplex(plant.right);
    simplex.start(plant.program, plant.program.slacks());
    EXPECT_LE(simplex.improve(plant.program, 10), 3);
    EXPECT_LT((plant.program.solution(simplex) - Eigen::Vector2d(2, 6)).norm(), 1e-14);
    EXPECT_LT((simplex.duals(plant.program) - Eigen::Vector3d(0, 1.5, 1)).norm(), 1e-14);
    EXPECT_TRUE(simplex.consistent(plant.program, 1e-12));
}
TEST(Simplex, GoesOnFromItsBasisForAnotherObjective) {
    Plant plant;
    Simplex simplex(plant.right);
    simplex.start(plant.program, plant.program.slacks());
    simplex.improve(plant.program, 10);
    EXPECT_EQ(simplex.improve(plant.program, 10), 0) << "nothing is left to do";
    plant.program.set_costs(Eigen::Vector2d(5, 1));  // now (4, 3)
    EXPECT_EQ(simplex.improve(plant.program, 10), 1) << "one pivot from the neighbour";
    EXPECT_LT((plant.program.solution(simplex) - Eigen::Vector2d(4, 3)).norm(), 1e-14);
}
TEST(Simplex, DualsBoundTheOptimumBeforeItIsReached) {
    const Plant plant;
    Simplex simplex(plant.right);
    simplex.start(plant.program, plant.program.slacks());
    simplex.improve(plant.program, 1);
    // Any prices of at least 0 that no column beats bound the optimum; this one column is short of it.
    const Eigen::VectorXd duals = simplex.duals(plant.program);
    const double missed = std::max(0.0, 3.0 - duals[0] - 3.0 * duals[2]);
    EXPECT_GE(duals.dot(plant.right) + 4.0 * missed, 36.0 - 1e-12);
}
TEST(Simplex, EndsWhereTheLargestRiseCycles) {
    // Beale (1955): largest rises with first rows cycle for ever at 0; the optimum is 1/20.
    const Dense program((Eigen::MatrixXd(3, 4) << 0.25, -60, -0.04, 9, 0.5, -90, -0.02, 3, 0, 0, 1, 0).finished(),
                        Eigen::Vector4d(0.75, -150, 0.02, -6));
    for (const int patience : {0, 3, 50}) {
        SimplexOptions options;
        options.patience = patience;
        Simplex simplex(Eigen::Vector3d(0, 0, 1), options);
        simplex.start(program, program.slacks());
        EXPECT_LT(simplex.improve(program, 1000), 100) << patience;
        EXPECT_NEAR(Eigen::Vector4d(0.75, -150, 0.02, -6).dot(program.solution(simplex)), 0.05, 1e-14) << patience;
    }
}
TEST(Simplex, StopsWhereTheObjectiveHasNoBound) {
    const Dense program((Eigen::MatrixXd(1, 2) << -1, 1).finished(), Eigen::Vector2d(1, 0));
    Simplex simplex(Eigen::VectorXd::Ones(1));
    simplex.start(program, program.slacks());
    EXPECT_EQ(simplex.improve(program, 10), 0);
}

}  // namespace
}  // namespace detente::test
