// World Input-Output Database: a published workbook, or one NetCDF file with the intermediate and final deliveries of
// every sector.
#include <fmt/format.h>

#include <cmath>
#include <fstream>

#include "economy/import_common.h"
#include "economy/input_output_table.h"
#include "economy/money.h"
#include "economy/netcdf_file.h"

namespace detente {
namespace {

namespace fs = std::filesystem;

constexpr int n_goods = 16;  // ISIC Rev. 3 AtB to 36t37: agriculture, mining and manufacturing

std::vector<double> finite_values(const NetcdfReader& in, const std::string& variable,
                                  const std::vector<std::string>& shape) {
    std::vector<double> values = in.numbers(variable, shape);
    for (std::size_t at = 0; at < values.size(); ++at) {
        if (std::isfinite(values[at])) continue;
        throw_input(Place{in.file(), 0, variable}, fmt::format("value {} is not a number", at + 1));
    }
    return values;
}

void check_names(const NetcdfReader& in, const std::string& dimension, const IndexSet& expected) {
    const std::vector<std::string> found = in.strings(dimension, dimension);
    if (found == expected.names()) return;
    throw_input(Place{in.file(), 0, dimension},
                fmt::format("the names are not those of {}, in its order", expected.kind()));
}

void read_intermediate(const NetcdfReader& in, int n, int m, const Job& job, InputOutputTable& table) {
    const std::vector<double> values =
        finite_values(in, "intermediate_use", {"exporter", "sector", "importer", "user"});
    std::size_t at = 0;
    for (int i = 0; i < n; ++i) {
        for (int s = 0; s < m; ++s) {
            job.check();
            for (int j = 0; j < n; ++j) {
                for (int k = 0; k < m; ++k, ++at) {
                    if (values[at] < 0.0) {
                        throw_input({Place{in.file(), 0, "intermediate_use"},
                                     fmt::format("value {} is negative", at + 1), fmt::format("{}", values[at]),
                                     "0 or more", ""});
                    }
                    table.add_intermediate(i, s, j, k, values[at]);
                }
            }
        }
    }
}

void read_final(const NetcdfReader& in, int n, int m, InputOutputTable& table) {
    const std::vector<double> values = finite_values(in, "final_use", {"exporter", "sector", "importer", "category"});
    const int categories = in.dimension("category");
    std::size_t at = 0;
    for (int i = 0; i < n; ++i) {
        for (int s = 0; s < m; ++s) {
            for (int j = 0; j < n; ++j) {
                for (int c = 0; c < categories; ++c, ++at) table.add_final(i, s, j, values[at]);
            }
        }
    }
}

InputOutputTable read_table(const NetcdfReader& in, int n, int m, const Job& job) {
    InputOutputTable table(n, m);
    read_intermediate(in, n, m, job, table);
    read_final(in, n, m, table);
    const std::vector<double> printed = finite_values(in, "gross_output", {"exporter", "sector"});
    for (int i = 0; i < n; ++i)
        for (int s = 0; s < m; ++s) table.printed(i, s) = printed[static_cast<std::size_t>(i * m + s)];
    return table;
}

Economy import_netcdf(const fs::path& path, const ImportOptions& options) {
    const NetcdfReader in(path, options.job);
    Economy e;
    e.title = in.has_attribute("", "title") ? in.text_attribute("", "title") : "World Input-Output Table";
    e.source =
        "World Input-Output Database, 2013 release, year 2011: Timmer, Dietzenbacher, Los, Stehrer and de Vries "
        "(2015), Review of International Economics 23";
    e.licence = "CC BY 4.0";
    e.unit = million_us_dollars;
    e.year = 2011;
    e.regions = IndexSet("region", in.strings("exporter", "exporter"), Place{in.file(), 0, "exporter"});
    e.sectors = IndexSet("sector", in.strings("sector", "sector"), Place{in.file(), 0, "sector"});
    check_names(in, "importer", e.regions);
    check_names(in, "user", e.sectors);
    if (in.has_variable("sector_name")) e.sector_titles = in.strings("sector_name", "sector");
    mark_goods(e, n_goods, in.file());

    const int n = e.n_regions(), m = e.n_sectors();
    fill_from_table(e, read_table(in, n, m, options.job), {}, options, in.file());
    return e;
}

// What the first bytes say the file is, whatever its name.
enum class Kind { netcdf, workbook, old_workbook, archive, statistics };

Kind kind_of(const fs::path& path) {
    std::string start(8, '\0');
    std::ifstream(path, std::ios::binary).read(start.data(), 8);
    const auto starts_with = [&](std::string_view magic) { return start.compare(0, magic.size(), magic) == 0; };
    if (starts_with("PK\x03\x04")) return Kind::workbook;
    if (starts_with("\xD0\xCF\x11\xE0")) return Kind::old_workbook;
    if (starts_with("Rar!") || starts_with("7z\xBC\xAF")) return Kind::archive;
    const std::string ending = path.extension().string();
    if (starts_with("<stata_d") || starts_with("RDX") || ending == ".dta" || ending == ".RData" || ending == ".rds")
        return Kind::statistics;
    return Kind::netcdf;
}

}  // namespace

Economy import_wiod(const fs::path& path, const ImportOptions& options) {
    const Place file{path.string(), 0, ""};
    switch (kind_of(path)) {
        case Kind::workbook:
            return import_wiod_workbook(path, options);
        case Kind::old_workbook:
            throw_input(file, "an .xls workbook; save it as .xlsx with a spreadsheet program and import that");
        case Kind::archive:
            throw_input(file, "a packed archive; unpack it and import the workbook of one year");
        case Kind::statistics:
            throw_input(file,
                        "a Stata or R file; import the Excel workbook of the same year (.xlsx or .xlsb), which the "
                        "World Input-Output Database publishes beside it");
        case Kind::netcdf:
            break;
    }
    return import_netcdf(path, options);
}

}  // namespace detente
