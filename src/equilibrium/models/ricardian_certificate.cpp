// The independent check: every equation as printed, from the hats alone, in plain loops that share nothing with
// the solver's kernels.
#include <algorithm>
#include <cmath>
#include <limits>

#include "equilibrium/models/ricardian_system.h"

namespace detente {
namespace {

// Relative difference; a cell below `floor` is measured against the floor, where rounding of its sums drowns it.
double relative(double value, double reference, double floor = 0.0) {
    const double scale = std::max({std::abs(value), std::abs(reference), floor});
    return scale > 0.0 ? std::abs(value - reference) / scale : 0.0;
}

constexpr double negligible = 1e-12;  // of a region's income

class Check {
public:
    Check(const World& w, const Shock& s, const Equilibrium& e)
        : w_(w), shock_(s), e_(e), n_(w.n_regions()), m_(w.n_sectors()) {}

    Certificate run() {
        costs();
        markets();
        accounts();
        closing();
        Certificate c;
        for (const auto& [name, value] : blocks_) {
            // A NaN must not hide behind a comparison that is false.
            if (!std::isfinite(value)) c.residual = std::numeric_limits<double>::infinity();
            c.residual = std::max(c.residual, value);
        }
        c.blocks = blocks_;
        c.walras = walras_;
        c.dropped = w_.regions[dropped_];
        return c;
    }

private:
    void report(const char* block, double value) { blocks_.emplace_back(block, value); }
    // A NaN stays once it is there, so that no later value can hide it.
    static void raise(double& largest, double value) {
        if (!std::isnan(largest) && !(value <= largest)) largest = value;
    }

    double log_supply(int i, int s) const {
        const auto at = static_cast<std::size_t>(s);
        double value = -w_.theta[at] * std::log(e_.cost_hat(i, s));
        if (w_.psi[at] != 0.0) value += w_.theta[at] * w_.psi[at] * std::log(e_.labour_hat(i, s));
        return value;
    }

    double cost_ratio(int i, int j, int s) const {
        double ratio = 1.0;
        if (!shock_.tariff.empty() && shock_.tariff(i, j, s) != w_.tariff(i, j, s))
            ratio = (1.0 + shock_.tariff(i, j, s)) / (1.0 + w_.tariff(i, j, s));
        if (!shock_.trade_cost.empty()) ratio *= shock_.trade_cost(i, j, s);
        return ratio;
    }

    double factor(int i, int j, int s) const {
        const double ratio = cost_ratio(i, j, s);
        double k = ratio == 1.0 ? 1.0 : std::pow(ratio, -w_.theta[static_cast<std::size_t>(s)]);
        if (!shock_.productivity.empty()) k *= shock_.productivity(i, s);
        return k;
    }

    double log_factor(int i, int j, int s) const {
        const double log_ratio = -w_.theta[static_cast<std::size_t>(s)] * std::log(cost_ratio(i, j, s));
        return shock_.productivity.empty() ? log_ratio : log_ratio + std::log(shock_.productivity(i, s));
    }

    // c = w^beta prod_k P_k^gamma.
    void costs() {
        const auto n = static_cast<std::size_t>(n_);
        std::vector<double> log_wage(n);
        RegionSector log_price(n_, m_);
        for (std::size_t i = 0; i < n; ++i) log_wage[i] = std::log(e_.wage_hat[i]);
        for (int s = 0; s < m_; ++s)
            for (int i = 0; i < n_; ++i) log_price(i, s) = std::log(e_.price_hat(i, s));
        double largest = 0.0;
        for (int s = 0; s < m_; ++s) {
            std::vector<double> cost(n);
            for (int i = 0; i < n_; ++i)
                cost[static_cast<std::size_t>(i)] = w_.value_added_share(i, s) * log_wage[static_cast<std::size_t>(i)];
            for (int k = 0; k < m_; ++k)
                for (int i = 0; i < n_; ++i)
                    cost[static_cast<std::size_t>(i)] += w_.input_share(i, k, s) * log_price(i, k);
            for (int i = 0; i < n_; ++i)
                raise(largest, std::abs(cost[static_cast<std::size_t>(i)] - std::log(e_.cost_hat(i, s))));
        }
        report("cost", largest);
    }

    // Prices, shares, and the sales that follow from them.
    void markets() {
        double price = 0.0, share = 0.0;
        output_ = RegionSector(n_, m_);
        revenue_.assign(static_cast<std::size_t>(n_), 0.0);
        std::vector<double> supply(static_cast<std::size_t>(n_)), weight(static_cast<std::size_t>(n_));
        for (int s = 0; s < m_; ++s) {
            const double theta = w_.theta[static_cast<std::size_t>(s)];
            double shift = -std::numeric_limits<double>::infinity();
            for (int i = 0; i < n_; ++i)
                shift = std::max(shift, supply[static_cast<std::size_t>(i)] = log_supply(i, s));
            std::vector<double> level(supply.size());
            for (std::size_t i = 0; i < supply.size(); ++i) level[i] = std::exp(supply[i] - shift);
            for (int j = 0; j < n_; ++j) {
                double total = 0.0, here = shift;
                for (int i = 0; i < n_; ++i) {
                    const auto at = static_cast<std::size_t>(i);
                    weight[at] = w_.share(i, j, s) == 0.0 ? 0.0 : w_.share(i, j, s) * factor(i, j, s) * level[at];
                    total += weight[at];
                }
                if (total < 1e-200) total = far_market(j, s, weight, here);
                // Where nothing is spent the price moves nothing.
                if (e_.expenditure(j, s) > 0.0)
                    raise(price, std::abs(-(std::log(total) + here) / theta - std::log(e_.price_hat(j, s))));
                for (int i = 0; i < n_; ++i) {
                    const double implied = weight[static_cast<std::size_t>(i)] / total;
                    raise(share, std::abs(implied - e_.share(i, j, s)));
                    const double gross = 1.0 + e_.tariff(i, j, s),
                                 sale = e_.share(i, j, s) * e_.expenditure(j, s) / gross;
                    output_(i, s) += sale;
                    revenue_[static_cast<std::size_t>(j)] += e_.tariff(i, j, s) * sale;
                }
            }
        }
        report("price", price);
        report("share", share);
    }

    // A market whose suppliers are all far from the cheapest in the world: its own shift avoids underflow.
    double far_market(int j, int s, std::vector<double>& weight, double& shift) const {
        shift = -std::numeric_limits<double>::infinity();
        std::vector<double> logs(weight.size());
        for (int i = 0; i < n_; ++i) {
            const double base = w_.share(i, j, s);
            logs[static_cast<std::size_t>(i)] = base > 0.0 ? std::log(base) + log_factor(i, j, s) + log_supply(i, s)
                                                           : -std::numeric_limits<double>::infinity();
            shift = std::max(shift, logs[static_cast<std::size_t>(i)]);
        }
        double total = 0.0;
        for (std::size_t i = 0; i < weight.size(); ++i) total += weight[i] = std::exp(logs[i] - shift);
        return total;
    }

    void accounts() {
        double output = 0.0, expenditure = 0.0, labour = 0.0;
        for (int k = 0; k < m_; ++k) {
            std::vector<double> spending(static_cast<std::size_t>(n_), 0.0);
            for (int s = 0; s < m_; ++s)
                for (int j = 0; j < n_; ++j)
                    spending[static_cast<std::size_t>(j)] += w_.input_share(j, k, s) * output_(j, s);
            for (int j = 0; j < n_; ++j) {
                const auto at = static_cast<std::size_t>(j);
                spending[at] += w_.final_share(j, k) * e_.income[at];
                const double floor = negligible * e_.income[at];
                raise(expenditure, relative(spending[at], e_.expenditure(j, k), floor));
                raise(output, relative(output_(j, k), e_.output(j, k), floor));
                if (w_.output(j, k) > floor) {
                    // As wage bills, so that a sector that vanishes is measured against what the region earns.
                    const double before = w_.output(j, k) * e_.wage_hat[at];
                    raise(labour, relative(output_(j, k), before * e_.labour_hat(j, k), floor));
                }
            }
        }
        report("expenditure", expenditure);
        report("output", output);
        report("sector labour", labour);
    }

    // L = V (tau hat w / P)^kappa, tau hat = (1 - R/wL) / (1 - R'/w'L').
    double labour_supply() const {
        double largest = 0.0;
        for (int j = 0; j < n_; ++j) {
            const auto at = static_cast<std::size_t>(j);
            double real_wage = std::log(e_.wage_hat[at]);
            for (int s = 0; s < m_; ++s) real_wage -= w_.final_share(j, s) * std::log(e_.price_hat(j, s));
            if (w_.options.revenue == Revenue::income_tax) {
                const double wages = e_.wage_hat[at] * e_.employment_hat[at] * w_.labour_income[at];
                real_wage += std::log((1.0 - w_.revenue[at] / w_.labour_income[at]) / (1.0 - revenue_[at] / wages));
            }
            const double supply = shock_.factor_supply.empty() ? 1.0 : shock_.factor_supply[at];
            raise(largest, std::abs(w_.options.labour_supply * real_wage - std::log(e_.employment_hat[at] / supply)));
        }
        return largest;
    }

    void closing() {
        double income = 0.0, wage = 0.0, closure = 0.0, total = 0.0, world = 0.0, base_world = 0.0;
        for (int j = 0; j < n_; ++j)
            if (w_.labour_income[static_cast<std::size_t>(j)] > w_.labour_income[static_cast<std::size_t>(dropped_)])
                dropped_ = j;
        for (int j = 0; j < n_; ++j) {
            const auto at = static_cast<std::size_t>(j);
            const double wages = e_.wage_hat[at] * e_.employment_hat[at] * w_.labour_income[at];
            double paid = 0.0;
            for (int s = 0; s < m_; ++s) paid += w_.value_added_share(j, s) * output_(j, s);
            if (j == dropped_) {
                walras_ = relative(paid, wages);
            } else {
                raise(wage, relative(paid, wages));
            }
            raise(income, std::abs(wages + revenue_[at] + e_.transfer[at] - e_.income[at]) /
                              std::max(wages, std::abs(e_.income[at])));
            total += wages;
            world += e_.income[at], base_world += w_.income[at];
        }
        const double scale = closure_of(w_, shock_) == Closure::world_share ? world / base_world : 1.0;
        const std::vector<double> targets = received(w_, shock_);
        for (int j = 0; j < n_; ++j) {
            const auto at = static_cast<std::size_t>(j);
            const double target = scale * targets[at];
            raise(closure, std::abs(target - e_.transfer[at]) / w_.labour_income[at]);
        }
        report("wage", wage);
        report("labour supply", labour_supply());
        report("income", income);
        report("deficit closure", closure);
        report("numeraire", relative(total, w_.numeraire));
    }

    const World& w_;
    const Shock& shock_;
    const Equilibrium& e_;
    int n_, m_, dropped_ = 0;
    RegionSector output_;
    std::vector<double> revenue_;
    double walras_ = 0.0;
    std::vector<std::pair<std::string, double>> blocks_;
};

}  // namespace

Certificate certify_ricardian(const World& world, const Shock& shock, const Equilibrium& equilibrium) {
    return Check(world, shock, equilibrium).run();
}

}  // namespace detente
