// Claims: expressions over the results of a study, each with a verdict, its margin and what would turn it.
#pragma once

#include <map>
#include <string>
#include <unordered_set>
#include <vector>

#include "study/claim_function.h"
#include "study/study.h"

namespace detente {

/// What became of a claim; `negligible`: what decides it is smaller than the claim says would matter; `undecided`: what
/// it asks for was not answered or is not defined.
enum class Verdict { holds, fails, negligible, undecided };
/// Their names in results, in order.
const std::vector<std::string>& verdict_names();
std::string to_string(Verdict verdict);

/// A claim's verdict, how far it is from turning, and what would turn it.
struct ClaimAnswer {
    std::string text, holds;  ///< as in the study
    Verdict verdict = Verdict::undecided;
    Truth truth;
    std::optional<double> at_least;  ///< what would matter, as in the study
    std::string reason;              ///< why negligible or undecided
    std::string overturn;            ///< what would turn the verdict
    std::vector<std::string>
        rests_on;  ///< which answer to a breach values are by, and the like, where there is a choice
};

/// Every function that a claim may use: those over outcomes, and those of each kind of question.
std::vector<ClaimFunction> claim_functions(const QuestionTable& kinds);

/// Makes the claims of a study; names are checked before anything is solved.
class ClaimReader {
public:
    /// `study`: with its scenarios and questions; it must outlive the reader.
    explicit ClaimReader(const Study& study);
    /// Throws an input error at `place` for a text that is no claim, for an unknown function, and for names that the
    /// study does not have.
    /// `at_least` as in the study.
    Claim read(std::string text, std::string holds, const Place& place, std::optional<double> at_least = {}) const;

private:
    void check(const ClaimFunction& function, const ClaimCall& call) const;
    void check_name(const ClaimArgument& argument, const std::string& name, const std::string& question,
                    const Place& place) const;

    void check_year(double year, const std::string& question, const Place& place) const;

    const Study& study_;
    std::vector<std::string> outcomes_, names_;
    std::unordered_set<std::string> known_outcomes_;  // there may be many of both, scenarios and calls
    std::map<std::string, ClaimFunction> functions_;
};

/// Whether a claim of the study calls this function.
bool claims_ask(const Study& study, const std::string& function);

/// Verdicts of the study's claims from its answers; a claim about what was not answered is undecided.
std::vector<ClaimAnswer> check_claims(const StudyResult& run);

}  // namespace detente
