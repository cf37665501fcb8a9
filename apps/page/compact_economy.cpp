#include "compact_economy.h"

#include <fmt/format.h>

#include <bit>
#include <cstdint>
#include <cstring>
#include <nlohmann/json.hpp>

namespace detente::page {
namespace {

using Json = nlohmann::ordered_json;

static_assert(std::endian::native == std::endian::little, "numbers are kept as they stand in memory");

constexpr std::string_view magic = "DETENTE1";
constexpr std::size_t prefix = 12;

// Calls `visit(name, numbers, size)` for every table, in the order of the file, with the size that it has where the
// economy has it. `E`: Economy, const or not.
template <class E, class Visit>
void for_each_table(E& e, const Visit& visit) {
    const auto n = static_cast<std::size_t>(e.n_regions()), m = static_cast<std::size_t>(e.n_sectors());
    visit("trade", e.trade, n * n * m), visit("tariff", e.tariff, n * n * m);
    visit("value_added_share", e.value_added_share, n * m), visit("input_share", e.input_share, n * m * m);
    visit("final_share", e.final_share, n * m);
    visit("theta", e.theta, m), visit("sigma", e.sigma, m), visit("psi", e.psi, m);
    visit("theta_log_sd", e.theta_log_sd, m);
    visit("value_added", e.value_added, n), visit("deficit", e.deficit, n);
}

// The same for the free columns: `visit(kind, columns, size)`.
template <class E, class Visit>
void for_each_kind_of_column(E& e, const Visit& visit) {
    const auto n = static_cast<std::size_t>(e.n_regions()), m = static_cast<std::size_t>(e.n_sectors());
    visit("sector_column", e.sector_columns, m), visit("region_column", e.region_columns, n);
    visit("region_sector_column", e.region_sector_columns, n * m), visit("trade_column", e.trade_columns, n * n * m);
}

template <class E, class Visit>
void for_each_text(E& e, const Visit& visit) {
    visit("title", e.title), visit("source", e.source), visit("licence", e.licence), visit("unit", e.unit);
    visit("note", e.note), visit("elasticities", e.elasticities), visit("elasticity_set", e.elasticity_set);
    visit("elasticity_horizon", e.elasticity_horizon);
}

const std::vector<double>& numbers(const std::vector<double>& list) {
    return list;
}
template <class Table>
const std::vector<double>& numbers(const Table& table) {
    return table.data();
}

void make(std::vector<double>& list, int, int, std::vector<double> data) {
    list = std::move(data);
}
template <class Table>
void make(Table& table, int n, int m, std::vector<double> data) {
    table = Table(n, m);
    table.data() = std::move(data);
}

// The numbers behind the header, one array after another.
class Numbers {
public:
    Numbers(std::string_view bytes, std::size_t at, const std::string& name) : bytes_(bytes), at_(at), name_(name) {}

    std::vector<double> next(std::size_t count) {
        if (count > (bytes_.size() - at_) / sizeof(double))
            throw_input(Place{name_, 0, ""}, "a compact economy that is cut off in its numbers");
        std::vector<double> out(count);
        if (count > 0) std::memcpy(out.data(), bytes_.data() + at_, count * sizeof(double));
        at_ += count * sizeof(double);
        return out;
    }

private:
    std::string_view bytes_;
    std::size_t at_;
    const std::string& name_;
};

// The array `name` of `kind`, which is the next of the file, into `target`.
template <class Target>
void read_array(const Json& array, std::size_t size, int n, int m, Numbers& in, const std::string& file,
                Target& target) {
    const auto found = array.at("size").get<std::size_t>();
    if (found != size)
        throw_input({Place{file, 0, array.at("name")}, "not the size that the names of regions and sectors ask for",
                     std::to_string(found), fmt::format("{} numbers", size), ""});
    make(target, n, m, in.next(size));
}

void read_arrays(const Json& arrays, Numbers in, const std::string& file, Economy& e) {
    const int n = e.n_regions(), m = e.n_sectors();
    for (const Json& array : arrays) {
        const std::string name = array.at("name"), kind = array.at("kind");
        bool known = false;
        if (kind == "table")
            for_each_table(e, [&](const char* table, auto& target, std::size_t size) {
                if (name == table) read_array(array, size, n, m, in, file, target), known = true;
            });
        for_each_kind_of_column(e, [&](const char* column, auto& columns, std::size_t size) {
            if (kind == column) read_array(array, size, n, m, in, file, columns[name]), known = true;
        });
        if (!known) throw_input({Place{file, 0, name}, "not an array of an economy", kind, "", ""});
    }
}

Economy economy_of(const Json& header, const Numbers& in, const std::string& file) {
    Economy e;
    for_each_text(e, [&](const char* key, std::string& text) { text = header.value(key, ""); });
    e.year = header.at("year");
    e.regions = IndexSet("region", header.at("regions"), Place{file, 0, "regions"});
    e.sectors = IndexSet("sector", header.at("sectors"), Place{file, 0, "sectors"});
    e.sector_titles = header.at("sector_titles").get<std::vector<std::string>>();
    for (const int flag : header.at("goods")) e.goods.push_back(flag != 0 ? 1 : 0);
    const auto m = static_cast<std::size_t>(e.n_sectors());
    if (e.goods.size() != m || (!e.sector_titles.empty() && e.sector_titles.size() != m))
        throw_input(Place{file, 0, "goods"}, "a compact economy whose sectors have not all a flag and a title");
    read_arrays(header.at("arrays"), in, file, e);
    if (e.trade.empty() || e.tariff.empty())
        throw_input(Place{file, 0, "trade"}, "a compact economy without trade and tariffs");
    check_texts(e, file);
    return e;
}

}  // namespace

std::string compact_bytes(const Economy& economy) {
    Json header, arrays = Json::array();
    std::string data;
    const auto add = [&](const char* kind, const std::string& name, const std::vector<double>& list) {
        if (list.empty()) return;
        arrays.push_back({{"kind", kind}, {"name", name}, {"size", list.size()}});
        data.append(reinterpret_cast<const char*>(list.data()), list.size() * sizeof(double));
    };
    for_each_text(economy, [&](const char* key, const std::string& text) { header[key] = text; });
    header["year"] = economy.year;
    header["regions"] = economy.regions.names(), header["sectors"] = economy.sectors.names();
    header["sector_titles"] = economy.sector_titles;
    header["goods"] = std::vector<int>(economy.goods.begin(), economy.goods.end());
    for_each_table(economy,
                   [&](const char* name, const auto& table, std::size_t) { add("table", name, numbers(table)); });
    for_each_kind_of_column(economy, [&](const char* kind, const auto& columns, std::size_t) {
        for (const auto& [name, column] : columns) add(kind, name, numbers(column));
    });
    header["arrays"] = arrays;
    std::string text = header.dump();
    text.resize((text.size() + prefix + 7) / 8 * 8 - prefix, ' ');
    const auto length = static_cast<std::uint32_t>(text.size());
    std::string out(magic);
    out.append(reinterpret_cast<const char*>(&length), sizeof length);
    return out + text + data;
}

Economy read_compact(std::string_view bytes, const std::string& name) {
    const Place place{name, 0, ""};
    if (bytes.size() < prefix || bytes.substr(0, magic.size()) != magic)
        throw_input(place, "not a compact economy (its first bytes are not DETENTE1)");
    std::uint32_t length = 0;
    std::memcpy(&length, bytes.data() + magic.size(), sizeof length);
    if (length > bytes.size() - prefix) throw_input(place, "a compact economy that is cut off in its header");
    try {
        const Json header = Json::parse(bytes.substr(prefix, length));
        return economy_of(header, Numbers(bytes, prefix + length, name), name);
    } catch (const Json::exception& error) {
        throw_input({place, "a compact economy whose header is wrong", error.what(), "", ""});
    }
}

}  // namespace detente::page
