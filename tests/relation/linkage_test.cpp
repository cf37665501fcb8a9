// Shared challenges and linked issues.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numeric>

#include "base/random.h"
#include "relation/linkage.h"
#include "support.h"

namespace detente::test {
namespace {

Challenge equal(ChallengeKind kind, std::size_t n, double benefit = 2.0, double cost = 4.0, double harm = 0.0) {
    return {"test", kind, std::vector<double>(n, benefit), std::vector<double>(n, cost), harm};
}
Challenge unequal(ChallengeKind kind) {
    return {"test", kind, {1.0, 2.0, 3.5}, {2.0, 1.0, 4.0}, kind == ChallengeKind::mutual_restraint ? 0.4 : 0.0};
}
const std::vector<ChallengeKind> all_kinds{ChallengeKind::aggregate_effort, ChallengeKind::weakest_link,
                                           ChallengeKind::single_best_effort, ChallengeKind::mutual_restraint,
                                           ChallengeKind::coordination};

std::vector<double> levels(ChallengeKind kind) {
    if (kind == ChallengeKind::coordination) return {0.0, 1.0};
    std::vector<double> out;
    for (int k = 0; k <= 700; ++k) out.push_back(0.01 * k);
    return out;
}

class Challenges : public testing::TestWithParam<ChallengeKind> {};

TEST_P(Challenges, NobodyGainsByLeavingEitherEquilibrium) {
    const Challenge c = unequal(GetParam());
    const ChallengeReport report = solve_challenge(c);
    for (const ChallengeOutcome* nash : {&report.nash, &report.worst_nash}) {
        for (std::size_t i = 0; i < 3; ++i) {
            for (const double q : levels(c.kind)) {
                std::vector<double> effort = nash->effort;
                effort[i] = q;
                EXPECT_LE(challenge_payoffs(c, effort)[i], nash->payoff[i] + 1e-12) << i << " at " << q;
            }
        }
    }
    EXPECT_LE(report.worst_nash.total(), report.nash.total());
}

// A coalition of nobody, or of one, is everyone alone; of all it is the joint optimum; in between no common change of
// the members' efforts gains them anything, nor a change of its own an outsider.
TEST(Coalitions, MembersChooseAsOneAndTheRestAlone) {
    const Challenge c = unequal(ChallengeKind::aggregate_effort);
    const ChallengeReport report = solve_challenge(c);
    EXPECT_EQ(effort_with_coalition(c, {}).effort, report.nash.effort);
    EXPECT_EQ(effort_with_coalition(c, {1}).effort, report.nash.effort);
    EXPECT_EQ(effort_with_coalition(c, {0, 1, 2}).effort, report.joint.effort);
    const ChallengeOutcome two = effort_with_coalition(c, {0, 2, 2});
    const auto members = [](const std::vector<double>& payoff) { return payoff[0] + payoff[2]; };
    for (double x = 0.0; x < 6.0; x += 0.25)
        for (double y = 0.0; y < 6.0; y += 0.25) {
            EXPECT_LE(members(challenge_payoffs(c, {x, two.effort[1], y})), members(two.payoff) + 1e-12);
            EXPECT_LE(challenge_payoffs(c, {two.effort[0], x, two.effort[2]})[1], two.payoff[1] + 1e-12);
        }
    expect_error(ErrorKind::input, {"aggregate effort"}, [] {
        effort_with_coalition(unequal(ChallengeKind::weakest_link), {0, 1});
    });
}

TEST_P(Challenges, NoOtherEffortsHaveALargerSum) {
    const Challenge c = unequal(GetParam());
    const ChallengeReport report = solve_challenge(c);
    RandomStream random(3, 0);
    for (int k = 0; k < 20000; ++k) {
        std::vector<double> effort;
        for (int i = 0; i < 3; ++i) {
            const double u = random.uniform();
            effort.push_back(c.kind == ChallengeKind::coordination ? std::floor(2.0 * u) : 7.0 * u * random.uniform());
        }
        const auto payoff = challenge_payoffs(c, effort);
        EXPECT_LE(std::accumulate(payoff.begin(), payoff.end(), 0.0), report.joint.total() + 1e-12);
    }
}

TEST_P(Challenges, TemptationIsTheBestDeviationFromTheJointOptimum) {
    const Challenge c = unequal(GetParam());
    const ChallengeReport report = solve_challenge(c);
    for (std::size_t i = 0; i < 3; ++i) {
        double best = report.joint.payoff[i];
        for (const double q : levels(c.kind)) {
            std::vector<double> effort = report.joint.effort;
            effort[i] = q;
            best = std::max(best, challenge_payoffs(c, effort)[i]);
        }
        EXPECT_NEAR(report.temptation[i], best - report.joint.payoff[i], 2e-4);  // the grid's step squared
        EXPECT_GE(report.temptation[i], 0.0);
    }
}
INSTANTIATE_TEST_SUITE_P(Kinds, Challenges, testing::ValuesIn(all_kinds),
                         [](const auto& tested) { return challenge_names()[static_cast<std::size_t>(tested.param)]; });

TEST(AggregateEffort, NashIgnoresTheOthersAndTheJointOptimumDoesNot) {
    const ChallengeReport report = solve_challenge(equal(ChallengeKind::aggregate_effort, 5));
    EXPECT_NEAR(report.nash.effort[0], 0.5, 1e-15);
    EXPECT_NEAR(report.joint.effort[0], 2.5, 1e-15);
}
TEST(AggregateEffort, StableCoalitionIsThreeWhateverTheNumber) {
    for (const std::size_t n : {3U, 4U, 10U, 195U})
        EXPECT_EQ(solve_challenge(equal(ChallengeKind::aggregate_effort, n)).stable_coalition, 3) << n;
    EXPECT_EQ(solve_challenge(equal(ChallengeKind::aggregate_effort, 2)).stable_coalition, 2);
}
TEST(AggregateEffort, ThreeIsWhereLeavingStopsPaying) {
    // Played out in payoffs: a member of n carries n b / c, an outsider b / c.
    const Challenge c = equal(ChallengeKind::aggregate_effort, 10);
    const auto payoffs = [&](std::size_t members) {
        std::vector<double> effort(10, 0.5);
        for (std::size_t i = 0; i < members; ++i) effort[i] = 0.5 * static_cast<double>(members);
        return challenge_payoffs(c, effort);
    };
    EXPECT_GE(payoffs(3)[0], payoffs(2)[9] - 1e-12);
    EXPECT_LT(payoffs(4)[0], payoffs(3)[9]);
}
TEST(WeakestLink, EqualContributorsNeedOnlyAssurance) {
    const ChallengeReport report = solve_challenge(equal(ChallengeKind::weakest_link, 6));
    EXPECT_EQ(report.nash.effort, report.joint.effort);
    EXPECT_TRUE(report.several_equilibria);
    EXPECT_EQ(report.temptation, std::vector<double>(6, 0.0));
    EXPECT_EQ(report.worst_nash.total(), 0.0);
}
TEST(SingleBestEffort, OneProvidesTooLittle) {
    const ChallengeReport report = solve_challenge(equal(ChallengeKind::single_best_effort, 4));
    EXPECT_EQ(report.nash.effort, (std::vector<double>{0.5, 0.0, 0.0, 0.0}));
    EXPECT_EQ(report.joint.effort, (std::vector<double>{2.0, 0.0, 0.0, 0.0}));
}
TEST(MutualRestraint, TheJointOptimumCountsTheHarm) {
    const ChallengeReport report = solve_challenge(equal(ChallengeKind::mutual_restraint, 3, 2.0, 4.0, 0.5));
    EXPECT_NEAR(report.nash.effort[0], 0.5, 1e-15);
    EXPECT_NEAR(report.joint.effort[0], 0.25, 1e-15);
}
TEST(Coordination, HasATippingPoint) {
    // Adoption pays when 2 x share >= 1.2: six of ten others.
    const ChallengeReport report = solve_challenge(equal(ChallengeKind::coordination, 11, 2.0, 1.2));
    EXPECT_EQ(report.tipping_point, 6);
    EXPECT_TRUE(report.several_equilibria);
    EXPECT_EQ(report.nash.effort, std::vector<double>(11, 1.0));
    EXPECT_EQ(report.worst_nash.effort, std::vector<double>(11, 0.0));
}
TEST(ChallengeInput, MustFit) {
    Challenge c = equal(ChallengeKind::aggregate_effort, 3);
    c.cost.pop_back();
    expect_error(ErrorKind::input, {"do not fit"}, [&] { solve_challenge(c); });
    expect_error(ErrorKind::input, {"positive"}, [] { solve_challenge(equal(ChallengeKind::weakest_link, 3, -1.0)); });
    expect_error(ErrorKind::input, {"harm"}, [] { solve_challenge(equal(ChallengeKind::mutual_restraint, 3)); });
}

const Issue trade{"trade", {2.0, 2.0}, {3.0, 3.0}};      // alone: 0.4
const Issue climate{"climate", {3.0, 1.0}, {1.0, 1.0}};  // alone: 0.75 and 0.5

TEST(Linkage, PooledCriticalDiscountsAreBetweenThoseOfTheIssues) {
    const LinkageReport report = link_issues({trade, climate}, {0.6, 0.6});
    EXPECT_NEAR(report.pooled_critical_discount[0], 5.0 / 9.0, 1e-15);
    EXPECT_NEAR(report.pooled_critical_discount[1], 3.0 / 7.0, 1e-15);
}
TEST(Linkage, NamesTheIssueThatNeedsTheLinkAndTheOneThatCarries) {
    const LinkageReport report = link_issues({trade, climate}, {0.6, 0.6});
    EXPECT_TRUE(report.holds);
    EXPECT_TRUE(report.link_helps);
    EXPECT_TRUE(report.issues[0].holds_alone);
    EXPECT_TRUE(report.issues[0].carries);
    EXPECT_FALSE(report.issues[0].needs_link);
    EXPECT_TRUE(report.issues[1].needs_link);
    EXPECT_FALSE(report.issues[1].carries);
    EXPECT_NEAR(report.pooled_slack[0], 1.5 * 4.0 - 5.0, 1e-14);
}
TEST(Linkage, NobodyCarriesWhereNothingLacks) {
    const LinkageReport report = link_issues({trade, climate}, {0.9, 0.9});
    EXPECT_FALSE(report.link_helps);
    EXPECT_FALSE(report.issues[0].carries || report.issues[1].carries);
}
TEST(Linkage, OneImpatientSideIsEnoughToFail) {
    EXPECT_FALSE(link_issues({trade, climate}, {0.5, 0.9}).holds);
}
TEST(Linkage, HoldsExactlyAtThePooledDiscountFactor) {
    const double d = 5.0 / 9.0;
    EXPECT_FALSE(link_issues({trade, climate}, {d - 1e-9, 0.9}).holds);
    EXPECT_TRUE(link_issues({trade, climate}, {d + 1e-9, 0.9}).holds);
}
TEST(Linkage, IssuesComeFromGamesAndChallenges) {
    StageGame game;
    game.actions_a = game.actions_b = IndexSet("action", {"C", "D"});
    game.payoff_a = (Eigen::MatrixXd(2, 2) << 3, 0, 5, 1).finished();
    game.payoff_b = game.payoff_a.transpose();
    const Issue issue = issue_of("tariffs", game, {0, 0}, {1, 1});
    EXPECT_EQ(issue.temptation, (std::vector<double>{2.0, 2.0}));
    EXPECT_EQ(issue.gain, (std::vector<double>{2.0, 2.0}));
    const Challenge c = equal(ChallengeKind::aggregate_effort, 2);  // nash 0.5, joint 1
    const Issue shared = issue_of(c, 0, 1);
    EXPECT_NEAR(shared.temptation[0], 0.5, 1e-14);
    EXPECT_NEAR(shared.gain[0], 0.5, 1e-14);
    expect_error(ErrorKind::input, {"no such pair"}, [&] { issue_of("x", game, {0, 2}, {1, 1}); });
}
// Outsiders who go on alone whatever the two do: by their payoffs at those efforts.
TEST(Linkage, OutsidersOfLinearChallengesDropOut) {
    for (const ChallengeKind kind : {ChallengeKind::aggregate_effort, ChallengeKind::mutual_restraint}) {
        const Challenge c = unequal(kind);
        ASSERT_EQ(outsiders_of(c), Outsiders::alone);
        const Issue issue = issue_of(c, 0, 2, 10.0);
        const std::vector<double> alone = solve_challenge(c).nash.effort;
        Challenge two = c;
        two.benefit = {c.benefit[0], c.benefit[2]}, two.cost = {c.cost[0], c.cost[2]};
        const std::vector<double> as_one = solve_challenge(two).joint.effort;
        const auto payoff = [&](double a, double b) { return challenge_payoffs(c, {a, alone[1], b}); };
        const std::vector<double> kept = payoff(as_one[0], as_one[1]);
        EXPECT_NEAR(issue.gain[0], 10.0 * (kept[0] - payoff(alone[0], alone[2])[0]), 1e-10);
        EXPECT_NEAR(issue.gain[1], 10.0 * (kept[2] - payoff(alone[0], alone[2])[2]), 1e-10);
        EXPECT_NEAR(issue.temptation[0], 10.0 * (payoff(alone[0], as_one[1])[0] - kept[0]), 1e-10);
        EXPECT_NEAR(issue.temptation[1], 10.0 * (payoff(as_one[0], alone[2])[2] - kept[2]), 1e-10);
    }
    for (const ChallengeKind kind :
         {ChallengeKind::weakest_link, ChallengeKind::single_best_effort, ChallengeKind::coordination})
        EXPECT_EQ(outsiders_of(unequal(kind)), Outsiders::together);
}
TEST(Linkage, RefusesWhatDoesNotFit) {
    expect_error(ErrorKind::input, {"no issue"}, [] { link_issues({}, {0.5}); });
    expect_error(ErrorKind::input, {"climate", "sides do not fit"}, [] { link_issues({climate}, {0.5}); });
    expect_error(ErrorKind::input, {"discount"}, [] { link_issues({climate}, {0.5, 1.0}); });
}

TEST(Linkage, ALinkThatJustHoldsDoesNotHangOnRounding) {
    // 0.7 / 0.3 is 2.333..., and 7 = 2.333... x 3 holds with no slack, though the numbers of a computer fall short of
    // it.
    const LinkageReport report = link_issues({{"trade", {7.0, 7.0}, {3.0, 3.0}}}, {0.7, 0.7});
    EXPECT_TRUE(report.holds);
    EXPECT_EQ(report.pooled_slack[0], 0.0);
    EXPECT_EQ(report.issues[0].slack[0], 0.0);
    EXPECT_FALSE(link_issues({{"trade", {7.001, 7.0}, {3.0, 3.0}}}, {0.7, 0.7}).holds);
}
TEST(Coordination, ATieIsOneWhateverTheRounding) {
    // One adopter among three others pays 0.3 / 3 against 0.1: a tie, so that one alone is kept from everybody down.
    const Challenge c{"test", ChallengeKind::coordination, {0.3, 0.3, 0.3, 0.3}, {0.1, 0.1, 5.0, 5.0}, 0.0};
    const ChallengeReport report = solve_challenge(c);
    EXPECT_EQ(report.nash.effort, (std::vector<double>{1.0, 1.0, 0.0, 0.0}));
    EXPECT_EQ(report.worst_nash.effort, (std::vector<double>{0.0, 0.0, 0.0, 0.0}));
}
TEST(Challenge, NumbersOutOfRangeAreRefused) {
    for (const double wrong : {0.0, -1.0, 1e-310, 1.7e308, std::nan("")}) {
        Challenge c = equal(ChallengeKind::aggregate_effort, 3);
        c.cost[1] = wrong;
        expect_error(ErrorKind::input, {"test", "must be positive", "1e+100"}, [&] { solve_challenge(c); });
    }
}

}  // namespace
}  // namespace detente::test
