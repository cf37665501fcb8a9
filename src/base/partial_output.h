// Outputs in the making: files and folders beside the place where they belong, named so that the next program sweeps
// what a killed one left. Shared by single files (file.h) and by folders of results (output_folder.h).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace detente {

/// Where an output goes: links followed to their end, whether or not anything is there. Throws a file error for a path
/// without a name and for links in a circle.
std::filesystem::path output_target(const std::filesystem::path& path);

/// What kind of thing that is no regular file stands at `path`, in words ("a folder", "a pipe"); "" for a regular file
/// and for nothing.
std::string other_kind(const std::filesystem::path& path);

/// A new, empty file or folder `target.PID-N.partial`, held by a lock as long as this object lives: what nobody holds
/// is a leftover.
class PartialOutput {
public:
    /// What is made.
    enum class Kind { file, folder };
    PartialOutput(const std::filesystem::path& target, Kind kind);
    ~PartialOutput();
    PartialOutput(const PartialOutput&) = delete;
    PartialOutput& operator=(const PartialOutput&) = delete;

    /// Where it stands until it is put in its place.
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
    int descriptor_ = -1;
};

/// A name beside `target` that no other program and no other call uses: `target.PID-N` and `ending`.
std::filesystem::path name_beside(const std::filesystem::path& target, const std::string& ending);
/// Paths beside `target` that `name_beside` made with this ending, in this program or another.
std::vector<std::filesystem::path> made_beside(const std::filesystem::path& target, const std::string& ending);

/// What stands at `path`, opened and, unless another program holds it, locked as long as this object lives.
class PathLock {
public:
    explicit PathLock(const std::filesystem::path& path);
    ~PathLock();
    PathLock(const PathLock&) = delete;
    PathLock& operator=(const PathLock&) = delete;

    bool there() const { return descriptor_ >= 0; }  ///< something that can be opened is there
    bool ours() const { return locked_; }            ///< and nobody else holds it
    bool held() const { return held_; }              ///< another program holds it; where locks are unknown, nobody does

private:
    int descriptor_ = -1;
    bool locked_ = false, held_ = false;
};

/// Entries of a folder reach the disk; no error where the file system cannot do that.
void flush_folder(const std::filesystem::path& folder);

}  // namespace detente
