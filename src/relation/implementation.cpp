#include "relation/implementation.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "relation/self_enforcement.h"

namespace detente {
namespace {

Eigen::MatrixXd lapse_table(int actions, int kept, int lapse, double fidelity) {
    Eigen::MatrixXd table = Eigen::MatrixXd::Identity(actions, actions);
    table(kept, kept) = fidelity;
    table(kept, lapse) += 1.0 - fidelity;
    return table;
}

Eigen::MatrixXd flip_table(int actions, double error, const char* name) {
    require_probability(name, error);
    if (actions == 1 && error > 0.0)
        throw_input(Place{"", 0, name}, "a side with a single action has no other that an error could lead to");
    const double others = actions > 1 ? error / (actions - 1) : 0.0;
    Eigen::MatrixXd table = Eigen::MatrixXd::Constant(actions, actions, others);
    table.diagonal().setConstant(1.0 - error);
    return table;
}

}  // namespace

Implementation exact_implementation(const StageGame& game) {
    return {Eigen::MatrixXd::Identity(game.n_a(), game.n_a()), Eigen::MatrixXd::Identity(game.n_b(), game.n_b())};
}

ActionPair lapse_actions(const StageGame& game, const ActionPair& agreement, const ActionPair& lapse) {
    const ActionPair found{lapse.a < 0 ? best_breach(game, Side::a, agreement) : lapse.a,
                           lapse.b < 0 ? best_breach(game, Side::b, agreement) : lapse.b};
    if (found.a >= game.n_a() || found.b >= game.n_b())
        throw_input(Place{}, "a lapse action is not one of the side's actions");
    return found;
}

Implementation lapse_implementation(const StageGame& game, const Roles& roles, double fidelity_a, double fidelity_b,
                                    const ActionPair& lapse) {
    require_probability("fidelity of A", fidelity_a);
    require_probability("fidelity of B", fidelity_b);
    const ActionPair to = lapse_actions(game, roles.cooperate, lapse);
    return {lapse_table(game.n_a(), roles.cooperate.a, to.a, fidelity_a),
            lapse_table(game.n_b(), roles.cooperate.b, to.b, fidelity_b)};
}

Implementation flip_implementation(const StageGame& game, double error_a, double error_b) {
    return {flip_table(game.n_a(), error_a, "error of A"), flip_table(game.n_b(), error_b, "error of B")};
}

void check_implementation(const StageGame& game, const Implementation& implementation) {
    for (const Side side : sides) {
        const Eigen::MatrixXd& table = implementation.of(side);
        const int n = actions_of(game, side);
        const Place place{"", 0, "implementation of " + player(game, side)};
        if (table.rows() != n || table.cols() != n)
            throw_input({place, "the table has the wrong size", fmt::format("{} x {}", table.rows(), table.cols()),
                         fmt::format("{} x {}", n, n), ""});
        if (!(table.minCoeff() >= 0.0) || !((table.rowwise().sum().array() - 1.0).abs().maxCoeff() <= 1e-12))
            throw_input(place, "the rows are not probabilities: entries of 0 or more that sum to 1 were expected");
    }
}

StageGame expected_game(const StageGame& game, const Implementation& implementation) {
    StageGame expected = game;
    const auto average = [&](const Eigen::MatrixXd& payoff) -> Eigen::MatrixXd {
        return implementation.a * payoff * implementation.b.transpose();
    };
    expected.payoff_a = average(game.payoff_a);
    expected.payoff_b = average(game.payoff_b);
    for (Eigen::MatrixXd& payoff : expected.bystander_payoff) payoff = average(payoff);
    return expected;
}

Eigen::VectorXd expected_replies(const StageGame& game, const Implementation& implementation, Side side,
                                 const ActionPair& pair) {
    if (side == Side::a) return implementation.a * (game.payoff_a * implementation.b.row(pair.b).transpose());
    return implementation.b * (game.payoff_b.transpose() * implementation.a.row(pair.a).transpose());
}

bool is_stage_equilibrium(const StageGame& game, const Implementation& implementation, const ActionPair& pair) {
    return std::all_of(std::begin(sides), std::end(sides), [&](Side side) {
        const Eigen::VectorXd replies = expected_replies(game, implementation, side, pair);
        return replies.maxCoeff() - replies(own_action(pair, side)) <= payoff_tolerance(game, side);
    });
}

double breach_chance(const Implementation& implementation, const ActionPair& agreement) {
    return 1.0 - implementation.a(agreement.a, agreement.a) * implementation.b(agreement.b, agreement.b);
}

Eigen::MatrixXd outcome_probability(const Implementation& implementation, const ActionPair& chosen) {
    return implementation.a.row(chosen.a).transpose() * implementation.b.row(chosen.b);
}

}  // namespace detente
