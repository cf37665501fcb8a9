#include "relation/population.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/numeric/odeint/stepper/controlled_runge_kutta.hpp>
#include <boost/numeric/odeint/stepper/runge_kutta_dopri5.hpp>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "base/markov.h"

namespace detente {
namespace {

Eigen::VectorXd velocity(const Eigen::MatrixXd& payoff, const Eigen::VectorXd& x) {
    const Eigen::VectorXd fitness = payoff * x;
    return x.array() * (fitness.array() - x.dot(fitness) / x.sum());
}

void check_start(const Eigen::MatrixXd& payoff, const Eigen::VectorXd& start) {
    if (payoff.rows() != payoff.cols() || start.size() != payoff.rows() || start.size() == 0)
        throw_input({"", 0, "start"}, "payoffs and shares do not fit each other");
    if (!payoff.allFinite()) throw_input({"", 0, "payoffs"}, "a payoff is not a finite number");
    if (!(start.minCoeff() >= 0.0) || std::abs(start.sum() - 1.0) > 1e-9)
        throw_input({{"", 0, "start"},
                     "not a distribution",
                     fmt::format("a sum of {:g}", start.sum()),
                     "shares of at least 0 that add to 1",
                     ""});
}

// Payoffs between -1/2 and 1/2 and the time that goes with them: shares follow from payoff differences times time
// alone, and payoffs may be of any size. Halves are subtracted, because the whole range may exceed the largest number.
struct Dynamics {
    Eigen::MatrixXd payoff;
    double range = 0.0, time = 0.0;
};

Dynamics scaled(const Eigen::MatrixXd& payoff, double time) {
    const double high = payoff.maxCoeff(), low = payoff.minCoeff(), half = 0.5 * high - 0.5 * low;
    if (!(half > 0.0)) return {Eigen::MatrixXd::Zero(payoff.rows(), payoff.cols()), 0.0, 0.0};
    const double middle = 0.5 * high + 0.5 * low;
    Dynamics out{(0.5 * payoff.array() - 0.5 * middle) / half, 2.0 * half, 2.0 * half * time};
    constexpr double most = 1e6;  // a million steps; what has not come to rest by then is not going to
    if (!(time >= 0.0) || !(out.time <= most))
        throw_input({{"", 0, "time"},
                     "out of range for payoffs that lie so far apart",
                     fmt::format("{:g} times a range of {:g}", time, out.range),
                     fmt::format("a product from 0 to {:g}", most),
                     ""});
    return out;
}

// c e^order with e -> 0 from above, and c in logs: what chances of takeover come to where fitness goes to zero, and
// without limits of size. Sums, products and quotients of positive terms stay positive.
struct Germ {
    int order = 0;
    double log = 0.0;

    Germ() = default;
    Germ(int power, double log_factor) : order(power), log(log_factor) {}
    /// Eigen's sum of nothing: smaller than whatever is added to it.
    explicit Germ(int) : order(std::numeric_limits<int>::max() / 4) {}

    friend Germ operator*(Germ a, Germ b) { return {a.order + b.order, a.log + b.log}; }
    friend Germ operator/(Germ a, Germ b) { return {a.order - b.order, a.log - b.log}; }
    friend Germ operator+(Germ a, Germ b) {
        if (a.order != b.order) return a.order < b.order ? a : b;
        const double high = std::max(a.log, b.log);
        return {a.order, high + std::log1p(std::exp(std::min(a.log, b.log) - high))};
    }
    Germ& operator+=(Germ other) { return *this = *this + other; }
    Germ& operator/=(Germ other) { return *this = *this / other; }
    double limit() const { return order > 0 ? 0.0 : std::exp(log); }
};

}  // namespace
}  // namespace detente

template <>
struct Eigen::NumTraits<detente::Germ> : Eigen::GenericNumTraits<detente::Germ> {};

namespace detente {
namespace {

void check_moran(double largest, int size, double selection) {
    if (size < 2 || size > most_population)
        throw_input({{"", 0, "population"},
                     size < 2 ? "too small a population" : "too large a population",
                     fmt::format("{}", size),
                     fmt::format("from 2 to {}", most_population),
                     ""});
    if (!(selection >= 0.0 && selection <= 1.0))
        throw_input(
            {{"", 0, "selection"}, "out of range", fmt::format("{:g}", selection), "a strength from 0 to 1", ""});
    constexpr double most = 1e150;  // sums over the population stay finite
    if (!(largest <= most))
        throw_input({{"", 0, "payoffs"},
                     "too large for a fitness",
                     fmt::format("{:g}", largest),
                     fmt::format("at most {:g} either way", most),
                     ""});
}

// Mean payoffs where there are `mutants` of the first. Nobody meets itself.
struct Pair {
    double mutant, resident;
};

Pair mean_payoffs(const Eigen::Matrix2d& payoff, int size, int mutants) {
    const double others = size - 1.0, m = mutants;
    return {((m - 1.0) * payoff(0, 0) + (size - m) * payoff(0, 1)) / others,
            (m * payoff(1, 0) + (size - m - 1.0) * payoff(1, 1)) / others};
}

// The product formula in germs: a fitness of zero is taken as selection that is weaker by e.
Germ takeover(const Eigen::Matrix2d& payoff, int size, double selection) {
    const auto germ = [&](double of) {
        const double fitness = 1.0 - selection + selection * of;
        if (!(fitness >= 0.0))
            throw_input({{"", 0, "selection"},
                         "a fitness is negative",
                         fmt::format("{:g}", fitness),
                         "weaker selection, or payoffs of at least 0",
                         ""});
        return fitness > 0.0 ? Germ{0, std::log(fitness)} : Germ{1, std::log(1.0 - of)};
    };
    Germ total, product;
    for (int mutants = 1; mutants < size; ++mutants) {
        const Pair mean = mean_payoffs(payoff, size, mutants);
        product = product * (germ(mean.resident) / germ(mean.mutant));
        total = total + product;
    }
    return Germ{} / total;
}

}  // namespace

ReplicatorPath replicate(const Eigen::MatrixXd& payoff, const Eigen::VectorXd& start,
                         const ReplicatorOptions& options) {
    check_start(payoff, start);
    const Dynamics dynamics = scaled(payoff, options.time);
    // Dormand and Prince (1980), order 5, with the usual controller: the step is set by the largest error of a share.
    using State = std::vector<double>;
    namespace odeint = boost::numeric::odeint;
    using Stepper = odeint::controlled_runge_kutta<odeint::runge_kutta_dopri5<State>>;
    Stepper stepper(Stepper::error_checker_type(options.tolerance, 0.0));  // absolute: shares are of order 1
    const auto as_vector = [](State& list) {
        return Eigen::Map<Eigen::VectorXd>(list.data(), static_cast<Eigen::Index>(list.size()));
    };
    const auto system = [&](const State& x, State& change, double) {
        const Eigen::Map<const Eigen::VectorXd> shares(x.data(), static_cast<Eigen::Index>(x.size()));
        as_vector(change) = velocity(dynamics.payoff, shares);
    };
    ReplicatorPath path;
    State x(start.begin(), start.end());
    double now = 0.0, h = 0.1;
    for (int sample = 0; sample < options.samples; ++sample) {
        const double part = options.samples > 1 ? static_cast<double>(sample) / (options.samples - 1) : 1.0;
        const double until = dynamics.time * part;
        while (now < until) {
            options.job.check();
            const bool shortened = h >= until - now;
            double step = shortened ? until - now : h;
            if (stepper.try_step(system, x, now, step) == odeint::success) {
                if (shortened) now = until;
                // What rounding and the error of a step leave on the wrong side of 0 is none, and shares add to 1.
                as_vector(x) = as_vector(x).cwiseMax(0.0);
                as_vector(x) /= as_vector(x).sum();
                stepper.reset();
                h = std::max(h, step);
            } else {
                h = step;
            }
        }
        path.time.push_back(options.time * part);
        path.shares.push_back(as_vector(x));
    }
    path.at_rest = dynamics.range * velocity(dynamics.payoff, path.shares.back()).cwiseAbs().maxCoeff() < options.rest;
    return path;
}

double fixation_probability(const Eigen::Matrix2d& payoff, int size, double selection) {
    check_moran(payoff.cwiseAbs().maxCoeff(), size, selection);
    double total = 1.0, product = 1.0;
    for (int mutants = 1; mutants < size; ++mutants) {
        const Pair mean = mean_payoffs(payoff, size, mutants);
        const double mutant = 1.0 - selection + selection * mean.mutant;
        const double resident = 1.0 - selection + selection * mean.resident;
        product *= resident / mutant;
        total += product;
        // Plain numbers where they reach, which is nearly always.
        if (!(mutant > 0.0 && product > 1e-280 && total < 1e280)) return takeover(payoff, size, selection).limit();
    }
    return 1.0 / total;
}

Eigen::MatrixXd fixation_probabilities(const Eigen::MatrixXd& payoff, int size, double selection, const Job& job) {
    Eigen::MatrixXd out(payoff.rows(), payoff.cols());
    for (Eigen::Index i = 0; i < payoff.rows(); ++i) {
        for (Eigen::Index j = 0; j < payoff.cols(); ++j) {
            Eigen::Matrix2d pair;
            pair << payoff(i, i), payoff(i, j), payoff(j, i), payoff(j, j);
            job.check();
            out(i, j) = fixation_probability(pair, size, selection);
        }
    }
    return out;
}

Eigen::VectorXd rare_mutation_law(const Eigen::MatrixXd& fixation) {
    // The chain of takeovers: from the resident of the row to the mutant of the column.
    return stationary_law<double>(fixation.transpose(), [] {
        throw Error(ErrorKind::solve, "a strategy can never be replaced at these fixation chances");
    });
}

Eigen::VectorXd moran_law(const Eigen::MatrixXd& payoff, int size, double selection, const Job& job) {
    const Eigen::MatrixXd fixation = fixation_probabilities(payoff, size, selection, job);
    if (fixation.minCoeff() > 1e-100) return rare_mutation_law(fixation);
    // In germs, where chances have no smallest number.
    const Eigen::Index n = payoff.rows();
    Eigen::Matrix<Germ, Eigen::Dynamic, Eigen::Dynamic> rate(n, n);  // from the resident of the row to the column
    for (Eigen::Index r = 0; r < n; ++r) {
        for (Eigen::Index m = 0; m < n; ++m) {
            Eigen::Matrix2d pair;
            pair << payoff(m, m), payoff(m, r), payoff(r, m), payoff(r, r);
            job.check();
            if (r != m) rate(r, m) = takeover(pair, size, selection);
        }
    }
    const Eigen::Matrix<Germ, Eigen::Dynamic, 1> law = stationary_law<Germ>(rate, [] {});
    return law.unaryExpr([](const Germ& share) { return share.limit(); });
}

Invasion invasion(const Eigen::MatrixXd& payoff, int mutant, int resident, double tolerance) {
    const double first = payoff(mutant, resident) - payoff(resident, resident);
    if (std::abs(first) > tolerance) return first > 0.0 ? Invasion::invades : Invasion::repelled;
    const double second = payoff(mutant, mutant) - payoff(resident, mutant);
    if (std::abs(second) > tolerance) return second > 0.0 ? Invasion::invades : Invasion::repelled;
    return Invasion::neutral;
}

Stability stability(const Eigen::MatrixXd& payoff, double tolerance) {
    Stability out;
    const int n = static_cast<int>(payoff.rows());
    for (int resident = 0; resident < n; ++resident) {
        std::vector<int> invaders;
        bool neutral = false;
        for (int mutant = 0; mutant < n; ++mutant) {
            if (mutant == resident) continue;
            const Invasion result = invasion(payoff, mutant, resident, tolerance);
            if (result == Invasion::invades) invaders.push_back(mutant);
            if (result == Invasion::neutral) neutral = true;
        }
        if (invaders.empty()) (neutral ? out.neutrally_stable : out.stable).push_back(resident);
        out.invaders.push_back(std::move(invaders));
    }
    return out;
}

}  // namespace detente
