// An episode: what tariffs changed and what trade did then, to hold a model's predictions against.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "reading/sources.h"
#include "study/study.h"

namespace detente {

/// The trade of an importer with an exporter in a sector, by the names of the data, and the positions in the economy
/// that each stands for: one, or several where the data have a sum.
struct EpisodeCell {
    std::string importer, exporter, sector;
    std::vector<int> importers, exporters, sectors;
};

/// A tariff on a cell, raised by points of the value (0.10: 10 points) over the base's.
struct TariffIncrease {
    EpisodeCell cell;
    double increase = 0.0;
    Place place;
};

/// What happened to a cell: the log change of its trade (nothing where there was none before or after), and its weight.
struct ObservedChange {
    EpisodeCell cell;
    std::optional<double> log_change;
    double weight = 0.0;
};

/// What someone else predicted for a cell.
struct ForecastChange {
    EpisodeCell cell;
    double log_change = 0.0;
};

/// An economy with its elasticities and a model: what makes a prediction. Of the study only these are read.
struct Predictor {
    std::string name;
    Study study;
};

/// An episode as read, every name resolved.
struct Episode {
    std::string file, name, title, description;
    std::vector<Predictor> predictors;  ///< the episode's own first, then the alternatives; regions and sectors alike
    std::vector<TariffIncrease> tariffs;
    std::vector<ObservedChange> observed;
    std::vector<std::string> aside;  ///< sectors of the data that are reported and left out of the headline
    std::string placebo_title;
    std::vector<ObservedChange> placebo;  ///< the same for a time before the tariffs; may be empty
    std::string instrument_title;
    std::vector<TariffIncrease> instrument;  ///< changes that do not depend on what was imported; may be empty
    std::string forecast_name;
    std::vector<ForecastChange> forecast;  ///< may be empty
};

/// Reads an episode (TOML, docs/validation.md) with its tables and economies. Throws one error (file, line, key or
/// column, what was found, what was expected, the nearest name) for the first thing that is wrong.
Episode read_episode(const std::filesystem::path& path, Sources sources);

}  // namespace detente
