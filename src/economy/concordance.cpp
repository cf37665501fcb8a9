// What is merged into what, from MAP.toml or MAP.csv.
#include <fmt/format.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/toml_reader.h"
#include "economy/aggregate.h"

namespace detente {
namespace {

Place place_of(const std::string& file, const toml::node& node, const std::string& key) {
    return Place{file, static_cast<int>(node.source().begin.line), key};
}

std::string text_of(const std::string& file, const toml::node& node, const std::string& key) {
    const auto text = node.value<std::string>();
    if (!node.is_string() || !text) throw_input({place_of(file, node, key), "not a name", "", "a name in quotes", ""});
    return *text;
}

// One table `New = ["Old", ...]` turned round: old -> new.
std::map<std::string, std::string> read_groups(const std::string& file, const toml::node& node, const std::string& key,
                                               const IndexSet& names) {
    const toml::table* groups = node.as_table();
    if (groups == nullptr) throw_input({place_of(file, node, key), "not a table", "", "New = [\"Old\", ...]", ""});
    std::map<std::string, std::string> old_to_new;
    for (const auto& [new_name, members] : *groups) {
        const std::string group(new_name.str()), where = key + "." + group;
        const toml::array* list = members.as_array();
        if (list == nullptr || list->empty()) {
            throw_input({place_of(file, members, where), "not a list of names", "", group + " = [\"Old\", ...]", ""});
        }
        for (const toml::node& member : *list) {
            const std::string old = text_of(file, member, where);
            names.at(old, place_of(file, member, where));
            const auto [entry, added] = old_to_new.emplace(old, group);
            if (!added) {
                throw_input(
                    place_of(file, member, where),
                    fmt::format("\"{}\" is assigned twice: to \"{}\" and to \"{}\"", old, entry->second, group));
            }
        }
    }
    return old_to_new;
}

Concordance read_toml_map(const std::filesystem::path& path, const Economy& economy) {
    const std::string file = path.string();
    const toml::table map = read_toml(path);
    Concordance concordance;
    for (const auto& [key_node, node] : map) {
        const std::string key(key_node.str());
        if (key == "regions") {
            concordance.regions = read_groups(file, node, key, economy.regions);
        } else if (key == "sectors") {
            concordance.sectors = read_groups(file, node, key, economy.sectors);
        } else if (key == "tariffs") {
            const std::string weights = text_of(file, node, key);
            if (weights != "trade" && weights != "simple") {
                throw_unknown_name(place_of(file, node, key), "way to average tariffs", weights, {"trade", "simple"});
            }
            concordance.tariffs = weights == "trade" ? TariffWeights::trade : TariffWeights::simple;
        } else {
            throw_unknown_name(place_of(file, node, ""), "key", key, {"regions", "sectors", "tariffs"});
        }
    }
    return concordance;
}

// One row for each old name: kind (region or sector), old, new.
Concordance read_csv(const std::filesystem::path& path, const Economy& economy) {
    const CsvTable table = CsvTable::read(path);
    const int kind = table.column("kind"), old = table.column("old"), into = table.column("new");
    Concordance concordance;
    for (int row = 0; row < table.rows(); ++row) {
        const bool region = table.text(row, kind) == "region";
        if (!region && table.text(row, kind) != "sector")
            throw_unknown_name(table.place(row, kind), "kind", table.text(row, kind), {"region", "sector"});
        const std::string &from = table.text(row, old), &to = table.text(row, into);
        (region ? economy.regions : economy.sectors).at(from, table.place(row, old));
        if (to.empty()) throw_input(table.place(row, into), "the new name of \"" + from + "\" is empty");
        auto& names = region ? concordance.regions : concordance.sectors;
        const auto [entry, added] = names.emplace(from, to);
        if (!added) {
            throw_input(table.place(row, old),
                        fmt::format("\"{}\" is assigned twice: to \"{}\" and to \"{}\"", from, entry->second, to));
        }
    }
    return concordance;
}

}  // namespace

Concordance read_concordance(const std::filesystem::path& path, const Economy& economy) {
    const bool csv = path.extension() == ".csv";
    Concordance concordance = csv ? read_csv(path, economy) : read_toml_map(path, economy);
    concordance.file = path.string();
    if (concordance.regions.empty() && concordance.sectors.empty()) {
        throw_input({Place{path.string(), 0, ""}, "the map merges nothing", "",
                     csv ? "rows of kind region or sector" : "a table [regions] or [sectors]", ""});
    }
    return concordance;
}

}  // namespace detente
