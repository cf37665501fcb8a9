#include "workbook.h"

#include <zlib.h>

#include <cmath>
#include <set>

#include "base/spreadsheet.h"
#include "economy/economy_io.h"

namespace detente::fuzz {
namespace {

// An archive of members without compression, put together here: a fuzzer's time is not for deflate and temporary files.
class Archive {
public:
    void add(const std::string& name, std::string_view content) {
        const std::size_t offset = bytes_.size();
        const auto* first = reinterpret_cast<const Bytef*>(content.data());
        const auto sum = static_cast<std::uint32_t>(::crc32(0, first, static_cast<uInt>(content.size())));
        const auto head = [&](std::string& out) {
            number(out, 20, 2), number(out, 0, 2), number(out, 0, 2), number(out, 0, 2), number(out, 33, 2);
            number(out, sum, 4), number(out, content.size(), 4), number(out, content.size(), 4);
            number(out, name.size(), 2), number(out, 0, 2);
        };
        bytes_ += "PK\x03\x04";
        head(bytes_);
        bytes_ += name;
        bytes_ += content;
        directory_ += "PK\x01\x02";
        number(directory_, 20, 2);
        head(directory_);
        number(directory_, 0, 2), number(directory_, 0, 2), number(directory_, 0, 2), number(directory_, 0, 4);
        number(directory_, offset, 4);
        directory_ += name;
        ++count_;
    }
    std::string whole() const {
        std::string out = bytes_ + directory_ + "PK\x05\x06";
        number(out, 0, 4), number(out, count_, 2), number(out, count_, 2);
        number(out, directory_.size(), 4), number(out, bytes_.size(), 4), number(out, 0, 2);
        return out;
    }

private:
    static void number(std::string& out, std::size_t value, int bytes) {
        for (int k = 0; k < bytes; ++k) out += static_cast<char>((value >> (8U * static_cast<unsigned>(k))) & 0xFFU);
    }
    std::string bytes_, directory_;
    std::size_t count_ = 0;
};

void read_sheets(const std::filesystem::path& path) {
    const std::unique_ptr<Workbook> book = open_workbook(path);
    for (const std::string& sheet : book->sheets()) {
        reads([&] {
            int last_row = 0;
            book->for_each_row(sheet, [&](int row, const std::vector<SheetCell>& cells) {
                if (row <= last_row) broken("rows out of order");
                if (row > 1 << 20) broken("a row beyond the format's limit");
                last_row = row;
                std::set<int> columns;
                for (const SheetCell& cell : cells) {
                    if (cell.column < 0 || cell.column >= 1 << 14) broken("a column beyond the format's limits");
                    if (!columns.insert(cell.column).second) broken("a cell twice");
                    if (!cell.is_text && !std::isfinite(cell.number)) broken("a number that is not finite");
                    (void)cell_name(row, cell.column);
                    (void)std::string(cell.text);  // every byte is there
                }
            });
        });
    }
}

}  // namespace

int read_workbook(const std::uint8_t* data, std::size_t size, const std::string& name) {
    const std::string_view input = as_text(data, size);
    std::filesystem::path path;
    if (input.rfind("PK", 0) == 0) {
        path = put(name, input);
    } else {
        Archive archive;
        bool any = false;
        for (const auto& [member, content] : split(input)) {
            if (member.empty() || member.size() > 200) continue;
            any = true;
            archive.add(member, content);
        }
        if (!any) return -1;
        path = put(name, archive.whole());
    }
    reads([&] { read_sheets(path); });
    reads([&] {
        ImportOptions options;
        options.theta = 4.0;
        exercise(import_economy("wiod", path, options));
    });
    return 0;
}

}  // namespace detente::fuzz
