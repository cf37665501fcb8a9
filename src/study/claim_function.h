// What a claim can ask for: functions over the results of a study, each with what it takes and how well it is known.
#pragma once

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/expression.h"
#include "study/scenario_result.h"

namespace detente {

struct Answer;
struct StudyResult;

/// The words and numbers of a call, in order.
class ClaimCall {
public:
    ClaimCall(std::string name, const std::vector<ExpressionArgument>& arguments, const Place& place)
        : name_(std::move(name)), arguments_(arguments), place_(place) {}

    /// Argument k; throws an input error that says it needs `what` ("a region") where there is none or it is a number.
    std::string word(std::size_t k, const std::string& what) const;
    /// The same for a number: throws where it is a word.
    double number(std::size_t k, const std::string& what) const;
    bool has(std::size_t k) const { return k < arguments_.size(); }
    std::size_t size() const { return arguments_.size(); }
    void at_most(std::size_t count) const;
    const Place& place() const { return place_; }

private:
    std::string name_;
    const std::vector<ExpressionArgument>& arguments_;
    const Place& place_;
};

/// The outcomes of a run by name, for many claims.
class ClaimOutcomes {
public:
    explicit ClaimOutcomes(const StudyResult& run);
    /// The run whose outcomes these are.
    const StudyResult& run() const { return run_; }
    /// The outcome named by argument k; throws `Unavailable` where it was not answered.
    const ScenarioResult& outcome(const ClaimCall& call, std::size_t k) const;
    int region(const ClaimCall& call, std::size_t k) const;
    double income(int region) const;  ///< in the base, a size above 0
    /// The answer of one of these kinds of question that argument k names, or the first of the study where the argument
    /// is left out; throws `Unavailable` where it was not answered.
    const Answer& answer(const ClaimCall& call, std::size_t k, const std::vector<std::string>& blocks) const;

private:
    const StudyResult& run_;
    std::unordered_map<std::string, const ScenarioResult*> outcomes_;
};

/// What stands at one place of a call.
struct ClaimArgument {
    /// `outcome`: a scenario, or a question with an equilibrium; `region`; `question`: one of the kinds `blocks`;
    /// `party`: a player of the question that the call names; `choice`: one of `choices`; `year`: a number, one of the
    /// years of that question.
    enum class Takes { outcome, region, question, party, choice, year };
    Takes takes = Takes::outcome;
    std::string what = "the name of a scenario or question";  ///< "a region", for errors
    std::vector<std::string> blocks = {};                     ///< of `question`
    bool optional = false;
    std::vector<std::string> choices = {};
};

/// A function that claims may use.
struct ClaimFunction {
    using Get = std::function<double(const ClaimOutcomes&, const ClaimCall&)>;
    std::string name;
    std::vector<ClaimArgument> arguments;
    Get value;
    /// What the value is measured against (100 for percent, an income for money): it is known to a part of that, or of
    /// itself where it is larger. 0: it is given and exact.
    Get size;
    bool repeats = false;   ///< the last argument may stand several times
    bool is_flag = false;   ///< 1 or 0 for yes or no: without a distance to the other
    bool is_money = false;  ///< in the economy's unit of money
    /// A sentence about what the value rests on where that was a choice, said with the verdict; empty: nothing to say.
    std::function<std::string(const ClaimOutcomes&, const ClaimCall&)> rests_on = {};
};

/// Arguments that several functions take.
ClaimArgument outcome_argument();
ClaimArgument region_argument(bool optional = false);
ClaimArgument question_argument(std::string what, std::vector<std::string> blocks, bool optional = false);
ClaimArgument party_argument();
ClaimArgument year_argument();

/// The function, as one whose value is money.
ClaimFunction in_money(ClaimFunction function);

/// What a value is known to, as a part of its size: equilibria are solved to a residual of 1e-12
/// (SolverOptions::tolerance), relative to incomes and prices; one digit is left for what that becomes in a result.
constexpr double claim_resolution = 1e-11;

/// The size of a value that may miss `error` by itself: what lies closer to it counts as equal.
double size_with_error(double size, double error);

/// Sizes that several functions have.
ClaimFunction::Get size_of(double size);

}  // namespace detente
