// The length that a classic NetCDF file should have. The C library reads zeros beyond the end of a file that was
// cut short, which would become trade flows; so the header is walked before the library sees the file.
// Layout: NetCDF classic format specification, appendix B of the NetCDF User's Guide.
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

#include "economy/netcdf_file.h"

namespace detente {
namespace {

using std::uint64_t;

// Reads the header front to back; `short_` once it runs past the end of the file.
class HeaderWalk {
public:
    HeaderWalk(const std::filesystem::path& path, uint64_t size) : in_(path, std::ios::binary), size_(size) {}

    bool is_classic() {
        char magic[4] = {};
        in_.read(magic, 4);
        at_ = 4;
        version_ = magic[3];
        return in_.gcount() == 4 && std::string(magic, 3) == "CDF" && (version_ == 1 || version_ == 2 || version_ == 5);
    }

    /// The last byte that any variable needs, or more than the size where the header itself is cut.
    uint64_t needed() {
        count();  // records
        dimensions();
        attributes();
        variables();
        return short_ ? size_ + 1 : std::max(needed_, at_);
    }

private:
    uint64_t bytes(int width) {
        uint64_t value = 0;
        for (int b = 0; b < width; ++b) {
            const int c = in_.get();
            if (c < 0) short_ = true;
            value = (value << 8U) | static_cast<uint64_t>(c & 0xFF);
        }
        at_ += static_cast<uint64_t>(width);
        return short_ ? 0 : value;
    }
    uint64_t count() { return bytes(version_ == 5 ? 8 : 4); }
    uint64_t offset() { return bytes(version_ == 1 ? 4 : 8); }
    static uint64_t padded(uint64_t length) { return (length + 3) / 4 * 4; }
    static uint64_t type_size(uint64_t type) {
        static const std::vector<uint64_t> sizes = {0, 1, 1, 2, 4, 4, 8, 1, 2, 4, 8, 8};  // NC_BYTE = 1 ... NC_UINT64
        return type < sizes.size() ? sizes[type] : 0;
    }
    void skip(uint64_t length) {
        if (length > size_ - std::min(size_, at_)) {
            short_ = true;
            return;
        }
        in_.seekg(static_cast<std::streamoff>(length), std::ios::cur);
        at_ += length;
    }
    void name() { skip(padded(count())); }

    void dimensions() {
        bytes(4);  // tag
        const uint64_t n = count();
        for (uint64_t d = 0; d < n && !short_; ++d) {
            name();
            lengths_.push_back(count());
        }
    }
    void attributes() {
        bytes(4);
        const uint64_t n = count();
        for (uint64_t a = 0; a < n && !short_; ++a) {
            name();
            const uint64_t size = type_size(bytes(4));
            skip(padded(count() * size));
        }
    }
    void variables() {
        bytes(4);
        const uint64_t n = count();
        for (uint64_t v = 0; v < n && !short_; ++v) variable();
    }
    void variable() {
        name();
        uint64_t cells = 1;
        const uint64_t rank = count();
        for (uint64_t d = 0; d < rank && !short_; ++d) {
            const uint64_t id = count();
            cells *= id < lengths_.size() ? lengths_[id] : 0;  // an unlimited dimension has length 0 here
        }
        attributes();
        const uint64_t size = type_size(bytes(4));
        count();  // the padded size, which is not exact for large variables
        const uint64_t begin = offset();
        if (cells > 0) needed_ = std::max(needed_, begin + cells * size);
    }

    std::ifstream in_;
    uint64_t size_ = 0, at_ = 0, needed_ = 0;
    int version_ = 0;
    bool short_ = false;
    std::vector<uint64_t> lengths_;
};

}  // namespace

void check_netcdf_length(const std::filesystem::path& path) {
    std::error_code error;
    const uint64_t size = std::filesystem::file_size(path, error);
    HeaderWalk walk(path, size);
    if (error || !walk.is_classic()) return;  // the library says what is wrong with other files
    const uint64_t needed = walk.needed();
    if (size >= needed) return;
    throw_file(path.string(), needed == size + 1
                                  ? fmt::format("is cut short: {} bytes end before its content does", size)
                                  : fmt::format("is cut short: {} bytes where {} are needed", size, needed));
}

}  // namespace detente
