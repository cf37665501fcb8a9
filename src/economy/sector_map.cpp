#include "economy/sector_map.h"

#include <algorithm>

#include "economy/table_columns.h"

namespace detente {
namespace {

// What is known of a sector stands on each of its rows, or on some.
template <typename Value>
void agree(Value& known, const Value& unknown, const Value& found, const Place& place, const std::string& sector) {
    if (known != unknown && known != found)
        throw_input(place, "sector \"" + sector + "\" has two values of this column");
    known = found;
}

}  // namespace

SectorMap SectorMap::read(const std::filesystem::path& path, const CsvFormat& format, const Job& job) {
    const CsvTable table = CsvTable::read(path, format, {}, job);
    const int code = need_column(table.columns(), Place{table.file(), table.header_line(), ""}, "product",
                                 {"product", "industry", "code", "industry_id", "k", "hs6", "cmdcode"});
    const int sector = table.column("sector");
    const int title = table.has("title") ? table.column("title") : -1;
    const int goods = table.has("goods") ? table.column("goods") : -1;
    if (table.rows() == 0) throw_input(Place{table.file(), 0, ""}, "the table has no rows");

    SectorMap map;
    map.file_ = table.file();
    std::vector<std::string> names;
    std::unordered_map<std::string, int> position;
    std::vector<char> flags;
    constexpr char no_flag = 2;
    for (int row = 0; row < table.rows(); ++row) {
        const std::string name = clean_name(table.text(row, sector), "sector", table.place(row, sector));
        const auto [entry, added] = position.emplace(name, static_cast<int>(names.size()));
        if (added) {
            names.push_back(name);
            map.titles_.emplace_back();
            flags.push_back(no_flag);
        }
        const auto at = static_cast<std::size_t>(entry->second);
        if (title >= 0 && !table.text(row, title).empty())
            agree(map.titles_[at], std::string(), table.text(row, title), table.place(row, title), name);
        if (goods >= 0 && !table.text(row, goods).empty()) {
            const std::string& flag = table.text(row, goods);
            if (flag != "0" && flag != "1")
                throw_input({table.place(row, goods), "not a flag", '"' + flag + '"', "1 (goods) or 0 (services)", ""});
            agree(flags[at], no_flag, static_cast<char>(flag == "1" ? 1 : 0), table.place(row, goods), name);
        }
        const std::string& text = table.text(row, code);
        if (text.empty()) throw_input(table.place(row, code), "the code is empty");
        bool fresh = true;
        if (text == "*") {
            fresh = map.otherwise_ < 0;
            map.otherwise_ = entry->second;
        } else if (text.back() == '*') {
            fresh = map.starts_.emplace(text.substr(0, text.size() - 1), entry->second).second;
            map.longest_start_ = std::max(map.longest_start_, text.size() - 1);
        } else {
            fresh = map.exact_.emplace(text, entry->second).second;
        }
        if (!fresh) throw_input(table.place(row, code), "the code \"" + text + "\" stands twice");
    }
    map.sectors_ = IndexSet("sector", names, Place{table.file(), 0, ""});
    for (std::size_t at = 0; at < names.size(); ++at) {
        if (map.titles_[at].empty()) map.titles_[at] = names[at];
        map.goods_.push_back(flags[at] == no_flag ? 1 : flags[at]);
    }
    return map;
}

int SectorMap::find_exact(std::string_view code) const {
    const auto found = exact_.find(std::string(code));
    return found == exact_.end() ? -1 : found->second;
}

int SectorMap::find(std::string_view code) const {
    const int exact = find_exact(code);
    if (exact >= 0) return exact;
    for (std::size_t size = std::min(longest_start_, code.size()); size > 0; --size) {
        const auto found = starts_.find(std::string(code.substr(0, size)));
        if (found != starts_.end()) return found->second;
    }
    return otherwise_;
}

}  // namespace detente
