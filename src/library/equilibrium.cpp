#include "detente/equilibrium.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "equilibrium/adjoint.h"
#include "library/boundary.h"
#include "library/handles.h"
#include "library/policy.h"
#include "library/solver.h"
#include "library/tables.h"

namespace detente {
namespace library {

v1::Equilibrium equilibrium_handle(v1::World world, std::shared_ptr<const ScenarioResult> outcome) {
    v1::Certificate certificate = certificate_of(outcome->equilibrium.certificate);
    return v1::Equilibrium(std::make_shared<const v1::Equilibrium::Impl>(
        v1::Equilibrium::Impl{std::move(world), std::move(outcome), std::move(certificate)}));
}

v1::Equilibrium equilibrium_handle(v1::World world, Shock shock, Equilibrium equilibrium) {
    auto outcome = std::make_shared<ScenarioResult>();
    outcome->answered = true;
    outcome->shock = std::move(shock);
    outcome->equilibrium = std::move(equilibrium);
    return equilibrium_handle(std::move(world), std::move(outcome));
}

namespace {

const std::shared_ptr<const Economy>& labels(const v1::Equilibrium::Impl& impl) {
    return impl.world.impl().economy.impl().economy;
}

TableMaker maker(const v1::Equilibrium::Impl& impl) {
    return {labels(impl), impl.outcome};
}

// A table of numbers that are made on call.
v1::Table made(const v1::Equilibrium::Impl& impl, const char* name, const std::string& unit, std::vector<double> data) {
    const Owned owned(labels(impl), std::move(data));
    return owned.maker.by_region(name, unit, *owned.data);
}

v1::Table percent(const v1::Equilibrium::Impl& impl, const char* name, std::vector<double> hat) {
    for (double& value : hat) value = 100.0 * (value - 1.0);
    return made(impl, name, "percent", std::move(hat));
}

v1::Gradient gradient_of(const v1::Equilibrium& equilibrium, const std::vector<double>& weight,
                         const v1::SolveOptions& options) {
    const v1::World& world = equilibrium.world();
    const auto found = std::make_shared<const Gradient>(
        gradient(engine(world), shock_of(equilibrium), engine(equilibrium),
                 log_welfare(engine(world), engine(equilibrium), weight), solver_of(options)));
    const TableMaker make(world.economy().impl().economy, found);
    v1::Gradient out;
    out.value = found->value;
    out.tariff = make.by_line("gradient_tariff", "per unit of rate", found->tariff);
    out.trade_cost = make.by_line("gradient_trade_cost", "per unit of log", found->trade_cost);
    out.productivity = make.by_region_sector("gradient_productivity", "per unit of log", found->productivity);
    out.factor_supply = make.by_region("gradient_factor_supply", "per unit of log", found->factor_supply);
    out.transfer = make.by_region("gradient_transfer", "per unit of money", found->transfer);
    out.theta = make.by_sector("gradient_theta", "per unit", found->theta);
    out.residual = found->residual;
    out.passes = found->passes;
    return out;
}

}  // namespace
}  // namespace library

namespace v1 {
using namespace library;

const World& Equilibrium::world() const noexcept {
    return impl_->world;
}
const Certificate& Equilibrium::certificate() const noexcept {
    return impl_->certificate;
}
Policy Equilibrium::policy() const {
    return guarded([&] { return policy_of(engine(world()), shock_of(*this)); });
}
Table Equilibrium::welfare_percent() const {
    return percent(*impl_, "welfare_percent", engine(*this).welfare_hat);
}
Table Equilibrium::real_wage_percent() const {
    return percent(*impl_, "real_wage_percent", engine(*this).real_wage_hat);
}
Table Equilibrium::wage_hat() const {
    return maker(*impl_).by_region("wage_hat", "ratio", engine(*this).wage_hat);
}
Table Equilibrium::consumer_price_hat() const {
    return maker(*impl_).by_region("consumer_price_hat", "ratio", engine(*this).consumer_price_hat);
}
Table Equilibrium::price_hat() const {
    return maker(*impl_).by_region_sector("price_hat", "ratio", engine(*this).price_hat);
}
Table Equilibrium::cost_hat() const {
    return maker(*impl_).by_region_sector("cost_hat", "ratio", engine(*this).cost_hat);
}
Table Equilibrium::trade() const {
    const detente::Equilibrium& e = engine(*this);
    const int n = e.share.regions(), m = e.share.sectors();
    TradeTensor flows(n, m);
    for (int s = 0; s < m; ++s)
        for (int j = 0; j < n; ++j)
            for (int i = 0; i < n; ++i) flows(i, j, s) = e.flow(i, j, s);
    const Owned owned(labels(*impl_), std::move(flows));
    return owned.maker.by_line("trade", world().unit(), *owned.data);
}
Table Equilibrium::trade_share() const {
    return maker(*impl_).by_line("trade_share", "share", engine(*this).share);
}
Table Equilibrium::tariff() const {
    return maker(*impl_).by_line("tariff", "rate", engine(*this).tariff);
}
Table Equilibrium::expenditure() const {
    return maker(*impl_).by_region_sector("expenditure", world().unit(), engine(*this).expenditure);
}
Table Equilibrium::output() const {
    return maker(*impl_).by_region_sector("output", world().unit(), engine(*this).output);
}
Table Equilibrium::income() const {
    return maker(*impl_).by_region("income", world().unit(), engine(*this).income);
}
Table Equilibrium::revenue() const {
    return maker(*impl_).by_region("revenue", world().unit(), engine(*this).revenue);
}
Table Equilibrium::transfer() const {
    return maker(*impl_).by_region("transfer", world().unit(), engine(*this).transfer);
}

std::vector<std::string> Equilibrium::result_keys() const {
    std::vector<std::string> keys;
    const detente::World& w = engine(world());
    for (const std::string& key : region_keys())
        for (int j = 0; j < w.n_regions(); ++j)
            if (region_result(w, *impl_->outcome, j, key)) {
                keys.push_back(key);
                break;
            }
    return keys;
}

Table Equilibrium::result(std::string_view wanted) const {
    return guarded([&] {
        const std::string key(wanted);
        const std::vector<std::string> keys = result_keys();
        if (std::find(keys.begin(), keys.end(), key) == keys.end())
            throw_unknown_name(Place{"", 0, "key"}, "result of a region", key, keys);
        std::vector<double> values;
        for (int j = 0; j < engine(world()).n_regions(); ++j)
            values.push_back(region_result(engine(world()), *impl_->outcome, j, key)
                                 .value_or(std::numeric_limits<double>::quiet_NaN()));
        const bool in_percent = key.size() > 8 && key.compare(key.size() - 8, 8, "_percent") == 0;
        const bool hat = key.size() > 4 && key.compare(key.size() - 4, 4, "_hat") == 0;
        return made(*impl_, key.c_str(), in_percent ? "percent" : hat ? "ratio" : world().unit(), std::move(values));
    });
}

Equilibrium solve(const World& world, const Policy& policy, const SolveOptions& options, const Equilibrium* start) {
    return guarded([&] {
        Shock shock = shock_of(world, policy);
        const detente::Equilibrium* first = start == nullptr ? nullptr : &engine(*start);
        detente::Equilibrium found = detente::solve(engine(world), shock, solver_of(options), first);
        return equilibrium_handle(world, std::move(shock), std::move(found));
    });
}

Gradient welfare_gradient(const Equilibrium& equilibrium, const std::string& region, const SolveOptions& options) {
    return guarded([&] {
        return welfare_gradient(equilibrium, std::map<std::string, double>{{region, 1.0}}, options);
    });
}

Gradient welfare_gradient(const Equilibrium& equilibrium, const std::map<std::string, double>& weight,
                          const SolveOptions& options) {
    return guarded([&] {
        const detente::World& w = engine(equilibrium.world());
        std::vector<double> list(static_cast<std::size_t>(w.n_regions()), 0.0);
        for (const auto& [region, value] : weight)
            list[static_cast<std::size_t>(w.regions.at(region, {"", 0, "region"}))] = value;
        return gradient_of(equilibrium, list, options);
    });
}

}  // namespace v1
}  // namespace detente
