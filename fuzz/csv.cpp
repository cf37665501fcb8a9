// CSV: the importers of tables, one an input. The names of an input's parts say which (see `importers`); parts without
// a known name are the other files of the same folder.
#include <algorithm>

#include "economy/aggregate.h"
#include "economy/economy_io.h"
#include "fuzz.h"

namespace detente::fuzz {
namespace {

namespace fs = std::filesystem;

// An importer by the first line of an input, and the files that it reads.
struct Importer {
    std::string name;
    std::vector<std::string> files;
};

const std::vector<Importer>& importers() {
    static const std::vector<Importer> all = {
        {"csv", {"economy.csv", "regions.csv", "sectors.csv", "trade.csv", "region_sectors.csv", "input_shares.csv"}},
        {"gravity", {"flows.csv", "gdp.csv", "tariff.csv", "theta.csv", "sectors.csv"}},
        {"icio", {"icio_2018.csv", "tariff.csv", "theta.csv"}},
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

ImportOptions options_of(const fs::path& at) {
    ImportOptions options;
    const auto there = [&](const char* name) { return fs::exists(at / name) ? at / name : fs::path(); };
    options.tariff_file = there("tariff.csv");
    options.theta_file = there("theta.csv");
    options.gdp_file = there("gdp.csv");
    return options;
}

void merge(const fs::path& at) {
    const Economy economy = small_economy();
    const Concordance map = read_concordance(at / (fs::exists(at / "map.csv") ? "map.csv" : "map.toml"), economy);
    const Economy merged = aggregate(economy, map);
    (void)merge_losses(economy, map, merged).text(economy.unit);
    exercise(merged);
}

void run(const std::string& format, const fs::path& at) {
    if (format == "map") {
        merge(at);
        return;
    }
    ImportOptions options = options_of(at);
    const bool gravity = format == "gravity", icio = format == "icio";
    Economy economy;
    const auto import = [&] {
        economy = import_economy(format, gravity ? at / "flows.csv" : icio ? at / "icio_2018.csv" : at, options);
    };
    // Where the flows have no home sales they are built from GDP; where icio's are split they are merged.
    if (!reads(import)) {
        if (!gravity && !icio) return;
        options.home_sales = ImportOptions::HomeSales::gdp_clip;
        options.merge_split = true;
        options.tariff = 0.1;
        options.theta = 4.0;
        options.theta_file = options.tariff_file = fs::path();
        import();
    }
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
        for (const auto& [name, content] : parts) {
            if (std::count(importer.files.begin(), importer.files.end(), name) == 0) continue;
            put(importer.name + "/" + name, content);
            given.push_back(name);
        }
        for (const std::string& name : importer.files)
            if (std::count(given.begin(), given.end(), name) == 0) std::filesystem::remove(at / name);
        if (given.empty()) return -1;
        reads([&] { run(importer.name, at); });
        return 0;
    }
    return -1;
}
