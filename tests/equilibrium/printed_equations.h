// The equations of the models as the design prints them, for any scalar type: apart from the engine, slow and
// plain, so that a derivative can be taken with a complex step (Squire and Trapp 1998).
#pragma once

#include <Eigen/LU>
#include <cmath>
#include <complex>
#include <functional>
#include <vector>

#include "equilibrium/model_table.h"

namespace detente::test {

using Complex = std::complex<double>;

/// What a derivative is taken in: everything that a gradient knows.
template <class T>
struct Parameters {
    std::vector<T> tariff, trade_cost;  ///< [sector][importer][exporter], as TradeTensor
    std::vector<T> productivity;        ///< [sector][region]
    std::vector<T> factor_supply;       ///< by region
    std::vector<T> transfer;            ///< by region
    std::vector<T> theta;               ///< by sector; krugman: sigma - 1
};

/// One point of the equations: all quantities of an equilibrium, from the unknowns ln w, ln P, E, ln L, ln l.
template <class T>
struct Point {
    std::vector<T> wage, employment, income, revenue, labour_income, profit, consumer_price, welfare;
    std::vector<T> flow;  ///< [sector][importer][exporter], net of tariffs
    std::vector<T> residual;
};

/// The equations around the base of `world` (all hats one without a shock).
class PrintedEquations {
public:
    explicit PrintedEquations(const World& world) : w_(world), n_(world.n_regions()), m_(world.n_sectors()) {}

    int size() const { return 2 * n_ + 3 * n_ * m_ + n_; }

    /// Unknowns at a solution of the engine, to begin from.
    std::vector<double> unknowns(const Equilibrium& e) const {
        std::vector<double> x;
        for (const double wage : e.wage_hat) x.push_back(std::log(wage));
        for (const double l : e.employment_hat) x.push_back(std::log(l));
        for (const double income : e.income) x.push_back(income);
        for (int s = 0; s < m_; ++s)
            for (int j = 0; j < n_; ++j) x.push_back(std::log(e.price_hat(j, s)));
        for (int s = 0; s < m_; ++s)
            for (int j = 0; j < n_; ++j) x.push_back(e.expenditure(j, s));
        for (int s = 0; s < m_; ++s)
            for (int j = 0; j < n_; ++j) x.push_back(std::log(e.labour_hat(j, s)));
        return x;
    }

    Parameters<double> parameters(const Shock& shock) const {
        const auto cells = static_cast<std::size_t>(n_) * static_cast<std::size_t>(n_) * static_cast<std::size_t>(m_);
        Parameters<double> p;
        p.tariff = shock.tariff.empty() ? w_.tariff.data() : shock.tariff.data();
        p.trade_cost = shock.trade_cost.empty() ? std::vector<double>(cells, 1.0) : shock.trade_cost.data();
        p.productivity = shock.productivity.empty() ? std::vector<double>(static_cast<std::size_t>(n_ * m_), 1.0)
                                                    : shock.productivity.data();
        p.factor_supply =
            shock.factor_supply.empty() ? std::vector<double>(static_cast<std::size_t>(n_), 1.0) : shock.factor_supply;
        p.transfer = shock.transfer.empty() ? w_.transfer : shock.transfer;
        p.theta = w_.theta;
        return p;
    }

    template <class T>
    Point<T> at(const std::vector<T>& x, const Parameters<T>& p) const {
        using std::exp;
        using std::log;
        using std::pow;
        const World& w = w_;
        const auto n = static_cast<std::size_t>(n_), m = static_cast<std::size_t>(m_);
        const auto cell = [&](std::size_t i, std::size_t s) { return s * n + i; };
        const auto tensor = [&](std::size_t i, std::size_t j, std::size_t s) { return (s * n + j) * n + i; };
        const auto share0 = [&](std::size_t i, std::size_t j, std::size_t s) {
            return w.share(static_cast<int>(i), static_cast<int>(j), static_cast<int>(s));
        };
        // What a model has decides which terms of the printed equations there are.
        const bool ricardian = w.model().intermediate_inputs, krugman = w.model().profits,
                   melitz = w.model().deficits_follow_trade;
        const double kappa = w.options.labour_supply;
        const T *log_price = x.data() + 3 * n, *spending = log_price + n * m, *log_labour = spending + n * m;

        Point<T> out;
        std::vector<T> profit_share(m, T(0)), psi(m, T(0)), phi(n, T(1)), labour0(n), profit0(n, T(0));
        T numeraire0 = T(0), followed0 = T(0);
        for (std::size_t s = 0; s < m; ++s) {
            if (krugman) profit_share[s] = 1.0 / (1.0 + p.theta[s]);
            psi[s] = w.psi[s];
            if (melitz && !w.options.gives("scale_elasticity")) psi[s] = 0.67 / p.theta[s];
        }
        for (std::size_t j = 0; j < n; ++j) {
            labour0[j] = w.labour_income[j];
            if (melitz)
                phi[j] =
                    w.options.number("pass_through") + (1.0 + psi[0]) / (1.0 - w.marketing_share[j]) - psi[0] - 1.0;
            if (krugman) {
                labour0[j] = T(0);
                for (std::size_t s = 0; s < m; ++s) {
                    const double output = w.output(static_cast<int>(j), static_cast<int>(s));
                    labour0[j] += (1.0 - profit_share[s]) * output;
                    profit0[j] += profit_share[s] * output;
                }
            }
            numeraire0 += labour0[j];
            followed0 += melitz ? labour0[j] : labour0[j] + profit0[j] + w.revenue[j];
        }

        for (std::size_t j = 0; j < n; ++j) {
            out.wage.push_back(exp(x[j]));
            out.employment.push_back(exp(x[n + j]));
            out.income.push_back(x[2 * n + j]);
            out.labour_income.push_back(labour0[j] * out.wage[j] * out.employment[j]);
        }
        // Costs, shares, flows.
        std::vector<T> output(n * m, T(0)), price_gap(n * m);
        out.flow.assign(n * n * m, T(0));
        out.revenue.assign(n, T(0)), out.profit.assign(n, T(0));
        for (std::size_t s = 0; s < m; ++s) {
            std::vector<T> supply(n);
            for (std::size_t i = 0; i < n; ++i) {
                T log_cost = x[i];
                if (ricardian) {
                    log_cost = w.value_added_share(static_cast<int>(i), static_cast<int>(s)) * x[i];
                    for (std::size_t k = 0; k < m; ++k)
                        log_cost += w.input_share(static_cast<int>(i), static_cast<int>(k), static_cast<int>(s)) *
                                    log_price[cell(i, k)];
                }
                const T scale = ricardian ? log_labour[cell(i, s)] : x[n + i];
                supply[i] = p.productivity[cell(i, s)] * exp(p.theta[s] * (psi[s] * scale - log_cost));
            }
            for (std::size_t j = 0; j < n; ++j) {
                T sum = T(0);
                std::vector<T> weight(n);
                for (std::size_t i = 0; i < n; ++i) {
                    const double before = w.tariff(static_cast<int>(i), static_cast<int>(j), static_cast<int>(s));
                    const T change = (1.0 + p.tariff[tensor(i, j, s)]) / (1.0 + before);
                    weight[i] = share0(i, j, s) * supply[i] * pow(change, -p.theta[s] * phi[j]) *
                                pow(p.trade_cost[tensor(i, j, s)], -p.theta[s]);
                    sum += weight[i];
                }
                price_gap[cell(j, s)] = -log(sum) / p.theta[s] - log_price[cell(j, s)];
                for (std::size_t i = 0; i < n; ++i) {
                    const T t = p.tariff[tensor(i, j, s)];
                    const T flow = weight[i] / sum * spending[cell(j, s)] / (1.0 + t);
                    out.flow[tensor(i, j, s)] = flow;
                    out.revenue[j] += t * flow;
                    output[cell(i, s)] += flow;
                    out.profit[i] += profit_share[s] * flow;
                }
            }
        }
        // Prices, welfare.
        T price_sum = T(0), price_sum0 = T(0), labour_sum = T(0), followed = T(0);
        std::vector<T> relief(n, T(1));
        for (std::size_t j = 0; j < n; ++j) {
            T log_p = (1.0 - phi[j]) * (log(out.income[j] / w.income[j]) - x[j]);
            for (std::size_t s = 0; s < m; ++s)
                log_p += w.final_share(static_cast<int>(j), static_cast<int>(s)) * log_price[cell(j, s)];
            out.consumer_price.push_back(exp(log_p));
            if (w.options.revenue == Revenue::income_tax)
                relief[j] = (1.0 - w.revenue[j] / labour0[j]) / (1.0 - out.revenue[j] / out.labour_income[j]);
            const T real_income = out.income[j] / w.income[j] / out.consumer_price[j];
            const T work = kappa / (1.0 + kappa) * labour0[j] / relief[j];
            const T d = w.income[j] / (w.income[j] - work);
            out.welfare.push_back(d * real_income +
                                  (1.0 - d) * out.wage[j] * out.employment[j] / out.consumer_price[j]);
            if (melitz) price_sum += w.price_weight[j] * out.consumer_price[j], price_sum0 += w.price_weight[j];
            labour_sum += out.labour_income[j];
            followed += melitz ? out.labour_income[j] : out.labour_income[j] + out.profit[j] + out.revenue[j];
        }
        const T scale = w.options.closure == Closure::world_share ? followed / followed0 : T(1);

        // Residuals: wages (the last region's replaced by the numeraire), employment, income, prices, spending, labour.
        for (std::size_t j = 0; j < n; ++j) {
            T earned = T(0);
            for (std::size_t s = 0; s < m; ++s) {
                if (ricardian)
                    earned += w.value_added_share(static_cast<int>(j), static_cast<int>(s)) * output[cell(j, s)];
                else
                    for (std::size_t k = 0; k < n; ++k)
                        earned += (1.0 - profit_share[s]) * (1.0 - w.marketing_share[k]) * out.flow[tensor(j, k, s)] +
                                  w.marketing_share[j] * out.flow[tensor(k, j, s)];
            }
            out.residual.push_back((earned - out.labour_income[j]) / w.labour_income[j]);
        }
        out.residual[n - 1] = melitz ? price_sum / price_sum0 - 1.0 : labour_sum / numeraire0 - 1.0;
        for (std::size_t j = 0; j < n; ++j)
            out.residual.push_back(x[n + j] - log(p.factor_supply[j]) -
                                   kappa * (x[j] + log(relief[j]) - log(out.consumer_price[j])));
        for (std::size_t j = 0; j < n; ++j)
            out.residual.push_back(
                (out.labour_income[j] + out.profit[j] + out.revenue[j] + scale * p.transfer[j] - out.income[j]) /
                w.income[j]);
        for (std::size_t c = 0; c < n * m; ++c) out.residual.push_back(price_gap[c]);
        for (std::size_t k = 0; k < m; ++k) {
            for (std::size_t j = 0; j < n; ++j) {
                T wanted = w.final_share(static_cast<int>(j), static_cast<int>(k)) * out.income[j];
                if (ricardian)
                    for (std::size_t s = 0; s < m; ++s)
                        wanted += w.input_share(static_cast<int>(j), static_cast<int>(k), static_cast<int>(s)) *
                                  output[cell(j, s)];
                out.residual.push_back((wanted - spending[cell(j, k)]) / w.income[j]);
            }
        }
        for (std::size_t s = 0; s < m; ++s)
            for (std::size_t i = 0; i < n; ++i)
                out.residual.push_back(
                    log(output[cell(i, s)] / (w.output(static_cast<int>(i), static_cast<int>(s)) * out.wage[i])) -
                    log_labour[cell(i, s)]);
        return out;
    }

private:
    const World& w_;
    int n_, m_;
};

/// The derivative of a scalar of the equilibrium with respect to one parameter: residuals and scalar are evaluated at
/// complex points, so that no digits are lost; the implicit function theorem links them.
class ComplexStep {
public:
    using Measure = std::function<Complex(const Point<Complex>&)>;

    ComplexStep(const World& world, const Shock& shock, const Equilibrium& e)
        : equations_(world), parameters_(equations_.parameters(shock)), x_(equations_.unknowns(e)) {
        const int size = equations_.size();
        Eigen::MatrixXd jacobian(size, size);
        const auto complex_parameters = complex(parameters_);
        for (int k = 0; k < size; ++k) {
            std::vector<Complex> x(x_.begin(), x_.end());
            x[static_cast<std::size_t>(k)] += Complex(0.0, step);
            const auto residual = equations_.at(x, complex_parameters).residual;
            for (int r = 0; r < size; ++r) jacobian(r, k) = residual[static_cast<std::size_t>(r)].imag() / step;
        }
        solver_.compute(jacobian);
    }

    /// Largest residual of the engine's solution in these equations.
    double residual() const {
        double largest = 0.0;
        for (const double r : equations_.at(x_, parameters_).residual) largest = std::max(largest, std::abs(r));
        return largest;
    }

    double derivative(std::vector<Complex> Parameters<Complex>::*list, std::size_t at, const Measure& measure) const {
        Parameters<Complex> p = complex(parameters_);
        (p.*list)[at] += Complex(0.0, step);
        std::vector<Complex> x(x_.begin(), x_.end());
        const auto residual = equations_.at(x, p).residual;
        Eigen::VectorXd right(static_cast<Eigen::Index>(residual.size()));
        for (std::size_t r = 0; r < residual.size(); ++r)
            right[static_cast<Eigen::Index>(r)] = -residual[r].imag() / step;
        const Eigen::VectorXd move = solver_.solve(right);
        for (std::size_t k = 0; k < x.size(); ++k) x[k] += Complex(0.0, step * move[static_cast<Eigen::Index>(k)]);
        return measure(equations_.at(x, p)).imag() / step;
    }

private:
    static constexpr double step = 1e-30;
    static Parameters<Complex> complex(const Parameters<double>& p) {
        const auto widen = [](const std::vector<double>& list) {
            return std::vector<Complex>(list.begin(), list.end());
        };
        return {widen(p.tariff),        widen(p.trade_cost), widen(p.productivity),
                widen(p.factor_supply), widen(p.transfer),   widen(p.theta)};
    }
    PrintedEquations equations_;
    Parameters<double> parameters_;
    std::vector<double> x_;
    Eigen::PartialPivLU<Eigen::MatrixXd> solver_;
};

}  // namespace detente::test
