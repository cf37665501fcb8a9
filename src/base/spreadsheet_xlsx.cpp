// Workbooks of XML parts (ECMA-376, Office Open XML).
#include <charconv>
#include <deque>

#include "base/error.h"
#include "base/spreadsheet_parts.h"

namespace detente {
namespace {

void ignore(std::string_view) {}

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
    read_xml(archive.open("xl/workbook.xml"), handler);
    return sheets;
}

// Texts that cells refer to: each the sum of its runs, without the reading aids of Japanese.
std::vector<std::string> read_shared_strings(const ZipArchive& archive) {
    std::vector<std::string> strings;
    if (!archive.has("xl/sharedStrings.xml")) return strings;
    bool in_text = false, in_phonetic = false;
    XmlHandler handler;
    handler.start = [&](std::string_view name, const auto&) {
        if (name == "si") strings.emplace_back();
        if (name == "rPh") in_phonetic = true;
        in_text = name == "t" && !in_phonetic;
    };
    handler.end = [&](std::string_view name) {
        if (name == "rPh") in_phonetic = false;
        in_text = false;
    };
    handler.text = [&](std::string_view text) {
        if (in_text && !strings.empty()) strings.back() += text;
    };
    read_xml(archive.open("xl/sharedStrings.xml"), handler);
    return strings;
}

// Column of a reference such as BK17, from 0; -1 where it has no letters.
int column_of(std::string_view reference) {
    int column = 0;
    for (const char c : reference) {
        if (c < 'A' || c > 'Z') break;
        column = column * 26 + (c - 'A' + 1);
        if (column > most_columns) return -1;
    }
    return column - 1;
}

// Collects one sheet's cells from its XML events.
class SheetReader {
public:
    SheetReader(std::string part, const std::vector<std::string>& strings, const RowVisitor& visit)
        : part_(std::move(part)), strings_(strings), visit_(visit) {}

    template <typename Attribute>
    void start(std::string_view name, const Attribute& attribute) {
        if (name == "row") {
            start_row(attribute("r"));
        } else if (name == "c") {
            const int column = column_of(attribute("r"));
            cell_ = SheetCell{};
            cell_.column = column >= 0 ? column : last_column_ + 1;
            last_column_ = cell_.column;
            type_ = attribute("t");
            value_.clear();
        }
        in_value_ = name == "v" || (name == "t" && type_ == "inlineStr");
    }
    void end(std::string_view name) {
        in_value_ = false;
        if (name == "c" && !value_.empty()) finish_cell();
        if (name == "row") visit_(row_, cells_);
    }
    void text(std::string_view text) {
        if (in_value_) value_ += text;
    }

private:
    void start_row(std::string_view number) {
        cells_.clear();
        texts_.clear();
        last_column_ = -1;
        ++row_;
        if (number.empty()) return;
        const double row = read_number(number);
        if (!(row >= 1.0 && row <= most_rows)) {
            throw_input({Place{part_, 0, ""}, "a row beyond the limits of a sheet", std::string(number),
                         "1 to " + std::to_string(most_rows), ""});
        }
        row_ = static_cast<int>(row);
    }
    void finish_cell() {
        if (type_.empty() || type_ == "n" || type_ == "b") {
            cell_.number = read_number(value_);
        } else if (type_ == "s") {
            const double index = read_number(value_);
            if (!(index >= 0.0 && index < static_cast<double>(strings_.size()))) {
                throw_input({Place{part_, 0, cell_name(row_, cell_.column)}, "a text that is not in the workbook",
                             value_, "a number below " + std::to_string(strings_.size()), ""});
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
        double number = 0.0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error == std::errc{} && end == text.data() + text.size()) return number;
        throw_input(
            {Place{part_, 0, cell_name(row_, cell_.column)}, "not a number", '"' + std::string(text) + '"', "", ""});
    }

    std::string part_;
    const std::vector<std::string>& strings_;
    const RowVisitor& visit_;
    std::vector<SheetCell> cells_;
    std::deque<std::string> texts_;  // texts that stand in the row itself
    SheetCell cell_;
    std::string type_, value_;
    int row_ = 0, last_column_ = -1;
    bool in_value_ = false;
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
        SheetReader reader(part.name(), strings_, visit);
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
