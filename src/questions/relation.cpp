// [relation]: does an agreement between two governments last?
#include "questions/relation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "questions/challenge.h"
#include "questions/nash.h"
#include "questions/question_kind.h"
#include "questions/rows.h"
#include "reading/question_reader.h"
#include "relation/self_enforcement.h"
#include "study/study.h"

namespace detente {
namespace {

Ledger ledger_of(const Sources& sources, const std::string& name, const Place& place) {
    const SourceFile source = find_source(sources, name, place);
    return source.content != nullptr ? read_ledger(*source.content, name) : read_ledger(source.path);
}

// A twentieth every half year.
constexpr double default_exit_hazard = 1.0 - 0.95 * 0.95;

// Fidelity: numbers by player, or { ledger = "...", as_of = 2026-11-25 }.
void read_fidelity(TomlReader& block, const QuestionReading& reading, const std::vector<int>& players,
                   RelationQuestion& q) {
    const Study& study = reading.study();
    q.fidelity.assign(players.size(), 1.0);
    if (block.is_table("fidelity")) {
        TomlReader table = *block.table("fidelity");
        if (table.has("ledger")) {
            q.ledger = table.text("ledger");
            q.as_of = reading.sources().today ? *reading.sources().today : today();
            if (const auto day = table.optional_text("as_of")) {
                const auto date = parse_date(*day);
                if (!date) throw_input({table.place("as_of"), "not a date", *day, "\"YYYY-MM-DD\"", ""});
                q.as_of = *date;
            }
            q.ledger_prior = fidelity_prior(table.choice("prior", fidelity_prior_names(), q.ledger_prior.name));
            q.ledger_reading =
                fidelity_reading(table.choice("reading", fidelity_reading_names(), to_string(q.ledger_reading)));
            table.finish();
            q.promises = std::make_shared<const Ledger>(ledger_of(reading.sources(), q.ledger, table.place("ledger")));
            const std::vector<std::string> actors = q.promises->actors();
            for (const int j : players) {
                const std::string& actor = study.economy.regions[j];
                if (std::find(actors.begin(), actors.end(), actor) == actors.end())
                    throw_unknown_name(table.place("ledger"), "actor of the ledger", actor, actors);
            }
            return;
        }
    }
    if (block.has("fidelity") && block.has("fidelity_year"))
        throw_input(block.place("fidelity_year"), "fidelity is given twice: a chance a year, and one a period");
    q.fidelity = by_player(block, "fidelity_year", study, players, 1.0, 0.0, 1.0);
    std::vector<double> by_period = by_player(block, "fidelity", study, players, 1.0, 0.0, 1.0);
    if (!block.has("fidelity")) return;
    q.fidelity = std::move(by_period);
    for (double& chance : q.fidelity) chance = chance_a_year(chance, q.period_years);
    q.by_period.emplace_back("fidelity");
}

// The chance a year that a government drops the relation, whatever the length of a period.
void read_exit_hazard(TomlReader& block, const Study& study, const std::vector<int>& players, RelationQuestion& q) {
    if (block.has("exit_hazard") && block.has("exit_hazard_year"))
        throw_input(block.place("exit_hazard_year"), "the chance of exit is given twice: a year, and a period");
    q.exit_hazard = by_player(block, "exit_hazard_year", study, players, default_exit_hazard, 0.0, 0.999);
    std::vector<double> by_period = by_player(block, "exit_hazard", study, players, 0.0, 0.0, 0.999);
    if (!block.has("exit_hazard")) return;
    q.exit_hazard = std::move(by_period);
    for (double& chance : q.exit_hazard) chance = 1.0 - chance_a_year(1.0 - chance, q.period_years);
    q.by_period.emplace_back("exit_hazard");
}

// Lines of a deviation: those of the war where it is a trade war of these players, else goods of each other.
void read_lines(TomlReader& block, const QuestionReading& reading, const std::vector<int>& players,
                RelationQuestion& q) {
    const Study& study = reading.study();
    const auto* war = reading.find<NashQuestion>(q.war);
    const bool own = block.has("instruments") || block.has("bounds");
    for (const int j : players) {
        Player player;
        player.objective.region = j;
        player.instruments = read_instruments(block, study, j, players, false);
        if (!own) {
            player.instruments.exporters.clear();
            for (const int i : players)
                if (i != j) player.instruments.exporters.push_back(i);
            if (war != nullptr)
                for (const Player& fighter : war->players)
                    if (fighter.objective.region == j) player.instruments = fighter.instruments;
        }
        q.players.push_back(player);
    }
}

// shocks = { factor = [0.7, 1.3], probability = [0.5, 0.5] }
void read_shocks(TomlReader& block, RelationQuestion& q) {
    auto table = block.table("shocks");
    if (!table) return;
    q.shock_factor = table->numbers("factor"), q.shock_probability = table->numbers("probability");
    table->finish();
    double total = 0.0;
    for (const double p : q.shock_probability) {
        if (!(p >= 0.0 && p <= 1.0))
            throw_input({table->place("probability"), "out of range", fmt::format("{:g}", p), "between 0 and 1", ""});
        total += p;
    }
    if (q.shock_factor.empty() || q.shock_factor.size() != q.shock_probability.size() || std::abs(total - 1.0) > 1e-9)
        throw_input({table->place("probability"), "one probability for each factor, adding to 1",
                     fmt::format("{} factors, {} probabilities with sum {:g}", q.shock_factor.size(),
                                 q.shock_probability.size(), total),
                     "", ""});
    for (const double f : q.shock_factor)
        if (!(f > 0.0))
            throw_input({table->place("factor"), "out of range", fmt::format("{:g}", f), "a positive number", ""});
}

// The best answers to the agreement are an action of their own.
void check_action(const std::string& name, const Place& place) {
    if (name == best_answer_name)
        throw_input(place, fmt::format("\"{}\" is what the relation calls the best answers; name the outcome otherwise",
                                       best_answer_name));
}

// Challenges that stand or fall with the agreement: both sides contribute to each.
void read_linked(TomlReader& block, QuestionReading& reading, const std::vector<int>& players, RelationQuestion& q) {
    const Place place = block.place("linked");
    q.linked = block.names("linked");
    for (const std::string& name : q.linked) {
        const auto& challenge = dynamic_cast<const ChallengeQuestion&>(reading.need_question("challenge", name, place));
        for (const int j : players) {
            const std::string& region = reading.study().economy.regions[j];
            if (std::find(challenge.contributors.begin(), challenge.contributors.end(), region) ==
                challenge.contributors.end())
                throw_unknown_name(place, "contributor to \"" + name + "\"", region, challenge.contributors);
        }
        // Money and what is no money do not add up.
        const std::string& money = reading.study().economy.unit;
        if (!worth_in(challenge, money))
            throw_input({place, "what \"" + name + "\" is worth beside tariffs is not said",
                         challenge.unit.empty() ? "" : '"' + challenge.unit + '"',
                         "a unit of money there, or worth = NUMBER: of one of its units in " +
                             (money.empty() ? std::string("the economy's money") : money),
                         ""});
    }
}

RelationQuestion read_relation(TomlReader& block, QuestionReading& reading) {
    const Study& study = reading.study();
    RelationQuestion q;
    const std::vector<int> players = read_players(block, study, 2);
    if (players.size() != 2)
        throw_input({block.place("players"), "a relation has two players", std::to_string(players.size()), "two", ""});
    for (const auto& [key, role] : {std::pair{"cooperate", &q.cooperate}, std::pair{"war", &q.war}}) {
        if (!block.has(key)) throw_input({block.place(key), "missing", "", "the name of a scenario or question", ""});
        *role = reading.outcome(block, key, "base");
    }
    for (const auto& [key, role] : {std::pair{"cooperate", &q.cooperate}, std::pair{"war", &q.war}})
        check_action(*role, block.place(key));
    if (q.cooperate == q.war) throw_input(block.place("war"), "cooperate and war are the same outcome");
    q.from = reading.outcome(block, "from", q.cooperate);
    q.policies = block.names("policies");
    for (std::size_t k = 0; k < q.policies.size(); ++k) {
        reading.need_outcome(q.policies[k], block.place("policies"));
        check_action(q.policies[k], block.place("policies"));
        const auto before = q.policies.begin() + static_cast<std::ptrdiff_t>(k);
        if (q.policies[k] == q.cooperate || q.policies[k] == q.war ||
            std::find(q.policies.begin(), before, q.policies[k]) != before)
            throw_input(block.place("policies"), "the policy \"" + q.policies[k] + "\" stands twice");
    }
    q.steps = read_steps(block, q.policies.size() + 2);
    q.period_years = number_between(block, "period_years", q.period_years, 1e-3, 100.0);
    q.discount_rate = by_player(block, "discount_rate", study, players, 0.04, 0.0, 10.0);
    read_exit_hazard(block, study, players, q);
    q.relative_gains = by_player(block, "relative_gains", study, players, 0.0, 0.0, 1.0);
    if (const std::string named = block.choice("answer", answer_names(), ""); !named.empty()) {
        const std::vector<std::string> names = answer_names();
        q.answer_to_breach = static_cast<AnswerKind>(std::find(names.begin(), names.end(), named) - names.begin());
    }
    q.prior = number_between(block, "prior", q.prior, 0.0, 1.0);
    q.accuracy = number_between(block, "accuracy", q.accuracy, 0.5, 1.0);
    read_shocks(block, q);
    read_fidelity(block, reading, players, q);
    read_lines(block, reading, players, q);
    for (std::size_t p = 0; p < 2; ++p) {
        q.players[p].objective.relative_gains = q.relative_gains[p];
        if (q.relative_gains[p] > 0.0) q.players[p].objective.rivals = {players[1 - p]};
        if (!(q.discount(p) < 1.0))
            throw_input({block.place("discount_rate"), "the future must count for less than the present",
                         "a discount factor of 1", "a discount_rate or an exit_hazard_year above 0", ""});
    }
    read_linked(block, reading, players, q);
    for (const Player& player : q.players) q.parties.push_back(study.economy.regions[player.objective.region]);
    return q;
}

// What a study gives by the period would say something else of another period: it is told by the year.
void add_by_period(const Study& study, std::vector<std::string>& list) {
    for (const auto& question : study.questions) {
        const auto* q = dynamic_cast<const RelationQuestion*>(question.get());
        if (q == nullptr) continue;
        for (const std::string& key : q->by_period) {
            std::vector<std::string> rates;
            for (std::size_t p = 0; p < 2; ++p)
                rates.push_back(
                    fmt::format("{} {:.3g}", q->parties[p], key == "fidelity" ? q->fidelity[p] : q->exit_hazard[p]));
            list.push_back(
                fmt::format("\"{}\": {} is given as a chance a period of {:g} years; a year: {} ({}_year "
                            "says it so).",
                            q->name, key, q->period_years, fmt::join(rates, ", "), key));
        }
    }
}

}  // namespace

double chance_a_year(double a_period, double period_years) {
    return std::pow(a_period, 1.0 / period_years);
}

double chance_a_period(double a_year, double period_years) {
    return std::pow(a_year, period_years);
}

const AnswerToBreach* RelationAnswer::answer_in_use() const {
    if (!report.agreement) return nullptr;
    const std::vector<AnswerToBreach>& all = report.agreement->answers;
    if (!question.answer_to_breach) return best_answer(all);
    const AnswerToBreach* const named = answer_of(all, *question.answer_to_breach);
    return named != nullptr && named->holds != Holding::no ? named : nullptr;
}

bool RelationAnswer::holds() const {
    if (!report.agreement) return false;
    if (!question.answer_to_breach) return report.agreement->holding == Holding::yes;
    const AnswerToBreach* const named = answer_in_use();
    return named != nullptr && named->holds == Holding::yes;
}

double RelationQuestion::discount(std::size_t player) const {
    return discount_factor(period_years, discount_rate[player],
                           1.0 - chance_a_period(1.0 - exit_hazard[player], period_years));
}

QuestionKind relation_row() {
    QuestionKind kind = question_kind<RelationQuestion, RelationAnswer>(
        {"relation", read_relation, answer_relation, relation_json, relation_text});
    kind.outcome = QuestionKind::Outcome::none;
    kind.uncertain = relation_inputs, kind.figures = relation_figures;
    kind.default_name = "relation";
    // Every relation by name, and the first on its own.
    kind.add_json = [](const StudyResult& run, const Answer& answer, Json& results) {
        const Json one = relation_json(run, dynamic_cast<const RelationAnswer&>(answer));
        results["relations"][answer.name()] = one;
        if (!results.contains("relation")) results["relation"] = one;
    };
    kind.assumptions = [](const Study& study) {
        std::vector<std::string> list{
            "Lapses: a government that means to keep the agreement does so with the chance given by its fidelity; "
            "otherwise the best of its other actions is done, without its leadership wanting it. Whatever the "
            "agreement does not ask for, be it a war, a deliberate breach or the answer to a breach, is carried out to "
            "the letter. A threat counts only where it would be "
            "carried out: a war that is no equilibrium of the stage game holds nothing up."};
        add_by_period(study, list);
        return list;
    };
    kind.claim_functions = relation_claims();
    return kind;
}

}  // namespace detente
