#include "relation/self_enforcement.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "relation/rounding.h"

namespace detente {
namespace {

double joint(const CooperationStep& step) {
    return step.payoff_a + step.payoff_b;
}

// Lowest discount factors at which reversion to a war keeps each side at a pair; none where it never does. Best replies
// are found once: fine grids of tariffs have a million pairs.
class Reversion {
public:
    Reversion(const StageGame& game, const ActionPair& war)
        : game_(game),
          reply_a_(game.payoff_a.colwise().maxCoeff()),
          reply_b_(game.payoff_b.rowwise().maxCoeff()),
          war_a_(payoff(game, Side::a, war)),
          war_b_(payoff(game, Side::b, war)),
          tolerance_a_(payoff_tolerance(game, Side::a)),
          tolerance_b_(payoff_tolerance(game, Side::b)) {}

    std::optional<double> side_a(const ActionPair& p) const {
        const double u = game_.payoff_a(p.a, p.b);
        return lowest(reply_a_(p.b) - u, u - war_a_, tolerance_a_);
    }
    std::optional<double> side_b(const ActionPair& p) const {
        const double u = game_.payoff_b(p.a, p.b);
        return lowest(reply_b_(p.a) - u, u - war_b_, tolerance_b_);
    }

private:
    static std::optional<double> lowest(double gain, double loss, double tolerance) {
        if (loss < -tolerance) return std::nullopt;
        if (gain <= tolerance) return 0.0;
        return loss > tolerance ? std::optional(gain / (gain + loss)) : std::nullopt;
    }
    const StageGame& game_;
    Eigen::RowVectorXd reply_a_;
    Eigen::VectorXd reply_b_;
    double war_a_, war_b_, tolerance_a_, tolerance_b_;
};

}  // namespace

double discount_factor(double period_years, double rate, double exit_hazard) {
    if (!(period_years >= 0.0) || !std::isfinite(period_years))
        throw_input({Place{"", 0, "period_years"}, "out of range", fmt::format("{:g}", period_years),
                     "a number of years, 0 or more", ""});
    if (!(rate >= 0.0) || !std::isfinite(rate))
        throw_input({Place{"", 0, "discount_rate"}, "out of range", fmt::format("{:g}", rate), "0 or more a year", ""});
    require_probability("exit_hazard", exit_hazard);
    return (1.0 - exit_hazard) * std::exp(-rate * period_years);
}

void require_discount(const char* name, double delta) {
    if (!(delta >= 0.0 && delta < 1.0))
        throw_input({Place{"", 0, name}, "a discount factor is out of range", fmt::format("{:g}", delta),
                     "a number in [0, 1)", ""});
}

void require_probability(const char* name, double value) {
    if (!(value >= 0.0 && value <= 1.0))
        throw_input({Place{"", 0, name}, "a probability is out of range", fmt::format("{:g}", value),
                     "a number in [0, 1]", ""});
}

double war_weight(double delta, int periods) {
    if (delta <= 0.0) return 0.0;
    const double rest = periods == forever ? 0.0 : std::exp(static_cast<double>(periods) * std::log(delta));
    return delta * (1.0 - rest) / (1.0 - delta);
}

Temptation temptation(const StageGame& game, const Roles& roles, Side side, const Job& job) {
    require_dilemma(game, roles);
    Temptation t;
    t.agreement = payoff(game, side, roles.cooperate);
    t.war = payoff(game, side, roles.war);
    t.deviation = best_deviation(game, side, roles.cooperate);
    t.breach = t.agreement + deviation_gain(game, side, roles.cooperate);
    if (t.breach == t.agreement) t.deviation = own_action(roles.cooperate, side);
    t.minmax = mixed_minmax(game, side, job);
    if (std::abs(t.agreement - t.minmax) <= payoff_tolerance(game, side)) t.minmax = t.agreement;
    return t;
}

std::optional<double> critical_discount(const Temptation& t, double punishment) {
    if (t.gain() <= 0.0) return 0.0;
    if (t.agreement <= punishment) return std::nullopt;
    return t.gain() / (t.breach - punishment);
}

std::optional<double> critical_discount_of_war(const Temptation& t, int periods) {
    if (t.gain() <= 0.0) return 0.0;
    if (periods == forever) return critical_discount(t, t.war);
    const double needed = t.gain() / t.loss();
    // The weight of the war rises with delta up to `periods`, which it reaches only at delta = 1.
    if (needed >= static_cast<double>(periods)) return std::nullopt;
    double low = 0.0, high = 1.0;
    while (high - low > 1e-16 + 4e-16 * high) {
        const double middle = 0.5 * (low + high);
        if (middle <= low || middle >= high) break;
        (war_weight(middle, periods) >= needed ? high : low) = middle;
    }
    return high;
}

std::optional<int> shortest_war(const Temptation& t, double delta) {
    if (t.gain() <= 0.0) return 0;
    const double needed = t.gain() / t.loss() * (1.0 - rounding);
    if (war_weight(delta, forever) < needed) return std::nullopt;
    // delta^T <= 1 - needed (1-delta)/delta; the count is then put right against rounding.
    const double rest = 1.0 - needed * (1.0 - delta) / delta;
    // A remainder of rounding says that only war without end is enough.
    if (rest <= 4.0 * rounding) return forever;
    int periods = std::max(1, static_cast<int>(std::ceil(std::log(rest) / std::log(delta))));
    while (periods > 1 && war_weight(delta, periods - 1) >= needed) --periods;
    while (war_weight(delta, periods) < needed) ++periods;
    return periods;
}

SelfEnforcement self_enforcement(const StageGame& game, const Roles& roles, double discount_a, double discount_b,
                                 const Job& job) {
    require_discount("discount of A", discount_a);
    require_discount("discount of B", discount_b);
    SelfEnforcement result;
    result.holds = true;
    std::array<double, 2> margin{};
    for (const Side side : sides) {
        const auto k = static_cast<std::size_t>(side);
        SideEnforcement& s = result.side[k];
        s.temptation = temptation(game, roles, side, job);
        s.discount = side == Side::a ? discount_a : discount_b;
        s.critical = critical_discount(s.temptation, s.temptation.war);
        s.critical_minmax = critical_discount(s.temptation, s.temptation.minmax);
        s.war_periods = shortest_war(s.temptation, s.discount);
        s.slack = s.discount * s.temptation.loss() - (1.0 - s.discount) * s.temptation.gain();
        margin[k] = s.slack / s.temptation.loss();
        result.holds = result.holds && s.slack >= -payoff_tolerance(game, side);
    }
    result.binding = margin[1] < margin[0] ? Side::b : Side::a;
    result.war_is_equilibrium = is_stage_equilibrium(game, roles.war);
    return result;
}

double relative_gains_to_break(const StageGame& game, const Roles& roles, Side side, double discount) {
    require_discount("discount", discount);
    const Side other = rival(side);
    const double own = payoff(game, side, roles.cooperate) - discount * payoff(game, side, roles.war);
    const double others = payoff(game, other, roles.cooperate) - discount * payoff(game, other, roles.war);
    const double tolerance = payoff_tolerance(game, side);
    double lowest = std::numeric_limits<double>::infinity();
    // Each deviation gives a condition that is linear in rho.
    for (int action = 0; action < actions_of(game, side); ++action) {
        const ActionPair breach = deviate(roles.cooperate, side, action);
        const double slack = own - (1.0 - discount) * payoff(game, side, breach);
        const double slope = others - (1.0 - discount) * payoff(game, other, breach);
        if (slack < -tolerance) return 0.0;
        if (slope > 0.0) lowest = std::min(lowest, std::max(0.0, slack) / slope);
    }
    return lowest;
}

std::vector<CooperationStep> most_cooperative_curve(const StageGame& game, const ActionPair& war) {
    const Reversion reversion(game, war);
    std::vector<CooperationStep> steps;
    for (int a = 0; a < game.n_a(); ++a) {
        for (int b = 0; b < game.n_b(); ++b) {
            const ActionPair pair{a, b};
            const auto of_a = reversion.side_a(pair);
            const auto of_b = reversion.side_b(pair);
            if (!of_a || !of_b) continue;
            steps.push_back({std::max(*of_a, *of_b), pair, game.payoff_a(a, b), game.payoff_b(a, b)});
        }
    }
    std::sort(steps.begin(), steps.end(), [](const CooperationStep& x, const CooperationStep& y) {
        return x.discount < y.discount || (x.discount == y.discount && joint(x) > joint(y));
    });
    std::vector<CooperationStep> curve;
    for (const CooperationStep& step : steps)
        if (curve.empty() || joint(step) > joint(curve.back())) curve.push_back(step);
    return curve;
}

std::optional<CooperationStep> most_cooperative(const StageGame& game, const ActionPair& war, double discount_a,
                                                double discount_b) {
    require_discount("discount of A", discount_a);
    require_discount("discount of B", discount_b);
    const Reversion reversion(game, war);
    std::optional<CooperationStep> best;
    for (int a = 0; a < game.n_a(); ++a) {
        for (int b = 0; b < game.n_b(); ++b) {
            const ActionPair pair{a, b};
            const auto of_a = reversion.side_a(pair);
            const auto of_b = reversion.side_b(pair);
            if (!of_a || !of_b || *of_a > discount_a + rounding || *of_b > discount_b + rounding) continue;
            const CooperationStep step{std::max(*of_a, *of_b), pair, game.payoff_a(a, b), game.payoff_b(a, b)};
            if (!best || joint(step) > joint(*best)) best = step;
        }
    }
    return best;
}

}  // namespace detente
