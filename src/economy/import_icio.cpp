// OECD Inter-Country Input-Output tables: one CSV for each year, as published (editions 2016, 2018, 2021, 2023, 2025).
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "economy/import_common.h"
#include "economy/labelled_table.h"
#include "economy/money.h"

namespace detente {
namespace {

namespace fs = std::filesystem;

// The extended tables split two countries by how far a firm works for export; the 2016 edition in three and four.
const std::map<std::string, std::string>& split_regions() {
    static const std::map<std::string, std::string> parts = {
        {"MX1", "MEX"}, {"MX2", "MEX"}, {"MX3", "MEX"}, {"CN1", "CHN"}, {"CN2", "CHN"}, {"CN3", "CHN"}, {"CN4", "CHN"}};
    return parts;
}

// AUS_A01_02: the region is what stands before the first underscore. OUT, VA and the like have none.
AccountLabel label_of(std::string_view field) {
    AccountLabel label;
    label.printed = std::string(field);
    const std::size_t underscore = label.printed.find('_');
    if (underscore == std::string::npos) {
        label.code = label.printed;
    } else {
        label.region = label.printed.substr(0, underscore);
        label.code = label.printed.substr(underscore + 1);
    }
    return label;
}

void read_header(const std::vector<std::string>& columns, LabelledTable& table) {
    // Printed output, and the statistical discrepancy of the 2016 edition.
    static const std::vector<std::string> totals = {"OUT", "OUTPUT", "TOTAL", "DISC"};
    for (std::size_t at = 1; at < columns.size(); ++at) {  // the first is empty or V1
        table.columns.push_back(label_of(columns[at]));
        const AccountLabel& label = table.columns.back();
        if (!label.region.empty() || std::count(totals.begin(), totals.end(), label.code) > 0) continue;
        throw_unknown_name(Place{table.file, table.header_line, fmt::format("column {}", at + 1)},
                           "column (it names no region)", label.printed, totals);
    }
}

void read_row(const CsvReader& in, LabelledTable& table) {
    table.rows.push_back(label_of(in.text(0)));
    table.lines.push_back(in.line());
    std::vector<double>& values = table.values.emplace_back();
    values.reserve(table.columns.size());
    const bool may_be_blank = table.rows.back().region == "MEX" || table.rows.back().region == "CHN";
    for (std::size_t at = 0; at < table.columns.size(); ++at) {
        const int column = static_cast<int>(at) + 1;
        const auto value = in.value(column);
        // The rows and columns that the split ones replace are left empty in some files.
        const std::string& region = table.columns[at].region;
        const bool blank = in.text(column).empty() && (may_be_blank || region == "MEX" || region == "CHN");
        if (!value && !blank) {
            throw_input({Place{table.file, in.line(), table.columns[at].printed},
                         fmt::format("not a number in row {}", table.rows.back().printed),
                         '"' + std::string(in.text(column)) + '"', "a finite number", ""});
        }
        values.push_back(value.value_or(0.0));
    }
}

LabelledTable read_csv(const fs::path& path, const CsvFormat& format, const Job& job) {
    CsvReader in(path, format, {}, job);
    LabelledTable table;
    table.file = path.string();
    table.header_line = in.header_line();
    read_header(in.columns(), table);
    while (in.next()) read_row(in, table);
    if (table.columns.empty())
        throw_input(Place{table.file, table.header_line, ""}, "the header has one column; industries were expected");
    return table;
}

// Final demand is HFCE_AUS in the 2016 edition and AUS_HFCE in later ones: a label whose second half is a region and
// whose first half is none is turned round, and then every other label of this category.
void turn_final_demand(LabelledTable& table) {
    std::set<std::string> on_columns, regions, categories;
    for (const AccountLabel& label : table.columns) on_columns.insert(label.printed);
    for (const AccountLabel& label : table.rows)
        if (!label.region.empty() && on_columns.count(label.printed) > 0) regions.insert(label.region);
    for (const AccountLabel& label : table.columns)
        if (regions.count(label.region) == 0 && regions.count(label.code) > 0) categories.insert(label.region);
    for (AccountLabel& label : table.columns)
        if (categories.count(label.region) > 0) std::swap(label.region, label.code);
}

// The parts that stand in the file.
std::vector<std::string> parts_in(const LabelledTable& table) {
    std::vector<std::string> parts;
    for (const auto& entry : split_regions()) {
        const auto is_part = [&](const AccountLabel& label) { return label.region == entry.first; };
        if (std::any_of(table.columns.begin(), table.columns.end(), is_part)) parts.push_back(entry.first);
    }
    return parts;
}

// Parts can stay regions only if they have final demand of their own.
void check_parts(const LabelledTable& table, const std::vector<std::string>& parts) {
    std::set<std::string> rows;
    for (const AccountLabel& label : table.rows) rows.insert(label.printed);
    for (const std::string& part : parts) {
        const auto is_final = [&](const AccountLabel& label) {
            return label.region == part && rows.count(label.printed) == 0;
        };
        if (std::any_of(table.columns.begin(), table.columns.end(), is_final)) continue;
        throw_input({Place{table.file, table.header_line, ""},
                     fmt::format("Mexico and China stand in split rows and columns ({}), which have no final demand",
                                 fmt::join(parts, ", ")),
                     "", "--merge-split, which merges them into MEX and CHN", ""});
    }
}

}  // namespace

Economy import_icio(const fs::path& path, const ImportOptions& options) {
    LabelledTable table = read_csv(path, options.csv, options.job);
    turn_final_demand(table);
    const std::vector<std::string> parts = parts_in(table);
    if (!options.merge_split) check_parts(table, parts);

    Deliveries deliveries = read_deliveries(
        table, options.merge_split ? split_regions() : std::map<std::string, std::string>(), options.job);
    Economy e;
    e.year = options.year ? *options.year : year_in(path.stem().string());
    e.title = "OECD Inter-Country Input-Output table" + (e.year > 0 ? fmt::format(" {}", e.year) : std::string());
    e.source = "OECD Inter-Country Input-Output tables, " + path.filename().string();
    e.licence = "OECD terms and conditions";
    e.unit = million_us_dollars;
    e.regions = deliveries.regions;
    e.sectors = deliveries.sectors;
    e.goods = goods_by_isic(e.sectors);
    if (e.year == 0) add_note(e, "Neither the file nor its name states the year (give it with --year).");
    if (options.merge_split && !parts.empty())
        add_note(e, fmt::format("The split rows and columns {} were merged into MEX and CHN.", fmt::join(parts, ", ")));
    if (!deliveries.left_out.empty()) add_note(e, deliveries.left_out);
    if (!deliveries.other_rows.empty()) add_note(e, deliveries.other_rows);
    fill_from_table(e, std::move(deliveries.table), {.split = true, .year = true}, options, table.file);
    return e;
}

}  // namespace detente
