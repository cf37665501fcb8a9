#include "economy/region_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <set>

#include "economy/country_codes.h"
#include "economy/import_common.h"

namespace detente {
namespace {

const Aliases region_names = {"iso3",   "country code", "countrycode", "country_code", "iso3c",  "iso",
                              "iso_a3", "region",       "country",     "code",         "economy"};
const Aliases gdp_names = {"gdp",   "ny.gdp.mktp.cd", "gdp (current us$)", "gdp (current us$) [ny.gdp.mktp.cd]",
                           "ngdpd", "gdp_current_us"};
const Aliases indicator_names = {"indicator code", "series code", "indicator", "weo subject code"};
constexpr const char* dollar_gdp = "NY.GDP.MKTP.CD";

// "2019", "2019 [YR2019]", and "X2019", "YR2019" as programs make a name of it; else 0.
int year_of_column(const std::string& name) {
    std::string text = lower(name);
    for (const char* start : {"yr", "x", "y"})
        if (text.rfind(start, 0) == 0) text.erase(0, std::string_view(start).size());
    if (text.size() < 4 || text.find_first_not_of("0123456789") < 4) return 0;
    if (text.size() > 4 && text.compare(4, 2, " [") != 0) return 0;
    const int year = std::stoi(text.substr(0, 4));
    return year >= 1500 && year < 2200 ? year : 0;
}

class Reader {
public:
    Reader(const std::filesystem::path& path, const ImportOptions& options, const TradeFlows& flows)
        : options_(options),
          flows_(flows),
          table_(CsvTable::read(
              path, options.csv,
              [&](const std::vector<std::string>& fields) {
                  return first_column(fields, {}, "region", region_names, known_choice(fields)) >= 0;
              },
              options.job)) {
        out_.file = table_.file();
        region_ = first_column(table_.columns(), header(), "region", region_names, options.columns);
        if (region_ < 0) need_column(table_.columns(), header(), "region", region_names);
    }

    RegionTable read() {
        find_rows();
        find_gdp();
        read_gdp();
        read_further();
        return std::move(out_);
    }

private:
    Place header() const { return {table_.file(), table_.header_line(), ""}; }
    const std::string& name(int column) const { return table_.columns()[static_cast<std::size_t>(column)]; }

    // In the search for the header a column that a person chose may not be there yet.
    ColumnChoice known_choice(const std::vector<std::string>& fields) const {
        const auto choice = options_.columns.find("region");
        if (choice == options_.columns.end() || std::count(fields.begin(), fields.end(), choice->second) == 0)
            return {};
        return {*choice};
    }

    std::optional<int> wanted_year() const {
        if (options_.year) return options_.year;
        return flows_.year != 0 ? std::optional<int>(flows_.year) : std::nullopt;
    }

    // The rows of the year, where years stand in a column, and of the indicator.
    void find_rows() {
        for (int row = 0; row < table_.rows(); ++row) rows_.push_back(row);
        choose_indicator();
        const int column = find_column(table_.columns(), header(), "gdp_year", {"year", "time"}, options_.columns);
        year_column_ = column;
        if (rows_.empty()) throw_input(Place{table_.file(), 0, ""}, "the table has no rows");
        if (column < 0) return;
        std::set<int> years;
        for (const int row : rows_) years.insert(year_number(table_.text(row, column), table_.place(row, column)));
        const Place place{table_.file(), 0, name(column)};
        const int year = wanted_year().value_or(*years.begin());
        if (!wanted_year() && years.size() > 1) {
            throw_input({place, "the file holds several years",
                         fmt::format("{} from {} to {}", years.size(), *years.begin(), *years.rbegin()),
                         "one, or --year YEAR to choose it", ""});
        }
        if (years.count(year) == 0) throw_no_year(place, year, *years.begin(), *years.rbegin());
        rows_.erase(std::remove_if(rows_.begin(), rows_.end(),
                                   [&](int row) { return year_number(table_.text(row, column), {}) != year; }),
                    rows_.end());
    }

    [[noreturn]] void throw_no_year(const Place& place, int year, int first, int last) const {
        if (!options_.year) {
            throw_input({place, "GDP and flows are of different years", fmt::format("{} to {}", first, last),
                         std::to_string(year), ""});
        }
        throw_input({place, "no GDP is of the year asked for", std::to_string(year),
                     fmt::format("a year from {} to {}", first, last), ""});
    }

    void choose_indicator() {
        indicator_ = first_column(table_.columns(), header(), "indicator", indicator_names);
        if (indicator_ < 0) return;
        std::set<std::string> found;
        for (const int row : rows_)
            if (!table_.text(row, indicator_).empty()) found.insert(table_.text(row, indicator_));
        std::string chosen = found.empty() ? "" : *found.begin();
        for (const char* known : {dollar_gdp, "NGDPD"})
            if (found.size() > 1 && found.count(known) > 0) chosen = known;
        if (found.size() > 1 && lower(chosen) != lower(dollar_gdp) && chosen != "NGDPD") {
            throw_input({Place{table_.file(), 0, name(indicator_)}, "the file holds several indicators",
                         short_list({found.begin(), found.end()}, 6), std::string("GDP alone, such as ") + dollar_gdp,
                         ""});
        }
        if (found.size() > 1) out_.notes.push_back("Of several indicators GDP is " + chosen + ".");
        if (chosen == dollar_gdp) out_.dollars = 1.0;
        rows_.erase(
            std::remove_if(rows_.begin(), rows_.end(), [&](int row) { return table_.text(row, indicator_) != chosen; }),
            rows_.end());
    }

    // The column of GDP: by its name, or that of the year where years are columns.
    void find_gdp() {
        gdp_ = first_column(table_.columns(), header(), "gdp", gdp_names, options_.columns);
        if (gdp_ >= 0) {
            if (lower(name(gdp_)).find("ny.gdp.mktp.cd") != std::string::npos) out_.dollars = 1.0;
            return;
        }
        std::map<int, int> years;
        for (std::size_t at = 0; at < table_.columns().size(); ++at) {
            const int year = year_of_column(table_.columns()[at]);
            if (year != 0) years.emplace(year, static_cast<int>(at));
        }
        if (years.empty()) need_column(table_.columns(), header(), "gdp", gdp_names);
        years_are_columns_ = true;
        const Place place = header();
        if (!wanted_year() && years.size() > 1) {
            throw_input({place, "the file holds several years",
                         fmt::format("{} from {} to {}", years.size(), years.begin()->first, years.rbegin()->first),
                         "one, or --year YEAR to choose it", ""});
        }
        const int year = wanted_year().value_or(years.begin()->first);
        const auto found = years.find(year);
        if (found == years.end()) throw_no_year(place, year, years.begin()->first, years.rbegin()->first);
        gdp_ = found->second;
        out_.notes.push_back(fmt::format("GDP is column {} of {}.", name(gdp_),
                                         std::filesystem::path(table_.file()).filename().string()));
    }

    // Names of the rows, as letters where the flows' are.
    std::vector<std::string> row_names() const {
        const std::set<std::string> trading(flows_.regions.begin(), flows_.regions.end());
        std::vector<std::string> names, letters, without;
        bool any = false;
        for (const int row : rows_) {
            names.push_back(clean_name(table_.text(row, region_), "region", table_.place(row, region_)));
            any = any || trading.count(names.back()) > 0;
        }
        letters = names;
        return (flows_.coded || !any) && letters_for_codes(letters, flows_.coded, without) ? letters : names;
    }

    void read_gdp() {
        out_.regions = row_names();
        std::map<std::string, int> row_of;
        for (std::size_t at = 0; at < rows_.size(); ++at) {
            const int row = rows_[at];
            const auto [first, added] = row_of.emplace(out_.regions[at], row);
            if (!added) {
                throw_input({table_.place(row, region_), "region \"" + out_.regions[at] + "\" stands twice", "",
                             fmt::format("one row; the first is in line {}", table_.place(first->second, region_).line),
                             ""});
            }
            if (is_missing(table_.text(row, gdp_))) {
                out_.empty_gdp.push_back(out_.regions[at]);
                continue;
            }
            const double gdp = table_.number(row, gdp_);
            if (!(gdp > 0.0)) {
                throw_input({table_.place(row, gdp_), "GDP is not positive", table_.text(row, gdp_), "above 0", ""});
            }
            out_.gdp.emplace(out_.regions[at], gdp);
        }
    }

    // Other columns of numbers are kept, where every region that trades has one.
    void read_further() {
        if (years_are_columns_) return;
        const std::set<std::string> trading(flows_.regions.begin(), flows_.regions.end());
        std::vector<std::string> left_out;
        for (int column = 0; column < static_cast<int>(table_.columns().size()); ++column) {
            if (column == region_ || column == gdp_ || column == year_column_ || column == indicator_) continue;
            if (lower(name(column)) == "name" || name(column).empty()) continue;
            std::map<std::string, double> values;
            bool numbers = true;
            for (std::size_t at = 0; at < rows_.size() && numbers; ++at) {
                if (trading.count(out_.regions[at]) == 0) continue;
                const auto value = finite_number(table_.text(rows_[at], column));
                numbers = value.has_value();
                if (numbers) values.emplace(out_.regions[at], *value);
            }
            if (numbers) {
                out_.columns.emplace(name(column), std::move(values));
            } else {
                left_out.push_back(name(column));
            }
        }
        if (!left_out.empty())
            out_.notes.push_back(fmt::format("Columns that are not numbers were left out: {}.", short_list(left_out)));
    }

    const ImportOptions& options_;
    const TradeFlows& flows_;
    CsvTable table_;
    RegionTable out_;
    std::vector<int> rows_;
    int region_ = -1, gdp_ = -1, year_column_ = -1, indicator_ = -1;
    bool years_are_columns_ = false;
};

}  // namespace

RegionTable read_region_table(const std::filesystem::path& path, const ImportOptions& options,
                              const TradeFlows& flows) {
    return Reader(path, options, flows).read();
}

}  // namespace detente
