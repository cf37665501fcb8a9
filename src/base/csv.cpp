#include "base/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/file.h"

namespace detente {
namespace {

// Splits the text into records; a quoted field may hold commas, doubled quotes and line breaks.
struct Reader {
    const std::string& text;
    const std::string& file;
    std::size_t at = 0;
    int line = 1;

    bool next(std::vector<std::string>& fields, int& first_line) {
        while (at < text.size() && (text[at] == '\n' || text[at] == '\r')) {
            if (text[at] == '\n') ++line;
            ++at;
        }
        if (at >= text.size()) return false;
        first_line = line;
        fields.assign(1, "");
        while (at < text.size() && text[at] != '\n') {
            const char c = text[at++];
            if (c == '"' && fields.back().empty()) {
                quoted(fields.back());
            } else if (c == ',') {
                fields.emplace_back();
            } else if (c != '\r') {
                fields.back() += c;
            }
        }
        return true;
    }

    void quoted(std::string& field) {
        const int opened = line;
        while (at < text.size()) {
            const char c = text[at++];
            if (c == '\n') ++line;
            if (c != '"') {
                field += c;
            } else if (at < text.size() && text[at] == '"') {
                field += text[at++];
            } else {
                return;
            }
        }
        throw_input(Place{file, opened, ""}, "a quote is opened and never closed");
    }
};

}  // namespace

CsvTable CsvTable::read(const std::filesystem::path& path) {
    CsvTable table;
    table.file_ = path.string();
    std::string text = read_text(path);
    if (text.rfind("\xEF\xBB\xBF", 0) == 0) text.erase(0, 3);  // byte-order mark that spreadsheets write
    Reader reader{text, table.file_};
    std::vector<std::string> record;
    int line = 0;
    if (!reader.next(record, line))
        throw_input(Place{table.file_, 1, ""}, "the file is empty; a header line was expected");
    table.columns_ = record;
    for (auto name = record.begin(); name != record.end(); ++name) {
        if (std::find(record.begin(), name, *name) != name) {
            throw_input(Place{table.file_, line, *name}, "the column stands twice in the header");
        }
    }
    while (reader.next(record, line)) {
        if (record.size() != table.columns_.size()) {
            throw_input({Place{table.file_, line, ""}, "wrong number of fields", std::to_string(record.size()),
                         fmt::format("{}, as in the header", table.columns_.size()), ""});
        }
        table.fields_.insert(table.fields_.end(), record.begin(), record.end());
        table.lines_.push_back(line);
    }
    return table;
}

bool CsvTable::has(const std::string& name) const {
    return std::find(columns_.begin(), columns_.end(), name) != columns_.end();
}

int CsvTable::column(const std::string& name) const {
    const auto found = std::find(columns_.begin(), columns_.end(), name);
    if (found == columns_.end()) {
        throw_input({Place{file_, 1, ""}, "a column is missing", fmt::format("no column \"{}\"", name), name,
                     nearest_name(name, columns_)});
    }
    return static_cast<int>(found - columns_.begin());
}

const std::string& CsvTable::text(int row, int column) const {
    return fields_[static_cast<std::size_t>(row) * columns_.size() + static_cast<std::size_t>(column)];
}

double CsvTable::number(int row, int column) const {
    const std::string& field = text(row, column);
    const char* first = field.data();
    const char* last = first + field.size();
    while (first < last && *first == ' ') ++first;
    while (first < last && last[-1] == ' ') --last;
    if (first < last && *first == '+') ++first;
    double value = 0.0;
    const auto [end, error] = std::from_chars(first, last, value);
    if (error != std::errc{} || end != last || !std::isfinite(value)) {
        throw_input({place(row, column), "not a number", '"' + field + '"', "a finite number", ""});
    }
    return value;
}

Place CsvTable::place(int row, int column) const {
    return Place{file_, lines_[static_cast<std::size_t>(row)], columns_[static_cast<std::size_t>(column)]};
}

std::string csv_field(const std::string& text) {
    if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

std::string csv_number(double value) {
    return fmt::format("{}", value);
}

}  // namespace detente
