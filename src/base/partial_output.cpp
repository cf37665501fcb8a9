#include "base/partial_output.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <vector>

#include "base/error.h"

namespace detente {
namespace fs = std::filesystem;
namespace {

// The longest name that leaves room for the ending; file systems allow 255 bytes.
constexpr std::size_t longest_stem = 200;

fs::path folder_of(const fs::path& target) {
    return target.has_parent_path() ? target.parent_path() : fs::path(".");
}

std::string stem_of(const fs::path& target) {
    return target.filename().string().substr(0, longest_stem) + ".";
}

bool same_thing(int descriptor, const fs::path& path) {
    struct stat open_one = {}, named = {};
    return ::fstat(descriptor, &open_one) == 0 && ::lstat(path.c_str(), &named) == 0 &&
           open_one.st_dev == named.st_dev && open_one.st_ino == named.st_ino;
}

}  // namespace

fs::path output_target(const fs::path& given) {
    fs::path path = given.lexically_normal();
    if (!path.has_filename()) path = path.parent_path();  // "results/"
    if (path.empty() || !path.has_filename()) throw_file(given.string(), "cannot be written: the path has no name");
    constexpr int most_links = 40;
    for (int links = 0; links < most_links; ++links) {
        std::error_code error;
        if (!fs::is_symlink(fs::symlink_status(path, error))) return path;
        const fs::path to = fs::read_symlink(path, error);
        if (error) throw_file(given.string(), "the link cannot be followed: " + error.message());
        path = to.is_absolute() ? to : folder_of(path) / to;
    }
    throw_file(given.string(), "the links go round in a circle");
}

std::string other_kind(const fs::path& path) {
    std::error_code ignored;
    switch (fs::status(path, ignored).type()) {
        case fs::file_type::none:
        case fs::file_type::not_found:
        case fs::file_type::regular:
            return "";
        case fs::file_type::directory:
            return "a folder";
        case fs::file_type::fifo:
            return "a pipe";
        case fs::file_type::socket:
            return "a socket";
        default:
            return "a device";
    }
}

fs::path name_beside(const fs::path& target, const std::string& ending) {
    static std::atomic<unsigned> count{0};
    return folder_of(target) / (stem_of(target) + std::to_string(::getpid()) + "-" + std::to_string(count++) + ending);
}

std::vector<fs::path> made_beside(const fs::path& target, const std::string& ending) {
    std::vector<fs::path> list;
    const std::string stem = stem_of(target);
    std::error_code error;
    for (fs::directory_iterator entry(folder_of(target), error), end; !error && entry != end; entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (name.size() <= stem.size() + ending.size() || name.compare(0, stem.size(), stem) != 0 ||
            name.compare(name.size() - ending.size(), ending.size(), ending) != 0)
            continue;
        const std::string number = name.substr(stem.size(), name.size() - stem.size() - ending.size());
        if (number.find_first_not_of("0123456789-") == std::string::npos) list.push_back(entry->path());
    }
    return list;
}

PathLock::PathLock(const fs::path& path)
    : descriptor_(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)) {
    if (descriptor_ < 0) return;
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0)
        held_ = errno == EWOULDBLOCK;
    else
        locked_ = same_thing(descriptor_, path);
}

PathLock::~PathLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

void flush_folder(const fs::path& folder) {
    const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;
    ::fsync(descriptor);
    ::close(descriptor);
}

PartialOutput::PartialOutput(const fs::path& target, Kind kind) {
    // Between making and locking, another program may take the new one for a leftover; then the next name is tried.
    constexpr int most_tries = 100;
    for (int tries = 0; tries < most_tries; ++tries) {
        path_ = name_beside(target, ".partial");
        errno = 0;
        if (kind == Kind::folder && ::mkdir(path_.c_str(), 0777) != 0 && errno != EEXIST) break;
        const int flags = kind == Kind::folder ? O_RDONLY | O_DIRECTORY : O_CREAT | O_EXCL | O_RDWR;
        descriptor_ = errno == EEXIST ? -1 : ::open(path_.c_str(), flags | O_CLOEXEC, 0666);
        if (descriptor_ < 0 && errno != EEXIST && errno != ENOENT) break;
        if (descriptor_ < 0) continue;
        const bool taken = ::flock(descriptor_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
        if (!taken && same_thing(descriptor_, path_)) return;
        ::close(descriptor_);
    }
    throw_file(target.string(), std::string("cannot be written: ") + std::strerror(errno));
}

PartialOutput::~PartialOutput() {
    ::close(descriptor_);
}

}  // namespace detente
