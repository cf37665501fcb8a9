#include "relation/payoff_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>
#include <unordered_set>

#include "base/csv.h"

namespace detente {
namespace {

// The columns of a payoff file: the four that every file has, and those of third countries.
struct Columns {
    int action_a, action_b, payoff_a, payoff_b;
    std::vector<int> bystanders;
};

Columns find_columns(const CsvTable& table) {
    const std::vector<std::string> own = {"u_a", "u_b", "a", "b"};
    std::vector<int> bystanders;
    for (int c = 0; c < static_cast<int>(table.columns().size()); ++c) {
        const std::string& name = table.columns()[static_cast<std::size_t>(c)];
        if (std::find(own.begin(), own.end(), name) != own.end()) continue;
        // Any name may be a third country's; what has no such form is a slip.
        if (name.rfind("u_", 0) != 0 || name.size() == 2)
            throw_input({Place{table.place(0, c).file, 1, name}, "unknown column", '"' + name + '"',
                         "a, b, u_a, u_b, or u_REGION for a third country", nearest_name(name, own)});
        bystanders.push_back(c);
    }
    return {table.column("a"), table.column("b"), table.column("u_a"), table.column("u_b"), bystanders};
}

// The actions of one side in the order in which they first stand.
IndexSet actions_in(const CsvTable& table, int column, const char* kind) {
    std::vector<std::string> names;
    std::unordered_set<std::string> known;
    for (int row = 0; row < table.rows(); ++row) {
        const std::string& name = table.text(row, column);
        if (name.empty())
            throw_input({table.place(row, column), "an action has no name", "", "a name or a number", ""});
        if (!known.insert(name).second) continue;
        names.push_back(name);
        if (static_cast<int>(names.size()) > most_actions)
            throw_input({table.place(row, column), "too many actions", fmt::format("\"{}\" is one more", name),
                         fmt::format("at most {} actions a side", most_actions), ""});
    }
    return IndexSet(kind, std::move(names));
}

bool in_range(double payoff) {
    return payoff == 0.0 || (std::abs(payoff) >= smallest_payoff && std::abs(payoff) <= largest_payoff);
}

std::string range_text() {
    return fmt::format("0, or from {:g} to {:g} in size", smallest_payoff, largest_payoff);
}

// The whole text as a finite number, blanks around it left out.
std::optional<double> finite_number(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc() && end == text.data() + text.size() && std::isfinite(value);
    return whole ? std::optional(value) : std::nullopt;
}

// A number, or a fraction as game solvers write it.
double payoff_in(const CsvTable& table, int row, int column) {
    const std::string& text = table.text(row, column);
    const auto slash = text.find('/');
    double value = 0.0;
    if (slash == std::string::npos) {
        value = table.number(row, column);
    } else {
        const auto above = finite_number(std::string_view(text).substr(0, slash));
        const auto below = finite_number(std::string_view(text).substr(slash + 1));
        if (!above || !below || *below == 0.0)
            throw_input({table.place(row, column), "not a fraction", '"' + text + '"',
                         "a finite number, or two such as 2/3 of which the second is not 0", ""});
        value = *above / *below;
    }
    if (!in_range(value)) throw_input({table.place(row, column), "a payoff is out of range", text, range_text(), ""});
    return value;
}

void fill(const CsvTable& table, const Columns& columns, StageGame& game) {
    Eigen::MatrixXi line = Eigen::MatrixXi::Zero(game.n_a(), game.n_b());
    for (int row = 0; row < table.rows(); ++row) {
        const int a = game.actions_a.at(table.text(row, columns.action_a));
        const int b = game.actions_b.at(table.text(row, columns.action_b));
        const Place place = table.place(row, columns.action_a);
        if (line(a, b) != 0) {
            throw_input(Place{place.file, place.line, "a,b"},
                        fmt::format("the pair ({}, {}) stands twice; it stood on line {} before", game.actions_a[a],
                                    game.actions_b[b], line(a, b)));
        }
        line(a, b) = place.line;
        game.payoff_a(a, b) = payoff_in(table, row, columns.payoff_a);
        game.payoff_b(a, b) = payoff_in(table, row, columns.payoff_b);
        for (std::size_t k = 0; k < columns.bystanders.size(); ++k)
            game.bystander_payoff[k](a, b) = payoff_in(table, row, columns.bystanders[k]);
    }
    for (int a = 0; a < game.n_a(); ++a) {
        for (int b = 0; b < game.n_b(); ++b) {
            if (line(a, b) != 0) continue;
            throw_input({Place{table.place(0, 0).file, 0, "a,b"},
                         fmt::format("the pair ({}, {}) is missing", game.actions_a[a], game.actions_b[b]),
                         fmt::format("{} rows", table.rows()),
                         fmt::format("one row for each of the {} x {} pairs", game.n_a(), game.n_b()), ""});
        }
    }
}

}  // namespace

StageGame read_payoffs(const std::filesystem::path& path) {
    const CsvTable table = CsvTable::read(path);
    if (table.rows() == 0)
        throw_input(Place{path.string(), 2, ""}, "the table has no rows; one for every pair of actions was expected");
    const Columns columns = find_columns(table);
    StageGame game;
    game.actions_a = actions_in(table, columns.action_a, "action of A");
    game.actions_b = actions_in(table, columns.action_b, "action of B");
    game.payoff_a = game.payoff_b = Eigen::MatrixXd::Zero(game.n_a(), game.n_b());
    for (const int c : columns.bystanders) {
        game.bystanders.push_back(table.columns()[static_cast<std::size_t>(c)].substr(2));
        game.bystander_payoff.push_back(game.payoff_a);
    }
    fill(table, columns, game);
    return game;
}

void check_stage_game(const StageGame& game) {
    if (game.n_a() == 0 || game.n_b() == 0) throw_input(Place{}, "each side of a game needs at least one action");
    const auto check = [&](const Eigen::MatrixXd& payoff, const std::string& who) {
        if (payoff.rows() != game.n_a() || payoff.cols() != game.n_b()) {
            throw_input({Place{"", 0, "payoffs of " + who}, "the table has the wrong size",
                         fmt::format("{} x {}", payoff.rows(), payoff.cols()),
                         fmt::format("{} x {}", game.n_a(), game.n_b()), ""});
        }
        const Place place{"", 0, "payoffs of " + who};
        if (!payoff.allFinite()) throw_input(place, "a payoff is not a finite number");
        for (const double value : payoff.reshaped())
            if (!in_range(value))
                throw_input({place, "a payoff is out of range", fmt::format("{:g}", value), range_text(), ""});
    };
    check(game.payoff_a, game.player_a);
    check(game.payoff_b, game.player_b);
    if (game.bystanders.size() != game.bystander_payoff.size())
        throw_input(Place{}, "third countries and their payoffs differ in number");
    for (std::size_t k = 0; k < game.bystanders.size(); ++k) check(game.bystander_payoff[k], game.bystanders[k]);
}

}  // namespace detente
