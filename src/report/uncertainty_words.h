// What draws of parameters say, for a person: sentences, and tables for a terminal.
#pragma once

#include <string>
#include <vector>

#include "study/run.h"

namespace detente {

/// What was drawn and how, what failed, and how claims and relations fared, in sentences; the run has draws.
std::vector<std::string> uncertainty_in_words(const StudyResult& run);
/// What the draws assume, for the list of assumptions.
std::vector<std::string> uncertainty_assumptions(const StudyResult& run);
/// Welfare with its bands by outcome and region, and figures of answers, for a terminal.
std::string uncertainty_text(const StudyResult& run);

}  // namespace detente
