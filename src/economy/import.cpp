#include <fmt/format.h>

#include "economy/import_common.h"

namespace detente {
namespace {

using Importer = Economy (*)(const std::filesystem::path&, const ImportOptions&);

struct Format {
    std::string name;
    Importer importer;
    bool folder;  ///< the source is a folder of tables, else one file
};

const std::vector<Format>& formats() {
    static const std::vector<Format> all = {
        {"csv", import_csv, true},
        {"caliendo-parro", import_caliendo_parro, true},
        {"ossa", import_ossa, true},
        {"liberation-day", import_liberation_day, true},
        {"us-china-2017", import_us_china_2017, true},
        {"wiod", import_wiod, false},
        {"icio", import_icio, false},
        {"gravity", import_gravity, false},
    };
    return all;
}

// Says what is wrong with the path itself, before an importer names a file inside it.
void check_path(const Format& format, const std::filesystem::path& path) {
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored))
        throw_file(path.string(), "cannot be read: there is no such file or folder");
    if (format.folder && !std::filesystem::is_directory(path, ignored)) {
        throw_file(path.string(),
                   "cannot be read: format \"" + format.name + "\" is a folder of tables, this is a file");
    }
}

}  // namespace

const std::vector<std::string>& import_formats() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> list;
        for (const Format& format : formats()) list.push_back(format.name);
        return list;
    }();
    return names;
}

Economy import_economy(const std::string& format, const std::filesystem::path& path, const ImportOptions& options) {
    for (const Format& candidate : formats()) {
        if (candidate.name != format) continue;
        check_path(candidate, path);
        // What a table deep down finds wrong is wrong in this source.
        return at_place(Place{path.string(), 0, ""}, [&] {
            Economy economy = candidate.importer(path, options);
            trim_texts(economy);
            check_texts(economy, path.string());
            return economy;
        });
    }
    throw_unknown_name(Place{}, "import format", format, import_formats());
}

void override_economy(Economy& economy, const ImportOptions& options) {
    fill_gaps(economy, {}, options);
}

void override_elasticities(Economy& economy, const ImportOptions& options) {
    ImportOptions only;
    only.elasticities = options.elasticities, only.elasticity_set = options.elasticity_set;
    only.theta_mean = options.theta_mean, only.horizon = options.horizon;
    only.places = options.places, only.job = options.job;
    if (only.elasticity_set) {
        only.sectors_file = options.sectors_file;
        only.theta_of = options.theta_of;
    }
    fill_gaps(economy, {}, only);
}

Economy import_economy(const std::string& format, const std::vector<std::filesystem::path>& paths,
                       const ImportOptions& options) {
    if (paths.size() == 2 && format == "gravity") {
        ImportOptions with_gdp = options;
        with_gdp.gdp_file = paths[1];
        return import_economy(format, paths[0], with_gdp);
    }
    if (paths.size() == 1) return import_economy(format, paths[0], options);
    throw_input(Place{}, fmt::format("{} takes one path{}, and {} were given", format,
                                     format == "gravity" ? " or two" : "", paths.size()));
}

}  // namespace detente
