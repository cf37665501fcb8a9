// What the commands print: one way for all of them.
#pragma once

#include <string>

namespace detente::cli {

/// Prints on standard output. Throws a file error where that is closed or full.
void print(const std::string& text);

/// Descriptors 0 to 2 that are closed are opened on nothing, so that no file of ours takes their number, and a pipe
/// that nobody reads becomes an error of writing. To be called first.
void prepare_standard_streams();

}  // namespace detente::cli
