// The options of an import: one list, read from studies and from the command line.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "cli/command.h"
#include "economy/import_options.h"
#include "questions/built_in.h"
#include "support.h"

namespace detente::test {
namespace {

class ImportKeys : public ::testing::Test {
protected:
    ImportKeys() {
        put_file(folder / "flows.csv", "from;to;usd\nA;B;1,5\nB;A;2\nA;A;5\nB;B;5\n");
        put_file(folder / "tariffs.csv", "exporter;importer;sector;tariff\nA;B;goods;12,5\n");
    }
    Study study(const std::string& keys) {
        put_file(folder / "s.toml", "title = \"t\"\n[economy]\nimport = \"gravity\"\npath = \"flows.csv\"\n" + keys);
        return read_study(folder / "s.toml");
    }
    const std::string layout =
        "separator = \";\"\ndecimal = \",\"\ncolumns = { exporter = \"from\", importer = \"to\", value = \"usd\" }\n";

    TemporaryFolder folder;
};

TEST_F(ImportKeys, StudiesTakeTheOptionsOfTheCommand) {
    const Study s = study(layout + "theta = 4\ntariff_file = \"tariffs.csv\"\ntariff_unit = \"percent\"\n" +
                          "[[scenario]]\nname = \"a\"\n");
    EXPECT_EQ(s.economy.trade(0, 1, 0), 1.5);
    EXPECT_DOUBLE_EQ(s.economy.tariff(0, 1, 0), 0.125);
    EXPECT_EQ(s.economy.theta, std::vector<double>{4.0});
}
TEST_F(ImportKeys, TheCommandTakesThemWithHyphens) {
    const Outcome o = detente(
        fmt::format("economy import gravity '{0}' --separator ';' --decimal , --columns "
                    "exporter=from,importer=to,value=usd --theta 4 "
                    "--tariff-file '{1}' --tariff-unit percent -o '{2}'",
                    (folder / "flows.csv").string(), (folder / "tariffs.csv").string(), (folder / "e.nc").string()));
    ASSERT_EQ(o.status, 0) << o.error;
    const Economy e = read_economy(folder / "e.nc");
    EXPECT_EQ(e.trade(0, 1, 0), 1.5);
    EXPECT_DOUBLE_EQ(e.tariff(0, 1, 0), 0.125);
}
TEST_F(ImportKeys, EveryOptionIsInBothPlaces) {
    const Outcome help = detente("economy import --help");
    for (const ImportOption& option : import_option_list()) {
        EXPECT_NE(help.out.find("--" + option.name), std::string::npos) << option.name;
        // A key that a study does not know is refused as unknown; a value of the wrong kind is refused as such.
        try {
            study(option.key() + " = [[1979-05-27]]\n");
            ADD_FAILURE() << option.key();
        } catch (const Error& error) {
            EXPECT_EQ(std::string(error.what()).find("unknown key"), std::string::npos) << error.what();
            EXPECT_NE(std::string(error.what()).find("s.toml:5: economy." + option.key()), std::string::npos)
                << error.what();
        }
    }
}
TEST_F(ImportKeys, FaultyValuesAreNamed) {
    const auto refused = [&](const std::string& keys, std::initializer_list<std::string> parts) {
        expect_error(ErrorKind::input, parts, [&] { study(keys); });
    };
    refused("columns = { valeu = \"usd\" }\n", {"s.toml:5: economy.columns", "valeu", "did you mean \"value\"?"});
    refused("separator = \"ab\"\n", {"s.toml:5: economy.separator", "not a separator"});
    refused("decimal = \";\"\n", {"s.toml:5: economy.decimal", "not a decimal mark"});
    refused("year = 2019.5\n", {"s.toml:5: economy.year", "not a year"});
    const auto command = [&](const std::string& option) {
        return detente("economy import gravity x.csv -o y.nc " + option).error;
    };
    EXPECT_NE(command("--columns value").find("columns: not a choice of a column"), std::string::npos);
    EXPECT_NE(command("--theta nan").find("--theta: \"nan\" is not a finite number"), std::string::npos);
    EXPECT_NE(command("--year 0").find("year: not a year"), std::string::npos);
}
TEST_F(ImportKeys, ColumnsAreParsedInPairs) {
    EXPECT_EQ(parse_names("value=flow,exporter=orig", {}),
              (std::map<std::string, std::string>{{"value", "flow"}, {"exporter", "orig"}}));
    for (const char* text : {"", "value", "=flow", "value=", "value=flow,"})
        expect_error(ErrorKind::input, {"columns", "NAME=COLUMN"}, [&] { parse_names(text, Place{"", 0, "columns"}); });
}

}  // namespace
}  // namespace detente::test
