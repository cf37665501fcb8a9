#include "strategy/nash.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include "base/threads.h"

namespace detente {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

TariffSweep war_sweep(const World& world, const Shock& from, const std::vector<Player>& players, const Job& job) {
    std::vector<Objective> objectives;
    std::vector<Goal> goals;
    std::vector<TariffBlock> blocks;
    for (std::size_t p = 0; p < players.size(); ++p) {
        objectives.push_back(players[p].objective);
        Goal own{std::vector<double>(players.size(), 0.0)};
        own.weight[p] = 1.0;
        goals.push_back(own);
        const auto list = tariff_blocks(world, players[p].instruments, static_cast<int>(p));
        if (list.empty())
            throw Error(ErrorKind::input, fmt::format("{} imports nothing on the lines chosen",
                                                      world.regions[players[p].objective.region]));
        blocks.insert(blocks.end(), list.begin(), list.end());
    }
    return TariffSweep(world, from, objectives, goals, blocks, job);
}

// Best responses in turn: each player at its optimum against the others' last tariffs.
void respond_in_turn(const World& world, const std::vector<Player>& players, Shock& shock, const NashOptions& options) {
    for (const Player& player : players) {
        TariffSweep own(world, shock, {player.objective}, {Goal{{1.0}}}, tariff_blocks(world, player.instruments, 0),
                        options.sweeps.solver.job);
        ArrayXd x = own.point(rates(own.blocks(), shock.tariff));
        maximise(own, x, options.sweeps);
        set_rates(own.blocks(), own.rate(x), shock.tariff);
    }
}

struct War {
    ArrayXd x;
    double residual = 1.0;
    int sweeps = 0;
};

War find_war(const World& world, const std::vector<Player>& players, TariffSweep& sweep, const ArrayXd& x,
             const NashOptions& options) {
    FixedPointOptions steps;
    steps.tolerance = options.sweeps.tolerance;
    steps.job = options.sweeps.solver.job;
    steps.max_iterations = options.sweeps.max_sweeps;
    steps.memory = 8, steps.patience = 25, steps.growth = 1e3;
    War war{x, 1.0, 0};
    const LimitedEffort limited(sweep, options.sweeps.effort);
    for (int round = 0; round < 6; ++round) {
        sweep.forget_residual();
        const FixedPointReport report = solve_fixed_point(sweep, war.x, steps);
        war.sweeps += report.iterations;
        war.residual = report.residual;
        if (report.converged) break;
        Shock shock = sweep.shock();
        set_rates(sweep.blocks(), sweep.rate(round == 0 ? x : war.x), shock.tariff);
        for (int turn = 0; turn < 3; ++turn) respond_in_turn(world, players, shock, options);
        war.x = sweep.point(rates(sweep.blocks(), shock.tariff));
    }
    war.x = sweep.point(sweep.rate(war.x));
    return war;
}

}  // namespace

Deviation best_deviation(const World& world, const Shock& war, const Equilibrium& at, const Player& player,
                         const NashOptions& options) {
    const double here = utility(world, at, player.objective);
    Deviation best;
    const std::vector<TariffBlock> blocks = tariff_blocks(world, player.instruments, 0);
    // From its start on a search needs no paths: it moves from one equilibrium to the next.
    OptimumOptions search = options.sweeps;
    search.effort = {0, 12};
    for (int start = 0; start <= options.deviations; ++start) {
        TariffSweep own(world, war, {player.objective}, {Goal{{1.0}}}, blocks, options.sweeps.solver.job);
        own.start_from(at);
        const auto note = [&](const ArrayXd& x) {
            const double gap = (own.utilities(x, 1e-12)[0] - here) / std::max(1e-3, std::abs(here));
            if (gap > best.gap || best.rate.empty()) best.rate = own.rate(x);
            best.gap = std::max(best.gap, gap);
        };
        ArrayXd x = own.point(starting_rates(own, war.tariff, start, options.sweeps.seed));
        try {
            own.utilities(x, 1e-10);
            maximise(own, x, search);
            // A start that does not converge still counts for what it reached.
            note(x);
            ++best.finished;
        } catch (const Interrupted&) {
            throw;
        } catch (const Error&) {
            ++best.failed;
            // So does one that was cut short, for the best on its way.
            try {
                if (own.best_point().size() > 0) note(own.best_point());
            } catch (const Interrupted&) {
                throw;
            } catch (const Error&) {
                continue;  // not even that
            }
        }
    }
    return best;
}

namespace {

// The first war found from the starts asked for, with the number of different ones.
War first_war(const World& world, const std::vector<Player>& players, TariffSweep& sweep, const TradeTensor& in_force,
              const NashOptions& options, int& different) {
    War first;
    int sweeps = 0;
    double nearest = std::numeric_limits<double>::infinity();
    std::string failure;
    std::vector<std::vector<double>> found;
    for (int k = 0; k < std::max(1, options.starts); ++k) {
        try {
            const War one = find_war(world, players, sweep,
                                     sweep.point(starting_rates(sweep, in_force, k, options.sweeps)), options);
            sweeps += one.sweeps;
            nearest = std::min(nearest, one.residual);
            if (one.residual > 10.0 * options.sweeps.tolerance) continue;
            const std::vector<double> utilities = sweep.utilities(one.x, 1e-12);
            const bool known = std::any_of(found.begin(), found.end(), [&](const std::vector<double>& other) {
                double far = 0.0;
                for (std::size_t p = 0; p < other.size(); ++p) far = std::max(far, std::abs(other[p] - utilities[p]));
                return far < 1e-7;
            });
            if (found.empty()) first = one;
            if (!known) found.push_back(utilities);
        } catch (const Interrupted&) {
            throw;
        } catch (const Error& error) {
            failure = error.what();  // another start may do
        }
    }
    different = static_cast<int>(found.size());
    first.sweeps = sweeps;
    if (!found.empty()) return first;
    if (failure.empty()) failure = sweep.failure();
    throw Error(ErrorKind::solve,
                fmt::format("no trade war found: {}{}{}; try narrower bounds or fewer lines",
                            std::isfinite(nearest)
                                ? fmt::format("first-order conditions still ask for a change of {:.2g} in ln(1 + rate)",
                                              nearest)
                                : "",
                            std::isfinite(nearest) && !failure.empty() ? "; " : "", failure));
}

// Every player re-optimises alone.
std::vector<Deviation> all_deviations(const World& world, const TradeWar& war, const std::vector<Player>& players,
                                      const NashOptions& options) {
    std::vector<Deviation> deviations(players.size());
    for_each_index(players.size(), std::max(1, options.threads), [&](std::size_t p) {
        if (options.deviations > 0)
            deviations[p] = best_deviation(world, war.shock, war.equilibrium, players[p], options);
    });
    return deviations;
}

TradeWar fight(const World& world, const Shock& from, const std::vector<Player>& players, const NashOptions& options) {
    const auto began = Clock::now();
    const SolverOptions& solver = options.sweeps.solver;
    prepare(world, solver.job);
    TariffSweep sweep = war_sweep(world, from, players, solver.job);
    const TradeTensor in_force = sweep.shock().tariff;
    TradeWar out;
    const Equilibrium before = solve(world, from, solver);
    War war = first_war(world, players, sweep, in_force, options, out.certificate.equilibria);
    out.certificate.war_seconds = seconds_since(began);

    std::vector<Deviation> deviations;
    for (int round = 0; round < 5; ++round) {
        ArrayXd step;
        sweep.set_precision(0.0, 1e-12);
        out.certificate.step = sweep.evaluate(war.x, step);
        out.shock = sweep.shock();
        out.equilibrium = solve(world, out.shock, solver, &sweep.equilibrium());
        deviations = all_deviations(world, out, players, options);
        out.certificate.gap = 0.0;
        for (const Deviation& d : deviations) out.certificate.gap = std::max(out.certificate.gap, d.gap);
        if (out.certificate.gap <= options.gap) break;
        // Somebody does better elsewhere: the war goes on from there.
        Shock shock = out.shock;
        for (std::size_t p = 0; p < players.size(); ++p)
            if (deviations[p].gap > options.gap)
                set_rates(tariff_blocks(world, players[p].instruments, 0), deviations[p].rate, shock.tariff);
        sweep.set_precision(1e-3, 1e-12);
        const int sweeps = war.sweeps;
        war = find_war(world, players, sweep, sweep.point(rates(sweep.blocks(), shock.tariff)), options);
        war.sweeps += sweeps;
    }
    out.certificate.deviations = out.certificate.starts = options.deviations > 0 ? options.deviations + 1 : 0;
    for (std::size_t p = 0; p < players.size(); ++p) {
        const Player& player = players[p];
        const std::vector<TariffBlock> own = tariff_blocks(world, player.instruments, 0);
        out.players.push_back({utility(world, out.equilibrium, player.objective),
                               utility(world, before, player.objective), deviations[p].gap,
                               tariff_means(world, own, out.shock.tariff, player.instruments.importer)});
        out.certificate.finished += deviations[p].finished, out.certificate.failed += deviations[p].failed;
        if (options.deviations > 0)
            out.certificate.deviations = std::min(out.certificate.deviations, deviations[p].finished);
    }
    out.certificate.sweeps = war.sweeps, out.certificate.passes = sweep.passes();
    // A gap that was hardly looked for is none.
    const bool looked = out.certificate.deviations >= std::min(5, options.deviations);
    out.certificate.converged =
        looked && out.certificate.step <= 100.0 * options.sweeps.tolerance && out.certificate.gap <= options.gap;
    out.certificate.seconds = seconds_since(began);
    if (!out.certificate.converged)
        throw Error(
            ErrorKind::solve,
            fmt::format(
                "no trade war found: at the best point a player still gains {:.2g} of its welfare by "
                "deviating (first-order step {:.2g}; of {} re-optimisations {} ended, and {} led to where there is no "
                "equilibrium); try other bounds or more starts",
                out.certificate.gap, out.certificate.step, out.certificate.finished + out.certificate.failed,
                out.certificate.finished, out.certificate.failed));
    return out;
}

}  // namespace

TradeWar trade_war(const World& world, const Shock& from, const std::vector<Player>& players,
                   const NashOptions& options) {
    try {
        return fight(world, from, players, options);
    } catch (const Interrupted&) {
        throw;
    } catch (const Error& error) {
        const std::string why = error.what();
        if (error.kind() != ErrorKind::solve || why.rfind("no trade war", 0) == 0) throw;
        throw Error(ErrorKind::solve, "no trade war found: " + why);
    }
}

ResponseCurve response_curve(const World& world, const Shock& from, const Player& player,
                             const std::vector<double>& rate, const Job& job) {
    Instruments uniform = player.instruments;
    uniform.form = TariffForm::uniform;
    TariffSweep sweep(world, from, {player.objective}, {Goal{{1.0}}}, tariff_blocks(world, uniform, 0), job);
    ResponseCurve curve;
    for (const double r : rate) {
        curve.rate.push_back(r);
        curve.utility.push_back(sweep.utilities(ArrayXd::Constant(1, std::log1p(r)), 1e-10)[0]);
    }
    return curve;
}

}  // namespace detente
