// What drives a number: the part of its variance that each input explains alone.
//
// Sources: Sobol (2001, Math. Comput. Simul. 55) for the indices; Sudret (2008, Reliab. Eng. Syst. Saf. 93) for their
// reading off orthonormal polynomials of one input, here estimated from the draws themselves; Saltelli and others
// (2008), Global Sensitivity Analysis, section 1.2, for rank correlations.
#pragma once

#include <vector>

#include "study/uncertainty.h"

namespace detente {

/// Sums of numbers times polynomials of inputs, a draw at a time, for first-order Sobol indices. Needs hundreds of
/// draws, and memory for numbers times inputs.
class DriverSums {
public:
    /// `numbers` whose drivers are asked for; `centre`: values near theirs, so that no digits cancel (NaN: 0).
    DriverSums(const std::vector<UncertainInput>& inputs, std::vector<double> centre);
    /// Adds a draw: its point in the unit cube, and its numbers (NaN: none).
    void add(const std::vector<double>& point, const std::vector<double>& numbers);
    /// The first-order index of every input for one number, not below 0; empty where it has no variance. What chance
    /// alone would explain is taken off.
    std::vector<double> indices(std::size_t number) const;

private:
    static constexpr std::size_t degrees = 3;
    std::vector<char> normal_;                  // by input
    std::vector<double> centre_;                // by number
    std::vector<double> count_, sum_, square_;  // by number
    std::vector<double> basis_;                 // of the last draw, [input][degree]
    std::vector<double> with_, alone_;          // [number][input][degree]: sums of number times polynomial, and of it
};

/// Squared rank correlations of one number with every input, for few draws. `points` by draw, `values` NaN where a draw
/// has none; empty where it does not move.
std::vector<double> squared_rank_correlations(const std::vector<std::vector<double>>& points,
                                              const std::vector<double>& values);

/// The largest first: those of `share` at least a hundredth, at most ten.
std::vector<Driver> largest_drivers(const std::vector<double>& shares);

}  // namespace detente
