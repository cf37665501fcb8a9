// Units of money as economies and people write them.
#include "economy/money.h"

#include <gtest/gtest.h>

namespace detente::test {
namespace {

TEST(Money, OneUnitInAnother) {
    const std::string millions = "million US dollars, at the prices of 2014";
    EXPECT_EQ(money_in("billion 2019 US dollars", "million US dollars"), 1000.0);
    EXPECT_EQ(money_in("billion US dollars", millions), 1000.0);
    EXPECT_EQ(money_in("US dollars", "thousand US dollars"), 1e-3);
    EXPECT_EQ(money_in(millions, "million US dollars"), 1.0);
    EXPECT_EQ(money_in("euros", "euros"), 1.0);
    for (const char* other : {"", "tonnes", "illustrative units", "billion Canadian dollars", "billions of US dollars"})
        EXPECT_EQ(money_in(other, "million US dollars"), 0.0) << other;
    EXPECT_EQ(money_in("million US dollars", "euros"), 0.0);
    EXPECT_EQ(money_in("", ""), 0.0);
}

}  // namespace
}  // namespace detente::test
