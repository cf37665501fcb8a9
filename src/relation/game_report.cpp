#include "relation/game_report.h"

#include <fmt/format.h>

#include <cmath>

#include "base/error.h"
#include "relation/credible_punishment.h"
#include "relation/payoff_file.h"
#include "relation/transfers.h"

namespace detente {
namespace {

SetReport report_set(const StageGame& game, const GameQuestion& q, const Roles* roles, const Job& job) {
    SetReport report;
    // Lapses are breaches of an agreement: without one there is nothing to lapse from.
    report.noisy =
        roles != nullptr && (q.fidelity_a < 1.0 || q.fidelity_b < 1.0) && game.n_a() * game.n_b() <= most_noisy_pairs;
    report.bounds = report.noisy || q.discount_a != q.discount_b;
    if (!report.bounds) {
        PayoffSetOptions options;
        options.job = job;
        const PayoffSet exact = equilibrium_payoffs(game, q.discount_a, options);
        report.outer = report.inner = exact.set;
        report.area = report.inner_area = exact.area;
        report.gap = exact.gap;
        report.status = exact.status;
        return report;
    }
    BoundsOptions options;
    options.job = job;
    const PayoffBounds bounds =
        report.noisy ? noisy_payoff_bounds(game, lapse_implementation(game, *roles, q.fidelity_a, q.fidelity_b),
                                           q.discount_a, q.discount_b, options)
                     : perfect_payoff_bounds(game, q.discount_a, q.discount_b, options);
    report.outer = bounds.outer;
    report.inner = bounds.inner;
    report.area = bounds.outer_area;
    report.inner_area = bounds.inner_area;
    report.gap = bounds.gap;
    report.status = bounds.status;
    return report;
}

// Equilibria of the game as the question has it, from inside. Where the set of the game with lapses is not computed,
// its stage equilibria.
ConvexSet certain_equilibria(const StageGame& game, const Implementation& implementation, const SetReport& set,
                             bool lapses) {
    if (set.noisy == lapses) return set.inner;
    const StageGame expected = expected_game(game, implementation);
    std::vector<Eigen::Vector2d> points;
    for (const ActionPair& pair : stage_equilibria(expected))
        points.emplace_back(payoff(expected, Side::a, pair), payoff(expected, Side::b, pair));
    return convex_hull(std::move(points), 0.0);
}

Enforcement verdict_of(bool war_is_equilibrium, bool war_deters, const std::optional<Eigen::Vector2d>& held_up) {
    Enforcement verdict;
    verdict.threat = war_is_equilibrium ? Threat::war : Threat::equilibria;
    verdict.holds_by_equilibria = held_up.has_value() || (war_is_equilibrium && war_deters);
    verdict.holds = war_is_equilibrium ? war_deters : verdict.holds_by_equilibria;
    return verdict;
}

// Whether war is a stage equilibrium with the lapses of the question and without: then both verdicts rest on it.
bool war_decides(const StageGame& game, const GameQuestion& q, const Roles& roles) {
    return is_stage_equilibrium(game, exact_implementation(game), roles.war) &&
           is_stage_equilibrium(game, lapse_implementation(game, roles, q.fidelity_a, q.fidelity_b), roles.war);
}

void report_verdicts(const StageGame& game, const GameQuestion& q, const SetReport& set, const Job& job,
                     AgreementReport& report) {
    const ActionPair& agreement = report.roles.cooperate;
    const bool lapses = q.fidelity_a < 1.0 || q.fidelity_b < 1.0;
    const auto held_up = [&](const Implementation& implementation, const ConvexSet& equilibria) {
        return held_up_by_equilibria(game, agreement, implementation, equilibria, q.discount_a, q.discount_b);
    };
    const Implementation noise = lapse_implementation(game, report.roles, q.fidelity_a, q.fidelity_b);
    report.war_is_equilibrium = is_stage_equilibrium(game, noise, report.roles.war);
    report.verdict = verdict_of(report.war_is_equilibrium, report.window.holds,
                                held_up(noise, certain_equilibria(game, noise, set, lapses)));
    report.verdict_without_lapses = report.verdict;
    if (!lapses) return;
    // Where war is an equilibrium its verdict needs no set of its own.
    GameQuestion exact = q;
    exact.fidelity_a = exact.fidelity_b = 1.0;
    const SelfEnforcement& s = report.without_noise;
    const bool needed = !s.war_is_equilibrium && set.noisy;
    const ConvexSet equilibria = needed      ? report_set(game, exact, nullptr, job).inner
                                 : set.noisy ? ConvexSet{}
                                             : set.inner;
    report.verdict_without_lapses =
        verdict_of(s.war_is_equilibrium, s.holds, held_up(exact_implementation(game), equilibria));
}

// What the war would hold up if it came to it is not the same as nothing.
Holding holding_of(const Enforcement& verdict, bool war_deters) {
    return verdict.holds ? Holding::yes : war_deters && verdict.threat != Threat::war ? Holding::assumed : Holding::no;
}

void report_answers(const StageGame& game, const GameQuestion& q, AgreementReport& report) {
    report.holding = holding_of(report.verdict, report.window.holds);
    report.holding_without_lapses = holding_of(report.verdict_without_lapses, report.without_noise.holds);
    const Implementation lapses = lapse_implementation(game, report.roles, q.fidelity_a, q.fidelity_b);
    std::optional<NoisyAgreement> agreement;
    if (report.lapses_too_frequent.empty()) agreement = noisy_agreement(game, report.roles, lapses);
    const ActionPair& keep = report.roles.cooperate;
    report.answers = answers_to_breach({game,
                                        report.roles,
                                        agreement,
                                        report.window,
                                        report.compensation,
                                        report.dialogue,
                                        report.nash,
                                        lapses,
                                        report.war_is_equilibrium,
                                        {payoff(game, Side::a, keep), payoff(game, Side::b, keep)},
                                        {report.war_with_lapses[0], report.war_with_lapses[1]},
                                        q.discount_a,
                                        q.discount_b});
    // Any answer that would be carried out holds it, not the war alone.
    const AnswerToBreach* const best = best_answer(report.answers);
    if (best != nullptr && best->holds == Holding::yes) report.holding = Holding::yes;
}

void report_lapses(const StageGame& game, const GameQuestion& q, const Job& job, AgreementReport& report) {
    const Implementation implementation = lapse_implementation(game, report.roles, q.fidelity_a, q.fidelity_b);
    report.lapse = lapse_actions(game, report.roles.cooperate);
    report.mean_peace = 1.0 / breach_chance(implementation, report.roles.cooperate);
    const StageGame expected = expected_game(game, implementation);
    for (const Side side : sides)
        report.war_with_lapses[side == Side::a ? 0 : 1] = payoff(expected, side, report.roles.war);
    const Compensation answers = compensation(game, report.roles);
    report.compensation = evaluate_strategy(answers.strategy, game, implementation, q.discount_a, q.discount_b, job);
    try {
        const NoisyAgreement n = noisy_agreement(game, report.roles, implementation);
        report.window = forgiveness_window(n, q.discount_a, q.discount_b);
        if (q.accuracy)
            report.dialogue =
                dialogue(game, report.roles, q.fidelity_a, q.fidelity_b, q.discount_a, q.discount_b, *q.accuracy, job);
    } catch (const Interrupted&) {
        throw;
    } catch (const Error& error) {
        // Everything else was checked before: lapses alone make the agreement worth no more than war.
        report.lapses_too_frequent = error.what();
    }
}

AgreementReport report_agreement(const StageGame& game, const GameQuestion& q, const Roles& roles, const SetReport& set,
                                 const Job& job) {
    AgreementReport report;
    report.roles = roles;
    report.class_a = game_class(game, roles, Side::a);
    report.class_b = game_class(game, roles, Side::b);
    report.without_noise = self_enforcement(game, roles, q.discount_a, q.discount_b, job);
    job.check();
    report_lapses(game, q, job, report);
    report_verdicts(game, q, set, job, report);
    job.check();
    report.threshold = fidelity_threshold(game, roles, q.discount_a, q.discount_b);
    report.relative_gains_a = relative_gains_threshold(game, roles, Side::a);
    report.relative_gains_b = relative_gains_threshold(game, roles, Side::b);
    report.critical_with_transfers = critical_discount_with_transfers(game, roles.cooperate);
    return report;
}

// What differs from 0 by less than payoffs are known to is 0.
void clear_rounding(const StageGame& game, GameReport& report) {
    const Eigen::Vector2d tolerance{payoff_tolerance(game, Side::a), payoff_tolerance(game, Side::b)};
    const auto clear = [](double& value, double least) {
        if (std::abs(value) <= least) value = 0.0;
    };
    const auto clear_point = [&](Eigen::Vector2d& point) {
        for (Eigen::Index k = 0; k < 2; ++k) clear(point[k], tolerance[k]);
    };
    const auto clear_sides = [&](std::array<double, 2>& list) {
        for (std::size_t k = 0; k < 2; ++k) clear(list[k], tolerance[static_cast<Eigen::Index>(k)]);
    };
    for (ConvexSet* set : {&report.set.outer, &report.set.inner})
        for (Eigen::Vector2d& v : set->vertices) clear_point(v);
    for (double* area : {&report.set.area, &report.set.inner_area})
        clear(*area, tolerance[0] * tolerance[1] / game.accuracy);
    for (double* money : {&report.coco.team, &report.coco.advantage, &report.coco.a, &report.coco.b})
        clear(*money, tolerance.maxCoeff());
    const auto clear_best = [&](std::optional<BestAgreement>& best) {
        if (best) clear_point(best->payoff), clear_point(best->slack);
    };
    clear_best(report.fair);
    if (!report.agreement) return;
    AgreementReport& a = *report.agreement;
    clear_best(a.nash);
    for (const Side side : sides)
        clear(a.without_noise.side[static_cast<std::size_t>(side)].slack, tolerance[static_cast<Eigen::Index>(side)]);
    for (std::optional<WarReport>* war : {&a.window.best, &a.window.randomised})
        if (*war) clear_sides((*war)->value), clear_sides((*war)->slack);
    for (AnswerToBreach& answer : a.answers) clear_sides(answer.value);
    if (a.compensation)
        for (std::size_t k = 0; k < 2; ++k)
            for (double& value : a.compensation->value[k]) clear(value, tolerance[static_cast<Eigen::Index>(k)]);
}

void check_question(const StageGame& game, const GameQuestion& question) {
    for (const auto& [name, delta] :
         {std::pair{"discount of A", question.discount_a}, std::pair{"discount of B", question.discount_b}})
        if (!(delta > 0.0 && delta < 1.0))
            throw_input({Place{"", 0, name}, "a discount factor is out of range", fmt::format("{:g}", delta),
                         "a number above 0 and below 1", ""});
    for (const Side side : sides)
        if (actions_of(game, side) > most_actions)
            throw_input({Place{"", 0, "actions of " + player(game, side)}, "too many actions",
                         std::to_string(actions_of(game, side)), fmt::format("at most {} a side", most_actions), ""});
}

}  // namespace

const char* to_string(Threat threat) {
    return threat == Threat::war ? "war" : "equilibria";
}

GameReport report_game(const StageGame& game, const GameQuestion& question, const Job& job) {
    check_stage_game(game);
    check_question(game, question);
    require_probability("fidelity of A", question.fidelity_a);
    require_probability("fidelity of B", question.fidelity_b);
    check_channel({question.accuracy});
    GameReport report;
    report.question = question;
    report.coco = coco_value(game, job);
    report.conflict_share = conflict_share(game);
    job.check();
    const bool roles_given = question.cooperate.a >= 0 || question.war.a >= 0;
    std::optional<Roles> roles;
    try {
        roles = complete_roles(game, question.cooperate, question.war, question.roles_place, job);
    } catch (const Interrupted&) {
        throw;
    } catch (const Error& error) {
        if (roles_given) throw;
        report.no_dilemma = error.what();
    }
    if (!question.verdict_alone || !roles || !war_decides(game, question, *roles))
        report.set = report_set(game, question, roles ? &*roles : nullptr, job);
    report.fair = coco_agreement(report.set.inner, {report.coco.a, report.coco.b});
    if (!roles) {
        clear_rounding(game, report);
        return report;
    }
    report.agreement = report_agreement(game, question, *roles, report.set, job);
    report.agreement->nash =
        nash_agreement(report.set.inner, {payoff(game, Side::a, roles->war), payoff(game, Side::b, roles->war)});
    report_answers(game, question, *report.agreement);
    clear_rounding(game, report);
    return report;
}

}  // namespace detente
