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
    return results.complete() ? 0 : 2;
} catch (const detente::Error& error) {
    std::cerr << error.what() << "\n";
    return static_cast<int>(error.kind());
}
