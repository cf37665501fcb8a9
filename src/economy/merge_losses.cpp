// What merging regions and sectors lost: borders, revenue, and the differences between what was averaged.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "economy/aggregate.h"

namespace detente {
namespace {

// Old positions to those in the merged economy.
std::vector<int> new_positions(const IndexSet& old_names, const std::map<std::string, std::string>& old_to_new,
                               const IndexSet& new_names) {
    std::vector<int> positions;
    for (const std::string& old : old_names.names()) {
        const auto entry = old_to_new.find(old);
        positions.push_back(new_names.at(entry == old_to_new.end() ? old : entry->second));
    }
    return positions;
}

// Weighted squares around the mean of each group, in two passes: rates that agree have a deviation of exactly 0.
class Groups {
public:
    explicit Groups(std::size_t count) : groups_(count) {}

    void add(std::size_t group, double value, double weight) {
        if (!(weight > 0.0)) return;
        members_.push_back({group, value, weight});
        Group& g = groups_[group];
        g.weight += weight;
        g.sum += weight * value;
        ++g.members;
        if (g.members == 1) g.first = value;
        if (value != g.first) g.same = false;
    }

    Spread spread(const std::function<std::string(std::size_t)>& name) {
        for (const Member& m : members_) {
            Group& g = groups_[m.group];
            const double distance = g.same ? 0.0 : m.value - g.sum / g.weight;
            g.squares += m.weight * distance * distance;
        }
        Spread result;
        double squares = 0.0, weight = 0.0;
        for (std::size_t at = 0; at < groups_.size(); ++at) {
            const Group& g = groups_[at];
            if (g.members < 2) continue;
            result.merged = true;
            squares += g.squares;
            weight += g.weight;
            const double deviation = std::sqrt(g.squares / g.weight);
            if (deviation <= result.largest) continue;
            result.largest = deviation;
            result.where = name(at);
        }
        if (result.merged) result.deviation = std::sqrt(squares / weight);
        return result;
    }

private:
    struct Member {
        std::size_t group;
        double value, weight;
    };
    struct Group {
        double weight = 0.0, sum = 0.0, first = 0.0, squares = 0.0;
        int members = 0;
        bool same = true;
    };
    std::vector<Group> groups_;
    std::vector<Member> members_;
};

// What the steps below share.
struct Merge {
    const Economy &old, &merged;
    std::vector<int> region, sector;

    int region_of(int i) const { return region[static_cast<std::size_t>(i)]; }
    int sector_of(int s) const { return sector[static_cast<std::size_t>(s)]; }
    // Visits flows between different regions.
    void for_each_border(const std::function<void(int i, int j, int s)>& visit) const {
        for (int s = 0; s < old.n_sectors(); ++s)
            for (int j = 0; j < old.n_regions(); ++j)
                for (int i = 0; i < old.n_regions(); ++i)
                    if (i != j) visit(i, j, s);
    }
};

Spread tariff_spread(const Merge& m) {
    const int n = m.merged.n_regions();
    Groups groups(m.merged.trade.data().size());
    m.for_each_border([&](int i, int j, int s) {
        const int from = m.region_of(i), to = m.region_of(j);
        if (from == to) return;
        groups.add(static_cast<std::size_t>((m.sector_of(s) * n + to) * n + from), m.old.tariff(i, j, s),
                   m.old.trade(i, j, s));
    });
    return groups.spread([&](std::size_t at) {
        const int cell = static_cast<int>(at);
        return fmt::format("{} to {}, {}", m.merged.regions[cell % n], m.merged.regions[cell / n % n],
                           m.merged.sectors[cell / n / n]);
    });
}

// Elasticities are weighed as they were averaged: by trade across borders, in groups without any by home sales.
Spread sector_spread(const Merge& m, const std::vector<double>& values) {
    if (values.empty()) return {};
    std::vector<double> abroad(values.size()), home(values.size());
    for (int s = 0; s < m.old.n_sectors(); ++s)
        for (int i = 0; i < m.old.n_regions(); ++i) home[static_cast<std::size_t>(s)] += m.old.trade(i, i, s);
    std::vector<double> group_abroad(static_cast<std::size_t>(m.merged.n_sectors()));
    m.for_each_border([&](int i, int j, int s) {
        abroad[static_cast<std::size_t>(s)] += m.old.trade(i, j, s);
        group_abroad[static_cast<std::size_t>(m.sector_of(s))] += m.old.trade(i, j, s);
    });
    Groups groups(group_abroad.size());
    for (std::size_t s = 0; s < values.size(); ++s) {
        const auto group = static_cast<std::size_t>(m.sector_of(static_cast<int>(s)));
        groups.add(group, values[s], group_abroad[group] > 0.0 ? abroad[s] : home[s]);
    }
    return groups.spread([&](std::size_t at) { return m.merged.sectors[static_cast<int>(at)]; });
}

double share(double part, double whole) {
    return whole > 0.0 ? part / whole : 0.0;
}

// Named spreads with something to say.
std::vector<std::pair<std::string, const Spread*>> spreads(const MergeLosses& losses) {
    std::vector<std::pair<std::string, const Spread*>> list = {
        {"tariffs", &losses.tariff}, {"theta", &losses.theta}, {"sigma", &losses.sigma}, {"psi", &losses.psi}};
    list.erase(std::remove_if(list.begin(), list.end(), [](const auto& entry) { return !entry.second->merged; }),
               list.end());
    return list;
}

}  // namespace

std::string MergeLosses::sentence() const {
    std::string text = fmt::format(
        "Lost by merging: {:.3g} % of trade between regions became home trade; tariff revenue was {:.6g} and is {:.6g} "
        "({:.6g} stood on borders that vanished)",
        100.0 * share(became_home, border_trade), revenue_before, revenue_after, revenue_vanished);
    for (const auto& [name, spread] : spreads(*this))
        text += fmt::format("; standard deviation of {} inside merged cells {:.3g}", name, spread->deviation);
    return text + ".";
}

std::string MergeLosses::text(const std::string& unit) const {
    std::string out = fmt::format("lost by merging ({}):\n", unit);
    const auto line = [&](const std::string& what, double value, const std::string& remark) {
        out += fmt::format("  {:<42} {:>14.6g}  {}\n", what, value, remark);
    };
    line("trade between regions, before", border_trade, "");
    line("of it now home trade", became_home, fmt::format("{:.3g} %", 100.0 * share(became_home, border_trade)));
    line("tariff revenue, before", revenue_before, "");
    line("of it on borders that vanished", revenue_vanished,
         fmt::format("{:.3g} %", 100.0 * share(revenue_vanished, revenue_before)));
    line("tariff revenue, after", revenue_after, "");
    for (const auto& [name, spread] : spreads(*this)) {
        line(fmt::format("standard deviation of {} in merged cells", name), spread->deviation,
             spread->where.empty() ? "" : fmt::format("largest {:.3g}: {}", spread->largest, spread->where));
    }
    return out;
}

MergeLosses merge_losses(const Economy& economy, const Concordance& concordance, const Economy& merged) {
    const Merge m{economy, merged, new_positions(economy.regions, concordance.regions, merged.regions),
                  new_positions(economy.sectors, concordance.sectors, merged.sectors)};
    MergeLosses losses;
    m.for_each_border([&](int i, int j, int s) {
        const double flow = economy.trade(i, j, s), paid = economy.tariff(i, j, s) * flow;
        const bool vanished = m.region_of(i) == m.region_of(j);
        losses.border_trade += flow;
        losses.revenue_before += paid;
        if (vanished) losses.became_home += flow;
        if (vanished) losses.revenue_vanished += paid;
    });
    for (std::size_t at = 0; at < merged.trade.data().size(); ++at)
        losses.revenue_after += merged.tariff.data()[at] * merged.trade.data()[at];
    losses.tariff = tariff_spread(m);
    losses.theta = sector_spread(m, economy.theta);
    losses.sigma = sector_spread(m, economy.sigma);
    losses.psi = sector_spread(m, economy.psi);
    return losses;
}

}  // namespace detente
