// Every number that a region has in a scenario, by its key: one list for JSON, tables, NetCDF and replication.
#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <functional>
#include <limits>
#include <map>

#include "equilibrium/model_table.h"
#include "study/run.h"

namespace detente {
namespace {

struct BorderTrade {
    double exports = 0.0, imports = 0.0;
};

// Of every region, in one pass over the cells.
template <class Table>
std::vector<BorderTrade> border_trade(const World& world, const Table& table) {
    std::vector<BorderTrade> sums(static_cast<std::size_t>(world.n_regions()));
    for (int s = 0; s < world.n_sectors(); ++s) {
        for (int j = 0; j < world.n_regions(); ++j) {
            for (int i = 0; i < world.n_regions(); ++i) {
                if (i == j) continue;
                const double flow = table.flow(i, j, s);
                sums[static_cast<std::size_t>(i)].exports += flow;
                sums[static_cast<std::size_t>(j)].imports += flow;
            }
        }
    }
    return sums;
}

// Of one region.
template <class Table>
BorderTrade border_trade(const World& world, const Table& table, int region) {
    BorderTrade sum;
    for (int s = 0; s < world.n_sectors(); ++s) {
        for (int i = 0; i < world.n_regions(); ++i) {
            if (i == region) continue;
            sum.exports += table.flow(region, i, s);
            sum.imports += table.flow(i, region, s);
        }
    }
    return sum;
}

// Trade over borders of all regions, for many results at once.
struct AllTrade {
    std::vector<BorderTrade> before, now;
};

struct View {
    const World& world;
    const ScenarioResult& scenario;
    std::size_t j;
    const AllTrade* trade = nullptr;  // null: summed up where it is asked for
    int region() const { return static_cast<int>(j); }
    const Equilibrium& e() const { return scenario.equilibrium; }
    BorderTrade before() const { return trade != nullptr ? trade->before[j] : border_trade(world, world, region()); }
    BorderTrade now() const { return trade != nullptr ? trade->now[j] : border_trade(world, e(), region()); }
};

using Getter = std::function<std::optional<double>(const View&)>;

double percent(double hat) {
    return 100.0 * (hat - 1.0);
}

// What a region makes: payments to its labour and profits, before tariff revenue.
template <class Table>
double product(const View& v, const Table& table) {
    return table.labour_income[v.j] + table.profit[v.j];
}

// Change in percent of something that the base has: `size` is what it is measured in. Below the rounding of that there
// is nothing to relate a change to.
std::optional<double> ratio_percent(double now, double before, double size) {
    constexpr double rounding = 1e-10;  // certificates go to 1e-11
    if (!(std::abs(before) > rounding * size)) return std::nullopt;
    return 100.0 * (now - before) / std::abs(before);
}

// Imports less exports, net of tariffs. Where the closure fixes the deficit it is the transfer itself, to the last
// digit; in some models it follows from trade.
std::optional<double> deficit_percent(const View& v) {
    const double size = product(v, v.world);
    if (!v.world.model().deficits_follow_trade) return ratio_percent(v.e().transfer[v.j], v.world.transfer[v.j], size);
    const BorderTrade now = v.now(), before = v.before();
    return ratio_percent(now.imports - now.exports, before.imports - before.exports, size);
}

Getter first_order_part(std::function<double(const FirstOrder&, const View&)> of) {
    return [of = std::move(of)](const View& v) -> std::optional<double> {
        if (!v.scenario.first_order) return std::nullopt;
        return 100.0 * of(*v.scenario.first_order, v);
    };
}

Getter part(std::function<const std::vector<double>&(const Decomposition&)> of) {
    return [of = std::move(of)](const View& v) -> std::optional<double> {
        if (!v.scenario.decomposition) return std::nullopt;
        return 100.0 * of(*v.scenario.decomposition)[v.j];
    };
}

const std::vector<std::pair<std::string, Getter>>& getters() {
    static const std::vector<std::pair<std::string, Getter>> list = {
        {"welfare_percent", [](const View& v) { return percent(v.e().welfare_hat[v.j]); }},
        {"ev", [](const View& v) { return equivalent_variation(v.world, v.e(), v.j); }},
        {"real_wage_percent", [](const View& v) { return percent(v.e().real_wage_hat[v.j]); }},
        {"wage_hat", [](const View& v) { return v.e().wage_hat[v.j]; }},
        {"price_hat", [](const View& v) { return v.e().consumer_price_hat[v.j]; }},
        {"income_hat", [](const View& v) { return v.e().income_hat[v.j]; }},
        {"tariff_revenue", [](const View& v) { return v.e().revenue[v.j]; }},
        {"exports_percent",
         [](const View& v) { return ratio_percent(v.now().exports, v.before().exports, product(v, v.world)); }},
        {"imports_percent",
         [](const View& v) { return ratio_percent(v.now().imports, v.before().imports, product(v, v.world)); }},
        {"deficit_percent", deficit_percent},
        {"transfer", [](const View& v) { return v.e().transfer[v.j]; }},
        {"price_percent", [](const View& v) { return percent(v.e().consumer_price_hat[v.j]); }},
        {"exports_gdp_percent",
         [](const View& v) {
             return ratio_percent(v.now().exports / product(v, v.e()), v.before().exports / product(v, v.world), 1.0);
         }},
        {"imports_gdp_percent",
         [](const View& v) {
             return ratio_percent(v.now().imports / product(v, v.e()), v.before().imports / product(v, v.world), 1.0);
         }},
        {"revenue_percent", [](const View& v) { return 100.0 * v.e().revenue[v.j] / v.world.income[v.j]; }},
        {"employment_percent",
         [](const View& v) -> std::optional<double> {
             if (v.world.options.labour_supply == 0.0) return std::nullopt;
             return percent(v.e().employment_hat[v.j]);
         }},
        {"profit_percent",
         [](const View& v) -> std::optional<double> {
             if (!v.world.model().profits) return std::nullopt;
             return ratio_percent(v.e().profit[v.j], v.world.profit[v.j], product(v, v.world));
         }},
        {"first_order.terms_of_trade_percent",
         first_order_part([](const FirstOrder& f, const View& v) { return f.terms_of_trade.total[v.j]; })},
        {"first_order.volume_of_trade_percent",
         first_order_part([](const FirstOrder& f, const View& v) { return f.volume_of_trade.total[v.j]; })},
        {"first_order.welfare_percent",
         first_order_part([](const FirstOrder& f, const View& v) { return f.welfare(v.region()); })},
        {"decomposition.terms_of_trade_percent",
         part([](const Decomposition& d) -> const std::vector<double>& { return d.terms_of_trade.total; })},
        {"decomposition.volume_of_trade_percent",
         part([](const Decomposition& d) -> const std::vector<double>& { return d.volume_of_trade.total; })},
        {"decomposition.cost_percent",
         part([](const Decomposition& d) -> const std::vector<double>& { return d.cost.total; })},
        {"decomposition.scale_percent",
         part([](const Decomposition& d) -> const std::vector<double>& { return d.scale; })},
        {"decomposition.transfer_percent",
         part([](const Decomposition& d) -> const std::vector<double>& { return d.transfer; })},
        {"decomposition.factor_percent",
         part([](const Decomposition& d) -> const std::vector<double>& { return d.factor; })},
        {"decomposition.log_welfare_percent",
         part([](const Decomposition& d) -> const std::vector<double>& { return d.log_welfare; })},
        {"decomposition.error_percent",
         part([](const Decomposition& d) -> const std::vector<double>& { return d.error; })},
    };
    return list;
}

const Getter& getter(const std::string& key) {
    for (const auto& [name, get] : getters())
        if (name == key) return get;
    throw_unknown_name({}, "result", key, region_keys());
}

// The digits after the point of a printed number.
int decimals(const std::string& printed) {
    const std::size_t point = printed.find('.');
    return point == std::string::npos ? 0 : static_cast<int>(printed.size() - point - 1);
}

}  // namespace

std::optional<double> printed_number(const std::string& printed) {
    const bool number = !printed.empty() && printed.find_first_not_of("+-.0123456789") == std::string::npos;
    char* end = nullptr;
    const double value = number ? std::strtod(printed.c_str(), &end) : 0.0;
    if (!number || *end != '\0' || !std::isfinite(value)) return std::nullopt;
    return value;
}

const std::vector<std::string>& region_keys() {
    static const std::vector<std::string> keys = [] {
        std::vector<std::string> names;
        for (const auto& entry : getters()) names.push_back(entry.first);
        return names;
    }();
    return keys;
}

std::optional<double> region_result(const World& world, const ScenarioResult& scenario, int region,
                                    const std::string& key) {
    return getter(key)(View{world, scenario, static_cast<std::size_t>(region)});
}

std::vector<std::vector<double>> region_results(const World& world, const ScenarioResult& scenario,
                                                const std::vector<std::string>& keys) {
    const AllTrade trade{border_trade(world, world), border_trade(world, scenario.equilibrium)};
    std::vector<std::vector<double>> table;
    for (const std::string& key : keys) {
        const Getter& get = getter(key);
        std::vector<double>& row = table.emplace_back();
        for (std::size_t j = 0; j < trade.now.size(); ++j)
            row.push_back(get(View{world, scenario, j, &trade}).value_or(std::numeric_limits<double>::quiet_NaN()));
    }
    return table;
}

std::optional<double> region_result(const StudyResult& run, const ScenarioResult& scenario, int region,
                                    const std::string& key) {
    return at_place(Place{run.study.file, 0, ""}, [&] { return region_result(run.base.world, scenario, region, key); });
}

std::optional<double> group_result(const StudyResult& run, const ScenarioResult& scenario,
                                   const std::vector<int>& members, const std::string& key) {
    double sum = 0.0, weight = 0.0;
    for (const int j : members) {
        const auto value = region_result(run, scenario, j, key);
        if (!value || !std::isfinite(*value)) continue;
        const double income = run.base.world.income[static_cast<std::size_t>(j)];
        sum += income * *value, weight += income;
    }
    return weight > 0.0 ? std::optional(sum / weight) : std::nullopt;
}

std::vector<std::pair<std::string, std::vector<int>>> region_groups(const StudyResult& run) {
    std::vector<std::pair<std::string, std::vector<int>>> list;
    for (const auto& [name, members] : run.study.groups) {
        std::vector<int> positions;
        for (const std::string& member : members)
            if (run.study.economy.regions.contains(member)) positions.push_back(run.study.economy.regions.at(member));
        if (positions.size() == members.size()) list.emplace_back(name, std::move(positions));
    }
    return list;
}

std::vector<PublishedRow> published_rows(const StudyResult& run, const PublishedTable& table) {
    std::vector<PublishedRow> rows;
    for (const ScenarioResult* outcome : outcomes(run)) {
        const ScenarioResult& scenario = *outcome;
        if (scenario.scenario.name != table.scenario || !scenario.answered) continue;
        for (const PublishedValue& value : table.values) {
            PublishedRow row{value, std::nullopt, std::nullopt, "", "", false};
            const std::vector<int> members =
                select_regions(run.study.economy, run.study.groups, {value.region}, value.place);
            const auto result = [&](const std::string& key) {
                return members.size() == 1 ? region_result(run, scenario, members[0], key)
                                           : group_result(run, scenario, members, key);
            };
            const int digits = decimals(value.printed);
            const auto text = [&](double number, int places) { return fmt::format("{:.{}f}", number, places); };
            if (!value.formula.empty()) row.formula = result(value.formula);
            if (!value.exact.empty()) row.exact = result(value.exact);
            const int shown = std::max(6, digits + 1);
            if (row.formula) row.formula_text = text(*row.formula, shown);
            // What the paper prints is its formula where it has one, else the exact number.
            if (row.exact) row.exact_text = text(*row.exact, shown);
            const std::optional<double> ours = row.formula ? row.formula : row.exact;
            const double printed = printed_number(value.printed).value_or(std::nan(""));
            if (ours) row.difference = *ours - printed;
            // Compared as rounded numbers, so that "-0.00" and "0.00" agree.
            if (ours)
                row.agrees = std::abs(std::strtod(text(*ours, digits).c_str(), nullptr) - printed) <
                             0.5 * std::pow(10.0, -digits - 1);
            rows.push_back(row);
        }
    }
    return rows;
}

}  // namespace detente
