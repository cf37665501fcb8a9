#include "economy/aggregate.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>
#include <unordered_map>

#include "economy/import_common.h"

namespace detente {
namespace {

// ------------------------------------------------------------------------------------------------- groups

// Old positions to new ones.
struct Groups {
    IndexSet names;
    std::vector<int> of;

    int operator()(int old) const { return of[static_cast<std::size_t>(old)]; }
    bool merged() const { return names.size() < static_cast<int>(of.size()); }
};

Groups group(const IndexSet& old_names, const std::map<std::string, std::string>& old_to_new, const std::string& file) {
    for (const auto& [old, group_name] : old_to_new) {
        old_names.at(old, Place{file, 0, group_name});
        // A name that stays would be merged without having been asked for.
        if (old_names.contains(group_name) && old_to_new.count(group_name) == 0) {
            throw_input({Place{file, 0, group_name},
                         fmt::format("the new {} \"{}\" has the name of one that is not assigned to any",
                                     old_names.kind(), group_name),
                         "", fmt::format("another name, or \"{}\" in its list", group_name), ""});
        }
    }
    std::vector<std::string> names;
    std::unordered_map<std::string, int> position;
    std::vector<int> of;
    for (const std::string& old : old_names.names()) {
        const auto entry = old_to_new.find(old);
        const std::string& name = entry == old_to_new.end() ? old : entry->second;
        const auto [found, added] = position.emplace(name, static_cast<int>(names.size()));
        of.push_back(found->second);
        if (added) names.push_back(name);
    }
    return {IndexSet(old_names.kind(), std::move(names), Place{file, 0, ""}), std::move(of)};
}

// ------------------------------------------------------------------------------------------------ averages

// A weighted mean by group; where all weights are 0, the plain mean. A group whose members agree keeps their
// value to the last digit.
class Mean {
public:
    explicit Mean(std::size_t groups)
        : weighted_(groups), weight_(groups), sum_(groups), count_(groups), first_(groups), same_(groups, 1) {}

    void add(std::size_t group, double value, double weight) {
        if (count_[group] == 0.0) first_[group] = value;
        if (value != first_[group]) same_[group] = 0;
        weighted_[group] += weight * value;
        weight_[group] += weight;
        sum_[group] += value;
        count_[group] += 1.0;
    }
    double operator()(std::size_t group) const {
        if (same_[group]) return first_[group];
        return weight_[group] > 0.0 ? weighted_[group] / weight_[group] : sum_[group] / count_[group];
    }

private:
    std::vector<double> weighted_, weight_, sum_, count_, first_;
    std::vector<char> same_;
};

// What every step of the aggregation needs.
struct Work {
    const Economy& old;
    Groups regions, sectors;
    TariffWeights tariffs;
    RegionSector output;

    int n() const { return regions.names.size(); }
    int m() const { return sectors.names.size(); }
    std::size_t cell(int region, int sector) const {
        return static_cast<std::size_t>(regions(region)) * static_cast<std::size_t>(m()) +
               static_cast<std::size_t>(sectors(sector));
    }
    bool income_is_known() const { return !old.value_added.empty() || !old.value_added_share.empty(); }
    // Weights of regions: labour income; spending where the economy does not say what labour earns.
    std::vector<double> income() const { return income_is_known() ? labour_income(old) : spending(); }
    // Labour income, tariff revenue and the deficit.
    std::vector<double> final_demand() const {
        if (!income_is_known()) return spending();
        std::vector<double> demand = labour_income(old);
        const std::vector<double> deficit = trade_deficit(old);
        for (std::size_t i = 0; i < demand.size(); ++i) demand[i] += deficit[i];
        for_each_flow([&](int i, int j, int s) {
            demand[static_cast<std::size_t>(j)] += old.tariff(i, j, s) * old.trade(i, j, s);
        });
        return demand;
    }
    std::vector<double> spending() const {
        const RegionSector by_sector = expenditure(old);
        std::vector<double> total(static_cast<std::size_t>(old.n_regions()));
        for (int s = 0; s < old.n_sectors(); ++s)
            for (int i = 0; i < old.n_regions(); ++i) total[static_cast<std::size_t>(i)] += by_sector(i, s);
        return total;
    }
    void for_each_flow(const std::function<void(int, int, int)>& visit) const {
        for (int s = 0; s < old.n_sectors(); ++s)
            for (int j = 0; j < old.n_regions(); ++j)
                for (int i = 0; i < old.n_regions(); ++i) visit(i, j, s);
    }
};

TradeTensor sum_flows(const Work& w) {
    TradeTensor flows(w.n(), w.m());
    w.for_each_flow(
        [&](int i, int j, int s) { flows(w.regions(i), w.regions(j), w.sectors(s)) += w.old.trade(i, j, s); });
    return flows;
}

// Tariffs and other columns by border. Trade between merged regions is home trade and takes the value that
// home trade had (0 for tariffs), not that of the borders that vanished.
TradeTensor mean_by_border(const Work& w, const TradeTensor& values, bool by_trade) {
    TradeTensor result(w.n(), w.m());
    Mean mean(result.data().size());
    const auto flat = [&](int i, int j, int s) { return static_cast<std::size_t>((s * w.n() + j) * w.n() + i); };
    w.for_each_flow([&](int i, int j, int s) {
        if ((w.regions(i) == w.regions(j)) != (i == j)) return;
        mean.add(flat(w.regions(i), w.regions(j), w.sectors(s)), values(i, j, s),
                 by_trade ? w.old.trade(i, j, s) : 1.0);
    });
    for (std::size_t at = 0; at < result.data().size(); ++at) result.data()[at] = mean(at);
    return result;
}

RegionSector mean_by_output(const Work& w, const RegionSector& values) {
    RegionSector result(w.n(), w.m());
    if (values.empty()) return {};
    Mean mean(result.data().size());
    for (int s = 0; s < w.old.n_sectors(); ++s)
        for (int i = 0; i < w.old.n_regions(); ++i) mean.add(w.cell(i, s), values(i, s), w.output(i, s));
    for (int s = 0; s < w.m(); ++s)
        for (int i = 0; i < w.n(); ++i)
            result(i, s) =
                mean(static_cast<std::size_t>(i) * static_cast<std::size_t>(w.m()) + static_cast<std::size_t>(s));
    return result;
}

InputTensor aggregate_inputs(const Work& w) {
    if (w.old.input_share.empty()) return {};
    InputTensor result(w.n(), w.m());
    RegionSector weight(w.n(), w.m());
    RegionSector members(w.n(), w.m());
    const int m = w.old.n_sectors();
    for (int s = 0; s < m; ++s) {
        for (int i = 0; i < w.old.n_regions(); ++i) {
            weight(w.regions(i), w.sectors(s)) += w.output(i, s);
            members(w.regions(i), w.sectors(s)) += 1.0;
        }
    }
    for (int s = 0; s < m; ++s) {
        for (int i = 0; i < w.old.n_regions(); ++i) {
            const int region = w.regions(i), sector = w.sectors(s);
            const double total = weight(region, sector), count = members(region, sector);
            const double part = count == 1.0 ? 1.0 : total > 0.0 ? w.output(i, s) / total : 1.0 / count;
            for (int k = 0; k < m; ++k) result(region, w.sectors(k), sector) += part * w.old.input_share(i, k, s);
        }
    }
    return result;
}

RegionSector aggregate_final_shares(const Work& w) {
    if (w.old.final_share.empty()) return {};
    const std::vector<double> income = w.final_demand();
    std::vector<double> total(static_cast<std::size_t>(w.n())), members(total.size());
    for (int i = 0; i < w.old.n_regions(); ++i) {
        total[static_cast<std::size_t>(w.regions(i))] += income[static_cast<std::size_t>(i)];
        members[static_cast<std::size_t>(w.regions(i))] += 1.0;
    }
    RegionSector result(w.n(), w.m());
    for (int i = 0; i < w.old.n_regions(); ++i) {
        const auto region = static_cast<std::size_t>(w.regions(i));
        const double part = members[region] == 1.0 ? 1.0
                            : total[region] > 0.0  ? income[static_cast<std::size_t>(i)] / total[region]
                                                   : 1.0 / members[region];
        for (int s = 0; s < w.old.n_sectors(); ++s)
            result(w.regions(i), w.sectors(s)) += part * w.old.final_share(i, s);
    }
    return result;
}

// By trade across borders; sectors that do not cross borders weigh by their home sales.
std::vector<double> mean_by_trade(const Work& w, const std::vector<double>& values) {
    if (values.empty()) return {};
    std::vector<double> abroad(values.size()), home(values.size());
    w.for_each_flow(
        [&](int i, int j, int s) { (i == j ? home : abroad)[static_cast<std::size_t>(s)] += w.old.trade(i, j, s); });
    std::vector<double> group_abroad(static_cast<std::size_t>(w.m()));
    const auto group_of = [&](std::size_t s) { return static_cast<std::size_t>(w.sectors(static_cast<int>(s))); };
    for (std::size_t s = 0; s < values.size(); ++s) group_abroad[group_of(s)] += abroad[s];
    Mean mean(group_abroad.size());
    for (std::size_t s = 0; s < values.size(); ++s) {
        mean.add(group_of(s), values[s], group_abroad[group_of(s)] > 0.0 ? abroad[s] : home[s]);
    }
    std::vector<double> result(group_abroad.size());
    for (std::size_t s = 0; s < result.size(); ++s) result[s] = mean(s);
    return result;
}

// How sure a mean of elasticities is: the mean of their standard deviations, each by what it adds to the mean. That is
// right where the merged sectors share an estimate, and more than enough where their errors are independent.
std::vector<double> log_sd_by_trade(const Work& w) {
    if (w.old.theta.empty() || w.old.theta_log_sd.empty()) return {};
    std::vector<double> absolute = w.old.theta;
    for (std::size_t s = 0; s < absolute.size(); ++s) absolute[s] *= w.old.theta_log_sd[s];
    std::vector<double> result = mean_by_trade(w, absolute);
    const std::vector<double> theta = mean_by_trade(w, w.old.theta);
    std::vector<std::ptrdiff_t> only(result.size(), -1), members(result.size(), 0);
    for (std::size_t s = 0; s < absolute.size(); ++s) {
        const auto group = static_cast<std::size_t>(w.sectors(static_cast<int>(s)));
        only[group] = static_cast<std::ptrdiff_t>(s), ++members[group];
    }
    for (std::size_t s = 0; s < result.size(); ++s)
        result[s] = members[s] == 1 ? w.old.theta_log_sd[static_cast<std::size_t>(only[s])] : result[s] / theta[s];
    return result;
}

std::vector<double> sum_by_region(const Work& w, const std::vector<double>& values) {
    if (values.empty()) return {};
    std::vector<double> result(static_cast<std::size_t>(w.n()));
    for (std::size_t i = 0; i < values.size(); ++i)
        result[static_cast<std::size_t>(w.regions(static_cast<int>(i)))] += values[i];
    return result;
}

std::vector<double> mean_by_income(const Work& w, const std::vector<double>& values) {
    const std::vector<double> income = w.income();
    Mean mean(static_cast<std::size_t>(w.n()));
    for (std::size_t i = 0; i < values.size(); ++i)
        mean.add(static_cast<std::size_t>(w.regions(static_cast<int>(i))), values[i], income[i]);
    std::vector<double> result(static_cast<std::size_t>(w.n()));
    for (std::size_t i = 0; i < result.size(); ++i) result[i] = mean(i);
    return result;
}

// ------------------------------------------------------------------------------------------- the new economy

// Amounts are summed; everything else by region is averaged.
bool is_amount(const std::string& column) {
    static const std::set<std::string> amounts = {"gdp", "population", "labour"};
    return amounts.count(column) > 0;
}

void aggregate_columns(const Work& w, Economy& e) {
    for (const auto& [name, values] : w.old.sector_columns) e.sector_columns[name] = mean_by_trade(w, values);
    for (const auto& [name, values] : w.old.region_columns) {
        e.region_columns[name] = is_amount(name) ? sum_by_region(w, values) : mean_by_income(w, values);
    }
    for (const auto& [name, table] : w.old.region_sector_columns)
        e.region_sector_columns[name] = mean_by_output(w, table);
    const bool by_trade = w.tariffs == TariffWeights::trade;
    for (const auto& [name, table] : w.old.trade_columns) e.trade_columns[name] = mean_by_border(w, table, by_trade);
}

void aggregate_sector_labels(const Work& w, Economy& e) {
    e.goods.assign(static_cast<std::size_t>(w.m()), 0);
    std::vector<int> members(e.goods.size()), goods(e.goods.size());
    if (!w.old.sector_titles.empty()) e.sector_titles = w.sectors.names.names();
    for (int s = 0; s < w.old.n_sectors(); ++s) {
        const auto at = static_cast<std::size_t>(w.sectors(s)), old = static_cast<std::size_t>(s);
        ++members[at];
        if (w.old.goods[old]) ++goods[at];
        // A code that stays keeps its title; a group's name is its title.
        if (!w.old.sector_titles.empty() && w.old.sectors[s] == w.sectors.names[w.sectors(s)])
            e.sector_titles[at] = w.old.sector_titles[old];
    }
    for (std::size_t s = 0; s < members.size(); ++s) {
        e.goods[s] = goods[s] > 0 ? 1 : 0;
        if (goods[s] == 0 || goods[s] == members[s]) continue;
        add_note(
            e, fmt::format("Sector {} merges goods with services and counts as goods: tariffs can apply to all of it.",
                           w.sectors.names[static_cast<int>(s)]));
    }
}

void note_averages(const Work& w, Economy& e) {
    if (!w.income_is_known())
        add_note(e, "The economy has no value added: spending stands in for income and final demand as weights.");
    const char* weights = w.tariffs == TariffWeights::trade ? "by trade" : "simply";
    add_note(e, fmt::format("Aggregated from {} regions and {} sectors to {} and {}.", w.old.n_regions(),
                            w.old.n_sectors(), w.n(), w.m()));
    add_note(e,
             fmt::format(
                 "Flows and amounts were summed; tariffs averaged {}; technology by output and final shares by final "
                 "demand; elasticities and columns by sector by trade; columns by region by income (gdp, population "
                 "and labour summed).",
                 weights));
    if (w.regions.merged()) add_note(e, "Trade between merged regions is home trade and carries no tariff.");
}

}  // namespace

Economy aggregate(const Economy& economy, const Concordance& concordance) {
    const Work w{economy, group(economy.regions, concordance.regions, concordance.file),
                 group(economy.sectors, concordance.sectors, concordance.file), concordance.tariffs,
                 gross_output(economy)};
    Economy e;
    e.title = economy.title + " (aggregated)";
    e.source = economy.source;
    e.licence = economy.licence;
    e.unit = economy.unit;
    e.note = economy.note;
    e.year = economy.year;
    e.regions = w.regions.names;
    e.sectors = w.sectors.names;
    aggregate_sector_labels(w, e);

    e.trade = sum_flows(w);
    e.tariff = mean_by_border(w, economy.tariff, w.tariffs == TariffWeights::trade);
    e.value_added_share = mean_by_output(w, economy.value_added_share);
    e.input_share = aggregate_inputs(w);
    e.final_share = aggregate_final_shares(w);
    e.theta = mean_by_trade(w, economy.theta);
    e.sigma = mean_by_trade(w, economy.sigma);
    e.psi = mean_by_trade(w, economy.psi);
    e.theta_log_sd = log_sd_by_trade(w);
    e.elasticities = economy.elasticities, e.elasticity_set = economy.elasticity_set;
    e.elasticity_horizon = economy.elasticity_horizon;
    e.value_added = sum_by_region(w, economy.value_added);
    e.deficit = sum_by_region(w, economy.deficit);
    aggregate_columns(w, e);
    note_averages(w, e);
    add_note(e, merge_losses(economy, concordance, e).sentence());
    return e;
}

}  // namespace detente
