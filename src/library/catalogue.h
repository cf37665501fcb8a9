// Economies by name, from the folders that a caller names.
#pragma once

#include <string>
#include <vector>

#include "detente/economy.h"
#include "economy/economy.h"

namespace detente::library {

/// Names of the economies of a catalogue, sorted, each once. Throws a file error where a folder cannot be read.
std::vector<std::string> economies_of(const v1::Catalogue& catalogue);
/// By name, or from a NetCDF file where `name_or_path` is a path. Throws with the nearest name where there is none.
Economy load_from(const v1::Catalogue& catalogue, const std::string& name_or_path);

}  // namespace detente::library
