// Dates, random streams and the Beta distribution.
#include <gtest/gtest.h>

#include <cmath>

#include "base/date.h"
#include "base/distribution.h"
#include "base/random.h"

namespace detente::test {
namespace {

TEST(Date, ReadsAndPrintsTheSame) {
    EXPECT_EQ(to_string(*parse_date("2020-02-29")), "2020-02-29");
}
TEST(Date, CountsDaysAcrossALeapYear) {
    EXPECT_EQ(days_between(*parse_date("2020-01-15"), *parse_date("2021-01-15")), 366.0);
}
TEST(Date, RefusesWhatIsNotADay) {
    for (const char* text : {"2021-02-29", "2021-13-01", "2021-1-01", "2021/01/01", "", "20210101ab", "2021-01-0x"})
        EXPECT_FALSE(parse_date(text)) << text;
}

TEST(Beta, UniformIsItsArgument) {
    EXPECT_NEAR(beta_cumulative(0.3, 1.0, 1.0), 0.3, 1e-15);
}
TEST(Beta, IntegersGiveBinomialTails) {
    // P(Beta(3, 4) <= 0.4) = P(Binomial(6, 0.4) >= 3) = 0.45568.
    EXPECT_NEAR(beta_cumulative(0.4, 3.0, 4.0), 0.45568, 1e-14);
}
TEST(Beta, QuantileUndoesTheCumulative) {
    for (const double p : {1e-6, 0.025, 0.5, 0.975})
        EXPECT_NEAR(beta_cumulative(beta_quantile(p, 0.5, 7.5), 0.5, 7.5), p, 1e-12);
}
TEST(Student, MatchesTheTables) {
    EXPECT_NEAR(student_quantile(0.975, 1.0), 12.7062047362, 1e-9);  // Cauchy: tan(0.475 pi)
    EXPECT_NEAR(student_quantile(0.975, 10.0), 2.2281388520, 1e-9);
    EXPECT_NEAR(student_quantile(0.05, 5.0), -2.0150483733, 1e-9);
}

TEST(Student, IsSymmetricAndTendsToTheNormal) {
    EXPECT_EQ(student_quantile(0.5, 3.0), 0.0);
    EXPECT_NEAR(student_quantile(0.1, 7.0), -student_quantile(0.9, 7.0), 1e-14);
    EXPECT_NEAR(student_quantile(0.975, 1e9), 1.959963984540054, 1e-8);
}
TEST(Beta, QuantileReachesItsEnds) {
    EXPECT_EQ(beta_quantile(0.0, 2.0, 3.0), 0.0);
    EXPECT_EQ(beta_quantile(1.0, 2.0, 3.0), 1.0);
}

TEST(RandomStream, SameSeedAndStreamGiveTheSameNumbers) {
    RandomStream a(7, 3), b(7, 3);
    for (int k = 0; k < 100; ++k) EXPECT_EQ(a.next(), b.next());
}
TEST(RandomStream, StreamsAndSeedsDiffer) {
    EXPECT_NE(RandomStream(7, 3).next(), RandomStream(7, 4).next());
    EXPECT_NE(RandomStream(7, 3).next(), RandomStream(3, 7).next());
}
TEST(RandomStream, NormalDrawsAreTheSameEverywhere) {
    RandomStream random(7, 3);
    for (const double draw : {-0.015098238248195141, 1.1778830962111801, 1.4530627910732525, 0.96802620221595936})
        EXPECT_DOUBLE_EQ(random.normal(), draw);
}
TEST(RandomStream, NormalHasTheMomentsOfTheNormal) {
    RandomStream random(2, 0);
    constexpr int n = 1000000;
    double sum = 0.0, square = 0.0, fourth = 0.0;
    for (int k = 0; k < n; ++k) {
        const double x = random.normal();
        sum += x, square += x * x, fourth += x * x * x * x;
    }
    EXPECT_LT(std::abs(sum) / n, 4.0 / std::sqrt(n));
    EXPECT_LT(std::abs(square / n - 1.0), 4.0 * std::sqrt(2.0 / n));
    EXPECT_LT(std::abs(fourth / n - 3.0), 4.0 * std::sqrt(96.0 / n));
}
TEST(RandomStream, UniformHasTheMomentsOfTheUniform) {
    RandomStream random(1, 0);
    constexpr int n = 1000000;
    double sum = 0.0, lagged = 0.0, last = random.uniform() - 0.5;
    for (int k = 0; k < n; ++k) {
        const double u = random.uniform() - 0.5;
        sum += u;
        lagged += u * last;
        last = u;
    }
    EXPECT_LT(std::abs(sum) / n, 4.0 * std::sqrt(1.0 / 12.0 / n));
    EXPECT_LT(std::abs(lagged) / n, 4.0 / 12.0 / std::sqrt(n));
}

}  // namespace
}  // namespace detente::test
