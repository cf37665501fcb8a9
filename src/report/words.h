// What results say in words, the same for every country: amounts, who gains and who loses, what was assumed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "relation/stage_game.h"
#include "study/run.h"

namespace detente {

/// How amounts are shown: in billions where the unit says what one is; in the unit itself otherwise.
struct Money {
    double factor = 1.0;
    std::string name;
    int decimals = 1;
};
Money money_of(const std::string& unit);

/// An amount a year in words, in the economy's money ("+3.4 bn US$").
std::string money_text(const std::string& unit, double amount);

/// A change in percent with its sign, small ones to more digits.
std::string gain_text(double percent);
/// "the base" or the name in quotes.
std::string outcome_in_words(const std::string& name);
/// Percent of welfare within which two outcomes are the same: well above what solved equilibria leave.
constexpr double no_change = 1e-7;
/// The regions whose welfare changes most, at most `most` of them, the largest first; all in the economy's order where
/// there are no more.
std::vector<int> largest_changes(const Equilibrium& equilibrium, int most);
/// Welfare of a region under one outcome against another, percent.
double gain_against(const ScenarioResult& outcome, const ScenarioResult& other, int region);

/// Sentences about who gains and who loses from one outcome to another, the same for every country.
std::vector<std::string> gains_in_words(const StudyResult& run, const ScenarioResult& outcome,
                                        const ScenarioResult& against, const std::vector<int>& players);

/// Sentences as lines of a terminal's width.
std::string wrapped(const std::vector<std::string>& sentences);
/// Payoffs of a game as a table, one side choosing the row, the other the column; amounts as `money_of` shows them.
std::string payoff_table(const StageGame& game);

/// How far the base moved from the tables, and what that means where it is far.
std::string movement_in_words(const StudyResult& result);
/// What scenarios do to deficits where that is not what the model's closure says, a sentence each.
std::vector<std::string> deficits_in_words(const StudyResult& result);

/// Which dated schedules of tariffs scenarios have, of which day and kind, and what is announced rather than known.
std::vector<std::string> schedules_in_words(const Study& study);

/// The world's income under a model without intermediate inputs over its value added in the data, where it is larger.
std::optional<double> sales_over_income(const StudyResult& result);

/// What the model, its options and the questions assume, in sentences in the order of their weight.
std::vector<std::string> assumptions_in_words(const StudyResult& result);

}  // namespace detente
