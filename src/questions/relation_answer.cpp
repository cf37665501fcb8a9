// The answer to [relation]: the stage game, what holds the agreement up, and what trust and dialogue are worth.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/random.h"
#include "commitment/track_text.h"
#include "questions/challenge.h"
#include "questions/relation.h"
#include "relation/beliefs.h"
#include "relation/strategies.h"
#include "study/run.h"

namespace detente {

namespace {

// The agreement, what happens otherwise, and the study's other policies.
Agreement agreement_of(const StudyResult& run, const RelationQuestion& q) {
    Agreement agreement;
    agreement.players = q.players;
    agreement.cooperate = q.cooperate, agreement.war = q.war;
    agreement.kept = shock_at(run, q.cooperate), agreement.fought = shock_at(run, q.war);
    for (const std::string& policy : q.policies) agreement.between.add(policy, shock_at(run, policy));
    agreement.steps = q.steps;
    agreement.others = shock_at(run, q.from);
    return agreement;
}

void estimate_fidelity(const RelationQuestion& q, RelationAnswer& a) {
    const auto per_period = [&](double a_year) { return chance_a_period(a_year, q.period_years); };
    if (q.drawn_fidelity[0] && q.drawn_fidelity[1]) {
        for (std::size_t p = 0; p < 2; ++p) {
            const double drawn = per_period(*q.drawn_fidelity[p]);
            a.fidelity[p] = {drawn, drawn, drawn, "drawn from what the ledger leaves open", "", false};
        }
        return;
    }
    if (!q.promises) {
        for (std::size_t p = 0; p < 2; ++p) {
            const double given = per_period(q.fidelity[p]);
            a.fidelity[p] = {given, given, given, "given in the study", "", false};
        }
        return;
    }
    const Ledger& ledger = *q.promises;
    const TrackReport tracked = track(ledger, q.as_of);
    FidelityOptions options;
    options.prior = q.ledger_prior;
    const std::vector<FidelityEstimate> estimates = detente::estimate_fidelity(ledger, tracked, options);
    for (std::size_t p = 0; p < 2; ++p) {
        // Over all fields; that the ledger knows the actor was checked when the study was read.
        const std::string& actor = p == 0 ? a.game.player_a : a.game.player_b;
        const FidelityEstimate& one = *std::find_if(estimates.begin(), estimates.end(), [&](const FidelityEstimate& e) {
            return e.actor == actor && e.field.empty();
        });
        const FidelityPosterior& posterior = one.reading(q.ledger_reading);
        a.fidelity[p] = {
            per_period(posterior.mean),
            per_period(posterior.low),
            per_period(posterior.high),
            fmt::format("{}, by {}: {} kept, {} in part, {} broken, {:.2f} years of restraint with {:g} "
                        "breaches; prior {}, reading {}",
                        q.ledger, to_string(q.as_of), one.kept, one.kept_in_part, one.broken, one.restraint_years,
                        one.breaches, q.ledger_prior.name, to_string(q.ledger_reading)),
            fidelity_words(one),
            one.empty()};
    }
    a.ledger = std::make_shared<nlohmann::ordered_json>(track_json(ledger, tracked, estimates, options));
}

// What the next period counts for, from what the next year counts for; the same of chances a year.
std::vector<double> by_period(std::vector<double> by_year, double period_years) {
    for (double& rate : by_year) rate = chance_a_period(rate, period_years);
    return by_year;
}

std::vector<double> even(double from, double to, int points) {
    std::vector<double> list;
    list.reserve(static_cast<std::size_t>(points));
    for (int k = 0; k < points; ++k) list.push_back(from + (to - from) * k / (points - 1));
    return list;
}

// The same lapses without a channel and with it, each followed by the war that deters; where none does, by a lasting
// one.
void add_histories(RelationAnswer& a) {
    constexpr int periods = 60;
    const AgreementReport& r = *a.report.agreement;
    const Implementation lapses = lapse_implementation(a.own_view, r.roles, a.fidelity[0].mean, a.fidelity[1].mean);
    const auto draw = [&](const Channel& channel, const ForgivenessWindow& window) {
        return peace_history(lapses, r.roles.cooperate, channel, window.holds ? window.from : forever, periods);
    };
    a.history = draw({}, r.window);
    if (!r.dialogue) return;
    a.history_with_dialogue = draw({a.question.accuracy}, r.dialogue->with);
}

// One side's view of keeping the agreement and of breaking it, its own action first, money a period: a breach is the
// best answer to a partner that keeps its word, and where both break it there is war.
std::array<double, 4> own_payoffs(const RelationAnswer& a, Side side, double period) {
    const auto u = [&](int own, int other) {
        return period * (side == Side::a ? a.own_view.payoff_a(own, other) : a.own_view.payoff_b(other, own));
    };
    const int keep = agreement_action, best = best_answer_action, war = war_action;
    return {u(keep, keep), u(keep, best), u(best, keep), u(war, war)};
}

// Belief in a partner that keeps its word, along a history in which it is of one type and we answer in kind.
std::vector<double> belief_path(const TrustProblem& problem, bool reciprocator, int periods, std::uint64_t seed) {
    BeliefModel model;
    model.types = {problem.reciprocator, problem.opportunist};
    model.prior = Eigen::Vector2d(problem.prior, 1.0 - problem.prior);
    // Kept off 0 and 1: what cannot happen would end the learning.
    model.lapse = Eigen::VectorXd::Constant(1, std::clamp(problem.lapse_partner, 1e-3, 0.999));
    model.drift = problem.drift;
    model.failure = Failure::lapse;
    Belief belief = initial_belief(model);
    RandomStream random(seed, reciprocator ? 1 : 2);
    std::vector<double> path = {problem.prior};
    bool ours = true, theirs = true;
    for (int k = 1; k < periods; ++k) {
        const bool meant = reciprocator ? ours : false;
        ours = theirs ? random.uniform() >= problem.lapse_own : false;
        theirs = meant ? random.uniform() >= problem.lapse_partner : false;
        observe(model, belief, ours, theirs);
        path.push_back(type_posterior(belief)[0]);
    }
    return path;
}

// `alone`: what claims ask for, without the table, the paths and what becomes of a partner.
std::optional<TrustAnswer> trust_of(const RelationAnswer& a, Side side, double period, const Job& job,
                                    bool alone = false) {
    const RelationQuestion& q = a.question;
    const std::size_t me = side == Side::a ? 0 : 1;
    TrustProblem problem;
    problem.payoff = own_payoffs(a, side, period);
    if (q.prior <= 0.0 || q.prior >= 1.0) return std::nullopt;
    problem.reciprocator = *make_strategy("TFT", {});
    problem.opportunist = *make_strategy("ALLD", {});
    problem.lapse_own = 1.0 - a.fidelity[me].mean, problem.lapse_partner = 1.0 - a.fidelity[1 - me].mean;
    problem.discount = a.discount[me];
    problem.prior = q.prior, problem.drift = 1.0 - chance_a_period(1.0 - q.exit_hazard[1 - me], q.period_years);
    problem.accuracy = q.accuracy;
    TrustOptions options;
    options.grid = 401;
    options.job = job;
    TrustAnswer out;
    out.dialogue = dialogue_value(problem, options);
    if (alone) return out;
    const std::vector<double> accuracies = {0.5, 0.6, 0.7, 0.8, 0.9, 1.0};
    const double fidelity = a.fidelity[1 - me].mean;
    out.table = dialogue_table(problem, accuracies, {fidelity}, {q.prior}, options);
    for (const double other : {0.8, 0.9, 0.99}) {
        const auto row = dialogue_table(problem, {q.accuracy}, {other}, {q.prior}, options);
        out.table.insert(out.table.end(), row.begin(), row.end());
    }
    for (const double prior : {0.25, 0.75}) {
        const auto row = dialogue_table(problem, {q.accuracy}, {fidelity}, {prior}, options);
        out.table.insert(out.table.end(), row.begin(), row.end());
    }
    // Without being told, as the relation's verdict is without a channel.
    problem.accuracy = 0.5;
    options.grid = 1601;
    out.solution = solve_trust(problem, options);
    LearningOptions how;
    // Governments change, so that beliefs do not meet again: close ones are taken together.
    how.horizon = 400, how.resolution = 0.01;
    out.learning = learning(problem, out.solution, how);
    out.reassurance = reassurance_threshold(problem.payoff);
    out.concession = separating_concession(problem.payoff, problem.discount);
    constexpr int periods = 40;
    out.belief_reciprocator = belief_path(problem, true, periods, 1);
    out.belief_opportunist = belief_path(problem, false, periods, 1);
    return out;
}

void link(const StudyResult& run, RelationAnswer& a) {
    if (a.question.linked.empty()) return;
    std::vector<Issue> issues = {
        issue_of("tariffs", a.own_view, {agreement_action, agreement_action}, {war_action, war_action})};
    for (const std::string& name : a.question.linked) {
        const auto& c = dynamic_cast<const ChallengeAnswer&>(need_answer(run, name));
        // That both contribute was checked when the study was read.
        const auto at = [&](const std::string& who) {
            const auto& list = c.question.contributors;
            return static_cast<std::size_t>(std::find(list.begin(), list.end(), who) - list.begin());
        };
        issues.push_back(issue_of(c.question.challenge, at(a.game.player_a), at(a.game.player_b),
                                  worth_in(c.question, run.base.world.unit).value()));
    }
    a.linkage = link_issues(issues, {a.discount[0], a.discount[1]});
}

// Whether the relation or a claim rests on a war that a channel spares.
bool channel_is_named(const StudyResult& run, const RelationQuestion& q) {
    const std::string name = to_string(AnswerKind::channelled_war);
    return q.answer_to_breach == AnswerKind::channelled_war ||
           std::any_of(run.study.claims.begin(), run.study.claims.end(),
                       [&](const Claim& claim) { return claim.holds.find(name) != std::string::npos; });
}

// Over draws and under variants the verdict alone, and the channel where a claim asks for it.
GameReport report_of(const StudyResult& run, const RunOptions& options, const RelationAnswer& a) {
    GameQuestion question;
    question.discount_a = a.discount[0], question.discount_b = a.discount[1];
    question.fidelity_a = a.fidelity[0].mean, question.fidelity_b = a.fidelity[1].mean;
    question.cooperate = keep_both, question.war = war_both;
    question.verdict_alone = options.brief();
    if (!question.verdict_alone || claims_ask(run.study, "value_of_dialogue") || channel_is_named(run, a.question))
        question.accuracy = a.question.accuracy;
    try {
        require_dilemma(a.own_view, {question.cooperate, question.war});
    } catch (const Error& error) {
        // No dilemma with these roles: an answer about the relation, not a mistake in the study.
        GameReport none;
        none.question = question;
        none.coco = coco_value(a.own_view), none.conflict_share = conflict_share(a.own_view);
        none.no_dilemma = error.what();
        return none;
    }
    return report_game(a.own_view, question, options.job);
}

// What figures and claims over draws and under variants need of the rest, and no more.
void answer_figures(const StudyResult& run, const Agreement& agreement, const RunOptions& options, RelationAnswer& a) {
    if (a.report.agreement && claims_ask(run.study, "cooperation"))
        a.cooperation = cooperation_curve(run.base.world, agreement, a.discount, options.threads,
                                          solver_options(run.study, options));
    if (a.report.agreement && claims_ask(run.study, "value_of_learning"))
        for (const Side side : sides)
            a.trust[side == Side::a ? 0 : 1] = trust_of(a, side, a.question.period_years, options.job, true);
    link(run, a);
    options.job.check();
}

}  // namespace

void answer_relation(const StudyResult& run, const RunOptions& options, RelationAnswer& a) {
    const RelationQuestion& q = a.question;
    const Agreement agreement = agreement_of(run, q);
    const SolverOptions solver = solver_options(run.study, options);
    const auto* near = near_answer<RelationAnswer>(options, q.name);
    a.game = agreement_game(run.base.world, agreement, options.threads, solver,
                            near != nullptr ? &near->best_answers : nullptr, &a.best_answers);
    a.own_view = with_relative_gains(a.game, q.relative_gains[0], q.relative_gains[1]);
    for (std::size_t p = 0; p < 2; ++p) a.discount[p] = q.discount(p);
    estimate_fidelity(q, a);
    a.report = report_of(run, options, a);
    if (options.brief()) return answer_figures(run, agreement, options, a);
    const ConvexSet feasible = feasible_payoffs(a.own_view);
    a.feasible = feasible.vertices;
    a.transfer_stages = transfer_stages(a.own_view);
    if (a.report.agreement) {
        const Roles roles = a.report.agreement->roles;
        for (const Side side : sides) {
            const auto at = [&](double phi) {
                return noisy_agreement(a.own_view, roles, lapse_implementation(a.own_view, roles, phi, phi));
            };
            a.threshold_by_side[side == Side::a ? 0 : 1] =
                fidelity_threshold(at, a.discount[0], a.discount[1], side).lowest;
        }
        // By the year, so that a map does not depend on the length of a period by its axes.
        a.map_fidelity_year = even(0.25, 1.0, 41), a.map_discount_year = even(0.1, 0.99, 40);
        const std::vector<double> fidelity = by_period(a.map_fidelity_year, q.period_years);
        a.map = region_map(a.own_view, roles, by_period(a.map_discount_year, q.period_years), fidelity);
        // An escape clause is what fear of the war holds up state by state: of a war that would be carried out.
        if (!q.shock_factor.empty() && a.report.agreement->without_noise.war_is_equilibrium) {
            EscapeQuestion clause;
            clause.factor = q.shock_factor, clause.probability = q.shock_probability;
            for (std::size_t p = 0; p < 2; ++p) {
                clause.discount[p] = a.discount[p], clause.fidelity[p] = a.fidelity[p].mean;
                clause.relative_gains[p] = q.relative_gains[p];
            }
            a.escape = escape_clause(run.base.world, agreement, clause, options.threads, solver);
        }
        a.cooperation = cooperation_curve(run.base.world, agreement, a.discount, options.threads, solver);
        add_histories(a);
        if (a.report.agreement->dialogue)
            a.dialogue = dialogue_map(a.own_view, roles, fidelity, even(0.5, 1.0, 26), a.discount[0], a.discount[1],
                                      options.job);
        for (const Side side : sides) a.trust[side == Side::a ? 0 : 1] = trust_of(a, side, q.period_years, options.job);
    }
    link(run, a);
    // A search that was cut short may have been taken for one that found nothing.
    options.job.check();
    add_words(run, a);
}

}  // namespace detente
