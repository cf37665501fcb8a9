// The layouts of the World Input-Output Database: the 2013 release as .xlsx, the 2016 release as .xlsb.
#include <fmt/format.h>

#include "input_output_world.h"
#include "write_workbook.h"

namespace detente::testing {
namespace {

constexpr int first_column = 4;  // behind code, description, country and number

// What the two releases do differently.
struct Layout {
    std::string sheet, total_code;
    std::vector<std::string> title;                           // lines above the table
    std::vector<std::string> final_codes;                     // c37 ... or c57 ...
    std::vector<int> final_numbers;                           // the 2013 release has no c40
    std::vector<std::pair<std::string, std::string>> footer;  // code, description: from inputs to output
    std::vector<int> footer_numbers;
    char row_letter = 'r';  // of industries: c1 ... c35 in the 2013 release
    int total_column;
};

Layout layout_of(WiodRelease release) {
    const std::vector<std::string> words = {"Total intermediate consumption",
                                            "taxes less subsidies on products",
                                            "Cif/ fob adjustments on exports",
                                            "Direct purchases abroad by residents",
                                            "Purchases on the domestic territory by non-residents",
                                            "Value added at basic prices",
                                            "International Transport Margins",
                                            "Output at basic prices"};
    const bool first = release == WiodRelease::r2013;
    const std::vector<std::string> codes = {"II_fob", "TXSP", "EXP_adj", "PURR", "PURNR", "VA", "IntTTM", "GO"};
    Layout layout;
    layout.sheet = first ? "WIOT_2011" : "2014";
    layout.total_code = first ? "" : "GO";
    layout.title = {first ? "World Input-Output Table, 2011" : "Intercountry Input-Output Table", "(US$ millions)"};
    layout.final_codes = first ? std::vector<std::string>(5, "")
                               : std::vector<std::string>{"CONS_h", "CONS_np", "CONS_g", "GFCF", "INVEN"};
    layout.final_numbers = first ? std::vector<int>{37, 38, 39, 41, 42} : std::vector<int>{57, 58, 59, 60, 61};
    for (std::size_t f = 0; f < words.size(); ++f) layout.footer.emplace_back(first ? "" : codes[f], words[f]);
    layout.total_column = first ? 60 : 62;
    // The 2013 release numbers rows as the classes of its national tables do; its taxes come from elsewhere.
    layout.footer_numbers =
        first ? std::vector<int>{60, 99, 61, 62, 63, 64, 65, 69} : std::vector<int>{65, 66, 67, 68, 69, 70, 71, 73};
    layout.row_letter = first ? 'c' : 'r';
    return layout;
}

// One row of the sheet after the other.
class Rows {
public:
    Rows(const InputOutputWorld& world, Layout layout) : w_(world), layout_(std::move(layout)) {
        for (int j = 0; j < w_.n(); ++j) {
            for (int k = 0; k < w_.m(); ++k) {
                output_.push_back(w_.output(j, k));
                inputs_.push_back(w_.inputs(j, k));
            }
        }
    }

    bool operator()(std::vector<WorkbookCell>& row) {
        const int at = next_++, headers = 6, rows = w_.n() * w_.m();
        if (at < headers) {
            header(at, row);
        } else if (at < headers + rows) {
            industry((at - headers) / w_.m(), (at - headers) % w_.m(), row);
        } else if (at < headers + rows + static_cast<int>(layout_.footer.size())) {
            footer(static_cast<std::size_t>(at - headers - rows), row);
        } else {
            return false;
        }
        return true;
    }

private:
    // Two lines of title, then codes, descriptions, countries and numbers.
    void header(int line, std::vector<WorkbookCell>& row) const {
        if (line < 2) row.emplace_back(0, layout_.title[static_cast<std::size_t>(line)]);
        if (line < 2) return;
        const auto put = [&](int column, const std::string& code, const std::string& title, const std::string& country,
                             int number) {
            const std::string text = line == 2   ? code
                                     : line == 3 ? title
                                     : line == 4 ? country
                                                 : fmt::format("c{}", number);
            if (!text.empty()) row.emplace_back(column, label(text));
        };
        int column = first_column;
        for (const std::string& region : w_.regions)
            for (int k = 0; k < w_.m(); ++k) put(column++, sector(k), "Industry " + sector(k), region, k + 1);
        for (const std::string& region : w_.regions)
            for (std::size_t c = 0; c < layout_.final_codes.size(); ++c)
                put(column++, layout_.final_codes[c], w_.categories[c], region, layout_.final_numbers[c]);
        put(column, layout_.total_code, "Total output", "TOT", layout_.total_column);
    }

    void industry(int i, int s, std::vector<WorkbookCell>& row) const {
        labels(sector(s), "Industry " + sector(s), w_.regions[static_cast<std::size_t>(i)],
               fmt::format("{}{}", layout_.row_letter, s + 1), row);
        int column = first_column;
        for (int j = 0; j < w_.n(); ++j)
            for (int k = 0; k < w_.m(); ++k) row.emplace_back(column++, w_.use(i, s, j, k));
        for (int j = 0; j < w_.n(); ++j)
            for (int c = 0; c < w_.categories_count(); ++c) row.emplace_back(column++, w_.sold(i, s, j, c));
        row.emplace_back(column, output_[static_cast<std::size_t>(i * w_.m() + s)]);
    }

    void footer(std::size_t line, std::vector<WorkbookCell>& row) const {
        // In the 2013 release only the first of these rows is said to be a total.
        labels(layout_.footer[line].first, layout_.footer[line].second,
               layout_.row_letter == 'r' || line == 0 ? "TOT" : "", fmt::format("r{}", layout_.footer_numbers[line]),
               row);
        for (int j = 0; j < w_.n(); ++j) {
            for (int k = 0; k < w_.m(); ++k) {
                const auto at = static_cast<std::size_t>(j * w_.m() + k);
                const double margin = 0.25, tax = w_.tax(j, k);
                const double values[] = {
                    inputs_[at], tax, 0.0, 0.0, 0.0, output_[at] - inputs_[at] - tax - margin, margin, output_[at]};
                row.emplace_back(first_column + static_cast<int>(at), values[line]);
            }
        }
    }

    void labels(const std::string& code, const std::string& title, const std::string& country,
                const std::string& number, std::vector<WorkbookCell>& row) const {
        const std::string texts[] = {code, title, country, number};
        for (int column = 0; column < first_column; ++column)
            if (!texts[column].empty()) row.emplace_back(column, label(texts[column]));
    }

    // Codes that look like numbers are numbers in a sheet.
    static std::variant<double, std::string> label(const std::string& text) {
        if (text.find_first_not_of("0123456789") != std::string::npos) return text;
        return std::stod(text);
    }

    const std::string& sector(int s) const { return w_.sectors[static_cast<std::size_t>(s)]; }

    const InputOutputWorld& w_;
    const Layout layout_;
    std::vector<double> output_, inputs_;
    int next_ = 0;
};

}  // namespace

std::vector<std::string> wiod_sectors(WiodRelease release, int count) {
    std::vector<std::string> codes =
        release == WiodRelease::r2013
            ? std::vector<std::string>{"AtB", "C",  "15t16", "17t18", "19",    "20",    "21t22", "23", "24",
                                       "25",  "26", "27t28", "29",    "30t33", "34t35", "36t37", "E",  "F",
                                       "50",  "51", "52",    "H",     "60",    "61",    "62",    "63", "64",
                                       "J",   "70", "71t74", "L",     "M",     "N",     "O",     "P"}
            : std::vector<std::string>{"A01",     "A02",     "A03", "B",   "C10-C12", "C13-C15", "C16", "C17",
                                       "C18",     "C19",     "C20", "C21", "C22",     "C23",     "C24", "C25",
                                       "C26",     "C27",     "C28", "C29", "C30",     "C31_C32", "C33", "D35",
                                       "E36",     "E37-E39", "F",   "G45", "G46",     "G47",     "H49", "H50",
                                       "H51",     "H52",     "H53", "I",   "J58",     "J59_J60", "J61", "J62_J63",
                                       "K64",     "K65",     "K66", "L68", "M69_M70", "M71",     "M72", "M73",
                                       "M74_M75", "N",       "O84", "P85", "Q",       "R_S",     "T",   "U"};
    // A small world keeps its first goods and its last services.
    const auto services = static_cast<std::size_t>(count) < codes.size() ? static_cast<std::size_t>(count / 2) : 0U;
    std::vector<std::string> chosen(codes.begin(), codes.begin() + count - static_cast<long>(services));
    chosen.insert(chosen.end(), codes.end() - static_cast<long>(services), codes.end());
    return chosen;
}

std::vector<std::string> wiod_categories() {
    return {"Final consumption expenditure by households", "Final consumption expenditure by non-profit organisations",
            "Final consumption expenditure by government", "Gross fixed capital formation",
            "Changes in inventories and valuables"};
}

void write_wiod(const InputOutputWorld& world, const std::filesystem::path& path, WiodRelease release) {
    const Layout layout = layout_of(release);
    (release == WiodRelease::r2013 ? write_xlsx : write_xlsb)(path, layout.sheet, Rows(world, layout));
}

}  // namespace detente::testing
