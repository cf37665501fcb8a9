#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "output.h"
#include "relation/payoff_file.h"
#include "report/game_json.h"
#include "surroundings.h"

namespace detente::cli {
namespace {

struct GameArguments {
    std::string payoffs;
    std::optional<std::string> cooperate, war;
    double discount = 0.95, fidelity = 1.0;
    std::optional<double> discount_b, fidelity_b, accuracy;
    bool as_json = false;
};

// "keep,keep": an action of A and one of B, by name; found where none is given.
ActionPair find_pair(const StageGame& game, const std::optional<std::string>& given, const char* option) {
    if (!given) return {-1, -1};
    const std::string& text = *given;
    const auto comma = text.find(',');
    if (comma == std::string::npos)
        throw_input({Place{"", 0, option}, "one action of each side is needed", '"' + text + '"',
                     "A's action, a comma, B's action", ""});
    const Place place{"", 0, option};
    return {game.actions_a.at(text.substr(0, comma), place), game.actions_b.at(text.substr(comma + 1), place)};
}

GameQuestion question_of(const StageGame& game, const GameArguments& a) {
    GameQuestion q;
    q.discount_a = a.discount;
    q.discount_b = a.discount_b.value_or(a.discount);
    q.fidelity_a = a.fidelity;
    q.fidelity_b = a.fidelity_b.value_or(a.fidelity);
    q.accuracy = a.accuracy;
    q.cooperate = find_pair(game, a.cooperate, "--cooperate");
    q.war = find_pair(game, a.war, "--war");
    q.roles_place.key = a.cooperate && a.war ? "--cooperate, --war" : a.cooperate ? "--cooperate" : "--war";
    return q;
}

// ------------------------------------------------------------------------------------------------------- text

std::string text(const std::optional<double>& value) {
    return !value ? "none" : std::isfinite(*value) ? fmt::format("{:.6g}", *value) : "no limit";
}
std::string text(const std::optional<int>& value) {
    return !value ? "none" : *value == forever ? "for ever" : fmt::format("{}", *value);
}
std::string row(const std::string& what, const std::string& a, const std::string& b) {
    return fmt::format("  {:<54} {:>20} {:>20}\n", what, a, b);
}
std::string row(const std::string& what, std::optional<double> a, std::optional<double> b) {
    return row(what, text(a), text(b));
}

// Whether the agreement holds, and by what: a threat that nobody would carry out does not count.
std::string verdict_text(const AgreementReport& r, bool lapses) {
    const Enforcement& v = r.verdict;
    if (v.threat == Threat::war && v.holds)
        return fmt::format(
            "the agreement is self-enforcing: {}",
            r.window.from == 0 ? "neither side gains by a breach"
            : r.window.from == forever
                ? "a breach is answered by war for ever, a stage equilibrium"
                : fmt::format("a breach is answered by {} of war, a stage "
                              "equilibrium",
                              r.window.from == 1 ? "a period" : fmt::format("{} periods", r.window.from)));
    if (v.threat == Threat::war)
        return fmt::format(
            "the agreement does not hold by this war, a stage equilibrium{}",
            v.holds_by_equilibria ? "; harder punishments that are equilibria themselves would hold it" : "");
    return fmt::format(
        "the agreement {} (pure actions; what the war would do is not counted, since nobody need carry it out)",
        v.holds  ? "is self-enforcing by the hardest punishments that are equilibria themselves"
        : lapses ? "was not found to hold: no punishment that is an equilibrium itself was found to keep both to it"
                 : "does not hold: no punishment that is an equilibrium itself keeps both sides to it");
}

std::string given_text(const AgreementReport& r) {
    return r.war_is_equilibrium ? "" : " (if war came)";
}

// With a channel between the two beside without one.
std::string dialogue_text(const StageGame& game, const DialogueReport& d) {
    std::string out = fmt::format("\nwith a channel that tells lapses from intent with accuracy {:g}\n", d.accuracy);
    const auto of = [](const ForgivenessWindow& window, auto&& value) {
        return window.best ? value(*window.best) : std::string("no war deters");
    };
    const auto both = [&](const std::string& what, auto&& value) {
        out += row(what, of(d.without, value), of(d.with, value));
    };
    out += row("", "without", "with the channel");
    both("war that deters both, periods", [](const WarReport& w) { return text(std::optional<int>(w.periods)); });
    both("mean peace, periods", [](const WarReport& w) { return text(std::optional<double>(w.mean_peace)); });
    both("share of periods at war", [](const WarReport& w) { return fmt::format("{:.3g} %", 100.0 * w.war_share); });
    for (const Side side : sides) {
        const auto k = static_cast<std::size_t>(side);
        both("share of the gain over war that is kept, " + player(game, side),
             [&](const WarReport& w) { return fmt::format("{:.6g}", w.kept_share[k]); });
    }
    out += "\n" + row("", game.player_a, game.player_b);
    out += row("worth of the channel, a period", d.worth[0], d.worth[1]);
    out += row("of which a coin would give", d.coin[0], d.coin[1]);
    out += row("accuracy from which it pays", text(d.pays_from[0]), text(d.pays_from[1]));
    if (!(d.summits > 0.0)) return out + "no promise lapses: there is nothing to talk about\n";
    return out +
           fmt::format("a breach to talk about every {:.6g} periods; fidelity below which no war sustains it: {}\n",
                       1.0 / d.summits, text(d.threshold.lowest));
}

// The answers to a breach side by side, and which of them holds it.
std::string answers_text(const StageGame& game, const AgreementReport& r) {
    if (r.answers.empty()) return "";
    std::string out =
        fmt::format("\nanswers to a breach\n  {:<18} {:>8} {:>14} {:>14} {:>10} {:>12} {:>12}\n", "", "holds",
                    "kept, " + game.player_a, "kept, " + game.player_b, "war", "peace", "answered");
    for (const AnswerToBreach& one : r.answers)
        out +=
            fmt::format("  {:<18} {:>8} {:>13.1f}% {:>13.1f}% {:>10} {:>12} {:>12}\n", to_string(one.kind),
                        to_string(one.holds), 100.0 * one.kept_share[0], 100.0 * one.kept_share[1],
                        one.periods > 0 || one.periods == forever ? text(std::optional<int>(one.periods)) : "-",
                        text(one.peace), one.answer_share ? fmt::format("{:.3g} %", 100.0 * *one.answer_share) : "-");
    const AnswerToBreach* const best = best_answer(r.answers);
    out += fmt::format("by the best of them the agreement holds: {}{}\n", to_string(r.holding),
                       best != nullptr ? fmt::format(" ({})", to_string(best->kind)) : "");
    return out +
           "kept: share of the gain over war; war and peace in periods; answered: share of periods under an answer\n";
}

std::string agreement_text(const StageGame& game, const AgreementReport& r, bool lapses) {
    const SideEnforcement &a = r.without_noise.of(Side::a), &b = r.without_noise.of(Side::b);
    std::string out =
        fmt::format("agreement {}, war {}{}\n", name_of(game, r.roles.cooperate), name_of(game, r.roles.war),
                    r.war_is_equilibrium ? "" : " (no stage equilibrium: an assumed threat)");
    if (lapses)
        out += fmt::format(
            "what the agreement asks of a side can lapse wherever it is asked, into {}; every other action is "
            "carried out to the letter\n",
            name_of(game, r.lapse));
    const auto given = [&](const char* what) { return what + given_text(r); };
    out += "\n" + row("", game.player_a, game.player_b);
    out += row("kind of game", to_string(r.class_a), to_string(r.class_b));
    out += row("payoff under the agreement", a.temptation.agreement, b.temptation.agreement);
    out += row("payoff at war", a.temptation.war, b.temptation.war);
    // A war that asks of a side what the agreement asks lapses there too; its value is what the rest of the table uses.
    if (lapses && (r.roles.war.a == r.roles.cooperate.a || r.roles.war.b == r.roles.cooperate.b))
        out += row("payoff at war, with lapses", r.war_with_lapses[0], r.war_with_lapses[1]);
    out += row("payoff of the best answer to it", a.temptation.breach, b.temptation.breach);
    out += row("payoff that nobody can keep it from (minmax)", a.temptation.minmax, b.temptation.minmax);
    out += row("critical discount factor (war for ever)", a.critical, b.critical);
    out += row("critical discount factor (held to its minmax)", a.critical_minmax, b.critical_minmax);
    out += row("slack without lapses, a period", a.slack, b.slack);
    out += row(given("shortest war that deters, periods"), text(r.window.shortest[0]), text(r.window.shortest[1]));
    out += row("relative gains at which war looks as good", r.relative_gains_a, r.relative_gains_b);
    if (r.window.best) {
        const WarReport& war = *r.window.best;
        out += row(given("value of the agreement"), war.value[0], war.value[1]);
        out += row(given("share of the gain over war that is kept"), war.kept_share[0], war.kept_share[1]);
        out += row(given("value with random wars"), r.window.randomised->value[0], r.window.randomised->value[1]);
    }
    if (r.compensation)
        out += row(r.compensation->equilibrium ? "value with proportional answers (holds)"
                                               : "value with proportional answers (fails)",
                   r.compensation->value[0](0), r.compensation->value[1](0));
    if (r.nash)
        out += row("best for both that some equilibrium reaches (Nash)", r.nash->payoff.x(), r.nash->payoff.y());
    out += fmt::format("\n{}; nearest to breaking it: {}\n", verdict_text(r, lapses),
                       player(game, r.without_noise.binding));
    if (!r.lapses_too_frequent.empty()) out += r.lapses_too_frequent + "\n";
    if (std::isfinite(r.mean_peace))
        out += fmt::format("while both mean to keep it, a breach every {:.6g} periods on average\n", r.mean_peace);
    if (r.window.best && r.window.best->war_share > 0.0)
        out += fmt::format("{:.3g} % of periods at war{}\n", 100.0 * r.window.best->war_share, given_text(r));
    out +=
        fmt::format("fidelity below which no war sustains it{}: {}; critical discount factor with transfers: {:.6g}\n",
                    given_text(r), text(r.threshold.lowest), r.critical_with_transfers);
    out += answers_text(game, r);
    return r.dialogue ? out + dialogue_text(game, *r.dialogue) : out;
}

std::string to_text(const StageGame& game, const GameReport& r) {
    std::string out = fmt::format("discount factors {:g} and {:g}, fidelity {:g} and {:g}\n", r.question.discount_a,
                                  r.question.discount_b, r.question.fidelity_a, r.question.fidelity_b);
    const bool lapses = r.question.fidelity_a < 1.0 || r.question.fidelity_b < 1.0;
    out += r.agreement ? agreement_text(game, *r.agreement, lapses) : r.no_dilemma + "\n";
    out += fmt::format(
        "\ncommon interest and conflict: joint payoff {:g} at best, advantage {:g}, coco value ({:g}, "
        "{:g}), conflict share {:.3f}\n",
        r.coco.team, r.coco.advantage, r.coco.a, r.coco.b, r.conflict_share);
    out += fmt::format("payoffs that some equilibrium in pure actions reaches{}: {}, area {:.6g}",
                       r.set.noisy ? " (with lapses)" : "", to_string(r.set.status), r.set.area);
    if (r.set.bounds) out += fmt::format(" at most and {:.6g} at least", r.set.inner_area);
    out += "\n";
    for (const auto& v : r.set.outer.vertices) out += fmt::format("  ({:.6g}, {:.6g})\n", v.x(), v.y());
    return out;
}

int answer(const GameArguments& a) {
    const StageGame game = read_payoffs(a.payoffs);
    const GameReport report = report_game(game, question_of(game, a), job());
    const std::string out = a.as_json ? game_json(game, report).dump(2) + "\n" : to_text(game, report);
    print(out);
    return report.set.status == SetStatus::limit ? 2 : 0;
}

// A number in a range, with the option's name in the error; an empty value is no number.
template <typename Target>
void add_number(CLI::App& command, const std::string& name, Target& target, bool (*allowed)(double),
                const std::string& range, const std::string& what) {
    const auto read = [&target, allowed, range, name](const std::string& text) {
        double value = 0.0;
        const char* end = text.data() + text.size();
        const auto [rest, error] = std::from_chars(text.data(), end, value);
        if (text.empty() || error != std::errc() || rest != end || !allowed(value))
            throw CLI::ValidationError(name, "\"" + text + "\" is not a number " + range);
        target = value;
    };
    command.add_option_function<std::string>(name, read, what);
}

bool is_discount(double value) {
    return value > 0.0 && value < 1.0;
}
bool is_accuracy(double value) {
    return value >= 0.5 && value <= 1.0;
}
bool is_chance(double value) {
    return value >= 0.0 && value <= 1.0;
}

}  // namespace

void add_game(CLI::App& app, Action& chosen) {
    auto a = std::make_shared<GameArguments>();
    CLI::App* command = app.add_subcommand("game", "Does an agreement hold? The relation layer on a payoff matrix");
    command
        ->add_option(
            "--payoffs", a->payoffs,
            fmt::format("A CSV with columns a,b,u_a,u_b: one row for every pair of actions, at most {} actions "
                        "a side; payoffs are numbers or fractions (2/3)",
                        most_actions))
        ->required();
    const char *open = "above 0 and below 1", *closed = "from 0 to 1";
    add_number(*command, "--discount", a->discount, is_discount, open,
               "Discount factor a period of both sides, or of A, above 0 and below 1 (default 0.95)");
    add_number(*command, "--discount-b", a->discount_b, is_discount, open, "Discount factor of B, where it differs");
    add_number(
        *command, "--fidelity", a->fidelity, is_chance, closed,
        "Chance a period that a side that means to keep the agreement does, of both or of A, from 0 to 1 (default "
        "1); else the best of its other actions is done");
    add_number(*command, "--fidelity-b", a->fidelity_b, is_chance, closed, "Fidelity of B, where it differs");
    add_number(
        *command, "--accuracy", a->accuracy, is_accuracy, "from 0.5 to 1",
        "Beside it: a channel between the two that tells after a breach whether it was a lapse, and is right with "
        "this chance, from 0.5 (a coin) to 1");
    command->add_option("--cooperate", a->cooperate, "The agreement: A's action, a comma, B's (default: found)");
    command->add_option("--war", a->war, "The war: A's action, a comma, B's (default: found)");
    command->add_flag("--json", a->as_json, "Print JSON");
    command->footer(
        "Example:\n  detente game --payoffs studies/payoffs/prisoners-dilemma.csv --discount 0.9 --fidelity 0.95\n");
    command->callback([&chosen, a] { chosen = [a] { return answer(*a); }; });
}

}  // namespace detente::cli
