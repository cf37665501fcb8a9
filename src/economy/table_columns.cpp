#include "economy/table_columns.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "base/text.h"

namespace detente {
namespace {

int chosen_column(const std::vector<std::string>& columns, const Place& header, const std::string& role,
                  const std::string& name) {
    const auto found = std::find(columns.begin(), columns.end(), name);
    if (found != columns.end()) return static_cast<int>(found - columns.begin());
    throw_input({header, fmt::format("the column chosen for {} is missing", role),
                 fmt::format("no column \"{}\"", name), "a name of the header", nearest_name(name, columns)});
}

}  // namespace

std::string lower(std::string_view text) {
    std::string small(text);
    std::transform(small.begin(), small.end(), small.begin(), [](unsigned char c) { return std::tolower(c); });
    return small;
}

int find_column(const std::vector<std::string>& columns, const Place& header, const std::string& role,
                const Aliases& names, const ColumnChoice& chosen) {
    const auto choice = chosen.find(role);
    if (choice != chosen.end()) return chosen_column(columns, header, role, choice->second);
    int found = -1;
    for (std::size_t at = 0; at < columns.size(); ++at) {
        if (std::count(names.begin(), names.end(), lower(columns[at])) == 0) continue;
        if (found >= 0) {
            throw_input({header, "two columns could be the " + role,
                         fmt::format("{} and {}", columns[static_cast<std::size_t>(found)], columns[at]),
                         fmt::format("one of them, or --columns {}=NAME to choose", role), ""});
        }
        found = static_cast<int>(at);
    }
    return found;
}

int need_column(const std::vector<std::string>& columns, const Place& header, const std::string& role,
                const Aliases& names, const ColumnChoice& chosen) {
    const int column = find_column(columns, header, role, names, chosen);
    if (column >= 0) return column;
    std::string nearest;
    for (const std::string& name : names)
        if (nearest.empty()) nearest = nearest_name(name, columns);
    throw_input({header, "a column is missing", fmt::format("no column \"{}\"", fmt::join(names, "\" or \"")),
                 fmt::format("{}, or --columns {}=NAME", names.front(), role), nearest});
}

int first_column(const std::vector<std::string>& columns, const Place& header, const std::string& role,
                 const Aliases& names, const ColumnChoice& chosen) {
    const auto choice = chosen.find(role);
    if (choice != chosen.end()) return chosen_column(columns, header, role, choice->second);
    for (const std::string& name : names)
        for (std::size_t at = 0; at < columns.size(); ++at)
            if (lower(columns[at]) == name) return static_cast<int>(at);
    return -1;
}

bool is_missing(std::string_view text) {
    const std::string word = lower(text);
    static const std::vector<std::string> words = {"", "na", "n/a", "n.a.", "nan", ".", "..", "...", "null", "none"};
    return word.size() <= 4 && std::count(words.begin(), words.end(), word) > 0;
}

int year_number(std::string_view text, const Place& place) {
    const auto year = finite_number(text);
    if (year && *year == std::floor(*year) && std::abs(*year) < 1e6) return static_cast<int>(*year);
    throw_input({place, "not a year", std::string(text), "a whole number", ""});
}

std::string short_list(const std::vector<std::string>& names, std::size_t most) {
    if (names.size() <= most) return fmt::format("{}", fmt::join(names, ", "));
    return fmt::format("{} and {} more",
                       fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(most), ", "),
                       names.size() - most);
}

}  // namespace detente
