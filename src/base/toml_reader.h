// Reading TOML tables with the errors of a person's file: line, key, what was found, what was expected, the
// nearest valid name. Every key has to be asked for; `finish` refuses the rest.
#pragma once

#include <toml++/toml.h>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"

namespace detente {

/// A table of TOML that remembers what was asked of it. A value of another type throws an input error with file, line,
/// key, what was found and what was expected.
class TomlReader {
public:
    /// `path` is the dotted name of the table, for errors.
    TomlReader(const toml::table& table, std::string file, std::string path)
        : table_(table), file_(std::move(file)), path_(std::move(path)) {}

    /// Whether the key is there.
    bool has(const std::string& key) const { return table_.contains(key); }
    /// True once a key has been read.
    bool asked(const std::string& key) const;
    /// File, line and dotted name of a key (or of the table), for errors.
    Place place(const std::string& key = "") const;

    /// A string or a finite number; throws where the key is absent, unless it is optional.
    std::string text(const std::string& key);
    std::optional<std::string> optional_text(const std::string& key);
    double number(const std::string& key);
    std::optional<double> optional_number(const std::string& key);
    /// A list of numbers; `otherwise` where the key is absent.
    std::vector<double> numbers(const std::string& key, const std::vector<double>& otherwise = {});
    bool flag(const std::string& key, bool otherwise);
    /// One of `choices`; throws with the nearest.
    std::string choice(const std::string& key, const std::vector<std::string>& choices, const std::string& otherwise);
    /// A string or a list of strings; `otherwise` where the key is absent.
    std::vector<std::string> names(const std::string& key, const std::vector<std::string>& otherwise = {});
    /// The tables of an array of tables ([[key]] or inline), empty where absent.
    std::vector<TomlReader> tables(const std::string& key);
    std::optional<TomlReader> table(const std::string& key);
    /// Every key of a free-form table such as [groups], in order.
    std::vector<std::string> keys() const;
    bool is_table(const std::string& key) const;
    bool is_list(const std::string& key) const;

    /// Throws for the first key that nothing asked for, with the nearest that could have been.
    void finish() const;

private:
    [[noreturn]] void wrong(const std::string& key, const std::string& expected) const;
    const toml::node* find(const std::string& key);
    const toml::node& need(const std::string& key, const std::string& expected);

    const toml::table& table_;
    std::string file_, path_;
    std::vector<std::string> asked_;
};

/// Parses TOML text. Syntax errors become input errors with the line; so does what is nested deeper than
/// `most_toml_levels`, before the parser follows it.
toml::table parse_toml(const std::string& text, const std::string& file);

/// The content of a file of at most `most_toml_bytes`; throws an input error for a larger one, a file error for a
/// device.
std::string read_toml_bytes(const std::filesystem::path& path);
/// Reads and parses such a file.
toml::table read_toml(const std::filesystem::path& path);

/// Arrays, inline tables and the parts of dotted keys that stand inside each other.
inline constexpr int most_toml_levels = 100;
inline constexpr std::size_t most_toml_bytes = std::size_t{64} << 20;

}  // namespace detente
