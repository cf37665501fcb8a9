// One counterfactual from the solved base, single thread. The economies come from the published data folders
// (DETENTE_SHARED, default ../shared); a benchmark whose data are absent says so and is skipped.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <map>

#include "economy/economy_io.h"
#include "equilibrium/model.h"

namespace {

using namespace detente;

std::filesystem::path data_folder(const std::string& name) {
    const char* shared = std::getenv("DETENTE_SHARED");
    return std::filesystem::path(shared != nullptr ? shared : "../shared") / "data" / name;
}

struct Case {
    Economy economy;
    Shock shock;
};

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
    const int usa = c.economy.regions.at("USA"), chn = c.economy.regions.at("CHN");
    c.shock.tariff = c.economy.tariff;
    for (int s = 0; s < c.economy.n_sectors(); ++s) {
        if (c.economy.goods[static_cast<std::size_t>(s)] == 0) continue;
        c.shock.tariff(chn, usa, s) += 0.25;
        c.shock.tariff(usa, chn, s) += 0.25;
    }
    return c;
}

void counterfactual(benchmark::State& state, Case (*make)(), bool certificate) {
    try {
        const Case c = make();
        ModelOptions options;
        options.independent_certificate = certificate;
        const Calibration base = calibrate(c.economy, options);
        Certificate last;
        for (auto _ : state) last = solve(base.world, c.shock).certificate;
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
        for (auto _ : state) passes = calibrate(c.economy).certificate.passes;
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
BENCHMARK_CAPTURE(base, us_china_2017_7x44, section_301)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(base, caliendo_parro_31x40, nafta)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(base, wiod_2011_41x35, wiod)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
