#include "write_trade.h"

#include <fmt/format.h>

#include <cmath>
#include <fstream>
#include <random>

namespace detente::test {
namespace {

void put(const std::filesystem::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

// Calls `row(i, j, product, value)` for what is traded across borders in a year.
template <typename Row>
void each_flow(const PublishedTrade& w, std::size_t year, Row&& row) {
    for (std::size_t i = 0; i < w.n(); ++i)
        for (std::size_t j = 0; j < w.n(); ++j)
            for (std::size_t k = 0; i != j && k < w.products.size(); ++k)
                if (w.value(year, i, j, k) > 0.0) row(i, j, k, w.value(year, i, j, k));
}

}  // namespace

double PublishedTrade::flow(std::size_t year, std::size_t i, std::size_t j) const {
    double sum = 0.0;
    for (std::size_t k = 0; k < products.size(); ++k) sum += value(year, i, j, k);
    return sum;
}

double PublishedTrade::gdp(std::size_t year, std::size_t i) const {
    double exports = 0.0;
    for (std::size_t j = 0; j < n(); ++j)
        if (j != i) exports += flow(year, i, j);
    return std::ceil(3.0 * exports) + static_cast<double>(i);
}

PublishedTrade published_trade() {
    PublishedTrade w;
    w.countries = {{"USA", 840, 842, "United States, the"},
                   {"FRA", 250, 251, "France"},
                   {"IND", 356, 699, "India"},
                   {"AFG", 4, 4, "Afghanistan"}};
    w.years = {2017, 2018, 2019};
    w.products = {"010121", "270900", "851712"};
    std::mt19937_64 random(5);
    const auto uniform = [&] { return static_cast<double>(random() >> 11U) * 0x1.0p-53; };
    for (std::size_t at = 0; at < w.years.size() * w.n() * w.n() * w.products.size(); ++at)
        w.values.push_back(uniform() < 0.2 ? 0.0 : std::floor(1e6 * uniform()) / 1000.0);
    return w;
}

void write_baci(const std::filesystem::path& path, const PublishedTrade& w, std::size_t year) {
    std::string text = "t,i,j,k,v,q\n";
    each_flow(w, year, [&](auto i, auto j, auto k, double value) {
        text += fmt::format("{},{},{},{},{:>16.3f},{:>16}\n", w.years[year], w.countries[i].baci_number,
                            w.countries[j].baci_number, w.products[k], value, k == 1 ? "NA" : "12.500");
    });
    put(path, text);
}

void write_cepii_gravity(const std::filesystem::path& path, const PublishedTrade& w) {
    std::string text =
        "year,country_id_o,country_id_d,iso3_o,iso3_d,country_exists_o,country_exists_d,dist,gdp_o,gdp_d,"
        "tradeflow_comtrade_o,tradeflow_comtrade_d,tradeflow_baci,manuf_tradeflow_baci\n";
    for (std::size_t y = 0; y < w.years.size(); ++y) {
        for (std::size_t i = 0; i < w.n(); ++i) {
            for (std::size_t j = 0; j < w.n(); ++j) {
                const double value = i == j ? 0.0 : w.flow(y, i, j);
                const std::string baci = value > 0.0 ? fmt::format("{:.6f}", value) : "";
                text += fmt::format("{},{}.2,{},{},{},1,1,1000,{},{},{},{},{},\n", w.years[y], w.countries[i].iso3,
                                    w.countries[j].iso3, w.countries[i].iso3, w.countries[j].iso3, w.gdp(y, i),
                                    w.gdp(y, j), 2.0 * value, 3.0 * value, baci);
                // A territory of before, under the same letters.
                text += fmt::format("{},{}.1,{},{},{},0,1,900,,{},,,,\n", w.years[y], w.countries[i].iso3,
                                    w.countries[j].iso3, w.countries[i].iso3, w.countries[j].iso3, w.gdp(y, j));
            }
        }
    }
    put(path, text);
}

void write_itpd(const std::filesystem::path& path, const PublishedTrade& w) {
    std::string text =
        "exporter_iso3,exporter_name,importer_iso3,importer_name,year,industry_id,industry_descr,broad_sector,trade,"
        "flag_mirror,flag_zero\n";
    for (std::size_t y = 0; y < w.years.size(); ++y)
        for (std::size_t i = 0; i < w.n(); ++i)
            for (std::size_t j = 0; j < w.n(); ++j)
                for (std::size_t k = 0; k < w.products.size(); ++k)
                    text += fmt::format("{},\"{}\",{},\"{}\",{},{},\"Industry {}, made up\",Manufacturing,{},0,p\n",
                                        w.countries[i].iso3, w.countries[i].name, w.countries[j].iso3,
                                        w.countries[j].name, w.years[y], k + 1, k + 1, w.value(y, i, j, k));
    put(path, text);
}

void write_comtrade(const std::filesystem::path& path, const PublishedTrade& w, std::size_t year, ComtradeRows rows) {
    std::string text =
        "typeCode,refYear,period,reporterCode,reporterISO,reporterDesc,flowCode,flowDesc,partnerCode,partnerISO,"
        "partnerDesc,partner2Code,cmdCode,cmdDesc,aggrLevel,customsCode,motCode,primaryValue,isReported\n";
    const auto row = [&](std::size_t reporter, const char* flow, const std::string& partner, const std::string& code,
                         double value) {
        text += fmt::format("C,{},{},{},{},\"{}\",{},x,0,{},x,0,{},x,{},C00,0,{},true,\n", w.years[year], w.years[year],
                            w.countries[reporter].number, w.countries[reporter].iso3, w.countries[reporter].name, flow,
                            partner, code, code == "TOTAL" ? 0 : 6, value);
    };
    for (const bool exports : {true, false}) {
        if ((exports && rows == ComtradeRows::imports) || (!exports && rows == ComtradeRows::exports)) continue;
        for (std::size_t i = 0; i < w.n(); ++i) {
            for (std::size_t j = 0; j < w.n(); ++j) {
                const double total = w.flow(year, i, j);
                if (i == j || !(total > 0.0)) continue;
                const std::size_t reporter = exports ? i : j;
                const std::string& partner = w.countries[exports ? j : i].iso3;
                row(reporter, exports ? "X" : "M", partner, "TOTAL", total);
                for (std::size_t k = 0; k < w.products.size(); ++k)
                    if (w.value(year, i, j, k) > 0.0)
                        row(reporter, exports ? "X" : "M", partner, w.products[k], w.value(year, i, j, k));
            }
            row(i, exports ? "X" : "M", "W00", "TOTAL", 1e9);
            row(i, exports ? "RX" : "RM", w.countries[(i + 1) % w.n()].iso3, "TOTAL", 5.0);
            if (!exports) row(i, "M", w.countries[i].iso3, "TOTAL", 7.0);  // re-imports
        }
    }
    put(path, text);
}

void write_old_comtrade(const std::filesystem::path& path, const PublishedTrade& w, std::size_t year) {
    std::string text =
        "Classification,Year,Period,Aggregate Level,Trade Flow Code,Trade Flow,Reporter Code,Reporter,Reporter "
        "ISO,Partner "
        "Code,Partner,Partner ISO,Commodity Code,Commodity,Trade Value (US$),Flag\n";
    each_flow(w, year, [&](auto i, auto j, auto k, double value) {
        text += fmt::format("HS,{},{},6,1,Import,{},\"{}\",{},{},\"{}\",{},{},x,{},0\n", w.years[year], w.years[year],
                            w.countries[j].baci_number, w.countries[j].name, w.countries[j].iso3,
                            w.countries[i].baci_number, w.countries[i].name, w.countries[i].iso3, w.products[k], value);
    });
    put(path, text);
}

void write_from_r(const std::filesystem::path& path, const PublishedTrade& w, std::size_t year) {
    std::string text = "\"\",\"orig\",\"dest\",\"flow\"\n";
    int row = 0;
    for (std::size_t i = 0; i < w.n(); ++i)
        for (std::size_t j = 0; j < w.n(); ++j)
            text += fmt::format("\"{}\",\"{}\",\"{}\",{}\n", ++row, w.countries[i].iso3, w.countries[j].iso3,
                                w.flow(year, i, j) > 0.0 ? fmt::format("{}", w.flow(year, i, j)) : "NA");
    put(path, text);
}

void write_from_stata(const std::filesystem::path& path, const PublishedTrade& w, std::size_t year) {
    std::string text = "origin,destination,trade\r\n";
    for (std::size_t i = 0; i < w.n(); ++i)
        for (std::size_t j = 0; j < w.n(); ++j)
            text += fmt::format("{},{},{}\r\n", w.countries[i].iso3, w.countries[j].iso3,
                                w.flow(year, i, j) > 0.0 ? fmt::format("{}", w.flow(year, i, j)) : ".");
    put(path, text);
}

void write_world_bank_gdp(const std::filesystem::path& path, const PublishedTrade& w, double unit) {
    std::string text =
        "\xEF\xBB\xBF\"Data Source\",\"World Development Indicators\",\r\n\r\n\"Last Updated "
        "Date\",\"2024-06-28\",\r\n\r\n"
        "\"Country Name\",\"Country Code\",\"Indicator Name\",\"Indicator Code\",";
    for (const int year : w.years) text += fmt::format("\"{}\",", year);
    text += "\"2023\",\r\n";
    const auto row = [&](const std::string& name, const std::string& code, auto&& gdp) {
        text += fmt::format("\"{}\",\"{}\",\"GDP (current US$)\",\"NY.GDP.MKTP.CD\",", name, code);
        for (std::size_t y = 0; y < w.years.size(); ++y) text += fmt::format("\"{}\",", gdp(y));
        text += "\"\",\r\n";
    };
    row("World", "WLD", [&](std::size_t) { return std::string("87000000000000"); });
    for (std::size_t i = 0; i < w.n(); ++i)
        row(w.countries[i].name, w.countries[i].iso3,
            [&](std::size_t y) { return fmt::format("{}", w.gdp(y, i) * unit); });
    row("Korea, Dem. People's Rep.", "PRK", [&](std::size_t) { return std::string(); });
    put(path, text);
}

void write_databank_gdp(const std::filesystem::path& path, const PublishedTrade& w, double unit) {
    std::string text = "Country Name,Country Code,Series Name,Series Code";
    for (const int year : w.years) text += fmt::format(",{} [YR{}]", year, year);
    text += '\n';
    for (std::size_t i = 0; i < w.n(); ++i) {
        text += fmt::format("\"{}\",{},Population,SP.POP.TOTL", w.countries[i].name, w.countries[i].iso3);
        for (std::size_t y = 0; y < w.years.size(); ++y) text += ",1000";
        text += fmt::format("\n\"{}\",{},GDP (current US$),NY.GDP.MKTP.CD", w.countries[i].name, w.countries[i].iso3);
        for (std::size_t y = 0; y < w.years.size(); ++y) text += fmt::format(",{}", w.gdp(y, i) * unit);
        text += '\n';
    }
    text += "Eritrea,ERI,GDP (current US$),NY.GDP.MKTP.CD";
    for (std::size_t y = 0; y < w.years.size(); ++y) text += ",..";
    put(path, text + "\n\n\nData from database: World Development Indicators\nLast Updated: 06/28/2024\n");
}

void write_trains_tariffs(const std::filesystem::path& path, const PublishedTrade& w, double on_everyone,
                          double preference) {
    std::string text =
        "NomenCode,Reporter_ISO_N,Year,ProductCode,Partner,Sum_Of_Rates,Min_Rate,Max_Rate,SimpleAverage\n";
    for (std::size_t k = 0; k < w.products.size(); ++k) {
        // The preference comes first in the file and counts all the same.
        text += fmt::format("H5,{},2019,{},{},0,0,0,{}\n", w.countries[0].number, w.products[k], w.countries[1].number,
                            preference);
        for (const PublishedTrade::Country& country : w.countries)
            text += fmt::format("H5,{},2019,{},000,0,0,0,{}\n", country.number, w.products[k],
                                on_everyone + static_cast<double>(k) - 1.0);
    }
    text += fmt::format("H5,392,2019,{},000,0,0,0,3\n", w.products[0]);  // a reporter that the flows do not have
    put(path, text);
}

}  // namespace detente::test
