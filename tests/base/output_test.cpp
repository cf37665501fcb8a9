// Outputs are replaced as a whole or not at all, whatever stands in their place.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <set>
#include <thread>

#include "base/file.h"
#include "base/output_folder.h"
#include "base/partial_output.h"
#include "economy/netcdf_file.h"
#include "support.h"

namespace detente::test {
namespace {

namespace fs = std::filesystem;

std::set<std::string> names_in(const fs::path& folder) {
    std::set<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        names.insert(entry.path().lexically_relative(folder).string());
    return names;
}

// ------------------------------------------------------------------------------------------------ single files

TEST(Output, ALinkStaysAndWhatItPointsToIsReplaced) {
    const TemporaryFolder folder;
    fs::create_directory(folder / "far");
    put_file(folder / "far" / "real", "old");
    fs::create_symlink("far/real", folder / "link");
    write_text(folder / "link", "new");
    EXPECT_TRUE(fs::is_symlink(folder / "link"));
    EXPECT_EQ(read_text(folder.path() / "far" / "real"), "new");
    EXPECT_EQ(names_in(folder.path()), (std::set<std::string>{"far", "far/real", "link"}));
}

TEST(Output, ALinkToNothingYetMakesWhatItPointsTo) {
    const TemporaryFolder folder;
    fs::create_symlink("real", folder / "link");
    write_text(folder / "link", "new");
    EXPECT_TRUE(fs::is_symlink(folder / "link"));
    EXPECT_EQ(read_text(folder / "real"), "new");
}

TEST(Output, LinksInACircleAreAnError) {
    const TemporaryFolder folder;
    fs::create_symlink("b", folder / "a");
    fs::create_symlink("a", folder / "b");
    expect_error(ErrorKind::file, {"circle"}, [&] { check_output(folder / "a"); });
}

TEST(Output, APipeIsNeverReplaced) {
    const TemporaryFolder folder;
    ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
    fs::create_symlink("pipe", folder / "link");
    for (const char* name : {"pipe", "link"}) {
        expect_error(ErrorKind::file, {name, "a pipe"}, [&] { check_output(folder / name); });
        expect_error(ErrorKind::file, {name, "a pipe"}, [&] { write_text(folder / name, "x"); });
    }
    EXPECT_TRUE(fs::is_fifo(folder / "pipe"));
}

TEST(Output, ADeviceOrAFolderIsNeverReplaced) {
    const TemporaryFolder folder;
    expect_error(ErrorKind::file, {"/dev/null", "a device"}, [] { check_output("/dev/null"); });
    expect_error(ErrorKind::file, {"a folder"}, [&] { check_output(folder.path()); });
    expect_error(ErrorKind::file, {"a folder"}, [&] { check_output(folder.path() / ""); });
}

TEST(Output, AMissingFolderIsFoundBeforeAnythingIsComputed) {
    const TemporaryFolder folder;
    expect_error(ErrorKind::file, {"cannot be written", "No such file"}, [&] { check_output(folder / "none" / "x"); });
    expect_error(ErrorKind::file, {"no name"}, [] { check_output(""); });
}

TEST(Output, LeftoversOfAKilledProgramAreSwept) {
    const TemporaryFolder folder;
    put_file(folder / "x.nc.4000000-3.partial", "half");
    put_file(folder / "x.nc.mine.partial", "someone's");
    put_file(folder / "y.nc.4000000-3.partial", "of another output");
    write_text(folder / "x.nc", "whole");
    EXPECT_EQ(names_in(folder.path()), (std::set<std::string>{"x.nc", "x.nc.mine.partial", "y.nc.4000000-3.partial"}));
}

TEST(Output, WhatAnotherProgramIsWritingStays) {
    const TemporaryFolder folder;
    const PartialOutput other(folder / "x", PartialOutput::Kind::file);
    write_text(folder / "x", "whole");
    EXPECT_TRUE(fs::exists(other.path()));
}

TEST(Output, AFailureLeavesWhatWasThereAndNothingElse) {
    const TemporaryFolder folder;
    put_file(folder / "kept", "old");
    EXPECT_THROW(write_beside(folder / "kept",
                              [](const fs::path& temporary) {
                                  put_file(temporary, "half");
                                  throw_file("x", "full");
                              }),
                 Error);
    EXPECT_EQ(read_text(folder / "kept"), "old");
    EXPECT_EQ(names_in(folder.path()), std::set<std::string>{"kept"});
}

TEST(Output, PermissionsOfTheOldFileStay) {
    const TemporaryFolder folder;
    put_file(folder / "x", "old");
    fs::permissions(folder / "x", fs::perms::owner_read | fs::perms::owner_write);
    write_text(folder / "x", "new");
    EXPECT_EQ(fs::status(folder / "x").permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST(Output, ALongNameLeavesRoomForItsEnding) {
    const TemporaryFolder folder;
    const std::string name(250, 'x');
    write_text(folder / name, "text");
    EXPECT_EQ(names_in(folder.path()), std::set<std::string>{name});
}

TEST(Output, NumbersBeyondTheClassicFormatGoIntoTheLargeOne) {
    EXPECT_EQ(NetcdfWriter::format_for(5e8), NetcdfWriter::Format::classic);
    EXPECT_EQ(NetcdfWriter::format_for(6e8), NetcdfWriter::Format::large);
    const TemporaryFolder folder;
    write_beside(folder / "large.nc", [&](const fs::path& temporary) {
        NetcdfWriter out(temporary, "large.nc", NetcdfWriter::Format::large);
        out.dimension("scenario", 3);
        out.define("trade", NetcdfWriter::Type::number, {"scenario"}, "1", "");
        out.end_definitions();
        out.write("trade", std::vector<double>{1.0, 2.0, 3.0});
        out.close();
    });
    EXPECT_EQ(read_bytes(folder / "large.nc").substr(0, 4), "CDF\5");
}

// -------------------------------------------------------------------------------------------- sets in a folder

const std::vector<std::string>& set_files() {
    static const std::vector<std::string> files = {"a.json", "b.nc", "tables/c.csv", "tables/d.csv"};
    return files;
}

void write_set(OutputFolder& out, const std::vector<std::string>& files, const std::string& text) {
    for (const std::string& file : files) {
        make_folder((out.staged() / file).parent_path());
        write_text(out.staged() / file, text);
    }
}

void put_set(const fs::path& folder, const std::vector<std::string>& files, const std::string& text,
             OutputFolder::Swap swap = OutputFolder::Swap::exchange) {
    OutputFolder out(folder, set_files());
    write_set(out, files, text);
    out.commit(swap);
}

class Swaps : public ::testing::TestWithParam<OutputFolder::Swap> {};

TEST_P(Swaps, AnOlderSetIsReplacedAsAWhole) {
    const TemporaryFolder folder;
    put_set(folder / "out", set_files(), "old", GetParam());
    put_set(folder / "out", {"a.json", "tables/c.csv"}, "new", GetParam());
    EXPECT_EQ(names_in(folder.path()), (std::set<std::string>{"out", "out/a.json", "out/tables", "out/tables/c.csv"}));
    EXPECT_EQ(read_text(folder.path() / "out" / "a.json"), "new");
}

TEST_P(Swaps, WhatIsNotPartOfTheSetStays) {
    const TemporaryFolder folder;
    put_set(folder / "out", set_files(), "old", GetParam());
    put_file(folder.path() / "out" / "notes.txt", "mine");
    put_file(folder.path() / "out" / "tables" / "own.csv", "mine");
    fs::create_directory(folder.path() / "out" / "plots");
    put_file(folder.path() / "out" / "plots" / "b.nc", "mine");
    fs::permissions(folder / "out", fs::perms::owner_all);
    put_set(folder / "out", {"a.json", "tables/c.csv"}, "new", GetParam());
    EXPECT_EQ(names_in(folder / "out"), (std::set<std::string>{"a.json", "notes.txt", "plots", "plots/b.nc", "tables",
                                                               "tables/c.csv", "tables/own.csv"}));
    EXPECT_EQ(read_text(folder.path() / "out" / "plots" / "b.nc"), "mine");
    EXPECT_EQ(fs::status(folder / "out").permissions(), fs::perms::owner_all);
}

TEST_P(Swaps, TwoProgramsAtOnceNeverMix) {
    const TemporaryFolder folder;
    put_set(folder / "out", set_files(), "0", GetParam());
    const auto repeat = [&](const std::string& text) {
        for (int k = 0; k < 20; ++k) put_set(folder / "out", set_files(), text, GetParam());
    };
    std::thread one(repeat, "1"), two(repeat, "2");
    one.join(), two.join();
    std::set<std::string> texts;
    for (const std::string& file : set_files()) texts.insert(read_text(folder.path() / "out" / file));
    EXPECT_EQ(texts.size(), 1U);
    EXPECT_EQ(names_in(folder.path()).size(), 6U);
}

INSTANTIATE_TEST_SUITE_P(Both, Swaps, ::testing::Values(OutputFolder::Swap::exchange, OutputFolder::Swap::two_renames));

TEST(OutputFolder, WithoutACommitEverythingIsAsItWas) {
    const TemporaryFolder folder;
    put_set(folder / "out", set_files(), "old");
    {
        OutputFolder out(folder / "out", set_files());
        write_set(out, set_files(), "new");
        EXPECT_TRUE(fs::exists(out.staged()));
    }
    EXPECT_EQ(names_in(folder.path()).size(), 6U);
    EXPECT_EQ(read_text(folder.path() / "out" / "b.nc"), "old");
}

TEST(OutputFolder, WithoutACommitNoFolderAboveIsLeft) {
    const TemporaryFolder folder;
    {
        OutputFolder out(folder.path() / "a" / "b" / "out", set_files());
        write_set(out, set_files(), "new");
    }
    EXPECT_TRUE(names_in(folder.path()).empty());
    put_set(folder.path() / "a" / "b" / "out", {"a.json"}, "new");
    EXPECT_EQ(names_in(folder.path()).size(), 4U);
}

TEST(OutputFolder, LeftoversOfAKilledProgramAreSweptAndOwnFilesInThemSaved) {
    const TemporaryFolder folder;
    put_set(folder / "out", set_files(), "old");
    const fs::path leftover = folder / "out.4000000-0.partial";
    fs::create_directories(leftover / "tables");
    put_file(leftover / "a.json", "half");
    put_file(leftover / "b.nc.4000000-1.partial", "half");
    put_file(leftover / "tables" / "c.csv.4000000-2.partial", "half");
    put_file(leftover / "notes.txt", "mine");  // killed between the exchange and carrying over
    { const OutputFolder out(folder / "out", set_files()); }
    EXPECT_FALSE(fs::exists(leftover));
    EXPECT_FALSE(fs::exists(folder / "out" / "b.nc.4000000-1.partial")) << "half a file is nobody's own";
    EXPECT_FALSE(fs::exists(folder / "out" / "tables" / "c.csv.4000000-2.partial"));
    EXPECT_EQ(read_text(folder.path() / "out" / "notes.txt"), "mine");
    EXPECT_EQ(read_text(folder.path() / "out" / "a.json"), "old");
}

TEST(OutputFolder, WhatAnotherProgramIsWritingStays) {
    const TemporaryFolder folder;
    OutputFolder one(folder / "out", set_files()), two(folder / "out", set_files());
    write_set(one, set_files(), "1");
    write_set(two, set_files(), "2");
    two.commit();
    one.commit();
    EXPECT_EQ(read_text(folder.path() / "out" / "a.json"), "1");
    EXPECT_EQ(names_in(folder.path()).size(), 6U);
}

TEST(OutputFolder, KilledBetweenTwoRenamesTheOldSetComesBack) {
    const TemporaryFolder folder;
    put_set(folder / "out.4000000-0.replaced", set_files(), "old");
    { const OutputFolder out(folder / "out", set_files()); }
    EXPECT_EQ(read_text(folder.path() / "out" / "a.json"), "old");
    EXPECT_EQ(names_in(folder.path()).size(), 6U);
}

TEST(OutputFolder, ALinkToAFolderIsFollowed) {
    const TemporaryFolder folder;
    fs::create_directory(folder / "real");
    fs::create_directory_symlink("real", folder / "link");
    put_set(folder / "link", {"a.json"}, "new");
    EXPECT_TRUE(fs::is_symlink(folder / "link"));
    EXPECT_EQ(read_text(folder.path() / "real" / "a.json"), "new");
}

TEST(OutputFolder, WhatIsInTheWayIsFoundAtOnce) {
    const TemporaryFolder folder;
    put_file(folder / "file", "x");
    ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
    const auto make = [&](const fs::path& path) { const OutputFolder out(path, set_files()); };
    expect_error(ErrorKind::file, {"file", "in its place"}, [&] { make(folder / "file"); });
    expect_error(ErrorKind::file, {"pipe", "a pipe is in its place"}, [&] { make(folder / "pipe"); });
    expect_error(ErrorKind::file, {"file", "cannot be made"}, [&] { make(folder / "file" / "below"); });
    EXPECT_EQ(names_in(folder.path()), (std::set<std::string>{"file", "pipe"}));
}

TEST(OutputFolder, TheFolderWhereTheProgramRunsIsNotSwapped) {
    expect_error(ErrorKind::file, {"runs", "a folder of its own"}, [] { const OutputFolder out(".", set_files()); });
    expect_error(ErrorKind::file, {"runs"}, [] { const OutputFolder out("..", set_files()); });
}

TEST(OutputFolder, AMountedFileSystemIsNotSwapped) {
    expect_error(ErrorKind::file, {"mounted"}, [] { const OutputFolder out("/proc", set_files()); });
}

TEST(OutputFolder, ResultsWithoutAPlaceAreKept) {
    const TemporaryFolder folder;
    OutputFolder out(folder / "out", set_files());
    write_set(out, set_files(), "new");
    put_file(folder / "out", "came meanwhile");
    std::string message;
    try {
        out.commit();
    } catch (const Error& error) {
        message = error.what();
    }
    const std::size_t at = message.find("the new files are in ");
    ASSERT_NE(at, std::string::npos) << message;
    EXPECT_EQ(read_text(fs::path(message.substr(at + 21)) / "a.json"), "new");
    EXPECT_EQ(read_text(folder / "out"), "came meanwhile");
}

}  // namespace
}  // namespace detente::test
