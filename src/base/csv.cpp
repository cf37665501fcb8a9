#include "base/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace detente {
namespace {

struct Separator {
    char character;
    const char* name;
    const char* plural;
};
constexpr std::array separators = {Separator{',', "comma", "commas"}, Separator{';', "semicolon", "semicolons"},
                                   Separator{'\t', "tab", "tabs"}, Separator{'|', "pipe", "pipes"}};

std::string plural(char separator) {
    for (const Separator& known : separators)
        if (known.character == separator) return known.plural;
    return fmt::format("\"{}\"", separator);
}

// How often a character stands outside quotes.
std::size_t count_outside_quotes(std::string_view line, char wanted) {
    std::size_t count = 0;
    bool inside = false;
    for (const char c : line) {
        if (c == '"') inside = !inside;
        if (c == wanted && !inside) ++count;
    }
    return count;
}

std::optional<double> parse(std::string_view text, char decimal) {
    if (decimal == '.') return finite_number(text);
    if (text.find('.') != std::string_view::npos) return std::nullopt;
    std::string with_point(text);
    std::replace(with_point.begin(), with_point.end(), decimal, '.');
    return finite_number(with_point);
}

// What a person most likely meant by a field that is no number.
std::string number_hint(std::string_view text, char decimal) {
    const auto only = [&](std::string_view allowed) {
        return !text.empty() && text.find_first_not_of(allowed) == std::string_view::npos;
    };
    if (decimal == '.' && text.find(',') != std::string_view::npos && only("+-0123456789.,eE"))
        return "a finite number without separators of thousands and with a decimal point (decimal commas: --decimal "
               "',')";
    if (decimal != '.' && text.find('.') != std::string_view::npos && only("+-0123456789.,eE"))
        return fmt::format("a finite number with the decimal mark \"{}\" and without separators of thousands", decimal);
    if (!text.empty() && text.back() == '%') return "a finite number without the sign %";
    return "a finite number";
}

[[noreturn]] void throw_not_a_number(const Place& place, std::string_view text, char decimal) {
    throw_input({place, "not a number", fmt::format("\"{}\"", text), number_hint(text, decimal), ""});
}

int find_column(const std::string& file, int header_line, const std::vector<std::string>& columns,
                const std::unordered_map<std::string, int>& position, const std::string& name) {
    const auto found = position.find(name);
    if (found != position.end()) return found->second;
    throw_input({Place{file, header_line, ""}, "a column is missing", fmt::format("no column \"{}\"", name), name,
                 nearest_name(name, columns)});
}

}  // namespace

char separator_named(const std::string& text, const Place& place) {
    for (const Separator& known : separators)
        if (text == known.name || text == known.plural) return known.character;
    if (text == "\\t") return '\t';
    const bool usable = text.size() == 1 && text != "\"" && text != "." && text != "-" && text != "+" &&
                        text.find_first_of("\r\n ") == std::string::npos &&
                        !std::isalnum(static_cast<unsigned char>(text[0])) &&
                        static_cast<unsigned char>(text[0]) < 0x80;
    if (usable) return text[0];
    throw_input({place, "not a separator", '"' + text + '"', "one character, or comma, semicolon, tab, pipe", ""});
}

void refuse_other_separators(std::string_view line, const CsvFormat& format, const Place& place) {
    if (count_outside_quotes(line, format.separator) > 0) return;
    for (const Separator& other : separators) {
        if (count_outside_quotes(line, other.character) == 0) continue;
        throw_input({place, fmt::format("the fields are separated by {}", other.plural),
                     fmt::format("\"{}\"", shown(std::string(line), 40)),
                     fmt::format("{}; economies are imported from such a table with --separator {} (and, where numbers "
                                 "have decimal commas, --decimal ',')",
                                 plural(format.separator), other.name),
                     ""});
    }
}

// ------------------------------------------------------------------------------------------------------ CsvReader

CsvReader::CsvReader(const std::filesystem::path& path, const CsvFormat& format, const HeaderTest& header,
                     const Job& job)
    : job_(job), lines_(path, job), format_(format), published_(static_cast<bool>(header)) {
    read_header(header);
    name_columns();
}

void CsvReader::choose_separator(std::string_view line, int number) {
    if (count_outside_quotes(line, format_.separator) > 0) return;
    if (format_.separator != ',' && count_outside_quotes(line, ',') > 0) {
        format_ = {};
    } else {
        refuse_other_separators(line, format_, Place{file(), number, ""});
    }
}

void CsvReader::read_header(const HeaderTest& test) {
    constexpr int most = 50;  // lines above a header
    const CsvFormat asked = format_;
    for (int tried = 0; tried < (test ? most : 1) && record(); ++tried) {
        columns_.assign(fields_.begin(), fields_.end());
        if (!test || test(columns_)) {
            header_line_ = line_;
            return;
        }
    }
    if (line_ == 0) throw_input(Place{file(), 1, ""}, "the file is empty; a header line was expected");
    // No line passes: the first one is the header, and what it lacks is for the caller to say.
    lines_ = LineReader(file(), job_);
    format_ = asked;
    read_header({});
}

void CsvReader::name_columns() {
    if (columns_.size() > 1 && columns_.back().empty()) columns_.pop_back();  // a separator at the end of the line
    for (std::size_t at = 0; at < columns_.size(); ++at) {
        if (columns_[at].empty()) continue;  // row names of R; nobody can ask for them
        if (!position_.emplace(columns_[at], static_cast<int>(at)).second)
            throw_input(Place{file(), header_line_, columns_[at]}, "the column stands twice in the header");
    }
}

int CsvReader::column(const std::string& name) const {
    return find_column(file(), header_line_, columns_, position_, name);
}

bool CsvReader::next() {
    while (record()) {
        if (fields_.size() == columns_.size() + 1 && fields_.back().empty()) fields_.pop_back();
        if (std::all_of(fields_.begin(), fields_.end(), [](std::string_view field) { return field.empty(); })) continue;
        if (fields_.size() == columns_.size() && footer_ == 0) return true;
        // Below a published table stand lines of text ("Last Updated: ..."); among its rows they are an error.
        if (published_ && fields_.size() == 1 && columns_.size() > 1) {
            if (footer_ == 0) footer_ = line_;
            continue;
        }
        if (footer_ != 0) line_ = std::exchange(footer_, 0), fields_.resize(1);
        throw_input({Place{file(), line_, ""}, "wrong number of fields", std::to_string(fields_.size()),
                     fmt::format("{}, as in the header", columns_.size()), ""});
    }
    return false;
}

std::optional<double> CsvReader::value(int column) const {
    return parse(text(column), format_.decimal);
}

double CsvReader::number(int column) const {
    const auto found = value(column);
    if (!found) throw_not_a_number(place(column), text(column), format_.decimal);
    return *found;
}

Place CsvReader::place(int column) const {
    return Place{file(), line_, columns_[static_cast<std::size_t>(column)]};
}

// The fields of the next line that is not empty, and of those that its quotes reach into. Above the header, lines that
// begin with # are remarks.
bool CsvReader::record() {
    std::string_view line;
    do {
        if (!lines_.next(line)) return false;
    } while ((trimmed(line).empty() && line.find(format_.separator) == std::string_view::npos) ||
             (header_line_ == 0 && line.substr(0, 1) == "#"));
    line_ = lines_.number();
    if (header_line_ == 0) choose_separator(line, line_);
    fields_.clear();
    if (line.find('"') != std::string_view::npos) {
        split_quoted(line);
        return true;
    }
    for (std::size_t start = 0;;) {
        const std::size_t end = line.find(format_.separator, start);
        fields_.push_back(trimmed(line.substr(start, end - start)));
        if (end == std::string_view::npos) return true;
        start = end + 1;
    }
}

// With quotes fields are collected apart: a quoted field may hold separators, doubled quotes and line ends.
void CsvReader::split_quoted(std::string_view line) {
    kept_.clear();
    std::vector<std::size_t> ends;
    enum class State { start, plain, inside, closed } state = State::start;
    for (std::size_t at = 0;; ++at) {
        if (at == line.size()) {
            if (state != State::inside) break;
            kept_ += '\n';
            if (!lines_.next(line)) throw_input(Place{file(), line_, ""}, "a quote is opened and never closed");
            at = static_cast<std::size_t>(-1);
            continue;
        }
        const char c = line[at];
        if (state == State::inside) {
            if (c != '"') {
                kept_ += c;
            } else if (at + 1 < line.size() && line[at + 1] == '"') {
                kept_ += line[++at];
            } else {
                state = State::closed;
            }
        } else if (c == format_.separator) {
            ends.push_back(kept_.size());
            state = State::start;
        } else if (state == State::start && c == '"') {
            state = State::inside;
        } else if (state == State::closed && c != ' ' && c != '\t') {
            throw_input({Place{file(), lines_.number(), ""}, "text follows a closing quote",
                         fmt::format("\"{}\"", shown(std::string(line.substr(at)), 20)),
                         "a separator, or two quotes for one", ""});
        } else if (state == State::plain || (state == State::start && c != ' ' && c != '\t')) {
            kept_ += c;
            state = State::plain;
        }
    }
    ends.push_back(kept_.size());
    std::size_t start = 0;
    for (const std::size_t end : ends) {
        fields_.push_back(trimmed(std::string_view(kept_).substr(start, end - start)));
        start = end;
    }
}

// ------------------------------------------------------------------------------------------------------- CsvTable

CsvTable CsvTable::read(const std::filesystem::path& path, const CsvFormat& format, const HeaderTest& header,
                        const Job& job) {
    CsvReader reader(path, format, header, job);
    CsvTable table;
    table.file_ = reader.file();
    table.columns_ = reader.columns();
    table.header_line_ = reader.header_line();
    for (std::size_t at = 0; at < table.columns_.size(); ++at)
        if (!table.columns_[at].empty()) table.position_.emplace(table.columns_[at], static_cast<int>(at));
    while (reader.next()) {
        for (std::size_t at = 0; at < table.columns_.size(); ++at)
            table.fields_.emplace_back(reader.text(static_cast<int>(at)));
        table.lines_.push_back(reader.line());
    }
    table.format_ = reader.format();
    return table;
}

int CsvTable::column(const std::string& name) const {
    return find_column(file_, header_line_, columns_, position_, name);
}

const std::string& CsvTable::text(int row, int column) const {
    return fields_[static_cast<std::size_t>(row) * columns_.size() + static_cast<std::size_t>(column)];
}

double CsvTable::number(int row, int column) const {
    const std::string& field = text(row, column);
    const auto value = parse(field, format_.decimal);
    if (!value) throw_not_a_number(place(row, column), field, format_.decimal);
    return *value;
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
