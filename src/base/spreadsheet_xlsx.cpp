// Workbooks of XML parts (ECMA-376, Office Open XML).
#include <charconv>
#include <cmath>
#include <deque>

#include "base/error.h"
#include "base/spreadsheet_parts.h"
#include "base/text.h"

namespace detente {
namespace {

void ignore(std::string_view) {}

[[noreturn]] void throw_too_long(const Place& place) {
    throw_input({place, "a text too long for a cell", "", "at most " + std::to_string(most_text_bytes) + " bytes", ""});
}

[[noreturn]] void throw_too_many_strings(const std::string& file) {
    throw_input({Place{file, 0, ""}, "too many texts", "", "at most " + std::to_string(most_strings), ""});
}

SheetParts read_sheets(const ZipArchive& archive) {
    const auto members = read_relations(archive, "workbook.xml");
    SheetParts sheets;
    XmlHandler handler{.start = {}, .end = ignore, .text = ignore};
    handler.start = [&](std::string_view name, const auto& attribute) {
        if (name != "sheet") return;
        const auto member = members.find(std::string(attribute("id")));
        if (member == members.end()) throw_input(Place{archive.file(), 0, ""}, "a sheet of the workbook has no part");
        sheets.emplace_back(attribute("name"), member->second);
    };
    read_xml(archive.open("xl/workbook.xml", most_list_bytes), handler);
    return sheets;
}

// Texts that cells refer to: each the sum of its runs, without the reading aids of Japanese.
std::vector<std::string> read_shared_strings(const ZipArchive& archive) {
    std::vector<std::string> strings;
    if (!archive.has("xl/sharedStrings.xml")) return strings;
    bool in_text = false, in_phonetic = false;
    XmlHandler handler;
    handler.start = [&](std::string_view name, const auto&) {
        if (name == "si") {
            if (strings.size() == most_strings) throw_too_many_strings(archive.file());
            strings.emplace_back();
        }
        if (name == "rPh") in_phonetic = true;
        in_text = name == "t" && !in_phonetic;
    };
    handler.end = [&](std::string_view name) {
        if (name == "rPh") in_phonetic = false;
        in_text = false;
    };
    handler.text = [&](std::string_view text) {
        if (!in_text || strings.empty()) return;
        if (strings.back().size() + text.size() > most_text_bytes)
            throw_too_long(Place{archive.file(), 0, "text " + std::to_string(strings.size())});
        strings.back() += text;
    };
    read_xml(archive.open("xl/sharedStrings.xml", most_strings_bytes), handler);
    return strings;
}

// Where a reference such as BK17 points: column from 0, row from 1; false where it is none or beyond the limits.
bool parse_reference(std::string_view reference, int& row, int& column) {
    column = 0;
    std::size_t at = 0;
    for (; at < reference.size() && reference[at] >= 'A' && reference[at] <= 'Z'; ++at) {
        column = column * 26 + (reference[at] - 'A' + 1);
        if (column > most_columns) return false;
    }
    const auto [end, error] = std::from_chars(reference.data() + at, reference.data() + reference.size(), row);
    return error == std::errc{} && end == reference.data() + reference.size() && --column >= 0 && row >= 1 &&
           row <= most_rows;
}

// Collects one sheet's cells from its XML events.
class SheetReader {
public:
    SheetReader(std::string sheet, const std::vector<std::string>& strings, const RowVisitor& visit)
        : sheet_(std::move(sheet)), order_(sheet_), strings_(strings), visit_(visit) {}

    template <typename Attribute>
    void start(std::string_view name, const Attribute& attribute) {
        if (name == "row") {
            start_row(attribute("r"));
        } else if (name == "c") {
            start_cell(attribute("r"));
            type_ = attribute("t");
            value_.clear();
            formula_ = false;
        }
        if (name == "f") formula_ = true;
        in_value_ = name == "v" || (name == "t" && type_ == "inlineStr");
    }
    void end(std::string_view name) {
        in_value_ = false;
        if (name == "c" && (formula_ || !value_.empty())) finish_cell();
        if (name == "row") visit_(row_, cells_);
    }
    void text(std::string_view text) {
        if (!in_value_) return;
        if (value_.size() + text.size() > most_text_bytes) throw_too_long(place());
        value_ += text;
    }

private:
    void start_row(std::string_view number) {
        cells_.clear();
        texts_.clear();
        last_column_ = -1;
        int row = row_ + 1;
        if (!number.empty()) {
            const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), row);
            if (error != std::errc{} || end != number.data() + number.size()) row = 0;
        }
        if (row < 1 || row > most_rows) {
            throw_input({Place{sheet_, 0, ""}, "a row beyond the limits of a sheet", std::string(number),
                         "1 to " + std::to_string(most_rows), ""});
        }
        row_ = row;
        order_.row(row);
    }
    // A cell without a reference stands behind the one before it.
    void start_cell(std::string_view reference) {
        cell_ = SheetCell{};
        cell_.column = last_column_ + 1;
        int row = row_;
        if (!reference.empty() && !parse_reference(reference, row, cell_.column)) {
            throw_input({Place{sheet_, 0, ""}, "no cell of a sheet", '"' + std::string(reference.substr(0, 20)) + '"',
                         "A1 to " + cell_name(most_rows, most_columns - 1), ""});
        }
        if (row != row_) {
            throw_input(Place{sheet_, 0, std::string(reference)},
                        "the cell stands in row " + std::to_string(row_) + " of the sheet");
        }
        if (cell_.column >= most_columns)
            throw_input(Place{sheet_, 0, "row " + std::to_string(row_)}, "more cells than a sheet has columns");
        last_column_ = cell_.column;
        order_.cell(cell_.column);
    }
    void finish_cell() {
        if (value_.empty()) {
            set_text(texts_.emplace_back("a formula without a stored value"));
        } else if (type_.empty() || type_ == "n" || type_ == "b") {
            cell_.number = read_number(value_);
        } else if (type_ == "s") {
            const double index = read_number(value_);
            if (!(index >= 0.0 && index < static_cast<double>(strings_.size()) && index == std::floor(index))) {
                throw_input({place(), "a text that is not in the workbook", value_,
                             "a number below " + std::to_string(strings_.size()), ""});
            }
            set_text(strings_[static_cast<std::size_t>(index)]);
        } else {
            set_text(texts_.emplace_back(value_));
        }
        cells_.push_back(cell_);
    }
    void set_text(const std::string& text) {
        cell_.is_text = true;
        cell_.text = text;
    }
    double read_number(std::string_view text) const {
        if (const auto number = finite_number(text)) return *number;
        throw_input({place(), "not a number", '"' + std::string(text.substr(0, 40)) + '"', "a finite number", ""});
    }
    Place place() const { return {sheet_, 0, cell_name(row_, cell_.column)}; }

    std::string sheet_;
    CellOrder order_;
    const std::vector<std::string>& strings_;
    const RowVisitor& visit_;
    std::vector<SheetCell> cells_;
    std::deque<std::string> texts_;  // texts that stand in the row itself
    SheetCell cell_;
    std::string type_, value_;
    int row_ = 0, last_column_ = -1;
    bool in_value_ = false, formula_ = false;
};

class Xlsx : public Workbook {
public:
    explicit Xlsx(std::unique_ptr<ZipArchive> archive)
        : archive_(std::move(archive)), sheets_(read_sheets(*archive_)), strings_(read_shared_strings(*archive_)) {}

    const std::string& file() const override { return archive_->file(); }
    std::vector<std::string> sheets() const override {
        std::vector<std::string> names;
        for (const auto& [name, member] : sheets_) names.push_back(name);
        return names;
    }
    void for_each_row(const std::string& sheet, const RowVisitor& visit) const override {
        ZipMember part = archive_->open(part_of(sheets_, sheet, file()));
        SheetReader reader(sheet_place(file(), sheet), strings_, visit);
        XmlHandler handler;
        handler.start = [&](std::string_view name, const auto& attribute) { reader.start(name, attribute); };
        handler.end = [&](std::string_view name) { reader.end(name); };
        handler.text = [&](std::string_view text) { reader.text(text); };
        read_xml(std::move(part), handler);
    }

private:
    std::unique_ptr<ZipArchive> archive_;
    SheetParts sheets_;
    std::vector<std::string> strings_;
};

}  // namespace

std::unique_ptr<Workbook> open_xlsx(std::unique_ptr<ZipArchive> archive) {
    return std::make_unique<Xlsx>(std::move(archive));
}

}  // namespace detente
