#include "growth/path.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "base/anderson.h"
#include "equilibrium/model_table.h"

namespace detente {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;

constexpr double largest_log = 100.0;  // of capital: beyond, no number means anything

ArrayXd logs(const std::vector<double>& hats) {
    return Eigen::Map<const ArrayXd>(hats.data(), static_cast<Index>(hats.size())).log();
}

std::vector<double> list(const ArrayXd& values) {
    return {values.data(), values.data() + values.size()};
}

// ln of a list by region that may be empty.
ArrayXd logs_or_zero(const World& world, const std::vector<double>& hats) {
    return hats.empty() ? ArrayXd::Zero(world.n_regions()) : logs(hats);
}

// The static equilibrium of one year at any capital: what the year, the long run and the years after all ask for.
class StaticYear {
public:
    StaticYear(const World& world, const CapitalRule& rule, const YearGiven& given, const SolverOptions& options)
        : world_(world), rule_(rule), options_(options), log_labour_(logs_or_zero(world, given.labour)) {
        if (given.policy != nullptr) shock_ = *given.policy;
        log_given_ = logs_or_zero(world, shock_.factor_supply) + logs_or_zero(world, given.productivity) +
                     (1.0 - rule.share) * log_labour_;
    }

    // Solves it from `equilibrium`, and leaves the solution there; returns ln C. On the way to a point of the path
    // nobody asks for the independent check.
    ArrayXd solve_at(const ArrayXd& log_capital, std::optional<Equilibrium>& equilibrium, bool certified = true) {
        log_supply_ = log_given_ + rule_.share * log_capital;
        shock_.factor_supply.clear();
        // Without a change of the supply it is the scenario's own equilibrium, to the last digit.
        if ((log_supply_ != 0.0).any()) shock_.factor_supply = list(log_supply_.exp());
        SolverOptions options = options_;
        options.independent_certificate = certified && options.independent_certificate;
        equilibrium = solve(world_, shock_, options, equilibrium ? &*equilibrium : nullptr);
        passes_ += equilibrium->certificate.passes;
        return logs(equilibrium->welfare_hat);
    }

    // The year as solved last.
    PathYear year(const ArrayXd& log_capital, const Equilibrium& e) const {
        PathYear out;
        out.capital = list(log_capital.exp());
        out.factor_supply = e.factor_supply;
        out.consumption = e.welfare_hat;
        out.real_wage = list((logs(e.real_wage_hat) + log_supply_ - log_labour_).exp());
        out.certificate = e.certificate;
        return out;
    }

    int passes() const { return passes_; }

private:
    const World& world_;
    const CapitalRule& rule_;
    const SolverOptions& options_;
    Shock shock_;
    ArrayXd log_labour_, log_given_, log_supply_;
    int passes_ = 0;
};

// A condition on ln K by region as a system of steps: `gap` is what the point misses, and `gain` brings it to a step
// that would be exact if every region consumed V hat.
class CapitalCondition final : public FixedPointSystem {
public:
    /// From ln K and the ln C that goes with it.
    using Gap = std::function<ArrayXd(const ArrayXd& log_capital, const ArrayXd& log_consumption)>;
    CapitalCondition(StaticYear& year, std::optional<Equilibrium>& at, Index regions, double gain, Gap gap)
        : year_(year), at_(at), gain_(gain), gap_(std::move(gap)), weights_(ArrayXd::Ones(regions)) {}

    Index size() const override { return weights_.size(); }
    const ArrayXd& weights() const override { return weights_; }
    std::string worst() const override { return "capital"; }
    bool admissible(const ArrayXd& x) const override { return (x.abs() < largest_log).all(); }

    // Where the year has no equilibrium there is no residual: the steps go on from the best point, and are shorter.
    double evaluate(const ArrayXd& x, ArrayXd& step) override {
        try {
            const ArrayXd gap = gap_(x, year_.solve_at(x, at_, false));
            step = gain_ * gap;
            return gap.abs().maxCoeff();
        } catch (const Interrupted&) {
            throw;
        } catch (const Error& error) {
            problem_ = error.what();
            step.setZero();
            return std::numeric_limits<double>::quiet_NaN();
        }
    }
    /// Why the year had no equilibrium at the last point that had none; "" where all had one.
    const std::string& problem() const { return problem_; }

private:
    StaticYear& year_;
    std::optional<Equilibrium>& at_;
    double gain_;
    Gap gap_;
    ArrayXd weights_;
    std::string problem_;
};

FixedPointReport solve_condition(CapitalCondition& condition, ArrayXd& x, const SolverOptions& options) {
    FixedPointOptions steps;
    steps.tolerance = 10.0 * options.tolerance;
    steps.acceptable = 1e-9;
    steps.memory = 5, steps.patience = 10, steps.max_iterations = 100;
    steps.job = options.job;
    return solve_fixed_point(condition, x, steps);
}

void check_positive(const World& world, const std::vector<double>& hats, const char* what) {
    if (hats.empty()) return;
    if (hats.size() != static_cast<std::size_t>(world.n_regions()))
        throw_input({{"", 0, what},
                     "not a number for every region",
                     std::to_string(hats.size()),
                     std::to_string(world.n_regions()),
                     ""});
    for (std::size_t j = 0; j < hats.size(); ++j)
        if (!(hats[j] > 0.0 && std::isfinite(hats[j])))
            throw_input({{"", 0, what},
                         "of " + world.regions[static_cast<int>(j)] + " is no positive number",
                         fmt::format("{:g}", hats[j]),
                         "above 0",
                         ""});
}

void check(const World& world, const CapitalRule& rule, const std::vector<YearGiven>& given) {
    if (const std::string reason = no_path_reason(world.options); !reason.empty()) throw_input({"", 0, "path"}, reason);
    const auto bound = [](const char* key, double value, bool holds, const char* range) {
        if (!holds) throw_input({{"", 0, key}, "out of range", fmt::format("{:g}", value), range, ""});
    };
    bound("share", rule.share, rule.share >= 0.0 && rule.share < 1.0, "from 0 to below 1");
    bound("transition", rule.transition, rule.transition > 0.0 && rule.transition <= 1.0, "above 0 and at most 1");
    bound("discount", rule.discount, rule.discount > 0.0 && rule.discount < 1.0, "between 0 and 1");
    if (given.empty()) throw_input({"", 0, "years"}, "a path has at least one year");
    for (const YearGiven& year : given) {
        check_positive(world, year.productivity, "productivity");
        check_positive(world, year.labour, "labour");
    }
}

// The largest factor by which ln C answers to ln V at a point (spectral radius), by differences along powers of the
// answer; as exact as it takes to say on which side of 1 chi times it is.
double largest_answer(StaticYear& year, std::optional<Equilibrium>& at, const ArrayXd& log_capital, double share) {
    if (share == 0.0) return 0.0;
    constexpr double small = 1e-4;
    const ArrayXd here = year.solve_at(log_capital, at, false);
    // Not one region alone and not all alike, so that some of every direction is in it.
    ArrayXd direction = ArrayXd::Ones(here.size());
    for (Index j = 0; j < direction.size(); j += 2) direction[j] = 0.5;
    direction /= direction.matrix().norm();
    double answer = 0.0;
    for (int k = 0; k < 40; ++k) {
        const ArrayXd next = (year.solve_at(log_capital + small * direction, at, false) - here) / small;
        const double now = next.matrix().norm();
        if (!(now > 1e-9)) return answer / share;
        direction = next / now;
        if (k > 1 && std::abs(now - answer) < 0.1 * std::abs(1.0 - now)) return now / share;
        answer = now;
    }
    return answer / share;
}

// The steady state ln K = ln C that the law of motion goes to from `begin`, and how firmly it holds.
struct SteadyState {
    ArrayXd log_capital;
    double answer = 0.0;  ///< of ln C to ln V, the largest
    std::string problem;  ///< why it is none that capital goes to; "": it is
};

SteadyState steady_from(StaticYear& last, std::optional<Equilibrium>& at, const CapitalRule& rule, ArrayXd start,
                        const SolverOptions& options) {
    CapitalCondition condition(last, at, start.size(), 1.0 / (1.0 - rule.share),
                               [](const ArrayXd& x, const ArrayXd& consumption) -> ArrayXd { return consumption - x; });
    SteadyState out;
    const FixedPointReport report = solve_condition(condition, start, options);
    if (!report.converged)
        throw Error(ErrorKind::solve,
                    condition.problem().empty()
                        ? fmt::format("was not found: ln K stayed {:.2g} away from it; try a smaller share of capital",
                                      report.residual)
                        : condition.problem());
    out.log_capital = start;
    out.answer = largest_answer(last, at, start, rule.share);
    if (rule.share * out.answer >= 1.0)
        out.problem = fmt::format(
            "capital does not settle: where it would stay as it is, consumption answers to it by {:.3g} "
            "percent for one, so that it moves away; try a smaller share of capital",
            rule.share * out.answer);
    return out;
}

// Capital that follows consumption at once, until little is left: where the law of motion goes, from nearby.
ArrayXd follow(StaticYear& last, std::optional<Equilibrium>& at, ArrayXd x, const Job& job) {
    constexpr int most = 200;
    constexpr double little = 1e-3;
    for (int k = 0; k < most; ++k) {
        job.check();
        const ArrayXd consumption = last.solve_at(x, at, false);
        const double left = (consumption - x).abs().maxCoeff();
        if (left < little) break;
        if (!(consumption.abs() < largest_log).all())
            throw Error(ErrorKind::solve, "capital moves on without an end; try a smaller share of capital");
        x = consumption;
    }
    return x;
}

// First by the shortest way, from a guess; where that leads nowhere, or to a state that capital moves away from, from
// where the law of motion leads.
SteadyState steady_state(StaticYear& last, std::optional<Equilibrium>& at, const CapitalRule& rule,
                         const ArrayXd& begin, const ArrayXd& guess, const SolverOptions& options) {
    std::optional<Equilibrium> own = at;
    SteadyState found;
    try {
        found = steady_from(last, own, rule, guess, options);
        if (found.problem.empty()) {
            at = own;
            return found;
        }
    } catch (const Interrupted&) {
        throw;
    } catch (const Error&) {
        own.reset();  // the second way says what is wrong
    }
    own = at;
    const std::string problem = found.problem;
    try {
        found = steady_from(last, own, rule, follow(last, own, begin, options.job), options);
    } catch (const Interrupted&) {
        throw;
    } catch (const Error& error) {
        throw Error(error.kind(), fmt::format("the long run: {}", problem.empty() ? error.what() : problem));
    }
    if (!found.problem.empty()) throw Error(ErrorKind::solve, "the long run: " + found.problem);
    at = own;
    return found;
}

// The years after the last: what is in force in the last year stays.
class YearsAfter {
public:
    YearsAfter(StaticYear& year, std::optional<Equilibrium> at, const CapitalRule& rule, const SolverOptions& options)
        : year_(year), at_(std::move(at)), rule_(rule), options_(options) {}

    // The mean of ln C, discounted, from `begin`, the year after `before` with `consumption`. Year by year until what
    // is left can be taken together within `most`. Two beginnings a year apart tell what `at_once` misses, for that is
    // of second order in the way that is left and falls by `slowest` squared a year (and by b): it is taken off, and
    // what then still changes from one stretch of years to the next tells what is missed after that.
    void solve(ArrayXd before, ArrayXd consumption, double slowest, double most) {
        const double b = rule_.discount, d = rule_.transition, falls = b * slowest * slowest;
        const int stretch = std::clamp(static_cast<int>(std::log(0.2) / std::log(falls)) + 1, 1, 200);
        ArrayXd begin = (1.0 - d) * before + d * consumption, sum = ArrayXd::Zero(before.size()), last;
        double weight = 1.0;
        for (int years = 0;; years += stretch) {
            if (const std::optional<ArrayXd> rest = at_once(begin), earlier = at_once(before); rest && earlier) {
                const ArrayXd missed = falls / b / (1.0 - falls) * (*earlier - (1.0 - b) * consumption - b * *rest);
                const ArrayXd mean = sum + weight * (*rest - missed);
                error_ = weight * missed.abs().maxCoeff();
                const double left = std::pow(falls, stretch);
                if (last.size() > 0)
                    error_ = std::min(error_, 2.0 * left / (1.0 - left) * (mean - last).abs().maxCoeff());
                last = mean, mean_ = list(mean);
                if (error_ <= most || years >= most_years) return;
            } else if (years >= most_years) {
                throw Error(ErrorKind::solve, "the years after the last: " + problem_);
            }
            for (int k = 0; k < stretch; ++k) {
                options_.job.check();
                before = begin;
                consumption = year_.solve_at(before, at_, false);
                sum += weight * (1.0 - b) * consumption;
                weight *= b;
                begin = (1.0 - d) * before + d * consumption;
            }
        }
    }

    const std::vector<double>& mean() const { return mean_; }
    double error() const { return error_; }

private:
    static constexpr int most_years = 3000;

    // That mean in one static equilibrium: ln K' = (1 - d) ln K + d ln C, so that the means y of ln K and z of ln C
    // obey (1 - b (1 - d)) y = (1 - b) ln K + b d z, and z is taken as the consumption that goes with y: exact where ln
    // C is linear in ln K, and solved as it stands. None where capital has too far to go for it.
    std::optional<ArrayXd> at_once(const ArrayXd& begin) {
        const double b = rule_.discount, d = rule_.transition, kept = 1.0 - b * (1.0 - d);
        ArrayXd consumption = begin;
        const auto gap = [&](const ArrayXd& x, const ArrayXd& log_consumption) -> ArrayXd {
            consumption = log_consumption;
            return ((1.0 - b) * begin + b * d * log_consumption) / kept - x;
        };
        std::optional<Equilibrium> at = at_;
        CapitalCondition condition(year_, at, begin.size(), 1.0 / (1.0 - b * d / kept * rule_.share), gap);
        ArrayXd x = begin;
        const FixedPointReport report = solve_condition(condition, x, options_);
        if (report.converged && report.at_last) return consumption;
        problem_ = condition.problem().empty() ? "no mean of consumption was found" : condition.problem();
        return std::nullopt;
    }

    StaticYear& year_;
    std::optional<Equilibrium> at_;
    const CapitalRule& rule_;
    const SolverOptions& options_;
    std::vector<double> mean_;
    double error_ = 0.0;
    std::string problem_;
};

}  // namespace

double CapitalPath::residual() const {
    double largest = long_run.certificate.residual;
    for (const PathYear& year : years) largest = std::max(largest, year.certificate.residual);
    return largest;
}

std::vector<double> CapitalPath::log_equivalent() const {
    ArrayXd sum = ArrayXd::Zero(static_cast<Index>(log_after.size()));
    double weight = 1.0 - rule.discount, left = 1.0;
    for (const PathYear& year : years) {
        sum += weight * logs(year.consumption);
        weight *= rule.discount, left *= rule.discount;
    }
    return list(sum + left * Eigen::Map<const ArrayXd>(log_after.data(), sum.size()));
}

std::string no_path_reason(const ModelOptions& options) {
    if (!options.model->accumulation)
        return "the " + options.model->name + " model has no capital that could be built over years";
    if (options.labour_supply != 0.0)
        return "a path over years needs a fixed supply of labour: labour_supply = 0 in [model]";
    return "";
}

CapitalPath capital_path(const World& world, const CapitalRule& rule, const std::vector<YearGiven>& given,
                         int first_year, const SolverOptions& options) {
    check(world, rule, given);
    const Index n = world.n_regions();
    CapitalPath path;
    path.rule = rule;
    JobSteps steps(options.job, "years", static_cast<int>(given.size()) + 1);
    ArrayXd capital = ArrayXd::Zero(n);
    std::optional<Equilibrium> at;
    std::optional<StaticYear> last;
    for (std::size_t t = 0; t < given.size(); ++t) {
        options.job.check();
        last.emplace(world, rule, given[t], options);
        ArrayXd consumption;
        try {
            consumption = last->solve_at(capital, at);
        } catch (const Interrupted&) {
            throw;
        } catch (const Error& error) {
            throw Error(error.kind(), fmt::format("year {}: {}", first_year + static_cast<int>(t), error.what()));
        }
        path.years.push_back(last->year(capital, *at));
        path.passes += last->passes();
        capital = (1.0 - rule.transition) * capital + rule.transition * consumption;
        steps.advance();
    }
    const int before = last->passes();
    const ArrayXd here = logs(path.years.back().capital), consumption = logs(at->welfare_hat);
    std::optional<Equilibrium> steady_at = at;
    const ArrayXd guess =
        (here + (consumption - here) / (1.0 - rule.share)).cwiseMin(largest_log).cwiseMax(-largest_log);
    const SteadyState steady = steady_state(*last, steady_at, rule, capital, guess, options);
    path.long_run_gap = (last->solve_at(steady.log_capital, steady_at) - steady.log_capital).abs().maxCoeff();
    path.long_run = last->year(steady.log_capital, *steady_at);
    const double moves = 1.0 - rule.share * steady.answer;
    path.long_run_error = (path.long_run_gap + 10.0 * path.long_run.certificate.residual) / moves;
    const double left = std::pow(rule.discount, static_cast<double>(given.size()));
    YearsAfter after(*last, at, rule, options);
    after.solve(here, consumption, 1.0 - rule.transition * moves, largest_tail_error / left);
    path.log_after = after.mean();
    path.tail_error = left * after.error();
    path.passes += last->passes() - before;
    steps.advance();
    return path;
}

namespace {

// Levels against the first year.
std::vector<double> grown(const std::vector<double>& rates, std::size_t years) {
    std::vector<double> levels;
    for (const double rate : rates) levels.push_back(std::pow(1.0 + rate, static_cast<double>(years)));
    return levels;
}

}  // namespace

double checked_growth(double rate, int years, const Place& place) {
    constexpr double fastest = 0.5, largest = 1e6;
    if (!(rate >= -fastest && rate <= fastest))
        throw_input({place, "out of range", fmt::format("{:g}", rate),
                     fmt::format("between {:g} and {:g}", -fastest, fastest), ""});
    const double all = std::pow(1.0 + rate, years - 1);
    if (!(all <= largest && all >= 1.0 / largest))
        throw_input({place, "over all years together the growth is beyond what an economy can be",
                     fmt::format("a factor of {:.3g}", all),
                     fmt::format("between {:g} and {:g}", 1.0 / largest, largest), ""});
    return rate;
}

ComparedPath compared_path(const World& world, const CapitalRule& rule, const std::vector<const Shock*>& policy,
                           const GrowthRates& growth, int first_year, const SolverOptions& options) {
    std::vector<YearGiven> given;
    for (std::size_t t = 0; t < policy.size(); ++t)
        given.push_back({policy[t], grown(growth.productivity, t), grown(growth.labour, t)});
    ComparedPath out;
    out.path = capital_path(world, rule, given, first_year, options);
    if (!growth.any()) return out;
    for (YearGiven& year : given) year.policy = nullptr;
    try {
        out.without = capital_path(world, rule, given, first_year, options);
    } catch (const Interrupted&) {
        throw;
    } catch (const Error& error) {
        throw Error(
            error.kind(),
            fmt::format("the same growth under the policies of the base, which it is compared with: {}", error.what()));
    }
    return out;
}

double ComparedPath::worth(int region) const {
    const auto j = static_cast<std::size_t>(region);
    return std::exp(path.log_equivalent()[j] - (without ? without->log_equivalent()[j] : 0.0));
}

double ComparedPath::in_year(std::size_t year, int region) const {
    const auto j = static_cast<std::size_t>(region);
    return path.years[year].consumption[j] / (without ? without->years[year].consumption[j] : 1.0);
}

double ComparedPath::long_run(int region) const {
    const auto j = static_cast<std::size_t>(region);
    return path.long_run.consumption[j] / (without ? without->long_run.consumption[j] : 1.0);
}

double ComparedPath::after(int region) const {
    const auto j = static_cast<std::size_t>(region);
    return std::exp(path.log_after[j] - (without ? without->log_after[j] : 0.0));
}

}  // namespace detente
