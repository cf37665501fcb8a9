#include "report/words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "economy/money.h"

namespace detente {
namespace {

// A region's standing under two outcomes, money a year and percent.
struct Stake {
    int region = 0;
    double percent = 0.0;  // welfare against the other outcome
    double money = 0.0;    // the same as money at the base's prices
};

}  // namespace

std::string gain_text(double percent) {
    return fmt::format("{:+.{}f} %", percent, std::abs(percent) >= 0.1 ? 2 : 4);
}

std::string outcome_in_words(const std::string& name) {
    return name == "base" ? "the base" : '"' + name + '"';
}

std::vector<int> largest_changes(const Equilibrium& equilibrium, int most) {
    std::vector<int> order(equilibrium.welfare_hat.size());
    for (std::size_t j = 0; j < order.size(); ++j) order[j] = static_cast<int>(j);
    if (static_cast<int>(order.size()) <= most) return order;
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
        return std::abs(equilibrium.welfare_hat[static_cast<std::size_t>(a)] - 1.0) >
               std::abs(equilibrium.welfare_hat[static_cast<std::size_t>(b)] - 1.0);
    });
    order.resize(static_cast<std::size_t>(most));
    return order;
}

double gain_against(const ScenarioResult& outcome, const ScenarioResult& other, int region) {
    const auto j = static_cast<std::size_t>(region);
    return 100.0 * (outcome.equilibrium.welfare_hat[j] / other.equilibrium.welfare_hat[j] - 1.0);
}

Money money_of(const std::string& unit) {
    if (const double size = dollars_in(unit); size > 0.0) return {size / 1e9, "bn US$", size > 1.0 ? 1 : 2};
    return {1.0, unit.empty() ? "money" : unit, 1};
}

std::string money_text(const std::string& unit, double amount) {
    const Money money = money_of(unit);
    double scaled = money.factor * amount;
    // What prints as nothing has no sign.
    if (money.factor != 1.0 && std::abs(scaled) < 5e-5) scaled = 0.0;
    const double size = std::abs(scaled);
    // Small amounts in millions, so that they are not all zeros.
    if (size < 0.1 && money.factor != 1.0) return fmt::format("{:+.{}f} mn US$", 1e3 * scaled, size < 0.01 ? 1 : 0);
    return fmt::format("{:+.{}f} {}", scaled, size >= 100.0 ? 0 : size >= 1.0 ? 1 : 2, money.name);
}

std::vector<std::string> gains_in_words(const StudyResult& run, const ScenarioResult& outcome,
                                        const ScenarioResult& other, const std::vector<int>& players) {
    const World& w = run.base.world;
    const std::string versus = outcome_in_words(other.scenario.name);
    std::vector<std::string> own;
    int gain = 0, lose = 0;
    double total = 0.0, world_money = 0.0;
    std::vector<Stake> third;
    for (int j = 0; j < w.n_regions(); ++j) {
        const auto at = static_cast<std::size_t>(j);
        const double percent = gain_against(outcome, other, j);
        const double money =
            equivalent_variation(w, outcome.equilibrium, at) - equivalent_variation(w, other.equilibrium, at);
        world_money += money;
        if (std::find(players.begin(), players.end(), j) != players.end()) continue;
        third.push_back({j, percent, money});
        total += money;
        if (std::abs(percent) > no_change) (percent > 0.0 ? gain : lose) += 1;
    }
    own.reserve(players.size());
    for (const int j : players)
        own.push_back(fmt::format("{} {}", w.regions[j], gain_text(gain_against(outcome, other, j))));
    std::vector<std::string> words = {fmt::format("Real income compared with {}: {}.", versus, fmt::join(own, ", "))};
    if (third.empty()) return words;
    std::sort(third.begin(), third.end(),
              [](const Stake& a, const Stake& b) { return std::abs(a.money) > std::abs(b.money); });
    std::vector<std::string> named;
    for (std::size_t k = 0; k < std::min<std::size_t>(3, third.size()); ++k)
        named.push_back(fmt::format("{} {}", w.regions[third[k].region], gain_text(third[k].percent)));
    const std::string largest = third.size() > 3 ? "largest: " : "";
    words.push_back(
        fmt::format("Compared with {}, {} of the {} others gain and {} lose; together {} a year ({}{}). The world as a "
                    "whole: {} a year.",
                    versus, gain, third.size(), lose, money_text(w.unit, total), largest, fmt::join(named, ", "),
                    money_text(w.unit, world_money)));
    return words;
}

std::string wrapped(const std::vector<std::string>& sentences) {
    constexpr std::size_t width = 110;
    std::string out;
    for (const std::string& sentence : sentences) {
        std::string line = " ";
        std::size_t at = 0;
        while (at < sentence.size()) {
            const std::size_t end = std::min(sentence.find(' ', at), sentence.size());
            const std::string word = sentence.substr(at, end - at);
            if (line.size() + 1 + word.size() > width) {
                out += line + "\n";
                line = "   ";
            }
            line += " " + word;
            at = end + 1;
        }
        out += line + "\n";
    }
    return out;
}

std::string payoff_table(const StageGame& game) {
    const Money money = money_of(game.unit);
    const auto longest = [](const IndexSet& names, std::size_t least) {
        for (const std::string& name : names.names()) least = std::max(least, name.size());
        return least;
    };
    const std::size_t first = longest(game.actions_a, 14), width = longest(game.actions_b, 22);
    std::string out =
        fmt::format("  payoffs in {}, {} chooses the row, {} the column\n  {:<{}}",
                    money.factor != 1.0 ? money.name + " a year" : money.name, game.player_a, game.player_b, "", first);
    for (const std::string& name : game.actions_b.names()) out += fmt::format("  {:>{}}", name, width);
    out += "\n";
    for (int i = 0; i < game.n_a(); ++i) {
        out += fmt::format("  {:<{}}", game.actions_a[i], first);
        for (int j = 0; j < game.n_b(); ++j)
            out += fmt::format(
                "  {:>{}}",
                fmt::format("{:+.5g}, {:+.5g}", money.factor * game.payoff_a(i, j), money.factor * game.payoff_b(i, j)),
                width);
        out += "\n";
    }
    return out;
}

}  // namespace detente
