// What claims can ask about relations.
#include <fmt/format.h>

#include <cmath>

#include "questions/game.h"
#include "questions/relation.h"
#include "study/run.h"

namespace detente {
namespace {

// The relation that argument k names, or the first.
const RelationAnswer& relation(const ClaimOutcomes& of, const ClaimCall& call, std::size_t k) {
    return dynamic_cast<const RelationAnswer&>(of.answer(call, k, {"relation"}));
}

const AgreementReport& kept(const RelationAnswer& a) {
    if (!a.report.agreement) throw Unavailable("there is no agreement to keep: " + a.report.no_dilemma);
    return *a.report.agreement;
}

Side side(const ClaimCall& call, const RelationAnswer& a) {
    const std::string who = call.word(0, "a player");
    if (who == a.game.player_a) return Side::a;
    if (who == a.game.player_b) return Side::b;
    throw_unknown_name(call.place(), "player", who, {a.game.player_a, a.game.player_b});
}

std::size_t position(Side s) {
    return s == Side::a ? 0 : 1;
}

double income_of_player(const ClaimOutcomes& of, const ClaimCall& call) {
    const RelationAnswer& a = relation(of, call, 1);
    return of.income(a.question.players[position(side(call, a))].objective.region);
}

double conflict_share_of(const ClaimOutcomes& of, const ClaimCall& call) {
    const Answer& answer = of.answer(call, 0, {"relation", "game"});
    if (const auto* game = dynamic_cast<const ShapeAnswer*>(&answer)) return game->conflict_share;
    return dynamic_cast<const RelationAnswer&>(answer).report.conflict_share;
}

double critical_discount_of(const ClaimOutcomes& of, const ClaimCall& call) {
    const RelationAnswer& a = relation(of, call, 1);
    // Where no patience suffices the threshold is 1, which nobody reaches.
    return kept(a).without_noise.of(side(call, a)).critical.value_or(1.0);
}

double discount_of(const ClaimOutcomes& of, const ClaimCall& call) {
    const RelationAnswer& a = relation(of, call, 1);
    return a.discount[position(side(call, a))];
}

double fidelity_in_use(const ClaimOutcomes& of, const ClaimCall& call) {
    const RelationAnswer& a = relation(of, call, 1);
    return chance_a_year(a.fidelity[position(side(call, a))].mean, a.question.period_years);
}

// Where no fidelity suffices the threshold lies above 1.
double fidelity_threshold_of(const ClaimOutcomes& of, const ClaimCall& call) {
    const RelationAnswer& a = relation(of, call, 0);
    constexpr double beyond = 1.0 + 1e-9;
    if (!a.report.agreement || !a.report.agreement->threshold.lowest) return beyond;
    return chance_a_year(*a.report.agreement->threshold.lowest, a.question.period_years);
}

double if_threatened_of(const ClaimOutcomes& of, const ClaimCall& call) {
    const RelationAnswer& a = relation(of, call, 0);
    return a.report.agreement && a.report.agreement->holding != Holding::no ? 1.0 : 0.0;
}

// The answer to a breach that a call names, or the best that holds; null where that one does not.
const AnswerToBreach* answer_named(const ClaimOutcomes& of, const ClaimCall& call, std::size_t k) {
    const RelationAnswer& a = relation(of, call, k - 1);
    const AgreementReport& r = kept(a);
    if (!call.has(k)) return a.answer_in_use();
    const std::string name = call.word(k, "an answer to a breach");
    for (const AnswerToBreach& one : r.answers)
        if (to_string(one.kind) == name) return one.holds == Holding::no ? nullptr : &one;
    return nullptr;
}

// A threat that nobody need carry out is neither yes nor no.
double self_enforcing_of(const ClaimOutcomes& of, const ClaimCall& call) {
    const RelationAnswer& a = relation(of, call, 0);
    if (call.has(1)) {
        const AnswerToBreach* const named = a.report.agreement ? answer_named(of, call, 1) : nullptr;
        return named != nullptr && named->holds == Holding::yes ? 1.0 : 0.0;
    }
    const bool any = !a.question.answer_to_breach;
    if (any && a.report.agreement && a.report.agreement->holding == Holding::assumed)
        throw Unavailable("assumed: it would hold if a breach were answered by \"" + a.question.war +
                          "\", which is no best answer of both to each other, and by nothing else that was found");
    return a.holds() ? 1.0 : 0.0;
}

// Which answer to a breach a value is by.
std::string rests_on_answer(const ClaimOutcomes& of, const ClaimCall& call) {
    const RelationAnswer& a = relation(of, call, 0);
    if (!a.report.agreement) return "";
    const AnswerToBreach* const answer = answer_named(of, call, 1);
    if (answer != nullptr)
        return fmt::format("\"{}\": by the answer \"{}\" to a breach{}.", a.name(), to_string(answer->kind),
                           answer->holds == Holding::yes ? "" : ", a threat that is only assumed");
    if (call.has(1))
        return fmt::format("\"{}\": the answer \"{}\" does not hold it.", a.name(), call.word(1, "an answer"));
    // Equilibria without a name may hold it still.
    return fmt::format(
        "\"{}\": {}.", a.name(),
        a.holds() ? "by the hardest answers that are equilibria themselves" : "no answer to a breach holds it");
}

double slack_of(const ClaimOutcomes& of, const ClaimCall& call) {
    const RelationAnswer& a = relation(of, call, 1);
    return kept(a).without_noise.of(side(call, a)).slack;
}

// Of the agreement over the war, money a year: from the payoffs, so that it is there where the roles are no
// dilemma.
double gain_of(const ClaimOutcomes& of, const ClaimCall& call) {
    const RelationAnswer& a = relation(of, call, 1);
    const Side s = side(call, a);
    return payoff(a.game, s, keep_both) - payoff(a.game, s, war_both);
}

double temptation_of(const ClaimOutcomes& of, const ClaimCall& call) {
    const RelationAnswer& a = relation(of, call, 1);
    return deviation_gain(a.game, side(call, a), keep_both);
}

// Of the agreement's gains, by the best tariffs that hold; where nothing holds there is none.
double cooperation_of(const ClaimOutcomes& of, const ClaimCall& call) {
    const RelationAnswer& a = relation(of, call, 0);
    kept(a);
    if (a.cooperation.now) return a.cooperation.now->share;
    if (a.cooperation.nothing_now) return 0.0;
    throw Unavailable("the most cooperative tariffs were not found: " + a.cooperation.failure);
}

double peace_under(const AnswerToBreach& answer) {
    if (!answer.peace) throw Unavailable("a point of the set of payoffs says nothing of how long peace lasts");
    return *answer.peace;
}

double peace_years_of(const ClaimOutcomes& of, const ClaimCall& call) {
    const AnswerToBreach* answer = answer_named(of, call, 1);
    if (answer == nullptr) return 0.0;
    const double peace = peace_under(*answer);
    if (!std::isfinite(peace)) throw Unavailable("peace never ends: it has no mean length");
    return peace * relation(of, call, 0).question.period_years;
}

// Chance that peace lasts ten years.
double survival_of(const ClaimOutcomes& of, const ClaimCall& call) {
    const AnswerToBreach* answer = answer_named(of, call, 1);
    if (answer == nullptr) return 0.0;
    peace_under(*answer);
    return survival(*answer, 10.0 / relation(of, call, 0).question.period_years);
}

double war_time_of(const ClaimOutcomes& of, const ClaimCall& call) {
    const AnswerToBreach* answer = answer_named(of, call, 1);
    if (answer == nullptr) return 1.0;
    peace_under(*answer);
    return *answer->answer_share;
}

// Over a trade war after every breach, or over the answer named: what the channel adds to what holds without one.
double dialogue_of(const ClaimOutcomes& of, const ClaimCall& call) {
    const RelationAnswer& a = relation(of, call, 1);
    const AgreementReport& r = kept(a);
    if (!r.dialogue) throw Unavailable("lapses alone make the agreement worth no more than war, talked about or not");
    const std::size_t k = position(side(call, a));
    if (!call.has(2)) return r.dialogue->worth[k];
    const AnswerToBreach* const other = answer_named(of, call, 2);
    if (other == nullptr) throw Unavailable("the answer to a breach that it is measured against does not hold");
    return r.dialogue->value[k] - other->value[k];
}

std::string dialogue_rests_on(const ClaimOutcomes& of, const ClaimCall& call) {
    const AgreementReport& r = kept(relation(of, call, 1));
    const bool war_holds = r.dialogue && r.dialogue->without.holds;
    return fmt::format("\"{}\": over {} without a channel.", relation(of, call, 1).name(),
                       call.has(2) ? "the answer \"" + call.word(2, "an answer") + "\" to a breach"
                       : war_holds ? std::string("a trade war after every breach")
                                   : std::string("the war, since no trade war after breaches holds it"));
}

double learning_of(const ClaimOutcomes& of, const ClaimCall& call) {
    const RelationAnswer& a = relation(of, call, 1);
    const auto& t = a.trust[position(side(call, a))];
    if (!t) throw Unavailable("there is no agreement to talk about");
    return t->dialogue.gain / a.question.period_years;
}

double relative_of(const ClaimOutcomes& of, const ClaimCall& call) {
    const RelationAnswer& a = relation(of, call, 1);
    const Side s = side(call, a);
    const double threshold = relative_gains_threshold(a.game, {keep_both, war_both}, s);
    if (!std::isfinite(threshold))
        throw Unavailable("no weight on the other's gain makes war look as good as the agreement");
    return threshold;
}

}  // namespace

std::vector<ClaimFunction> relation_claims() {
    const ClaimArgument player = party_argument(), about = question_argument("relation", {"relation"}, true);
    const auto percent = size_of(100.0), given = size_of(0.0);
    ClaimFunction threatened{"self_enforcing_if_threatened", {about}, if_threatened_of, given};
    threatened.is_flag = true;
    ClaimArgument answer;
    answer.takes = ClaimArgument::Takes::choice, answer.what = "answer to a breach";
    answer.optional = true, answer.choices = answer_names();
    ClaimFunction holds{"self_enforcing", {about, answer}, self_enforcing_of, given};
    holds.is_flag = true, holds.rests_on = rests_on_answer;
    const auto by_answer = [&](const char* name, ClaimFunction::Get value) {
        ClaimFunction function{name, {about, answer}, std::move(value), percent};
        function.rests_on = rests_on_answer;
        return function;
    };
    ClaimFunction dialogue = in_money({"value_of_dialogue", {player, about, answer}, dialogue_of, income_of_player});
    dialogue.rests_on = dialogue_rests_on;
    return {
        {"conflict_share",
         {question_argument("game or relation", {"relation", "game"}, true)},
         conflict_share_of,
         percent},
        {"critical_discount", {player, about}, critical_discount_of, percent},
        {"discount", {player, about}, discount_of, given},
        {"fidelity", {player, about}, fidelity_in_use, given},
        {"fidelity_threshold", {about}, fidelity_threshold_of, percent},
        holds,
        threatened,
        in_money({"slack", {player, about}, slack_of, income_of_player}),
        in_money({"gain_from_agreement", {player, about}, gain_of, income_of_player}),
        in_money({"temptation", {player, about}, temptation_of, income_of_player}),
        {"cooperation", {about}, cooperation_of, percent},
        by_answer("peace_years", peace_years_of),
        by_answer("survival", survival_of),
        by_answer("war_time", war_time_of),
        dialogue,
        in_money({"value_of_learning", {player, about}, learning_of, income_of_player}),
        {"relative_gains_threshold", {player, about}, relative_of, percent},
    };
}

}  // namespace detente
