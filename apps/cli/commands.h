// The commands of `detente`: each adds itself to the command line.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

namespace detente::cli {

/// What the chosen command does, and the exit status it ends with.
using Action = std::function<int()>;

void add_run(CLI::App& app, Action& chosen);
void add_economy(CLI::App& app, Action& chosen);
void add_elasticities(CLI::App& app, Action& chosen);
void add_tournament(CLI::App& app, Action& chosen);
void add_track(CLI::App& app, Action& chosen);
void add_game(CLI::App& app, Action& chosen);
void add_validate(CLI::App& app, Action& chosen);
void add_tariffs(CLI::App& app, Action& chosen);

}  // namespace detente::cli
