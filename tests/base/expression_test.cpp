// Claims are expressions: verdicts, margins, errors.
#include "base/expression.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

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
    {"infinite",
     [](const std::vector<ExpressionArgument>&) -> double { return std::numeric_limits<double>::infinity(); }},
    {"solved",
     [](const std::vector<ExpressionArgument>& a) { return ExpressionNumber(std::get<double>(a.at(0)), 1e-9); }},
};

Truth truth(const std::string& text) {
    return Expression(text, {"s.toml", 7, "claim.holds"}, {"value", "length", "missing", "infinite", "solved"})
        .truth(functions);
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

// What lies within the error of what it is computed from is equal: strict comparisons fail, others hold.
TEST(ExpressionTest, NoVerdictHangsOnRounding) {
    EXPECT_TRUE(truth("0.1 + 0.2 <= 0.3").holds);
    EXPECT_TRUE(truth("0.1 + 0.2 >= 0.3").holds);
    EXPECT_FALSE(truth("0.1 + 0.2 > 0.3").holds);
    EXPECT_FALSE(truth("0.3 - 0.2 - 0.1 < 0").holds);
    EXPECT_EQ(truth("0.1 + 0.2 <= 0.3").margin, 0.0);
    EXPECT_TRUE(truth("1e-13 > 0").holds);  // as written, not computed
    EXPECT_TRUE(truth("1e-13 > 1e-14").holds);
}
TEST(ExpressionTest, ErrorsOfResultsGoThroughTheArithmetic) {
    // solved(x) is known to 1e-9.
    EXPECT_FALSE(truth("solved(1) > 0.9999999995").holds);
    EXPECT_TRUE(truth("solved(1) >= 1.0000000005").holds);
    EXPECT_TRUE(truth("solved(1) > 0.999999995").holds);
    EXPECT_TRUE(truth("solved(1) - solved(1.000000001) >= 0").holds);   // each adds its own
    EXPECT_TRUE(truth("1e6 * solved(1) >= 1e6 * 1.0000000005").holds);  // a factor on the error too
    EXPECT_FALSE(truth("1e6 * solved(1) >= 1e6 * 1.000000005").holds);
    EXPECT_TRUE(truth("1 / solved(0.1) >= 10.00000005").holds);  // 1e-9 / 0.1^2
    EXPECT_FALSE(truth("1 / solved(0.1) >= 10.0000005").holds);
    EXPECT_DOUBLE_EQ(truth("solved(1) > 0.5").margin, 0.5);
}

TEST(ExpressionTest, WhatIsNotDefinedCountsOnlyWhereItDecides) {
    for (const char* open : {"1/0 > 1", "missing() > 0", "0/0 < 1", "1e308 * 10 > 1", "1/(0.3 - 0.2 - 0.1) > 0",
                             "infinite() > 1", "solved(1e-10) / solved(1e-10) > 0"}) {
        const std::string part = open;
        EXPECT_THROW(truth(part), Unavailable) << part;
        EXPECT_THROW(truth("not " + part), Unavailable) << part;
        EXPECT_TRUE(truth("1 > 0 or " + part).holds) << part;
        EXPECT_TRUE(truth(part + " or 1 > 0").holds) << part;
        EXPECT_FALSE(truth("1 < 0 and " + part).holds) << part;
        EXPECT_FALSE(truth(part + " and 1 < 0").holds) << part;
        EXPECT_THROW(truth("1 > 0 and " + part), Unavailable) << part;
        EXPECT_THROW(truth("1 < 0 or " + part), Unavailable) << part;
        EXPECT_TRUE(truth("not (1 < 0 and " + part + ")").holds) << part;
        EXPECT_DOUBLE_EQ(truth(part + " or 3 > 1 or 1 > 5").margin, 2.0) << part;
    }
    try {
        truth("2 > 1 and 1/0 > 1");
        FAIL();
    } catch (const Unavailable& why) {
        EXPECT_EQ(std::string(why.what()), "1/0 divides by zero");
    }
}
TEST(ExpressionTest, LargeDifferencesHaveFiniteMargins) {
    EXPECT_TRUE(std::isfinite(truth("1.7e308 > -1.7e308").margin));
}

// Of each way to stand in each other: the bound and the place, long before the stack ends.
TEST(ExpressionTest, DeepNestingIsRefusedWithItsPlace) {
    const auto repeated = [](const std::string& part, int times) {
        std::string out;
        for (int k = 0; k < times; ++k) out += part;
        return out;
    };
    for (const int depth : {201, 8000, 300000}) {
        for (const std::string& text :
             {repeated("(", depth) + "1" + repeated(")", depth) + " > 0", repeated("not ", depth) + "1 > 0",
              repeated("-", depth) + "1 > 0", repeated("- ", depth) + "1 > 0",
              repeated("value(", depth) + "1" + repeated(")", depth) + " > 0",
              repeated("not (-value(", depth / 3 + 1) + "1" + repeated("))", depth / 3 + 1) + " > 0"})
            expect_error(ErrorKind::input, {"s.toml:7", "claim.holds", "nested too deeply at character", "at most 200"},
                         [&] { truth(text); });
    }
    EXPECT_TRUE(truth(repeated("(", 200) + "1" + repeated(")", 200) + " > 0").holds);
    EXPECT_TRUE(truth(repeated("not ", 200) + "1 > 0").holds);
}
// A row of parts is not depth, and takes time in proportion to its length.
TEST(ExpressionTest, LongRowsAreRead) {
    std::string sum = "1", both = "1 > 0", either = "1 < 0", product = "1";
    for (int k = 0; k < 100000; ++k) {
        sum += k % 2 == 0 ? " + value(2)" : " - 2";
        both += " and 2 > 1";
        either += " or 2 < 1";
        product += k % 2 == 0 ? " * 2" : " / 2";
    }
    EXPECT_TRUE(truth(sum + " >= 1").holds);
    EXPECT_TRUE(truth(product + " >= 1").holds);
    EXPECT_TRUE(truth(both).holds);
    EXPECT_FALSE(truth(either).holds);
    EXPECT_DOUBLE_EQ(truth(both + " and 2 > 1.5").margin, 0.5);
}

TEST(ExpressionTest, LongValuesAreCutInErrors) {
    for (const std::string& text : {std::string(100000, 'a') + "(1) > 0", "1 + " + std::string(100000, '1'),
                                    "1 > 0 " + std::string(100000, 'z')}) {
        try {
            truth(text);
            FAIL();
        } catch (const Error& error) {
            EXPECT_LT(std::string(error.what()).size(), 400U);
        }
    }
}
TEST(ExpressionTest, NumbersAreDecimal) {
    expect_error(ErrorKind::input, {"decimal number"}, [] { truth("0x10 > 1"); });
    expect_error(ErrorKind::input, {"decimal number"}, [] { truth(". > 1"); });
    expect_error(ErrorKind::input, {"finite number"}, [] { truth("1e999 > 1"); });
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
