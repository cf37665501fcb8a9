// Strategies that a person wrote down: TOML to automata.
#include <fmt/format.h>

#include <algorithm>

#include "base/file.h"
#include "base/toml_reader.h"
#include "relation/automaton.h"

namespace detente {
namespace {

constexpr std::array<const char*, 4> outcome_names{"CC", "CD", "DC", "DD"};

double probability(TomlReader& table, const std::string& key) {
    const double value = table.number(key);
    if (value < 0.0 || value > 1.0)
        throw_input({table.place(key), "not a probability", fmt::format("{:g}", value), "a number from 0 to 1", ""});
    return value;
}

TomlReader inner(TomlReader& table, const std::string& key, const std::string& example) {
    if (auto found = table.table(key)) return *found;
    throw_input({table.place(key), "missing", "", example, ""});
}

Automaton read_memory_one(TomlReader& table, const std::string& name, const std::string& source,
                          const std::string& note) {
    const double first = probability(table, "first");
    TomlReader after = inner(table, "after", "after = { CC = 1, CD = 0, DC = 1, DD = 0 }");
    std::array<double, 4> chances{};
    for (std::size_t k = 0; k < 4; ++k) chances[k] = probability(after, outcome_names[k]);
    after.finish();
    return memory_one(name, first, chances, source, note);
}

std::vector<AutomatonState> read_states(std::vector<TomlReader>& tables) {
    std::vector<std::string> names;
    for (TomlReader& table : tables) {
        const std::string name = table.text("name");
        if (std::find(names.begin(), names.end(), name) != names.end())
            throw_input({table.place("name"), "repeated state", name, "a name of its own", ""});
        names.push_back(name);
    }
    std::vector<AutomatonState> states;
    for (std::size_t s = 0; s < tables.size(); ++s) {
        AutomatonState state{names[s], probability(tables[s], "cooperate"), {}};
        TomlReader next = inner(tables[s], "next", "next = { CC = \"state\", CD = ..., DC = ..., DD = ... }");
        for (std::size_t k = 0; k < 4; ++k) {
            const std::string target = next.text(outcome_names[k]);
            const auto found = std::find(names.begin(), names.end(), target);
            if (found == names.end()) throw_unknown_name(next.place(outcome_names[k]), "state", target, names);
            state.next[k] = static_cast<int>(found - names.begin());
        }
        next.finish();
        tables[s].finish();
        states.push_back(state);
    }
    return states;
}

Automaton read_one(TomlReader& table) {
    const std::string name = table.text("name");
    if (name.empty()) throw_input(table.place("name"), "an empty name");
    const std::string source = table.optional_text("source").value_or("");
    const std::string note = table.optional_text("note").value_or("");
    std::vector<TomlReader> tables = table.tables("state");
    if (tables.empty()) {
        if (!table.has("first") && !table.has("after"))
            throw_input(
                {table.place(), "no play is given", "", "first and after, or start and [[strategy.state]]", ""});
        return read_memory_one(table, name, source, note);
    }
    Automaton out{name, source, note, 0, read_states(tables)};
    if (const auto start = table.optional_text("start")) {
        std::vector<std::string> names;
        for (const AutomatonState& state : out.states) names.push_back(state.name);
        const auto found = std::find(names.begin(), names.end(), *start);
        if (found == names.end()) throw_unknown_name(table.place("start"), "state", *start, names);
        out.start = static_cast<int>(found - names.begin());
    }
    return minimised(out);
}

}  // namespace

std::vector<Automaton> read_strategies(const std::filesystem::path& path) {
    const toml::table parsed = read_toml(path);
    TomlReader root(parsed, path.string(), "");
    std::vector<Automaton> out;
    for (TomlReader& table : root.tables("strategy")) {
        Automaton strategy = read_one(table);
        table.finish();
        for (const Automaton& other : out)
            if (other.name == strategy.name)
                throw_input({table.place("name"), "repeated strategy", strategy.name, "a name of its own", ""});
        out.push_back(std::move(strategy));
    }
    root.finish();
    if (out.empty()) throw_input(Place{path.string(), 0, "strategy"}, "no [[strategy]] in the file");
    return out;
}

}  // namespace detente
