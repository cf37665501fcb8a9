// The robustness run of the relation layer: random games from 2 x 2 to 60 x 60 at any discount factor in (0, 1). Each
// payoff set converges or is empty, is feasible, lies above pure minmax and holds every stage equilibrium. Whatever the
// report on a game calls self-enforcing lies in the set of equilibrium payoffs, also with lapses and unequal patience,
// and no agreement that it finds is worse for a side than its mixed minmax.
// `relation_robustness --count N --seed S [--verbose]`.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <random>
#include <string>

#include "base/error.h"
#include "relation/game_report.h"
#include "relation/payoff_set.h"
#include "relation/roles.h"

namespace {

using namespace detente;

struct Tally {
    long converged = 0, empty = 0, limit = 0, failed = 0, agreements = 0, self_enforcing = 0, assumed = 0;
    int most_iterations = 0;
    double slowest = 0.0;
};

double uniform(std::mt19937_64& random, double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random);
}

int draw_size(std::mt19937_64& random) {
    // Small games are where sets are points and segments: half of the draws.
    return uniform(random, 0, 1) < 0.5 ? 2 + static_cast<int>(random() % 4) : 2 + static_cast<int>(random() % 59);
}

IndexSet actions(int count) {
    std::vector<std::string> names;
    for (int k = 0; k < count; ++k) names.push_back(std::to_string(k));
    return IndexSet("action", names);
}

// Payoffs of five kinds: normal, integers (ties), smooth in the actions (tariff grids), common interest, near zero-sum.
StageGame draw_game(std::mt19937_64& random) {
    StageGame game;
    const int rows = draw_size(random), columns = draw_size(random);
    game.actions_a = actions(rows);
    game.actions_b = actions(columns);
    std::normal_distribution<double> normal;
    const double scale = std::pow(10.0, uniform(random, -6, 9)), conflict = uniform(random, -1, 1);
    const int kind = static_cast<int>(random() % 5);
    game.payoff_a = Eigen::MatrixXd::NullaryExpr(rows, columns, [&] { return normal(random); });
    game.payoff_b = Eigen::MatrixXd::NullaryExpr(rows, columns, [&] { return normal(random); });
    if (kind == 1) {
        game.payoff_a = (3.0 * game.payoff_a).array().round();
        game.payoff_b = (3.0 * game.payoff_b).array().round();
    } else if (kind == 2) {
        for (int i = 0; i < rows; ++i) {
            for (int j = 0; j < columns; ++j) {
                const double x = i / (rows - 1.0), y = j / (columns - 1.0);
                game.payoff_a(i, j) = x - 0.75 * x * x - (1.0 + conflict) * y;
                game.payoff_b(i, j) = y - 0.75 * y * y - 1.2 * x;
            }
        }
    } else if (kind == 3) {
        game.payoff_b = game.payoff_a;
    } else if (kind == 4) {
        game.payoff_b = -game.payoff_a + 0.01 * game.payoff_b;
    }
    game.payoff_a *= scale;
    game.payoff_b *= scale * std::pow(10.0, uniform(random, -2, 2));
    return game;
}

double draw_discount(std::mt19937_64& random) {
    const double u = uniform(random, 0, 1);
    if (u < 0.6) return uniform(random, 0.001, 0.999);
    const double small = std::pow(10.0, uniform(random, -8, -1));
    return u < 0.8 ? small : 1.0 - small;
}

// What must hold of any answer; "" where it does.
std::string fault(const StageGame& game, const PayoffSet& found) {
    const auto equilibria = stage_equilibria(game);
    if (found.status == SetStatus::empty) return equilibria.empty() ? "" : "empty beside a stage equilibrium";
    const double width = std::max(game.payoff_a.maxCoeff() - game.payoff_a.minCoeff(),
                                  game.payoff_b.maxCoeff() - game.payoff_b.minCoeff());
    const double slack = 1e-9 * std::max(width, 1e-300);
    if (!std::isfinite(found.area)) return "the area is not a number";
    if (excess(found.set, feasible_payoffs(game)) > slack) return "not feasible";
    const Eigen::Vector2d low = lower_corner(found.set);
    if (low[0] < pure_minmax(game, Side::a) - slack || low[1] < pure_minmax(game, Side::b) - slack)
        return "below minmax";
    for (const ActionPair& pair : equilibria) {
        const Eigen::Vector2d u{payoff(game, Side::a, pair), payoff(game, Side::b, pair)};
        if (distance(found.set, u) > slack) return "a stage equilibrium is outside";
    }
    return "";
}

// One question in four: lapses (on the smaller games), unequal patience, both, or neither.
std::string report_fault(const StageGame& game, double discount, std::mt19937_64& random, Tally& tally) {
    // A report on a large game takes longer than its set: one in four.
    if (game.n_a() * game.n_b() > 100 && random() % 4 != 0) return "";
    GameQuestion q;
    q.discount_a = q.discount_b = discount;
    if (game.n_a() * game.n_b() > most_noisy_pairs || discount > 0.999 || discount < 0.001) {
        q.fidelity_a = q.fidelity_b = 1.0;
    } else {
        if (random() % 4 == 0) q.fidelity_a = uniform(random, 0.3, 1.0), q.fidelity_b = uniform(random, 0.3, 1.0);
        if (random() % 4 == 0) q.discount_b = uniform(random, 0.001, 0.999);
    }
    const GameReport r = report_game(game, q);
    if (!r.agreement) return "";
    const AgreementReport& a = *r.agreement;
    ++tally.agreements;
    tally.assumed += a.war_is_equilibrium ? 0 : 1;
    const Eigen::Vector2d kept{payoff(game, Side::a, a.roles.cooperate), payoff(game, Side::b, a.roles.cooperate)};
    const Eigen::Vector2d width{game.payoff_a.maxCoeff() - game.payoff_a.minCoeff(),
                                game.payoff_b.maxCoeff() - game.payoff_b.minCoeff()};
    for (const Side side : sides)
        if (kept[static_cast<Eigen::Index>(side)] <
            mixed_minmax(game, side) - 1e-9 * width[static_cast<Eigen::Index>(side)])
            return "the agreement is worse for a side than its minmax";
    const bool lapses = q.fidelity_a < 1.0 || q.fidelity_b < 1.0;
    if (!a.verdict.holds) return "";
    ++tally.self_enforcing;
    if (r.set.status == SetStatus::empty) return "self-enforcing where there is no equilibrium";
    // With lapses: what the war leaves of it, on payoffs scaled to [0, 1].
    const bool by_war = a.verdict.threat == Threat::war;
    if (lapses && !by_war) return "";
    const Eigen::Vector2d point = lapses ? Eigen::Vector2d(a.window.best->value[0], a.window.best->value[1]) : kept;
    ConvexSet outer;
    for (const Eigen::Vector2d& v : r.set.outer.vertices) outer.vertices.push_back(v.cwiseQuotient(width));
    return distance(outer, point.cwiseQuotient(width)) > 1e-6 ? "self-enforcing outside the set of equilibrium payoffs"
                                                              : "";
}

void run_one(long seed, bool verbose, Tally& tally) {
    std::mt19937_64 random(static_cast<unsigned long>(seed));
    const StageGame game = draw_game(random);
    const double discount = draw_discount(random);
    std::string problem;
    try {
        const auto began = std::chrono::steady_clock::now();
        const PayoffSet found = equilibrium_payoffs(game, discount);
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
        tally.slowest = std::max(tally.slowest, took.count());
        tally.most_iterations = std::max(tally.most_iterations, found.iterations);
        ++(found.status == SetStatus::converged ? tally.converged
           : found.status == SetStatus::empty   ? tally.empty
                                                : tally.limit);
        problem = found.status == SetStatus::limit ? "the iteration limit" : fault(game, found);
        if (problem.empty()) problem = report_fault(game, discount, random, tally);
        if (verbose && took.count() > 0.05)
            std::cout << "seed " << seed << " (" << game.n_a() << " x " << game.n_b() << ", 1 - delta " << 1 - discount
                      << ", " << found.iterations << " iterations) took " << took.count() << " s" << std::endl;
    } catch (const Error& error) {
        problem = error.what();
    }
    if (problem.empty()) return;
    ++tally.failed;
    std::cout << "seed " << seed << " (" << game.n_a() << " x " << game.n_b() << ", delta " << discount
              << "): " << problem << '\n';
}

}  // namespace

int main(int count, char** arguments) {
    long games = 10000, seed = 1;
    bool verbose = false;
    for (int a = 1; a < count; ++a) {
        const std::string word = arguments[a];
        const char* next = a + 1 < count ? arguments[a + 1] : "0";
        if (word == "--count")
            games = std::atol(next), ++a;
        else if (word == "--seed")
            seed = std::atol(next), ++a;
        else if (word == "--verbose")
            verbose = true;
        else
            return std::cerr << "unknown option " << word << '\n', 1;
    }
    Tally tally;
    for (long k = 0; k < games; ++k) run_one(seed + k, verbose, tally);
    std::cout << games << " games: " << tally.converged << " converged, " << tally.empty << " without an equilibrium, "
              << tally.limit << " at the iteration limit, " << tally.failed << " failed; of " << tally.agreements
              << " agreements (" << tally.assumed << " with a war that is no equilibrium) " << tally.self_enforcing
              << " self-enforcing; most iterations " << tally.most_iterations << ", slowest " << tally.slowest
              << " s\n";
    return tally.failed == 0 ? 0 : 2;
}
