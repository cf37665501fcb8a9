// Dated schedules of tariffs: what governments charged on a day, with its source.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/job.h"
#include "economy/economy.h"

namespace detente {

/// What a schedule's rates are: of the law alone; of the law with its exemptions and product lists, weighted by trade
/// of the past; or the duty that was collected over the value of what was imported.
enum class ScheduleKind { statutory, effective, collected };
std::string to_string(ScheduleKind kind);

/// A schedule as its file has it. Increases are over the tariffs of an economy's base; a file has rows for one or
/// several economies, by the names of their regions and sectors.
struct TariffSchedule {
    std::string name, title, source, licence, note;
    Date date;        ///< the day that the rates are of
    Date data_state;  ///< what the source knew: beyond it a schedule is announced, not known
    ScheduleKind kind = ScheduleKind::statutory;

    /// One line: increase in points of the value (0.10: 10 points). `exporter` "*": all that no other row names;
    /// `sector` "goods": where tariffs can apply.
    struct Row {
        std::string economy, importer, exporter, sector;
        double increase = 0.0;
        int line = 0;
    };
    std::string file;
    std::vector<Row> rows;

    /// Dated after the state of its data.
    bool announced() const { return date > data_state; }
    /// Names of the economies that it has rows for, in its order.
    std::vector<std::string> economies() const;
};

/// Reads tariffs/NAME.csv: a head of `# key: value` (title, date, kind, data-state, source, licence, note), columns
/// economy, importer, exporter, sector, increase. Throws (file, line, what was found, what was expected).
TariffSchedule read_tariff_schedule(const std::filesystem::path& path, const Job& job = {});

/// The rate of one line under a schedule.
struct ScheduledRate {
    int importer = 0, exporter = 0, sector = 0;
    double rate = 0.0;  ///< the economy's plus the increase
};

/// The lines that a schedule sets in an economy: those of its economy most of whose rows this one's names fit. Throws
/// an input error at `place` where there is none, and at its line for a name of that economy's rows that is not there.
std::vector<ScheduledRate> scheduled_rates(const TariffSchedule& schedule, const Economy& economy, const Place& place);

}  // namespace detente
