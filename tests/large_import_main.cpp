// Tables of the size that is published: made up, written in the publisher's layout, imported, compared and solved.
// `large_import [--format icio | wiod-2013 | wiod-2016] [--regions N] [--sectors S]` (sizes as published: 77 x 45,
// 41 x 35, 44 x 56): prints seconds and peak memory; fails where an import takes 20 s or 2 GiB, or differs by more than
// 1e-9.
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>

#include "base/error.h"
#include "economy/check.h"
#include "economy/economy_io.h"
#include "equilibrium/model.h"
#include "input_output_world.h"

namespace {

using namespace detente;
namespace fs = std::filesystem;

struct Settings {
    std::string format = "icio";
    int regions = 0, sectors = 0;
};

Settings read(int count, char** arguments) {
    Settings settings;
    for (int a = 1; a + 1 < count; a += 2) {
        const std::string word = arguments[a];
        if (word == "--format")
            settings.format = arguments[a + 1];
        else if (word == "--regions")
            settings.regions = std::atoi(arguments[a + 1]);
        else if (word == "--sectors")
            settings.sectors = std::atoi(arguments[a + 1]);
        else
            throw_unknown_name(Place{}, "option", word, {"--format", "--regions", "--sectors"});
    }
    const std::map<std::string, std::pair<int, int>> published = {
        {"icio", {77, 45}}, {"wiod-2013", {41, 35}}, {"wiod-2016", {44, 56}}};
    const auto size = published.find(settings.format);
    if (size == published.end())
        throw_unknown_name(Place{}, "format", settings.format, {"icio", "wiod-2013", "wiod-2016"});
    if (settings.regions == 0) settings.regions = size->second.first;
    if (settings.sectors == 0) settings.sectors = size->second.second;
    return settings;
}

double peak_mib() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

// Seconds that a step took; printed with what was done and the peak so far.
template <typename Step>
double timed(const std::string& what, Step&& step) {
    const auto start = std::chrono::steady_clock::now();
    step();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::cout << what << ": " << seconds << " s, peak memory so far " << peak_mib() << " MiB" << std::endl;
    return seconds;
}

struct Source {
    testing::InputOutputWorld world;
    std::string importer;
};

Source make_file(const Settings& settings, const fs::path& file) {
    std::mt19937_64 random(1);
    if (settings.format != "icio") {
        const auto release = settings.format == "wiod-2013" ? testing::WiodRelease::r2013 : testing::WiodRelease::r2016;
        Source source{
            testing::random_world(random, testing::region_codes(settings.regions),
                                  testing::wiod_sectors(release, settings.sectors), testing::wiod_categories(), 4),
            "wiod"};
        testing::write_wiod(source.world, file, release);
        return source;
    }
    const testing::IcioLayout layout{testing::IcioEdition::e2023, true};
    Source source{
        testing::random_world(random, testing::region_codes(settings.regions), testing::icio_sectors(settings.sectors),
                              testing::icio_categories(layout.edition), 4),
        "icio"};
    testing::write_icio(source.world, file, layout);
    return source;
}

// One tariff: 20 points on all goods that the third region buys from the fourth.
void solve_one(const Economy& economy) {
    Calibration base;
    timed("calibrate", [&] { base = calibrate(economy); });
    Shock shock;
    shock.tariff = base.world.tariff;
    for (int s = 0; s < economy.n_sectors(); ++s)
        if (economy.goods[static_cast<std::size_t>(s)] != 0) shock.tariff(3, 2, s) += 0.2;
    Equilibrium e;
    timed("solve one tariff", [&] { e = solve(base.world, shock); });
    std::cout << "residual " << e.certificate.residual << ", welfare of " << economy.regions[2] << " "
              << 100.0 * (e.welfare_hat[2] - 1.0) << " %\n";
}

int run(const Settings& settings, const fs::path& folder) {
    const fs::path file = folder / "table_2020.csv";
    Source source;
    timed("make and write", [&] { source = make_file(settings, file); });
    std::cout << settings.format << ", " << settings.regions << " x " << settings.sectors << ": "
              << static_cast<double>(fs::file_size(file)) / 1e6 << " MB\n";
    ImportOptions options;
    options.theta = 5.0;
    options.merge_split = settings.format == "icio";
    Economy economy;
    const double seconds = timed("import", [&] { economy = import_economy(source.importer, file, options); });
    const double memory = peak_mib(),
                 difference = testing::largest_difference(economy, testing::expected_economy(source.world));
    std::cout << "largest difference from what was generated: " << difference << '\n';
    solve_one(economy);
    if (difference <= 1e-9 && seconds < 20.0 && memory < 2048.0) return 0;
    std::cout << "FAILED: the limits are 1e-9, 20 s and 2048 MiB\n";
    return 2;
}

}  // namespace

int main(int count, char** arguments) {
    std::string folder = (fs::temp_directory_path() / "detente-large-XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr) return 3;
    int status = 0;
    try {
        status = run(read(count, arguments), folder);
    } catch (const Error& error) {
        std::cout << error.what() << '\n';
        status = error.exit_status();
    }
    fs::remove_all(folder);
    return status;
}
