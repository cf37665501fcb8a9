#include "relation/tournament.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/threads.h"
#include "relation/rounding.h"

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

Match simulated(const MoveTables& a, const MoveTables& b, const std::array<double, 4>& payoff_a,
                const std::array<double, 4>& payoff_b, const TournamentOptions& options, std::uint64_t pair) {
    Match out;
    // Means and sums of squares about them, updated together (Welford 1962): payoffs may be large beside their spread.
    double mean_a = 0.0, mean_b = 0.0, spread_a = 0.0, spread_b = 0.0;
    const auto update = [](double value, double count, double& mean, double& spread) {
        const double step = value - mean;
        mean += step / count;
        spread += step * (value - mean);
    };
    const auto repetitions = static_cast<double>(options.repetitions);
    for (int r = 0; r < options.repetitions; ++r) {
        const std::uint64_t stream =
            pair * static_cast<std::uint64_t>(options.repetitions) + static_cast<std::uint64_t>(r);
        const OutcomeCounts counts = simulate(a, b, options.noise, options.turns, options.seed, stream, options.job);
        OutcomeShares share{};
        for (std::size_t k = 0; k < 4; ++k) {
            share[k] = static_cast<double>(counts[k]) / static_cast<double>(options.turns);
            out.share[k] += share[k] / repetitions;
        }
        update(mean_payoff(share, payoff_a), r + 1.0, mean_a, spread_a);
        update(mean_payoff(share, payoff_b), r + 1.0, mean_b, spread_b);
    }
    const auto error = [&](double spread) { return std::sqrt(spread / (repetitions - 1.0) / repetitions); };
    out.error_a = error(spread_a);
    out.error_b = error(spread_b);
    return out;
}

// What is found out once about an entrant, for all of its matches in both seats.
struct Ready {
    MoveTables table_a, table_b;      // of simulated matches
    std::optional<int> end_a, end_b;  // of exact long runs
};

std::vector<Ready> made_ready(const std::vector<Entrant>& entrants, const TournamentOptions& options) {
    std::vector<Ready> out(entrants.size());
    for (std::size_t k = 0; k < entrants.size(); ++k) {
        options.job.check();
        const Entrant& e = entrants[k];
        check_automaton(e.as_a);
        check_automaton(e.as_b);
        if (options.simulate) {
            out[k].table_a = move_tables(e.as_a, options.noise.lapse_a);
            out[k].table_b = move_tables(e.as_b, options.noise.lapse_b);
        } else if (options.horizon.kind == Horizon::Kind::long_run) {
            out[k].end_a = peaceful_end(e.as_a);
            out[k].end_b = peaceful_end(e.as_b);
        }
    }
    return out;
}

void check(const std::vector<Entrant>& entrants, const TournamentOptions& options) {
    if (entrants.empty()) throw_input({"", 0, "strategies"}, "no strategy takes part");
    if (!options.simulate) return;
    const auto within = [](const char* key, std::int64_t found, std::int64_t least, std::int64_t most,
                           const char* why) {
        if (found < least || found > most)
            throw_input({{"", 0, key}, why, fmt::format("{}", found), fmt::format("from {} to {}", least, most), ""});
    };
    within("turns", options.turns, 1, most_turns, "out of range");
    within("repetitions", options.repetitions, 2, most_repetitions,
           options.repetitions < 2 ? "too few to state a Monte Carlo error" : "out of range");
}

// What money can be, and differences that its rounding leaves alone.
void check_payoffs(const DilemmaGame& game) {
    constexpr double most = 1e100;
    for (const auto& payoffs : {game.a.own, game.b.own}) {
        const auto [low, high] = std::minmax_element(payoffs.begin(), payoffs.end());
        for (const double payoff : payoffs)
            if (!(std::abs(payoff) <= most))
                throw_input({{"", 0, "--payoffs"},
                             "a payoff is too large",
                             fmt::format("{:g}", payoff),
                             fmt::format("at most {:g} either way; take a larger unit", most),
                             ""});
        if (*high > *low && *high - *low < 1.0 / most)
            throw_input({{"", 0, "--payoffs"},
                         "payoffs lie too close together",
                         fmt::format("{:g} between the largest and the smallest", *high - *low),
                         fmt::format("none at all or at least {:g}; take a smaller unit", 1.0 / most),
                         ""});
    }
}

void summarise(TournamentResult& result) {
    result.payoff = 0.5 * (result.payoff_a + result.payoff_b.transpose());
    result.cooperation = 0.5 * (result.cooperation_a + result.cooperation_b.transpose());
    result.mean = result.payoff.rowwise().mean();
    result.ranking.resize(result.names.size());
    std::iota(result.ranking.begin(), result.ranking.end(), 0);
    // Means that differ by rounding alone are level.
    const double grain = 1e-12 * result.payoff.cwiseAbs().maxCoeff();
    const auto grains = [&](int i) { return grain > 0.0 ? std::round(result.mean[i] / grain) : 0.0; };
    std::stable_sort(result.ranking.begin(), result.ranking.end(), [&](int i, int j) { return grains(i) > grains(j); });
}

}  // namespace

DilemmaGame dilemma_of(const StageGame& game, const std::string& cooperate, const std::string& defect) {
    if (cooperate.empty() != defect.empty())
        throw_input({"", 0, cooperate.empty() ? "--cooperate" : "--defect"}, "give both actions or none");
    if (cooperate.empty() && (game.n_a() != 2 || game.n_b() != 2))
        throw_input({{"", 0, "--payoffs"},
                     "strategies at play need two actions a side",
                     fmt::format("{} x {}", game.n_a(), game.n_b()),
                     "2 x 2, or the two actions named by --cooperate and --defect",
                     ""});
    const auto find = [&](const IndexSet& actions, const std::string& name, int otherwise, const char* key) {
        return name.empty() ? otherwise : actions.at(name, Place{"", 0, key});
    };
    const int ca = find(game.actions_a, cooperate, 0, "--cooperate"), da = find(game.actions_a, defect, 1, "--defect");
    const int cb = find(game.actions_b, cooperate, 0, "--cooperate"), db = find(game.actions_b, defect, 1, "--defect");
    if (ca == da || cb == db) throw_input({"", 0, "--defect"}, "cooperation and defection are the same action");
    DilemmaGame out;
    out.a.own = payoffs(game.payoff_a, ca, cb, da, db);
    out.a.other = payoffs(game.payoff_b, ca, cb, da, db);
    out.b.own = other_seat(out.a.other);
    out.b.other = other_seat(out.a.own);
    out.cooperate = game.actions_a[ca];
    out.defect = game.actions_a[da];
    out.unit = game.unit;
    check_payoffs(out);
    return out;
}

Eigen::MatrixXd scaled_payoffs(const TournamentResult& result, const DilemmaGame& game) {
    // Payoffs of the table are means over both seats: so are the ends of the scale.
    const auto [low_a, high_a] = std::minmax_element(game.a.own.begin(), game.a.own.end());
    const auto [low_b, high_b] = std::minmax_element(game.b.own.begin(), game.b.own.end());
    const double low = 0.5 * (*low_a + *low_b), range = 0.5 * (*high_a - *low_a) + 0.5 * (*high_b - *low_b);
    if (!(range > 0.0)) return Eigen::MatrixXd::Zero(result.payoff.rows(), result.payoff.cols());
    // The ends are met exactly: a payoff of 1e-17 in place of 0 is rounding.
    return ((result.payoff.array() - low) / range).unaryExpr([](double x) {
        return x < rounding ? 0.0 : x > 1.0 - rounding ? 1.0 : x;
    });
}

std::vector<Entrant> named_entrants(const std::vector<std::string>& names, const DilemmaGame& game,
                                    std::vector<std::string>& left_out, const Place& place, int count) {
    std::vector<Entrant> out;
    for (const std::string& name : names) {
        const auto a = make_strategy(name, game.a, place, count), b = make_strategy(name, game.b, place, count);
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
    const std::vector<Ready> ready = made_ready(entrants, options);
    const auto evaluate = [&](Eigen::Index i, Eigen::Index j) {
        const Entrant& a = entrants[static_cast<std::size_t>(i)];
        const Entrant& b = entrants[static_cast<std::size_t>(j)];
        Match match;
        options.job.check();
        const Ready& ra = ready[static_cast<std::size_t>(i)];
        const Ready& rb = ready[static_cast<std::size_t>(j)];
        if (options.simulate)
            match =
                simulated(ra.table_a, rb.table_b, payoff_a, payoff_b, options, static_cast<std::uint64_t>(i * n + j));
        else
            match.share = play(a.as_a, ra.end_a, b.as_b, rb.end_b, options.noise, options.horizon, options.job);
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
    // One task a pair, so that a long match does not hold up a row; each writes cells of its own.
    for_each_index(static_cast<std::size_t>(n * n), options.threads, [&](std::size_t pair) {
        const auto k = static_cast<Eigen::Index>(pair);
        if (!half || k / n <= k % n) evaluate(k / n, k % n);
    });
    summarise(result);
    return result;
}

}  // namespace detente
