// The public library, seen from outside: nothing of the engine is included here.
#include <detente/detente.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <thread>

namespace {

using detente::Economy;
using detente::Error;
using detente::ErrorKind;
using detente::Policy;
using detente::Table;
using detente::World;

const World& us_china() {
    static const World world = detente::calibrate(Economy::load("us-china-2017"));
    return world;
}

Policy ten_points() {
    return {.tariff = {{.importer = {"USA"}, .exporter = {"CHN"}, .add = 0.10}}};
}

// The error that `act` throws, for a look at its fields.
Error error_of(const std::function<void()>& act) {
    try {
        act();
    } catch (const Error& error) {
        return error;
    }
    ADD_FAILURE() << "nothing was thrown";
    return {"", {}};
}

// Two countries, two sectors, no input-output links; everything by formula, so that a place in an array is seen.
struct Arrays {
    std::vector<double> trade, tariff, final_share = {0.5, 0.5, 0.4, 0.6}, value_added_share = {1.0, 1.0, 1.0, 1.0},
                                       input_share = std::vector<double>(8, 0.0), theta = {4.0, 6.0};
    detente::EconomyArrays economy;
    Arrays() {
        for (int i = 0; i < 2; ++i)
            for (int j = 0; j < 2; ++j)
                for (int s = 0; s < 2; ++s) {
                    trade.push_back(i == j ? 100.0 + 10 * i + s : 10.0 + 4 * i + 2 * j + s);
                    tariff.push_back(i == j ? 0.0 : 0.01 * (1 + i + 2 * j + 4 * s));
                }
        economy.title = "Two countries", economy.unit = "money", economy.year = 2020;
        economy.regions = {"Here", "There"}, economy.sectors = {"apples", "pears"};
        economy.trade = trade, economy.tariff = tariff, economy.final_share = final_share;
        economy.value_added_share = value_added_share, economy.input_share = input_share, economy.theta = theta;
        economy.sector_columns["extra"] = {0.05, 0.20};
    }
};

TEST(Library, ArraysAreTakenInTheOrderOfTheirIndices) {
    const Arrays arrays;
    const Economy economy = Economy::from_arrays(arrays.economy);
    const Table trade = economy.trade();
    EXPECT_EQ(trade.rank(), 3U);
    EXPECT_EQ(trade.dimensions()[1].name, "importer");
    EXPECT_EQ(trade.labels(2), (std::vector<std::string>{"apples", "pears"}));
    EXPECT_EQ(trade.at({"Here", "There", "pears"}), arrays.trade[0 * 4 + 1 * 2 + 1]);
    EXPECT_EQ(trade(1, 0, 1), arrays.trade[1 * 4 + 0 * 2 + 1]);
    EXPECT_EQ(economy.tariff().at({"There", "Here", "apples"}), arrays.tariff[4]);
    EXPECT_EQ(economy.final_share().at({"There", "pears"}), 0.6);
    EXPECT_EQ(economy.column("extra")["pears"], 0.20);
    EXPECT_EQ(economy.unit(), "money");
}

TEST(Library, AnArrayOfAnotherSizeIsNamed) {
    Arrays arrays;
    arrays.economy.tariff = std::span(arrays.tariff).first(7);
    const Error error = error_of([&] { Economy::from_arrays(arrays.economy); });
    EXPECT_EQ(error.kind(), ErrorKind::input);
    EXPECT_EQ(error.key(), "tariff");
    EXPECT_EQ(error.found(), "7");
    EXPECT_NE(error.expected().find("8 numbers"), std::string::npos);
}

TEST(Library, AnEconomyFromArraysIsSolved) {
    const Arrays arrays;
    const World world = detente::calibrate(Economy::from_arrays(arrays.economy));
    EXPECT_TRUE(world.certificate().converged);
    EXPECT_EQ(world.model(), "ricardian");
    const Policy policy{.tariff = {{.importer = {"Here"}, .exporter = {"There"}, .add_column = "extra"}}};
    const detente::Equilibrium equilibrium = detente::solve(world, policy);
    EXPECT_LT(equilibrium.certificate().residual, 1e-12);
    EXPECT_DOUBLE_EQ(equilibrium.tariff().at({"There", "Here", "pears"}), arrays.tariff[5] + 0.20);
    EXPECT_LT(equilibrium.welfare_percent()["There"], 0.0);
}

TEST(Library, AMisspeltEconomyIsAnErrorWithTheNearest) {
    const Error error = error_of([] { Economy::load("us-chna-2017"); });
    EXPECT_EQ(error.kind(), ErrorKind::input);
    EXPECT_EQ(error.found(), "\"us-chna-2017\"");
    EXPECT_EQ(error.nearest(), "us-china-2017");
    EXPECT_NE(std::string(error.what()).find("did you mean \"us-china-2017\"?"), std::string::npos);
    EXPECT_EQ(error_of([] { Economy::load("/nowhere/x.nc"); }).kind(), ErrorKind::file);
}

TEST(Library, NamesInAPolicyAreChecked) {
    const Policy policy{.tariff = {{.importer = {"USA"}, .add = 0.1}, {.importer = {"CNH"}, .add = 0.1}}};
    const Error error = error_of([&] { detente::solve(us_china(), policy); });
    EXPECT_EQ(error.key(), "tariff[1].importer");
    EXPECT_EQ(error.nearest(), "CHN");
    const Error two = error_of([] { detente::solve(us_china(), {.tariff = {{.rate = 0.1, .add = 0.1}}}); });
    EXPECT_EQ(two.key(), "tariff[0]");
    EXPECT_EQ(two.found(), "2");
}

TEST(Library, ModelsAndOptionsGoByName) {
    EXPECT_EQ(detente::models().front().name, "ricardian");
    for (const detente::ModelInfo& model : detente::models())
        for (const detente::ModelOptionInfo& option : model.options) EXPECT_FALSE(option.text.empty()) << option.name;
    const Economy& economy = us_china().economy();
    EXPECT_EQ(error_of([&] { detente::calibrate(economy, {"ricardan", {}}); }).nearest(), "ricardian");
    EXPECT_EQ(error_of([&] {
                  detente::calibrate(economy, {"ricardian", {{"clsure", "fixed"}}});
              }).nearest(),
              "closure");
    EXPECT_EQ(error_of([&] { detente::calibrate(economy, {"ricardian", {{"labour_supply", -1.0}}}); }).found(), "-1");
    EXPECT_EQ(error_of([&] {
                  detente::calibrate(economy, {"ricardian", {{"labour_supply", "much"}}});
              }).key(),
              "model.labour_supply");
    EXPECT_EQ(error_of([&] {
                  detente::calibrate(economy, {"krugman", {{"scale_economies", true}}});
              }).kind(),
              ErrorKind::input);
    const World world = detente::calibrate(economy, {"ricardian", {{"closure", "balanced"}}});
    for (const double transfer : world.transfer().data()) EXPECT_EQ(transfer, 0.0);
}

TEST(Library, ATableOutlivesWhatItWasTakenFrom) {
    Table welfare, share;
    {
        const detente::Equilibrium equilibrium = detente::solve(us_china(), ten_points());
        welfare = equilibrium.welfare_percent(), share = equilibrium.trade_share();
    }
    EXPECT_LT(welfare["CHN"], 0.0);
    double sum = 0.0;
    for (std::size_t i = 0; i < share.labels().size(); ++i) sum += share(i, 0, 0);
    EXPECT_NEAR(sum, 1.0, 1e-12);
    EXPECT_EQ(error_of([&] { (void)welfare["CNH"]; }).nearest(), "CHN");
    EXPECT_EQ(error_of([&] { (void)share.at({"CHN", "USA"}); }).expected(), "3");
}

TEST(Library, ResultsByKeyAreThoseByName) {
    const detente::Equilibrium equilibrium = detente::solve(us_china(), ten_points());
    EXPECT_EQ(equilibrium.result("welfare_percent")["USA"], equilibrium.welfare_percent()["USA"]);
    EXPECT_NEAR(equilibrium.result("ev")["USA"],
                0.01 * equilibrium.welfare_percent()["USA"] * us_china().income()["USA"], 1e-6);
    EXPECT_EQ(error_of([&] { (void)equilibrium.result("welfare_pecent"); }).nearest(), "welfare_percent");
    const std::vector<std::string> keys = equilibrium.result_keys();
    EXPECT_EQ(std::count(keys.begin(), keys.end(), "profit_percent"), 0) << "a key of another model";
}

TEST(Library, AGradientIsTheSlopeOfWelfare) {
    const detente::Equilibrium at = detente::solve(us_china(), ten_points());
    const detente::Gradient gradient = detente::welfare_gradient(at, "CHN");
    const std::vector<bool> goods = us_china().economy().goods();
    const std::vector<std::string>& sectors = us_china().sectors();
    double all_goods = 0.0;
    for (std::size_t s = 0; s < sectors.size(); ++s)
        if (goods[s]) all_goods += gradient.tariff.at({"CHN", "USA", sectors[s]});
    constexpr double step = 1e-4;
    const auto welfare = [&](double change) {
        Policy policy = ten_points();
        policy.tariff.push_back({.importer = {"USA"}, .exporter = {"CHN"}, .add = change});
        return std::log1p(detente::solve(us_china(), policy).welfare_percent()["CHN"] / 100.0);
    };
    EXPECT_NEAR(all_goods, (welfare(step) - welfare(-step)) / (2 * step), 1e-6 * std::abs(all_goods));
    EXPECT_NEAR(gradient.value, welfare(0.0), 1e-13);
    const auto more = [&](double change) {
        Policy policy = ten_points();
        policy.factor_supply = {{.region = {"CHN"}, .factor = std::exp(change)}};
        return std::log1p(detente::solve(us_china(), policy).welfare_percent()["CHN"] / 100.0);
    };
    EXPECT_NEAR(gradient.factor_supply["CHN"], (more(step) - more(-step)) / (2 * step), 1e-7);
}

TEST(Library, APathIsYearAfterYear) {
    detente::PathOptions options;
    options.capital = {.share = 0.4, .transition = 0.1, .discount = 0.95};
    options.productivity = {{.region = {"*"}, .rate = 0.02}, {.region = {"CHN"}, .rate = 0.05}};
    const detente::Path path = detente::path(us_china(), 2018, 2022, {{2018, ten_points()}, {2021, {}}}, options);
    EXPECT_EQ(path.years, (std::vector<int>{2018, 2019, 2020, 2021, 2022}));
    EXPECT_NEAR(path.impact_percent["CHN"], detente::solve(us_china(), ten_points()).welfare_percent()["CHN"], 1e-9);
    EXPECT_EQ(path.capital_percent.at({"CHN", "2018"}), 0.0);
    // The second year by hand, from the first: V = A K^chi.
    const auto ratio = [](double percent) { return 1.0 + percent / 100.0; };
    Policy second = ten_points();
    for (const std::string& region : us_china().regions()) {
        const double capital = std::pow(ratio(path.consumption_percent.at({region, "2018"})), 0.1);
        EXPECT_NEAR(ratio(path.capital_percent.at({region, "2019"})), capital, 1e-13);
        const double productivity = region == "CHN" ? 1.05 : 1.02;
        second.factor_supply.push_back({{region}, productivity * std::pow(capital, 0.4)});
    }
    const detente::Equilibrium solved = detente::solve(us_china(), second);
    EXPECT_NEAR(path.consumption_percent.at({"CHN", "2019"}), solved.welfare_percent()["CHN"], 1e-8);
    EXPECT_LT(path.year_welfare_percent.at({"CHN", "2020"}), 0.0);
    EXPECT_LT(std::abs(path.long_run_percent["CHN"]), 1e-8) << "nothing is left of what has ended";
    EXPECT_LT(path.residual, 1e-11);

    const auto wrong = [&](std::vector<detente::Phase> phases, int last) {
        return error_of([&] { detente::path(us_china(), 2018, last, phases); });
    };
    EXPECT_EQ(wrong({{2020, {}}, {2019, {}}}, 2022).key(), "phases[1].from");
    EXPECT_EQ(wrong({{2030, {}}}, 2022).key(), "phases[0].from");
    EXPECT_EQ(wrong({}, 2022).key(), "phases");
    EXPECT_EQ(wrong({{2018, {}}}, 2017).key(), "years");
    options.productivity = {{.region = {"CHM"}, .rate = 0.05}};
    const Error unknown = error_of([&] { detente::path(us_china(), 2018, 2019, {{2018, {}}}, options); });
    EXPECT_EQ(unknown.key(), "productivity[0].region");

    std::stop_source stop;
    int heard = 0;
    detente::PathOptions told;
    told.solve.job = {stop.get_token(), [&](const detente::Progress& p) {
                          heard = p.what == "years" ? p.done : heard;
                          if (heard == 2) stop.request_stop();
                      }};
    const Error ended = error_of([&] { detente::path(us_china(), 2018, 2100, {{2018, ten_points()}}, told); });
    EXPECT_EQ(ended.kind(), ErrorKind::cancelled);
    EXPECT_EQ(heard, 2) << "it ends with the year in which it was stopped";
    EXPECT_EQ(unknown.nearest(), "CHN");
}

TEST(Library, AWarCanBeBegunFromAndSolvedAgain) {
    const std::vector<detente::Government> governments = {
        {.region = "USA", .exporter = {"players"}, .form = "uniform"},
        {.region = "CHN", .exporter = {"players"}, .form = "uniform"}};
    const detente::TradeWar war = detente::trade_war(us_china(), governments, ten_points());
    EXPECT_TRUE(war.converged);
    EXPECT_LT(war.gap, 1e-7);
    const detente::Equilibrium again = detente::solve(us_china(), war.policy);
    for (const char* region : {"USA", "CHN", "EU"})
        EXPECT_NEAR(again.welfare_percent()[region], war.equilibrium.welfare_percent()[region], 1e-9);
    Policy further = war.policy;
    further.tariff.push_back({.importer = {"USA"}, .exporter = {"CHN"}, .add = 0.05});
    const std::string sector = us_china().sectors()[0];
    EXPECT_NEAR(detente::solve(us_china(), further).tariff().at({"CHN", "USA", sector}),
                war.equilibrium.tariff().at({"CHN", "USA", sector}) + 0.05, 1e-14);

    const detente::OptimalTariffs alone =
        detente::optimal_tariffs(us_china(), {.region = "USA", .exporter = {"CHN"}, .form = "uniform"}, war.policy);
    EXPECT_NEAR(alone.utility, war.players[0].utility, 1e-9) << "its best answer is what it does already";
    const detente::Talks deal = detente::talks(us_china(), governments, war.equilibrium, war.policy);
    EXPECT_TRUE(deal.everyone_gains);
    for (const detente::TalksPlayer& player : deal.players) EXPECT_GT(player.utility, player.threat);
}

TEST(Library, WhatIsInForceInAnEquilibriumIsAPolicy) {
    const World world = detente::calibrate(Economy::load("us-china-2017"), {"ricardian", {{"closure", "fixed"}}});
    Policy everything = ten_points();
    everything.trade_cost = {
        {.importer = {"USA", "EU"}, .exporter = {"CHN", "JPN"}, .sector = {"goods"}, .factor = 1.1},
        {.importer = {"USA"}, .exporter = {"CHN"}, .sector = {"D26"}, .factor = 0.9}};
    everything.productivity = {{.region = {"CHN", "IND"}, .sector = {"D26", "D27"}, .factor = 1.2}};
    everything.factor_supply = {{.region = {"IND", "BRA"}, .factor = 1.05}};
    everything.deficit = {{.region = {"USA"}, .scale = 0.5}};
    const detente::Equilibrium solved = detente::solve(world, everything);
    const Policy found = solved.policy();
    EXPECT_EQ(found.tariff_rates.size(), 7U * 7U * 44U);
    EXPECT_EQ(found.deficit.size(), 7U);
    EXPECT_LE(found.trade_cost.size(), 4U) << "lines that are alike are gathered";
    ASSERT_EQ(found.factor_supply.size(), 1U);
    EXPECT_EQ(found.factor_supply[0].region.size(), 2U);
    EXPECT_EQ(found.factor_supply[0].factor, 1.05);
    const detente::Equilibrium again = detente::solve(world, found);
    for (const std::string& region : world.regions())
        EXPECT_NEAR(again.welfare_percent()[region], solved.welfare_percent()[region], 1e-9) << region;
    EXPECT_TRUE(detente::solve(world, {}).policy().trade_cost.empty());
}

TEST(Library, BoundsOfATariffAreChecked) {
    const auto solve = [](std::optional<double> least, std::optional<double> most) {
        Policy policy;
        policy.tariff = {{.importer = {"USA"}, .exporter = {"CHN"}, .rate = 0.2, .minimum = least, .maximum = most}};
        return error_of([&] { detente::solve(us_china(), policy); });
    };
    EXPECT_EQ(solve(0.5, 0.1).key(), "tariff[0].min");
    EXPECT_EQ(solve(-2.0, {}).key(), "tariff[0].min");
    EXPECT_EQ(solve({}, -1.0).key(), "tariff[0].max");
}

TEST(Library, GovernmentsThatCannotBeAreErrors) {
    const auto war = [](std::vector<detente::Government> governments) {
        return error_of([&] { detente::trade_war(us_china(), governments); });
    };
    EXPECT_EQ(war({{.region = "USA"}}).found(), "1");
    EXPECT_NE(std::string(war({{.region = "USA"}, {.region = "USA"}}).what()).find("stands twice"), std::string::npos);
    EXPECT_EQ(war({{.region = "USA", .form = "unifrm"}, {.region = "CHN"}}).nearest(), "uniform");
    EXPECT_NE(war({{.region = "USA"}, {.region = "CHN", .upper = -0.5}}).key().find("CHN"), std::string::npos);
}

TEST(Library, AVerdictOnThePrisonersDilemma) {
    const detente::Game game{.actions_a = {"cooperate", "defect"},
                             .actions_b = {"cooperate", "defect"},
                             .payoff_a = {3, 0, 5, 1},
                             .payoff_b = {3, 5, 0, 1}};
    const detente::GameVerdict patient = detente::verdict(game, {.discount_a = 0.9, .discount_b = 0.9});
    EXPECT_TRUE(patient.dilemma);
    EXPECT_TRUE(patient.self_enforcing);
    EXPECT_EQ(patient.cooperate.first, "cooperate");
    EXPECT_NEAR(patient.a.critical_discount.value(), 0.5, 1e-12) << "(5 - 3) / (5 - 1)";
    const detente::GameVerdict hasty = detente::verdict(game, {.discount_a = 0.4, .discount_b = 0.4});
    EXPECT_FALSE(hasty.self_enforcing);
    detente::Game wrong = game;
    wrong.payoff_b.pop_back();
    EXPECT_EQ(error_of([&] { detente::verdict(wrong); }).key(), "payoff_b");
}

TEST(Library, AnEconomyTakesTheElasticitiesOfASet) {
    const Economy base = Economy::load("us-china-2017"), other = base.with_elasticities("lashkaripour-lugovskyy");
    EXPECT_EQ(other.theta()["D19"], 0.64);
    EXPECT_EQ(other.psi()["D19"], 1.22);
    EXPECT_TRUE(other.theta_log_sd().empty());
    EXPECT_NE(other.elasticities().find("lashkaripour-lugovskyy"), std::string::npos);
    const Economy sure = base.with_elasticities("caliendo-parro");
    EXPECT_GT(sure.theta_log_sd()["D19"], 0.0);
    EXPECT_TRUE(sure.psi().empty());
    const Economy half = other.with_mean_elasticity(2.0), full = other.with_mean_elasticity(4.0);
    EXPECT_NEAR(full.theta()["D20"] / half.theta()["D20"], 2.0, 1e-14);
    EXPECT_NEAR(full.theta()["D20"] * full.psi()["D20"], other.theta()["D20"] * other.psi()["D20"], 1e-15);
    EXPECT_EQ(error_of([&] { (void)base.with_elasticities("unifrom"); }).nearest(), "uniform");
    EXPECT_EQ(error_of([&] { (void)base.with_mean_elasticity(0.0); }).key(), "mean");
}

TEST(Library, AStudyIsTextAndItsAnswersAreValues) {
    const std::string text =
        "title = 'Ten points'\n"
        "economy = { name = 'us-china-2017' }\n"
        "[[scenario]]\n"
        "name = 'ten-points'\n"
        "tariff = [ { importer = 'USA', exporter = 'CHN', add = 0.10 } ]\n"
        "[[claim]]\n"
        "text = 'China loses'\n"
        "holds = \"welfare('ten-points', 'CHN') < 0\"\n";
    const detente::Study study = detente::Study::parse(text, "mine.toml");
    EXPECT_EQ(study.title(), "Ten points");
    EXPECT_EQ(study.scenarios(), std::vector<std::string>{"ten-points"});
    const detente::Results results = detente::run(study);
    EXPECT_TRUE(results.complete());
    EXPECT_EQ(results.outcome("ten-points").welfare_percent()["CHN"],
              detente::solve(us_china(), ten_points()).welfare_percent()["CHN"]);
    ASSERT_EQ(results.claims().size(), 1U);
    EXPECT_EQ(results.claims()[0].verdict, "holds");
    EXPECT_NE(results.json().find("\"ten-points\""), std::string::npos);
    EXPECT_EQ(results.json(), detente::run(study).json()) << "equal runs give equal bytes";
    EXPECT_NE(results.report().find("<html"), std::string::npos);
    EXPECT_EQ(results.tables().count("regions"), 1U);
    EXPECT_EQ(error_of([&] { (void)results.outcome("ten-point"); }).nearest(), "ten-points");
    const Error error = error_of([] { detente::Study::parse("title = 1\n[economi]\n", "mine.toml"); });
    EXPECT_EQ(error.file(), "mine.toml");
    EXPECT_GT(error.line(), 0);
}

TEST(Library, FilesOfResultsAreWrittenWithoutTheRun) {
    const detente::Results results = detente::run(
        detente::Study::parse("title = 'x'\neconomy = { name = 'us-china-2017' }\n[[scenario]]\nname = 's'\n"
                              "tariff = [{ importer = 'USA', exporter = 'CHN', add = 0.1 }]\n"));
    const std::filesystem::path folder = std::filesystem::temp_directory_path() / "detente-result-files";
    std::filesystem::remove_all(folder);
    detente::ResultFiles files{results.json(), results.times(), results.report(), results.netcdf(), results.tables()};
    detente::save(files, folder.string());
    std::ifstream in(folder / "results.json");
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), results.json());
    for (const char* name : {"times.json", "results.nc", "report.html", "tables/regions.csv"})
        EXPECT_TRUE(std::filesystem::exists(folder / name)) << name;
    files.tables["../elsewhere"] = "a,b\n";
    EXPECT_EQ(error_of([&] { detente::save(files, folder.string()); }).key(), "tables");
    std::filesystem::remove_all(folder);
}

TEST(Library, AStudyTakesItsEconomyFromTheCatalogueItIsGiven) {
    const Arrays arrays;
    detente::Sources sources;
    sources.catalogue = {.economies = {{"two", Economy::from_arrays(arrays.economy)}}};
    const std::string text =
        "economy = { name = 'two' }\n"
        "[[scenario]]\n"
        "name = 's'\n"
        "tariff = [ { importer = 'Here', exporter = 'There', add = 0.10 } ]\n";
    EXPECT_TRUE(detente::run(detente::Study::parse(text, "mine.toml", sources)).complete());
    sources.catalogue = {};
    EXPECT_EQ(error_of([&] { detente::Study::parse(text, "mine.toml", sources); }).kind(), ErrorKind::input);
}

TEST(Library, AGameOfPoliciesIsOnTheWorld) {
    const std::vector<detente::NamedPolicy> policies = {{"as it is", {}}, {"ten points", ten_points()}};
    const detente::Game game = detente::game_of_policies(us_china(), "USA", "CHN", policies);
    ASSERT_EQ(game.payoff_a.size(), 4U);
    EXPECT_NEAR(game.payoff_a[0], 0.0, 1e-6) << "the base against itself";
    EXPECT_NEAR(game.payoff_b[2], detente::solve(us_china(), ten_points()).result("ev")["CHN"], 1e-3)
        << "the tariffs of the USA alone";
}

TEST(Library, AStoppedJobEndsAsCancelled) {
    std::stop_source stop;
    stop.request_stop();
    const detente::Job job{stop.get_token()};
    const auto kind = [](const std::function<void()>& act) { return error_of(act).kind(); };
    EXPECT_EQ(kind([&] { detente::solve(us_china(), ten_points(), {.job = job}); }), ErrorKind::cancelled);
    EXPECT_EQ(kind([&] {
                  detente::trade_war(us_china(), {{.region = "USA"}, {.region = "CHN"}}, {}, {.job = job});
              }),
              ErrorKind::cancelled);
}

TEST(Library, TwoThreadsGetWhatOneGets) {
    const double alone = detente::solve(us_china(), ten_points()).welfare_percent()["CHN"];
    double first = 0.0, second = 0.0;
    std::thread a([&] { first = detente::solve(us_china(), ten_points()).welfare_percent()["CHN"]; });
    std::thread b([&] { second = detente::solve(us_china(), ten_points()).welfare_percent()["CHN"]; });
    a.join(), b.join();
    EXPECT_EQ(first, alone);
    EXPECT_EQ(second, alone);
}

}  // namespace
