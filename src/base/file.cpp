#include "base/file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
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

// Data reach the disk before the rename makes them visible; a full disk shows here and not later.
void flush_to_disk(const fs::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY);
    if (descriptor < 0) throw_file(path.string(), "cannot be written: " + reason());
    const int status = ::fsync(descriptor);
    const std::string why = reason();
    ::close(descriptor);
    if (status != 0) throw_file(path.string(), "cannot be written: " + why);
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

void write_beside(const fs::path& path, const std::function<void(const fs::path&)>& write) {
    fs::path temporary = path;
    temporary += "." + std::to_string(::getpid()) + ".partial";
    try {
        write(temporary);
        flush_to_disk(temporary);
        if (std::rename(temporary.c_str(), path.c_str()) != 0)
            throw_file(path.string(), "cannot be written: " + reason());
    } catch (...) {
        std::error_code ignored;
        fs::remove(temporary, ignored);
        throw;
    }
}

void write_text(const fs::path& path, const std::string& content) {
    write_beside(path, [&](const fs::path& temporary) {
        errno = 0;
        std::FILE* out = std::fopen(temporary.c_str(), "wb");
        if (out == nullptr) throw_file(path.string(), "cannot be written: " + reason());
        const bool written = std::fwrite(content.data(), 1, content.size(), out) == content.size();
        const bool closed = std::fclose(out) == 0;
        if (!written || !closed) throw_file(path.string(), "cannot be written: " + reason());
    });
}

void make_folder(const fs::path& path) {
    std::error_code error;
    fs::create_directories(path, error);
    if (error || !fs::is_directory(path)) {
        throw_file(path.string(), "the folder cannot be made: " + (error ? error.message() : "a file is in its place"));
    }
}

}  // namespace detente
