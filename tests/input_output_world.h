// Random worlds of deliveries that hold together, and what publishers would make of them: files for the importers.
#pragma once

#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "economy/economy.h"

namespace detente::testing {

/// Who delivers what to whom, in whole millionths of the unit, so that sums and files are exact.
struct InputOutputWorld {
    std::vector<std::string> regions, sectors, categories;
    std::vector<double> intermediate;  ///< exporter, sector, importer, user
    std::vector<double> final;         ///< exporter, sector, importer, category
    std::vector<double> taxes;         ///< region, sector: taxes less subsidies on inputs

    int n() const { return static_cast<int>(regions.size()); }
    int m() const { return static_cast<int>(sectors.size()); }
    int categories_count() const { return static_cast<int>(categories.size()); }
    double& use(int i, int s, int j, int k) { return intermediate[at(i, s, j, k, m())]; }
    double use(int i, int s, int j, int k) const { return intermediate[at(i, s, j, k, m())]; }
    double& sold(int i, int s, int j, int c) { return final[at(i, s, j, c, categories_count())]; }
    double sold(int i, int s, int j, int c) const { return final[at(i, s, j, c, categories_count())]; }
    double tax(int j, int k) const { return taxes[static_cast<std::size_t>(j * m() + k)]; }
    /// The row's sum, in the order of the file.
    double output(int i, int s) const;
    /// What sector k of region j buys.
    double inputs(int j, int k) const;

private:
    std::size_t at(int i, int s, int j, int last, int count) const {
        const auto row = static_cast<std::size_t>((i * m() + s) * n() + j);
        return row * static_cast<std::size_t>(count) + static_cast<std::size_t>(last);
    }
};

/// Codes as the publishers use them; MEX and CHN are among the first four regions.
std::vector<std::string> region_codes(int count);

/// Draws deliveries; every industry sells more than it buys. Stocks (the category `stocks`, or none where it is -1)
/// are drawn down here and there, so that some final uses are negative.
InputOutputWorld random_world(std::mt19937_64& random, std::vector<std::string> regions,
                              std::vector<std::string> sectors, std::vector<std::string> categories, int stocks);

/// The tables that an importer must make of it with default options: summed in plain loops, apart from the engine.
Economy expected_economy(const InputOutputWorld& world);
/// The largest difference of trade, technology and final shares, relative to the larger of 1 and the value.
double largest_difference(const Economy& a, const Economy& b);

enum class IcioEdition { e2016, e2018, e2021, e2023, e2025 };
struct IcioLayout {
    IcioEdition edition = IcioEdition::e2023;
    bool split = false;  ///< MX1, MX2, CN1, CN2 in place of MEX and CHN (2016: MX1 to MX3, CN1 to CN4)
};
/// ISIC Rev. 3 in the 2016 edition, Rev. 4 in later ones.
std::vector<std::string> icio_sectors(int count, IcioEdition edition = IcioEdition::e2023);
std::vector<std::string> icio_categories(IcioEdition edition);
/// The OECD's CSV, row by row.
void write_icio(const InputOutputWorld& world, const std::filesystem::path& path, const IcioLayout& layout = {});

enum class WiodRelease { r2013, r2016 };
std::vector<std::string> wiod_sectors(WiodRelease release, int count);
std::vector<std::string> wiod_categories();
/// The workbook of the World Input-Output Database: .xlsx (2013) or .xlsb (2016), whatever the path ends with.
void write_wiod(const InputOutputWorld& world, const std::filesystem::path& path, WiodRelease release);

}  // namespace detente::testing
