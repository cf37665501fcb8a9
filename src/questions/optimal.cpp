// [[optimal]]: the tariffs with which one government does best.
#include <fmt/format.h>

#include <algorithm>

#include "questions/governments.h"
#include "questions/optimal.h"
#include "questions/rows.h"
#include "reading/question_reader.h"
#include "report/words.h"

namespace detente {
namespace {

OptimalQuestion read_optimal(TomlReader& block, QuestionReading& reading) {
    const Study& study = reading.study();
    OptimalQuestion q;
    q.from = reading.outcome(block, "from", "base");
    const int region = study.economy.regions.at(block.text("player"), block.place("player"));
    q.player.objective.region = region;
    q.player.objective.political_weight = read_weights(block, study, region);
    const auto rho = block.optional_number("relative_gains");
    q.player.objective.relative_gains = checked_relative_gains(rho.value_or(0.0), block.place("relative_gains"));
    for (const std::string& rival : block.names("rival"))
        q.player.objective.rivals.push_back(study.economy.regions.at(rival, block.place("rival")));
    for (const int rival : q.player.objective.rivals)
        if (rival == region) throw_input(block.place("rival"), "a government is not its own rival");
    if (q.player.objective.relative_gains == 0.0 && !q.player.objective.rivals.empty())
        throw_input(block.place("rival"), "a rival counts only with relative_gains above 0");
    if (q.player.objective.relative_gains > 0.0 && q.player.objective.rivals.empty())
        throw_input(block.place("relative_gains"), "relative gains need a rival: rival = \"...\"");
    q.player.instruments =
        read_instruments(block, study, region, q.player.objective.rivals, block.flag("reciprocated", false));
    q.starts = whole(block, "starts", q.starts, 1, 100);
    return q;
}

void answer(const StudyResult& run, const RunOptions& options, OptimalAnswer& a) {
    const OptimalQuestion& q = a.question;
    OptimumOptions how;
    how.starts = q.starts, how.threads = options.threads;
    how.solver = solver_options(run.study, options);
    if (const auto* near = near_answer<OptimalAnswer>(options, q.name)) {
        how.begin = &near->optimum.shock, how.begin_at = &near->optimum.equilibrium;
        how.starts = 1, how.probes = 0;
    }
    const Shock from = shock_at(run, q.from);
    a.optimum = optimal_policy(run.base.world, from, q.player.objective, q.player.instruments, how);
    settle(a, a.optimum.shock, a.optimum.equilibrium);
    if (options.near != nullptr) return;
    const int region = q.player.objective.region;
    a.words.push_back(
        fmt::format("With everyone else's tariffs as under {}, {} does best with tariffs of {} on average "
                    "(weighted by trade) on the lines in question.",
                    outcome_in_words(q.from), region_name(run, region), rate_text(a.optimum.means.trade_weighted)));
    if (q.player.instruments.reciprocated)
        a.words.push_back("Every rate comes straight back: the partners answer with the same rate on the same goods.");
    const auto more = gains_in_words(run, a.outcome, need_outcome(run, q.from), {region});
    a.words.insert(a.words.end(), more.begin(), more.end());
}

std::vector<AnswerFigure> optimal_figures(const StudyResult& run, const Answer& answer) {
    const auto& a = dynamic_cast<const OptimalAnswer&>(answer);
    std::vector<AnswerFigure> list;
    add_figures(run, a.question.player.objective.region, a.optimum.utility, a.optimum.means, list);
    return list;
}

Json json(const StudyResult& run, const OptimalAnswer& a) {
    Json out = answer_json(run, a);
    const Player& player = a.question.player;
    out["player"] = run.base.world.regions[player.objective.region];
    add_objective(run, player.objective, out);
    if (player.instruments.reciprocated) out["reciprocated"] = true;
    if (!a.outcome.answered) return out;
    const OptimumCertificate& c = a.optimum.certificate;
    out["welfare_percent"] =
        percent_of(a.optimum.equilibrium.welfare_hat[static_cast<std::size_t>(player.objective.region)]);
    out["utility_percent"] = percent_of(a.optimum.utility);
    out["start_utility_percent"] = percent_of(a.optimum.start_utility);
    out.update(means_json(a.optimum.means));
    out["schedules"] = Json::array({schedule_json(run, player.instruments, a.optimum.shock.tariff)});
    put_certificate(out, {{"converged", c.converged},
                          {"step", c.step},
                          {"projected_gradient", c.projected_gradient},
                          {"probe_gain_percent", 100.0 * c.probe_gain},
                          {"probes", c.probes},
                          {"starts", c.starts},
                          {"distinct_optima", c.distinct},
                          {"sweeps", c.sweeps},
                          {"passes_over_trade", c.passes},
                          {"seconds", c.seconds}});
    return out;
}

std::string text(const StudyResult& run, const OptimalAnswer& a) {
    const OptimumCertificate& c = a.optimum.certificate;
    return wrapped(a.words) + player_head("") +
           player_row(run, a.question.player.objective.region, a.optimum.utility, a.optimum.means, "") +
           fmt::format(
               "  certificate: first-order step {:.1e}, projected gradient {:.1e}, best of {} probes gains {:.1e}; {} "
               "starts, {} "
               "different optima; {} sweeps, {} passes, {:.1f} ms\n",
               c.step, c.projected_gradient, c.probes, c.probe_gain, c.starts, c.distinct, c.sweeps, c.passes,
               1e3 * c.seconds);
}

}  // namespace

QuestionKind optimal_row() {
    QuestionKind kind = question_kind<OptimalQuestion, OptimalAnswer>({"optimal", read_optimal, answer, json, text});
    kind.figures = optimal_figures;
    return kind;
}

}  // namespace detente
