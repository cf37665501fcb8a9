#include "policy/selection.h"

namespace detente {
namespace {

std::vector<int> positions(const std::vector<char>& chosen) {
    std::vector<int> list;
    for (std::size_t i = 0; i < chosen.size(); ++i)
        if (chosen[i] != 0) list.push_back(static_cast<int>(i));
    return list;
}

// Marks what `name` stands for; false where it is none of the known kinds of name.
bool mark(const IndexSet& set, const Groups& groups, const std::string& name, std::vector<char>& chosen) {
    if (name == "*") {
        chosen.assign(chosen.size(), 1);
        return true;
    }
    if (set.contains(name)) {
        chosen[static_cast<std::size_t>(set.at(name))] = 1;
        return true;
    }
    const auto group = groups.find(name);
    if (group == groups.end()) return false;
    for (const std::string& member : group->second) {
        if (!set.contains(member)) return false;
        chosen[static_cast<std::size_t>(set.at(member))] = 1;
    }
    return true;
}

[[noreturn]] void unknown(const IndexSet& set, const Groups& groups, const std::string& name, const Place& place,
                          const std::vector<std::string>& special) {
    std::vector<std::string> candidates = set.names();
    for (const auto& [group, members] : groups) candidates.push_back(group);
    candidates.insert(candidates.end(), special.begin(), special.end());
    throw_unknown_name(place, set.kind(), name, candidates);
}

}  // namespace

std::vector<int> select_regions(const Economy& economy, const Groups& groups, const std::vector<std::string>& names,
                                const Place& place) {
    std::vector<char> chosen(static_cast<std::size_t>(economy.n_regions()), 0);
    for (const std::string& name : names)
        if (!mark(economy.regions, groups, name, chosen)) unknown(economy.regions, groups, name, place, {"*"});
    return positions(chosen);
}

std::vector<int> select_sectors(const Economy& economy, const Groups& groups, const std::vector<std::string>& names,
                                const Place& place) {
    std::vector<char> chosen(static_cast<std::size_t>(economy.n_sectors()), 0);
    for (const std::string& name : names) {
        if (name == "goods" || name == "services") {
            for (std::size_t s = 0; s < chosen.size(); ++s)
                if ((economy.goods[s] != 0) == (name == "goods")) chosen[s] = 1;
        } else if (!mark(economy.sectors, groups, name, chosen)) {
            unknown(economy.sectors, groups, name, place, {"*", "goods", "services"});
        }
    }
    return positions(chosen);
}

}  // namespace detente
