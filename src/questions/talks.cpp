// [[talks]]: a deal between governments, and the frontier of what they can reach.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "questions/governments.h"
#include "questions/nash.h"
#include "questions/rows.h"
#include "questions/talks.h"
#include "reading/question_reader.h"
#include "report/words.h"

namespace detente {
namespace {

// The closure under which the scenario or question `name` is solved.
Closure closure_in_force(const QuestionReading& reading, std::string name) {
    const Study& study = reading.study();
    for (const Question* question = reading.find_read(name); question != nullptr; question = reading.find_read(name))
        name = question->from;
    std::unordered_map<std::string, const Scenario*> scenarios;
    for (const Scenario& s : study.scenarios) scenarios[s.name] = &s;
    while (name != "base") {
        const Scenario& s = *scenarios.at(name);
        if (s.closure) return *s.closure;
        name = s.from;
    }
    return study.model.closure;
}

TalksQuestion read_talks(TomlReader& block, QuestionReading& reading) {
    const Study& study = reading.study();
    TalksQuestion q;
    q.threat = reading.outcome(block, "threat", "base");
    // Without words of its own the talks are about what the war that threatens is about.
    const auto* war = reading.find<NashQuestion>(q.threat);
    q.from = reading.outcome(block, "from", "base");
    if (war != nullptr && !block.has("from")) q.from = war->from;
    const std::vector<int> players = read_players(block, study, 2);
    const bool own_lines = block.has("instruments") || block.has("bounds");
    q.players = read_governments(block, study, players);
    if (war != nullptr && !own_lines) {
        for (Player& player : q.players)
            for (const Player& fighter : war->players)
                if (fighter.objective.region == player.objective.region) player.instruments = fighter.instruments;
    }
    // What a government wants does not change between the war and the talks unless the study says so.
    if (war != nullptr && !block.has("relative_gains") && !block.has("political_weights"))
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
    if (q.transfers && closure_in_force(reading, q.from) == Closure::world_share)
        throw_input(block.place("transfers"), "transfers between players need closure \"fixed\" or \"balanced\"");
    q.frontier = whole(block, "frontier", players.size() == 2 ? 21 : 0, 0, 1000);
    if (q.frontier > 0 && players.size() != 2) throw_input(block.place("frontier"), "a frontier needs two players");
    if (q.frontier == 1 || (q.frontier_only && q.frontier < 2))
        throw_input({block.place("frontier"), "too few points", std::to_string(q.frontier), "2 or more", ""});
    if (!q.frontier_only && q.method == TalksMethod::kalai_smorodinsky && players.size() != 2)
        throw_input(block.place("method"), "kalai_smorodinsky is for two players");
    return q;
}

// The outcomes that a deal is measured against, each once: no deal, what is in force, the base.
std::vector<std::string> alternatives(const TalksQuestion& q) {
    std::vector<std::string> list = {q.threat};
    for (const std::string& other : {q.from, std::string("base")})
        if (std::find(list.begin(), list.end(), other) == list.end()) list.push_back(other);
    return list;
}

// In plain words, also where the numbers speak against the deal for a side.
void talk_about(const StudyResult& run, TalksAnswer& a) {
    const TalksQuestion& q = a.question;
    std::vector<std::string> rates;
    for (std::size_t p = 0; p < q.players.size(); ++p)
        rates.push_back(fmt::format("{} {}", region_name(run, q.players[p].objective.region),
                                    rate_text(a.talks.means[p].trade_weighted)));
    a.words.push_back(fmt::format("The deal ({}): tariffs on the lines in question, averages weighted by trade, of {}.",
                                  to_string(q.method), fmt::join(rates, ", ")));
    for (std::size_t p = 0; p < q.players.size() && q.transfers; ++p) {
        const double received = a.talks.transfer[p];
        const double income = run.base.world.income[static_cast<std::size_t>(q.players[p].objective.region)];
        constexpr double nothing = 1e-9;  // of income
        if (std::abs(received) < nothing * income) continue;
        a.words.push_back(fmt::format(
            "{} {} {} a year {} the other players.", region_name(run, q.players[p].objective.region),
            received < 0.0 ? "pays" : "receives", money_text(run.study.economy.unit, std::abs(received)).substr(1),
            received < 0.0 ? "to" : "from"));
    }
    for (const std::string& other : alternatives(q)) {
        const ScenarioResult& alternative = need_outcome(run, other);
        const std::string what = outcome_in_words(other) + std::string(other == q.threat ? " (no deal)"
                                                                       : other == q.from ? " (where the talks begin)"
                                                                                         : "");
        for (const Player& player : q.players) {
            const int j = player.objective.region;
            const double gain = gain_against(a.outcome, alternative, j);
            const std::string who = region_name(run, j);
            if (std::abs(gain) <= no_change) {
                a.words.push_back(fmt::format("{} is as well off under the deal as under {}.", who, what));
                continue;
            }
            a.words.push_back(
                gain > 0.0
                    ? fmt::format("{} is better off under the deal than under {}: {}.", who, what, gain_text(gain))
                    : fmt::format("{} is worse off under the deal than under {}: {}. Measured against "
                                  "that, the numbers speak against the deal for {}.",
                                  who, what, gain_text(gain), who));
        }
    }
    const auto more = gains_in_words(run, a.outcome, need_outcome(run, q.threat), regions_of(q.players));
    if (more.size() > 1) a.words.insert(a.words.end(), more.begin() + 1, more.end());
}

void answer(const StudyResult& run, const RunOptions& options, TalksAnswer& a) {
    const TalksQuestion& q = a.question;
    TalksOptions how;
    how.sweeps.solver = solver_options(run.study, options);
    const Shock from = shock_at(run, q.from);
    a.in_force = utilities(run, q.from, q.players);
    a.threat = utilities(run, q.threat, q.players);
    if (q.frontier_only && options.near == nullptr)
        a.frontier = pareto_frontier(run.base.world, from, q.players, q.frontier, how.sweeps);
    if (q.frontier_only) {
        // One point stands for the frontier in the tables.
        how.method = TalksMethod::efficient;
        a.talks = trade_talks(run.base.world, from, q.players, a.threat, how);
        settle(a, a.talks.shock, a.talks.equilibrium);
        if (options.near != nullptr) return;
        a.words.push_back(
            fmt::format("The frontier of what {} and {} can reach together; its point of equal gains over {} "
                        "stands for it in the tables.",
                        region_name(run, q.players[0].objective.region),
                        region_name(run, q.players[1].objective.region), outcome_in_words(q.threat)));
        return;
    }
    how.method = q.method, how.power = q.power, how.transfers = q.transfers;
    if (const auto* near = near_answer<TalksAnswer>(options, q.name)) {
        how.sweeps.begin = &near->talks.shock, how.sweeps.begin_at = &near->talks.equilibrium;
        how.begin_weight = near->talks.weight, how.sweeps.probes = 0;
    }
    a.talks = trade_talks(run.base.world, from, q.players, a.threat, how);
    settle(a, a.talks.shock, a.talks.equilibrium);
    if (options.near != nullptr) return;
    talk_about(run, a);
    if (q.frontier > 0) {
        try {
            a.frontier = pareto_frontier(run.base.world, from, q.players, q.frontier, how.sweeps);
        } catch (const Error&) {
            a.frontier.clear();  // a figure is left out where one of its points has no answer
        }
    }
}

std::vector<AnswerFigure> talks_figures(const StudyResult& run, const Answer& answer) {
    const auto& a = dynamic_cast<const TalksAnswer&>(answer);
    std::vector<AnswerFigure> list;
    for (std::size_t p = 0; p < a.talks.utility.size(); ++p) {
        const int region = a.question.players[p].objective.region;
        add_figures(run, region, a.talks.utility[p], a.talks.means[p], list);
        list.push_back(
            {"gain_over_threat_percent." + region_name(run, region), 100.0 * (a.talks.utility[p] - a.talks.threat[p])});
    }
    return list;
}

Json json(const StudyResult& run, const TalksAnswer& a) {
    Json out = answer_json(run, a);
    const World& w = run.base.world;
    const TalksQuestion& q = a.question;
    out["method"] = q.frontier_only ? "frontier" : to_string(q.method);
    out["threat"] = q.threat;
    out["transfers"] = q.transfers;
    if (!a.outcome.answered) return out;
    Json schedules = Json::array();
    for (std::size_t p = 0; p < q.players.size(); ++p) {
        const Player& player = q.players[p];
        Json row = {{"welfare_percent",
                     percent_of(a.talks.equilibrium.welfare_hat[static_cast<std::size_t>(player.objective.region)])},
                    {"utility_percent", percent_of(a.talks.utility[p])},
                    {"threat_percent", percent_of(a.threat[p])},
                    {"in_force_percent", percent_of(a.in_force[p])},
                    {"weight", a.talks.weight[p]},
                    {"transfer", a.talks.transfer[p]}};
        if (!a.talks.ideal.empty()) row["ideal_percent"] = percent_of(a.talks.ideal[p]);
        row.update(means_json(a.talks.means[p]));
        row["power"] = q.power[p];
        add_objective(run, player.objective, row);
        out["players"][w.regions[player.objective.region]] = row;
        schedules.push_back(schedule_json(run, player.instruments, a.talks.shock.tariff));
    }
    out["schedules"] = schedules;
    out["everyone_gains"] = a.talks.everyone_gains;
    if (!a.frontier.empty()) {
        Json points = Json::array();
        for (const FrontierPoint& point : a.frontier)
            points.push_back({percent_of(point.utility[0]), percent_of(point.utility[1])});
        out["frontier_percent"] = points;
    }
    const TalksCertificate& c = a.talks.certificate;
    out["equilibrium_certificate"] = out["certificate"];
    out["certificate"] = {{"converged", c.converged},
                          {"bargaining", c.bargaining},
                          {"step", c.step},
                          {"projected_gradient", c.projected_gradient},
                          {"pareto_gain_percent", 100.0 * c.pareto_gain},
                          {"probes", c.probes},
                          {"sweeps", c.sweeps},
                          {"passes_over_trade", c.passes},
                          {"seconds", c.seconds}};
    return out;
}

std::string text(const StudyResult& run, const TalksAnswer& a) {
    const TalksCertificate& c = a.talks.certificate;
    std::string out = wrapped(a.words) + player_head("without a deal %");
    for (std::size_t p = 0; p < a.talks.utility.size(); ++p)
        out += player_row(run, a.question.players[p].objective.region, a.talks.utility[p], a.talks.means[p],
                          fmt::format("{:+.4f}", percent_of(a.threat[p])));
    return out + fmt::format(
                     "  certificate: bargaining condition {:.1e}, first-order step {:.1e}, best joint gain of {} "
                     "probes {:.1e}; "
                     "{} sweeps, {:.1f} ms\n",
                     c.bargaining, c.step, c.probes, c.pareto_gain, c.sweeps, 1e3 * c.seconds);
}

}  // namespace

QuestionKind talks_row() {
    QuestionKind kind = question_kind<TalksQuestion, TalksAnswer>({"talks", read_talks, answer, json, text});
    kind.figures = talks_figures;
    return kind;
}

}  // namespace detente
