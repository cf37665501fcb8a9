#include "diplomacy/payoff_grid.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/threads.h"

namespace detente {
namespace {

void set_own_tariffs(const World& w, int importer, const Shock& policy, TradeTensor& to) {
    const TradeTensor& from = policy.tariff.empty() ? w.tariff : policy.tariff;
    for (int s = 0; s < w.n_sectors(); ++s)
        for (int i = 0; i < w.n_regions(); ++i) to(i, importer, s) = from(i, importer, s);
}

}  // namespace

Shock policy_pair(const World& world, const std::vector<int>& players, const Shock& of_a, const Shock& of_b,
                  const Shock& others, bool together) {
    Shock shock = others;
    if (shock.tariff.empty()) shock.tariff = world.tariff;
    shock.payment = together ? of_a.payment : std::vector<double>{};
    set_own_tariffs(world, players[0], of_a, shock.tariff);
    set_own_tariffs(world, players[1], of_b, shock.tariff);
    return shock;
}

Shock policy_on_the_way(const World& world, const Shock& from, const Shock& to, double part) {
    const auto tariff = [&](const Shock& shock) -> const TradeTensor& {
        return shock.tariff.empty() ? world.tariff : shock.tariff;
    };
    const auto money = [&](const Shock& shock) {
        return shock.payment.empty() ? std::vector<double>(world.transfer.size(), 0.0) : shock.payment;
    };
    Shock between = from;
    between.tariff = tariff(from);
    for (int s = 0; s < world.n_sectors(); ++s)
        for (int j = 0; j < world.n_regions(); ++j)
            for (int i = 0; i < world.n_regions(); ++i)
                between.tariff(i, j, s) = std::expm1((1.0 - part) * std::log1p(tariff(from)(i, j, s)) +
                                                     part * std::log1p(tariff(to)(i, j, s)));
    if (from.payment.empty() && to.payment.empty()) return between;
    const std::vector<double> now = money(from), then = money(to);
    between.payment = now;
    for (std::size_t j = 0; j < now.size(); ++j) between.payment[j] += part * (then[j] - now[j]);
    return between;
}

Policies with_points_between(const World& world, const Policies& policies, int steps) {
    Policies out;
    for (std::size_t k = 0; k < policies.names.size(); ++k) {
        out.add(policies.names[k], policies.shocks[k]);
        if (k + 1 == policies.names.size()) break;
        for (int step = 1; step <= steps; ++step) {
            const double part = static_cast<double>(step) / (steps + 1);
            out.add(fmt::format("{} to {}, {:.0f} %", policies.names[k], policies.names[k + 1], 100.0 * part),
                    policy_on_the_way(world, policies.shocks[k], policies.shocks[k + 1], part));
        }
    }
    return out;
}

StageGame payoff_grid(const World& w, const std::vector<int>& players, const Policies& policies, const Shock& others,
                      int threads, const SolverOptions& solver) {
    const auto count = static_cast<Eigen::Index>(policies.names.size());
    StageGame game;
    game.accuracy = 1e-9;  // of the range of payoffs: what equilibria are solved to
    game.player_a = w.regions[players[0]], game.player_b = w.regions[players[1]];
    game.actions_a = game.actions_b = IndexSet("policy", policies.names);
    game.unit = w.unit + " a year";
    std::vector<Eigen::MatrixXd> payoff(static_cast<std::size_t>(w.n_regions()), Eigen::MatrixXd::Zero(count, count));
    for_each_index(static_cast<std::size_t>(count * count), std::max(1, threads), [&](std::size_t cell) {
        const Eigen::Index a = static_cast<Eigen::Index>(cell) / count, b = static_cast<Eigen::Index>(cell) % count;
        const Shock shock = policy_pair(w, players, policies.shocks[static_cast<std::size_t>(a)],
                                        policies.shocks[static_cast<std::size_t>(b)], others, a == b);
        const Equilibrium e = solve(w, shock, solver);
        for (std::size_t j = 0; j < payoff.size(); ++j) payoff[j](a, b) = equivalent_variation(w, e, j);
    });
    for (int j = 0; j < w.n_regions(); ++j) {
        const auto at = static_cast<std::size_t>(j);
        if (j == players[0]) {
            game.payoff_a = payoff[at];
        } else if (j == players[1]) {
            game.payoff_b = payoff[at];
        } else {
            game.bystanders.push_back(w.regions[j]);
            game.bystander_payoff.push_back(payoff[at]);
        }
    }
    return game;
}

}  // namespace detente
