// Expressions over named functions, for claims: numbers, texts, + - * /, comparisons, and, or, not, parentheses.
//
//     welfare('deal', 'USA') > welfare('war', 'USA') and not critical_discount('USA') > 0.9
//
// A truth carries its margin: how far the comparison that decides it is from turning, in that comparison's unit.
// Numbers carry the error to which they are known, through the arithmetic: what lies closer together than that is
// equal, so that no verdict hangs on rounding. A part that is not defined (a number that is not there, a division by
// zero, an overflow) is neither true nor false; it leaves the whole open only where the rest does not decide (Kleene
// 1938).
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

/// A verdict, how firm it is, and what decides it.
struct Truth {
    bool holds = false;
    /// >= 0: what the deciding comparison could lose (or is short of) before the verdict turns; 0 where both sides are
    /// equal to the errors of what they are computed from.
    double margin = 0.0;
    DecidingComparison deciding;
};

/// A number and the error to which it is known (its tolerance, not its uncertainty).
struct ExpressionNumber {
    double value = 0.0, error = 0.0;
    ExpressionNumber(double number, double known_to = 0.0)
        : value(number), error(known_to) {}  // NOLINT: a number is one
};

using ExpressionArgument = std::variant<double, std::string>;
/// Called with the arguments as written; throws `Error` for arguments that are wrong, and `Unavailable` where the
/// number asked for does not exist (an unanswered question).
using ExpressionFunction = std::function<ExpressionNumber(const std::vector<ExpressionArgument>&)>;
using ExpressionFunctions = std::map<std::string, ExpressionFunction>;

/// A number that an expression asks for and that is not there.
class Unavailable : public Error {
public:
    explicit Unavailable(const std::string& why) : Error(ErrorKind::solve, why) {}
};

/// How deeply parentheses, `not`, minus signs and calls may stand in each other.
constexpr int most_nested = 200;

/// A statement read once, such as `welfare("a", "USA") > 0 and not ev("b", "CHN") < 1e3`: comparisons of sums, products
/// and calls of functions, joined by and, or, not.
class Expression {
public:
    /// Throws an input error at `place` with the position in the text for what cannot be read or is nested deeper than
    /// `most_nested`; names of functions are
    /// checked against `names` (with the nearest).
    Expression(const std::string& text, const Place& place, const std::vector<std::string>& names);
    Expression(Expression&&) noexcept;
    Expression& operator=(Expression&&) noexcept;
    ~Expression();

    /// Calls every function of the expression with its arguments as written (1 where an argument is itself computed):
    /// for checks of names before anything is known.
    void visit(const ExpressionFunctions& functions) const;
    /// The verdict. Throws `Unavailable` where what is not defined leaves it open.
    Truth truth(const ExpressionFunctions& functions) const;

    struct Node;

private:
    std::string text_;
    Place place_;
    std::unique_ptr<Node> root_;
};

}  // namespace detente
