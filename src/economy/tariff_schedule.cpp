#include "economy/tariff_schedule.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "base/csv.h"
#include "base/text.h"

namespace detente {
namespace {

const std::vector<std::string>& kind_names() {
    static const std::vector<std::string> names = {"statutory", "effective", "collected"};
    return names;
}

struct Remark {
    std::string text;
    int line = 0;
};

// The lines `# key: text` above the header.
std::map<std::string, Remark> read_remarks(const std::filesystem::path& path, const Job& job) {
    static const std::vector<std::string> keys = {"title", "date", "kind", "data-state", "source", "licence", "note"};
    LineReader lines(path, job);
    std::map<std::string, Remark> remarks;
    std::string_view line;
    while (lines.next(line) && line.substr(0, 1) == "#") {
        const std::string_view text = trimmed(line.substr(1));
        const std::size_t colon = text.find(':');
        const std::string key(trimmed(text.substr(0, std::min(colon, text.size()))));
        if (colon == std::string_view::npos || std::find(keys.begin(), keys.end(), key) == keys.end())
            throw_unknown_name(Place{lines.file(), lines.number(), ""}, "remark above the header", key, keys);
        if (!remarks.emplace(key, Remark{std::string(trimmed(text.substr(colon + 1))), lines.number()}).second)
            throw_input(Place{lines.file(), lines.number(), key}, "the remark stands twice");
    }
    for (const std::string& key : keys)
        if (remarks.count(key) == 0)
            throw_input({Place{lines.file(), 1, key}, "a remark is missing above the header", "",
                         "a line \"# " + key + ": ...\"", ""});
    return remarks;
}

Date date_of(const std::string& file, const std::string& key, const Remark& remark) {
    const auto date = parse_date(remark.text);
    if (!date) throw_input({Place{file, remark.line, key}, "not a date", remark.text, "YYYY-MM-DD", ""});
    return *date;
}

TariffSchedule::Row read_row(const CsvTable& table, int row) {
    TariffSchedule::Row out;
    for (const auto& [column, text] : {std::pair{"economy", &out.economy},
                                       {"importer", &out.importer},
                                       {"exporter", &out.exporter},
                                       {"sector", &out.sector}}) {
        const int at = table.column(column);
        *text = table.text(row, at);
        if (text->empty()) throw_input({table.place(row, at), "empty", "", "a name", ""});
    }
    const int increase = table.column("increase");
    out.increase = table.number(row, increase);
    constexpr double most = 10.0;  // a thousand points: beyond these are percent
    if (!(out.increase > -1.0 && out.increase <= most))
        throw_input({table.place(row, increase), "out of range", fmt::format("{:g}", out.increase),
                     "the part of the value over the base's tariff (0.25: 25 points), above -1 and at most 10", ""});
    out.line = table.place(row, increase).line;
    return out;
}

bool has_names(const TariffSchedule::Row& row, const Economy& economy) {
    return economy.regions.contains(row.importer) && (row.exporter == "*" || economy.regions.contains(row.exporter)) &&
           (row.sector == "goods" || economy.sectors.contains(row.sector));
}

// Throws for the first name of a row that the economy has not, with the nearest that it has.
void check_names(const TariffSchedule& schedule, const TariffSchedule::Row& row, const Economy& economy) {
    const auto place = [&](const char* column) { return Place{schedule.file, row.line, column}; };
    economy.regions.at(row.importer, place("importer"));
    if (row.exporter != "*") economy.regions.at(row.exporter, place("exporter"));
    if (row.sector != "goods") economy.sectors.at(row.sector, place("sector"));
}

// The economy whose rows speak of this one: most of them do. One wrong name among them is told, with its line.
std::string rows_for(const TariffSchedule& schedule, const Economy& economy, const Place& place) {
    const std::vector<std::string> names = schedule.economies();
    std::string best;
    double share = 0.0;
    for (const std::string& name : names) {
        double rows = 0.0, known = 0.0;
        for (const TariffSchedule::Row& row : schedule.rows)
            if (row.economy == name) ++rows, known += has_names(row, economy) ? 1.0 : 0.0;
        if (known / rows > share) best = name, share = known / rows;
    }
    if (!(share >= 0.5))
        throw_input({place, "the schedule has no rows for this economy's regions and sectors",
                     '"' + schedule.name + '"',
                     fmt::format("an economy with the names of {}", fmt::join(names, " or of ")), ""});
    for (const TariffSchedule::Row& row : schedule.rows)
        if (row.economy == best) check_names(schedule, row, economy);
    return best;
}

// The sectors of a row: one, or all where tariffs can apply.
std::vector<int> sectors_of(const TariffSchedule::Row& row, const Economy& economy) {
    if (row.sector != "goods" || economy.sectors.contains("goods")) return {economy.sectors.at(row.sector)};
    std::vector<int> list;
    const std::vector<char> goods = tariff_sectors(economy);
    for (int s = 0; s < economy.n_sectors(); ++s)
        if (goods[static_cast<std::size_t>(s)] != 0) list.push_back(s);
    return list;
}

}  // namespace

std::string to_string(ScheduleKind kind) {
    return kind_names()[static_cast<std::size_t>(kind)];
}

std::vector<std::string> TariffSchedule::economies() const {
    std::vector<std::string> names;
    for (const Row& row : rows)
        if (std::find(names.begin(), names.end(), row.economy) == names.end()) names.push_back(row.economy);
    return names;
}

TariffSchedule read_tariff_schedule(const std::filesystem::path& path, const Job& job) {
    TariffSchedule out;
    out.name = path.stem().string();
    out.file = path.string();
    const std::map<std::string, Remark> remarks = read_remarks(path, job);
    for (const auto& [key, text] :
         {std::pair{"title", &out.title}, {"source", &out.source}, {"licence", &out.licence}, {"note", &out.note}})
        *text = remarks.at(key).text;
    out.date = date_of(out.file, "date", remarks.at("date"));
    out.data_state = date_of(out.file, "data-state", remarks.at("data-state"));
    const Remark& kind = remarks.at("kind");
    const auto found = std::find(kind_names().begin(), kind_names().end(), kind.text);
    if (found == kind_names().end())
        throw_unknown_name(Place{out.file, kind.line, "kind"}, "kind of schedule", kind.text, kind_names());
    out.kind = static_cast<ScheduleKind>(found - kind_names().begin());
    const CsvTable table = CsvTable::read(
        path, {}, [](const std::vector<std::string>& f) { return !f.empty() && f[0].rfind('#', 0) != 0; }, job);
    if (table.rows() == 0) throw_input(Place{out.file, table.header_line(), ""}, "the schedule has no rows");
    std::set<std::tuple<std::string, std::string, std::string, std::string>> seen;
    for (int row = 0; row < table.rows(); ++row) {
        out.rows.push_back(read_row(table, row));
        const TariffSchedule::Row& one = out.rows.back();
        if (!seen.emplace(one.economy, one.importer, one.exporter, one.sector).second)
            throw_input(Place{out.file, one.line, "sector"}, "the line stands twice");
    }
    return out;
}

std::vector<ScheduledRate> scheduled_rates(const TariffSchedule& schedule, const Economy& economy, const Place& place) {
    const std::string named = rows_for(schedule, economy, place);
    std::map<std::tuple<int, int, int>, double> increase;
    // Those named come first, everyone else after them.
    for (const bool others : {false, true}) {
        for (const TariffSchedule::Row& row : schedule.rows) {
            if (row.economy != named || (row.exporter == "*") != others) continue;
            const int importer = economy.regions.at(row.importer);
            std::vector<int> exporters;
            for (int i = 0; others && i < economy.n_regions(); ++i) exporters.push_back(i);
            if (!others) exporters.push_back(economy.regions.at(row.exporter));
            for (const int s : sectors_of(row, economy))
                for (const int i : exporters)
                    if (i != importer) increase.emplace(std::tuple{importer, i, s}, row.increase);
        }
    }
    std::vector<ScheduledRate> out;
    for (const auto& [line, points] : increase) {
        const auto [importer, exporter, sector] = line;
        const double base = economy.tariff.empty() ? 0.0 : economy.tariff(exporter, importer, sector);
        out.push_back({importer, exporter, sector, base + points});
    }
    return out;
}

}  // namespace detente
