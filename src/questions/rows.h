// The rows of the table of questions, each from the file of its kind.
#pragma once

#include "study/question.h"

namespace detente {

QuestionKind optimal_row();
QuestionKind nash_row();
QuestionKind talks_row();
QuestionKind common_ground_row();
QuestionKind game_row();
QuestionKind challenge_row();
QuestionKind relation_row();

}  // namespace detente
