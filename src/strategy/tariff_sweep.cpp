#include "strategy/tariff_sweep.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace detente {

using Eigen::ArrayXd;
using Eigen::Index;

TariffSweep::TariffSweep(const World& world, Shock from, std::vector<Objective> objectives, std::vector<Goal> goals,
                         std::vector<TariffBlock> blocks, Job job)
    : world_(world),
      shock_(std::move(from)),
      objectives_(std::move(objectives)),
      goals_(std::move(goals)),
      blocks_(std::move(blocks)),
      weights_(ArrayXd::Ones(static_cast<Index>(blocks_.size()))),
      prices_(goals_.size()),
      solver_{1e-12, false, std::move(job)} {
    prepare(world, solver_.job);  // before several threads ask for it
    if (shock_.tariff.empty()) shock_.tariff = world.tariff;
    lower_ = upper_ = gradient_ = ArrayXd::Zero(size());
    for (Index b = 0; b < size(); ++b) {
        lower_[b] = std::log1p(blocks_[static_cast<std::size_t>(b)].lower);
        upper_[b] = std::log1p(blocks_[static_cast<std::size_t>(b)].upper);
    }
}

ArrayXd TariffSweep::point(const std::vector<double>& rate) const {
    ArrayXd x(size());
    for (Index b = 0; b < size(); ++b)
        x[b] = std::clamp(std::log1p(rate[static_cast<std::size_t>(b)]), lower_[b], upper_[b]);
    return x;
}

std::vector<double> TariffSweep::rate(const ArrayXd& x) const {
    std::vector<double> list;
    for (Index b = 0; b < size(); ++b) list.push_back(std::expm1(std::clamp(x[b], lower_[b], upper_[b])));
    return list;
}

void TariffSweep::set_effort(const SweepEffort& effort) {
    effort_ = effort;
    misses_ = failed_paths_ = 0;
    best_point_.resize(0);
}

void TariffSweep::solve_at(const ArrayXd& x, double tolerance) {
    solver_.job.check();
    set_rates(blocks_, rate(x), shock_.tariff);
    FixedPointOptions steps;
    steps.tolerance = solver_.tolerance = tolerance;
    const Equilibrium* start = equilibrium_.wage_hat.empty() ? nullptr : &equilibrium_;
    if (lost()) throw Error(ErrorKind::solve, "the search leads where there is no equilibrium");
    const Reach reach = failed_paths_ < effort_.failed_paths ? Reach::path : Reach::step;
    try {
        equilibrium_ = solve_with(world_, shock_, start, solver_, steps, Purpose::counterfactual, reach);
    } catch (const Error&) {
        ++misses_;
        if (reach == Reach::path) ++failed_paths_;
        throw;
    }
    ++equilibria_;
    passes_ += equilibrium_.certificate.passes;
    utility_.clear();
    for (const Objective& objective : objectives_)
        utility_.push_back(detente::utility(world_, equilibrium_, objective));
    if (best_point_.size() == 0 || goal(0) > best_goal_) best_goal_ = goal(0), best_point_ = x;
}

const std::vector<double>& TariffSweep::utilities(const ArrayXd& x, double tolerance) {
    solve_at(x, tolerance);
    return utility_;
}

double TariffSweep::goal(std::size_t g) const {
    double value = 0.0;
    for (std::size_t p = 0; p < utility_.size(); ++p) value += goals_[g].weight[p] * utility_[p];
    return value;
}

double TariffSweep::evaluate(const ArrayXd& x, ArrayXd& step) {
    const double tolerance = std::clamp(relative_ * last_residual_, finest_, 1e-5);
    step.setZero(size());
    failure_.clear();
    try {
        solve_at(x, tolerance);
        find_prices();
    } catch (const Interrupted&) {
        throw;
    } catch (const Error& error) {
        // No equilibrium there, as far as one can see: the loop turns back from such a point.
        failure_ = error.what();
        return std::numeric_limits<double>::quiet_NaN();
    }
    for (Index b = 0; b < size(); ++b) {
        const TariffBlock& block = blocks_[static_cast<std::size_t>(b)];
        const ShadowPrices& p = prices_[static_cast<std::size_t>(block.owner)];
        step[b] = wanted(block, p, x[b], b) - x[b];
    }
    last_residual_ = step.abs().maxCoeff();
    return last_residual_;
}

void TariffSweep::find_prices() {
    adjoint_ = adjoint_system(world_, equilibrium_, solver_.job);
    for (std::size_t g = 0; g < goals_.size(); ++g) {
        Scalar scalar(world_.n_regions());
        for (std::size_t p = 0; p < objectives_.size(); ++p)
            if (goals_[g].weight[p] != 0.0)
                scalar.add(utility_scalar(world_, equilibrium_, objectives_[p]), goals_[g].weight[p]);
        prices_[g] = detente::shadow_prices(*adjoint_, scalar, solver_, &prices_[g]);
        passes_ += prices_[g].passes;
    }
}

TariffSweep::Margins TariffSweep::margins(const TariffBlock& block, const ShadowPrices& p) const {
    const MarketTables& m = adjoint_->markets();
    Margins sum;
    for (const TariffLine& line : block.lines) {
        const auto [i, j, s] = line;
        const Index cell = m.shape.at(j, s);
        const double through =
            world_.theta[static_cast<std::size_t>(s)] * world_.pass_through[static_cast<std::size_t>(j)];
        const double flow = m.flow[(static_cast<Index>(s) * m.shape.regions + j) * m.shape.padded + i];
        sum.gain -= (1.0 + through) * p.flow(m.shape, i, j, s) * flow;
        sum.loss -= through * p.spread[cell] * flow / m.expenditure[cell];
    }
    return sum;
}

// ln tau that the block's first-order condition asks for; notes the derivative of its goal.
double TariffSweep::wanted(const TariffBlock& block, const ShadowPrices& p, double x, Index b) {
    const auto [gain, loss] = margins(block, p);
    gradient_[b] = gain - std::exp(std::clamp(x, lower_[b], upper_[b])) * loss;
    if (gain > 0.0 && loss > 0.0) return std::clamp(std::log(gain / loss), lower_[b], upper_[b]);
    return gradient_[b] > 0.0 ? upper_[b] : lower_[b];
}

ArrayXd TariffSweep::derivative(std::size_t g, const std::vector<TariffBlock>& blocks) const {
    ArrayXd slope(static_cast<Index>(blocks.size()));
    for (std::size_t b = 0; b < blocks.size(); ++b) {
        const auto [gain, loss] = margins(blocks[b], prices_[g]);
        const auto [i, j, s] = blocks[b].lines.front();
        slope[static_cast<Index>(b)] = gain - (1.0 + shock_.tariff(i, j, s)) * loss;
    }
    return slope;
}

}  // namespace detente
