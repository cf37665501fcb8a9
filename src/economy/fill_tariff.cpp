// Tariffs beside a source that has none: one rate, a table of one's own, or one that WITS, TRAINS or MAcMap publish.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <tuple>

#include "economy/country_codes.h"
#include "economy/import_common.h"
#include "economy/sector_map.h"
#include "economy/table_columns.h"

namespace detente {
namespace {

const Aliases importer_names = {"importer", "reporter_iso_n", "reporteriso3",  "reporteriso", "reporter_iso3",
                                "reporter", "iso3_d",         "importer_iso3", "destination", "dest"};
const Aliases exporter_names = {"exporter", "partner_iso_n", "partneriso3",   "partneriso", "partner_iso3",
                                "partner",  "iso3_o",        "exporter_iso3", "origin",     "orig"};
const Aliases sector_names = {"sector", "product", "productcode", "product code", "hs6", "k", "industry", "hs_code"};
// The first are rates; WITS and TRAINS publish the simple average of the lines of a product, in percent.
const Aliases rate_names = {"tariff", "rate", "tariff_rate"};
const Aliases percent_names = {
    "simpleaverage", "simple average", "weightedaverage", "weighted average", "ave", "adv", "adval", "mfn"};

bool says_percent(const std::string& column) {
    const std::string text = lower(column);
    const auto has = [&](const char* word) { return text.find(word) != std::string::npos; };
    return has("percent") || has("pct") || has("%") || has("per cent");
}

struct TariffColumns {
    int importer = -1, exporter = -1, sector = -1, tariff = -1, year = -1;
    bool published = false;  ///< of a publisher: reporters and products, more countries than the economy has
    bool percent = false;
};

// A choice of exporter and importer may be meant for the flows alone: it counts here where the tariff file has the
// column.
ColumnChoice choice_here(const std::vector<std::string>& columns, ColumnChoice chosen) {
    for (const char* role : {"exporter", "importer"}) {
        const auto choice = chosen.find(role);
        if (choice != chosen.end() && std::count(columns.begin(), columns.end(), choice->second) == 0)
            chosen.erase(choice);
    }
    return chosen;
}

TariffColumns tariff_columns(const CsvTable& table, const ImportOptions& options) {
    const Place header{table.file(), table.header_line(), ""};
    const std::vector<std::string>& columns = table.columns();
    const ColumnChoice chosen = choice_here(columns, options.columns);
    TariffColumns c;
    c.importer = first_column(columns, header, "importer", importer_names, chosen);
    if (c.importer < 0) need_column(columns, header, "importer", importer_names);
    c.exporter = first_column(columns, header, "exporter", exporter_names, chosen);
    c.sector = first_column(columns, header, "sector", sector_names, chosen);
    c.year = find_column(columns, header, "tariff_year", {"year", "tariff year"}, chosen);
    c.tariff = first_column(columns, header, "tariff", rate_names, chosen);
    if (c.tariff < 0) {
        for (std::size_t at = 0; at < columns.size() && c.tariff < 0; ++at)
            if (says_percent(columns[at])) c.tariff = static_cast<int>(at);
    }
    if (c.tariff < 0) {
        c.tariff = first_column(columns, header, "tariff", percent_names);
        c.percent = c.tariff >= 0;
    }
    if (c.tariff < 0) need_column(columns, header, "tariff", rate_names);
    const std::string& name = columns[static_cast<std::size_t>(c.tariff)];
    c.percent =
        c.percent || says_percent(name) || std::count(percent_names.begin(), percent_names.end(), lower(name)) > 0;
    if (options.tariff_unit != ImportOptions::TariffUnit::header)
        c.percent = options.tariff_unit == ImportOptions::TariffUnit::percent;
    c.published = lower(columns[static_cast<std::size_t>(c.importer)]).rfind("reporter", 0) == 0;
    // A publisher's table of rates on everyone has no partners; in one's own a missing column is a slip.
    if (!c.published && c.exporter < 0) need_column(columns, header, "exporter", exporter_names);
    if (!c.published && c.sector < 0) need_column(columns, header, "sector", sector_names);
    return c;
}

// What a rate is for; -1 stands for all.
struct Line {
    int exporter, importer, sector;
    auto operator<=>(const Line&) const = default;
    int open() const { return (exporter < 0 ? 1 : 0) + (importer < 0 ? 1 : 0) + (sector < 0 ? 1 : 0); }
};

constexpr int every = -1, nowhere = -2;

// What the note says: how its sentence begins, and what holds where a file has no row.
struct Words {
    std::string start, elsewhere;
};

// What was said of tariffs before is taken out of the note: it is true no longer, but where tariffs stay.
Words take_words(Economy& e, bool replace) {
    static const std::string none = "ASSUMED: the source has no tariffs",
                             replaced = "ASSUMED: tariffs of the source were replaced";
    const std::string before = take_sentences(e, {none, replaced});
    if (!replace) return {none, "0 where it has no row"};
    return {replaced, "where it has no row they are as they were" +
                          (before.empty() ? "" : ": " + before.substr(0, before.size() - 1))};
}

class TariffFile {
public:
    TariffFile(Economy& e, const ImportOptions& options, Words words)
        : e_(e),
          options_(options),
          words_(std::move(words)),
          table_(CsvTable::read(
              options.tariff_file, options.csv,
              [&](const auto& fields) { return first_column(fields, {}, "importer", importer_names) >= 0; },
              options.job)),
          c_(tariff_columns(table_, options)) {
        if (!options.sectors_file.empty()) map_ = SectorMap::read(options.sectors_file, options.csv, options.job);
    }

    void apply() {
        for (int row = 0; row < table_.rows(); ++row)
            if (of_the_year(row)) read_row(row);
        if (c_.published) {
            apply_means();
        } else {
            for (const auto& [line, rate] : lines_) put(line, rate);
        }
        describe();
    }

private:
    bool of_the_year(int row) {
        if (c_.year < 0) return true;
        const int year = year_number(table_.text(row, c_.year), table_.place(row, c_.year));
        const int wanted = e_.year;
        if (year_ == 0) year_ = wanted != 0 && wanted_stands(wanted) ? wanted : year;
        if (year == year_) return true;
        if (wanted != 0 && year_ == wanted) return false;
        throw_input({table_.place(row, c_.year), "the tariffs are of several years",
                     fmt::format("{} and {}", year_, year),
                     wanted == 0 ? "one year" : fmt::format("one year, or {}, the economy's, among them", wanted), ""});
    }

    bool wanted_stands(int wanted) const {
        for (int row = 0; row < table_.rows(); ++row)
            if (year_number(table_.text(row, c_.year), {}) == wanted) return true;
        return false;
    }

    // A region, `every` for all, or `nowhere` for a country of a publisher's table that the economy does not have.
    int region(int row, int column) {
        if (column < 0) return every;
        const std::string& text = table_.text(row, column);
        if (text == "*") return every;
        if (!c_.published) return e_.regions.at(letters(text), table_.place(row, column));
        if (text == "000" || text == "0" || text == "WLD" || lower(text) == "world" || lower(text) == "all")
            return every;
        const std::string name = letters(text);
        if (e_.regions.contains(name)) return e_.regions.at(name);
        unknown_[text] = true;
        return nowhere;
    }

    std::string letters(const std::string& text) const {
        if (e_.regions.contains(text)) return text;
        const std::string iso = iso3_of(text);
        return iso.empty() ? text : iso;
    }

    int sector(int row) {
        if (c_.sector < 0) return every;
        const std::string& text = table_.text(row, c_.sector);
        if (text == "*") return every;
        if (e_.sectors.contains(text)) return e_.sectors.at(text);
        if (map_) {
            const int at = map_->find(text);
            if (at < 0) {
                throw_input({table_.place(row, c_.sector), "the product has no sector in " + map_->file(), text,
                             "a row for it, for its beginning (01*), or for all others (*)", ""});
            }
            return e_.sectors.at(map_->sectors()[at], table_.place(row, c_.sector));
        }
        if (c_.published) {
            if (lower(text) == "total" || lower(text) == "all products" || text == "000000" || text == "999999")
                return every;
            if (e_.n_sectors() == 1) return 0;
            throw_input({table_.place(row, c_.sector), "the product is no sector of the economy", text,
                         "--sectors MAP.csv, which puts products into sectors", ""});
        }
        return e_.sectors.at(text, table_.place(row, c_.sector));
    }

    void read_row(int row) {
        if (c_.published && is_missing(table_.text(row, c_.tariff))) {
            ++missing_;
            return;
        }
        const Line line{region(row, c_.exporter), region(row, c_.importer), sector(row)};
        if (line.exporter == nowhere || line.importer == nowhere) return;
        const bool home = line.exporter >= 0 && line.exporter == line.importer;
        if (c_.published && home) return;
        const double printed = table_.number(row, c_.tariff);
        const double rate = c_.percent ? printed / 100.0 : printed;
        if (!(rate > -1.0)) {
            throw_input({table_.place(row, c_.tariff), "a tariff of -100 % or below", table_.text(row, c_.tariff),
                         c_.percent ? "percent above -100" : "a rate above -1 (0.05 = 5 %)", ""});
        }
        if (home && rate != 0.0) {
            throw_input({table_.place(row, c_.tariff), "a tariff on a region's trade with itself",
                         table_.text(row, c_.tariff), "0", ""});
        }
        if (!home) judge(rate, row);
        if (c_.published) {
            auto& [sum, count] = means_[line];
            sum += rate;
            ++count;
        } else {
            lines_.emplace_back(line, rate);
        }
    }

    void judge(double rate, int row) {
        constexpr double striking = 2.0;
        sum_ += rate;
        ++count_;
        if (rate > striking) ++striking_;
        if (highest_row_ < 0 || rate > highest_) {
            highest_ = rate;
            highest_row_ = row;
        }
    }

    // Products of one sector: the simple mean. What is said of all partners comes before what is said of one.
    void apply_means() {
        std::vector<std::pair<Line, double>> rates;
        for (const auto& [line, mean] : means_) {
            rates.emplace_back(line, mean.first / mean.second);
            several_ = several_ || mean.second > 1;
        }
        std::stable_sort(rates.begin(), rates.end(),
                         [](const auto& a, const auto& b) { return a.first.open() > b.first.open(); });
        for (const auto& [line, rate] : rates) put(line, rate);
    }

    void put(const Line& line, double rate) {
        const auto range = [](int at, int count) { return at < 0 ? std::pair(0, count) : std::pair(at, at + 1); };
        const auto [i0, i1] = range(line.exporter, e_.n_regions());
        const auto [j0, j1] = range(line.importer, e_.n_regions());
        const auto [s0, s1] = range(line.sector, e_.n_sectors());
        for (int s = s0; s < s1; ++s) {
            // All sectors are those that tariffs can apply to; a service must be named to be taxed.
            if (line.sector < 0 && all_[static_cast<std::size_t>(s)] == 0) continue;
            for (int j = j0; j < j1; ++j)
                for (int i = i0; i < i1; ++i)
                    if (i != j) e_.tariff(i, j, s) = rate;
        }
    }

    void describe() {
        const std::string file = options_.tariff_file.filename().string();
        add_note(e_, fmt::format("{}; they were read from {} ({}).", words_.start, file, words_.elsewhere));
        if (c_.percent) {
            add_note(e_, fmt::format("The rates of {} are in percent (column {}) and were divided by 100.", file,
                                     table_.columns()[static_cast<std::size_t>(c_.tariff)]));
        }
        if (several_) add_note(e_, "Where several products make up a sector its tariff is their simple mean.");
        if (c_.exporter < 0) add_note(e_, file + " names no exporters; its rates are those on every exporter.");
        if (year_ != 0 && e_.year != 0 && year_ != e_.year)
            add_note(e_, fmt::format("The tariffs are of {}, the economy of {}.", year_, e_.year));
        if (missing_ > 0) add_note(e_, fmt::format("Rows of {} without a rate were left out: {}.", file, missing_));
        if (!unknown_.empty()) {
            std::vector<std::string> names;
            for (const auto& entry : unknown_) names.push_back(entry.first);
            add_note(e_, fmt::format("Countries of {} that the economy does not have were left out: {}.", file,
                                     short_list(names)));
        }
        question(file);
    }

    // Rates that nobody sets: most likely percent read as rates.
    void question(const std::string& file) {
        if (count_ == 0) return;
        const double mean = 100.0 * sum_ / count_;
        const std::string where = fmt::format("line {}", table_.place(highest_row_, c_.tariff).line);
        if (mean > 100.0) {
            add_note(e_, fmt::format("QUESTION: the mean tariff of {} is {:.4g} %; is the file in percent "
                                     "(--tariff-unit percent)?",
                                     file, mean));
        }
        if (striking_ > 0) {
            add_note(e_,
                     fmt::format("QUESTION: {} of {} rates of {} are above 200 %, the highest {:.4g} % ({}); is that "
                                 "meant?",
                                 striking_, count_, file, 100.0 * highest_, where));
        }
        if (c_.percent && highest_ > 0.0 && highest_ < 0.005) {
            add_note(e_,
                     fmt::format("QUESTION: no tariff of {} reaches 0.5 %; are its rates ratios (--tariff-unit rate)?",
                                 file));
        }
    }

    Economy& e_;
    const ImportOptions& options_;
    const Words words_;
    CsvTable table_;
    TariffColumns c_;
    std::vector<char> all_ = tariff_sectors(e_);
    std::optional<SectorMap> map_;
    std::vector<std::pair<Line, double>> lines_;
    std::map<Line, std::pair<double, int>> means_;
    std::map<std::string, bool> unknown_;
    double sum_ = 0.0, highest_ = 0.0;
    int count_ = 0, striking_ = 0, highest_row_ = -1, missing_ = 0, year_ = 0;
    bool several_ = false;
};

void fill_one_rate(Economy& e, const ImportOptions& options, const Words& words) {
    const double rate = *options.tariff;
    if (!(rate > -1.0)) {
        throw_input({option_place(options, "tariff"), "a tariff takes all or more", fmt::format("{}", rate),
                     "a rate above -1 (-100 %)", ""});
    }
    const std::vector<char> all = tariff_sectors(e);
    for (int s = 0; s < e.n_sectors(); ++s)
        for (int j = 0; j < e.n_regions(); ++j)
            for (int i = 0; i < e.n_regions(); ++i)
                if (i != j && all[static_cast<std::size_t>(s)] != 0) e.tariff(i, j, s) = rate;
    add_note(e, fmt::format("{}; every good on every border was given the rate {}.", words.start, rate));
    if (rate > 2.0) {
        add_note(e, fmt::format("QUESTION: that is {:.4g} %; is it meant, or is {} percent (a rate of {})?",
                                100.0 * rate, rate, rate / 100.0));
    }
}

}  // namespace

void fill_tariff(Economy& e, const ImportOptions& options, bool replace) {
    if (options.tariff && !options.tariff_file.empty())
        throw_input(option_place(options, "tariff"), "give one tariff rate or a tariff file, not both");
    const Words words = take_words(e, replace);
    if (options.tariff) {
        fill_one_rate(e, options, words);
    } else if (!options.tariff_file.empty()) {
        TariffFile(e, options, words).apply();
    } else {
        add_note(e, words.start + "; all are 0 (give one rate or a tariff file on import to change it).");
    }
}

}  // namespace detente
