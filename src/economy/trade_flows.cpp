#include "economy/trade_flows.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <numeric>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>

#include "economy/country_codes.h"
#include "economy/import_common.h"

namespace detente {
namespace {

// Names as numbers, in the order of their first appearance.
class Names {
public:
    int at(std::string_view text) {
        key_.assign(text);
        const auto [entry, added] = position_.emplace(key_, static_cast<int>(list_.size()));
        if (added) list_.push_back(key_);
        return entry->second;
    }
    int size() const { return static_cast<int>(list_.size()); }
    const std::vector<std::string>& list() const { return list_; }

private:
    std::unordered_map<std::string, int> position_;
    std::vector<std::string> list_;
    std::string key_;
};

// One row that counts. Rows are kept apart until the names of regions are settled: two codes may be one country.
struct Row {
    int exporter, importer, product, sector;
    double value;
    int line;
};

enum class Direction { exports, imports, other };

Direction direction_of(std::string_view text) {
    const std::string word = lower(text);
    if (word == "x" || word == "export" || word == "exports" || word == "6") return Direction::exports;
    if (word == "m" || word == "import" || word == "imports" || word == "5") return Direction::imports;
    return Direction::other;
}

// How deep a product of a trade nomenclature stands: 0 for the total, else the digits of its code.
int level_of(const std::string& product) {
    const std::string word = lower(product);
    return word == "total" || word == "all" || word == "ag0" ? 0 : static_cast<int>(product.size());
}

class FlowReader {
public:
    FlowReader(const std::filesystem::path& path, const ImportOptions& options, const SectorMap* map)
        : in_(
              path, options.csv,
              [&](const std::vector<std::string>& fields) { return is_flow_header(fields, options.columns); },
              options.job),
          options_(options),
          map_(map),
          columns_(flow_columns(in_.columns(), Place{in_.file(), in_.header_line(), ""}, options.columns)) {
        if (map_ != nullptr && columns_.product < 0) {
            throw_input({Place{in_.file(), in_.header_line(), ""}, "the table has no column of products for --sectors",
                         "", "product, industry, k or hs6, or --columns product=NAME", ""});
        }
        if (options_.reported != ImportOptions::Reported::either && columns_.direction < 0)
            throw_input(option_place(options_, "reported"),
                        "the table does not say who reports a flow; the option is not for it");
    }

    TradeFlows read() {
        while (in_.next()) read_row();
        check_years();
        check_products();
        TradeFlows flows;
        flows.file = in_.file();
        flows.header_line = in_.header_line();
        flows.columns = columns_;
        flows.year = year_;
        settle_levels(flows);
        settle_regions(flows);
        add_up(flows);
        describe(flows);
        return flows;
    }

private:
    void read_row() {
        ++rows_;
        if (!of_the_year()) return;
        read_gdp(columns_.gdp_exporter, columns_.exporter);
        read_gdp(columns_.gdp_importer, columns_.importer);
        if (!passes_filters()) {
            ++filtered_;
            return;
        }
        if (is_missing(in_.text(columns_.value))) {
            ++missing_;
            return;
        }
        int from = columns_.exporter, to = columns_.importer;
        if (columns_.direction >= 0) {
            const Direction direction = direction_of(in_.text(columns_.direction));
            if (!wanted(direction)) return;
            if (direction == Direction::imports) std::swap(from, to);
        }
        const int exporter = region(from, exporters_), importer = region(to, importers_);
        if (exporter < 0 || importer < 0) {
            ++aggregates_;
            return;
        }
        const double value = in_.number(columns_.value);
        if (value < 0.0) {
            throw_input({in_.place(columns_.value), "a negative value", std::string(in_.text(columns_.value)),
                         "0 or more", ""});
        }
        const int product = columns_.product < 0 ? 0 : products_.at(in_.text(columns_.product));
        list_.push_back({exporter, importer, product, sector_of(product), value, in_.line()});
    }

    bool of_the_year() {
        if (columns_.year < 0) return true;
        const std::string_view text = in_.text(columns_.year);
        if (text == last_year_text_) return last_year_counts_;
        last_year_text_ = text;
        const int year = year_number(text, in_.place(columns_.year));
        years_.insert(year);
        if (!options_.year && years_.size() == 1) year_ = year;
        if (options_.year) year_ = *options_.year;
        last_year_counts_ = year == year_;
        return last_year_counts_;
    }

    bool passes_filters() const {
        return std::all_of(columns_.filters.begin(), columns_.filters.end(), [&](const FlowColumns::Filter& filter) {
            return std::count(filter.values.begin(), filter.values.end(), in_.text(filter.column)) > 0;
        });
    }

    // Both directions would count every flow twice.
    bool wanted(Direction direction) {
        using Reported = ImportOptions::Reported;
        if (direction == Direction::other) {
            ++other_directions_;
            return false;
        }
        if (options_.reported != Reported::either)
            return (direction == Direction::exports) == (options_.reported == Reported::exports);
        if (seen_ && *seen_ != direction) {
            throw_input({in_.place(columns_.direction), "the table has exports and imports",
                         std::string(in_.text(columns_.direction)), "one of them, or --reported exports or imports",
                         ""});
        }
        seen_ = direction;
        return true;
    }

    // The world as a whole is no region: -1.
    int region(int column, Names& side) {
        const std::string_view text = in_.text(column);
        if (columns_.statistics && (text == "W00" || text == "WLD" || text == "0" || text == "World" || text == "ALL"))
            return -1;
        const int known = regions_.size();
        const int at = regions_.at(text);
        if (at == known) {
            clean_name(text, "region", in_.place(column));
            first_line_.push_back(in_.line());
        }
        side.at(text);
        return at;
    }

    int sector_of(int product) {
        if (map_ == nullptr) return 0;
        const auto at = static_cast<std::size_t>(product);
        while (sector_of_product_.size() <= at) {
            const std::string& code = products_.list()[sector_of_product_.size()];
            const bool total = columns_.levels && level_of(code) == 0;  // not among the rest: "*" does not mean it
            sector_of_product_.push_back(total ? map_->find_exact(code) : map_->find(code));
        }
        return sector_of_product_[at];
    }

    void read_gdp(int column, int names) {
        if (column < 0) return;
        std::string name(in_.text(names));
        const auto [entry, added] = gdp_.emplace(std::move(name), Gdp{});
        if (is_missing(in_.text(column))) return;
        const double value = in_.number(column);
        if (!(value > 0.0))
            throw_input({in_.place(column), "GDP is not positive", std::string(in_.text(column)), "above 0", ""});
        if (entry->second.value && *entry->second.value != value) {
            throw_input({in_.place(column), "region \"" + entry->first + "\" has two values of GDP", csv_number(value),
                         csv_number(*entry->second.value) + ", as before", ""});
        }
        entry->second.value = value;
    }

    void check_years() const {
        const Place place{in_.file(), 0,
                          columns_.year < 0 ? "" : in_.columns()[static_cast<std::size_t>(columns_.year)]};
        if (rows_ == 0) throw_input(Place{in_.file(), 0, ""}, "the table has no rows");
        if (columns_.year < 0) return;
        if (options_.year && years_.count(*options_.year) == 0) {
            throw_input({place, "no row is of the year asked for", std::to_string(*options_.year),
                         fmt::format("a year from {} to {}", *years_.begin(), *years_.rbegin()), ""});
        }
        if (!options_.year && years_.size() > 1) {
            throw_input({place, "the file holds several years",
                         fmt::format("{} from {} to {}", years_.size(), *years_.begin(), *years_.rbegin()),
                         "one, or --year YEAR to choose it", ""});
        }
    }

    void check_products() const {
        if (list_.empty()) {
            throw_input(
                Place{in_.file(), 0, in_.columns()[static_cast<std::size_t>(columns_.value)]},
                fmt::format("no row has a flow between regions ({} rows, {} without a value)", rows_, missing_));
        }
        std::vector<std::string> unmapped;
        for (std::size_t p = 0; p < sector_of_product_.size(); ++p) {
            const std::string& code = products_.list()[p];
            if (sector_of_product_[p] < 0 && !(columns_.levels && level_of(code) == 0)) unmapped.push_back(code);
        }
        if (unmapped.empty()) return;
        throw_input({Place{map_->file(), 0, "product"},
                     fmt::format("{} products of {} have no sector", unmapped.size(), in_.file()),
                     short_list(unmapped, 8), "a row for each, for their beginning (01*), or for all others (*)", ""});
    }

    // Totals and their parts are the same flows: without sectors the total is taken, else one level must be there.
    void settle_levels(TradeFlows& flows) {
        if (!columns_.levels || columns_.product < 0) return;
        std::set<int> levels;
        for (const Row& row : list_)
            if (map_ == nullptr || row.sector >= 0) levels.insert(level_of(product(row)));
        const bool total = map_ == nullptr && levels.count(0) > 0;
        if (!total && levels.size() > 1) {
            throw_input({Place{in_.file(), 0, in_.columns()[static_cast<std::size_t>(columns_.product)]},
                         "products stand at several levels, which would count them twice",
                         fmt::format("codes of {} digits", fmt::join(levels, " and of ")), "one level", ""});
        }
        const auto drop = [&](const Row& row) { return total ? level_of(product(row)) != 0 : row.sector < 0; };
        if (total && levels.size() > 1)
            flows.notes.push_back("Of the products the rows of the total were taken, the parts left out.");
        list_.erase(std::remove_if(list_.begin(), list_.end(), drop), list_.end());
    }

    const std::string& product(const Row& row) const { return products_.list()[static_cast<std::size_t>(row.product)]; }

    // Exporters first, then those that only import; two codes may be one country.
    void settle_regions(TradeFlows& flows) {
        std::vector<std::string> names = exporters_.list();
        const std::set<std::string> exporting(names.begin(), names.end());
        std::copy_if(importers_.list().begin(), importers_.list().end(), std::back_inserter(names),
                     [&](const std::string& name) { return exporting.count(name) == 0; });
        std::vector<std::string> letters = names, without;
        flows.coded = letters_for_codes(letters, columns_.layout.rfind("BACI", 0) == 0, without);
        std::unordered_map<std::string, int> position;
        std::vector<int> of(static_cast<std::size_t>(regions_.size()), -1);
        for (std::size_t at = 0; at < names.size(); ++at) {
            const int old = regions_.at(names[at]);
            const auto [entry, added] = position.emplace(letters[at], static_cast<int>(flows.regions.size()));
            of[static_cast<std::size_t>(old)] = entry->second;
            if (!added) continue;
            flows.regions.push_back(letters[at]);
            flows.first_line.push_back(first_line_[static_cast<std::size_t>(old)]);
        }
        for (Row& row : list_) {
            row.exporter = of[static_cast<std::size_t>(row.exporter)];
            row.importer = of[static_cast<std::size_t>(row.importer)];
        }
        for (const auto& [name, gdp] : gdp_) {
            std::string iso = flows.coded ? iso3_of(name) : name;
            if (iso.empty()) iso = name;
            flows.has_gdp = true;
            if (gdp.value) {
                flows.gdp.emplace(iso, *gdp.value);
            } else {
                flows.empty_gdp.push_back(iso);
            }
        }
        if (flows.coded) note_codes(flows, names, without);
    }

    static void note_codes(TradeFlows& flows, const std::vector<std::string>& names,
                           const std::vector<std::string>& without) {
        flows.notes.emplace_back(
            "Numbers of countries were read as ISO 3166 letters, with the codes of Comtrade and BACI (842 USA, 251 "
            "FRA).");
        if (std::find(names.begin(), names.end(), "490") != names.end())
            flows.notes.emplace_back("Code 490, other Asia not elsewhere specified, was read as TWN.");
        if (!without.empty())
            flows.notes.push_back("Codes without letters keep their number: " + short_list(without) + ".");
    }

    // A pair and product twice is an error; products of a sector are summed in the order of the file.
    void add_up(TradeFlows& flows) {
        std::vector<std::size_t> order(list_.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        const auto key = [&](std::size_t at) {
            const Row& row = list_[at];
            return std::tuple(row.exporter, row.importer, row.sector, row.product, row.line);
        };
        std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
        const Row* before = nullptr;
        const Row *first = nullptr, *twice = nullptr;  // of rows that stand twice, the one that comes first in the file
        for (const std::size_t at : order) {
            const Row& row = list_[at];
            const bool pair = before != nullptr && before->exporter == row.exporter && before->importer == row.importer;
            if (pair && before->product == row.product && (twice == nullptr || row.line < twice->line)) {
                first = before;
                twice = &row;
            }
            if (pair && before->sector == row.sector) {
                flows.flows.back().value += row.value;
            } else {
                flows.flows.push_back({row.exporter, row.importer, row.sector, row.value});
            }
            before = &row;
        }
        if (twice != nullptr) throw_twice(flows, *first, *twice);
    }

    [[noreturn]] void throw_twice(const TradeFlows& flows, const Row& first, const Row& second) const {
        throw_input({Place{in_.file(), second.line, in_.columns()[static_cast<std::size_t>(columns_.value)]},
                     fmt::format("the flow from {} to {}{} stands twice",
                                 flows.regions[static_cast<std::size_t>(second.exporter)],
                                 flows.regions[static_cast<std::size_t>(second.importer)],
                                 columns_.product < 0 ? "" : " of product " + product(second)),
                     "", fmt::format("one row; the first is in line {}", first.line), ""});
    }

    void describe(TradeFlows& flows) const {
        std::vector<std::string>& notes = flows.notes;
        const auto name = [&](int column) { return in_.columns()[static_cast<std::size_t>(column)]; };
        if (!columns_.layout.empty()) notes.push_back(fmt::format("The flows were read as {}.", columns_.layout));
        if (!columns_.other_values.empty()) {
            notes.push_back(fmt::format("Flows are column {}; beside it stand {} (--columns value=NAME).",
                                        name(columns_.value), fmt::join(columns_.other_values, ", ")));
        }
        if (columns_.product >= 0 && products_.size() > 1) {
            notes.push_back(map_ == nullptr
                                ? fmt::format("Rows of {} products (column {}) were summed.", products_.size(),
                                              name(columns_.product))
                                : fmt::format("Rows of {} products (column {}) were summed into {} sectors by {}.",
                                              products_.size(), name(columns_.product), map_->sectors().size(),
                                              std::filesystem::path(map_->file()).filename().string()));
        }
        if (seen_) {
            notes.push_back(fmt::format("Flows are those that the {} report.",
                                        *seen_ == Direction::exports ? "exporters" : "importers"));
        }
        const auto left_out = [&](long count, const char* what) {
            if (count > 0) notes.push_back(fmt::format("Rows {} were left out: {}.", what, count));
        };
        left_out(missing_, "without a value");
        left_out(filtered_, "of parts of a flow or of countries that did not exist");
        left_out(aggregates_, "of the world as a whole");
        left_out(other_directions_, "of neither exports nor imports (re-exports, re-imports)");
    }

    struct Gdp {
        std::optional<double> value;
    };

    CsvReader in_;
    const ImportOptions& options_;
    const SectorMap* map_;
    FlowColumns columns_;
    Names regions_, exporters_, importers_, products_;
    std::vector<int> first_line_, sector_of_product_;
    std::vector<Row> list_;
    std::map<std::string, Gdp> gdp_;
    std::set<int> years_;
    std::string last_year_text_ = "\n";  // no field
    bool last_year_counts_ = false;
    std::optional<Direction> seen_;
    int year_ = 0;
    long rows_ = 0, missing_ = 0, filtered_ = 0, aggregates_ = 0, other_directions_ = 0;
};

}  // namespace

TradeFlows read_trade_flows(const std::filesystem::path& path, const ImportOptions& options, const SectorMap* map) {
    return FlowReader(path, options, map).read();
}

bool letters_for_codes(std::vector<std::string>& names, bool known, std::vector<std::string>& without) {
    const auto is_code = [](const std::string& name) { return is_numeric_code(name); };
    const auto has_letters = [](const std::string& name) { return !iso3_of(name).empty(); };
    const auto codes = std::count_if(names.begin(), names.end(), is_code);
    const auto lettered = std::count_if(names.begin(), names.end(), has_letters);
    // Regions that a person numbered 1, 2, 3 are mostly no codes of countries.
    if (lettered == 0 || (!known && 10 * lettered < 9 * codes)) return false;
    for (std::string& name : names) {
        std::string letters = iso3_of(name);
        if (letters.empty() && is_code(name)) without.push_back(name);
        if (!letters.empty()) name = std::move(letters);
    }
    return true;
}

}  // namespace detente
