// [[talks]] of a study, and its answer.
#pragma once

#include <string>
#include <vector>

#include "strategy/talks.h"
#include "study/question.h"

namespace detente {

/// A deal: the players set their tariffs together.
struct TalksQuestion : Question {
    std::vector<Player> players;
    std::string threat = "base";  ///< scenario or question: what happens without a deal
    TalksMethod method = TalksMethod::nash_bargaining;
    bool frontier_only = false;  ///< method = "frontier": no deal is picked
    std::vector<double> power;
    bool transfers = false;
    int frontier = 0;  ///< points of the frontier to report; 0: none
};

/// The deal, and what else they could reach.
struct TalksAnswer : Answer {
    TalksQuestion question;
    Talks talks;
    std::vector<FrontierPoint> frontier;
    std::vector<double> in_force, threat;  ///< players' utilities at `from` and at the threat
};

}  // namespace detente
