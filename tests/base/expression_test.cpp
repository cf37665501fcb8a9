// Claims are expressions: verdicts, margins, errors.
#include "base/expression.h"

#include <gtest/gtest.h>

#include "support.h"

namespace detente::test {
namespace {

const ExpressionFunctions functions = {
    {"value", [](const std::vector<ExpressionArgument>& a) { return std::get<double>(a.at(0)); }},
    {"length",
     [](const std::vector<ExpressionArgument>& a) {
         return static_cast<double>(std::get<std::string>(a.at(0)).size());
     }},
    {"missing", [](const std::vector<ExpressionArgument>&) -> double { throw Unavailable("not there"); }},
};

Truth truth(const std::string& text) {
    return Expression(text, {"s.toml", 7, "claim.holds"}, {"value", "length", "missing"}).truth(functions);
}

TEST(ExpressionTest, ArithmeticHasItsPrecedence) {
    EXPECT_TRUE(truth("1 + 2 * 3 >= 7").holds);
    EXPECT_TRUE(truth("-(1 - 4) / 2 <= 1.5").holds);
    EXPECT_FALSE(truth("2 * -3 > -6").holds);
}

TEST(ExpressionTest, FunctionsTakeNamesAndNumbers) {
    EXPECT_TRUE(truth("length('truce') + value(2) > 6.5").holds);
    EXPECT_TRUE(truth("length(\"it's\") >= 4").holds);
}

// The margin is that of the comparison that decides.
TEST(ExpressionTest, MarginsFollowTheLogic) {
    EXPECT_DOUBLE_EQ(truth("5 > 1 and 3 > 2").margin, 1.0);   // the nearer to failing
    EXPECT_DOUBLE_EQ(truth("5 > 9 and 3 > 4").margin, 4.0);   // both must turn
    EXPECT_DOUBLE_EQ(truth("5 > 1 and 3 > 10").margin, 7.0);  // the one that fails
    EXPECT_DOUBLE_EQ(truth("5 > 1 or 3 > 2").margin, 4.0);    // both must fail
    EXPECT_DOUBLE_EQ(truth("5 > 9 or 3 > 4").margin, 1.0);    // the nearer to holding
    EXPECT_FALSE(truth("not (5 > 1 or 3 > 2)").holds);
    EXPECT_EQ(truth("5 > 1 and value(3) > 2").deciding.left_text, "value(3)");
}

TEST(ExpressionTest, WhatIsMissingIsSaid) {
    EXPECT_THROW(truth("missing() > 0"), Unavailable);
}

TEST(ExpressionTest, ErrorsNameThePosition) {
    for (const auto& [text, part] :
         {std::pair{"1 > ", "character 5"}, std::pair{"(1 > 2", "\")\""},
          std::pair{"valeu(1) > 2", "did you mean \"value\""}, std::pair{"1 + 2", "not a claim"},
          std::pair{"1 > 2 > 3", "the end or an operator"}, std::pair{"length('a) > 1", "closing quote"},
          std::pair{"(1 > 2) + 1 > 0", "a number"}, std::pair{"1 and 2 > 1", "comparison"},
          std::pair{"'a' > 1", "a number"}, std::pair{"value 1 > 2", "\"(\""}})
        expect_error(ErrorKind::input, {"s.toml:7", "claim.holds", part}, [&, t = std::string(text)] { truth(t); });
}

}  // namespace
}  // namespace detente::test
