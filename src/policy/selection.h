// Names in a study to positions in an economy: a name, a list, "*", a group, "goods" or "services".
#pragma once

#include <map>
#include <string>
#include <vector>

#include "economy/economy.h"

namespace detente {

/// Groups of regions or sectors that a study defines: name -> member names.
using Groups = std::map<std::string, std::vector<std::string>>;

/// Throws where `name` cannot name a group, for it means something else already: a region, a sector, or a word of the
/// study file; and where the members are none, one of them twice, or not all regions or all sectors.
void check_group(const Economy& economy, const std::string& name, const std::vector<std::string>& members,
                 const Place& place);

/// Positions of the regions that `names` stand for, each once, in the economy's order. Throws with the nearest name,
/// and for an empty list.
std::vector<int> select_regions(const Economy& economy, const Groups& groups, const std::vector<std::string>& names,
                                const Place& place);
/// The same for sectors, with "goods" and "services" by the economy's flag; "*" is every sector.
std::vector<int> select_sectors(const Economy& economy, const Groups& groups, const std::vector<std::string>& names,
                                const Place& place);
/// The same for the sectors of a tariff: "*" is where tariffs can apply (`tariff_sectors`); services must be named.
std::vector<int> select_tariff_sectors(const Economy& economy, const Groups& groups,
                                       const std::vector<std::string>& names, const Place& place);

}  // namespace detente
