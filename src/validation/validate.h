// A model's predictions held against what happened.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/job.h"
#include "equilibrium/model.h"
#include "validation/episode.h"
#include "validation/fit.h"

namespace detente {

/// One cell of the data under one predictor; changes are logs.
struct ValidationCell {
    EpisodeCell cell;
    std::optional<double> predicted, observed, placebo, forecast;
    double instrument = 0.0;        ///< change of ln(1 + tariff) by the instrument; 0 where it says nothing
    double weight = 0.0;            ///< of the observed change
    double placebo_weight = 0.0;    ///< of the change before
    double base_flow = 0.0;         ///< in the economy, money
    double tariff_increase = 0.0;   ///< mean over its lines, weighted by base flows
    bool headline = false;          ///< part of the headline fit
    std::string left_out;           ///< why not, or empty
    double within_observed = 0.0;   ///< less the sector's mean, where it is part of the headline
    double within_predicted = 0.0;  ///< the same of the prediction
    double error_share = 0.0;       ///< of sum w (O - P)^2 of the headline
};

/// All imports of an importer from an exporter: means of the log changes over the headline's cells, by their weights.
struct ExporterMean {
    std::string importer, exporter;
    double observed = 0.0, predicted = 0.0, weight = 0.0;
};

/// What a sector that is left out of the headline shows by itself.
struct AsideMean {
    std::string importer, sector;
    double observed = 0.0, predicted = 0.0, weight = 0.0;
    std::optional<SlopeFit> fit;
};

/// A forecast and the predictions on the cells that both have.
struct ForecastFit {
    std::optional<SlopeFit> forecast, own;
};

/// What one predictor gives.
struct PredictorFit {
    std::string name;   ///< empty: the episode's own
    std::string error;  ///< why an alternative has no answer; empty: it has all of what follows
    Calibration base;
    Certificate certificate;  ///< of the counterfactual
    std::vector<ValidationCell> cells;
    std::optional<SlopeFit> fit;  ///< the headline
    std::optional<SlopeFit> placebo;
    std::optional<InstrumentFit> instrument;
    ForecastFit forecast;
    std::vector<AsideMean> aside;
    std::vector<ExporterMean> exporters;
};

/// The whole answer: the episode's own predictor first, then the alternatives.
struct Validation {
    Episode episode;
    std::vector<PredictorFit> predictors;
    bool complete() const;  ///< every alternative has an answer
};

/// How a validation is run.
struct ValidationOptions {
    int threads = 0;  ///< over predictors; 0: as many as the machine has. The answer does not depend on it.
    Job job = {};
};

/// Calibrates every predictor, raises the tariffs, solves, and compares. Throws an input error for tariffs that end out
/// of range, for lines raised twice, and where the headline has too few cells; a solve error where the episode's own
/// prediction could not be solved. An alternative that fails keeps its error and does not stop the rest.
Validation validate(Episode episode, const ValidationOptions& options = {});

/// The largest misses of the headline, the largest part of the squared error first.
std::vector<const ValidationCell*> largest_misses(const PredictorFit& fit, std::size_t most);

}  // namespace detente
