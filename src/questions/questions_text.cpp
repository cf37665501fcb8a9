// Answers about governments on the terminal.
#include <fmt/format.h>

#include <algorithm>

#include "questions/answers.h"

namespace detente {

std::string wrapped(const std::vector<std::string>& sentences) {
    constexpr std::size_t width = 110;
    std::string out;
    for (const std::string& sentence : sentences) {
        std::string line = " ";
        std::size_t at = 0;
        while (at < sentence.size()) {
            const std::size_t end = std::min(sentence.find(' ', at), sentence.size());
            const std::string word = sentence.substr(at, end - at);
            if (line.size() + 1 + word.size() > width) {
                out += line + "\n";
                line = "   ";
            }
            line += " " + word;
            at = end + 1;
        }
        out += line + "\n";
    }
    return out;
}

namespace {

std::string heading(const Answer& a) {
    const Scenario& s = a.outcome.scenario;
    std::string out = "\n" + s.name + (s.title.empty() ? "" : ": " + s.title) + "\n";
    if (!a.outcome.answered) out += "  FAILED: " + a.outcome.error + "\n";
    return out;
}

double percent(double hat) {
    return 100.0 * (hat - 1.0);
}

std::string player_row(const StudyResult& run, int region, double utility, const TariffMeans& means,
                       const std::string& last) {
    return fmt::format("  {:<12} {:>12} {:>14} {:>14} {:>14}  {}\n", run.base.world.regions[region],
                       fmt::format("{:+.4f}", percent(utility)), fmt::format("{:.2f}", 100.0 * means.simple),
                       fmt::format("{:.2f}", 100.0 * means.trade_weighted), fmt::format("{:.2f}", 100.0 * means.median),
                       last);
}

std::string player_head(const std::string& last) {
    return fmt::format("  {:<12} {:>12} {:>14} {:>14} {:>14}  {}\n", "player", "utility %", "mean tariff %",
                       "by trade %", "median %", last);
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

std::string text(const StudyResult& run, const TalksAnswer& a) {
    const TalksCertificate& c = a.talks.certificate;
    std::string out = wrapped(a.words) + player_head("without a deal %");
    for (std::size_t p = 0; p < a.talks.utility.size(); ++p)
        out += player_row(run, a.question.players[p].objective.region, a.talks.utility[p], a.talks.means[p],
                          fmt::format("{:+.4f}", percent(a.threat[p])));
    return out + fmt::format(
                     "  certificate: bargaining condition {:.1e}, first-order step {:.1e}, best joint gain of {} "
                     "probes {:.1e}; "
                     "{} sweeps, {:.1f} ms\n",
                     c.bargaining, c.step, c.probes, c.pareto_gain, c.sweeps, 1e3 * c.seconds);
}

std::string text(const StudyResult& run, const CommonGroundAnswer& a) {
    std::string out = wrapped(a.words);
    for (std::size_t p = 0; p < a.question.players.size(); ++p)
        out += fmt::format("  {:<12} as it is {:+.4f} %, best subset {:+.4f} %, everything settled {:+.4f} %\n",
                           run.base.world.regions[a.question.players[p].region], percent(a.ground.status_quo[p]),
                           percent(a.ground.utility[p]), percent(a.ground.all[p]));
    return out + fmt::format("  certificate: {} over {} issues, {} equilibria, {:.1f} ms\n", a.ground.method,
                             a.question.issues.size(), a.ground.equilibria, 1e3 * a.ground.seconds);
}

std::string text(const StudyResult&, const ShapeAnswer& a) {
    return wrapped(a.words) + payoff_table(a.game);
}

template <class AnswerType>
void append(const StudyResult& run, const std::vector<AnswerType>& answers, std::string& out) {
    for (const AnswerType& a : answers) {
        out += heading(a);
        if (a.outcome.answered) out += text(run, a);
    }
}

}  // namespace

std::string payoff_table(const StageGame& game) {
    const Money money = money_of(game.unit);
    const auto longest = [](const IndexSet& names, std::size_t least) {
        for (const std::string& name : names.names()) least = std::max(least, name.size());
        return least;
    };
    const std::size_t first = longest(game.actions_a, 14), width = longest(game.actions_b, 22);
    std::string out =
        fmt::format("  payoffs in {}, {} chooses the row, {} the column\n  {:<{}}",
                    money.factor != 1.0 ? money.name + " a year" : money.name, game.player_a, game.player_b, "", first);
    for (const std::string& name : game.actions_b.names()) out += fmt::format("  {:>{}}", name, width);
    out += "\n";
    for (int i = 0; i < game.n_a(); ++i) {
        out += fmt::format("  {:<{}}", game.actions_a[i], first);
        for (int j = 0; j < game.n_b(); ++j)
            out += fmt::format(
                "  {:>{}}",
                fmt::format("{:+.5g}, {:+.5g}", money.factor * game.payoff_a(i, j), money.factor * game.payoff_b(i, j)),
                width);
        out += "\n";
    }
    return out;
}

std::string questions_text(const StudyResult& run) {
    std::string out;
    append(run, run.answers->optimal, out);
    append(run, run.answers->nash, out);
    append(run, run.answers->talks, out);
    append(run, run.answers->common_ground, out);
    append(run, run.answers->game, out);
    return out;
}

}  // namespace detente
