#include "relation/implementation.h"

#include <fmt/format.h>

#include "base/error.h"
#include "relation/self_enforcement.h"

namespace detente {
namespace {

Eigen::MatrixXd lapse_table(int actions, int lapse, double fidelity) {
    Eigen::MatrixXd table = fidelity * Eigen::MatrixXd::Identity(actions, actions);
    table.col(lapse).array() += 1.0 - fidelity;
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

Implementation lapse_implementation(const StageGame& game, const Roles& roles, double fidelity_a, double fidelity_b,
                                    const ActionPair& lapse) {
    require_probability("fidelity of A", fidelity_a);
    require_probability("fidelity of B", fidelity_b);
    const int lapse_a = lapse.a < 0 ? best_deviation(game, Side::a, roles.cooperate) : lapse.a;
    const int lapse_b = lapse.b < 0 ? best_deviation(game, Side::b, roles.cooperate) : lapse.b;
    if (lapse_a >= game.n_a() || lapse_b >= game.n_b())
        throw_input(Place{}, "a lapse action is not one of the side's actions");
    return {lapse_table(game.n_a(), lapse_a, fidelity_a), lapse_table(game.n_b(), lapse_b, fidelity_b)};
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

Eigen::MatrixXd outcome_probability(const Implementation& implementation, const ActionPair& chosen) {
    return implementation.a.row(chosen.a).transpose() * implementation.b.row(chosen.b);
}

}  // namespace detente
