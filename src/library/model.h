// A model by name, with its options by name.
#pragma once

#include <string>

#include "detente/world.h"
#include "equilibrium/model.h"

namespace detente::library {

/// The engine's options. Throws an input error for names that are unknown or belong to another model, and for values
/// out of range.
ModelOptions options_of(const v1::Model& model, const Economy& economy);

/// A closure by its name; throws with the nearest.
Closure closure_named(const std::string& name, const Place& place = {"", 0, "closure"});

}  // namespace detente::library
