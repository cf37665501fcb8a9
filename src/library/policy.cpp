#include "library/policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "library/catalogue.h"
#include "library/evidence.h"
#include "library/handles.h"
#include "library/model.h"
#include "policy/scenario.h"

namespace detente::library {
namespace {

// Place of an argument: "tariff[2].importer".
Place part(const char* list, std::size_t k, const char* field = nullptr) {
    return {"", 0, field == nullptr ? fmt::format("{}[{}]", list, k) : fmt::format("{}[{}].{}", list, k, field)};
}

TariffChange tariff_change(const Economy& economy, const Groups& groups, const v1::TariffChange& given, std::size_t k) {
    TariffChange change;
    change.place = part("tariff", k);
    change.importers = select_regions(economy, groups, given.importer, part("tariff", k, "importer"));
    change.exporters = select_regions(economy, groups, given.exporter, part("tariff", k, "exporter"));
    change.sectors = select_tariff_sectors(economy, groups, given.sector, part("tariff", k, "sector"));
    int kinds = 0;
    const auto number = [&](const std::optional<double>& value, TariffChange::Kind kind) {
        if (value) change.kind = kind, change.value = *value, ++kinds;
    };
    const auto column = [&](const std::string& value, TariffChange::Kind kind) {
        if (!value.empty()) change.kind = kind, change.column = value, ++kinds;
    };
    if (!given.schedule.empty()) ++kinds;
    number(given.rate, TariffChange::Kind::rate), number(given.add, TariffChange::Kind::add);
    number(given.scale, TariffChange::Kind::scale);
    column(given.rate_column, TariffChange::Kind::rate_column),
        column(given.add_column, TariffChange::Kind::add_column);
    if (kinds != 1)
        throw_input({change.place, "a change sets one thing", std::to_string(kinds),
                     "exactly one of rate, add, scale, rate_column, add_column, schedule", ""});
    change.by_importer = given.column_of_importer;
    change.minimum = tariff_bound(given.minimum, part("tariff", k, "min"));
    change.maximum = tariff_bound(given.maximum, part("tariff", k, "max"));
    check_bounds(change, part("tariff", k, "min"));
    return change;
}

bool among(const std::vector<int>& list, int wanted) {
    return std::find(list.begin(), list.end(), wanted) != list.end();
}

// The lines of a schedule that a change selects, each with its rate.
void add_schedule(const Economy& economy, const TariffChange& change, const std::string& name, const Place& place,
                  Scenario& scenario) {
    const TariffSchedule schedule = schedule_of(name, engine(v1::Catalogue::beside_library()), place);
    const std::size_t before = scenario.tariff.size();
    for (const ScheduledRate& line : scheduled_rates(schedule, economy, place)) {
        if (!among(change.importers, line.importer) || !among(change.exporters, line.exporter) ||
            !among(change.sectors, line.sector))
            continue;
        TariffChange one = change;
        one.importers = {line.importer}, one.exporters = {line.exporter}, one.sectors = {line.sector};
        one.kind = TariffChange::Kind::rate, one.value = line.rate;
        scenario.tariff.push_back(std::move(one));
    }
    if (scenario.tariff.size() == before)
        throw_input({place, "the schedule says nothing of these importers, exporters and sectors",
                     '"' + schedule.name + '"', "lines that it has: see detente tariffs info " + schedule.name, ""});
}

double positive_factor(double factor, const Place& place) {
    if (!(factor > 0.0 && std::isfinite(factor)))
        throw_input({place, "a factor is a positive number", fmt::format("{:g}", factor), "above 0", ""});
    return factor;
}

DeficitChange deficit_change(const Economy& economy, const Groups& groups, const v1::DeficitChange& given,
                             std::size_t k) {
    DeficitChange change;
    change.place = part("deficit", k);
    change.regions = select_regions(economy, groups, given.region, part("deficit", k, "region"));
    if (given.rate.has_value() == given.scale.has_value())
        throw_input({change.place, "a change sets one thing", given.rate ? "both" : "neither",
                     "exactly one of rate and scale", ""});
    change.kind = given.rate ? DeficitChange::Kind::rate : DeficitChange::Kind::scale;
    change.value = given.rate ? *given.rate : *given.scale;
    if (!std::isfinite(change.value)) throw_input({change.place, "not a finite number", "", "", ""});
    return change;
}

Scenario scenario_of(const Economy& economy, const v1::Policy& policy) {
    const Groups groups = groups_of(economy, policy);
    Scenario scenario;
    scenario.name = "policy";
    for (std::size_t k = 0; k < policy.tariff.size(); ++k) {
        const std::string& schedule = policy.tariff[k].schedule;
        TariffChange change = tariff_change(economy, groups, policy.tariff[k], k);
        if (schedule.empty())
            scenario.tariff.push_back(std::move(change));
        else
            add_schedule(economy, change, schedule, part("tariff", k, "schedule"), scenario);
    }
    for (std::size_t k = 0; k < policy.trade_cost.size(); ++k) {
        const v1::TradeCostChange& given = policy.trade_cost[k];
        TradeCostChange change;
        change.place = part("trade_cost", k);
        change.importers = select_regions(economy, groups, given.importer, part("trade_cost", k, "importer"));
        change.exporters = select_regions(economy, groups, given.exporter, part("trade_cost", k, "exporter"));
        change.sectors = select_sectors(economy, groups, given.sector, part("trade_cost", k, "sector"));
        change.factor = positive_factor(given.factor, part("trade_cost", k, "factor"));
        scenario.trade_cost.push_back(change);
    }
    for (std::size_t k = 0; k < policy.productivity.size(); ++k) {
        const v1::ProductivityChange& given = policy.productivity[k];
        ProductivityChange change;
        change.place = part("productivity", k);
        change.regions = select_regions(economy, groups, given.region, part("productivity", k, "region"));
        change.sectors = select_sectors(economy, groups, given.sector, part("productivity", k, "sector"));
        change.factor = positive_factor(given.factor, part("productivity", k, "factor"));
        scenario.productivity.push_back(change);
    }
    for (std::size_t k = 0; k < policy.factor_supply.size(); ++k) {
        const v1::FactorSupplyChange& given = policy.factor_supply[k];
        scenario.factor_supply.push_back(
            {select_regions(economy, groups, given.region, part("factor_supply", k, "region")),
             positive_factor(given.factor, part("factor_supply", k, "factor")), part("factor_supply", k)});
    }
    for (std::size_t k = 0; k < policy.deficit.size(); ++k)
        scenario.deficit.push_back(deficit_change(economy, groups, policy.deficit[k], k));
    if (!policy.closure.empty()) scenario.closure = closure_named(policy.closure);
    return scenario;
}

TradeTensor rates_of(const World& world, const std::vector<double>& rates) {
    const int n = world.n_regions(), m = world.n_sectors();
    TradeTensor out(n, m);
    const std::size_t size = out.data().size();
    if (rates.size() != size)
        throw_input({{"", 0, "tariff_rates"},
                     "not a rate for every line",
                     std::to_string(rates.size()),
                     fmt::format("{} numbers (exporters x importers x sectors)", size),
                     ""});
    std::size_t at = 0;
    for (int i = 0; i < n; ++i)
        for (int j = 0; j < n; ++j)
            for (int s = 0; s < m; ++s) {
                const double rate = rates[at++];
                if (!(rate > -1.0 && rate <= highest_tariff))
                    throw_input({{"", 0, "tariff_rates"},
                                 fmt::format("not a rate that the tariff of {} on {} from {} can have",
                                             world.regions[j], world.sectors[s], world.regions[i]),
                                 fmt::format("{:g}", rate),
                                 fmt::format("above -1 (-100 %) and at most {:g}", highest_tariff),
                                 ""});
                // A region's trade with itself has no tariff.
                out(i, j, s) = i == j ? world.tariff(i, j, s) : rate;
            }
    return out;
}

// Lines with the same factor as few changes: sectors together, then importers, then exporters that are alike.
std::vector<v1::TradeCostChange> trade_cost_changes(const World& world, const TradeTensor& factors) {
    using Part = std::pair<double, v1::Names>;  // a factor, and the sectors that have it
    std::map<std::pair<Part, v1::Names>, v1::Names> lines;
    const int n = factors.empty() ? 0 : world.n_regions();
    for (int i = 0; i < n; ++i) {
        std::map<Part, v1::Names> importers;
        for (int j = 0; j < n; ++j) {
            std::map<double, v1::Names> sectors;
            for (int s = 0; s < world.n_sectors(); ++s)
                if (factors(i, j, s) != 1.0) sectors[factors(i, j, s)].push_back(world.sectors[s]);
            for (const auto& [factor, names] : sectors) importers[{factor, names}].push_back(world.regions[j]);
        }
        for (const auto& [part, names] : importers) lines[{part, names}].push_back(world.regions[i]);
    }
    std::vector<v1::TradeCostChange> changes;
    for (const auto& [key, exporters] : lines)
        changes.push_back({key.second, exporters, key.first.second, key.first.first});
    return changes;
}

std::vector<v1::ProductivityChange> productivity_changes(const World& world, const RegionSector& factors) {
    std::map<std::pair<double, v1::Names>, v1::Names> regions;
    for (int j = 0; j < (factors.empty() ? 0 : world.n_regions()); ++j) {
        std::map<double, v1::Names> sectors;
        for (int s = 0; s < world.n_sectors(); ++s)
            if (factors(j, s) != 1.0) sectors[factors(j, s)].push_back(world.sectors[s]);
        for (const auto& [factor, names] : sectors) regions[{factor, names}].push_back(world.regions[j]);
    }
    std::vector<v1::ProductivityChange> changes;
    for (const auto& [key, names] : regions) changes.push_back({names, key.second, key.first});
    return changes;
}

std::vector<v1::FactorSupplyChange> factor_supply_changes(const World& world, const std::vector<double>& factors) {
    std::map<double, v1::Names> regions;
    for (std::size_t j = 0; j < factors.size(); ++j)
        if (factors[j] != 1.0) regions[factors[j]].push_back(world.regions[static_cast<int>(j)]);
    std::vector<v1::FactorSupplyChange> changes;
    for (const auto& [factor, names] : regions) changes.push_back({names, factor});
    return changes;
}

std::vector<v1::DeficitChange> deficit_changes(const World& world, const std::vector<double>& transfer) {
    std::vector<v1::DeficitChange> changes;
    for (std::size_t j = 0; j < transfer.size(); ++j)
        changes.push_back({{world.regions[static_cast<int>(j)]}, transfer[j] / world.income[j], {}});
    return changes;
}

std::vector<double> payment_of(const World& world, const std::vector<double>& payment) {
    const auto n = static_cast<std::size_t>(world.n_regions());
    if (payment.size() != n)
        throw_input({{"", 0, "payment"},
                     "not a number for every region",
                     std::to_string(payment.size()),
                     fmt::format("{} numbers", n),
                     ""});
    return payment;
}

}  // namespace

Groups groups_of(const Economy& economy, const v1::Policy& policy) {
    Groups groups;
    for (const auto& [name, members] : policy.groups) {
        check_group(economy, name, members, Place{"", 0, "groups." + name});
        groups[name] = members;
    }
    return groups;
}

Shock shock_of(const v1::World& world, const v1::Policy& policy) {
    const Economy& economy = engine(world.economy());
    const World& base = engine(world);
    ScenarioBase what{economy, &base, base.options};
    if (!policy.tariff_rates.empty()) what.tariff = rates_of(base, policy.tariff_rates);
    Shock shock;
    build_shocks(what, {scenario_of(economy, policy)}, {}, [&](std::size_t, const Shock& built) { shock = built; });
    if (!policy.payment.empty()) shock.payment = payment_of(base, policy.payment);
    return shock;
}

std::vector<double> row_major(const TradeTensor& tensor) {
    std::vector<double> out;
    out.reserve(tensor.data().size());
    for (int i = 0; i < tensor.regions(); ++i)
        for (int j = 0; j < tensor.regions(); ++j)
            for (int s = 0; s < tensor.sectors(); ++s) out.push_back(tensor(i, j, s));
    return out;
}

v1::Policy policy_of(const World& world, const Shock& shock) {
    v1::Policy policy;
    policy.tariff_rates = row_major(shock.tariff.empty() ? world.tariff : shock.tariff);
    policy.trade_cost = trade_cost_changes(world, shock.trade_cost);
    policy.productivity = productivity_changes(world, shock.productivity);
    policy.factor_supply = factor_supply_changes(world, shock.factor_supply);
    policy.deficit = deficit_changes(world, shock.transfer);
    if (shock.closure) policy.closure = to_string(*shock.closure);
    policy.payment = shock.payment;
    return policy;
}

v1::Policy with_result(const v1::Policy& from, const Shock& shock) {
    v1::Policy policy = from;
    policy.tariff.clear();
    policy.tariff_rates = row_major(shock.tariff);
    policy.payment = shock.payment;
    return policy;
}

}  // namespace detente::library
