#include "commitment/ledger_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <sstream>

#include "base/csv.h"
#include "base/file.h"
#include "base/text.h"
#include "base/toml_reader.h"
#include "commitment/ledger.h"

namespace detente {
namespace {

std::string cell_text(const toml::node& node, const Place& place) {
    if (const auto text = node.value_exact<std::string>()) return *text;
    if (const auto date = node.value_exact<toml::date>())
        return fmt::format("{:04}-{:02}-{:02}", date->year, date->month, date->day);
    if (const auto flag = node.value_exact<bool>()) return *flag ? "true" : "false";
    if (const auto whole = node.value_exact<std::int64_t>()) return fmt::format("{}", *whole);
    if (const auto number = node.value_exact<double>()) return fmt::format("{}", *number);
    std::string list;
    if (const toml::array* array = node.as_array()) {
        for (const toml::node& entry : *array) {
            if (!entry.is_number()) throw_input({place, "wrong kind of value in a list", "", "numbers", ""});
            list += (list.empty() ? "" : " ") + fmt::format("{}", entry.value<double>().value_or(0.0));
        }
        return list;
    }
    throw_input(
        {place, "wrong kind of value", "", "a text, a number, a date, true or false, or a list of numbers", ""});
}

// Keys of a table within a row are named "moved.to", as columns of a CSV table are.
void add_cells(const toml::table& table, const std::string& within, const std::string& key, const std::string& file,
               std::map<std::string, LedgerRow::Cell>& cells) {
    for (const auto& [name, value] : table) {
        const std::string text = within + std::string(name.str());
        const int line = static_cast<int>(value.source().begin.line);
        const toml::table* inner = value.as_table();
        if (inner != nullptr && within.empty() && !inner->empty())
            add_cells(*inner, text + ".", key, file, cells);
        else
            cells[text] = {cell_text(value, {file, line, key + "." + text}), line};
    }
}

void add_toml(const toml::table& root, const std::string& key, const std::string& file, std::vector<LedgerRow>& rows) {
    const toml::node* node = root.get(key);
    if (node == nullptr) return;
    const auto line = [](const toml::node& at) { return static_cast<int>(at.source().begin.line); };
    const toml::array* list = node->as_array();
    const std::string expected = fmt::format("[[{}]]", key);
    if (list == nullptr) throw_input({{file, line(*node), key}, "wrong kind of value", "", expected, ""});
    for (const toml::node& entry : *list) {
        const toml::table* table = entry.as_table();
        if (table == nullptr) throw_input({{file, line(entry), key}, "wrong kind of value", "", expected, ""});
        std::map<std::string, LedgerRow::Cell> cells;
        add_cells(*table, "", key, file, cells);
        rows.emplace_back(file, line(*table), key, std::move(cells));
    }
}

// Empty fields of a CSV table are absent.
void add_csv(const std::filesystem::path& path, const std::string& key, std::vector<LedgerRow>& rows) {
    const CsvTable table = CsvTable::read(path);
    for (int r = 0; r < table.rows(); ++r) {
        const int line = table.place(r, 0).line;
        std::map<std::string, LedgerRow::Cell> cells;
        for (int c = 0; c < static_cast<int>(table.columns().size()); ++c)
            if (!trimmed(table.text(r, c)).empty())
                cells[table.columns()[static_cast<std::size_t>(c)]] = {table.text(r, c), line};
        rows.emplace_back(path.string(), line, key, std::move(cells));
    }
}

}  // namespace

Place LedgerRow::place(const std::string& key) const {
    const auto found = cells_.find(key);
    return {file_, found == cells_.end() ? line_ : found->second.line, key.empty() ? table_ : table_ + "." + key};
}

std::string LedgerRow::prose(const std::string& key) {
    asked_.push_back(key);
    const auto found = cells_.find(key);
    if (found == cells_.end()) {
        std::vector<std::string> keys;
        for (const auto& [name, cell] : cells_) keys.push_back(name);
        throw_input({place(key), "missing", "", "a value", nearest_name(key, keys)});
    }
    std::string text(trimmed(found->second.text));
    if (text.empty()) throw_input({place(key), "empty", "", "a text", ""});
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    if (const std::string fault = name_fault(text); !fault.empty())
        throw_input({place(key), "the text " + fault, "", "printable characters", ""});
    return text;
}

std::string LedgerRow::prose_or(const std::string& key, const std::string& otherwise) {
    if (has(key)) return prose(key);
    asked_.push_back(key);
    return otherwise;
}

std::string LedgerRow::text(const std::string& key) {
    std::string text = prose(key);
    if (const std::string fault = name_fault(trimmed(cells_.at(key).text)); !fault.empty())
        throw_input({place(key), "the name " + fault, "", "printable characters", ""});
    return text;
}

std::string LedgerRow::text_or(const std::string& key, const std::string& otherwise) {
    if (has(key)) return text(key);
    asked_.push_back(key);
    return otherwise;
}

std::optional<double> LedgerRow::parse_number(const std::string& text) const {
    double value = 0.0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

double LedgerRow::number(const std::string& key) {
    const std::string found = text(key);
    const auto value = parse_number(found);
    if (!value) throw_input({place(key), "not a number", shown(found, 60), "a finite number", ""});
    return *value;
}

std::optional<double> LedgerRow::optional_number(const std::string& key) {
    if (has(key)) return number(key);
    asked_.push_back(key);
    return std::nullopt;
}

std::vector<double> LedgerRow::numbers(const std::string& key) {
    std::vector<double> list;
    if (!has(key)) {
        asked_.push_back(key);
        return list;
    }
    std::istringstream words(text(key));
    for (std::string word; words >> word;) {
        const auto value = parse_number(word);
        if (!value) throw_input({place(key), "not a number", word, "numbers", ""});
        list.push_back(*value);
    }
    return list;
}

Date LedgerRow::date(const std::string& key) {
    const std::string found = text(key);
    const auto value = parse_date(found);
    if (!value) throw_input({place(key), "not a date", shown(found, 60), "YYYY-MM-DD", ""});
    const int year = static_cast<int>(std::chrono::year_month_day(*value).year());
    if (year < first_year || year > last_year)
        throw_input({place(key), "a date out of the calendar of a ledger", found,
                     fmt::format("a year from {} to {}", first_year, last_year), ""});
    return *value;
}

std::optional<Date> LedgerRow::optional_date(const std::string& key) {
    if (has(key)) return date(key);
    asked_.push_back(key);
    return std::nullopt;
}

bool LedgerRow::flag(const std::string& key, bool otherwise) {
    if (!has(key)) {
        asked_.push_back(key);
        return otherwise;
    }
    const std::string found = text(key);
    if (found != "true" && found != "false")
        throw_input({place(key), "wrong kind of value", found, "true or false", ""});
    return found == "true";
}

std::string LedgerRow::choice(const std::string& key, const std::vector<std::string>& choices,
                              const std::string& kind) {
    std::string found = text(key);
    if (std::find(choices.begin(), choices.end(), found) == choices.end())
        throw_unknown_name(place(key), kind, found, choices);
    return found;
}

void LedgerRow::finish() const {
    for (const auto& [key, cell] : cells_)
        if (std::find(asked_.begin(), asked_.end(), key) == asked_.end())
            throw_unknown_name(place(key), "key", key, asked_);
}

namespace {

// `folder`: where the tables stand that the ledger names; null: there is none.
LedgerRows rows_of(const toml::table& root, const std::filesystem::path& path, const std::filesystem::path* folder) {
    const std::string file = path.string();
    LedgerRows rows;
    TomlReader reader(root, file, "");
    rows.title = reader.optional_text("title").value_or(path.stem().string());
    if (const std::string fault = name_fault(rows.title); !fault.empty())
        throw_input({reader.place("title"), "the title " + fault, "", "printable characters", ""});
    for (const auto& [key, list, table] : {std::tuple{"commitments", &rows.commitments, "commitment"},
                                           {"observations", &rows.observations, "observation"}}) {
        add_toml(root, table, file, *list);
        const auto name = reader.optional_text(key);
        if (!name) continue;
        if (folder == nullptr)
            throw_input({reader.place(key), "a ledger in memory has no tables beside it", *name,
                         fmt::format("[[{}]] rows in the ledger itself", table), ""});
        add_csv(*folder / *name, table, *list);
    }
    for (const auto& [name, node] : root) {
        const std::string key(name.str());
        const std::vector<std::string> known{"title", "commitments", "observations", "commitment", "observation"};
        if (std::find(known.begin(), known.end(), key) == known.end())
            throw_unknown_name(reader.place(key), "key", key, known);
    }
    return rows;
}

}  // namespace

LedgerRows read_ledger_rows(const std::filesystem::path& path) {
    const std::filesystem::path folder = path.parent_path();
    return rows_of(read_toml(path), path, &folder);
}

LedgerRows read_ledger_rows(const std::string& text, const std::string& name) {
    return rows_of(parse_toml(decode_text(text, name), name), name, nullptr);
}

}  // namespace detente
