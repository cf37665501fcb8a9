// Relations over draws: what of them is uncertain, and the figures that are summed up.
#include <fmt/format.h>

#include <algorithm>

#include "commitment/fidelity.h"
#include "questions/relation.h"
#include "relation/self_enforcement.h"
#include "study/run.h"

namespace detente {
namespace {

RelationQuestion& relation(Question& question) {
    return dynamic_cast<RelationQuestion&>(question);
}

// The posterior of each player's fidelity over all fields, as the ledger has it on the day of the question.
void add_fidelity(const RelationQuestion& q, std::vector<UncertainInput>& list) {
    FidelityOptions options;
    options.prior = q.ledger_prior;
    const std::vector<FidelityEstimate> estimates =
        estimate_fidelity(*q.promises, track(*q.promises, q.as_of), options);
    for (std::size_t p = 0; p < 2; ++p) {
        const std::string& actor = q.parties[p];
        const auto one = std::find_if(estimates.begin(), estimates.end(),
                                      [&](const FidelityEstimate& e) { return e.actor == actor && e.field.empty(); });
        const FidelityPosterior& posterior = one->reading(q.ledger_reading);
        UncertainInput input;
        input.name = "fidelity." + actor, input.label = "fidelity of " + actor;
        input.source =
            fmt::format("{} {} {} {}", q.ledger, to_string(q.as_of), q.ledger_prior.name, to_string(q.ledger_reading));
        input.distribution = {Distribution::Kind::beta, posterior.a, posterior.b};
        input.targets = {{"", [p](Question& question, double value) { relation(question).drawn_fidelity[p] = value; }}};
        if (posterior.breaches > 0.0) {
            // No Beta then: drawn by its quantiles.
            input.label = "fidelity of " + actor + ", by quantiles of the posterior";
            input.distribution = {Distribution::Kind::uniform, 0.0, 1.0};
            input.targets[0].set = [p, posterior](Question& question, double value) {
                relation(question).drawn_fidelity[p] = quantile(posterior, std::clamp(value, 1e-9, 1.0 - 1e-9));
            };
        }
        list.push_back(std::move(input));
    }
}

// Of each player apart.
void add_by_player(const RelationQuestion& q, const UncertaintySettings& settings, const std::string& key,
                   const std::string& label, std::vector<double> RelationQuestion::*member,
                   std::vector<UncertainInput>& list) {
    const auto found = settings.intervals.find(key);
    if (found == settings.intervals.end()) return;
    for (std::size_t p = 0; p < 2; ++p) {
        UncertainInput input;
        input.name = key + "." + q.parties[p], input.label = label + " of " + q.parties[p];
        input.distribution = {Distribution::Kind::uniform, found->second.first, found->second.second};
        input.targets = {
            {"", [p, member](Question& question, double value) { (relation(question).*member)[p] = value; }}};
        list.push_back(std::move(input));
    }
}

// As before: a chance a period of the relation.
void add_exit_by_period(const RelationQuestion& q, const UncertaintySettings& settings,
                        std::vector<UncertainInput>& list) {
    const auto found = settings.intervals.find("exit_hazard");
    if (found == settings.intervals.end()) return;
    for (std::size_t p = 0; p < 2; ++p) {
        UncertainInput input;
        input.name = "exit_hazard." + q.parties[p];
        input.label = "chance of exit a period of " + q.parties[p];
        input.distribution = {Distribution::Kind::uniform, found->second.first, found->second.second};
        input.source = fmt::format("{:g}", q.period_years);
        input.targets = {{"", [p, years = q.period_years](Question& question, double value) {
                              relation(question).exit_hazard[p] = 1.0 - chance_a_year(1.0 - value, years);
                          }}};
        list.push_back(std::move(input));
    }
}

void add_one(const UncertaintySettings& settings, const std::string& key, const std::string& label,
             double RelationQuestion::*member, std::vector<UncertainInput>& list) {
    const auto found = settings.intervals.find(key);
    if (found == settings.intervals.end()) return;
    UncertainInput input;
    input.name = key, input.label = label;
    input.distribution = {Distribution::Kind::uniform, found->second.first, found->second.second};
    input.targets = {{"", [member](Question& question, double value) { relation(question).*member = value; }}};
    list.push_back(std::move(input));
}

}  // namespace

std::vector<UncertainInput> relation_inputs(const Question& question, const UncertaintySettings& settings) {
    const auto& q = dynamic_cast<const RelationQuestion&>(question);
    std::vector<UncertainInput> list;
    if (settings.fidelity && q.promises) add_fidelity(q, list);
    add_by_player(q, settings, "discount_rate", "discount rate", &RelationQuestion::discount_rate, list);
    add_by_player(q, settings, "exit_hazard_year", "chance of exit a year", &RelationQuestion::exit_hazard, list);
    add_exit_by_period(q, settings, list);
    add_one(settings, "period_years", "years between an action and its answer", &RelationQuestion::period_years, list);
    add_one(settings, "accuracy", "accuracy of a summit", &RelationQuestion::accuracy, list);
    add_one(settings, "prior", "prior trust", &RelationQuestion::prior, list);
    return list;
}

std::vector<AnswerFigure> relation_figures(const StudyResult&, const Answer& answer) {
    const auto& a = dynamic_cast<const RelationAnswer&>(answer);
    std::vector<AnswerFigure> list = {{"self_enforcing", a.holds() ? 1.0 : 0.0},
                                      {"dilemma", a.report.agreement ? 1.0 : 0.0}};
    for (const Side side : sides) {
        const std::size_t p = side == Side::a ? 0 : 1;
        const std::string who = "." + (p == 0 ? a.game.player_a : a.game.player_b);
        list.push_back({"fidelity" + who, a.fidelity[p].mean});
        list.push_back({"discount" + who, a.discount[p]});
        list.push_back({"gain_from_agreement" + who, payoff(a.game, side, keep_both) - payoff(a.game, side, war_both)});
        if (!a.report.agreement) continue;
        const SideEnforcement& one = a.report.agreement->without_noise.of(side);
        list.push_back({"temptation" + who, one.temptation.gain()});
        list.push_back({"critical_discount" + who, one.critical.value_or(1.0)});
        list.push_back({"slack" + who, one.slack});
    }
    constexpr double beyond = 1.0 + 1e-9;  // where no fidelity suffices
    if (a.report.agreement)
        list.push_back({"fidelity_threshold", a.report.agreement->threshold.lowest.value_or(beyond)});
    return list;
}

}  // namespace detente
