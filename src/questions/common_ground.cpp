// [[common_ground]]: which issues to settle, given how the others are.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "questions/common_ground.h"
#include "questions/governments.h"
#include "questions/rows.h"
#include "reading/question_reader.h"
#include "report/words.h"

namespace detente {
namespace {

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

CommonGroundQuestion read_common_ground(TomlReader& block, QuestionReading& reading) {
    const Study& study = reading.study();
    CommonGroundQuestion q;
    q.settlement = reading.outcome(block, "settlement", "base");
    q.from = reading.outcome(block, "from", "base");
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
    return q;
}

void answer(const StudyResult& run, const RunOptions& options, CommonGroundAnswer& a) {
    const CommonGroundQuestion& q = a.question;
    const Shock status_quo = shock_at(run, q.from), settled = shock_at(run, q.settlement);
    CommonGroundOptions how = q.options;
    how.solver = solver_options(run.study, options);
    how.threads = options.threads;
    a.ground = common_ground(run.base.world, status_quo, settled.tariff, q.issues, q.players, how);
    settle(a, a.ground.shock, a.ground.equilibrium);
    std::vector<std::string> in, out;
    for (std::size_t k = 0; k < q.issues.size(); ++k) (a.ground.settled[k] != 0 ? in : out).push_back(q.issues[k].name);
    if (!a.ground.found) {
        a.words.push_back(fmt::format(
            "{} of the {} issues makes every side better off than {} when it is settled as under {}{}.",
            a.ground.proved ? "No subset" : "No subset was found", q.issues.size(), outcome_in_words(q.from),
            outcome_in_words(q.settlement), a.ground.proved ? "" : ", by a search that is not exhaustive"));
        return;
    }
    a.words.push_back(fmt::format("{}, with the rest as under {}: {} of {} issues ({}){}.",
                                  a.ground.proved ? "Best to settle" : "The best found to settle",
                                  outcome_in_words(q.from), in.size(), q.issues.size(), fmt::join(in, "; "),
                                  out.empty() ? "" : fmt::format("; left aside: {}", fmt::join(out, "; "))));
    std::vector<int> players;
    for (const Objective& o : q.players) players.push_back(o.region);
    const auto more = gains_in_words(run, a.outcome, need_outcome(run, q.from), players);
    a.words.insert(a.words.end(), more.begin(), more.end());
}

Json json(const StudyResult& run, const CommonGroundAnswer& a) {
    Json out = answer_json(run, a);
    const World& w = run.base.world;
    const CommonGroundQuestion& q = a.question;
    out["settlement"] = q.settlement;
    out["goal"] = q.options.goal == CommonGroundOptions::Goal::most_issues ? "most_issues" : "nash_product";
    for (std::size_t p = 0; p < q.players.size(); ++p) {
        Json wants;
        add_objective(run, q.players[p], wants);
        const std::string& player = w.regions[q.players[p].region];
        out["power"][player] = q.options.power[p];
        if (wants.contains("political_weights")) out["political_weights"][player] = wants["political_weights"];
    }
    if (!a.outcome.answered) return out;
    out["found"] = a.ground.found;
    const auto by_player = [&](const std::vector<double>& utility) {
        Json row = Json::object();
        for (std::size_t p = 0; p < q.players.size(); ++p) row[w.regions[q.players[p].region]] = percent_of(utility[p]);
        return row;
    };
    for (std::size_t k = 0; k < q.issues.size(); ++k)
        out["issues"].push_back({{"name", q.issues[k].name},
                                 {"settled", a.ground.settled[k] != 0},
                                 {"alone_utility_percent", by_player(a.ground.alone[k])}});
    out["status_quo_utility_percent"] = by_player(a.ground.status_quo);
    out["utility_percent"] = by_player(a.ground.utility);
    out["all_utility_percent"] = by_player(a.ground.all);
    out["equilibrium_certificate"] = out["certificate"];
    out["certificate"] = {{"method", a.ground.method},
                          {"proved", a.ground.proved},
                          {"equilibria", a.ground.equilibria},
                          {"relaxed_gain_percent", 100.0 * a.ground.relaxed_gain},
                          {"seconds", a.ground.seconds}};
    return out;
}

std::string text(const StudyResult& run, const CommonGroundAnswer& a) {
    std::string out = wrapped(a.words);
    for (std::size_t p = 0; p < a.question.players.size(); ++p)
        out += fmt::format("  {:<12} as it is {:+.4f} %, best subset {:+.4f} %, everything settled {:+.4f} %\n",
                           run.base.world.regions[a.question.players[p].region], percent_of(a.ground.status_quo[p]),
                           percent_of(a.ground.utility[p]), percent_of(a.ground.all[p]));
    return out + fmt::format("  certificate: {} over {} issues, {} equilibria, {:.1f} ms\n", a.ground.method,
                             a.question.issues.size(), a.ground.equilibria, 1e3 * a.ground.seconds);
}

}  // namespace

QuestionKind common_ground_row() {
    return question_kind<CommonGroundQuestion, CommonGroundAnswer>(
        {"common_ground", read_common_ground, answer, json, text});
}

}  // namespace detente
