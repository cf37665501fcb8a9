#include "base/file.h"

#include <cerrno>
#include <cstring>
#include <sstream>

#include "base/error.h"
#include "base/text.h"

namespace detente {
namespace fs = std::filesystem;
namespace {

std::string reason() {
    return std::strerror(errno);
}

}  // namespace

std::ifstream open_to_read(const fs::path& path) {
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) throw_file(path.string(), "cannot be read: it is a folder");
    errno = 0;
    std::ifstream in(path, std::ios::binary);
    if (!in) throw_file(path.string(), "cannot be read: " + reason());
    return in;
}

std::string read_bytes(const fs::path& path) {
    std::ifstream in = open_to_read(path);
    std::ostringstream content;
    content << in.rdbuf();
    if (in.bad()) throw_file(path.string(), "cannot be read: " + reason());
    return content.str();
}

std::string read_text(const fs::path& path) {
    return decode_text(read_bytes(path), path.string());
}

void for_each_line(const fs::path& path, const std::function<void(std::string_view line, int number)>& visit) {
    LineReader lines(path);
    for (std::string_view line; lines.next(line);) visit(line, lines.number());
}

void make_folder(const fs::path& path) {
    std::error_code error;
    fs::create_directories(path, error);
    if (error || !fs::is_directory(path)) {
        throw_file(path.string(), "the folder cannot be made: " + (error ? error.message() : "a file is in its place"));
    }
}

}  // namespace detente
