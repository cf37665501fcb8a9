#include "bind.h"
#include "call.h"

namespace detente::python {
namespace {

Game game_of(const nb::dict& given) {
    Game game;
    take(given, "player_a", game.player_a), take(given, "player_b", game.player_b);
    take(given, "actions_a", game.actions_a), take(given, "actions_b", game.actions_b);
    game.payoff_a = copied(entry<nb::object>(given, "payoff_a", nb::none()));
    game.payoff_b = copied(entry<nb::object>(given, "payoff_b", nb::none()));
    take(given, "unit", game.unit), take(given, "accuracy", game.accuracy);
    take(given, "bystanders", game.bystanders);
    for (const nb::object& payoff : entry<std::vector<nb::object>>(given, "bystander_payoff", {}))
        game.bystander_payoff.push_back(copied(payoff));
    return game;
}

nb::dict dict_of(const Game& game) {
    nb::dict out;
    out["player_a"] = game.player_a, out["player_b"] = game.player_b;
    out["actions_a"] = game.actions_a, out["actions_b"] = game.actions_b;
    out["payoff_a"] = game.payoff_a, out["payoff_b"] = game.payoff_b;
    out["unit"] = game.unit, out["accuracy"] = game.accuracy;
    out["bystanders"] = game.bystanders, out["bystander_payoff"] = game.bystander_payoff;
    return out;
}

std::string verdict_json(const nb::dict& given, const nb::dict& asked, const nb::object& progress) {
    const Game game = game_of(given);
    GameQuestion question;
    take(asked, "discount_a", question.discount_a), take(asked, "discount_b", question.discount_b);
    take(asked, "fidelity_a", question.fidelity_a), take(asked, "fidelity_b", question.fidelity_b);
    take(asked, "cooperate", question.cooperate), take(asked, "war", question.war);
    take(asked, "accuracy", question.accuracy);
    return interruptible(progress, [&](const Job& job) { return verdict(game, question, job); }).json;
}

nb::dict policies_game(const World& world, const std::string& player_a, const std::string& player_b,
                       const std::vector<std::pair<std::string, const Policy*>>& policies, const Policy& others,
                       int threads, const nb::object& progress) {
    std::vector<NamedPolicy> named;
    for (const auto& [name, policy] : policies) named.push_back({name, *policy});
    return dict_of(interruptible(progress, [&](const Job& job) {
        return game_of_policies(world, player_a, player_b, named, others, threads, job);
    }));
}

TournamentOptions tournament_options(const nb::dict& given) {
    TournamentOptions o;
    take(given, "strategies", o.strategies), take(given, "cooperate", o.cooperate), take(given, "defect", o.defect);
    take(given, "noise_a", o.noise_a), take(given, "noise_b", o.noise_b);
    take(given, "misreading_a", o.misreading_a), take(given, "misreading_b", o.misreading_b);
    take(given, "discount", o.discount), take(given, "simulate", o.simulate), take(given, "turns", o.turns);
    take(given, "repetitions", o.repetitions), take(given, "seed", o.seed), take(given, "threads", o.threads);
    take(given, "population", o.population), take(given, "selection", o.selection);
    return o;
}

nb::dict play(const nb::dict& given, const nb::dict& how, const nb::object& progress) {
    const Game game = given.size() == 0 ? axelrod() : game_of(given);
    TournamentOptions options = tournament_options(how);
    const Tournament t = interruptible(progress, [&](const Job& job) {
        options.job = job;
        return tournament(game, options);
    });
    nb::dict out;
    out["strategies"] = t.strategies, out["ranking"] = t.ranking, out["stable"] = t.stable;
    out["neutrally_stable"] = t.neutrally_stable, out["left_out"] = t.left_out, out["method"] = t.method;
    out["replicator_at_rest"] = t.replicator_at_rest;
    out["payoff"] = t.payoff, out["cooperation"] = t.cooperation;
    out["payoff_a"] = t.payoff_a, out["payoff_b"] = t.payoff_b, out["error_a"] = t.error_a, out["error_b"] = t.error_b;
    out["mean_payoff"] = t.mean_payoff, out["replicator"] = t.replicator, out["moran"] = t.moran;
    return out;
}

}  // namespace

void bind_relation(nb::module_& module) {
    module.def(
        "load_game", [](const std::string& path) { return dict_of(load_game(path)); }, nb::arg("path"));
    module.def("axelrod", [] { return dict_of(axelrod()); });
    module.def("verdict", &verdict_json, nb::arg("game"), nb::arg("question"), nb::arg("progress").none() = nb::none());
    module.def("game_of_policies", &policies_game, nb::arg("world"), nb::arg("player_a"), nb::arg("player_b"),
               nb::arg("policies"), nb::arg("others"), nb::arg("threads") = 1, nb::arg("progress").none() = nb::none());
    module.def("tournament", &play, nb::arg("game"), nb::arg("how"), nb::arg("progress").none() = nb::none());
    module.def("strategies", [] {
        nb::list list;
        for (const StrategyInfo& s : strategies()) {
            nb::dict one;
            one["name"] = s.name, one["source"] = s.source, one["note"] = s.note;
            list.append(one);
        }
        return list;
    });
}

}  // namespace detente::python
