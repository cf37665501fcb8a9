// World Input-Output Tables as published: workbooks of the 2013 release (.xlsx) and the 2016 release (.xlsb).
//
// Rows carry code, description, country and a number; columns the same above each other with c1, c2, ... Industries are
// numbered c1 to c35 on rows as on columns in the 2013 release, r1 to r56 on rows of the 2016 release; rows below them
// r60 or r65 and on. Everything is found by these labels: the numbers say where rows and columns begin.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <unordered_map>

#include "base/spreadsheet.h"
#include "economy/import_common.h"
#include "economy/labelled_table.h"
#include "economy/money.h"

namespace detente {
namespace {

namespace fs = std::filesystem;

using Texts = std::map<int, std::string>;  // by column

// r17 or c17: 17; else 0. In small letters: C17 is an industry.
int number_of(std::string_view text, char letter) {
    if (text.size() < 2 || text.size() > 5 || text[0] != letter) return 0;
    int number = 0;
    for (const char c : text.substr(1)) {
        if (c < '0' || c > '9') return 0;
        number = 10 * number + (c - '0');
    }
    return number;
}

// Three letters, as countries and the rest of the world have them (RoW in one release, ROW in the other).
bool is_country(std::string_view text) {
    return text.size() == 3 && std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isalpha(c); });
}

// Totals stand under TOT, which is no country.
std::string region_of(const std::string& country) {
    return country == "TOT" ? "" : country;
}

// Rows are numbered by either letter.
int row_number_of(std::string_view text) {
    return std::max(number_of(text, 'r'), number_of(text, 'c'));
}

// Labels that belong to one row or column of numbers: country, and code and description in this order.
struct Reading {
    std::string country, code, title;
    int number = 0;
    std::string printed;  // the number as it stands
};

// A label as text: codes such as 19 may stand in the sheet as numbers.
std::string label_text(const SheetCell& cell) {
    return cell.is_text ? std::string(cell.text) : csv_number(cell.number);
}

// Which of several lines of labels holds the countries: the one where nearly every text is one.
template <typename Count>
int line_of_countries(int lines, Count&& count) {
    int best = -1;
    double best_share = 0.5;  // of AtB, C, 15t16, ... only the first looks like a country
    for (int line = 0; line < lines; ++line) {
        const auto [countries, texts] = count(line);
        if (texts == 0 || countries <= best_share * texts) continue;
        best = line;
        best_share = static_cast<double>(countries) / texts;
    }
    return best;
}

// Collects the sheet row by row.
class SheetReader {
public:
    explicit SheetReader(std::string file) { table_.file = std::move(file); }

    void row(int number, const std::vector<SheetCell>& cells) {
        if (first_ < 0) {
            read_header(number, cells);
        } else {
            read_values(number, cells);
        }
    }

    // Labels are complete when all rows are known: what an industry is called stands on its rows.
    LabelledTable finish() {
        if (first_ < 0) throw_no_table();
        finish_rows();
        finish_columns();
        return std::move(table_);
    }
    int blanks() const { return blanks_; }

private:
    [[noreturn]] void throw_no_table() const {
        throw_input({Place{table_.file, 0, ""}, "this is no World Input-Output Table", "no row with c1, c2, ...",
                     "columns numbered c1, c2, ... below code, description and country", ""});
    }
    void read_header(int number, const std::vector<SheetCell>& cells) {
        Texts texts;
        int numbered = 0;
        for (const SheetCell& cell : cells) {
            texts[cell.column] = label_text(cell);
            if (!cell.is_text || number_of(cell.text, 'c') == 0) continue;
            if (numbered++ == 0) start_ = cell.column;
        }
        constexpr std::size_t most_header_rows = 100;
        if (header_.size() == most_header_rows) throw_no_table();
        header_.push_back(std::move(texts));
        if (numbered < 2) return;
        first_ = start_;
        table_.header_line = number;
        for (const Texts& line : header_)
            if (!line.empty()) last_ = std::max(last_, line.rbegin()->first);
    }

    void read_values(int number, const std::vector<SheetCell>& cells) {
        const auto count = static_cast<std::size_t>(last_ - first_ + 1);
        std::vector<double> values(count, 0.0);
        std::size_t filled = 0;
        Texts labels;
        const SheetCell* text = nullptr;
        for (const SheetCell& cell : cells) {
            if (cell.column < first_) {
                labels[cell.column] = label_text(cell);
            } else if (cell.column <= last_) {
                if (text == nullptr && (cell.is_text || !std::isfinite(cell.number))) text = &cell;
                values[static_cast<std::size_t>(cell.column - first_)] = cell.number;
                ++filled;
            }
        }
        const bool numbered = std::any_of(labels.begin(), labels.end(),
                                          [](const auto& label) { return row_number_of(label.second) > 0; });
        if (!numbered) return;  // a title or a remark
        if ((table_.values.size() + 1) * count > most_table_cells) {
            throw_input({Place{table_.file, 0, cell_name(number, 0)}, "a table larger than this program reads", "",
                         fmt::format("at most {} cells", most_table_cells), ""});
        }
        if (text != nullptr) {
            not_numbers_.emplace(labels_.size(),
                                 NotANumber{cell_name(number, text->column),
                                            text->is_text ? '"' + std::string(text->text.substr(0, 40)) + '"'
                                                          : csv_number(text->number)});
        }
        filled_.push_back(filled);
        labels_.push_back(std::move(labels));
        table_.lines.push_back(number);
        table_.values.push_back(std::move(values));
    }

    void finish_rows() {
        const int country = line_of_countries(first_, [&](int column) {
            std::pair<int, int> seen;  // countries, texts
            for (const Texts& labels : labels_) {
                const auto label = labels.find(column);
                if (label == labels.end()) continue;
                seen.first += is_country(label->second) ? 1 : 0;
                ++seen.second;
            }
            return seen;
        });
        for (std::size_t at = 0; at < labels_.size(); ++at) {
            Reading reading;
            for (const auto& [column, text] : labels_[at])
                put(text, column == country, number_of(text, 'r') > 0 ? 'r' : 'c', reading);
            AccountLabel label{region_of(reading.country), fmt::format("{}", reading.number),
                               fmt::format("{} {}", reading.printed, reading.country), reading.title};
            if (!label.region.empty()) check_numbers(at);
            // The code of the first region serves all: numbers pair rows with columns.
            if (!label.region.empty() && !reading.code.empty()) code_.emplace(reading.number, reading.code);
            const auto code = code_.find(reading.number);
            if (!label.region.empty() && code != code_.end()) label.code = code->second;
            if (label.region.empty() && !reading.code.empty()) label.code = reading.code;
            table_.rows.push_back(std::move(label));
            numbers_.push_back(reading.number);
        }
        // A country that is missing, as where cells are merged, would make an industry a total.
        for (std::size_t at = 0; at < numbers_.size(); ++at) {
            if (!table_.rows[at].region.empty() || code_.count(numbers_[at]) == 0) continue;
            if (is_total(labels_[at])) continue;
            throw_input(Place{table_.file, table_.lines[at], table_.rows[at].printed},
                        "the row has the number of an industry and no country");
        }
    }

    // Rows of deliveries are numbers from end to end, or empty.
    void check_numbers(std::size_t at) {
        const auto found = not_numbers_.find(at);
        if (found != not_numbers_.end()) {
            throw_input(
                {Place{table_.file, 0, found->second.cell}, "not a number", found->second.text, "a finite number", ""});
        }
        blanks_ += static_cast<int>(table_.values[at].size() - filled_[at]);
    }

    static bool is_total(const Texts& labels) {
        return std::any_of(labels.begin(), labels.end(), [](const auto& label) { return label.second == "TOT"; });
    }

    void finish_columns() {
        const int country = line_of_countries(static_cast<int>(header_.size()), [&](int line) {
            std::pair<int, int> seen;
            for (auto at = header_[static_cast<std::size_t>(line)].lower_bound(first_);
                 at != header_[static_cast<std::size_t>(line)].end(); ++at) {
                seen.first += is_country(at->second) ? 1 : 0;
                ++seen.second;
            }
            return seen;
        });
        for (int column = first_; column <= last_; ++column) {
            Reading reading;
            for (std::size_t line = 0; line < header_.size(); ++line) {
                const auto text = header_[line].find(column);
                if (text != header_[line].end()) put(text->second, static_cast<int>(line) == country, 'c', reading);
            }
            const auto code = code_.find(reading.number);
            if (reading.country.empty() && code != code_.end()) {
                throw_input(Place{table_.file, table_.header_line, cell_name(table_.header_line, column)},
                            "the column has the number of an industry and no country");
            }
            table_.columns.push_back({region_of(reading.country),
                                      code == code_.end() ? fmt::format("c{}", reading.number) : code->second,
                                      fmt::format("c{} {}", reading.number, reading.country), reading.title});
        }
    }

    // One more label of a row or column: code and description come in this order in both releases.
    static void put(const std::string& text, bool country, char letter, Reading& reading) {
        if (country) {
            reading.country = text;
        } else if (number_of(text, letter) > 0) {
            reading.number = number_of(text, letter);
            reading.printed = text;
        } else if (reading.code.empty() && reading.title.empty() && text.size() <= 8) {
            reading.code = text;
        } else {
            reading.title = text;
        }
    }

    // The first cell of a row that is none, for the error.
    struct NotANumber {
        std::string cell, text;
    };
    static constexpr std::size_t most_table_cells = std::size_t{1} << 28U;

    LabelledTable table_;
    std::vector<Texts> header_, labels_;
    std::vector<std::size_t> filled_;                          // cells with a number, by row
    std::vector<int> numbers_;                                 // by row
    std::unordered_map<std::size_t, NotANumber> not_numbers_;  // by row
    std::unordered_map<int, std::string> code_;                // of the industry with a number
    int start_ = -1, first_ = -1, last_ = -1, blanks_ = 0;
};

// The one sheet with a table; names of sheets with tables have a year.
std::string choose_sheet(const Workbook& book, const ImportOptions& options) {
    const std::vector<std::string> sheets = book.sheets();
    std::vector<std::string> tables;
    for (const std::string& sheet : sheets) {
        const int year = year_in(sheet);
        if (sheets.size() == 1 || (year > 0 && (!options.year || year == *options.year))) tables.push_back(sheet);
    }
    if (tables.size() == 1) return tables.front();
    throw_input({Place{book.file(), 0, ""}, tables.empty() ? "no sheet has the year in its name" : "several sheets",
                 fmt::format("sheets {}", fmt::join(sheets, ", ")),
                 tables.empty() ? "a sheet such as WIOT_2011 or 2014" : "one year, chosen by --year", ""});
}

int choose_year(const Workbook& book, const std::string& sheet, const ImportOptions& options) {
    const int stated = year_in(sheet) > 0 ? year_in(sheet) : year_in(fs::path(book.file()).stem().string());
    if (!options.year || stated == 0) return options.year.value_or(stated);
    if (stated == *options.year) return stated;
    throw_input({Place{book.file(), 0, ""}, "the table is of another year than asked for", std::to_string(stated),
                 std::to_string(*options.year), ""});
}

// The 2013 release has ISIC Rev. 3 (AtB, C, 15t16, ..., 36t37), the 2016 release Rev. 4.
bool first_release(const IndexSet& sectors) {
    return is_isic3(sectors);
}

}  // namespace

Economy import_wiod_workbook(const fs::path& path, const ImportOptions& options) {
    const auto book = open_workbook(path, options.job);
    const std::string sheet = choose_sheet(*book, options);
    SheetReader reader(book->file());
    book->for_each_row(sheet, [&](int row, const std::vector<SheetCell>& cells) { reader.row(row, cells); });
    const LabelledTable table = reader.finish();
    Deliveries deliveries = read_deliveries(table, {}, options.job);

    Economy e;
    e.year = choose_year(*book, sheet, options);
    e.regions = deliveries.regions;
    e.sectors = deliveries.sectors;
    e.sector_titles = deliveries.sector_titles;
    const bool first = first_release(e.sectors);
    e.title = "World Input-Output Table" + (e.year > 0 ? fmt::format(" {}", e.year) : std::string());
    e.source = fmt::format(
        "World Input-Output Database, {} release, {}: Timmer, Dietzenbacher, Los, Stehrer and de Vries (2015), Review "
        "of International Economics 23",
        first ? 2013 : 2016, path.filename().string());
    e.licence = "CC BY 4.0";
    e.unit = million_us_dollars;
    e.goods = goods_by_isic(e.sectors);
    if (e.year == 0) add_note(e, "Neither the sheet nor the file's name states the year (give it with --year).");
    if (reader.blanks() > 0) add_note(e, fmt::format("{} empty cells of the table count as 0.", reader.blanks()));
    if (!deliveries.left_out.empty()) add_note(e, deliveries.left_out);
    if (!deliveries.other_rows.empty()) add_note(e, deliveries.other_rows);
    fill_from_table(e, std::move(deliveries.table), {.year = true}, options, table.file);
    return e;
}

}  // namespace detente
