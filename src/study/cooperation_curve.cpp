#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <cmath>

#include "study/relation_answers.h"

namespace detente {
namespace {

constexpr int points = 11;

// Payoffs along the way, money a year; by side.
struct Way {
    std::vector<double> keep[2], break_it[2], rate[2];
};

double between(const std::vector<double>& list, double policy) {
    const double at = std::clamp(policy, 0.0, 1.0) * (points - 1);
    const auto k = static_cast<std::size_t>(std::min(at, static_cast<double>(points - 2)));
    const double part = at - static_cast<double>(k);
    return (1.0 - part) * list[k] + part * list[k + 1];
}

Way along(const StudyResult& run, const RelationQuestion& q, int threads) {
    const World& w = run.base.world;
    const Shock kept = shock_at(run, q.cooperate), war = shock_at(run, q.war);
    Way way;
    for (std::size_t p = 0; p < 2; ++p)
        for (auto* list : {&way.keep[p], &way.break_it[p], &way.rate[p]}) list->assign(points, 0.0);
    std::vector<TariffBlock> blocks[2];
    for (std::size_t p = 0; p < 2; ++p) blocks[p] = tariff_blocks(w, q.players[p].instruments, 0);
    tbb::task_arena arena(std::max(1, threads));
    arena.execute([&] {
        tbb::parallel_for(0, points, [&](int k) {
            const double part = static_cast<double>(k) / (points - 1);
            Shock here = kept;
            for (const auto& list : blocks)
                for (const TariffBlock& block : list)
                    for (const auto& [i, j, s] : block.lines)
                        here.tariff(i, j, s) = std::expm1((1.0 - part) * std::log1p(kept.tariff(i, j, s)) +
                                                          part * std::log1p(war.tariff(i, j, s)));
            // Money agreed on falls as the deal does, and is not paid to whoever breaks it.
            for (double& money : here.transfer) money *= 1.0 - part;
            if (!here.transfer.empty())
                for (std::size_t j = 0; j < here.transfer.size(); ++j) here.transfer[j] += part * w.transfer[j];
            Shock broken = here;
            broken.transfer.clear();
            const Equilibrium e = solve(w, here);
            for (std::size_t p = 0; p < 2; ++p) {
                const Player& player = q.players[p];
                const auto j = static_cast<std::size_t>(player.objective.region);
                OptimumOptions quick;
                quick.probes = 0;
                const double best = optimal_policy(w, broken, player.objective, player.instruments, quick).utility;
                way.keep[p][static_cast<std::size_t>(k)] = w.income[j] * (utility(w, e, player.objective) - 1.0);
                way.break_it[p][static_cast<std::size_t>(k)] = w.income[j] * (best - 1.0);
                way.rate[p][static_cast<std::size_t>(k)] =
                    tariff_means(w, blocks[p], here.tariff, player.objective.region).trade_weighted;
            }
        });
    });
    return way;
}

}  // namespace

CooperationCurve cooperation_curve(const StudyResult& run, const RelationQuestion& question, int threads) {
    const Way way = along(run, question, threads);
    const auto list = [&](const std::vector<double>(&both)[2], Side side) -> const std::vector<double>& {
        return both[side == Side::a ? 0 : 1];
    };
    PolicyScale scale;
    scale.gain = [&](Eigen::Index, double policy, Side side) {
        return std::max(0.0, between(list(way.break_it, side), policy) - between(list(way.keep, side), policy));
    };
    scale.worth = [&](Eigen::Index, double policy, Side side) {
        return between(list(way.keep, side), policy) - list(way.keep, side).back();
    };
    CooperationCurve curve;
    const Eigen::MatrixXd certain = Eigen::MatrixXd::Ones(1, 1);
    constexpr int steps = 33;
    for (int k = 0; k < steps; ++k) {
        const double discount = 0.96 * k / (steps - 1);
        const double policy = most_cooperative_scale(scale, certain, discount, discount, 1e-9).policy[0];
        curve.discount.push_back(discount);
        curve.policy.push_back(policy);
        for (std::size_t p = 0; p < 2; ++p) curve.rate[p].push_back(between(way.rate[p], policy));
    }
    return curve;
}

}  // namespace detente
