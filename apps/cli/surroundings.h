// What the commands take from around them and hand to the engine, which looks for nothing by itself.
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "base/file.h"
#include "economy/catalogue.h"

namespace detente::cli {

/// Begins to catch interrupts (interrupts.h) for the jobs of the commands.
void begin_jobs();
/// The command's job: it ends at an interrupt. With `bar` it shows on a terminal how far it is.
Job job(bool bar = false);
/// How the commands write: an output that is begun is finished, interrupts or not, as far as the time reaches.
WriteOptions write_options();
/// The built-in economies: those of the folder that the environment variable DETENTE_ECONOMIES names, and those beside
/// the program. And the sets of elasticities, of DETENTE_ELASTICITIES and beside the program.
Catalogue catalogue();
/// A variable of the environment, nothing where it is not set.
std::optional<std::string> environment(const std::string& name);

}  // namespace detente::cli
