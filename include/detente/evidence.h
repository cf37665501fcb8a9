// What a result rests on: elasticities with their sources, tariffs with their dates, predictions held against what
// happened.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "detente/economy.h"
#include "detente/export.h"
#include "detente/job.h"
#include "detente/study.h"

namespace detente {
DETENTE_V1_BEGIN

/// A sector of a set of elasticities.
struct ElasticityRow {
    std::string sector, title;
    std::string basis;                               ///< "estimate" (shrunk), "prior" (what the others say), "given"
    double theta = 0.0;                              ///< trade elasticity
    std::optional<double> log_sd;                    ///< standard deviation of ln theta
    std::optional<double> psi;                       ///< scale elasticity
    std::optional<double> estimate, standard_error;  ///< before shrinkage; of an estimate
};

/// A set of trade elasticities, shrunk (docs/elasticities.md).
struct ElasticitySet {
    std::string name, title, source, licence, horizon, note;
    std::vector<ElasticityRow> rows;
};

/// Names of the sets of a catalogue, in alphabetical order.
DETENTE_PUBLIC std::vector<std::string> elasticity_sets(const Catalogue& catalogue = Catalogue::beside_library());
/// A set by its name, or by the path of a CSV. Throws an input error with the nearest name, a file error where a file
/// cannot be read, and an input error (file, line, column) where it is wrong.
DETENTE_PUBLIC ElasticitySet elasticity_set(const std::string& name_or_path,
                                            const Catalogue& catalogue = Catalogue::beside_library());

/// A line of a schedule: increase in points of the value (0.10: 10 points) over an economy's base.
struct ScheduleRow {
    std::string economy, importer;
    std::string exporter;  ///< "*": all that no other row names
    std::string sector;    ///< "goods": where tariffs can apply
    double increase = 0.0;
};

/// A dated schedule of tariffs (docs/tariffs.md).
struct TariffSchedule {
    std::string name, title, source, licence, note;
    std::string date, data_state;  ///< YYYY-MM-DD: the day of the rates; what the source knew
    std::string kind;              ///< "statutory", "effective" or "collected"
    bool announced = false;        ///< dated after what the source knew
    std::vector<ScheduleRow> rows;
};

/// Names of the schedules of a catalogue, in alphabetical order.
DETENTE_PUBLIC std::vector<std::string> tariff_schedules(const Catalogue& catalogue = Catalogue::beside_library());
/// A schedule by its name, or by the path of a CSV. Throws as `elasticity_set`.
DETENTE_PUBLIC TariffSchedule tariff_schedule(const std::string& name_or_path,
                                              const Catalogue& catalogue = Catalogue::beside_library());

/// Observed on predicted changes, within the sectors of an importer (docs/validation.md).
struct ValidationFit {
    int cells = 0;
    double slope = 0.0, standard_error = 0.0;  ///< robust to heteroskedasticity
    double low = 0.0, high = 0.0;              ///< 95 % interval of the slope
    double p_one = 0.0;                        ///< of the test of slope = 1
    double correlation = 0.0, r2_at_one = 0.0, r2_level = 0.0;
};

/// One economy with its elasticities and a model, and how its predictions fared.
struct ValidationPredictor {
    std::string name;                  ///< "the episode's own", or that of an alternative
    std::optional<ValidationFit> fit;  ///< the headline; none where cells are too few
    std::optional<ValidationFit> placebo;
};

/// One cell of the data under the episode's own predictor; changes are logs.
struct ValidationCell {
    std::string importer, exporter, sector;
    std::optional<double> predicted, observed;
    double weight = 0.0;
    bool headline = false;  ///< part of the headline fit
};

/// Predictions held against an episode.
struct Validation {
    std::string name, title;
    std::vector<ValidationPredictor> predictors;  ///< the episode's own first
    std::vector<ValidationCell> cells;
    std::string json;     ///< what `detente validate --json` prints
    std::string text;     ///< the tables that the command prints
    std::string csv;      ///< every cell under every predictor
    std::string scatter;  ///< predicted against observed changes, SVG
};

/// Reads an episode (docs/validation.md) with its tables, solves it and compares. Throws an input error (file, line,
/// key) where it is wrong, and a solve error where a prediction could not be solved.
DETENTE_PUBLIC Validation validate(const std::string& path, const Sources& sources = {}, int threads = 0,
                                   const Job& job = {});

DETENTE_V1_END
}  // namespace detente
