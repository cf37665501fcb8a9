#include "relation/shocks.h"

#include <Eigen/LU>
#include <algorithm>
#include <cmath>

#include "relation/rounding.h"

namespace detente {
namespace {

// (1-delta) sum over time of what each state is worth, from each state.
Eigen::VectorXd averaged(const Eigen::MatrixXd& chain, const Eigen::VectorXd& now, double delta) {
    const auto n = chain.rows();
    return (Eigen::MatrixXd::Identity(n, n) - delta * chain).partialPivLu().solve((1.0 - delta) * now);
}

// The pair with the highest joint payoff among those that leave neither side worse off than the war and from which
// neither gains more than it would lose. The war itself is always one.
ActionPair best_enforced(const StageGame& game, const Roles& roles, double stake_a, double stake_b) {
    const Eigen::RowVectorXd best_a = game.payoff_a.colwise().maxCoeff();
    const Eigen::VectorXd best_b = game.payoff_b.rowwise().maxCoeff();
    ActionPair best = roles.war;
    const auto joint = [&](const ActionPair& p) { return game.payoff_a(p.a, p.b) + game.payoff_b(p.a, p.b); };
    for (int a = 0; a < game.n_a(); ++a) {
        for (int b = 0; b < game.n_b(); ++b) {
            if (game.payoff_a(a, b) < payoff(game, Side::a, roles.war)) continue;
            if (game.payoff_b(a, b) < payoff(game, Side::b, roles.war)) continue;
            if (best_a(b) - game.payoff_a(a, b) > stake_a || best_b(a) - game.payoff_b(a, b) > stake_b) continue;
            if (joint({a, b}) > joint(best)) best = {a, b};
        }
    }
    // Of pairs that are worth as much the agreement comes first.
    const bool kept = best_a(roles.cooperate.b) - payoff(game, Side::a, roles.cooperate) <= stake_a &&
                      best_b(roles.cooperate.a) - payoff(game, Side::b, roles.cooperate) <= stake_b;
    return kept && joint(roles.cooperate) >= joint(best) ? roles.cooperate : best;
}

}  // namespace

void check_chain(const Eigen::MatrixXd& chain, Eigen::Index states) {
    const bool square = chain.rows() == states && chain.cols() == states && states > 0;
    if (!square) throw_input(Place{"", 0, "chain"}, "a row and a column for each state were expected");
    if (!(chain.minCoeff() >= 0.0) || !((chain.rowwise().sum().array() - 1.0).abs().maxCoeff() <= 1e-12))
        throw_input(Place{"", 0, "chain"},
                    "the rows are not probabilities: entries of 0 or more that sum to 1 were "
                    "expected");
}

Eigen::VectorXd state_shares(const Eigen::MatrixXd& chain) {
    check_chain(chain, chain.rows());
    Eigen::MatrixXd power = 0.5 * (chain + Eigen::MatrixXd::Identity(chain.rows(), chain.cols()));
    for (int k = 0; k < 60; ++k) {
        power = power * power;
        power.array().colwise() /= power.rowwise().sum().array().eval();
    }
    return power.row(0).transpose();
}

Eigen::MatrixXd independent_draws(const Eigen::VectorXd& probability) {
    return Eigen::VectorXd::Ones(probability.size()) * probability.transpose();
}

EscapePolicy escape_clause(const std::vector<StageGame>& games, const std::vector<Roles>& roles,
                           const Eigen::MatrixXd& chain, double discount_a, double discount_b) {
    const auto n = static_cast<Eigen::Index>(games.size());
    check_chain(chain, n);
    require_discount("discount of A", discount_a);
    require_discount("discount of B", discount_b);
    if (roles.size() != games.size()) throw_input(Place{}, "each state needs its agreement and its war");
    const std::array<double, 2> delta = {discount_a, discount_b};
    std::array<Eigen::VectorXd, 2> war, stake;
    for (const Side side : sides) {
        const auto k = static_cast<std::size_t>(side);
        Eigen::VectorXd now(n);
        for (Eigen::Index s = 0; s < n; ++s)
            now(s) = payoff(games[static_cast<std::size_t>(s)], side, roles[static_cast<std::size_t>(s)].war);
        war[k] = averaged(chain, now, delta[k]);
        stake[k] = Eigen::VectorXd::Constant(n, std::numeric_limits<double>::infinity());
    }
    EscapePolicy policy;
    policy.play.resize(games.size());
    // What breaking loses can only fall from one round to the next, and it takes finitely many values.
    for (int round = 0; round < 10000 && !policy.converged; ++round) {
        for (std::size_t s = 0; s < games.size(); ++s) {
            const auto at = static_cast<Eigen::Index>(s);
            policy.play[s] = best_enforced(games[s], roles[s], stake[0](at), stake[1](at));
        }
        policy.converged = true;
        for (const Side side : sides) {
            const auto k = static_cast<std::size_t>(side);
            Eigen::VectorXd now(n), gain(n);
            for (Eigen::Index s = 0; s < n; ++s) {
                const StageGame& game = games[static_cast<std::size_t>(s)];
                now(s) = payoff(game, side, policy.play[static_cast<std::size_t>(s)]);
                gain(s) = deviation_gain(game, side, policy.play[static_cast<std::size_t>(s)]);
            }
            policy.value[k] = averaged(chain, now, delta[k]);
            const Eigen::VectorXd lost = delta[k] / (1.0 - delta[k]) * (chain * (policy.value[k] - war[k]));
            policy.slack[k] = lost - gain;
            const double width = std::max(1.0, now.cwiseAbs().maxCoeff());
            if (policy.slack[k].minCoeff() < -rounding * width) policy.converged = false;
            stake[k] = stake[k].cwiseMin((lost.array() + rounding * width).matrix());
        }
    }
    policy.share = state_shares(chain);
    for (std::size_t s = 0; s < games.size(); ++s) {
        policy.escape.push_back(!(policy.play[s] == roles[s].cooperate));
        if (policy.escape.back()) policy.escape_share += policy.share(static_cast<Eigen::Index>(s));
    }
    return policy;
}

std::vector<StageGame> scaled_states(const StageGame& game, const std::vector<double>& factors) {
    std::vector<StageGame> states;
    for (const double factor : factors) {
        if (!(factor > 0.0) || !std::isfinite(factor))
            throw_input(Place{"", 0, "factors"}, "a state's factor is a number above 0");
        states.push_back(game);
        states.back().payoff_a *= factor;
        states.back().payoff_b *= factor;
        for (Eigen::MatrixXd& payoff : states.back().bystander_payoff) payoff *= factor;
    }
    return states;
}

ScalePolicy most_cooperative_scale(const PolicyScale& scale, const Eigen::MatrixXd& chain, double discount_a,
                                   double discount_b, double tolerance, const ScaleLapses& lapses) {
    const auto n = chain.rows();
    check_chain(chain, n);
    require_discount("discount of A", discount_a);
    require_discount("discount of B", discount_b);
    require_probability("alarm", lapses.alarm);
    require_probability("answered", lapses.answered);
    const std::array<double, 2> delta = {discount_a, discount_b};
    const double lasts = 1.0 - lapses.alarm * lapses.answered;
    ScalePolicy result;
    result.answered = lapses.answered;
    std::array<Eigen::VectorXd, 2> lost;
    const auto enforced = [&](Eigen::Index s, double x) {
        return scale.gain(s, x, Side::a) <= lost[0](s) && scale.gain(s, x, Side::b) <= lost[1](s);
    };
    // The first policy from `from` on that is enforced; the war where none is.
    const auto lowest = [&](Eigen::Index s, double from) {
        constexpr int grid = 256;
        if (enforced(s, from)) return from;
        for (int k = static_cast<int>(from * grid) + 1; k <= grid; ++k) {
            double high = static_cast<double>(k) / grid, low = std::max(from, static_cast<double>(k - 1) / grid);
            if (!enforced(s, high)) continue;
            while (high - low > 1e-15) {
                const double middle = 0.5 * (low + high);
                if (middle <= low || middle >= high) break;
                (enforced(s, middle) ? high : low) = middle;
            }
            return high;
        }
        return 1.0;
    };
    const auto weigh = [&] {
        for (const Side side : sides) {
            const auto k = static_cast<std::size_t>(side);
            Eigen::VectorXd worth(n);
            for (Eigen::Index s = 0; s < n; ++s) worth(s) = scale.worth(s, result.policy(s), side);
            result.value[k] = averaged(chain * lasts, worth, delta[k]);
            lost[k] = delta[k] / (1.0 - delta[k]) * (lapses.detected[k] - lapses.alarm) * lapses.answered *
                      (chain * result.value[k]);
        }
    };
    result.policy = Eigen::VectorXd::Zero(n);
    for (constexpr int limit = 100000; result.iterations < limit && !result.converged; ++result.iterations) {
        weigh();
        Eigen::VectorXd next(n);
        // Policies only rise from full cooperation: the largest fixed point comes first.
        for (Eigen::Index s = 0; s < n; ++s) next(s) = lowest(s, result.policy(s));
        result.converged = (next - result.policy).maxCoeff() <= tolerance;
        result.policy = next;
    }
    weigh();
    const Eigen::VectorXd share = state_shares(chain);
    for (Eigen::Index s = 0; s < n; ++s)
        if (result.policy(s) > 0.0) result.escape_share += share(s);
    return result;
}

ScalePolicy best_scale(const PolicyScale& scale, const Eigen::MatrixXd& chain, double discount_a, double discount_b,
                       const ScaleLapses& lapses, double tolerance) {
    const auto at = [&](double answered) {
        ScaleLapses with = lapses;
        with.answered = answered;
        return most_cooperative_scale(scale, chain, discount_a, discount_b, tolerance, with);
    };
    ScalePolicy best = at(1.0);
    if (!(lapses.alarm > 0.0)) return best;
    const Eigen::VectorXd share = state_shares(chain);
    const auto joint = [&](const ScalePolicy& p) { return share.dot(p.value[0] + p.value[1]); };
    const auto consider = [&](const ScalePolicy& p) {
        if (joint(p) > joint(best)) best = p;
        return joint(p);
    };
    // Where all of it can be kept, by the least chance at which it still can.
    if (best.policy.maxCoeff() <= 0.0) {
        double low = 0.0, high = 1.0;
        for (int k = 0; k < 50; ++k) {
            const double middle = 0.5 * (low + high);
            const ScalePolicy there = at(middle);
            const bool kept = there.policy.maxCoeff() <= 0.0;
            if (kept) consider(there);
            (kept ? high : low) = middle;
        }
    }
    // Less cooperation for fewer wars may be worth more: a grid, then thirds of its best cell and the next.
    constexpr int grid = 20;
    int top = grid;
    double most = -std::numeric_limits<double>::infinity();
    for (int k = 1; k <= grid; ++k)
        if (const double found = consider(at(static_cast<double>(k) / grid)); found > most) most = found, top = k;
    double low = (top - 1.0) / grid, high = std::min(1.0, (top + 1.0) / grid);
    for (int k = 0; k < 40; ++k) {
        const double first = low + (high - low) / 3.0, second = high - (high - low) / 3.0;
        if (consider(at(first)) < consider(at(second)))
            low = first;
        else
            high = second;
    }
    return best;
}

}  // namespace detente
