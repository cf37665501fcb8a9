#include "economy/labelled_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

namespace detente {
namespace {

// Where each label stands, by region and code.
using Positions = std::unordered_map<std::string, std::size_t>;

std::string key(const std::string& region, const std::string& code) {
    return region + '\n' + code;
}
std::string key(const AccountLabel& label) {
    return key(label.region, label.code);
}

Positions positions(const LabelledTable& table, const std::vector<AccountLabel>& labels, bool rows) {
    Positions found;
    for (std::size_t at = 0; at < labels.size(); ++at) {
        if (labels[at].region.empty() || found.emplace(key(labels[at]), at).second) continue;
        throw_input(Place{table.file, rows ? table.lines[at] : table.header_line, labels[at].printed},
                    rows ? "the row stands twice" : "the column stands twice");
    }
    return found;
}

// What sorts the labels: industries stand on both sides.
struct Sorting {
    Positions rows, columns;
    std::map<std::string, std::string> merged;

    bool industry(const AccountLabel& label) const {
        return !label.region.empty() && rows.count(key(label)) > 0 && columns.count(key(label)) > 0;
    }
    const std::string& region(const AccountLabel& label) const {
        const auto found = merged.find(label.region);
        return found == merged.end() ? label.region : found->second;
    }
    // Part of a region that the file splits, or the region that the parts make up.
    bool split(const std::string& name) const {
        return std::any_of(merged.begin(), merged.end(),
                           [&](const auto& entry) { return entry.first == name || entry.second == name; });
    }
};

std::string upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::toupper(c); });
    return text;
}

bool in_title(const AccountLabel& label, const char* words) {
    return upper(label.title).find(upper(words)) != std::string::npos;
}

void add_once(std::vector<std::string>& names, std::set<std::string>& known, const std::string& name) {
    if (known.insert(name).second) names.push_back(name);
}

// The names of the labels that are no industries: where an industry is missing, its misspelling is among them.
std::vector<std::string> unpaired(const std::vector<AccountLabel>& labels, const Sorting& sorting) {
    std::vector<std::string> names;
    for (const AccountLabel& label : labels)
        if (!label.region.empty() && !sorting.industry(label)) names.push_back(label.printed);
    return names;
}

void check_complete(const LabelledTable& table, const Sorting& sorting, const std::vector<std::string>& regions,
                    const std::vector<AccountLabel>& first_of_sector) {
    for (const std::string& region : regions) {
        if (sorting.split(region)) continue;
        for (const AccountLabel& sector : first_of_sector) {
            for (const bool rows : {true, false}) {
                const Positions& side = rows ? sorting.rows : sorting.columns;
                if (side.count(key(region, sector.code)) > 0) continue;
                const std::string missing = region + "_" + sector.code;
                throw_input(
                    {Place{table.file, rows ? 0 : table.header_line, ""},
                     fmt::format("no {} for industry {} of region {}", rows ? "row" : "column", sector.code, region),
                     "", fmt::format("one, as for region {}", sector.region),
                     nearest_name(missing, unpaired(rows ? table.rows : table.columns, sorting))});
            }
        }
    }
}

struct Names {
    IndexSet regions, sectors;
};

Names industry_names(const LabelledTable& table, const Sorting& sorting) {
    std::vector<std::string> regions, raw, sectors;
    std::set<std::string> known_regions, known_raw, known_sectors;
    std::vector<AccountLabel> first_of_sector;
    for (const AccountLabel& label : table.columns) {
        if (!sorting.industry(label)) continue;
        add_once(regions, known_regions, sorting.region(label));
        add_once(raw, known_raw, label.region);
        if (known_sectors.count(label.code) == 0) first_of_sector.push_back(label);
        add_once(sectors, known_sectors, label.code);
    }
    if (sectors.empty()) {
        throw_input({Place{table.file, table.header_line, ""}, "this is no input-output table",
                     "no label that stands both on a row and on a column", "REGION_INDUSTRY on both", ""});
    }
    check_complete(table, sorting, raw, first_of_sector);
    const Place header{table.file, table.header_line, ""};
    return {IndexSet("region", std::move(regions), header), IndexSet("sector", std::move(sectors), header)};
}

// A column as positions: sector -1 is final demand, region -1 printed output or left out.
struct Column {
    int region = -1, sector = -1;
    bool output = false;
};

std::vector<Column> sort_columns(const LabelledTable& table, const Sorting& sorting, const Names& names) {
    std::vector<Column> columns;
    for (const AccountLabel& label : table.columns) {
        Column column;
        if (!label.region.empty()) {
            column.region =
                names.regions.at(sorting.region(label), Place{table.file, table.header_line, label.printed});
            if (sorting.industry(label)) column.sector = names.sectors.at(label.code);
        }
        column.output = label.region.empty() && is_output(label);
        columns.push_back(column);
    }
    if (std::count_if(columns.begin(), columns.end(), [](const Column& column) { return column.output; }) > 1)
        throw_input(Place{table.file, table.header_line, ""}, "two columns of printed output");
    return columns;
}

void add_row(const std::vector<double>& values, const std::vector<Column>& columns, int i, int s,
             InputOutputTable& table) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const auto& [j, k, output] = columns[c];
        if (j < 0) {
            if (output) table.printed(i, s) += values[c];
        } else if (k < 0) {
            table.add_final(i, s, j, values[c]);
        } else {
            table.add_intermediate(i, s, j, k, values[c]);
        }
    }
}

// Where no column has printed output, a row below may: one value for each industry's column.
void take_printed_output(const LabelledTable& table, const std::vector<Column>& columns, InputOutputTable& result) {
    result.has_printed =
        std::any_of(columns.begin(), columns.end(), [](const Column& column) { return column.output; });
    for (std::size_t r = 0; r < table.rows.size() && !result.has_printed; ++r) {
        if (!table.rows[r].region.empty() || !is_output(table.rows[r])) continue;
        for (std::size_t c = 0; c < columns.size(); ++c)
            if (columns[c].sector >= 0) result.printed(columns[c].region, columns[c].sector) += table.values[r][c];
        result.has_printed = true;
    }
}

// A region that stands in parts must be empty itself, or it would be counted twice.
void check_wholes_are_empty(const LabelledTable& table, const Sorting& sorting) {
    std::set<std::string> wholes;
    for (const AccountLabel& label : table.rows) {
        const auto part = sorting.merged.find(label.region);
        if (part != sorting.merged.end()) wholes.insert(part->second);
    }
    if (wholes.empty()) return;
    std::vector<char> whole_column;
    for (const AccountLabel& label : table.columns)
        whole_column.push_back(wholes.count(label.region) > 0 && sorting.industry(label) ? 1 : 0);
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        if (!sorting.industry(table.rows[r])) continue;
        const bool whole_row = wholes.count(table.rows[r].region) > 0;
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            if (table.values[r][c] == 0.0 || !(whole_row || whole_column[c] != 0)) continue;
            throw_input({Place{table.file, table.lines[r], table.rows[r].printed},
                         "a region has deliveries of its own beside those of its parts",
                         fmt::format("{} in column {}", table.values[r][c], table.columns[c].printed), "0 or empty",
                         ""});
        }
    }
}

// Amounts that belong to no region.
std::string sentence_on_left_out(const LabelledTable& table, const Sorting& sorting) {
    std::vector<std::size_t> industries;
    for (std::size_t r = 0; r < table.rows.size(); ++r)
        if (sorting.industry(table.rows[r])) industries.push_back(r);
    std::string list;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        const AccountLabel& label = table.columns[c];
        if (!label.region.empty() || is_output(label)) continue;
        double amount = 0.0, largest = 0.0;
        for (const std::size_t r : industries) {
            amount += table.values[r][c];
            largest = std::max(largest, std::abs(table.values[r][c]));
        }
        if (largest == 0.0) continue;
        list += fmt::format("{}{} ({:.6g} in all, up to {:.6g} in a row)", list.empty() ? "" : ", ",
                            label.title.empty() ? label.printed : label.title, amount, largest);
    }
    return list.empty() ? "" : "Left out, because no region uses it: " + list + ".";
}

// Rows whose amount the reader of the note does not miss: value added itself, and sums.
bool is_sum(const AccountLabel& label) {
    static const std::set<std::string> codes = {"VA", "VALU", "VALUE_ADDED", "VA+TAXSUB", "II_FOB"};
    return is_output(label) || codes.count(upper(label.code)) > 0 || in_title(label, "value added") ||
           in_title(label, "total intermediate");
}

// Taxes less subsidies, margins and the like, by their code: 80 rows of one kind (AUS_TAXSUB, AUT_TAXSUB) are one.
std::string sentence_on_other_rows(const LabelledTable& table, const Sorting& sorting) {
    std::map<std::string, double> amounts;
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        const AccountLabel& label = table.rows[r];
        if (sorting.industry(label) || is_sum(label)) continue;
        double& amount = amounts[label.title.empty() ? label.code : label.title];
        for (std::size_t c = 0; c < table.columns.size(); ++c)
            if (sorting.industry(table.columns[c])) amount += table.values[r][c];
    }
    std::string list;
    for (const auto& [name, amount] : amounts)
        list += fmt::format("{}{} ({:.6g})", list.empty() ? "" : ", ", name, amount);
    const bool together = std::any_of(table.rows.begin(), table.rows.end(),
                                      [](const AccountLabel& label) { return upper(label.code) == "VA+TAXSUB"; });
    if (together) return "Value added includes taxes less subsidies on products: the source has both in one row.";
    if (list.empty()) return "";
    return "Value added is output less inputs, so that it includes what the source has between the two on industries' "
           "columns: " +
           list + ".";
}

}  // namespace

bool is_output(const AccountLabel& label) {
    static const std::set<std::string> codes = {"OUT", "OUTPUT", "TOTAL", "GO"};
    return codes.count(upper(label.code)) > 0 || in_title(label, "output");
}

Deliveries read_deliveries(const LabelledTable& table, const std::map<std::string, std::string>& merged,
                           const Job& job) {
    const Sorting sorting{positions(table, table.rows, true), positions(table, table.columns, false), merged};
    const Names names = industry_names(table, sorting);
    check_wholes_are_empty(table, sorting);
    const std::vector<Column> columns = sort_columns(table, sorting, names);
    Deliveries d{names.regions,
                 names.sectors,
                 names.sectors.names(),
                 InputOutputTable(names.regions.size(), names.sectors.size()),
                 "",
                 ""};
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        job.check();
        const AccountLabel& label = table.rows[r];
        if (!sorting.industry(label)) continue;
        const int s = names.sectors.at(label.code);
        add_row(table.values[r], columns, names.regions.at(sorting.region(label)), s, d.table);
        if (!label.title.empty()) d.sector_titles[static_cast<std::size_t>(s)] = label.title;
    }
    take_printed_output(table, columns, d.table);
    d.other_rows = sentence_on_other_rows(table, sorting);
    d.left_out = sentence_on_left_out(table, sorting);
    return d;
}

std::vector<char> goods_by_isic4(const IndexSet& sectors) {
    constexpr int last_goods_division = 33;
    std::vector<char> goods;
    for (const std::string& code : sectors.names()) {
        const std::size_t digit = code.find_first_of("0123456789");
        const bool division = digit != std::string::npos && digit + 1 < code.size();
        const bool good =
            division ? std::atoi(code.substr(digit, 2).c_str()) <= last_goods_division : code.find_first_of("ABC") == 0;
        goods.push_back(good ? 1 : 0);
    }
    return goods;
}

bool is_isic3(const IndexSet& sectors) {
    // Manufacturing is C10 to C33 in Rev. 4; the 2016 edition of the OECD puts a C before every division of Rev. 3.
    return std::any_of(sectors.names().begin(), sectors.names().end(), [](const std::string& code) {
        if (code == "AtB") return true;
        if (code.size() < 3 || code[0] != 'C' || std::isdigit(static_cast<unsigned char>(code[1])) == 0) return false;
        const int division = std::atoi(code.substr(1, 2).c_str());
        return division < 10 || division > 33;
    });
}

std::vector<char> goods_by_isic(const IndexSet& sectors) {
    if (!is_isic3(sectors)) return goods_by_isic4(sectors);
    constexpr int last_goods_division = 37;
    std::vector<char> goods;
    for (const std::string& code : sectors.names()) {
        const int division = std::atoi(code.c_str() + (code.find_first_of('C') == 0 ? 1 : 0));
        goods.push_back(code == "AtB" || code == "C" || (division > 0 && division <= last_goods_division) ? 1 : 0);
    }
    return goods;
}

int year_in(const std::string& name) {
    int year = 0;
    for (std::size_t at = 0; at < name.size();) {
        std::size_t end = at;
        while (end < name.size() && std::isdigit(static_cast<unsigned char>(name[end]))) ++end;
        if (end - at == 4) {
            const int number = std::atoi(name.substr(at, 4).c_str());
            if (number >= 1960 && number < 2100) year = number;
        }
        at = std::max(end, at + 1);
    }
    return year;
}

}  // namespace detente
