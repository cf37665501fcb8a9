#include "policy/deficits.h"

#include <fmt/format.h>

#include <cmath>
#include <numeric>

#include "equilibrium/model_table.h"

namespace detente {

Deficits::Deficits(const ScenarioBase& what)
    : what_(what), named_(static_cast<std::size_t>(what.economy.n_regions()), 0) {}

Closure Deficits::in_force() const {
    return closure_.value_or(what_.base != nullptr ? what_.base->options.closure : what_.model.closure);
}

void Deficits::check(const Scenario& scenario) const {
    if (scenario.deficit.empty()) return;
    const ModelOptions& model = what_.base != nullptr ? what_.base->options : what_.model;
    const Place& place = scenario.deficit.front().place;
    const std::string own =
        model.model->closure == Closure::balanced ? ", which is the " + model.model->name + " model's own" : "";
    if (in_force() == Closure::balanced)
        throw_input({place,
                     "trade is balanced here (closure \"balanced\"" + (closure_ ? "" : own) +
                         "), so that there are no deficits to set",
                     "", "closure = \"fixed\" or \"world_share\" in this scenario, or no `deficit`", ""});
    for (const DeficitChange& change : scenario.deficit)
        if (change.kind == DeficitChange::Kind::scale && model.closure == Closure::balanced)
            throw_input({change.place,
                         "the base has balanced trade (closure \"balanced\" of [model]" + own +
                             "), so that there are no deficits to scale",
                         "scale", "rate, or [model] closure = \"fixed\"", ""});
}

void Deficits::set(const DeficitChange& change) {
    for (const int region : change.regions) {
        const auto j = static_cast<std::size_t>(region);
        named_[j] = 1;
        if (what_.base == nullptr) continue;
        const World& base = *what_.base;
        level_[j] = change.value * (change.kind == DeficitChange::Kind::rate ? base.income[j] : base.transfer[j]);
    }
}

// Deficits of the world sum to zero: the remainder goes to those that nobody has named.
void Deficits::spread(const Scenario& scenario) {
    const World& base = *what_.base;
    const double over = std::accumulate(level_.begin(), level_.end(), 0.0);
    const double world = std::accumulate(base.income.begin(), base.income.end(), 0.0);
    double free = 0.0;
    for (std::size_t j = 0; j < level_.size(); ++j) free += named_[j] == 0 ? base.income[j] : 0.0;
    constexpr double rounding = 1e-9;  // of world income: what sums of published digits leave
    if (free == 0.0 && std::abs(over) > rounding * world)
        throw_input({scenario.deficit.back().place, "every region is named, and the deficits do not sum to zero",
                     fmt::format("{:+.4g} % of world income", 100.0 * over / world),
                     "a sum of zero, or regions that are not named and take the remainder", ""});
    for (std::size_t j = 0; j < level_.size(); ++j)
        if (free == 0.0 || named_[j] == 0) level_[j] -= over * base.income[j] / (free == 0.0 ? world : free);
}

// Nobody can pay abroad all that it earns in the base.
void Deficits::refuse_without_income(const Scenario& scenario) const {
    const World& base = *what_.base;
    for (std::size_t j = 0; j < level_.size(); ++j) {
        const double earned = base.income[j] - base.transfer[j];
        if (earned + level_[j] > 0.0) continue;
        throw_input({scenario.deficit.back().place,
                     "these deficits leave " + base.regions[static_cast<int>(j)] + " without income",
                     fmt::format("a surplus of {:.4g} % of its base income", -100.0 * level_[j] / base.income[j]),
                     fmt::format("less than the {:.4g} % that it earns", 100.0 * earned / base.income[j]), ""});
    }
}

void Deficits::apply(const Scenario& scenario, Shock& shock) {
    if (scenario.closure) {
        closure_ = scenario.closure;
        // What has no deficits has none to take over either: a closure set further on begins from zero.
        if (*closure_ == Closure::balanced) {
            level_.assign(named_.size(), 0.0);
            named_.assign(named_.size(), 0);
        }
    }
    check(scenario);
    if (!scenario.deficit.empty()) {
        if (level_.empty() && what_.base != nullptr) level_ = what_.base->transfer;
        for (const DeficitChange& change : scenario.deficit) set(change);
        if (what_.base != nullptr) spread(scenario), refuse_without_income(scenario);
    }
    shock.closure = closure_;
    shock.transfer = closure_ == Closure::balanced || what_.base == nullptr ? std::vector<double>{} : level_;
}

}  // namespace detente
