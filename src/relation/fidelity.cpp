#include "relation/fidelity.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "relation/rounding.h"

namespace detente {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

// Chance that a side's choice is answered by war: that what it does is a breach, and one that is taken to be intended.
double answered(const Implementation& implementation, const Channel& channel, Side side, int chosen, int kept) {
    const double breach = 1.0 - implementation.of(side)(chosen, kept);
    if (!channel.accuracy) return breach;
    return breach * (chosen == kept ? 1.0 - *channel.accuracy : *channel.accuracy);
}

NoisySide noisy_side(const StageGame& game, const Roles& roles, const Implementation& implementation,
                     const Channel& channel, Side side) {
    const ActionPair& c = roles.cooperate;
    const auto alarm_of = [&](const ActionPair& chosen) {
        return 1.0 - (1.0 - answered(implementation, channel, Side::a, chosen.a, c.a)) *
                         (1.0 - answered(implementation, channel, Side::b, chosen.b, c.b));
    };
    NoisySide s;
    s.promised = payoff(game, side, roles.cooperate);
    const Eigen::VectorXd replies = expected_replies(game, implementation, side, roles.cooperate);
    s.agreement = replies(own_action(roles.cooperate, side));
    s.war = expected_replies(game, implementation, side, roles.war)(own_action(roles.war, side));
    s.tolerance = payoff_tolerance(game, side);
    s.alarm = alarm_of(roles.cooperate);
    for (int action = 0; action < actions_of(game, side); ++action) {
        if (action == own_action(roles.cooperate, side)) continue;
        const ActionPair chosen = deviate(roles.cooperate, side, action);
        const Breach breach{action, replies(action), alarm_of(chosen)};
        const double gain = breach.payoff - s.agreement, more_alarm = breach.alarm - s.alarm;
        s.breaches.push_back(breach);
        if (gain <= s.tolerance) continue;
        const double price = more_alarm > 0.0 ? gain / more_alarm : infinite;
        if (price > s.price) s.price = price, s.temptation = action;
    }
    return s;
}

// delta x/(1 - delta + delta a x): what one breach more takes of u_C - u_N.
double bite(const NoisySide& side, double delta, double x) {
    return delta * x / (1.0 - delta + delta * side.alarm * x);
}

bool deters(const NoisySide& side, double delta, double x) {
    return bite(side, delta, x) * (side.agreement - side.war) >= side.price * (1.0 - rounding);
}

// The severity needed by the side that needs most is met exactly by a war that breaks out with this probability; war
// for ever with a small one comes nearest to the bound of Abreu, Milgrom and Pearce for both sides.
std::optional<WarReport> randomised_war(const NoisyAgreement& agreement, double discount_a, double discount_b) {
    double probability = 0.0;
    for (const Side side : sides) {
        const auto x = least_severity(agreement.of(side), side == Side::a ? discount_a : discount_b);
        if (!x) return std::nullopt;
        probability = std::max(probability, *x);
    }
    return evaluate_war(agreement, discount_a, discount_b, forever, std::min(1.0, probability));
}

// Changes of a test over [0, 1], each found to the last digit.
std::vector<Interval> where_true(const std::function<bool(double)>& test, int grid) {
    std::vector<Interval> found;
    const auto change = [&](double from, double to, bool at_from) {
        for (int k = 0; k < 60; ++k) {
            const double middle = 0.5 * (from + to);
            (test(middle) == at_from ? from : to) = middle;
        }
        return at_from ? from : to;
    };
    bool before = test(0.0);
    if (before) found.push_back({0.0, 0.0});
    for (int k = 1; k <= grid; ++k) {
        const double here = static_cast<double>(k) / grid, last = static_cast<double>(k - 1) / grid;
        const bool now = test(here);
        if (now && !before) found.push_back({change(last, here, before), here});
        if (now) found.back().to = here;
        if (!now && before) found.back().to = change(last, here, before);
        before = now;
    }
    return found;
}

}  // namespace

void check_channel(const Channel& channel) {
    if (channel.accuracy && !(*channel.accuracy >= 0.5 && *channel.accuracy <= 1.0))
        throw_input({Place{"", 0, "accuracy"}, "out of range", fmt::format("{:g}", *channel.accuracy),
                     "between 0.5 (a coin) and 1 (always right)", ""});
}

NoisyAgreement noisy_agreement(const StageGame& game, const Roles& roles, const Implementation& implementation,
                               const Channel& channel) {
    require_dilemma(game, roles);
    check_channel(channel);
    check_implementation(game, implementation);
    NoisyAgreement result;
    for (const Side side : sides) {
        NoisySide& s = result.side[static_cast<std::size_t>(side)];
        s = noisy_side(game, roles, implementation, channel, side);
        if (s.agreement - s.war > s.tolerance) continue;
        throw_input({Place{},
                     fmt::format("with these lapses the agreement {} is no better for {} than the war {}",
                                 name_of(game, roles.cooperate), player(game, side), name_of(game, roles.war)),
                     fmt::format("{:g} and {:g}", s.agreement, s.war), "a fidelity at which the agreement pays", ""});
    }
    result.war_is_equilibrium = is_stage_equilibrium(game, implementation, roles.war);
    return result;
}

double severity(double delta, int periods, double probability) {
    require_discount("discount", delta);
    require_probability("probability of war", probability);
    if (periods == forever) return probability;
    return probability * (1.0 - std::pow(delta, periods));
}

double agreement_value(const NoisySide& side, double delta, double x) {
    return side.war + (1.0 - delta) * (side.agreement - side.war) / (1.0 - delta + delta * side.alarm * x);
}

double incentive_slack(const NoisySide& side, double delta, double x) {
    return bite(side, delta, x) * (side.agreement - side.war) - side.price;
}

std::optional<double> least_severity(const NoisySide& side, double delta) {
    require_discount("discount", delta);
    if (side.price == 0.0) return 0.0;
    if (!deters(side, delta, 1.0)) return std::nullopt;
    const double needed = side.price / (side.agreement - side.war);
    return std::min(1.0, needed * (1.0 - delta) / (delta * (1.0 - side.alarm * needed)));
}

std::optional<int> shortest_war(const NoisySide& side, double delta) {
    const auto x = least_severity(side, delta);
    if (!x) return std::nullopt;
    if (*x == 0.0) return 0;
    if (*x >= 1.0 - 4.0 * rounding) return forever;
    int periods = std::max(1, static_cast<int>(std::ceil(std::log1p(-*x) / std::log(delta))));
    while (periods > 1 && deters(side, delta, severity(delta, periods - 1))) --periods;
    while (!deters(side, delta, severity(delta, periods))) ++periods;
    return periods;
}

std::optional<double> critical_discount(const NoisySide& side, int periods) {
    if (side.price == 0.0) return 0.0;
    // Deterred iff 1/(1/S + a) >= needed with S = delta + ... + delta^T, so iff S >= needed/(1 - a needed).
    const double needed = side.price / (side.agreement - side.war);
    if (!(side.alarm * needed < 1.0)) return std::nullopt;
    const double weight = needed / (1.0 - side.alarm * needed);
    if (periods == forever) return weight / (1.0 + weight);
    if (weight >= static_cast<double>(periods)) return std::nullopt;
    double low = 0.0, high = 1.0;
    for (int k = 0; k < 200 && high - low > 1e-16; ++k) {
        const double middle = 0.5 * (low + high);
        if (middle <= low || middle >= high) break;
        (war_weight(middle, periods) >= weight ? high : low) = middle;
    }
    return high;
}

double milgrom_bound(const NoisySide& side) {
    return side.price == 0.0 ? side.agreement : side.agreement - side.alarm * side.price;
}

WarReport evaluate_war(const NoisyAgreement& agreement, double discount_a, double discount_b, int periods,
                       double probability) {
    WarReport report;
    report.periods = periods;
    report.probability = probability;
    report.holds = true;
    std::array<double, 2> margin{};
    for (const Side side : sides) {
        const auto k = static_cast<std::size_t>(side);
        const NoisySide& s = agreement.of(side);
        const double delta = side == Side::a ? discount_a : discount_b;
        const double x = severity(delta, periods, probability);
        report.value[k] = agreement_value(s, delta, x);
        report.slack[k] = incentive_slack(s, delta, x);
        if (s.promised > s.tolerance) report.efficiency[k] = report.value[k] / s.promised;
        report.kept_share[k] = (report.value[k] - s.war) / (s.promised - s.war);
        margin[k] = report.slack[k] / (s.agreement - s.war);
        report.holds = report.holds && deters(s, delta, x);
    }
    report.binding = margin[1] < margin[0] ? Side::b : Side::a;
    const double alarm = agreement.side[0].alarm, outbreak = alarm * probability;
    report.mean_peace = alarm > 0.0 ? 1.0 / alarm : infinite;
    report.war_share = outbreak == 0.0      ? 0.0
                       : periods == forever ? 1.0
                                            : outbreak * periods / (1.0 + outbreak * periods);
    return report;
}

ForgivenessWindow forgiveness_window(const NoisyAgreement& agreement, double discount_a, double discount_b) {
    ForgivenessWindow window;
    window.shortest = {shortest_war(agreement.of(Side::a), discount_a),
                       shortest_war(agreement.of(Side::b), discount_b)};
    if (!window.shortest[0] || !window.shortest[1]) return window;
    window.holds = true;
    window.from = std::max(*window.shortest[0], *window.shortest[1]);
    window.to = forever;
    window.best = evaluate_war(agreement, discount_a, discount_b, window.from);
    window.randomised = randomised_war(agreement, discount_a, discount_b);
    return window;
}

FidelityThreshold fidelity_threshold(const std::function<NoisyAgreement(double)>& agreement_at, double discount_a,
                                     double discount_b, std::optional<Side> side, int grid) {
    const auto sustained = [&](double fidelity) {
        try {
            const NoisyAgreement agreement = agreement_at(fidelity);
            const bool a = least_severity(agreement.of(Side::a), discount_a).has_value();
            const bool b = least_severity(agreement.of(Side::b), discount_b).has_value();
            return side ? (*side == Side::a ? a : b) : a && b;
        } catch (const Error& error) {
            // Lapses so frequent that the agreement is worth no more than war.
            if (error.kind() == ErrorKind::input) return false;
            throw;
        }
    };
    require_discount("discount of A", discount_a);
    require_discount("discount of B", discount_b);
    FidelityThreshold threshold;
    threshold.sustained = where_true(sustained, grid);
    // A test that turns at 0 itself is found to turn beside it.
    constexpr double bisected = 1e-9;
    for (Interval& interval : threshold.sustained)
        if (interval.from < bisected) interval.from = 0.0;
    // The stretch that reaches perfect fidelity is meant. At the very bottom promises no longer matter to what is done,
    // so that keeping them can be an empty equilibrium there.
    if (!threshold.sustained.empty() && threshold.sustained.back().to >= 1.0)
        threshold.lowest = threshold.sustained.back().from;
    return threshold;
}

FidelityThreshold fidelity_threshold(const StageGame& game, const Roles& roles, double discount_a, double discount_b,
                                     const ActionPair& lapse) {
    require_dilemma(game, roles);
    return fidelity_threshold(
        [&](double fidelity) {
            return noisy_agreement(game, roles, lapse_implementation(game, roles, fidelity, fidelity, lapse));
        },
        discount_a, discount_b);
}

RegionMap region_map(const StageGame& game, const Roles& roles, const std::vector<double>& discount,
                     const std::vector<double>& fidelity, const ActionPair& lapse) {
    require_dilemma(game, roles);
    RegionMap map{discount, fidelity, {}, {}};
    const auto rows = static_cast<Eigen::Index>(discount.size()), columns = static_cast<Eigen::Index>(fidelity.size());
    map.war_a = map.war_b = Eigen::MatrixXi::Constant(rows, columns, -1);
    for (const double delta : discount) require_discount("discount", delta);
    for (Eigen::Index column = 0; column < columns; ++column) {
        const double phi = fidelity[static_cast<std::size_t>(column)];
        const Implementation implementation = lapse_implementation(game, roles, phi, phi, lapse);
        for (const Side side : sides) {
            const NoisySide s = noisy_side(game, roles, implementation, {}, side);
            if (s.agreement - s.war <= s.tolerance) continue;
            for (Eigen::Index row = 0; row < rows; ++row) {
                const auto periods = shortest_war(s, discount[static_cast<std::size_t>(row)]);
                (side == Side::a ? map.war_a : map.war_b)(row, column) = periods.value_or(-1);
            }
        }
    }
    return map;
}

}  // namespace detente
