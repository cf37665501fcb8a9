#include "relation/continuation_program.h"

#include <Eigen/LU>
#include <limits>
#include <utility>

namespace detente {
namespace {

constexpr double negligible = 1e-11;     // reduced costs and levels, on payoffs scaled to [0, 1]
constexpr double smallest_pivot = 1e-8;  // smaller ones multiply rounding
constexpr double met = 1e-9;             // a promise's constraints, after all pivots

}  // namespace

ContinuationProgram::ContinuationProgram(Eigen::VectorXd signal_probability, std::vector<Incentive> incentives)
    : probability_(std::move(signal_probability)),
      incentives_(std::move(incentives)),
      signals_(probability_.size()),
      rows_(signals_ + static_cast<Eigen::Index>(incentives_.size())),
      right_(Eigen::VectorXd::Ones(rows_)) {
    for (Eigen::Index k = signals_; k < rows_; ++k)
        right_(k) = incentives_[static_cast<std::size_t>(k - signals_)].least;
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

Eigen::VectorXd ContinuationProgram::entries(const Column& column) const {
    Eigen::VectorXd e = Eigen::VectorXd::Zero(rows_);
    if (column.kind == Column::Kind::promise) {
        e(column.row) = 1.0;
        for (Eigen::Index k = signals_; k < rows_; ++k) {
            const Incentive& incentive = incentives_[static_cast<std::size_t>(k - signals_)];
            e(k) = incentive.weight(column.row) * set_.vertices[column.vertex][incentive.player];
        }
    } else {
        e(signals_ + column.row) = column.kind == Column::Kind::surplus ? -1.0 : 1.0;
    }
    return e;
}

double ContinuationProgram::cost(const Column& column) const {
    if (filling_) return column.kind == Column::Kind::lack ? -1.0 : 0.0;
    if (column.kind != Column::Kind::promise) return 0.0;
    return probability_(column.row) * direction_.dot(set_.vertices[column.vertex]);
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

Eigen::VectorXd ContinuationProgram::duals() const {
    Eigen::VectorXd costs(rows_);
    for (Eigen::Index r = 0; r < rows_; ++r) costs(r) = cost(basis_[static_cast<std::size_t>(r)]);
    return inverse_.transpose() * costs;
}

void ContinuationProgram::invert() {
    Eigen::MatrixXd matrix(rows_, rows_);
    for (Eigen::Index r = 0; r < rows_; ++r) matrix.col(r) = entries(basis_[static_cast<std::size_t>(r)]);
    inverse_ = matrix.partialPivLu().inverse();
    level_ = (inverse_ * right_).cwiseMax(0.0);
    since_inverted_ = 0;
}

// Each signal promises the vertex that serves the incentives best; what an incentive has to spare or lacks fills up.
void ContinuationProgram::start() {
    basis_.clear();
    std::vector<std::size_t> promised;
    for (Eigen::Index y = 0; y < signals_; ++y) {
        Eigen::Vector2d direction = Eigen::Vector2d::Zero();
        for (const Incentive& incentive : incentives_) direction[incentive.player] += incentive.weight(y);
        promised.push_back(farthest(direction));
        basis_.push_back({Column::Kind::promise, y, promised.back()});
    }
    for (std::size_t k = 0; k < incentives_.size(); ++k) {
        const Incentive& incentive = incentives_[k];
        double reached = -incentive.least;
        for (Eigen::Index y = 0; y < signals_; ++y)
            reached += incentive.weight(y) * set_.vertices[promised[static_cast<std::size_t>(y)]][incentive.player];
        basis_.push_back(
            {reached >= 0.0 ? Column::Kind::surplus : Column::Kind::lack, static_cast<Eigen::Index>(k), 0});
    }
    invert();
}

bool ContinuationProgram::pivot(const Column& entering) {
    const Eigen::VectorXd step = inverse_ * entries(entering);
    // Harris (1973): of the rows that would leave at almost the same step the one with the largest pivot; small pivots
    // are what ruins an inverse.
    const auto blocks = [&](Eigen::Index r) {
        // A lack that has been driven to nothing must not grow again: it leaves on any step that touches it.
        const bool spent = !filling_ && basis_[static_cast<std::size_t>(r)].kind == Column::Kind::lack;
        return step(r) > smallest_pivot || (spent && step(r) < -smallest_pivot);
    };
    double longest = std::numeric_limits<double>::infinity();
    for (Eigen::Index r = 0; r < rows_; ++r)
        if (blocks(r)) longest = std::min(longest, (level_(r) + negligible) / std::abs(step(r)));
    Eigen::Index leave = -1;
    for (Eigen::Index r = 0; r < rows_; ++r) {
        if (!blocks(r) || level_(r) > longest * std::abs(step(r))) continue;
        if (leave < 0 || std::abs(step(r)) > std::abs(step(leave))) leave = r;
    }
    if (leave < 0) return false;
    const double divisor = step(leave);
    const double entered = std::max(0.0, level_(leave) / divisor);
    level_ = (level_ - entered * step).cwiseMax(0.0);
    level_(leave) = entered;
    inverse_.row(leave) /= divisor;
    const Eigen::RowVectorXd row = inverse_.row(leave);
    for (Eigen::Index r = 0; r < rows_; ++r)
        if (r != leave) inverse_.row(r) -= step(r) * row;
    basis_[static_cast<std::size_t>(leave)] = entering;
    constexpr int often_enough = 100;  // pivots before rounding in the inverse matters
    if (++since_inverted_ >= often_enough) invert();
    return true;
}

// Simplex steps until no column improves; stopping early only loosens `bound` and shortens `mean`.
int ContinuationProgram::improve() {
    const int limit = 50 * static_cast<int>(rows_) + 100;
    int pivots = 0;
    for (; pivots < limit; ++pivots) {
        const Eigen::VectorXd price = duals();
        Column best;
        double most = negligible;
        for (Eigen::Index y = 0; y < signals_; ++y) {
            const Eigen::Vector2d p = priced(y, price);
            const std::size_t vertex = farthest(p);
            const double reduced = p.dot(set_.vertices[vertex]) - price(y);
            if (reduced > most) most = reduced, best = {Column::Kind::promise, y, vertex};
        }
        for (Eigen::Index k = signals_; k < rows_; ++k)
            if (price(k) > most) most = price(k), best = {Column::Kind::surplus, k - signals_, 0};
        if (most <= negligible || !pivot(best)) break;
    }
    return pivots;
}

bool ContinuationProgram::reset(const ConvexSet& set) {
    set_ = set;
    start();
    usable_ = consistent();
    if (usable_) return true;
    filling_ = true;
    improve();
    const double most = lagrangian(duals());
    filling_ = false;
    usable_ = consistent();
    // Duality certifies that nothing is feasible; without the certificate the pair stays in, with a loose bound.
    return usable_ || !(most < -negligible);
}

// Whether the basis, from its columns and not from the inverse, is a promise that meets every constraint.
bool ContinuationProgram::consistent() {
    for (int attempt = 0; attempt < 2; ++attempt) {
        Eigen::VectorXd reached = Eigen::VectorXd::Zero(rows_);
        bool lacks = !level_.allFinite();
        for (Eigen::Index r = 0; r < rows_ && !lacks; ++r) {
            const Column& column = basis_[static_cast<std::size_t>(r)];
            if (column.kind == Column::Kind::lack) lacks = level_(r) > met;
            reached += level_(r) * entries(column);
        }
        if (!lacks && (reached - right_).cwiseAbs().maxCoeff() <= met) return true;
        if (attempt == 0) invert();
    }
    return false;
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
    Promise promise;
    promise.bound = direction.dot(set_.vertices[farthest(direction)]);
    if (!usable_) return promise;
    improve();
    const double bound = lagrangian(duals());
    if (bound < promise.bound) promise.bound = bound;
    promise.feasible = consistent();
    if (!promise.feasible) {
        // Rounding has spoilt the basis: the next direction starts anew.
        reset(ConvexSet(set_));
        return promise;
    }
    for (Eigen::Index r = 0; r < rows_; ++r) {
        const Column& column = basis_[static_cast<std::size_t>(r)];
        if (column.kind == Column::Kind::promise)
            promise.mean += probability_(column.row) * level_(r) * set_.vertices[column.vertex];
    }
    return promise;
}

}  // namespace detente
