// The parts of the module, and what they share.
#pragma once

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>
#include <nanobind/stl/map.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>
#include "detente/detente.h"

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <typeinfo>
#include <vector>

namespace detente::python {
namespace nb = nanobind;

/// Numbers of an array in memory, row-major, that the call reads and keeps no longer.
using Numbers = nb::ndarray<const double, nb::c_contig, nb::device::cpu>;

/// Requests to stop.
void bind_stop(nb::module_& module);
/// Errors of the library as exceptions of `detente.errors`.
void bind_errors(nb::module_& module);
/// Tables: numbers where they lie, read-only, with names.
void bind_tables(nb::module_& module);
/// Economies, and where they are looked for.
void bind_economy(nb::module_& module);
/// Worlds, policies, equilibria and gradients.
void bind_world(nb::module_& module);
/// Governments: optimal tariffs, wars, talks, common ground.
void bind_strategy(nb::module_& module);
/// Games and tournaments.
void bind_relation(nb::module_& module);
/// Elasticities, schedules, validation, ledgers.
void bind_evidence(nb::module_& module);
/// Studies.
void bind_study(nb::module_& module);

/// What a value is for a person; "" for what has no short name.
template <class Value>
constexpr const char* kind_of() {
    if constexpr (std::is_same_v<Value, bool>) return "True or False";
    if constexpr (std::is_integral_v<Value> || std::is_same_v<Value, std::optional<int>>) return "a whole number";
    if constexpr (std::is_floating_point_v<Value> || std::is_same_v<Value, std::optional<double>>) return "a number";
    if constexpr (std::is_same_v<Value, std::string>) return "a text";
    if constexpr (std::is_same_v<Value, std::vector<std::string>>) return "a list of names";
    return "";
}

/// Throws the input error for an argument of another type than the one expected.
[[noreturn]] void throw_other_type(const char* key, const nb::object& value, const char* expected);

/// The entry of a dictionary where it has one that is not None, else `otherwise`. Throws an input error that names the
/// key where it is of another type; True and False are no numbers.
template <class Value>
Value entry(const nb::dict& dict, const char* key, Value otherwise) {
    if (!dict.contains(key)) return otherwise;
    const nb::object value = dict[key];
    if (value.is_none()) return otherwise;
    const std::string_view kind = kind_of<Value>();
    if (kind.ends_with("number") && nb::isinstance<nb::bool_>(value)) throw_other_type(key, value, kind_of<Value>());
    try {
        return nb::cast<Value>(value);
    } catch (const std::bad_cast&) {
        throw_other_type(key, value, kind_of<Value>());
    }
}

/// Sets `field` to the entry of a dictionary where it has one that is not None.
template <class Value>
void take(const nb::dict& dict, const char* key, Value& field) {
    field = entry<Value>(dict, key, std::move(field));
}

/// A certificate as a dictionary.
nb::dict certificate_of(const Certificate& certificate);
/// The numbers of an array, copied; empty for None.
std::vector<double> copied(const nb::object& array);

}  // namespace detente::python
