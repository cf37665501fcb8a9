// detente._core: the public library in Python. What labels, prints and draws is Python's own (python/detente).
#include "bind.h"
#include "call.h"

namespace detente::python {

std::stop_token& stop_of_thread() {
    thread_local std::stop_token token;
    return token;
}

bool in_main_thread() {
    static const auto main_thread =
        nb::cast<unsigned long>(nb::module_::import_("threading").attr("main_thread")().attr("ident"));
    return PyThread_get_thread_ident() == main_thread;
}

void throw_other_type(const char* key, const nb::object& value, const char* expected) {
    const std::string found = nb::cast<std::string>(nb::repr(value)).substr(0, 80), wanted = expected;
    const std::string problem = "not of the type that is expected";
    throw Error(
        std::string(key) + ": " + problem + " (found: " + found + (wanted.empty() ? "" : "; expected: " + wanted) + ")",
        {ErrorKind::input, "", 0, key, problem, found, wanted, ""});
}

void bind_stop(nb::module_& module) {
    nb::class_<std::stop_source>(module, "Stop", "A request to stop that calls in other threads heed.")
        .def(nb::init<>())
        .def("request", [](std::stop_source& stop) { stop.request_stop(); })
        .def("heed", [](const std::stop_source& stop) { stop_of_thread() = stop.get_token(); });
}

void bind_errors(nb::module_&) {
    nb::register_exception_translator([](const std::exception_ptr& thrown, void*) {
        try {
            std::rethrow_exception(thrown);
        } catch (const Error& error) {
            const nb::object made =
                nb::module_::import_("detente.errors")
                    .attr("of_library")(static_cast<int>(error.kind()), error.what(), error.file(), error.line(),
                                        error.key(), error.problem(), error.found(), error.expected(), error.nearest());
            PyErr_SetObject(reinterpret_cast<PyObject*>(Py_TYPE(made.ptr())), made.ptr());
        }
    });
}

void bind_tables(nb::module_& module) {
    nb::class_<Table>(module, "Table", "Numbers with names along every dimension.")
        .def_prop_ro("name", &Table::name)
        .def_prop_ro("unit", &Table::unit)
        .def_prop_ro("empty", &Table::empty)
        .def_prop_ro("dimensions",
                     [](const Table& table) {
                         nb::list names;
                         for (const Dimension& dimension : table.dimensions()) names.append(dimension.name);
                         return nb::tuple(names);
                     })
        .def(
            "labels", [](const Table& table, std::size_t k) { return table.labels(k); }, nb::arg("dimension") = 0)
        .def_prop_ro(
            "array",
            [](const nb::handle self) {
                const Table& table = nb::cast<const Table&>(self);
                std::vector<std::size_t> shape;
                std::vector<std::int64_t> strides;
                for (const Dimension& dimension : table.dimensions()) {
                    shape.push_back(dimension.size());
                    strides.push_back(dimension.stride);
                }
                return nb::ndarray<nb::numpy, const double>(table.data().data(), shape.size(), shape.data(), self,
                                                            strides.data());
            },
            "The numbers where they lie, read-only.");
}

nb::dict certificate_of(const Certificate& c) {
    nb::dict out, blocks;
    for (const auto& [name, residual] : c.blocks) blocks[name.c_str()] = residual;
    out["converged"] = c.converged, out["residual"] = c.residual, out["blocks"] = blocks;
    out["walras"] = c.walras, out["dropped"] = c.dropped, out["passes"] = c.passes;
    out["path_steps"] = c.path_steps, out["seconds"] = c.seconds;
    out["closure"] = c.closure, out["numeraire"] = c.numeraire;
    return out;
}

std::vector<double> copied(const nb::object& array) {
    if (array.is_none()) return {};
    const auto numbers = nb::cast<Numbers>(array);
    return {numbers.data(), numbers.data() + numbers.size()};
}

}  // namespace detente::python

// Wheels have it twice: for any x86-64, and for x86-64-v3 (cmake/python.cmake).
NB_MODULE(DETENTE_PYTHON_MODULE, module) {
    using namespace detente::python;
    module.doc() = "The Détente library (include/detente).";
    module.attr("version") = std::string(detente::version());
    module.attr("instruction_set") = std::string(detente::instruction_set());
    bind_errors(module);
    bind_stop(module);
    bind_tables(module);
    bind_economy(module);
    bind_world(module);
    bind_strategy(module);
    bind_relation(module);
    bind_evidence(module);
    bind_study(module);
}
