#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/progress.h"
#include "questions/answers.h"

namespace detente {
namespace {

// A question refers to an outcome that failed, or that --only left out.
const ScenarioResult& need(const StudyResult& run, const std::string& name) {
    const ScenarioResult* found = find_outcome(run, name);
    if (found == nullptr) throw Error(ErrorKind::solve, "it needs \"" + name + "\", which was not answered");
    return *found;
}

std::vector<double> utilities(const StudyResult& run, const std::string& name, const std::vector<Player>& players) {
    std::vector<double> list;
    list.reserve(players.size());
    for (const Player& player : players)
        list.push_back(utility(run.base.world, need(run, name).equilibrium, player.objective));
    return list;
}

std::vector<int> regions_of(const std::vector<Player>& players) {
    std::vector<int> list;
    list.reserve(players.size());
    for (const Player& player : players) list.push_back(player.objective.region);
    return list;
}

ScenarioResult outcome_of(const Question& question) {
    ScenarioResult outcome;
    outcome.scenario.name = question.name;
    outcome.scenario.title = question.title;
    outcome.scenario.description = question.description;
    outcome.scenario.from = question.from;
    outcome.scenario.place = question.place;
    return outcome;
}

void settle(Answer& answer, const Shock& shock, const Equilibrium& equilibrium) {
    answer.outcome.shock = shock;
    answer.outcome.equilibrium = equilibrium;
    answer.outcome.answered = true;
}

std::string name(const StudyResult& run, int region) {
    return run.base.world.regions[region];
}

std::string rate_text(double rate) {
    return fmt::format("{:.1f} %", 100.0 * rate);
}

std::string gain_text(double percent) {
    return fmt::format("{:+.{}f} %", percent, std::abs(percent) >= 0.1 ? 2 : 4);
}

std::string outcome_name(const std::string& name) {
    return name == "base" ? "the base" : '"' + name + '"';
}

// Percent of welfare within which two outcomes are the same: well above what solved equilibria leave.
constexpr double no_change = 1e-7;

double against(const ScenarioResult& outcome, const ScenarioResult& other, int region) {
    const auto j = static_cast<std::size_t>(region);
    return 100.0 * (outcome.equilibrium.welfare_hat[j] / other.equilibrium.welfare_hat[j] - 1.0);
}

void answer(StudyResult& run, const RunOptions& options, OptimalAnswer& a) {
    const OptimalQuestion& q = a.question;
    OptimumOptions how;
    how.starts = q.starts, how.threads = options.threads;
    how.solver = solver_options(run.study, options);
    const Shock from = shock_at(run, q.from);
    a.optimum = optimal_policy(run.base.world, from, q.player.objective, q.player.instruments, how);
    settle(a, a.optimum.shock, a.optimum.equilibrium);
    const int region = q.player.objective.region;
    a.words.push_back(
        fmt::format("With everyone else's tariffs as under {}, {} does best with tariffs of {} on average "
                    "(weighted by trade) on the lines in question.",
                    outcome_name(q.from), name(run, region), rate_text(a.optimum.means.trade_weighted)));
    if (q.player.instruments.reciprocated)
        a.words.push_back("Every rate comes straight back: the partners answer with the same rate on the same goods.");
    const auto more = gains_in_words(run, a.outcome, need(run, q.from), {region});
    a.words.insert(a.words.end(), more.begin(), more.end());
}

// Best uniform rates of each of two players against a grid of the other's.
BestResponses best_responses(const StudyResult& run, const Shock& from, const std::vector<Player>& players,
                             const SolverOptions& solver) {
    BestResponses out;
    out.response.resize(2);
    constexpr int points = 9;
    // Up to 60 percent, within the bounds of both.
    const double low = std::max({0.0, players[0].instruments.lower, players[1].instruments.lower});
    const double top =
        std::max(low + 1e-3, std::min({0.6, players[0].instruments.upper, players[1].instruments.upper}));
    for (int k = 0; k < points; ++k) out.rate.push_back(low + (top - low) * k / (points - 1));
    for (std::size_t p = 0; p < 2; ++p) {
        Player own = players[p], other = players[1 - p];
        own.instruments.form = other.instruments.form = TariffForm::uniform;
        for (const double rate : out.rate) {
            Shock shock = from;
            for (const TariffBlock& block : tariff_blocks(run.base.world, other.instruments, 0))
                set_rates({block}, {std::clamp(rate, block.lower, block.upper)}, shock.tariff);
            OptimumOptions quick;
            quick.probes = 0;
            quick.solver = solver;
            out.response[p].push_back(
                optimal_policy(run.base.world, shock, own.objective, own.instruments, quick).means.simple);
        }
    }
    return out;
}

// How many rates the study's bounds hold, of how many. No tariff (a bound at 0) counts as one too.
std::pair<int, int> at_bounds(const StudyResult& run, const std::vector<Player>& players, const TradeTensor& tariff) {
    int held = 0, all = 0;
    for (const Player& player : players) {
        for (const TariffBlock& block : tariff_blocks(run.base.world, player.instruments, 0)) {
            const TariffLine& line = block.lines.front();
            const double rate = tariff(line.exporter, line.importer, line.sector);
            ++all;
            held += rate <= block.lower + 1e-9 || rate >= block.upper - 1e-9 ? 1 : 0;
        }
    }
    return {held, all};
}

// What was looked for, and what came of it.
std::string gap_in_words(const NashCertificate& c) {
    std::string text = fmt::format(
        "No gain from changing its own tariffs alone was found for any of them, from {} starting points each",
        c.starts);
    if (c.failed > 0)
        text += fmt::format(
            " ({} of all {} searches led to where there is no equilibrium and were cut short; they count for what they "
            "reached)",
            c.failed, c.finished + c.failed);
    return text + ".";
}

// A war that leaves a side better off than what was in force: said as it was computed, and that what was in force cost
// more than the war only where it cost anything against the base.
void add_if_better_off(const StudyResult& run, NashAnswer& a, const ScenarioResult& before, int region) {
    const double gain = against(a.outcome, before, region);
    if (!(gain > no_change)) return;
    std::string text = fmt::format("{} is better off at this end than under {} ({})", name(run, region),
                                   outcome_name(before.scenario.name), gain_text(gain));
    const double cost = against(before, run.base_outcome, region), war = against(a.outcome, run.base_outcome, region);
    if (before.scenario.name != "base" && cost < -no_change)
        text += fmt::format(": against the base, {} changes its real income by {}, this war by {}",
                            outcome_name(before.scenario.name), gain_text(cost), gain_text(war));
    a.words.push_back(text + ".");
}

void answer(StudyResult& run, const RunOptions& options, NashAnswer& a) {
    const NashQuestion& q = a.question;
    NashOptions how;
    how.starts = q.starts, how.deviations = q.deviations, how.threads = options.threads;
    how.sweeps.solver = solver_options(run.study, options);
    const Shock from = shock_at(run, q.from);
    a.war = trade_war(run.base.world, from, q.players, how);
    settle(a, a.war.shock, a.war.equilibrium);
    std::vector<std::string> rates;
    for (std::size_t p = 0; p < q.players.size(); ++p)
        rates.push_back(fmt::format("{} {}", name(run, q.players[p].objective.region),
                                    rate_text(a.war.players[p].means.trade_weighted)));
    a.words.push_back(
        fmt::format("Best answers to best answers end at these tariffs, averages weighted by trade: {}. {}",
                    fmt::join(rates, ", "), gap_in_words(a.war.certificate)));
    if (const auto [held, all] = at_bounds(run, q.players, a.war.shock.tariff); held > 0)
        a.words.push_back(fmt::format("{} of the {} rates stand at a bound of the study.", held, all));
    const ScenarioResult& before = need(run, q.from);
    for (const Player& player : q.players) add_if_better_off(run, a, before, player.objective.region);
    if (a.war.certificate.equilibria > 1)
        a.words.push_back(
            fmt::format("{} different points at which all first-order conditions hold were found; this is the first, "
                        "and the gap is its own.",
                        a.war.certificate.equilibria));
    const auto more = gains_in_words(run, a.outcome, need(run, q.from), regions_of(q.players));
    a.words.insert(a.words.end(), more.begin(), more.end());
    if (q.players.size() == 2) {
        try {
            a.best_responses = best_responses(run, from, q.players, how.sweeps.solver);
        } catch (const Error&) {
            a.best_responses.reset();  // a figure is left out where one of its points has no answer
        }
    }
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
        rates.push_back(
            fmt::format("{} {}", name(run, q.players[p].objective.region), rate_text(a.talks.means[p].trade_weighted)));
    a.words.push_back(fmt::format("The deal ({}): tariffs on the lines in question, averages weighted by trade, of {}.",
                                  to_string(q.method), fmt::join(rates, ", ")));
    for (std::size_t p = 0; p < q.players.size() && q.transfers; ++p) {
        const double received = a.talks.transfer[p];
        const double income = run.base.world.income[static_cast<std::size_t>(q.players[p].objective.region)];
        constexpr double nothing = 1e-9;  // of income
        if (std::abs(received) < nothing * income) continue;
        a.words.push_back(fmt::format("{} {} {} a year {} the other players.", name(run, q.players[p].objective.region),
                                      received < 0.0 ? "pays" : "receives",
                                      money_text(run.study.economy.unit, std::abs(received)).substr(1),
                                      received < 0.0 ? "to" : "from"));
    }
    for (const std::string& other : alternatives(q)) {
        const ScenarioResult& alternative = need(run, other);
        const std::string what = outcome_name(other) + std::string(other == q.threat ? " (no deal)"
                                                                   : other == q.from ? " (in force)"
                                                                                     : "");
        for (const Player& player : q.players) {
            const int j = player.objective.region;
            const double gain = against(a.outcome, alternative, j);
            const std::string who = name(run, j);
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
    const auto more = gains_in_words(run, a.outcome, need(run, q.threat), regions_of(q.players));
    if (more.size() > 1) a.words.insert(a.words.end(), more.begin() + 1, more.end());
}

void answer(StudyResult& run, const RunOptions& options, TalksAnswer& a) {
    const TalksQuestion& q = a.question;
    TalksOptions how;
    how.sweeps.solver = solver_options(run.study, options);
    const Shock from = shock_at(run, q.from);
    a.in_force = utilities(run, q.from, q.players);
    a.threat = utilities(run, q.threat, q.players);
    if (q.frontier_only) a.frontier = pareto_frontier(run.base.world, from, q.players, q.frontier, how.sweeps);
    if (q.frontier_only) {
        // One point stands for the frontier in the tables.
        how.method = TalksMethod::efficient;
        a.talks = trade_talks(run.base.world, from, q.players, a.threat, how);
        settle(a, a.talks.shock, a.talks.equilibrium);
        a.words.push_back(
            fmt::format("The frontier of what {} and {} can reach together; its point of equal gains over {} "
                        "stands for it in the tables.",
                        name(run, q.players[0].objective.region), name(run, q.players[1].objective.region),
                        outcome_name(q.threat)));
        return;
    }
    how.method = q.method, how.power = q.power, how.transfers = q.transfers;
    a.talks = trade_talks(run.base.world, from, q.players, a.threat, how);
    settle(a, a.talks.shock, a.talks.equilibrium);
    talk_about(run, a);
    if (q.frontier > 0) {
        try {
            a.frontier = pareto_frontier(run.base.world, from, q.players, q.frontier, how.sweeps);
        } catch (const Error&) {
            a.frontier.clear();  // a figure is left out where one of its points has no answer
        }
    }
}

void answer(StudyResult& run, const RunOptions& options, CommonGroundAnswer& a) {
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
        a.words.push_back(
            fmt::format("{} of the {} issues makes every side better off than {} when it is settled as under {}{}.",
                        a.ground.proved ? "No subset" : "No subset was found", q.issues.size(), outcome_name(q.from),
                        outcome_name(q.settlement), a.ground.proved ? "" : ", by a search that is not exhaustive"));
        return;
    }
    a.words.push_back(fmt::format("{}, with the rest as under {}: {} of {} issues ({}){}.",
                                  a.ground.proved ? "Best to settle" : "The best found to settle", outcome_name(q.from),
                                  in.size(), q.issues.size(), fmt::join(in, "; "),
                                  out.empty() ? "" : fmt::format("; left aside: {}", fmt::join(out, "; "))));
    std::vector<int> players;
    for (const Objective& o : q.players) players.push_back(o.region);
    const auto more = gains_in_words(run, a.outcome, need(run, q.from), players);
    a.words.insert(a.words.end(), more.begin(), more.end());
}

void answer(StudyResult& run, const RunOptions& options, ShapeAnswer& a) {
    const ShapeQuestion& q = a.question;
    Policies policies;
    for (const std::string& policy : q.policies) policies.add(policy, shock_at(run, policy));
    a.game = payoff_grid(run, q.players, with_points_between(run.base.world, policies, q.steps), shock_at(run, q.from),
                         options.threads, solver_options(run.study, options));
    const auto at = [&](const std::string& policy) {
        return static_cast<int>(std::find(q.policies.begin(), q.policies.end(), policy) - q.policies.begin());
    };
    a.roles = {{at(q.cooperate), at(q.cooperate)}, {at(q.war), at(q.war)}};
    a.coco = coco_value(a.game);
    a.conflict_share = conflict_share(a.game);
    const ScenarioResult& agreement = need(run, q.cooperate);
    settle(a, agreement.shock, agreement.equilibrium);
    for (const Side side : sides) {
        const std::size_t k = side == Side::a ? 0 : 1;
        a.words.push_back(
            fmt::format("As {} sees it: {}.", player(a.game, side), to_string(game_class(a.game, a.roles, side))));
        try {
            const Temptation t = temptation(a.game, a.roles, side);
            a.critical_discount[k] = critical_discount(t, t.war);
        } catch (const Error&) {
            a.words.back() +=
                fmt::format(" The agreement does not make {} better off than the war.", player(a.game, side));
        }
    }
    a.words.push_back(
        fmt::format("Conflict makes up {:.0f} % of this game, common interest the rest (Kalai and Kalai 2013); a fair "
                    "split by strength would give {} {} and {} {} a year, compared with the base.",
                    100.0 * a.conflict_share, a.game.player_a, money_text(run.base.world.unit, a.coco.a),
                    a.game.player_b, money_text(run.base.world.unit, a.coco.b)));
}

template <class QuestionType, class AnswerType>
void answer_all(StudyResult& run, const RunOptions& options, const std::vector<QuestionType>& questions,
                std::vector<AnswerType>& answers, Progress& progress) {
    for (const QuestionType& question : questions) {
        if (!options.only.empty() &&
            std::find(options.only.begin(), options.only.end(), question.name) == options.only.end())
            continue;
        AnswerType one;
        one.question = question;
        one.outcome = outcome_of(question);
        if (interrupted()) {
            one.outcome.error = "interrupted before it was answered";
        } else {
            try {
                answer(run, options, one);
            } catch (const Error& error) {
                one.outcome.error = error.what();
            }
        }
        answers.push_back(std::move(one));
        progress.advance();
    }
}

}  // namespace

std::vector<std::string> gains_in_words(const StudyResult& run, const ScenarioResult& outcome,
                                        const ScenarioResult& other, const std::vector<int>& players) {
    const World& w = run.base.world;
    const std::string versus = outcome_name(other.scenario.name);
    std::vector<std::string> own;
    int gain = 0, lose = 0;
    double total = 0.0, world_money = 0.0;
    std::vector<Stake> third;
    for (int j = 0; j < w.n_regions(); ++j) {
        const auto at = static_cast<std::size_t>(j);
        const double percent = against(outcome, other, j);
        const double money = w.income[at] * (outcome.equilibrium.welfare_hat[at] - other.equilibrium.welfare_hat[at]);
        world_money += money;
        if (std::find(players.begin(), players.end(), j) != players.end()) continue;
        third.push_back({j, percent, money});
        total += money;
        if (std::abs(percent) > no_change) (percent > 0.0 ? gain : lose) += 1;
    }
    own.reserve(players.size());
    for (const int j : players)
        own.push_back(fmt::format("{} {}", w.regions[j], gain_text(against(outcome, other, j))));
    std::vector<std::string> words = {fmt::format("Real income compared with {}: {}.", versus, fmt::join(own, ", "))};
    if (third.empty()) return words;
    std::sort(third.begin(), third.end(),
              [](const Stake& a, const Stake& b) { return std::abs(a.money) > std::abs(b.money); });
    std::vector<std::string> named;
    for (std::size_t k = 0; k < std::min<std::size_t>(3, third.size()); ++k)
        named.push_back(fmt::format("{} {}", w.regions[third[k].region], gain_text(third[k].percent)));
    const std::string largest = third.size() > 3 ? "largest: " : "";
    words.push_back(
        fmt::format("Compared with {}, {} of the {} others gain and {} lose; together {} a year ({}{}). The world as a "
                    "whole: {} a year.",
                    versus, gain, third.size(), lose, money_text(w.unit, total), largest, fmt::join(named, ", "),
                    money_text(w.unit, world_money)));
    return words;
}

void answer_questions(StudyResult& run, const RunOptions& options) {
    const Questions& q = run.study.questions;
    Answers& a = *run.answers;
    Progress progress(
        "questions",
        static_cast<int>(q.optimal.size() + q.nash.size() + q.talks.size() + q.common_ground.size() + q.game.size()),
        options.quiet);
    answer_all(run, options, q.optimal, a.optimal, progress);
    answer_all(run, options, q.nash, a.nash, progress);
    answer_all(run, options, q.talks, a.talks, progress);
    answer_all(run, options, q.common_ground, a.common_ground, progress);
    answer_all(run, options, q.game, a.game, progress);
}

Shock shock_at(const StudyResult& run, const std::string& wanted) {
    Shock shock = need(run, wanted).shock;
    if (shock.tariff.empty()) shock.tariff = run.base.world.tariff;
    return shock;
}

std::vector<const ScenarioResult*> outcomes(const StudyResult& run) {
    std::vector<const ScenarioResult*> list;
    for (const ScenarioResult& s : run.scenarios) list.push_back(&s);
    for (const auto& a : run.answers->optimal) list.push_back(&a.outcome);
    for (const auto& a : run.answers->nash) list.push_back(&a.outcome);
    for (const auto& a : run.answers->talks) list.push_back(&a.outcome);
    for (const auto& a : run.answers->common_ground) list.push_back(&a.outcome);
    return list;
}

std::vector<const ScenarioResult*> all_outcomes(const StudyResult& run) {
    std::vector<const ScenarioResult*> list = outcomes(run);
    for (const auto& a : run.answers->game) list.push_back(&a.outcome);
    return list;
}

const ScenarioResult* find_outcome(const StudyResult& run, const std::string& wanted) {
    if (wanted == "base") return &run.base_outcome;
    if (const auto at = run.scenario_positions.find(wanted); at != run.scenario_positions.end()) {
        const ScenarioResult& scenario = run.scenarios[at->second];
        return scenario.answered ? &scenario : nullptr;
    }
    const ScenarioResult* found = nullptr;
    const auto look = [&](const auto& answers) {
        for (const auto& a : answers)
            if (a.outcome.scenario.name == wanted && a.outcome.answered) found = &a.outcome;
    };
    look(run.answers->optimal), look(run.answers->nash), look(run.answers->talks), look(run.answers->common_ground);
    return found;
}

}  // namespace detente
