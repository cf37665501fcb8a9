#include "base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <utility>

#include "base/error.h"
#include "base/file.h"
#include "base/utf8.h"

namespace detente {
namespace {

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";
constexpr const char* use_utf8 =
    "UTF-8 text; in a spreadsheet save as \"CSV UTF-8\", or convert: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW";

struct Signature {
    std::string_view bytes;
    const char* name;
};

using namespace std::string_view_literals;
constexpr std::array signatures = {
    Signature{"PK\x05\x06"sv, "a zip archive; unpack it first"},
    Signature{"\x1F\x8B"sv, "a gzip archive; unpack it first (gunzip)"},
    Signature{"\xFD"
              "7zXZ"sv,
              "an xz archive; unpack it first (unxz)"},
    Signature{"7z\xBC\xAF"sv, "a 7z archive; unpack it first"},
    Signature{"Rar!\x1A"sv, "a rar archive; unpack it first"},
    Signature{"\x28\xB5\x2F\xFD"sv, "a zstd archive; unpack it first (unzstd)"},
    Signature{"BZh"sv, "a bzip2 archive; unpack it first (bunzip2)"},
    Signature{"\x04\x22\x4D\x18"sv, "an lz4 archive; unpack it first"},
    Signature{"\xD0\xCF\x11\xE0"sv, "an old Excel workbook (.xls); save the sheet as CSV UTF-8"},
    Signature{"\x89HDF"sv, "a NetCDF-4 or HDF5 file"},
    Signature{"CDF\x01"sv, "a NetCDF file"},
    Signature{"CDF\x02"sv, "a NetCDF file"},
    Signature{"CDF\x05"sv, "a NetCDF file"},
    Signature{"<stata_dta>"sv, "a Stata file (.dta); write it as text first (export delimited)"},
    Signature{"RDX"sv, "an R file; write it as text first (write.csv)"},
    Signature{"RDA"sv, "an R file; write it as text first (write.csv)"},
    Signature{"PAR1"sv, "a Parquet file; write it as CSV first"},
    Signature{"%PDF"sv, "a PDF document"},
    Signature{"SQLite format 3"sv, "an SQLite database; write the table as CSV first"},
};

bool starts_with(std::string_view text, std::string_view start) {
    return text.substr(0, start.size()) == start;
}

// The first file in a zip archive tells whether it is a workbook.
std::string zip_kind(std::string_view start) {
    constexpr std::size_t name_at = 30;
    const std::string_view name = start.size() > name_at ? start.substr(name_at) : std::string_view();
    if (starts_with(name, "[Content_Types].xml") || starts_with(name, "xl/") || starts_with(name, "_rels/"))
        return "an Excel workbook (a zip archive); save the sheet as CSV UTF-8";
    if (starts_with(name, "mimetype")) return "an OpenDocument file (a zip archive); save the sheet as CSV in UTF-8";
    return "a zip archive; unpack it first";
}

// ---------------------------------------------------------------------------------------------------- UTF-8

// Plain: one byte and no fault. The rest needs a look.
constexpr auto plain_bytes = [] {
    std::array<bool, 256> plain{};
    for (std::size_t c = 0x20; c < 0x7F; ++c) plain[c] = true;
    plain['\t'] = plain['\n'] = plain['\r'] = true;
    return plain;
}();

// Whether eight bytes are all from ' ' to '~', looked at as one word: no high bit, none below ' ', no delete.
bool all_printable(const char* bytes) {
    constexpr std::uint64_t ones = 0x0101010101010101U, high = 0x80U * ones;
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    const std::uint64_t below = word - 0x20U * ones, above = word + ones;  // borrow or carry into the high bit
    return ((word | below | above) & high) == 0;
}

bool is_control(std::uint32_t code) {
    return (code < 0x20 && code != '\t' && code != '\n' && code != '\r') || (code >= 0x7F && code < 0xA0);
}

void append_utf8(std::uint32_t code, std::string& text) {
    const auto tail = [&](unsigned shift) { text += static_cast<char>(0x80U | ((code >> shift) & 0x3FU)); };
    if (code < 0x80U) {
        text += static_cast<char>(code);
    } else if (code < 0x800U) {
        text += static_cast<char>(0xC0U | (code >> 6U));
        tail(0);
    } else if (code < 0x10000U) {
        text += static_cast<char>(0xE0U | (code >> 12U));
        tail(6);
        tail(0);
    } else {
        text += static_cast<char>(0xF0U | (code >> 18U));
        tail(12);
        tail(6);
        tail(0);
    }
}

// Position of the first fault from `from` on, or npos.
std::size_t find_fault(std::string_view text, std::size_t from = 0) {
    for (std::size_t at = from; at < text.size();) {
        while (at + 8 <= text.size() && all_printable(text.data() + at)) at += 8;
        while (at < text.size() && plain_bytes[static_cast<unsigned char>(text[at])]) ++at;
        if (at == text.size()) break;
        const Utf8Character c = utf8_at(text, at);
        if (c.size == 0 || is_control(c.code)) return at;
        at += c.size;
    }
    return std::string_view::npos;
}

// `line` is the text of the line with the fault, from its beginning.
[[noreturn]] void throw_fault(std::string_view line, std::size_t at, const std::string& file, int number) {
    std::size_t column = 1;
    for (std::size_t k = 0; k < at; k += std::max<std::size_t>(1, utf8_at(line, k).size)) ++column;
    const Place place{file, number, fmt::format("column {}", column)};
    const Utf8Character c = utf8_at(line, at);
    if (c.size != 0) {
        throw_input({place, "a control character", fmt::format("U+{:04X}", c.code),
                     c.code == 0 ? "text (is this a text file?)" : "text without control characters", ""});
    }
    throw_input({place, "not UTF-8", fmt::format("byte 0x{:02X}", static_cast<unsigned char>(line[at])), use_utf8, ""});
}

// ------------------------------------------------------------------------------------------ what a file begins with

[[noreturn]] void throw_binary(const std::string& kind, const std::string& file) {
    throw_input(Place{file, 0, ""}, "a text was expected, and this is " + kind);
}

// UTF-16 without a byte-order mark: every other byte of what is mostly ASCII is zero.
bool looks_like_utf16(std::string_view start) {
    if (start.size() < 4) return false;
    return (start[0] == '\0' && start[2] == '\0' && start[1] != '\0') ||
           (start[1] == '\0' && start[3] == '\0' && start[0] != '\0');
}

void check_start(std::string_view start, const std::string& file) {
    const std::string kind = binary_kind(start);
    if (!kind.empty()) throw_binary(kind, file);
    if (starts_with(start, "\xFF\xFE\0\0"sv) || starts_with(start, "\0\0\xFE\xFF"sv))
        throw_input({Place{file, 1, ""}, "the text is in UTF-32", "", "UTF-8 text", ""});
    if (looks_like_utf16(start)) {
        throw_input({Place{file, 1, ""}, "the text looks like UTF-16 without a byte-order mark", "",
                     "UTF-8 text, or UTF-16 with the mark", ""});
    }
}

}  // namespace

std::string binary_kind(std::string_view start) {
    if (starts_with(start, "PK\x03\x04"sv)) return zip_kind(start);
    for (const Signature& signature : signatures)
        if (starts_with(start, signature.bytes)) return signature.name;
    constexpr std::size_t tar_mark = 257;
    if (start.size() > tar_mark + 5 && start.substr(tar_mark, 5) == "ustar") return "a tar archive; unpack it first";
    std::string first(start.substr(0, 16));
    std::transform(first.begin(), first.end(), first.begin(), [](unsigned char c) { return std::tolower(c); });
    if (starts_with(first, "<!doctype html") || starts_with(first, "<html"))
        return "a web page; was the download an error or a login page?";
    return "";
}

void TextDecoder::append(std::string_view bytes, bool last, std::string& text) {
    if (encoding_ == Encoding::unknown) {
        check_start(bytes.substr(0, 512), file_);
        encoding_ = starts_with(bytes, "\xFF\xFE")   ? Encoding::utf16_little
                    : starts_with(bytes, "\xFE\xFF") ? Encoding::utf16_big
                                                     : Encoding::utf8;
        if (encoding_ != Encoding::utf8) bytes.remove_prefix(2);
        if (starts_with(bytes, utf8_mark)) bytes.remove_prefix(utf8_mark.size());
    }
    if (encoding_ == Encoding::utf8) {
        text.append(bytes);
    } else {
        append_utf16(bytes, last, text);
    }
}

void TextDecoder::append_utf16(std::string_view bytes, bool last, std::string& text) {
    rest_.append(bytes);
    const auto byte = [&](std::size_t at) { return static_cast<std::uint32_t>(static_cast<unsigned char>(rest_[at])); };
    const std::size_t low = encoding_ == Encoding::utf16_little ? 0 : 1;
    const auto unit = [&](std::size_t at) { return byte(at + low) | (byte(at + 1 - low) << 8U); };
    std::size_t at = 0;
    while (at + 2 <= rest_.size()) {
        const std::uint32_t first = unit(at);
        const bool leads = first >= 0xD800 && first < 0xDC00;
        if (leads && at + 4 > rest_.size() && !last) break;
        const std::uint32_t second = leads && at + 4 <= rest_.size() ? unit(at + 2) : 0;
        const bool pair = second >= 0xDC00 && second < 0xE000;
        // Half a pair becomes what is no UTF-8 either, and is refused with its line like everything of the kind.
        append_utf8(pair ? 0x10000U + ((first - 0xD800U) << 10U) + (second - 0xDC00U) : first, text);
        at += pair ? 4 : 2;
    }
    rest_.erase(0, at);
    if (last && !rest_.empty()) throw_input(Place{file_, 0, ""}, "the UTF-16 text ends in the middle of a character");
}

std::string xml_escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '"')
            out += "&quot;";
        else
            out += c;
    }
    return out;
}

std::string decode_text(std::string bytes, const std::string& file) {
    std::string text;
    TextDecoder(file).append(bytes, true, text);
    const std::size_t fault = find_fault(text);
    if (fault == std::string::npos) return text;
    const auto begin = text.begin();
    const auto number = std::count(begin, begin + static_cast<std::ptrdiff_t>(fault), '\n');
    const std::size_t before = fault == 0 ? std::string::npos : text.rfind('\n', fault - 1);
    const std::size_t start = before == std::string::npos ? 0 : before + 1;
    throw_fault(std::string_view(text).substr(start), fault - start, file, static_cast<int>(number) + 1);
}

LineReader::LineReader(const std::filesystem::path& path, Job job)
    : file_(path.string()), job_(std::move(job)), in_(open_to_read(path)), decoder_(file_) {
    fill();
}

// Reads on; false where nothing was left. What was given already is dropped first.
bool LineReader::fill() {
    constexpr std::size_t piece = std::size_t{1} << 16U;  // most files are small, and memory is cleared first
    job_.check();
    if (ended_) return false;
    buffer_.erase(0, std::exchange(at_, 0));
    piece_.resize(piece);
    errno = 0;
    in_.read(piece_.data(), static_cast<std::streamsize>(piece));
    if (in_.bad()) throw_file(file_, std::string("cannot be read: ") + std::strerror(errno));
    ended_ = in_.eof();
    decoder_.append(std::string_view(piece_).substr(0, static_cast<std::size_t>(in_.gcount())), ended_, buffer_);
    return true;
}

bool LineReader::next(std::string_view& line) {
    const auto ends = [&](std::size_t at) { return buffer_[at] == '\n' || buffer_[at] == '\r'; };
    std::size_t length = 0;  // bytes looked at: a line longer than a piece is looked through once
    bool plain = true;
    for (;;) {
        while (at_ + length < buffer_.size() && !ends(at_ + length)) {
            if (at_ + length + 8 <= buffer_.size() && all_printable(buffer_.data() + at_ + length))
                length += 8;
            else
                plain = plain_bytes[static_cast<unsigned char>(buffer_[at_ + length++])] && plain;
        }
        const std::size_t at = at_ + length;
        // After a CR the next byte says whether an LF belongs to it.
        if (at < buffer_.size() && (buffer_[at] == '\n' || at + 1 < buffer_.size())) break;
        if (!fill()) break;
    }
    if (at_ >= buffer_.size()) return false;
    ++number_;
    line = std::string_view(buffer_).substr(at_, length);
    at_ += length;
    const bool both = at_ + 1 < buffer_.size() && buffer_[at_] == '\r' && buffer_[at_ + 1] == '\n';
    at_ = std::min(at_ + (both ? std::size_t{2} : std::size_t{1}), buffer_.size());
    if (!plain) {
        const std::size_t fault = find_fault(line);
        if (fault != std::string_view::npos) throw_fault(line, fault, file_, number_);
    }
    return true;
}

std::string_view trimmed(std::string_view text) {
    // Spaces as spreadsheets and web pages leave them around names: no-break, en and em, thin, ideographic, and the
    // mark.
    const auto blank = [](std::uint32_t code) {
        return code == ' ' || code == '\t' || code == 0xA0 || (code >= 0x2000 && code <= 0x200B) || code == 0x202F ||
               code == 0x205F || code == 0x3000 || code == 0xFEFF;
    };
    // Nearly every field begins and ends with a visible character of ASCII.
    const auto visible = [](char c) { return c > ' ' && c < '\x7F'; };
    if (text.empty() || (visible(text.front()) && visible(text.back()))) return text;
    while (!text.empty()) {
        const Utf8Character c = utf8_at(text, 0);
        if (c.size == 0 || !blank(c.code)) break;
        text.remove_prefix(c.size);
    }
    while (!text.empty()) {
        std::size_t at = text.size() - 1;
        while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) --at;
        const Utf8Character c = utf8_at(text, at);
        if (c.size == 0 || !blank(c.code)) break;
        text.remove_suffix(text.size() - at);
    }
    return text;
}

std::optional<double> finite_number(std::string_view text) {
    if (!text.empty() && text.front() == '+') {
        text.remove_prefix(1);
        if (!text.empty() && text.front() == '-') return std::nullopt;
    }
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

std::string text_fault(std::string_view text) {
    const std::size_t fault = find_fault(text);
    if (fault == std::string_view::npos) return "";
    const Utf8Character c = utf8_at(text, fault);
    return c.size == 0 ? "is not UTF-8" : fmt::format("has a control character (U+{:04X})", c.code);
}

std::string percent_text(double share) {
    return fmt::format("{:.0f} %", 100.0 * share);
}

std::string name_fault(std::string_view name) {
    constexpr std::size_t most = 256;  // of any code or title that a publisher uses; more is a slip of separators
    name = trimmed(name);
    if (name.empty()) return "is empty";
    if (name == "*") return "is \"*\", which stands for all";
    if (name.size() > most) return fmt::format("has {} bytes, more than {}", name.size(), most);
    const std::size_t control = name.find_first_of("\t\n\r");
    if (control != std::string_view::npos) {
        return fmt::format("has a control character (U+{:04X})", static_cast<unsigned>(name[control]));
    }
    return text_fault(name);
}

}  // namespace detente
