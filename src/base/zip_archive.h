// Reading the members of a zip archive piece by piece.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

namespace detente {

class ZipMember;

class ZipArchive {
public:
    /// Throws a file error where the file cannot be opened as an archive.
    explicit ZipArchive(const std::filesystem::path& path);
    ~ZipArchive();
    ZipArchive(const ZipArchive&) = delete;
    ZipArchive& operator=(const ZipArchive&) = delete;

    const std::string& file() const { return file_; }
    bool has(const std::string& member) const;
    /// Opens a member; throws an input error where there is none. The archive must outlive it.
    ZipMember open(const std::string& member) const;

private:
    friend class ZipMember;
    struct Handle;
    std::string file_;
    std::unique_ptr<Handle> handle_;
};

/// One member, decompressed as it is read.
class ZipMember {
public:
    ZipMember(const ZipArchive& archive, const std::string& member);
    ~ZipMember();
    ZipMember(ZipMember&& other) noexcept;
    ZipMember(const ZipMember&) = delete;
    ZipMember& operator=(const ZipMember&) = delete;

    /// Up to `size` bytes; 0 at the end. Throws a file error where the data are damaged.
    std::size_t read(char* to, std::size_t size);
    /// File and member, for errors.
    const std::string& name() const { return name_; }

private:
    struct Handle;
    std::string name_;
    std::unique_ptr<Handle> handle_;
};

}  // namespace detente
