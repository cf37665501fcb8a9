// Expressions over named functions, for claims: numbers, texts, + - * /, comparisons, and, or, not, parentheses.
//
//     welfare('deal', 'USA') > welfare('war', 'USA') and not critical_discount('USA') > 0.9
//
// A truth carries its margin: how far the comparison that decides it is from turning, in that comparison's unit.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "base/error.h"

namespace detente {

/// The comparison that decides a verdict, with the values of both sides.
struct DecidingComparison {
    std::string left_text, comparison, right_text;
    double left = 0.0, right = 0.0;
};

struct Truth {
    bool holds = false;
    double margin = 0.0;  ///< >= 0: what the deciding comparison could lose (or is short of) before the verdict turns
    DecidingComparison deciding;
};

using ExpressionArgument = std::variant<double, std::string>;
/// Called with the arguments as written; throws `Error` for arguments that are wrong, and `Unavailable` where the
/// number asked for does not exist (an unanswered question).
using ExpressionFunction = std::function<double(const std::vector<ExpressionArgument>&)>;
using ExpressionFunctions = std::map<std::string, ExpressionFunction>;

/// A number that an expression asks for and that is not there.
class Unavailable : public Error {
public:
    explicit Unavailable(const std::string& why) : Error(ErrorKind::solve, why) {}
};

class Expression {
public:
    /// Throws an input error at `place` with the position in the text for what cannot be read; names of functions are
    /// checked against `names` (with the nearest).
    Expression(const std::string& text, const Place& place, const std::vector<std::string>& names);
    Expression(Expression&&) noexcept;
    Expression& operator=(Expression&&) noexcept;
    ~Expression();

    /// Calls every function of the expression with its arguments as written (1 where an argument is itself computed):
    /// for checks of names before anything is known.
    void visit(const ExpressionFunctions& functions) const;
    /// The verdict; throws an input error where the expression is a number, not a comparison.
    Truth truth(const ExpressionFunctions& functions) const;

    struct Node;

private:
    std::unique_ptr<Node> root_;
    Place place_;
};

}  // namespace detente
