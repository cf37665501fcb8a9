// Beliefs, the decision to trust, reassurance and dialogue.
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/random.h"
#include "relation/beliefs.h"
#include "relation/strategies.h"
#include "relation/trust.h"
#include "support.h"

namespace detente::test {
namespace {

Automaton named(const std::string& name) {
    return *make_strategy(name, {});
}

BeliefModel three_types() {
    BeliefModel model;
    model.types = {named("Trigger"), named("TFT"), named("ALLD")};
    model.prior = Eigen::Vector3d::Constant(1.0 / 3.0);
    return model;
}

TEST(Beliefs, ReferencePosteriors) {
    const auto path = shared_reference("relations") / "bayes_types.json";
    DETENTE_NEEDS_DATA(path);
    const auto reference = nlohmann::json::parse(read_text(path));
    BeliefModel model = three_types();
    model.lapse[0] = reference["eps"].get<double>();
    Belief belief = initial_belief(model);
    ASSERT_EQ(reference["posterior"].size(), 10U);
    for (std::size_t t = 0; t < reference["posterior"].size(); ++t) {
        observe(model, belief, reference["me"][t].get<int>() == 1, reference["opp"][t].get<int>() == 1);
        const Eigen::VectorXd posterior = type_posterior(belief);
        const auto& expected = reference["posterior"][t];
        const char* names[] = {"trigger", "reciprocator", "exploiter"};
        for (int k = 0; k < 3; ++k) {
            const double value = expected[names[k]].get<double>();
            EXPECT_NEAR(posterior[k], value, 1e-12 * value + 1e-16) << "period " << t << ", " << names[k];
        }
    }
}

TEST(Beliefs, LongHistoriesDoNotUnderflow) {
    const BeliefModel model = three_types();
    Belief belief = initial_belief(model);
    for (int t = 0; t < 5000; ++t) observe(model, belief, true, true);
    EXPECT_NEAR(type_posterior(belief).sum(), 1.0, 1e-12);
    EXPECT_LT(belief.log_weight(2, 0), -10000.0);  // 5000 x log(0.05 / 0.95)
}

TEST(Beliefs, DriftKeepsThePosteriorOffZeroAndForgets) {
    BeliefModel model = three_types();
    model.drift = 0.02;
    Belief belief = initial_belief(model);
    for (int t = 0; t < 1000; ++t) observe(model, belief, true, true);
    // Fixed point of mu = (1 - k) Bayes(mu) + k mu0 is at least k mu0.
    EXPECT_GT(type_posterior(belief)[2], 0.02 / 3.0);
    EXPECT_LT(type_posterior(belief)[2], 0.01);
}

TEST(Beliefs, UnknownLapsesOfAKnownTypeFollowTheBetaPosterior) {
    BeliefModel model;
    model.types = {named("ALLC")};
    model.prior = Eigen::VectorXd::Ones(1);
    set_beta_lapse(model, 1.0, 9.0, 4000);
    Belief belief = initial_belief(model);
    for (int t = 0; t < 50; ++t) observe(model, belief, true, t % 10 != 0);
    // Beta(1 + 5, 9 + 45): mean 0.1. The grid has equal mass under the prior.
    EXPECT_NEAR(expected_lapse(model, belief), 6.0 / 60.0, 1e-5);
    EXPECT_NEAR(chance_of_cooperation(model, belief), 0.9, 1e-5);
}

TEST(Beliefs, ImpossibleHistoryIsAnError) {
    BeliefModel model = three_types();
    model.lapse[0] = 0.0;
    Belief belief = initial_belief(model);
    observe(model, belief, true, true);  // not always-defect
    expect_error(ErrorKind::input, {"history", "no type"}, [&] { observe(model, belief, true, false); });
}
TEST(Beliefs, PriorMustBeADistribution) {
    BeliefModel model = three_types();
    model.prior[0] = 0.5;
    expect_error(ErrorKind::input, {"prior", "not a distribution"}, [&] { initial_belief(model); });
}

TrustProblem problem(double prior = 0.5) {
    TrustProblem p;
    p.payoff = {3.0, -1.0, 5.0, 0.5};
    p.reciprocator = named("TFT");
    p.opportunist = named("ALLD");
    p.lapse_own = 0.03;
    p.lapse_partner = 0.08;
    p.discount = 0.9;
    p.prior = prior;
    return p;
}

struct Mean {
    double sum = 0.0, squares = 0.0;
    int count = 0;
    void add(double x) {
        sum += x;
        squares += x * x;
        ++count;
    }
    double mean() const { return sum / count; }
    double error() const { return std::sqrt((squares / count - mean() * mean()) / (count - 1)); }
};

// The world itself: real types, real lapses, beliefs by Bayes' rule written out once more.
struct Simulated {
    Mean value, broken, learnt, time, summits;
};
struct World {
    const TrustProblem& p;
    const TrustSolution& solution;
    bool reciprocates;
    RandomStream random;
};

int state_index(const TrustSolution& solution, int r, int o) {
    for (std::size_t k = 0; k < solution.states.size(); ++k)
        if (solution.states[k] == std::array<int, 2>{r, o}) return static_cast<int>(k);
    ADD_FAILURE() << "a state is missing";
    return 0;
}

void play_once(World& w, int periods, double confidence, Simulated& out) {
    double mu = w.p.prior, value = 0.0, weight = 1.0, summits = 0.0;
    int r = w.p.reciprocator.start, o = w.p.opportunist.start, ended = 0, ended_at = 0;
    bool type = w.reciprocates;
    for (int t = 0; t < periods; ++t) {
        const auto& rs = w.p.reciprocator.states[static_cast<std::size_t>(r)];
        const auto& os = w.p.opportunist.states[static_cast<std::size_t>(o)];
        const bool peace = rs.cooperate > 0.5;
        const bool ours = w.solution.cooperates(mu, state_index(w.solution, r, o));
        if (ended == 0 && (type ? mu >= confidence : mu <= 1.0 - confidence)) ended = 1, ended_at = t;
        if (ended == 0 && peace && !ours) ended = 2, ended_at = t;
        const bool meant = w.random.uniform() < (type ? rs : os).cooperate;
        // The law of lapses: only cooperation can fail.
        const bool partner = w.random.uniform() >= w.p.lapse_partner && meant;
        const bool own = w.random.uniform() >= w.p.lapse_own && ours;
        value += weight * w.p.payoff[static_cast<std::size_t>(outcome_of(!own, !partner))];
        const double e = w.p.lapse_partner, a = w.p.accuracy;
        const auto likelihood = [&](double s) {
            if (partner) return s * (1 - e);
            return s * e + (1 - s);
        };
        double lr = likelihood(rs.cooperate), lo = likelihood(os.cooperate);
        if (!partner && peace) {
            summits += weight;
            const bool says_lapse = (w.random.uniform() < a) == meant;
            const auto said = [&](double s) {
                const double lapse = s * e, intended = 1 - s;
                return says_lapse ? a * lapse + (1 - a) * intended : (1 - a) * lapse + a * intended;
            };
            lr = said(rs.cooperate);
            lo = said(os.cooperate);
        }
        mu = mu * lr / (mu * lr + (1 - mu) * lo);
        mu = (1 - w.p.drift) * mu + w.p.drift * w.p.prior;
        if (w.random.uniform() < w.p.drift) type = w.random.uniform() < w.p.prior;
        const auto outcome = static_cast<std::size_t>(outcome_of(!partner, !own));
        r = rs.next[outcome];
        o = os.next[outcome];
        weight *= w.p.discount;
    }
    out.value.add((1.0 - w.p.discount) * value);
    out.summits.add(summits);
    out.broken.add(ended == 2 ? 1.0 : 0.0);
    out.learnt.add(ended == 1 ? 1.0 : 0.0);
    if (ended == 1) out.time.add(ended_at);
}

Simulated simulate_world(const TrustProblem& p, const TrustSolution& solution, int runs, int type, std::uint64_t seed) {
    Simulated out;
    for (int k = 0; k < runs; ++k) {
        World world{p, solution, type == 1, RandomStream(seed, static_cast<std::uint64_t>(k))};
        if (type < 0) world.reciprocates = world.random.uniform() < p.prior;
        play_once(world, 250, 0.95, out);
    }
    return out;
}

void expect_within_errors(const Mean& simulated, double exact) {
    EXPECT_LT(std::abs(simulated.mean() - exact),
              3.0 * simulated.error() + 1e-9)  // an event that never failed has no spread
        << simulated.mean() << " +- " << simulated.error() << ", computed " << exact;
}

TEST(Trust, ValueIsWhatFollowingThePolicyEarns) {
    for (const double prior : {0.3, 0.6, 0.9}) {
        const TrustProblem p = problem(prior);
        const TrustSolution solution = solve_trust(p);
        const Simulated s = simulate_world(p, solution, 40000, -1, 21);
        expect_within_errors(s.value, solution.value_at(prior));
    }
}
TEST(Trust, ValueWithDriftAndDialogueIsWhatFollowingThePolicyEarns) {
    TrustProblem p = problem(0.6);
    p.drift = 0.05;
    p.accuracy = 0.8;
    const TrustSolution solution = solve_trust(p);
    const Simulated s = simulate_world(p, solution, 40000, -1, 22);
    expect_within_errors(s.value, solution.value_at(p.prior));
    expect_within_errors(s.summits, dialogue_value(p).summits);
}

TEST(Trust, LearningAndNeedlessBreaksHappenAsOftenAsComputed) {
    const TrustProblem p = problem(0.5);
    const TrustSolution solution = solve_trust(p);
    const LearningReport report = learning(p, solution);
    const Simulated friendly = simulate_world(p, solution, 40000, 1, 23);
    expect_within_errors(friendly.broken, report.reciprocator.broken);
    expect_within_errors(friendly.learnt, report.reciprocator.learnt);
    expect_within_errors(friendly.time, report.reciprocator.periods_to_learn);
    EXPECT_GT(report.reciprocator.broken, 0.01);
    const Simulated hostile = simulate_world(p, solution, 40000, 0, 24);
    expect_within_errors(hostile.broken, report.opportunist.broken);
    for (const LearningPath& path : {report.reciprocator, report.opportunist})
        EXPECT_NEAR(path.broken + path.learnt + path.undecided, 1.0, 1e-12);
}

// Certain of always defect: what is realised is our choice alone, and it never cooperates by accident.
TEST(Trust, AnOpportunistDoesNotLapseIntoCooperation) {
    TrustProblem p = problem();
    p.lapse_own = p.lapse_partner = 0.3;
    const TrustSolution solution = solve_trust(p);
    EXPECT_NEAR(solution.defect(0, 0), 0.5, 1e-9);
    EXPECT_NEAR(solution.cooperate(0, 0), 0.1 * (0.7 * -1.0 + 0.3 * 0.5) + 0.9 * 0.5, 1e-9);
    // One cooperation seen is proof of a reciprocator, so that it is learnt with the first promise carried out.
    EXPECT_NEAR(learning(p, solution).reciprocator.learnt, 0.7, 0.3);
    EXPECT_EQ(learning(p, solution).reciprocator.periods_to_learn, 1.0);
}
TEST(Beliefs, UnderLapsesOneCooperationRulesOutADefector) {
    BeliefModel model = three_types();
    model.failure = Failure::lapse;
    Belief belief = initial_belief(model);
    EXPECT_NEAR(chance_of_cooperation(model, belief), 2.0 / 3.0 * 0.95, 1e-15);
    observe(model, belief, true, false);
    // Likelihoods 0.05, 0.05 and 1.
    EXPECT_NEAR(type_posterior(belief)[2], 1.0 / 1.1, 1e-12);
    belief = initial_belief(model);
    observe(model, belief, true, true);
    EXPECT_EQ(type_posterior(belief)[2], 0.0);
}

TEST(Trust, ThresholdIsASinglePointHereAndSeparatesTheActions) {
    const TrustSolution solution = solve_trust(problem());
    ASSERT_TRUE(solution.threshold());
    const double threshold = *solution.threshold();
    EXPECT_TRUE(solution.single_threshold());
    EXPECT_GT(threshold, 0.0);
    EXPECT_LT(threshold, 1.0);
    EXPECT_TRUE(solution.cooperates(threshold + 1e-6));
    EXPECT_FALSE(solution.cooperates(threshold - 1e-6));
}
TEST(Trust, PatienceLowersTheThreshold) {
    double last = 1.0;
    for (const double discount : {0.75, 0.85, 0.95}) {
        TrustProblem p = problem();
        p.discount = discount;
        const auto threshold = solve_trust(p).threshold();
        ASSERT_TRUE(threshold) << discount;
        EXPECT_LT(*threshold, last) << discount;
        last = *threshold;
    }
}
TEST(Trust, WithoutAFutureNobodyTrustsInADilemma) {
    TrustProblem p = problem();
    p.discount = 0.0;
    EXPECT_FALSE(solve_trust(p).threshold());
}

// Certain of tit-for-tat, without lapses: cooperating for ever against the best of defecting once and alternating.
TEST(Trust, CertainPartnerGivesThePlainDynamicProgram) {
    TrustProblem p = problem();
    p.lapse_own = p.lapse_partner = 0.0;
    EXPECT_NEAR(solve_trust(p).value_at(1.0), 3.0, 1e-9);
    EXPECT_NEAR(solve_trust(p).value_at(0.0), 0.5, 1e-9);
    p.discount = 0.2;  // impatient: alternate T and S or defect for ever, whichever pays more
    const double alternate = (5.0 - 0.2) / 1.2, defect = 0.8 * 5.0 + 0.2 * 0.5;
    EXPECT_NEAR(solve_trust(p).value_at(1.0), std::max(alternate, defect), 1e-9);
}

TEST(Trust, ValueIsConvexAndRisesWithBelief) {
    const TrustSolution solution = solve_trust(problem());
    const Eigen::VectorXd v = solution.value.col(0);
    for (Eigen::Index g = 1; g + 1 < v.size(); ++g) {
        EXPECT_GE(v[g + 1] - v[g], -1e-10);
        EXPECT_GE(v[g + 1] + v[g - 1] - 2.0 * v[g], -1e-9);
    }
}

TEST(Trust, FinerGridsAgree) {
    TrustOptions coarse, fine;
    coarse.grid = 1001;
    fine.grid = 8001;
    EXPECT_NEAR(solve_trust(problem(), coarse).value_at(0.5), solve_trust(problem(), fine).value_at(0.5), 2e-4);
}

TEST(Trust, SweepLimitIsAnError) {
    TrustOptions options;
    options.max_sweeps = 3;
    expect_error(ErrorKind::solve, {"trust", "3 sweeps"}, [&] { solve_trust(problem(), options); });
}
TEST(Trust, RefusesAnImpossibleProblem) {
    TrustProblem p = problem();
    p.accuracy = 1.2;
    expect_error(ErrorKind::input, {"accuracy", "1.2"}, [&] { solve_trust(p); });
    p = problem();
    p.discount = 1.0;
    expect_error(ErrorKind::input, {"discount"}, [&] { solve_trust(p); });
}

TEST(Dialogue, AChannelThatKnowsNothingIsWorthNothing) {
    EXPECT_NEAR(dialogue_value(problem()).gain, 0.0, 1e-12);
}
TEST(Dialogue, IsWorthMoreTheMoreAccurateItIs) {
    double last = 0.0;
    for (const DialogueValue& row : dialogue_table(problem(), {0.6, 0.8, 0.95, 1.0}, {0.92}, {0.5})) {
        EXPECT_GT(row.gain, last) << row.accuracy;
        EXPECT_GT(row.gain_per_summit, 0.0);
        last = row.gain;
    }
}
TEST(Dialogue, IsWorthNothingWhenTheTypeIsCertainOrNothingLapses) {
    TrustProblem p = problem(1.0);
    p.accuracy = 0.9;
    EXPECT_NEAR(dialogue_value(p).gain, 0.0, 1e-9);
    p = problem(0.5);
    p.accuracy = 0.9;
    p.lapse_partner = 0.0;  // a breach is always meant
    EXPECT_NEAR(dialogue_value(p).gain, 0.0, 1e-9);
}
TEST(Dialogue, TableHasEveryCombination) {
    const auto rows = dialogue_table(problem(), {0.5, 1.0}, {0.9, 0.95}, {0.2, 0.5, 0.8});
    ASSERT_EQ(rows.size(), 12U);
    EXPECT_EQ(rows[3].fidelity, 0.95);
    EXPECT_EQ(rows[11].prior, 0.8);
}
// The table of docs/play.md, which an independent program of the same decision gave as well.
TEST(Dialogue, IsWorthWhatTheDocumentsSay) {
    TrustProblem p = problem(0.5);
    const double fidelity[] = {0.75, 0.85, 0.92, 0.98};
    const double expected[3][4] = {
        {0.000, 0.001, 0.001, 0.000}, {0.108, 0.037, 0.008, 0.000}, {0.365, 0.240, 0.088, 0.005}};
    for (int k = 0; k < 3; ++k) {
        p.accuracy = k == 0 ? 0.6 : k == 1 ? 0.8 : 0.95;
        for (int f = 0; f < 4; ++f) {
            p.lapse_partner = 1.0 - fidelity[f];
            EXPECT_NEAR(dialogue_value(p).gain_per_summit, expected[k][f], 0.0006) << p.accuracy << ' ' << fidelity[f];
        }
    }
    p.accuracy = 0.95, p.lapse_partner = 0.15;
    EXPECT_NEAR(dialogue_value(p).gain, 0.02875, 2e-5);
}
TEST(Dialogue, IsTheDifferenceThatSimulationShows) {
    TrustProblem p = problem(0.5);
    p.lapse_partner = 0.25;
    p.accuracy = 0.95;
    const DialogueValue value = dialogue_value(p);
    const Simulated with = simulate_world(p, solve_trust(p), 60000, -1, 31);
    p.accuracy = 0.5;
    const Simulated without = simulate_world(p, solve_trust(p), 60000, -1, 32);
    const double error = std::hypot(with.value.error(), without.value.error());
    EXPECT_LT(std::abs(with.value.mean() - without.value.mean() - value.gain), 3.0 * error);
    EXPECT_GT(value.gain, 3.0 * error);
}

TEST(Reassurance, KyddsThreshold) {
    // R = 4 > T = 3, P = 2, S = 0: (2 - 0) / ((4 - 3) + (2 - 0)).
    EXPECT_NEAR(*reassurance_threshold({4.0, 0.0, 3.0, 2.0}), 2.0 / 3.0, 1e-15);
    // At the threshold both actions of the one-shot game pay the same.
    const double mu = 2.0 / 3.0;
    EXPECT_NEAR(mu * 4.0 + (1 - mu) * 0.0, mu * 3.0 + (1 - mu) * 2.0, 1e-14);
}
TEST(Reassurance, IsTheThresholdOfTheProgramWithoutAFuture) {
    TrustProblem p = problem();
    p.payoff = {4.0, 0.0, 3.0, 2.0};
    p.discount = p.lapse_own = p.lapse_partner = 0.0;
    EXPECT_NEAR(*solve_trust(p).threshold(), *reassurance_threshold(p.payoff), 1e-12);
}
TEST(Reassurance, DoesNotExistForThoseWhoPreferToExploit) {
    EXPECT_FALSE(reassurance_threshold({3.0, 0.0, 5.0, 1.0}));
}
TEST(Reassurance, ASeparatingConcessionExistsAboveGrimsDiscountFactor) {
    const std::array<double, 4> payoff{3.0, 0.0, 5.0, 1.0};  // grim: (5 - 3) / (5 - 1) = 1/2
    EXPECT_FALSE(separating_concession(payoff, 0.5 - 1e-9).exists());
    EXPECT_TRUE(separating_concession(payoff, 0.5 + 1e-9).exists());
    EXPECT_NEAR(separating_concession(payoff, 0.9).low, 4.0, 1e-12);
    EXPECT_NEAR(separating_concession(payoff, 0.9).high, 20.0, 1e-12);
}

}  // namespace
}  // namespace detente::test
