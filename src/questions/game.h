// [[game]] of a study, and its answer.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "relation/coco.h"
#include "relation/self_enforcement.h"
#include "study/question.h"

namespace detente {

/// The shape of a relation: two players, each with the tariffs it has under one of several policies.
struct ShapeQuestion : Question {
    std::vector<int> players;
    std::vector<std::string> policies;  ///< scenarios or questions; a player's policy is its own tariffs there
    std::string cooperate, war;         ///< two of them
    int steps = 0;                      ///< policies between each and the next
};

/// The game, the kind that it is for each side, and how much of it is conflict.
struct ShapeAnswer : Answer {
    ShapeQuestion question;
    StageGame game;  ///< money a year against the base; bystanders are all other regions
    Roles roles;
    CocoValue coco;
    double conflict_share = 0.0;
    std::optional<double> critical_discount[2];  ///< none where the roles are not a dilemma for the side
};

}  // namespace detente
