// Exact and simulated play of finite automata.
#include <gtest/gtest.h>

#include <Eigen/Core>
#include <cmath>
#include <map>

#include "base/csv.h"
#include "base/random.h"
#include "relation/play.h"
#include "relation/strategies.h"
#include "support.h"

namespace detente::test {
namespace {

const DilemmaPayoffs axelrod;  // (R, S, T, P) = (3, 0, 5, 1)

Automaton named(const std::string& name) {
    return *make_strategy(name, axelrod);
}
Noise lapses(double rate) {
    return {rate, rate, 0.0, 0.0};
}
double self_play(const std::string& name, double rate) {
    return cooperation_a(play(named(name), named(name), lapses(rate)));
}

// The Cesaro limit the other way: powers of (I + P) / 2, squared until they stand still.
OutcomeShares by_powers(const PlayChain& chain) {
    const int n = chain.size();
    Eigen::MatrixXd p = 0.5 * Eigen::MatrixXd::Identity(n, n);
    for (int s = 0; s < n; ++s)
        for (int e = chain.row_start[static_cast<std::size_t>(s)]; e < chain.row_start[static_cast<std::size_t>(s) + 1];
             ++e)
            p(s, chain.next[static_cast<std::size_t>(e)]) += 0.5 * chain.chance[static_cast<std::size_t>(e)];
    for (int k = 0; k < 60; ++k) {
        p = (p * p).eval();
        p = (p.array().colwise() / p.rowwise().sum().array()).eval().matrix();
    }
    OutcomeShares share{};
    for (int s = 0; s < n; ++s)
        for (std::size_t k = 0; k < 4; ++k) share[k] += p(0, s) * chain.outcome[static_cast<std::size_t>(s)][k];
    return share;
}

std::map<std::string, Automaton> reference_strategies() {
    std::map<std::string, Automaton> out;
    for (const char* name : {"ALLC", "ALLD", "TFT", "WSLS", "GRIM", "ZDGTFT2", "ZDExtort2", "Random", "FirmButFair"})
        out.emplace(name, named(name));
    out.emplace("GTFT_1/3", named("GTFT"));
    return out;
}

TEST(Play, MemoryOneReferenceTable) {
    const auto path = shared_reference("relations") / "memory_one.csv";
    DETENTE_NEEDS_DATA(path);
    const CsvTable table = CsvTable::read(path);
    const auto strategies = reference_strategies();
    ASSERT_EQ(table.rows(), 100);
    for (int row = 0; row < table.rows(); ++row) {
        const std::string p = table.text(row, table.column("p")), q = table.text(row, table.column("q"));
        SCOPED_TRACE(p + " against " + q);
        const PlayChain chain =
            product_chain(strategies.at(p), strategies.at(q), lapses(table.number(row, table.column("eps"))));
        const auto near = [&](const char* column, double value, double tolerance = 1e-12) {
            const double expected = table.number(row, table.column(column));
            EXPECT_NEAR(value, expected, tolerance * std::max(1.0, std::abs(expected))) << column;
        };
        const OutcomeShares share = outcome_shares(chain, Horizon::long_run());
        near("pCC", share[outcome_cc]);
        near("pCD", share[outcome_cd]);
        near("pDC", share[outcome_dc]);
        near("pDD", share[outcome_dd]);
        near("longrun_u1", mean_payoff(share, axelrod.own));
        near("longrun_u2", mean_payoff(share, axelrod.other));
        near("coop1", cooperation_a(share));
        near("coop2", cooperation_b(share));
        const OutcomeShares at90 = outcome_shares(chain, Horizon::discounted(0.9));
        near("disc0.9_u1", mean_payoff(at90, axelrod.own));
        near("disc0.9_u2", mean_payoff(at90, axelrod.other));
        // The table's own rounding at a discount of 0.99 is 3e-14.
        const OutcomeShares at99 = outcome_shares(chain, Horizon::discounted(0.99));
        near("disc0.99_u1", mean_payoff(at99, axelrod.own));
        near("disc0.99_u2", mean_payoff(at99, axelrod.other));
        const OutcomeShares first200 = outcome_shares(chain, Horizon::mean_of(200));
        near("mean200_u1", mean_payoff(first200, axelrod.own));
        near("mean200_u2", mean_payoff(first200, axelrod.other));
    }
}

TEST(Play, SelfPlayCooperationOfTitForTatIsOneHalfAtAnyNoise) {
    for (const double x : {1e-9, 0.01, 0.05, 0.1}) EXPECT_NEAR(self_play("TFT", x), 0.5, 1e-12) << x;
}
TEST(Play, SelfPlayCooperationOfGenerousTitForTat) {
    EXPECT_NEAR(self_play("GTFT", 0.01), 0.97115, 5e-6);
    EXPECT_NEAR(self_play("GTFT", 0.05), 0.875, 1e-12);
    EXPECT_NEAR(self_play("GTFT", 0.10), 0.78571, 5e-6);
}
TEST(Play, SelfPlayCooperationOfPavlov) {
    EXPECT_NEAR(self_play("WSLS", 0.01), 0.97060, 5e-6);
    EXPECT_NEAR(self_play("WSLS", 0.05), 0.86450, 5e-6);
    EXPECT_NEAR(self_play("WSLS", 0.10), 0.75600, 5e-6);
}
TEST(Play, SelfPlayCooperationOfGrim) {
    EXPECT_NEAR(self_play("GRIM", 0.01), 0.01490, 5e-6);
    EXPECT_NEAR(self_play("GRIM", 0.05), 0.07250, 5e-6);
    EXPECT_NEAR(self_play("GRIM", 0.10), 0.14, 5e-6);
}

TEST(Play, WithoutNoiseTitForTatKeepsTheAlternationOfItsStart) {
    const OutcomeShares share = play(named("TFT"), named("STFT"), {});
    EXPECT_NEAR(share[outcome_cd], 0.5, 1e-15);
    EXPECT_NEAR(share[outcome_dc], 0.5, 1e-15);
}
TEST(Play, WithoutNoiseTheLongRunIsNotTheLimitOfSmallNoise) {
    EXPECT_NEAR(self_play("TFT", 0.0), 1.0, 1e-15);
    EXPECT_NEAR(self_play("GRIM", 0.0), 1.0, 1e-15);
}

TEST(Play, LongRunIsTheCesaroLimitOfPowersForEveryPair) {
    for (const double rate : {0.0, 0.03}) {
        for (const NamedStrategy& p : named_strategies()) {
            for (const NamedStrategy& q : named_strategies()) {
                const PlayChain chain = product_chain(named(p.name), named(q.name), {rate, rate / 2, 0.0, 0.0});
                if (chain.size() > 60) continue;  // the powers are dense
                const OutcomeShares exact = outcome_shares(chain, {}), powers = by_powers(chain);
                for (std::size_t k = 0; k < 4; ++k)
                    ASSERT_NEAR(exact[k], powers[k], 1e-9) << p.name << " against " << q.name << " at " << rate;
            }
        }
    }
}

Automaton random_automaton(int states, RandomStream& random) {
    Automaton out{"random", "", "", 0, {}};
    for (int s = 0; s < states; ++s) {
        const double u = random.uniform();
        AutomatonState state{"s", u < 0.3 ? 0.0 : u < 0.6 ? 1.0 : random.uniform(), {}};
        for (int& next : state.next) next = static_cast<int>(random.uniform() * states);
        out.states.push_back(state);
    }
    return out;
}
void expect_cesaro(int states, int instances, std::uint64_t seed) {
    for (int k = 0; k < instances; ++k) {
        RandomStream random(seed, static_cast<std::uint64_t>(k));
        const auto rate = [&] {
            const double u = random.uniform();
            return u < 0.4 ? 0.0 : u < 0.5 ? 1.0 : random.uniform();
        };
        const Automaton a = random_automaton(states, random), b = random_automaton(states, random);
        const PlayChain chain = product_chain(a, b, {rate(), rate(), rate(), rate()});
        const OutcomeShares exact = outcome_shares(chain, {}), powers = by_powers(chain);
        for (std::size_t o = 0; o < 4; ++o) ASSERT_NEAR(exact[o], powers[o], 1e-9) << "instance " << k;
        EXPECT_NEAR(exact[0] + exact[1] + exact[2] + exact[3], 1.0, 1e-12);
    }
}
TEST(Play, RandomAutomataWithAndWithoutNoiseHaveTheirCesaroLimit) {
    expect_cesaro(5, 300, 41);
}
TEST(Play, LargeRandomAutomataHaveTheirCesaroLimit) {
    expect_cesaro(14, 6, 42);  // to 196 states: the sparse path
}

TEST(Play, ManyStatesAreSolvedTheSameWay) {
    // 529 states: the sparse path. Discounting close to 1 must come close to the long run of a noisy chain.
    const PlayChain chain = product_chain(named("Gradual"), named("Gradual"), lapses(0.05));
    ASSERT_GT(chain.size(), 200);
    const OutcomeShares exact = outcome_shares(chain, {}),
                        late = outcome_shares(chain, Horizon::discounted(1.0 - 1e-8));
    for (std::size_t k = 0; k < 4; ++k) EXPECT_NEAR(exact[k], late[k], 1e-5);
}

TEST(Play, MisreadingKeepsBothPrivateRecords) {
    // Tit-for-tat against itself where only A misreads, with chance e: states (A's move, B's move) follow
    // a' = b flipped with chance e, b' = a: the chance of cooperation x solves x = x (1 - e) + (1 - x) e: one half.
    const Noise noise{0.0, 0.0, 0.1, 0.0};
    const OutcomeShares share = play(named("TFT"), named("TFT"), noise);
    EXPECT_NEAR(cooperation_a(share), 0.5, 1e-12);
    // A single defector cannot be misread by one that never looks.
    EXPECT_NEAR(cooperation_a(play(named("ALLC"), named("ALLD"), noise)), 1.0, 1e-15);
    // Against unconditional cooperation, tit-for-tat defects exactly when it misreads.
    EXPECT_NEAR(cooperation_a(play(named("TFT"), named("ALLC"), noise)), 0.9, 1e-12);
}

TEST(Play, EachSideHasItsOwnRate) {
    const OutcomeShares share = play(named("ALLC"), named("ALLC"), {0.2, 0.03, 0.0, 0.0});
    EXPECT_NEAR(cooperation_a(share), 0.8, 1e-15);
    EXPECT_NEAR(cooperation_b(share), 0.97, 1e-15);
}

TEST(Play, ContritionAcceptsTheAnswerToItsOwnBreach) {
    // Boyd (1989): after one lapse a contrite pair is back at peace after two periods; tit-for-tat never is.
    const double rate = 1e-6;
    EXPECT_GT(self_play("CTFT", rate), 1.0 - 3.0 * rate);
    EXPECT_NEAR(self_play("TFT", rate), 0.5, 1e-9);
}

TEST(Play, ZeroDeterminantLineHoldsAgainstEveryone) {
    for (const NamedStrategy& rival : named_strategies()) {
        const OutcomeShares share = play(named("ZDExtort2"), named(rival.name), {});
        const double own = mean_payoff(share, axelrod.own), other = mean_payoff(share, axelrod.other);
        EXPECT_NEAR(own - 1.0, 2.0 * (other - 1.0), 1e-9) << rival.name;
    }
}
TEST(Play, EqualiserSetsTheOtherSidesPayoff) {
    for (const NamedStrategy& rival : named_strategies())
        EXPECT_NEAR(mean_payoff(play(named("Equaliser"), named(rival.name), {}), axelrod.other), 2.0, 1e-9)
            << rival.name;
}
TEST(Play, ZeroDeterminantChancesArePublished) {
    const Automaton generous = named("ZDGTFT2"), extort = named("ZDExtort2");
    const auto expect_after = [](const Automaton& a, const std::array<double, 4>& after) {
        const Automaton other = memory_one("", 1.0, after);
        ASSERT_EQ(a.size(), other.size());
        for (std::size_t s = 0; s < a.states.size(); ++s) {
            EXPECT_NEAR(a.states[s].cooperate, other.states[s].cooperate, 1e-15);
            EXPECT_EQ(a.states[s].next, other.states[s].next);
        }
    };
    expect_after(generous, {1.0, 1.0 / 8.0, 1.0, 1.0 / 4.0});
    expect_after(extort, {8.0 / 9.0, 1.0 / 2.0, 1.0 / 3.0, 0.0});
}

TEST(Generosity, IsOneThirdInAxelrodsGame) {
    EXPECT_NEAR(*generosity(axelrod.own), 1.0 / 3.0, 1e-15);
}
TEST(Generosity, DoesNotExistOutsideADilemma) {
    EXPECT_FALSE(generosity({5.0, 0.0, 3.0, 1.0}));
}

TEST(Play, DiscountedValueIsTheSumOfItsPeriods) {
    const PlayChain chain = product_chain(named("Prober"), named("Tester"), lapses(0.02));
    const OutcomeShares exact = outcome_shares(chain, Horizon::discounted(0.7));
    double cooperation = 0.0, before = 0.0;
    for (int t = 1; t <= 120; ++t) {  // period t from two means of turns
        const double sum = t * cooperation_a(outcome_shares(chain, Horizon::mean_of(t)));
        cooperation += 0.3 * std::pow(0.7, t - 1) * (sum - before);
        before = sum;
    }
    EXPECT_NEAR(cooperation_a(exact), cooperation, 1e-12);
}

TEST(Play, RefusesAnErrorRateThatIsNoProbability) {
    expect_error(ErrorKind::input, {"lapse_a", "not a probability", "1.5"}, [] {
        play(named("TFT"), named("TFT"), {1.5, 0.0, 0.0, 0.0});
    });
}
TEST(Play, RefusesADiscountFactorOfOne) {
    expect_error(ErrorKind::input, {"discount", "below 1"},
                 [] { play(named("TFT"), named("TFT"), {}, Horizon::discounted(1.0)); });
}

TEST(Play, TheLongRunUnderNoiseDoesNotDependOnTheWayToIt) {
    // What stands before the recurrent class is left out where it cannot matter: the same as the whole chain.
    for (const Noise& noise : {Noise{0.05, 0.01, 0.0, 0.0}, Noise{0.3, 0.05, 0.02, 0.1}}) {
        for (const NamedStrategy& p : named_strategies()) {
            for (const char* q : {"Gradual", "War10", "GradualKiller", "Alternator", "Prober"}) {
                const OutcomeShares exact = play(named(p.name), named(q), noise),
                                    whole = outcome_shares(product_chain(named(p.name), named(q), noise), {});
                for (std::size_t k = 0; k < 4; ++k)
                    ASSERT_NEAR(exact[k], whole[k], 1e-10) << p.name << " against " << q;
            }
        }
    }
}
TEST(Play, PeaceEndsInOneStateOrNone) {
    EXPECT_EQ(*peaceful_end(named("TFT")), named("TFT").start);
    EXPECT_FALSE(peaceful_end(named("Alternator")));  // never comes to rest
    EXPECT_FALSE(peaceful_end(named("Handshake")));   // friends and foes for ever
}
TEST(Play, DiscountedValuesOfManyStatesAreSumsOfTheirPeriods) {
    const PlayChain chain = product_chain(named("Gradual"), named("Gradual"), {0.1, 0.2, 0.05, 0.0});
    ASSERT_GT(chain.size(), 30000);
    std::vector<double> now(chain.outcome.size(), 0.0), later;
    now[0] = 1.0;
    OutcomeShares sum{};
    double weight = 0.3;
    for (int t = 0; t < 100; ++t, weight *= 0.7) {
        later.assign(now.size(), 0.0);
        OutcomeShares period{};  // added up by itself: small terms would be lost in the whole
        for (std::size_t s = 0; s < now.size(); ++s) {
            for (std::size_t k = 0; k < 4; ++k) period[k] += now[s] * chain.outcome[s][k];
            for (int e = chain.row_start[s]; e < chain.row_start[s + 1]; ++e)
                later[static_cast<std::size_t>(chain.next[static_cast<std::size_t>(e)])] +=
                    now[s] * chain.chance[static_cast<std::size_t>(e)];
        }
        for (std::size_t k = 0; k < 4; ++k) sum[k] += weight * period[k];
        now.swap(later);
    }
    const OutcomeShares exact = outcome_shares(chain, Horizon::discounted(0.7));
    for (std::size_t k = 0; k < 4; ++k) EXPECT_NEAR(exact[k], sum[k], 1e-11);
    EXPECT_NEAR(exact[0] + exact[1] + exact[2] + exact[3], 1.0, 1e-11);
}
TEST(Play, RatesOfAnySizeGiveShares) {
    for (const double rate : {1e-300, 1e-150, 1e-12, 0.5, 1.0 - 1e-12, 1.0}) {
        for (const char* name : {"TFT", "GRIM", "War3", "CTFT", "WSLS"}) {
            const OutcomeShares share = play(named(name), named(name), lapses(rate));
            EXPECT_NEAR(share[0] + share[1] + share[2] + share[3], 1.0, 1e-9) << name << " at " << rate;
        }
    }
}

TEST(Play, WhatIsTooLargeIsSaidBeforeItIsBuilt) {
    Automaton ring{"ring", "", "", 0, {}};
    for (int s = 0; s < 1500; ++s)
        ring.states.push_back({"s", s % 2 == 0 ? 1.0 : 0.0, {(s + 1) % 1500, s, (s + 7) % 1500, s}});
    expect_error(ErrorKind::input, {"strategies", "\"ring\"", "1500 x 1500 = 2250000", "at most 1000000", "--turns"},
                 [&] { play(ring, ring, lapses(0.05)); });
    EXPECT_NEAR(cooperation_a(play(ring, named("TFT"), lapses(0.05))), 0.5, 0.5);
    EXPECT_EQ(simulate(ring, ring, lapses(0.05), 1000, 1, 0)[0] > 0, true);
    RandomStream random(5, 5);
    const Automaton a = random_automaton(110, random), b = random_automaton(110, random);
    expect_error(ErrorKind::input, {"strategies", "lead to each other", "at most 10000"},
                 [&] { play(a, b, lapses(0.05)); });
}

TEST(SimulatedPlay, AgreesWithTheExactChainWithinThreeStandardErrors) {
    // Fixed seeds: 40 matches a pair, errors from their spread.
    for (const auto& [p, q] : std::vector<std::pair<std::string, std::string>>{
             {"TFT", "WSLS"}, {"Gradual", "GTFT"}, {"CTFT", "ZDExtort2"}, {"Random", "Proportional"}}) {
        const Noise noise{0.05, 0.02, 0.03, 0.01};
        constexpr int matches = 40, turns = 100000;
        double sum = 0.0, squares = 0.0;
        for (int m = 0; m < matches; ++m) {
            const OutcomeCounts counts = simulate(named(p), named(q), noise, turns, 11, static_cast<std::uint64_t>(m));
            EXPECT_EQ(counts[0] + counts[1] + counts[2] + counts[3], turns);
            const double mean = (3.0 * static_cast<double>(counts[0]) + 5.0 * static_cast<double>(counts[2]) +
                                 static_cast<double>(counts[3])) /
                                turns;
            sum += mean;
            squares += mean * mean;
        }
        const double mean = sum / matches, error = std::sqrt((squares / matches - mean * mean) / (matches - 1));
        const double exact = mean_payoff(play(named(p), named(q), noise), axelrod.own);
        EXPECT_LT(std::abs(mean - exact), 3.0 * error) << p << " against " << q << ": " << mean << ", exact " << exact;
        EXPECT_LT(error, 0.005);
    }
}

TEST(SimulatedPlay, CertainMovesStayCertain) {
    const OutcomeCounts counts = simulate(named("ALLC"), named("ALLD"), {}, 1000000, 5, 0);
    EXPECT_EQ(counts[outcome_cd], 1000000);
}

}  // namespace
}  // namespace detente::test
