#include "diplomacy/agreement_game.h"

#include "strategy/optimal.h"

namespace detente {

Shock best_answers(const World& world, const Agreement& agreement, int threads, const SolverOptions& solver,
                   const Shock* near) {
    const Shock broken =
        policy_pair(world, agreement.regions(), agreement.kept, agreement.kept, agreement.others, false);
    Shock answers = broken;
    for (const Player& player : agreement.players) {
        OptimumOptions how;
        how.probes = 0, how.threads = threads, how.starts = near == nullptr ? 2 : 1;
        how.solver = solver, how.begin = near;
        const Optimum best = optimal_policy(world, broken, player.objective, player.instruments, how);
        for (const TariffBlock& block : tariff_blocks(world, player.instruments, 0))
            for (const auto& [i, j, s] : block.lines) answers.tariff(i, j, s) = best.shock.tariff(i, j, s);
    }
    return answers;
}

StageGame agreement_game(const World& world, const Agreement& agreement, int threads, const SolverOptions& solver,
                         const Shock* near, Shock* found) {
    const Shock deviation = best_answers(world, agreement, threads, solver, near);
    if (found != nullptr) *found = deviation;
    // On the way from the agreement to the war: what else each side can do.
    Policies way;
    way.add(agreement.cooperate, agreement.kept);
    for (std::size_t k = 0; k < agreement.between.names.size(); ++k)
        way.add(agreement.between.names[k], agreement.between.shocks[k]);
    way.add(agreement.war, agreement.fought);
    way = with_points_between(world, way, agreement.steps);
    Policies policies;
    policies.add(agreement.cooperate, agreement.kept);
    policies.add(best_answer_name, deviation);
    policies.add(agreement.war, way.shocks.back());
    for (std::size_t k = 1; k + 1 < way.names.size(); ++k) policies.add(way.names[k], way.shocks[k]);
    return payoff_grid(world, agreement.regions(), policies, agreement.others, threads, solver);
}

}  // namespace detente
