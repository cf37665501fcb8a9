#include "relation/game_report.h"

#include "base/error.h"
#include "relation/payoff_file.h"
#include "relation/transfers.h"

namespace detente {
namespace {

SetReport report_set(const StageGame& game, const GameQuestion& q, const Roles* roles) {
    SetReport report;
    // Lapses are breaches of an agreement: without one there is nothing to lapse from.
    report.noisy =
        roles != nullptr && (q.fidelity_a < 1.0 || q.fidelity_b < 1.0) && game.n_a() * game.n_b() <= most_noisy_pairs;
    report.bounds = report.noisy || q.discount_a != q.discount_b;
    if (!report.bounds) {
        const PayoffSet exact = equilibrium_payoffs(game, q.discount_a);
        report.outer = report.inner = exact.set;
        report.area = report.inner_area = exact.area;
        report.gap = exact.gap;
        report.status = exact.status;
        return report;
    }
    const PayoffBounds bounds =
        report.noisy ? noisy_payoff_bounds(game, lapse_implementation(game, *roles, q.fidelity_a, q.fidelity_b),
                                           q.discount_a, q.discount_b)
                     : perfect_payoff_bounds(game, q.discount_a, q.discount_b);
    report.outer = bounds.outer;
    report.inner = bounds.inner;
    report.area = bounds.outer_area;
    report.inner_area = bounds.inner_area;
    report.gap = bounds.gap;
    report.status = bounds.status;
    return report;
}

void report_lapses(const StageGame& game, const GameQuestion& q, AgreementReport& report) {
    const Implementation implementation = lapse_implementation(game, report.roles, q.fidelity_a, q.fidelity_b);
    const Compensation answers = compensation(game, report.roles);
    report.compensation = evaluate_strategy(answers.strategy, game, implementation, q.discount_a, q.discount_b);
    try {
        const NoisyAgreement n = noisy_agreement(game, report.roles, implementation, WarNoise::none);
        report.window = forgiveness_window(n, q.discount_a, q.discount_b);
    } catch (const Error& error) {
        // Everything else was checked before: lapses alone make the agreement worth no more than war.
        report.lapses_too_frequent = error.what();
    }
}

AgreementReport report_agreement(const StageGame& game, const GameQuestion& q, const Roles& roles) {
    AgreementReport report;
    report.roles = roles;
    report.class_a = game_class(game, roles, Side::a);
    report.class_b = game_class(game, roles, Side::b);
    report.without_noise = self_enforcement(game, roles, q.discount_a, q.discount_b);
    report_lapses(game, q, report);
    report.threshold = fidelity_threshold(game, roles, q.discount_a, q.discount_b);
    report.relative_gains_a = relative_gains_threshold(game, roles, Side::a);
    report.relative_gains_b = relative_gains_threshold(game, roles, Side::b);
    report.critical_with_transfers = critical_discount_with_transfers(game, roles.cooperate);
    return report;
}

}  // namespace

GameReport report_game(const StageGame& game, const GameQuestion& question) {
    check_stage_game(game);
    require_probability("fidelity of A", question.fidelity_a);
    require_probability("fidelity of B", question.fidelity_b);
    GameReport report;
    report.question = question;
    report.coco = coco_value(game);
    report.conflict_share = conflict_share(game);
    const bool roles_given = question.cooperate.a >= 0 || question.war.a >= 0;
    std::optional<Roles> roles;
    try {
        roles = complete_roles(game, question.cooperate, question.war);
    } catch (const Error& error) {
        if (roles_given) throw;
        report.no_dilemma = error.what();
    }
    report.set = report_set(game, question, roles ? &*roles : nullptr);
    report.fair = coco_agreement(report.set.inner, {report.coco.a, report.coco.b});
    if (!roles) return report;
    report.agreement = report_agreement(game, question, *roles);
    report.agreement->nash =
        nash_agreement(report.set.inner, {payoff(game, Side::a, roles->war), payoff(game, Side::b, roles->war)});
    return report;
}

}  // namespace detente
