#include "relation/roles.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>

#include "relation/coco.h"

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

bool gains(const StageGame& game, const double (&tolerance)[2], const ActionPair& pair, const ActionPair& over) {
    return payoff(game, Side::a, pair) - payoff(game, Side::a, over) > tolerance[0] &&
           payoff(game, Side::b, pair) - payoff(game, Side::b, over) > tolerance[1];
}

// The war that follows where both break an agreement at once.
Roles roles_of_agreement(const StageGame& game, const ActionPair& agreement) {
    return {agreement, {best_deviation(game, Side::a, agreement), best_deviation(game, Side::b, agreement)}};
}

// What can be an agreement: each side has at least what nobody can keep it from, and more than in the war.
class Agreements {
public:
    Agreements(const StageGame& game, const Job& job)
        : game_(game),
          tolerance_{payoff_tolerance(game, Side::a), payoff_tolerance(game, Side::b)},
          minmax_{mixed_minmax(game, Side::a, job), mixed_minmax(game, Side::b, job)} {
        job.check();
        for (int a = 0; a < game.n_a(); ++a)
            for (int b = 0; b < game.n_b(); ++b)
                if (above_minmax({a, b})) best_.emplace_back(game.payoff_a(a, b), game.payoff_b(a, b));
        std::sort(best_.begin(), best_.end());
        for (std::size_t k = best_.size(); k-- > 1;)
            best_[k - 1].second = std::max(best_[k - 1].second, best_[k].second);
    }

    // Whether some agreement is better for both than the war: games have up to a million pairs and many equilibria.
    bool any_over(const ActionPair& war) const {
        const double level = payoff(game_, Side::a, war) + tolerance_[0];
        const auto first = std::upper_bound(best_.begin(), best_.end(), level,
                                            [](double x, const std::pair<double, double>& p) { return x < p.first; });
        return first != best_.end() && first->second - payoff(game_, Side::b, war) > tolerance_[1];
    }
    std::optional<ActionPair> best_over(const ActionPair& war) const {
        return best_pair(
            game_, [&](const ActionPair& p) { return gains(game_, tolerance_, p, war) && above_minmax(p); },
            [&](const ActionPair& p) { return joint(game_, p); });
    }
    // Without a stage equilibrium to fall back on; one that is as good for both needs no agreement.
    std::optional<ActionPair> best_where_both_break(const std::vector<ActionPair>& equilibria) const {
        const auto as_good = [&](const ActionPair& e, const ActionPair& p) {
            return at_least(Side::a, e, payoff(game_, Side::a, p)) && at_least(Side::b, e, payoff(game_, Side::b, p));
        };
        return best_pair(
            game_,
            [&](const ActionPair& p) {
                return above_minmax(p) && gains(game_, tolerance_, p, roles_of_agreement(game_, p).war) &&
                       std::none_of(equilibria.begin(), equilibria.end(),
                                    [&](const ActionPair& e) { return as_good(e, p); });
            },
            [&](const ActionPair& p) { return joint(game_, p); });
    }

private:
    bool at_least(Side side, const ActionPair& pair, double level) const {
        return payoff(game_, side, pair) >= level - tolerance_[side == Side::a ? 0 : 1];
    }
    bool above_minmax(const ActionPair& pair) const {
        return at_least(Side::a, pair, minmax_[0]) && at_least(Side::b, pair, minmax_[1]);
    }

    const StageGame& game_;
    double tolerance_[2], minmax_[2];
    std::vector<std::pair<double, double>> best_;  // by A's payoff: the best for B of it and all that are higher
};

// From the lowest joint payoff on.
std::vector<ActionPair> wars_of(const StageGame& game) {
    std::vector<ActionPair> wars = stage_equilibria(game);
    std::stable_sort(wars.begin(), wars.end(),
                     [&](const ActionPair& x, const ActionPair& y) { return joint(game, x) < joint(game, y); });
    return wars;
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

int best_breach(const StageGame& game, Side side, const ActionPair& pair) {
    const int kept = own_action(pair, side);
    int best = kept;
    for (int action = 0; action < actions_of(game, side); ++action) {
        if (action == kept) continue;
        if (best == kept ||
            payoff(game, side, deviate(pair, side, action)) > payoff(game, side, deviate(pair, side, best)))
            best = action;
    }
    return best;
}

double payoff_tolerance(const StageGame& game, Side side) {
    return game.accuracy * range(payoffs(game, side));
}

double deviation_gain(const StageGame& game, Side side, const ActionPair& pair) {
    const double gain =
        payoff(game, side, deviate(pair, side, best_deviation(game, side, pair))) - payoff(game, side, pair);
    return gain > payoff_tolerance(game, side) ? gain : 0.0;
}

bool is_stage_equilibrium(const StageGame& game, const ActionPair& pair) {
    return deviation_gain(game, Side::a, pair) == 0.0 && deviation_gain(game, Side::b, pair) == 0.0;
}

std::vector<ActionPair> stage_equilibria(const StageGame& game) {
    const Eigen::VectorXd best_a = game.payoff_a.colwise().maxCoeff().array() - payoff_tolerance(game, Side::a);
    const Eigen::VectorXd best_b = game.payoff_b.rowwise().maxCoeff().array() - payoff_tolerance(game, Side::b);
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

double mixed_minmax(const StageGame& game, Side side, const Job& job) {
    return zero_sum_value(side == Side::a ? game.payoff_a : Eigen::MatrixXd(game.payoff_b.transpose()), job).value;
}

Roles detect_roles(const StageGame& game, const Job& job) {
    const Agreements agreements(game, job);
    const std::vector<ActionPair> wars = wars_of(game);
    for (const ActionPair& war : wars)
        if (agreements.any_over(war)) return {*agreements.best_over(war), war};
    if (const auto agreement = agreements.best_where_both_break(wars)) return roles_of_agreement(game, *agreement);
    throw_input({Place{},
                 "the payoffs are not a dilemma: in pure actions no agreement is better for both sides than a stage "
                 "equilibrium, or than what follows where both break it",
                 "", "payoffs with such an agreement, or an agreement and a war to ask about", ""});
}

Roles complete_roles(const StageGame& game, const ActionPair& cooperate, const ActionPair& war, const Place& place,
                     const Job& job) {
    const bool has_agreement = cooperate.a >= 0, has_war = war.a >= 0;
    if (!has_agreement && !has_war) return detect_roles(game, job);
    Roles roles{cooperate, war};
    if (!has_agreement) {
        const auto found = Agreements(game, job).best_over(war);
        if (!found) {
            throw_input({place, "the payoffs are not a dilemma", "war " + name_of(game, war),
                         "a war to which some pair of actions is better for both sides", ""});
        }
        roles.cooperate = *found;
    } else if (!has_war) {
        const double tolerance[] = {payoff_tolerance(game, Side::a), payoff_tolerance(game, Side::b)};
        const std::vector<ActionPair> wars = wars_of(game);
        const auto found = std::find_if(wars.begin(), wars.end(),
                                        [&](const ActionPair& w) { return gains(game, tolerance, cooperate, w); });
        roles = found != wars.end() ? Roles{cooperate, *found} : roles_of_agreement(game, cooperate);
    }
    require_dilemma(game, roles, place);
    return roles;
}

void require_dilemma(const StageGame& game, const Roles& roles, const Place& place) {
    for (const Side side : sides) {
        const double kept = payoff(game, side, roles.cooperate), fought = payoff(game, side, roles.war);
        if (kept - fought > payoff_tolerance(game, side)) continue;
        throw_input({place,
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
    const auto above = [tolerance = payoff_tolerance(game, side)](double x, double y) { return x - y > tolerance; };
    if (above(r, t) && above(s, p) && above(r, p)) return GameClass::harmony;
    if (above(r, t) && above(p, s) && above(r, p)) return GameClass::stag_hunt;
    if (above(t, r) && above(r, s) && above(s, p)) return GameClass::chicken;
    if (above(t, r) && above(r, p) && above(p, s)) return GameClass::prisoners_dilemma;
    if (above(t, p) && above(p, r) && above(p, s)) return GameClass::deadlock;
    return GameClass::other;
}

double relative_gains_threshold(const StageGame& game, const Roles& roles, Side side) {
    const Side other = rival(side);
    const double own = payoff(game, side, roles.cooperate) - payoff(game, side, roles.war);
    const double others = payoff(game, other, roles.cooperate) - payoff(game, other, roles.war);
    return others > payoff_tolerance(game, other) ? own / others : std::numeric_limits<double>::infinity();
}

StageGame with_relative_gains(const StageGame& game, double rho_a, double rho_b) {
    StageGame result = game;
    result.payoff_a = game.payoff_a - rho_a * game.payoff_b;
    result.payoff_b = game.payoff_b - rho_b * game.payoff_a;
    // What was equal stays equal where the two payoffs all but cancel.
    const double range_a = range(game.payoff_a), range_b = range(game.payoff_b);
    const auto accuracy = [&](double known, double left) {
        return left > game.accuracy * known ? game.accuracy * known / left : 1.0;
    };
    result.accuracy = std::max({game.accuracy, accuracy(range_a + rho_a * range_b, range(result.payoff_a)),
                                accuracy(range_b + rho_b * range_a, range(result.payoff_b))});
    return result;
}

}  // namespace detente
