// The length that a classic NetCDF file should have. The C library reads zeros beyond the end of a file that was
// cut short, which would become trade flows, and a damaged header can end the program inside the library; so the
// header is walked before the library sees the file.
// Layout: NetCDF classic format specification, appendix B of the NetCDF User's Guide.
#include <fmt/format.h>
#include <netcdf.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <istream>
#include <streambuf>
#include <string>
#include <vector>

#include "economy/netcdf_file.h"

namespace detente {
namespace {

using std::uint64_t;

constexpr uint64_t dimension_tag = 0x0A, variable_tag = 0x0B, attribute_tag = 0x0C;

// Reads the header front to back; `short_` once it runs past the end of the file, `damaged_` where what stands
// there cannot be a header.
class HeaderWalk {
public:
    HeaderWalk(std::istream& in, uint64_t size) : in_(in), size_(size) {}

    bool is_classic() {
        char magic[4] = {};
        in_.read(magic, 4);
        at_ = 4;
        version_ = static_cast<unsigned char>(magic[3]);
        return in_.gcount() == 4 && std::string(magic, 3) == "CDF" && (version_ == 1 || version_ == 2 || version_ == 5);
    }

    void walk() {
        records_ = count();
        dimensions();
        attributes();
        variables();
        if (!short_ && first_begin_ < at_) damaged_ = true;  // data inside the header
        if (!stopped() && records_ > 0 && record_begin_ > 0) {
            needed_ = std::max(needed_, plus(record_begin_, times(records_, record_size_)));
        }
    }
    bool header_is_short() const { return short_; }
    bool damaged() const { return damaged_; }
    /// A dimension that is too long, with its length; empty where there is none.
    const std::string& too_long() const { return too_long_; }
    uint64_t length() const { return length_; }
    /// Where the last variable ends.
    uint64_t needed() const { return std::max(needed_, at_); }

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
    // Numbers of a damaged header may be any: sums and products stop at the largest.
    static uint64_t plus(uint64_t a, uint64_t b) { return a > UINT64_MAX - b ? UINT64_MAX : a + b; }
    static uint64_t times(uint64_t a, uint64_t b) { return b > 0 && a > UINT64_MAX / b ? UINT64_MAX : a * b; }
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
    bool stopped() const { return short_ || damaged_ || !too_long_.empty(); }
    std::string name() {
        const uint64_t length = count();
        if (length == 0 || length > NC_MAX_NAME) damaged_ = true;
        if (stopped() || length > size_ - std::min(size_, at_)) {
            short_ = short_ || !stopped();
            return "";
        }
        std::string text(length, '\0');
        in_.read(text.data(), static_cast<std::streamsize>(length));
        at_ += length;
        skip(padded(length) - length);
        return text;
    }
    // The head of a list: its tag, or two zeros where it is empty.
    uint64_t list(uint64_t tag) {
        const uint64_t found = bytes(4), length = count();
        if (found != tag && !(found == 0 && length == 0)) damaged_ = true;
        return stopped() ? 0 : length;
    }
    uint64_t type() {
        const uint64_t size = type_size(bytes(4));
        if (size == 0) damaged_ = true;
        return size;
    }

    void dimensions() {
        const uint64_t n = list(dimension_tag);
        for (uint64_t d = 0; d < n && !stopped(); ++d) {
            std::string dimension = name();
            lengths_.push_back(count());
            // Length 0 is that of the unlimited dimension: the number of records.
            const uint64_t length = lengths_.back() == 0 ? records_ : lengths_.back();
            if (stopped() || length <= most_netcdf_names) continue;
            too_long_ = std::move(dimension);
            length_ = length;
        }
        if (std::count(lengths_.begin(), lengths_.end(), 0U) > 1) damaged_ = true;  // one may be unlimited
    }
    void attributes() {
        const uint64_t n = list(attribute_tag);
        for (uint64_t a = 0; a < n && !stopped(); ++a) {
            name();
            const uint64_t size = type(), values = count();
            if (values > size_) short_ = true;
            if (!stopped()) skip(padded(values * size));
        }
    }
    void variables() {
        const uint64_t n = list(variable_tag);
        for (uint64_t v = 0; v < n && !stopped(); ++v) variable();
    }
    void variable() {
        name();
        uint64_t cells = 1;
        bool by_record = false;
        const uint64_t rank = count();
        if (rank > NC_MAX_VAR_DIMS) damaged_ = true;
        for (uint64_t d = 0; d < rank && !stopped(); ++d) {
            const uint64_t id = count();
            if (id >= lengths_.size()) damaged_ = true;
            if (stopped()) return;
            if (lengths_[id] == 0) {
                if (d > 0) damaged_ = true;  // only the slowest dimension may be unlimited
                by_record = true;
            } else {
                cells = times(cells, lengths_[id]);
            }
        }
        if (stopped()) return;
        attributes();
        const uint64_t size = type();
        count();  // the padded size, which is not exact for large variables
        const uint64_t begin = offset();
        if (stopped()) return;
        first_begin_ = std::min(first_begin_, begin);
        if (by_record) {
            // One slice of each such variable makes a record; the first of them begins where the records do.
            record_begin_ = record_size_ == 0 ? begin : std::min(record_begin_, begin);
            record_size_ = plus(record_size_, times(cells, size));
        } else {
            needed_ = std::max(needed_, plus(begin, times(cells, size)));
        }
    }

    std::istream& in_;
    uint64_t size_ = 0, at_ = 0, needed_ = 0;
    int version_ = 0;
    uint64_t first_begin_ = UINT64_MAX;
    uint64_t records_ = 0, record_begin_ = 0, record_size_ = 0;
    std::string too_long_;
    uint64_t length_ = 0;
    bool short_ = false, damaged_ = false;
    std::vector<uint64_t> lengths_;
};

}  // namespace

namespace {

// Memory as a stream, without a copy.
class MemoryBuffer : public std::streambuf {
public:
    explicit MemoryBuffer(std::string_view content) {
        char* begin = const_cast<char*>(content.data());  // NOLINT(cppcoreguidelines-pro-type-const-cast): only read
        setg(begin, begin, begin + content.size());
    }

protected:
    pos_type seekoff(off_type offset, std::ios_base::seekdir from, std::ios_base::openmode) override {
        char* start = from == std::ios_base::beg ? eback() : from == std::ios_base::cur ? gptr() : egptr();
        if (offset < eback() - start || offset > egptr() - start) return pos_type(off_type(-1));
        setg(eback(), start + offset, egptr());
        return pos_type(gptr() - eback());
    }
};

void check_length(std::istream& content, uint64_t size, const std::string& name) {
    HeaderWalk walk(content, size);
    if (!walk.is_classic()) return;  // the library says what is wrong with other files
    walk.walk();
    if (!walk.too_long().empty()) throw_too_long(name, walk.too_long(), walk.length());
    if (walk.damaged()) throw_file(name, "is damaged: its header is not that of a NetCDF file");
    if (walk.header_is_short())
        throw_file(name, fmt::format("is cut short: {} bytes end before its content does", size));
    if (size < walk.needed())
        throw_file(name, fmt::format("is cut short: {} bytes where {} are needed", size, walk.needed()));
}

}  // namespace

void check_netcdf_length(std::string_view content, const std::string& name) {
    MemoryBuffer buffer(content);
    std::istream stream(&buffer);
    check_length(stream, content.size(), name);
}

void check_netcdf_length(const std::filesystem::path& path) {
    std::error_code error;
    const uint64_t size = std::filesystem::file_size(path, error);
    std::ifstream content(path, std::ios::binary);
    if (!error) check_length(content, size, path.string());
}

std::size_t netcdf_length(std::string_view content) {
    MemoryBuffer buffer(content);
    std::istream stream(&buffer);
    HeaderWalk walk(stream, content.size());
    if (!walk.is_classic()) return content.size();
    walk.walk();
    const uint64_t padded = (walk.needed() + 3) / 4 * 4;  // every variable ends at a whole word
    return static_cast<std::size_t>(std::min<uint64_t>(padded, content.size()));
}

}  // namespace detente
