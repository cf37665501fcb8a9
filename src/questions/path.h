// [[path]] of a study, and its answer.
#pragma once

#include <string>
#include <vector>

#include "growth/path.h"
#include "study/question.h"

namespace detente {

/// What is in force from a year on.
struct PathPhase {
    int from = 0;
    std::string scenario;  ///< or a question with an equilibrium of its own; "base": none of them
};

/// The world over years: policies in phases, capital that answers to them, growth that is given.
struct PathQuestion : Question {
    std::vector<PathPhase> phases;  ///< in the order of their years; before the first the base's policy
    CapitalRule rule;
    GrowthRates growth;

    /// The first of its years.
    int first() const { return years.front(); }
    /// Its phase in force in a year: what is in force, or "base".
    const std::string& in_force(int year) const;
};

/// The path, and what it is compared with.
struct PathAnswer : Answer {
    PathQuestion question;
    ComparedPath found;
};

/// results.json, the terminal, results.nc and the CSV of paths.
nlohmann::ordered_json path_json(const StudyResult& run, const PathAnswer& answer);
std::string path_text(const StudyResult& run, const PathAnswer& answer);
AnswerArrays path_arrays(const StudyResult& run);
/// What claims can ask about paths.
std::vector<ClaimFunction> path_claim_functions();

}  // namespace detente
