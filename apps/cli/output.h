// What the commands print, and how they read numbers: one way for all of them.
#pragma once

#include <CLI/CLI.hpp>
#include <limits>
#include <string>

namespace detente::cli {

/// Prints on standard output. Throws a file error where that is closed or full.
void print(const std::string& text);

/// Descriptors 0 to 2 that are closed are opened on nothing, so that no file of ours takes their number, and a pipe
/// that nobody reads becomes an error of writing. To be called first.
void prepare_standard_streams();

/// A value that is a finite number from `low` to `high`: neither empty, nor nan, nor with anything behind it.
CLI::Validator number_between(double low = -std::numeric_limits<double>::max(),
                              double high = std::numeric_limits<double>::max());
/// The same for whole numbers.
CLI::Validator whole_between(long long low, long long high);
/// A value that is not empty.
CLI::Validator not_empty();

}  // namespace detente::cli
