#include "relation/public_strategy.h"

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"

namespace detente {
namespace {

std::size_t position(const StageGame& game, int a, int b) {
    return static_cast<std::size_t>(a) * static_cast<std::size_t>(game.n_b()) + static_cast<std::size_t>(b);
}

PublicState state_to(const StageGame& game, const ActionPair& play, int next) {
    return {play, std::vector<std::vector<Branch>>(position(game, game.n_a() - 1, game.n_b() - 1) + 1, {{next, 1.0}})};
}

Eigen::RowVectorXd transition(const StageGame& game, const PublicState& state, const Eigen::MatrixXd& probability,
                              std::size_t states) {
    Eigen::RowVectorXd row = Eigen::RowVectorXd::Zero(static_cast<Eigen::Index>(states));
    for (int a = 0; a < game.n_a(); ++a)
        for (int b = 0; b < game.n_b(); ++b)
            for (const Branch& branch : state.after[position(game, a, b)])
                row(branch.state) += probability(a, b) * branch.probability;
    return row;
}

void check(const PublicStrategy& strategy, const StageGame& game) {
    if (strategy.states.empty()) throw_input(Place{}, "a strategy needs at least one state");
    for (const PublicState& state : strategy.states) {
        const bool fits = state.play.a >= 0 && state.play.a < game.n_a() && state.play.b >= 0 &&
                          state.play.b < game.n_b() &&
                          state.after.size() == position(game, game.n_a() - 1, game.n_b() - 1) + 1;
        if (!fits) throw_input(Place{}, "a strategy's state does not fit the game");
        for (const auto& branches : state.after) {
            double sum = 0.0;
            for (const Branch& branch : branches) {
                require_probability("branch of a strategy", branch.probability);
                if (branch.state < 0 || branch.state >= static_cast<int>(strategy.states.size()))
                    throw_input(Place{}, "a branch of a strategy leads to no state");
                sum += branch.probability;
            }
            if (!(std::abs(sum - 1.0) <= 1e-12)) throw_input(Place{}, "the branches of a strategy do not sum to 1");
        }
    }
}

// Long-run shares from the first state: the Cesaro limit by squaring (I + P)/2, which has no cycles.
Eigen::VectorXd long_run_shares(const Eigen::MatrixXd& chain) {
    Eigen::MatrixXd power = 0.5 * (chain + Eigen::MatrixXd::Identity(chain.rows(), chain.cols()));
    for (int k = 0; k < 60; ++k) {
        power = power * power;
        power.array().colwise() /= power.rowwise().sum().array().eval();
    }
    return power.row(0).transpose();
}

// The answer whose cost to the breaker is nearest to what is asked.
int nearest_answer(const StageGame& game, const ActionPair& agreement, Side breaker, double asked) {
    const Side answerer = rival(breaker);
    const double kept = payoff(game, breaker, agreement);
    int best = own_action(agreement, answerer);
    double distance = std::numeric_limits<double>::infinity();
    for (int action = 0; action < actions_of(game, answerer); ++action) {
        const double off = std::abs(kept - payoff(game, breaker, deviate(agreement, answerer, action)) - asked);
        if (off < distance) best = action, distance = off;
    }
    return best;
}

// Uniform in [0, 1) from the top bits: the standard's distributions differ between libraries.
class Uniform {
public:
    explicit Uniform(std::uint64_t seed) : state_(seed) {}
    double operator()() {
        // SplitMix64: Steele, Lea and Flood (2014).
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1.0p-53;
    }

private:
    std::uint64_t state_;
};

int draw(const Eigen::RowVectorXd& probability, Uniform& uniform) {
    double left = uniform();
    const int last = static_cast<int>(probability.size()) - 1;
    for (int k = 0; k < last; ++k) {
        left -= probability(k);
        if (left < 0.0) return k;
    }
    return last;
}

class Simulation {
public:
    Simulation(const PublicStrategy& strategy, const StageGame& game, const Implementation& implementation,
               std::uint64_t seed)
        : strategy_(strategy), game_(game), implementation_(implementation), uniform_(seed) {}

    void restart() { state_ = 0; }
    int state() const { return state_; }
    // Plays one period and returns what was done.
    ActionPair step() {
        const PublicState& now = strategy_.states[static_cast<std::size_t>(state_)];
        ActionPair done;
        done.a = draw(implementation_.a.row(now.play.a), uniform_);
        done.b = draw(implementation_.b.row(now.play.b), uniform_);
        const auto& branches = now.after[position(game_, done.a, done.b)];
        state_ = branches.front().state;
        if (branches.size() > 1) {
            double left = uniform_();
            for (const Branch& branch : branches) {
                state_ = branch.state;
                if ((left -= branch.probability) < 0.0) break;
            }
        }
        return done;
    }

private:
    const PublicStrategy& strategy_;
    const StageGame& game_;
    const Implementation& implementation_;
    Uniform uniform_;
    int state_ = 0;
};

// Mean and standard error of what is added.
class Sample {
public:
    void add(double value) {
        ++count_;
        const double off = value - mean_;
        mean_ += off / static_cast<double>(count_);
        squares_ += off * (value - mean_);
    }
    Estimate estimate() const {
        const auto n = static_cast<double>(count_);
        return {mean_, count_ > 1 ? std::sqrt(squares_ / (n - 1.0) / n) : 0.0};
    }

private:
    long count_ = 0;
    double mean_ = 0.0, squares_ = 0.0;
};

std::array<Estimate, 2> simulate_values(Simulation& play, const StageGame& game, double discount_a, double discount_b,
                                        const SimulationOptions& options) {
    std::array<Sample, 2> sample;
    for (long run = 0; run < options.runs; ++run) {
        play.restart();
        double weight_a = 1.0, weight_b = 1.0, value_a = 0.0, value_b = 0.0;
        while (std::max(weight_a, weight_b) > options.tail) {
            const ActionPair done = play.step();
            value_a += (1.0 - discount_a) * weight_a * game.payoff_a(done.a, done.b);
            value_b += (1.0 - discount_b) * weight_b * game.payoff_b(done.a, done.b);
            weight_a *= discount_a;
            weight_b *= discount_b;
        }
        sample[0].add(value_a);
        sample[1].add(value_b);
    }
    return {sample[0].estimate(), sample[1].estimate()};
}

void simulate_long_run(Simulation& play, std::size_t states, const SimulationOptions& options,
                       SimulatedStrategy& result) {
    constexpr long blocks = 100;
    std::vector<Sample> share(states);
    Sample spell;
    long length = 0;
    play.restart();
    for (long block = 0; block < blocks; ++block) {
        std::vector<long> visits(states, 0);
        const long periods = std::max(1L, options.long_run / blocks);
        for (long t = 0; t < periods; ++t) {
            ++visits[static_cast<std::size_t>(play.state())];
            length += play.state() == 0 ? 1 : 0;
            const bool peace = play.state() == 0;
            play.step();
            if (peace && play.state() != 0) {
                spell.add(static_cast<double>(length));
                length = 0;
            }
        }
        for (std::size_t k = 0; k < states; ++k)
            share[k].add(static_cast<double>(visits[k]) / static_cast<double>(periods));
    }
    for (const Sample& s : share) result.share.push_back(s.estimate());
    result.spell = spell.estimate();
}

}  // namespace

PublicStrategy war_after_breach(const StageGame& game, const Roles& roles, int periods, double probability) {
    require_probability("probability of war", probability);
    if (periods < 1) throw_input(Place{"", 0, "periods of war"}, "a war lasts at least one period");
    PublicStrategy strategy;
    strategy.states.push_back(state_to(game, roles.cooperate, 0));
    for (auto& branches : strategy.states[0].after) branches = {{1, probability}, {0, 1.0 - probability}};
    strategy.states[0].after[position(game, roles.cooperate.a, roles.cooperate.b)] = {{0, 1.0}};
    if (periods == forever) {
        strategy.states.push_back(state_to(game, roles.war, 1));
        return strategy;
    }
    for (int t = 1; t <= periods; ++t) strategy.states.push_back(state_to(game, roles.war, t < periods ? t + 1 : 0));
    return strategy;
}

Compensation compensation(const StageGame& game, const Roles& roles, double proportion, const ActionPair& lapse) {
    require_dilemma(game, roles);
    if (!(proportion >= 0.0) || !std::isfinite(proportion))
        throw_input(Place{"", 0, "proportion"}, "an answer's proportion to the harm is a number of 0 or more");
    const ActionPair& c = roles.cooperate;
    const auto [lapse_a, lapse_b] = lapse_actions(game, c, lapse);
    Compensation result;
    result.harm = {game.payoff_b(c.a, c.b) - game.payoff_b(lapse_a, c.b),
                   game.payoff_a(c.a, c.b) - game.payoff_a(c.a, lapse_b)};
    const int by_b = nearest_answer(game, c, Side::a, proportion * std::max(0.0, result.harm[0]));
    const int by_a = nearest_answer(game, c, Side::b, proportion * std::max(0.0, result.harm[1]));
    result.measures = {by_a, by_b};
    result.cost = {game.payoff_a(c.a, c.b) - game.payoff_a(c.a, by_b),
                   game.payoff_b(c.a, c.b) - game.payoff_b(by_a, c.b)};
    // States: peace; B answers A; A answers B.
    const ActionPair plays[] = {c, {c.a, by_b}, {by_a, c.b}};
    for (int s = 0; s < 3; ++s) {
        PublicState state = state_to(game, plays[s], 0);
        for (int a = 0; a < game.n_a(); ++a) {
            for (int b = 0; b < game.n_b(); ++b) {
                const bool broke_a = a != plays[s].a, broke_b = b != plays[s].b;
                const int next = broke_a == broke_b ? 0 : broke_a ? 1 : 2;
                state.after[position(game, a, b)] = {{next, 1.0}};
            }
        }
        result.strategy.states.push_back(std::move(state));
    }
    return result;
}

StrategyValue evaluate_strategy(const PublicStrategy& strategy, const StageGame& game,
                                const Implementation& implementation, double discount_a, double discount_b,
                                const Job& job) {
    check(strategy, game);
    check_implementation(game, implementation);
    require_discount("discount of A", discount_a);
    require_discount("discount of B", discount_b);
    const std::size_t count = strategy.states.size();
    const auto n = static_cast<Eigen::Index>(count);
    Eigen::MatrixXd chain(n, n);
    std::vector<Eigen::MatrixXd> expected;
    for (Eigen::Index s = 0; s < n; ++s) {
        const PublicState& state = strategy.states[static_cast<std::size_t>(s)];
        expected.push_back(outcome_probability(implementation, state.play));
        chain.row(s) = transition(game, state, expected.back(), count);
    }
    StrategyValue result;
    result.share = long_run_shares(chain);
    result.equilibrium = true;
    for (const Side side : sides) {
        const auto k = static_cast<std::size_t>(side);
        const double delta = side == Side::a ? discount_a : discount_b;
        const Eigen::MatrixXd& payoffs = side == Side::a ? game.payoff_a : game.payoff_b;
        Eigen::VectorXd now(n);
        for (Eigen::Index s = 0; s < n; ++s) now(s) = expected[static_cast<std::size_t>(s)].cwiseProduct(payoffs).sum();
        result.value[k] = (Eigen::MatrixXd::Identity(n, n) - delta * chain).partialPivLu().solve((1.0 - delta) * now);
        result.gain[k] = Eigen::VectorXd::Constant(n, -std::numeric_limits<double>::infinity());
        for (Eigen::Index s = 0; s < n; ++s) {
            const PublicState& state = strategy.states[static_cast<std::size_t>(s)];
            for (int action = 0; action < actions_of(game, side); ++action) {
                if (action == own_action(state.play, side)) continue;
                job.check();
                const Eigen::MatrixXd p = outcome_probability(implementation, deviate(state.play, side, action));
                const double value = (1.0 - delta) * p.cwiseProduct(payoffs).sum() +
                                     delta * transition(game, state, p, count).dot(result.value[k]);
                result.gain[k](s) = std::max(result.gain[k](s), value - result.value[k](s));
            }
        }
        result.equilibrium = result.equilibrium && result.gain[k].maxCoeff() <= payoff_tolerance(game, side);
    }
    return result;
}

SimulatedStrategy simulate_strategy(const PublicStrategy& strategy, const StageGame& game,
                                    const Implementation& implementation, double discount_a, double discount_b,
                                    const SimulationOptions& options) {
    check(strategy, game);
    check_implementation(game, implementation);
    require_discount("discount of A", discount_a);
    require_discount("discount of B", discount_b);
    SimulatedStrategy result;
    result.seed = options.seed;
    Simulation play(strategy, game, implementation, options.seed);
    result.value = simulate_values(play, game, discount_a, discount_b, options);
    simulate_long_run(play, strategy.states.size(), options, result);
    return result;
}

}  // namespace detente
