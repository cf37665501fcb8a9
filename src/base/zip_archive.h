// Reading the members of a zip archive piece by piece.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "base/job.h"

namespace detente {

class ZipMember;

/// The most that a member may become when it is unpacked, unless a caller says less: an inter-country table of 80
/// regions and 50 industries takes some 800 MB as XML. A few kilobytes can claim to hold far more.
constexpr std::uint64_t most_unpacked_bytes = std::uint64_t{1} << 30U;

/// An archive open for reading.
class ZipArchive {
public:
    /// Throws a file error where the file cannot be opened as an archive. A cancelled job ends the reading of members.
    explicit ZipArchive(const std::filesystem::path& path, Job job = {});
    ~ZipArchive();
    ZipArchive(const ZipArchive&) = delete;
    ZipArchive& operator=(const ZipArchive&) = delete;

    /// The file, for errors, and whether it has a member of that name.
    const std::string& file() const { return file_; }
    bool has(const std::string& member) const;
    /// Opens a member; throws an input error where there is none, or where it unpacks to more than `most` bytes (at
    /// once where it says so itself, else while it is read). The archive must outlive it.
    ZipMember open(const std::string& member, std::uint64_t most = most_unpacked_bytes) const;

private:
    friend class ZipMember;
    struct Handle;
    std::string file_;
    Job job_;
    std::unique_ptr<Handle> handle_;
};

/// One member, decompressed as it is read.
class ZipMember {
public:
    ZipMember(const ZipArchive& archive, const std::string& member, std::uint64_t most);
    ~ZipMember();
    ZipMember(ZipMember&& other) noexcept;
    ZipMember(const ZipMember&) = delete;
    ZipMember& operator=(const ZipMember&) = delete;

    /// Up to `size` bytes; 0 at the end. Throws a file error where the data are damaged.
    std::size_t read(char* to, std::size_t size);
    /// File and member, for errors.
    const std::string& name() const { return name_; }

private:
    [[noreturn]] void too_large() const;
    struct Handle;
    std::string name_;
    Job job_;
    std::uint64_t most_, read_ = 0;
    std::unique_ptr<Handle> handle_;
};

}  // namespace detente
