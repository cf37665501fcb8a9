// Round robins and populations.
#include <gtest/gtest.h>

#include <Eigen/LU>
#include <cmath>

#include "relation/population.h"
#include "relation/public_strategy.h"
#include "relation/tournament.h"
#include "support.h"

namespace detente::test {
namespace {

StageGame axelrod_game() {
    StageGame game;
    game.actions_a = IndexSet("action", {"C", "D"});
    game.actions_b = IndexSet("action", {"C", "D"});
    game.payoff_a = (Eigen::MatrixXd(2, 2) << 3, 0, 5, 1).finished();
    game.payoff_b = game.payoff_a.transpose();
    return game;
}
StageGame unequal_game() {
    StageGame game = axelrod_game();
    game.payoff_b = (Eigen::MatrixXd(2, 2) << 6, 9, -1, 2).finished();
    return game;
}

std::vector<std::string> all_names() {
    std::vector<std::string> names;
    for (const NamedStrategy& row : named_strategies()) names.push_back(row.name);
    return names;
}
std::vector<Entrant> entrants(const std::vector<std::string>& names, const DilemmaGame& game) {
    std::vector<std::string> left_out;
    return named_entrants(names, game, left_out);
}

// Both answer any breach that is seen, one's own lapse too, with three periods of war: peace for 1/a periods, then
// three of war, where moves go wrong as often. 2.5401 at 5 %.
TEST(RoundRobin, WarOfThreePeriodsAgainstItselfIsTheRelationsWar) {
    constexpr double error = 0.05, alarm = 1.0 - (1.0 - error) * (1.0 - error);
    const StageGame game = axelrod_game();
    const double right = 1.0 - error;
    const double peace = right * right * 3 + right * error * (0 + 5) + error * error * 1;
    const double war = right * right * 1 + right * error * (0 + 5) + error * error * 3;
    const double expected = (peace / alarm + 3 * war) / (1 / alarm + 3);
    EXPECT_NEAR(expected, 2.5401, 5e-5);
    TournamentOptions options;
    options.noise.lapse_a = options.noise.lapse_b = error;
    const TournamentResult result = round_robin(entrants({"War3"}, dilemma_of(game)), dilemma_of(game), options);
    EXPECT_NEAR(result.payoff(0, 0), expected, 1e-9);
    // The strategy of the relation, with the same moves going wrong.
    const Roles roles{{0, 0}, {1, 1}};
    const Implementation flips = flip_implementation(game, error, error);
    const PublicStrategy trigger = war_after_breach(game, roles, 3);
    const StrategyValue value = evaluate_strategy(trigger, game, flips, 0.9, 0.9);
    const StageGame played = expected_game(game, flips);
    double mean = 0.0;
    for (std::size_t s = 0; s < trigger.states.size(); ++s)
        mean += value.share(static_cast<Eigen::Index>(s)) * payoff(played, Side::a, trigger.states[s].play);
    EXPECT_NEAR(mean, expected, 1e-9);
}

// The same trigger at any length, error and weight of the future: against the noisy agreement's closed form.
TEST(RoundRobin, WarsAgainstThemselvesAreNoisyAgreements) {
    const StageGame game = axelrod_game();
    const Roles roles{{0, 0}, {1, 1}};
    for (const double error : {0.01, 0.05, 0.2}) {
        const NoisyAgreement agreement = noisy_agreement(game, roles, flip_implementation(game, error, error));
        for (const auto& [name, periods] : {std::pair{"War1", 1}, std::pair{"War3", 3}, std::pair{"War10", 10}})
            for (const double discount : {0.5, 0.9, 0.99}) {
                TournamentOptions options;
                options.noise.lapse_a = options.noise.lapse_b = error;
                options.horizon = Horizon::discounted(discount);
                const TournamentResult result =
                    round_robin(entrants({name}, dilemma_of(game)), dilemma_of(game), options);
                EXPECT_NEAR(result.payoff(0, 0), evaluate_war(agreement, discount, discount, periods).value[0], 1e-12)
                    << name << " " << error << " " << discount;
            }
    }
}

TEST(DilemmaOf, SeesTheGameFromBothSeats) {
    const DilemmaGame game = dilemma_of(unequal_game());
    EXPECT_EQ(game.a.own, (std::array<double, 4>{3, 0, 5, 1}));
    EXPECT_EQ(game.a.other, (std::array<double, 4>{6, 9, -1, 2}));
    EXPECT_EQ(game.b.own, (std::array<double, 4>{6, -1, 9, 2}));
    EXPECT_EQ(game.b.other, (std::array<double, 4>{3, 5, 0, 1}));
}
TEST(DilemmaOf, NamesTheActionThatIsNotThere) {
    expect_error(ErrorKind::input, {"defect", "X"}, [] { dilemma_of(axelrod_game(), "C", "X"); });
    expect_error(ErrorKind::input, {"both actions or none"}, [] { dilemma_of(axelrod_game(), "C"); });
    expect_error(ErrorKind::input, {"the same action"}, [] { dilemma_of(axelrod_game(), "C", "C"); });
}

TEST(RoundRobin, EachCellIsTheExactPlayOfItsPair) {
    const DilemmaGame game = dilemma_of(unequal_game());
    const auto list = entrants({"TFT", "WSLS", "GTFT", "Gradual"}, game);
    TournamentOptions options;
    options.noise = {0.05, 0.01, 0.02, 0.0};
    const TournamentResult result = round_robin(list, game, options);
    for (int i = 0; i < 4; ++i) {
        for (int j = 0; j < 4; ++j) {
            const auto at = [](int k) { return static_cast<std::size_t>(k); };
            const OutcomeShares share = play(list[at(i)].as_a, list[at(j)].as_b, options.noise);
            EXPECT_NEAR(result.payoff_a(i, j), mean_payoff(share, game.a.own), 1e-14);
            EXPECT_NEAR(result.payoff_b(i, j), mean_payoff(share, game.a.other), 1e-14);
        }
    }
    EXPECT_NEAR(result.payoff(0, 1), 0.5 * (result.payoff_a(0, 1) + result.payoff_b(1, 0)), 1e-14);
}

TEST(RoundRobin, MirrorImagesAreTheSameAsPlayedOut) {
    const DilemmaGame game = dilemma_of(axelrod_game());
    const auto list = entrants(all_names(), game);
    TournamentOptions options;
    options.noise = {0.05, 0.05, 0.01, 0.01};
    const TournamentResult mirrored = round_robin(list, game, options);
    options.noise.lapse_b = std::nextafter(0.05, 1.0);  // every pair is now solved by itself
    const TournamentResult full = round_robin(list, game, options);
    EXPECT_LT((mirrored.payoff_a - full.payoff_a).cwiseAbs().maxCoeff(), 1e-11);
    EXPECT_LT((mirrored.payoff_a - mirrored.payoff_b.transpose()).cwiseAbs().maxCoeff(), 1e-14);
}

TEST(RoundRobin, RanksByMeanPayoff) {
    const DilemmaGame game = dilemma_of(axelrod_game());
    const TournamentResult result = round_robin(entrants(all_names(), game), game, {});
    for (std::size_t k = 1; k < result.ranking.size(); ++k)
        EXPECT_GE(result.mean[result.ranking[k - 1]], result.mean[result.ranking[k]]);
}

TEST(RoundRobin, SimulationIsTheSameOnAnyNumberOfThreads) {
    const DilemmaGame game = dilemma_of(unequal_game());
    const auto list = entrants({"TFT", "WSLS", "GTFT", "Random"}, game);
    TournamentOptions options;
    options.simulate = true;
    options.noise = {0.05, 0.05, 0.0, 0.0};
    options.threads = 1;
    const TournamentResult one = round_robin(list, game, options);
    options.threads = 2;
    const TournamentResult two = round_robin(list, game, options);
    EXPECT_EQ(one.payoff_a, two.payoff_a);
    EXPECT_EQ(one.error_b, two.error_b);
    options.seed = 2;
    EXPECT_NE(one.payoff_a, round_robin(list, game, options).payoff_a);
}

TEST(RoundRobin, SimulationComesWithinItsErrors) {
    const DilemmaGame game = dilemma_of(axelrod_game());
    const auto list = entrants({"TFT", "WSLS", "GTFT", "CTFT", "Random", "ALLD"}, game);
    TournamentOptions options;
    options.noise = {0.05, 0.05, 0.0, 0.0};
    options.horizon = Horizon::mean_of(1000);
    const TournamentResult exact = round_robin(list, game, options);
    options.simulate = true;
    options.repetitions = 100;
    const TournamentResult simulated = round_robin(list, game, options);
    const Eigen::ArrayXXd distance = (simulated.payoff_a - exact.payoff_a).array().abs() / simulated.error_a.array();
    EXPECT_LT(distance.maxCoeff(), 3.5);  // the largest of 36 with 99 degrees of freedom
    EXPECT_GT(simulated.error_a.minCoeff(), 0.0);
}

TEST(RoundRobin, NeedsTwoRepetitionsForAnError) {
    const DilemmaGame game = dilemma_of(axelrod_game());
    TournamentOptions options;
    options.simulate = true;
    options.repetitions = 1;
    expect_error(ErrorKind::input, {"repetitions"}, [&] { round_robin(entrants({"TFT"}, game), game, options); });
    expect_error(ErrorKind::input, {"no strategy"}, [&] { round_robin({}, game, options); });
}

TEST(RoundRobin, BoundsAreSaidWithWhatWasFound) {
    const DilemmaGame game = dilemma_of(axelrod_game());
    TournamentOptions options;
    options.simulate = true;
    options.turns = 2000000000;
    expect_error(ErrorKind::input, {"turns", "2000000000", "1000000000"},
                 [&] { round_robin(entrants({"TFT"}, game), game, options); });
    options.turns = 10;
    options.repetitions = 100001;
    expect_error(ErrorKind::input, {"repetitions", "100001", "100000"},
                 [&] { round_robin(entrants({"TFT"}, game), game, options); });
}
TEST(RoundRobin, MeansThatDifferByRoundingAreLevel) {
    // Payoffs of a third: both defect always, and the first to enter stands first.
    StageGame game = axelrod_game();
    game.payoff_a /= 3.0;
    game.payoff_b /= 3.0;
    const DilemmaGame dilemma = dilemma_of(game);
    TournamentOptions options;
    options.noise = {0.05, 0.05, 0.01, 0.01};
    const auto list = entrants({"TFT", "ReactiveTFT", "STFT", "Random"}, dilemma);
    const TournamentResult result = round_robin({list[0], list[2]}, dilemma, options);  // the same in the long run
    EXPECT_EQ(result.ranking, (std::vector<int>{0, 1}));
    EXPECT_EQ(round_robin({list[2], list[0]}, dilemma, options).ranking, (std::vector<int>{0, 1}));
}
TEST(RoundRobin, SimulatedErrorsSurviveLargePayoffs) {
    StageGame game = axelrod_game();
    TournamentOptions options;
    options.simulate = true;
    options.noise = {0.05, 0.05, 0.0, 0.0};
    const DilemmaGame plain = dilemma_of(game);
    const double error = round_robin(entrants({"Random"}, plain), plain, options).error_a(0, 0);
    game.payoff_a.array() += 1e9;
    game.payoff_b.array() += 1e9;
    const DilemmaGame moved = dilemma_of(game);
    EXPECT_NEAR(round_robin(entrants({"Random"}, moved), moved, options).error_a(0, 0), error, 1e-6);
}
TEST(DilemmaOf, RefusesPayoffsThatNumbersCannotTellApart) {
    StageGame game = axelrod_game();
    game.payoff_a *= 1e-310;
    game.payoff_b *= 1e-310;
    expect_error(ErrorKind::input, {"payoffs", "too close together", "smaller unit"}, [&] { dilemma_of(game); });
    game = axelrod_game();
    game.payoff_a(0, 0) = -1.7e308;
    expect_error(ErrorKind::input, {"payoffs", "-1.7e+308", "1e+100"}, [&] { dilemma_of(game); });
    game.payoff_a.setConstant(2.0);
    EXPECT_NO_THROW(dilemma_of(game));  // all the same: nothing to tell apart
}
TEST(ScaledPayoffs, DoNotDependOnWhoTakesPart) {
    const DilemmaGame game = dilemma_of(unequal_game());
    TournamentOptions options;
    options.noise = {0.05, 0.05, 0.0, 0.0};
    const Eigen::MatrixXd few = scaled_payoffs(round_robin(entrants({"TFT", "WSLS"}, game), game, options), game),
                          all =
                              scaled_payoffs(round_robin(entrants({"TFT", "WSLS", "ALLD"}, game), game, options), game);
    EXPECT_LT((few - all.topLeftCorner(2, 2)).cwiseAbs().maxCoeff(), 1e-14);
    // From (0 - 1) / 2 to (5 + 9) / 2: mutual defection pays (1 + 2) / 2 in the mean.
    options.noise = {};
    const TournamentResult war = round_robin(entrants({"ALLD"}, game), game, options);
    EXPECT_NEAR(scaled_payoffs(war, game)(0, 0), (1.5 + 0.5) / (7.0 + 0.5), 1e-15);
}

TEST(Replicator, KeepsSharesAndRestsAtTheMixtureOfHawksAndDoves) {
    // Hawk-dove with value 2 and cost 4: half hawks.
    const Eigen::MatrixXd u = (Eigen::MatrixXd(2, 2) << -1, 2, 0, 1).finished();
    const ReplicatorPath path = replicate(u, Eigen::Vector2d(0.1, 0.9));
    for (const Eigen::VectorXd& x : path.shares) EXPECT_NEAR(x.sum(), 1.0, 1e-14);
    EXPECT_TRUE(path.at_rest);
    EXPECT_NEAR(path.shares.back()[0], 0.5, 1e-9);
}
TEST(Replicator, FollowsTheLogisticLawOfADominantStrategy) {
    // Payoffs 1 and 0 against everyone: x' = x (1 - x).
    const Eigen::MatrixXd u = (Eigen::MatrixXd(2, 2) << 1, 1, 0, 0).finished();
    ReplicatorOptions options;
    options.time = 5.0;
    options.samples = 6;
    const ReplicatorPath path = replicate(u, Eigen::Vector2d(0.01, 0.99), options);
    for (std::size_t k = 0; k < path.time.size(); ++k)
        EXPECT_NEAR(path.shares[k][0], 1.0 / (1.0 + 99.0 * std::exp(-path.time[k])), 1e-7);
}
TEST(Replicator, RefusesWhatIsNoDistribution) {
    expect_error(ErrorKind::input, {"not a distribution"},
                 [] { replicate(Eigen::MatrixXd::Identity(2, 2), Eigen::Vector2d(0.5, 0.6)); });
}

TEST(Replicator, FollowsPayoffsOfAnySize) {
    const Eigen::MatrixXd u = (Eigen::MatrixXd(2, 2) << 1, 1, 0, 0).finished();
    ReplicatorOptions options;
    options.samples = 2;
    for (const double unit : {1e-300, 1e300, 1.7e308}) {
        options.time = 5.0 / unit;
        const ReplicatorPath path = replicate(unit * u, Eigen::Vector2d(0.01, 0.99), options);
        EXPECT_NEAR(path.shares.back()[0], 1.0 / (1.0 + 99.0 * std::exp(-5.0)), 1e-7) << unit;
    }
    options.time = 1000.0;
    const ReplicatorPath still = replicate(1e-310 * u, Eigen::Vector2d(0.01, 0.99), options);  // nothing moves yet
    EXPECT_NEAR(still.shares.back()[0], 0.01, 1e-15);
    const Eigen::MatrixXd wide = (Eigen::MatrixXd(2, 2) << 1.7e308, 0, 0, -1.7e308).finished();
    expect_error(ErrorKind::input, {"time", "out of range"},
                 [&] { replicate(wide, Eigen::Vector2d(0.01, 0.99), options); });
    expect_error(ErrorKind::input, {"payoffs", "not a finite number"},
                 [&] { replicate(u * std::nan(""), Eigen::Vector2d(0.01, 0.99), options); });
}

TEST(Moran, NeutralMutantsTakeOverWithTheirShare) {
    EXPECT_NEAR(fixation_probability(Eigen::Matrix2d::Constant(3.0), 17, 0.4), 1.0 / 17.0, 1e-15);
}
TEST(Moran, ConstantFitnessGivesTheClosedForm) {
    // Fitness 2 against 1: (1 - 1/2) / (1 - 1/2^N).
    const Eigen::Matrix2d u = (Eigen::Matrix2d() << 2, 2, 1, 1).finished();
    EXPECT_NEAR(fixation_probability(u, 10, 1.0), 0.5 / (1.0 - std::pow(0.5, 10)), 1e-14);
}
TEST(Moran, ProductFormulaSolvesTheAbsorptionEquations) {
    const Eigen::Matrix2d u = (Eigen::Matrix2d() << 3, 0, 5, 1).finished();
    constexpr int n = 12;
    constexpr double w = 0.3;
    // Chances h_k of takeover from k mutants: birth proportional to fitness, death uniform; h_0 = 0, h_n = 1.
    Eigen::MatrixXd a = Eigen::MatrixXd::Identity(n + 1, n + 1);
    Eigen::VectorXd right = Eigen::VectorXd::Zero(n + 1);
    right[n] = 1.0;
    for (int k = 1; k < n; ++k) {
        const double f = 1 - w + w * ((k - 1) * u(0, 0) + (n - k) * u(0, 1)) / (n - 1);
        const double g = 1 - w + w * (k * u(1, 0) + (n - k - 1) * u(1, 1)) / (n - 1);
        const double total = k * f + (n - k) * g, up = k * f / total * (n - k) / n, down = (n - k) * g / total * k / n;
        a(k, k) = up + down;
        a(k, k + 1) = -up;
        a(k, k - 1) = -down;
    }
    EXPECT_NEAR(fixation_probability(u, n, w), a.partialPivLu().solve(right)[1], 1e-14);
}
TEST(Moran, RefusesNegativeFitness) {
    const Eigen::Matrix2d u = (Eigen::Matrix2d() << -5, -5, 1, 1).finished();
    expect_error(ErrorKind::input, {"fitness is negative"}, [&] { fixation_probability(u, 5, 1.0); });
}
TEST(Moran, RefusesWhatIsOutOfItsBounds) {
    const Eigen::Matrix2d u = Eigen::Matrix2d::Constant(1.0);
    expect_error(ErrorKind::input, {"population", "1", "from 2 to 100000"}, [&] { fixation_probability(u, 1, 0.5); });
    expect_error(ErrorKind::input, {"population", "100001"}, [&] { fixation_probability(u, 100001, 0.5); });
    expect_error(ErrorKind::input, {"selection", "1.5"}, [&] { fixation_probability(u, 5, 1.5); });
    expect_error(ErrorKind::input, {"payoffs", "1.7e+308"}, [&] { fixation_probability(1.7e308 * u, 5, 0.5); });
    EXPECT_NEAR(fixation_probability(u, 100000, 0.5), 1e-5, 1e-14);
}
TEST(Moran, FullSelectionIsTheLimitOfStrongSelection) {
    // A payoff of 0 at full selection is a fitness of 0.
    const Eigen::Matrix2d exploited = (Eigen::Matrix2d() << 0.6, 0.0, 1.0, 0.2).finished();
    EXPECT_EQ(fixation_probability(exploited, 10, 1.0), 0.0);
    const Eigen::Matrix2d exploiter = (Eigen::Matrix2d() << 0.2, 1.0, 0.0, 0.6).finished();
    EXPECT_NEAR(fixation_probability(exploiter, 10, 1.0), fixation_probability(exploiter, 10, 1.0 - 1e-9), 1e-8);
    const Eigen::Matrix2d nothing = Eigen::Matrix2d::Zero();
    EXPECT_NEAR(fixation_probability(nothing, 10, 1.0), 0.1, 1e-15);
    Eigen::MatrixXd u(3, 3);
    u << 0.6, 0.0, 0.6, 1.0, 0.2, 0.25, 0.6, 0.15, 0.6;
    const Eigen::VectorXd law = moran_law(u, 20, 1.0), near = moran_law(u, 20, 1.0 - 1e-9);
    EXPECT_NEAR(law.sum(), 1.0, 1e-14);
    EXPECT_LT((law - near).cwiseAbs().maxCoeff(), 1e-6);
}
TEST(Moran, ChancesBelowTheSmallestNumberStillBalance) {
    // Fitness 1, 2 and 2 in a population of 4000: a takeover by the first has a chance of 2^-3999. The other two are
    // neutral to each other and share the long run.
    const Eigen::MatrixXd u = (Eigen::MatrixXd(3, 3) << 1, 1, 1, 2, 2, 2, 2, 2, 2).finished();
    EXPECT_EQ(fixation_probability((Eigen::Matrix2d() << 1, 1, 2, 2).finished(), 4000, 1.0), 0.0);
    const Eigen::VectorXd law = moran_law(u, 4000, 1.0);
    EXPECT_NEAR(law[0], 0.0, 1e-300);
    EXPECT_NEAR(law[1], 0.5, 1e-12);
    EXPECT_NEAR(law[2], 0.5, 1e-12);
    // And where nothing underflows both eliminations agree.
    const Eigen::MatrixXd mild = (Eigen::MatrixXd(3, 3) << 3, 0, 3, 5, 1, 1.1, 3, 0.9, 3).finished();
    EXPECT_LT((moran_law(mild, 20, 0.2) - rare_mutation_law(fixation_probabilities(mild, 20, 0.2))).norm(), 1e-15);
}
TEST(Moran, RareMutationsBalanceTheTakeovers) {
    const Eigen::MatrixXd u = (Eigen::MatrixXd(3, 3) << 3, 0, 3, 5, 1, 1.1, 3, 0.9, 3).finished();
    const Eigen::MatrixXd rho = fixation_probabilities(u, 20, 0.2);
    const Eigen::VectorXd law = rare_mutation_law(rho);
    EXPECT_NEAR(law.sum(), 1.0, 1e-14);
    for (int j = 0; j < 3; ++j) {
        double in = 0.0, out = 0.0;
        for (int i = 0; i < 3; ++i) {
            if (i == j) continue;
            in += law[i] * rho(j, i);
            out += law[j] * rho(i, j);
        }
        EXPECT_NEAR(in, out, 1e-14);
    }
}

TEST(Stability, DefectionResistsAndUnconditionalCooperationDoesNot) {
    const DilemmaGame game = dilemma_of(axelrod_game());
    TournamentOptions options;
    options.horizon = Horizon::discounted(0.95);
    const TournamentResult result = round_robin(entrants({"ALLC", "ALLD", "TFT"}, game), game, options);
    const Stability found = stability(result.payoff);
    EXPECT_EQ(found.stable, std::vector<int>{1});
    EXPECT_EQ(found.neutrally_stable, std::vector<int>{2});  // ALLC drifts into TFT
    EXPECT_EQ(found.invaders[0], std::vector<int>{1});
}

}  // namespace
}  // namespace detente::test
