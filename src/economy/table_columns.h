// Finding the columns of tables that others publish: by the names that publishers use, or as a person says.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace detente {

/// Names of columns by what they hold, in small letters.
using Aliases = std::vector<std::string>;

/// What a person said of columns: role ("exporter", "value") -> name in the file.
using ColumnChoice = std::map<std::string, std::string>;

/// In small letters (ASCII), as names of columns are compared.
std::string lower(std::string_view text);

/// Position of the column of this role: the one chosen, or the one with one of these names; -1 where there is none.
/// Throws where the chosen one is missing, and where two could be meant.
int find_column(const std::vector<std::string>& columns, const Place& header, const std::string& role,
                const Aliases& names, const ColumnChoice& chosen = {});
/// The same; throws where there is none.
int need_column(const std::vector<std::string>& columns, const Place& header, const std::string& role,
                const Aliases& names, const ColumnChoice& chosen = {});
/// The first of these names that is there, or -1: where publishers put several beside each other.
int first_column(const std::vector<std::string>& columns, const Place& header, const std::string& role,
                 const Aliases& names, const ColumnChoice& chosen = {});

/// True for what statistical offices and programs write where a value is missing: nothing, NA, ., .., NaN, n/a, null.
bool is_missing(std::string_view text);

/// The year of a field ("2019"); throws where it is none.
int year_number(std::string_view text, const Place& place);

/// "AUT, BEL, ... and 12 more": a list that a note or an error can hold.
std::string short_list(const std::vector<std::string>& names, std::size_t most = 12);

}  // namespace detente
