// [[challenge]] of a study, and its answer.
#pragma once

#include <string>
#include <vector>

#include "relation/challenges.h"
#include "study/question.h"

namespace detente {

/// The unit of a challenge whose study names none.
constexpr const char* illustrative_unit = "illustrative units";

/// What several could do together, and what each gains and pays for it.
struct ChallengeQuestion : Question {
    Challenge challenge;
    std::vector<std::string> contributors;
    std::string unit;
};

/// What they do each for itself, and together.
struct ChallengeAnswer : Answer {
    ChallengeQuestion question;
    ChallengeReport report;
    double effort_nash = 0.0, effort_joint = 0.0;  ///< sums
};

}  // namespace detente
