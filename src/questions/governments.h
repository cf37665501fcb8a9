// What the questions about governments share: reading them, what they are answered from, words, JSON and text.
#pragma once

#include <string>
#include <vector>

#include "questions/question_kind.h"
#include "strategy/nash.h"

namespace detente {

/// The players of a question, each with what it wants and the lines it sets.
std::vector<Player> read_governments(TomlReader& block, const Study& study, const std::vector<int>& players);

/// Utilities of the players under an outcome, ratios to the base; throws a solve error where it was not answered.
std::vector<double> utilities(const StudyResult& run, const std::string& outcome, const std::vector<Player>& players);
/// Positions of the players' regions.
std::vector<int> regions_of(const std::vector<Player>& players);
/// The equilibrium in which a question ends becomes its outcome.
void settle(Answer& answer, const Shock& shock, const Equilibrium& equilibrium);

/// The name of a region by its position.
std::string region_name(const StudyResult& run, int region);
/// 0.1 as "10.0 %".
std::string rate_text(double rate);

/// A ratio to the base in percent.
double percent_of(double hat);
/// The outcome of an answer and its words.
Json answer_json(const StudyResult& run, const Answer& answer);
/// What a government wants, where it is more than its own real income: `relative_gains` with its `rivals`, and
/// `political_weights` by sector.
void add_objective(const StudyResult& run, const Objective& objective, Json& out);
/// Figures of each player for statistics over draws: "trade_weighted_tariff_percent.USA", "utility_percent.USA".
void add_figures(const StudyResult& run, int region, double utility, const TariffMeans& means,
                 std::vector<AnswerFigure>& figures);
/// Mean tariffs by their keys.
Json means_json(const TariffMeans& means);
/// Rates of one government on the sectors it sets, exporter by sector, with those in the base: a heat map.
Json schedule_json(const StudyResult& run, const Instruments& instruments, const TradeTensor& tariff);
/// The equilibrium's certificate makes room for that of the question.
void put_certificate(Json& out, Json certificate);

/// One line a player below `player_head`; `last`: what the last column is or holds.
std::string player_head(const std::string& last);
std::string player_row(const StudyResult& run, int region, double utility, const TariffMeans& means,
                       const std::string& last);

}  // namespace detente
