// Ignatenko, Lashkaripour, Macedoni and Simonovska (2025): calibration, Tables 1 and 2, on the built-in world-2023.
#include <gtest/gtest.h>

#include <cmath>

#include "economy/catalogue.h"
#include "economy/economy_io.h"
#include "equilibrium/model.h"
#include "questions/built_in.h"
#include "report/results.h"
#include "support.h"

namespace detente::test {
namespace {

std::filesystem::path source(const char* relative) {
    return std::filesystem::path(DETENTE_SOURCE_DIR) / relative;
}

const World& base() {
    static const World world = calibrate(Catalogue::beside_program().load("world-2023"), model_options("melitz")).world;
    return world;
}

double at(const std::vector<double>& list, const World& w, const char* region) {
    return list[static_cast<std::size_t>(w.regions.at(region))];
}

// melitz.md, section 1: nu and phi of the US and of every other country.
TEST(IgnatenkoReplication, MarketingSharesAndPassThrough) {
    EXPECT_NEAR(at(base().marketing_share, base(), "USA"), 0.270470982283, 1e-11);
    EXPECT_NEAR(at(base().marketing_share, base(), "CHN"), 0.114335212816, 1e-11);
    EXPECT_NEAR(at(base().pass_through, base(), "USA"), 1.432847582682, 1e-11);
    EXPECT_NEAR(at(base().pass_through, base(), "ZWE"), 1.150718830527, 1e-11);
}

TEST(IgnatenkoReplication, BuiltInIsTheCalibratedSource) {
    DETENTE_NEEDS_DATA(shared_data("liberation-day-2025"));
    const Economy economy = import_economy("liberation-day", shared_data("liberation-day-2025"));
    const World world = calibrate(economy, model_options("melitz")).world;
    ASSERT_EQ(world.regions.names(), base().regions.names());
    for (std::size_t j = 0; j < world.income.size(); ++j) {
        EXPECT_NEAR(world.income[j], base().income[j], 1e-12 * world.income[j]);
        EXPECT_NEAR(world.transfer[j], base().transfer[j], 1e-11 * world.income[j]);
    }
    // Negative home sales are set to 0 (Gambia, Marshall Islands).
    for (const char* region : {"GMB", "MHL"}) {
        const int j = world.regions.at(region);
        EXPECT_EQ(world.share(j, j, 0), 0.0) << region;
    }
}

// delta = sum_j (1-nu_j)(1-lambda_US,j) X_US,j / ((1-nu_US)(E_US - X_US,US)), t = 1/((1 + delta eps) phi_US - 1):
// the rate that studies/replication/ignatenko-income-tax.toml writes down.
TEST(IgnatenkoReplication, OptimalTariffFormula) {
    const World& w = base();
    const int us = w.regions.at("USA");
    double sum = 0.0;
    for (int j = 0; j < w.n_regions(); ++j)
        if (j != us)
            sum +=
                (1.0 - w.marketing_share[static_cast<std::size_t>(j)]) * (1.0 - w.share(us, j, 0)) * w.flow(us, j, 0);
    const double imports = at(w.income, w, "USA") - w.flow(us, us, 0);
    const double delta = sum / ((1.0 - at(w.marketing_share, w, "USA")) * imports);
    EXPECT_NEAR(delta, 0.724877583621, 1e-11);
    EXPECT_NEAR(1.0 / ((1.0 + 4.0 * delta) * at(w.pass_through, w, "USA") - 1.0), 0.217988215013, 1e-11);
}

class PublishedTables : public ::testing::TestWithParam<const char*> {};

TEST_P(PublishedTables, EveryPrintedDigit) {
    const StudyResult run = run_study(read_study(source("studies/replication") / GetParam()));
    ASSERT_TRUE(run.complete());
    int rows = 0;
    for (const PublishedTable& table : run.study.published) {
        for (const PublishedRow& row : published_rows(run, table)) {
            EXPECT_TRUE(row.agrees) << table.title << ": " << row.value.region << ' ' << row.value.name << " printed "
                                    << row.value.printed << ", ours " << row.exact_text;
            ++rows;
        }
    }
    EXPECT_GE(rows, 12);
    for (const ScenarioResult& s : run.scenarios) EXPECT_LT(s.equilibrium.certificate.residual, 1e-11);
}

INSTANTIATE_TEST_SUITE_P(Ignatenko, PublishedTables,
                         ::testing::Values("ignatenko-income-tax.toml", "ignatenko-lump-sum.toml"));

}  // namespace
}  // namespace detente::test
