// Economies by name: a user's catalogue as the engine's.
#pragma once

#include "detente/economy.h"
#include "economy/catalogue.h"

namespace detente::library {

/// The same catalogue for the engine. Folders must be there: their absence is a file error when a name is looked for.
Catalogue engine(const v1::Catalogue& catalogue);

}  // namespace detente::library
