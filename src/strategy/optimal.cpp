#include "strategy/optimal.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <optional>

#include "base/random.h"
#include "base/threads.h"

namespace detente {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;

// Steps of ascent with a line search (Armijo): a step of the sweep is one, its scaling being positive.
bool ascend(TariffSweep& sweep, ArrayXd& x, int most, double tolerance) {
    ArrayXd step;
    for (int k = 0; k < most; ++k) {
        const double residual = sweep.evaluate(x, step);
        if (!std::isfinite(residual)) return false;
        if (residual <= tolerance) return true;
        const double here = sweep.goal(0), slope = (sweep.gradient() * step).sum();
        double part = 1.0;
        bool better = false;
        for (int halving = 0; halving < 30 && !better; ++halving, part *= 0.5) {
            try {
                const ArrayXd trial = x + part * step;
                sweep.utilities(trial, 1e-12);
                better = sweep.goal(0) >= here + 1e-4 * part * slope;
                if (better) x = trial;
            } catch (const Interrupted&) {
                throw;
            } catch (const Error&) {
                better = false;  // no equilibrium there: a shorter step
            }
        }
        if (!better) return false;
    }
    return false;
}

struct Attempt {
    ArrayXd x;
    double utility = 0.0, start_utility = 0.0;
    FixedPointReport report;
    int sweeps = 0, passes = 0;
};

// The second-order check: the best gain in random directions and in single rates, both ways.
double probe(TariffSweep& sweep, const ArrayXd& x, double best, const OptimumOptions& options) {
    RandomStream random(options.seed, 0);
    constexpr double length = 0.01;  // in ln(1 + rate): a curvature of 1e-6 would still show
    double gain = 0.0;
    for (int k = 0; k < options.probes; ++k) {
        ArrayXd direction = ArrayXd::Zero(sweep.size());
        if (k % 2 == 0)
            for (Index b = 0; b < direction.size(); ++b) direction[b] = random.normal();
        else
            direction[static_cast<Index>(random.next() % static_cast<std::uint64_t>(direction.size()))] = 1.0;
        direction *= length / direction.abs().maxCoeff();
        for (const double sign : {1.0, -1.0}) {
            try {
                sweep.utilities(x + sign * direction, 1e-12);
                gain = std::max(gain, sweep.goal(0) - best);
            } catch (const Interrupted&) {
                throw;
            } catch (const Error&) {
                continue;  // no equilibrium there: nothing to gain
            }
        }
    }
    return gain;
}

}  // namespace

FixedPointReport maximise(TariffSweep& sweep, ArrayXd& x, const OptimumOptions& options) {
    FixedPointOptions steps;
    steps.tolerance = options.tolerance;
    steps.job = options.solver.job;
    steps.max_iterations = options.max_sweeps;
    steps.memory = 8;
    steps.patience = 25;
    steps.growth = 1e3;
    const ArrayXd start = x;
    const LimitedEffort limited(sweep, options.effort);
    sweep.utilities(x, 1e-10);
    const double at_start = sweep.goal(0);
    sweep.forget_residual();
    FixedPointReport report = solve_fixed_point(sweep, x, steps);
    for (int round = 0; round < 5; ++round) {
        sweep.utilities(x, 1e-12);
        // A stationary point below the start is no maximum.
        if (report.converged && sweep.goal(0) >= at_start - 1e-9 * std::abs(at_start)) break;
        if (round == 0) x = start;
        const bool arrived = ascend(sweep, x, 20, options.tolerance);
        sweep.forget_residual();
        const int before = report.iterations;
        report = solve_fixed_point(sweep, x, steps);
        report.iterations += before;
        if (arrived && report.converged) break;
    }
    x = sweep.point(sweep.rate(x));
    return report;
}

double projected_gradient(const TariffSweep& sweep, const ArrayXd& x) {
    const std::vector<double> rate = sweep.rate(x);
    double largest = 0.0;
    for (Index b = 0; b < sweep.size(); ++b) {
        const auto at = static_cast<std::size_t>(b);
        const double g = sweep.gradient()[b];
        const bool held =
            (g > 0.0 && rate[at] >= sweep.blocks()[at].upper - 1e-12 * (1.0 + std::abs(sweep.blocks()[at].upper))) ||
            (g < 0.0 && rate[at] <= sweep.blocks()[at].lower + 1e-12);
        if (!held) largest = std::max(largest, std::abs(g));
    }
    return largest;
}

std::vector<double> starting_rates(const TariffSweep& sweep, const TradeTensor& in_force, int start, unsigned seed) {
    std::vector<double> list = rates(sweep.blocks(), in_force);
    double mean = 0.0;
    for (const double rate : list) mean += rate / static_cast<double>(list.size());
    RandomStream random(seed, static_cast<std::uint64_t>(start));
    for (std::size_t b = 0; b < list.size(); ++b) {
        const TariffBlock& block = sweep.blocks()[b];
        const double inverse = 1.0 / sweep.world().theta[static_cast<std::size_t>(block.lines.front().sector)];
        double rate = list[b];
        if (start == 1) rate = std::max(0.0, block.lower);
        if (start == 2) rate = 0.5 * inverse;
        if (start == 3) rate = 2.0 * inverse;
        if (start == 4) rate = 1.0;
        if (start == 5) rate = mean;
        if (start > 5) rate = 2.25 * random.uniform() * random.uniform();  // from 0 to 225 %, low ones more often
        list[b] = std::clamp(rate, block.lower, block.upper);
    }
    return list;
}

std::vector<double> starting_rates(TariffSweep& sweep, const TradeTensor& in_force, int start,
                                   const OptimumOptions& options) {
    if (start > 0 || options.begin == nullptr) return starting_rates(sweep, in_force, start, options.seed);
    if (options.begin_at != nullptr) sweep.start_from(*options.begin_at);
    return rates(sweep.blocks(), options.begin->tariff);
}

TariffMeans tariff_means(const World& world, const std::vector<TariffBlock>& blocks, const TradeTensor& tariff,
                         int importer) {
    TariffMeans means;
    std::vector<double> list;
    double weight = 0.0;
    for (const TariffBlock& block : blocks) {
        for (const TariffLine& line : block.lines) {
            if (line.importer != importer) continue;
            const double rate = tariff(line.exporter, line.importer, line.sector);
            const double flow = world.flow(line.exporter, line.importer, line.sector);
            list.push_back(rate);
            means.simple += rate;
            means.trade_weighted += rate * flow;
            weight += flow;
        }
    }
    if (list.empty()) return means;
    means.simple /= static_cast<double>(list.size());
    means.trade_weighted /= weight > 0.0 ? weight : 1.0;
    std::sort(list.begin(), list.end());
    const std::size_t half = list.size() / 2;
    means.median = list.size() % 2 == 1 ? list[half] : 0.5 * (list[half - 1] + list[half]);
    return means;
}

namespace {

// One search from every start, each with its failure where it did not end in an optimum.
struct Attempts {
    std::vector<std::optional<Attempt>> made;
    std::vector<std::string> failures;

    const Attempt* best() const {
        const Attempt* best = nullptr;
        for (const auto& a : made)
            if (a && (best == nullptr || a->utility > best->utility)) best = &*a;
        return best;
    }
    void count(OptimumCertificate& certificate) const {
        std::vector<double> found;
        for (const auto& a : made) {
            if (!a) continue;
            ++certificate.starts;
            certificate.sweeps += a->sweeps, certificate.passes += a->passes;
            if (std::none_of(found.begin(), found.end(), [&](double u) { return std::abs(u - a->utility) < 1e-8; }))
                found.push_back(a->utility);
        }
        certificate.distinct = static_cast<int>(found.size());
    }
};

Attempts search_from_starts(const std::function<TariffSweep()>& make, const OptimumOptions& options) {
    Attempts attempts;
    attempts.made.resize(static_cast<std::size_t>(options.starts));
    attempts.failures.resize(attempts.made.size());
    for_each_index(attempts.made.size(), std::max(1, options.threads), [&](std::size_t k) {
        TariffSweep sweep = make();
        try {
            Attempt a;
            a.x = sweep.point(starting_rates(sweep, sweep.shock().tariff, static_cast<int>(k), options));
            a.start_utility = sweep.utilities(a.x, 1e-10)[0];
            a.report = maximise(sweep, a.x, options);
            a.utility = sweep.utilities(a.x, 1e-12)[0];
            a.sweeps = a.report.iterations, a.passes = sweep.passes();
            if (a.report.converged)
                attempts.made[k] = std::move(a);
            else
                attempts.failures[k] =
                    fmt::format("first-order conditions still ask for a change of {:.2g}", a.report.residual);
        } catch (const Interrupted&) {
            throw;
        } catch (const Error& error) {
            attempts.failures[k] = error.what();
        }
    });
    return attempts;
}

}  // namespace

Optimum optimal_policy(const World& world, const Shock& from, const Objective& objective,
                       const Instruments& instruments, const OptimumOptions& options) {
    const auto began = std::chrono::steady_clock::now();
    const std::vector<TariffBlock> blocks = tariff_blocks(world, instruments, 0);
    if (blocks.empty())
        throw Error(ErrorKind::input,
                    fmt::format("{} imports nothing on the lines chosen", world.regions[objective.region]));
    prepare(world, options.solver.job);
    const auto make = [&] { return TariffSweep(world, from, {objective}, {Goal{{1.0}}}, blocks, options.solver.job); };
    const Attempts attempts = search_from_starts(make, options);
    const Attempt* best = attempts.best();
    if (best == nullptr)
        throw Error(ErrorKind::solve,
                    fmt::format("no optimal policy of {} found: {}; try starts = 5, other bounds or fewer lines",
                                world.regions[objective.region], attempts.failures.front()));
    Optimum out;
    attempts.count(out.certificate);
    TariffSweep sweep = make();
    ArrayXd step;
    sweep.set_precision(0.0, 1e-12);
    out.certificate.step = sweep.evaluate(best->x, step);
    out.certificate.projected_gradient = projected_gradient(sweep, best->x);
    out.shock = sweep.shock();
    out.equilibrium = solve(world, out.shock, options.solver, &sweep.equilibrium());
    out.utility = detente::utility(world, out.equilibrium, objective);
    out.start_utility = detente::utility(world, solve(world, from, options.solver), objective);
    out.means = tariff_means(world, blocks, out.shock.tariff, instruments.importer);
    out.certificate.probes = 2 * options.probes;
    out.certificate.probe_gain = probe(sweep, best->x, out.utility, options);
    constexpr double noise = 1e-9;  // of utility: what solves to 1e-12 may leave between two policies
    out.certificate.converged =
        out.certificate.step <= 100.0 * options.tolerance && out.certificate.probe_gain <= noise;
    out.certificate.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    return out;
}

}  // namespace detente
