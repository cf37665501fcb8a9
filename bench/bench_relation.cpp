// Equilibrium payoffs of the repeated game, single thread: games made up by formula, so no data are needed.
#include <benchmark/benchmark.h>

#include <algorithm>

#include "relation/payoff_set.h"

namespace {

using namespace detente;

StageGame game_of(const Eigen::MatrixXd& a) {
    StageGame game;
    std::vector<std::string> names;
    for (Eigen::Index k = 0; k < a.rows(); ++k) names.push_back(std::to_string(k));
    game.actions_a = game.actions_b = IndexSet("action", names);
    game.payoff_a = a;
    game.payoff_b = a.transpose();
    return game;
}

StageGame prisoners_dilemma() {
    Eigen::Matrix2d a;
    a << 9, 1, 10, 3;
    return game_of(a);
}

// Inverse demand max(10 - q1 - q2, 0), unit cost 1, `n` quantities on [0, 5.4].
StageGame cournot(int n) {
    Eigen::MatrixXd a(n, n);
    for (int i = 0; i < n; ++i) {
        for (int j = 0; j < n; ++j) {
            const double q1 = 5.4 * i / (n - 1), q2 = 5.4 * j / (n - 1);
            a(i, j) = q1 * (std::max(10.0 - q1 - q2, 0.0) - 1.0);
        }
    }
    return game_of(a);
}

void payoffs(benchmark::State& state, const StageGame& game, double discount) {
    int iterations = 0;
    for (auto _ : state) {
        const PayoffSet found = equilibrium_payoffs(game, discount);
        benchmark::DoNotOptimize(found.area);
        iterations = found.iterations;
    }
    state.counters["iterations"] = iterations;
}

}  // namespace

int main(int count, char** arguments) {
    using benchmark::RegisterBenchmark;
    RegisterBenchmark("payoff set, prisoner's dilemma 2 x 2, delta 0.5", payoffs, prisoners_dilemma(), 0.5);
    RegisterBenchmark("payoff set, Cournot 20 x 20, delta 0.9", payoffs, cournot(20), 0.9);
    RegisterBenchmark("payoff set, Cournot 60 x 60, delta 0.99", payoffs, cournot(60), 0.99);
    RegisterBenchmark("payoff set, Cournot 100 x 100, delta 0.7", payoffs, cournot(100), 0.7);
    benchmark::Initialize(&count, arguments);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
