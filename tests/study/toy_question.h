// A question that the program does not have: one file and one row, and it is read, answered, written and printed.
#pragma once

#include "study/question.h"

namespace detente::test {

/// [[steeper]]: what a government's own tariffs would do, were they `factor` times as high as under `from`. Ends in an
/// equilibrium, to which others can refer.
QuestionKind steeper_row();

}  // namespace detente::test
