// Names in a study to positions in an economy: a name, a list, "*", a group, "goods" or "services".
#pragma once

#include <map>
#include <string>
#include <vector>

#include "economy/economy.h"

namespace detente {

/// Groups of regions or sectors that a study defines: name -> member names.
using Groups = std::map<std::string, std::vector<std::string>>;

/// Positions of the regions that `names` stand for, each once, in the economy's order. Throws with the nearest name.
std::vector<int> select_regions(const Economy& economy, const Groups& groups, const std::vector<std::string>& names,
                                const Place& place);
/// The same for sectors, with "goods" and "services" by the economy's flag.
std::vector<int> select_sectors(const Economy& economy, const Groups& groups, const std::vector<std::string>& names,
                                const Place& place);

}  // namespace detente
