// Strategies at play, trust and the ledger. Sizes stand in the names.
#include <benchmark/benchmark.h>

#include "commitment/projection.h"
#include "relation/population.h"
#include "relation/tournament.h"
#include "relation/trust.h"

namespace {

using namespace detente;

StageGame axelrod() {
    StageGame game;
    game.actions_a = game.actions_b = IndexSet("action", {"C", "D"});
    game.payoff_a = (Eigen::MatrixXd(2, 2) << 3, 0, 5, 1).finished();
    game.payoff_b = game.payoff_a.transpose();
    return game;
}

std::vector<Entrant> first_strategies(std::size_t count, const DilemmaGame& game) {
    std::vector<std::string> names, left_out;
    for (const NamedStrategy& row : named_strategies())
        if (names.size() < count) names.push_back(row.name);
    return named_entrants(names, game, left_out);
}

// One thread: the figures are per core.
void exact_round_robin(benchmark::State& state, double misreading) {
    const DilemmaGame game = dilemma_of(axelrod());
    const auto entrants = first_strategies(static_cast<std::size_t>(state.range(0)), game);
    TournamentOptions options;
    options.noise = {0.05, 0.05, misreading, misreading};
    options.threads = 1;
    for (auto _ : state) benchmark::DoNotOptimize(round_robin(entrants, game, options).mean.sum());
    state.counters["strategies"] = static_cast<double>(entrants.size());
}
BENCHMARK_CAPTURE(exact_round_robin, noise, 0.0)->Arg(10)->Arg(30)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(exact_round_robin, noise_and_misreading, 0.02)->Arg(30)->Unit(benchmark::kMillisecond);

void simulated_match(benchmark::State& state, const char* a, const char* b, double misreading) {
    const Automaton first = *make_strategy(a, {}), second = *make_strategy(b, {});
    constexpr std::int64_t turns = 10000000;
    const Noise noise{0.05, 0.05, misreading, misreading};
    std::uint64_t stream = 0;
    for (auto _ : state) benchmark::DoNotOptimize(simulate(first, second, noise, turns, 1, stream++)[0]);
    state.counters["turns/s"] =
        benchmark::Counter(static_cast<double>(turns), benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK_CAPTURE(simulated_match, TFT_WSLS, "TFT", "WSLS", 0.0)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(simulated_match, Gradual_Random, "Gradual", "Random", 0.0)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(simulated_match, TFT_WSLS_misreading, "TFT", "WSLS", 0.02)->Unit(benchmark::kMillisecond);

void moran_fixation(benchmark::State& state) {
    const DilemmaGame game = dilemma_of(axelrod());
    const auto entrants = first_strategies(30, game);
    TournamentOptions options;
    options.noise = {0.05, 0.05, 0.0, 0.0};
    const Eigen::MatrixXd payoff = round_robin(entrants, game, options).payoff;
    for (auto _ : state)
        benchmark::DoNotOptimize(
            rare_mutation_law(fixation_probabilities(payoff, static_cast<int>(state.range(0)), 0.1)).sum());
}
BENCHMARK(moran_fixation)->Arg(50)->Unit(benchmark::kMillisecond);

void trust(benchmark::State& state) {
    TrustProblem problem;
    problem.reciprocator = *make_strategy("TFT", {});
    problem.opportunist = *make_strategy("ALLD", {});
    problem.lapse_own = problem.lapse_partner = 0.05;
    TrustOptions options;
    options.grid = static_cast<int>(state.range(0));
    for (auto _ : state) benchmark::DoNotOptimize(solve_trust(problem, options).value_at(0.5));
}
BENCHMARK(trust)->Arg(1001)->Unit(benchmark::kMillisecond);

void projection(benchmark::State& state) {
    std::vector<TotalAt> seen;
    for (int k = 1; k <= static_cast<int>(state.range(0)); ++k) seen.push_back({30.0 * k, 10.0 * k + (k % 3)});
    for (auto _ : state) benchmark::DoNotOptimize(project_total(seen, 1100.0).mean);
}
BENCHMARK(projection)->Arg(24)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
