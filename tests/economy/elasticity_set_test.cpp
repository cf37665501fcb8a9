// Sets of elasticities: how one is read, what it does to an economy, means and horizons.
#include "economy/elasticity_set.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "economy/aggregate.h"
#include "economy/catalogue.h"
#include "economy/economy_io.h"
#include "same_economy.h"
#include "support.h"

namespace detente::test {
namespace {

class ASet : public ::testing::Test {
protected:
    ElasticitySet read(const std::string& content) {
        put_file(folder / "mine.csv", content);
        return read_elasticity_set(folder / "mine.csv");
    }
    void refused(const std::string& content, std::initializer_list<std::string> parts) {
        expect_error(ErrorKind::input, parts, [&] { read(content); });
    }
    static Economy with(const ElasticitySet& set) {
        Economy e = toy_economy();
        apply_elasticities(e, set, nullptr, Place{"study.toml", 3, "economy.elasticities"});
        return e;
    }
    TemporaryFolder folder;
};

TEST_F(ASet, IsRemarksAndRows) {
    const ElasticitySet set = read(
        "# title: Mine\n# source: A paper,\n#   page 3\n# horizon: long run\n# codes: other\n"
        "sector,title,theta,log_sd,psi,other\ngoods,Goods,3,0.2,0.1,G1;G2\nservices,,6,0,0.05,\n");
    EXPECT_EQ(set.name, "mine");
    EXPECT_EQ(set.title, "Mine");
    EXPECT_EQ(set.source, "A paper, page 3");
    EXPECT_EQ(set.columns, (std::vector<std::string>{"sector", "other"}));
    EXPECT_EQ(set.codes[1][0], (std::vector<std::string>{"G1", "G2"}));
    EXPECT_TRUE(set.has_psi && set.has_log_sd);
    EXPECT_FALSE(set.shrunk());
    const Economy e = with(set);
    EXPECT_EQ(e.theta, (std::vector<double>{3.0, 6.0}));
    EXPECT_EQ(e.psi, (std::vector<double>{0.1, 0.05}));
    EXPECT_EQ(e.theta_log_sd[1], 0.0);
    EXPECT_NEAR(e.theta_log_sd[0], 0.2, 1e-15);
    EXPECT_TRUE(e.sigma.empty());
    EXPECT_EQ(e.elasticity_set, "mine");
}

TEST_F(ASet, WithoutPsiLeavesNone) {
    const Economy e = with(read("sector,theta\n*,3\n"));
    EXPECT_TRUE(e.psi.empty() && e.sigma.empty() && e.theta_log_sd.empty());
    EXPECT_EQ(e.theta, (std::vector<double>{3.0, 3.0}));
}

TEST_F(ASet, ASectorWithSeveralRowsHasTheirMean) {
    const ElasticitySet set = read("# codes: toy\nsector,theta,log_sd,toy\na,2,0.3,goods\nb,6,0.2,goods;services\n");
    const Economy e = with(set);
    EXPECT_EQ(e.theta, (std::vector<double>{4.0, 6.0}));
    // Independent errors: sd of the mean is half the root of 0.6^2 + 1.2^2.
    EXPECT_NEAR(e.theta_log_sd[0], std::sqrt(0.6 * 0.6 + 1.2 * 1.2) / 2.0 / 4.0, 1e-15);
}

TEST_F(ASet, EstimatesAreShrunkWhereTheyAreRead) {
    const ElasticitySet set =
        read("sector,estimate,standard_error,theta\na,8,3,\nb,2,1,\nc,-1,2,\nd,,,\ngoods,,,10\nservices,4,1,\n");
    const ShrunkElasticities shrunk = shrink_elasticities({{8, 3}, {2, 1}, {-1, 2}, {4, 1}});
    EXPECT_TRUE(set.shrunk());
    EXPECT_EQ(set.rows[0].theta, std::exp(shrunk.sectors[0].mean));
    EXPECT_EQ(set.rows[0].log_sd, shrunk.sectors[0].sd);
    EXPECT_EQ(set.rows[5].theta, std::exp(shrunk.sectors[3].mean));
    EXPECT_EQ(set.rows[3].basis, ElasticitySet::Basis::prior);
    EXPECT_EQ(set.rows[3].theta, std::exp(shrunk.prior.mean));
    EXPECT_EQ(set.rows[4].theta, 10.0);
    EXPECT_EQ(set.rows[4].log_sd, shrunk.prior.sd);
}

TEST_F(ASet, WhatIsWrongIsNamedWithItsLine) {
    refused("sector,theta\ngoods,-3\n", {"mine.csv:2: theta", "must be positive", "-3"});
    refused("# title: x\n\nsector,theta\ngoods,3\ngoods,4\n", {"mine.csv:5: sector", "a row stands twice", "line 4"});
    refused("sector,theta\ngoods,\n", {"mine.csv:2: theta", "missing"});
    refused("sector,theta,log_sd\ngoods,3,\n", {"mine.csv:2: log_sd", "missing"});
    refused("sector,theta,log_sd\ngoods,3,-1\n", {"mine.csv:2: log_sd", "must not be negative"});
    refused("sector,estimate\ngoods,3\n", {"mine.csv:1", "standard_error"});
    refused("sector,estimate,standard_error\ngoods,3,0\n", {"mine.csv:2: standard_error", "must be positive"});
    refused("sector,estimate,standard_error,theta\ngoods,3,1,2\n", {"mine.csv:2: theta", "has both"});
    refused("sector,estimate,standard_error\ngoods,,\n", {"mine.csv", "no estimate"});
    refused("sector,value\ngoods,3\n", {"mine.csv:1", "theta"});
    refused("sector,theta,sigma\ngoods,3,5\n", {"mine.csv:1: sigma", "one plus theta"});
    refused("# codes: icoi\nsector,theta,icio\ngoods,3,D01\n", {"mine.csv:1: codes", "icoi", "did you mean \"icio\"?"});
    refused("# codes: icio\nsector,theta,icio\ngoods,3,D01;D01\n", {"mine.csv:3: icio", "stands twice"});
    refused("sector,theta,psi\ngoods,3,\n", {"mine.csv:2: psi", "not a number"});
    refused("sector,theta\n", {"mine.csv", "no rows"});
    refused("sector,theta\ngoods,1e300\n", {"mine.csv:2: theta", "out of range", "1e300"});
    refused("sector,theta,log_sd\ngoods,3,1e9\n", {"mine.csv:2: log_sd", "out of range", "1e9"});
    refused("sector,estimate,standard_error\ngoods,-300,1\n", {"mine.csv:2: estimate", "-300", "not minus theta"});
    expect_error(ErrorKind::file, {"none.csv"}, [&] { read_elasticity_set(folder / "none.csv"); });
}

TEST_F(ASet, ThatLacksASectorIsRefusedByName) {
    const ElasticitySet set = read("sector,theta\ngoods,3\n");
    expect_error(ErrorKind::input,
                 {"study.toml:3: economy.elasticities", "without a trade elasticity in the set mine", "services",
                  "one for * (all others)"},
                 [&] { with(set); });
}

TEST_F(ASet, WithASlipInACodeIsRefused) {
    const ElasticitySet set = read("sector,theta\ngoods,3\nservises,4\n*,5\n");
    expect_error(ErrorKind::input, {"study.toml:3: economy.elasticities", "servises", "did you mean \"services\"?"},
                 [&] { with(set); });
}

TEST_F(ASet, LinksPutItsSectorsIntoThoseOfTheEconomy) {
    const ElasticitySet set = read("sector,theta\na,2\nb,6\nc,5\n");
    put_file(folder / "map.csv", "product,sector\na,goods\nb,goods\nb,services\n");
    const SectorLinks links = SectorLinks::read(folder / "map.csv");
    Economy e = toy_economy();
    apply_elasticities(e, set, &links, {});
    EXPECT_EQ(e.theta, (std::vector<double>{4.0, 6.0}));
    const auto wrong = [&](const std::string& content, std::initializer_list<std::string> parts) {
        put_file(folder / "map.csv", content);
        const SectorLinks bad = SectorLinks::read(folder / "map.csv");
        expect_error(ErrorKind::input, parts, [&] { apply_elasticities(e, set, &bad, {}); });
    };
    wrong("product,sector\nd,goods\n", {"map.csv:2: product", "unknown sector of the set mine", "d"});
    wrong("product,sector\na,godos\n", {"map.csv:2: sector", "did you mean \"goods\"?"});
    wrong("product,sector\na,goods\n", {"map.csv: sector", "without a trade elasticity", "services"});
}

TEST(MeanElasticity, IsOverGoodsByTradeBetweenRegions) {
    Economy e = toy_economy();
    EXPECT_EQ(mean_trade_elasticity(e), 4.0);
    e.goods = {1, 1};
    // Goods 50 abroad with theta 4, services 19 with 6.
    EXPECT_NEAR(*mean_trade_elasticity(e), (50.0 * 4.0 + 19.0 * 6.0) / 69.0, 1e-12);
    e.theta.clear();
    EXPECT_NEAR(*mean_trade_elasticity(e), (50.0 * 4.0 + 19.0 * 2.0) / 69.0, 1e-12);
    e.sigma.clear();
    EXPECT_FALSE(mean_trade_elasticity(e));
}

TEST(MeanElasticity, ScalingLeavesServicesAndHoldsThetaPsi) {
    const Economy before = toy_economy();
    Economy e = before;
    scale_elasticities(e, 2.5, ElasticityHorizon::short_run, {});
    EXPECT_NEAR(*mean_trade_elasticity(e), 2.5, 1e-14);
    EXPECT_EQ(e.theta[1], before.theta[1]);
    EXPECT_NEAR(e.theta[0] * e.psi[0], before.theta[0] * before.psi[0], 1e-15);
    EXPECT_NEAR(e.sigma[0], 1.0 + (before.sigma[0] - 1.0) * 2.5 / 4.0, 1e-15);
    EXPECT_EQ(e.elasticity_horizon, "short");
    const std::string first = e.elasticities;
    scale_elasticities(e, 4.0, ElasticityHorizon::long_run, {});
    scale_elasticities(e, 2.5, ElasticityHorizon::short_run, {});
    EXPECT_EQ(e.elasticities, first);
}

TEST(MeanElasticity, OfNothingIsAnError) {
    Economy e = toy_economy();
    expect_error(ErrorKind::input, {"study.toml:4: economy.mean", "must be positive", "0"}, [&] {
        scale_elasticities(e, 0.0, {}, {"study.toml", 4, "economy.mean"});
    });
    e.theta.clear(), e.sigma.clear();
    expect_error(ErrorKind::input, {"no trade elasticities to scale"}, [&] { scale_elasticities(e, 2.5, {}, {}); });
}

TEST(ElasticitiesOfAnEconomy, GoThroughFilesAndTables) {
    Economy e = toy_economy();
    e.theta_log_sd = {0.3, 0.0};
    e.elasticities = "mine: as measured", e.elasticity_set = "mine", e.elasticity_horizon = "short";
    const TemporaryFolder folder;
    write_economy(e, folder / "e.nc");
    expect_same(read_economy(folder / "e.nc"), e);
    export_csv(e, folder / "csv");
    expect_same(import_economy("csv", folder / "csv"), e);
}

TEST(ElasticitiesOfAnEconomy, AreMergedByTrade) {
    Economy e = toy_economy();
    e.theta_log_sd = {0.3, 0.1};
    Concordance map;
    map.sectors = {{"goods", "all"}, {"services", "all"}};
    const Economy merged = aggregate(e, map);
    const double mean = (50.0 * 4.0 + 19.0 * 6.0) / 69.0;
    EXPECT_NEAR(merged.theta_log_sd[0], (50.0 * 4.0 * 0.3 + 19.0 * 6.0 * 0.1) / 69.0 / mean, 1e-14);
    map.sectors.clear();
    map.regions = {{"B", "Rest"}, {"C", "Rest"}};
    EXPECT_EQ(aggregate(e, map).theta_log_sd, e.theta_log_sd);
}

TEST(ThetaOfAPerson, TakesItsCompanionsAlong) {
    Economy e = toy_economy();
    e.theta_log_sd = {0.3, 0.1};
    e.elasticities = "mine", e.elasticity_set = "mine";
    ImportOptions one;
    one.theta_of = {{"goods", 2.0}};
    Economy changed = e;
    override_economy(changed, one);
    EXPECT_EQ(changed.sigma, (std::vector<double>{3.0, 3.0}));
    EXPECT_NEAR(changed.psi[0] * 2.0, e.psi[0] * e.theta[0], 1e-15);
    EXPECT_EQ(changed.psi[1], e.psi[1]);
    EXPECT_EQ(changed.theta_log_sd, (std::vector<double>{0.0, 0.1}));
    EXPECT_EQ(changed.elasticities, "mine; theta was given for 1 sector");
    ImportOptions all;
    all.theta = 5.0;
    override_economy(e, all);
    EXPECT_TRUE(e.psi.empty() && e.sigma.empty() && e.theta_log_sd.empty() && e.elasticities.empty());
}

// ------------------------------------------------------------------------------------------------ the built-in sets

const std::vector<std::string> built_in = {"caliendo-parro", "caliendo-parro-estimates", "fontagne-guimbard-orefice",
                                           "lashkaripour-lugovskyy", "uniform"};

TEST(BuiltInSets, AreThese) {
    EXPECT_EQ(Catalogue::beside_program().elasticity_names(), built_in);
    expect_error(ErrorKind::input, {"study.toml:2", "unknown set of elasticities", "did you mean \"uniform\"?"}, [] {
        Catalogue::beside_program().load_elasticities("unifrom", {"study.toml", 2, "x"});
    });
}

TEST(BuiltInSets, FitTheClassificationsThatTheyName) {
    const std::vector<std::vector<std::string>> classifications = {
        {"D01T02", "D03", "D05T06", "D09", "D10T12", "D13T15", "D20", "D21", "D26", "D31T33", "D35", "D41T43",
         "D94T96"},
        {"AtB", "C",     "15t16", "17t18", "19", "20",    "21t22", "23", "24", "25", "26", "27t28",
         "29",  "30t33", "34t35", "36t37", "E",  "F",     "50",    "51", "52", "H",  "60", "61",
         "62",  "63",    "64",    "J",     "70", "71t74", "L",     "M",  "N",  "O",  "P"},
        {"Agriculture",     "Mining",    "Food",        "Textile",       "Wood",         "Paper",
         "Petroleum",       "Chemicals", "Plastic",     "Minerals",      "Basic metals", "Metal products",
         "Machinery n.e.c", "Office",    "Electrical",  "Communication", "Medical",      "Auto",
         "Other Transport", "Other",     "Electricity", "Construction",  "Retail",       "R&D",
         "Private"},
        {"A01", "B", "C10-C12", "C17", "C18", "C31_C32", "C33", "D35", "E36", "U"},
        {"A01_02", "B05_06", "C10T12", "C26", "C31T33", "D", "E", "T"}};
    for (const std::string& name : built_in) {
        const ElasticitySet set = Catalogue::beside_program().load_elasticities(name);
        EXPECT_FALSE(set.title.empty() || set.source.empty() || set.licence.empty() || set.horizon.empty()) << name;
        for (const auto& codes : classifications) {
            Economy e;
            e.regions = IndexSet("region", {"A"});
            e.sectors = IndexSet("sector", codes);
            ASSERT_NO_THROW(apply_elasticities(e, set, nullptr, {})) << name << " " << codes.front();
            for (const double theta : e.theta) EXPECT_TRUE(theta > 0.3 && theta < 21.0) << name;
        }
    }
}

TEST(BuiltInSets, LashkaripourLugovskyyIsWhatTheSourceOfUsChina2017Has) {
    const auto path = shared_data("us-china-2017");
    DETENTE_NEEDS_DATA(path);
    const Economy source = import_economy("us-china-2017", path);
    Economy e = source;
    apply_elasticities(e, Catalogue::beside_program().load_elasticities("lashkaripour-lugovskyy"), nullptr, {});
    EXPECT_EQ(e.theta, source.theta);
    EXPECT_EQ(e.psi, source.psi);
}

TEST(BuiltInSets, SaysWithAnIntervalHowSureCaliendoParroIs) {
    const ElasticitySet set = Catalogue::beside_program().load_elasticities("caliendo-parro");
    EXPECT_TRUE(set.shrunk() && set.has_log_sd);
    for (const auto& row : set.rows) EXPECT_TRUE(row.log_sd > 0.1 && row.log_sd < 1.2) << row.sector;
    // An estimate of 51 with an error of 23 says little: what is left of it is near the others.
    const auto petroleum =
        std::find_if(set.rows.begin(), set.rows.end(), [](const auto& r) { return r.sector == "Petroleum"; });
    EXPECT_LT(petroleum->theta, 10.0);
}

}  // namespace
}  // namespace detente::test
