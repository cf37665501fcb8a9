// Every number that a region has in a scenario, by its key: one list for JSON, tables, NetCDF and replication.
#include <fmt/format.h>

#include <cmath>
#include <functional>
#include <map>

#include "study/run.h"

namespace detente {
namespace {

struct View {
    const RicardianWorld& world;
    const ScenarioResult& scenario;
    std::size_t j;
    int region() const { return static_cast<int>(j); }
    const Equilibrium& e() const { return scenario.equilibrium; }
};

using Getter = std::function<std::optional<double>(const View&)>;

double percent(double hat) {
    return 100.0 * (hat - 1.0);
}

struct BorderTrade {
    double exports = 0.0, imports = 0.0;
};

template <class Table>
BorderTrade border_trade(const View& v, const Table& table) {
    BorderTrade sum;
    for (int s = 0; s < v.world.n_sectors(); ++s) {
        for (int i = 0; i < v.world.n_regions(); ++i) {
            if (i == v.region()) continue;
            sum.exports += table.flow(v.region(), i, s);
            sum.imports += table.flow(i, v.region(), s);
        }
    }
    return sum;
}

std::optional<double> ratio_percent(double now, double before) {
    if (before == 0.0) return std::nullopt;
    return 100.0 * (now - before) / std::abs(before);
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
        {"ev", [](const View& v) { return v.world.income[v.j] * (v.e().welfare_hat[v.j] - 1.0); }},
        {"real_wage_percent", [](const View& v) { return percent(v.e().real_wage_hat[v.j]); }},
        {"wage_hat", [](const View& v) { return v.e().wage_hat[v.j]; }},
        {"price_hat", [](const View& v) { return v.e().consumer_price_hat[v.j]; }},
        {"income_hat", [](const View& v) { return v.e().income_hat[v.j]; }},
        {"tariff_revenue", [](const View& v) { return v.e().revenue[v.j]; }},
        {"exports_percent",
         [](const View& v) { return ratio_percent(border_trade(v, v.e()).exports, border_trade(v, v.world).exports); }},
        {"imports_percent",
         [](const View& v) { return ratio_percent(border_trade(v, v.e()).imports, border_trade(v, v.world).imports); }},
        {"deficit_percent", [](const View& v) { return ratio_percent(v.e().deficit[v.j], v.world.deficit[v.j]); }},
        {"first_order.terms_of_trade_percent",
         [](const View& v) { return 100.0 * v.scenario.first_order.terms_of_trade.total[v.j]; }},
        {"first_order.volume_of_trade_percent",
         [](const View& v) { return 100.0 * v.scenario.first_order.volume_of_trade.total[v.j]; }},
        {"first_order.welfare_percent",
         [](const View& v) { return 100.0 * v.scenario.first_order.welfare(v.region()); }},
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
        {"decomposition.log_welfare_percent",
         part([](const Decomposition& d) -> const std::vector<double>& { return d.log_welfare; })},
        {"decomposition.error_percent",
         part([](const Decomposition& d) -> const std::vector<double>& { return d.error; })},
    };
    return list;
}

// The digits after the point of a printed number.
int decimals(const std::string& printed) {
    const std::size_t point = printed.find('.');
    return point == std::string::npos ? 0 : static_cast<int>(printed.size() - point - 1);
}

}  // namespace

const std::vector<std::string>& region_keys() {
    static const std::vector<std::string> keys = [] {
        std::vector<std::string> names;
        for (const auto& entry : getters()) names.push_back(entry.first);
        return names;
    }();
    return keys;
}

std::optional<double> region_result(const StudyResult& run, const ScenarioResult& scenario, int region,
                                    const std::string& key) {
    for (const auto& [name, get] : getters())
        if (name == key) return get(View{run.base.world, scenario, static_cast<std::size_t>(region)});
    throw_unknown_name(Place{run.study.file, 0, ""}, "result", key, region_keys());
}

std::vector<PublishedRow> published_rows(const StudyResult& run, const PublishedTable& table) {
    std::vector<PublishedRow> rows;
    for (const ScenarioResult& scenario : run.scenarios) {
        if (scenario.scenario.name != table.scenario || !scenario.answered) continue;
        for (const PublishedValue& value : table.values) {
            PublishedRow row{value, std::nullopt, std::nullopt, "", "", false};
            const int region = run.study.economy.regions.at(value.region, value.place);
            const int digits = decimals(value.printed);
            const auto text = [&](double number, int places) { return fmt::format("{:.{}f}", number, places); };
            if (!value.formula.empty()) row.formula = region_result(run, scenario, region, value.formula);
            if (!value.exact.empty()) row.exact = region_result(run, scenario, region, value.exact);
            const int shown = std::max(6, digits + 1);
            if (row.formula) row.formula_text = text(*row.formula, shown);
            if (row.exact) row.exact_text = text(*row.exact, shown);
            const std::optional<double> ours = row.formula ? row.formula : row.exact;
            // Compared as rounded numbers, so that "-0.00" and "0.00" agree.
            if (ours)
                row.agrees = std::abs(std::stod(text(*ours, digits)) - std::stod(value.printed)) <
                             0.5 * std::pow(10.0, -digits - 1);
            rows.push_back(row);
        }
    }
    return rows;
}

}  // namespace detente
