// [[common_ground]] of a study, and its answer.
#pragma once

#include <string>
#include <vector>

#include "strategy/common_ground.h"
#include "study/question.h"

namespace detente {

/// Issues of which some may be settled, given how the others are.
struct CommonGroundQuestion : Question {
    std::vector<Objective> players;
    std::string settlement;  ///< scenario or question whose tariffs a settled issue gets
    std::vector<TariffIssue> issues;
    CommonGroundOptions options;
};

/// The issues that are best settled.
struct CommonGroundAnswer : Answer {
    CommonGroundQuestion question;
    CommonGround ground;
};

}  // namespace detente
