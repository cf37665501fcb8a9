// Where built-in economies are found.
#include <algorithm>
#include <cstdlib>

#include "economy/economy_io.h"

namespace detente {
namespace fs = std::filesystem;
namespace {

constexpr const char* folder_variable = "DETENTE_ECONOMIES";

fs::path named_folder() {
    const char* folder = std::getenv(folder_variable);
    return folder == nullptr ? fs::path() : fs::path(folder);
}

// Files NAME.nc of a folder; none where there is no such folder, except where a person named it.
std::vector<fs::path> economy_files(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        if (entry->path().extension() == ".nc") files.push_back(entry->path());
    }
    if (error && !folder.empty() && folder == named_folder()) {
        throw_file(folder.string(),
                   std::string("the folder named by ") + folder_variable + " cannot be read: " + error.message());
    }
    return files;
}

}  // namespace

std::vector<fs::path> economy_folders() {
    std::vector<fs::path> folders;
    if (!named_folder().empty()) folders.push_back(named_folder());
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    if (!error) {
        const fs::path here = program.parent_path();
        // build/release/detente, build/release/<folder>/<binary>, and an installed bin/detente.
        for (const char* beside : {"../../economies", "../../../economies", "../share/detente/economies"}) {
            folders.push_back((here / beside).lexically_normal());
        }
    }
    // Where /proc is not mounted (a bare chroot): the source tree that the program was built from.
    folders.emplace_back(DETENTE_ECONOMIES_DIR);
    return folders;
}

std::vector<std::string> built_in_economies() {
    std::vector<std::string> names;
    for (const fs::path& folder : economy_folders())
        for (const fs::path& file : economy_files(folder)) names.push_back(file.stem().string());
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

Economy load_built_in(const std::string& name, const Place& place) {
    for (const fs::path& folder : economy_folders()) {
        for (const fs::path& file : economy_files(folder)) {
            if (file.stem() == name) return read_economy(file);
        }
    }
    throw_unknown_name(place, "built-in economy", name, built_in_economies());
}

Economy load_economy(const std::string& name_or_path) {
    const bool path = name_or_path.find('/') != std::string::npos || fs::path(name_or_path).extension() == ".nc";
    return path ? read_economy(name_or_path) : load_built_in(name_or_path);
}

}  // namespace detente
