// [[optimal]] of a study, and its answer.
#pragma once

#include "strategy/nash.h"
#include "study/question.h"

namespace detente {

struct OptimalQuestion : Question {
    Player player;
    int starts = 3;
};

struct OptimalAnswer : Answer {
    OptimalQuestion question;
    Optimum optimum;
};

}  // namespace detente
