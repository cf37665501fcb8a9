// [[optimal]] of a study, and its answer.
#pragma once

#include "strategy/nash.h"
#include "study/question.h"

namespace detente {

/// The tariffs with which one government does best, the others' given.
struct OptimalQuestion : Question {
    Player player;
    int starts = 3;
};

/// Those tariffs.
struct OptimalAnswer : Answer {
    OptimalQuestion question;
    Optimum optimum;
};

}  // namespace detente
