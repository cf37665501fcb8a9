#include "relation/coco.h"

#include <fmt/format.h>

#include <cmath>
#include <vector>

#include "base/error.h"

namespace detente {
namespace {

// The column player's program of a game with positive payoffs, max sum x s.t. M x <= 1, x >= 0, as a dense tableau. Its
// optimum is 1/value, the duals are the row player's program.
class MatrixGameSimplex {
public:
    explicit MatrixGameSimplex(const Eigen::MatrixXd& positive)
        : rows_(positive.rows()), columns_(positive.cols()), tableau_(rows_ + 1, columns_ + rows_ + 1) {
        tableau_.setZero();
        tableau_.topLeftCorner(rows_, columns_) = positive;
        tableau_.block(0, columns_, rows_, rows_).setIdentity();
        tableau_.col(columns_ + rows_).head(rows_).setOnes();
        tableau_.row(rows_).head(columns_).setConstant(-1.0);
        for (Eigen::Index r = 0; r < rows_; ++r) basis_.push_back(columns_ + r);
    }

    // Returns the number of pivots; the optimum exists, since x is bounded by 1/min M.
    int solve() {
        constexpr int patience = 50;  // pivots without progress before the rule that cannot cycle takes over
        const int limit = 200 * static_cast<int>(rows_ + columns_);
        int pivots = 0, stalled = 0;
        for (; pivots < limit; ++pivots) {
            const Eigen::Index enter = entering(stalled > patience);
            if (enter < 0) break;
            const Eigen::Index leave = leaving(enter);
            const double before = tableau_(rows_, columns_ + rows_);
            pivot(leave, enter);
            stalled = tableau_(rows_, columns_ + rows_) > before + 1e-15 ? 0 : stalled + 1;
        }
        return pivots;
    }

    Eigen::VectorXd primal() const {
        Eigen::VectorXd x = Eigen::VectorXd::Zero(columns_);
        for (Eigen::Index r = 0; r < rows_; ++r)
            if (basis_[static_cast<std::size_t>(r)] < columns_)
                x(basis_[static_cast<std::size_t>(r)]) = std::max(0.0, tableau_(r, columns_ + rows_));
        return x;
    }
    Eigen::VectorXd dual() const { return tableau_.row(rows_).segment(columns_, rows_).transpose().cwiseMax(0.0); }

private:
    Eigen::Index entering(bool smallest_index) const {
        Eigen::Index best = -1;
        double lowest = -1e-13;
        for (Eigen::Index c = 0; c < columns_ + rows_; ++c) {
            if (tableau_(rows_, c) >= lowest) continue;
            best = c;
            if (smallest_index) break;
            lowest = tableau_(rows_, c);
        }
        return best;
    }
    Eigen::Index leaving(Eigen::Index enter) const {
        Eigen::Index best = -1;
        double smallest = 0.0;
        for (Eigen::Index r = 0; r < rows_; ++r) {
            if (tableau_(r, enter) <= 1e-13) continue;
            const double ratio = tableau_(r, columns_ + rows_) / tableau_(r, enter);
            const bool earlier = best >= 0 && ratio == smallest &&
                                 basis_[static_cast<std::size_t>(r)] < basis_[static_cast<std::size_t>(best)];
            if (best < 0 || ratio < smallest || earlier) best = r, smallest = ratio;
        }
        if (best < 0) throw Error(ErrorKind::solve, "zero-sum value: the linear program found no bounded step");
        return best;
    }
    void pivot(Eigen::Index row, Eigen::Index column) {
        tableau_.row(row) /= tableau_(row, column);
        for (Eigen::Index r = 0; r <= rows_; ++r)
            if (r != row) tableau_.row(r) -= tableau_(r, column) * tableau_.row(row).eval();
        basis_[static_cast<std::size_t>(row)] = column;
    }

    Eigen::Index rows_, columns_;
    Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> tableau_;
    std::vector<Eigen::Index> basis_;
};

}  // namespace

ZeroSumValue zero_sum_value(const Eigen::MatrixXd& payoff) {
    if (payoff.size() == 0 || !payoff.allFinite())
        throw_input(Place{}, "a zero-sum game needs at least one action a side and finite payoffs");
    const double lowest = payoff.minCoeff(), width = payoff.maxCoeff() - lowest;
    // All payoffs in [1, 2]: the program is then bounded and well scaled.
    const double unit = width > 0.0 ? width : 1.0;
    const Eigen::MatrixXd positive = (payoff.array() - lowest) / unit + 1.0;
    MatrixGameSimplex program(positive);
    ZeroSumValue result;
    result.pivots = program.solve();
    result.column = program.primal();
    result.column /= result.column.sum();
    result.row = program.dual();
    result.row /= result.row.sum();
    const double conceded = (payoff * result.column).maxCoeff();
    const double secured = (payoff.transpose() * result.row).minCoeff();
    result.value = 0.5 * (conceded + secured);
    result.gap = conceded - secured;
    if (!(std::abs(result.gap) <= 1e-9 * unit))
        throw Error(ErrorKind::solve, fmt::format("zero-sum value: bounds differ by {:g} of the range of payoffs after "
                                                  "{} pivots",
                                                  result.gap / unit, result.pivots));
    return result;
}

CocoValue coco_value(const StageGame& game) {
    CocoValue coco;
    coco.team = (game.payoff_a + game.payoff_b).maxCoeff();
    coco.advantage = zero_sum_value(0.5 * (game.payoff_a - game.payoff_b)).value;
    coco.a = 0.5 * coco.team + coco.advantage;
    coco.b = 0.5 * coco.team - coco.advantage;
    return coco;
}

double conflict_share(const StageGame& game) {
    const Eigen::ArrayXXd a = game.payoff_a.array() - game.payoff_a.mean();
    const Eigen::ArrayXXd b = game.payoff_b.array() - game.payoff_b.mean();
    const double whole = 0.5 * (a.square().sum() + b.square().sum());
    return whole > 0.0 ? std::sqrt(0.25 * (a - b).square().sum() / whole) : 0.0;
}

}  // namespace detente
