// Text as files hold it: UTF-8, or UTF-16 where the byte-order mark says so. What is no text (archives, workbooks,
// other encodings, control characters) is refused where it is read, and none of its bytes are printed.
#pragma once

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>

#include "base/job.h"

namespace detente {

/// "a zip archive" and the like, from the first bytes of a file (512 are enough); empty where they can be text.
std::string binary_kind(std::string_view start);

/// A share in words, in whole percent: "37 %".
std::string percent_text(double share);

/// Text inside the markup of XML and SVG: &, <, > and quotes as entities.
std::string xml_escaped(std::string_view text);

/// The content of a file as UTF-8 text without its byte-order mark. Throws an input error (file, line, column, what to
/// do about it) where it is an archive or another file that is no text, where it is not UTF-8, and on control
/// characters other than tabs and line ends.
std::string decode_text(std::string bytes, const std::string& file);

/// Bytes to UTF-8, in pieces: takes the byte-order mark away, and decodes UTF-16 where the mark says so.
class TextDecoder {
public:
    explicit TextDecoder(std::string file) : file_(std::move(file)) {}
    /// Appends the next bytes of the file to `text`; `last` where no more follow. The first piece must hold 512 bytes
    /// or all of the file. Throws an input error where the file is no text.
    void append(std::string_view bytes, bool last, std::string& text);

private:
    enum class Encoding { unknown, utf8, utf16_little, utf16_big };
    void append_utf16(std::string_view bytes, bool last, std::string& text);

    std::string file_;
    Encoding encoding_ = Encoding::unknown;
    std::string rest_;  // bytes of a character of UTF-16 that the next piece completes
};

/// The lines of a file too large to hold whole, as `decode_text` would give them. A line ends with LF, CR LF or CR.
class LineReader {
public:
    /// Throws a file error where the file cannot be read, an input error where it is no text; a cancelled job ends it
    /// at any line.
    explicit LineReader(const std::filesystem::path& path, Job job = {});

    /// The next line without its end, valid until the next call; false at the end of the file.
    bool next(std::string_view& line);
    /// Number of the line that `next` gave last, from 1.
    int number() const { return number_; }
    const std::string& file() const { return file_; }

private:
    bool fill();

    std::string file_;
    Job job_;
    std::ifstream in_;
    TextDecoder decoder_;
    std::string buffer_, piece_;  // decoded and not given yet, from `at_` on; what was read last
    std::size_t at_ = 0;
    int number_ = 0;
    bool ended_ = false;
};

/// The text without surrounding blanks: spaces, tabs, no-break and other spaces of Unicode, byte-order marks.
std::string_view trimmed(std::string_view text);

/// A decimal number in full ("1e-310" is one, "1e400", "nan", "inf" and "0x10" are none), or nothing.
std::optional<double> finite_number(std::string_view text);

/// Why what another format calls text is none ("is not UTF-8", "has a control character (U+0007)"), or empty. Tabs and
/// line ends are text.
std::string text_fault(std::string_view text);

/// Why a text cannot be the name of a region, a sector or an action ("is empty", "has a control character"); empty
/// where it can. Surrounding blanks are no part of a name.
std::string name_fault(std::string_view name);

}  // namespace detente
