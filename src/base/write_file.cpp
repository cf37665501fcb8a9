// Files written beside their place and renamed into it.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "base/error.h"
#include "base/file.h"
#include "base/partial_output.h"
#include "base/progress.h"

namespace detente {
namespace fs = std::filesystem;
namespace {

std::string reason() {
    return std::strerror(errno);
}

[[noreturn]] void cannot(const fs::path& path, const std::string& why) {
    throw_file(path.string(), "cannot be written: " + why);
}

// Data reach the disk before the rename makes them visible; a full disk shows here and not later. After an interrupt
// there is no time to wait for a busy disk: what is lost then is lost only if the machine fails in the same minute.
void flush_to_disk(const fs::path& temporary, const fs::path& path) {
    if (interrupted()) return;
    const int descriptor = ::open(temporary.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) cannot(path, reason());
    const int status = ::fsync(descriptor);
    const std::string why = reason();
    ::close(descriptor);
    if (status != 0) cannot(path, why);
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

void write_beside(const fs::path& path, const std::function<void(const fs::path&)>& write) {
    const fs::path target = checked_target(path);
    sweep(target);
    const PartialOutput partial(target, PartialOutput::Kind::file);
    const fs::path& temporary = partial.path();
    try {
        struct stat before = {};
        if (::stat(target.c_str(), &before) == 0) ::chmod(temporary.c_str(), before.st_mode & 07777);
        write(temporary);
        flush_to_disk(temporary, path);
        if (std::rename(temporary.c_str(), target.c_str()) != 0) cannot(path, reason());
        flush_folder(target.parent_path());
    } catch (...) {
        std::error_code ignored;
        fs::remove(temporary, ignored);
        throw;
    }
}

void write_text(const fs::path& path, const std::string& content) {
    write_beside(path, [&](const fs::path& temporary) {
        errno = 0;
        std::FILE* out = std::fopen(temporary.c_str(), "wb");
        if (out == nullptr) cannot(path, reason());
        const bool written = std::fwrite(content.data(), 1, content.size(), out) == content.size();
        const std::string why = reason();
        const bool closed = std::fclose(out) == 0;
        if (!written || !closed) cannot(path, written ? reason() : why);
    });
}

}  // namespace detente
