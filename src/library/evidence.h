// Schedules of tariffs as calls name them.
#pragma once

#include <string>

#include "economy/catalogue.h"

namespace detente::library {

/// A schedule by its name in the catalogue, or by the path of a CSV (with a slash in it, or the ending .csv). Throws
/// with the nearest name at `place`.
TariffSchedule schedule_of(const std::string& name_or_path, const Catalogue& catalogue, const Place& place);

}  // namespace detente::library
