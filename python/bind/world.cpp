#include "bind.h"
#include "call.h"

namespace detente::python {
namespace {

// A counterfactual of so few numbers ends before a person misses Ctrl-C.
constexpr std::size_t small_world = 20'000;

Model model_of(const std::string& name, const nb::dict& options) {
    Model model{name, {}};
    for (const auto& [key, value] : options) {
        const auto option = nb::cast<std::string>(key);
        if (value.is_none())
            continue;  // not given
        else if (nb::isinstance<nb::bool_>(value))
            model.options.emplace(option, nb::cast<bool>(value));
        else if (nb::isinstance<nb::str>(value))
            model.options.emplace(option, nb::cast<std::string>(value));
        else
            model.options.emplace(option, entry<double>(options, option.c_str(), 0.0));
    }
    return model;
}

TariffChange tariff_change(const nb::dict& given) {
    TariffChange change;
    take(given, "importer", change.importer), take(given, "exporter", change.exporter);
    take(given, "sector", change.sector), take(given, "rate", change.rate), take(given, "add", change.add);
    take(given, "scale", change.scale), take(given, "rate_column", change.rate_column);
    take(given, "add_column", change.add_column), take(given, "schedule", change.schedule);
    take(given, "column_of_importer", change.column_of_importer);
    take(given, "min", change.minimum), take(given, "max", change.maximum);
    return change;
}

TradeCostChange trade_cost_change(const nb::dict& given) {
    TradeCostChange change;
    take(given, "importer", change.importer), take(given, "exporter", change.exporter);
    take(given, "sector", change.sector), take(given, "factor", change.factor);
    return change;
}

ProductivityChange productivity_change(const nb::dict& given) {
    ProductivityChange change;
    take(given, "region", change.region), take(given, "sector", change.sector), take(given, "factor", change.factor);
    return change;
}

FactorSupplyChange factor_supply_change(const nb::dict& given) {
    FactorSupplyChange change;
    take(given, "region", change.region), take(given, "factor", change.factor);
    return change;
}

DeficitChange deficit_change(const nb::dict& given) {
    DeficitChange change;
    take(given, "region", change.region), take(given, "rate", change.rate), take(given, "scale", change.scale);
    return change;
}

Policy policy_of(const nb::dict& given) {
    Policy policy;
    for (const auto& one : entry<std::vector<nb::dict>>(given, "tariff", {}))
        policy.tariff.push_back(tariff_change(one));
    for (const auto& one : entry<std::vector<nb::dict>>(given, "trade_cost", {}))
        policy.trade_cost.push_back(trade_cost_change(one));
    for (const auto& one : entry<std::vector<nb::dict>>(given, "productivity", {}))
        policy.productivity.push_back(productivity_change(one));
    for (const auto& one : entry<std::vector<nb::dict>>(given, "factor_supply", {}))
        policy.factor_supply.push_back(factor_supply_change(one));
    for (const auto& one : entry<std::vector<nb::dict>>(given, "deficit", {}))
        policy.deficit.push_back(deficit_change(one));
    take(given, "closure", policy.closure), take(given, "groups", policy.groups);
    policy.tariff_rates = copied(entry<nb::object>(given, "tariff_rates", nb::none()));
    policy.payment = copied(entry<nb::object>(given, "payment", nb::none()));
    return policy;
}

SolveOptions options_of(double tolerance, bool certificate, const Job& job = {}) {
    return {tolerance, certificate, job};
}

Equilibrium solve_policy(const World& world, const Policy& policy, double tolerance, bool certificate,
                         const Equilibrium* start) {
    const std::size_t n = world.regions().size(), m = world.sectors().size();
    if (n * n * m <= small_world)
        return released([&] { return solve(world, policy, options_of(tolerance, certificate), start); });
    return interruptible(nb::none(), [&](const Job& job) {
        return solve(world, policy, options_of(tolerance, certificate, job), start);
    });
}

nb::dict gradient_of(const Equilibrium& equilibrium, const std::map<std::string, double>& weight) {
    const Gradient g = interruptible(nb::none(), [&](const Job& job) {
        SolveOptions options;
        options.job = job;
        return welfare_gradient(equilibrium, weight, options);
    });
    nb::dict out;
    out["value"] = g.value, out["residual"] = g.residual, out["passes"] = g.passes;
    out["tariff"] = g.tariff, out["trade_cost"] = g.trade_cost, out["productivity"] = g.productivity;
    out["factor_supply"] = g.factor_supply, out["transfer"] = g.transfer, out["theta"] = g.theta;
    return out;
}

nb::list models_list() {
    nb::list list;
    for (const ModelInfo& model : models()) {
        nb::dict one;
        nb::list options;
        for (const ModelOptionInfo& o : model.options) {
            nb::dict option;
            option["name"] = o.name, option["text"] = o.text, option["kind"] = o.kind;
            option["otherwise"] = o.otherwise, option["range"] = o.range, option["choices"] = o.choices;
            options.append(option);
        }
        one["name"] = model.name, one["title"] = model.title, one["numeraire"] = model.numeraire;
        one["closure"] = model.closure, one["options"] = options;
        list.append(one);
    }
    return list;
}

void bind_equilibrium(nb::module_& module) {
    nb::class_<Equilibrium>(module, "Equilibrium", "A counterfactual equilibrium.")
        .def_prop_ro("world", &Equilibrium::world)
        .def("certificate", [](const Equilibrium& e) { return certificate_of(e.certificate()); })
        .def("policy", &Equilibrium::policy)
        .def("welfare_percent", &Equilibrium::welfare_percent)
        .def("real_wage_percent", &Equilibrium::real_wage_percent)
        .def("wage_hat", &Equilibrium::wage_hat)
        .def("consumer_price_hat", &Equilibrium::consumer_price_hat)
        .def("price_hat", &Equilibrium::price_hat)
        .def("cost_hat", &Equilibrium::cost_hat)
        .def("trade", &Equilibrium::trade)
        .def("trade_share", &Equilibrium::trade_share)
        .def("tariff", &Equilibrium::tariff)
        .def("expenditure", &Equilibrium::expenditure)
        .def("output", &Equilibrium::output)
        .def("income", &Equilibrium::income)
        .def("revenue", &Equilibrium::revenue)
        .def("transfer", &Equilibrium::transfer)
        .def("result_keys", &Equilibrium::result_keys)
        .def(
            "result", [](const Equilibrium& e, const std::string& key) { return e.result(key); }, nb::arg("key"));
}

}  // namespace

void bind_world(nb::module_& module) {
    nb::class_<World>(module, "World", "An economy calibrated to a model.")
        .def_prop_ro("economy", &World::economy)
        .def_prop_ro("regions", &World::regions)
        .def_prop_ro("sectors", &World::sectors)
        .def_prop_ro("unit", &World::unit)
        .def_prop_ro("model", &World::model)
        .def("certificate", [](const World& w) { return certificate_of(w.certificate()); })
        .def("moved",
             [](const World& w) {
                 nb::dict out;
                 out["trade_total"] = w.moved().trade_total, out["labour_income"] = w.moved().labour_income;
                 out["deficit"] = w.moved().deficit, out["text"] = w.moved().text;
                 return out;
             })
        .def("trade", &World::trade)
        .def("trade_share", &World::trade_share)
        .def("tariff", &World::tariff)
        .def("income", &World::income)
        .def("labour_income", &World::labour_income)
        .def("transfer", &World::transfer)
        .def("revenue", &World::revenue);
    nb::class_<Policy>(module, "Policy", "What a counterfactual changes.")
        .def(nb::new_(&policy_of), nb::arg("given"))
        .def_prop_ro("tariff_rates",
                     [](const nb::handle self) {
                         const Policy& policy = nb::cast<const Policy&>(self);
                         return nb::ndarray<nb::numpy, const double, nb::ndim<1>>(policy.tariff_rates.data(),
                                                                                  {policy.tariff_rates.size()}, self);
                     })
        .def_prop_ro("trade_cost",
                     [](const Policy& policy) {
                         nb::list list;
                         for (const TradeCostChange& c : policy.trade_cost) {
                             nb::dict one;
                             one["importer"] = c.importer, one["exporter"] = c.exporter, one["sector"] = c.sector;
                             one["factor"] = c.factor;
                             list.append(one);
                         }
                         return list;
                     })
        .def_prop_ro("productivity",
                     [](const Policy& policy) {
                         nb::list list;
                         for (const ProductivityChange& c : policy.productivity) {
                             nb::dict one;
                             one["region"] = c.region, one["sector"] = c.sector, one["factor"] = c.factor;
                             list.append(one);
                         }
                         return list;
                     })
        .def_prop_ro("factor_supply",
                     [](const Policy& policy) {
                         nb::list list;
                         for (const FactorSupplyChange& c : policy.factor_supply) {
                             nb::dict one;
                             one["region"] = c.region, one["factor"] = c.factor;
                             list.append(one);
                         }
                         return list;
                     })
        .def_prop_ro("deficit",
                     [](const Policy& policy) {
                         nb::list list;
                         for (const DeficitChange& c : policy.deficit) {
                             nb::dict one;
                             one["region"] = c.region;
                             if (c.rate) one["rate"] = *c.rate;
                             if (c.scale) one["scale"] = *c.scale;
                             list.append(one);
                         }
                         return list;
                     })
        .def_ro("payment", &Policy::payment)
        .def_ro("closure", &Policy::closure);
    bind_equilibrium(module);
    module.def("models", &models_list);
    module.def(
        "calibrate",
        [](const Economy& economy, const std::string& model, const nb::dict& options, double tolerance) {
            const Model chosen = model_of(model, options);
            return interruptible(nb::none(), [&](const Job& job) {
                return calibrate(economy, chosen, options_of(tolerance, true, job));
            });
        },
        nb::arg("economy"), nb::arg("model"), nb::arg("options"), nb::arg("tolerance") = 1e-12);
    module.def("solve", &solve_policy, nb::arg("world"), nb::arg("policy"), nb::arg("tolerance") = 1e-12,
               nb::arg("certificate") = true, nb::arg("start").none() = nb::none());
    module.def("gradient", &gradient_of, nb::arg("equilibrium"), nb::arg("weight"));
}

}  // namespace detente::python
