// Strategies that a person wrote down: TOML to automata.
#include <fmt/format.h>

#include <unordered_map>

#include "base/file.h"
#include "base/text.h"
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

// Without surrounding blanks, which are no part of a name.
std::string name_of(TomlReader& table, const std::string& key) {
    std::string name = table.text(key);
    if (const std::string fault = name_fault(name); !fault.empty())
        throw_input({table.place(key), "the name " + fault, "", "printable characters", ""});
    return std::string(trimmed(name));
}

// States by name, in the order of the file.
struct StateNames {
    std::vector<std::string> list;
    std::unordered_map<std::string, int> position;

    int find(const std::string& name, const Place& place) const {
        const auto found = position.find(name);
        if (found == position.end()) throw_unknown_name(place, "state", name, list);
        return found->second;
    }
};

StateNames read_state_names(std::vector<TomlReader>& tables) {
    if (tables.size() > static_cast<std::size_t>(most_states))
        throw_input({tables.front().place(), "too many states", fmt::format("{}", tables.size()),
                     fmt::format("at most {}", most_states), ""});
    StateNames names;
    for (TomlReader& table : tables) {
        const std::string name = name_of(table, "name");
        if (!names.position.emplace(name, static_cast<int>(names.list.size())).second)
            throw_input({table.place("name"), "repeated state", shown(name, 60), "a name of its own", ""});
        names.list.push_back(name);
    }
    return names;
}

std::vector<AutomatonState> read_states(std::vector<TomlReader>& tables, const StateNames& names) {
    std::vector<AutomatonState> states;
    for (std::size_t s = 0; s < tables.size(); ++s) {
        AutomatonState state{names.list[s], probability(tables[s], "cooperate"), {}};
        TomlReader next = inner(tables[s], "next", "next = { CC = \"state\", CD = ..., DC = ..., DD = ... }");
        for (std::size_t k = 0; k < 4; ++k) {
            state.next[k] = names.find(name_of(next, outcome_names[k]), next.place(outcome_names[k]));
        }
        next.finish();
        tables[s].finish();
        states.push_back(state);
    }
    return states;
}

Automaton read_one(TomlReader& table) {
    const std::string name = name_of(table, "name");
    const std::string source = table.optional_text("source").value_or("");
    const std::string note = table.optional_text("note").value_or("");
    std::vector<TomlReader> tables = table.tables("state");
    if (tables.empty()) {
        if (!table.has("first") && !table.has("after"))
            throw_input(
                {table.place(), "no play is given", "", "first and after, or start and [[strategy.state]]", ""});
        return read_memory_one(table, name, source, note);
    }
    const StateNames names = read_state_names(tables);
    Automaton out{name, source, note, 0, read_states(tables, names)};
    if (table.has("start")) out.start = names.find(name_of(table, "start"), table.place("start"));
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
