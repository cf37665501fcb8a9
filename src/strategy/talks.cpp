#include "strategy/talks.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>
#include <unsupported/Eigen/NonLinearOptimization>

#include "base/random.h"
#include "base/root.h"

namespace detente {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::VectorXd;

std::vector<TariffBlock> joint_blocks(const World& world, const std::vector<Player>& players) {
    std::vector<TariffBlock> blocks;
    for (const Player& player : players) {
        const auto own = tariff_blocks(world, player.instruments, 0);
        blocks.insert(blocks.end(), own.begin(), own.end());
    }
    if (blocks.empty()) throw Error(ErrorKind::input, "nothing is traded on the lines chosen for the talks");
    return blocks;
}

std::vector<Objective> objectives_of(const std::vector<Player>& players) {
    std::vector<Objective> list;
    list.reserve(players.size());
    for (const Player& player : players) list.push_back(player.objective);
    return list;
}

// Players' weights where a unit of money counts the same for all.
ArrayXd money_weights(const World& world, const std::vector<Player>& players) {
    ArrayXd weight(static_cast<Index>(players.size()));
    for (Index p = 0; p < weight.size(); ++p)
        weight[p] =
            welfare_income(world, static_cast<std::size_t>(players[static_cast<std::size_t>(p)].objective.region));
    return weight / weight.mean();
}

// The frontier: tariffs (and their utilities) of given weights, each search from the last one's answer.
class Frontier {
public:
    Frontier(const World& world, const Shock& from, const std::vector<Player>& players, const OptimumOptions& options)
        : options_(options),
          sweep_(world, from, objectives_of(players), {Goal{std::vector<double>(players.size(), 1.0)}},
                 joint_blocks(world, players), options.solver.job),
          x_(sweep_.point(starting_rates(sweep_, sweep_.shock().tariff, 0, options))) {}

    const std::vector<double>& at(const ArrayXd& weight) {
        const ArrayXd scaled = weight / weight.mean();
        sweep_.set_goals({Goal{std::vector<double>(scaled.data(), scaled.data() + scaled.size())}});
        const FixedPointReport report = maximise(sweep_, x_, options_);
        sweeps_ += report.iterations;
        if (!(report.residual <= 10.0 * options_.tolerance))
            throw Error(ErrorKind::solve,
                        fmt::format("the talks did not settle: first-order conditions still ask for a change of {:.2g} "
                                    "in ln(1 + rate){}{}; try narrower bounds or fewer lines",
                                    report.residual, sweep_.failure().empty() ? "" : "; ", sweep_.failure()));
        weight_ = scaled;
        return utility_ = sweep_.utilities(x_, 1e-12);
    }

    void set_payment(const std::vector<double>& payment) { sweep_.set_payment(payment); }
    TariffSweep& sweep() { return sweep_; }
    const ArrayXd& x() const { return x_; }
    const ArrayXd& weight() const { return weight_; }
    int sweeps() const { return sweeps_; }

private:
    OptimumOptions options_;
    TariffSweep sweep_;
    ArrayXd x_, weight_;
    std::vector<double> utility_;
    int sweeps_ = 0;
};

// The logarithm, and its tangent below a tenth: a search may pass through points where somebody loses.
ArrayXd extended_log(const ArrayXd& x) {
    constexpr double low = 0.1;
    return (x > low).select(x.max(low).log(), std::log(low) + (x - low) / low);
}

// What a method asks of weights and utilities: all entries equal. `scale`: positive gains to measure gains by.
ArrayXd conditions(TalksMethod method, const ArrayXd& weight, const ArrayXd& utility, const ArrayXd& threat,
                   const ArrayXd& ideal, const ArrayXd& power, const ArrayXd& scale) {
    const ArrayXd gain = extended_log((utility - threat) / scale) + scale.log();
    switch (method) {
        case TalksMethod::efficient:
            // Ratios; differences where relative gains have made a utility no number to take a ratio of.
            if (utility.minCoeff() <= 0.0 || threat.minCoeff() <= 0.0) return utility - threat;
            return (utility / threat).log();
        case TalksMethod::nash_bargaining:
            return gain + (weight / power).log();
        default:
            return gain - (ideal - threat).log();
    }
}

// Payments in force, by region.
std::vector<double> payments(const World& world, const Shock& from) {
    return from.payment.empty() ? std::vector<double>(world.transfer.size(), 0.0) : from.payment;
}

ArrayXd as_array(const std::vector<double>& list) {
    return Eigen::Map<const ArrayXd>(list.data(), static_cast<Index>(list.size()));
}

// Weights (and with transfers, money) at which the conditions hold: a system of P - 1 or 2 (P - 1) equations in z,
// all ones where money counts the same for all and none changes hands; for the hybrid method of Powell (MINPACK, in
// Eigen).
class Bargain {
public:
    using Scalar = double;
    Bargain(Frontier& frontier, const World& world, const std::vector<Player>& players, const TalksOptions& options,
            ArrayXd threat, ArrayXd ideal, ArrayXd power, ArrayXd scale, const Shock& from)
        : frontier_(frontier),
          players_(players),
          options_(options),
          threat_(std::move(threat)),
          ideal_(std::move(ideal)),
          power_(std::move(power)),
          scale_(std::move(scale)),
          income_(money_weights(world, players)),
          paid_before_(payments(world, from)) {
        unit_ =
            std::accumulate(world.income.begin(), world.income.end(), 0.0) / static_cast<double>(world.income.size());
    }

    int size() const { return static_cast<int>(players_.size() - 1) * (options_.transfers ? 2 : 1); }

    ArrayXd weight(const VectorXd& z) const {
        ArrayXd w = income_;
        for (Index p = 1; p < w.size(); ++p) w[p] *= std::exp(z[p - 1] - 1.0);
        return w / w.mean();
    }

    std::vector<double> payment(const VectorXd& z) const {
        std::vector<double> list = paid_before_;
        const auto n = static_cast<Index>(players_.size());
        for (Index p = 1; p < n && options_.transfers; ++p) {
            const double money = 0.01 * unit_ * (z[n - 1 + p - 1] - 1.0);
            list[static_cast<std::size_t>(players_[static_cast<std::size_t>(p)].objective.region)] += money;
            list[static_cast<std::size_t>(players_[0].objective.region)] -= money;
        }
        return list;
    }

    int operator()(const VectorXd& z, VectorXd& miss) const {
        const ArrayXd w = weight(z);
        if (options_.transfers) frontier_.set_payment(payment(z));
        const ArrayXd utility = as_array(frontier_.at(w));
        const ArrayXd h = conditions(options_.method, w, utility, threat_, ideal_, power_, scale_);
        const Index rest = w.size() - 1;
        miss = VectorXd::Constant(size(), std::numeric_limits<double>::quiet_NaN());
        miss.head(rest) = (h.tail(rest) - h[0]).matrix();
        if (options_.transfers) {
            // Money is worth the same wherever it goes.
            Eigen::ArrayXd step;
            frontier_.sweep().evaluate(frontier_.x(), step);
            const std::vector<double>& value = frontier_.sweep().shadow_prices()[0].transfer;
            const double first = value[static_cast<std::size_t>(players_[0].objective.region)];
            for (Index p = 1; p <= rest; ++p)
                miss[rest + p - 1] = std::log(
                    value[static_cast<std::size_t>(players_[static_cast<std::size_t>(p)].objective.region)] / first);
        }
        if (!miss.allFinite()) return -1;
        return 0;
    }

    double solve(VectorXd& z) {
        VectorXd miss(size());
        Eigen::HybridNonLinearSolver<Bargain> solver(*this);
        solver.parameters.epsfcn = 1e-6;  // steps of 1e-3 of z, which is near 1: well above the accuracy of utilities
        solver.parameters.xtol = 1e-12;
        solver.parameters.maxfev = 60 * size();
        solver.solveNumericalDiff(z);
        if ((*this)(z, miss) != 0) return std::numeric_limits<double>::infinity();
        return miss.cwiseAbs().maxCoeff();
    }

private:
    Frontier& frontier_;
    const std::vector<Player>& players_;
    const TalksOptions& options_;
    ArrayXd threat_, ideal_, power_, scale_, income_;
    std::vector<double> paid_before_;
    double unit_ = 1.0;
};

// Two players: the second's standing rises with its weight, kinks and all. `centre`: the log weight near which the
// answer is looked for first.
double solve_two(Frontier& frontier, const ArrayXd& income,
                 const std::function<double(const ArrayXd& weight, const ArrayXd& utility)>& second_less_first,
                 double tolerance, bool corner, double centre = 0.0) {
    const RootReport root = increasing_root(
        [&](double log_weight) {
            ArrayXd weight = income;
            weight[1] *= std::exp(log_weight);
            return second_less_first(weight, as_array(frontier.at(weight)));
        },
        centre - 0.05, centre + 0.05, tolerance, 1e-10, 60);
    if (root.converged) return std::abs(root.value);
    // At the end of the frontier the worse-off can have no more, whatever the weights.
    return corner ? 0.0 : std::numeric_limits<double>::infinity();
}

// The most that each can have while the others keep their threats.
ArrayXd ideals(Frontier& frontier, const World& world, const std::vector<Player>& players, const ArrayXd& threat) {
    const ArrayXd income = money_weights(world, players);
    if (players.size() != 2)
        throw Error(ErrorKind::input, "kalai_smorodinsky is for two players; try nash_bargaining or efficient");
    ArrayXd ideal(2);
    for (const Index who : {0, 1}) {
        const Index other = 1 - who;
        // The other's gain rises with the weight of the second if the other is the second.
        solve_two(
            frontier, income,
            [&](const ArrayXd&, const ArrayXd& utility) {
                const double slack = utility[other] - threat[other];
                return other == 1 ? slack : -slack;
            },
            1e-10, true);
        ideal[who] = frontier.sweep().utility()[static_cast<std::size_t>(who)];
    }
    return ideal;
}

double pareto_gain(TariffSweep& sweep, const ArrayXd& x, const ArrayXd& utility, int probes, unsigned seed) {
    RandomStream random(seed, 0);
    double gain = -std::numeric_limits<double>::infinity();
    for (int k = 0; k < probes; ++k) {
        ArrayXd direction(x.size());
        for (Index b = 0; b < direction.size(); ++b) direction[b] = random.normal();
        direction *= 0.01 / direction.abs().maxCoeff();
        for (const double sign : {1.0, -1.0}) try {
                gain = std::max(gain, (as_array(sweep.utilities(x + sign * direction, 1e-12)) - utility).minCoeff());
            } catch (const Interrupted&) {
                throw;
            } catch (const Error&) {
                continue;  // no equilibrium there
            }
    }
    return std::max(0.0, gain);
}

void check(const World& world, const Shock& from, const std::vector<Player>& players, const std::vector<double>& threat,
           const TalksOptions& options) {
    if (players.size() < 2) throw Error(ErrorKind::input, "talks need two players or more");
    if (threat.size() != players.size())
        throw Error(ErrorKind::input, "the threat has another number of players than the talks");
    if (!options.power.empty() && options.power.size() != players.size())
        throw Error(ErrorKind::input, "power needs a number for each player");
    for (const double b : options.power)
        if (!(b > 0.0)) throw Error(ErrorKind::input, fmt::format("a bargaining power is {}; it must be positive", b));
    if (options.transfers && closure_of(world, from) == Closure::world_share)
        throw Error(ErrorKind::input, "transfers between players need closure \"fixed\" or \"balanced\"");
}

// Gains of every player over its threat at some tariffs: those found, or those in force. Throws where there are none:
// a search that settled at equal gains below zero has found that no deal is near; one that did not settle has not.
ArrayXd common_gains(const World& world, const Shock& from, const std::vector<Player>& players, const ArrayXd& threat,
                     const ArrayXd& found, bool settled, const SolverOptions& solver) {
    if ((found - threat).minCoeff() > 0.0) return found - threat;
    const Equilibrium e = solve(world, from, solver);
    ArrayXd in_force(threat.size());
    for (Index p = 0; p < in_force.size(); ++p)
        in_force[p] = utility(world, e, players[static_cast<std::size_t>(p)].objective);
    if ((in_force - threat).minCoeff() > 0.0) return in_force - threat;
    throw Error(ErrorKind::solve,
                settled ? "no deal: no tariffs on these lines were found that make every player better off "
                          "than its threat"
                        : "the talks did not settle: no tariffs were found that make every player better off "
                          "than its threat, and the search did not end; try fewer players or other bounds");
}

}  // namespace

const std::vector<std::string>& talks_method_names() {
    static const std::vector<std::string> names = {"efficient", "nash_bargaining", "kalai_smorodinsky"};
    return names;
}

std::string to_string(TalksMethod method) {
    return talks_method_names()[static_cast<std::size_t>(method)];
}

namespace {

// The search for a method's point of the frontier.
class Negotiation {
public:
    Negotiation(const World& world, const Shock& from, const std::vector<Player>& players,
                const std::vector<double>& threat, const TalksOptions& options)
        : world_(world),
          from_(from),
          players_(players),
          options_(options),
          threat_(as_array(threat)),
          power_(options.power.empty() ? ArrayXd(ArrayXd::Ones(threat_.size())) : as_array(options.power)),
          scale_(ArrayXd::Ones(threat_.size())),
          frontier_(world, from, players, options.sweeps),
          z_(VectorXd::Ones(static_cast<Index>(players.size() - 1) * (options.transfers ? 2 : 1))) {}

    // How far the method's conditions are missed in logs.
    double settle(Talks& out) {
        if (begins_near()) return search(options_, threat_, out);
        // Equal gains over the threats first: where even these are losses, no deal makes everyone better off.
        TalksOptions stage = options_;
        stage.method = TalksMethod::efficient;
        double miss = search(stage, threat_, out);
        if (options_.method == TalksMethod::efficient) return miss;
        scale_ = common_gains(world_, from_, players_, threat_, as_array(frontier_.sweep().utility()), miss <= accepted,
                              options_.sweeps.solver);
        ArrayXd ideal = threat_;
        if (options_.method == TalksMethod::kalai_smorodinsky) {
            ideal = ideals(frontier_, world_, players_, threat_);
            out.ideal.assign(ideal.data(), ideal.data() + ideal.size());
        }
        return search(options_, ideal, out);
    }

    Frontier& frontier() { return frontier_; }
    static constexpr double accepted = 1e-5;  // gains resolve to about that in logs where they are a thousandth

private:
    // Where a neighbour's weights make both better off here too, their bargaining begins from there.
    bool begins_near() {
        if (options_.begin_weight.size() != 2 || players_.size() != 2 || options_.transfers ||
            options_.method != TalksMethod::nash_bargaining)
            return false;
        const ArrayXd weight = as_array(options_.begin_weight), income = money_weights(world_, players_);
        const ArrayXd gains = as_array(frontier_.at(weight)) - threat_;
        if (!(gains.minCoeff() > 0.0)) return false;
        scale_ = gains;
        centre_ = std::log(weight[1] / weight[0] * income[0] / income[1]);
        return true;
    }

    double search(const TalksOptions& how, const ArrayXd& ideal, Talks& out) {
        if (players_.size() == 2 && !how.transfers)
            return solve_two(
                frontier_, money_weights(world_, players_),
                [&](const ArrayXd& weight, const ArrayXd& u) {
                    const ArrayXd h = conditions(how.method, weight, u, threat_, ideal, power_, scale_);
                    return h[1] - h[0];
                },
                how.tolerance, how.method == TalksMethod::efficient, centre_);
        Bargain bargain(frontier_, world_, players_, how, threat_, ideal, power_, scale_, from_);
        const double miss = bargain.solve(z_);
        const std::vector<double> moved = bargain.payment(z_), before = payments(world_, from_);
        for (std::size_t p = 0; p < players_.size(); ++p) {
            const auto region = static_cast<std::size_t>(players_[p].objective.region);
            out.transfer[p] = moved[region] - before[region];
        }
        return miss;
    }

    const World& world_;
    const Shock& from_;
    const std::vector<Player>& players_;
    const TalksOptions& options_;
    ArrayXd threat_, power_, scale_;
    Frontier frontier_;
    VectorXd z_;           // weights and money of Bargain, the last search's
    double centre_ = 0.0;  // log weight near which a search of two players begins
};

// The deal that the negotiation came to, and what is known of it.
void describe(const World& world, const std::vector<Player>& players, Frontier& frontier, const SolverOptions& solver,
              Talks& out) {
    TariffSweep& sweep = frontier.sweep();
    ArrayXd step;
    sweep.set_precision(0.0, 1e-12);
    out.certificate.step = sweep.evaluate(frontier.x(), step);
    out.certificate.projected_gradient = projected_gradient(sweep, frontier.x());
    out.shock = sweep.shock();
    out.equilibrium = solve(world, out.shock, solver, &sweep.equilibrium());
    for (const Player& player : players) {
        out.utility.push_back(utility(world, out.equilibrium, player.objective));
        out.means.push_back(tariff_means(world, tariff_blocks(world, player.instruments, 0), out.shock.tariff,
                                         player.instruments.importer));
    }
    out.weight.assign(frontier.weight().data(), frontier.weight().data() + frontier.weight().size());
    out.everyone_gains = (as_array(out.utility) - as_array(out.threat)).minCoeff() > 0.0;
    out.certificate.sweeps = frontier.sweeps(), out.certificate.passes = sweep.passes();
}

}  // namespace

Talks trade_talks(const World& world, const Shock& from, const std::vector<Player>& players,
                  const std::vector<double>& threat, const TalksOptions& options) {
    const auto began = std::chrono::steady_clock::now();
    check(world, from, players, threat, options);
    Talks out;
    out.threat = threat;
    out.transfer.assign(players.size(), 0.0);
    Negotiation negotiation(world, from, players, threat, options);
    out.certificate.bargaining = negotiation.settle(out);
    if (!(out.certificate.bargaining <= Negotiation::accepted))
        throw Error(
            ErrorKind::solve,
            fmt::format("the talks did not settle: the conditions of {} are missed by {:.2g} in logs; try fewer "
                        "players or other bounds",
                        to_string(options.method), out.certificate.bargaining));
    Frontier& frontier = negotiation.frontier();
    describe(world, players, frontier, options.sweeps.solver, out);
    out.certificate.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    out.certificate.probes = 2 * options.sweeps.probes;
    out.certificate.pareto_gain =
        pareto_gain(frontier.sweep(), frontier.x(), as_array(out.utility), options.sweeps.probes, options.sweeps.seed);
    constexpr double noise = 1e-9;  // of utility
    out.certificate.converged =
        out.certificate.step <= 100.0 * options.sweeps.tolerance && out.certificate.pareto_gain <= noise;
    return out;
}

std::vector<FrontierPoint> pareto_frontier(const World& world, const Shock& from, const std::vector<Player>& players,
                                           int points, const OptimumOptions& options) {
    if (players.size() != 2) throw Error(ErrorKind::input, "a frontier needs two players");
    if (points < 2) throw Error(ErrorKind::input, "a frontier needs two points or more");
    const ArrayXd income = money_weights(world, players);
    Frontier frontier(world, from, players, options);
    std::vector<FrontierPoint> list;
    constexpr double range = 3.0;  // in log weight beside money's: there the stronger has nearly all it can get
    for (int k = 0; k < points; ++k) {
        ArrayXd weight = income;
        const double part = static_cast<double>(k) / (points - 1);
        if (k == 0) {
            weight[1] = 0.0;
        } else if (k == points - 1) {
            weight[0] = 0.0;
        } else {
            weight[1] *= std::exp(range * (2.0 * part - 1.0));
        }
        const std::vector<double> utility = frontier.at(weight);
        list.push_back({utility, {frontier.weight()[0], frontier.weight()[1]}});
    }
    return list;
}

}  // namespace detente
