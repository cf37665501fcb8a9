// [relation] in results.json and on the terminal.
#include <fmt/format.h>

#include <cmath>

#include "questions/question_kind.h"
#include "questions/relation.h"
#include "report/game_json.h"
#include "report/results_json.h"
#include "report/words.h"

namespace detente {
namespace {

Json points(const std::vector<Eigen::Vector2d>& list) {
    Json out = Json::array();
    for (const Eigen::Vector2d& p : list) out.push_back({p[0], p[1]});
    return out;
}

Json history_json(const PeaceHistory& history, double period) {
    Json years = Json::array();
    for (std::size_t k = 0; k < history.war.size(); ++k) years.push_back(period * static_cast<double>(k));
    return {{"years", years}, {"war", history.war}, {"lapse", history.lapse}, {"seed", history.seed}};
}

// Wars that deter, in years.
Json window_json(const RelationAnswer& a, const ForgivenessWindow& window) {
    const double period = a.question.period_years;
    Json out = {{"holds", window.holds}};
    if (!window.best) return out;
    const WarReport& war = *window.best;
    out["periods"] = window.from == forever ? Json("forever") : Json(window.from);
    if (window.from != forever) out["years"] = window.from * period;
    if (std::isfinite(war.mean_peace)) out["expected_peace_years"] = war.mean_peace * period;
    out["war_share"] = war.war_share;
    for (const Side side : sides) {
        const auto k = static_cast<std::size_t>(side);
        out["value"][player(a.game, side)] = war.value[k];
        out["kept_share"][player(a.game, side)] = war.kept_share[k];
    }
    return out;
}

Json dialogue_json(const RelationAnswer& a, const DialogueReport& d) {
    const double summits = d.summits / a.question.period_years;
    Json out = {{"accuracy", d.accuracy}, {"summits_per_year", summits}};
    for (const Side side : sides) {
        const auto k = static_cast<std::size_t>(side);
        const std::string& who = player(a.game, side);
        out["worth_per_year"][who] = d.worth[k];
        out["worth_of_coin"][who] = d.coin[k];
        if (summits > 0.0) out["worth_per_summit"][who] = d.worth[k] / summits;
        if (d.pays_from[k]) out["pays_from"][who] = *d.pays_from[k];
    }
    // Beside what holds best without a channel, where that is no plain war.
    const AnswerToBreach* const best = best_answer(a.report.agreement->answers);
    if (best != nullptr && best->kind != AnswerKind::war) {
        out["over_best_answer"]["answer"] = to_string(best->kind);
        for (const Side side : sides) {
            const auto k = static_cast<std::size_t>(side);
            out["over_best_answer"]["worth_per_year"][player(a.game, side)] = d.value[k] - best->value[k];
        }
    }
    out["without"] = window_json(a, d.without);
    out["with"] = window_json(a, d.with);
    if (d.threshold.lowest) out["fidelity_threshold"] = *d.threshold.lowest;
    Json rows = Json::array();
    for (Eigen::Index row = 0; row < a.dialogue.war.rows(); ++row) {
        Json one = Json::array();
        for (Eigen::Index column = 0; column < a.dialogue.war.cols(); ++column)
            one.push_back(a.dialogue.war(row, column) >= 0 ? 1 : 0);
        rows.push_back(one);
    }
    out["region"] = {{"fidelity", a.dialogue.fidelity},
                     {"fidelity_year", a.map_fidelity_year},
                     {"accuracy", a.dialogue.accuracy},
                     {"holds", rows}};
    out["history"] = history_json(a.history_with_dialogue, a.question.period_years);
    return out;
}

Json path_json(const LearningPath& path, double period) {
    Json out = {{"learnt", path.learnt}, {"broken", path.broken}, {"undecided", path.undecided}};
    if (path.learnt > 0.0) out["years_to_learn"] = path.periods_to_learn * period;
    if (path.broken > 0.0) out["years_to_break"] = path.periods_to_break * period;
    return out;
}

// Answers to a breach side by side, and which of them claims take.
Json answers_json(const RelationAnswer& a) {
    const AgreementReport& r = *a.report.agreement;
    const double period = a.question.period_years;
    Json list = Json::array();
    for (const AnswerToBreach& one : r.answers) {
        Json row = {{"name", to_string(one.kind)}, {"holds", to_string(one.holds)}};
        for (const Side side : sides) {
            const auto k = static_cast<std::size_t>(side);
            row["value"][player(a.game, side)] = one.value[k];
            row["kept_share"][player(a.game, side)] = one.kept_share[k];
        }
        if (one.periods == forever) row["years"] = "forever";
        if (one.periods > 0 && one.periods != forever) row["years"] = one.periods * period;
        if (one.probability < 1.0) row["probability"] = one.probability;
        if (one.peace) {
            if (std::isfinite(*one.peace)) row["expected_peace_years"] = *one.peace * period;
            row["survival_10_years"] = survival(one, 10.0 / period);
            row["answer_share"] = *one.answer_share;
        }
        list.push_back(row);
    }
    return list;
}

Json trust_json(const RelationAnswer& a, Side side, const TrustAnswer& t) {
    const double period = a.question.period_years;
    Json table = Json::array(), years = Json::array();
    for (const DialogueValue& d : t.table)
        table.push_back({{"accuracy", d.accuracy},
                         {"fidelity", d.fidelity},
                         {"prior", d.prior},
                         {"gain_per_year", d.gain / period}});
    for (std::size_t k = 0; k < t.belief_reciprocator.size(); ++k) years.push_back(period * static_cast<double>(k));
    Json out = {
        {"partner", player(a.game, rival(side))},
        {"prior", a.question.prior},
        {"cooperates", t.solution.cooperates(a.question.prior)},
        {"reciprocator", path_json(t.learning.reciprocator, period)},
        {"opportunist", path_json(t.learning.opportunist, period)},
        {"concession", {{"from", t.concession.low}, {"to", t.concession.high}, {"exists", t.concession.exists()}}},
        {"years", years},
        {"belief_reciprocator", t.belief_reciprocator},
        {"belief_opportunist", t.belief_opportunist},
        {"learning",
         {{"accuracy", t.dialogue.accuracy},
          {"gain_per_year", t.dialogue.gain / period},
          {"gain_per_summit", t.dialogue.gain_per_summit},
          {"table", table}}}};
    if (const auto threshold = t.solution.threshold()) out["threshold"] = *threshold;
    if (t.reassurance) out["reassurance"] = *t.reassurance;
    return out;
}

Json cooperation_json(const RelationAnswer& a) {
    const CooperationCurve& c = a.cooperation;
    const auto by_player = [&](const auto(&list)[2]) {
        return Json{{a.game.player_a, list[0]}, {a.game.player_b, list[1]}};
    };
    Json out = {{"discount", c.discount}, {"share", c.share}, {"mean_tariff", by_player(c.rate)}};
    if (c.moves_money) out["money_paid"] = c.paid;
    if (c.full_discount) out["full_discount"] = *c.full_discount;
    out["nothing_holds"] = c.nothing;
    if (c.nothing_now) out["now"] = {{"holds", false}};
    if (c.now) {
        out["now"] = {{"holds", true},
                      {"share", c.now->share},
                      {"mean_tariff", by_player(c.now->rate)},
                      {"slack", by_player(c.now->slack)},
                      {"shadow_price", by_player(c.now->shadow_price)}};
        if (c.moves_money) out["now"]["money_paid"] = c.now->paid;
    }
    if (!c.failure.empty()) out["not_found"] = {{"discount", c.not_found}, {"error", c.failure}};
    out["certificate"] = {{"violation", c.violation}, {"stationarity", c.stationarity}};
    return out;
}

void add_agreement(const RelationAnswer& a, Json& out) {
    const AgreementReport& r = *a.report.agreement;
    const StageGame& g = a.game;
    for (const Side side : sides) {
        const std::size_t k = side == Side::a ? 0 : 1;
        const std::string& who = player(g, side);
        const SideEnforcement& one = r.without_noise.of(side);
        out["game_class"][who] = to_string(side == Side::a ? r.class_a : r.class_b);
        if (one.critical) out["critical_discount"][who] = *one.critical;
        out["slack"][who] = one.slack;
        const double rho = relative_gains_threshold(g, r.roles, side);
        if (std::isfinite(rho)) out["relative_gains_threshold"][who] = rho;
        if (a.threshold_by_side[k]) out["fidelity_threshold_by_side"][who] = *a.threshold_by_side[k];
        if (r.window.best) {
            out["kept_share"][who] = r.window.best->kept_share[k];
            if (r.window.best->efficiency[k]) out["efficiency"][who] = *r.window.best->efficiency[k];
        }
        out["minmax"][who] = one.temptation.minmax;
        if (one.critical_minmax) out["critical_discount_minmax"][who] = *one.critical_minmax;
        out["lapse"][who] = g.actions_a[own_action(r.lapse, side)];
        if (r.compensation) out["compensation"]["value"][who] = r.compensation->value[k][0];
        if (a.trust[k]) out["trust"][who] = trust_json(a, side, *a.trust[k]);
    }
    out["verdict"] = to_string(r.holding);
    out["verdict_without_lapses"] = to_string(r.holding_without_lapses);
    out["answers"] = answers_json(a);
    if (const AnswerToBreach* best = best_answer(r.answers)) out["best_answer"] = to_string(best->kind);
    if (a.question.answer_to_breach) out["answer"] = to_string(*a.question.answer_to_breach);
    out["self_enforcing_by"] = to_string(r.verdict.threat);
    out["self_enforcing_by_equilibria"] = r.verdict.holds_by_equilibria;
    out["self_enforcing_without_lapses"] = r.verdict_without_lapses.holds;
    out["war_is_equilibrium"] = r.war_is_equilibrium;
    out["binding"] = player(g, r.without_noise.binding);
    if (r.threshold.lowest) {
        out["fidelity_threshold"] = *r.threshold.lowest;
        out["fidelity_threshold_year"] = chance_a_year(*r.threshold.lowest, a.question.period_years);
    }
    if (r.window.holds) {
        const bool lasting = r.window.from == forever;
        out["minimum_punishment"]["periods"] = lasting ? Json("forever") : Json(r.window.from);
        if (!lasting) out["minimum_punishment"]["years"] = r.window.from * a.question.period_years;
        out["war_share"] = r.window.best->war_share;
    }
    const double peace = r.mean_peace * a.question.period_years;
    if (std::isfinite(peace)) out["expected_peace_years"] = peace;
    if (r.compensation) out["compensation"]["equilibrium"] = r.compensation->equilibrium;
    out["critical_discount_with_transfers"] = r.critical_with_transfers;
    Json map = {{"discount", a.map.discount}, {"discount_year", a.map_discount_year},
                {"fidelity", a.map.fidelity}, {"fidelity_year", a.map_fidelity_year},
                {"a", Json::array()},         {"b", Json::array()}};
    for (Eigen::Index row = 0; row < a.map.war_a.rows(); ++row) {
        Json one = Json::array(), other = Json::array();
        for (Eigen::Index column = 0; column < a.map.war_a.cols(); ++column) {
            one.push_back(a.map.war_a(row, column) >= 0 ? 1 : 0);
            other.push_back(a.map.war_b(row, column) >= 0 ? 1 : 0);
        }
        map["a"].push_back(one), map["b"].push_back(other);
    }
    out["region_map"] = map;
    out["history"] = history_json(a.history, a.question.period_years);
    if (r.dialogue) out["dialogue"] = dialogue_json(a, *r.dialogue);
    out["cooperation_curve"] = cooperation_json(a);
    if (a.escape) {
        Json states = Json::array();
        const EscapeClause& e = *a.escape;
        for (std::size_t k = 0; k < e.factor.size(); ++k) {
            const double policy = e.scale.policy(static_cast<Eigen::Index>(k));
            states.push_back({{"factor", e.factor[k]},
                              {"policy", policy},
                              {"mean_tariff", {{g.player_a, e.rate[0][k]}, {g.player_b, e.rate[1][k]}}},
                              {"share", e.probability[k]},
                              {"escape", policy > 0.0}});
        }
        out["escape"] = {{"states", states},
                         {"escape_share", e.scale.escape_share},
                         {"answered", e.scale.answered},
                         {"kept_share", {{g.player_a, e.kept[0]}, {g.player_b, e.kept[1]}}},
                         {"converged", e.scale.converged}};
    }
}

std::string optional_number(const std::optional<double>& value, const char* otherwise) {
    return value ? fmt::format("{:.4f}", *value) : otherwise;
}

}  // namespace

Json relation_json(const StudyResult&, const RelationAnswer& a) {
    const RelationQuestion& q = a.question;
    Json out = opening_json(q, a);
    if (!a.answered()) return out;
    const StageGame& g = a.game;
    out["players"] = {g.player_a, g.player_b};
    out["cooperate"] = q.cooperate, out["war"] = q.war;
    out["from"] = q.from;
    out["period_years"] = q.period_years;
    if (q.steps > 0) out["steps"] = q.steps;
    out["unit"] = g.unit;
    out["actions"] = g.actions_a.names();
    out["payoffs"][g.player_a] = matrix_json(g.payoff_a);
    out["payoffs"][g.player_b] = matrix_json(g.payoff_b);
    for (std::size_t k = 0; k < g.bystanders.size(); ++k)
        out["payoffs"][g.bystanders[k]] = matrix_json(g.bystander_payoff[k]);
    out["conflict_share"] = a.report.conflict_share;
    out["coco"] = {{g.player_a, a.report.coco.a}, {g.player_b, a.report.coco.b}};
    for (const Side side : sides) {
        const std::size_t k = side == Side::a ? 0 : 1;
        const std::string& who = player(g, side);
        out["discount"][who] = a.discount[k];
        out["discount_rate"][who] = q.discount_rate[k];
        out["exit_hazard"][who] = 1.0 - chance_a_period(1.0 - q.exit_hazard[k], q.period_years);
        out["exit_hazard_year"][who] = q.exit_hazard[k];
        out["relative_gains"][who] = q.relative_gains[k];
        out["fidelity"][who] = {{"mean", a.fidelity[k].mean},
                                {"low", a.fidelity[k].low},
                                {"high", a.fidelity[k].high},
                                {"mean_year", chance_a_year(a.fidelity[k].mean, q.period_years)},
                                {"source", a.fidelity[k].source}};
    }
    out["prior"] = q.prior;
    out["accuracy"] = q.accuracy;
    if (q.promises) out["as_of"] = to_string(q.as_of);
    if (!q.shock_factor.empty()) out["shocks"] = {{"factor", q.shock_factor}, {"probability", q.shock_probability}};
    out["self_enforcing"] = a.holds();
    if (a.report.agreement) {
        add_agreement(a, out);
        out["game"] = game_json(a.own_view, a.report);
    } else {
        out["no_dilemma"] = a.report.no_dilemma;
    }
    const SetReport& set = a.report.set;
    const auto at = [&](int action) {
        return Json{a.own_view.payoff_a(action, action), a.own_view.payoff_b(action, action)};
    };
    out["payoff_set"] = {{"vertices", points(set.outer.vertices)},
                         {"inner", points(set.inner.vertices)},
                         {"area", set.area},
                         {"status", to_string(set.status)},
                         {"gap", set.gap},
                         {"feasible", points(a.feasible)},
                         {"agreement", at(agreement_action)},
                         {"war", at(war_action)}};
    // The best of what can last, as `detente game` has it.
    const auto best = [&](const char* key, const std::optional<BestAgreement>& one) {
        if (!one) return;
        out[key] = {{"payoff", {{g.player_a, one->payoff.x()}, {g.player_b, one->payoff.y()}}},
                    {"slack", {{g.player_a, one->slack.x()}, {g.player_b, one->slack.y()}}},
                    {"binding", player(g, one->binding)}};
    };
    if (a.report.agreement) best("nash_agreement", a.report.agreement->nash);
    best("coco_agreement", a.report.fair);
    if (a.linkage) {
        Json issues = Json::array();
        const auto by_side = [&](const std::vector<double>& list) {
            return Json{{g.player_a, list[0]}, {g.player_b, list[1]}};
        };
        for (const LinkedIssue& issue : a.linkage->issues)
            issues.push_back({{"name", issue.name},
                              {"slack", by_side(issue.slack)},
                              {"holds_alone", issue.holds_alone},
                              {"needs_link", issue.needs_link},
                              {"carries", issue.carries}});
        out["linkage"] = {{"issues", issues},
                          {"pooled_slack", by_side(a.linkage->pooled_slack)},
                          {"holds", a.linkage->holds},
                          {"link_helps", a.linkage->link_helps}};
    }
    Json stages = Json::array();
    for (const TransferStage& stage : a.transfer_stages)
        stages.push_back({{"discount", stage.discount},
                          {"joint", stage.joint},
                          {"agreement", {g.actions_a[stage.agreement.a], g.actions_b[stage.agreement.b]}},
                          {"punishment", {{g.player_a, stage.punishment_a}, {g.player_b, stage.punishment_b}}}});
    if (!stages.empty()) out["transfer_stages"] = std::move(stages);
    if (a.ledger) out["ledger"] = *a.ledger;
    return out;
}

std::string relation_text(const StudyResult&, const RelationAnswer& a) {
    std::string out = wrapped(a.words) + payoff_table(a.game);
    if (!a.report.agreement) return out;
    const AgreementReport& r = *a.report.agreement;
    out += fmt::format("  {:<12} {:>18} {:>14} {:>14} {:>14} {:>22}\n", "side", "kind of game", "needs delta",
                       "has delta", "needs phi a year", "has phi a year");
    for (const Side side : sides) {
        const std::size_t k = side == Side::a ? 0 : 1;
        const FidelityUsed& f = a.fidelity[k];
        const auto year = [&](double a_period) { return chance_a_year(a_period, a.question.period_years); };
        out +=
            fmt::format("  {:<12} {:>18} {:>14} {:>14.4f} {:>14} {:>22}\n", player(a.game, side),
                        to_string(side == Side::a ? r.class_a : r.class_b),
                        optional_number(r.without_noise.of(side).critical, "none"), a.discount[k],
                        a.threshold_by_side[k] ? fmt::format("{:.4f}", year(*a.threshold_by_side[k])) : "none",
                        f.low < f.high ? fmt::format("{:.3f} [{:.3f}, {:.3f}]", year(f.mean), year(f.low), year(f.high))
                                       : fmt::format("{:.3f}", year(f.mean)));
    }
    return out + fmt::format(
                     "  holds with the fidelity in use: {}; phi* a year on both sides {}; set of lasting payoffs: {}, "
                     "gap {:.1e}\n",
                     a.question.answer_to_breach ? (a.holds() ? "yes" : "no") : to_string(r.holding),
                     r.threshold.lowest
                         ? fmt::format("{:.4f}", chance_a_year(*r.threshold.lowest, a.question.period_years))
                         : "none",
                     to_string(a.report.set.status), a.report.set.gap);
}

}  // namespace detente
