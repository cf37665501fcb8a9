#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "output.h"
#include "surroundings.h"
#include "values.h"

namespace detente::cli {
namespace {

std::string status_of(const TariffSchedule& schedule) {
    return schedule.announced() ? "announced" : "known";
}

nlohmann::ordered_json row_json(const TariffSchedule& s) {
    return {{"name", s.name},
            {"title", s.title},
            {"date", to_string(s.date)},
            {"kind", to_string(s.kind)},
            {"status", status_of(s)},
            {"data_state", to_string(s.data_state)},
            {"source", s.source},
            {"licence", s.licence},
            {"note", s.note},
            {"economies", s.economies()}};
}

int list(bool as_json) {
    const Catalogue all = catalogue();
    const auto names = all.schedule_names();
    if (as_json) {
        nlohmann::ordered_json out = nlohmann::ordered_json::array();
        for (const std::string& name : names) out.push_back(row_json(all.load_schedule(name, {}, job())));
        print(out.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
        return 0;
    }
    if (names.empty()) print("no schedule of tariffs was found beside the program\n");
    for (const std::string& name : names) {
        const TariffSchedule s = all.load_schedule(name, {}, job());
        print(fmt::format("{:<27} {}  {:<10} {:<10} {}\n", name, to_string(s.date), to_string(s.kind), status_of(s),
                          s.title));
    }
    return 0;
}

// Mean increases by importer and exporter, weighted by the economy's flows.
std::string means(const TariffSchedule& schedule, const Economy& economy) {
    struct Sum {
        double weighted = 0.0, weight = 0.0, plain = 0.0, lines = 0.0;
    };
    std::map<std::pair<int, int>, Sum> sums;
    for (const ScheduledRate& line : scheduled_rates(schedule, economy, {})) {
        Sum& sum = sums[{line.importer, line.exporter}];
        const double flow = economy.trade(line.exporter, line.importer, line.sector);
        const double base = economy.tariff.empty() ? 0.0 : economy.tariff(line.exporter, line.importer, line.sector);
        sum.weighted += flow * (line.rate - base);
        sum.plain += line.rate - base;
    }
    // Over all goods: what has no line rises by nothing.
    const std::vector<char> goods = tariff_sectors(economy);
    for (auto& [pair, sum] : sums)
        for (int s = 0; s < economy.n_sectors(); ++s)
            if (goods[static_cast<std::size_t>(s)] != 0)
                sum.weight += economy.trade(pair.second, pair.first, s), sum.lines += 1.0;
    std::string out;
    for (const auto& [pair, sum] : sums)
        out += fmt::format("  {:<8} from {:<8} {:+8.2f}\n", economy.regions[pair.first], economy.regions[pair.second],
                           100.0 * (sum.weight > 0.0 ? sum.weighted / sum.weight : sum.plain / sum.lines));
    return out;
}

int info(const std::string& name, const std::string& wanted) {
    const Catalogue all = catalogue();
    const TariffSchedule s = all.load_schedule_or_path(name, {}, job());
    const auto economies = s.economies();
    print(
        fmt::format("{}\ndate {}, kind {}, {}: its source was made on {}\nsource: {}\nlicence: {}\nnote: {}\n"
                    "economies: {}\n",
                    s.title, to_string(s.date), to_string(s.kind), status_of(s), to_string(s.data_state), s.source,
                    s.licence, s.note, fmt::join(economies, ", ")));
    const Economy economy = all.load_name_or_path(wanted.empty() ? economies.front() : wanted, job());
    print(fmt::format("\nMean increase over the base of {} ({}), points, weighted by its trade\n{}",
                      wanted.empty() ? economies.front() : wanted, economy.year, means(s, economy)));
    return 0;
}

}  // namespace

void add_tariffs(CLI::App& app, Action& chosen) {
    CLI::App* command = app.add_subcommand("tariffs", "Dated schedules of tariffs: what was charged on a day");
    command->require_subcommand(1);
    CLI::App* all = command->add_subcommand("list", "The schedules, with date, kind, and whether they are known");
    auto as_json = std::make_shared<bool>(false);
    all->add_flag("--json", *as_json, "Print JSON instead of a table");
    all->callback([&chosen, as_json] { chosen = [as_json] { return list(*as_json); }; });
    struct InfoArguments {
        std::string name, economy;
    };
    auto a = std::make_shared<InfoArguments>();
    CLI::App* one = command->add_subcommand("info", "One schedule: source, note, mean increases by partner");
    one->add_option("NAME", a->name, "The schedule's name, or a CSV of one's own")->required()->check(not_empty());
    one->add_option("--economy", a->economy, "The economy whose trade weighs the means (default: its first)")
        ->check(not_empty());
    one->callback([&chosen, a] { chosen = [a] { return info(a->name, a->economy); }; });
    command->footer("Example:\n  detente tariffs info effective-2025-11\n");
}

}  // namespace detente::cli
