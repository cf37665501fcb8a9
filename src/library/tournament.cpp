#include "detente/tournament.h"

#include <fmt/format.h>

#include <algorithm>

#include "library/boundary.h"
#include "library/game.h"
#include "library/solver.h"
#include "relation/population.h"
#include "relation/tournament.h"

namespace detente {
namespace library {
namespace {

using Labels = std::shared_ptr<const std::vector<std::string>>;

double within(double value, double low, double high, const char* name) {
    if (!(value >= low && value <= high))
        throw_input({{"", 0, name},
                     "out of range",
                     fmt::format("{:g}", value),
                     fmt::format("between {:g} and {:g}", low, high),
                     ""});
    return value;
}

// Names, files of strategies, or both; all of the catalogue where nothing is given.
std::vector<Entrant> entrants_of(const v1::TournamentOptions& options, const DilemmaGame& game,
                                 std::vector<std::string>& left_out) {
    const Place place{"", 0, "strategies"};
    const int count = options.simulate ? counting_bound(options.turns) : exact_count;
    std::vector<std::string> names = options.strategies;
    if (names.empty())
        for (const NamedStrategy& row : named_strategies()) names.push_back(row.name);
    std::vector<Entrant> out;
    for (const std::string& name : names) {
        if (std::filesystem::path(name).extension() == ".toml")
            for (Automaton& s : read_strategies(name)) out.push_back({s.name, s, s});
        else
            for (Entrant& e : named_entrants({name}, game, left_out, place, count)) out.push_back(std::move(e));
    }
    for (std::size_t i = 0; i < out.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (out[i].name == out[j].name) throw_input({place, "a strategy takes part twice", out[i].name, "", ""});
    return out;
}

TournamentOptions options_of(const v1::TournamentOptions& o) {
    TournamentOptions out;
    out.noise = {within(o.noise_a, 0.0, 1.0, "noise_a"), within(o.noise_b, 0.0, 1.0, "noise_b"),
                 within(o.misreading_a, 0.0, 1.0, "misreading_a"), within(o.misreading_b, 0.0, 1.0, "misreading_b")};
    if (o.discount && o.simulate)
        throw_input(Place{"", 0, "discount"},
                    "belongs to the exact evaluation; simulated matches are plain means of their turns");
    if (o.discount) out.horizon = Horizon::discounted(*o.discount);
    out.simulate = o.simulate, out.turns = o.turns, out.repetitions = o.repetitions;
    out.seed = o.seed, out.threads = o.threads, out.job = job_of(o.job);
    within(o.population, 2, most_population, "population");
    within(o.selection, 0.0, 1.0, "selection");
    return out;
}

v1::Table matrix(const char* name, const std::string& unit, const Labels& labels, const Eigen::MatrixXd& numbers) {
    const auto owned = std::make_shared<const Eigen::MatrixXd>(numbers);
    const std::span<const double> data(owned->data(), static_cast<std::size_t>(owned->size()));
    return {name, unit, {{"strategy", labels, 1}, {"rival", labels, owned->rows()}}, data, owned};
}

v1::Table list(const char* name, const std::string& unit, const Labels& labels, const Eigen::VectorXd& numbers) {
    const auto owned = std::make_shared<const Eigen::VectorXd>(numbers);
    const std::span<const double> data(owned->data(), static_cast<std::size_t>(owned->size()));
    return {name, unit, {{"strategy", labels, 1}}, data, owned};
}

std::vector<std::string> named(const TournamentResult& result, const std::vector<int>& positions) {
    std::vector<std::string> out;
    for (const int k : positions) out.push_back(result.names[static_cast<std::size_t>(k)]);
    return out;
}

std::string method_of(const v1::TournamentOptions& o) {
    if (o.simulate) return fmt::format("{} repetitions of {} turns, seed {}", o.repetitions, o.turns, o.seed);
    return o.discount ? fmt::format("exact, discounted at {:g}", *o.discount) : "exact, long run";
}

v1::Tournament tournament_of(const TournamentResult& result, const DilemmaGame& game,
                             const v1::TournamentOptions& options) {
    const auto labels = std::make_shared<const std::vector<std::string>>(result.names);
    const auto n = static_cast<Eigen::Index>(result.names.size());
    v1::Tournament out;
    out.strategies = result.names;
    out.payoff = matrix("payoff", game.unit, labels, result.payoff);
    out.cooperation = matrix("cooperation", "share", labels, result.cooperation);
    out.payoff_a = matrix("payoff_a", game.unit, labels, result.payoff_a);
    out.payoff_b = matrix("payoff_b", game.unit, labels, result.payoff_b);
    if (options.simulate) {
        out.error_a = matrix("error_a", game.unit, labels, result.error_a);
        out.error_b = matrix("error_b", game.unit, labels, result.error_b);
    }
    out.mean_payoff = list("mean_payoff", game.unit, labels, result.mean);
    const Eigen::MatrixXd scaled = scaled_payoffs(result, game);
    ReplicatorOptions how;
    how.job = job_of(options.job);
    const ReplicatorPath path = replicate(scaled, Eigen::VectorXd::Constant(n, 1.0 / static_cast<double>(n)), how);
    out.replicator = list("replicator", "share", labels, path.shares.back());
    out.replicator_at_rest = path.at_rest;
    out.moran = list("moran", "share", labels, moran_law(scaled, options.population, options.selection, how.job));
    out.ranking = named(result, result.ranking);
    // Simulated payoffs carry errors: who is level with whom cannot be told from them.
    if (!options.simulate) {
        const Stability found = stability(scaled);
        out.stable = named(result, found.stable), out.neutrally_stable = named(result, found.neutrally_stable);
    }
    out.method = method_of(options);
    return out;
}

}  // namespace
}  // namespace library

namespace v1 {
using namespace library;

std::vector<StrategyInfo> strategies() {
    return guarded([] {
        std::vector<StrategyInfo> list;
        for (const NamedStrategy& row : named_strategies()) list.push_back({row.name, row.source, row.note});
        return list;
    });
}

Game axelrod() {
    Game game;
    game.actions_a = game.actions_b = {"C", "D"};
    game.payoff_a = {3.0, 0.0, 5.0, 1.0}, game.payoff_b = {3.0, 5.0, 0.0, 1.0};
    game.unit = "points";
    return game;
}

Tournament tournament(const Game& game, const TournamentOptions& options) {
    return guarded([&] {
        const DilemmaGame dilemma = dilemma_of(stage_game(game), options.cooperate, options.defect);
        const detente::TournamentOptions how = options_of(options);
        std::vector<std::string> left_out;
        const std::vector<Entrant> list = entrants_of(options, dilemma, left_out);
        Tournament out = tournament_of(round_robin(list, dilemma, how), dilemma, options);
        out.left_out = left_out;
        return out;
    });
}

}  // namespace v1
}  // namespace detente
