// The robustness run: random economies and shocks, every closure and option. Each one converges with its certificate
// or is refused with a reason. `robustness --case NAME --count N --seed S [--verbose]`; cases: ricardian,
// ricardian-elastic, ricardian-scale, ricardian-strong-scale, krugman, melitz, armington (a toy, see armington.cpp).
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <map>

#include "base/error.h"
#include "models_under_test.h"

namespace {

using namespace detente;

struct Settings {
    long count = 1000, seed = 1;
    std::string which = "ricardian";
    bool verbose = false;
};

struct Tally {
    long solved = 0, refused = 0, impossible = 0, insolvent = 0, confirmed = 0, failed = 0, on_a_path = 0, passes = 0;
    double residual = 0.0, walras = 0.0;
};

// A case is a model, or a variant of one: "ricardian-scale".
std::string model_of(const std::string& which) {
    return which.substr(0, which.find('-'));
}

Settings read(int count, char** arguments) {
    Settings settings;
    for (int a = 1; a < count; ++a) {
        const std::string word = arguments[a];
        const char* next = a + 1 < count ? arguments[a + 1] : "0";
        if (word == "--count")
            settings.count = std::atol(next), ++a;
        else if (word == "--seed")
            settings.seed = std::atol(next), ++a;
        else if (word == "--case")
            settings.which = next, ++a;
        else if (word == "--verbose")
            settings.verbose = true;
        else
            std::cerr << "unknown option " << word << '\n', std::exit(1);
    }
    try {
        testing::models_under_test().at(model_of(settings.which), Place{"", 0, "--case"});
    } catch (const Error& error) {
        std::cerr << error.what() << '\n', std::exit(1);
    }
    return settings;
}

// A surplus that a closure fixes and that a region cannot earn any more has no equilibrium: a right answer.
bool insolvent(const Error& error) {
    return std::strstr(error.what(), "its surplus exceeds what it earns") != nullptr;
}

// So is an end of the equilibrium itself: elastic labour has limit points, and an income tax an end.
bool impossible(const Error& error) {
    return std::strstr(error.what(), "no equilibrium: beyond") != nullptr ||
           std::strstr(error.what(), "base equilibrium of the data does not exist") != nullptr;
}

// Balanced trade of a fixed supply of labour under constant returns has an equilibrium whatever the shock.
bool always_possible(const ModelOptions& options) {
    return options.closure == Closure::balanced && options.labour_supply == 0.0 && !options.scale_economies;
}

// An independent look at such an answer, along another path: the same shock with deficits scaled down has an
// equilibrium, and as they grow the income of some region falls towards nothing. Where hardly any trade is left even
// small deficits are too large: from there on parts are taken geometrically.
bool confirmed(const World& world, const Shock& shock) {
    constexpr double smallest = 1e-9;
    double possible = 0.0, impossible_at = 1.0, poorest = 1.0;
    for (int step = 0; step < 14; ++step) {
        const double part = step == 0               ? 0.0
                            : possible > 0.0        ? 0.5 * (possible + impossible_at)
                            : impossible_at > 0.125 ? 0.5 * impossible_at
                                                    : std::sqrt(smallest * impossible_at);
        Shock scaled = shock;
        scaled.transfer = world.transfer;
        for (double& deficit : scaled.transfer) deficit *= part;
        try {
            const Equilibrium e = solve(world, scaled);
            possible = part;
            for (std::size_t j = 0; j < e.income.size(); ++j)
                poorest = std::min(poorest, e.income[j] / e.labour_income[j]);
        } catch (const Error&) {
            if (step == 0) return false;
            impossible_at = part;
        }
    }
    return poorest < 0.05;
}

double uniform(std::mt19937_64& random, double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random);
}

// The closure goes by the seed; what else a case can choose is drawn.
ModelOptions draw_options(std::mt19937_64& random, long seed, const std::string& which) {
    const std::string model = model_of(which);
    ModelOptions options = model_options(testing::models_under_test().at(model));
    options.closure = static_cast<Closure>(seed % 3);
    options.scale_economies = which == "ricardian-scale" || which == "ricardian-strong-scale";
    if (which == "ricardian-elastic" || model == "melitz") {
        options.labour_supply = uniform(random, 0.0, model == "melitz" ? 1.0 : 2.0);
        options.revenue = seed % 2 == 0 ? Revenue::lump_sum : Revenue::income_tax;
    }
    if (model == "melitz") {
        options.set("trade_elasticity", std::exp(uniform(random, std::log(1.5), std::log(12.0))));
        options.set("pass_through", uniform(random, 0.25, 1.5));
        options.set("marketing_labour", seed % 5 == 0 ? "none" : "calibrated");
        options.set("marketing_region", "R1");
    }
    return options;
}

Economy draw_economy(std::mt19937_64& random, long seed, const std::string& which) {
    testing::RandomSpec spec;
    const Model& model = testing::models_under_test().at(model_of(which));
    if (model.one_sector) spec = testing::suited_to(model, spec), spec.max_regions = 30;
    Economy economy = testing::random_economy(random, spec);
    // Half the strength drawn, theta psi up to 0.45: above it some cases end without an answer (docs/solver.md).
    if (which == "ricardian-scale")
        for (double& psi : economy.psi) psi *= 0.5;
    if (which == "krugman")
        for (const double theta : economy.theta) economy.sigma.push_back(1.0 + theta);
    if (which == "melitz" && seed % 2 == 0) {
        // No home sales: they are built from GDP.
        std::vector<double>& gdp = economy.region_columns["gdp"];
        for (int j = 0; j < economy.n_regions(); ++j) {
            double exports = 0.0;
            for (int i = 0; i < economy.n_regions(); ++i)
                if (i != j) exports += economy.trade(j, i, 0);
            gdp.push_back(economy.trade(j, j, 0) + exports);
            economy.trade(j, j, 0) = 0.0;
        }
        economy.value_added = gdp;
    }
    return economy;
}

// Five shocks of every region to two that close borders, one-sided or between blocks.
Shock draw_shock(std::mt19937_64& random, long seed, const Economy& economy) {
    return seed % 7 < 5 ? testing::random_shock(random, economy) : testing::prohibitive_shock(random, economy);
}

void run_one(long seed, const Settings& settings, Tally& tally) {
    std::mt19937_64 random(static_cast<unsigned long>(seed));
    const Economy economy = draw_economy(random, seed, settings.which);
    Shock shock = draw_shock(random, seed, economy);
    const ModelOptions options = draw_options(random, seed, settings.which);
    // A quarter of them with a fifth to five times as much to work with.
    if (seed % 4 == 0 && options.model->factor_supply)
        for (int j = 0; j < economy.n_regions(); ++j)
            shock.factor_supply.push_back(std::exp(uniform(random, -std::log(5.0), std::log(5.0))));
    World world;
    try {
        world = calibrate(economy, options).world;
        const Equilibrium e = solve(world, shock);
        ++tally.solved;
        tally.on_a_path += e.certificate.path_steps > 1 ? 1 : 0;
        tally.passes += e.certificate.passes;
        tally.residual = std::max(tally.residual, e.certificate.residual);
        tally.walras = std::max(tally.walras, e.certificate.walras);
    } catch (const Error& error) {
        const bool refused = error.kind() == ErrorKind::input,
                   no_equilibrium = !refused && impossible(error) && !always_possible(options);
        constexpr long looked_at = 200;  // of these answers, in a run: each takes a dozen equilibria
        if (no_equilibrium && insolvent(error) && ++tally.insolvent <= looked_at && confirmed(world, shock))
            ++tally.confirmed;
        (refused ? tally.refused : no_equilibrium ? tally.impossible : tally.failed) += 1;
        if (settings.verbose || (!refused && !no_equilibrium))
            std::cout << "seed " << seed << " (" << economy.n_regions() << " x " << economy.n_sectors() << ", "
                      << to_string(options.closure) << "): " << error.what() << '\n';
    }
}

}  // namespace

int main(int count, char** arguments) {
    const Settings settings = read(count, arguments);
    Tally tally;
    for (long k = 0; k < settings.count; ++k) run_one(settings.seed + k, settings, tally);
    std::cout << settings.count << " economies: " << tally.solved << " solved (" << tally.on_a_path
              << " on a path of steps, "
              << static_cast<double>(tally.passes) / static_cast<double>(std::max(1L, tally.solved))
              << " passes on average, largest residual " << tally.residual << ", largest Walras residual "
              << tally.walras << "), " << tally.refused << " refused before solving, " << tally.impossible
              << " without an equilibrium (in " << tally.insolvent << " a fixed surplus exceeds what a region earns, "
              << tally.confirmed << " of the first 200 confirmed along another path), " << tally.failed << " failed\n";
    return tally.failed == 0 ? 0 : 2;
}
