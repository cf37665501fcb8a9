// A validation as a person and as programs read it.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "validation/validate.h"

namespace detente {

/// Tables for a terminal: the fit of every predictor, the placebo, the instrument, the forecast beside ours, exporters,
/// the largest misses, and what was left out.
std::string validation_text(const Validation& validation);

/// `{"version": 1, "title", "predictors": [{"name", "economy", "fit", "placebo", "instrument", "forecast", "exporters",
/// "aside", "misses", ...}], "cells": [...]}`; cells are those of the episode's own predictor (docs/results.md).
nlohmann::ordered_json validation_json(const Validation& validation);

/// Every cell under every predictor, one row each.
std::string validation_csv(const Validation& validation);

/// The headline's cells as a scatter plot (SVG): predicted against observed changes less their sectors' means, areas by
/// weight, with the line of slope 1 and the fitted one.
std::string validation_scatter(const Validation& validation);

/// The words for a predictor: its name, or "the episode's own".
std::string predictor_name(const PredictorFit& fit);
/// Economy and elasticities of predictor k, for a person.
std::string predictor_in_words(const Validation& validation, std::size_t k);

}  // namespace detente
