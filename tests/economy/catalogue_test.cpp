// Economies by name, others by path.
#include "economy/catalogue.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "economy/economy_io.h"
#include "support.h"

namespace detente::test {
namespace {

class CatalogueOfAFolder : public ::testing::Test {
protected:
    void SetUp() override {
        write_economy(toy_economy(), folder / "toy-world.nc");
        catalogue.add_folder(folder.path(), "THE_VARIABLE");
    }
    TemporaryFolder folder;
    Catalogue catalogue;
};

TEST_F(CatalogueOfAFolder, ListsWhatItFinds) {
    EXPECT_EQ(catalogue.names(), std::vector<std::string>{"toy-world"});
}

TEST_F(CatalogueOfAFolder, LoadsByName) {
    EXPECT_EQ(catalogue.load_name_or_path("toy-world").title, "Toy economy");
}

TEST_F(CatalogueOfAFolder, LoadsByPath) {
    EXPECT_EQ(catalogue.load_name_or_path(folder / "toy-world.nc").title, "Toy economy");
}

TEST_F(CatalogueOfAFolder, WhatWasAddedFirstComesFirst) {
    TemporaryFolder second;
    Economy other = toy_economy();
    other.title = "Another";
    write_economy(other, second / "toy-world.nc");
    catalogue.add_folder(second.path());
    EXPECT_EQ(catalogue.load("toy-world").title, "Toy economy");
}

TEST_F(CatalogueOfAFolder, MemoryComesBeforeFolders) {
    Economy other = toy_economy();
    other.title = "In memory";
    catalogue.add("toy-world", other);
    EXPECT_EQ(catalogue.load("toy-world").title, "In memory");
    EXPECT_EQ(catalogue.names().size(), 1U);
}

TEST_F(CatalogueOfAFolder, UnknownNameComesWithTheNearest) {
    expect_error(ErrorKind::input,
                 {"study.toml:3", "economy.name", "unknown built-in economy", "did you mean \"toy-world\"?"}, [&] {
                     catalogue.load("toy-wrld", Place{"study.toml", 3, "economy.name"});
                 });
}

TEST_F(CatalogueOfAFolder, PathThatIsMissingIsAFileError) {
    expect_error(ErrorKind::file, {"none.nc", "No such file"}, [&] { catalogue.load_name_or_path("./none.nc"); });
}

TEST_F(CatalogueOfAFolder, FolderThatSomebodyNamedMustBeThere) {
    catalogue.add_folder(folder / "none", "THE_VARIABLE");
    expect_error(ErrorKind::file, {"none", "THE_VARIABLE"}, [&] { catalogue.names(); });
}

TEST(CatalogueBesideTheProgram, HasTheBuiltInEconomies) {
    const std::vector<std::string> names = Catalogue::beside_program().names();
    for (const char* name : {"us-china-2017", "world-2023"})
        EXPECT_EQ(std::count(names.begin(), names.end(), name), 1) << name;
}

TEST(EmptyCatalogue, HasNone) {
    EXPECT_TRUE(Catalogue().names().empty());
    expect_error(ErrorKind::input, {"unknown built-in economy"}, [] { Catalogue().load("us-china-2017"); });
}

}  // namespace
}  // namespace detente::test
