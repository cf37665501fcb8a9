#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "relation/payoff_file.h"
#include "relation/population.h"
#include "relation/tournament.h"

namespace detente::cli {
namespace {

struct TournamentArguments {
    std::string payoffs, strategies, cooperate, defect;
    double noise = 0.05, misreading = 0.0, discount = -1.0;
    std::int64_t turns = 1000;
    int repetitions = 10, threads = 0;
    std::uint64_t seed = 1;
    bool exact = false, simulate = false, json = false, list = false;
};

// Axelrod's payoffs, where no others are given.
StageGame axelrod() {
    StageGame game;
    game.actions_a = game.actions_b = IndexSet("action", {"C", "D"});
    game.payoff_a = (Eigen::MatrixXd(2, 2) << 3, 0, 5, 1).finished();
    game.payoff_b = game.payoff_a.transpose();
    game.unit = "points";
    return game;
}

std::vector<std::string> words(const std::string& text) {
    std::vector<std::string> out;
    std::string word;
    for (const char c : text + ",") {
        if (c != ',')
            word += c;
        else if (!word.empty()) {
            out.push_back(word);
            word.clear();
        }
    }
    return out;
}

bool is_file(const std::string& text) {
    return text.size() > 5 && text.compare(text.size() - 5, 5, ".toml") == 0;
}

// Names, files of strategies, or both, separated by commas; all of the catalogue where nothing is given.
std::vector<Entrant> entrants(const TournamentArguments& a, const DilemmaGame& game,
                              std::vector<std::string>& left_out) {
    const Place place{"", 0, "--strategies"};
    if (a.strategies.empty()) {
        std::vector<std::string> names;
        for (const NamedStrategy& row : named_strategies()) names.push_back(row.name);
        return named_entrants(names, game, left_out, place);
    }
    std::vector<Entrant> out;
    for (const std::string& word : words(a.strategies)) {
        if (is_file(word)) {
            for (Automaton& s : read_strategies(word)) out.push_back({s.name, s, s});
        } else {
            for (Entrant& e : named_entrants({word}, game, left_out, place)) out.push_back(std::move(e));
        }
    }
    for (std::size_t i = 0; i < out.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (out[i].name == out[j].name) throw_input({place, "a strategy takes part twice", out[i].name, "", ""});
    return out;
}

nlohmann::ordered_json matrix_json(const Eigen::MatrixXd& m) {
    auto rows = nlohmann::ordered_json::array();
    for (Eigen::Index i = 0; i < m.rows(); ++i) {
        auto row = nlohmann::ordered_json::array();
        for (Eigen::Index j = 0; j < m.cols(); ++j) row.push_back(m(i, j));
        rows.push_back(row);
    }
    return rows;
}

std::vector<std::string> names_of(const std::vector<int>& list, const TournamentResult& result) {
    std::vector<std::string> out;
    for (const int k : list) out.push_back(result.names[static_cast<std::size_t>(k)]);
    return out;
}

std::string horizon_text(const TournamentArguments& a) {
    if (a.simulate) return fmt::format("{} repetitions of {} turns, seed {}", a.repetitions, a.turns, a.seed);
    if (a.discount >= 0.0) return fmt::format("exact, discounted at {:g}", a.discount);
    return "exact, long run";
}

void print_json(const TournamentArguments& a, const TournamentResult& r, const std::vector<std::string>& left_out) {
    const Stability found = stability(r.payoff);
    nlohmann::ordered_json out;
    out["strategies"] = r.names;
    out["payoffs"] = matrix_json(r.payoff);
    out["cooperation"] = matrix_json(r.cooperation);
    out["ranking"] = names_of(r.ranking, r);
    out["mean_payoff"] = std::vector<double>(r.mean.begin(), r.mean.end());
    out["payoffs_a"] = matrix_json(r.payoff_a);
    out["payoffs_b"] = matrix_json(r.payoff_b);
    if (a.simulate) {
        out["error_a"] = matrix_json(r.error_a);
        out["error_b"] = matrix_json(r.error_b);
        out["seed"] = a.seed;
        out["turns"] = a.turns;
        out["repetitions"] = a.repetitions;
    }
    out["noise"] = a.noise;
    out["perception_noise"] = a.misreading;
    out["method"] = horizon_text(a);
    out["stable"] = names_of(found.stable, r);
    out["neutrally_stable"] = names_of(found.neutrally_stable, r);
    out["left_out"] = left_out;
    std::fputs((out.dump(2) + "\n").c_str(), stdout);
}

// How far a mean over the rivals may be off.
double mean_error(const TournamentResult& r, Eigen::Index i) {
    const double squares = r.error_a.row(i).squaredNorm() + r.error_b.col(i).squaredNorm();
    return 0.5 * std::sqrt(squares) / static_cast<double>(r.names.size());
}

void print_text(const TournamentArguments& a, const DilemmaGame& game, const TournamentResult& r,
                const std::vector<std::string>& left_out, double seconds) {
    std::string out = fmt::format(
        "{} strategies, {} (cooperation: {}, defection: {}), noise {:g}, perception noise {:g}\n"
        "Payoffs CC, CD, DC, DD: {:g} {:g} {:g} {:g} (A), {:g} {:g} {:g} {:g} (B){}\n\n",
        r.names.size(), horizon_text(a), game.cooperate, game.defect, a.noise, a.misreading, game.a.own[0],
        game.a.own[1], game.a.own[2], game.a.own[3], game.b.own[0], game.b.own[1], game.b.own[2], game.b.own[3],
        game.unit.empty() ? "" : ", " + game.unit);
    std::size_t width = 8;
    for (const std::string& name : r.names) width = std::max(width, name.size());
    out += fmt::format("rank  {:<{}}  {:>12}{}  {:>11}  {:>12}\n", "strategy", width, "mean payoff",
                       a.simulate ? fmt::format("  {:>10}", "error") : "", "cooperation", "with itself");
    for (std::size_t k = 0; k < r.ranking.size(); ++k) {
        const Eigen::Index i = r.ranking[k];
        out += fmt::format("{:>4}  {:<{}}  {:>12.6g}{}  {:>11.4f}  {:>12.6g}\n", k + 1,
                           r.names[static_cast<std::size_t>(i)], width, r.mean[i],
                           a.simulate ? fmt::format("  {:>10.2g}", mean_error(r, i)) : "", r.cooperation.row(i).mean(),
                           r.payoff(i, i));
    }
    const Stability found = stability(r.payoff);
    const auto listed = [&](const std::vector<int>& list) {
        return list.empty() ? std::string("none") : fmt::format("{}", fmt::join(names_of(list, r), ", "));
    };
    if (!a.simulate)
        out += fmt::format("\nNo rival of these invades: {}\nNo rival invades, some are neutral: {}\n",
                           listed(found.stable), listed(found.neutrally_stable));
    if (!left_out.empty())
        out += fmt::format("Left out, because these payoffs do not admit them: {}\n", fmt::join(left_out, ", "));
    out += fmt::format("{:.3f} seconds\n", seconds);
    std::fputs(out.c_str(), stdout);
}

void list_strategies() {
    for (const NamedStrategy& row : named_strategies())
        std::fputs(fmt::format("{:<14} {} [{}]\n", row.name, row.note, row.source).c_str(), stdout);
}

int run_tournament(TournamentArguments a) {
    if (a.list) {
        list_strategies();
        return 0;
    }
    if (a.exact && a.simulate)
        throw_input({"", 0, "--exact"}, "cannot be joined with --turns, --repetitions or --seed, which simulate");
    if (a.simulate && a.discount >= 0.0)
        throw_input({"", 0, "--discount"},
                    "belongs to the exact evaluation; simulated matches are plain means of their turns");
    const DilemmaGame game = dilemma_of(a.payoffs.empty() ? axelrod() : read_payoffs(a.payoffs), a.cooperate, a.defect);
    std::vector<std::string> left_out;
    const std::vector<Entrant> list = entrants(a, game, left_out);
    TournamentOptions options;
    options.noise = {a.noise, a.noise, a.misreading, a.misreading};
    if (a.discount >= 0.0) options.horizon = Horizon::discounted(a.discount);
    options.simulate = a.simulate;
    options.turns = a.turns;
    options.repetitions = a.repetitions;
    options.seed = a.seed;
    options.threads = a.threads;
    const auto begin = std::chrono::steady_clock::now();
    const TournamentResult result = round_robin(list, game, options);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    if (a.json)
        print_json(a, result, left_out);
    else
        print_text(a, game, result, left_out, seconds);
    std::fflush(stdout);
    return 0;
}

}  // namespace

void add_tournament(CLI::App& app, Action& chosen) {
    auto a = std::make_shared<TournamentArguments>();
    CLI::App* command =
        app.add_subcommand("tournament", "Strategies at play: everyone against everyone on a 2 x 2 game");
    command->add_option("--payoffs", a->payoffs, "Payoffs as CSV: a,b,u_a,u_b (default: Axelrod's 3, 0, 5, 1)");
    command->add_option("--cooperate", a->cooperate, "The action that is cooperation (default: the first of two)");
    command->add_option("--defect", a->defect, "The action that is defection");
    command->add_option("--noise", a->noise, "Chance that the other action than the intended is carried out (0.05)");
    command->add_option("--perception-noise", a->misreading, "Chance that the other side's action is seen wrongly (0)");
    command->add_option("--strategies", a->strategies, "Names and .toml files, separated by commas (default: all)");
    command->add_option("--discount", a->discount, "Exact discounted payoffs in place of the long run")
        ->check(CLI::Range(0.0, 1.0));
    command->add_flag("--exact", a->exact, "Solve the Markov chain of every pair (the default)");
    const auto simulate = [a](const std::string&) { a->simulate = true; };
    command->add_option("--turns", a->turns, "Simulate matches of this many turns")->each(simulate);
    command->add_option("--repetitions", a->repetitions, "Simulated matches of a pair (10)")->each(simulate);
    command->add_option("--seed", a->seed, "Seed of the simulation (1)")->each(simulate);
    command->add_option("--threads", a->threads, "Threads (default: all); the result is the same for any number");
    command->add_flag("--list", a->list, "Print the named strategies with their sources");
    command->add_flag("--json", a->json, "Print JSON instead of tables");
    command->footer(
        "Examples:\n  detente tournament --noise 0.05 --strategies TFT,GTFT,WSLS,ALLD\n"
        "  detente tournament --payoffs war.csv --turns 10000 --repetitions 20 --seed 7\n");
    command->callback([&chosen, a] { chosen = [a] { return run_tournament(*a); }; });
}

}  // namespace detente::cli
