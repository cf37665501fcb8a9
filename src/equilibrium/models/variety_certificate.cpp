// The independent check of `krugman` and `melitz`: the conditions as the papers print them (docs/krugman.md,
// docs/melitz.md), from the hats alone, in plain loops that share nothing with the solver's kernels.
#include <algorithm>
#include <cmath>
#include <limits>

#include "equilibrium/models/variety_system.h"

namespace detente {
namespace {

double relative(double value, double reference) {
    const double scale = std::max(std::abs(value), std::abs(reference));
    return scale > 0.0 ? std::abs(value - reference) / scale : 0.0;
}

class Check {
public:
    Check(const World& w, const Shock& s, const Equilibrium& e)
        : w_(w),
          shock_(s),
          e_(e),
          n_(w.n_regions()),
          m_(w.n_sectors()),
          log_price_(size()),
          earned_(size()),
          profit_(size()),
          received_(size()),
          revenue_(size()),
          bought_(size()) {}

    Certificate run() {
        markets();
        wages();
        budgets();
        labour();
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
    std::size_t size() const { return static_cast<std::size_t>(n_); }
    void report(const char* block, double value) { blocks_.emplace_back(block, value); }
    static void raise(double& largest, double value) {
        if (!std::isnan(largest) && !(value <= largest)) largest = value;
    }
    static double at(const std::vector<double>& list, int j) { return list[static_cast<std::size_t>(j)]; }

    // ln [ lambda (w / l^psi)^-theta (tau hat^phi d hat)^-theta T hat ], from `start` = ln lambda.
    double log_weight(double start, int i, int j, int s) const {
        const double theta = at(w_.theta, s), psi = at(w_.psi, s);
        double value = start - theta * (std::log(at(e_.wage_hat, i)) - psi * std::log(at(e_.employment_hat, i)));
        if (!shock_.tariff.empty() && shock_.tariff(i, j, s) != w_.tariff(i, j, s))
            value -=
                theta * at(w_.pass_through, j) * std::log((1.0 + shock_.tariff(i, j, s)) / (1.0 + w_.tariff(i, j, s)));
        if (!shock_.trade_cost.empty()) value -= theta * std::log(shock_.trade_cost(i, j, s));
        if (!shock_.productivity.empty()) value += std::log(shock_.productivity(i, s));
        return value;
    }

    // Shares and prices; what sales and revenue follow from the shares given.
    void markets() {
        double price = 0.0, share = 0.0, spending = 0.0, output = 0.0;
        RegionSector sold(n_, m_);
        std::vector<double> logs(size());
        for (int s = 0; s < m_; ++s) {
            for (int j = 0; j < n_; ++j) {
                double shift = -std::numeric_limits<double>::infinity(), total = 0.0;
                for (int i = 0; i < n_; ++i) {
                    const double base = w_.share(i, j, s);
                    double& value = logs[static_cast<std::size_t>(i)];
                    value = base > 0.0 ? log_weight(std::log(base), i, j, s) : -std::numeric_limits<double>::infinity();
                    shift = std::max(shift, value);
                }
                for (const double value : logs) total += std::exp(value - shift);
                const double log_sum = std::log(total) + shift;
                raise(price, std::abs(-log_sum / at(w_.theta, s) - std::log(e_.price_hat(j, s))));
                log_price_[static_cast<std::size_t>(j)] += w_.final_share(j, s) * std::log(e_.price_hat(j, s));
                raise(spending, relative(w_.final_share(j, s) * at(e_.income, j), e_.expenditure(j, s)));
                for (int i = 0; i < n_; ++i) {
                    raise(share, std::abs(std::exp(logs[static_cast<std::size_t>(i)] - log_sum) - e_.share(i, j, s)));
                    const double sale = e_.flow(i, j, s);
                    sold(i, s) += sale;
                    earned_[static_cast<std::size_t>(i)] +=
                        (1.0 - at(w_.profit_share, s)) * (1.0 - at(w_.marketing_share, j)) * sale;
                    profit_[static_cast<std::size_t>(i)] += at(w_.profit_share, s) * sale;
                    received_[static_cast<std::size_t>(j)] += at(w_.marketing_share, j) * sale;
                    bought_[static_cast<std::size_t>(j)] += sale;
                    revenue_[static_cast<std::size_t>(j)] += e_.tariff(i, j, s) * sale;
                }
            }
        }
        for (int s = 0; s < m_; ++s)
            for (int i = 0; i < n_; ++i) raise(output, relative(sold(i, s), e_.output(i, s)));
        report("price", price);
        report("share", share);
        report("expenditure", spending);
        report("output", output);
    }

    // Labour is paid out of sales, and for marketing what is sold at home: w l wL = sum_j (1-nu_j) X_ij + nu_i M_i.
    void wages() {
        dropped_ = static_cast<int>(std::max_element(w_.labour_income.begin(), w_.labour_income.end()) -
                                    w_.labour_income.begin());
        double wage = 0.0;
        for (int i = 0; i < n_; ++i) {
            const double bill = at(e_.wage_hat, i) * at(e_.employment_hat, i) * at(w_.labour_income, i);
            // Relative to what the region lives on: transfers can be far more than its labour earns.
            const double gap =
                std::abs(at(earned_, i) + at(received_, i) - bill) / std::max(bill, bill + at(e_.transfer, i));
            if (i == dropped_) {
                walras_ = gap;
            } else {
                raise(wage, gap);
            }
        }
        report("wage", wage);
    }

    void budgets() {
        double income = 0.0, closure = 0.0, now = 0.0, before = 0.0;
        for (int j = 0; j < n_; ++j) {
            const double bill = at(e_.wage_hat, j) * at(e_.employment_hat, j) * at(w_.labour_income, j);
            // Net of revenue on both sides, which may be almost all of income.
            const double received = at(e_.transfer, j);
            raise(income,
                  relative(bill + at(profit_, j) + std::max(received, 0.0), at(bought_, j) + std::max(-received, 0.0)));
            if (w_.model().transfers_follow_labour) {
                now += bill, before += at(w_.labour_income, j);
            } else {
                now += at(e_.income, j), before += at(w_.income, j);  // transfers sum to zero
            }
        }
        const double scale = closure_of(w_, shock_) == Closure::world_share ? now / before : 1.0;
        const std::vector<double> targets = received(w_, shock_);
        for (int j = 0; j < n_; ++j) {
            const double target = scale * at(targets, j);
            raise(closure, std::abs(target - at(e_.transfer, j)) / at(w_.labour_income, j));
        }
        report("income", income);
        report("deficit closure", closure);
    }

    // ln P with the entry of firms; L = V (tau hat w / P)^kappa.
    void labour() {
        double price = 0.0, supply = 0.0;
        for (int j = 0; j < n_; ++j) {
            const double wage = std::log(at(e_.wage_hat, j));
            double& log_price = log_price_[static_cast<std::size_t>(j)];
            log_price += (1.0 - at(w_.pass_through, j)) * (std::log(at(e_.income, j) / at(w_.income, j)) - wage);
            raise(price, std::abs(log_price - std::log(at(e_.consumer_price_hat, j))));
            double real_wage = wage - log_price, weight = 1.0;
            if (w_.options.revenue == Revenue::income_tax) {
                const double bill = at(e_.wage_hat, j) * at(e_.employment_hat, j) * at(w_.labour_income, j);
                // A tax that falls to nothing leaves few digits of what is left of it: the equation times that.
                const double left = 1.0 - at(revenue_, j) / bill;
                weight = std::min(1.0, left);
                real_wage += std::log((1.0 - at(w_.revenue, j) / at(w_.labour_income, j)) / left);
            }
            const double factor = shock_.factor_supply.empty() ? 1.0 : at(shock_.factor_supply, j);
            raise(supply, weight * std::abs(w_.options.labour_supply * real_wage -
                                            std::log(at(e_.employment_hat, j) / factor)));
        }
        report("consumer price", price);
        report("labour supply", supply);
    }

    void closing() {
        double total = 0.0;
        for (int j = 0; j < n_; ++j) {
            total += !w_.price_weight.empty() ? at(w_.price_weight, j) * std::exp(at(log_price_, j))
                                              : at(e_.wage_hat, j) * at(e_.employment_hat, j) * at(w_.labour_income, j);
        }
        report("numeraire", relative(total, w_.numeraire));
    }

    const World& w_;
    const Shock& shock_;
    const Equilibrium& e_;
    int n_, m_, dropped_ = 0;
    std::vector<double> log_price_, earned_, profit_, received_, revenue_, bought_;
    double walras_ = 0.0;
    std::vector<std::pair<std::string, double>> blocks_;
};

}  // namespace

Certificate certify_variety(const World& world, const Shock& shock, const Equilibrium& equilibrium) {
    return Check(world, shock, equilibrium).run();
}

}  // namespace detente
