// Workbooks of binary parts ([MS-XLSB], "BIFF12"): a part is a sequence of records, each a type, a size and bytes.
#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <deque>

#include "base/error.h"
#include "base/spreadsheet_parts.h"

namespace detente {
namespace {

// Record types, with the names of [MS-XLSB] 2.3.2.
enum Record : std::uint32_t {
    BrtRowHdr = 0,
    BrtCellRk = 2,
    BrtCellError = 3,
    BrtCellBool = 4,
    BrtCellReal = 5,
    BrtCellSt = 6,
    BrtCellIsst = 7,
    BrtFmlaString = 8,
    BrtFmlaNum = 9,
    BrtFmlaBool = 10,
    BrtFmlaError = 11,
    BrtShortBlank = 12,  // from here to 18: the same kinds, in the column after the last one
    BrtShortIsst = 18,
    BrtSSTItem = 19,
    BrtCellRString = 62,
    BrtBundleSh = 156,
};

// The bytes of one record, read from the front. A record may not be left behind its end.
class Bytes {
public:
    Bytes(const std::vector<char>& data, const std::string& part) : data_(data), part_(part) {}

    template <typename T>
    T get() {
        T value;
        std::memcpy(&value, take(sizeof(T)), sizeof(T));
        return value;
    }
    // A count of UTF-16 units, then the units; no text has the count 0xFFFFFFFF.
    std::string text() {
        const auto count = get<std::uint32_t>();
        if (count == 0xFFFFFFFFU) return "";
        const char* units = take(2 * static_cast<std::size_t>(count));
        std::string utf8;
        for (std::size_t at = 0; at < count; ++at) {
            std::uint32_t code = unit(units, at);
            if (code >= 0xD800U && code < 0xE000U) {  // the first of a pair, or out of place
                const std::uint32_t low = at + 1 < count ? unit(units, ++at) : 0U;
                if (code >= 0xDC00U || low < 0xDC00U || low >= 0xE000U)
                    throw_input(Place{part_, 0, ""}, "a text is not valid UTF-16");
                code = 0x10000U + ((code - 0xD800U) << 10U) + (low - 0xDC00U);
            }
            append(code, utf8);
        }
        return utf8;
    }

private:
    const char* take(std::size_t size) {
        if (size > data_.size() - at_) throw_input(Place{part_, 0, ""}, "a record is shorter than its content");
        at_ += size;
        return data_.data() + at_ - size;
    }
    static std::uint32_t unit(const char* units, std::size_t at) {
        std::uint16_t value = 0;
        std::memcpy(&value, units + 2 * at, 2);
        return value;
    }
    static void append(std::uint32_t code, std::string& utf8) {
        const auto tail = [&](unsigned shift) { utf8 += static_cast<char>(0x80U | ((code >> shift) & 0x3FU)); };
        if (code < 0x80U) {
            utf8 += static_cast<char>(code);
        } else if (code < 0x800U) {
            utf8 += static_cast<char>(0xC0U | (code >> 6U));
            tail(0);
        } else if (code < 0x10000U) {
            utf8 += static_cast<char>(0xE0U | (code >> 12U));
            tail(6), tail(0);
        } else {
            utf8 += static_cast<char>(0xF0U | ((code >> 18U) & 0x07U));
            tail(12), tail(6), tail(0);
        }
    }

    const std::vector<char>& data_;
    const std::string& part_;
    std::size_t at_ = 0;
};

// The records of a part, one after the other.
class Records {
public:
    explicit Records(ZipMember part) : part_(std::move(part)), buffer_(1U << 16U) {}

    bool next(std::uint32_t& type) {
        if (at_ == size_ && !fill()) return false;
        type = variable(2);
        const std::size_t size = variable(4);
        // A record is read before memory is taken for it: its size may be anything.
        data_.clear();
        while (data_.size() < size) {
            if (at_ == size_ && !fill()) cut_short();
            const std::size_t part = std::min(size_ - at_, size - data_.size());
            data_.insert(data_.end(), buffer_.begin() + static_cast<std::ptrdiff_t>(at_),
                         buffer_.begin() + static_cast<std::ptrdiff_t>(at_ + part));
            at_ += part;
        }
        return true;
    }
    Bytes bytes() const { return {data_, part_.name()}; }
    const std::string& name() const { return part_.name(); }

private:
    bool fill() {
        size_ = part_.read(buffer_.data(), buffer_.size());
        at_ = 0;
        return size_ > 0;
    }
    // Seven bits a byte, lowest first; the eighth says that more follow ([MS-XLSB] 2.1.4).
    std::uint32_t variable(unsigned bytes) {
        std::uint32_t value = 0;
        for (unsigned b = 0; b < bytes; ++b) {
            if (at_ == size_ && !fill()) cut_short();
            const auto byte = static_cast<unsigned char>(buffer_[at_++]);
            value |= (byte & 0x7FU) << (7U * b);
            if (byte < 0x80U) break;
        }
        return value;
    }
    [[noreturn]] void cut_short() const { throw_input(Place{part_.name(), 0, ""}, "the part ends within a record"); }

    ZipMember part_;
    std::vector<char> buffer_, data_;
    std::size_t at_ = 0, size_ = 0;
};

SheetParts read_sheets(const ZipArchive& archive) {
    const auto members = read_relations(archive, "workbook.bin");
    SheetParts sheets;
    Records records(archive.open("xl/workbook.bin", most_list_bytes));
    for (std::uint32_t type = 0; records.next(type);) {
        if (type != BrtBundleSh) continue;
        Bytes bytes = records.bytes();
        bytes.get<std::uint32_t>();  // hidden or not
        bytes.get<std::uint32_t>();  // the sheet's number
        const auto member = members.find(bytes.text());
        if (member == members.end()) throw_input(Place{archive.file(), 0, ""}, "a sheet of the workbook has no part");
        sheets.emplace_back(bytes.text(), member->second);
    }
    return sheets;
}

std::vector<std::string> read_shared_strings(const ZipArchive& archive) {
    std::vector<std::string> strings;
    if (!archive.has("xl/sharedStrings.bin")) return strings;
    Records records(archive.open("xl/sharedStrings.bin", most_strings_bytes));
    for (std::uint32_t type = 0; records.next(type);) {
        if (type != BrtSSTItem) continue;
        Bytes bytes = records.bytes();
        bytes.get<std::uint8_t>();  // whether runs follow the text
        if (strings.size() == most_strings) {
            throw_input(
                {Place{archive.file(), 0, ""}, "too many texts", "", "at most " + std::to_string(most_strings), ""});
        }
        strings.push_back(bytes.text());
    }
    return strings;
}

// RkNumber ([MS-XLSB] 2.5.122): the upper 30 bits of a double or a whole number, perhaps in hundredths.
double rk_number(std::uint32_t rk) {
    double value = 0.0;
    if ((rk & 2U) != 0) {
        value = static_cast<double>(static_cast<std::int32_t>(rk) >> 2);
    } else {
        const std::uint64_t bits = static_cast<std::uint64_t>(rk & ~3U) << 32U;
        std::memcpy(&value, &bits, sizeof value);
    }
    return (rk & 1U) != 0 ? value / 100.0 : value;
}

std::string error_text(std::uint8_t code) {
    switch (code) {
        case 0x00:
            return "#NULL!";
        case 0x07:
            return "#DIV/0!";
        case 0x0F:
            return "#VALUE!";
        case 0x17:
            return "#REF!";
        case 0x1D:
            return "#NAME?";
        case 0x24:
            return "#NUM!";
        case 0x2A:
            return "#N/A";
        default:
            return "#ERROR";
    }
}

class SheetReader {
public:
    SheetReader(Records records, std::string sheet, const std::vector<std::string>& strings, const RowVisitor& visit)
        : records_(std::move(records)), sheet_(std::move(sheet)), order_(sheet_), strings_(strings), visit_(visit) {}

    void read() {
        for (std::uint32_t type = 0; records_.next(type);) {
            if (type == BrtRowHdr) {
                finish_row();
                row_ = limited(records_.bytes().get<std::uint32_t>(), most_rows, "row") + 1;
                order_.row(row_);
            } else if (type <= BrtShortIsst || type == BrtCellRString) {
                read_cell(type);
            }
        }
        finish_row();
    }

private:
    void finish_row() {
        if (row_ > 0) visit_(row_, cells_);
        cells_.clear();
        texts_.clear();
        column_ = -1;
    }
    void read_cell(std::uint32_t type) {
        Bytes bytes = records_.bytes();
        const bool following = type >= BrtShortBlank && type <= BrtShortIsst;
        const auto at = following ? static_cast<std::uint32_t>(column_ + 1) : bytes.get<std::uint32_t>();
        column_ = limited(at, most_columns, "column");
        if (row_ == 0) throw_input(Place{sheet_, 0, ""}, "a cell stands before the first row");
        order_.cell(column_);
        bytes.get<std::uint32_t>();  // style
        if (following) type -= BrtShortBlank - 1U;
        SheetCell cell;
        cell.column = column_;
        switch (type) {
            case BrtCellRk:
                cell.number = rk_number(bytes.get<std::uint32_t>());
                break;
            case BrtCellReal:
            case BrtFmlaNum:
                cell.number = bytes.get<double>();
                break;
            case BrtCellBool:
            case BrtFmlaBool:
                cell.number = bytes.get<std::uint8_t>();
                break;
            case BrtCellError:
            case BrtFmlaError:
                set_text(texts_.emplace_back(error_text(bytes.get<std::uint8_t>())), cell);
                break;
            case BrtCellRString:
                bytes.get<std::uint8_t>();
                [[fallthrough]];  // whether runs follow the text
            case BrtCellSt:
            case BrtFmlaString:
                set_text(texts_.emplace_back(bytes.text()), cell);
                break;
            case BrtCellIsst:
                set_text(shared(bytes.get<std::uint32_t>()), cell);
                break;
            default:
                return;  // blank
        }
        if (!cell.is_text && !std::isfinite(cell.number)) {
            throw_input({Place{sheet_, 0, cell_name(row_, column_)}, "not a number", fmt::format("{}", cell.number),
                         "a finite number", ""});
        }
        cells_.push_back(cell);
    }
    int limited(std::uint32_t position, int count, const std::string& what) const {
        if (position < static_cast<std::uint32_t>(count)) return static_cast<int>(position);
        throw_input({Place{sheet_, 0, row_ > 0 ? "row " + std::to_string(row_) : ""},
                     "a " + what + " beyond the limits of a sheet", std::to_string(position),
                     "below " + std::to_string(count), ""});
    }
    const std::string& shared(std::uint32_t index) const {
        if (index < strings_.size()) return strings_[index];
        throw_input({Place{sheet_, 0, cell_name(row_, column_)}, "a text that is not in the workbook",
                     std::to_string(index), "a number below " + std::to_string(strings_.size()), ""});
    }
    static void set_text(const std::string& text, SheetCell& cell) {
        cell.is_text = true;
        cell.text = text;
    }

    Records records_;
    std::string sheet_;
    CellOrder order_;
    const std::vector<std::string>& strings_;
    const RowVisitor& visit_;
    std::vector<SheetCell> cells_;
    std::deque<std::string> texts_;  // texts that stand in the row itself
    int row_ = 0, column_ = -1;
};

class Xlsb : public Workbook {
public:
    explicit Xlsb(std::unique_ptr<ZipArchive> archive)
        : archive_(std::move(archive)), sheets_(read_sheets(*archive_)), strings_(read_shared_strings(*archive_)) {}

    const std::string& file() const override { return archive_->file(); }
    std::vector<std::string> sheets() const override {
        std::vector<std::string> names;
        for (const auto& [name, member] : sheets_) names.push_back(name);
        return names;
    }
    void for_each_row(const std::string& sheet, const RowVisitor& visit) const override {
        SheetReader(Records(archive_->open(part_of(sheets_, sheet, file()))), sheet_place(file(), sheet), strings_,
                    visit)
            .read();
    }

private:
    std::unique_ptr<ZipArchive> archive_;
    SheetParts sheets_;
    std::vector<std::string> strings_;
};

}  // namespace

std::unique_ptr<Workbook> open_xlsb(std::unique_ptr<ZipArchive> archive) {
    return std::make_unique<Xlsb>(std::move(archive));
}

}  // namespace detente
