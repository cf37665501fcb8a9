// Built-in economies by name, others by path.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "economy/economy_io.h"
#include "support.h"

namespace detente::test {
namespace {

class Catalogue : public ::testing::Test {
protected:
    void SetUp() override {
        write_economy(toy_economy(), folder / "toy-world.nc");
        ::setenv("DETENTE_ECONOMIES", folder.path().c_str(), 1);
    }
    void TearDown() override { ::unsetenv("DETENTE_ECONOMIES"); }
    TemporaryFolder folder;
};

TEST_F(Catalogue, FindsTheFolderOfTheEnvironmentFirst) {
    EXPECT_EQ(economy_folders().front(), folder.path());
}

TEST_F(Catalogue, ListsWhatItFinds) {
    const std::vector<std::string> names = built_in_economies();
    EXPECT_EQ(std::count(names.begin(), names.end(), "toy-world"), 1);
}

TEST_F(Catalogue, LoadsByName) {
    EXPECT_EQ(load_economy("toy-world").title, "Toy economy");
}

TEST_F(Catalogue, LoadsByPath) {
    EXPECT_EQ(load_economy(folder / "toy-world.nc").title, "Toy economy");
}

TEST_F(Catalogue, UnknownNameComesWithTheNearest) {
    expect_error(ErrorKind::input,
                 {"study.toml:3", "economy.name", "unknown built-in economy", "did you mean \"toy-world\"?"}, [] {
                     load_built_in("toy-wrld", Place{"study.toml", 3, "economy.name"});
                 });
}

TEST_F(Catalogue, PathThatIsMissingIsAFileError) {
    expect_error(ErrorKind::file, {"none.nc", "No such file"}, [] { load_economy("./none.nc"); });
}

TEST_F(Catalogue, FolderOfTheEnvironmentThatIsMissingIsAFileError) {
    ::setenv("DETENTE_ECONOMIES", (folder / "none").c_str(), 1);
    expect_error(ErrorKind::file, {"none", "DETENTE_ECONOMIES"}, [] { built_in_economies(); });
}

}  // namespace
}  // namespace detente::test
