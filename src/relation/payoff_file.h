// Payoff files: a stage game as a tidy CSV table.
#pragma once

#include <filesystem>

#include "relation/stage_game.h"

namespace detente {

/// Largest number of actions of a side.
constexpr int most_actions = 500;
/// A payoff is 0 or lies between these in size: products and ratios of payoffs are then numbers.
constexpr double smallest_payoff = 1e-100, largest_payoff = 1e100;

/// Reads `a,b,u_a,u_b` with one row for every pair of actions; actions are names or numbers, in the order in which they
/// first stand. Every further column `u_REGION` holds what a third country gets. Payoffs are averages per period, in
/// the file's own unit: numbers, or fractions of two (2/3). Throws an input error (file, line, column) for a missing or
/// repeated pair, an unknown column (with the nearest name), a payoff that is no number or out of range, and more
/// actions than `most_actions`; a file error where the file cannot be read.
StageGame read_payoffs(const std::filesystem::path& path);

/// Checks shapes and values of a game that was put together by hand: every matrix (actions of A) x (actions of B), all
/// payoffs in range, at least one action a side. Throws an input error that names the matrix.
void check_stage_game(const StageGame& game);

}  // namespace detente
