// Dated schedules of tariffs that a scenario names.
#pragma once

#include "base/toml_reader.h"
#include "reading/sources.h"
#include "study/study.h"

namespace detente {

/// Reads `tariffs = "NAME"` (or a list, or the paths of CSV files) of a scenario: every line of the schedule gets the
/// base's tariff and the schedule's increase, in the order of the list, before the scenario's own changes. Throws
/// (file, line, nearest name) for a schedule that there is none of, and for one without rows for the study's economy.
void read_schedules(TomlReader& block, const Study& study, const Sources& sources, Scenario& scenario);

/// The same for the part of a schedule that a change `{ schedule, importer, exporter, sector }` selects, in the place
/// of the change. Throws also where nothing is left.
void read_schedule_change(TomlReader& change, const Study& study, const Sources& sources, Scenario& scenario);

}  // namespace detente
