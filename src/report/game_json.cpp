#include "report/game_json.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace detente {
namespace {

using nlohmann::json;

// What is infinite or has no value is null: JSON has no other word for it.
json number(double value) {
    return std::isfinite(value) ? json(value) : json(nullptr);
}
json number(const std::optional<double>& value) {
    return value ? number(*value) : json(nullptr);
}
json periods(const std::optional<int>& value) {
    if (!value) return nullptr;
    return *value == forever ? json("forever") : json(*value);
}
template <typename Value>
json by_side(const Value& a, const Value& b) {
    return {{"a", number(a)}, {"b", number(b)}};
}
json optional_by_side(const std::array<std::optional<double>, 2>& values) {
    return by_side(values[0], values[1]);
}
json pair_names(const StageGame& game, const ActionPair& pair) {
    return {game.actions_a[pair.a], game.actions_b[pair.b]};
}
json points(const ConvexSet& set) {
    json list = json::array();
    for (const auto& v : set.vertices) list.push_back({v.x(), v.y()});
    return list;
}
json best(const std::optional<BestAgreement>& agreement) {
    if (!agreement) return nullptr;
    return {{"payoff", {agreement->payoff.x(), agreement->payoff.y()}},
            {"slack", by_side(agreement->slack.x(), agreement->slack.y())},
            {"binding", agreement->binding == Side::a ? "a" : "b"}};
}

json war_json(const ForgivenessWindow& window) {
    json out = {{"holds", window.holds}, {"periods", window.holds ? periods(window.from) : json(nullptr)}};
    if (!window.best) return out;
    const WarReport& war = *window.best;
    out["value"] = by_side(war.value[0], war.value[1]);
    out["kept_share"] = by_side(war.kept_share[0], war.kept_share[1]);
    out["expected_peace_periods"] = number(war.mean_peace);
    out["war_share"] = war.war_share;
    return out;
}

json dialogue_json(const DialogueReport& d) {
    return {{"accuracy", d.accuracy},
            {"without", war_json(d.without)},
            {"with", war_json(d.with)},
            {"worth", by_side(d.worth[0], d.worth[1])},
            {"worth_of_coin", by_side(d.coin[0], d.coin[1])},
            {"summits", d.summits},
            {"pays_from", optional_by_side(d.pays_from)},
            {"fidelity_threshold", number(d.threshold.lowest)}};
}

void add_agreement(json& out, const StageGame& game, const AgreementReport& r) {
    const SideEnforcement &a = r.without_noise.of(Side::a), &b = r.without_noise.of(Side::b);
    out["cooperate"] = pair_names(game, r.roles.cooperate);
    out["war"] = pair_names(game, r.roles.war);
    out["war_is_equilibrium"] = r.war_is_equilibrium;
    out["lapse"] = pair_names(game, r.lapse);
    out["game_class"] = {{"a", to_string(r.class_a)}, {"b", to_string(r.class_b)}};
    out["critical_discount"] = by_side(a.critical, b.critical);
    out["critical_discount_minmax"] = by_side(a.critical_minmax, b.critical_minmax);
    out["minmax"] = by_side(a.temptation.minmax, b.temptation.minmax);
    out["critical_discount_with_transfers"] = r.critical_with_transfers;
    out["slack"] = by_side(a.slack, b.slack);
    out["binding"] = r.without_noise.binding == Side::a ? "a" : "b";
    out["self_enforcing"] = r.verdict.holds;
    out["verdict"] = to_string(r.holding);
    out["verdict_without_lapses"] = to_string(r.holding_without_lapses);
    out["self_enforcing_by"] = to_string(r.verdict.threat);
    out["self_enforcing_by_equilibria"] = r.verdict.holds_by_equilibria;
    out["self_enforcing_without_lapses"] = r.verdict_without_lapses.holds;
    out["minimum_punishment"] = {{"a", periods(r.window.shortest[0])}, {"b", periods(r.window.shortest[1])}};
    out["fidelity_threshold"] = number(r.threshold.lowest);
    out["relative_gains_threshold"] = by_side(r.relative_gains_a, r.relative_gains_b);
    out["nash_agreement"] = best(r.nash);
    if (!r.lapses_too_frequent.empty()) out["reason"] = r.lapses_too_frequent;
    out["expected_peace_periods"] = number(r.mean_peace);
    if (r.window.best) {
        const WarReport& war = *r.window.best;
        out["value"] = by_side(war.value[0], war.value[1]);
        out["efficiency"] = optional_by_side(war.efficiency);
        out["kept_share"] = by_side(war.kept_share[0], war.kept_share[1]);
        out["war_share"] = war.war_share;
        out["random_war"] = {{"probability", r.window.randomised->probability},
                             {"value", by_side(r.window.randomised->value[0], r.window.randomised->value[1])}};
    }
    if (r.dialogue) out["dialogue"] = dialogue_json(*r.dialogue);
    if (r.compensation)
        out["compensation"] = {{"holds", r.compensation->equilibrium},
                               {"value", by_side(r.compensation->value[0](0), r.compensation->value[1](0))}};
}

}  // namespace

json game_json(const StageGame& game, const GameReport& r) {
    json out;
    out["payoff_set"] = {{"vertices", points(r.set.outer)},
                         {"area", r.set.area},
                         {"status", to_string(r.set.status)},
                         {"inner_outer_gap", number(r.set.gap)},
                         {"noisy", r.set.noisy}};
    if (r.set.bounds) {
        out["payoff_set"]["inner_vertices"] = points(r.set.inner);
        out["payoff_set"]["inner_area"] = r.set.inner_area;
    }
    out["discount"] = by_side(r.question.discount_a, r.question.discount_b);
    out["fidelity"] = by_side(r.question.fidelity_a, r.question.fidelity_b);
    out["coco"] = {r.coco.a, r.coco.b};
    out["team"] = r.coco.team;
    out["advantage"] = r.coco.advantage;
    out["conflict_share"] = r.conflict_share;
    out["coco_agreement"] = best(r.fair);
    out["dilemma"] = r.agreement.has_value();
    if (r.agreement) {
        add_agreement(out, game, *r.agreement);
    } else {
        out["game_class"] = nullptr;
        out["critical_discount"] = by_side(std::optional<double>(), std::optional<double>());
        out["self_enforcing"] = nullptr;
        out["reason"] = r.no_dilemma;
    }
    return out;
}

}  // namespace detente
