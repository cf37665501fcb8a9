// Gradients, optimal tariffs, trade wars and talks, single thread. The economies come from the published data folders
// (DETENTE_SHARED, default ../shared) or are built in; a benchmark whose data are absent says so and is skipped.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <numeric>

#include "economy/catalogue.h"
#include "economy/economy_io.h"
#include "strategy/cooperation.h"
#include "strategy/talks.h"

namespace {

using namespace detente;

std::filesystem::path data_folder(const std::string& name) {
    const char* shared = std::getenv("DETENTE_SHARED");
    return std::filesystem::path(shared != nullptr ? shared : "../shared") / "data" / name;
}

struct Setting {
    Economy economy;
    World world;
};

Setting make(Economy economy, const std::string& model) {
    Setting s{std::move(economy), {}};
    s.world = calibrate(s.economy, model_options(model)).world;
    return s;
}
Setting ossa() {
    return make(import_economy("ossa", data_folder("ossa-2014")), "krugman");
}
Setting us_china() {
    return make(Catalogue::beside_program().load("us-china-2017"), "ricardian");
}
Setting world_2023() {
    return make(Catalogue::beside_program().load("world-2023"), "melitz");
}
Setting nafta() {
    return make(import_economy("caliendo-parro", data_folder("caliendo-parro-2015")), "ricardian");
}
Setting wiod() {
    ImportOptions options;
    options.theta = 5.0;
    return make(import_economy("wiod", data_folder("wiod-2011") / "wiot2011.nc", options), "ricardian");
}

Player government(const Setting& s, const char* name, std::vector<const char*> exporters = {}) {
    Player player;
    const int j = s.world.regions.at(name);
    player.objective.region = player.instruments.importer = j;
    for (int i = 0; i < s.world.n_regions() && exporters.empty(); ++i)
        if (i != j) player.instruments.exporters.push_back(i);
    for (const char* exporter : exporters) player.instruments.exporters.push_back(s.world.regions.at(exporter));
    for (int k = 0; k < s.world.n_sectors(); ++k)
        if (s.economy.goods[static_cast<std::size_t>(k)] != 0) player.instruments.sectors.push_back(k);
    return player;
}

std::vector<Player> everyone(const Setting& s) {
    std::vector<Player> players;
    for (const std::string& name : s.world.regions.names()) players.push_back(government(s, name.c_str()));
    return players;
}

template <class Work>
void measure(benchmark::State& state, Setting (*setting)(), Work work) {
    try {
        const Setting s = setting();
        work(s, state);
    } catch (const Error& error) {
        state.SkipWithError(error.what());
    }
}

// A tariff rise of 25 points on every good between the first two regions named: solved, then differentiated.
Shock rise(const Setting& s, const char* a, const char* b) {
    Shock shock;
    shock.tariff = s.world.tariff;
    const int i = s.world.regions.at(a), j = s.world.regions.at(b);
    for (int k = 0; k < s.world.n_sectors(); ++k)
        if (s.economy.goods[static_cast<std::size_t>(k)] != 0)
            shock.tariff(i, j, k) += 0.25, shock.tariff(j, i, k) += 0.25;
    return shock;
}

void solve_once(benchmark::State& state, Setting (*setting)(), const char* a, const char* b) {
    measure(state, setting, [&](const Setting& s, benchmark::State& run) {
        SolverOptions solver;
        solver.independent_certificate = false;
        const Shock shock = rise(s, a, b);
        int passes = 0;
        for (auto _ : run) passes = solve(s.world, shock, solver).certificate.passes;
        run.counters["passes"] = passes;
    });
}

void gradient_once(benchmark::State& state, Setting (*setting)(), const char* a, const char* b) {
    measure(state, setting, [&](const Setting& s, benchmark::State& run) {
        const Shock shock = rise(s, a, b);
        const Equilibrium e = solve(s.world, shock);
        Gradient g;
        for (auto _ : run) g = gradient(s.world, shock, e, log_welfare(s.world, e, s.world.regions.at(a)));
        run.counters["passes"] = g.passes;
        run.counters["residual"] = g.residual;
    });
}

void optimal(benchmark::State& state, Setting (*setting)(), const char* name) {
    measure(state, setting, [&](const Setting& s, benchmark::State& run) {
        const Player player = government(s, name);
        OptimumOptions options;
        options.probes = 0;
        Optimum best;
        for (auto _ : run) best = optimal_policy(s.world, {}, player.objective, player.instruments, options);
        run.counters["sweeps"] = best.certificate.sweeps;
        run.counters["passes"] = best.certificate.passes;
        run.counters["gain_percent"] = 100.0 * (best.utility - 1.0);
    });
}

void war(benchmark::State& state, Setting (*setting)(), std::vector<Player> (*players)(const Setting&),
         int deviations) {
    measure(state, setting, [&](const Setting& s, benchmark::State& run) {
        const std::vector<Player> list = players(s);
        NashOptions options;
        options.deviations = deviations;
        TradeWar result;
        for (auto _ : run) result = trade_war(s.world, {}, list, options);
        run.counters["sweeps"] = result.certificate.sweeps;
        run.counters["passes"] = result.certificate.passes;
        run.counters["gap"] = result.certificate.gap;
    });
}

std::vector<Player> each_other(const Setting& s) {
    return {government(s, "USA", {"CHN"}), government(s, "CHN", {"USA"})};
}
std::vector<Player> on_everyone(const Setting& s) {
    return {government(s, "USA"), government(s, "CHN")};
}

void talks(benchmark::State& state, TalksMethod method) {
    measure(state, ossa, [&](const Setting& s, benchmark::State& run) {
        const std::vector<Player> list = everyone(s);
        TalksOptions options;
        options.method = method;
        options.sweeps.probes = 0;
        Talks deal;
        for (auto _ : run) deal = trade_talks(s.world, {}, list, std::vector<double>(list.size(), 1.0), options);
        run.counters["sweeps"] = deal.certificate.sweeps;
        run.counters["gain_percent"] = 100.0 * (deal.utility[0] - 1.0);
    });
}

// The most cooperative tariffs at a discount factor of 0.3, from the agreement.
void cooperation(benchmark::State& state, Setting (*setting)(), std::vector<Player> (*players)(const Setting&)) {
    measure(state, setting, [&](const Setting& s, benchmark::State& run) {
        const std::vector<Player> list = players(s);
        NashOptions quick;
        quick.deviations = 0;
        const TradeWar fight = trade_war(s.world, {}, list, quick);
        const Talks deal = trade_talks(s.world, {}, list, {fight.players[0].utility, fight.players[1].utility});
        CooperationProgram program(s.world, deal.shock, fight.shock, list);
        CooperativeTariffs found;
        for (auto _ : run) {
            program.start_from(deal.shock);
            found = program.at({0.3, 0.3});
        }
        run.counters["share_percent"] = 100.0 * found.share;
        run.counters["points"] = found.certificate.evaluations;
        run.counters["passes"] = found.certificate.passes;
    });
}

#define BOTH(name, setting, a, b)                                                      \
    BENCHMARK_CAPTURE(solve_once, name, setting, a, b)->Unit(benchmark::kMicrosecond); \
    BENCHMARK_CAPTURE(gradient_once, name, setting, a, b)->Unit(benchmark::kMicrosecond)

BOTH(ossa_7x33, ossa, "USA", "CHN");
BOTH(us_china_2017_7x44, us_china, "USA", "CHN");
BOTH(caliendo_parro_31x40, nafta, "USA", "Mexico");
BOTH(wiod_2011_41x35, wiod, "USA", "CHN");
BOTH(world_2023_194x1, world_2023, "USA", "CHN");
BENCHMARK_CAPTURE(optimal, ossa_usa_198_lines, ossa, "USA")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(optimal, world_2023_usa_193_lines, world_2023, "USA")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(war, ossa_seven_1386_lines, ossa, everyone, 0)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(war, ossa_seven_1386_lines_with_gap, ossa, everyone, 6)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(war, us_china_2017_on_each_other, us_china, each_other, 0)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(war, us_china_2017_on_each_other_with_gap, us_china, each_other, 6)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(war, us_china_2017_on_everyone, us_china, on_everyone, 0)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(war, wiod_2011_on_everyone, wiod, on_everyone, 0)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(war, wiod_2011_on_everyone_with_gap, wiod, on_everyone, 6)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(talks, ossa_seven_efficient_1386_lines, TalksMethod::efficient)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(talks, ossa_seven_nash_1386_lines, TalksMethod::nash_bargaining)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(cooperation, us_china_2017_on_each_other, us_china, each_other)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(cooperation, us_china_2017_on_everyone, us_china, on_everyone)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(cooperation, wiod_2011_on_each_other, wiod, each_other)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(cooperation, world_2023_on_each_other, world_2023, each_other)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
