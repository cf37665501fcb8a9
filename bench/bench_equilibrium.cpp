// One counterfactual from the solved base, single thread. The economies come from the published data folders
// (DETENTE_SHARED, default ../shared); a benchmark whose data are absent says so and is skipped.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <map>

#include "economy/catalogue.h"
#include "economy/economy_io.h"
#include "equilibrium/model.h"
#include "random_economy.h"

namespace {

using namespace detente;

std::filesystem::path data_folder(const std::string& name) {
    const char* shared = std::getenv("DETENTE_SHARED");
    return std::filesystem::path(shared != nullptr ? shared : "../shared") / "data" / name;
}

struct Case {
    Economy economy;
    Shock shock;
    ModelOptions options = {};
};

// 25 points on every good both ways between two regions.
void raise_both_ways(Case& c, int a, int b) {
    c.shock.tariff = c.economy.tariff;
    for (int s = 0; s < c.economy.n_sectors(); ++s) {
        if (c.economy.goods[static_cast<std::size_t>(s)] == 0) continue;
        c.shock.tariff(a, b, s) += 0.25;
        c.shock.tariff(b, a, s) += 0.25;
    }
}

// NAFTA: the tariff cuts of 1993-2005 among Mexico, Canada and the United States.
Case nafta() {
    Case c{import_economy("caliendo-parro", data_folder("caliendo-parro-2015")), {}};
    c.shock.tariff = c.economy.trade_columns.at("tariff_cfl");
    return c;
}

// Section 301: the increases of 2018-19, both ways.
Case section_301() {
    Case c{import_economy("us-china-2017", data_folder("us-china-2017")), {}};
    const int usa = c.economy.regions.at("USA"), chn = c.economy.regions.at("CHN");
    c.shock.tariff = c.economy.tariff;
    for (int s = 0; s < c.economy.n_sectors(); ++s) {
        const auto at = static_cast<std::size_t>(s);
        c.shock.tariff(chn, usa, s) += c.economy.sector_columns.at("us_tariff_increase_on_chn")[at];
        c.shock.tariff(usa, chn, s) += c.economy.sector_columns.at("chn_tariff_increase_on_usa")[at];
    }
    return c;
}

// WIOD 2011 with theta = 5 everywhere: 25 points both ways between the United States and China on goods.
Case wiod() {
    ImportOptions options;
    options.theta = 5.0;
    Case c{import_economy("wiod", data_folder("wiod-2011") / "wiot2011.nc", options), {}};
    raise_both_ways(c, c.economy.regions.at("USA"), c.economy.regions.at("CHN"));
    return c;
}

// The size of the OECD's tables: 77 economies, 45 industries with input-output links, drawn at random.
Case random_77x45() {
    std::mt19937_64 random(1);
    testing::RandomSpec spec;
    spec.min_regions = spec.max_regions = 77, spec.min_sectors = spec.max_sectors = 45;
    spec.min_theta = 2.0, spec.max_theta = 12.0, spec.empty_markets = 0.0;
    Case c{testing::random_economy(random, spec), {}};
    raise_both_ways(c, 0, 1);
    return c;
}

// Ossa (2014): all tariffs of seven regions to zero.
Case ossa() {
    Case c{import_economy("ossa", data_folder("ossa-2014")), {}, model_options("krugman")};
    c.shock.tariff = TradeTensor(c.economy.n_regions(), c.economy.n_sectors());
    return c;
}

// Ignatenko et al. (2025): the US tariffs announced on 2 April 2025; `answered`: every country with the same rate.
Case world_2023(bool answered) {
    Case c{Catalogue::beside_program().load("world-2023"), {}, model_options("melitz")};
    const int usa = c.economy.regions.at("USA");
    c.shock.tariff = c.economy.tariff;
    for (int i = 0; i < c.economy.n_regions(); ++i) {
        if (i == usa) continue;
        const double rate = c.economy.region_columns.at("us_tariff")[static_cast<std::size_t>(i)];
        c.shock.tariff(i, usa, 0) = rate;
        if (answered) c.shock.tariff(usa, i, 0) = rate;
    }
    return c;
}
Case announced() {
    return world_2023(false);
}
Case reciprocal() {
    return world_2023(true);
}

void counterfactual(benchmark::State& state, Case (*make)(), bool certificate) {
    try {
        const Case c = make();
        SolverOptions solver;
        solver.independent_certificate = certificate;
        const Calibration base = calibrate(c.economy, c.options, solver);
        Certificate last;
        for (auto _ : state) last = solve(base.world, c.shock, solver).certificate;
        state.counters["passes"] = last.passes;
        state.counters["residual"] = last.residual;
    } catch (const Error& error) {
        state.SkipWithError(error.what());
    }
}

void base(benchmark::State& state, Case (*make)()) {
    try {
        const Case c = make();
        int passes = 0;
        for (auto _ : state) passes = calibrate(c.economy, c.options).certificate.passes;
        state.counters["passes"] = passes;
    } catch (const Error& error) {
        state.SkipWithError(error.what());
    }
}

BENCHMARK_CAPTURE(counterfactual, us_china_2017_7x44, section_301, false)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(counterfactual, us_china_2017_7x44_certified, section_301, true)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(counterfactual, caliendo_parro_31x40, nafta, false)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(counterfactual, caliendo_parro_31x40_certified, nafta, true)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(counterfactual, wiod_2011_41x35, wiod, false)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(counterfactual, wiod_2011_41x35_certified, wiod, true)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(counterfactual, random_77x45, random_77x45, false)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(counterfactual, random_77x45_certified, random_77x45, true)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(counterfactual, ossa_7x33, ossa, false)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(counterfactual, ossa_7x33_certified, ossa, true)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(counterfactual, world_2023_194x1_announced, announced, false)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(counterfactual, world_2023_194x1_announced_certified, announced, true)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(counterfactual, world_2023_194x1_reciprocal, reciprocal, false)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(counterfactual, world_2023_194x1_reciprocal_certified, reciprocal, true)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(base, us_china_2017_7x44, section_301)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(base, caliendo_parro_31x40, nafta)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(base, wiod_2011_41x35, wiod)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(base, random_77x45, random_77x45)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(base, ossa_7x33, ossa)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(base, world_2023_194x1, announced)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
