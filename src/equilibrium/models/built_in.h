// The rows of the models that the program has, each from the file of its name.
#pragma once

#include "equilibrium/model_table.h"

namespace detente {

/// Caliendo and Parro (2015), Ossa (2014), Ignatenko et al. (2025).
const Model& ricardian_model();
const Model& krugman_model();
const Model& melitz_model();

}  // namespace detente
