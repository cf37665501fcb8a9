#include "strategy/common_ground.h"

#include <algorithm>

#include "base/threads.h"
#include "detente/strategy.h"
#include "library/boundary.h"
#include "library/governments.h"
#include "library/handles.h"
#include "library/policy.h"
#include "library/solver.h"
#include "policy/selection.h"

namespace detente {
namespace library {
namespace {

using Subject = std::pair<std::string, std::vector<int>>;

std::vector<int> players_by_name(const Economy& economy, const std::vector<std::string>& names) {
    std::vector<int> players;
    for (const std::string& name : names) {
        const int player = economy.regions.at(name, {"", 0, "players"});
        if (std::find(players.begin(), players.end(), player) != players.end())
            throw_input(Place{"", 0, "players"}, "the player \"" + name + "\" stands twice");
        players.push_back(player);
    }
    if (players.size() < 2)
        throw_input({{"", 0, "players"}, "too few players", std::to_string(players.size()), "at least 2", ""});
    return players;
}

std::vector<Subject> subjects_of(const Economy& economy, const Groups& groups, const std::vector<v1::Issue>& issues) {
    const Place place{"", 0, "issues"};
    std::vector<Subject> subjects;
    if (issues.empty())
        for (const int s : select_tariff_sectors(economy, groups, {"goods"}, place))
            subjects.push_back({economy.sectors[s], {s}});
    for (const v1::Issue& issue : issues)
        subjects.push_back({issue.name, select_tariff_sectors(economy, groups, issue.sector, place)});
    std::vector<char> seen(static_cast<std::size_t>(economy.n_sectors()), 0);
    for (const auto& [name, sectors] : subjects)
        for (const int s : sectors) {
            if (seen[static_cast<std::size_t>(s)] != 0)
                throw_input(place, economy.sectors[s] + " belongs to two issues");
            seen[static_cast<std::size_t>(s)] = 1;
        }
    return subjects;
}

// The lines into player j; a line without trade is no issue.
TariffIssue into(const Economy& economy, const Subject& subject, const std::vector<int>& players, int j) {
    TariffIssue one{subject.first + ", into " + economy.regions[j], {}};
    for (const int i : players)
        for (const int s : subject.second)
            if (i != j && economy.trade(i, j, s) > 0.0) one.lines.push_back({i, j, s});
    return one;
}

std::vector<TariffIssue> issues_of(const Economy& economy, const std::vector<Subject>& subjects,
                                   const std::vector<int>& players, bool apart) {
    std::vector<TariffIssue> issues;
    for (const Subject& subject : subjects) {
        TariffIssue both{subject.first, {}};
        for (const int j : players) {
            TariffIssue one = into(economy, subject, players, j);
            both.lines.insert(both.lines.end(), one.lines.begin(), one.lines.end());
            if (apart && !one.lines.empty()) issues.push_back(std::move(one));
        }
        if (!apart && !both.lines.empty()) issues.push_back(std::move(both));
    }
    if (issues.empty()) throw_input(Place{"", 0, "issues"}, "the players trade nothing on these issues");
    return issues;
}

bool chosen(const std::string& word, const std::vector<std::string>& words, const char* key) {
    if (std::find(words.begin(), words.end(), word) == words.end())
        throw_unknown_name(Place{"", 0, key}, key, word, words);
    return word == words[1];
}

CommonGroundOptions search_of(const v1::CommonGroundOptions& options, std::size_t players, std::size_t issues) {
    CommonGroundOptions how;
    if (chosen(options.goal, {"nash_product", "most_issues"}, "goal"))
        how.goal = CommonGroundOptions::Goal::most_issues;
    if (!options.power.empty() && options.power.size() != players)
        throw_input({{"", 0, "power"},
                     "not a power for every player",
                     std::to_string(options.power.size()),
                     std::to_string(players),
                     ""});
    for (const double power : options.power)
        if (!(power > 0.0)) throw_input(Place{"", 0, "power"}, "a bargaining power is not positive");
    how.power = options.power;
    if (options.exact) {
        constexpr std::size_t most = 24;
        if (issues > most)
            throw_input(
                {{"", 0, "exact"}, "too many issues to try every subset", std::to_string(issues), "at most 24", ""});
        how.enumerate = static_cast<int>(most);
    }
    how.threads = usable_threads(options.threads);
    how.solver.job = job_of(options.job);
    return how;
}

v1::CommonGround ground_of(const v1::World& world, const std::vector<std::string>& players, const v1::Policy& from,
                           const std::vector<TariffIssue>& issues, CommonGround found) {
    std::vector<v1::SettledIssue> list;
    for (std::size_t k = 0; k < issues.size(); ++k)
        list.push_back({issues[k].name, found.settled[k] != 0, found.alone[k]});
    v1::Policy policy = with_result(from, found.shock);
    return {std::move(policy), equilibrium_handle(world, std::move(found.shock), std::move(found.equilibrium)),
            players,           std::move(list),
            found.found,       found.proved,
            found.method,      found.status_quo,
            found.utility,     found.all,
            found.equilibria};
}

}  // namespace
}  // namespace library

namespace v1 {
using namespace library;

CommonGround common_ground(const World& world, const std::vector<std::string>& players, const Equilibrium& settlement,
                           const Policy& from, const CommonGroundOptions& options) {
    return guarded([&] {
        const detente::Economy& economy = engine(world.economy());
        require_same_world(world, settlement, "settlement");
        const std::vector<int> regions = players_by_name(economy, players);
        const bool apart = chosen(options.sides, {"both", "each"}, "sides");
        const std::vector<TariffIssue> issues =
            issues_of(economy, subjects_of(economy, groups_of(economy, from), options.issues), regions, apart);
        std::vector<Objective> objectives;
        for (const int j : regions) objectives.push_back(Objective{j, {}, 0.0, {}});
        detente::CommonGround found =
            detente::common_ground(engine(world), library::shock_of(world, from), library::shock_of(settlement).tariff,
                                   issues, objectives, search_of(options, players.size(), issues.size()));
        return ground_of(world, players, from, issues, std::move(found));
    });
}

}  // namespace v1
}  // namespace detente
