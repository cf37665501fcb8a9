// Economies by name, from the folders that a caller names.
#pragma once

#include "detente/economy.h"
#include "economy/catalogue.h"

namespace detente::library {

/// The same catalogue for the engine; shares the economies that are in memory. Folders must be there when they are
/// asked.
Catalogue engine(const v1::Catalogue& catalogue);

}  // namespace detente::library
