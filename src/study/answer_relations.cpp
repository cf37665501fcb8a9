#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/progress.h"
#include "base/random.h"
#include "commitment/track_text.h"
#include "relation/beliefs.h"
#include "relation/strategies.h"
#include "study/relation_answers.h"

namespace detente {

namespace {

constexpr int agreement = 0, best_answer = 1, war = 2;

// The agreement, each side's best answer to the other's keeping it, and the war.
StageGame stage_game(const StudyResult& run, const RelationQuestion& q, int threads) {
    std::vector<int> players;
    const Shock kept = shock_at(run, q.cooperate);
    // Whoever breaks the deal is not paid for keeping it.
    Shock broken = kept;
    broken.transfer.clear();
    Shock deviation = broken;
    for (std::size_t p = 0; p < 2; ++p) {
        const Player& player = q.players[p];
        players.push_back(player.objective.region);
        OptimumOptions how;
        how.probes = 0, how.threads = threads, how.starts = 2;
        const Optimum best = optimal_policy(run.base.world, broken, player.objective, player.instruments, how);
        for (const TariffBlock& block : tariff_blocks(run.base.world, player.instruments, 0))
            for (const auto& [i, j, s] : block.lines) deviation.tariff(i, j, s) = best.shock.tariff(i, j, s);
    }
    const std::vector<std::string> names = {q.cooperate, "best answer", q.war};
    return payoff_grid(run, players, names, {kept, deviation, shock_at(run, q.war)}, shock_at(run, q.from), threads);
}

void estimate_fidelity(const RelationQuestion& q, RelationAnswer& a) {
    if (q.ledger.empty()) {
        for (std::size_t p = 0; p < 2; ++p)
            a.fidelity[p] = {q.fidelity[p], q.fidelity[p], q.fidelity[p], "given in the study"};
        return;
    }
    const Ledger ledger = read_ledger(q.ledger_path);
    const TrackReport tracked = track(ledger, q.as_of);
    const FidelityOptions options;
    const std::vector<FidelityEstimate> estimates = detente::estimate_fidelity(ledger, tracked, options);
    for (std::size_t p = 0; p < 2; ++p) {
        // Over all fields; that the ledger knows the actor was checked when the study was read.
        const std::string& actor = p == 0 ? a.game.player_a : a.game.player_b;
        const FidelityEstimate& one = *std::find_if(estimates.begin(), estimates.end(), [&](const FidelityEstimate& e) {
            return e.actor == actor && e.field.empty();
        });
        a.fidelity[p] = {one.graded_target.mean, one.graded_target.low, one.graded_target.high,
                         fmt::format("{}, by {}: {} kept, {} in part, {} broken", q.ledger, to_string(q.as_of),
                                     one.kept, one.kept_in_part, one.broken),
                         one.kept + one.kept_in_part + one.broken == 0};
    }
    a.ledger = track_json(ledger, tracked, estimates, options);
}

std::vector<double> even(double from, double to, int points) {
    std::vector<double> list;
    for (int k = 0; k < points; ++k) list.push_back(from + (to - from) * k / (points - 1));
    return list;
}

RelationHistory one_history(const RelationAnswer& a, int periods) {
    RelationHistory history;
    RandomStream random(history.seed, 0);
    const int length = a.holds() ? a.report.agreement->window.from : periods;
    int left = 0;
    for (int k = 0; k < periods; ++k) {
        int lapse = 0;
        if (left == 0)
            lapse = (random.uniform() > a.fidelity[0].mean ? 1 : 0) + (random.uniform() > a.fidelity[1].mean ? 2 : 0);
        history.war.push_back(left > 0 ? 1 : 0);
        history.lapse.push_back(lapse);
        if (left > 0) --left;
        if (lapse != 0) left = std::max(1, std::min(length, periods));
    }
    return history;
}

// One side's view of the agreement and the war, its own action first, money a period.
std::array<double, 4> own_payoffs(const RelationAnswer& a, Side side, double period) {
    const auto u = [&](int own, int other) {
        return period * (side == Side::a ? a.own_view.payoff_a(own, other) : a.own_view.payoff_b(other, own));
    };
    return {u(agreement, agreement), u(agreement, war), u(war, agreement), u(war, war)};
}

// Belief in a partner that keeps its word, along a history in which it is of one type and we answer in kind.
std::vector<double> belief_path(const TrustProblem& problem, bool reciprocator, int periods, std::uint64_t seed) {
    BeliefModel model;
    model.types = {problem.reciprocator, problem.opportunist};
    model.prior = Eigen::Vector2d(problem.prior, 1.0 - problem.prior);
    // Kept off 0 and 1: what cannot happen would end the learning.
    model.lapse = Eigen::VectorXd::Constant(1, std::clamp(problem.lapse_partner, 1e-3, 0.999));
    model.drift = problem.drift;
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

std::optional<TrustAnswer> trust_of(const RelationAnswer& a, Side side, double period) {
    const RelationQuestion& q = a.question;
    const std::size_t me = side == Side::a ? 0 : 1;
    TrustProblem problem;
    problem.payoff = own_payoffs(a, side, period);
    if (q.prior <= 0.0 || q.prior >= 1.0) return std::nullopt;
    problem.reciprocator = *make_strategy("TFT", {});
    problem.opportunist = *make_strategy("ALLD", {});
    problem.lapse_own = 1.0 - a.fidelity[me].mean, problem.lapse_partner = 1.0 - a.fidelity[1 - me].mean;
    problem.discount = a.discount[me];
    problem.prior = q.prior, problem.drift = q.exit_hazard[1 - me];
    problem.accuracy = q.accuracy;
    TrustOptions options;
    options.grid = 401;
    TrustAnswer out;
    out.solution = solve_trust(problem, options);
    out.dialogue = dialogue_value(problem, options);
    const double fidelity = a.fidelity[1 - me].mean;
    for (const double accuracy : {0.5, 0.6, 0.7, 0.8, 0.9, 1.0}) {
        const auto row = dialogue_table(problem, {accuracy}, {fidelity}, {q.prior}, options);
        out.table.insert(out.table.end(), row.begin(), row.end());
    }
    for (const double other : {0.8, 0.9, 0.99}) {
        const auto row = dialogue_table(problem, {q.accuracy}, {other}, {q.prior}, options);
        out.table.insert(out.table.end(), row.begin(), row.end());
    }
    for (const double prior : {0.25, 0.75}) {
        const auto row = dialogue_table(problem, {q.accuracy}, {fidelity}, {prior}, options);
        out.table.insert(out.table.end(), row.begin(), row.end());
    }
    constexpr int periods = 40;
    out.belief_reciprocator = belief_path(problem, true, periods, 1);
    out.belief_opportunist = belief_path(problem, false, periods, 1);
    return out;
}

void link(const RelationAnswers& answers, RelationAnswer& a) {
    if (a.question.linked.empty()) return;
    std::vector<Issue> issues = {issue_of("tariffs", a.own_view, {agreement, agreement}, {war, war})};
    for (const std::string& name : a.question.linked) {
        for (const ChallengeAnswer& c : answers.challenge) {
            if (c.question.challenge.name != name) continue;
            const auto at = [&](const std::string& who) {
                const auto& list = c.question.contributors;
                const auto found = std::find(list.begin(), list.end(), who);
                if (found == list.end())
                    throw Error(
                        ErrorKind::input,
                        fmt::format("{} does not contribute to \"{}\", which is linked to the agreement", who, name));
                return static_cast<std::size_t>(found - list.begin());
            };
            issues.push_back(issue_of(c.question.challenge, at(a.game.player_a), at(a.game.player_b)));
        }
    }
    a.linkage = link_issues(issues, {a.discount[0], a.discount[1]});
}

std::string percent_text(double share) {
    return fmt::format("{:.0f} %", 100.0 * share);
}

std::string years_text(double years) {
    return years == 1.0 ? "one year" : fmt::format("{:.3g} years", years);
}

// What the most cooperative tariffs say: today's where full cooperation is out of reach, else what less patience holds.
void talk_of_cooperation(RelationAnswer& a) {
    const CooperationCurve& c = a.cooperation;
    const auto percent = [](double share) { return fmt::format("{:.3g} %", 100.0 * share); };
    if (c.now && std::min(c.now->slack[0], c.now->slack[1]) < 1e-3) {
        a.words.push_back(
            fmt::format("With promises always carried out, the best tariffs that patience in use holds up give each "
                        "side {} of what "
                        "\"{}\" gives it over \"{}\": mean tariffs of {} by {} and {} by {}.",
                        percent_text(c.now->share), a.question.cooperate, a.question.war, percent(c.now->rate[0]),
                        a.game.player_a, percent(c.now->rate[1]), a.game.player_b));
    } else if (c.discount.size() > 2) {
        const std::size_t half = (c.discount.size() - 1) / 2;
        a.words.push_back(fmt::format(
            "Were the next period to count for only {:.2f} of this one, both could still keep {} of what \"{}\" gives "
            "over \"{}\", by mean tariffs of {} by {} and {} by {}, if promises are always carried out.",
            c.discount[half], percent_text(c.share[half]), a.question.cooperate, a.question.war,
            percent(c.rate[0][half]), a.game.player_a, percent(c.rate[1][half]), a.game.player_b));
    }
    if (!c.failure.empty())
        a.words.push_back(c.discount.empty() ? "The most cooperative tariffs were not found: " + c.failure + "."
                                             : fmt::format("At {} of the degrees of patience the most cooperative "
                                                           "tariffs were not found.",
                                                           c.not_found.size() + (c.now ? 0 : 1)));
}

void talk(const StudyResult& run, RelationAnswer& a) {
    const RelationQuestion& q = a.question;
    const std::string unit = run.base.world.unit;
    const auto money = [&](double value) { return money_text(unit, value); };
    if (!a.report.agreement) {
        for (const Side side : sides) {
            const std::size_t k = side == Side::a ? 0 : 1;
            const double kept = payoff(a.own_view, side, {agreement, agreement}),
                         fought = payoff(a.own_view, side, {war, war});
            a.words.push_back(fmt::format(
                "{} values \"{}\" at {} a year and \"{}\" at {}{}.", player(a.game, side), q.cooperate, money(kept),
                q.war, money(fought),
                q.relative_gains[k] > 0.0
                    ? fmt::format(", counting {:.3g} of the other's gain as its own loss", q.relative_gains[k])
                    : ""));
        }
        a.words.push_back("There is no agreement to keep: it must make both sides better off than the war.");
        return;
    }
    const AgreementReport& r = *a.report.agreement;
    for (const Side side : sides) {
        const std::size_t k = side == Side::a ? 0 : 1;
        const SideEnforcement& one = r.without_noise.of(side);
        const Temptation& t = one.temptation;
        const std::string who = player(a.game, side);
        a.words.push_back(fmt::format(
            "{}: keeping \"{}\" is worth {} a year over \"{}\"; breaking it would bring {} a year until the other "
            "answers. It keeps its word if the next period counts for at least {:.2f} of this one; at a "
            "discount rate of {:.3g} % and a chance of {:.3g} % a period that its government drops the relation it "
            "counts for {:.2f}.",
            who, q.cooperate, money(t.loss()), q.war, money(t.gain()), one.critical.value_or(1.0),
            100.0 * q.discount_rate[k], 100.0 * q.exit_hazard[k], a.discount[k]));
    }
    if (!r.without_noise.war_is_equilibrium)
        a.words.push_back(fmt::format(
            "\"{}\" is no best answer of both to each other: that a breach is answered by it is assumed, not "
            "explained.",
            q.war));
    if (!r.lapses_too_frequent.empty())
        a.words.push_back("With so many lapses no trade war sustains it: " + r.lapses_too_frequent + ".");
    const std::string used = fmt::format("{} {}, {} {}", a.game.player_a, percent_text(a.fidelity[0].mean),
                                         a.game.player_b, percent_text(a.fidelity[1].mean));
    if (r.window.holds) {
        const WarReport& best = *r.window.best;
        const double peace = best.mean_peace * q.period_years;
        a.words.push_back(fmt::format(
            "With promises carried out at the rate in use ({}), the agreement holds for both sides: a breach must be "
            "answered by {} of trade war. Peace then lasts {}, and {} of the time is war.",
            used, r.window.from == forever ? std::string("a lasting one") : years_text(r.window.from * q.period_years),
            std::isfinite(peace) ? years_text(peace) + " on average" : "for ever", percent_text(best.war_share)));
    } else {
        const Side weak = r.without_noise.binding;
        a.words.push_back(fmt::format(
            "With promises carried out at the rate in use ({}), no length of trade war sustains the agreement; {} is "
            "nearest to breaking it.",
            used, player(a.game, weak)));
    }
    if (r.threshold.lowest)
        a.words.push_back(
            fmt::format("It survives lapses down to a fidelity of {:.3f} on both sides: below that, no length of trade "
                        "war sustains it.",
                        *r.threshold.lowest));
    else
        a.words.push_back("At this patience it does not hold even if every promise is carried out.");
    talk_of_cooperation(a);
    for (const Side side : sides) {
        const std::size_t k = side == Side::a ? 0 : 1;
        if (!a.trust[k]) continue;
        const DialogueValue& d = a.trust[k]->dialogue;
        a.words.push_back(
            fmt::format("For {}, meetings that tell a lapse from intent with accuracy {} are worth {} a year.",
                        player(a.game, side), percent_text(q.accuracy), money(d.gain / q.period_years)));
    }
    if (a.escape)
        a.words.push_back(
            a.escape->escape_share > 0.0
                ? fmt::format(
                      "With what is at stake moving from period to period, {} of the periods need an escape clause.",
                      percent_text(a.escape->escape_share))
                : std::string("With what is at stake moving from period to period, the agreement can be kept in every "
                              "state: no escape clause is needed."));
    if (a.linkage)
        a.words.push_back(fmt::format("Tied together with {}, if promises are always carried out, {}{}.",
                                      fmt::join(q.linked, ", "),
                                      a.linkage->holds ? "all of it holds" : "not all of it holds",
                                      a.linkage->link_helps ? ", where some part would not alone" : ""));
    for (std::size_t k = 0; k < 2; ++k)
        if (a.fidelity[k].nothing_decided)
            a.words.push_back(fmt::format(
                "Nothing that {} promised was decided by {}: its fidelity of {} is the assumption from which "
                "the ledger starts, not evidence.",
                k == 0 ? a.game.player_a : a.game.player_b, to_string(q.as_of), percent_text(a.fidelity[k].mean)));
}

GameReport report_of(const RelationAnswer& a) {
    GameQuestion question;
    question.discount_a = a.discount[0], question.discount_b = a.discount[1];
    question.fidelity_a = a.fidelity[0].mean, question.fidelity_b = a.fidelity[1].mean;
    question.cooperate = {agreement, agreement}, question.war = {war, war};
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
    return report_game(a.own_view, question);
}

void answer(const StudyResult& run, const RunOptions& options, const RelationAnswers& answers, RelationAnswer& a) {
    const RelationQuestion& q = a.question;
    a.game = stage_game(run, q, options.threads);
    a.own_view = with_relative_gains(a.game, q.relative_gains[0], q.relative_gains[1]);
    for (std::size_t p = 0; p < 2; ++p)
        a.discount[p] = discount_factor(q.period_years, q.discount_rate[p], q.exit_hazard[p]);
    estimate_fidelity(q, a);
    a.report = report_of(a);
    const ConvexSet feasible = feasible_payoffs(a.own_view);
    a.feasible = feasible.vertices;
    if (a.report.agreement) {
        const Roles roles = a.report.agreement->roles;
        for (const Side side : sides) {
            const auto at = [&](double phi) {
                return noisy_agreement(a.own_view, roles, lapse_implementation(a.own_view, roles, phi, phi),
                                       WarNoise::none);
            };
            a.threshold_by_side[side == Side::a ? 0 : 1] =
                fidelity_threshold(at, a.discount[0], a.discount[1], side).lowest;
        }
        a.map = region_map(a.own_view, roles, even(0.30, 0.995, 40), even(0.5, 1.0, 41));
        if (!q.shock_factor.empty()) {
            const std::vector<StageGame> games = scaled_states(a.own_view, q.shock_factor);
            const auto states = static_cast<Eigen::Index>(games.size());
            a.escape =
                escape_clause(games, std::vector<Roles>(games.size(), roles),
                              independent_draws(Eigen::Map<const Eigen::VectorXd>(q.shock_probability.data(), states)),
                              a.discount[0], a.discount[1]);
        }
        a.cooperation = cooperation_curve(run, q, a.discount, options.threads);
        a.history = one_history(a, 60);
        for (const Side side : sides) a.trust[side == Side::a ? 0 : 1] = trust_of(a, side, q.period_years);
    }
    link(answers, a);
    talk(run, a);
}

ChallengeAnswer answer_challenge(const StudyResult& run, const ChallengeQuestion& q) {
    ChallengeAnswer a;
    a.question = q;
    if (a.question.unit.empty()) a.question.unit = run.base.world.unit;
    a.report = solve_challenge(q.challenge);
    for (const double effort : a.report.nash.effort) a.effort_nash += effort;
    for (const double effort : a.report.joint.effort) a.effort_joint += effort;
    const std::string gain = money_text(a.question.unit, a.report.joint.total() - a.report.nash.total());
    const std::size_t count = q.contributors.size();
    if (q.challenge.kind == ChallengeKind::mutual_restraint) {
        // Restraint: too much is done alone, not too little.
        a.words.push_back(
            a.effort_joint > 0.0
                ? fmt::format("Each for itself, the {} contributors go {:.3g} times as far as serves them best "
                              "together; with restraint they would gain {} a year.",
                              count, a.effort_nash / a.effort_joint, gain)
                : fmt::format("It would serve the {} contributors best to hold back altogether; each for itself "
                              "does not. With restraint they would gain {} a year.",
                              count, gain));
    } else {
        a.words.push_back(
            fmt::format("Each for itself, the {} contributors do {} of what serves them best together; together "
                        "they would gain {} a year.",
                        count, a.effort_joint > 0.0 ? percent_text(a.effort_nash / a.effort_joint) : "all", gain));
    }
    if (a.report.several_equilibria)
        a.words.push_back(
            "Several outcomes sustain themselves: what each does depends on what it expects of the others; the best of "
            "them is shown.");
    if (a.report.stable_coalition > 0)
        a.words.push_back(
            fmt::format("Without outside enforcement a coalition of {} of them is stable.", a.report.stable_coalition));
    return a;
}

bool asked(const RunOptions& options, const std::string& name) {
    return options.only.empty() || std::find(options.only.begin(), options.only.end(), name) != options.only.end();
}

}  // namespace

void answer_relations(StudyResult& run, const RunOptions& options) {
    const RelationQuestions& q = *run.study.relation_questions;
    RelationAnswers& answers = *run.relation_answers;
    Progress progress("relations", static_cast<int>(q.relation.size() + q.challenge.size()), options.quiet);
    for (const ChallengeQuestion& question : q.challenge) {
        answers.challenge.push_back(answer_challenge(run, question));
        progress.advance();
    }
    for (const RelationQuestion& question : q.relation) {
        if (!asked(options, question.name)) continue;
        RelationAnswer a;
        a.question = question;
        try {
            if (interrupted()) throw Error(ErrorKind::solve, "interrupted before it was answered");
            answer(run, options, answers, a);
        } catch (const Error& error) {
            a.error = error.what();
        }
        answers.relation.push_back(std::move(a));
        progress.advance();
    }
    answers.claim = check_claims(run, answers);
}

}  // namespace detente
