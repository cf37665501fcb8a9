#include "relation/tournament.h"

#include <fmt/format.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace detente {
namespace {

std::array<double, 4> payoffs(const Eigen::MatrixXd& u, int ca, int cb, int da, int db) {
    return {u(ca, cb), u(ca, db), u(da, cb), u(da, db)};
}
std::array<double, 4> other_seat(const std::array<double, 4>& u) {
    return {u[outcome_cc], u[outcome_dc], u[outcome_cd], u[outcome_dd]};
}

// Both seats see the same thing: half of the matches are mirror images.
bool mirrored(const std::vector<Entrant>& entrants, const DilemmaGame& game, const Noise& noise) {
    if (game.a.own != game.b.own || game.a.other != game.b.other) return false;
    if (noise.lapse_a != noise.lapse_b || noise.misreading_a != noise.misreading_b) return false;
    return std::all_of(entrants.begin(), entrants.end(), [](const Entrant& e) {
        if (e.as_a.start != e.as_b.start || e.as_a.size() != e.as_b.size()) return false;
        for (std::size_t s = 0; s < e.as_a.states.size(); ++s)
            if (e.as_a.states[s].cooperate != e.as_b.states[s].cooperate ||
                e.as_a.states[s].next != e.as_b.states[s].next)
                return false;
        return true;
    });
}

struct Match {
    OutcomeShares share{};
    double error_a = 0.0, error_b = 0.0;
};

Match simulated(const Entrant& a, const Entrant& b, const std::array<double, 4>& payoff_a,
                const std::array<double, 4>& payoff_b, const TournamentOptions& options, std::uint64_t pair) {
    Match out;
    double sum_a = 0.0, sum_b = 0.0, squares_a = 0.0, squares_b = 0.0;
    const auto repetitions = static_cast<double>(options.repetitions);
    for (int r = 0; r < options.repetitions; ++r) {
        const std::uint64_t stream =
            pair * static_cast<std::uint64_t>(options.repetitions) + static_cast<std::uint64_t>(r);
        const OutcomeCounts counts = simulate(a.as_a, b.as_b, options.noise, options.turns, options.seed, stream);
        OutcomeShares share{};
        for (std::size_t k = 0; k < 4; ++k) {
            share[k] = static_cast<double>(counts[k]) / static_cast<double>(options.turns);
            out.share[k] += share[k] / repetitions;
        }
        const double ua = mean_payoff(share, payoff_a), ub = mean_payoff(share, payoff_b);
        sum_a += ua, sum_b += ub, squares_a += ua * ua, squares_b += ub * ub;
    }
    const auto error = [&](double sum, double squares) {
        const double variance = std::max(0.0, squares - sum * sum / repetitions) / (repetitions - 1.0);
        return std::sqrt(variance / repetitions);
    };
    out.error_a = error(sum_a, squares_a);
    out.error_b = error(sum_b, squares_b);
    return out;
}

void check(const std::vector<Entrant>& entrants, const TournamentOptions& options) {
    if (entrants.empty()) throw_input({"", 0, "strategies"}, "no strategy takes part");
    if (!options.simulate) return;
    if (options.turns < 1)
        throw_input({{"", 0, "turns"}, "too few", fmt::format("{}", options.turns), "at least 1", ""});
    if (options.repetitions < 2)
        throw_input({{"", 0, "repetitions"},
                     "too few to state a Monte Carlo error",
                     fmt::format("{}", options.repetitions),
                     "at least 2",
                     ""});
}

void summarise(TournamentResult& result) {
    result.payoff = 0.5 * (result.payoff_a + result.payoff_b.transpose());
    result.cooperation = 0.5 * (result.cooperation_a + result.cooperation_b.transpose());
    result.mean = result.payoff.rowwise().mean();
    result.ranking.resize(result.names.size());
    std::iota(result.ranking.begin(), result.ranking.end(), 0);
    std::stable_sort(result.ranking.begin(), result.ranking.end(),
                     [&](int i, int j) { return result.mean[i] > result.mean[j]; });
}

}  // namespace

DilemmaGame dilemma_of(const StageGame& game, const std::string& cooperate, const std::string& defect) {
    if (cooperate.empty() != defect.empty())
        throw_input({"", 0, cooperate.empty() ? "cooperate" : "defect"}, "give both actions or none");
    if (cooperate.empty() && (game.n_a() != 2 || game.n_b() != 2))
        throw_input({{"", 0, "payoffs"},
                     "strategies at play need two actions a side",
                     fmt::format("{} x {}", game.n_a(), game.n_b()),
                     "2 x 2, or the two actions named by --cooperate and --defect",
                     ""});
    const auto find = [&](const IndexSet& actions, const std::string& name, int otherwise, const char* key) {
        return name.empty() ? otherwise : actions.at(name, Place{"", 0, key});
    };
    const int ca = find(game.actions_a, cooperate, 0, "cooperate"), da = find(game.actions_a, defect, 1, "defect");
    const int cb = find(game.actions_b, cooperate, 0, "cooperate"), db = find(game.actions_b, defect, 1, "defect");
    if (ca == da || cb == db) throw_input({"", 0, "defect"}, "cooperation and defection are the same action");
    DilemmaGame out;
    out.a.own = payoffs(game.payoff_a, ca, cb, da, db);
    out.a.other = payoffs(game.payoff_b, ca, cb, da, db);
    out.b.own = other_seat(out.a.other);
    out.b.other = other_seat(out.a.own);
    out.cooperate = game.actions_a[ca];
    out.defect = game.actions_a[da];
    out.unit = game.unit;
    return out;
}

std::vector<Entrant> named_entrants(const std::vector<std::string>& names, const DilemmaGame& game,
                                    std::vector<std::string>& left_out, const Place& place) {
    std::vector<Entrant> out;
    for (const std::string& name : names) {
        const auto a = make_strategy(name, game.a, place), b = make_strategy(name, game.b, place);
        if (a && b)
            out.push_back({name, *a, *b});
        else
            left_out.push_back(name);
    }
    return out;
}

TournamentResult round_robin(const std::vector<Entrant>& entrants, const DilemmaGame& game,
                             const TournamentOptions& options) {
    check(entrants, options);
    const auto n = static_cast<Eigen::Index>(entrants.size());
    TournamentResult result;
    for (const Entrant& e : entrants) result.names.push_back(e.name);
    for (Eigen::MatrixXd* m : {&result.payoff_a, &result.payoff_b, &result.cooperation_a, &result.cooperation_b,
                               &result.error_a, &result.error_b})
        m->setZero(n, n);
    const bool half = mirrored(entrants, game, options.noise);
    const std::array<double, 4> payoff_a = game.a.own, payoff_b = game.a.other;
    const auto evaluate = [&](Eigen::Index i, Eigen::Index j) {
        const Entrant& a = entrants[static_cast<std::size_t>(i)];
        const Entrant& b = entrants[static_cast<std::size_t>(j)];
        Match match;
        if (options.simulate)
            match = simulated(a, b, payoff_a, payoff_b, options, static_cast<std::uint64_t>(i * n + j));
        else
            match.share = play(a.as_a, b.as_b, options.noise, options.horizon);
        const auto put = [&](Eigen::Index row, Eigen::Index column, const OutcomeShares& share, double ea, double eb) {
            result.payoff_a(row, column) = mean_payoff(share, payoff_a);
            result.payoff_b(row, column) = mean_payoff(share, payoff_b);
            result.cooperation_a(row, column) = cooperation_a(share);
            result.cooperation_b(row, column) = cooperation_b(share);
            result.error_a(row, column) = ea;
            result.error_b(row, column) = eb;
        };
        put(i, j, match.share, match.error_a, match.error_b);
        if (half && i != j) put(j, i, other_seat(match.share), match.error_b, match.error_a);
    };
    // More threads than processors would only wait for each other.
    const int most = tbb::info::default_concurrency();
    tbb::task_arena arena(options.threads > 0 ? std::min(options.threads, most) : most);
    arena.execute([&] {
        // One task a pair, so that a long match does not hold up a row; each writes cells of its own.
        tbb::parallel_for(Eigen::Index{0}, n * n, [&](Eigen::Index k) {
            if (!half || k / n <= k % n) evaluate(k / n, k % n);
        });
    });
    summarise(result);
    return result;
}

}  // namespace detente
