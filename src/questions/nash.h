// [[nash]] of a study, and its answer.
#pragma once

#include <optional>
#include <vector>

#include "strategy/nash.h"
#include "study/question.h"

namespace detente {

/// A trade war: every player sets its own tariffs.
struct NashQuestion : Question {
    std::vector<Player> players;
    int starts = 1, deviations = 6;
};

/// Two players' best uniform rates against each other's uniform rate.
struct BestResponses {
    std::vector<double> rate;                   ///< of the other player
    std::vector<std::vector<double>> response;  ///< by player
};

/// Where best answers to best answers end.
struct NashAnswer : Answer {
    NashQuestion question;
    TradeWar war;
    std::optional<BestResponses> best_responses;  ///< for two players
};

}  // namespace detente
