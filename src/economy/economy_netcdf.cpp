// The economy file: layout in docs/economy-file.md.
#include <fmt/format.h>
#include <netcdf.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>

#include "base/file.h"
#include "base/text.h"
#include "economy/economy_io.h"
#include "economy/netcdf_file.h"

namespace detente {
namespace {

constexpr int layout_version = 1;

using Names = std::vector<std::string>;
const Names trade_shape = {"exporter", "importer", "sector"};
const Names input_shape = {"region", "input", "sector"};
const Names region_sector_shape = {"region", "sector"};

const IndexSet& names_along(const Economy& economy, const std::string& dimension) {
    return dimension == "sector" || dimension == "input" ? economy.sectors : economy.regions;
}

// "CHN, USA, D20": the cell of a flat, row-major position.
std::string cell_name(const Economy& economy, const Names& shape, std::size_t flat) {
    std::string text;
    for (auto dimension = shape.rbegin(); dimension != shape.rend(); ++dimension) {
        const IndexSet& names = names_along(economy, *dimension);
        const auto size = static_cast<std::size_t>(names.size());
        text = names[static_cast<int>(flat % size)] + (text.empty() ? "" : ", ") + text;
        flat /= size;
    }
    return text;
}

// ---------------------------------------------------------------------------------------------- flattening
// Files are row-major in the order of the shape's names; tensors keep an order of their own.

template <typename Tensor>
std::vector<double> flatten3(const Tensor& tensor, int a, int b, int c) {
    std::vector<double> flat;
    flat.reserve(tensor.data().size());
    for (int i = 0; i < a; ++i)
        for (int j = 0; j < b; ++j)
            for (int s = 0; s < c; ++s) flat.push_back(tensor(i, j, s));
    return flat;
}

template <typename Tensor>
void unflatten3(const std::vector<double>& flat, int a, int b, int c, Tensor& tensor) {
    std::size_t at = 0;
    for (int i = 0; i < a; ++i)
        for (int j = 0; j < b; ++j)
            for (int s = 0; s < c; ++s) tensor(i, j, s) = flat[at++];
}

std::vector<double> flatten2(const RegionSector& table) {
    std::vector<double> flat;
    for (int i = 0; i < table.regions(); ++i)
        for (int s = 0; s < table.sectors(); ++s) flat.push_back(table(i, s));
    return flat;
}

// ------------------------------------------------------------------------------------------------- reading

std::vector<double> finite_numbers(const NetcdfReader& in, const Economy& economy, const std::string& variable,
                                   const Names& shape) {
    std::vector<double> values = in.numbers(variable, shape);
    for (std::size_t at = 0; at < values.size(); ++at) {
        // The value that NetCDF leaves where nothing was written, as a double or a float.
        const bool unwritten = std::abs(values[at] - NC_FILL_DOUBLE) < 1e-6 * NC_FILL_DOUBLE;
        if (std::isfinite(values[at]) && !unwritten) continue;
        throw_input({Place{in.file(), 0, variable},
                     fmt::format("the cell ({}) is not a number", cell_name(economy, shape, at)),
                     fmt::format("{}", values[at]), "a finite number", ""});
    }
    return values;
}

TradeTensor read_trade(const NetcdfReader& in, const Economy& e, const std::string& variable) {
    TradeTensor tensor(e.n_regions(), e.n_sectors());
    unflatten3(finite_numbers(in, e, variable, trade_shape), e.n_regions(), e.n_regions(), e.n_sectors(), tensor);
    return tensor;
}

RegionSector read_region_sector(const NetcdfReader& in, const Economy& e, const std::string& variable) {
    RegionSector table(e.n_regions(), e.n_sectors());
    const std::vector<double> flat = finite_numbers(in, e, variable, region_sector_shape);
    std::size_t at = 0;
    for (int i = 0; i < e.n_regions(); ++i)
        for (int s = 0; s < e.n_sectors(); ++s) table(i, s) = flat[at++];
    return table;
}

// Names keep the one rule of all files (`clean_name`).
IndexSet read_names(const NetcdfReader& in, const std::string& dimension) {
    Names names = in.strings(dimension, dimension);
    if (names.empty())
        throw_input({Place{in.file(), 0, dimension}, "the dimension is empty", "0", "at least 1 name", ""});
    return IndexSet(dimension, std::move(names), Place{in.file(), 0, dimension});
}

// The second names of a dimension (exporter and importer for region, input for sector) must be the same.
void check_same_names(const NetcdfReader& in, const std::string& dimension, const IndexSet& expected) {
    const int length = in.dimension(dimension);
    if (length != expected.size()) {
        throw_input({Place{in.file(), 0, dimension}, "the dimension has the wrong length", std::to_string(length),
                     fmt::format("{}, as for {}", expected.size(), expected.kind()), ""});
    }
    if (!in.has_variable(dimension)) return;
    const Names found = in.strings(dimension, dimension);
    for (int i = 0; i < expected.size(); ++i) {
        const std::string& name = found[static_cast<std::size_t>(i)];
        if (trimmed(name) == expected[i]) continue;
        throw_input({Place{in.file(), 0, dimension}, fmt::format("name {} differs from {}", i + 1, expected.kind()),
                     '"' + name + '"', '"' + expected[i] + '"', ""});
    }
}

void check_version(const NetcdfReader& in) {
    if (!in.has_attribute("", "detente_economy_version")) {
        throw_input({Place{in.file(), 0, "detente_economy_version"}, "the attribute is missing", "",
                     fmt::format("an economy file of version {}; other tables are imported first", layout_version),
                     ""});
    }
    const double version = in.number_attribute("", "detente_economy_version");
    if (version != layout_version) {
        throw_input({Place{in.file(), 0, "detente_economy_version"}, "this version of the layout cannot be read",
                     fmt::format("{}", version), fmt::format("{}", layout_version), ""});
    }
}

std::string optional_text(const NetcdfReader& in, const std::string& attribute) {
    return in.has_attribute("", attribute) ? in.text_attribute("", attribute) : std::string();
}

int read_year(const NetcdfReader& in) {
    if (!in.has_attribute("", "year")) return 0;
    const double year = in.number_attribute("", "year");
    if (year == std::floor(year) && std::abs(year) <= 1e6) return static_cast<int>(year);
    throw_input({Place{in.file(), 0, "year"}, "not a year", fmt::format("{}", year), "a whole number", ""});
}

void read_columns(const NetcdfReader& in, Economy& e) {
    for (const std::string& variable : in.variables()) {
        if (!in.has_attribute(variable, "role") || in.text_attribute(variable, "role") != "column") continue;
        const std::string name = in.text_attribute(variable, "column");
        const Names shape = in.shape(variable);
        if (shape == Names{"sector"}) {
            e.sector_columns[name] = finite_numbers(in, e, variable, shape);
        } else if (shape == Names{"region"}) {
            e.region_columns[name] = finite_numbers(in, e, variable, shape);
        } else if (shape == region_sector_shape) {
            e.region_sector_columns[name] = read_region_sector(in, e, variable);
        } else if (shape == trade_shape) {
            e.trade_columns[name] = read_trade(in, e, variable);
        } else {
            in.numbers(variable, region_sector_shape);  // throws: found, expected
        }
    }
}

std::vector<char> read_goods(const NetcdfReader& in, const Economy& e) {
    const std::vector<double> flags = finite_numbers(in, e, "goods", {"sector"});
    std::vector<char> goods;
    for (std::size_t s = 0; s < flags.size(); ++s) {
        if (flags[s] != 0.0 && flags[s] != 1.0) {
            throw_input({Place{in.file(), 0, "goods"},
                         "the flag of sector \"" + e.sectors[static_cast<int>(s)] + "\" is wrong",
                         fmt::format("{}", flags[s]), "0 or 1", ""});
        }
        goods.push_back(flags[s] == 1.0 ? 1 : 0);
    }
    return goods;
}

// ------------------------------------------------------------------------------------------------- writing

// A column's variable: its own name, made legal for NetCDF and kept apart from names already taken.
struct ColumnVariables {
    std::set<std::string> taken;

    std::string add(std::string name) {
        // Letters and digits of ASCII, and not too long: NetCDF limits names and composes their characters anew. The
        // column's own name stands in an attribute.
        constexpr std::size_t longest = 100;
        if (name.size() > longest) name.resize(longest);
        for (char& c : name)
            if (!std::isalnum(static_cast<unsigned char>(c)) || static_cast<unsigned char>(c) >= 0x80) c = '_';
        if (name.empty() || std::isdigit(static_cast<unsigned char>(name[0]))) name.insert(0, "_");
        std::string unique = name;
        for (int n = 2; !taken.insert(unique).second; ++n) unique = fmt::format("{}_{}", name, n);
        return unique;
    }
};

// What is written after the definitions are closed.
struct Plan {
    NetcdfWriter& out;
    ColumnVariables names{};
    std::vector<std::function<void()>> data{};

    // `values` gives them when they are written, one table in memory at a time.
    template <typename Values>
    void add(const std::string& variable, const Names& shape, const std::string& units, const std::string& long_name,
             Values values) {
        names.taken.insert(variable);
        out.define(variable, NetcdfWriter::Type::number, shape, units, long_name);
        data.emplace_back([this, variable, values] { out.write(variable, values()); });
    }
    void add_names(const std::string& variable, const Names& shape, const std::string& long_name, Names texts) {
        names.taken.insert(variable);
        out.define(variable, NetcdfWriter::Type::text, shape, "", long_name);
        data.emplace_back([this, variable, texts = std::move(texts)] { out.write(variable, texts); });
    }
    template <typename Values>
    void add_column(const std::string& name, const Names& shape, Values values) {
        const std::string variable = names.add(name);
        add(variable, shape, "1", name, values);
        out.attribute(variable, "role", std::string("column"));
        out.attribute(variable, "column", name);
    }
};

void plan_names(const Economy& e, Plan& plan) {
    plan.add_names("exporter", {"exporter", "region_length"}, "exporting region", e.regions.names());
    plan.add_names("importer", {"importer", "region_length"}, "importing region", e.regions.names());
    plan.add_names("region", {"region", "region_length"}, "region", e.regions.names());
    plan.add_names("input", {"input", "sector_length"}, "sector whose output is used as input", e.sectors.names());
    plan.add_names("sector", {"sector", "sector_length"}, "sector code", e.sectors.names());
    if (!e.sector_titles.empty()) {
        plan.add_names("sector_title", {"sector", "title_length"}, "sector title", e.sector_titles);
    }
}

void plan_tables(const Economy& e, Plan& plan) {
    const int n = e.n_regions(), m = e.n_sectors();
    const std::string money = e.unit.empty() ? "1" : e.unit;
    plan.add("trade", trade_shape, money, "flow from exporter to importer, net of the importer's tariff",
             [&e, n, m] { return flatten3(e.trade, n, n, m); });
    plan.add("tariff", trade_shape, "1", "ad valorem tariff rate of the importer (0.05 = 5 %)",
             [&e, n, m] { return flatten3(e.tariff, n, n, m); });
    if (!e.value_added_share.empty()) {
        plan.add("value_added_share", region_sector_shape, "1", "value added over gross output",
                 [&e] { return flatten2(e.value_added_share); });
    }
    if (!e.input_share.empty()) {
        plan.add("input_share", input_shape, "1", "spending of the sector on the input over its gross output",
                 [&e, n, m] { return flatten3(e.input_share, n, m, m); });
    }
    if (!e.final_share.empty()) {
        plan.add("final_share", region_sector_shape, "1", "share of the sector in final demand",
                 [&e] { return flatten2(e.final_share); });
    }
    const auto list = [&plan](const Names& shape, const char* variable, const std::string& units, const char* long_name,
                              const std::vector<double>& values) {
        if (!values.empty()) plan.add(variable, shape, units, long_name, [&values] { return values; });
    };
    const Names sector = {"sector"}, region = {"region"};
    list(sector, "theta", "1", "trade elasticity: of trade shares to cost", e.theta);
    list(sector, "sigma", "1", "elasticity of substitution between varieties", e.sigma);
    list(sector, "psi", "1", "scale elasticity", e.psi);
    list(sector, "theta_log_sd", "1", "standard deviation of the logarithm of theta", e.theta_log_sd);
    list(region, "value_added", money, "income of labour", e.value_added);
    list(region, "deficit", money, "trade deficit, imports minus exports", e.deficit);
}

void plan_columns(const Economy& e, Plan& plan) {
    const int n = e.n_regions(), m = e.n_sectors();
    for (const auto& [name, values] : e.sector_columns)
        plan.add_column(name, {"sector"}, [&values = values] { return values; });
    for (const auto& [name, values] : e.region_columns)
        plan.add_column(name, {"region"}, [&values = values] { return values; });
    for (const auto& [name, table] : e.region_sector_columns)
        plan.add_column(name, region_sector_shape, [&table = table] { return flatten2(table); });
    for (const auto& [name, table] : e.trade_columns)
        plan.add_column(name, trade_shape, [&table = table, n, m] { return flatten3(table, n, n, m); });
}

void write_attributes(const Economy& e, NetcdfWriter& out) {
    out.attribute("", "Conventions", std::string("CF-1.8"));
    out.attribute("", "detente_economy_version", layout_version);
    out.attribute("", "title", e.title);
    out.attribute("", "source", e.source);
    out.attribute("", "licence", e.licence);
    out.attribute("", "unit", e.unit);
    out.attribute("", "year", e.year);
    out.attribute("", "note", e.note);
    for (const auto& [name, text] : {std::pair{"elasticities", &e.elasticities},
                                     {"elasticity_set", &e.elasticity_set},
                                     {"elasticity_horizon", &e.elasticity_horizon}})
        if (!text->empty()) out.attribute("", name, *text);
}

void write_all(const Economy& e, NetcdfWriter& out) {
    for (const char* dimension : {"exporter", "importer", "region"}) out.dimension(dimension, e.n_regions());
    for (const char* dimension : {"input", "sector"}) out.dimension(dimension, e.n_sectors());
    out.text_dimension("region_length", e.regions.names());
    out.text_dimension("sector_length", e.sectors.names());
    if (!e.sector_titles.empty()) out.text_dimension("title_length", e.sector_titles);
    write_attributes(e, out);

    Plan plan{out};
    plan_names(e, plan);
    plan_tables(e, plan);
    out.define("goods", NetcdfWriter::Type::integer, {"sector"}, "1", "1 where tariffs can apply");
    plan.names.taken.insert("goods");
    plan_columns(e, plan);
    out.end_definitions();
    for (const auto& write : plan.data) write();
    out.write("goods", std::vector<int>(e.goods.begin(), e.goods.end()));
}

Economy read_from(const NetcdfReader& in) {
    check_version(in);
    Economy e;
    e.title = optional_text(in, "title");
    e.source = optional_text(in, "source");
    e.licence = optional_text(in, "licence");
    e.unit = optional_text(in, "unit");
    e.note = optional_text(in, "note");
    e.elasticities = optional_text(in, "elasticities");
    e.elasticity_set = optional_text(in, "elasticity_set");
    e.elasticity_horizon = optional_text(in, "elasticity_horizon");
    e.year = read_year(in);
    e.regions = read_names(in, "region");
    e.sectors = read_names(in, "sector");
    check_same_names(in, "exporter", e.regions);
    check_same_names(in, "importer", e.regions);
    if (in.has_dimension("input")) check_same_names(in, "input", e.sectors);
    if (in.has_variable("sector_title")) e.sector_titles = in.strings("sector_title", "sector");

    e.trade = read_trade(in, e, "trade");
    e.tariff = read_trade(in, e, "tariff");
    e.goods = read_goods(in, e);
    if (in.has_variable("value_added_share")) e.value_added_share = read_region_sector(in, e, "value_added_share");
    if (in.has_variable("final_share")) e.final_share = read_region_sector(in, e, "final_share");
    if (in.has_variable("input_share")) {
        e.input_share = InputTensor(e.n_regions(), e.n_sectors());
        unflatten3(finite_numbers(in, e, "input_share", input_shape), e.n_regions(), e.n_sectors(), e.n_sectors(),
                   e.input_share);
    }
    const auto optional = [&](const std::string& name, const std::string& dimension) {
        return in.has_variable(name) ? finite_numbers(in, e, name, {dimension}) : std::vector<double>();
    };
    e.theta = optional("theta", "sector");
    e.sigma = optional("sigma", "sector");
    e.psi = optional("psi", "sector");
    e.theta_log_sd = optional("theta_log_sd", "sector");
    e.value_added = optional("value_added", "region");
    e.deficit = optional("deficit", "region");
    read_columns(in, e);
    check_texts(e, in.file());
    return e;
}

}  // namespace

Economy read_economy(const std::filesystem::path& path, const Job& job) {
    return read_from(NetcdfReader(path, job));
}

Economy read_economy_bytes(const std::string& content, const std::string& name, const Job& job) {
    return read_from(NetcdfReader(content, name, job));
}

void write_economy(const Economy& economy, const std::filesystem::path& path, const WriteOptions& options) {
    const auto write = [&](const std::filesystem::path& temporary) {
        NetcdfWriter out(temporary, path.string(), NetcdfWriter::Format::classic, options.job);
        write_all(economy, out);
        out.close();
    };
    write_beside(path, write, options);
}

std::string economy_bytes(const Economy& economy, const Job& job) {
    NetcdfWriter out("economy", NetcdfWriter::Format::classic, job);
    write_all(economy, out);
    return out.bytes();
}

}  // namespace detente
