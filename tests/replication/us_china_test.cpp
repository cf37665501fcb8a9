// The United States and China, 2017: the increases of 2018-19, and the built-in economy against its source.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "base/file.h"
#include "economy/economy_io.h"
#include "equilibrium/welfare.h"
#include "support.h"
#include "us_china.h"

namespace detente::test {
namespace {

std::filesystem::path built_in() {
    return std::filesystem::path(DETENTE_SOURCE_DIR) / "economies" / "us-china-2017.nc";
}

Shock section_301(const Economy& e, bool china_answers) {
    const int usa = e.regions.at("USA"), chn = e.regions.at("CHN");
    Shock shock;
    shock.tariff = e.tariff;
    for (int s = 0; s < e.n_sectors(); ++s) {
        const auto at = static_cast<std::size_t>(s);
        shock.tariff(chn, usa, s) += e.sector_columns.at("us_tariff_increase_on_chn")[at];
        if (china_answers) shock.tariff(usa, chn, s) += e.sector_columns.at("chn_tariff_increase_on_usa")[at];
    }
    return shock;
}

double welfare(const Economy& e, const Equilibrium& result, const std::string& region) {
    return 100.0 * (result.welfare_hat[static_cast<std::size_t>(e.regions.at(region))] - 1.0);
}

TEST(UsChinaReplication, IncreasesBothWays) {
    const Economy e = us_china_2017_as_compiled();
    const Equilibrium result = solve(calibrate(e).world, section_301(e, true));
    const std::pair<const char*, double> expected[] = {{"USA", -0.074494}, {"CHN", -0.202115}, {"EU", 0.011450},
                                                       {"IND", 0.029067},  {"JPN", 0.007053},  {"ROW", 0.011744},
                                                       {"BRA", -0.002080}};
    for (const auto& [region, value] : expected) EXPECT_NEAR(welfare(e, result, region), value, 1e-6) << region;
}

TEST(UsChinaReplication, UnitedStatesIncreasesAlone) {
    const Economy e = us_china_2017_as_compiled();
    const Equilibrium result = solve(calibrate(e).world, section_301(e, false));
    EXPECT_NEAR(welfare(e, result, "USA"), -0.055638, 1e-6);
    EXPECT_NEAR(welfare(e, result, "CHN"), -0.195143, 1e-6);
}

TEST(UsChinaReplication, BuiltInBaseIsAnEquilibriumToMachinePrecision) {
    const Calibration base = calibrate(read_economy(built_in()));
    EXPECT_LT(base.certificate.residual, 5e-15);
    EXPECT_LT(base.moved.trade_total, 1e-14);
}

TEST(UsChinaReplication, CounterfactualsFromTheBuiltInEqualThoseFromTheSource) {
    DETENTE_NEEDS_DATA(shared_data("us-china-2017"));
    const Economy source = import_economy("us-china-2017", shared_data("us-china-2017")),
                  calibrated = us_china_2017_as_compiled();
    const Equilibrium from_source = solve(calibrate(source).world, section_301(source, true));
    const Equilibrium from_file = solve(calibrate(calibrated).world, section_301(calibrated, true));
    for (std::size_t j = 0; j < from_source.welfare_hat.size(); ++j) {
        EXPECT_NEAR(from_source.welfare_hat[j], from_file.welfare_hat[j], 1e-11);
        EXPECT_NEAR(from_source.wage_hat[j], from_file.wage_hat[j], 1e-11);
    }
}

// The same compiler and libraries give the same bytes; others may differ in the last digit, so content is compared too.
TEST(UsChinaReplication, TheScriptRemakesTheFile) {
    DETENTE_NEEDS_DATA(shared_data("us-china-2017"));
#ifndef DETENTE_SAME_BYTES
    GTEST_SKIP() << "the file is made by the release build; other flags differ in the last digit";
#endif
    const TemporaryFolder folder;
    const std::string command = "DETENTE=" + (std::filesystem::path(DETENTE_BINARY_DIR) / "detente").string() + " " +
                                (std::filesystem::path(DETENTE_SOURCE_DIR) / "economies" / "remake").string() + " " +
                                folder.path().string() + " >/dev/null";
    ASSERT_EQ(std::system(command.c_str()), 0);
    // EXPECT_TRUE: a failure must not print two binary files.
    EXPECT_TRUE(read_bytes(folder / "us-china-2017.nc") == read_bytes(built_in()))
        << "run `make economies` and look at what changed";
}

}  // namespace
}  // namespace detente::test
