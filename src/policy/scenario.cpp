#include "policy/scenario.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace detente {
namespace {

// The value of a free column on one line, whichever dimensions the column has.
class Column {
public:
    Column(const Economy& economy, const std::string& name, bool by_importer, const Place& place)
        : by_importer_(by_importer) {
        if (const auto found = economy.sector_columns.find(name); found != economy.sector_columns.end())
            by_sector_ = &found->second;
        else if (const auto region = economy.region_columns.find(name); region != economy.region_columns.end())
            by_region_ = &region->second;
        else if (const auto table = economy.region_sector_columns.find(name);
                 table != economy.region_sector_columns.end())
            table_ = &table->second;
        else if (const auto tensor = economy.trade_columns.find(name); tensor != economy.trade_columns.end())
            tensor_ = &tensor->second;
        else
            throw_unknown_name(place, "column", name, all_names(economy));
    }

    double at(int exporter, int importer, int sector) const {
        if (by_sector_ != nullptr) return (*by_sector_)[static_cast<std::size_t>(sector)];
        if (by_region_ != nullptr) return (*by_region_)[static_cast<std::size_t>(by_importer_ ? importer : exporter)];
        if (table_ != nullptr) return (*table_)(importer, sector);
        return (*tensor_)(exporter, importer, sector);
    }

private:
    static std::vector<std::string> all_names(const Economy& economy) {
        std::vector<std::string> names;
        for (const auto& entry : economy.sector_columns) names.push_back(entry.first);
        for (const auto& entry : economy.region_columns) names.push_back(entry.first);
        for (const auto& entry : economy.region_sector_columns) names.push_back(entry.first);
        for (const auto& entry : economy.trade_columns) names.push_back(entry.first);
        return names;
    }
    bool by_importer_ = false;
    const std::vector<double>* by_sector_ = nullptr;
    const std::vector<double>* by_region_ = nullptr;
    const RegionSector* table_ = nullptr;
    const TradeTensor* tensor_ = nullptr;
};

double changed(const TariffChange& change, double rate, double column) {
    switch (change.kind) {
        case TariffChange::Kind::rate:
            rate = change.value;
            break;
        case TariffChange::Kind::add:
            rate += change.value;
            break;
        case TariffChange::Kind::scale:
            rate *= change.value;
            break;
        case TariffChange::Kind::add_column:
            rate += column;
            break;
        case TariffChange::Kind::rate_column:
            rate = column;
            break;
    }
    if (change.minimum) rate = std::max(rate, *change.minimum);
    if (change.maximum) rate = std::min(rate, *change.maximum);
    return rate;
}

void apply(const Economy& economy, const TariffChange& change, TradeTensor& tariff) {
    const bool columnar =
        change.kind == TariffChange::Kind::add_column || change.kind == TariffChange::Kind::rate_column;
    std::optional<Column> column;
    if (columnar) column.emplace(economy, change.column, change.by_importer, change.place);
    for (const int s : change.sectors) {
        for (const int j : change.importers) {
            for (const int i : change.exporters) {
                if (i == j) continue;
                const double rate = changed(change, tariff(i, j, s), columnar ? column->at(i, j, s) : 0.0);
                if (!std::isfinite(rate) || rate <= -1.0) {
                    throw_input({change.place,
                                 fmt::format("the tariff of {} on {} from {} leaves the possible range",
                                             economy.regions[j], economy.sectors[s], economy.regions[i]),
                                 fmt::format("{} ({} %)", rate, 100.0 * rate), "above -1 (-100 %)", ""});
                }
                tariff(i, j, s) = rate;
            }
        }
    }
}

void apply(const Economy& economy, const Scenario& scenario, Shock& shock) {
    for (const TariffChange& change : scenario.tariff) apply(economy, change, shock.tariff);
    for (const TradeCostChange& change : scenario.trade_cost) {
        if (shock.trade_cost.empty()) shock.trade_cost = TradeTensor(economy.n_regions(), economy.n_sectors(), 1.0);
        for (const int s : change.sectors)
            for (const int j : change.importers)
                for (const int i : change.exporters)
                    if (i != j) shock.trade_cost(i, j, s) *= change.factor;
    }
    for (const ProductivityChange& change : scenario.productivity) {
        if (shock.productivity.empty())
            shock.productivity = RegionSector(economy.n_regions(), economy.n_sectors(), 1.0);
        for (const int s : change.sectors)
            for (const int i : change.regions) shock.productivity(i, s) *= change.factor;
    }
}

}  // namespace

Shock build_shock(const Economy& economy, const std::vector<Scenario>& scenarios, const Scenario& scenario) {
    std::vector<const Scenario*> chain = {&scenario};
    while (chain.back()->from != "base") {
        const auto parent = std::find_if(scenarios.begin(), scenarios.end(),
                                         [&](const Scenario& s) { return s.name == chain.back()->from; });
        if (parent == scenarios.end()) {
            std::vector<std::string> names = {"base"};
            for (const Scenario& s : scenarios) names.push_back(s.name);
            throw_unknown_name(chain.back()->place, "scenario", chain.back()->from, names);
        }
        if (std::find(chain.begin(), chain.end(), &*parent) != chain.end())
            throw_input(scenario.place, "the scenario comes from itself through `from`");
        chain.push_back(&*parent);
    }
    Shock shock;
    shock.tariff = economy.tariff;
    std::for_each(chain.rbegin(), chain.rend(), [&](const Scenario* step) { apply(economy, *step, shock); });
    return shock;
}

}  // namespace detente
