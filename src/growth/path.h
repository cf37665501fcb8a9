// The world economy over years: capital that its owners build out of income, growth that is given, and what a path of
// policies is worth with the transition (Anderson, Larch and Yotov 2020, Economic Journal 130; docs/growth.md).
//
// Every year is one static equilibrium with the factor supplies V hat of that year; hats are ratios to the base, which
// is taken as a steady state.
#pragma once

#include <optional>
#include <vector>

#include "equilibrium/model.h"

namespace detente {

/// How capital is built and what later years count for.
struct CapitalRule {
    double share = 1.0 / 3.0;  ///< chi, of capital in what a region works with; in [0, 1)
    double transition = 0.06;  ///< d, a year: K' = (I / P)^d K^(1 - d) in hats; in (0, 1]
    double discount = 0.98;    ///< b, what next year's log of consumption counts for; in (0, 1)
};

/// What is in force in a year, and what grows by itself. Empty lists: as in the base.
struct YearGiven {
    const Shock* policy = nullptr;     ///< its own `factor_supply` counts as more productivity; null: none
    std::vector<double> productivity;  ///< A hat by region, > 0: of what a region works with
    std::vector<double> labour;        ///< N hat by region, > 0
};

/// One year, by region, ratios to the base.
struct PathYear {
    std::vector<double> capital;        ///< K hat, as it stands when the year begins
    std::vector<double> factor_supply;  ///< V hat = A N^(1 - chi) K^chi, with the policy's own
    std::vector<double> consumption;    ///< C hat = I hat / P hat
    std::vector<double> real_wage;      ///< of a unit of labour: w hat V hat / (N hat P hat)
    Certificate certificate;            ///< of the year's equilibrium
};

/// A path and where it goes.
struct CapitalPath {
    CapitalRule rule;
    std::vector<PathYear> years;
    PathYear long_run;  ///< the steady state K hat = I hat / P hat of what is in force in the last year
    /// How far the long run is from K hat = I hat / P hat, the largest |ln| of the two.
    double long_run_gap = 0.0;
    double long_run_error =
        0.0;  ///< of ln K and ln C there, at most about: the gap, and how firmly capital is drawn back
    /// ln of consumption in the years after the last, their discounted mean, by region: capital goes on towards the
    /// long run with what is in force in the last year.
    std::vector<double> log_after;
    double tail_error = 0.0;  ///< of `log_equivalent`, from the years after the last taken together: an estimate
    int passes = 0;           ///< over the trade tensor, of all equilibria
    /// The largest residual of any year's equilibrium and of the long run's.
    double residual() const;
    /// (1 - b) sum_t b^t ln C_t over all years, those after the last included, by region: ln of the steady consumption
    /// that is worth as much.
    std::vector<double> log_equivalent() const;
};

/// Why a model cannot have a path, in words, or "".
std::string no_path_reason(const ModelOptions& options);

/// What a path's worth may miss of the years after the last, in logs: so many of them are solved one by one.
constexpr double largest_tail_error = 1e-8;

/// Solves the years one after another, each from the one before, and the long run. `given` has a year or more, and what
/// it points at lives as long as the call. Throws an input error for a rule out of bounds, for growth that is no
/// positive number and for a model that has no path; a solve error as `solve` does, with the year (counted from
/// `first_year`), and where capital settles nowhere.
CapitalPath capital_path(const World& world, const CapitalRule& rule, const std::vector<YearGiven>& given,
                         int first_year, const SolverOptions& options = {});

/// Years of a path, at most: beyond, nobody knows what a world economy is.
constexpr int most_years_of_a_path = 500;

/// A rate of growth a year; throws an input error at `place` for one beyond -50 % and 50 %, and for one that takes the
/// years together beyond what an economy can be.
double checked_growth(double rate, int years, const Place& place);

/// Rates a year by region, 0.05 for 5 %, from the first year on; empty: none grows.
struct GrowthRates {
    std::vector<double> productivity, labour;
    /// Whether anything grows.
    bool any() const { return !productivity.empty() || !labour.empty(); }
};

/// A path beside the same growth under the policies of the base. Changes are ratios, by region.
struct ComparedPath {
    CapitalPath path;
    std::optional<CapitalPath> without;  ///< none where nothing grows: then it is the base in every year

    /// The steady consumption that is worth as much as the path.
    double worth(int region) const;
    /// Consumption in the year at position `year`; `impact`: in the first, with the capital of the base.
    double in_year(std::size_t year, int region) const;
    double impact(int region) const { return in_year(0, region); }
    /// Consumption in the long run, and on average (discounted) after the last year.
    double long_run(int region) const;
    double after(int region) const;
    /// Of `worth` and of `long_run`, in logs: an estimate of what they may miss.
    double worth_error() const { return path.tail_error + (without ? without->tail_error : 0.0); }
    double long_run_error() const { return path.long_run_error + (without ? without->long_run_error : 0.0); }
    /// Passes over the trade tensor, of both.
    int passes() const { return path.passes + (without ? without->passes : 0); }
};

/// Solves both; `policy` by year (null: the base's). Throws as `capital_path` does.
ComparedPath compared_path(const World& world, const CapitalRule& rule, const std::vector<const Shock*>& policy,
                           const GrowthRates& growth, int first_year, const SolverOptions& options = {});

}  // namespace detente
