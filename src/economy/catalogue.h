// Economies, sets of elasticities and schedules of tariffs by name.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/job.h"
#include "economy/economy.h"
#include "economy/elasticity_set.h"
#include "economy/tariff_schedule.h"

namespace detente {

/// Where the economies, sets of elasticities and schedules of tariffs are that a study or a command asks for by name:
/// in memory, and in folders. A copy shares what is in memory. The default has none.
class Catalogue {
public:
    /// The built-in economies and sets as an installed program, and one in its build folder, finds them beside itself.
    static Catalogue beside_program();

    /// An economy in memory; it comes before those of folders, and before one added earlier under the same name.
    void add(const std::string& name, std::shared_ptr<const Economy> economy);
    void add(const std::string& name, Economy economy);
    /// Economies NAME.nc of a folder; those of folders added earlier come first. `named_by`: who named the folder ("the
    /// environment variable X"): then it must be there, and errors say so; a folder that nobody named may be missing.
    void add_folder(std::filesystem::path folder, std::string named_by = "");

    /// The same for sets of elasticities, files NAME.csv.
    void add_elasticities(const std::string& name, ElasticitySet set);
    void add_elasticity_folder(std::filesystem::path folder, std::string named_by = "");

    /// In the order in which they are searched.
    std::vector<std::filesystem::path> folders() const;
    std::vector<std::filesystem::path> elasticity_folders() const;
    /// In alphabetical order, each once. Throws a file error where a folder that somebody named cannot be read.
    std::vector<std::string> names() const;
    std::vector<std::string> elasticity_names() const;
    /// Throws with the nearest name where there is none.
    Economy load(const std::string& name, const Place& place = {}, const Job& job = {}) const;
    /// By its name, or by the path of an economy file (with a slash in it, or the ending .nc).
    Economy load_name_or_path(const std::string& name_or_path, const Job& job = {}) const;
    /// A set by its name; throws with the nearest name where there is none. The same by name or by the path of a CSV.
    ElasticitySet load_elasticities(const std::string& name, const Place& place = {}, const Job& job = {}) const;
    ElasticitySet load_elasticities_or_path(const std::string& name_or_path, const Place& place = {},
                                            const Job& job = {}) const;
    /// Whether a text is the path of a CSV (with a slash in it, or the ending .csv) rather than the name of a set.
    static bool is_elasticity_path(const std::string& name_or_path);

    /// The same for schedules of tariffs, files NAME.csv.
    void add_schedule(const std::string& name, TariffSchedule schedule);
    void add_schedule_folder(std::filesystem::path folder, std::string named_by = "");
    std::vector<std::filesystem::path> schedule_folders() const;
    std::vector<std::string> schedule_names() const;
    TariffSchedule load_schedule(const std::string& name, const Place& place = {}, const Job& job = {}) const;
    TariffSchedule load_schedule_or_path(const std::string& name_or_path, const Place& place = {},
                                         const Job& job = {}) const;
    /// Whether a schedule's name is that of a file: it has a slash or ends in .csv.
    static bool is_schedule_path(const std::string& name_or_path);

private:
    struct Folder {
        std::filesystem::path path;
        std::string named_by;
    };
    // Things of one kind: in memory by name, and as files NAME.ending of folders.
    template <class Item>
    struct Shelf {
        const char* ending;
        std::map<std::string, std::shared_ptr<const Item>> in_memory = {};
        std::vector<Folder> folders = {};

        std::vector<std::filesystem::path> paths() const;
        std::vector<std::string> names() const;
        // What `read` makes of the file, or what is in memory; `kind` is what an error calls it.
        template <class Read>
        Item load(const std::string& name, const std::string& kind, const Place& place, Read&& read) const;
    };
    static std::vector<std::filesystem::path> files(const Folder& folder, const char* ending);

    Shelf<Economy> economies_{".nc"};
    Shelf<ElasticitySet> sets_{".csv"};
    Shelf<TariffSchedule> schedules_{".csv"};
};

}  // namespace detente
