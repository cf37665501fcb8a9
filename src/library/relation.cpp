#include "detente/relation.h"

#include <fmt/format.h>

#include <algorithm>

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/threads.h"
#include "diplomacy/payoff_grid.h"
#include "library/boundary.h"
#include "library/game.h"
#include "library/handles.h"
#include "library/policy.h"
#include "library/solver.h"
#include "relation/game_report.h"
#include "relation/payoff_file.h"
#include "report/game_json.h"

namespace detente {
namespace library {
namespace {

Eigen::MatrixXd payoffs_of(const char* name, const std::vector<double>& data, int rows, int columns) {
    if (data.size() != static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns))
        throw_input({{"", 0, name},
                     "not a payoff for every pair of actions",
                     std::to_string(data.size()),
                     fmt::format("{} numbers ({} x {})", rows * columns, rows, columns),
                     ""});
    Eigen::MatrixXd out(rows, columns);
    for (int a = 0; a < rows; ++a)
        for (int b = 0; b < columns; ++b) {
            out(a, b) = data[static_cast<std::size_t>(a * columns + b)];
            if (!std::isfinite(out(a, b))) throw_input(Place{"", 0, name}, "a payoff is no finite number");
        }
    return out;
}

}  // namespace

StageGame stage_game(const v1::Game& game) {
    StageGame out;
    out.player_a = game.player_a, out.player_b = game.player_b;
    out.actions_a = IndexSet("action", game.actions_a, {"", 0, "actions_a"});
    out.actions_b = IndexSet("action", game.actions_b, {"", 0, "actions_b"});
    if (out.n_a() == 0 || out.n_b() == 0) throw_input(Place{"", 0, "actions_a, actions_b"}, "a side has no action");
    out.payoff_a = payoffs_of("payoff_a", game.payoff_a, out.n_a(), out.n_b());
    out.payoff_b = payoffs_of("payoff_b", game.payoff_b, out.n_a(), out.n_b());
    out.unit = game.unit, out.accuracy = game.accuracy;
    if (game.bystanders.size() != game.bystander_payoff.size())
        throw_input(Place{"", 0, "bystander_payoff"}, "third parties and their payoffs differ in number");
    out.bystanders = game.bystanders;
    for (const std::vector<double>& payoff : game.bystander_payoff)
        out.bystander_payoff.push_back(payoffs_of("bystander_payoff", payoff, out.n_a(), out.n_b()));
    return out;
}

namespace {

ActionPair pair_of(const StageGame& game, const std::pair<std::string, std::string>& names, const char* field) {
    if (names.first.empty() && names.second.empty()) return {-1, -1};
    return {game.actions_a.at(names.first, {"", 0, field}), game.actions_b.at(names.second, {"", 0, field})};
}

std::pair<std::string, std::string> names_of(const StageGame& game, const ActionPair& pair) {
    return {game.actions_a[pair.a], game.actions_b[pair.b]};
}

v1::Game game_of(const StageGame& game) {
    v1::Game out;
    out.player_a = game.player_a, out.player_b = game.player_b;
    out.actions_a = game.actions_a.names(), out.actions_b = game.actions_b.names();
    out.unit = game.unit, out.accuracy = game.accuracy;
    out.bystanders = game.bystanders;
    out.bystander_payoff.resize(game.bystanders.size());
    for (int i = 0; i < game.n_a(); ++i)
        for (int j = 0; j < game.n_b(); ++j) {
            out.payoff_a.push_back(game.payoff_a(i, j));
            out.payoff_b.push_back(game.payoff_b(i, j));
            for (std::size_t k = 0; k < game.bystanders.size(); ++k)
                out.bystander_payoff[k].push_back(game.bystander_payoff[k](i, j));
        }
    return out;
}

v1::SideVerdict side_of(const AgreementReport& report, Side side) {
    const SideEnforcement& e = report.without_noise.of(side);
    const Temptation& t = e.temptation;
    return {to_string(side == Side::a ? report.class_a : report.class_b),
            t.agreement,
            t.breach,
            t.war,
            t.minmax,
            e.critical,
            e.slack};
}

v1::GameVerdict verdict_of(const StageGame& game, const GameReport& report) {
    v1::GameVerdict out;
    out.conflict_share = report.conflict_share;
    out.coco_a = report.coco.a, out.coco_b = report.coco.b;
    out.reason = report.no_dilemma;
    if (!report.agreement) return out;
    const AgreementReport& a = *report.agreement;
    out.dilemma = true;
    out.reason = a.lapses_too_frequent;
    out.cooperate = names_of(game, a.roles.cooperate), out.war = names_of(game, a.roles.war);
    out.self_enforcing = a.verdict.holds;
    out.self_enforcing_by = to_string(a.verdict.threat);
    out.war_is_equilibrium = a.war_is_equilibrium;
    out.a = side_of(a, Side::a), out.b = side_of(a, Side::b);
    out.fidelity_threshold = a.threshold.lowest;
    out.expected_peace_periods = a.mean_peace;
    return out;
}

}  // namespace
}  // namespace library

namespace v1 {
using namespace library;

Game game_of_policies(const World& world, const std::string& player_a, const std::string& player_b,
                      const std::vector<NamedPolicy>& policies, const Policy& others, int threads, const Job& job) {
    return guarded([&] {
        const IndexSet& regions = engine(world).regions;
        const int a = regions.at(player_a, {"", 0, "player_a"}), b = regions.at(player_b, {"", 0, "player_b"});
        if (a == b) throw_input({{"", 0, "player_b"}, "a game needs two sides", player_b, "another region", ""});
        Policies actions;
        for (const NamedPolicy& action : policies) actions.add(action.name, shock_of(world, action.policy));
        if (actions.names.empty()) throw_input(Place{"", 0, "policies"}, "a game needs at least one policy");
        SolverOptions solver;
        solver.job = job_of(job);
        return game_of(
            payoff_grid(engine(world), {a, b}, actions, shock_of(world, others), usable_threads(threads), solver));
    });
}

Game load_game(const std::string& path) {
    return guarded([&] { return game_of(read_payoffs(path)); });
}

GameVerdict verdict(const Game& game, const GameQuestion& question, const Job& job) {
    return guarded([&] {
        const StageGame stage = stage_game(game);
        detente::GameQuestion asked;
        asked.discount_a = question.discount_a, asked.discount_b = question.discount_b;
        asked.fidelity_a = question.fidelity_a, asked.fidelity_b = question.fidelity_b;
        asked.cooperate = pair_of(stage, question.cooperate, "cooperate");
        asked.war = pair_of(stage, question.war, "war");
        if (question.accuracy && !(*question.accuracy >= 0.5 && *question.accuracy <= 1.0))
            throw_input(
                {{"", 0, "accuracy"}, "out of range", fmt::format("{:g}", *question.accuracy), "from 0.5 to 1", ""});
        asked.accuracy = question.accuracy;
        const GameReport report = report_game(stage, asked, job_of(job));
        v1::GameVerdict out = verdict_of(stage, report);
        out.json = game_json(stage, report).dump(2);
        return out;
    });
}

}  // namespace v1
}  // namespace detente
