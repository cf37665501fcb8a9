// What the fuzz targets share: a folder in memory, inputs of several files, and what counts as the right answer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "economy/economy.h"

namespace detente::fuzz {

/// The folder of this process, in memory where the machine has /dev/shm. Folders of processes that are gone are removed
/// when it is made, its own at the end.
const std::filesystem::path& folder();

/// Writes a file of the folder and returns its path. Parents are made.
std::filesystem::path put(const std::string& name, std::string_view content);

/// A part of an input: the name of a file and what is in it.
using Parts = std::vector<std::pair<std::string, std::string_view>>;

/// Splits an input at lines `@@ NAME`; what stands before the first has the name "". A reader of several files is fed
/// with one input like this.
Parts split(std::string_view input);
/// The input as bytes of a text.
inline std::string_view as_text(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

/// Stops the fuzzer: a property does not hold.
[[noreturn]] void broken(const std::string& what);

/// Reads something. True where it was read; false where `Error` was thrown, with a message fit for a person: one line
/// of valid UTF-8 without control characters, not empty and not endless. Any other exception goes on and stops the
/// fuzzer.
bool reads(const std::function<void()>& read);

/// Broken unless both are the same: names, texts, every cell.
void expect_same(const Economy& a, const Economy& b);

/// What every economy that was read must stand: the check's report, the figures of `detente economy info`, and being
/// written and read again.
void exercise(const Economy& economy);

/// Three regions, two sectors, nothing special.
Economy small_economy();

}  // namespace detente::fuzz
