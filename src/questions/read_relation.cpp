#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "commitment/ledger.h"
#include "questions/question_reader.h"
#include "questions/relation_questions.h"
#include "relation/self_enforcement.h"

namespace detente {
namespace {

// Fidelity: numbers by player, or { ledger = "...", as_of = 2026-11-25 }.
void read_fidelity(TomlReader& block, const Study& study, const std::vector<int>& players,
                   const std::filesystem::path& folder, RelationQuestion& q) {
    q.fidelity.assign(players.size(), 1.0);
    q.as_of = today();
    if (block.is_table("fidelity")) {
        TomlReader table = *block.table("fidelity");
        if (table.has("ledger")) {
            q.ledger = table.text("ledger");
            q.ledger_path = study_path(q.ledger, folder, table.place("ledger"));
            if (const auto day = table.optional_text("as_of")) {
                const auto date = parse_date(*day);
                if (!date) throw_input({table.place("as_of"), "not a date", *day, "\"YYYY-MM-DD\"", ""});
                q.as_of = *date;
            }
            table.finish();
            const std::vector<std::string> actors = read_ledger(q.ledger_path).actors();
            for (const int j : players) {
                const std::string& actor = study.economy.regions[j];
                if (std::find(actors.begin(), actors.end(), actor) == actors.end())
                    throw_unknown_name(table.place("ledger"), "actor of the ledger", actor, actors);
            }
            return;
        }
    }
    q.fidelity = by_player(block, "fidelity", study, players, 1.0, 0.0, 1.0);
}

// Lines of a deviation: those of the war where it is a trade war of these players, else goods of each other.
void read_lines(TomlReader& block, const Study& study, const std::vector<int>& players, RelationQuestion& q) {
    const auto war = std::find_if(study.questions.nash.begin(), study.questions.nash.end(),
                                  [&](const NashQuestion& w) { return w.name == q.war; });
    const bool own = block.has("instruments") || block.has("bounds");
    for (const int j : players) {
        Player player;
        player.objective.region = j;
        player.instruments = read_instruments(block, study, j, players, false);
        if (!own) {
            player.instruments.exporters.clear();
            for (const int i : players)
                if (i != j) player.instruments.exporters.push_back(i);
            if (war != study.questions.nash.end())
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

RelationQuestion read_relation(TomlReader block, const Study& study, QuestionNames& names,
                               const std::vector<ChallengeQuestion>& challenges, const std::filesystem::path& folder) {
    RelationQuestion q;
    q.place = block.place();
    q.name = block.optional_text("name").value_or("relation");
    names.claim(q.name, block.place("name"));
    q.title = block.optional_text("title").value_or("");
    q.description = block.optional_text("description").value_or("");
    const std::vector<int> players = read_players(block, study, 2);
    if (players.size() != 2)
        throw_input({block.place("players"), "a relation has two players", std::to_string(players.size()), "two", ""});
    for (const auto& [key, role] : {std::pair{"cooperate", &q.cooperate}, std::pair{"war", &q.war}}) {
        if (!block.has(key)) throw_input({block.place(key), "missing", "", "the name of a scenario or question", ""});
        *role = names.known(block, key, "base");
    }
    for (const auto& [key, role] : {std::pair{"cooperate", &q.cooperate}, std::pair{"war", &q.war}})
        check_action(*role, block.place(key));
    if (q.cooperate == q.war) throw_input(block.place("war"), "cooperate and war are the same outcome");
    q.from = names.known(block, "from", q.cooperate);
    q.policies = block.names("policies");
    for (std::size_t k = 0; k < q.policies.size(); ++k) {
        names.check(q.policies[k], block.place("policies"));
        check_action(q.policies[k], block.place("policies"));
        const auto before = q.policies.begin() + static_cast<std::ptrdiff_t>(k);
        if (q.policies[k] == q.cooperate || q.policies[k] == q.war ||
            std::find(q.policies.begin(), before, q.policies[k]) != before)
            throw_input(block.place("policies"), "the policy \"" + q.policies[k] + "\" stands twice");
    }
    q.steps = read_steps(block, q.policies.size() + 2);
    q.period_years = number_between(block, "period_years", q.period_years, 1e-3, 100.0);
    q.discount_rate = by_player(block, "discount_rate", study, players, 0.04, 0.0, 10.0);
    q.exit_hazard = by_player(block, "exit_hazard", study, players, 0.05, 0.0, 0.999);
    q.relative_gains = by_player(block, "relative_gains", study, players, 0.0, 0.0, 1.0);
    q.prior = number_between(block, "prior", q.prior, 0.0, 1.0);
    q.accuracy = number_between(block, "accuracy", q.accuracy, 0.5, 1.0);
    read_shocks(block, q);
    read_fidelity(block, study, players, folder, q);
    read_lines(block, study, players, q);
    for (std::size_t p = 0; p < 2; ++p) {
        q.players[p].objective.relative_gains = q.relative_gains[p];
        if (q.relative_gains[p] > 0.0) q.players[p].objective.rivals = {players[1 - p]};
        if (!(discount_factor(q.period_years, q.discount_rate[p], q.exit_hazard[p]) < 1.0))
            throw_input({block.place("discount_rate"), "the future must count for less than the present",
                         "a discount factor of 1", "a discount_rate or an exit_hazard above 0", ""});
    }
    q.linked = block.names("linked");
    for (const std::string& name : q.linked) {
        const auto found = std::find_if(challenges.begin(), challenges.end(),
                                        [&](const ChallengeQuestion& c) { return c.challenge.name == name; });
        if (found == challenges.end()) {
            std::vector<std::string> known;
            known.reserve(challenges.size());
            for (const ChallengeQuestion& c : challenges) known.push_back(c.challenge.name);
            throw_unknown_name(block.place("linked"), "challenge", name, known);
        }
        for (const int j : players)
            if (std::find(found->contributors.begin(), found->contributors.end(), study.economy.regions[j]) ==
                found->contributors.end())
                throw_unknown_name(block.place("linked"), "contributor to \"" + name + "\"", study.economy.regions[j],
                                   found->contributors);
    }
    block.finish();
    return q;
}

ChallengeQuestion read_challenge(TomlReader block, QuestionNames& names) {
    ChallengeQuestion q;
    q.place = block.place();
    q.challenge.name = block.text("name");
    names.claim(q.challenge.name, block.place("name"));
    q.title = block.optional_text("title").value_or("");
    q.description = block.optional_text("description").value_or("");
    const std::vector<std::string>& kinds = challenge_names();
    const std::string kind = block.choice("kind", kinds, kinds[0]);
    q.challenge.kind = static_cast<ChallengeKind>(std::find(kinds.begin(), kinds.end(), kind) - kinds.begin());
    q.contributors = block.names("contributors");
    q.challenge.benefit = block.numbers("benefit");
    q.challenge.cost = block.numbers("cost");
    q.challenge.harm = block.optional_number("harm").value_or(0.0);
    q.unit = block.optional_text("unit").value_or("");
    block.finish();
    for (const auto& [key, list] : {std::pair{"benefit", &q.challenge.benefit}, std::pair{"cost", &q.challenge.cost}})
        if (list->size() != q.contributors.size())
            throw_input({block.place(key), "one number for each contributor", std::to_string(list->size()),
                         std::to_string(q.contributors.size()), ""});
    for (const auto& [key, list] : {std::pair{"benefit", &q.challenge.benefit}, std::pair{"cost", &q.challenge.cost}})
        for (const double value : *list)
            if (!(value > 0.0 && value <= 1e12 && value >= 1e-12))
                throw_input(
                    {block.place(key), "out of range", fmt::format("{:g}", value), "between 1e-12 and 1e12", ""});
    if (q.challenge.kind == ChallengeKind::mutual_restraint && !(q.challenge.harm > 0.0 && q.challenge.harm <= 1e12))
        throw_input({block.place("harm"), "mutual restraint needs the harm that one side's effort does to each other",
                     "", "a positive number", ""});
    if (q.challenge.kind != ChallengeKind::mutual_restraint && block.has("harm"))
        throw_input(block.place("harm"), "harm belongs to mutual_restraint alone");
    if (q.contributors.size() >= 2) {
        try {
            solve_challenge(q.challenge);
        } catch (const Error& error) {
            throw_input(block.place(), error.what());
        }
    }
    if (q.contributors.size() < 2)
        throw_input(
            {block.place("contributors"), "too few", std::to_string(q.contributors.size()), "at least two", ""});
    return q;
}

}  // namespace

RelationQuestions read_relation_questions(TomlReader& root, const Study& study, const std::filesystem::path& folder) {
    RelationQuestions out;
    QuestionNames names(study);
    for (const std::string& name : question_names(study.questions)) names.claim(name, Place{study.file, 0, name});
    for (const TomlReader& block : root.tables("challenge")) out.challenge.push_back(read_challenge(block, names));
    if (root.is_table("relation")) {
        out.relation.push_back(read_relation(*root.table("relation"), study, names, out.challenge, folder));
    } else {
        for (const TomlReader& block : root.tables("relation"))
            out.relation.push_back(read_relation(block, study, names, out.challenge, folder));
    }
    for (TomlReader block : root.tables("claim")) {
        const std::string text = block.text("text"), holds = block.text("holds");
        out.claim.push_back(
            {text, holds, Expression(holds, block.place("holds"), claim_functions()), block.place("holds")});
        block.finish();
        check_claim(study, out, out.claim.back());
    }
    return out;
}

}  // namespace detente
