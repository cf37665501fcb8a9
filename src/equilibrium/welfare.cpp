#include "equilibrium/welfare.h"

#include <algorithm>
#include <cmath>

#include "base/quadrature.h"
#include "equilibrium/system.h"

namespace detente {
namespace {

WelfarePart empty_part(int n, int m) {
    const auto size = static_cast<std::size_t>(n);
    return {std::vector<double>(size, 0.0), std::vector<double>(size * size, 0.0), RegionSector(n, m)};
}

void add(WelfarePart& part, int region, int partner, int sector, double value) {
    const std::size_t at = static_cast<std::size_t>(region);
    part.total[at] += value;
    part.by_partner[at * part.total.size() + static_cast<std::size_t>(partner)] += value;
    part.by_sector(region, sector) += value;
}

// The state along the path, in logs where the path is smooth in logs.
struct Node {
    Shock shock;
    Equilibrium equilibrium;
    RegionSector cost, price, expenditure, labour;  // ln of delivered unit cost, P, E, L
};

Shock along(const World& world, const Shock& shock, double part) {
    Shock here = shock;
    for (std::size_t c = 0; c < here.tariff.data().size(); ++c)
        here.tariff.data()[c] = (1.0 - part) * world.tariff.data()[c] + part * shock.tariff.data()[c];
    for (double& factor : here.trade_cost.data()) factor = std::pow(factor, part);
    for (double& factor : here.productivity.data()) factor = std::pow(factor, part);
    for (double& factor : here.factor_supply) factor = std::pow(factor, part);
    for (std::size_t j = 0; j < here.transfer.size(); ++j)
        here.transfer[j] = (1.0 - part) * world.transfer[j] + part * shock.transfer[j];
    return here;
}

Node make_node(const World& world, const Shock& shock, const Equilibrium& e) {
    const int n = world.n_regions(), m = world.n_sectors();
    Node node{shock, e, RegionSector(n, m), RegionSector(n, m), RegionSector(n, m), RegionSector(n, m)};
    for (int s = 0; s < m; ++s) {
        const auto at = static_cast<std::size_t>(s);
        for (int i = 0; i < n; ++i) {
            node.labour(i, s) = e.labour_hat(i, s) > 0.0 ? std::log(e.labour_hat(i, s)) : 0.0;
            node.price(i, s) = std::log(e.price_hat(i, s));
            node.expenditure(i, s) = e.expenditure(i, s) > 0.0 ? std::log(e.expenditure(i, s)) : 0.0;
            node.cost(i, s) = std::log(e.cost_hat(i, s)) - world.psi[at] * node.labour(i, s);
            if (!shock.productivity.empty()) node.cost(i, s) -= std::log(shock.productivity(i, s)) / world.theta[at];
        }
    }
    return node;
}

RegionSector slope(const std::vector<Node>& nodes, const Collocation& c, Eigen::Index k, RegionSector Node::*table) {
    RegionSector out((nodes[0].*table).regions(), (nodes[0].*table).sectors());
    for (std::size_t q = 0; q < nodes.size(); ++q) {
        const double weight = c.derivative(k, static_cast<Eigen::Index>(q));
        const auto& values = (nodes[q].*table).data();
        for (std::size_t cell = 0; cell < values.size(); ++cell) out.data()[cell] += weight * values[cell];
    }
    return out;
}

// What one node adds to each part.
void integrate(const World& w, const Shock& shock, const Node& node, double weight, const RegionSector& cost,
               const RegionSector& price, const RegionSector& spending, const RegionSector& labour,
               Decomposition& out) {
    const int n = w.n_regions(), m = w.n_sectors();
    const Equilibrium& e = node.equilibrium;
    for (int s = 0; s < m; ++s) {
        const auto at = static_cast<std::size_t>(s);
        const double theta = w.theta[at];
        for (int j = 0; j < n; ++j) {
            const double per_income = weight / e.income[static_cast<std::size_t>(j)];
            for (int i = 0; i < n; ++i) {
                const double flow = e.flow(i, j, s), rate = e.tariff(i, j, s);
                if (flow == 0.0) continue;
                const double iceberg = shock.trade_cost.empty() ? 0.0 : std::log(shock.trade_cost(i, j, s));
                if (i != j) {
                    const double exporter = weight / e.income[static_cast<std::size_t>(i)];
                    add(out.terms_of_trade, i, j, s, exporter * flow * cost(i, s));
                    add(out.terms_of_trade, j, i, s, -per_income * flow * cost(i, s));
                }
                add(out.cost, j, i, s, -per_income * (1.0 + rate) * flow * iceberg);
                if (rate == 0.0) continue;
                const double tariff =
                    shock.tariff.empty() ? 0.0 : (shock.tariff(i, j, s) - w.tariff(i, j, s)) / (1.0 + rate);
                const double change = -theta * (cost(i, s) + iceberg + tariff - price(j, s)) + spending(j, s) - tariff;
                add(out.volume_of_trade, j, i, s, per_income * rate * flow * (change - cost(i, s)));
            }
            const double output = e.output(j, s);
            out.scale[static_cast<std::size_t>(j)] += per_income * output * w.psi[at] * labour(j, s);
            if (!shock.productivity.empty())
                add(out.cost, j, j, s, per_income * output * std::log(shock.productivity(j, s)) / theta);
        }
    }
}

std::vector<Node> solve_path(const World& world, const Shock& shock, const Equilibrium& end, const Collocation& c,
                             const SolverOptions& options) {
    std::vector<Node> nodes;
    const Equilibrium* start = nullptr;
    for (Eigen::Index k = 0; k < c.nodes.size(); ++k) {
        const bool last = k + 1 == c.nodes.size();
        const Shock here = last ? shock : along(world, shock, c.nodes[k]);
        nodes.push_back(make_node(world, here, last ? end : solve(world, here, options, start)));
        start = &nodes.back().equilibrium;
    }
    return nodes;
}

Decomposition on_nodes(const World& world, const Shock& shock, const Equilibrium& end, int count,
                       const SolverOptions& options) {
    const int n = world.n_regions(), m = world.n_sectors();
    const auto size = static_cast<std::size_t>(n);
    const Collocation c = gauss_lobatto(count);
    std::vector<Node> nodes;
    nodes.reserve(static_cast<std::size_t>(count));
    nodes = solve_path(world, shock, end, c, options);
    Decomposition out{empty_part(n, m),
                      empty_part(n, m),
                      empty_part(n, m),
                      std::vector<double>(size, 0.0),
                      std::vector<double>(size, 0.0),
                      std::vector<double>(size, 0.0),
                      std::vector<double>(size, 0.0),
                      std::vector<double>(size, 0.0),
                      count};
    for (Eigen::Index k = 0; k < count; ++k) {
        options.job.check();
        const Node& node = nodes[static_cast<std::size_t>(k)];
        integrate(world, shock, node, c.weights[k], slope(nodes, c, k, &Node::cost), slope(nodes, c, k, &Node::price),
                  slope(nodes, c, k, &Node::expenditure), slope(nodes, c, k, &Node::labour), out);
        for (std::size_t j = 0; j < size; ++j) {
            double deficit = 0.0;
            for (std::size_t q = 0; q < nodes.size(); ++q)
                deficit += c.derivative(k, static_cast<Eigen::Index>(q)) * nodes[q].equilibrium.transfer[j];
            out.transfer[j] += c.weights[k] * deficit / node.equilibrium.income[j];
            if (!shock.factor_supply.empty())
                out.factor[j] += c.weights[k] * node.equilibrium.labour_income[j] / node.equilibrium.income[j] *
                                 std::log(shock.factor_supply[j]);
        }
    }
    for (std::size_t j = 0; j < size; ++j) {
        out.log_welfare[j] = std::log(end.welfare_hat[j]);
        out.error[j] = out.log_welfare[j] - out.terms_of_trade.total[j] - out.volume_of_trade.total[j] -
                       out.cost.total[j] - out.scale[j] - out.transfer[j] - out.factor[j];
    }
    return out;
}

}  // namespace

FirstOrder first_order(const World& w, const Equilibrium& e) {
    const int n = w.n_regions(), m = w.n_sectors();
    FirstOrder out{empty_part(n, m), empty_part(n, m)};
    for (int s = 0; s < m; ++s) {
        for (int j = 0; j < n; ++j) {
            const double income = w.income[static_cast<std::size_t>(j)];
            for (int i = 0; i < n; ++i) {
                const double flow = w.flow(i, j, s), rate = w.tariff(i, j, s), cost = e.cost_hat(i, s);
                if (i == j || flow == 0.0) continue;
                add(out.terms_of_trade, i, j, s, flow * (cost - 1.0) / w.income[static_cast<std::size_t>(i)]);
                add(out.terms_of_trade, j, i, s, -flow * (cost - 1.0) / income);
                add(out.volume_of_trade, j, i, s, rate * (e.flow(i, j, s) - flow * cost) / income);
            }
        }
    }
    return out;
}

Decomposition decompose(const World& world, const Shock& given, const Equilibrium& end, const SolverOptions& options,
                        double tolerance) {
    const Shock shock = with_transfers_in_full(world, given);
    Decomposition best;
    for (const int count : {5, 9, 17, 33}) {
        best = on_nodes(world, shock, end, count, options);
        const double worst = std::abs(*std::max_element(best.error.begin(), best.error.end(),
                                                        [](double a, double b) { return std::abs(a) < std::abs(b); }));
        if (worst < tolerance) break;
    }
    return best;
}

}  // namespace detente
