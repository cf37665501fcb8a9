// Economies by name, from the folders that a caller names.
#pragma once

#include <string>
#include <vector>

#include "detente/economy.h"
#include "economy/economy.h"

namespace detente::library {

/// Names of the economies in the folders, sorted, each once.
std::vector<std::string> economies_of(const v1::Catalogue& catalogue);
/// By name, or from a NetCDF file where `name_or_path` is a path.
Economy load_from(const v1::Catalogue& catalogue, const std::string& name_or_path);

}  // namespace detente::library
