#include "economy/catalogue.h"

#include <algorithm>

#include "economy/economy_io.h"

namespace detente {
namespace fs = std::filesystem;

Catalogue Catalogue::beside_program() {
    Catalogue catalogue;
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    if (!error) {
        const fs::path here = program.parent_path();
        // build/release/detente, build/release/<folder>/<binary>, and an installed bin/detente.
        for (const char* beside : {"../../economies", "../../../economies", "../share/detente/economies"})
            catalogue.add_folder((here / beside).lexically_normal());
        for (const char* beside : {"../../tariffs", "../../../tariffs", "../share/detente/tariffs"})
            catalogue.add_schedule_folder((here / beside).lexically_normal());
        for (const char* beside : {"../../elasticities", "../../../elasticities", "../share/detente/elasticities"})
            catalogue.add_elasticity_folder((here / beside).lexically_normal());
    }
#ifdef DETENTE_ECONOMIES_DIR
    // Where /proc is not mounted (a bare chroot): the source tree that the program was built from.
    catalogue.add_folder(DETENTE_ECONOMIES_DIR);
    catalogue.add_schedule_folder(fs::path(DETENTE_ECONOMIES_DIR) / "../tariffs");
    catalogue.add_elasticity_folder(fs::path(DETENTE_ECONOMIES_DIR) / "../elasticities");
#endif
    return catalogue;
}

std::vector<fs::path> Catalogue::files(const Folder& folder, const char* ending) {
    std::vector<fs::path> list;
    std::error_code error;
    for (fs::directory_iterator entry(folder.path, error), end; !error && entry != end; entry.increment(error))
        if (entry->path().extension() == ending) list.push_back(entry->path());
    if (error && !folder.named_by.empty())
        throw_file(folder.path.string(),
                   "the folder named by " + folder.named_by + " cannot be read: " + error.message());
    return list;
}

template <class Item>
std::vector<fs::path> Catalogue::Shelf<Item>::paths() const {
    std::vector<fs::path> list;
    for (const Folder& folder : folders) list.push_back(folder.path);
    return list;
}

template <class Item>
std::vector<std::string> Catalogue::Shelf<Item>::names() const {
    std::vector<std::string> list;
    for (const auto& entry : in_memory) list.push_back(entry.first);
    for (const Folder& folder : folders)
        for (const fs::path& file : files(folder, ending)) list.push_back(file.stem().string());
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    return list;
}

template <class Item>
template <class Read>
Item Catalogue::Shelf<Item>::load(const std::string& name, const std::string& kind, const Place& place,
                                  Read&& read) const {
    if (const auto found = in_memory.find(name); found != in_memory.end()) return *found->second;
    for (const Folder& folder : folders)
        for (const fs::path& file : files(folder, ending))
            if (file.stem() == name) return read(file);
    throw_unknown_name(place, kind, name, names());
}

void Catalogue::add(const std::string& name, std::shared_ptr<const Economy> economy) {
    economies_.in_memory[name] = std::move(economy);
}

void Catalogue::add(const std::string& name, Economy economy) {
    add(name, std::make_shared<const Economy>(std::move(economy)));
}

void Catalogue::add_folder(fs::path folder, std::string named_by) {
    economies_.folders.push_back({std::move(folder), std::move(named_by)});
}

std::vector<fs::path> Catalogue::folders() const {
    return economies_.paths();
}

std::vector<std::string> Catalogue::names() const {
    return economies_.names();
}

Economy Catalogue::load(const std::string& name, const Place& place, const Job& job) const {
    return economies_.load(name, "built-in economy", place,
                           [&](const fs::path& file) { return read_economy(file, job); });
}

Economy Catalogue::load_name_or_path(const std::string& name_or_path, const Job& job) const {
    const bool path = name_or_path.find('/') != std::string::npos || fs::path(name_or_path).extension() == ".nc";
    return path ? read_economy(name_or_path, job) : load(name_or_path, {}, job);
}

void Catalogue::add_elasticities(const std::string& name, ElasticitySet set) {
    set.name = name;
    sets_.in_memory[name] = std::make_shared<const ElasticitySet>(std::move(set));
}

void Catalogue::add_elasticity_folder(fs::path folder, std::string named_by) {
    sets_.folders.push_back({std::move(folder), std::move(named_by)});
}

std::vector<fs::path> Catalogue::elasticity_folders() const {
    return sets_.paths();
}

std::vector<std::string> Catalogue::elasticity_names() const {
    return sets_.names();
}

ElasticitySet Catalogue::load_elasticities(const std::string& name, const Place& place, const Job& job) const {
    return sets_.load(name, "set of elasticities", place,
                      [&](const fs::path& file) { return read_elasticity_set(file, job); });
}

ElasticitySet Catalogue::load_elasticities_or_path(const std::string& name_or_path, const Place& place,
                                                   const Job& job) const {
    return is_elasticity_path(name_or_path) ? read_elasticity_set(name_or_path, job)
                                            : load_elasticities(name_or_path, place, job);
}

bool Catalogue::is_elasticity_path(const std::string& name_or_path) {
    return name_or_path.find('/') != std::string::npos || fs::path(name_or_path).extension() == ".csv";
}

bool Catalogue::is_schedule_path(const std::string& name_or_path) {
    return is_elasticity_path(name_or_path);  // a table too
}

void Catalogue::add_schedule(const std::string& name, TariffSchedule schedule) {
    schedule.name = name;
    schedules_.in_memory[name] = std::make_shared<const TariffSchedule>(std::move(schedule));
}

void Catalogue::add_schedule_folder(fs::path folder, std::string named_by) {
    schedules_.folders.push_back({std::move(folder), std::move(named_by)});
}

std::vector<fs::path> Catalogue::schedule_folders() const {
    return schedules_.paths();
}

std::vector<std::string> Catalogue::schedule_names() const {
    return schedules_.names();
}

TariffSchedule Catalogue::load_schedule(const std::string& name, const Place& place, const Job& job) const {
    return schedules_.load(name, "schedule of tariffs", place,
                           [&](const fs::path& file) { return read_tariff_schedule(file, job); });
}

TariffSchedule Catalogue::load_schedule_or_path(const std::string& name_or_path, const Place& place,
                                                const Job& job) const {
    return is_schedule_path(name_or_path) ? read_tariff_schedule(name_or_path, job)
                                          : load_schedule(name_or_path, place, job);
}

}  // namespace detente
