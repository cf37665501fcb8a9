// The variants of a study on a terminal.
#pragma once

#include <string>

#include "study/run.h"

namespace detente {

/// The study's variants, the claims by variants with a sign for each verdict, and the welfare of the regions that
/// change most under each.
std::string variants_text(const StudyResult& run);

}  // namespace detente
