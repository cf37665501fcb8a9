// [[challenge]] of a study, and its answer.
#pragma once

#include <optional>
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
    std::optional<double> worth;  ///< of one of its units in the economy's money, where the study says so
};

/// What one unit of the challenge is in an economy's money: what the study says it is worth, or the same money
/// otherwise written; none where its numbers are no money and the study does not say what they are worth.
std::optional<double> worth_in(const ChallengeQuestion& challenge, const std::string& money);

/// What they do each for itself, and together.
struct ChallengeAnswer : Answer {
    ChallengeQuestion question;
    ChallengeReport report;
    double effort_nash = 0.0, effort_joint = 0.0;  ///< sums
};

}  // namespace detente
