// The models that the property tests go over: those of the program, and a toy that is no part of it.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "equilibrium/model_table.h"
#include "random_economy.h"

namespace detente::testing {

/// The toy fourth model (equilibrium/armington.cpp).
const Model& armington_model();

/// The table that tests go over. A new model is a row here, or in the built-in table, and passes all of them.
const ModelTable& models_under_test();

/// The options of the model's paper, where a region is named the first of the economy; under `closure`.
ModelOptions options_for(const Model& model, const Economy& economy);
ModelOptions options_for(const Model& model, const Economy& economy, Closure closure);

/// The economy, or for a model of one sector its first sector, made from labour alone.
Economy suited_to(const Model& model, const Economy& economy);

/// The spec, with one sector for a model of one sector.
RandomSpec suited_to(const Model& model, RandomSpec spec);

}  // namespace detente::testing
