// Which sector a product or industry belongs to, from a table that a person wrote.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/csv.h"
#include "base/index_set.h"

namespace detente {

/// A CSV with columns `product` (or `industry`, `code`) and `sector`, optionally `title` and `goods` (1, or 0 for
/// services) of the sector. A code that ends in `*` stands for all that begin like it, the longest first; `*` alone for
/// what no other row names.
class SectorMap {
public:
    /// Throws (file, line, column) where a code stands twice or a sector has two titles or flags.
    static SectorMap read(const std::filesystem::path& path, const CsvFormat& format, const Job& job);

    /// Sectors in the order of the file.
    const IndexSet& sectors() const { return sectors_; }
    const std::vector<std::string>& titles() const { return titles_; }
    const std::vector<char>& goods() const { return goods_; }
    const std::string& file() const { return file_; }

    /// The sector of a code, or -1.
    int find(std::string_view code) const;
    /// The sector of a code that stands as it is, or -1.
    int find_exact(std::string_view code) const;

private:
    std::string file_;
    IndexSet sectors_;
    std::vector<std::string> titles_;
    std::vector<char> goods_;
    std::unordered_map<std::string, int> exact_, starts_;
    std::size_t longest_start_ = 0;
    int otherwise_ = -1;
};

}  // namespace detente
