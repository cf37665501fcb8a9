// Twenty years with capital, the long run and the years after, single thread: what docs/growth.md computes by.
#include <benchmark/benchmark.h>

#include "economy/catalogue.h"
#include "growth/path.h"
#include "random_economy.h"

namespace {

using namespace detente;

struct Case {
    World world;
    Shock shock;
};

// 25 points on every good both ways between two regions.
Case raised(Economy economy, int a, int b) {
    Case c{calibrate(economy, model_options("ricardian")).world, {}};
    c.shock.tariff = economy.tariff;
    for (int s = 0; s < economy.n_sectors(); ++s) {
        if (economy.goods[static_cast<std::size_t>(s)] == 0) continue;
        c.shock.tariff(a, b, s) += 0.25;
        c.shock.tariff(b, a, s) += 0.25;
    }
    return c;
}

Case us_china_2017() {
    Economy economy = Catalogue::beside_program().load("us-china-2017");
    const int usa = economy.regions.at("USA"), chn = economy.regions.at("CHN");
    return raised(std::move(economy), usa, chn);
}

// The size of the OECD's tables, drawn at random.
Case random_77x45() {
    std::mt19937_64 random(1);
    testing::RandomSpec spec;
    spec.min_regions = spec.max_regions = 77, spec.min_sectors = spec.max_sectors = 45;
    spec.min_theta = 2.0, spec.max_theta = 12.0, spec.empty_markets = 0.0;
    return raised(testing::random_economy(random, spec), 0, 1);
}

// `grows`: one region by 5 % a year, and then the path without the tariffs too.
void twenty_years(benchmark::State& state, Case (*make)(), bool grows) {
    const Case c = make();
    prepare(c.world);
    const std::vector<const Shock*> policy(20, &c.shock);
    GrowthRates growth;
    if (grows)
        growth.productivity.assign(static_cast<std::size_t>(c.world.n_regions()), 0.0), growth.productivity[1] = 0.05;
    int passes = 0;
    for (auto _ : state) passes = compared_path(c.world, {}, policy, growth, 2018).passes();
    state.counters["passes"] = passes;
}

BENCHMARK_CAPTURE(twenty_years, us_china_2017, us_china_2017, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(twenty_years, us_china_2017_growing, us_china_2017, true)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(twenty_years, random_77x45, random_77x45, false)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
