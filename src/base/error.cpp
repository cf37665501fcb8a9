#include "base/error.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <string_view>

#include "base/utf8.h"

namespace detente {
namespace {

// The last resort against messages of a megabyte; values in them are cut shorter.
constexpr std::size_t longest_message = 2000, longest_value = 100, longest_expected = 400;

// A character as it can stand in a line of a terminal.
std::string printable(std::string_view bytes, const Utf8Character& character) {
    if (bytes == "\n") return " ";
    if (bytes == "\t") return "\\t";
    if (bytes == "\r") return "\\r";
    const bool control = character.code < 0x20 || (character.code >= 0x7F && character.code < 0xA0);
    if (character.size > 0 && !control) return std::string(bytes);
    std::string out;
    for (const char c : bytes) out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    return out;
}

std::string prefix(const Place& place) {
    std::string text = place.file;
    if (place.line > 0) text += fmt::format("{}{}", text.empty() ? "line " : ":", place.line);
    if (!place.key.empty()) text += (text.empty() ? "" : ": ") + shown(place.key, longest_value);
    return text.empty() ? text : text + ": ";
}

// Edit distance with adjacent transpositions (optimal string alignment): typing slips count one.
std::size_t edit_distance(const std::string& a, const std::string& b) {
    const std::size_t rows = a.size() + 1, columns = b.size() + 1;
    std::vector<std::size_t> table(rows * columns);
    auto at = [&](std::size_t r, std::size_t c) -> std::size_t& { return table[r * columns + c]; };
    for (std::size_t r = 0; r < rows; ++r) at(r, 0) = r;
    for (std::size_t c = 0; c < columns; ++c) at(0, c) = c;
    auto same = [&](std::size_t r, std::size_t c) {
        return std::tolower(static_cast<unsigned char>(a[r])) == std::tolower(static_cast<unsigned char>(b[c]));
    };
    for (std::size_t r = 1; r < rows; ++r) {
        for (std::size_t c = 1; c < columns; ++c) {
            std::size_t best = at(r - 1, c - 1) + (same(r - 1, c - 1) ? 0 : 1);
            best = std::min({best, at(r - 1, c) + 1, at(r, c - 1) + 1});
            if (r > 1 && c > 1 && same(r - 1, c - 2) && same(r - 2, c - 1)) best = std::min(best, at(r - 2, c - 2) + 1);
            at(r, c) = best;
        }
    }
    return at(rows - 1, columns - 1);
}

}  // namespace

std::string shown(const std::string& text, std::size_t most) {
    // Not every character of a hundred megabytes is looked at: only both ends are shown.
    std::vector<std::string> characters;
    const std::size_t enough = 8 * most + 8;
    const bool huge = text.size() > 2 * enough;
    const std::string head = huge ? text.substr(0, enough) : text;
    for (std::size_t at = 0; at < head.size();) {
        const Utf8Character character = utf8_at(head, at);
        const std::size_t length = std::max<std::size_t>(1, character.size);
        characters.push_back(printable(std::string_view(head).substr(at, length), character));
        at += length;
    }
    if (!huge && characters.size() <= most) return fmt::format("{}", fmt::join(characters, ""));
    const std::size_t kept = most > 3 ? most - 3 : most;
    characters.resize(std::min(characters.size(), kept));
    return fmt::format("{}...", fmt::join(characters, ""));
}

void throw_input(const InputProblem& p) {
    std::vector<std::string> parts;
    if (!p.found.empty()) parts.push_back("found: " + shown(p.found, longest_value));
    if (!p.expected.empty()) parts.push_back("expected: " + shown(p.expected, longest_expected));
    std::string text = prefix(p.place) + p.problem;
    if (!parts.empty()) text += fmt::format(" ({})", fmt::join(parts, "; "));
    if (!p.nearest.empty()) text += fmt::format("; did you mean \"{}\"?", shown(p.nearest, longest_value));
    InputProblem kept = p;
    kept.found = shown(p.found, longest_value);  // it can be a file's worth of text
    throw Error(ErrorKind::input, shown(text, longest_message), !p.place.file.empty(), std::move(kept));
}

void throw_input(const Place& place, const std::string& problem) {
    throw_input({place, problem, "", "", ""});
}

void throw_file(const std::string& path, const std::string& problem) {
    throw Error(ErrorKind::file, shown(path + ": " + problem, longest_message), true,
                InputProblem{{path, 0, ""}, problem, "", "", ""});
}

void rethrow_at(const Place& place, const Error& error) {
    if (error.kind() != ErrorKind::input || error.placed()) throw;
    InputProblem parts = error.problem() != nullptr ? *error.problem() : InputProblem{{}, error.what(), "", "", ""};
    parts.place.file = place.file;
    if (place.line > 0) parts.place.line = place.line;
    if (!place.key.empty()) parts.place.key = place.key;
    throw Error(ErrorKind::input, shown(prefix(place) + error.what(), longest_message), !place.file.empty(), parts);
}

std::string nearest_name(const std::string& name, const std::vector<std::string>& candidates) {
    std::string best;
    constexpr std::size_t longest_slip = 100;  // nobody slips in a name of a thousand letters, and comparing takes long
    if (name.size() > longest_slip) return best;
    std::size_t best_distance = std::max<std::size_t>(2, name.size() / 3) + 1;
    for (const std::string& candidate : candidates) {
        if (candidate.size() >= name.size() + best_distance) continue;
        const std::size_t distance = edit_distance(name, candidate);
        // A name that shares nothing with the candidate is no slip of it, however short both are.
        if (distance < best_distance && distance < std::max(name.size(), candidate.size())) {
            best = candidate;
            best_distance = distance;
        }
    }
    return best;
}

void throw_unknown_name(const Place& place, const std::string& kind, const std::string& name,
                        const std::vector<std::string>& candidates) {
    constexpr std::size_t list_limit = 12;  // a longer list hides the suggestion
    std::string expected;
    if (candidates.empty()) {
        expected = "none is defined";
    } else if (candidates.size() <= list_limit) {
        expected = fmt::format("one of {}", fmt::join(candidates, ", "));
    } else {
        expected = fmt::format("one of {} names, such as {}", candidates.size(),
                               fmt::join(candidates.begin(), candidates.begin() + 3, ", "));
    }
    throw_input({place, "unknown " + kind, '"' + name + '"', expected, nearest_name(name, candidates)});
}

}  // namespace detente
