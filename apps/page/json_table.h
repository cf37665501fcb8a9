// JSON as a table of TOML: what a page asks is read by the readers of studies, with their keys and their errors.
#pragma once

#include <toml++/toml.h>
#include <string>

namespace detente::page {

/// The object that `text` holds; `what` is what errors call it. Throws an input error where it is no JSON, no object,
/// or has a null, which TOML has not.
toml::table json_table(const std::string& text, const std::string& what);

}  // namespace detente::page
