// Paths over years: policies in phases, capital that answers to them, growth that is given.
#pragma once

#include <string>
#include <vector>

#include "detente/equilibrium.h"
#include "detente/export.h"
#include "detente/policy.h"
#include "detente/table.h"
#include "detente/world.h"

namespace detente {
DETENTE_V1_BEGIN
/// How capital is built and what later years count for (Anderson, Larch and Yotov 2020; docs/growth.md).
struct Capital {
    double share = 1.0 / 3.0;  ///< of what a region works with; from 0 to below 1
    double transition = 0.06;  ///< how fast it follows real income, a year; above 0 and at most 1
    double discount = 0.98;    ///< what next year counts for; between 0 and 1
};

/// What is in force from a year on.
struct Phase {
    int from = 0;
    Policy policy = {};
};

/// Growth a year after the first, 0.05 for 5 %; from -0.5 to 0.5. The last line that names a region counts for it.
struct Growth {
    Names region = {"*"};
    double rate = 0.0;
};

/// What a path is besides its years and phases.
struct PathOptions {
    Capital capital = {};
    std::vector<Growth> productivity = {}, labour = {};
    SolveOptions solve = {};
};

/// A path, and what it is worth against the same growth under the policies of the base. Tables by region, and by region
/// and year; changes in percent.
struct Path {
    std::vector<int> years;
    Table welfare_percent;   ///< region: the lasting change of consumption that is worth as much as all years together
    Table ev;                ///< region: the same in money a year, at the base's income
    Table impact_percent;    ///< region: consumption in the first year, with the capital of the base
    Table long_run_percent;  ///< region: consumption in the long run
    Table after_percent;     ///< region: consumption after the last year, discounted mean
    Table long_run_capital_percent;  ///< region: capital in the long run, against the base
    Table capital_percent;           ///< region, year: when the year begins, against the base
    Table consumption_percent;       ///< region, year: against the base
    Table real_wage_percent;         ///< region, year: of a unit of labour, against the base
    Table factor_supply_percent;     ///< region, year: what the region works with, against the base
    Table year_welfare_percent;      ///< region, year: consumption against the same year without the phases
    double residual = 0.0;           ///< certificate: of the worst equilibrium
    double long_run_gap = 0.0;       ///< how far the long run is from steady, in logs of capital
    double long_run_error = 0.0;     ///< what the long run may miss, in logs: an estimate
    double tail_error = 0.0;         ///< what the worth may miss of the years after the last, in logs: an estimate
    int passes = 0;                  ///< over the trade table, of all equilibria
};

/// The years from `first` to `last`, one after another. `phases` in the order of their years; before the first of them
/// the base's policy is in force, and after the last year what is in force then. Throws an input error for phases out
/// of order, numbers out of bounds, names that are unknown and models without capital; a solve error, with the year,
/// where there is no equilibrium.
DETENTE_PUBLIC Path path(const World& world, int first, int last, const std::vector<Phase>& phases,
                         const PathOptions& options = {});

DETENTE_V1_END
}  // namespace detente
