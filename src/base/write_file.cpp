// Files written beside their place and renamed into it.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "base/error.h"
#include "base/file.h"
#include "base/partial_output.h"

namespace detente {
namespace fs = std::filesystem;
namespace {

std::string reason() {
    return std::strerror(errno);
}

[[noreturn]] void cannot(const fs::path& path, const std::string& why) {
    throw_file(path.string(), "cannot be written: " + why);
}

// Closes itself whatever happens.
struct Descriptor {
    int number;
    ~Descriptor() {
        if (number >= 0) ::close(number);
    }
};

// Data reach the disk before the rename makes them visible; a full disk shows here and not later. In pieces, where the
// system can, so that a cancelled job does not wait for all of a large file.
void flush_to_disk(const fs::path& temporary, const fs::path& path, const WriteOptions& options) {
    const Descriptor file{::open(temporary.c_str(), O_RDONLY | O_CLOEXEC)};
    if (file.number < 0) cannot(path, reason());
#ifdef SYNC_FILE_RANGE_WRITE
    constexpr off_t piece = off_t{4} << 20U;
    struct stat written = {};
    if (::fstat(file.number, &written) != 0) cannot(path, reason());
    for (off_t at = 0; at + piece < written.st_size; at += piece) {
        options.job.check();
        if (options.hurry.stop_requested()) return;
        // Only to be asked in between: what fails here fails below, with its reason.
        ::sync_file_range(file.number, at, piece, SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER);
    }
#endif
    options.job.check();
    if (options.hurry.stop_requested()) return;
    if (::fsync(file.number) != 0) cannot(path, reason());
}

// The file to replace; throws where it is none, or may not be replaced.
fs::path checked_target(const fs::path& path) {
    const std::string other = other_kind(path);
    if (!other.empty()) cannot(path, other + " is in its place, and only a regular file is replaced");
    const fs::path target = output_target(path);
    const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
    if (::access(folder.c_str(), W_OK | X_OK) != 0) cannot(path, reason() + " (" + folder.string() + ")");
    std::error_code ignored;
    if (fs::exists(target, ignored) && ::access(target.c_str(), W_OK) != 0) cannot(path, reason());
    return target;
}

void sweep(const fs::path& target) {
    for (const fs::path& leftover : made_beside(target, ".partial")) {
        std::error_code ignored;
        if (!fs::is_regular_file(fs::symlink_status(leftover, ignored))) continue;
        const PathLock lock(leftover);
        if (lock.ours()) fs::remove(leftover, ignored);
    }
}

}  // namespace

void check_output(const fs::path& path) {
    checked_target(path);
}

void write_beside(const fs::path& path, const std::function<void(const fs::path&)>& write,
                  const WriteOptions& options) {
    options.job.check();
    const fs::path target = checked_target(path);
    sweep(target);
    const PartialOutput partial(target, PartialOutput::Kind::file);
    const fs::path& temporary = partial.path();
    try {
        struct stat before = {};
        if (::stat(target.c_str(), &before) == 0) ::chmod(temporary.c_str(), before.st_mode & 07777);
        write(temporary);
        flush_to_disk(temporary, path, options);
        if (std::rename(temporary.c_str(), target.c_str()) != 0) cannot(path, reason());
        if (!options.hurry.stop_requested()) flush_folder(target.parent_path());
    } catch (...) {
        std::error_code ignored;
        fs::remove(temporary, ignored);
        throw;
    }
}

void write_text(const fs::path& path, const std::string& content, const WriteOptions& options) {
    const auto write = [&](const fs::path& temporary) {
        errno = 0;
        std::FILE* out = std::fopen(temporary.c_str(), "wb");
        if (out == nullptr) cannot(path, reason());
        constexpr std::size_t piece = std::size_t{4} << 20U;
        bool written = true;
        for (std::size_t at = 0; written && at < content.size() && !options.job.cancelled(); at += piece) {
            const std::size_t size = std::min(piece, content.size() - at);
            written = std::fwrite(content.data() + at, 1, size, out) == size;
        }
        const std::string why = reason();
        const bool closed = std::fclose(out) == 0;
        if (!written || !closed) cannot(path, written ? reason() : why);
        options.job.check();
    };
    write_beside(path, write, options);
}

}  // namespace detente
