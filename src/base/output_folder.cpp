#include "base/output_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <thread>

#include "base/error.h"
#include "base/file.h"
#include "base/partial_output.h"

namespace detente {
namespace fs = std::filesystem;
namespace {

constexpr const char* partial_ending = ".partial";
constexpr const char* replaced_ending = ".replaced";

bool is_folder(const fs::path& path) {
    std::error_code ignored;
    return fs::is_directory(fs::symlink_status(path, ignored));
}

bool is_mounted(const fs::path& folder) {
#ifdef STATX_ATTR_MOUNT_ROOT
    struct statx found = {};
    if (::statx(AT_FDCWD, folder.c_str(), 0, STATX_BASIC_STATS, &found) == 0 &&
        (found.stx_attributes_mask & STATX_ATTR_MOUNT_ROOT) != 0)
        return (found.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
#endif
    struct stat own = {}, above = {};
    return ::stat(folder.c_str(), &own) == 0 && ::stat((folder / "..").c_str(), &above) == 0 &&
           own.st_dev != above.st_dev;
}

bool contains(const fs::path& folder, const fs::path& path) {
    return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first == folder.end();
}

// Exchanges two folders in one step; false where the file system or the kernel cannot.
bool exchange(const fs::path& a, const fs::path& b) {
#ifdef RENAME_EXCHANGE
    return ::renameat2(AT_FDCWD, a.c_str(), AT_FDCWD, b.c_str(), RENAME_EXCHANGE) == 0;
#else
    errno = ENOSYS;
    return false;
#endif
}

// What is not part of the set, from the old folder into the new one; nothing is overwritten.
void carry_over(const fs::path& from, const fs::path& to, const std::vector<std::string>& files,
                const std::string& below = "") {
    std::vector<fs::path> entries;
    std::error_code error;
    for (fs::directory_iterator entry(from, error), end; !error && entry != end; entry.increment(error))
        entries.push_back(entry->path());
    for (const fs::path& entry : entries) {
        const std::string name = below + entry.filename().string();
        if (std::find(files.begin(), files.end(), name) != files.end()) continue;
        const bool of_the_set = std::any_of(files.begin(), files.end(),
                                            [&](const std::string& file) { return file.rfind(name + "/", 0) == 0; });
        const fs::path place = to / entry.filename();
        if (of_the_set && is_folder(entry) && is_folder(place)) {
            carry_over(entry, place, files, name + "/");
        } else if (fs::symlink_status(place, error).type() == fs::file_type::not_found) {
            fs::rename(entry, place, error);
        }
    }
}

// Files of a set that a killed program had begun, "results.json.123-1.partial": they are nobody's own.
void remove_begun(const fs::path& folder, const std::vector<std::string>& files) {
    std::error_code ignored;
    for (const std::string& file : files)
        for (const fs::path& leftover : made_beside(folder / file, partial_ending)) fs::remove(leftover, ignored);
}

// The files of a set, and the folders that only they filled. What someone put there meanwhile stays.
void remove_set(const fs::path& folder, const std::vector<std::string>& files) {
    std::error_code ignored;
    remove_begun(folder, files);
    for (const std::string& file : files) fs::remove(folder / file, ignored);
    for (const std::string& file : files)
        for (fs::path above = fs::path(file).parent_path(); !above.empty(); above = above.parent_path())
            fs::remove(folder / above, ignored);  // only where it is empty
    if (is_folder(folder)) fs::remove(folder, ignored);
}

}  // namespace

OutputFolder::OutputFolder(fs::path folder, std::vector<std::string> files, WriteOptions options)
    : given_(std::move(folder)), files_(std::move(files)), options_(std::move(options)) {
    const std::string other = other_kind(given_);
    std::error_code ignored;
    if (fs::exists(given_, ignored) && other != "a folder")
        throw_file(given_.string(),
                   "the folder cannot be made: " + (other.empty() ? "a file" : other) + " is in its place");
    target_ = fs::exists(given_, ignored) ? fs::canonical(given_, ignored) : output_target(given_);
    for (fs::path above = target_.parent_path(); !above.empty() && !fs::exists(above, ignored);
         above = above.parent_path())
        made_.push_back(above);
    if (target_.has_parent_path()) make_folder(target_.parent_path());
    check_place();
    sweep();
    try {
        partial_ = std::make_unique<PartialOutput>(target_, PartialOutput::Kind::folder);
    } catch (const Error& error) {
        throw_file(given_.string(),
                   std::string("results replace the folder as a whole, and none can be made beside it; "
                               "expected: a folder in one that can be written: ") +
                       error.what());
    }
}

OutputFolder::~OutputFolder() {
    if (partial_ == nullptr) return;
    remove_set(staged(), files_);
    std::error_code ignored;
    for (const fs::path& above : made_) fs::remove(above, ignored);  // only where it is empty
}

const fs::path& OutputFolder::staged() const {
    return partial_->path();
}

void OutputFolder::check_place() const {
    if (!is_folder(target_)) return;
    std::error_code ignored;
    const fs::path inside = given_ / "results";
    const std::string advice = "; expected: a folder of its own, such as " + inside.lexically_normal().string();
    if (contains(target_, fs::current_path(ignored)))
        throw_file(given_.string(),
                   "results replace the folder as a whole, which the folder where the program runs cannot be" + advice);
    if (is_mounted(target_))
        throw_file(given_.string(),
                   "results replace the folder as a whole, which a mounted file system cannot be" + advice);
}

void OutputFolder::sweep() const {
    // One killed between its two renames: the old folder goes back, or, where there is a newer one, makes way for it.
    for (const fs::path& old : made_beside(target_, replaced_ending)) {
        const PathLock lock(old);
        if (!lock.ours() || !is_folder(old)) continue;
        if (!is_folder(target_) && std::rename(old.c_str(), target_.c_str()) == 0) continue;
        retire(old);
    }
    for (const fs::path& leftover : made_beside(target_, partial_ending)) {
        const PathLock lock(leftover);
        if (lock.ours() && is_folder(leftover)) retire(leftover);
    }
}

void OutputFolder::retire(const fs::path& old) const {
    remove_begun(old, files_);
    if (is_folder(target_)) carry_over(old, target_, files_);
    remove_set(old, files_);
}

// One attempt; false where another program was quicker, and it is to be tried again.
bool OutputFolder::put_in_place(Swap swap) {
    const PathLock lock(target_);
    if (!lock.there() && errno == ENOENT) {
        if (std::rename(staged().c_str(), target_.c_str()) == 0) return true;
        if (errno == ENOTEMPTY || errno == EEXIST) return false;
        throw_file(given_.string(), std::string("cannot be replaced: ") + std::strerror(errno));
    }
    if (lock.held()) return false;
    if (!is_folder(target_)) throw_file(given_.string(), "cannot be replaced: it is no folder any more");
    struct stat before = {};
    if (::stat(target_.c_str(), &before) == 0) ::chmod(staged().c_str(), before.st_mode & 07777);
    if (swap == Swap::exchange) {
        if (exchange(staged(), target_)) {
            retire(staged());
            return true;
        }
        if (errno == ENOENT) return false;
        if (errno != ENOSYS && errno != EINVAL && errno != ENOTSUP)
            throw_file(given_.string(), std::string("cannot be replaced: ") + std::strerror(errno));
    }
    const fs::path old = name_beside(target_, replaced_ending);
    if (std::rename(target_.c_str(), old.c_str()) != 0)
        throw_file(given_.string(), std::string("cannot be replaced: ") + std::strerror(errno));
    const bool done = std::rename(staged().c_str(), target_.c_str()) == 0;
    const int why = errno;
    if (!done && why != ENOTEMPTY && why != EEXIST) {
        if (std::rename(old.c_str(), target_.c_str()) == 0)
            throw_file(given_.string(), std::string("cannot be replaced: ") + std::strerror(why));
    }
    retire(old);
    return done;
}

void OutputFolder::commit(Swap swap) {
    using namespace std::chrono_literals;
    const auto flush = [&](const fs::path& folder) {
        options_.job.check();
        if (!options_.hurry.stop_requested()) flush_folder(folder);
    };
    for (const std::string& file : files_) flush((staged() / file).parent_path());
    try {
        const auto deadline = std::chrono::steady_clock::now() + 5s;
        while (!put_in_place(swap)) {
            if (std::chrono::steady_clock::now() > deadline)
                throw_file(given_.string(), "cannot be replaced: another program keeps writing there");
            std::this_thread::sleep_for(2ms);
            options_.job.check();
        }
    } catch (const Interrupted&) {
        throw;  // what was there before stays
    } catch (const Error& error) {
        // Computed results are not thrown away because their place is gone: under this name no sweep finds them.
        const fs::path kept = name_beside(target_, ".unplaced");
        if (std::rename(staged().c_str(), kept.c_str()) != 0) throw;
        partial_.reset();
        throw_file(error.what(), "the new files are in " + kept.string());
    }
    if (!options_.hurry.stop_requested()) flush_folder(target_.parent_path());
    partial_.reset();
}

}  // namespace detente
