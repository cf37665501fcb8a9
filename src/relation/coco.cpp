#include "relation/coco.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/simplex.h"

namespace detente {
namespace {

// The column player's program of a game with positive payoffs, max sum x s.t. M x + s = 1, x and s >= 0. Its optimum is
// 1/value, the duals are the row player's program.
class MatrixGame : public LinearProgram {
public:
    explicit MatrixGame(Eigen::MatrixXd positive) : payoff_(std::move(positive)) {}

    enum Kind { action, slack };
    Eigen::VectorXd entries(const ProgramColumn& column) const override {
        if (column.kind == action) return payoff_.col(column.row);
        return Eigen::VectorXd::Unit(payoff_.rows(), column.row);
    }
    double objective(const ProgramColumn& column) const override { return column.kind == action ? 1.0 : 0.0; }
    std::optional<ProgramColumn> entering(const Eigen::VectorXd& duals, double least, bool first) const override {
        std::optional<ProgramColumn> best;
        double most = least;
        const auto look = [&](const Eigen::VectorXd& reduced, Kind kind) {
            for (Eigen::Index k = 0; k < reduced.size(); ++k) {
                if (!(reduced(k) > most) || (first && best)) continue;
                most = reduced(k), best = {kind, k, 0};
            }
        };
        look(Eigen::VectorXd::Ones(payoff_.cols()) - payoff_.transpose() * duals, action);
        look(-duals, slack);
        return best;
    }

private:
    Eigen::MatrixXd payoff_;
};

}  // namespace

ZeroSumValue zero_sum_value(const Eigen::MatrixXd& payoff, const Job& job) {
    if (payoff.size() == 0 || !payoff.allFinite())
        throw_input(Place{}, "a zero-sum game needs at least one action a side and finite payoffs");
    const double lowest = payoff.minCoeff(), width = payoff.maxCoeff() - lowest;
    // All payoffs in [1, 2]: the program is then bounded and well scaled.
    const double unit = width > 0.0 ? width : 1.0;
    const Eigen::MatrixXd positive = (payoff.array() - lowest) / unit + 1.0;
    const MatrixGame program(positive);
    Simplex simplex(Eigen::VectorXd::Ones(payoff.rows()), {1e-13, 1e-10, 50});
    std::vector<ProgramColumn> slacks;
    for (Eigen::Index r = 0; r < payoff.rows(); ++r) slacks.push_back({MatrixGame::slack, r, 0});
    simplex.start(program, std::move(slacks));
    ZeroSumValue result;
    result.pivots = simplex.improve(program, 200 * static_cast<int>(payoff.rows() + payoff.cols()), job);
    simplex.invert(program);
    result.column = Eigen::VectorXd::Zero(payoff.cols());
    for (Eigen::Index r = 0; r < payoff.rows(); ++r) {
        const ProgramColumn& column = simplex.basis()[static_cast<std::size_t>(r)];
        if (column.kind == MatrixGame::action) result.column(column.row) = simplex.level()(r);
    }
    result.column /= result.column.sum();
    result.row = simplex.duals(program).cwiseMax(0.0);
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

CocoValue coco_value(const StageGame& game, const Job& job) {
    CocoValue coco;
    coco.team = (game.payoff_a + game.payoff_b).maxCoeff();
    coco.advantage = zero_sum_value(0.5 * (game.payoff_a - game.payoff_b), job).value;
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
