// What studies and episodes are read from, as callers give it.
#pragma once

#include "detente/study.h"
#include "reading/sources.h"

namespace detente::library {

/// The same for the engine. Throws an input error where `today` is no date.
Sources engine(const v1::Sources& sources);

}  // namespace detente::library
