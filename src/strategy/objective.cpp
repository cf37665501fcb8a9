#include "strategy/objective.h"

#include <cmath>

namespace detente {
namespace {

// The numerator of G_j = sum_s lambda_js (VA_js + delta_js R_j) / P_j (docs/strategy.md) and what its derivatives need;
// delta is the labour share of a sector.
struct WeightedIncome {
    double total = 0.0, mean_weight = 0.0, labour = 0.0;  // mean_weight = sum_s lambda_s delta_s
};

double labour_per_sale(const World& w, int region, int sector) {
    return w.value_added_share(region, sector) * (1.0 - w.profit_share[static_cast<std::size_t>(sector)]);
}

WeightedIncome weighted_income(const World& w, const RegionSector& output, double revenue, const Objective& o) {
    WeightedIncome sum;
    for (int s = 0; s < w.n_sectors(); ++s) {
        const double weight = o.political_weight[static_cast<std::size_t>(s)], sales = output(o.region, s);
        const double labour = labour_per_sale(w, o.region, s) * sales;
        sum.total += weight * w.value_added_share(o.region, s) * sales;
        sum.mean_weight += weight * labour;
        sum.labour += labour;
    }
    sum.mean_weight /= sum.labour;
    sum.total += sum.mean_weight * revenue;
    return sum;
}

double rival_size(const World& w, const Objective& o, int rival) {
    return o.relative_gains * welfare_income(w, static_cast<std::size_t>(rival)) /
           welfare_income(w, static_cast<std::size_t>(o.region));
}

}  // namespace

double own_utility(const World& w, const Equilibrium& e, const Objective& o) {
    const auto j = static_cast<std::size_t>(o.region);
    if (o.political_weight.empty()) return e.welfare_hat[j];
    return weighted_income(w, e.output, e.revenue[j], o).total / weighted_income(w, w.output, w.revenue[j], o).total /
           e.consumer_price_hat[j];
}

double utility(const World& w, const Equilibrium& e, const Objective& o) {
    double value = own_utility(w, e, o);
    // Gains, so that the base stays at 1.
    for (const int rival : o.rivals)
        value -= rival_size(w, o, rival) * (e.welfare_hat[static_cast<std::size_t>(rival)] - 1.0);
    return value;
}

Scalar utility_scalar(const World& w, const Equilibrium& e, const Objective& o) {
    const auto j = static_cast<std::size_t>(o.region);
    Scalar scalar(w.n_regions());
    const double own = own_utility(w, e, o);
    if (o.political_weight.empty()) {
        scalar.add(log_welfare(w, e, o.region), own);
    } else {
        const WeightedIncome now = weighted_income(w, e.output, e.revenue[j], o);
        const double per_income = own / now.total;
        scalar.log_price[j] = -own;
        scalar.revenue[j] = per_income * now.mean_weight;
        scalar.sale = RegionSector(w.n_regions(), w.n_sectors());
        for (int s = 0; s < w.n_sectors(); ++s) {
            const double weight = o.political_weight[static_cast<std::size_t>(s)];
            scalar.sale(o.region, s) =
                per_income * (weight * w.value_added_share(o.region, s) +
                              labour_per_sale(w, o.region, s) * (weight - now.mean_weight) * e.revenue[j] / now.labour);
        }
    }
    for (const int rival : o.rivals)
        scalar.add(log_welfare(w, e, rival), -rival_size(w, o, rival) * e.welfare_hat[static_cast<std::size_t>(rival)]);
    scalar.value = utility(w, e, o);
    return scalar;
}

}  // namespace detente
