#include "growth/path.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "base/anderson.h"
#include "equilibrium/model_table.h"

namespace detente {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;

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
    bool admissible(const ArrayXd& x) const override { return (x.abs() < 100.0).all(); }

    double evaluate(const ArrayXd& x, ArrayXd& step) override {
        const ArrayXd gap = gap_(x, year_.solve_at(x, at_, false));
        step = gain_ * gap;
        return gap.abs().maxCoeff();
    }

private:
    StaticYear& year_;
    std::optional<Equilibrium>& at_;
    double gain_;
    Gap gap_;
    ArrayXd weights_;
};

void solve_condition(CapitalCondition& condition, ArrayXd& x, const SolverOptions& options, const char* what) {
    FixedPointOptions steps;
    steps.tolerance = 10.0 * options.tolerance;
    steps.acceptable = 1e-9;
    steps.memory = 5, steps.patience = 10, steps.max_iterations = 100;
    steps.job = options.job;
    FixedPointReport report;
    try {
        report = solve_fixed_point(condition, x, steps);
    } catch (const Interrupted&) {
        throw;
    } catch (const Error& error) {
        throw Error(error.kind(), fmt::format("{}: {}", what, error.what()));
    }
    if (!report.converged)
        throw Error(ErrorKind::solve,
                    fmt::format("{} was not found: ln K stayed {:.2g} away from it; try a smaller share of capital",
                                what, report.residual));
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

// The mean of the years after the last, discounted, from capital at their beginning. With k and c the gaps of ln K and
// ln C from the long run, k' = (1 - d) k + d c; the discounted means obey y = ((1 - b) k + b d z) / (1 - b (1 - d)),
// with z the consumption that goes with y: exact where ln C is linear in ln K, and solved as it stands.
std::vector<double> years_after(StaticYear& last, std::optional<Equilibrium> at, const CapitalRule& rule,
                                const ArrayXd& begin, const PathYear& long_run, const SolverOptions& options) {
    const ArrayXd steady = logs(long_run.capital), steady_consumption = logs(long_run.consumption);
    const double b = rule.discount, d = rule.transition, kept = 1.0 - b * (1.0 - d);
    const ArrayXd start = (1.0 - b) * (begin - steady) / kept;
    ArrayXd consumption = steady_consumption;
    const auto gap = [&](const ArrayXd& x, const ArrayXd& log_consumption) -> ArrayXd {
        consumption = log_consumption;
        return start + b * d / kept * (log_consumption - steady_consumption) - (x - steady);
    };
    const double answer = b * d / kept * rule.share;
    CapitalCondition condition(last, at, steady.size(), 1.0 / (1.0 - answer), gap);
    ArrayXd x = steady + start / (1.0 - answer);
    solve_condition(condition, x, options, "the mean of the years after the last");
    return list(consumption);
}

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
    const ArrayXd here = logs(path.years.back().capital);
    ArrayXd steady = here + (logs(at->welfare_hat) - here) / (1.0 - rule.share);
    CapitalCondition condition(*last, at, n, 1.0 / (1.0 - rule.share),
                               [](const ArrayXd& x, const ArrayXd& consumption) -> ArrayXd { return consumption - x; });
    solve_condition(condition, steady, options, "the long run");
    path.long_run_gap = (last->solve_at(steady, at) - steady).abs().maxCoeff();
    path.long_run = last->year(steady, *at);
    path.log_after = years_after(*last, at, rule, capital, path.long_run, options);
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
    out.without = capital_path(world, rule, given, first_year, options);
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
