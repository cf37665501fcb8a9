#include "relation/roles.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>

namespace detente {
namespace {

const Eigen::MatrixXd& payoffs(const StageGame& game, Side side) {
    return side == Side::a ? game.payoff_a : game.payoff_b;
}

double range(const Eigen::MatrixXd& payoff) {
    return payoff.maxCoeff() - payoff.minCoeff();
}

double joint(const StageGame& game, const ActionPair& pair) {
    return payoff(game, Side::a, pair) + payoff(game, Side::b, pair);
}

// The first of the pairs for which `value` is highest among those that `allowed` lets through.
template <typename Allowed, typename Value>
std::optional<ActionPair> best_pair(const StageGame& game, Allowed&& allowed, Value&& value) {
    std::optional<ActionPair> best;
    for (int a = 0; a < game.n_a(); ++a) {
        for (int b = 0; b < game.n_b(); ++b) {
            const ActionPair pair{a, b};
            if (allowed(pair) && (!best || value(pair) > value(*best))) best = pair;
        }
    }
    return best;
}

bool both_gain(const StageGame& game, const ActionPair& pair, const ActionPair& over) {
    return payoff(game, Side::a, pair) > payoff(game, Side::a, over) &&
           payoff(game, Side::b, pair) > payoff(game, Side::b, over);
}

std::optional<ActionPair> best_agreement_over(const StageGame& game, const ActionPair& war) {
    return best_pair(
        game, [&](const ActionPair& pair) { return both_gain(game, pair, war); },
        [&](const ActionPair& pair) { return joint(game, pair); });
}

// The war to which `agreement` (where given) or some agreement is better for both sides.
std::optional<Roles> worst_equilibrium_with_agreement(const StageGame& game, const ActionPair* agreement) {
    std::vector<ActionPair> wars = stage_equilibria(game);
    std::stable_sort(wars.begin(), wars.end(),
                     [&](const ActionPair& x, const ActionPair& y) { return joint(game, x) < joint(game, y); });
    for (const ActionPair& war : wars) {
        if (agreement != nullptr && both_gain(game, *agreement, war)) return Roles{*agreement, war};
        if (agreement != nullptr) continue;
        if (const auto found = best_agreement_over(game, war)) return Roles{*found, war};
    }
    return std::nullopt;
}

Roles roles_of_agreement(const StageGame& game, const ActionPair& agreement) {
    const ActionPair both_break{best_deviation(game, Side::a, agreement), best_deviation(game, Side::b, agreement)};
    return {agreement, both_break};
}

}  // namespace

int actions_of(const StageGame& game, Side side) {
    return side == Side::a ? game.n_a() : game.n_b();
}

double payoff(const StageGame& game, Side side, const ActionPair& pair) {
    return payoffs(game, side)(pair.a, pair.b);
}

int own_action(const ActionPair& pair, Side side) {
    return side == Side::a ? pair.a : pair.b;
}

ActionPair deviate(const ActionPair& pair, Side side, int action) {
    return side == Side::a ? ActionPair{action, pair.b} : ActionPair{pair.a, action};
}

const std::string& player(const StageGame& game, Side side) {
    return side == Side::a ? game.player_a : game.player_b;
}

std::string name_of(const StageGame& game, const ActionPair& pair) {
    return fmt::format("({}, {})", game.actions_a[pair.a], game.actions_b[pair.b]);
}

int best_deviation(const StageGame& game, Side side, const ActionPair& pair) {
    Eigen::Index best = 0;
    if (side == Side::a)
        game.payoff_a.col(pair.b).maxCoeff(&best);
    else
        game.payoff_b.row(pair.a).maxCoeff(&best);
    return static_cast<int>(best);
}

double deviation_gain(const StageGame& game, Side side, const ActionPair& pair) {
    return payoff(game, side, deviate(pair, side, best_deviation(game, side, pair))) - payoff(game, side, pair);
}

std::vector<ActionPair> stage_equilibria(const StageGame& game) {
    constexpr double equal = 1e-12;  // of the range: payoffs computed in two ways that should be the same
    const Eigen::VectorXd best_a = game.payoff_a.colwise().maxCoeff().array() - equal * range(game.payoff_a);
    const Eigen::VectorXd best_b = game.payoff_b.rowwise().maxCoeff().array() - equal * range(game.payoff_b);
    std::vector<ActionPair> found;
    for (int a = 0; a < game.n_a(); ++a)
        for (int b = 0; b < game.n_b(); ++b)
            if (game.payoff_a(a, b) >= best_a(b) && game.payoff_b(a, b) >= best_b(a)) found.push_back({a, b});
    return found;
}

double pure_minmax(const StageGame& game, Side side) {
    return side == Side::a ? game.payoff_a.colwise().maxCoeff().minCoeff()
                           : game.payoff_b.rowwise().maxCoeff().minCoeff();
}

Roles detect_roles(const StageGame& game) {
    if (const auto found = worst_equilibrium_with_agreement(game, nullptr)) return *found;
    const auto agreement = best_pair(
        game, [&](const ActionPair& p) { return both_gain(game, p, roles_of_agreement(game, p).war); },
        [&](const ActionPair& p) { return joint(game, p); });
    if (!agreement) {
        throw_input({Place{},
                     "the payoffs are not a dilemma: no pair of actions is better for both sides than a war that "
                     "could follow",
                     "", "payoffs with an agreement better than a stage equilibrium, or --cooperate and --war", ""});
    }
    return roles_of_agreement(game, *agreement);
}

Roles complete_roles(const StageGame& game, const ActionPair& cooperate, const ActionPair& war) {
    const bool has_agreement = cooperate.a >= 0, has_war = war.a >= 0;
    if (!has_agreement && !has_war) return detect_roles(game);
    Roles roles{cooperate, war};
    if (!has_agreement) {
        const auto found = best_agreement_over(game, war);
        if (!found) {
            throw_input({Place{}, "the payoffs are not a dilemma", "war " + name_of(game, war),
                         "a war to which some pair of actions is better for both sides", ""});
        }
        roles.cooperate = *found;
    } else if (!has_war) {
        const auto found = worst_equilibrium_with_agreement(game, &cooperate);
        roles = found ? *found : roles_of_agreement(game, cooperate);
    }
    require_dilemma(game, roles);
    return roles;
}

void require_dilemma(const StageGame& game, const Roles& roles) {
    for (const Side side : sides) {
        const double kept = payoff(game, side, roles.cooperate), fought = payoff(game, side, roles.war);
        if (kept > fought) continue;
        throw_input({Place{},
                     fmt::format("the payoffs are not a dilemma: the agreement {} makes {} no better off than the "
                                 "war {}",
                                 name_of(game, roles.cooperate), player(game, side), name_of(game, roles.war)),
                     fmt::format("{:g} and {:g}", kept, fought), "an agreement better than the war for both sides",
                     ""});
    }
}

std::string to_string(GameClass kind) {
    switch (kind) {
        case GameClass::harmony:
            return "harmony";
        case GameClass::stag_hunt:
            return "stag hunt";
        case GameClass::chicken:
            return "chicken";
        case GameClass::prisoners_dilemma:
            return "prisoner's dilemma";
        case GameClass::deadlock:
            return "deadlock";
        case GameClass::other:
            break;
    }
    return "other";
}

GameClass game_class(const StageGame& game, const Roles& roles, Side side) {
    const double r = payoff(game, side, roles.cooperate), p = payoff(game, side, roles.war);
    const double t = payoff(game, side, deviate(roles.cooperate, side, own_action(roles.war, side)));
    const double s = payoff(game, side, deviate(roles.war, side, own_action(roles.cooperate, side)));
    if (r > t && s > p && r > p) return GameClass::harmony;
    if (r > t && p > s && r > p) return GameClass::stag_hunt;
    if (t > r && r > s && s > p) return GameClass::chicken;
    if (t > r && r > p && p > s) return GameClass::prisoners_dilemma;
    if (t > p && p > r && p > s) return GameClass::deadlock;
    return GameClass::other;
}

double relative_gains_threshold(const StageGame& game, const Roles& roles, Side side) {
    const Side other = rival(side);
    const double own = payoff(game, side, roles.cooperate) - payoff(game, side, roles.war);
    const double others = payoff(game, other, roles.cooperate) - payoff(game, other, roles.war);
    return others > 0.0 ? own / others : std::numeric_limits<double>::infinity();
}

StageGame with_relative_gains(const StageGame& game, double rho_a, double rho_b) {
    StageGame result = game;
    result.payoff_a = game.payoff_a - rho_a * game.payoff_b;
    result.payoff_b = game.payoff_b - rho_b * game.payoff_a;
    return result;
}

}  // namespace detente
