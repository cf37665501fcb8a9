// The rows of the table of questions, each from the file of its kind.
#pragma once

#include "study/question.h"

namespace detente {

QuestionKind optimal_row();        ///< [[optimal]]
QuestionKind nash_row();           ///< [[nash]]
QuestionKind talks_row();          ///< [[talks]]
QuestionKind common_ground_row();  ///< [[common_ground]]
QuestionKind game_row();           ///< [[game]]
QuestionKind path_row();           ///< [[path]]
QuestionKind challenge_row();      ///< [[challenge]]
QuestionKind relation_row();       ///< [relation]

}  // namespace detente
