#include "relation/continuation_program.h"

#include <limits>
#include <utility>

namespace detente {
namespace {

constexpr double negligible = 1e-11;  // reduced objectives and levels, on payoffs scaled to [0, 1]
constexpr double met = 1e-9;          // a promise's constraints, after all pivots
// Stopping early only loosens `bound` and shortens `mean`: cycles end at the limit of pivots.
constexpr SimplexOptions steps{negligible, 1e-8, std::numeric_limits<int>::max()};

}  // namespace

ContinuationProgram::ContinuationProgram(Eigen::VectorXd signal_probability, std::vector<Incentive> incentives)
    : probability_(std::move(signal_probability)),
      incentives_(std::move(incentives)),
      signals_(probability_.size()),
      rows_(signals_ + static_cast<Eigen::Index>(incentives_.size())),
      right_(right_side()),
      simplex_(right_, steps) {}

Eigen::VectorXd ContinuationProgram::right_side() const {
    Eigen::VectorXd right = Eigen::VectorXd::Ones(rows_);
    for (Eigen::Index k = signals_; k < rows_; ++k)
        right(k) = incentives_[static_cast<std::size_t>(k - signals_)].least;
    return right;
}

std::size_t ContinuationProgram::farthest(const Eigen::Vector2d& direction) const {
    std::size_t best = 0;
    double most = -std::numeric_limits<double>::infinity();
    for (std::size_t k = 0; k < set_.vertices.size(); ++k) {
        const double at = direction.dot(set_.vertices[k]);
        if (at > most) most = at, best = k;
    }
    return best;
}

Eigen::VectorXd ContinuationProgram::entries(const ProgramColumn& column) const {
    Eigen::VectorXd e = Eigen::VectorXd::Zero(rows_);
    if (column.kind == promise) {
        e(column.row) = 1.0;
        for (Eigen::Index k = signals_; k < rows_; ++k) {
            const Incentive& incentive = incentives_[static_cast<std::size_t>(k - signals_)];
            e(k) = incentive.weight(column.row) * set_.vertices[column.item][incentive.player];
        }
    } else {
        e(signals_ + column.row) = column.kind == surplus ? -1.0 : 1.0;
    }
    return e;
}

double ContinuationProgram::objective(const ProgramColumn& column) const {
    if (filling_) return column.kind == lack ? -1.0 : 0.0;
    if (column.kind != promise) return 0.0;
    return probability_(column.row) * direction_.dot(set_.vertices[column.item]);
}

// The direction in which a signal's promise counts, incentives priced in.
Eigen::Vector2d ContinuationProgram::priced(Eigen::Index signal, const Eigen::VectorXd& duals) const {
    Eigen::Vector2d p = Eigen::Vector2d::Zero();
    if (!filling_) p = probability_(signal) * direction_;
    for (std::size_t k = 0; k < incentives_.size(); ++k) {
        const Incentive& incentive = incentives_[k];
        p[incentive.player] -= duals(signals_ + static_cast<Eigen::Index>(k)) * incentive.weight(signal);
    }
    return p;
}

// Each signal promises the vertex that serves the incentives best; what an incentive has to spare or lacks fills up.
void ContinuationProgram::start() {
    std::vector<ProgramColumn> basis;
    for (Eigen::Index y = 0; y < signals_; ++y) {
        Eigen::Vector2d direction = Eigen::Vector2d::Zero();
        for (const Incentive& incentive : incentives_) direction[incentive.player] += incentive.weight(y);
        basis.push_back({promise, y, farthest(direction)});
    }
    for (std::size_t k = 0; k < incentives_.size(); ++k) {
        const Incentive& incentive = incentives_[k];
        double reached = -incentive.least;
        for (Eigen::Index y = 0; y < signals_; ++y)
            reached += incentive.weight(y) * set_.vertices[basis[static_cast<std::size_t>(y)].item][incentive.player];
        basis.push_back({reached >= 0.0 ? surplus : lack, static_cast<Eigen::Index>(k), 0});
    }
    simplex_.start(*this, std::move(basis));
}

std::optional<ProgramColumn> ContinuationProgram::entering(const Eigen::VectorXd& duals, double least, bool) const {
    std::optional<ProgramColumn> best;
    double most = least;
    for (Eigen::Index y = 0; y < signals_; ++y) {
        const Eigen::Vector2d p = priced(y, duals);
        const std::size_t vertex = farthest(p);
        const double reduced = p.dot(set_.vertices[vertex]) - duals(y);
        if (reduced > most) most = reduced, best = {promise, y, vertex};
    }
    for (Eigen::Index k = signals_; k < rows_; ++k)
        if (duals(k) > most) most = duals(k), best = {surplus, k - signals_, 0};
    return best;
}

int ContinuationProgram::improve() {
    return simplex_.improve(*this, 50 * static_cast<int>(rows_) + 100);
}

bool ContinuationProgram::reset(const ConvexSet& set) {
    set_ = set;
    start();
    usable_ = simplex_.consistent(*this, met);
    if (usable_) return true;
    filling_ = true;
    improve();
    const double most = lagrangian(simplex_.duals(*this));
    filling_ = false;
    usable_ = simplex_.consistent(*this, met);
    // Duality certifies that nothing is feasible; without the certificate the pair stays in, with a loose bound.
    return usable_ || !(most < -negligible);
}

double ContinuationProgram::lagrangian(const Eigen::VectorXd& duals) const {
    Eigen::VectorXd price = duals;
    for (Eigen::Index k = signals_; k < rows_; ++k) {
        price(k) = std::min(price(k), 0.0);
        if (filling_) price(k) = std::max(price(k), -1.0);  // a lack costs one
    }
    double bound = 0.0;
    for (Eigen::Index y = 0; y < signals_; ++y) {
        const Eigen::Vector2d p = priced(y, price);
        bound += p.dot(set_.vertices[farthest(p)]);
    }
    return bound + price.tail(rows_ - signals_).dot(right_.tail(rows_ - signals_));
}

Promise ContinuationProgram::solve(const Eigen::Vector2d& direction) {
    direction_ = direction;
    Promise result;
    result.bound = direction.dot(set_.vertices[farthest(direction)]);
    if (!usable_) return result;
    improve();
    const double bound = lagrangian(simplex_.duals(*this));
    if (bound < result.bound) result.bound = bound;
    result.feasible = simplex_.consistent(*this, met);
    if (!result.feasible) {
        // Rounding has spoilt the basis: the next direction starts anew.
        reset(ConvexSet(set_));
        return result;
    }
    for (Eigen::Index r = 0; r < rows_; ++r) {
        const ProgramColumn& column = simplex_.basis()[static_cast<std::size_t>(r)];
        if (column.kind == promise)
            result.mean += probability_(column.row) * simplex_.level()(r) * set_.vertices[column.item];
    }
    return result;
}

}  // namespace detente
