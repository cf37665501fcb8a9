#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "questions/question_reader.h"

namespace detente {
namespace {

std::vector<Player> read_governments(TomlReader& block, const Study& study, const std::vector<int>& players) {
    const std::vector<double> relative = by_player(block, "relative_gains", study, players, 0.0);
    std::vector<Player> list;
    for (std::size_t p = 0; p < players.size(); ++p) {
        Player player;
        player.objective.region = players[p];
        player.objective.political_weight = read_weights(block, study, players[p]);
        player.objective.relative_gains = checked_relative_gains(relative[p], block.place("relative_gains"));
        for (const int rival : players)
            if (rival != players[p] && player.objective.relative_gains > 0.0) player.objective.rivals.push_back(rival);
        player.instruments = read_instruments(block, study, players[p], players, false);
        list.push_back(player);
    }
    return list;
}

OptimalQuestion read_optimal(TomlReader block, const Study& study, QuestionNames& names) {
    OptimalQuestion q;
    read_head(block, names, q);
    const int region = study.economy.regions.at(block.text("player"), block.place("player"));
    q.player.objective.region = region;
    q.player.objective.political_weight = read_weights(block, study, region);
    const auto rho = block.optional_number("relative_gains");
    q.player.objective.relative_gains = checked_relative_gains(rho.value_or(0.0), block.place("relative_gains"));
    for (const std::string& rival : block.names("rival"))
        q.player.objective.rivals.push_back(study.economy.regions.at(rival, block.place("rival")));
    for (const int rival : q.player.objective.rivals)
        if (rival == region) throw_input(block.place("rival"), "a government is not its own rival");
    if (q.player.objective.relative_gains == 0.0 && !q.player.objective.rivals.empty())
        throw_input(block.place("rival"), "a rival counts only with relative_gains above 0");
    if (q.player.objective.relative_gains > 0.0 && q.player.objective.rivals.empty())
        throw_input(block.place("relative_gains"), "relative gains need a rival: rival = \"...\"");
    q.player.instruments =
        read_instruments(block, study, region, q.player.objective.rivals, block.flag("reciprocated", false));
    q.starts = whole(block, "starts", q.starts, 1, 100);
    block.finish();
    return q;
}

NashQuestion read_nash(TomlReader block, const Study& study, QuestionNames& names) {
    NashQuestion q;
    read_head(block, names, q);
    q.players = read_governments(block, study, read_players(block, study, 2));
    q.starts = whole(block, "starts", q.starts, 1, 100);
    q.deviations = whole(block, "deviations", q.deviations, 5, 100);
    block.finish();
    return q;
}

// The closure under which the scenario or earlier question `name` is solved.
Closure closure_in_force(const Study& study, const Questions& before, std::string name) {
    for (std::vector<std::string> up = references(before, name); !up.empty(); up = references(before, name))
        name = up.front();
    std::unordered_map<std::string, const Scenario*> scenarios;
    for (const Scenario& s : study.scenarios) scenarios[s.name] = &s;
    while (name != "base") {
        const Scenario& s = *scenarios.at(name);
        if (s.closure) return *s.closure;
        name = s.from;
    }
    return study.model.closure;
}

TalksQuestion read_talks(TomlReader block, const Study& study, QuestionNames& names, const Questions& before) {
    const std::vector<NashQuestion>& wars = before.nash;
    TalksQuestion q;
    // Without words of its own the talks are about what the war that threatens is about.
    const std::string threat = block.optional_text("threat").value_or("base");
    const auto war = std::find_if(wars.begin(), wars.end(), [&](const NashQuestion& w) { return w.name == threat; });
    q.threat = names.known(block, "threat", "base");
    read_head(block, names, q);
    if (war != wars.end() && !block.has("from")) q.from = war->from;
    const std::vector<int> players = read_players(block, study, 2);
    const bool own_lines = block.has("instruments") || block.has("bounds");
    q.players = read_governments(block, study, players);
    if (war != wars.end() && !own_lines) {
        for (Player& player : q.players)
            for (const Player& fighter : war->players)
                if (fighter.objective.region == player.objective.region) player.instruments = fighter.instruments;
    }
    // What a government wants does not change between the war and the talks unless the study says so.
    if (war != wars.end() && !block.has("relative_gains") && !block.has("political_weights"))
        for (Player& player : q.players)
            for (const Player& fighter : war->players)
                if (fighter.objective.region == player.objective.region) player.objective = fighter.objective;
    std::vector<std::string> methods = talks_method_names();
    methods.push_back("frontier");
    const std::string method = block.choice("method", methods, "nash_bargaining");
    q.frontier_only = method == "frontier";
    if (!q.frontier_only)
        q.method = static_cast<TalksMethod>(std::find(methods.begin(), methods.end(), method) - methods.begin());
    q.power = by_player(block, "power", study, players, 1.0);
    for (const double b : q.power)
        if (!(b > 0.0))
            throw_input({block.place("power"), "out of range", fmt::format("{:g}", b), "a positive number", ""});
    if (block.has("power") && (q.frontier_only || q.method != TalksMethod::nash_bargaining))
        throw_input(block.place("power"), "bargaining powers belong to method = \"nash_bargaining\"");
    q.transfers = block.flag("transfers", false);
    if (q.transfers && closure_in_force(study, before, q.from) == Closure::world_share)
        throw_input(block.place("transfers"), "transfers between players need closure \"fixed\" or \"balanced\"");
    q.frontier = whole(block, "frontier", players.size() == 2 ? 21 : 0, 0, 1000);
    if (q.frontier > 0 && players.size() != 2) throw_input(block.place("frontier"), "a frontier needs two players");
    if (q.frontier == 1 || (q.frontier_only && q.frontier < 2))
        throw_input({block.place("frontier"), "too few points", std::to_string(q.frontier), "2 or more", ""});
    if (!q.frontier_only && q.method == TalksMethod::kalai_smorodinsky && players.size() != 2)
        throw_input(block.place("method"), "kalai_smorodinsky is for two players");
    block.finish();
    return q;
}

// Issues by sector or by named groups of sectors; `sides = "each"` settles the two directions of trade apart.
std::vector<TariffIssue> read_issues(TomlReader& block, const Study& study, const std::vector<int>& players) {
    std::vector<std::pair<std::string, std::vector<int>>> subjects;
    const std::vector<std::string> names = block.names("issues", {"sector"});
    if (names == std::vector<std::string>{"sector"}) {
        for (const int s : select_tariff_sectors(study.economy, study.groups, block.names("sector", {"goods"}),
                                                 block.place("sector")))
            subjects.push_back({study.economy.sectors[s], {s}});
    } else {
        for (const std::string& name : names)
            subjects.push_back(
                {name, select_tariff_sectors(study.economy, study.groups, {name}, block.place("issues"))});
    }
    const bool apart = block.choice("sides", {"both", "each"}, "both") == "each";
    std::vector<TariffIssue> issues;
    for (const auto& [name, sectors] : subjects) {
        TariffIssue both{name, {}};
        for (const int j : players) {
            TariffIssue one{name + ", into " + study.economy.regions[j], {}};
            for (const int i : players)
                for (const int s : sectors)
                    if (i != j && study.economy.trade(i, j, s) > 0.0) one.lines.push_back({i, j, s});
            if (apart && !one.lines.empty()) issues.push_back(one);
            both.lines.insert(both.lines.end(), one.lines.begin(), one.lines.end());
        }
        if (!apart && !both.lines.empty()) issues.push_back(both);
    }
    if (subjects.empty()) throw_input(block.place("issues"), "there are no issues");
    if (issues.empty()) throw_input(block.place("issues"), "the players trade nothing on these issues");
    std::vector<int> seen;
    for (const auto& [name, sectors] : subjects) {
        for (const int s : sectors) {
            if (std::find(seen.begin(), seen.end(), s) != seen.end())
                throw_input(block.place("issues"), study.economy.sectors[s] + " belongs to two issues");
            seen.push_back(s);
        }
    }
    return issues;
}

CommonGroundQuestion read_common_ground(TomlReader block, const Study& study, QuestionNames& names) {
    CommonGroundQuestion q;
    q.settlement = names.known(block, "settlement", "base");
    read_head(block, names, q);
    if (q.settlement == q.from)
        throw_input(block.place("settlement"),
                    "there is nothing to settle: it is what is in force, \"" + q.from + "\"");
    const std::vector<int> players = read_players(block, study, 2);
    for (const int j : players) q.players.push_back(Objective{j, read_weights(block, study, j), 0.0, {}});
    q.issues = read_issues(block, study, players);
    const std::string goal = block.choice("goal", {"nash_product", "most_issues"}, "nash_product");
    q.options.goal =
        goal == "most_issues" ? CommonGroundOptions::Goal::most_issues : CommonGroundOptions::Goal::nash_product;
    q.options.power = by_player(block, "power", study, players, 1.0);
    if (block.flag("exact", false)) {
        constexpr int most = 24;  // beyond, there are more subsets than a day has equilibria
        if (static_cast<int>(q.issues.size()) > most)
            throw_input({block.place("exact"), "too many issues to try every subset", std::to_string(q.issues.size()),
                         fmt::format("at most {}", most), ""});
        q.options.enumerate = most;
    }
    block.finish();
    return q;
}

ShapeQuestion read_game(TomlReader block, const Study& study, QuestionNames& names) {
    ShapeQuestion q;
    read_head(block, names, q);
    q.players = read_players(block, study, 2);
    if (q.players.size() != 2)
        throw_input({block.place("players"), "a game has two players", std::to_string(q.players.size()), "two", ""});
    for (const char* key : {"cooperate", "war"})
        if (!block.has(key)) throw_input({block.place(key), "missing", "", "the name of a scenario or question", ""});
    q.cooperate = names.known(block, "cooperate", "base");
    q.war = names.known(block, "war", "base");
    if (q.cooperate == q.war) throw_input(block.place("war"), "cooperate and war are the same policy");
    q.policies = block.names("policies", {q.cooperate, q.war});
    for (std::size_t k = 0; k < q.policies.size(); ++k) {
        names.check(q.policies[k], block.place("policies"));
        if (std::find(q.policies.begin(), q.policies.begin() + static_cast<std::ptrdiff_t>(k), q.policies[k]) !=
            q.policies.begin() + static_cast<std::ptrdiff_t>(k))
            throw_input(block.place("policies"), "the policy \"" + q.policies[k] + "\" stands twice");
    }
    for (const auto& [key, role] : {std::pair{"cooperate", &q.cooperate}, std::pair{"war", &q.war}})
        if (std::find(q.policies.begin(), q.policies.end(), *role) == q.policies.end())
            throw_unknown_name(block.place(key), "policy", *role, q.policies);
    q.steps = read_steps(block, q.policies.size());
    block.finish();
    return q;
}

}  // namespace

std::vector<std::string> question_names(const Questions& questions) {
    std::vector<std::string> names;
    for (const auto& q : questions.optimal) names.push_back(q.name);
    for (const auto& q : questions.nash) names.push_back(q.name);
    for (const auto& q : questions.talks) names.push_back(q.name);
    for (const auto& q : questions.common_ground) names.push_back(q.name);
    for (const auto& q : questions.game) names.push_back(q.name);
    return names;
}

std::vector<std::string> references(const Questions& questions, const std::string& name) {
    for (const auto& q : questions.optimal)
        if (q.name == name) return {q.from};
    for (const auto& q : questions.nash)
        if (q.name == name) return {q.from};
    for (const auto& q : questions.talks)
        if (q.name == name) return {q.from, q.threat};
    for (const auto& q : questions.common_ground)
        if (q.name == name) return {q.from, q.settlement};
    for (const auto& q : questions.game) {
        if (q.name != name) continue;
        std::vector<std::string> list = q.policies;
        list.push_back(q.from);
        return list;
    }
    return {};
}

Questions read_questions(TomlReader& root, const Study& study) {
    Questions questions;
    QuestionNames names(study);
    for (const TomlReader& block : root.tables("optimal"))
        questions.optimal.push_back(read_optimal(block, study, names));
    for (const TomlReader& block : root.tables("nash")) questions.nash.push_back(read_nash(block, study, names));
    for (const TomlReader& block : root.tables("talks"))
        questions.talks.push_back(read_talks(block, study, names, questions));
    for (const TomlReader& block : root.tables("common_ground"))
        questions.common_ground.push_back(read_common_ground(block, study, names));
    for (const TomlReader& block : root.tables("game")) questions.game.push_back(read_game(block, study, names));
    return questions;
}

}  // namespace detente
