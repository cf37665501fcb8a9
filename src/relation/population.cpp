#include "relation/population.h"

#include <fmt/format.h>
#include <Eigen/LU>

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace detente {
namespace {

Eigen::VectorXd velocity(const Eigen::MatrixXd& payoff, const Eigen::VectorXd& x) {
    const Eigen::VectorXd fitness = payoff * x;
    return x.array() * (fitness.array() - x.dot(fitness) / x.sum());
}

// One step of Dormand and Prince (1980), order 5, with the difference to order 4 as its error.
struct Step {
    Eigen::VectorXd next;
    double error;
};

Step dormand_prince(const Eigen::MatrixXd& u, const Eigen::VectorXd& x, double h) {
    const Eigen::VectorXd k1 = velocity(u, x);
    const Eigen::VectorXd k2 = velocity(u, x + h * (k1 / 5.0));
    const Eigen::VectorXd k3 = velocity(u, x + h * (3.0 / 40.0 * k1 + 9.0 / 40.0 * k2));
    const Eigen::VectorXd k4 = velocity(u, x + h * (44.0 / 45.0 * k1 - 56.0 / 15.0 * k2 + 32.0 / 9.0 * k3));
    const Eigen::VectorXd k5 = velocity(
        u, x + h * (19372.0 / 6561.0 * k1 - 25360.0 / 2187.0 * k2 + 64448.0 / 6561.0 * k3 - 212.0 / 729.0 * k4));
    const Eigen::VectorXd k6 = velocity(u, x + h * (9017.0 / 3168.0 * k1 - 355.0 / 33.0 * k2 + 46732.0 / 5247.0 * k3 +
                                                    49.0 / 176.0 * k4 - 5103.0 / 18656.0 * k5));
    Step out;
    out.next = x + h * (35.0 / 384.0 * k1 + 500.0 / 1113.0 * k3 + 125.0 / 192.0 * k4 - 2187.0 / 6784.0 * k5 +
                        11.0 / 84.0 * k6);
    const Eigen::VectorXd k7 = velocity(u, out.next);
    out.error = (h * (71.0 / 57600.0 * k1 - 71.0 / 16695.0 * k3 + 71.0 / 1920.0 * k4 - 17253.0 / 339200.0 * k5 +
                      22.0 / 525.0 * k6 - 1.0 / 40.0 * k7))
                    .cwiseAbs()
                    .maxCoeff();
    return out;
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

    friend Germ operator*(Germ a, Germ b) { return {a.order + b.order, a.log + b.log}; }
    friend Germ operator/(Germ a, Germ b) { return {a.order - b.order, a.log - b.log}; }
    friend Germ operator+(Germ a, Germ b) {
        if (a.order != b.order) return a.order < b.order ? a : b;
        const double high = std::max(a.log, b.log);
        return {a.order, high + std::log1p(std::exp(std::min(a.log, b.log) - high))};
    }
    double limit() const { return order > 0 ? 0.0 : std::exp(log); }
};

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
    ReplicatorPath path;
    Eigen::VectorXd x = start;
    double now = 0.0, h = 0.1;
    for (int sample = 0; sample < options.samples; ++sample) {
        const double part = options.samples > 1 ? static_cast<double>(sample) / (options.samples - 1) : 1.0;
        const double until = dynamics.time * part;
        while (now < until) {
            const double step = std::min(h, until - now);
            const Step tried = dormand_prince(dynamics.payoff, x, step);
            // The usual controller: order five, safety 0.9, no more than fivefold either way.
            const double factor = 0.9 * std::pow(options.tolerance / std::max(tried.error, 1e-300), 0.2);
            if (tried.error <= options.tolerance) {
                now = step == until - now ? until : now + step;
                x = tried.next.cwiseMax(0.0);
                x /= x.sum();
                if (step == h || factor < 1.0) h = step * std::min(5.0, factor);
            } else {
                h = step * std::max(0.2, factor);
            }
        }
        path.time.push_back(options.time * part);
        path.shares.push_back(x);
    }
    path.at_rest = dynamics.range * velocity(dynamics.payoff, x).cwiseAbs().maxCoeff() < options.rest;
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

Eigen::MatrixXd fixation_probabilities(const Eigen::MatrixXd& payoff, int size, double selection) {
    Eigen::MatrixXd out(payoff.rows(), payoff.cols());
    for (Eigen::Index i = 0; i < payoff.rows(); ++i) {
        for (Eigen::Index j = 0; j < payoff.cols(); ++j) {
            Eigen::Matrix2d pair;
            pair << payoff(i, i), payoff(i, j), payoff(j, i), payoff(j, j);
            out(i, j) = fixation_probability(pair, size, selection);
        }
    }
    return out;
}

Eigen::VectorXd rare_mutation_law(const Eigen::MatrixXd& fixation) {
    const Eigen::Index n = fixation.rows();
    if (n == 1) return Eigen::VectorXd::Ones(1);
    // Generator of takeovers: from resident j to mutant i at rate fixation(i, j); eliminated without subtraction
    // (Grassmann, Taksar and Heyman 1985), because fixation chances span hundreds of orders of magnitude.
    Eigen::MatrixXd rate = fixation.transpose();
    rate.diagonal().setZero();
    for (Eigen::Index k = n - 1; k > 0; --k) {
        const double leave = rate.row(k).head(k).sum();
        if (!(leave > 0.0)) throw Error(ErrorKind::solve, "a strategy can never be replaced at these fixation chances");
        rate.col(k).head(k) /= leave;
        rate.topLeftCorner(k, k).noalias() += rate.col(k).head(k) * rate.row(k).head(k);
    }
    Eigen::VectorXd law(n);
    law[0] = 1.0;
    for (Eigen::Index k = 1; k < n; ++k) {
        law[k] = law.head(k).dot(rate.col(k).head(k));
        if (law[k] > 1e100) law.head(k + 1) /= law[k];  // shares of very different size stay within range
    }
    return law / law.sum();
}

Eigen::VectorXd moran_law(const Eigen::MatrixXd& payoff, int size, double selection) {
    const auto n = static_cast<std::size_t>(payoff.rows());
    const Eigen::MatrixXd fixation = fixation_probabilities(payoff, size, selection);
    if (fixation.minCoeff() > 1e-100) return rare_mutation_law(fixation);
    // The same elimination in germs, where chances have no smallest number.
    std::vector<std::vector<Germ>> rate(n, std::vector<Germ>(n));  // from the resident of the row to the column
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) {
            const auto r = static_cast<Eigen::Index>(i), m = static_cast<Eigen::Index>(j);
            Eigen::Matrix2d pair;
            pair << payoff(m, m), payoff(m, r), payoff(r, m), payoff(r, r);
            if (i != j) rate[i][j] = takeover(pair, size, selection);
        }
    }
    for (std::size_t k = n - 1; k > 0; --k) {
        Germ leave = rate[k][0];
        for (std::size_t j = 1; j < k; ++j) leave = leave + rate[k][j];
        for (std::size_t i = 0; i < k; ++i) {
            rate[i][k] = rate[i][k] / leave;
            for (std::size_t j = 0; j < k; ++j)
                if (i != j) rate[i][j] = rate[i][j] + rate[i][k] * rate[k][j];
        }
    }
    std::vector<Germ> law(n);
    Germ total;
    for (std::size_t k = 1; k < n; ++k) {
        law[k] = law[0] * rate[0][k];
        for (std::size_t i = 1; i < k; ++i) law[k] = law[k] + law[i] * rate[i][k];
        total = total + law[k];
    }
    Eigen::VectorXd out(payoff.rows());
    for (std::size_t k = 0; k < n; ++k) out[static_cast<Eigen::Index>(k)] = (law[k] / total).limit();
    return out;
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
