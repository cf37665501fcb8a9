// Bilateral trade, GDP and tariffs in the layouts of their publishers, from one world that is made up.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace detente::test {

/// Four countries, three years, three products; some flows are nothing.
struct PublishedTrade {
    struct Country {
        std::string iso3;
        int number;       ///< ISO 3166
        int baci_number;  ///< as in Comtrade and BACI
        std::string name;
    };
    std::vector<Country> countries;
    std::vector<int> years;
    std::vector<std::string> products;
    std::vector<double> values;  ///< by year, exporter, importer, product; 0: no flow

    std::size_t n() const { return countries.size(); }
    double value(std::size_t year, std::size_t i, std::size_t j, std::size_t product) const {
        return values[((year * n() + i) * n() + j) * products.size() + product];
    }
    /// Over all products.
    double flow(std::size_t year, std::size_t i, std::size_t j) const;
    /// In the unit of the flows; no country exports as much.
    double gdp(std::size_t year, std::size_t i) const;
};

PublishedTrade published_trade();

/// t,i,j,k,v,q of one year: numbers padded with blanks, no row for i = i, NA quantities.
void write_baci(const std::filesystem::path& path, const PublishedTrade& world, std::size_t year);
/// All years and all pairs, several flows beside each other, GDP on the rows, empty cells.
void write_cepii_gravity(const std::filesystem::path& path, const PublishedTrade& world);
/// All years, home sales included, quoted names with commas.
void write_itpd(const std::filesystem::path& path, const PublishedTrade& world);

enum class ComtradeRows { exports, imports, both };
/// Since 2023: one year, totals and products, the world as a partner, re-exports, a comma at the end of the rows.
void write_comtrade(const std::filesystem::path& path, const PublishedTrade& world, std::size_t year,
                    ComtradeRows rows);
/// Before 2023.
void write_old_comtrade(const std::filesystem::path& path, const PublishedTrade& world, std::size_t year);
/// orig,dest,flow of one year as R's write.csv puts it: quoted, with row names.
void write_from_r(const std::filesystem::path& path, const PublishedTrade& world, std::size_t year);
/// The same as Stata's export delimited, with "." for what is missing.
void write_from_stata(const std::filesystem::path& path, const PublishedTrade& world, std::size_t year);

/// The World Bank's download: byte-order mark, lines above the header, years as columns, a comma at the end of each
/// line, aggregates among the countries. `unit`: of a unit of the flows in dollars.
void write_world_bank_gdp(const std::filesystem::path& path, const PublishedTrade& world, double unit);
/// The World Bank's DataBank: series beside each other, "2018 [YR2018]", ".." for what is missing, lines below.
void write_databank_gdp(const std::filesystem::path& path, const PublishedTrade& world, double unit);

/// TRAINS: numbers of reporters, products, simple averages in percent: on everyone (partner 000), and of `preference`
/// for the second country in the first.
void write_trains_tariffs(const std::filesystem::path& path, const PublishedTrade& world, double on_everyone,
                          double preference);

}  // namespace detente::test
