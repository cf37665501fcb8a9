// Makes the compact file that the page opens from an economy file: WebAssembly has no NetCDF.
//
//     detente_pack economies/us-china-2017.nc us-china-2017.economy
//
// Eight bytes "DETENTE1", the header's length (32 bits), the header (JSON, padded with blanks to a multiple of eight),
// then every array of the header in its order as doubles, row-major, little-endian: the same numbers to the last bit.
#include <cstdint>
#include <exception>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "detente/economy.h"
#include "library/handles.h"

namespace {

using nlohmann::json;

struct Packed {
    json arrays = json::array();
    std::vector<double> numbers;

    void add(const char* kind, const std::string& name, const std::vector<double>& data) {
        if (data.empty()) return;
        arrays.push_back({{"kind", kind}, {"name", name}, {"size", data.size()}});
        numbers.insert(numbers.end(), data.begin(), data.end());
    }
};

Packed arrays_of(const detente::Economy& e) {
    const int n = e.n_regions(), m = e.n_sectors();
    const auto table = [&](int rows, int columns, const auto& at) {
        std::vector<double> out;
        for (int i = 0; i < n; ++i)
            for (int j = 0; j < rows; ++j)
                for (int s = 0; s < columns; ++s) out.push_back(at(i, j, s));
        return out;
    };
    const auto by_sector = [&](const detente::RegionSector& shares) {
        if (shares.empty()) return std::vector<double>{};
        return table(1, m, [&](int i, int, int s) { return shares(i, s); });
    };
    Packed packed;
    packed.add("table", "trade", table(n, m, [&](int i, int j, int s) { return e.trade(i, j, s); }));
    packed.add("table", "tariff", table(n, m, [&](int i, int j, int s) { return e.tariff(i, j, s); }));
    packed.add("table", "value_added_share", by_sector(e.value_added_share));
    if (!e.input_share.empty())
        packed.add("table", "input_share", table(m, m, [&](int i, int k, int s) { return e.input_share(i, k, s); }));
    packed.add("table", "final_share", by_sector(e.final_share));
    packed.add("table", "theta", e.theta), packed.add("table", "sigma", e.sigma), packed.add("table", "psi", e.psi);
    packed.add("table", "theta_log_sd", e.theta_log_sd);
    packed.add("table", "value_added", e.value_added), packed.add("table", "deficit", e.deficit);
    for (const auto& [name, column] : e.sector_columns) packed.add("sector_column", name, column);
    for (const auto& [name, column] : e.region_columns) packed.add("region_column", name, column);
    return packed;
}

void pack(const std::string& from, const std::string& to) {
    const detente::v1::Economy economy = detente::v1::Economy::load(from);
    const detente::Economy& e = *economy.impl().economy;
    const Packed packed = arrays_of(e);
    std::string header = json{
        {"title", e.title},
        {"source", e.source},
        {"licence", e.licence},
        {"unit", e.unit},
        {"note", e.note},
        {"year", e.year},
        {"elasticities", e.elasticities},
        {"regions", economy.regions()},
        {"sectors", economy.sectors()},
        {"sector_titles", e.sector_titles},
        {"goods", std::vector<int>(e.goods.begin(), e.goods.end())},
        {"arrays",
         packed.arrays}}.dump();
    header.resize((header.size() + 12 + 7) / 8 * 8 - 12, ' ');
    const auto length = static_cast<std::uint32_t>(header.size());
    std::ofstream out(to, std::ios::binary | std::ios::trunc);
    out.write("DETENTE1", 8);
    out.write(reinterpret_cast<const char*>(&length), sizeof length);
    out.write(header.data(), static_cast<std::streamsize>(header.size()));
    out.write(reinterpret_cast<const char*>(packed.numbers.data()),
              static_cast<std::streamsize>(packed.numbers.size() * sizeof(double)));
    if (!out.flush()) throw std::runtime_error(to + ": could not be written");
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 3) {
        std::cerr << "usage: detente_pack ECONOMY.nc OUT\n";
        return 1;
    }
    try {
        pack(arguments[1], arguments[2]);
    } catch (const std::exception& error) {
        std::cerr << "detente_pack: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
