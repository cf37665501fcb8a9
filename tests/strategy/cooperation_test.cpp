// The most cooperative self-enforcing tariffs: what theory promises, and a brute-force search where there is one
// tariff.
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "economy/catalogue.h"
#include "economy/economy_io.h"
#include "models_under_test.h"
#include "strategy/cooperation.h"
#include "strategy/game_support.h"
#include "strategy/talks.h"
#include "support.h"

namespace detente::test {
namespace {

struct Case {
    World world;
    std::vector<Player> players;
    Shock agreement, war;
};

// Two governments on each other's goods; the bargain of Nash over their war.
Case between(World world, int a, int b, int sectors, bool transfers = false) {
    Case c{std::move(world), {}, {}, {}};
    c.players = {government(c.world, a, {b}, sectors), government(c.world, b, {a}, sectors)};
    const TradeWar war = trade_war(c.world, {}, c.players);
    TalksOptions options;
    options.transfers = transfers;
    c.war = war.shock;
    c.agreement = trade_talks(c.world, {}, c.players, {war.players[0].utility, war.players[1].utility}, options).shock;
    return c;
}
// Regions that make and trade one good from labour alone: flows[exporter][importer].
World one_sector(const std::vector<std::vector<double>>& flows, const Model& model = default_model()) {
    const int n = static_cast<int>(flows.size());
    Economy e = toy_economy();
    e.regions =
        IndexSet("region", n == 2 ? std::vector<std::string>{"A", "B"} : std::vector<std::string>{"A", "B", "C"});
    e.sectors = IndexSet("sector", {"goods"});
    e.sector_titles = {"Goods"};
    e.goods = {1};
    e.theta = {3.0};
    e.sigma = {4.0};
    e.psi = {0.0};
    e.trade = e.tariff = TradeTensor(n, 1);
    e.value_added_share = e.final_share = RegionSector(n, 1);
    e.input_share = InputTensor(n, 1);
    for (int j = 0; j < n; ++j) {
        for (int i = 0; i < n; ++i) e.trade(i, j, 0) = flows[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
        e.value_added_share(j, 0) = 1.0, e.final_share(j, 0) = 1.0;
    }
    return calibrate(e, testing::options_for(model, e)).world;
}
// Two regions alike in everything: one tariff describes what both do.
World twins() {
    return one_sector({{80.0, 20.0}, {20.0, 80.0}});
}

Case toy(const Model& model = default_model(), bool transfers = false) {
    World world = model.one_sector ? one_sector({{60.0, 10.0, 6.0}, {8.0, 80.0, 12.0}, {5.0, 9.0, 40.0}}, model)
                                   : calibrate(toy_economy(), model_options(model)).world;
    return between(std::move(world), 0, 1, 0, transfers);
}

Shock with_tariff(const World& world, double rate) {
    Shock shock;
    shock.tariff = world.tariff;
    shock.tariff(0, 1, 0) = shock.tariff(1, 0, 0) = rate;
    return shock;
}

double utility_of(const World& world, const Shock& shock, const Player& player) {
    return utility(world, solve(world, shock), player.objective);
}

double best_against(const World& world, Shock shock, const Player& player) {
    shock.payment.clear();
    OptimumOptions options;
    options.starts = 3;
    return optimal_policy(world, shock, player.objective, player.instruments, options).utility;
}

TEST(CooperativeTariffs, ThePatientKeepTheAgreementAndTheOthersTheWar) {
    for (const Model* model : testing::models_under_test().rows()) {
        const Case c = toy(*model);
        CooperationProgram program(c.world, c.agreement, c.war, c.players);
        for (const double patience : {1.0, 0.9}) {
            const CooperativeTariffs all = program.at({patience, patience});
            EXPECT_NEAR(all.share, 1.0, 1e-6) << model->name;
            for (std::size_t p = 0; p < 2; ++p) {
                EXPECT_NEAR(all.utility[p], program.agreement_utility()[p], 1e-9);
                EXPECT_EQ(all.shadow_price[p], 0.0);
            }
        }
        const CooperativeTariffs none = program.at({0.0, 0.0});
        EXPECT_EQ(none.share, 0.0);
        for (std::size_t p = 0; p < 2; ++p) EXPECT_NEAR(none.utility[p], program.war_utility()[p], 1e-12);
    }
}

// What is claimed, checked by plain solves: the share, and that nobody gains by breaking the tariffs found.
TEST(CooperativeTariffs, NobodyGainsByBreakingThem) {
    for (const Model* model : testing::models_under_test().rows()) {
        const Case c = toy(*model);
        CooperationProgram program(c.world, c.agreement, c.war, c.players);
        for (const double delta : {0.4, 0.25, 0.1}) {
            const CooperativeTariffs found = program.at({delta, delta});
            ASSERT_TRUE(found.certificate.converged);
            bool binds = false;
            for (std::size_t p = 0; p < 2; ++p) {
                const double u = utility_of(c.world, found.shock, c.players[p]), war = program.war_utility()[p];
                const double gain = program.agreement_utility()[p] - war;
                EXPECT_GE((u - war) / gain, found.share - 1e-6);
                const double best = best_against(c.world, found.shock, c.players[p]);
                EXPECT_LE((1.0 - delta) * (best - u), delta * (u - war) + 1e-6 * gain) << model->name << delta;
                binds = binds || (1.0 - delta) * (best - u) > delta * (u - war) - 1e-5 * gain;
            }
            EXPECT_TRUE(binds);
            EXPECT_LT(found.share, 1.0);
        }
    }
}

// One tariff for both: the lowest at which a breach does not pay, found by halving with plain solves.
TEST(CooperativeTariffs, AgreeWithHalvingWhereThereIsOneTariff) {
    const World world = twins();
    const std::vector<Player> players = {government(world, 0), government(world, 1)};
    const TradeWar war = trade_war(world, {}, players);
    const Shock free_trade = with_tariff(world, 0.0);
    CooperationProgram program(world, free_trade, war.shock, players);
    const double at_war = utility_of(world, war.shock, players[0]),
                 at_peace = utility_of(world, free_trade, players[0]);
    for (const double delta : {0.05, 0.2, 0.35}) {
        const auto pays = [&](double rate) {
            const Shock shock = with_tariff(world, rate);
            const double u = utility_of(world, shock, players[0]);
            return (1.0 - delta) * (best_against(world, shock, players[0]) - u) > delta * (u - at_war);
        };
        double low = 0.0, high = war.shock.tariff(0, 1, 0);
        ASSERT_TRUE(pays(low));
        for (int k = 0; k < 40; ++k) (pays(0.5 * (low + high)) ? low : high) = 0.5 * (low + high);
        const CooperativeTariffs found = program.at({delta, delta});
        // Both twins' incentives bind: the optimum is where they do, and tariffs are as sharp as incentives.
        EXPECT_NEAR(found.shock.tariff(0, 1, 0), high, 1e-5) << delta;
        EXPECT_NEAR(found.shock.tariff(1, 0, 0), high, 1e-5) << delta;
        const double share = (utility_of(world, with_tariff(world, high), players[0]) - at_war) / (at_peace - at_war);
        EXPECT_NEAR(found.share, share, 1e-6) << delta;
    }
}

// The multipliers say how the share moves with patience: d s / d delta = sum lambda (D - N) / (C - N).
TEST(CooperativeTariffs, ShadowPricesAreTheSlopeInPatience) {
    const Case c = between(calibrate(Catalogue::beside_program().load("us-china-2017"), {}).world, 0, 1, 20);
    CooperationOptions options;
    options.tolerance = 1e-7;
    CooperationProgram program(c.world, c.agreement, c.war, c.players, options);
    for (const double delta : {0.35, 0.2}) {
        const CooperativeTariffs here = program.at({delta, delta});
        double slope = 0.0;
        for (std::size_t p = 0; p < 2; ++p)
            slope += here.shadow_price[p] * (here.best_answer[p] - program.war_utility()[p]) /
                     (program.agreement_utility()[p] - program.war_utility()[p]);
        constexpr double step = 2e-3;
        const double more = program.at({delta + step, delta + step}).share;
        const double less = program.at({delta - step, delta - step}).share;
        EXPECT_NEAR((more - less) / (2.0 * step), slope, 2e-3 * slope) << delta;
    }
}

// The program is at least as good as every policy on the way from the agreement to the war.
TEST(CooperativeTariffs, BeatTheWayFromAgreementToWar) {
    const Case c = toy();
    CooperationProgram program(c.world, c.agreement, c.war, c.players);
    constexpr double delta = 0.3;
    const double found = program.at({delta, delta}).share;
    double best = 0.0;
    for (int k = 0; k <= 40; ++k) {
        Shock shock = c.agreement;
        for (const auto& player : c.players)
            for (const TariffBlock& block : tariff_blocks(c.world, player.instruments, 0))
                for (const auto& [i, j, s] : block.lines)
                    shock.tariff(i, j, s) = std::expm1((40 - k) / 40.0 * std::log1p(c.agreement.tariff(i, j, s)) +
                                                       k / 40.0 * std::log1p(c.war.tariff(i, j, s)));
        double share = 1e9;
        bool holds = true;
        for (std::size_t p = 0; p < 2; ++p) {
            const double u = utility_of(c.world, shock, c.players[p]), war = program.war_utility()[p];
            share = std::min(share, (u - war) / (program.agreement_utility()[p] - war));
            holds =
                holds && (1.0 - delta) * (best_against(c.world, shock, c.players[p]) - u) <= delta * (u - war) + 1e-12;
        }
        if (holds) best = std::max(best, share);
    }
    EXPECT_GT(best, 0.1);
    EXPECT_GE(found, best - 1e-6);
}

// No small change of tariffs that leaves a breach unattractive gives both sides more.
TEST(CooperativeTariffs, NoNeighbourIsBetter) {
    const Case c = toy();
    CooperationProgram program(c.world, c.agreement, c.war, c.players);
    constexpr double delta = 0.25;
    const CooperativeTariffs found = program.at({delta, delta});
    std::mt19937_64 random(7);
    std::normal_distribution<double> normal;
    int allowed = 0;
    for (int k = 0; k < 200; ++k) {
        Shock shock = found.shock;
        const double length = std::pow(10.0, -1.0 - 2.0 * (k % 3));
        for (const auto& player : c.players)
            for (const TariffBlock& block : tariff_blocks(c.world, player.instruments, 0))
                for (const auto& [i, j, s] : block.lines)
                    shock.tariff(i, j, s) =
                        std::max(0.0, (1.0 + shock.tariff(i, j, s)) * std::exp(length * normal(random)) - 1.0);
        double share = 1e9, slack = 1e9;
        for (std::size_t p = 0; p < 2; ++p) {
            const double u = utility_of(c.world, shock, c.players[p]), war = program.war_utility()[p];
            const double gain = program.agreement_utility()[p] - war;
            share = std::min(share, (u - war) / gain);
            slack = std::min(
                slack, (delta * (u - war) - (1.0 - delta) * (best_against(c.world, shock, c.players[p]) - u)) / gain);
        }
        if (slack < 0.0) continue;
        ++allowed;
        EXPECT_LE(share, found.share + 1e-6);
    }
    EXPECT_GT(allowed, 5);
}

TEST(CooperativeTariffs, RiseWithThePatienceOfEither) {
    const Case c = toy();
    CooperationProgram program(c.world, c.agreement, c.war, c.players);
    double last = -1.0;
    for (const double delta : {0.02, 0.1, 0.2, 0.3, 0.4, 0.6}) {
        const double share = program.at({delta, delta}).share;
        EXPECT_GE(share, last - 1e-6);
        last = share;
    }
    const double both = program.at({0.2, 0.2}).share;
    EXPECT_GE(program.at({0.2, 0.6}).share, both - 1e-6);
    EXPECT_GE(program.at({0.6, 0.2}).share, both - 1e-6);
}

// Money agreed on is a variable, and lost with the agreement: here the best is to pay a part of it.
TEST(CooperativeTariffs, MoneyMovesToo) {
    const Case c = toy(default_model(), true);
    ASSERT_FALSE(c.agreement.payment.empty());
    CooperationProgram program(c.world, c.agreement, c.war, c.players);
    ASSERT_TRUE(program.moves_money());
    EXPECT_NEAR(program.at({1.0, 1.0}).share, 1.0, 1e-4);
    const CooperativeTariffs found = program.at({0.5, 0.5});
    EXPECT_GT(found.paid, 0.05);
    EXPECT_LT(found.paid, 0.95);
    // What is paid is in force.
    for (std::size_t j = 0; j < c.agreement.payment.size(); ++j)
        EXPECT_NEAR(found.shock.payment[j], found.paid * c.agreement.payment[j], 1e-12);
    for (std::size_t p = 0; p < 2; ++p) {
        const double u = utility_of(c.world, found.shock, c.players[p]), war = program.war_utility()[p];
        EXPECT_LE(0.5 * (best_against(c.world, found.shock, c.players[p]) - u),
                  0.5 * (u - war) + 1e-6 * (program.agreement_utility()[p] - war));
    }
    // Without money at all there is less to keep.
    Shock unpaid = c.agreement;
    unpaid.payment.clear();
    CooperationProgram poor(c.world, unpaid, c.war, c.players);
    EXPECT_FALSE(poor.moves_money());
    const CooperativeTariffs less = poor.at({0.5, 0.5});
    double share = 1e9;  // in the same measure
    for (std::size_t p = 0; p < 2; ++p)
        share = std::min(share, (less.utility[p] - program.war_utility()[p]) /
                                    (program.agreement_utility()[p] - program.war_utility()[p]));
    EXPECT_GT(found.share, share + 1e-5);
    // The next search starts with the part that is paid.
    program.start_from(found.shock);
    const CooperativeTariffs again = program.at({0.5, 0.5});
    EXPECT_NEAR(again.share, found.share, 1e-6);
    EXPECT_LE(again.certificate.evaluations, 10);
}

// Governments that set one rate for all: what is kept, and what breaks it, are of that form.
TEST(CooperativeTariffs, KeepToTheForms) {
    const World world = calibrate(toy_economy(), {}).world;
    for (const TariffForm form : {TariffForm::mfn, TariffForm::uniform}) {
        const std::vector<Player> players = {government(world, 0, {}, 1, form), government(world, 1, {}, 1, form)};
        const TradeWar war = trade_war(world, {}, players);
        const Talks deal = trade_talks(world, {}, players, {war.players[0].utility, war.players[1].utility});
        CooperationProgram program(world, deal.shock, war.shock, players);
        EXPECT_NEAR(program.at({1.0, 1.0}).share, 1.0, 1e-5) << to_string(form);
        const CooperativeTariffs found = program.at({0.2, 0.2});
        EXPECT_GT(found.share, 0.1);
        EXPECT_LT(found.share, 1.0);
        EXPECT_EQ(found.shock.tariff(1, 0, 0), found.shock.tariff(2, 0, 0)) << to_string(form);
        EXPECT_LT(program.at({0.01, 0.01}).share, 0.1);
    }
}

// A war that is no equilibrium cannot be fallen back on: the impatient have nothing, and it is said.
TEST(CooperativeTariffs, NothingHoldsWhereTheWarIsNoEquilibrium) {
    Case c = toy();
    // Both count the other's gains as losses: the tariffs of the plain war are then too low for them.
    for (std::size_t p = 0; p < 2; ++p) {
        c.players[p].objective.relative_gains = 0.2;
        c.players[p].objective.rivals = {c.players[1 - p].objective.region};
    }
    CooperationProgram program(c.world, c.agreement, c.war, c.players);
    EXPECT_TRUE(program.at({0.9, 0.9}).holds);
    for (const double delta : {0.2, 0.05, 0.0}) {
        const CooperativeTariffs found = program.at({delta, delta});
        EXPECT_FALSE(found.holds) << delta;
        EXPECT_FALSE(found.certificate.converged);
    }
    // And it goes on from there.
    EXPECT_NEAR(program.at({0.9, 0.9}).share, 1.0, 1e-5);
    // A grid over both tariffs finds nothing either.
    const auto own = [&](std::size_t p) { return tariff_blocks(c.world, c.players[p].instruments, 0); };
    double best = -1e9;
    for (int a = 0; a <= 12; ++a)
        for (int b = 0; b <= 12; ++b) {
            Shock shock = c.agreement;
            for (const auto& [p, rate] : {std::pair{std::size_t{0}, 0.03 * a}, std::pair{std::size_t{1}, 0.03 * b}})
                for (const TariffBlock& block : own(p))
                    for (const auto& [i, j, s] : block.lines) shock.tariff(i, j, s) = rate;
            double slack = 1e9;
            for (std::size_t p = 0; p < 2; ++p) {
                const double u = utility_of(c.world, shock, c.players[p]), worth = u - program.war_utility()[p];
                slack = std::min({slack, worth, 0.2 * worth - 0.8 * (best_against(c.world, shock, c.players[p]) - u)});
            }
            best = std::max(best, slack);
        }
    EXPECT_LT(best, 0.0);
}

// Threats harsher than the war of best answers: without a future, that war is what is kept.
TEST(CooperativeTariffs, WithoutAFutureBestAnswersAreKept) {
    const Case c = toy();
    Shock harsh = c.war;
    for (const auto& player : c.players)
        for (const TariffBlock& block : tariff_blocks(c.world, player.instruments, 0))
            for (const auto& [i, j, s] : block.lines) harsh.tariff(i, j, s) = 1.5;
    CooperationProgram program(c.world, c.agreement, harsh, c.players);
    const CooperativeTariffs none = program.at({0.0, 0.0});
    ASSERT_TRUE(none.holds);
    EXPECT_GT(none.share, 0.1);
    for (std::size_t p = 0; p < 2; ++p) EXPECT_NEAR(none.utility[p], utility_of(c.world, c.war, c.players[p]), 1e-8);
    EXPECT_GE(program.at({0.05, 0.05}).share, none.share - 1e-6);
}

// One side counts as fully patient: only the other's incentive matters.
TEST(CooperativeTariffs, OneSideMayBeBound) {
    const Case c = toy();
    CooperationProgram program(c.world, c.agreement, c.war, c.players);
    const CooperativeTariffs both = program.at({0.2, 0.2}), second = program.at({1.0, 0.2}),
                             first = program.at({0.2, 1.0});
    EXPECT_EQ(second.shadow_price[0], 0.0);
    EXPECT_EQ(first.shadow_price[1], 0.0);
    for (const CooperativeTariffs& one : {first, second}) {
        EXPECT_GT(one.share, both.share);
        EXPECT_LT(one.share, 1.0);
    }
}

// An agreement that leaves gains on the table: the patient can keep more than it gives.
TEST(CooperativeTariffs, AHalfHeartedAgreementIsNotTheMost) {
    const World world = twins();
    const std::vector<Player> players = {government(world, 0), government(world, 1)};
    const Shock war = trade_war(world, {}, players).shock;
    CooperationProgram program(world, with_tariff(world, 0.5 * war.tariff(0, 1, 0)), war, players);
    const CooperativeTariffs most = program.at({1.0, 1.0});
    EXPECT_GT(most.share, 1.1);
    EXPECT_NEAR(most.shock.tariff(0, 1, 0), 0.0, 1e-6);
    EXPECT_NEAR(most.shock.tariff(1, 0, 0), 0.0, 1e-6);
}

TEST(CooperativeTariffs, SayWhatIsWrong) {
    const Case c = toy();
    const auto message = [](const auto& run) {
        try {
            run();
        } catch (const Error& error) {
            return std::string(error.what());
        }
        return std::string("no error");
    };
    const auto make = [&](const Shock& agreement, const Shock& war, const std::vector<Player>& players) {
        return message([&] { CooperationProgram(c.world, agreement, war, players); });
    };
    EXPECT_NE(make(c.war, c.agreement, c.players).find("better off than the war"), std::string::npos);
    EXPECT_NE(make(c.agreement, c.war, {c.players[0]}).find("two players"), std::string::npos);
    EXPECT_NE(make(c.agreement, c.war, {c.players[0], c.players[0]}).find("same tariff line"), std::string::npos);
    std::vector<Player> mirrored = c.players;
    mirrored[0].instruments.reciprocated = true;
    EXPECT_NE(make(c.agreement, c.war, mirrored).find("reciprocated"), std::string::npos);
    CooperationProgram program(c.world, c.agreement, c.war, c.players);
    EXPECT_NE(message([&] { program.at({0.5}); }).find("for each player"), std::string::npos);
    EXPECT_NE(message([&] { program.at({0.5, 1.5}); }).find("1.5"), std::string::npos);
    EXPECT_NE(message([&] { program.at({0.5, 0.0}); }).find("or all be 0"), std::string::npos);
    EXPECT_NE(message([&] { program.at({1e-5, 1e-5}); }).find("0.001"), std::string::npos);
    const World many = calibrate(Catalogue::beside_program().load("us-china-2017"), {}).world;
    const std::vector<Player> broad = {government(many, 1, {}, 44), government(many, 6, {}, 44)};
    const TradeWar fight = trade_war(many, {}, broad);
    const Shock peace = trade_talks(many, {}, broad, {fight.players[0].utility, fight.players[1].utility}).shock;
    EXPECT_NE(message([&] { CooperationProgram(many, peace, fight.shock, broad); }).find("up to 400 rates"),
              std::string::npos);
    // Hardly any difference between agreement and war: no measure of shares.
    Shock nearly = c.war;
    for (const auto& player : c.players)
        for (const TariffBlock& block : tariff_blocks(c.world, player.instruments, 0))
            for (const auto& [i, j, s] : block.lines) nearly.tariff(i, j, s) *= 0.999;
    CooperationProgram tiny(c.world, nearly, c.war, c.players);
    EXPECT_NE(message([&] { tiny.at({1.0, 1.0}); }).find("too little"), std::string::npos);
}

}  // namespace
}  // namespace detente::test
