// CSV: the importers of tables. The name of an input's first part says which (see `importers`), a part `options` has
// its options, the others are its files.
#include <algorithm>
#include <charconv>

#include "economy/aggregate.h"
#include "economy/economy_io.h"
#include "economy/import_options.h"
#include "fuzz.h"

namespace detente::fuzz {
namespace {

namespace fs = std::filesystem;

// An importer by the first line of an input, and the files that it reads.
struct Importer {
    std::string name;
    std::vector<std::string> files;
    bool one_file = false;  ///< it takes the first, and the others by its options
};

const std::vector<Importer>& importers() {
    static const std::vector<Importer> all = {
        {"csv", {"economy.csv", "regions.csv", "sectors.csv", "trade.csv", "region_sectors.csv", "input_shares.csv"}},
        {"gravity", {"flows.csv", "gdp.csv", "tariff.csv", "theta.csv", "sectors.csv"}, true},
        {"icio", {"icio_2018.csv", "tariff.csv", "theta.csv"}, true},
        {"ossa", {"trade.csv", "sectors.csv", "political_weights.csv", "noncooperative_tariffs.csv"}},
        {"liberation-day", {"countries.csv", "tariffs_and_groups.csv", "trade.csv"}},
        {"caliendo-parro",
         {"deficits.csv", "trade_elasticities.csv", "trade.csv", "value_added.csv", "intermediate_use.csv",
          "final_consumption.csv"}},
        {"us-china-2017",
         {"trade.csv", "sectors.csv", "value_added_shares.csv", "input_shares.csv", "final_shares.csv"}},
        {"map", {"map.csv", "map.toml"}},
    };
    return all;
}

// Options as on the command line, one a line: NAME, or NAME VALUE; a file is one of the input's parts.
ImportOptions read_options(std::string_view lines, const fs::path& at) {
    ImportOptions options;
    while (!lines.empty()) {
        const std::size_t end = std::min(lines.find('\n'), lines.size());
        const std::string_view line = lines.substr(0, end);
        lines.remove_prefix(std::min(end + 1, lines.size()));
        const std::size_t blank = std::min(line.find(' '), line.size());
        ImportValue value;
        value.text = std::string(line.substr(std::min(blank + 1, line.size())));
        const Place place{"", 0, std::string(line.substr(0, blank))};
        for (const ImportOption& option : import_option_list()) {
            if (option.name != place.key) continue;
            using Kind = ImportOption::Kind;
            if (option.kind == Kind::file) value.file = at / fs::path(value.text).filename();
            if (option.kind == Kind::names) value.names = parse_names(value.text, place);
            const auto& all = option.choices;
            if (option.kind == Kind::choice && std::count(all.begin(), all.end(), value.text) == 0) continue;
            if (option.kind == Kind::number || option.kind == Kind::year) {
                const char* last = value.text.data() + value.text.size();
                if (std::from_chars(value.text.data(), last, value.number).ptr != last) continue;
            }
            option.set(options, value, place);
        }
    }
    return options;
}

void merge(const fs::path& at) {
    const Economy economy = small_economy();
    const Concordance map = read_concordance(at / (fs::exists(at / "map.csv") ? "map.csv" : "map.toml"), economy);
    const Economy merged = aggregate(economy, map);
    (void)merge_losses(economy, map, merged).text(economy.unit);
    exercise(merged);
}

void run(const Importer& importer, const fs::path& at, std::string_view option_lines) {
    if (importer.name == "map") {
        merge(at);
        return;
    }
    const ImportOptions options = read_options(option_lines, at);
    const fs::path source = importer.one_file ? at / importer.files[0] : at;
    const Economy economy = import_economy(importer.name, source, options);
    exercise(economy);
    const fs::path again = folder() / "again";
    export_csv(economy, again);
    expect_same(economy, import_economy("csv", again));
}

}  // namespace
}  // namespace detente::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace detente::fuzz;
    const Parts parts = split(as_text(data, size));
    if (parts.empty()) return -1;
    for (const Importer& importer : importers()) {
        if (parts[0].first != importer.name) continue;
        const auto at = folder() / importer.name;
        std::vector<std::string> given;
        std::string_view options;
        for (const auto& [name, content] : parts) {
            if (name == "options") options = content;
            if (std::count(importer.files.begin(), importer.files.end(), name) == 0) continue;
            put(importer.name + "/" + name, content);
            given.push_back(name);
        }
        for (const std::string& name : importer.files)
            if (std::count(given.begin(), given.end(), name) == 0) std::filesystem::remove(at / name);
        if (given.empty()) return -1;
        reads([&] { run(importer, at, options); });
        return 0;
    }
    return -1;
}
