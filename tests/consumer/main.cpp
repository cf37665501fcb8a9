// A trade war between two powers, from an installed library.
#include <detente/detente.h>

#include <iostream>

int main() try {
    const detente::World world = detente::calibrate(detente::Economy::load("us-china-2017"));
    const detente::Policy tariffs{.tariff = {{.importer = {"USA"}, .exporter = {"CHN"}, .add = 0.10}}};
    std::cout << "welfare of the USA, %: " << detente::solve(world, tariffs).welfare_percent()["USA"] << "\n";

    const detente::Government usa{.region = "USA", .exporter = {"players"}, .form = "uniform"};
    const detente::Government china{.region = "CHN", .exporter = {"players"}, .form = "uniform"};
    const detente::TradeWar war = detente::trade_war(world, {usa, china});
    std::cout << "Nash gap: " << war.gap << ", tariffs: " << war.players[0].means.simple << " and "
              << war.players[1].means.simple << "\n";

    const detente::Study study = detente::Study::parse(
        "title = 'Ten points'\n"
        "economy = { name = 'us-china-2017' }\n"
        "[[scenario]]\n"
        "name = 'ten-points'\n"
        "tariff = [ { importer = 'USA', exporter = 'CHN', add = 0.10 } ]\n");
    const detente::Results results = detente::run(study);
    std::cout << "the same from a study: " << results.outcome("ten-points").welfare_percent()["USA"] << "\n"
              << "library " << detente::version() << ", " << detente::instruction_set() << "\n";

    // What comes with an installation besides economies, and is found from where the library lies.
    const detente::Policy dated{.tariff = {{.exporter = {"CHN"}, .schedule = "section-301-2019-12"}}};
    const detente::Equilibrium schedule = detente::solve(world, dated);
    std::cout << "under a dated schedule: " << schedule.welfare_percent()["USA"] << "\n";
    const detente::CommonGround ground = detente::common_ground(world, {"USA", "CHN"}, detente::solve(world, {}),
                                                                war.policy, {.issues = {{"electronics", {"D26"}}}});
    const detente::Tournament played = detente::tournament(detente::axelrod(), {.strategies = {"TFT", "ALLD"}});
    std::cout << "elasticities of " << detente::elasticity_set("caliendo-parro").rows.size() << " sectors, "
              << detente::tariff_schedules().size() << " schedules, common ground "
              << (ground.proved ? "proved" : "not proved") << ", best strategy " << played.ranking.front() << "\n";
    return results.complete() && detente::Economy::from_bytes(world.economy().bytes()).year() == 2017 ? 0 : 2;
} catch (const detente::Error& error) {
    std::cerr << error.what() << "\n";
    return static_cast<int>(error.kind());
}
