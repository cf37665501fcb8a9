#include "relation/punishments.h"

#include <algorithm>
#include <cmath>

namespace detente {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr std::array kinds = {AnswerKind::war, AnswerKind::random_war, AnswerKind::proportional,
                              AnswerKind::best_equilibrium, AnswerKind::channelled_war};

Holding threatened(bool deters, bool carried_out) {
    return !deters ? Holding::no : carried_out ? Holding::yes : Holding::assumed;
}

AnswerToBreach of_war(AnswerKind kind, const WarReport& war, Holding holds) {
    AnswerToBreach one;
    one.kind = kind, one.holds = holds;
    one.value = war.value, one.kept_share = war.kept_share;
    one.periods = war.periods, one.probability = war.probability;
    // Peace ends where a breach is answered, which is not every breach.
    one.peace = war.probability > 0.0 ? war.mean_peace / war.probability : infinite;
    one.answer_share = war.war_share;
    return one;
}

AnswerToBreach of_value(const AnswerInputs& in, AnswerKind kind, Holding holds, const std::array<double, 2>& value) {
    AnswerToBreach one;
    one.kind = kind, one.holds = holds, one.value = value;
    for (std::size_t k = 0; k < 2; ++k) one.kept_share[k] = (value[k] - in.war[k]) / (in.promised[k] - in.war[k]);
    return one;
}

// The severity that the side which needs most needs is met by fewer wars of the same length.
WarReport random_war(const AnswerInputs& in, int periods) {
    double probability = 0.0;
    for (const Side side : sides) {
        const double delta = side == Side::a ? in.discount_a : in.discount_b;
        const auto least = least_severity(in.agreement->of(side), delta);
        if (least && *least > 0.0) probability = std::max(probability, *least / severity(delta, periods));
    }
    return evaluate_war(*in.agreement, in.discount_a, in.discount_b, periods, std::min(1.0, probability));
}

void add_wars(const AnswerInputs& in, std::vector<AnswerToBreach>& list) {
    const Holding holds = threatened(in.window.holds, in.war_is_equilibrium);
    const int periods = in.window.holds ? in.window.from : forever;
    list.push_back(of_war(
        AnswerKind::war,
        in.window.best ? *in.window.best : evaluate_war(*in.agreement, in.discount_a, in.discount_b, forever), holds));
    if (in.window.holds && periods > 0) list.push_back(of_war(AnswerKind::random_war, random_war(in, periods), holds));
}

void add_proportional(const AnswerInputs& in, std::vector<AnswerToBreach>& list) {
    if (!in.proportional) return;
    const StrategyValue& v = *in.proportional;
    AnswerToBreach one = of_value(in, AnswerKind::proportional, v.equilibrium ? Holding::yes : Holding::no,
                                  {v.value[0](0), v.value[1](0)});
    // Breaches on both sides at once cancel out.
    const ActionPair& c = in.roles.cooperate;
    const double a = in.implementation.a(c.a, c.a), b = in.implementation.b(c.b, c.b);
    const double answered = a * (1.0 - b) + b * (1.0 - a);
    one.peace = answered > 0.0 ? 1.0 / answered : infinite;
    one.answer_share = 1.0 - v.share(0);
    list.push_back(one);
}

}  // namespace

const char* to_string(Holding holding) {
    return holding == Holding::yes ? "yes" : holding == Holding::assumed ? "assumed" : "no";
}

const char* to_string(AnswerKind kind) {
    switch (kind) {
        case AnswerKind::war:
            return "war";
        case AnswerKind::random_war:
            return "random-war";
        case AnswerKind::proportional:
            return "proportional";
        case AnswerKind::best_equilibrium:
            return "best-equilibrium";
        case AnswerKind::channelled_war:
            break;
    }
    return "channelled-war";
}

std::vector<std::string> answer_names() {
    std::vector<std::string> names;
    for (const AnswerKind kind : kinds) names.emplace_back(to_string(kind));
    return names;
}

std::vector<AnswerToBreach> answers_to_breach(const AnswerInputs& in) {
    std::vector<AnswerToBreach> list;
    if (!(in.promised[0] > in.war[0] && in.promised[1] > in.war[1])) return list;
    if (in.agreement) add_wars(in, list);
    add_proportional(in, list);
    if (in.nash)
        list.push_back(
            of_value(in, AnswerKind::best_equilibrium, Holding::yes, {in.nash->payoff.x(), in.nash->payoff.y()}));
    if (in.dialogue && in.dialogue->with.best)
        list.push_back(of_war(AnswerKind::channelled_war, *in.dialogue->with.best,
                              threatened(in.dialogue->with.holds, in.war_is_equilibrium)));
    return list;
}

const AnswerToBreach* best_answer(const std::vector<AnswerToBreach>& answers) {
    const AnswerToBreach* best = nullptr;
    const auto product = [](const AnswerToBreach& one) {
        return std::max(0.0, one.kept_share[0]) * std::max(0.0, one.kept_share[1]);
    };
    for (const AnswerToBreach& one : answers) {
        if (one.holds == Holding::no || one.kind == AnswerKind::channelled_war || !one.peace) continue;
        if (best == nullptr || one.holds > best->holds || (one.holds == best->holds && product(one) > product(*best)))
            best = &one;
    }
    return best;
}

const AnswerToBreach* answer_of(const std::vector<AnswerToBreach>& answers, AnswerKind kind) {
    const auto at = std::find_if(answers.begin(), answers.end(), [&](const auto& one) { return one.kind == kind; });
    return at == answers.end() ? nullptr : &*at;
}

double survival(const AnswerToBreach& answer, double periods) {
    if (!answer.peace || !std::isfinite(*answer.peace)) return 1.0;
    return std::pow(std::max(0.0, 1.0 - 1.0 / *answer.peace), periods);
}

}  // namespace detente
