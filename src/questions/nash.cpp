// [[nash]]: a trade war, best answers to best answers.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "questions/governments.h"
#include "questions/nash.h"
#include "questions/rows.h"
#include "reading/question_reader.h"
#include "report/words.h"

namespace detente {
namespace {

NashQuestion read_nash(TomlReader& block, QuestionReading& reading) {
    const Study& study = reading.study();
    NashQuestion q;
    q.from = reading.outcome(block, "from", "base");
    q.players = read_governments(block, study, read_players(block, study, 2));
    q.starts = whole(block, "starts", q.starts, 1, 100);
    q.deviations = whole(block, "deviations", q.deviations, 5, 100);
    return q;
}

// Best uniform rates of each of two players against a grid of the other's.
BestResponses best_responses(const StudyResult& run, const Shock& from, const std::vector<Player>& players,
                             const SolverOptions& solver) {
    BestResponses out;
    out.response.resize(2);
    constexpr int points = 9;
    // Up to 60 percent, within the bounds of both.
    const double low = std::max({0.0, players[0].instruments.lower, players[1].instruments.lower});
    const double top =
        std::max(low + 1e-3, std::min({0.6, players[0].instruments.upper, players[1].instruments.upper}));
    for (int k = 0; k < points; ++k) out.rate.push_back(low + (top - low) * k / (points - 1));
    for (std::size_t p = 0; p < 2; ++p) {
        Player own = players[p], other = players[1 - p];
        own.instruments.form = other.instruments.form = TariffForm::uniform;
        for (const double rate : out.rate) {
            Shock shock = from;
            for (const TariffBlock& block : tariff_blocks(run.base.world, other.instruments, 0))
                set_rates({block}, {std::clamp(rate, block.lower, block.upper)}, shock.tariff);
            OptimumOptions quick;
            quick.probes = 0;
            quick.solver = solver;
            out.response[p].push_back(
                optimal_policy(run.base.world, shock, own.objective, own.instruments, quick).means.simple);
        }
    }
    return out;
}

// How many rates the study's bounds hold, of how many. No tariff (a bound at 0) counts as one too.
std::pair<int, int> at_bounds(const StudyResult& run, const std::vector<Player>& players, const TradeTensor& tariff) {
    int held = 0, all = 0;
    for (const Player& player : players) {
        for (const TariffBlock& block : tariff_blocks(run.base.world, player.instruments, 0)) {
            const TariffLine& line = block.lines.front();
            const double rate = tariff(line.exporter, line.importer, line.sector);
            ++all;
            held += rate <= block.lower + 1e-9 || rate >= block.upper - 1e-9 ? 1 : 0;
        }
    }
    return {held, all};
}

// What was looked for, and what came of it.
std::string gap_in_words(const NashCertificate& c) {
    std::string text = fmt::format(
        "No gain from changing its own tariffs alone was found for any of them, from {} starting points each",
        c.starts);
    if (c.failed > 0)
        text += fmt::format(
            " ({} of all {} searches led to where there is no equilibrium and were cut short; they count for what they "
            "reached)",
            c.failed, c.finished + c.failed);
    return text + ".";
}

// A war that leaves a side better off than what was in force: said as it was computed, and that what was in force cost
// more than the war only where it cost anything against the base.
void add_if_better_off(const StudyResult& run, NashAnswer& a, const ScenarioResult& before, int region) {
    const double gain = gain_against(a.outcome, before, region);
    if (!(gain > no_change)) return;
    std::string text = fmt::format("{} is better off at this end than under {} ({})", region_name(run, region),
                                   outcome_in_words(before.scenario.name), gain_text(gain));
    const double cost = gain_against(before, run.base_outcome, region),
                 war = gain_against(a.outcome, run.base_outcome, region);
    if (before.scenario.name != "base" && cost < -no_change)
        text += fmt::format(": against the base, {} changes its real income by {}, this war by {}",
                            outcome_in_words(before.scenario.name), gain_text(cost), gain_text(war));
    a.words.push_back(text + ".");
}

void answer(const StudyResult& run, const RunOptions& options, NashAnswer& a) {
    const NashQuestion& q = a.question;
    NashOptions how;
    how.starts = q.starts, how.deviations = q.deviations, how.threads = options.threads;
    how.sweeps.solver = solver_options(run.study, options);
    if (const auto* near = near_answer<NashAnswer>(options, q.name)) {
        how.sweeps.begin = &near->war.shock, how.sweeps.begin_at = &near->war.equilibrium;
        how.starts = 1, how.deviations = 0;
    }
    const Shock from = shock_at(run, q.from);
    a.war = trade_war(run.base.world, from, q.players, how);
    settle(a, a.war.shock, a.war.equilibrium);
    if (options.near != nullptr) return;
    std::vector<std::string> rates;
    for (std::size_t p = 0; p < q.players.size(); ++p)
        rates.push_back(fmt::format("{} {}", region_name(run, q.players[p].objective.region),
                                    rate_text(a.war.players[p].means.trade_weighted)));
    a.words.push_back(
        fmt::format("Best answers to best answers end at these tariffs, averages weighted by trade: {}. {}",
                    fmt::join(rates, ", "), gap_in_words(a.war.certificate)));
    if (const auto [held, all] = at_bounds(run, q.players, a.war.shock.tariff); held > 0)
        a.words.push_back(fmt::format("{} of the {} rates stand at a bound of the study.", held, all));
    const ScenarioResult& before = need_outcome(run, q.from);
    for (const Player& player : q.players) add_if_better_off(run, a, before, player.objective.region);
    if (a.war.certificate.equilibria > 1)
        a.words.push_back(
            fmt::format("{} different points at which all first-order conditions hold were found; this is the first, "
                        "and the gap is its own.",
                        a.war.certificate.equilibria));
    const auto more = gains_in_words(run, a.outcome, need_outcome(run, q.from), regions_of(q.players));
    a.words.insert(a.words.end(), more.begin(), more.end());
    if (q.players.size() == 2) {
        try {
            a.best_responses = best_responses(run, from, q.players, how.sweeps.solver);
        } catch (const Error&) {
            a.best_responses.reset();  // a figure is left out where one of its points has no answer
        }
    }
}

std::vector<AnswerFigure> nash_figures(const StudyResult& run, const Answer& answer) {
    const auto& a = dynamic_cast<const NashAnswer&>(answer);
    std::vector<AnswerFigure> list;
    for (std::size_t p = 0; p < a.war.players.size(); ++p)
        add_figures(run, a.question.players[p].objective.region, a.war.players[p].utility, a.war.players[p].means,
                    list);
    return list;
}

Json json(const StudyResult& run, const NashAnswer& a) {
    Json out = answer_json(run, a);
    const World& w = run.base.world;
    if (!a.outcome.answered) return out;
    const NashCertificate& c = a.war.certificate;
    Json schedules = Json::array();
    for (std::size_t p = 0; p < a.war.players.size(); ++p) {
        const Player& player = a.question.players[p];
        const PlayerOutcome& o = a.war.players[p];
        Json row = {{"welfare_percent",
                     percent_of(a.war.equilibrium.welfare_hat[static_cast<std::size_t>(player.objective.region)])},
                    {"utility_percent", percent_of(o.utility)},
                    {"start_utility_percent", percent_of(o.start_utility)},
                    {"gap", o.gap}};
        row.update(means_json(o.means));
        add_objective(run, player.objective, row);
        out["players"][w.regions[player.objective.region]] = row;
        schedules.push_back(schedule_json(run, player.instruments, a.war.shock.tariff));
    }
    out["schedules"] = schedules;
    if (a.best_responses) {
        Json curves = {{"rate", a.best_responses->rate}};
        for (std::size_t p = 0; p < 2; ++p)
            curves["response"][w.regions[a.question.players[p].objective.region]] = a.best_responses->response[p];
        out["best_responses"] = curves;
    }
    out["equilibrium_certificate"] = out["certificate"];
    out["certificate"] = {{"converged", c.converged},
                          {"gap", c.gap},
                          {"step", c.step},
                          {"deviations", c.deviations},
                          {"starts", c.starts},
                          {"finished", c.finished},
                          {"failed", c.failed},
                          {"equilibria", c.equilibria},
                          {"sweeps", c.sweeps},
                          {"passes_over_trade", c.passes},
                          {"war_seconds", c.war_seconds},
                          {"seconds", c.seconds}};
    return out;
}

std::string text(const StudyResult& run, const NashAnswer& a) {
    const NashCertificate& c = a.war.certificate;
    std::string out = wrapped(a.words) + player_head("gap");
    for (std::size_t p = 0; p < a.war.players.size(); ++p)
        out += player_row(run, a.question.players[p].objective.region, a.war.players[p].utility, a.war.players[p].means,
                          fmt::format("{:.1e}", a.war.players[p].gap));
    return out + fmt::format(
                     "  certificate: Nash gap {:.1e} over {} re-optimisations a player{}, first-order step {:.1e}; {} "
                     "sweeps, {} passes, war {:.1f} ms, with the gap {:.1f} ms\n",
                     c.gap, c.starts,
                     c.failed > 0 ? fmt::format(" ({} of {} cut short)", c.failed, c.finished + c.failed) : "", c.step,
                     c.sweeps, c.passes, 1e3 * c.war_seconds, 1e3 * c.seconds);
}

double nash_gap(const ClaimOutcomes& of, const ClaimCall& call) {
    return dynamic_cast<const NashAnswer&>(of.answer(call, 0, {"nash"})).war.certificate.gap;
}

}  // namespace

QuestionKind nash_row() {
    QuestionKind kind = question_kind<NashQuestion, NashAnswer>({"nash", read_nash, answer, json, text});
    kind.figures = nash_figures;
    kind.claim_functions = {{"nash_gap", {question_argument("trade war", {"nash"})}, nash_gap, size_of(1.0)}};
    return kind;
}

}  // namespace detente
