// Options beside name or path in [economy] take effect, are noted, or are refused with their line.
#include <gtest/gtest.h>

#include "economy/economy_io.h"
#include "questions/built_in.h"
#include "support.h"

namespace detente::test {
namespace {

class EconomyOptions : public ::testing::Test {
protected:
    void SetUp() override { write_economy(toy_economy(), folder / "toy.nc"); }
    Study study(const std::string& lines) {
        put_file(folder / "study.toml",
                 "[economy]\npath = \"toy.nc\"\n" + lines +
                     "\n[[scenario]]\nname = \"s\"\ntariff = [{ sector = \"goods\", rate = 0.1 }]\n");
        return read_study(folder / "study.toml");
    }
    void expect_refused(const std::string& lines, ErrorKind kind, std::initializer_list<std::string> parts) {
        expect_error(kind, parts, [&] { study(lines); });
    }
    TemporaryFolder folder;
};

TEST_F(EconomyOptions, ThetaReplacesThatOfTheFile) {
    const Study s = study("theta = 5");
    EXPECT_EQ(s.economy.theta, (std::vector<double>{5.0, 5.0}));
    EXPECT_NE(s.economy.note.find("theta is 5 in every sector"), std::string::npos) << s.economy.note;
}
TEST_F(EconomyOptions, ADefaultWithExceptions) {
    EXPECT_EQ(study("[economy.theta]\ndefault = 5\n\"services\" = 3").economy.theta, (std::vector<double>{5.0, 3.0}));
    EXPECT_EQ(study("theta = { \"*\" = 5, goods = 2 }").economy.theta, (std::vector<double>{2.0, 5.0}));
    EXPECT_EQ(study("theta = { goods = 2 }").economy.theta, (std::vector<double>{2.0, 6.0}));
}
TEST_F(EconomyOptions, APartialFile) {
    put_file(folder / "theta.csv", "sector,theta\nservices,2.5\n");
    EXPECT_EQ(study("theta_file = \"theta.csv\"").economy.theta, (std::vector<double>{4.0, 2.5}));
    EXPECT_EQ(study("theta_file = \"theta.csv\"\ntheta = 9").economy.theta, (std::vector<double>{9.0, 2.5}));
}
TEST_F(EconomyOptions, TariffsReplaceThoseOfTheFile) {
    EXPECT_EQ(study("tariff = 0.25").economy.tariff(0, 1, 0), 0.25);
    put_file(folder / "tariffs.csv", "exporter,importer,sector,tariff\nA,B,goods,0.5\n");
    const Study s = study("tariff_file = \"tariffs.csv\"");
    EXPECT_EQ(s.economy.tariff(0, 1, 0), 0.5);
    EXPECT_EQ(s.economy.tariff(0, 2, 0), toy_economy().tariff(0, 2, 0));
    EXPECT_NE(s.economy.note.find("were replaced; they were read from tariffs.csv"), std::string::npos);
}
TEST_F(EconomyOptions, AFileThatIsMissingIsAnError) {
    expect_refused("theta_file = \"none.csv\"", ErrorKind::file, {"none.csv", "No such file"});
    expect_refused("tariff_file = \"none.csv\"", ErrorKind::file, {"none.csv", "No such file"});
}
TEST_F(EconomyOptions, WrongValuesAreNamedWithTheirLine) {
    expect_refused("theta = -1", ErrorKind::input, {"study.toml:3: economy.theta", "must be positive", "-1"});
    expect_refused("theta = { godos = 2 }", ErrorKind::input,
                   {"study.toml:3: economy.theta", "unknown sector", "did you mean \"goods\"?"});
    expect_refused("theta = { goods = \"2\" }", ErrorKind::input,
                   {"study.toml:3: economy.theta.goods", "a finite number"});
    expect_refused("tariff = -1", ErrorKind::input, {"study.toml:3: economy.tariff", "above -1"});
    expect_refused("tariff = 0.1\ntariff_file = \"x.csv\"", ErrorKind::input,
                   {"study.toml:3: economy.tariff", "not both"});
}
TEST_F(EconomyOptions, OptionsForOtherSourcesAreNamedWithTheirLine) {
    expect_refused("year = 2015", ErrorKind::input, {"study.toml:3: economy.year"});
    expect_refused("merge_split = true", ErrorKind::input, {"study.toml:3: economy.merge_split"});
    expect_refused("negatives = \"clip\"", ErrorKind::input, {"study.toml:3: economy.negatives"});
    expect_refused("gdp_unit = 0.001", ErrorKind::input, {"study.toml:3: economy.gdp_unit"});
    expect_refused("home_sales = \"gdp\"", ErrorKind::input, {"study.toml:3: economy.home_sales"});
    expect_refused("separator = \"tab\"", ErrorKind::input, {"study.toml:3: economy.separator"});
}
TEST_F(EconomyOptions, ABuiltInEconomyIsOverriddenToo) {
    put_file(folder / "study.toml",
             "[economy]\nname = \"us-china-2017\"\ntheta = 5\n[[scenario]]\nname = \"s\"\ntariff = [{ sector = "
             "\"goods\", rate = 0.1 }]\n");
    const Study s = read_study(folder / "study.toml");
    EXPECT_EQ(s.economy.theta, std::vector<double>(44, 5.0));
}

}  // namespace
}  // namespace detente::test
