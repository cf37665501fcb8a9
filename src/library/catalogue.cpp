#include "library/catalogue.h"

#include <dlfcn.h>

#include <filesystem>

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
        for (const char* beside : {"share/detente", "."}) {
            const fs::path share = (folder / beside).lexically_normal();
            if (fs::is_directory(share / "economies", error))
                return {{},
                        {(share / "economies").string()},
                        {(share / "elasticities").string()},
                        {(share / "tariffs").string()}};
        }
        error.clear();
        folder = folder.parent_path();
    }
    return {};
}

}  // namespace v1

namespace library {

Catalogue engine(const v1::Catalogue& catalogue) {
    Catalogue all;
    for (const auto& [name, economy] : catalogue.economies) all.add(name, economy.impl().economy);
    for (const std::string& folder : catalogue.folders) all.add_folder(folder, "the catalogue");
    for (const std::string& folder : catalogue.elasticity_folders) all.add_elasticity_folder(folder, "the catalogue");
    for (const std::string& folder : catalogue.tariff_folders) all.add_schedule_folder(folder, "the catalogue");
    return all;
}

}  // namespace library
}  // namespace detente
