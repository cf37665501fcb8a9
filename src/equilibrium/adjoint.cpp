#include "equilibrium/adjoint.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace detente {

using Eigen::ArrayXd;
using Eigen::Index;

MarketTables::MarketTables(const World& world, const Equilibrium& e) : shape(world.n_regions(), world.n_sectors()) {
    const int n = shape.regions;
    const Index size = static_cast<Index>(shape.sectors) * n * shape.padded;
    flow = share = ArrayXd::Zero(size);
    theta = ArrayXd::Ones(shape.flat());
    expenditure = net_total = output = revenue_rate = ArrayXd::Zero(shape.flat());
    for (int s = 0; s < shape.sectors; ++s) {
        theta.segment(shape.at(0, s), shape.padded) = world.theta[static_cast<std::size_t>(s)];
        for (int j = 0; j < n; ++j) {
            const Index market = (static_cast<Index>(s) * n + j) * shape.padded, cell = shape.at(j, s);
            const Eigen::Map<const ArrayXd> pi(e.share.market(j, s), n), rate(e.tariff.market(j, s), n);
            const double spent = e.expenditure(j, s);
            share.segment(market, n) = pi;
            flow.segment(market, n) = pi * spent / (1.0 + rate);
            expenditure[cell] = spent;
            net_total[cell] = flow.segment(market, n).sum();
            output.segment(shape.at(0, s), n) += flow.segment(market, n);
            // A sector without tariffs yields nothing: rounding must not say otherwise.
            if (spent > 0.0 && (rate != 0.0).any()) revenue_rate[cell] = 1.0 - net_total[cell] / spent;
        }
    }
}

PaddedScalar::PaddedScalar(const MarketTables& m, const Scalar& scalar)
    : log_income(pad(m.shape, scalar.log_income)),
      log_price(pad(m.shape, scalar.log_price)),
      log_wage(pad(m.shape, scalar.log_wage)),
      log_employment(pad(m.shape, scalar.log_employment)),
      revenue(pad(m.shape, scalar.revenue)),
      sale(ArrayXd::Zero(m.shape.flat())),
      flow(ArrayXd::Zero(static_cast<Index>(m.shape.regions) * m.shape.padded)) {
    const kernels::Shape& shape = m.shape;
    ArrayXd collected = ArrayXd::Zero(shape.padded);
    for (int s = 0; s < shape.sectors; ++s)
        collected +=
            m.revenue_rate.segment(shape.at(0, s), shape.padded) * m.expenditure.segment(shape.at(0, s), shape.padded);
    size = std::max({log_income.abs().maxCoeff(), log_price.abs().maxCoeff(), log_wage.abs().maxCoeff(),
                     log_employment.abs().maxCoeff(), (revenue * collected).abs().maxCoeff()});
    if (!scalar.sale.empty()) {
        for (int s = 0; s < shape.sectors; ++s)
            for (int i = 0; i < shape.regions; ++i) sale[shape.at(i, s)] = scalar.sale(i, s);
        size = std::max(size, (sale * m.output).abs().maxCoeff());
    }
    if (scalar.flow.size() > 0) {
        for (int j = 0; j < shape.regions; ++j)
            flow.segment(static_cast<Index>(j) * shape.padded, shape.regions) = scalar.flow.col(j);
        const Index pairs = flow.size();
        for (int s = 0; s < shape.sectors; ++s)
            size = std::max(size, (flow * m.flow.segment(s * pairs, pairs)).abs().maxCoeff());
    }
    if (size == 0.0) size = 1.0;
}

std::unique_ptr<AdjointSystem> adjoint_system(const World& world, const Equilibrium& equilibrium, const Job& job) {
    return linearise(world, job)->adjoint(world, equilibrium);
}

ShadowPrices shadow_prices(AdjointSystem& system, const Scalar& scalar, const SolverOptions& solver,
                           const ShadowPrices* start) {
    system.set_scalar(scalar);
    ArrayXd x = start != nullptr && start->point.size() == system.size() ? start->point : ArrayXd::Zero(system.size());
    FixedPointOptions options;
    options.tolerance = solver.tolerance;
    options.job = solver.job;
    options.acceptable = std::max(solver.tolerance, 1e-9);  // where rounding ends progress; the residual is reported
    options.patience = 25;
    options.last_step = system.newton();
    options.memory = 15;  // the equations are linear: every step kept helps
    const FixedPointReport report = solve_fixed_point(system, x, options);
    if (!report.converged)
        throw Error(
            ErrorKind::solve,
            fmt::format("the gradient was not found: the transposed equations stayed at a residual of {:.2g} ({})",
                        report.residual, report.stopped));
    ShadowPrices prices = system.shadow_prices(x);
    prices.passes = report.iterations + 1;  // and the pass that reads the prices off
    prices.residual = report.residual;
    prices.point = std::move(x);
    return prices;
}

double weight_value(const MarketTables& m, const ShadowPrices& p, int i, int j, int s) {
    const Index at = (static_cast<Index>(s) * m.shape.regions + j) * m.shape.padded + i;
    return p.flow(m.shape, i, j, s) * m.flow[at] - m.share[at] * p.spread[m.shape.at(j, s)];
}

double log_tariff_change(const World& w, const Equilibrium& e, int i, int j, int s) {
    const double now = e.tariff(i, j, s), before = w.tariff(i, j, s);
    return now == before ? 0.0 : std::log((1.0 + now) / (1.0 + before));
}

namespace {

// ln of the change of trade cost, pass-through applied.
double log_trade_cost(const World& w, const Shock& shock, const Equilibrium& e, int i, int j, int s) {
    double log_cost = w.pass_through[static_cast<std::size_t>(j)] * log_tariff_change(w, e, i, j, s);
    if (!shock.trade_cost.empty()) log_cost += std::log(shock.trade_cost(i, j, s));
    return log_cost;
}

// Where the elasticity enters shares and prices: ln K = -theta ln kappa, ln C = -theta ln c + theta psi ln L,
// ln P = -ln Phi / theta.
void add_shares_and_prices(const World& w, const Shock& shock, const Equilibrium& e, const MarketTables& m,
                           const ShadowPrices& p, std::vector<double>& theta) {
    for (int s = 0; s < w.n_sectors(); ++s) {
        const auto sector = static_cast<std::size_t>(s);
        for (int j = 0; j < w.n_regions(); ++j) {
            const Index cell = m.shape.at(j, s);
            const double log_labour = w.model().sector_scale
                                          ? std::log(e.labour_hat(j, s) > 0.0 ? e.labour_hat(j, s) : 1.0)
                                          : std::log(e.employment_hat[static_cast<std::size_t>(j)]);
            theta[sector] += p.supply[cell] * (w.psi[sector] * log_labour - std::log(e.cost_hat(j, s)));
            theta[sector] -= p.price[cell] * std::log(e.price_hat(j, s)) / w.theta[sector];
            for (int i = 0; i < w.n_regions(); ++i) {
                if (i == j || !(e.share(i, j, s) > 0.0)) continue;
                const double change = log_trade_cost(w, shock, e, i, j, s);
                if (change != 0.0) theta[sector] -= weight_value(m, p, i, j, s) * change;
            }
        }
    }
}

}  // namespace

Gradient gradient(const World& world, const Shock& shock, const Equilibrium& e, const Scalar& scalar,
                  const SolverOptions& options) {
    const auto system = adjoint_system(world, e, options.job);
    const ShadowPrices p = shadow_prices(*system, scalar, options);
    const MarketTables& m = system->markets();
    const int n = world.n_regions(), sectors = world.n_sectors();
    Gradient g;
    g.value = scalar.value, g.passes = p.passes, g.residual = p.residual;
    g.tariff = g.trade_cost = TradeTensor(n, sectors);
    g.productivity = RegionSector(n, sectors);
    g.transfer = p.transfer;
    if (world.model().factor_supply) g.factor_supply = p.employment;
    g.theta.assign(static_cast<std::size_t>(sectors), 0.0);
    for (int s = 0; s < sectors; ++s) {
        const double theta = world.theta[static_cast<std::size_t>(s)];
        for (int j = 0; j < n; ++j) {
            const double through = theta * world.pass_through[static_cast<std::size_t>(j)];
            g.productivity(j, s) = p.supply[m.shape.at(j, s)];
            for (int i = 0; i < n; ++i) {
                if (i == j) continue;
                const double weight = weight_value(m, p, i, j, s);
                const double flow = e.flow(i, j, s);
                g.tariff(i, j, s) = -(through * weight + p.flow(m.shape, i, j, s) * flow) / (1.0 + e.tariff(i, j, s));
                g.trade_cost(i, j, s) = -theta * weight;
            }
        }
    }
    add_shares_and_prices(world, shock, e, m, p, g.theta);
    if (world.model().add_theta != nullptr) world.model().add_theta(world, e, m, p, g.theta);
    return g;
}

}  // namespace detente
