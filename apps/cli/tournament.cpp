#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "commands.h"
#include "output.h"
#include "relation/payoff_file.h"
#include "relation/population.h"
#include "relation/tournament.h"
#include "surroundings.h"
#include "values.h"

namespace detente::cli {
namespace {

struct TournamentArguments {
    std::string payoffs, strategies, cooperate, defect;
    double discount = -1.0, selection = 0.5;
    Noise noise{0.05, 0.05, 0.0, 0.0};
    std::int64_t turns = 1000;
    int repetitions = 10, threads = 0, population = 50;
    std::uint64_t seed = 1;
    bool exact = false, simulate = false, json = false, list = false, chosen = false;
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
        if (c != ',') {
            word += c;
            continue;
        }
        word = std::string(trimmed(word));
        if (!word.empty()) out.push_back(word);
        word.clear();
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
    const int count = a.simulate ? counting_bound(a.turns) : exact_count;
    if (!a.chosen) {
        std::vector<std::string> names;
        for (const NamedStrategy& row : named_strategies()) names.push_back(row.name);
        return named_entrants(names, game, left_out, place, count);
    }
    std::vector<Entrant> out;
    for (const std::string& word : words(a.strategies)) {
        if (is_file(word)) {
            for (Automaton& s : read_strategies(word)) out.push_back({s.name, s, s});
        } else {
            for (Entrant& e : named_entrants({word}, game, left_out, place, count)) out.push_back(std::move(e));
        }
    }
    for (std::size_t i = 0; i < out.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (out[i].name == out[j].name) throw_input({place, "a strategy takes part twice", out[i].name, "", ""});
    return out;
}

// What is left of a sum that should be zero is rounding.
double without_rounding(double value, double scale) {
    return std::abs(value) <= 1e-12 * scale ? 0.0 : value;
}

double payoff_scale(const DilemmaGame& game) {
    double scale = 0.0;
    for (const auto& payoffs : {game.a.own, game.b.own})
        for (const double payoff : payoffs) scale = std::max(scale, std::abs(payoff));
    return scale;
}

nlohmann::ordered_json matrix_json(const Eigen::MatrixXd& m, double scale) {
    auto rows = nlohmann::ordered_json::array();
    for (Eigen::Index i = 0; i < m.rows(); ++i) {
        auto row = nlohmann::ordered_json::array();
        for (Eigen::Index j = 0; j < m.cols(); ++j) row.push_back(without_rounding(m(i, j), scale));
        rows.push_back(row);
    }
    return rows;
}

std::vector<std::string> names_of(const std::vector<int>& list, const TournamentResult& result) {
    std::vector<std::string> out;
    out.reserve(list.size());
    for (const int k : list) out.push_back(result.names[static_cast<std::size_t>(k)]);
    return out;
}

std::string horizon_text(const TournamentArguments& a) {
    if (a.simulate) return fmt::format("{} repetitions of {} turns, seed {}", a.repetitions, a.turns, a.seed);
    if (a.discount >= 0.0) return fmt::format("exact, discounted at {:g}", a.discount);
    return "exact, long run";
}

// What evolution makes of the entrants: replicator shares from equal shares, and a Moran process with rare mutations.
struct Evolution {
    Eigen::VectorXd replicator, moran;
    bool at_rest = false;
};

// Money has any size: selection acts on payoffs on the scale of the game, 0..1.
Evolution evolution(const TournamentArguments& a, const Eigen::MatrixXd& scaled) {
    const auto n = scaled.rows();
    ReplicatorOptions options;
    options.job = job();
    const ReplicatorPath path = replicate(scaled, Eigen::VectorXd::Constant(n, 1.0 / static_cast<double>(n)), options);
    return {path.shares.back(), moran_law(scaled, a.population, a.selection, options.job), path.at_rest};
}

void print_json(const TournamentArguments& a, const DilemmaGame& game, const TournamentResult& r,
                const std::vector<std::string>& left_out) {
    const Eigen::MatrixXd scaled = scaled_payoffs(r, game);
    const Stability found = stability(scaled);
    const Evolution shares = evolution(a, scaled);
    const double scale = payoff_scale(game);
    nlohmann::ordered_json out;
    out["strategies"] = r.names;
    out["payoffs"] = matrix_json(r.payoff, scale);
    out["cooperation"] = matrix_json(r.cooperation, 1.0);
    out["ranking"] = names_of(r.ranking, r);
    out["mean_payoff"] = nlohmann::ordered_json::array();
    for (const double mean : r.mean) out["mean_payoff"].push_back(without_rounding(mean, scale));
    out["payoffs_a"] = matrix_json(r.payoff_a, scale);
    out["payoffs_b"] = matrix_json(r.payoff_b, scale);
    if (a.simulate) {
        out["error_a"] = matrix_json(r.error_a, scale);
        out["error_b"] = matrix_json(r.error_b, scale);
        out["seed"] = a.seed;
        out["turns"] = a.turns;
        out["repetitions"] = a.repetitions;
    }
    out["noise"] = {a.noise.lapse_a, a.noise.lapse_b};
    out["perception_noise"] = {a.noise.misreading_a, a.noise.misreading_b};
    out["method"] = horizon_text(a);
    out["stable"] = names_of(found.stable, r);
    out["neutrally_stable"] = names_of(found.neutrally_stable, r);
    out["replicator"] = std::vector<double>(shares.replicator.begin(), shares.replicator.end());
    out["replicator_at_rest"] = shares.at_rest;
    out["moran"] = std::vector<double>(shares.moran.begin(), shares.moran.end());
    out["population"] = a.population;
    out["selection"] = a.selection;
    out["left_out"] = left_out;
    print(out.dump(2) + "\n");
}

// How far a mean over the rivals may be off.
double mean_error(const TournamentResult& r, Eigen::Index i) {
    const double squares = r.error_a.row(i).squaredNorm() + r.error_b.col(i).squaredNorm();
    return 0.5 * std::sqrt(squares) / static_cast<double>(r.names.size());
}

std::string header(const TournamentArguments& a, const DilemmaGame& game, const TournamentResult& r) {
    return fmt::format(
        "{} {}, {} (cooperation: {}, defection: {}), noise {:g} and {:g}, perception noise {:g} and {:g}\n"
        "Payoffs CC, CD, DC, DD: {:g} {:g} {:g} {:g} (A), {:g} {:g} {:g} {:g} (B){}\n\n",
        r.names.size(), r.names.size() == 1 ? "strategy" : "strategies", horizon_text(a), game.cooperate, game.defect,
        a.noise.lapse_a, a.noise.lapse_b, a.noise.misreading_a, a.noise.misreading_b, game.a.own[0], game.a.own[1],
        game.a.own[2], game.a.own[3], game.b.own[0], game.b.own[1], game.b.own[2], game.b.own[3],
        game.unit.empty() ? "" : ", " + game.unit);
}

std::string ranking(const TournamentArguments& a, const DilemmaGame& game, const TournamentResult& r,
                    const Evolution& shares) {
    const double scale = payoff_scale(game);
    std::size_t width = 8;
    for (const std::string& name : r.names) width = std::max(width, name.size());
    std::string out = fmt::format("rank  {:<{}}  {:>12}{}  {:>11}  {:>12}  {:>10}  {:>6}\n", "strategy", width,
                                  "mean payoff", a.simulate ? fmt::format("  {:>8}", "error") : "", "cooperation",
                                  "with itself", "replicator", "Moran");
    for (std::size_t k = 0; k < r.ranking.size(); ++k) {
        const Eigen::Index i = r.ranking[k];
        out += fmt::format("{:>4}  {:<{}}  {:>12.6g}{}  {:>11.4f}  {:>12.6g}  {:>10.4f}  {:>6.4f}\n", k + 1,
                           r.names[static_cast<std::size_t>(i)], width, without_rounding(r.mean[i], scale),
                           a.simulate ? fmt::format("  {:>8.2g}", mean_error(r, i)) : "",
                           without_rounding(r.cooperation.row(i).mean(), 1.0), without_rounding(r.payoff(i, i), scale),
                           shares.replicator[i], shares.moran[i]);
    }
    return out;
}

std::string notes(const TournamentArguments& a, const TournamentResult& r, const Eigen::MatrixXd& scaled,
                  const Evolution& shares, const std::vector<std::string>& left_out) {
    const Stability found = stability(scaled);
    const auto listed = [&](const std::vector<int>& list) {
        return list.empty() ? std::string("none") : fmt::format("{}", fmt::join(names_of(list, r), ", "));
    };
    std::string out = fmt::format(
        "\nMean payoff: over all entrants, itself included, and over both seats. Replicator: shares from equal "
        "shares{}.\n"
        "Moran: long-run shares with rare mutations, population {}, selection {:g} on payoffs scaled to 0..1 from the "
        "game's worst to its best.\n",
        shares.at_rest ? "" : " after a time of 1000, not yet at rest", a.population, a.selection);
    // Simulated payoffs carry errors: who is level with whom cannot be told from them.
    if (!a.simulate)
        out += fmt::format("No rival of these invades: {}\nNo rival invades, some are neutral: {}\n",
                           listed(found.stable), listed(found.neutrally_stable));
    if (!left_out.empty())
        out += fmt::format("Left out, because these payoffs do not admit them: {}\n", fmt::join(left_out, ", "));
    return out;
}

void list_strategies() {
    for (const NamedStrategy& row : named_strategies())
        print(fmt::format("{:<14} {} [{}]\n", row.name, row.note, row.source));
}

int run_tournament(const TournamentArguments& a) {
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
    options.noise = a.noise;
    if (a.discount >= 0.0) options.horizon = Horizon::discounted(a.discount);
    options.simulate = a.simulate;
    options.turns = a.turns;
    options.repetitions = a.repetitions;
    options.seed = a.seed;
    options.threads = a.threads;
    options.job = job();
    const auto begin = std::chrono::steady_clock::now();
    const TournamentResult result = round_robin(list, game, options);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    if (a.json) {
        print_json(a, game, result, left_out);
    } else {
        const Eigen::MatrixXd scaled = scaled_payoffs(result, game);
        const Evolution shares = evolution(a, scaled);
        const std::string text = header(a, game, result) + ranking(a, game, result, shares) +
                                 notes(a, result, scaled, shares, left_out) + fmt::format("{:.3f} seconds\n", seconds);
        print(text);
    }
    return 0;
}

// One rate for both sides, or one a side: --noise 0.05, --noise 0.05,0.02.
void add_rates(CLI::App& command, const std::string& name, double& a, double& b, const std::string& what) {
    const auto read = [&a, &b, name](const std::string& text) {
        const std::vector<std::string> parts = words(text);
        const auto rate = [&](std::string word) {
            if (const std::string problem = within(0.0, 1.0)(word); !problem.empty())
                throw CLI::ValidationError(name, "\"" + shown(word, 60) + "\" is not a probability from 0 to 1");
            double value = 0.0;
            std::from_chars(word.data(), word.data() + word.size(), value);
            return value;
        };
        if (parts.empty() || parts.size() > 2)
            throw CLI::ValidationError(name, "expects one rate, or two separated by a comma");
        a = rate(parts.front());
        b = rate(parts.back());
    };
    command.add_option_function<std::string>(name, read, what);
}

void add_noise(CLI::App& command, Noise& noise) {
    add_rates(command, "--noise", noise.lapse_a, noise.lapse_b,
              "Chance that the other action than the intended is carried out (0.05); A,B for a rate a side");
    add_rates(command, "--perception-noise", noise.misreading_a, noise.misreading_b,
              "Chance that the other side's action is seen wrongly (0); A,B for a rate a side");
}

}  // namespace

void add_tournament(CLI::App& app, Action& chosen) {
    auto a = std::make_shared<TournamentArguments>();
    CLI::App* command =
        app.add_subcommand("tournament", "Strategies at play: everyone against everyone on a 2 x 2 game");
    command->add_option("--payoffs", a->payoffs, "Payoffs as CSV: a,b,u_a,u_b (default: Axelrod's 3, 0, 5, 1)");
    command->add_option("--cooperate", a->cooperate, "The action that is cooperation (default: the first of two)");
    command->add_option("--defect", a->defect, "The action that is defection");
    add_noise(*command, a->noise);
    command->add_option("--strategies", a->strategies, "Names and .toml files, separated by commas (default: all)")
        ->each([a](const std::string&) { a->chosen = true; });
    command
        ->add_option("--population", a->population,
                     fmt::format("Size of the population of the Moran process (50; from 2 to {})", most_population))
        ->check(within(2, most_population));
    command
        ->add_option(
            "--selection", a->selection,
            "Its strength of selection, from 0 to 1, on payoffs scaled from the game's worst to its best (0.5)")
        ->check(within(0.0, 1.0));
    command
        ->add_option("--discount", a->discount, "Exact discounted payoffs in place of the long run (from 0, below 1)")
        ->check(within(0.0, 1.0));
    command->add_flag("--exact", a->exact, "Solve the Markov chain of every pair (the default)");
    const auto simulate = [a](const std::string&) { a->simulate = true; };
    command
        ->add_option("--turns", a->turns,
                     fmt::format("Simulate matches of this many turns (1000; from 1 to {})", most_turns))
        ->check(within(std::int64_t{1}, most_turns))
        ->each(simulate);
    command
        ->add_option("--repetitions", a->repetitions,
                     fmt::format("Simulated matches of a pair (10; from 2 to {})", most_repetitions))
        ->check(within(2, most_repetitions))
        ->each(simulate);
    command->add_option("--seed", a->seed, "Seed of the simulation (1)")
        ->check(within(std::uint64_t{0}, std::numeric_limits<std::uint64_t>::max()))
        ->each(simulate);
    command->add_option("--threads", a->threads, "Threads (default: all); the result is the same for any number")
        ->check(within(0, 1024));
    command->add_flag("--list", a->list, "Print the named strategies with their sources");
    command->add_flag("--json", a->json, "Print JSON instead of tables");
    command->footer(
        "Examples:\n  detente tournament --noise 0.05 --strategies TFT,GTFT,WSLS,ALLD\n"
        "  detente tournament --payoffs war.csv --turns 10000 --repetitions 20 --seed 7\n");
    command->callback([&chosen, a] { chosen = [a] { return run_tournament(*a); }; });
}

}  // namespace detente::cli
