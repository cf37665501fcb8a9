// Where draws stand in the unit cube: scrambled Sobol points, independent points, or those of a quadrature.
//
// Sources: Joe and Kuo (2008, SIAM J. Sci. Comput. 30), by Boost.Random; L'Ecuyer and Lemieux (2000, Management Science
// 46) for random digital shifts and errors from independent ones; Stroud (1957, Math. Tables Aids Comp. 11) as in Arndt
// and Pearson (1998, GTAP Technical Paper 3).
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "study/uncertainty.h"

namespace detente {

/// Draw k of a method depends on the seed and k alone. With replicates, draws k, k + R, k + 2R, ... are a point set of
/// their own, randomised independently of the others.
class DrawPoints {
public:
    /// `inputs` >= 1 dimensions. `draws` is not read by a quadrature.
    DrawPoints(DrawMethod method, std::size_t inputs, int draws, std::uint64_t seed);
    ~DrawPoints();
    DrawPoints(const DrawPoints&) = delete;
    DrawPoints& operator=(const DrawPoints&) = delete;

    /// How many draws there are, and independent replicates among them (1: no errors follow from them).
    int draws() const { return draws_; }
    int replicates() const { return replicates_; }
    /// The next draw, from the first on: numbers in (0, 1); of a quadrature, values of variables with mean 0 and
    /// variance 1.
    std::vector<double> next();

private:
    struct Sobol;
    void advance_sobol();

    DrawMethod method_;
    std::size_t inputs_;
    int draws_ = 0, replicates_ = 1;
    std::uint64_t seed_;
    int at_ = 0;
    std::unique_ptr<Sobol> sobol_;
    std::vector<std::uint64_t> point_;               // the Sobol point in force
    std::vector<std::vector<std::uint64_t>> shift_;  // by replicate
};

}  // namespace detente
