#include "relation/population.h"

#include <fmt/format.h>
#include <Eigen/LU>

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
    if (!(start.minCoeff() >= 0.0) || std::abs(start.sum() - 1.0) > 1e-9)
        throw_input({{"", 0, "start"},
                     "not a distribution",
                     fmt::format("a sum of {:g}", start.sum()),
                     "shares of at least 0 that add to 1",
                     ""});
}

}  // namespace

ReplicatorPath replicate(const Eigen::MatrixXd& payoff, const Eigen::VectorXd& start,
                         const ReplicatorOptions& options) {
    check_start(payoff, start);
    ReplicatorPath path;
    Eigen::VectorXd x = start;
    double now = 0.0;
    const double range = payoff.maxCoeff() - payoff.minCoeff();
    double h = range > 0.0 ? 0.1 / range : options.time;
    for (int sample = 0; sample < options.samples; ++sample) {
        const double until = options.samples > 1 ? options.time * sample / (options.samples - 1) : options.time;
        while (now < until) {
            const double step = std::min(h, until - now);
            const Step tried = dormand_prince(payoff, x, step);
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
        path.time.push_back(now);
        path.shares.push_back(x);
    }
    path.at_rest = velocity(payoff, x).cwiseAbs().maxCoeff() < options.rest;
    return path;
}

double fixation_probability(const Eigen::Matrix2d& payoff, int size, double selection) {
    if (size < 2) throw_input({{"", 0, "size"}, "too small a population", fmt::format("{}", size), "at least 2", ""});
    double total = 1.0, product = 1.0;
    for (int mutants = 1; mutants < size; ++mutants) {
        const double others = size - 1.0, m = mutants;
        // Nobody meets itself.
        const double mutant = ((m - 1.0) * payoff(0, 0) + (size - m) * payoff(0, 1)) / others;
        const double resident = (m * payoff(1, 0) + (size - m - 1.0) * payoff(1, 1)) / others;
        const double fitness_mutant = 1.0 - selection + selection * mutant;
        const double fitness_resident = 1.0 - selection + selection * resident;
        if (!(fitness_mutant > 0.0 && fitness_resident > 0.0))
            throw_input({{"", 0, "selection"},
                         "a fitness is not positive",
                         fmt::format("{:g}", selection),
                         "weaker selection, or payoffs above zero",
                         ""});
        product *= fitness_resident / fitness_mutant;
        total += product;
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
    for (Eigen::Index k = 1; k < n; ++k) law[k] = law.head(k).dot(rate.col(k).head(k));
    return law / law.sum();
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
