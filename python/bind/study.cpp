#include "bind.h"
#include "call.h"

namespace detente::python {

Sources sources_of(const nb::dict& given);

Sources sources_of(const nb::dict& given) {
    Sources sources;
    for (const auto& [name, content] : entry<nb::dict>(given, "contents", {})) {
        const auto bytes = nb::cast<nb::bytes>(content);
        sources.contents.emplace(nb::cast<std::string>(name), std::string(bytes.c_str(), bytes.size()));
    }
    for (const auto& [name, economy] : entry<nb::dict>(given, "economies", {}))
        sources.catalogue.economies.emplace(nb::cast<std::string>(name), nb::cast<const Economy&>(economy));
    take(given, "folder", sources.folder), take(given, "variables", sources.variables);
    take(given, "today", sources.today);
    return sources;
}

namespace {

nb::bytes bytes_of(const std::string& content) {
    return nb::bytes(content.data(), content.size());
}

nb::dict dict_of(const Band& band) {
    nb::dict out;
    out["draws"] = band.draws, out["mean"] = band.mean, out["sd"] = band.sd, out["quantiles"] = band.quantiles;
    out["positive"] = band.positive, out["error"] = band.error;
    return out;
}

nb::list claims_of(const Results& results) {
    nb::list list;
    for (const ClaimVerdict& c : results.claims()) {
        nb::dict one;
        one["text"] = c.text, one["verdict"] = c.verdict, one["overturn"] = c.overturn, one["reason"] = c.reason;
        one["in_draws"] = c.in_draws;
        list.append(one);
    }
    return list;
}

void bind_results(nb::module_& module) {
    nb::class_<Results>(module, "Results", "The answers to a study.")
        .def_prop_ro("complete", &Results::complete)
        .def_prop_ro("world", &Results::world)
        .def("failures", &Results::failures)
        .def("outcomes", &Results::outcomes)
        .def("outcome", &Results::outcome, nb::arg("name"))
        .def("claims", &claims_of)
        .def(
            "band",
            [](const Results& r, const std::string& outcome, const std::string& region, const std::string& key) {
                return dict_of(r.band(outcome, region, key));
            },
            nb::arg("outcome"), nb::arg("region"), nb::arg("key"))
        .def(
            "figure_band",
            [](const Results& r, const std::string& question, const std::string& figure) {
                return dict_of(r.figure_band(question, figure));
            },
            nb::arg("question"), nb::arg("figure"))
        .def("json", &Results::json, nb::call_guard<nb::gil_scoped_release>())
        .def("text", &Results::text, nb::call_guard<nb::gil_scoped_release>())
        .def("times", &Results::times, nb::call_guard<nb::gil_scoped_release>())
        .def("report", &Results::report, nb::call_guard<nb::gil_scoped_release>())
        .def("netcdf", [](const Results& r) { return bytes_of(released([&] { return r.netcdf(); })); })
        .def("tables", &Results::tables, nb::call_guard<nb::gil_scoped_release>())
        .def("save", &Results::save, nb::arg("folder"), nb::call_guard<nb::gil_scoped_release>());
    module.def(
        "save_files",
        [](const nb::dict& given, const std::string& folder) {
            ResultFiles files;
            take(given, "json", files.json), take(given, "times", files.times), take(given, "report", files.report);
            take(given, "tables", files.tables);
            const auto netcdf = nb::cast<nb::bytes>(given["netcdf"]);
            files.netcdf.assign(netcdf.c_str(), netcdf.size());
            released([&] { save(files, folder); });
        },
        nb::arg("files"), nb::arg("folder"));
}

}  // namespace

void bind_study(nb::module_& module) {
    nb::class_<Study>(module, "Study", "A study as read: every name is resolved, nothing is solved.")
        .def_prop_ro("name", &Study::name)
        .def_prop_ro("title", &Study::title)
        .def_prop_ro("economy", &Study::economy)
        .def_prop_ro("scenarios", &Study::scenarios)
        .def_prop_ro("questions", &Study::questions);
    bind_results(module);
    module.def(
        "parse_study",
        [](const std::string& text, const std::string& name, const nb::dict& given) {
            const Sources sources = sources_of(given);
            return released([&] { return Study::parse(text, name, sources); });
        },
        nb::arg("text"), nb::arg("name"), nb::arg("sources"));
    module.def(
        "load_study",
        [](const std::string& path, const nb::dict& given) {
            const Sources sources = sources_of(given);
            return released([&] { return Study::load(path, sources); });
        },
        nb::arg("path"), nb::arg("sources"));
    module.def(
        "run_study",
        [](const Study& study, const std::vector<std::string>& only, int threads, const nb::object& progress) {
            return interruptible(progress, [&](const Job& job) { return run(study, {only, threads, job}); });
        },
        nb::arg("study"), nb::arg("only"), nb::arg("threads") = 0, nb::arg("progress").none() = nb::none());
}

}  // namespace detente::python
