#include "economy/shrinkage.h"

#include <fmt/format.h>

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace detente {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::MatrixXd;

// What is known of m before anything is estimated; of tau: half-normal with scale 1.
const double prior_location = std::log(4.0);
constexpr double prior_location_sd = 1.5;

void check(const std::vector<ElasticityEstimate>& estimates) {
    if (estimates.empty()) throw_input(Place{}, "there is no estimate of an elasticity to begin with");
    for (const ElasticityEstimate& e : estimates) {
        if (!std::isfinite(e.value)) throw_input(Place{}, "an estimate of an elasticity is not a finite number");
        if (!(e.standard_error > 0.0) || !std::isfinite(e.standard_error))
            throw_input({Place{}, "the standard error of an estimate must be positive",
                         fmt::format("{}", e.standard_error), "above 0", ""});
    }
}

// Likelihoods of all estimates on one equidistant grid of u = ln theta: sums over it converge faster than any power of
// its step, because what is summed is smooth and ends in nothing (Trefethen and Weideman 2014, SIAM Review 56).
struct Likelihoods {
    ArrayXd u;
    MatrixXd value;  // of u and sector, over its largest
    double log_largest = 0.0;

    explicit Likelihoods(const std::vector<ElasticityEstimate>& estimates) {
        // Far below, theta is nothing and the likelihood no longer changes; far above it is nothing, but the prior's
        // mass there counts. The sharpest likelihood sets the step.
        constexpr double low = -12.0, finest = 0.004, coarsest = 0.04, far = 10.0;
        double high = 12.0, step = coarsest;
        for (const ElasticityEstimate& e : estimates) {
            const double top = std::max(e.value, 0.0) + far * e.standard_error;
            high = std::max(high, std::log(top));
            step = std::min(step, 0.7 * e.standard_error / std::max(e.value, e.standard_error));
        }
        step = std::max(step, finest);
        const auto points = static_cast<Index>((high - low) / step) + 1;
        u = ArrayXd::LinSpaced(points, low, high);
        const ArrayXd theta = u.exp();
        value.resize(points, static_cast<Index>(estimates.size()));
        for (Index s = 0; s < value.cols(); ++s) {
            const ElasticityEstimate& e = estimates[static_cast<std::size_t>(s)];
            const double se = std::max(e.standard_error, finest * std::abs(e.value));  // as sharp as the grid can see
            const ArrayXd log_value = -0.5 * ((e.value - theta) / se).square();
            log_largest += log_value.maxCoeff();
            value.col(s) = (log_value - log_value.maxCoeff()).exp();
        }
    }
};

struct GridAxis {
    double low, high;
    Index points;
    double at(Index k) const {
        return low + (high - low) * (static_cast<double>(k) + 0.5) / static_cast<double>(points);
    }
};

// What is known after a pass over a grid of m and tau.
struct Pass {
    ShrunkElasticities out;
    double location_sd = 0.0, spread_sd = 0.0;
};

Pass integrate(const Likelihoods& likelihoods, const GridAxis& location, const GridAxis& spread) {
    const Index cells = location.points * spread.points, sectors = likelihoods.value.cols();
    MatrixXd prior(cells, likelihoods.u.size());
    ArrayXd m(cells), tau(cells);
    for (Index cell = 0; cell < cells; ++cell) {
        m[cell] = location.at(cell / spread.points), tau[cell] = spread.at(cell % spread.points);
        const ArrayXd weight = (-0.5 * ((likelihoods.u - m[cell]) / tau[cell]).square()).exp();
        // A tau below the step of the grid is the point that is nearest.
        const double total = weight.sum();
        prior.row(cell).setZero();
        if (total > 1e-100)
            prior.row(cell) = weight / total;
        else
            prior(cell, std::min<Index>(likelihoods.u.size() - 1, (likelihoods.u < m[cell]).count())) = 1.0;
    }
    const MatrixXd first = likelihoods.value.array().colwise() * likelihoods.u;
    const MatrixXd second = first.array().colwise() * likelihoods.u;
    const MatrixXd mass = (prior * likelihoods.value).cwiseMax(1e-300);
    const Eigen::ArrayXXd mean = (prior * first).array() / mass.array(),
                          square = (prior * second).array() / mass.array();

    const ArrayXd log_weight = mass.array().log().rowwise().sum() - 0.5 * tau.square() -
                               0.5 * ((m - prior_location) / prior_location_sd).square();
    ArrayXd weight = (log_weight - log_weight.maxCoeff()).exp();
    weight /= weight.sum();
    Pass pass;
    const auto known = [](double average, double average_square) {
        return LogElasticity{average, std::sqrt(std::max(0.0, average_square - average * average))};
    };
    for (Index s = 0; s < sectors; ++s)
        pass.out.sectors.push_back(known((weight * mean.col(s)).sum(), (weight * square.col(s)).sum()));
    pass.out.location = (weight * m).sum(), pass.out.spread = (weight * tau).sum();
    pass.out.prior = known(pass.out.location, (weight * (m.square() + tau.square())).sum());
    pass.location_sd = known(pass.out.location, (weight * m.square()).sum()).sd;
    pass.spread_sd = known(pass.out.spread, (weight * tau.square()).sum()).sd;
    return pass;
}

}  // namespace

ShrunkElasticities shrink_elasticities(const std::vector<ElasticityEstimate>& estimates) {
    check(estimates);
    const Likelihoods likelihoods(estimates);
    // Grids that close in on where m and tau are likely.
    constexpr Index m_points = 41, tau_points = 41;
    constexpr double reach = 8.0;
    GridAxis location{-6.0, 8.0, m_points}, spread{0.0, 4.0, tau_points};
    Pass pass = integrate(likelihoods, location, spread);
    constexpr int passes = 4;
    for (int again = 1; again < passes; ++again) {
        const auto around = [&](const GridAxis& axis, double centre, double sd, double lowest) {
            const double width = reach * std::max(sd, 0.5 * (axis.high - axis.low) / static_cast<double>(axis.points));
            return GridAxis{std::max(lowest, centre - width), centre + width, axis.points};
        };
        location = around(location, pass.out.location, pass.location_sd, -1e3);
        spread = around(spread, pass.out.spread, pass.spread_sd, 0.0);
        pass = integrate(likelihoods, location, spread);
    }
    return pass.out;
}

}  // namespace detente
