#include "detente/strategy.h"

#include "library/boundary.h"
#include "library/governments.h"
#include "library/handles.h"
#include "library/policy.h"

namespace detente::v1 {
using namespace library;
namespace {

TariffMeans means_of(const detente::TariffMeans& means) {
    return {means.simple, means.trade_weighted, means.median};
}

}  // namespace

OptimalTariffs optimal_tariffs(const World& world, const Government& government, const Policy& from,
                               const SearchOptions& options) {
    return guarded([&] {
        const Player player = player_of(world, government, from);
        Optimum found = optimal_policy(engine(world), shock_of(world, from), player.objective, player.instruments,
                                       search_of(options));
        Policy policy = with_result(from, found.shock);
        const OptimumCertificate& c = found.certificate;
        return OptimalTariffs{std::move(policy),
                              equilibrium_handle(world, std::move(found.shock), std::move(found.equilibrium)),
                              found.utility,
                              found.start_utility,
                              means_of(found.means),
                              c.converged,
                              c.step,
                              c.projected_gradient,
                              c.probe_gain};
    });
}

TradeWar trade_war(const World& world, const std::vector<Government>& governments, const Policy& from,
                   const SearchOptions& options) {
    return guarded([&] {
        const std::vector<Player> players = players_of(world, governments, from);
        detente::TradeWar found = detente::trade_war(engine(world), shock_of(world, from), players, war_of(options));
        Policy policy = with_result(from, found.shock);
        std::vector<WarPlayer> outcome;
        for (std::size_t p = 0; p < players.size(); ++p) {
            const PlayerOutcome& o = found.players[p];
            outcome.push_back({governments[p].region, o.utility, o.start_utility, o.gap, means_of(o.means)});
        }
        const NashCertificate& c = found.certificate;
        return TradeWar{std::move(policy),
                        equilibrium_handle(world, std::move(found.shock), std::move(found.equilibrium)),
                        std::move(outcome),
                        c.converged,
                        c.gap,
                        c.step,
                        c.deviations,
                        c.equilibria};
    });
}

Talks talks(const World& world, const std::vector<Government>& governments, const Equilibrium& threat,
            const Policy& from, const TalksOptions& options) {
    return guarded([&] {
        const std::vector<Player> players = players_of(world, governments, from);
        require_same_world(world, threat, "threat");
        std::vector<double> utilities;
        for (const Player& player : players)
            utilities.push_back(utility(engine(world), engine(threat), player.objective));
        detente::Talks found =
            trade_talks(engine(world), shock_of(world, from), players, utilities, talks_of(options, players.size()));
        Policy policy = with_result(from, found.shock);
        std::vector<TalksPlayer> outcome;
        for (std::size_t p = 0; p < players.size(); ++p)
            outcome.push_back({governments[p].region, found.utility[p], found.threat[p], found.weight[p],
                               found.transfer.empty() ? 0.0 : found.transfer[p], means_of(found.means[p])});
        const TalksCertificate& c = found.certificate;
        return Talks{std::move(policy),
                     equilibrium_handle(world, std::move(found.shock), std::move(found.equilibrium)),
                     std::move(outcome),
                     found.everyone_gains,
                     c.converged,
                     c.bargaining,
                     c.step,
                     c.pareto_gain};
    });
}

}  // namespace detente::v1
