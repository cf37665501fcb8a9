#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>

#include "study/answers.h"

namespace detente {
namespace {

void set_own_tariffs(const World& w, int importer, const TradeTensor& from, TradeTensor& to) {
    for (int s = 0; s < w.n_sectors(); ++s)
        for (int i = 0; i < w.n_regions(); ++i) to(i, importer, s) = from(i, importer, s);
}

}  // namespace

StageGame payoff_grid(const StudyResult& run, const std::vector<int>& players, const std::vector<std::string>& names,
                      const std::vector<Shock>& policies, const Shock& others, int threads) {
    const World& w = run.base.world;
    const auto count = static_cast<Eigen::Index>(names.size());
    StageGame game;
    game.player_a = w.regions[players[0]], game.player_b = w.regions[players[1]];
    game.actions_a = game.actions_b = IndexSet("policy", names);
    game.unit = w.unit + " a year";
    std::vector<Eigen::MatrixXd> payoff(static_cast<std::size_t>(w.n_regions()), Eigen::MatrixXd::Zero(count, count));
    tbb::task_arena arena(std::max(1, threads));
    arena.execute([&] {
        tbb::parallel_for(Eigen::Index{0}, count * count, [&](Eigen::Index cell) {
            const Eigen::Index a = cell / count, b = cell % count;
            Shock shock = others;
            if (shock.tariff.empty()) shock.tariff = w.tariff;
            // Money that changes hands under a deal does so only while both keep it.
            shock.transfer = a == b ? policies[static_cast<std::size_t>(a)].transfer : std::vector<double>{};
            set_own_tariffs(w, players[0], policies[static_cast<std::size_t>(a)].tariff, shock.tariff);
            set_own_tariffs(w, players[1], policies[static_cast<std::size_t>(b)].tariff, shock.tariff);
            const Equilibrium e = solve(w, shock);
            for (std::size_t j = 0; j < payoff.size(); ++j) payoff[j](a, b) = w.income[j] * (e.welfare_hat[j] - 1.0);
        });
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
