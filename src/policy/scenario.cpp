#include "policy/scenario.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "equilibrium/model_table.h"
#include "policy/deficits.h"

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
                if (!(rate > -1.0 && rate <= highest_tariff)) {
                    throw_input({change.place,
                                 fmt::format("the tariff of {} on {} from {} leaves the possible range",
                                             economy.regions[j], economy.sectors[s], economy.regions[i]),
                                 fmt::format("{:g} ({:g} %)", rate, 100.0 * rate),
                                 fmt::format("above -1 (-100 %) and at most {:g}", highest_tariff), ""});
                }
                tariff(i, j, s) = rate;
            }
        }
    }
}

// Factors of all the scenarios of a chain together must stay numbers.
void multiply(double& value, double factor, const Place& place) {
    value *= factor;
    if (!(value >= 1.0 / largest_factor && value <= largest_factor))
        throw_input({place, "a factor leaves the possible range, with those of the scenarios it comes from",
                     fmt::format("{:g}", value),
                     fmt::format("between {:g} and {:g}", 1.0 / largest_factor, largest_factor), ""});
}

void apply(const Economy& economy, const Scenario& scenario, Shock& shock) {
    for (const TariffChange& change : scenario.tariff) apply(economy, change, shock.tariff);
    for (const TradeCostChange& change : scenario.trade_cost) {
        if (shock.trade_cost.empty()) shock.trade_cost = TradeTensor(economy.n_regions(), economy.n_sectors(), 1.0);
        for (const int s : change.sectors)
            for (const int j : change.importers)
                for (const int i : change.exporters)
                    if (i != j) multiply(shock.trade_cost(i, j, s), change.factor, change.place);
    }
    for (const ProductivityChange& change : scenario.productivity) {
        if (shock.productivity.empty())
            shock.productivity = RegionSector(economy.n_regions(), economy.n_sectors(), 1.0);
        for (const int s : change.sectors)
            for (const int i : change.regions) multiply(shock.productivity(i, s), change.factor, change.place);
    }
    for (const FactorSupplyChange& change : scenario.factor_supply) {
        if (shock.factor_supply.empty()) shock.factor_supply.assign(static_cast<std::size_t>(economy.n_regions()), 1.0);
        for (const int i : change.regions)
            multiply(shock.factor_supply[static_cast<std::size_t>(i)], change.factor, change.place);
    }
}

void refuse_factor_supply(const Model& model, const Scenario& scenario) {
    if (scenario.factor_supply.empty() || model.factor_supply) return;
    throw_input({scenario.factor_supply.front().place, "the " + model.name + " model has no factor supply to change",
                 "", "another model, or no `factor_supply`", ""});
}

// Scenarios by what they come from. Children stand in the order of the study but for the one with the most scenarios
// that come from it, which is last.
class ScenarioTree {
public:
    explicit ScenarioTree(const std::vector<Scenario>& scenarios) : scenarios_(scenarios), children_(scenarios.size()) {
        std::unordered_map<std::string, std::size_t> at;
        for (std::size_t k = 0; k < scenarios.size(); ++k) at.emplace(scenarios[k].name, k);
        parent_.assign(scenarios.size(), none);
        for (std::size_t k = 0; k < scenarios.size(); ++k) {
            if (scenarios[k].from == "base") {
                roots_.push_back(k);
            } else if (const auto found = at.find(scenarios[k].from); found != at.end()) {
                parent_[k] = found->second;
                children_[found->second].push_back(k);
            } else {
                unknown(scenarios[k]);
            }
        }
        order_children(parents_first());
    }

    const std::vector<std::size_t>& roots() const { return roots_; }
    const std::vector<std::size_t>& children(std::size_t k) const { return children_[k]; }
    // Those wanted and all that they come from.
    std::vector<char> needed(const std::vector<char>& wanted) const {
        if (wanted.empty()) return std::vector<char>(scenarios_.size(), 1);
        std::vector<char> list(scenarios_.size(), 0);
        for (std::size_t k = 0; k < wanted.size(); ++k)
            for (std::size_t up = k; wanted[k] != 0 && up != none && list[up] == 0; up = parent_[up]) list[up] = 1;
        return list;
    }

private:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    [[noreturn]] void unknown(const Scenario& scenario) const {
        std::vector<std::string> names = {"base"};
        for (const Scenario& s : scenarios_) names.push_back(s.name);
        throw_unknown_name(scenario.place, "scenario", scenario.from, names);
    }

    // What no way leads to from the base comes from itself, or from one that does.
    std::vector<std::size_t> parents_first() const {
        std::vector<std::size_t> order = roots_;
        for (std::size_t k = 0; k < order.size(); ++k)
            order.insert(order.end(), children_[order[k]].begin(), children_[order[k]].end());
        if (order.size() == scenarios_.size()) return order;
        std::vector<char> reached(scenarios_.size(), 0);
        for (const std::size_t k : order) reached[k] = 1;
        std::size_t at = 0;
        while (reached[at] != 0) ++at;
        while (reached[at] == 0) reached[at] = 1, at = parent_[at];
        std::string circle = scenarios_[at].name;
        constexpr int most = 6;
        int shown = 0;
        for (std::size_t up = parent_[at]; up != at; up = parent_[up])
            if (++shown < most) circle += " <- " + scenarios_[up].name;
        if (shown >= most) circle += fmt::format(" <- ... ({} more)", shown - most + 1);
        throw_input({scenarios_[at].place, "the scenario comes from itself through `from`",
                     circle + " <- " + scenarios_[at].name, "a chain that ends at \"base\"", ""});
    }

    void order_children(const std::vector<std::size_t>& parents_first) {
        std::vector<std::size_t> size(scenarios_.size(), 1);
        for (auto k = parents_first.rbegin(); k != parents_first.rend(); ++k) {
            if (parent_[*k] != none) size[parent_[*k]] += size[*k];
            std::vector<std::size_t>& list = children_[*k];
            const auto largest = std::max_element(list.begin(), list.end(),
                                                  [&](std::size_t a, std::size_t b) { return size[a] < size[b]; });
            if (largest != list.end()) std::rotate(largest, largest + 1, list.end());
        }
    }

    const std::vector<Scenario>& scenarios_;
    std::vector<std::vector<std::size_t>> children_;
    std::vector<std::size_t> parent_, roots_;
};

// Down the tree with what is in force so far. The last child takes it over; the others, each with at most half of the
// scenarios below, get a copy: so copies are few at any time and the calls never nest deep.
class ShockBuilder {
public:
    using Take = std::function<void(std::size_t, const Shock&)>;
    ShockBuilder(const ScenarioBase& what, const std::vector<Scenario>& scenarios, const std::vector<char>& wanted,
                 const Take& take)
        : what_(what),
          scenarios_(scenarios),
          wanted_(wanted),
          take_(take),
          tree_(scenarios),
          needed_(tree_.needed(wanted)) {}

    void build() {
        for (const std::size_t root : tree_.roots()) {
            Shock base;
            base.tariff = what_.tariff.empty() ? what_.economy.tariff : what_.tariff;
            if (needed_[root] != 0) descend(root, std::move(base), Deficits(what_));
        }
    }

private:
    void descend(std::size_t k, Shock shock, Deficits deficits) {
        while (true) {
            refuse_factor_supply(what_.base != nullptr ? what_.base->model() : *what_.model.model, scenarios_[k]);
            apply(what_.economy, scenarios_[k], shock);
            deficits.apply(scenarios_[k], shock);
            if (wanted_.empty() || wanted_[k] != 0) take_(k, shock);
            const std::vector<std::size_t>& children = tree_.children(k);
            if (children.empty()) return;
            for (std::size_t c = 0; c + 1 < children.size(); ++c)
                if (needed_[children[c]] != 0) descend(children[c], shock, deficits);
            k = children.back();
            if (needed_[k] == 0) return;
        }
    }

    const ScenarioBase& what_;
    const std::vector<Scenario>& scenarios_;
    const std::vector<char>& wanted_;
    const Take& take_;
    ScenarioTree tree_;
    std::vector<char> needed_;
};

}  // namespace

std::optional<double> tariff_bound(std::optional<double> bound, const Place& place) {
    if (bound && !(*bound > -1.0 && *bound <= highest_tariff))
        throw_input({place, "not a rate that a tariff can have", fmt::format("{:g}", *bound),
                     fmt::format("above -1 (-100 %) and at most {:g}", highest_tariff), ""});
    return bound;
}

void check_bounds(const TariffChange& change, const Place& place) {
    if (change.minimum && change.maximum && *change.minimum > *change.maximum)
        throw_input({place, "the lowest rate is above the highest", fmt::format("{:g}", *change.minimum),
                     fmt::format("at most max = {:g}", *change.maximum), ""});
}

void build_shocks(const ScenarioBase& what, const std::vector<Scenario>& scenarios, const std::vector<char>& wanted,
                  const std::function<void(std::size_t, const Shock&)>& take) {
    ShockBuilder(what, scenarios, wanted, take).build();
}

Shock build_shock(const Economy& economy, const std::vector<Scenario>& scenarios, const Scenario& scenario) {
    std::vector<char> wanted(scenarios.size(), 0);
    for (std::size_t k = 0; k < scenarios.size(); ++k) wanted[k] = scenarios[k].name == scenario.name ? 1 : 0;
    Shock out;
    build_shocks({economy, nullptr, {}}, scenarios, wanted, [&](std::size_t, const Shock& shock) { out = shock; });
    return out;
}

}  // namespace detente
