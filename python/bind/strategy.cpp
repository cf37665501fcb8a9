#include "bind.h"
#include "call.h"

namespace detente::python {
namespace {

Government government_of(const nb::dict& given) {
    Government g;
    take(given, "region", g.region), take(given, "exporter", g.exporter), take(given, "sector", g.sector);
    take(given, "form", g.form), take(given, "lower", g.lower), take(given, "upper", g.upper);
    take(given, "reciprocated", g.reciprocated), take(given, "political_weight", g.political_weight);
    take(given, "relative_gains", g.relative_gains), take(given, "rivals", g.rivals);
    return g;
}

std::vector<Government> governments_of(const std::vector<nb::dict>& given) {
    std::vector<Government> list;
    for (const nb::dict& one : given) list.push_back(government_of(one));
    return list;
}

SearchOptions search_of(const nb::dict& given) {
    SearchOptions s;
    take(given, "tolerance", s.tolerance), take(given, "starts", s.starts), take(given, "deviations", s.deviations);
    take(given, "seed", s.seed), take(given, "threads", s.threads);
    return s;
}

nb::dict means_of(const TariffMeans& means) {
    nb::dict out;
    out["mean_tariff"] = means.simple, out["trade_weighted_tariff"] = means.trade_weighted;
    out["median_tariff"] = means.median;
    return out;
}

nb::dict optimal(const World& world, const nb::dict& government, const Policy& from, const nb::dict& search,
                 const nb::object& progress) {
    const Government player = government_of(government);
    SearchOptions options = search_of(search);
    const OptimalTariffs found = interruptible(progress, [&](const Job& job) {
        options.job = job;
        return optimal_tariffs(world, player, from, options);
    });
    nb::dict out = means_of(found.means), certificate;
    out["policy"] = found.policy, out["equilibrium"] = found.equilibrium;
    out["utility"] = found.utility, out["start_utility"] = found.start_utility;
    certificate["converged"] = found.converged, certificate["step"] = found.step;
    certificate["projected_gradient"] = found.projected_gradient, certificate["probe_gain"] = found.probe_gain;
    out["certificate"] = certificate;
    return out;
}

nb::dict nash(const World& world, const std::vector<nb::dict>& governments, const Policy& from, const nb::dict& search,
              const nb::object& progress) {
    const std::vector<Government> players = governments_of(governments);
    SearchOptions options = search_of(search);
    const TradeWar found = interruptible(progress, [&](const Job& job) {
        options.job = job;
        return trade_war(world, players, from, options);
    });
    nb::dict out, list, certificate;
    for (const WarPlayer& player : found.players) {
        nb::dict one = means_of(player.means);
        one["utility"] = player.utility, one["start_utility"] = player.start_utility, one["gap"] = player.gap;
        list[player.region.c_str()] = one;
    }
    out["policy"] = found.policy, out["equilibrium"] = found.equilibrium, out["players"] = list;
    certificate["converged"] = found.converged, certificate["gap"] = found.gap, certificate["step"] = found.step;
    certificate["deviations"] = found.deviations, certificate["equilibria"] = found.equilibria;
    out["certificate"] = certificate;
    return out;
}

nb::dict agree(const World& world, const std::vector<nb::dict>& governments, const Equilibrium& threat,
               const Policy& from, const nb::dict& how, const nb::object& progress) {
    const std::vector<Government> players = governments_of(governments);
    TalksOptions options;
    take(how, "method", options.method), take(how, "power", options.power), take(how, "transfers", options.transfers);
    options.search = search_of(how);
    const Talks found = interruptible(progress, [&](const Job& job) {
        options.search.job = job;
        return talks(world, players, threat, from, options);
    });
    nb::dict out, list, certificate;
    for (const TalksPlayer& player : found.players) {
        nb::dict one = means_of(player.means);
        one["utility"] = player.utility, one["threat"] = player.threat, one["weight"] = player.weight;
        one["transfer"] = player.transfer;
        list[player.region.c_str()] = one;
    }
    out["policy"] = found.policy, out["equilibrium"] = found.equilibrium, out["players"] = list;
    out["everyone_gains"] = found.everyone_gains;
    certificate["converged"] = found.converged, certificate["bargaining"] = found.bargaining;
    certificate["step"] = found.step, certificate["pareto_gain"] = found.pareto_gain;
    out["certificate"] = certificate;
    return out;
}

CommonGroundOptions ground_options(const nb::dict& given) {
    CommonGroundOptions options;
    for (const auto& [name, sectors] : entry<nb::dict>(given, "issues", {}))
        options.issues.push_back({nb::cast<std::string>(name), nb::cast<Names>(sectors)});
    take(given, "sides", options.sides), take(given, "goal", options.goal), take(given, "power", options.power);
    take(given, "exact", options.exact), take(given, "threads", options.threads);
    return options;
}

nb::dict ground(const World& world, const std::vector<std::string>& players, const Equilibrium& settlement,
                const Policy& from, const nb::dict& how, const nb::object& progress) {
    CommonGroundOptions options = ground_options(how);
    const CommonGround found = interruptible(progress, [&](const Job& job) {
        options.job = job;
        return common_ground(world, players, settlement, from, options);
    });
    nb::dict out, certificate;
    nb::list issues;
    for (const SettledIssue& issue : found.issues) {
        nb::dict one;
        one["name"] = issue.name, one["settled"] = issue.settled, one["alone"] = issue.alone;
        issues.append(one);
    }
    out["policy"] = found.policy, out["equilibrium"] = found.equilibrium, out["players"] = found.players;
    out["issues"] = issues, out["found"] = found.found;
    out["status_quo"] = found.status_quo, out["utility"] = found.utility, out["all"] = found.all;
    certificate["method"] = found.method, certificate["proved"] = found.proved;
    certificate["equilibria"] = found.equilibria;
    out["certificate"] = certificate;
    return out;
}

}  // namespace

void bind_strategy(nb::module_& module) {
    module.def("optimal", &optimal, nb::arg("world"), nb::arg("government"), nb::arg("start"), nb::arg("search"),
               nb::arg("progress").none() = nb::none());
    module.def("nash", &nash, nb::arg("world"), nb::arg("governments"), nb::arg("start"), nb::arg("search"),
               nb::arg("progress").none() = nb::none());
    module.def("talks", &agree, nb::arg("world"), nb::arg("governments"), nb::arg("threat"), nb::arg("start"),
               nb::arg("how"), nb::arg("progress").none() = nb::none());
    module.def("common_ground", &ground, nb::arg("world"), nb::arg("players"), nb::arg("settlement"), nb::arg("start"),
               nb::arg("how"), nb::arg("progress").none() = nb::none());
}

}  // namespace detente::python
