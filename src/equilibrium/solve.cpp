// The driver: one step where that converges, a path of re-based steps where it does not.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

#include "equilibrium/base_tables.h"
#include "equilibrium/system.h"

namespace detente {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

// Said of a region, and looked for by the robustness run.
constexpr const char* insolvent = "its surplus exceeds what it earns";

struct Attempt {
    Equilibrium equilibrium;  // at the best point found, converged or not
    FixedPointReport report;
    std::string worst;
};

Attempt attempt(const World& world, const Shock& shock, const Equilibrium* start, const FixedPointOptions& options,
                BalanceForm form) {
    const auto derivative = linearise(world, options.job);
    const auto system = derivative->system(world, shock, form);
    Eigen::ArrayXd x = start != nullptr ? system->point(*start) : system->start();
    Attempt result;
    result.report = solve_fixed_point(*system, x, options);
    if (!result.report.at_last) {
        Eigen::ArrayXd step;
        system->evaluate(x, step);  // what the system holds is of the point evaluated last
        result.worst = system->worst();
    }
    result.equilibrium = system->equilibrium(x, result.report.converged);
    complete_accounts(world, shock, result.equilibrium);
    if (!result.report.converged) return result;
    // The equations have solutions in which a region pays abroad more than it earns; they are no equilibria.
    const std::vector<double>& income = result.equilibrium.income;
    const auto poorest = std::min_element(income.begin(), income.end());
    if (*poorest <= 0.0) {
        result.report.converged = false;
        result.report.residual = result.report.distance = result.report.first = 1.0;
        result.report.stopped = insolvent;
        result.worst = world.regions[static_cast<int>(poorest - income.begin())];
    }
    return result;
}

double geometric(double from, double to, double part) {
    return from * std::pow(to / from, part);
}

// The part of the way from the world to the shock: factors move geometrically, deficits linearly.
Shock part_of(const World& world, const Shock& shock, double part) {
    Shock out = shock;
    for (std::size_t c = 0; c < out.tariff.data().size(); ++c) {
        const double base = world.tariff.data()[c];
        if (shock.tariff.data()[c] != base)
            out.tariff.data()[c] = geometric(1.0 + base, 1.0 + shock.tariff.data()[c], part) - 1.0;
    }
    for (double& factor : out.trade_cost.data()) factor = std::pow(factor, part);
    for (double& factor : out.productivity.data()) factor = std::pow(factor, part);
    for (double& factor : out.factor_supply) factor = std::pow(factor, part);
    for (std::size_t j = 0; j < out.transfer.size(); ++j)
        out.transfer[j] = world.transfer[j] + part * (shock.transfer[j] - world.transfer[j]);
    return out;
}

std::pair<double, double> extremes(const std::vector<double>& list) {
    const Eigen::Map<const Eigen::ArrayXd> all(list.data(), static_cast<Eigen::Index>(list.size()));
    return {all.minCoeff(), all.maxCoeff()};
}

// How far a shock moves a trade weight in logs, at most: theta ln (kappa hat) of the steepest cell. A bound over all
// cells is cheap, and enough where it is small.
double steepness(const World& world, const Shock& shock) {
    double log_cost = 0.0, log_productivity = 0.0;
    if (!shock.tariff.empty()) {
        const auto [low, high] = extremes(shock.tariff.data());
        const auto base = base_tables(world);
        const double base_low = base->lowest_tariff, base_high = base->highest_tariff;
        log_cost += std::max(std::log((1.0 + high) / (1.0 + base_low)), std::log((1.0 + base_high) / (1.0 + low))) *
                    *std::max_element(world.pass_through.begin(), world.pass_through.end());
    }
    if (!shock.trade_cost.empty()) {
        const auto [low, high] = extremes(shock.trade_cost.data());
        log_cost += std::max(std::abs(std::log(low)), std::abs(std::log(high)));
    }
    if (!shock.productivity.empty()) {
        const auto [low, high] = extremes(shock.productivity.data());
        log_productivity = std::max(std::abs(std::log(low)), std::abs(std::log(high)));
    }
    return log_cost * *std::max_element(world.theta.begin(), world.theta.end()) + log_productivity;
}

// Far beyond e^300 a trade weight comes close to the smallest number, where digits get lost. On a path a part changes
// weights by e^100 at most: a share that it makes small beyond precision cannot count again when wages have followed.
constexpr double steepest = 300.0, steepest_part = 100.0;

// What is left of the shock after `done` (a part of it) has become the new base.
Shock remainder(const Shock& shock, double part) {
    Shock out = shock;
    for (double& factor : out.trade_cost.data()) factor = std::pow(factor, 1.0 - part);
    for (double& factor : out.productivity.data()) factor = std::pow(factor, 1.0 - part);
    for (double& factor : out.factor_supply) factor = std::pow(factor, 1.0 - part);
    return out;
}

void compose(Equilibrium& total, const Equilibrium& step) {
    for (std::size_t i = 0; i < total.wage_hat.size(); ++i) {
        total.wage_hat[i] *= step.wage_hat[i];
        total.employment_hat[i] *= step.employment_hat[i];
    }
    auto multiply = [](RegionSector& a, const RegionSector& b) {
        for (std::size_t c = 0; c < a.data().size(); ++c) a.data()[c] *= b.data()[c];
    };
    multiply(total.price_hat, step.price_hat);
    multiply(total.cost_hat, step.cost_hat);
    multiply(total.labour_hat, step.labour_hat);
    total.expenditure = step.expenditure, total.output = step.output;
    total.share = step.share, total.tariff = step.tariff;
}

// What a failure is about: the base of the data or a counterfactual, and the closure in force there.
struct Circumstances {
    Purpose purpose;
    Closure closure;
};

// What to try, of what is not set already: "try A, or B".
std::string advice(const World& world, const Circumstances& at, bool transfers, bool labour, bool revenue) {
    std::vector<std::string> list;
    if (transfers && at.closure != Closure::balanced && at.purpose != Purpose::balanced_base)
        list.emplace_back("closure = \"balanced\"");
    if (labour && world.options.labour_supply != 0.0) list.emplace_back("a lower labour_supply");
    if (revenue && world.options.revenue == Revenue::income_tax) list.emplace_back("revenue = \"lump_sum\"");
    list.emplace_back(at.purpose == Purpose::counterfactual ? "a smaller shock" : "a check of the data");
    return fmt::format("; try {}", fmt::join(list, ", or "));
}

std::string cannot_pay(const World& world, const Circumstances& at, const std::string& region) {
    const std::string holder = at.purpose == Purpose::counterfactual
                                   ? fmt::format("closure \"{}\" holds", to_string(at.closure))
                                   : "the data have";
    return fmt::format("{} cannot pay the trade surplus that {}, {}{}", region, holder, insolvent,
                       advice(world, at, true, false, false));
}

// Why a path ends, from the last equilibrium on it; "" where nothing there explains it.
// `earlier`: the derivative at the point before, at `earlier_done` of the way.
std::string end_of_path(const World& world, const Circumstances& at, const World& reached, double done,
                        const Linearisation& earlier, double earlier_done, double size) {
    constexpr double nothing_left = 0.01;  // of what a region earns
    const auto earned = [&](std::size_t j) { return reached.labour_income[j] + reached.profit[j]; };
    for (std::size_t j = 0; j < reached.income.size(); ++j) {
        const std::string region = world.regions[static_cast<int>(j)];
        // Without inputs what is spent net of revenue is what is earned less the surplus, however large the revenue.
        const double left = world.model().intermediate_inputs ? reached.income[j] : earned(j) + reached.transfer[j];
        if (reached.transfer[j] < 0.0 && left < nothing_left * earned(j)) return cannot_pay(world, at, region);
        if (world.options.revenue == Revenue::income_tax && world.options.labour_supply != 0.0 &&
            reached.revenue[j] > (1.0 - nothing_left) * reached.labour_income[j])
            return fmt::format(
                "the tariff revenue of {} grows beyond its labour income, and no income tax is left for "
                "it to replace{}",
                region, advice(world, at, false, false, true));
    }
    // Where the derivative becomes singular, the equilibrium turns back: there is none beyond. Towards such a point
    // 1/sensitivity^2 falls linearly, so two points tell where it is.
    const double before = linearise(world)->sensitivity(), here = linearise(reached)->sensitivity();
    constexpr double singular = 20.0, steps_ahead = 10.0;
    const double ratio = earlier.sensitivity() / here,
                 limit = ratio < 1.0 ? earlier_done + (done - earlier_done) / (1.0 - ratio * ratio) : 2.0;
    const bool base_itself = done == 0.0 && here > 1e3;
    if (here > singular * before || limit - done < std::max(steps_ahead * size, done - earlier_done) || base_itself)
        return fmt::format(
            "the equilibrium reaches a limit point (its derivative becomes singular): there is none near it{}",
            advice(world, at, true, true, false));
    return "";
}

[[noreturn]] void give_up(const World& world, const Circumstances& at, double done, const Attempt& last,
                          const World& reached, const Linearisation& earlier, double earlier_done, double size) {
    std::string why = end_of_path(world, at, reached, done, earlier, earlier_done, size);
    if (last.report.stopped == insolvent) why = cannot_pay(world, at, last.worst);
    const std::string way = at.purpose == Purpose::counterfactual
                                ? fmt::format("beyond {:.3g} % of the shock", 100.0 * done)
                            : at.purpose == Purpose::balanced_base
                                ? fmt::format("beyond {:.3g} % of the way to balanced trade", 100.0 * done)
                                : "";
    if (!why.empty())
        throw Error(ErrorKind::solve, fmt::format("{}: {}{}{}",
                                                  at.purpose == Purpose::counterfactual
                                                      ? "no equilibrium"
                                                      : "the base equilibrium of the data does not exist",
                                                  way, way.empty() ? "" : " ", why));
    throw Error(ErrorKind::solve,
                fmt::format("{}: {}the largest residual stayed at {:.2g} ({}: {}){}",
                            at.purpose == Purpose::counterfactual ? "no equilibrium found"
                                                                  : "the base equilibrium of the data was not found",
                            way.empty() ? "" : way + " ", last.report.residual, last.worst, last.report.stopped,
                            advice(world, at, true, false, false)));
}

// What transfers follow under closure `world_share`.
double followed_income(const World& w) {
    double total = 0.0;
    for (std::size_t j = 0; j < w.labour_income.size(); ++j)
        total += closure_income(w.model(), w.labour_income[j], w.profit[j], w.revenue[j]);
    return total;
}

// Where a path stands: the last base, what is left of the shock from there, and the hats so far.
struct PathPoint {
    World base;
    Shock left;
    Equilibrium total;
    double done = 0.0;

    void advance(const Equilibrium& step, double part) {
        if (total.wage_hat.empty()) {
            total = step;
        } else {
            compose(total, step);
        }
        const double before = followed_income(base);
        base = rebase(base, step);
        left = remainder(left, part);
        // Transfers that follow world income are still to move with what it has gained so far.
        if (closure_of(base, left) == Closure::world_share) {
            for (double& transfer : left.transfer) transfer *= followed_income(base) / before;
        }
        done += part * (1.0 - done);
    }
};

// One part of the path: solve, and where that stalls on the way down, take the derivative anew at the point
// reached (which re-bases there) and go on.
bool take_part(PathPoint& point, double part, const FixedPointOptions& options, Certificate& count, Attempt& last) {
    Shock next = part < 1.0 ? part_of(point.base, point.left, part) : point.left;
    constexpr int most_refreshes = 30;
    for (int refresh = 0; refresh < most_refreshes; ++refresh) {
        last = attempt(point.base, next, nullptr, options, BalanceForm::logarithm);
        count.passes += last.report.iterations;
        if (!last.report.converged && !(last.report.distance < 0.8 * last.report.first)) return false;
        point.advance(last.equilibrium, refresh == 0 ? part : 0.0);
        if (last.report.converged) return true;
        next = Shock{};
        next.closure = point.left.closure;
        if (closure_of(point.base, next) != Closure::world_share) next.transfer = last.equilibrium.transfer;
    }
    return false;
}

// Steps from base to base: each solved equilibrium becomes the base of the next, so that hats stay near one.
Equilibrium follow_path(const World& world, const Shock& shock, FixedPointOptions options, Purpose purpose,
                        Certificate& count) {
    options.near = 1e-8;    // the next step begins from balances that are balanced, however little they are
    options.patience = 20;  // a fresh derivative helps more than patience
    if (world.options.scale_economies) {
        // Agglomeration brings the derivative close to singular: a longer memory resolves those directions.
        options.memory = 60, options.patience = 80;
    }
    // Near autarky a balance of almost no trade resolves to a digit less; the certificate has the last word.
    options.acceptable = std::max(options.acceptable, 10.0 * options.tolerance);
    PathPoint point{world, with_transfers_in_full(world, shock), {}, 0.0};
    const double longest = std::min(1.0, steepest_part / steepness(world, shock));
    double size = longest;
    // Below this part of the way behind it, the path has a limit point, not a difficult stretch.
    constexpr double smallest = 1e-4, shortest_way = 1e-3;
    Attempt last;
    std::shared_ptr<const Linearisation> earlier = linearise(world, options.job);
    double earlier_done = 0.0;
    while (true) {
        const double part = std::min(1.0, size / (1.0 - point.done));
        linearise(point.base, options.job);  // once for all trials from here
        PathPoint trial = point;
        if (take_part(trial, part, options, count, last)) {
            ++count.path_steps;
            count.residual = last.report.residual;
            earlier = linearise(point.base), earlier_done = point.done;
            point = std::move(trial);
            if (part >= 1.0) break;
            size = std::min(2.0 * size, longest);
        } else {
            size = std::min(size, 1.0 - point.done) * 0.3;
            if (size < smallest * std::max(shortest_way, point.done))
                give_up(world, {purpose, closure_of(world, shock)}, point.done, last, point.base, *earlier,
                        earlier_done, size);
        }
    }
    // Steps let the labour of sectors that vanish be; in the end it is what their sales pay.
    Equilibrium& e = point.total;
    for (std::size_t c = 0; world.options.scale_economies && c < e.output.data().size(); ++c) {
        const double before = world.output.data()[c] * e.wage_hat[c % e.wage_hat.size()];
        if (before > 0.0 && e.output.data()[c] > 0.0) e.labour_hat.data()[c] = e.output.data()[c] / before;
    }
    complete_accounts(world, shock, e);
    return e;
}

}  // namespace

namespace {

// The first result that is no finite number, in words; "" where all are.
std::string not_finite(const World& world, const Equilibrium& e) {
    const std::pair<const char*, const std::vector<double>*> lists[] = {
        {"welfare", &e.welfare_hat}, {"the wage", &e.wage_hat}, {"the consumer price", &e.consumer_price_hat},
        {"income", &e.income},       {"revenue", &e.revenue},   {"employment", &e.employment_hat}};
    for (const auto& [name, list] : lists)
        for (std::size_t j = 0; j < list->size(); ++j)
            if (!std::isfinite((*list)[j])) return fmt::format("{} of {}", name, world.regions[static_cast<int>(j)]);
    return "";
}

}  // namespace

Equilibrium solve(const World& world, const Shock& shock, const SolverOptions& options, const Equilibrium* start) {
    FixedPointOptions steps;
    steps.tolerance = options.tolerance;
    return solve_with(world, shock, start, options, steps);
}

std::shared_ptr<const Linearisation> linearise(const World& world, const Job& job) {
    if (!world.linearisation) world.linearisation = world.model().linearise(world, job);
    return world.linearisation;
}

void prepare(const World& world, const Job& job) {
    base_tables(world);
    linearise(world, job);
}

Certificate certify(const World& world, const Shock& shock, const Equilibrium& equilibrium) {
    return world.model().certify(world, shock, equilibrium);
}

Equilibrium solve_with(const World& world, const Shock& given, const Equilibrium* start, const SolverOptions& options,
                       FixedPointOptions steps, Purpose purpose, Reach reach) {
    const auto began = Clock::now();
    steps.job = options.job;
    const std::string reason = unsolvable_reason(world, given);
    if (!reason.empty()) throw Error(ErrorKind::input, reason);
    prepare(world, options.job);

    // A shock that takes weights beyond the numbers there are goes along a path from the start.
    Attempt first;
    if (steepness(world, given) <= steepest) first = attempt(world, given, start, steps, BalanceForm::level);
    Certificate count;
    count.passes = first.report.iterations;
    count.path_steps = 1;
    Equilibrium e;
    if (first.report.converged) {
        e = std::move(first.equilibrium);
    } else if (world.borrowed) {
        // What a borrowed derivative does not reach, its own may.
        World own = world;
        own.linearisation.reset(), own.borrowed = false;
        e = solve_with(own, given, start, options, steps, purpose, reach);
        e.certificate.passes += count.passes;
        return e;
    } else if (reach == Reach::step) {
        throw Error(ErrorKind::solve,
                    fmt::format("no equilibrium near the last one: the largest residual stayed at {:.2g} ({}: {})",
                                first.report.residual, first.worst, first.report.stopped));
    } else {
        count.path_steps = 0;
        e = follow_path(world, given, steps, purpose, count);
        first.report.residual = count.residual;
    }
    if (options.independent_certificate) {
        e.certificate = certify(world, given, e);
    } else {
        e.certificate.residual = first.report.residual;  // the solver's own
    }
    e.certificate.passes = count.passes;
    e.certificate.path_steps = count.path_steps;
    e.certificate.closure = to_string(closure_of(world, given));
    e.certificate.numeraire = world.model().numeraire;
    e.certificate.seconds = seconds_since(began);
    // Ten times the tolerance: the certificate sums in another order than the solver.
    constexpr double slack = 10.0;
    e.certificate.converged = e.certificate.residual <= std::max(slack * options.tolerance, 1e-11);
    if (!e.certificate.converged) {
        const auto& blocks = e.certificate.blocks;
        const auto worst = std::max_element(blocks.begin(), blocks.end(),
                                            [](const auto& a, const auto& b) { return a.second < b.second; });
        throw Error(
            ErrorKind::solve,
            fmt::format("the certificate{} failed: residual {:.2g} in the {} equations, tolerance {:.2g}",
                        purpose == Purpose::counterfactual ? "" : " of the base equilibrium of the data",
                        e.certificate.residual, worst == blocks.end() ? "model's" : worst->first, options.tolerance));
    }
    if (const std::string what = not_finite(world, e); !what.empty())
        throw Error(ErrorKind::solve,
                    fmt::format("{}: {} is not a finite number{}",
                                purpose == Purpose::counterfactual
                                    ? "the equilibrium is beyond the numbers there are"
                                    : "the base equilibrium of the data is beyond the numbers there are",
                                what, advice(world, {purpose, closure_of(world, given)}, false, false, false)));
    return e;
}

World rebase(const World& world, const Equilibrium& e) {
    World next = world;
    next.tables.reset(), next.linearisation.reset(), next.borrowed = false;
    next.share = e.share;
    next.tariff = e.tariff;
    next.expenditure = e.expenditure;
    next.output = e.output;
    next.labour_income = e.labour_income;
    next.revenue = e.revenue;
    next.profit = e.profit;
    for (std::size_t j = 0; j < next.price_weight.size(); ++j) next.price_weight[j] *= e.consumer_price_hat[j];
    if (world.options.labour_supply != 0.0) {
        for (std::size_t j = 0; j < next.employment_gap.size(); ++j)
            next.employment_gap[j] += world.options.labour_supply * std::log(e.tax_relief[j] * e.real_wage_hat[j]) -
                                      std::log(e.employment_hat[j] / e.factor_supply[j]);
    }
    next.transfer = e.transfer;
    next.income = e.income;
    return next;
}

}  // namespace detente
