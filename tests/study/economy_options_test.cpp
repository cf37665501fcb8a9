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

// ------------------------------------------------------------------------------------------- sets of elasticities

TEST_F(EconomyOptions, ASetByNameOrPath) {
    EXPECT_EQ(study("elasticities = \"uniform\"").economy.theta, (std::vector<double>{4.0, 4.0}));
    put_file(folder / "mine.csv", "sector,theta,log_sd,psi\ngoods,3,0.2,0.1\nservices,7,0.3,0\n");
    const Study s = study("elasticities = \"mine.csv\"");
    EXPECT_EQ(s.economy.theta, (std::vector<double>{3.0, 7.0}));
    EXPECT_EQ(s.economy.psi, (std::vector<double>{0.1, 0.0}));
    EXPECT_EQ(s.economy.elasticity_set, "mine");
}
TEST_F(EconomyOptions, MeanAndHorizonScaleGoods) {
    const Study s = study("elasticities = \"uniform\"\nhorizon = \"short\"");
    EXPECT_EQ(s.economy.theta, (std::vector<double>{2.5, 4.0}));
    EXPECT_EQ(s.economy.elasticity_horizon, "short");
    EXPECT_EQ(study("horizon = \"long\"").economy.theta, (std::vector<double>{4.0, 6.0}));
    EXPECT_EQ(study("mean = 3").economy.theta, (std::vector<double>{3.0, 6.0}));
    EXPECT_EQ(study("mean = 3").economy.elasticity_horizon, "");
}
TEST_F(EconomyOptions, ASetWithAnExceptionAndWithAMapOfSectors) {
    EXPECT_EQ(study("elasticities = \"uniform\"\ntheta = { services = 6 }").economy.theta,
              (std::vector<double>{4.0, 6.0}));
    put_file(folder / "mine.csv", "sector,theta\na,3\nb,5\n");
    put_file(folder / "map.csv", "product,sector\na,goods\nb,goods\nb,services\n");
    EXPECT_EQ(study("elasticities = \"mine.csv\"\nsectors = \"map.csv\"").economy.theta,
              (std::vector<double>{4.0, 5.0}));
}
TEST_F(EconomyOptions, ASetThatIsWrongIsNamedWithItsLine) {
    expect_refused("elasticities = \"unifrom\"", ErrorKind::input,
                   {"study.toml:3: economy.elasticities", "unknown set of elasticities", "did you mean \"uniform\"?"});
    expect_refused("elasticities = \"none.csv\"", ErrorKind::file, {"none.csv"});
    expect_refused("elasticities = \"caliendo-parro\"", ErrorKind::input,
                   {"study.toml:3: economy.elasticities", "in the set caliendo-parro", "goods, services"});
    put_file(folder / "mine.csv", "sector,theta\ngoods,3\n");
    expect_refused("elasticities = \"mine.csv\"", ErrorKind::input, {"study.toml:3", "in the set mine", "services"});
    put_file(folder / "mine.csv", "sector,theta\ngoods,-3\n");
    expect_refused("elasticities = \"mine.csv\"", ErrorKind::input, {"mine.csv:2: theta", "must be positive", "-3"});
    expect_refused("elasticities = \"uniform\"\ntheta = 5", ErrorKind::input,
                   {"study.toml:3: economy.elasticities", "either elasticities or theta"});
    expect_refused("mean = 0", ErrorKind::input, {"study.toml:3: economy.mean", "must be positive"});
    expect_refused("mean = -2", ErrorKind::input, {"study.toml:3: economy.mean", "must be positive", "-2"});
    expect_refused("mean = 2\nhorizon = \"short\"", ErrorKind::input,
                   {"study.toml:3: economy.mean", "either mean or horizon"});
    expect_refused("horizon = \"middle\"", ErrorKind::input, {"study.toml:3: economy.horizon", "short"});
    expect_refused("sectors = \"map.csv\"", ErrorKind::input,
                   {"study.toml:3: economy.sectors", "for sets of elasticities"});
}
TEST_F(EconomyOptions, ScaleEconomiesNeedASetThatHasThem) {
    expect_refused("elasticities = \"uniform\"\n[model]\nscale_economies = true", ErrorKind::input,
                   {"study.toml:5: model.scale_economies", "the set uniform", "\"lashkaripour-lugovskyy\""});
    EXPECT_NO_THROW(study("mean = 2.5\n[model]\nscale_economies = true"));
}
TEST_F(EconomyOptions, AModelWithATradeElasticityOfItsOwnTakesThatOfTheEconomy) {
    const auto melitz = [&](const std::string& economy, const std::string& model) {
        put_file(folder / "study.toml", "[economy]\nname = \"world-2023\"\n" + economy +
                                            "\n[model]\nkind = \"melitz\"\n" + model +
                                            "\n[[scenario]]\nname = \"s\"\ntariff = [{ rate = 0.1 }]\n");
        return read_study(folder / "study.toml").model;
    };
    EXPECT_EQ(melitz("mean = 2.5", "").number("trade_elasticity"), 2.5);
    EXPECT_EQ(melitz("mean = 2.5", "").number("scale_elasticity"), 0.67 / 2.5);
    EXPECT_EQ(melitz("", "trade_elasticity = 5").number("trade_elasticity"), 5.0);
    expect_error(
        ErrorKind::input,
        {"study.toml:6: model.trade_elasticity", "not the trade elasticity that [economy] asks for", "5", "2.5"},
        [&] { melitz("mean = 2.5", "trade_elasticity = 5"); });
}

}  // namespace
}  // namespace detente::test
