#include "library/catalogue.h"

#include <dlfcn.h>

#include <algorithm>
#include <filesystem>

#include "base/error.h"
#include "economy/economy_io.h"
#include "library/handles.h"

namespace detente {
namespace fs = std::filesystem;

namespace v1 {

Catalogue Catalogue::beside_library() {
    Dl_info here{};
    // The address of anything that lies in the library.
    if (::dladdr(reinterpret_cast<const void*>(&Catalogue::beside_library), &here) == 0 || here.dli_fname == nullptr)
        return {};
    std::error_code error;
    fs::path folder = fs::canonical(here.dli_fname, error).parent_path();
    // lib, lib/x86_64-linux-gnu or lib/x86_64-linux-gnu/glibc-hwcaps/x86-64-v3 of an installation; build/release of a
    // source tree.
    constexpr int most_levels = 5;
    for (int level = 0; level < most_levels && !error && folder.has_relative_path(); ++level) {
        for (const char* beside : {"share/detente/economies", "economies"})
            if (fs::is_directory(folder / beside, error)) return {{}, {(folder / beside).string()}};
        error.clear();
        folder = folder.parent_path();
    }
    return {};
}

}  // namespace v1

namespace library {

std::vector<std::string> economies_of(const v1::Catalogue& catalogue) {
    std::vector<std::string> names;
    for (const auto& entry : catalogue.economies) names.push_back(entry.first);
    for (const std::string& folder : catalogue.folders) {
        std::error_code error;
        for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
            if (entry->path().extension() == ".nc") names.push_back(entry->path().stem().string());
        if (error) throw_file(folder, "this folder of economies cannot be read: " + error.message());
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

Economy load_from(const v1::Catalogue& catalogue, const std::string& name_or_path) {
    if (name_or_path.find('/') != std::string::npos || fs::path(name_or_path).extension() == ".nc")
        return read_economy(name_or_path);
    if (const auto found = catalogue.economies.find(name_or_path); found != catalogue.economies.end())
        return engine(found->second);
    for (const std::string& folder : catalogue.folders) {
        const fs::path file = fs::path(folder) / (name_or_path + ".nc");
        std::error_code error;
        if (fs::is_regular_file(file, error)) return read_economy(file);
    }
    throw_unknown_name({}, "built-in economy", name_or_path, economies_of(catalogue));
}

}  // namespace library
}  // namespace detente
