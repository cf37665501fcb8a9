#include "random_economy.h"

#include <cmath>

namespace detente::testing {
namespace {

double uniform(std::mt19937_64& random, double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random);
}
double log_uniform(std::mt19937_64& random, double low, double high) {
    return std::exp(uniform(random, std::log(low), std::log(high)));
}
bool chance(std::mt19937_64& random, double p) {
    return uniform(random, 0.0, 1.0) < p;
}

IndexSet names(const std::string& kind, const std::string& stem, int count) {
    std::vector<std::string> list;
    for (int i = 0; i < count; ++i) list.push_back(stem + std::to_string(i + 1));
    return {kind, list};
}

void draw_flows(std::mt19937_64& random, const RandomSpec& spec, Economy& e) {
    const int n = e.n_regions(), m = e.n_sectors();
    std::vector<double> size(static_cast<std::size_t>(n));
    for (double& value : size) value = log_uniform(random, 1.0, 100.0);
    for (int s = 0; s < m; ++s) {
        const bool traded = m == 1 || s == 0 || !chance(random, spec.non_traded);
        const double openness = log_uniform(random, 0.01, 0.5);
        for (int j = 0; j < n; ++j) {
            const auto at = static_cast<std::size_t>(j);
            const bool empty = m > 1 && s > 0 && chance(random, spec.empty_markets);
            for (int i = 0; i < n; ++i) {
                const auto from = static_cast<std::size_t>(i);
                double flow = size[at] * log_uniform(random, 0.3, 3.0);
                if (i != j) {
                    flow *= openness * size[from] / (size[at] + size[from]);
                    if (!traded || chance(random, spec.zero_flows)) flow = 0.0;
                    if (spec.tariffs && s % 3 != 2)
                        e.tariff(i, j, s) = chance(random, 0.1) ? uniform(random, 0.0, 1.0) : uniform(random, 0.0, 0.2);
                }
                e.trade(i, j, s) = empty ? 0.0 : flow;
            }
        }
    }
}

void draw_technology(std::mt19937_64& random, const RandomSpec& spec, Economy& e) {
    const int n = e.n_regions(), m = e.n_sectors();
    const RegionSector spending = expenditure(e), output = gross_output(e);
    for (int j = 0; j < n; ++j) {
        for (int s = 0; s < m; ++s) {
            const double inputs = spec.input_output ? uniform(random, 0.1, 0.8) : 0.0;
            std::vector<double> share(static_cast<std::size_t>(m));
            double total = 0.0;
            for (int k = 0; k < m; ++k) {
                double& value = share[static_cast<std::size_t>(k)];
                value = spending(j, k) > 0.0 ? uniform(random, 0.0, 1.0) * (k == s ? 3.0 : 1.0) : 0.0;
                total += value;
            }
            for (int k = 0; k < m; ++k)
                e.input_share(j, k, s) = total > 0.0 ? inputs * share[static_cast<std::size_t>(k)] / total : 0.0;
        }
        double final_total = 0.0;
        for (int k = 0; k < m; ++k) {
            double used = 0.0;
            for (int s = 0; s < m; ++s) used += e.input_share(j, k, s) * output(j, s);
            if (used > 0.8 * spending(j, k)) {
                const double cut = 0.8 * spending(j, k) / used;
                for (int s = 0; s < m; ++s) e.input_share(j, k, s) *= cut;
                used *= cut;
            }
            e.final_share(j, k) = spending(j, k) - used;
            final_total += e.final_share(j, k);
        }
        for (int k = 0; k < m; ++k) e.final_share(j, k) /= final_total;
        for (int s = 0; s < m; ++s) {
            double inputs = 0.0;
            for (int k = 0; k < m; ++k) inputs += e.input_share(j, k, s);
            e.value_added_share(j, s) = 1.0 - inputs;
        }
    }
}

}  // namespace

Economy random_economy(std::mt19937_64& random, const RandomSpec& spec) {
    const int n = std::uniform_int_distribution<int>(spec.min_regions, spec.max_regions)(random);
    const int m = std::uniform_int_distribution<int>(spec.min_sectors, spec.max_sectors)(random);
    Economy e;
    e.title = "random", e.unit = "units";
    e.regions = names("region", "R", n), e.sectors = names("sector", "S", m);
    e.trade = e.tariff = TradeTensor(n, m);
    e.value_added_share = e.final_share = RegionSector(n, m);
    e.input_share = InputTensor(n, m);
    e.goods.assign(static_cast<std::size_t>(m), 1);
    for (int s = 0; s < m; ++s) {
        e.theta.push_back(log_uniform(random, spec.min_theta, spec.max_theta));
        e.psi.push_back(uniform(random, 0.0, 0.9) / e.theta.back());
    }
    draw_flows(random, spec, e);
    draw_technology(random, spec, e);
    return e;
}

Shock random_shock(std::mt19937_64& random, const Economy& e, const RandomSpec& spec) {
    const int n = e.n_regions(), m = e.n_sectors();
    Shock shock;
    shock.tariff = e.tariff;
    shock.trade_cost = TradeTensor(n, m, 1.0);
    const bool free_trade = chance(random, 0.1), prohibitive = chance(random, 0.1);
    for (int s = 0; s < m; ++s) {
        for (int j = 0; j < n; ++j) {
            for (int i = 0; i < n; ++i) {
                if (i == j) continue;
                if (free_trade)
                    shock.tariff(i, j, s) = 0.0;
                else if (prohibitive)
                    shock.tariff(i, j, s) = spec.max_tariff;
                else if (spec.tariffs && chance(random, 0.5))
                    shock.tariff(i, j, s) = uniform(random, 0.0, spec.max_tariff);
                if (chance(random, 0.3))
                    shock.trade_cost(i, j, s) = log_uniform(random, spec.min_iceberg, spec.max_iceberg);
            }
        }
    }
    return shock;
}

Shock prohibitive_shock(std::mt19937_64& random, const Economy& e, double max_rate) {
    const int n = e.n_regions(), m = e.n_sectors();
    Shock shock;
    shock.tariff = e.tariff;
    shock.trade_cost = TradeTensor(n, m, 1.0);
    // Two blocks, at times of one region; the border between them closes in one direction or in both.
    std::vector<char> block(static_cast<std::size_t>(n), 0);
    if (chance(random, 0.5)) {
        block[std::uniform_int_distribution<std::size_t>(0, block.size() - 1)(random)] = 1;
    } else {
        for (char& member : block) member = chance(random, 0.5) ? 1 : 0;
    }
    const bool into = chance(random, 0.67), out = !into || chance(random, 0.3);
    const bool one_pair = chance(random, 0.2), some_sectors = chance(random, 0.2);
    const int kind = std::uniform_int_distribution<int>(0, 2)(random);  // tariffs, trade costs, both
    const double rate = log_uniform(random, 10.0, max_rate), factor = log_uniform(random, 10.0, max_rate);
    const int from = std::uniform_int_distribution<int>(0, n - 1)(random);
    for (int s = 0; s < m; ++s) {
        if (some_sectors && chance(random, 0.5)) continue;
        for (int j = 0; j < n; ++j) {
            for (int i = 0; i < n; ++i) {
                const bool enters = block[static_cast<std::size_t>(j)] > block[static_cast<std::size_t>(i)],
                           leaves = block[static_cast<std::size_t>(j)] < block[static_cast<std::size_t>(i)];
                if (i == j || (one_pair && i != from) || !((enters && into) || (leaves && out))) continue;
                if (kind != 1) shock.tariff(i, j, s) = rate;
                if (kind != 0) shock.trade_cost(i, j, s) = factor;
            }
        }
    }
    return shock;
}

}  // namespace detente::testing
