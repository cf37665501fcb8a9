#include "detente/growth.h"

#include <fmt/format.h>

#include "growth/path.h"
#include "library/boundary.h"
#include "library/handles.h"
#include "library/policy.h"
#include "library/solver.h"
#include "library/tables.h"
#include "policy/selection.h"
#include "questions/governments.h"

namespace detente {
namespace library {
namespace {

void check_years(int first, int last, const std::vector<v1::Phase>& phases) {
    if (last < first || last - first >= most_years_of_a_path)
        throw_input({{"", 0, "years"},
                     last < first ? "the last year is before the first" : "too many years",
                     fmt::format("{} to {}", first, last),
                     fmt::format("one to {} years", most_years_of_a_path),
                     ""});
    if (phases.empty()) throw_input(Place{"", 0, "phases"}, "a path has at least one phase");
    for (std::size_t k = 0; k < phases.size(); ++k) {
        const int from = phases[k].from, least = k == 0 ? first : phases[k - 1].from + 1;
        if (from < least || from > last)
            throw_input({{"", 0, fmt::format("phases[{}].from", k)},
                         "no year of the path after the phase before",
                         std::to_string(from),
                         fmt::format("a year from {} to {}", least, last),
                         ""});
    }
}

std::vector<double> rates(const Economy& economy, const std::vector<v1::Growth>& given, const char* key, int years) {
    std::vector<double> list;
    for (std::size_t k = 0; k < given.size(); ++k) {
        const auto place = [&](const char* field) { return Place{"", 0, fmt::format("{}[{}].{}", key, k, field)}; };
        list.resize(static_cast<std::size_t>(economy.n_regions()), 0.0);
        const double rate = checked_growth(given[k].rate, years, place("rate"));
        for (const int j : select_regions(economy, {}, given[k].region, place("region")))
            list[static_cast<std::size_t>(j)] = rate;
    }
    return list;
}

// What the tables of a path show, kept alive by each of them.
struct Numbers {
    std::vector<std::string> years;
    std::vector<double> welfare, ev, impact, long_run, after, long_run_capital;        // by region
    std::vector<double> capital, consumption, real_wage, factor_supply, year_welfare;  // [year][region]
};

Numbers numbers_of(const World& world, const ComparedPath& found, int first) {
    Numbers n;
    for (int j = 0; j < world.n_regions(); ++j) {
        n.welfare.push_back(percent_of(found.worth(j)));
        n.ev.push_back(world.income[static_cast<std::size_t>(j)] * (found.worth(j) - 1.0));
        n.impact.push_back(percent_of(found.impact(j)));
        n.long_run.push_back(percent_of(found.long_run(j)));
        n.after.push_back(percent_of(found.after(j)));
        n.long_run_capital.push_back(percent_of(found.path.long_run.capital[static_cast<std::size_t>(j)]));
    }
    for (std::size_t t = 0; t < found.path.years.size(); ++t) {
        const PathYear& year = found.path.years[t];
        n.years.push_back(std::to_string(first + static_cast<int>(t)));
        for (std::size_t j = 0; j < year.capital.size(); ++j) {
            n.capital.push_back(percent_of(year.capital[j]));
            n.consumption.push_back(percent_of(year.consumption[j]));
            n.real_wage.push_back(percent_of(year.real_wage[j]));
            n.factor_supply.push_back(percent_of(year.factor_supply[j]));
            n.year_welfare.push_back(percent_of(found.in_year(t, static_cast<int>(j))));
        }
    }
    return n;
}

v1::Path path_of(const v1::World& world, const ComparedPath& found, int first) {
    const auto numbers = std::make_shared<const Numbers>(numbers_of(engine(world), found, first));
    const auto& labels = world.economy().impl().economy;
    const TableMaker make(labels, numbers);
    const std::shared_ptr<const std::vector<std::string>> regions(labels, &labels->regions.names()),
        years(numbers, &numbers->years);
    const auto by_year = [&](const char* name, const std::vector<double>& data) {
        const auto n = static_cast<std::ptrdiff_t>(regions->size());
        return v1::Table(name, "percent", {{"region", regions, 1}, {"year", years, n}}, data, numbers);
    };
    v1::Path out;
    for (std::size_t t = 0; t < found.path.years.size(); ++t) out.years.push_back(first + static_cast<int>(t));
    out.welfare_percent = make.by_region("welfare_percent", "percent", numbers->welfare);
    out.ev = make.by_region("ev", world.unit(), numbers->ev);
    out.impact_percent = make.by_region("impact_percent", "percent", numbers->impact);
    out.long_run_percent = make.by_region("long_run_percent", "percent", numbers->long_run);
    out.after_percent = make.by_region("after_percent", "percent", numbers->after);
    out.long_run_capital_percent = make.by_region("long_run_capital_percent", "percent", numbers->long_run_capital);
    out.capital_percent = by_year("capital_percent", numbers->capital);
    out.consumption_percent = by_year("consumption_percent", numbers->consumption);
    out.real_wage_percent = by_year("real_wage_percent", numbers->real_wage);
    out.factor_supply_percent = by_year("factor_supply_percent", numbers->factor_supply);
    out.year_welfare_percent = by_year("year_welfare_percent", numbers->year_welfare);
    out.residual = found.path.residual(), out.long_run_gap = found.path.long_run_gap;
    out.long_run_error = found.long_run_error(), out.tail_error = found.worth_error(), out.passes = found.passes();
    return out;
}

}  // namespace
}  // namespace library

namespace v1 {
using namespace library;

Path path(const World& world, int first, int last, const std::vector<Phase>& phases, const PathOptions& options) {
    return guarded([&] {
        check_years(first, last, phases);
        std::vector<Shock> shocks;
        for (const Phase& phase : phases) shocks.push_back(shock_of(world, phase.policy));
        std::vector<const Shock*> policy;
        for (int year = first; year <= last; ++year) {
            policy.push_back(nullptr);
            for (std::size_t k = 0; k < phases.size(); ++k)
                if (phases[k].from <= year) policy.back() = &shocks[k];
        }
        const detente::Economy& economy = engine(world.economy());
        const int years = last - first + 1;
        const GrowthRates growth{rates(economy, options.productivity, "productivity", years),
                                 rates(economy, options.labour, "labour", years)};
        const CapitalRule rule{options.capital.share, options.capital.transition, options.capital.discount};
        return path_of(world, compared_path(engine(world), rule, policy, growth, first, solver_of(options.solve)),
                       first);
    });
}

}  // namespace v1
}  // namespace detente
