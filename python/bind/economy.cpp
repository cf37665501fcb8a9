#include "bind.h"
#include "call.h"

namespace detente::python {
namespace {

// Arrays that are read during the call alone; the dictionary keeps them alive that long.
std::span<const double> numbers(const nb::dict& given, const char* key, std::vector<Numbers>& held) {
    if (!given.contains(key) || given[key].is_none()) return {};
    held.push_back(nb::cast<Numbers>(given[key]));
    return {held.back().data(), held.back().size()};
}

std::map<std::string, std::vector<double>> columns(const nb::dict& given, const char* key) {
    std::map<std::string, std::vector<double>> out;
    for (const auto& [name, array] : entry<nb::dict>(given, key, {}))
        out[nb::cast<std::string>(name)] = copied(nb::borrow(array));
    return out;
}

Economy from_arrays(const nb::dict& given) {
    std::vector<Numbers> held;
    EconomyArrays a;
    take(given, "title", a.title), take(given, "source", a.source), take(given, "licence", a.licence);
    take(given, "unit", a.unit), take(given, "note", a.note), take(given, "year", a.year);
    take(given, "regions", a.regions), take(given, "sectors", a.sectors);
    take(given, "sector_titles", a.sector_titles), take(given, "elasticities", a.elasticities);
    take(given, "elasticity_set", a.elasticity_set), take(given, "elasticity_horizon", a.elasticity_horizon);
    a.trade = numbers(given, "trade", held), a.tariff = numbers(given, "tariff", held);
    a.value_added_share = numbers(given, "value_added_share", held);
    a.input_share = numbers(given, "input_share", held), a.final_share = numbers(given, "final_share", held);
    a.theta = numbers(given, "theta", held), a.sigma = numbers(given, "sigma", held);
    a.psi = numbers(given, "psi", held), a.theta_log_sd = numbers(given, "theta_log_sd", held);
    a.value_added = numbers(given, "value_added", held), a.deficit = numbers(given, "deficit", held);
    const auto flags = entry<std::vector<bool>>(given, "goods", {});
    const std::vector<std::uint8_t> goods(flags.begin(), flags.end());
    a.goods = goods;
    a.sector_columns = columns(given, "sector_columns"), a.region_columns = columns(given, "region_columns");
    a.region_sector_columns = columns(given, "region_sector_columns");
    a.line_columns = columns(given, "line_columns");
    return released([&] { return Economy::from_arrays(a); });
}

nb::bytes bytes_of(const Economy& economy) {
    const std::string content = released([&] { return economy.bytes(); });
    return nb::bytes(content.data(), content.size());
}

void bind_tables_of(nb::class_<Economy>& economy) {
    economy.def("trade", &Economy::trade)
        .def("tariff", &Economy::tariff)
        .def("value_added_share", &Economy::value_added_share)
        .def("input_share", &Economy::input_share)
        .def("final_share", &Economy::final_share)
        .def("theta", &Economy::theta)
        .def("theta_log_sd", &Economy::theta_log_sd)
        .def("sigma", &Economy::sigma)
        .def("psi", &Economy::psi)
        .def("value_added", &Economy::value_added)
        .def("deficit", &Economy::deficit)
        .def("columns", &Economy::columns)
        .def("column", &Economy::column, nb::arg("name"));
}

}  // namespace

void bind_economy(nb::module_& module) {
    nb::class_<Catalogue>(module, "Catalogue", "Where economies, sets and schedules are looked for.")
        .def_static("beside_library", &Catalogue::beside_library)
        .def_rw("economies", &Catalogue::economies)
        .def_rw("folders", &Catalogue::folders)
        .def_rw("elasticity_folders", &Catalogue::elasticity_folders)
        .def_rw("tariff_folders", &Catalogue::tariff_folders);
    nb::class_<Economy> economy(module, "Economy", "An observed economy.");
    economy.def_prop_ro("title", &Economy::title)
        .def_prop_ro("source", &Economy::source)
        .def_prop_ro("licence", &Economy::licence)
        .def_prop_ro("unit", &Economy::unit)
        .def_prop_ro("note", &Economy::note)
        .def_prop_ro("elasticities", &Economy::elasticities)
        .def_prop_ro("elasticity_set", &Economy::elasticity_set)
        .def_prop_ro("elasticity_horizon", &Economy::elasticity_horizon)
        .def_prop_ro("year", &Economy::year)
        .def_prop_ro("regions", &Economy::regions)
        .def_prop_ro("sectors", &Economy::sectors)
        .def_prop_ro("sector_titles", &Economy::sector_titles)
        .def_prop_ro("goods", &Economy::goods)
        .def("check", &Economy::check)
        .def("save", &Economy::save, nb::arg("path"), nb::call_guard<nb::gil_scoped_release>())
        .def("to_bytes", &bytes_of)
        .def(
            "with_elasticities", [](const Economy& e, const std::string& name) { return e.with_elasticities(name); },
            nb::arg("name"))
        .def("with_mean_elasticity", &Economy::with_mean_elasticity, nb::arg("mean"))
        .def(
            "with_line_column",
            [](const Economy& e, const std::string& name, const Numbers& numbers) {
                return e.with_line_column(name, {numbers.data(), numbers.size()});
            },
            nb::arg("name"), nb::arg("numbers"));
    bind_tables_of(economy);
    module.def("economies", [] { return Economy::built_in(); });
    module.def(
        "load_economy", [](const std::string& name) { return released([&] { return Economy::load(name); }); },
        nb::arg("name"));
    module.def("economy_from_arrays", &from_arrays, nb::arg("arrays"));
    module.def(
        "economy_from_bytes",
        [](const nb::bytes& content, const std::string& name) {
            const std::string text(content.c_str(), content.size());
            return released([&] { return Economy::from_bytes(text, name); });
        },
        nb::arg("content"), nb::arg("name") = "economy");
}

}  // namespace detente::python
