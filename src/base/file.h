// Files: read whole, write beside and rename, so that no output is ever left half-written.
#pragma once

#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <string_view>

#include "base/job.h"

namespace detente {

/// The whole file as UTF-8 text, without a byte-order mark (see text.h). Throws a file error where it cannot be read,
/// an input error (file, line, column) where it is no text.
std::string read_text(const std::filesystem::path& path);
/// The whole file as it is. Throws a file error where it cannot be read.
std::string read_bytes(const std::filesystem::path& path);
/// A file opened to be read. Throws a file error where it cannot be, or is a folder.
std::ifstream open_to_read(const std::filesystem::path& path);

/// Calls `visit(line, number)` for every line of a text too large to hold whole, as `LineReader` gives them. Throws as
/// `read_text` does.
void for_each_line(const std::filesystem::path& path,
                   const std::function<void(std::string_view line, int number)>& visit);

/// How an output is written.
struct WriteOptions {
    Job job = {};  ///< a cancelled one leaves what was there before
    /// Asked to stop, writing goes on and waits for no disk: what is lost then is lost only if the machine fails in the
    /// same minute.
    std::stop_token hurry = {};
};

/// Tries an output before anything is computed for it: throws a file error where something else than a regular file is
/// in its place (a device, a pipe, a folder: never replaced) or where its folder cannot be written. A link is followed.
void check_output(const std::filesystem::path& path);

/// Writes `content` beside `path`, flushes it to the disk and renames it: the file is replaced as a whole or not at
/// all. Where `path` is a link, what it points to is replaced and the link stays. Leftovers of a killed program, `path`
/// with
/// `.partial` at its end, are removed. Throws a file error, and leaves what was there before, where any step fails.
void write_text(const std::filesystem::path& path, const std::string& content, const WriteOptions& options = {});

/// The same for a writer that needs a path of its own (NetCDF): `write(temporary)` makes the file.
void write_beside(const std::filesystem::path& path, const std::function<void(const std::filesystem::path&)>& write,
                  const WriteOptions& options = {});

/// Makes the folder and its parents; throws a file error where it cannot.
void make_folder(const std::filesystem::path& path);

}  // namespace detente
