// What the tests of games share: players on all or some lines of a world.
#pragma once

#include <numeric>
#include <vector>

#include "strategy/nash.h"

namespace detente::test {

/// A government that sets its tariffs on `exporters` (empty: everyone) in the first `sectors` sectors (0: all).
inline Player government(const World& world, int region, std::vector<int> exporters = {}, int sectors = 0,
                         TariffForm form = TariffForm::line) {
    Player player;
    player.objective.region = player.instruments.importer = region;
    player.instruments.form = form;
    for (int i = 0; i < world.n_regions() && exporters.empty(); ++i)
        if (i != region) player.instruments.exporters.push_back(i);
    if (!exporters.empty()) player.instruments.exporters = std::move(exporters);
    player.instruments.sectors.resize(static_cast<std::size_t>(sectors > 0 ? sectors : world.n_sectors()));
    std::iota(player.instruments.sectors.begin(), player.instruments.sectors.end(), 0);
    return player;
}

inline std::vector<Player> everyone(const World& world, TariffForm form = TariffForm::line) {
    std::vector<Player> players;
    for (int j = 0; j < world.n_regions(); ++j) players.push_back(government(world, j, {}, 0, form));
    return players;
}

inline double percent(double hat) {
    return 100.0 * (hat - 1.0);
}

}  // namespace detente::test
