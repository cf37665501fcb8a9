#include "policy/selection.h"

#include <algorithm>
#include <unordered_set>

#include "base/text.h"

namespace detente {
namespace {

std::vector<int> positions(const std::vector<char>& chosen) {
    std::vector<int> list;
    for (std::size_t i = 0; i < chosen.size(); ++i)
        if (chosen[i] != 0) list.push_back(static_cast<int>(i));
    return list;
}

// Marks what `name` stands for; false where it is no name of the set and no group of such.
bool mark(const IndexSet& set, const Groups& groups, const std::string& name, std::vector<char>& chosen) {
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

// Names of the same kind alone are likely slips: a group of sectors is none where regions are asked for.
[[noreturn]] void unknown(const IndexSet& set, const Groups& groups, const std::string& name, const Place& place,
                          const std::vector<std::string>& special) {
    std::vector<std::string> candidates = set.names();
    for (const auto& [group, members] : groups)
        if (std::all_of(members.begin(), members.end(), [&](const std::string& m) { return set.contains(m); }))
            candidates.push_back(group);
    candidates.insert(candidates.end(), special.begin(), special.end());
    const auto group = groups.find(name);
    if (group != groups.end())
        throw_input({place, "the group \"" + name + "\" is of another kind", "it has " + group->second.front(),
                     "a group of " + set.kind() + "s", ""});
    throw_unknown_name(place, set.kind(), name, candidates);
}

void refuse_empty(const std::vector<std::string>& names, const Place& place) {
    if (names.empty()) throw_input({place, "the list is empty", "[]", "a name, a list of names, or \"*\"", ""});
}

// `all`: what "*" stands for.
std::vector<int> sectors(const Economy& economy, const Groups& groups, const std::vector<std::string>& names,
                         const Place& place, const std::vector<char>& all) {
    refuse_empty(names, place);
    const std::vector<char> goods = tariff_sectors(economy);
    std::vector<char> chosen(goods.size(), 0);
    for (const std::string& name : names) {
        if (name == "goods" || name == "services") {
            const char wanted = name == "goods" ? 1 : 0;
            if (std::find(goods.begin(), goods.end(), wanted) == goods.end())
                throw_input({place,
                             has_goods(economy) ? "the economy has no services: all its sectors are goods"
                                                : "the economy marks no sector as goods or services",
                             '"' + name + '"', "names of sectors", ""});
            for (std::size_t s = 0; s < chosen.size(); ++s)
                if (goods[s] == wanted) chosen[s] = 1;
        } else if (name == "*") {
            for (std::size_t s = 0; s < chosen.size(); ++s)
                if (all[s] != 0) chosen[s] = 1;
        } else if (!mark(economy.sectors, groups, name, chosen)) {
            unknown(economy.sectors, groups, name, place, {"*", "goods", "services"});
        }
    }
    return positions(chosen);
}

}  // namespace

void check_group(const Economy& economy, const std::string& name, const std::vector<std::string>& members,
                 const Place& place) {
    // "players" and "sector" are words of instruments and of issues.
    static const std::unordered_set<std::string> words = {"*", "goods", "services", "players", "sector", ""};
    const auto taken = [&](const std::string& by) {
        throw_input({place, "a group cannot have this name, which is " + by, '"' + name + '"', "another name", ""});
    };
    if (words.count(name) > 0) taken("a word of the study file");
    if (clean_name(name, "group", place) != name)
        throw_input({place, "a group's name has blanks around it", '"' + name + '"', "none", ""});
    if (economy.regions.contains(name)) taken("that of a region");
    if (economy.sectors.contains(name)) taken("that of a sector");
    if (members.empty()) throw_input({place, "the group is empty", "[]", "at least one region or sector", ""});
    std::unordered_set<std::string> seen;
    bool regions = true, sectors = true;
    for (const std::string& member : members) {
        const bool region = economy.regions.contains(member), sector = economy.sectors.contains(member);
        if (!region && !sector) {
            std::vector<std::string> candidates = economy.regions.names();
            candidates.insert(candidates.end(), economy.sectors.names().begin(), economy.sectors.names().end());
            throw_unknown_name(place, "region or sector", member, candidates);
        }
        if (!seen.insert(std::string(trimmed(member))).second)
            throw_input({place, "a member stands twice", '"' + member + '"', "each name once", ""});
        regions = regions && region, sectors = sectors && sector;
        if (!regions && !sectors)
            throw_input({place, "a group is of regions or of sectors, not of both", '"' + member + '"',
                         region ? "sectors, as the names before it" : "regions, as the names before it", ""});
    }
}

std::vector<int> select_regions(const Economy& economy, const Groups& groups, const std::vector<std::string>& names,
                                const Place& place) {
    refuse_empty(names, place);
    std::vector<char> chosen(static_cast<std::size_t>(economy.n_regions()), 0);
    for (const std::string& name : names) {
        if (name == "*")
            chosen.assign(chosen.size(), 1);
        else if (!mark(economy.regions, groups, name, chosen))
            unknown(economy.regions, groups, name, place, {"*"});
    }
    return positions(chosen);
}

std::vector<int> select_sectors(const Economy& economy, const Groups& groups, const std::vector<std::string>& names,
                                const Place& place) {
    return sectors(economy, groups, names, place, std::vector<char>(economy.goods.size(), 1));
}

std::vector<int> select_tariff_sectors(const Economy& economy, const Groups& groups,
                                       const std::vector<std::string>& names, const Place& place) {
    return sectors(economy, groups, names, place, tariff_sectors(economy));
}

}  // namespace detente
