#include "base/error.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>

namespace detente {
namespace {

std::string one_line(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

std::string prefix(const Place& place) {
    std::string text = place.file;
    if (place.line > 0) text += fmt::format("{}{}", text.empty() ? "line " : ":", place.line);
    if (!place.key.empty()) text += (text.empty() ? "" : ": ") + place.key;
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

void throw_input(const InputProblem& p) {
    std::vector<std::string> parts;
    if (!p.found.empty()) parts.push_back("found: " + p.found);
    if (!p.expected.empty()) parts.push_back("expected: " + p.expected);
    std::string text = prefix(p.place) + p.problem;
    if (!parts.empty()) text += fmt::format(" ({})", fmt::join(parts, "; "));
    if (!p.nearest.empty()) text += fmt::format("; did you mean \"{}\"?", p.nearest);
    throw Error(ErrorKind::input, one_line(text));
}

void throw_input(const Place& place, const std::string& problem) {
    throw Error(ErrorKind::input, one_line(prefix(place) + problem));
}

void throw_file(const std::string& path, const std::string& problem) {
    throw Error(ErrorKind::file, one_line(path + ": " + problem));
}

std::string nearest_name(const std::string& name, const std::vector<std::string>& candidates) {
    std::string best;
    std::size_t best_distance = std::max<std::size_t>(2, name.size() / 3) + 1;
    for (const std::string& candidate : candidates) {
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
