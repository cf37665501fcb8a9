// What theory promises of optimal policies, trade wars and talks, on made-up and built-in economies.
#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <random>

#include "economy/catalogue.h"
#include "economy/economy_io.h"
#include "models_under_test.h"
#include "strategy/common_ground.h"
#include "strategy/game_support.h"
#include "strategy/talks.h"
#include "support.h"

namespace detente::test {
namespace {

World toy(const Model& model = default_model()) {
    const Economy e = testing::suited_to(model, toy_economy());
    return calibrate(e, testing::options_for(model, e)).world;
}

std::vector<double> war_utilities(const TradeWar& war) {
    std::vector<double> list;
    for (const PlayerOutcome& player : war.players) list.push_back(player.utility);
    return list;
}

// A large elasticity leaves a small country no market power: its optimal tariff is small, and falls with theta.
TEST(OptimalPolicy, TariffFallsWithTheElasticity) {
    double last = 10.0;
    for (const double theta : {2.0, 4.0, 8.0, 16.0}) {
        Economy e = toy_economy();
        e.theta = {theta, theta};
        const World world = calibrate(e, {}).world;
        const Player player = government(world, 0, {}, 1, TariffForm::uniform);
        const double rate = optimal_policy(world, {}, player.objective, player.instruments).means.simple;
        EXPECT_LT(rate, last);
        EXPECT_GT(rate, 0.0);
        last = rate;
    }
}

// More freedom cannot hurt: lines do at least as well as MFN, and MFN as one rate.
TEST(OptimalPolicy, MoreInstrumentsAreNoWorse) {
    for (const Model* model : testing::models_under_test().rows()) {
        const World world = toy(*model);
        double best = 0.0;
        for (const TariffForm form : {TariffForm::uniform, TariffForm::mfn, TariffForm::line}) {
            const Player player = government(world, 1, {}, 0, form);
            const double u = optimal_policy(world, {}, player.objective, player.instruments).utility;
            EXPECT_GE(u, best - 1e-12) << to_string(form);
            best = u;
        }
    }
}

TEST(OptimalPolicy, BoundsHold) {
    const World world = toy();
    Player player = government(world, 0, {}, 1);
    player.instruments.upper = 0.05;
    const Optimum best = optimal_policy(world, {}, player.objective, player.instruments);
    for (int i = 1; i < 3; ++i) EXPECT_DOUBLE_EQ(best.shock.tariff(i, 0, 0), 0.05);
    EXPECT_EQ(best.certificate.projected_gradient, 0.0);
}

// One rate on one line: the optimum of a scan.
TEST(OptimalPolicy, OneRateMatchesAScan) {
    for (const Model* model : testing::models_under_test().rows()) {
        const World world = toy(*model);
        const Player player = government(world, 2, {0}, 1);
        const Optimum best = optimal_policy(world, {}, player.objective, player.instruments);
        std::vector<double> rate;
        for (int k = 0; k <= 400; ++k) rate.push_back(0.005 * k);
        const ResponseCurve curve = response_curve(world, {}, player, rate);
        const auto top = std::max_element(curve.utility.begin(), curve.utility.end()) - curve.utility.begin();
        EXPECT_NEAR(best.means.simple, rate[static_cast<std::size_t>(top)], 0.005);
        EXPECT_GE(best.utility, curve.utility[static_cast<std::size_t>(top)]);
    }
}

// Whoever counts a rival's loss as a gain sets higher tariffs on it and ends with less welfare of its own.
TEST(OptimalPolicy, RelativeGainsRaiseTariffsAndCostWelfare) {
    const World world = toy();
    Player player = government(world, 0, {1}, 1);
    const Optimum own = optimal_policy(world, {}, player.objective, player.instruments);
    player.objective.rivals = {1};
    player.objective.relative_gains = 0.5;
    const Optimum relative = optimal_policy(world, {}, player.objective, player.instruments);
    EXPECT_GT(relative.means.simple, own.means.simple);
    EXPECT_LT(relative.equilibrium.welfare_hat[0], own.equilibrium.welfare_hat[0]);
    EXPECT_LT(relative.equilibrium.welfare_hat[1], own.equilibrium.welfare_hat[1]);
}

// A tariff that comes straight back is worth less than one that does not.
TEST(OptimalPolicy, AutomaticReciprocityLowersTariffs) {
    const World world = toy();
    Player player = government(world, 1, {0}, 1);
    const Optimum alone = optimal_policy(world, {}, player.objective, player.instruments);
    player.instruments.reciprocated = true;
    const Optimum answered = optimal_policy(world, {}, player.objective, player.instruments);
    EXPECT_LT(answered.means.simple, alone.means.simple);
    EXPECT_DOUBLE_EQ(answered.shock.tariff(0, 1, 0), answered.shock.tariff(1, 0, 0));
}

TEST(OptimalPolicy, BeatsThePublishedFormulaOnWorld2023) {
    const World world = calibrate(Catalogue::beside_program().load("world-2023"), model_options("melitz")).world;
    const int us = world.regions.at("USA");
    for (const TariffForm form : {TariffForm::uniform, TariffForm::line}) {
        const Player player = government(world, us, {}, 0, form);
        OptimumOptions options;
        options.probes = 2;
        const Optimum best = optimal_policy(world, {}, player.objective, player.instruments, options);
        EXPECT_GE(percent(best.utility), 1.79) << to_string(form);
        EXPECT_TRUE(best.certificate.converged);
    }
}

// A re-optimisation of the United States with one rate for all climbs to where an income tax has nothing left to give
// back and there is no equilibrium. It is cut short and counted, and the others are the evidence.
TEST(TradeWar, SearchesThatLeadNowhereAreCutShort) {
    for (const Closure closure : {Closure::world_share, Closure::fixed}) {
        ModelOptions options = model_options("melitz");
        options.closure = closure;
        const World world = calibrate(Catalogue::beside_program().load("world-2023"), options).world;
        std::vector<Player> players;
        for (const char* name : {"USA", "CHN"})
            players.push_back(government(world, world.regions.at(name), {}, 0, TariffForm::uniform));
        NashOptions draws;
        draws.deviations = 40;
        const NashCertificate c = trade_war(world, {}, players, draws).certificate;
        EXPECT_TRUE(c.converged);
        EXPECT_LE(c.gap, 1e-9);
        EXPECT_EQ(c.starts, 41);
        EXPECT_GE(c.failed, 1);
        EXPECT_LE(c.failed, 10);
        EXPECT_EQ(c.finished + c.failed, 2 * 41);
        // Of each player's searches those that ended: the fewer of the two; the failures are the United States'.
        EXPECT_EQ(c.deviations, 41 - c.failed);
    }
}

TEST(OptimalPolicy, NothingImportedIsSaid) {
    const World world = toy();
    Player player = government(world, 0, {0});
    expect_error(ErrorKind::input, {"A imports nothing"},
                 [&] { optimal_policy(world, {}, player.objective, player.instruments); });
}

TEST(TradeWar, SymmetricCountriesFightToADraw) {
    Economy e = toy_economy();
    e.regions = IndexSet("region", {"A", "B"});
    e.theta = {4.0, 6.0};
    TradeTensor trade(2, 2), tariff(2, 2);
    RegionSector shares(2, 2), final_share(2, 2);
    InputTensor inputs(2, 2);
    for (int s = 0; s < 2; ++s) {
        for (int j = 0; j < 2; ++j) {
            for (int i = 0; i < 2; ++i) trade(i, j, s) = i == j ? 80.0 : 20.0;
            shares(j, s) = 1.0, final_share(j, s) = 0.5;
        }
    }
    e.trade = trade, e.tariff = tariff, e.value_added_share = shares, e.final_share = final_share,
    e.input_share = inputs;
    const World world = calibrate(e, {}).world;
    const TradeWar war = trade_war(world, {}, everyone(world));
    EXPECT_NEAR(war.players[0].utility, war.players[1].utility, 1e-9);
    EXPECT_NEAR(war.players[0].means.simple, war.players[1].means.simple, 1e-7);
    EXPECT_LT(war.players[0].utility, 1.0);
}

// A war between two while a third stands by leaves the third's tariffs alone.
TEST(TradeWar, BystandersKeepTheirTariffs) {
    const World world = toy();
    const TradeWar war = trade_war(world, {}, {government(world, 0, {1}, 1), government(world, 1, {0}, 1)});
    for (int i = 0; i < 3; ++i) EXPECT_EQ(war.shock.tariff(i, 2, 0), world.tariff(i, 2, 0));
    EXPECT_EQ(war.shock.tariff(2, 0, 0), world.tariff(2, 0, 0));
    EXPECT_LT(war.certificate.gap, 1e-7);
}

TEST(TradeWar, EveryModelAndForm) {
    for (const Model* model : testing::models_under_test().rows()) {
        for (const TariffForm form : {TariffForm::line, TariffForm::mfn, TariffForm::uniform}) {
            const World world = toy(*model);
            const TradeWar war = trade_war(world, {}, everyone(world, form));
            EXPECT_LT(war.certificate.gap, 1e-7) << model->name << ' ' << to_string(form);
        }
    }
}

// Random and directed deviations, each a plain solve: no use of the first-order conditions that found the war.
void check_war(const World& world, const TradeWar& war, const std::vector<Player>& players, std::mt19937_64& random,
               const std::string& which) {
    std::normal_distribution<double> normal;
    for (const Player& player : players) {
        const std::vector<TariffBlock> blocks = tariff_blocks(world, player.instruments, 0);
        const std::vector<double> here = rates(blocks, war.shock.tariff);
        const double u = utility(world, war.equilibrium, player.objective);
        for (int k = 0; k < 12; ++k) {
            std::vector<double> rate = here;
            const double size = std::pow(10.0, -3.0 + 0.25 * k);
            for (std::size_t b = 0; b < rate.size(); ++b) {
                if (k % 4 == 0) rate[b] += size * normal(random);                                   // at random
                if (k % 4 == 1 && b == static_cast<std::size_t>(k) % rate.size()) rate[b] += size;  // one rate up
                if (k % 4 == 2) rate[b] = (1.0 - size) * rate[b];  // towards free trade
                if (k % 4 == 3) rate[b] = (1.0 + size) * rate[b];  // further up
                rate[b] = std::clamp(rate[b], blocks[b].lower, blocks[b].upper);
            }
            Shock shock = war.shock;
            set_rates(blocks, rate, shock.tariff);
            try {
                EXPECT_LE(utility(world, solve(world, shock), player.objective), u * (1.0 + 1e-9))
                    << which << ", player " << world.regions[player.objective.region] << ", deviation " << k;
            } catch (const Error&) {
                continue;  // that deviation has no equilibrium
            }
        }
    }
}

struct RandomGame {
    World world;
    std::vector<Player> players;
    std::string name;
};

// Mostly balanced trade: with fixed transfers a receiver can often tax trade away altogether, and no war is an
// equilibrium (the engine says so).
std::optional<RandomGame> random_game(unsigned seed, std::mt19937_64& random) {
    testing::RandomSpec spec;
    spec.max_regions = 6, spec.max_sectors = 5;
    spec.min_theta = 1.5, spec.max_theta = 10.0, spec.max_tariff = 0.3, spec.zero_flows = 0.1;
    const std::vector<const Model*>& models = testing::models_under_test().rows();
    const Model& model = *models[seed % models.size()];
    const Economy economy = testing::random_economy(random, testing::suited_to(model, spec));
    ModelOptions options = testing::options_for(model, economy);
    options.closure = seed % 8 == 0 ? options.closure : Closure::balanced;
    RandomGame game;
    try {
        game.world = calibrate(economy, options).world;
    } catch (const Error&) {
        return std::nullopt;  // an economy that the model refuses
    }
    const auto form = static_cast<TariffForm>(seed / 7 % 3);
    const int count = std::min(game.world.n_regions(), 2 + static_cast<int>(seed % 2));
    for (int j = 0; j < count; ++j) {
        game.players.push_back(government(game.world, j, {}, 0, form));
        if (tariff_blocks(game.world, game.players.back().instruments, 0).empty()) return std::nullopt;
    }
    game.name = "seed " + std::to_string(seed) + " (" + model.name + ", " + to_string(form) + ")";
    return game;
}

TEST(TradeWar, TwoHundredRandomGamesPassDeviations) {
    int claimed = 0, refused = 0;
    for (unsigned seed = 1; claimed < 200 && seed < 2000; ++seed) {
        std::mt19937_64 random(seed);
        const auto game = random_game(seed, random);
        if (!game) continue;
        NashOptions search;
        search.deviations = 2;
        try {
            const TradeWar war = trade_war(game->world, {}, game->players, search);
            check_war(game->world, war, game->players, random, game->name);
            ++claimed;
        } catch (const Error& error) {
            EXPECT_NE(std::string(error.what()).find("no trade war found"), std::string::npos) << error.what();
            std::cout << game->name << ": " << error.what() << std::endl;
            ++refused;
        }
    }
    EXPECT_EQ(claimed, 200);
    EXPECT_LE(refused, 10) << "of " << claimed + refused;
}

TEST(Talks, EachMethodMeetsItsCondition) {
    const World world = toy();
    const std::vector<Player> players = {government(world, 0, {}, 1), government(world, 1, {}, 1)};
    const std::vector<double> threat = war_utilities(trade_war(world, {}, players));
    std::vector<double> product;
    for (const TalksMethod method :
         {TalksMethod::efficient, TalksMethod::nash_bargaining, TalksMethod::kalai_smorodinsky}) {
        TalksOptions options;
        options.method = method;
        const Talks deal = trade_talks(world, {}, players, threat, options);
        EXPECT_TRUE(deal.everyone_gains);
        EXPECT_LT(deal.certificate.pareto_gain, 1e-9) << to_string(method);
        const double a = deal.utility[0] - threat[0], b = deal.utility[1] - threat[1];
        product.push_back(a * b);
        if (method == TalksMethod::efficient) {
            EXPECT_NEAR(deal.utility[0] / threat[0], deal.utility[1] / threat[1], 1e-7);
        } else if (method == TalksMethod::nash_bargaining) {
            EXPECT_NEAR(deal.weight[0] * a / (deal.weight[1] * b), 1.0, 2e-5);
        } else {
            EXPECT_NEAR(a / (deal.ideal[0] - threat[0]), b / (deal.ideal[1] - threat[1]), 2e-5);
        }
    }
    EXPECT_GE(product[1], product[0] * (1.0 - 1e-6));
    EXPECT_GE(product[1], product[2] * (1.0 - 1e-6));
}

TEST(Talks, PowerMovesTheDeal) {
    const World world = toy();
    const std::vector<Player> players = {government(world, 0, {}, 1), government(world, 1, {}, 1)};
    const std::vector<double> threat = war_utilities(trade_war(world, {}, players));
    TalksOptions options;
    const Talks even = trade_talks(world, {}, players, threat, options);
    options.power = {2.0, 1.0};
    const Talks uneven = trade_talks(world, {}, players, threat, options);
    EXPECT_GT(uneven.utility[0], even.utility[0]);
    EXPECT_LT(uneven.utility[1], even.utility[1]);
}

// Money is a better way to share gains than tariffs: with it the product of gains is no smaller.
TEST(Talks, TransfersDoNoHarm) {
    const World world = toy();
    const std::vector<Player> players = {government(world, 0, {}, 1), government(world, 1, {}, 1)};
    const std::vector<double> threat = war_utilities(trade_war(world, {}, players));
    TalksOptions options;
    const auto product = [&](const Talks& t) { return (t.utility[0] - threat[0]) * (t.utility[1] - threat[1]); };
    const double without = product(trade_talks(world, {}, players, threat, options));
    options.transfers = true;
    const Talks with = trade_talks(world, {}, players, threat, options);
    EXPECT_GE(product(with), without * (1.0 - 1e-9));
    EXPECT_NEAR(with.transfer[0] + with.transfer[1], 0.0, 1e-9);
}

// Whatever the threats below what is in force, there is a deal, and it is found or the search says that it failed.
TEST(Talks, ADealThatIsThereIsNotDenied) {
    const World world = toy();
    const std::vector<Player> players = everyone(world);
    for (const std::vector<double>& threat :
         {std::vector<double>{0.98, 0.9, 0.98}, {0.99, 0.99, 0.99}, {0.95, 0.99, 0.9}}) {
        try {
            const Talks deal = trade_talks(world, {}, players, threat);
            EXPECT_TRUE(deal.everyone_gains);
        } catch (const Error& error) {
            EXPECT_EQ(std::string(error.what()).find("no deal"), std::string::npos) << error.what();
        }
    }
}

// At the end of the frontier nobody can be helped further: equal gains are out of reach, and the answer is the end.
TEST(Talks, EqualGainsOutOfReachEndAtACorner) {
    const World world = toy();
    const std::vector<Player> players = {government(world, 0, {}, 1), government(world, 1, {}, 1)};
    TalksOptions options;
    options.method = TalksMethod::efficient;
    const Talks deal = trade_talks(world, {}, players, {1.003, 0.9}, options);
    EXPECT_LT(deal.utility[0] / 1.003, deal.utility[1] / 0.9);
    const auto ends = pareto_frontier(world, {}, players, 2);
    EXPECT_NEAR(deal.utility[0], ends[0].utility[0], 1e-4);
}

TEST(Talks, NoDealIsSaid) {
    const World world = toy();
    const std::vector<Player> players = {government(world, 0, {}, 1), government(world, 1, {}, 1)};
    expect_error(ErrorKind::solve, {"no deal"}, [&] { trade_talks(world, {}, players, {1.2, 1.2}); });
}

// Along the frontier one side's gain is the other's loss, and no point lies above another.
TEST(Talks, FrontierFalls) {
    const World world = toy(built_in_models().at("krugman"));
    const std::vector<Player> players = {government(world, 0), government(world, 1)};
    const auto frontier = pareto_frontier(world, {}, players, 9);
    for (std::size_t k = 1; k < frontier.size(); ++k) {
        EXPECT_LE(frontier[k].utility[0], frontier[k - 1].utility[0] + 1e-10);
        EXPECT_GE(frontier[k].utility[1], frontier[k - 1].utility[1] - 1e-10);
    }
}

struct Dispute {
    World world;
    Shock status_quo;
    TradeTensor settlement;
    std::vector<TariffIssue> issues;
    std::vector<Objective> players;
};

// Two regions of a random economy tax each other; each sector is an issue. Some settlements favour one side.
Dispute dispute(int sectors) {
    std::mt19937_64 random(5);
    testing::RandomSpec spec;
    spec.min_regions = spec.max_regions = 4, spec.min_sectors = spec.max_sectors = sectors;
    spec.min_theta = 3.0, spec.max_theta = 8.0, spec.zero_flows = spec.non_traded = spec.empty_markets = 0.0;
    spec.tariffs = false;
    Dispute d;
    d.world = calibrate(testing::random_economy(random, spec), {}).world;
    d.status_quo.tariff = d.settlement = d.world.tariff;
    for (int s = 0; s < sectors; ++s) {
        d.status_quo.tariff(0, 1, s) = 0.3, d.status_quo.tariff(1, 0, s) = 0.25;
        d.settlement(0, 1, s) = s % 3 == 0 ? 0.3 : 0.02, d.settlement(1, 0, s) = s % 3 == 1 ? 0.25 : 0.02;
        d.issues.push_back({"issue " + std::to_string(s), {{0, 1, s}, {1, 0, s}}});
    }
    d.players = {Objective{0, {}, 0.0, {}}, Objective{1, {}, 0.0, {}}};
    return d;
}

TEST(CommonGround, BranchAndBoundFindsWhatEnumerationFinds) {
    for (const int sectors : {5, 8}) {
        const Dispute d = dispute(sectors);
        CommonGroundOptions options;
        const CommonGround tried = common_ground(d.world, d.status_quo, d.settlement, d.issues, d.players, options);
        EXPECT_EQ(tried.method, "enumeration");
        options.enumerate = 0;
        const CommonGround bounded = common_ground(d.world, d.status_quo, d.settlement, d.issues, d.players, options);
        EXPECT_EQ(bounded.method, "branch and bound with local bounds");
        EXPECT_TRUE(tried.proved);
        EXPECT_FALSE(bounded.proved);
        EXPECT_EQ(bounded.settled, tried.settled);
        EXPECT_EQ(bounded.found, tried.found);
        for (std::size_t p = 0; p < 2 && tried.found; ++p) EXPECT_GT(tried.utility[p], tried.status_quo[p]);
    }
}

// The subsets are looked at in parts: the answer and the count are those of one thread, and every subset is looked at.
TEST(CommonGround, ThreadsDoNotMatter) {
    const Dispute d = dispute(11);
    CommonGroundOptions options;
    const CommonGround one = common_ground(d.world, d.status_quo, d.settlement, d.issues, d.players, options);
    options.threads = 2;
    const CommonGround two = common_ground(d.world, d.status_quo, d.settlement, d.issues, d.players, options);
    EXPECT_EQ(one.settled, two.settled);
    EXPECT_EQ(one.utility, two.utility);
    EXPECT_EQ(one.equilibria, two.equilibria);
    EXPECT_GE(one.equilibria, 1 << 11);
    EXPECT_TRUE(two.proved);
    // Leaving out or adding any one issue is no better.
    const auto product = [&](const std::vector<double>& u) {
        double value = 1.0;
        for (std::size_t p = 0; p < 2; ++p) value *= std::max(0.0, u[p] - one.status_quo[p]);
        return value;
    };
    for (std::size_t k = 0; k < d.issues.size(); ++k) {
        Shock other = one.shock;
        const TradeTensor& to = one.settled[k] != 0 ? d.status_quo.tariff : d.settlement;
        for (const auto& [i, j, s] : d.issues[k].lines) other.tariff(i, j, s) = to(i, j, s);
        const Equilibrium e = solve(d.world, other);
        EXPECT_LE(product({utility(d.world, e, d.players[0]), utility(d.world, e, d.players[1])}),
                  product(one.utility) * (1.0 + 1e-6));
    }
}

TEST(CommonGround, MostIssuesLeavesNobodyWorse) {
    const Dispute d = dispute(6);
    CommonGroundOptions options;
    options.goal = CommonGroundOptions::Goal::most_issues;
    const CommonGround most = common_ground(d.world, d.status_quo, d.settlement, d.issues, d.players, options);
    options.goal = CommonGroundOptions::Goal::nash_product;
    const CommonGround best = common_ground(d.world, d.status_quo, d.settlement, d.issues, d.players, options);
    const auto count = [](const CommonGround& g) { return std::count(g.settled.begin(), g.settled.end(), 1); };
    EXPECT_GE(count(most), count(best));
    for (std::size_t p = 0; p < 2; ++p) EXPECT_GE(most.utility[p], most.status_quo[p]);
}

TEST(CommonGround, EmptyIssuesAreRefused) {
    Dispute d = dispute(2);
    d.issues[1].lines.clear();
    expect_error(ErrorKind::input, {"issue 1", "no tariff line"},
                 [&] { common_ground(d.world, d.status_quo, d.settlement, d.issues, d.players); });
}

}  // namespace
}  // namespace detente::test
