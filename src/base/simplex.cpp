#include "base/simplex.h"

#include <Eigen/LU>

#include <limits>
#include <utility>

namespace detente {

Simplex::Simplex(Eigen::VectorXd right, const SimplexOptions& options) : right_(std::move(right)), options_(options) {}

void Simplex::start(const LinearProgram& program, std::vector<ProgramColumn> basis) {
    basis_ = std::move(basis);
    invert(program);
}

Eigen::VectorXd Simplex::duals(const LinearProgram& program) const {
    Eigen::VectorXd costs(right_.size());
    for (Eigen::Index r = 0; r < costs.size(); ++r) costs(r) = program.objective(basis_[static_cast<std::size_t>(r)]);
    return inverse_.transpose() * costs;
}

void Simplex::invert(const LinearProgram& program) {
    Eigen::MatrixXd matrix(right_.size(), right_.size());
    for (Eigen::Index r = 0; r < matrix.cols(); ++r)
        matrix.col(r) = program.entries(basis_[static_cast<std::size_t>(r)]);
    inverse_ = matrix.partialPivLu().inverse();
    level_ = (inverse_ * right_).cwiseMax(0.0);
    since_inverted_ = 0;
}

// The row that leaves, or -1 where the step is unbounded.
Eigen::Index Simplex::leaving(const LinearProgram& program, const Eigen::VectorXd& step, bool first) const {
    const auto column = [&](Eigen::Index r) -> const ProgramColumn& { return basis_[static_cast<std::size_t>(r)]; };
    // What has been driven to nothing must not grow again: it leaves on any step that touches it.
    const auto blocks = [&](Eigen::Index r) {
        return step(r) > options_.smallest_pivot || (step(r) < -options_.smallest_pivot && program.spent(column(r)));
    };
    const double slack = first ? 0.0 : options_.negligible;
    double longest = std::numeric_limits<double>::infinity();
    for (Eigen::Index r = 0; r < step.size(); ++r)
        if (blocks(r)) longest = std::min(longest, (level_(r) + slack) / std::abs(step(r)));
    // Harris: of the rows that would leave at almost the same step the one with the largest pivot, because small pivots
    // are what ruins an inverse; Bland: of those that leave at the same step the first column.
    Eigen::Index leave = -1;
    for (Eigen::Index r = 0; r < step.size(); ++r) {
        if (!blocks(r) || level_(r) > longest * std::abs(step(r))) continue;
        const bool better =
            leave >= 0 && (first ? column(r) < column(leave) : std::abs(step(r)) > std::abs(step(leave)));
        if (leave < 0 || better) leave = r;
    }
    return leave;
}

// The level at which the column entered, or nothing where no row stops it.
std::optional<double> Simplex::pivot(const LinearProgram& program, const ProgramColumn& entering, bool first) {
    const Eigen::VectorXd step = inverse_ * program.entries(entering);
    const Eigen::Index leave = leaving(program, step, first);
    if (leave < 0) return std::nullopt;
    const double divisor = step(leave);
    const double entered = std::max(0.0, level_(leave) / divisor);
    level_ = (level_ - entered * step).cwiseMax(0.0);
    level_(leave) = entered;
    inverse_.row(leave) /= divisor;
    const Eigen::RowVectorXd row = inverse_.row(leave);
    for (Eigen::Index r = 0; r < step.size(); ++r)
        if (r != leave) inverse_.row(r) -= step(r) * row;
    basis_[static_cast<std::size_t>(leave)] = entering;
    constexpr int often_enough = 100;  // pivots before rounding in the inverse matters
    if (++since_inverted_ >= often_enough) invert(program);
    return entered;
}

int Simplex::improve(const LinearProgram& program, int limit, const Job& job) {
    int pivots = 0, stalled = 0;
    for (; pivots < limit; ++pivots) {
        job.check();
        const bool first = stalled > options_.patience;
        const auto column = program.entering(duals(program), options_.negligible, first);
        if (!column) break;
        const auto entered = pivot(program, *column, first);
        if (!entered) break;
        stalled = *entered > options_.negligible ? 0 : stalled + 1;
    }
    return pivots;
}

bool Simplex::consistent(const LinearProgram& program, double tolerance) {
    for (int attempt = 0; attempt < 2; ++attempt) {
        Eigen::VectorXd reached = Eigen::VectorXd::Zero(right_.size());
        bool lacks = !level_.allFinite();
        for (Eigen::Index r = 0; r < right_.size() && !lacks; ++r) {
            const ProgramColumn& column = basis_[static_cast<std::size_t>(r)];
            if (program.artificial(column)) lacks = level_(r) > tolerance;
            reached += level_(r) * program.entries(column);
        }
        if (!lacks && (reached - right_).cwiseAbs().maxCoeff() <= tolerance) return true;
        if (attempt == 0) invert(program);
    }
    return false;
}

}  // namespace detente
