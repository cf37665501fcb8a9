// [[game]]: the game of two governments, each with the tariffs it has under one of several policies.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "diplomacy/payoff_grid.h"
#include "questions/game.h"
#include "questions/governments.h"
#include "questions/rows.h"
#include "reading/question_reader.h"
#include "report/results_json.h"
#include "report/words.h"

namespace detente {
namespace {

ShapeQuestion read_game(TomlReader& block, QuestionReading& reading) {
    const Study& study = reading.study();
    ShapeQuestion q;
    q.from = reading.outcome(block, "from", "base");
    q.players = read_players(block, study, 2);
    if (q.players.size() != 2)
        throw_input({block.place("players"), "a game has two players", std::to_string(q.players.size()), "two", ""});
    for (const char* key : {"cooperate", "war"})
        if (!block.has(key)) throw_input({block.place(key), "missing", "", "the name of a scenario or question", ""});
    q.cooperate = reading.outcome(block, "cooperate", "base");
    q.war = reading.outcome(block, "war", "base");
    if (q.cooperate == q.war) throw_input(block.place("war"), "cooperate and war are the same policy");
    q.policies = block.names("policies", {q.cooperate, q.war});
    for (std::size_t k = 0; k < q.policies.size(); ++k) {
        reading.need_outcome(q.policies[k], block.place("policies"));
        if (std::find(q.policies.begin(), q.policies.begin() + static_cast<std::ptrdiff_t>(k), q.policies[k]) !=
            q.policies.begin() + static_cast<std::ptrdiff_t>(k))
            throw_input(block.place("policies"), "the policy \"" + q.policies[k] + "\" stands twice");
    }
    for (const auto& [key, role] : {std::pair{"cooperate", &q.cooperate}, std::pair{"war", &q.war}})
        if (std::find(q.policies.begin(), q.policies.end(), *role) == q.policies.end())
            throw_unknown_name(block.place(key), "policy", *role, q.policies);
    q.steps = read_steps(block, q.policies.size());
    return q;
}

void answer(const StudyResult& run, const RunOptions& options, ShapeAnswer& a) {
    const ShapeQuestion& q = a.question;
    Policies policies;
    for (const std::string& policy : q.policies) policies.add(policy, shock_at(run, policy));
    a.game = payoff_grid(run.base.world, q.players, with_points_between(run.base.world, policies, q.steps),
                         shock_at(run, q.from), options.threads, solver_options(run.study, options));
    const auto at = [&](const std::string& policy) {
        return static_cast<int>(std::find(q.policies.begin(), q.policies.end(), policy) - q.policies.begin());
    };
    a.roles = {{at(q.cooperate), at(q.cooperate)}, {at(q.war), at(q.war)}};
    a.coco = coco_value(a.game);
    a.conflict_share = conflict_share(a.game);
    const ScenarioResult& agreement = need_outcome(run, q.cooperate);
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

Json json(const StudyResult& run, const ShapeAnswer& a) {
    Json out = answer_json(run, a);
    if (!a.outcome.answered) return out;
    const StageGame& g = a.game;
    out["policies"] = g.actions_a.names();
    out["cooperate"] = a.question.cooperate, out["war"] = a.question.war;
    if (a.question.steps > 0) out["steps"] = a.question.steps;
    out["unit"] = g.unit;
    out["payoffs"][g.player_a] = matrix_json(g.payoff_a);
    out["payoffs"][g.player_b] = matrix_json(g.payoff_b);
    for (std::size_t k = 0; k < g.bystanders.size(); ++k)
        out["payoffs"][g.bystanders[k]] = matrix_json(g.bystander_payoff[k]);
    for (const Side side : sides) {
        const std::string& who = player(g, side);
        out["game_class"][who] = to_string(game_class(g, a.roles, side));
        const auto& critical = a.critical_discount[side == Side::a ? 0 : 1];
        if (critical) out["critical_discount"][who] = *critical;
        const double rho = relative_gains_threshold(g, a.roles, side);
        if (std::isfinite(rho)) out["relative_gains_threshold"][who] = rho;
    }
    out["coco"] = {{g.player_a, a.coco.a}, {g.player_b, a.coco.b}};
    out["conflict_share"] = a.conflict_share;
    return out;
}

std::string text(const StudyResult&, const ShapeAnswer& a) {
    return wrapped(a.words) + payoff_table(a.game);
}

}  // namespace

QuestionKind game_row() {
    QuestionKind kind = question_kind<ShapeQuestion, ShapeAnswer>({"game", read_game, answer, json, text});
    kind.outcome = QuestionKind::Outcome::shared;
    return kind;
}

}  // namespace detente
