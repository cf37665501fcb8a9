// Ossa (2014): counterfactuals on his data. Numbers from the paper's own programs run on it.
#include <gtest/gtest.h>

#include "economy/economy_io.h"
#include "equilibrium/model.h"
#include "support.h"

namespace detente::test {
namespace {

const Economy& ossa() {
    static const Economy economy = import_economy("ossa", shared_data("ossa-2014"));
    return economy;
}

Shock free_trade(const World& world) {
    Shock shock;
    shock.tariff = TradeTensor(world.n_regions(), world.n_sectors());
    return shock;
}

TEST(OssaReplication, WelfareUnderFreeTrade) {
    DETENTE_NEEDS_DATA(shared_data("ossa-2014"));
    const World world = calibrate(ossa(), model_options("krugman")).world;
    const Equilibrium e = solve(world, free_trade(world));
    const std::pair<const char*, double> expected[] = {{"BRA", 0.167584}, {"CHN", 0.173675}, {"EU", 0.441218},
                                                       {"IND", 0.398590}, {"JPN", 2.938345}, {"ROW", -0.102781},
                                                       {"USA", 0.758363}};
    for (const auto& [region, value] : expected)
        EXPECT_NEAR(100.0 * (e.welfare_hat[static_cast<std::size_t>(world.regions.at(region))] - 1.0), value, 1e-6)
            << region;
    EXPECT_LT(e.certificate.residual, 1e-11);
}

// The data are purged of imbalances already: making the base an equilibrium moves next to nothing.
TEST(OssaReplication, BaseIsTheData) {
    DETENTE_NEEDS_DATA(shared_data("ossa-2014"));
    const Calibration base = calibrate(ossa(), model_options("krugman"));
    EXPECT_LT(base.moved.trade_total, 1e-10);
    EXPECT_LT(base.certificate.residual, 1e-14);
}

}  // namespace
}  // namespace detente::test
