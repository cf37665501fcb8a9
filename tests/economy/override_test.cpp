// Elasticities and tariffs of a person in place of those that an economy has: the values, and what the note says.
#include <gtest/gtest.h>

#include "economy/economy_io.h"
#include "support.h"

namespace detente::test {
namespace {

class Override : public ::testing::Test {
protected:
    Economy result() {
        Economy changed = e;
        override_economy(changed, options);
        return changed;
    }
    void expect_note(const std::string& note) { EXPECT_EQ(result().note, note); }
    Economy e = toy_economy();  // theta 4 in goods, 6 in services
    ImportOptions options;
    TemporaryFolder folder;
};

TEST_F(Override, NothingGivenChangesNothing) {
    e.note = "As it was.";
    const Economy same = result();
    EXPECT_EQ(same.theta, e.theta);
    EXPECT_EQ(same.tariff.data(), e.tariff.data());
    EXPECT_EQ(same.note, "As it was.");
}
TEST_F(Override, OneThetaForAll) {
    options.theta = 5.0;
    EXPECT_EQ(result().theta, (std::vector<double>{5.0, 5.0}));
    expect_note("ASSUMED: trade elasticities of the source were replaced; theta is 5 in every sector.");
}
TEST_F(Override, ADefaultWithAnException) {
    options.theta = 5.0;
    options.theta_of = {{"services", 3.0}};
    EXPECT_EQ(result().theta, (std::vector<double>{5.0, 3.0}));
    expect_note(
        "ASSUMED: trade elasticities of the source were replaced; theta is 3 in services, theta is 5 in the other "
        "sector.");
}
TEST_F(Override, AnExceptionAloneLeavesTheOthers) {
    options.theta_of = {{"services", 3.0}};
    EXPECT_EQ(result().theta, (std::vector<double>{4.0, 3.0}));
    expect_note(
        "ASSUMED: trade elasticities of the source were replaced; theta is 3 in services, it is as it was in the other "
        "sector.");
}
TEST_F(Override, APartialFileLeavesTheOthers) {
    put_file(folder / "theta.csv", "sector,theta\nservices,2.5\n");
    options.theta_file = folder / "theta.csv";
    EXPECT_EQ(result().theta, (std::vector<double>{4.0, 2.5}));
    expect_note(
        "ASSUMED: trade elasticities of the source were replaced; theta was read from theta.csv for 1 sector, it is "
        "as "
        "it was in the other sector.");
}
TEST_F(Override, AStarInTheFileIsForTheOthers) {
    put_file(folder / "theta.csv", "sector,theta\n*,7\nservices,2.5\n");
    options.theta_file = folder / "theta.csv";
    EXPECT_EQ(result().theta, (std::vector<double>{7.0, 2.5}));
}
TEST_F(Override, AFileComesBeforeTheDefaultAndAnExceptionBeforeTheFile) {
    put_file(folder / "theta.csv", "sector,theta\nservices,2.5\n");
    options.theta_file = folder / "theta.csv";
    options.theta = 9.0;
    EXPECT_EQ(result().theta, (std::vector<double>{9.0, 2.5}));
    options.theta_of = {{"services", 1.5}};
    EXPECT_EQ(result().theta, (std::vector<double>{9.0, 1.5}));
}
TEST_F(Override, AnEconomyWithoutThetaTakesADefaultAndAFile) {
    e.theta.clear();
    e.note = "First. MISSING: the source has no trade elasticities (theta); import again. Last.";
    put_file(folder / "theta.csv", "sector,theta\nservices,2.5\n");
    options.theta_file = folder / "theta.csv";
    options.theta = 9.0;
    EXPECT_EQ(result().theta, (std::vector<double>{9.0, 2.5}));
    expect_note(
        "First. Last. ASSUMED: the source has no trade elasticities; theta was read from theta.csv for 1 sector, "
        "theta "
        "is 9 in the other sector.");
}
TEST_F(Override, AnEconomyWithoutThetaNeedsEverySector) {
    e.theta.clear();
    options.theta_of = {{"services", 3.0}};
    expect_error(ErrorKind::input, {"theta", "sectors without a trade elasticity", "goods", "one theta for all others"},
                 [&] { result(); });
}
TEST_F(Override, AFileThatIsMissingIsAFileError) {
    options.theta_file = folder / "none.csv";
    expect_error(ErrorKind::file, {"none.csv", "No such file"}, [&] { result(); });
    options = {};
    options.tariff_file = folder / "none.csv";
    expect_error(ErrorKind::file, {"none.csv", "No such file"}, [&] { result(); });
}
TEST_F(Override, WhatTheNoteSaidBeforeIsNotSaidAfterwards) {
    e.note = "ASSUMED: the source has no trade elasticities; theta is 4.5 in every sector. Another.";
    options.theta = 5.0;
    expect_note("Another. ASSUMED: trade elasticities of the source were replaced; theta is 5 in every sector.");
}
TEST_F(Override, WhereSectorsStayTheNoteSaysWhatTheyHave) {
    e.note = "ASSUMED: the source has no trade elasticities; theta is 4.5 in every sector. Another.";
    options.theta_of = {{"services", 3.0}};
    expect_note(
        "Another. ASSUMED: trade elasticities of the source were replaced; theta is 3 in services, it is as it was in "
        "the other sector (ASSUMED: the source has no trade elasticities; theta is 4.5 in every sector).");
}
TEST_F(Override, OneTariffForAllGoods) {
    options.tariff = 0.25;
    const Economy changed = result();
    EXPECT_EQ(changed.tariff(0, 1, 0), 0.25);
    EXPECT_EQ(changed.tariff(1, 1, 0), 0.0);
    EXPECT_EQ(changed.tariff(0, 1, 1), 0.0);
    expect_note("ASSUMED: tariffs of the source were replaced; every good on every border was given the rate 0.25.");
}
TEST_F(Override, ATariffFileLeavesTheOthers) {
    put_file(folder / "tariffs.csv", "exporter,importer,sector,tariff\nA,B,goods,0.5\n");
    options.tariff_file = folder / "tariffs.csv";
    const Economy changed = result();
    EXPECT_EQ(changed.tariff(0, 1, 0), 0.5);
    EXPECT_EQ(changed.tariff(0, 2, 0), e.tariff(0, 2, 0));
    EXPECT_NE(changed.note.find("were replaced; they were read from tariffs.csv (where it has no row they are as they "
                                "were)"),
              std::string::npos)
        << changed.note;
}
TEST_F(Override, OptionsOfOtherSourcesAreRefused) {
    const auto expect_refused = [&](const std::string& option) {
        expect_error(ErrorKind::input, {option}, [&] { result(); });
        options = {};
    };
    options.year = 2015;
    expect_refused("year");
    options.merge_split = true;
    expect_refused("merge-split");
    options.negatives = ImportOptions::Negatives::clip;
    expect_refused("negatives");
    options.gdp_unit = 0.001;
    expect_refused("gdp-unit");
    options.gdp_file = "gdp.csv";
    expect_refused("gdp-file");
    options.home_sales = ImportOptions::HomeSales::gdp;
    expect_refused("home-sales");
}

}  // namespace
}  // namespace detente::test
