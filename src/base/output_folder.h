// A set of files that is replaced as a whole or not at all.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/file.h"

namespace detente {

/// A folder of results. It is tried when this object is made, before anything is computed; the files are then written
/// into a folder beside it, and `commit` puts that in its place in one step. What stood there before goes with it,
/// except what is not part of the set: other files and folders are someone's own and are carried over.
class OutputFolder {
public:
    /// `files`: every file that a set may have, relative to the folder. Folders above are made; a link is followed.
    /// Leftovers of a killed program are swept. Throws a file error where something else than a folder is in the way,
    /// where the folder beside cannot be made, and where the folder cannot be swapped: a mounted file system, or the
    /// folder in which the program runs. `options` are those of everything that is written there.
    OutputFolder(std::filesystem::path folder, std::vector<std::string> files, WriteOptions options = {});
    /// What was not committed is removed, with the folders above that were made for it.
    ~OutputFolder();
    OutputFolder(const OutputFolder&) = delete;
    OutputFolder& operator=(const OutputFolder&) = delete;

    /// The folder as it was asked for.
    const std::filesystem::path& path() const { return given_; }
    const WriteOptions& options() const { return options_; }
    /// Where the files of the set are to be written.
    const std::filesystem::path& staged() const;

    /// How the new folder takes the place of the old one: in one step, or, where the file system has none, by two
    /// renames (in between, another program finds no folder; one killed there is repaired by the next).
    enum class Swap { exchange, two_renames };
    /// Throws a file error where it fails; what was written is then kept, and the message says where. Throws
    /// `Interrupted`, and leaves all as it was, where the job is cancelled by then.
    void commit(Swap swap = Swap::exchange);

private:
    void check_place() const;
    void sweep() const;
    bool put_in_place(Swap swap);
    void retire(const std::filesystem::path& old) const;

    std::filesystem::path given_, target_;
    std::vector<std::string> files_;
    WriteOptions options_;
    std::vector<std::filesystem::path> made_;  // folders above that were not there, the nearest first
    std::unique_ptr<class PartialOutput> partial_;
};

}  // namespace detente
