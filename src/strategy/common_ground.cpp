#include "strategy/common_ground.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <nlopt.hpp>
#include <numeric>

#include "base/threads.h"

namespace detente {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Part = std::vector<double>;  // by issue: 0 as it is, 1 settled

constexpr double nothing = -std::numeric_limits<double>::infinity();

// Equilibria by how far each issue is settled.
class Ground {
public:
    Ground(const World& world, const Shock& status_quo, const TradeTensor& settlement,
           const std::vector<TariffIssue>& issues, const std::vector<Objective>& players,
           const CommonGroundOptions& options)
        : sweep_(world, status_quo, players, {Goal{Part(players.size(), 1.0)}}, blocks(issues), options.solver.job),
          power_(options.power.empty() ? Part(players.size(), 1.0) : options.power),
          issues_(issues),
          here_(sweep_.size()),
          there_(sweep_.size()) {
        const double total = std::accumulate(power_.begin(), power_.end(), 0.0);
        for (double& b : power_) b /= total;
        const TradeTensor before = sweep_.shock().tariff;
        Index b = 0;
        for (const TariffIssue& issue : issues) {
            for (const auto& [i, j, s] : issue.lines) {
                here_[b] = std::log1p(before(i, j, s));
                there_[b++] = std::log1p(settlement(i, j, s));
            }
        }
        status_quo_ = utilities(Part(issues.size(), 0.0));
    }

    const std::vector<double>& utilities(const Part& part) {
        ++equilibria_;
        return sweep_.utilities(point(part), 1e-11);
    }
    const std::vector<double>& status_quo() const { return status_quo_; }

    // ln of the geometric mean of gains by power; minus infinity where somebody does not gain.
    double product(const Part& part) {
        const std::vector<double>& u = utilities(part);
        double value = 0.0;
        for (std::size_t p = 0; p < u.size(); ++p) {
            const double gain = u[p] - status_quo_[p];
            if (!(gain > 1e-10)) return nothing;
            value += power_[p] * std::log(gain);
        }
        return value;
    }

    // The same, continued below small gains by its tangent (from above, so that bounds stay bounds), with its slope.
    double relaxed(const Part& part, Part& slope) {
        ++equilibria_;
        constexpr double small = 1e-6;
        std::vector<double> u;
        try {
            u = sweep_.utilities(point(part), 1e-11);
        } catch (const Interrupted&) {
            throw;
        } catch (const Error&) {
            slope.assign(issues_.size(), 0.0);
            return nothing;  // no equilibrium there
        }
        Goal goal{Part(u.size(), 0.0)};
        double value = 0.0;
        for (std::size_t p = 0; p < u.size(); ++p) {
            const double gain = u[p] - status_quo_[p];
            value += power_[p] * (gain > small ? std::log(gain) : std::log(small) + (gain - small) / small);
            goal.weight[p] = power_[p] / std::max(gain, small);
        }
        sweep_.set_goals({goal});
        sweep_.set_precision(0.0, 1e-11);
        ArrayXd step;
        if (!std::isfinite(sweep_.evaluate(point(part), step))) return nothing;
        slope.assign(issues_.size(), 0.0);
        Index b = 0;
        for (std::size_t k = 0; k < issues_.size(); ++k)
            for (std::size_t line = 0; line < issues_[k].lines.size(); ++line, ++b)
                slope[k] += sweep_.gradient()[b] * (there_[b] - here_[b]);
        return value;
    }

    int equilibria() const { return equilibria_; }
    const TariffSweep& sweep() const { return sweep_; }

private:
    static std::vector<TariffBlock> blocks(const std::vector<TariffIssue>& issues) {
        std::vector<TariffBlock> list;
        for (const TariffIssue& issue : issues)
            for (const TariffLine& line : issue.lines) list.push_back({{line}, -0.99, 1e3, 0});
        return list;
    }
    ArrayXd point(const Part& part) const {
        ArrayXd x(here_.size());
        Index b = 0;
        for (std::size_t k = 0; k < issues_.size(); ++k)
            for (std::size_t line = 0; line < issues_[k].lines.size(); ++line, ++b)
                x[b] = here_[b] + part[k] * (there_[b] - here_[b]);
        return x;
    }

    TariffSweep sweep_;
    Part power_, status_quo_;
    const std::vector<TariffIssue>& issues_;
    ArrayXd here_, there_;
    int equilibria_ = 0;
};

struct Relaxed {
    double value = nothing;
    Part part;
};

// The relaxation within bounds from one start, by the method of moving asymptotes (Svanberg 2002, in NLopt).
Relaxed relax_from(Ground& ground, const Part& low, const Part& high, double start) {
    Relaxed best;
    best.part.resize(low.size());
    for (std::size_t k = 0; k < low.size(); ++k) best.part[k] = low[k] + start * (high[k] - low[k]);
    nlopt::opt solver(nlopt::LD_MMA, static_cast<unsigned>(low.size()));
    solver.set_lower_bounds(low);
    solver.set_upper_bounds(high);
    solver.set_max_objective(
        [](const Part& x, Part& slope, void* data) {
            Part all;
            const double value = static_cast<Ground*>(data)->relaxed(x, all);
            if (!slope.empty()) slope = all;
            return value;
        },
        &ground);
    solver.set_ftol_rel(1e-9);
    solver.set_xtol_abs(1e-4);
    solver.set_maxeval(60);
    Part x = best.part, slope;
    try {
        solver.optimize(x, best.value);
    } catch (const std::exception&) {
        // Rounding, or a point without an equilibrium: as far as it came. An interruption shows in the next solve.
        best.value = ground.relaxed(x, slope);
    }
    best.part = x;
    return best;
}

// The best of three starts: the relaxation can have several maxima.
Relaxed relax(Ground& ground, const Part& low, const Part& high) {
    Relaxed best;
    for (const double start : {0.5, 0.05, 0.95}) {
        const Relaxed one = relax_from(ground, low, high, start);
        if (best.part.empty() || one.value > best.value) best = one;
    }
    return best;
}

Part rounded(const Part& part) {
    Part out = part;
    for (double& x : out) x = x >= 0.5 ? 1.0 : 0.0;
    return out;
}

void branch(Ground& ground, Part low, Part high, Part& best, double& value, int most) {
    if (ground.equilibria() > most) return;
    const Relaxed relaxed = relax(ground, low, high);
    const Part near = rounded(relaxed.part);
    const double candidate = ground.product(near);
    if (candidate > value) value = candidate, best = near;
    constexpr double margin = 1e-7;
    if (!(relaxed.value > value + margin)) return;
    std::size_t split = 0;
    double fraction = -1.0;
    for (std::size_t k = 0; k < low.size(); ++k) {
        const double distance = std::min(relaxed.part[k], 1.0 - relaxed.part[k]);
        if (low[k] < high[k] && distance > fraction) fraction = distance, split = k;
    }
    if (fraction < 0.0) return;  // nothing is free any more
    const double first = near[split];
    for (const double side : {first, 1.0 - first}) {
        Part l = low, h = high;
        l[split] = h[split] = side;
        branch(ground, l, h, best, value, most);
    }
}

struct Candidate {
    Part part;
    double value = nothing;
};

// Every subset of the issues with given answers for the last `fixed` of them, in the order of a Gray code so that
// neighbours start from each other.
Candidate best_subset(Ground& ground, std::size_t issues, std::size_t fixed, unsigned long answers) {
    Part part(issues, 0.0);
    for (std::size_t k = 0; k < fixed; ++k) part[issues - 1 - k] = (answers >> k) & 1UL ? 1.0 : 0.0;
    Candidate best;
    for (unsigned long k = 0; k < 1UL << (issues - fixed); ++k) {
        if (k > 0) {
            const auto flip = static_cast<std::size_t>(__builtin_ctzl(k));
            part[flip] = 1.0 - part[flip];
        }
        const double here = ground.product(part);
        if (here > best.value) best = {part, here};
    }
    return best;
}

bool nobody_loses(Ground& ground, const Part& part) {
    const std::vector<double>& u = ground.utilities(part);
    for (std::size_t p = 0; p < u.size(); ++p)
        if (!(u[p] > ground.status_quo()[p])) return false;
    return true;
}

// Subsets by the number of issues left out, until one leaves nobody worse off; false where the limit ends the search.
bool most_issues(Ground& ground, std::size_t issues, int most, Part& best) {
    for (std::size_t out = 0; out < issues; ++out) {
        Part part(issues, 1.0);
        std::fill(part.begin(), part.begin() + static_cast<std::ptrdiff_t>(out),
                  0.0);  // ascending: all permutations follow
        do {
            if (ground.equilibria() > most) return false;
            if (nobody_loses(ground, part)) {
                best = part;
                return true;
            }
        } while (std::next_permutation(part.begin(), part.end()));
    }
    return true;
}

}  // namespace

CommonGround common_ground(const World& world, const Shock& status_quo, const TradeTensor& settlement,
                           const std::vector<TariffIssue>& issues, const std::vector<Objective>& players,
                           const CommonGroundOptions& options) {
    const auto began = std::chrono::steady_clock::now();
    if (issues.empty()) throw Error(ErrorKind::input, "there are no issues to settle");
    for (const TariffIssue& issue : issues)
        if (issue.lines.empty())
            throw Error(ErrorKind::input, fmt::format("the issue \"{}\" has no tariff line", issue.name));
    Ground ground(world, status_quo, settlement, issues, players, options);
    const std::size_t count = issues.size();
    CommonGround out;
    out.status_quo = ground.status_quo();
    out.all = ground.utilities(Part(count, 1.0));
    for (std::size_t k = 0; k < count; ++k) {
        Part one(count, 0.0);
        one[k] = 1.0;
        out.alone.push_back(ground.utilities(one));
    }
    Part best(count, 0.0);
    double value = nothing;
    int looked_at = 0;
    const Relaxed root = relax(ground, Part(count, 0.0), Part(count, 1.0));
    out.relaxed_gain = std::exp(root.value);
    if (options.goal == CommonGroundOptions::Goal::most_issues) {
        const bool exact = most_issues(ground, count, options.most_equilibria, best);
        out.method = exact ? "search by issues left out" : "relaxation";
        if (!exact && nobody_loses(ground, rounded(root.part))) best = rounded(root.part);
    } else if (static_cast<int>(count) <= options.enumerate) {
        out.method = "enumeration";
        // Parts of the subsets apart, the same whatever the number of threads.
        const std::size_t fixed = count > 10 ? 4 : 0, parts = 1UL << fixed;
        std::vector<Candidate> found(parts);
        std::vector<int> equilibria(parts, 0);
        for_each_index(parts, std::max(1, options.threads), [&](std::size_t k) {
            Ground own(world, status_quo, settlement, issues, players, options);
            found[k] = best_subset(own, count, fixed, k);
            equilibria[k] = own.equilibria();
        });
        for (std::size_t k = 0; k < parts; ++k) {
            looked_at += equilibria[k];
            if (found[k].value > value) value = found[k].value, best = found[k].part;
        }
    } else {
        best = rounded(root.part), value = ground.product(best);
        out.method = "relaxation";
        // Everything, and each issue alone, are candidates too.
        std::vector<Part> simple = {Part(count, 1.0)};
        for (std::size_t k = 0; k < count; ++k) simple.push_back(Part(count, 0.0)), simple.back()[k] = 1.0;
        for (const Part& part : simple) {
            const double here = ground.product(part);
            if (here > value) value = here, best = part;
        }
        if (static_cast<int>(count) <= options.branch) {
            branch(ground, Part(count, 0.0), Part(count, 1.0), best, value, options.most_equilibria);
            out.method =
                ground.equilibria() > options.most_equilibria ? "relaxation" : "branch and bound with local bounds";
        }
        if (value == nothing) best.assign(count, 0.0);
    }
    out.proved = out.method == "enumeration" || out.method == "search by issues left out";
    out.found = std::any_of(best.begin(), best.end(), [](double x) { return x > 0.0; });
    out.utility = ground.utilities(best);
    for (const double x : best) out.settled.push_back(x > 0.5 ? 1 : 0);
    out.equilibria = ground.equilibria() + looked_at;
    out.shock = ground.sweep().shock();
    out.equilibrium = solve(world, out.shock, options.solver, &ground.sweep().equilibrium());
    out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    return out;
}

}  // namespace detente
