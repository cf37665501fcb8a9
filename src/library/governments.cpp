#include "library/governments.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/threads.h"
#include "library/handles.h"
#include "library/policy.h"
#include "library/solver.h"
#include "policy/selection.h"

namespace detente::library {
namespace {

Place field(const v1::Government& government, const char* name) {
    return {"", 0, fmt::format("government {}: {}", government.region, name)};
}

template <class Choice>
Choice choice(const std::vector<std::string>& names, const std::string& name, const Place& place, const char* what) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) throw_unknown_name(place, what, name, names);
    return static_cast<Choice>(found - names.begin());
}

double within(double value, double low, double high, const Place& place) {
    if (!(value >= low && value <= high))
        throw_input(
            {place, "out of range", fmt::format("{:g}", value), fmt::format("between {:g} and {:g}", low, high), ""});
    return value;
}

std::vector<double> weights_of(const Economy& economy, const v1::Government& g) {
    if (g.political_weight.empty()) return {};
    const Place place = field(g, "political_weight");
    if (static_cast<int>(g.political_weight.size()) != economy.n_sectors())
        throw_input({place, "not a weight for every sector", std::to_string(g.political_weight.size()),
                     std::to_string(economy.n_sectors()), ""});
    for (const double weight : g.political_weight)
        if (!(weight >= 0.0))
            throw_input({place, "a weight is negative", fmt::format("{:g}", weight), "0 or more", ""});
    const double mean = std::accumulate(g.political_weight.begin(), g.political_weight.end(), 0.0) /
                        static_cast<double>(economy.n_sectors());
    if (!(mean > 0.0)) throw_input(place, "all weights are zero");
    std::vector<double> weights = g.political_weight;
    for (double& weight : weights) weight /= mean;
    return weights;
}

Instruments instruments_of(const Economy& economy, const Groups& groups, const v1::Government& g, int importer,
                           const std::vector<int>& players) {
    Instruments out;
    out.importer = importer;
    out.reciprocated = g.reciprocated;
    out.exporters = g.exporter == v1::Names{"players"}
                        ? players
                        : select_regions(economy, groups, g.exporter, field(g, "exporter"));
    std::erase(out.exporters, importer);
    if (out.exporters.empty()) throw_input(field(g, "exporter"), g.region + " has no partner to set tariffs on");
    out.sectors = select_tariff_sectors(economy, groups, g.sector, field(g, "sector"));
    out.form = choice<TariffForm>(tariff_form_names(), g.form, field(g, "form"), "form");
    if (!(g.lower > -1.0 && g.upper > g.lower && g.upper <= 100.0))
        throw_input({field(g, "lower, upper"), "not a range of rates", fmt::format("{:g}, {:g}", g.lower, g.upper),
                     "lowest below highest, above -1 and at most 100", ""});
    out.lower = g.lower, out.upper = g.upper;
    const bool traded = std::any_of(out.exporters.begin(), out.exporters.end(), [&](int i) {
        return std::any_of(out.sectors.begin(), out.sectors.end(),
                           [&](int s) { return economy.trade(i, importer, s) > 0.0; });
    });
    if (!traded) throw_input(field(g, "exporter"), g.region + " imports nothing on these lines");
    return out;
}

Player player_among(const v1::World& world, const v1::Government& g, const Groups& groups,
                    const std::vector<int>& others) {
    const Economy& economy = engine(world.economy());
    Player player;
    player.objective.region = economy.regions.at(g.region, {"", 0, "government"});
    player.objective.political_weight = weights_of(economy, g);
    player.objective.relative_gains = within(g.relative_gains, 0.0, 1.0, field(g, "relative_gains"));
    if (g.relative_gains > 0.0) {
        player.objective.rivals = others;
        if (!g.rivals.empty()) player.objective.rivals.clear();
        for (const std::string& rival : g.rivals)
            player.objective.rivals.push_back(economy.regions.at(rival, field(g, "rivals")));
        std::erase(player.objective.rivals, player.objective.region);
        if (player.objective.rivals.empty()) throw_input(field(g, "relative_gains"), "relative gains need a rival");
    } else if (!g.rivals.empty()) {
        throw_input(field(g, "rivals"), "a rival counts only with relative_gains above 0");
    }
    player.instruments = instruments_of(economy, groups, g, player.objective.region, others);
    return player;
}

}  // namespace

Player player_of(const v1::World& world, const v1::Government& government, const v1::Policy& from) {
    return player_among(world, government, groups_of(engine(world.economy()), from), {});
}

std::vector<Player> players_of(const v1::World& world, const std::vector<v1::Government>& governments,
                               const v1::Policy& from) {
    const Economy& economy = engine(world.economy());
    std::vector<int> regions;
    for (const v1::Government& g : governments) {
        const int region = economy.regions.at(g.region, {"", 0, "government"});
        if (std::find(regions.begin(), regions.end(), region) != regions.end())
            throw_input(Place{"", 0, "governments"}, "the player \"" + g.region + "\" stands twice");
        if (g.reciprocated) throw_input(field(g, "reciprocated"), "only for one government's own optimal tariffs");
        regions.push_back(region);
    }
    if (regions.size() < 2)
        throw_input({{"", 0, "governments"}, "too few players", std::to_string(regions.size()), "at least 2", ""});
    const Groups groups = groups_of(economy, from);
    std::vector<Player> players;
    for (std::size_t p = 0; p < governments.size(); ++p) {
        std::vector<int> others = regions;
        std::erase(others, regions[p]);
        players.push_back(player_among(world, governments[p], groups, others));
    }
    return players;
}

OptimumOptions search_of(const v1::SearchOptions& options) {
    OptimumOptions out;
    out.tolerance = within(options.tolerance, 1e-14, 1e-2, {"", 0, "tolerance"});
    out.starts = static_cast<int>(within(options.starts, 1, 100, {"", 0, "starts"}));
    out.seed = options.seed;
    out.solver.job = job_of(options.job);
    out.threads = usable_threads(options.threads);
    return out;
}

NashOptions war_of(const v1::SearchOptions& options) {
    NashOptions out;
    out.sweeps = search_of(options);
    out.sweeps.starts = 1;
    out.sweeps.threads = 1;
    out.starts = options.starts;
    out.deviations = static_cast<int>(within(options.deviations, 5, 100, {"", 0, "deviations"}));
    out.threads = usable_threads(options.threads);
    return out;
}

TalksOptions talks_of(const v1::TalksOptions& options, std::size_t players) {
    TalksOptions out;
    out.method = choice<TalksMethod>(talks_method_names(), options.method, {"", 0, "method"}, "method");
    if (!options.power.empty() && options.power.size() != players)
        throw_input({{"", 0, "power"},
                     "not a power for every player",
                     std::to_string(options.power.size()),
                     std::to_string(players),
                     ""});
    for (const double power : options.power)
        if (!(power > 0.0))
            throw_input({{"", 0, "power"}, "out of range", fmt::format("{:g}", power), "a positive number", ""});
    if (!options.power.empty() && out.method != TalksMethod::nash_bargaining)
        throw_input(Place{"", 0, "power"}, "bargaining powers belong to method \"nash_bargaining\"");
    if (out.method == TalksMethod::kalai_smorodinsky && players != 2)
        throw_input(Place{"", 0, "method"}, "kalai_smorodinsky is for two players");
    out.power = options.power;
    out.transfers = options.transfers;
    out.sweeps = search_of(options.search);
    return out;
}

void require_same_world(const v1::World& world, const v1::Equilibrium& equilibrium, const char* argument) {
    if (&engine(world) != &engine(equilibrium.world()))
        throw_input(Place{"", 0, argument}, "this equilibrium belongs to another world");
}

}  // namespace detente::library
