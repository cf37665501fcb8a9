#include "strategy/cooperation_constraints.h"

#include <algorithm>
#include <cmath>

#include "base/multipliers.h"
#include "strategy/optimal.h"

namespace detente {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

// A player's blocks, wide enough for the rates in `tariffs`.
std::vector<TariffBlock> wide_blocks(const World& world, const Instruments& instruments, int owner,
                                     const std::vector<const TradeTensor*>& tariffs) {
    if (instruments.reciprocated)
        throw Error(ErrorKind::input, "the most cooperative tariffs need instruments that are not reciprocated");
    std::vector<TariffBlock> blocks = tariff_blocks(world, instruments, owner);
    for (const TradeTensor* tariff : tariffs)
        for (TariffBlock& block : blocks)
            for (const auto& [i, j, s] : block.lines) {
                block.lower = std::min(block.lower, (*tariff)(i, j, s));
                block.upper = std::max(block.upper, (*tariff)(i, j, s));
            }
    return blocks;
}

bool share_a_line(const TariffBlock& a, const TariffBlock& b) {
    const auto same = [](const TariffLine& x, const TariffLine& y) {
        return x.exporter == y.exporter && x.importer == y.importer && x.sector == y.sector;
    };
    return std::any_of(a.lines.begin(), a.lines.end(), [&](const TariffLine& x) {
        return std::any_of(b.lines.begin(), b.lines.end(), [&](const TariffLine& y) { return same(x, y); });
    });
}

}  // namespace

CooperationConstraints::CooperationConstraints(const World& world, const Shock& agreement, const Shock& war,
                                               std::vector<Player> governments, SolverOptions solver)
    : world_(world),
      solver_(std::move(solver)),
      players_(std::move(governments)),
      agreement_shock_(agreement),
      war_shock_(war) {
    if (players_.size() < 2) throw Error(ErrorKind::input, "an agreement needs two players or more");
    for (Shock* shock : {&agreement_shock_, &war_shock_})
        if (shock->tariff.empty()) shock->tariff = world.tariff;
    war_ = utilities(war_shock_);
    gain_ = utilities(agreement_shock_) - war_;
    if (!(gain_.minCoeff() > 0.0))
        throw Error(ErrorKind::input,
                    "there is no agreement to keep: it must make every player better off than the war");
    discount_ = ArrayXd::Ones(n_players());
    std::vector<double> scale;
    for (Index p = 0; p < n_players(); ++p) add_player(p, scale);
    flow_scale_ = scale_ = Eigen::Map<const ArrayXd>(scale.data(), static_cast<Index>(scale.size()));
    others_.resize(players_.size()), others_at_.resize(players_.size());
    for (std::size_t p = 0; p < players_.size(); ++p) {
        for (Index b = 0; b < n_tariffs(); ++b) {
            const TariffBlock& block = blocks_[static_cast<std::size_t>(b)];
            if (block.owner == static_cast<int>(p)) continue;
            others_[p].push_back(block), others_at_[p].push_back(b);
        }
    }
    if (std::any_of(agreement.payment.begin(), agreement.payment.end(), [](double money) { return money != 0.0; }))
        paid_ = agreement.payment;
    std::vector<Objective> objectives;
    std::vector<Goal> goals;
    for (std::size_t p = 0; p < players_.size(); ++p) {
        objectives.push_back(players_[p].objective);
        goals.push_back({std::vector<double>(players_.size(), 0.0)});
        goals.back().weight[p] = 1.0;
    }
    joint_ = std::make_unique<TariffSweep>(world, agreement_shock_, objectives, goals, blocks_, solver_.job);
    joint_->set_precision(0.0, 1e-11);
}

void CooperationConstraints::add_player(Index p, std::vector<double>& scale) {
    const Player& player = players_[static_cast<std::size_t>(p)];
    const auto own =
        wide_blocks(world_, player.instruments, static_cast<int>(p), {&agreement_shock_.tariff, &war_shock_.tariff});
    for (const TariffBlock& block : own) {
        if (std::any_of(blocks_.begin(), blocks_.end(), [&](const TariffBlock& b) { return share_a_line(b, block); }))
            throw Error(ErrorKind::input, "two players set the same tariff line");
        // The loss from a tariff is about theta flow (ln tau)^2 / 2 where there is no other.
        double loss = 0.0;
        for (const auto& [i, j, s] : block.lines)
            loss += world_.theta[static_cast<std::size_t>(s)] * world_.flow(i, j, s);
        scale.push_back(
            std::sqrt(loss / (world_.income[static_cast<std::size_t>(player.objective.region)] * gain_[p])));
    }
    blocks_.insert(blocks_.end(), own.begin(), own.end());
    // Whoever breaks the agreement is not paid for keeping it.
    Shock broken = agreement_shock_;
    broken.payment.clear();
    alone_.push_back(std::make_unique<TariffSweep>(world_, broken, std::vector{player.objective},
                                                   std::vector{Goal{{1.0}}},
                                                   tariff_blocks(world_, player.instruments, 0), solver_.job));
    reply_.push_back(alone_.back()->point(rates(alone_.back()->blocks(), agreement_shock_.tariff)));
}

ArrayXd CooperationConstraints::utilities(const Shock& shock) const {
    const Equilibrium e = solve(world_, shock, solver_);
    ArrayXd list(n_players());
    for (Index p = 0; p < n_players(); ++p)
        list[p] = utility(world_, e, players_[static_cast<std::size_t>(p)].objective);
    return list;
}

// The less patient, the dearer incentives are in terms of s, in proportion to 1 / delta: so is the curvature.
void CooperationConstraints::set_discount(const ArrayXd& discount) {
    discount_ = discount;
    const double patience = std::max(least_patience, discount_.minCoeff());
    scale_ = flow_scale_ * std::sqrt(1.0 + 0.5 * (1.0 - patience) / patience);
    point_.solved = false;
}

double CooperationConstraints::part_paid(const Shock& shock) const {
    if (shock.payment.empty()) return 0.0;
    double along = 0.0, length = 0.0;
    for (std::size_t j = 0; j < paid_.size(); ++j) along += paid_[j] * shock.payment[j], length += paid_[j] * paid_[j];
    return std::clamp(along / length, 0.0, 1.0);
}

std::vector<double> CooperationConstraints::point(const Shock& shock) const {
    const ArrayXd x = joint_->point(rates(blocks_, shock.tariff.empty() ? world_.tariff : shock.tariff)) * scale_;
    std::vector<double> y(x.data(), x.data() + x.size());
    y.push_back(((utilities(shock) - war_) / gain_).minCoeff());
    if (!paid_.empty()) y.push_back(part_paid(shock));
    return y;
}

Shock CooperationConstraints::shock(const std::vector<double>& y) const {
    Shock shock = agreement_shock_;
    set_rates(blocks_, joint_->rate(tariffs(y)), shock.tariff);
    if (!paid_.empty()) shock.payment = payment(y.back());
    return shock;
}

std::vector<double> CooperationConstraints::bound(bool upper) const {
    std::vector<double> list;
    for (std::size_t b = 0; b < blocks_.size(); ++b)
        list.push_back(std::log1p(upper ? blocks_[b].upper : blocks_[b].lower) * scale_[static_cast<Index>(b)]);
    // Nobody takes less than the war.
    list.push_back(upper ? most_share : aim_ == CooperationAim::share ? 0.0 : -most_share);
    if (!paid_.empty()) list.push_back(upper ? 1.0 : 0.0);
    return list;
}

std::vector<double> CooperationConstraints::payment(double part) const {
    std::vector<double> list = paid_;
    for (double& money : list) money *= part;
    return list;
}

ArrayXd CooperationConstraints::tariffs(const std::vector<double>& y) const {
    return Eigen::Map<const ArrayXd>(y.data(), n_tariffs()) / scale_;
}

int CooperationConstraints::passes() const {
    int sum = joint_->passes();
    for (const auto& sweep : alone_) sum += sweep->passes();
    return sum;
}

void CooperationConstraints::set_reply(std::size_t player, const TradeTensor& tariff) {
    reply_[player] = alone_[player]->point(rates(alone_[player]->blocks(), tariff));
    point_.solved = false;
}

// The player's best answer to the others' tariffs at the present point; the error of its utility is second order in
// what the first-order conditions still ask for.
bool CooperationConstraints::answer(std::size_t player) {
    TariffSweep& sweep = *alone_[player];
    const std::vector<double> rate = joint_->rate(tariffs(point_.y));
    std::vector<double> theirs;
    for (const Index b : others_at_[player]) theirs.push_back(rate[static_cast<std::size_t>(b)]);
    sweep.set_others(others_[player], theirs);
    OptimumOptions quick;
    quick.tolerance = 1e-6, quick.max_sweeps = 100;
    quick.solver = solver_;
    sweep.set_precision(1e-3, 1e-11);
    ArrayXd reply = reply_[player], step;
    const FixedPointReport report = maximise(sweep, reply, quick);
    if (!(report.residual <= 1e-4)) return false;
    sweep.set_precision(0.0, 1e-11);
    if (!std::isfinite(sweep.evaluate(reply, step))) return false;
    reply_[player] = reply;
    const auto p = static_cast<Index>(player);
    point_.best[p] = sweep.utility()[0];
    const ArrayXd slope = sweep.derivative(0, others_[player]);
    for (std::size_t k = 0; k < others_at_[player].size(); ++k)
        point_.best_slope(others_at_[player][k], p) = slope[static_cast<Index>(k)];
    return true;
}

const CooperationPoint& CooperationConstraints::evaluate(const std::vector<double>& y) {
    if (point_.solved && point_.y == y) return point_;
    ++evaluations_;
    point_.y = y, point_.solved = false;
    point_.slope = point_.best_slope = MatrixXd::Zero(n_tariffs() + 1, n_players());
    point_.utility = point_.best = ArrayXd::Zero(n_players());
    if (!paid_.empty()) joint_->set_payment(payment(y.back()));
    ArrayXd step;
    if (!std::isfinite(joint_->evaluate(tariffs(y), step))) return point_;
    for (Index p = 0; p < n_players(); ++p) {
        const auto at = static_cast<std::size_t>(p);
        point_.utility[p] = joint_->utility()[at];
        point_.slope.col(p).head(n_tariffs()) = joint_->derivative(at, blocks_).matrix();
        for (std::size_t j = 0; j < paid_.size(); ++j)
            point_.slope(n_tariffs(), p) += joint_->shadow_prices()[at].transfer[j] * paid_[j];
        if (discount_[p] == 1.0) continue;  // what a breach brings does not matter
        try {
            if (!answer(at)) return point_;
        } catch (const Interrupted&) {
            throw;
        } catch (const Error&) {
            return point_;  // no equilibrium on the way to the best answer
        }
    }
    point_.solved = true;
    return point_;
}

ArrayXd CooperationConstraints::misses(const CooperationPoint& point, MatrixXd* slope) const {
    const Index n = n_players(), after = n_tariffs();
    ArrayXd miss(2 * n);
    if (slope != nullptr) slope->setZero(static_cast<Index>(point.y.size()), 2 * n);
    const auto add = [&](Index column, const MatrixXd& of, Index p, double factor) {
        slope->col(column).head(after) += factor * (of.col(p).head(after).array() / scale_).matrix();
        if (!paid_.empty()) (*slope)(after + 1, column) += factor * of(after, p);
    };
    for (Index p = 0; p < n; ++p) {
        const double keep = discount_[p], gain = gain_[p];
        const double worth = point.utility[p] - war_[p], temptation = point.best[p] - point.utility[p];
        const bool share = aim_ == CooperationAim::share;
        miss[p] = (share ? aim(point.y) : 0.0) - worth / gain;
        miss[n + p] =
            ((keep < 1.0 ? (1.0 - keep) * temptation : 0.0) - keep * worth) / gain + (share ? 0.0 : aim(point.y));
        if (slope == nullptr) continue;
        (*slope)(after, share ? p : n + p) = 1.0;
        add(p, point.slope, p, -1.0 / gain);
        add(n + p, point.slope, p, -1.0 / gain);  // -(1 - delta) - delta
        if (keep < 1.0) add(n + p, point.best_slope, p, (1.0 - keep) / gain);
    }
    return miss;
}

// By variable: -1 at its lower bound, 1 at its upper.
std::vector<int> CooperationConstraints::held(const CooperationPoint& point) const {
    const std::vector<double> low = lower(), high = upper();
    std::vector<int> side(point.y.size(), 0);
    for (std::size_t k = 0; k < side.size(); ++k) {
        const double unit = k < blocks_.size() ? scale_[static_cast<Index>(k)] : 1.0;
        if (point.y[k] <= low[k] + 1e-9 * unit) side[k] = -1;
        if (point.y[k] >= high[k] - 1e-9 * unit) side[k] = 1;
    }
    return side;
}

double CooperationConstraints::stationarity(const CooperationPoint& point, ArrayXd& multiplier) const {
    MatrixXd slope;
    const ArrayXd miss = misses(point, &slope);
    std::vector<Index> active;
    constexpr double near = 1e-4;  // of the gain
    for (Index c = 0; c < miss.size(); ++c)
        if (miss[c] > -near) active.push_back(c);
    VectorXd gradient = VectorXd::Zero(slope.rows());
    gradient[n_tariffs()] = 1.0;
    const Multipliers found = least_multipliers(gradient, slope(Eigen::all, active), held(point));
    multiplier = ArrayXd::Zero(miss.size());
    for (std::size_t c = 0; c < active.size(); ++c) multiplier[active[c]] = found.value[static_cast<Index>(c)];
    return found.remainder;
}

}  // namespace detente
