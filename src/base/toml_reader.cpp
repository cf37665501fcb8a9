#include "base/toml_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "base/file.h"
#include "base/text.h"

namespace detente {
namespace {

// What a person wrote, short enough for one line.
std::string node_text(const toml::node& node) {
    constexpr std::size_t most = 60;
    if (const auto text = node.value_exact<std::string>()) return shown('"' + *text + '"', most);
    // A list of a million entries is not written out to be cut.
    if (const toml::array* list = node.as_array(); list != nullptr && list->size() > most)
        return fmt::format("a list of {} entries", list->size());
    std::ostringstream out;
    node.visit([&](const auto& value) { out << value; });
    return shown(out.str(), most);
}

// How deep a text nests, found without following it: the parser and its tables call themselves at every level, and a
// hundred thousand levels would end the program. Follows strings and comments as TOML has them; what is no TOML is left
// to the parser.
class NestingScan {
public:
    NestingScan(const std::string& text, const std::string& file) : text_(text), file_(file) {}

    void run() {
        while (at_ < text_.size()) step();
    }

private:
    void step() {
        const char c = text_[at_];
        if (c == '"' || c == '\'') {
            skip_string(c);
            return;
        }
        ++at_;
        if (c == '#') {
            while (at_ < text_.size() && text_[at_] != '\n') ++at_;
        } else if (c == '\n') {
            ++line_;
            dots_ = 0;
        } else if (c == '.') {
            ++dots_;
        } else if (c == '[' || c == '{') {
            open_.push_back(dots_ + 1);
            levels_ += dots_ + 1;
            dots_ = 0;
        } else if (c == ']' || c == '}') {
            if (!open_.empty()) levels_ -= open_.back(), open_.pop_back();
            dots_ = 0;
        } else if (c == ',') {
            dots_ = 0;
        }
        // The dots of a key count on behind its "=", where a table may follow that stands inside all of them.
        if (levels_ + dots_ > most_toml_levels)
            throw_input({Place{file_, line_, ""}, "nested too deeply", "",
                         fmt::format("at most {} tables, lists and parts of a key inside each other", most_toml_levels),
                         ""});
    }

    bool quotes(char quote) const { return text_.compare(at_, 3, std::string(3, quote)) == 0; }

    void skip_string(char quote) {
        const bool several_lines = quotes(quote);
        at_ += several_lines ? 3U : 1U;
        while (at_ < text_.size()) {
            if (quote == '"' && text_[at_] == '\\') {
                at_ += text_.compare(at_, 2, "\\\n") == 0 ? 1U : 2U;
            } else if (several_lines ? quotes(quote) : text_[at_] == quote || text_[at_] == '\n') {
                at_ += several_lines ? 3U : text_[at_] == '\n' ? 0U : 1U;
                return;
            } else {
                if (text_[at_] == '\n') ++line_;
                ++at_;
            }
        }
    }

    const std::string& text_;
    const std::string& file_;
    std::size_t at_ = 0;
    int line_ = 1, levels_ = 0, dots_ = 0;
    std::vector<int> open_;
};

}  // namespace

toml::table parse_toml(const std::string& text, const std::string& file) {
    NestingScan(text, file).run();
    try {
        return toml::parse(text, file);
    } catch (const toml::parse_error& error) {
        throw_input(Place{file, static_cast<int>(error.source().begin.line), ""},
                    "not valid TOML: " + shown(std::string(error.description()), 300));
    }
}

std::string read_toml_bytes(const std::filesystem::path& path) {
    std::error_code ignored;
    const std::filesystem::file_status status = std::filesystem::status(path, ignored);
    if (std::filesystem::is_character_file(status) || std::filesystem::is_block_file(status))
        throw_file(path.string(), "cannot be read: it is a device");
    if (const auto bytes = std::filesystem::file_size(path, ignored); !ignored && bytes > most_toml_bytes)
        throw_input({Place{path.string(), 0, ""}, "too large for a file that a person writes",
                     fmt::format("{} bytes", bytes), fmt::format("at most {} bytes", most_toml_bytes), ""});
    return read_bytes(path);
}

toml::table read_toml(const std::filesystem::path& path) {
    return parse_toml(decode_text(read_toml_bytes(path), path.string()), path.string());
}

Place TomlReader::place(const std::string& key) const {
    const toml::node* node = key.empty() ? static_cast<const toml::node*>(&table_) : table_.get(key);
    const int line =
        node != nullptr ? static_cast<int>(node->source().begin.line) : static_cast<int>(table_.source().begin.line);
    std::string name = path_;
    if (!key.empty()) name += (name.empty() ? "" : ".") + key;
    return {file_, line, name};
}

void TomlReader::wrong(const std::string& key, const std::string& expected) const {
    const toml::node* node = table_.get(key);
    throw_input({place(key), node != nullptr ? "wrong kind of value" : "missing",
                 node != nullptr ? node_text(*node) : "", expected, ""});
}

const toml::node* TomlReader::find(const std::string& key) {
    asked_.push_back(key);
    return table_.get(key);
}

const toml::node& TomlReader::need(const std::string& key, const std::string& expected) {
    const toml::node* node = find(key);
    if (node == nullptr) {
        std::vector<std::string> keys;
        for (const auto& [name, value] : table_) keys.emplace_back(name.str());
        throw_input({place(key), "missing", "", expected, nearest_name(key, keys)});
    }
    return *node;
}

std::string TomlReader::text(const std::string& key) {
    const auto value = need(key, "a text").value_exact<std::string>();
    if (!value) wrong(key, "a text in quotes");
    return *value;
}

std::optional<std::string> TomlReader::optional_text(const std::string& key) {
    const bool present = table_.contains(key);
    if (present) return text(key);
    asked_.push_back(key);
    return std::nullopt;
}

namespace {

// A finite number; an integer too large to be exact is the nearest one, for whoever checks its range.
std::optional<double> number_of(const toml::node& node) {
    if (const auto* const whole = node.as_integer()) return static_cast<double>(whole->get());
    const auto value = node.is_number() ? node.value<double>() : std::nullopt;
    return value && std::isfinite(*value) ? value : std::nullopt;
}

}  // namespace

double TomlReader::number(const std::string& key) {
    const toml::node& node = need(key, "a number");
    const auto value = number_of(node);
    if (!value) wrong(key, "a finite number");
    return *value;
}

std::optional<double> TomlReader::optional_number(const std::string& key) {
    if (table_.contains(key)) return number(key);
    asked_.push_back(key);
    return std::nullopt;
}

std::vector<double> TomlReader::numbers(const std::string& key, const std::vector<double>& otherwise) {
    const toml::node* node = find(key);
    if (node == nullptr) return otherwise;
    const toml::array* list = node->as_array();
    if (list == nullptr) wrong(key, "a list of numbers");
    std::vector<double> out;
    for (const toml::node& entry : *list) {
        const auto value = number_of(entry);
        if (!value) wrong(key, "a list of finite numbers");
        out.push_back(*value);
    }
    return out;
}

bool TomlReader::flag(const std::string& key, bool otherwise) {
    const toml::node* node = find(key);
    if (node == nullptr) return otherwise;
    const auto value = node->value_exact<bool>();
    if (!value) wrong(key, "true or false");
    return *value;
}

std::string TomlReader::choice(const std::string& key, const std::vector<std::string>& choices,
                               const std::string& otherwise) {
    if (!table_.contains(key)) {
        asked_.push_back(key);
        return otherwise;
    }
    std::string value = text(key);
    if (std::find(choices.begin(), choices.end(), value) == choices.end())
        throw_unknown_name(place(key), "value", value, choices);
    return value;
}

std::vector<std::string> TomlReader::names(const std::string& key, const std::vector<std::string>& otherwise) {
    const toml::node* node = find(key);
    if (node == nullptr) return otherwise;
    if (const auto single = node->value_exact<std::string>()) return {*single};
    const toml::array* list = node->as_array();
    if (list == nullptr) wrong(key, "a name or a list of names");
    std::vector<std::string> out;
    for (const toml::node& entry : *list) {
        const auto name = entry.value_exact<std::string>();
        if (!name) wrong(key, "a name or a list of names");
        out.push_back(*name);
    }
    return out;
}

std::vector<TomlReader> TomlReader::tables(const std::string& key) {
    const toml::node* node = find(key);
    if (node == nullptr) return {};
    const toml::array* list = node->as_array();
    if (list == nullptr) wrong(key, "a list of tables");
    std::vector<TomlReader> out;
    for (const toml::node& entry : *list) {
        const toml::table* table = entry.as_table();
        if (table == nullptr) wrong(key, "a list of tables");
        out.emplace_back(*table, file_, place(key).key);
    }
    return out;
}

std::optional<TomlReader> TomlReader::table(const std::string& key) {
    const toml::node* node = find(key);
    if (node == nullptr) return std::nullopt;
    const toml::table* inner = node->as_table();
    if (inner == nullptr) wrong(key, "a table");
    return TomlReader(*inner, file_, place(key).key);
}

std::vector<std::string> TomlReader::keys() const {
    std::vector<std::string> list;
    for (const auto& entry : table_) list.emplace_back(entry.first.str());
    return list;
}

bool TomlReader::is_table(const std::string& key) const {
    const toml::node* node = table_.get(key);
    return node != nullptr && node->is_table();
}

bool TomlReader::is_list(const std::string& key) const {
    const toml::node* node = table_.get(key);
    return node != nullptr && node->is_array();
}

bool TomlReader::asked(const std::string& key) const {
    return std::find(asked_.begin(), asked_.end(), key) != asked_.end();
}

void TomlReader::finish() const {
    for (const auto& [name, node] : table_) {
        const std::string key(name.str());
        if (std::find(asked_.begin(), asked_.end(), key) != asked_.end()) continue;
        std::vector<std::string> candidates;
        for (const std::string& known : asked_)
            if (std::find(candidates.begin(), candidates.end(), known) == candidates.end()) candidates.push_back(known);
        throw_unknown_name(place(key), "key", key, candidates);
    }
}

}  // namespace detente
