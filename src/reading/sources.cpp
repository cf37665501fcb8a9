#include "reading/sources.h"

namespace detente {
namespace fs = std::filesystem;
namespace {

struct Expansion {
    const std::string& text;
    const Place& place;
    const Sources& sources;
    bool from_variable = false;  // the beginning of the path is

    [[noreturn]] void wrong(const std::string& problem, const std::string& expected) const {
        throw_input({place, problem, text, expected, ""});
    }

    // From `at` to the end, or to the brace that closes a default; `at` is then that brace.
    std::string expand(std::size_t& at, bool inside, int level) {
        constexpr int most_levels = 20;
        if (level > most_levels) wrong("defaults stand too deep inside each other", "at most 20 levels");
        std::string out;
        while (at < text.size() && !(inside && text[at] == '}')) {
            if (text.compare(at, 2, "${") != 0) {
                out += text[at++];
                continue;
            }
            const bool first = out.empty();
            at += 2;
            out += variable(at, first, level);
        }
        return out;
    }

    std::string variable(std::size_t& at, bool first, int level) {
        const std::size_t end = text.find_first_of(":}", at);
        if (end == std::string::npos) wrong("\"${\" is not closed", "${NAME} or ${NAME:-default}");
        const std::string name = text.substr(at, end - at);
        const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
        const auto digit = [](char c) { return c >= '0' && c <= '9'; };
        bool good = !name.empty() && letter(name[0]);
        for (const char c : name) good = good && (letter(c) || digit(c));
        if (!good) wrong("not the name of a variable: \"" + name + "\"", "${NAME} or ${NAME:-default}");
        at = end;
        const std::optional<std::string> value =
            sources.variable ? sources.variable(name) : std::optional<std::string>();
        if (text[at] == '}') {
            ++at;
            if (!value)
                wrong("the environment variable " + name + " is not set",
                      "a path, or a default as in ${NAME:-default}");
            from_variable = from_variable || first;
            return *value;
        }
        if (text.compare(at, 2, ":-") != 0) wrong("a default begins with \":-\"", "${NAME} or ${NAME:-default}");
        at += 2;
        const bool before = from_variable;
        const std::string otherwise = value ? skipped(at) : expand(at, true, level + 1);
        if (at >= text.size()) wrong("\"${\" is not closed", "${NAME} or ${NAME:-default}");
        ++at;
        from_variable = before || (first && (value || from_variable));
        return value ? *value : otherwise;
    }

    // A default that is not needed: only its end is looked for.
    std::string skipped(std::size_t& at) const {
        int open = 1;
        for (; at < text.size(); ++at) {
            if (text.compare(at, 2, "${") == 0) ++open;
            if (text[at] == '}' && --open == 0) break;
        }
        return "";
    }
};

}  // namespace

SourceFile find_source(const Sources& sources, const std::string& text, const Place& place) {
    Expansion expansion{text, place, sources};
    std::size_t at = 0;
    const std::string expanded = expansion.expand(at, false, 0);
    if (expanded.empty()) throw_input({place, "the path is empty", text, "the path of a file", ""});
    if (const auto found = sources.files.find(expanded); found != sources.files.end())
        return {expanded, &found->second};
    const fs::path path(expanded);
    if (!sources.folder) {
        std::vector<std::string> names;
        for (const auto& entry : sources.files) names.push_back(entry.first);
        throw_unknown_name(place, "file among those given", expanded, names);
    }
    return {path.is_absolute() || expansion.from_variable ? path : *sources.folder / path, nullptr};
}

}  // namespace detente
