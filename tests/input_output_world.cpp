#include "input_output_world.h"

#include <algorithm>
#include <cmath>

namespace detente::testing {
namespace {

constexpr double units = 1e6;  // amounts are whole millionths

double rounded(double value) {
    return std::round(value * units) / units;
}

// Not std::uniform_real_distribution: its numbers may differ between libraries, and it is slow for so many.
double uniform(std::mt19937_64& random) {
    return static_cast<double>(random() >> 11U) * 0x1.0p-53;
}

void draw_intermediate(std::mt19937_64& random, const std::vector<double>& size, InputOutputWorld& w) {
    for (int i = 0; i < w.n(); ++i) {
        for (int s = 0; s < w.m(); ++s) {
            for (int j = 0; j < w.n(); ++j) {
                const auto from = static_cast<std::size_t>(i), to = static_cast<std::size_t>(j);
                const double scale = i == j ? size[to] : 0.3 * size[from] * size[to] / (size[from] + size[to]);
                for (int k = 0; k < w.m(); ++k) {
                    const double draw = uniform(random);
                    w.use(i, s, j, k) = i != j && draw < 0.1 ? 0.0 : rounded(scale * (0.05 + draw * draw));
                }
            }
        }
    }
}

void draw_final(std::mt19937_64& random, const std::vector<double>& size, int stocks, InputOutputWorld& w) {
    for (int i = 0; i < w.n(); ++i) {
        for (int s = 0; s < w.m(); ++s) {
            for (int j = 0; j < w.n(); ++j) {
                const auto from = static_cast<std::size_t>(i), to = static_cast<std::size_t>(j);
                const double scale = i == j ? 10.0 * size[to] : size[from] * size[to] / (size[from] + size[to]);
                for (int c = 0; c < w.categories_count(); ++c) {
                    const double draw = uniform(random);
                    w.sold(i, s, j, c) = rounded(scale * (c == stocks ? draw - 0.8 : 0.1 + 0.3 * draw));
                    // A cell whose sum over categories is negative, abroad: small beside the row.
                    if (c == stocks && i != j && draw < 0.02) w.sold(i, s, j, c) = rounded(-3.0 * scale);
                }
            }
        }
    }
}

// Home sales to final demand make up for what an industry pays for inputs, so that its value added is positive.
void close_accounts(std::mt19937_64& random, InputOutputWorld& w) {
    std::vector<double> inputs(static_cast<std::size_t>(w.n() * w.m()));
    for (int i = 0; i < w.n(); ++i)
        for (int s = 0; s < w.m(); ++s)
            for (int j = 0; j < w.n(); ++j)
                for (int k = 0; k < w.m(); ++k) inputs[static_cast<std::size_t>(j * w.m() + k)] += w.use(i, s, j, k);
    for (int i = 0; i < w.n(); ++i) {
        for (int s = 0; s < w.m(); ++s) {
            const double bought = inputs[static_cast<std::size_t>(i * w.m() + s)];
            const double wanted = bought * (1.5 + uniform(random)), output = w.output(i, s);
            if (output < wanted) w.sold(i, s, i, 0) = rounded(w.sold(i, s, i, 0) + wanted - output);
            w.taxes.push_back(rounded(0.05 * (uniform(random) - 0.2) * bought));
        }
    }
}

double difference(const std::vector<double>& a, const std::vector<double>& b) {
    if (a.size() != b.size()) return INFINITY;
    double largest = 0.0;
    for (std::size_t at = 0; at < a.size(); ++at)
        largest = std::max(largest, std::abs(a[at] - b[at]) / std::max(1.0, std::abs(b[at])));
    return largest;
}

}  // namespace

double InputOutputWorld::output(int i, int s) const {
    double sum = 0.0;
    for (int j = 0; j < n(); ++j)
        for (int k = 0; k < m(); ++k) sum += use(i, s, j, k);
    for (int j = 0; j < n(); ++j)
        for (int c = 0; c < categories_count(); ++c) sum += sold(i, s, j, c);
    return sum;
}

double InputOutputWorld::inputs(int j, int k) const {
    double sum = 0.0;
    for (int i = 0; i < n(); ++i)
        for (int s = 0; s < m(); ++s) sum += use(i, s, j, k);
    return sum;
}

std::vector<std::string> region_codes(int count) {
    std::vector<std::string> codes = {"AUS", "MEX", "USA", "CHN", "DEU", "JPN", "IND", "BRA"};
    for (int i = 0; static_cast<int>(codes.size()) < count; ++i)
        codes.push_back({'R', static_cast<char>('A' + i / 26), static_cast<char>('A' + i % 26)});
    codes.resize(static_cast<std::size_t>(count));
    return codes;
}

InputOutputWorld random_world(std::mt19937_64& random, std::vector<std::string> regions,
                              std::vector<std::string> sectors, std::vector<std::string> categories, int stocks) {
    InputOutputWorld w;
    w.regions = std::move(regions);
    w.sectors = std::move(sectors);
    w.categories = std::move(categories);
    const auto rows = w.regions.size() * w.sectors.size();
    w.intermediate.resize(rows * rows);
    w.final.resize(rows * w.regions.size() * w.categories.size());
    std::vector<double> size;
    for (int i = 0; i < w.n(); ++i) size.push_back(std::exp(5.0 * uniform(random)));
    draw_intermediate(random, size, w);
    draw_final(random, size, stocks, w);
    close_accounts(random, w);
    return w;
}

Economy expected_economy(const InputOutputWorld& w) {
    const int n = w.n(), m = w.m();
    Economy e;
    e.regions = IndexSet("region", w.regions);
    e.sectors = IndexSet("sector", w.sectors);
    e.trade = TradeTensor(n, m);
    e.input_share = InputTensor(n, m);
    e.value_added_share = e.final_share = RegionSector(n, m);
    std::vector<double> final_demand(static_cast<std::size_t>(n));
    for (int i = 0; i < n; ++i) {
        for (int s = 0; s < m; ++s) {
            for (int j = 0; j < n; ++j) {
                double sold = 0.0;
                for (int c = 0; c < w.categories_count(); ++c) sold += w.sold(i, s, j, c);
                sold = std::max(0.0, sold);
                e.trade(i, j, s) = sold;
                e.final_share(j, s) += sold;
                final_demand[static_cast<std::size_t>(j)] += sold;
                for (int k = 0; k < m; ++k) {
                    e.trade(i, j, s) += w.use(i, s, j, k);
                    e.input_share(j, s, k) += w.use(i, s, j, k);
                }
            }
        }
    }
    for (int i = 0; i < n; ++i) {
        for (int s = 0; s < m; ++s) {
            const double output = w.output(i, s);
            e.value_added_share(i, s) = 1.0;
            for (int k = 0; k < m; ++k) {
                e.input_share(i, k, s) /= output;
                e.value_added_share(i, s) -= e.input_share(i, k, s);
            }
            e.final_share(i, s) /= final_demand[static_cast<std::size_t>(i)];
        }
    }
    return e;
}

double largest_difference(const Economy& a, const Economy& b) {
    if (!(a.regions == b.regions) || !(a.sectors == b.sectors)) return INFINITY;
    return std::max({difference(a.trade.data(), b.trade.data()), difference(a.input_share.data(), b.input_share.data()),
                     difference(a.value_added_share.data(), b.value_added_share.data()),
                     difference(a.final_share.data(), b.final_share.data())});
}

}  // namespace detente::testing
