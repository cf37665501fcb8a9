// Escape clauses of a relation on a world economy: the points of the way do not matter, and play gives what is said.
#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"
#include "relation_studies.h"

namespace detente::test {
namespace {

Agreement agreement_in(const StudyResult& run) {
    Agreement agreement;
    agreement.players = relation_of(run).question.players, agreement.cooperate = "deal", agreement.war = "war";
    agreement.kept = shock_at(run, "deal"), agreement.fought = shock_at(run, "war"), agreement.others = agreement.kept;
    return agreement;
}

// Payoffs between the points at which they are solved are known to more digits than are shown.
TEST(RelationStudies, EscapeClausesDoNotDependOnThePointsOfTheWay) {
    const StudyResult run = run_text(relation());
    const RelationAnswer& a = relation_of(run);
    Agreement agreement;
    agreement.players = a.question.players, agreement.cooperate = "deal", agreement.war = "war";
    agreement.kept = shock_at(run, "deal"), agreement.fought = shock_at(run, "war"), agreement.others = agreement.kept;
    const double enough = std::max(*a.report.agreement->without_noise.side[0].critical,
                                   *a.report.agreement->without_noise.side[1].critical);
    for (const double fidelity : {1.0, 0.95}) {
        EscapeQuestion q;
        q.factor = {0.6, 1.8}, q.probability = {0.7, 0.3};
        for (std::size_t p = 0; p < 2; ++p) q.discount[p] = std::min(0.97, enough + 0.02), q.fidelity[p] = fidelity;
        const EscapeClause nine = escape_clause(run.base.world, agreement, q, 1);
        q.points = 14;
        const EscapeClause fourteen = escape_clause(run.base.world, agreement, q, 1);
        ASSERT_TRUE(nine.scale.converged);
        for (Eigen::Index s = 0; s < 2; ++s)
            EXPECT_NEAR(nine.scale.policy(s), fourteen.scale.policy(s), 1e-3) << fidelity;
        EXPECT_NEAR(nine.kept[0], fourteen.kept[0], 1e-3);
        // More is at stake in the second state: less of the agreement is kept there.
        EXPECT_LE(nine.scale.policy(0), nine.scale.policy(1));
        if (fidelity < 1.0) continue;
        EXPECT_EQ(nine.scale.policy(0), 0.0);
        EXPECT_GT(nine.scale.policy(1), 0.0);
        EXPECT_LT(nine.scale.policy(1), 1.0);
        EXPECT_NEAR(nine.scale.escape_share, 0.3, 1e-12);
    }
}

// Payoffs of one state's tariffs, solved for by themselves: to keep them (0), or the best answer to them (1).
StageGame game_at(const World& world, const Agreement& agreement, double policy) {
    Agreement here = agreement;
    here.kept = policy_on_the_way(world, agreement.kept, agreement.fought, policy);
    Policies policies;
    policies.add("tariffs", here.kept), policies.add("best answer", best_answers(world, here, 1));
    return payoff_grid(world, agreement.regions(), policies, agreement.others, 1);
}

struct Estimate {
    double mean = 0.0, error = 0.0;
};

// Value over war to A of one relation after another, played as the clause has it: a state a period, lapses by chance,
// war for ever after a breach that is answered.
Estimate played(const std::vector<StageGame>& games, double war, const EscapeQuestion& q, double answered, int count) {
    RandomStream random(7, 0);
    double sum = 0.0, squares = 0.0;
    for (int k = 0; k < count; ++k) {
        double value = 0.0;
        for (double weight = 1.0 - q.discount[0]; weight > 1e-12; weight *= q.discount[0]) {
            const std::size_t s = random.uniform() < q.probability[0] ? 0 : 1;
            const int a = random.uniform() < q.fidelity[0] ? 0 : 1, b = random.uniform() < q.fidelity[1] ? 0 : 1;
            value += weight * q.factor[s] * (games[s].payoff_a(a, b) - war);
            if ((a == 1 || b == 1) && random.uniform() < answered) break;
        }
        sum += value, squares += value * value;
    }
    const double mean = sum / count;
    return {mean, std::sqrt((squares / count - mean * mean) / count)};
}

TEST(EscapeClauses, AreWorthWhatPlayGives) {
    const StudyResult run = run_text(relation());
    const Agreement agreement = agreement_in(run);
    const World& world = run.base.world;
    const double war = game_at(world, agreement, 1.0).payoff_a(0, 0);
    const double promised = game_at(world, agreement, 0.0).payoff_a(0, 0) - war;
    for (const double fidelity : {0.9, 0.97}) {
        EscapeQuestion q;
        q.factor = {0.6, 1.8}, q.probability = {0.7, 0.3};
        for (std::size_t p = 0; p < 2; ++p) q.discount[p] = 0.8, q.fidelity[p] = fidelity;
        const EscapeClause clause = escape_clause(world, agreement, q, 1);
        ASSERT_TRUE(clause.scale.converged);
        std::vector<StageGame> games;
        for (Eigen::Index s = 0; s < 2; ++s) games.push_back(game_at(world, agreement, clause.scale.policy(s)));
        const Estimate value = played(games, war, q, clause.scale.answered, 100000);
        const double mean_stakes = 0.7 * 0.6 + 0.3 * 1.8, kept = value.mean / (mean_stakes * promised);
        EXPECT_NEAR(clause.kept[0], kept, 3.0 * value.error / (mean_stakes * promised)) << fidelity;
        // The error is small beside the number, so that the comparison says something.
        EXPECT_LT(value.error, 0.01 * value.mean);
    }
}

}  // namespace
}  // namespace detente::test
