// Rows of a ledger before they mean anything: named cells with their place, from TOML or CSV alike.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/error.h"

namespace detente {

/// One row. Every key has to be asked for; `finish` refuses the rest.
class LedgerRow {
public:
    /// A value as written, and the line that it stands on.
    struct Cell {
        std::string text;
        int line = 0;
    };
    LedgerRow(std::string file, int line, std::string table, std::map<std::string, Cell> cells)
        : file_(std::move(file)), line_(line), table_(std::move(table)), cells_(std::move(cells)) {}

    /// File, line and key, for errors.
    Place place(const std::string& key = "") const;
    /// Whether the row has the key.
    bool has(const std::string& key) const { return cells_.count(key) > 0; }

    /// A name: without surrounding blanks, which are no part of it, and without control characters.
    std::string text(const std::string& key);
    std::string text_or(const std::string& key, const std::string& otherwise);
    /// Sentences: line ends and tabs are blanks.
    std::string prose(const std::string& key);
    std::string prose_or(const std::string& key, const std::string& otherwise);
    double number(const std::string& key);
    std::optional<double> optional_number(const std::string& key);
    std::vector<double> numbers(const std::string& key);
    Date date(const std::string& key);
    std::optional<Date> optional_date(const std::string& key);
    bool flag(const std::string& key, bool otherwise);
    std::string choice(const std::string& key, const std::vector<std::string>& choices, const std::string& kind);
    void finish() const;

private:
    std::optional<double> parse_number(const std::string& text) const;
    std::string file_;
    int line_;
    std::string table_;
    std::map<std::string, Cell> cells_;
    std::vector<std::string> asked_;
};

/// The rows of a ledger as read, before they are judged.
struct LedgerRows {
    std::string title;
    std::vector<LedgerRow> commitments, observations;
};

/// `[[commitment]]` and `[[observation]]` of the TOML file, then those of the CSV files that its keys `commitments` and
/// `observations` name (beside the ledger).
LedgerRows read_ledger_rows(const std::filesystem::path& path);
/// The same from text in memory, without files beside it.
LedgerRows read_ledger_rows(const std::string& text, const std::string& name);

}  // namespace detente
