// Payoff files: a stage game as a tidy CSV table.
#pragma once

#include <filesystem>

#include "relation/stage_game.h"

namespace detente {

/// Reads `a,b,u_a,u_b` with one row for every pair of actions; actions are names or numbers, in the order in which they
/// first stand. Every further column `u_REGION` holds what a third country gets. Payoffs are averages per period, in
/// the file's own unit. Throws an input error (file, line, column) for a missing or repeated pair, an unknown column
/// (with the nearest name) and a payoff that is not a finite number; a file error where the file cannot be read.
StageGame read_payoffs(const std::filesystem::path& path);

/// Checks shapes and values of a game that was put together by hand: every matrix (actions of A) x (actions of B), all
/// finite, at least one action a side. Throws an input error that names the matrix.
void check_stage_game(const StageGame& game);

}  // namespace detente
