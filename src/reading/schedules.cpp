#include "reading/schedules.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

namespace detente {
namespace {

TariffSchedule load(const std::string& name, const Sources& sources, const Place& place) {
    if (!Catalogue::is_schedule_path(name)) return sources.catalogue.load_schedule(name, place, sources.job);
    const SourceFile source = find_source(sources, name, place);
    if (source.content != nullptr)
        throw_input(
            {place, "a schedule is read from the disk", '"' + name + "\", in memory", "a file on the disk", ""});
    return read_tariff_schedule(source.path, sources.job);
}

void add(const TariffSchedule& schedule, const std::vector<ScheduledRate>& lines, const Place& place,
         Scenario& scenario) {
    for (const ScheduledRate& line : lines) {
        TariffChange change;
        change.importers = {line.importer};
        change.exporters = {line.exporter};
        change.sectors = {line.sector};
        change.kind = TariffChange::Kind::rate;
        change.value = line.rate;
        change.place = place;
        scenario.tariff.push_back(std::move(change));
    }
    scenario.schedules.push_back({schedule.name, schedule.title, schedule.source, to_string(schedule.date),
                                  to_string(schedule.data_state), to_string(schedule.kind), schedule.announced()});
}

bool among(const std::vector<int>& list, int wanted) {
    return std::find(list.begin(), list.end(), wanted) != list.end();
}

}  // namespace

void read_schedules(TomlReader& block, const Study& study, const Sources& sources, Scenario& scenario) {
    const Place place = block.place("tariffs");
    const std::vector<std::string> names = block.names("tariffs");
    if (names.empty() && block.has("tariffs"))
        throw_input({place, "names no schedule", "", "a schedule's name, or a list of names", ""});
    std::map<std::tuple<int, int, int>, std::string> set_by;
    for (const std::string& name : names) {
        const TariffSchedule schedule = load(name, sources, place);
        const std::vector<ScheduledRate> lines = scheduled_rates(schedule, study.economy, place);
        for (const ScheduledRate& line : lines) {
            const auto [first, fresh] = set_by.emplace(std::tuple{line.importer, line.exporter, line.sector}, name);
            if (fresh) continue;
            throw_input({place, "two schedules set the same tariff",
                         fmt::format("{} on {} in {}: \"{}\" and \"{}\"", study.economy.regions[line.importer],
                                     study.economy.regions[line.exporter], study.economy.sectors[line.sector],
                                     first->second, name),
                         "one of them, or tariff = [{ schedule = ... }] lines, of which the last holds", ""});
        }
        add(schedule, lines, place, scenario);
    }
}

void read_schedule_change(TomlReader& change, const Study& study, const Sources& sources, Scenario& scenario) {
    const Place place = change.place("schedule");
    const TariffSchedule schedule = load(change.text("schedule"), sources, place);
    const auto regions = [&](const char* key) {
        return select_regions(study.economy, study.groups, change.names(key, {"*"}), change.place(key));
    };
    const std::vector<int> importers = regions("importer"), exporters = regions("exporter"),
                           sectors = select_tariff_sectors(study.economy, study.groups, change.names("sector", {"*"}),
                                                           change.place("sector"));
    change.finish();
    std::vector<ScheduledRate> lines = scheduled_rates(schedule, study.economy, place);
    std::erase_if(lines, [&](const ScheduledRate& line) {
        return !among(importers, line.importer) || !among(exporters, line.exporter) || !among(sectors, line.sector);
    });
    if (lines.empty())
        throw_input({place, "the schedule says nothing of these importers, exporters and sectors",
                     '"' + schedule.name + '"', "lines that it has: see detente tariffs info " + schedule.name, ""});
    add(schedule, lines, place, scenario);
}

}  // namespace detente
