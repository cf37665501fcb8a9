#include "json_table.h"

#include <nlohmann/json.hpp>

#include "base/error.h"

namespace detente::page {
namespace {

using JsonValue = nlohmann::json;

toml::table table_of(const JsonValue& object, const std::string& what);
toml::array list_of(const JsonValue& list, const std::string& what);

// Calls `put` with the value as TOML has it.
template <class Put>
void convert(const JsonValue& value, const std::string& what, const Put& put) {
    if (value.is_string()) return put(value.get<std::string>());
    if (value.is_boolean()) return put(value.get<bool>());
    if (value.is_number_integer()) return put(value.get<std::int64_t>());
    if (value.is_number()) return put(value.get<double>());
    if (value.is_object()) return put(table_of(value, what));
    if (value.is_array()) return put(list_of(value, what));
    throw_input({Place{what, 0, ""}, "a null is no value", "", "a value, or no key at all", ""});
}

toml::array list_of(const JsonValue& list, const std::string& what) {
    toml::array out;
    for (const JsonValue& entry : list) convert(entry, what, [&](auto item) { out.push_back(std::move(item)); });
    return out;
}

toml::table table_of(const JsonValue& object, const std::string& what) {
    toml::table table;
    for (const auto& [key, value] : object.items())
        convert(value, what, [&, name = key](auto item) { table.insert_or_assign(name, std::move(item)); });
    return table;
}

}  // namespace

toml::table json_table(const std::string& text, const std::string& what) {
    JsonValue object;
    try {
        object = JsonValue::parse(text);
    } catch (const JsonValue::exception& error) {
        throw_input({Place{what, 0, ""}, "not JSON", error.what(), "an object", ""});
    }
    if (!object.is_object()) throw_input({Place{what, 0, ""}, "not what is asked for", shown(text), "an object", ""});
    return table_of(object, what);
}

}  // namespace detente::page
