#include "relation/play.h"

#include <fmt/format.h>
#include <Eigen/LU>
#include <Eigen/SparseLU>

#include <algorithm>
#include <memory>
#include <numeric>
#include <optional>

#include "base/markov.h"
#include "base/threads.h"

namespace detente {
namespace {

// Above this many states a sparse factorisation is faster than a dense one (four to sixteen successors a state).
constexpr int most_dense = 80;

void check_rate(double rate, const char* name) {
    if (!(rate >= 0.0 && rate <= 1.0))
        throw_input({{"", 0, name}, "not a probability", fmt::format("{:g}", rate), "a number from 0 to 1", ""});
}

std::size_t at(int i) {
    return static_cast<std::size_t>(i);
}

// Strongly connected components in reverse topological order (Tarjan 1972, without recursion).
struct Components {
    std::vector<int> of;                    // component by state
    std::vector<std::vector<int>> members;  // states by component
    std::vector<char> closed;               // no way out
};

Components components(int n, const std::vector<int>& row_start, const std::vector<int>& next, int start = 0) {
    Components out;
    out.of.assign(at(n), -1);
    std::vector<int> index(at(n), -1), low(at(n), 0), stack, path, edge = row_start;
    int counter = 0;
    path.push_back(start);  // what cannot be reached from it stays outside
    while (!path.empty()) {
        const int s = path.back();
        if (index[at(s)] < 0) {
            index[at(s)] = low[at(s)] = counter++;
            stack.push_back(s);
        }
        if (edge[at(s)] < row_start[at(s) + 1]) {
            const int to = next[at(edge[at(s)]++)];
            if (index[at(to)] < 0)
                path.push_back(to);
            else if (out.of[at(to)] < 0)
                low[at(s)] = std::min(low[at(s)], index[at(to)]);
            continue;
        }
        path.pop_back();
        if (!path.empty()) low[at(path.back())] = std::min(low[at(path.back())], low[at(s)]);
        if (low[at(s)] != index[at(s)]) continue;
        const int component = static_cast<int>(out.members.size());
        out.members.emplace_back();
        for (int member = -1; member != s;) {
            member = stack.back();
            stack.pop_back();
            out.of[at(member)] = component;
            out.members.back().push_back(member);
        }
    }
    out.closed.assign(out.members.size(), 1);
    for (int s = 0; s < n; ++s)
        for (int e = out.of[at(s)] < 0 ? row_start[at(s) + 1] : row_start[at(s)]; e < row_start[at(s) + 1]; ++e)
            if (out.of[at(next[at(e)])] != out.of[at(s)]) out.closed[at(out.of[at(s)])] = 0;
    return out;
}

using Sparse = Eigen::SparseMatrix<double>;

void check_block(int size, const Job& job) {
    if (size > most_tied_states)
        throw_input({{"", 0, "--strategies"},
                     "the chain of two strategies is too large to be solved",
                     fmt::format("{} states that lead to each other", size),
                     fmt::format("at most {}; simulated matches (--turns) have no such bound", most_tied_states),
                     ""});
    job.check();
}

// Solves x (I - scale Q) = right on `states`; `inside` gives the position of a state there, -1 outside.
template <typename Inside>
Eigen::VectorXd solve_left(const PlayChain& chain, const std::vector<int>& states, const Inside& inside, double scale,
                           const Eigen::VectorXd& right, const Job& job) {
    const auto n = static_cast<int>(states.size());
    const auto each = [&](const auto& add) {
        for (int k = 0; k < n; ++k)
            for (int e = chain.row_start[at(states[at(k)])]; e < chain.row_start[at(states[at(k)]) + 1]; ++e)
                if (const int to = inside(chain.next[at(e)]); to >= 0) add(k, to, chain.chance[at(e)]);
    };
    if (n <= most_dense) {
        Eigen::MatrixXd transposed = Eigen::MatrixXd::Identity(n, n);
        each([&](int from, int to, double chance) { transposed(to, from) -= scale * chance; });
        return transposed.partialPivLu().solve(right);
    }
    check_block(n, job);
    std::vector<Eigen::Triplet<double>> entries;
    entries.reserve(5 * static_cast<std::size_t>(n));
    for (int k = 0; k < n; ++k) entries.emplace_back(k, k, 1.0);
    each([&](int from, int to, double chance) { entries.emplace_back(to, from, -scale * chance); });
    // What the factors take grows fast where states lead everywhere, to seconds; they cannot be asked to stop.
    constexpr int soon_done = 1000;
    struct System {
        Sparse transposed;
        Eigen::VectorXd right, solution;
        bool solved = false;
        void solve() {
            const Eigen::SparseLU<Sparse> factors(transposed);
            solved = factors.info() == Eigen::Success;
            if (solved) solution = factors.solve(right);
        }
    };
    const auto system = std::make_shared<System>(System{Sparse(n, n), right, {}});
    system->transposed.setFromTriplets(entries.begin(), entries.end());
    if (n <= soon_done)
        system->solve();
    else
        run_apart(job, [system] { system->solve(); });
    if (!system->solved) throw Error(ErrorKind::solve, "the Markov chain of two strategies could not be factorised");
    return system->solution;
}

// A chain in its components, with every state's position in its own.
struct Parts {
    Components components;
    std::vector<int> position;

    explicit Parts(const PlayChain& chain)
        : components(detente::components(chain.size(), chain.row_start, chain.next)), position(at(chain.size())) {
        for (const std::vector<int>& members : components.members)
            for (std::size_t k = 0; k < members.size(); ++k) position[at(members[k])] = static_cast<int>(k);
    }
};

// Stationary law of a closed class.
Eigen::VectorXd stationary(const PlayChain& chain, const std::vector<int>& states, const std::vector<int>& position,
                           const Job& job) {
    const auto n = static_cast<int>(states.size());
    if (n <= most_dense) {
        Eigen::MatrixXd p = Eigen::MatrixXd::Zero(n, n);
        for (int k = 0; k < n; ++k)
            for (int e = chain.row_start[at(states[at(k)])]; e < chain.row_start[at(states[at(k)]) + 1]; ++e)
                p(k, position[at(chain.next[at(e)])]) += chain.chance[at(e)];
        return stationary_law<double>(std::move(p), [] {});
    }
    // Weight 1 on the first state; the others are the expected visits between two returns to it.
    const std::vector<int> others(states.begin() + 1, states.end());
    Eigen::VectorXd from_first = Eigen::VectorXd::Zero(n - 1);
    const auto inside = [&](int to) { return position[at(to)] - 1; };
    for (int e = chain.row_start[at(states[0])]; e < chain.row_start[at(states[0]) + 1]; ++e)
        if (const int to = inside(chain.next[at(e)]); to >= 0) from_first[to] += chain.chance[at(e)];
    Eigen::VectorXd law(n);
    law[0] = 1.0;
    law.tail(n - 1) = solve_left(chain, others, inside, 1.0, from_first, job);
    return law / law.sum();
}

void add_outcomes(const PlayChain& chain, int state, double weight, OutcomeShares& share) {
    for (std::size_t k = 0; k < 4; ++k) share[k] += weight * chain.outcome[at(state)][k];
}

void add_law(const PlayChain& chain, const std::vector<int>& states, const Eigen::VectorXd& law, double weight,
             OutcomeShares& share) {
    for (std::size_t k = 0; k < states.size(); ++k)
        add_outcomes(chain, states[k], weight * law[static_cast<Eigen::Index>(k)], share);
}

// Expected visits (each weighted by scale^t) to one component, given what flows in from those before it; what flows on
// is added to `inflow` of later ones.
Eigen::VectorXd visits(const PlayChain& chain, const Parts& parts, std::size_t component, double scale,
                       std::vector<double>& inflow, const Job& job) {
    const std::vector<int>& states = parts.components.members[component];
    const auto within = [&](int to) { return parts.components.of[at(to)] == static_cast<int>(component); };
    if (states.size() == 1) {  // most of what is left behind for good: no system to solve
        const int s = states.front();
        double back = 0.0;
        for (int e = chain.row_start[at(s)]; e < chain.row_start[at(s) + 1]; ++e)
            if (chain.next[at(e)] == s) back += chain.chance[at(e)];
        const double here = inflow[at(s)] / (1.0 - scale * back);
        for (int e = chain.row_start[at(s)]; e < chain.row_start[at(s) + 1]; ++e)
            if (const int to = chain.next[at(e)]; to != s) inflow[at(to)] += scale * here * chain.chance[at(e)];
        return Eigen::VectorXd::Constant(1, here);
    }
    Eigen::VectorXd right(static_cast<Eigen::Index>(states.size()));
    for (std::size_t k = 0; k < states.size(); ++k) right[static_cast<Eigen::Index>(k)] = inflow[at(states[k])];
    const auto inside = [&](int to) { return within(to) ? parts.position[at(to)] : -1; };
    Eigen::VectorXd out = solve_left(chain, states, inside, scale, right, job);
    for (std::size_t k = 0; k < states.size(); ++k)
        for (int e = chain.row_start[at(states[k])]; e < chain.row_start[at(states[k]) + 1]; ++e)
            if (const int to = chain.next[at(e)]; !within(to))
                inflow[at(to)] += scale * out[static_cast<Eigen::Index>(k)] * chain.chance[at(e)];
    return out;
}

// From the first move through transient components into closed ones, in the order in which they can follow each other.
OutcomeShares long_run_shares(const PlayChain& chain, const Job& job) {
    const Parts parts(chain);
    OutcomeShares share{};
    const auto& closed = parts.components.closed;
    // One closed class (the first that the search completes) takes all, whatever the way to it.
    if (std::count(closed.begin(), closed.end(), 1) == 1) {
        const std::vector<int>& states = parts.components.members.front();
        add_law(chain, states, stationary(chain, states, parts.position, job), 1.0, share);
        return share;
    }
    std::vector<double> inflow(at(chain.size()), 0.0);
    inflow[0] = 1.0;
    for (std::size_t c = parts.components.members.size(); c-- > 0;) {
        const std::vector<int>& states = parts.components.members[c];
        double entered = 0.0;
        for (const int s : states) entered += inflow[at(s)];
        if (entered == 0.0) continue;
        if (parts.components.closed[c] == 0)
            visits(chain, parts, c, 1.0, inflow, job);
        else
            add_law(chain, states, stationary(chain, states, parts.position, job), entered, share);
    }
    return share;
}

// The same where every state is known to lead to every other.
OutcomeShares recurrent_shares(const PlayChain& chain, const Job& job) {
    std::vector<int> states(at(chain.size()));
    std::iota(states.begin(), states.end(), 0);
    OutcomeShares share{};
    add_law(chain, states, stationary(chain, states, states, job), 1.0, share);
    return share;
}

OutcomeShares discounted_shares(const PlayChain& chain, double discount, const Job& job) {
    if (!(discount >= 0.0 && discount < 1.0))
        throw_input({{"", 0, "discount"},
                     "not a discount factor",
                     fmt::format("{:g}", discount),
                     "at least 0 and below 1",
                     ""});
    const Parts parts(chain);
    std::vector<double> inflow(at(chain.size()), 0.0);
    inflow[0] = 1.0 - discount;
    OutcomeShares share{};
    for (std::size_t c = parts.components.members.size(); c-- > 0;)
        add_law(chain, parts.components.members[c], visits(chain, parts, c, discount, inflow, job), 1.0, share);
    return share;
}

OutcomeShares mean_of_turns(const PlayChain& chain, int turns, const Job& job) {
    if (turns < 1) throw_input({{"", 0, "turns"}, "too few periods", fmt::format("{}", turns), "at least 1", ""});
    std::vector<double> now(at(chain.size()), 0.0), later(at(chain.size()), 0.0);
    now[0] = 1.0;
    OutcomeShares share{};
    for (int t = 0; t < turns; ++t) {
        job.check();
        std::fill(later.begin(), later.end(), 0.0);
        for (int s = 0; s < chain.size(); ++s) {
            add_outcomes(chain, s, now[at(s)] / turns, share);
            for (int e = chain.row_start[at(s)]; e < chain.row_start[at(s) + 1]; ++e)
                later[at(chain.next[at(e)])] += now[at(s)] * chain.chance[at(e)];
        }
        now.swap(later);
    }
    return share;
}

// Chance of a move that is intended with one chance and the other move with the other.
double realised(double intended, double other, double lapse) {
    return intended * (1.0 - lapse) + other * lapse;
}

}  // namespace

double mean_payoff(const OutcomeShares& share, const std::array<double, 4>& payoff) {
    double total = 0.0;
    for (std::size_t k = 0; k < 4; ++k) total += share[k] * payoff[k];
    return total;
}

namespace {

void check_pair(const Automaton& a, const Automaton& b, const Noise& noise) {
    check_automaton(a);
    check_automaton(b);
    check_rate(noise.lapse_a, "lapse_a");
    check_rate(noise.lapse_b, "lapse_b");
    check_rate(noise.misreading_a, "misreading_a");
    check_rate(noise.misreading_b, "misreading_b");
    const std::int64_t pairs = std::int64_t{a.size()} * b.size();
    if (pairs > most_pairs)
        throw_input({{"", 0, "--strategies"},
                     fmt::format("\"{}\" against \"{}\" is too large for exact play", a.name, b.name),
                     fmt::format("{} x {} = {} pairs of states", a.size(), b.size(), pairs),
                     fmt::format("at most {}; simulated matches (--turns) have no such bound", most_pairs),
                     ""});
}

// The chain of the pairs of states that follow from a given one.
PlayChain chain_from(const Automaton& a, const Automaton& b, const Noise& noise, int first_a, int first_b,
                     const Job& job) {
    PlayChain chain;
    chain.row_start.push_back(0);
    std::vector<int> position(at(a.size()) * at(b.size()), -1), pairs;
    const auto visit = [&](int sa, int sb) {
        int& known = position[at(sa) * at(b.size()) + at(sb)];
        if (known < 0) {
            known = static_cast<int>(pairs.size());
            pairs.push_back(sa * b.size() + sb);
        }
        return known;
    };
    visit(first_a, first_b);
    constexpr std::size_t block = 4096;
    for (std::size_t k = 0; k < pairs.size(); ++k) {
        if (k % block == 0) job.check();
        const AutomatonState& sa = a.states[at(pairs[k] / b.size())];
        const AutomatonState& sb = b.states[at(pairs[k] % b.size())];
        // Cooperation and defection each as a sum: 1 - (1 - rate) would lose the digits of a small rate.
        const double ca = realised(sa.cooperate, 1.0 - sa.cooperate, noise.lapse_a);
        const double da = realised(1.0 - sa.cooperate, sa.cooperate, noise.lapse_a);
        const double cb = realised(sb.cooperate, 1.0 - sb.cooperate, noise.lapse_b);
        const double db = realised(1.0 - sb.cooperate, sb.cooperate, noise.lapse_b);
        const OutcomeShares law{ca * cb, ca * db, da * cb, da * db};
        chain.outcome.push_back(law);
        for (int o = 0; o < 4; ++o) {
            for (int wrong = 0; wrong < 4; ++wrong) {  // bit 0: A misreads B; bit 1: B misreads A
                const double chance = law[at(o)] * ((wrong & 1) != 0 ? noise.misreading_a : 1.0 - noise.misreading_a) *
                                      ((wrong & 2) != 0 ? noise.misreading_b : 1.0 - noise.misreading_b);
                if (chance == 0.0) continue;
                const int seen_by_a = o ^ (wrong & 1), seen_by_b = swapped(o ^ (wrong & 2));
                chain.next.push_back(visit(sa.next[at(seen_by_a)], sb.next[at(seen_by_b)]));
                chain.chance.push_back(chance);
            }
        }
        chain.row_start.push_back(static_cast<int>(chain.next.size()));
    }
    return chain;
}

// Where each side may always do either, every stretch of peace that is long enough leads to one pair of states: there
// is one recurrent class, that pair is in it, and the start does not matter. What lies before it need not be built.
bool either_is_always_possible(const Noise& noise) {
    const auto either = [](double rate) { return std::min(rate, 1.0 - rate); };
    return either(noise.lapse_a) * either(noise.lapse_b) * (1.0 - noise.misreading_a) * (1.0 - noise.misreading_b) >
           1e-290;
}

}  // namespace

PlayChain product_chain(const Automaton& a, const Automaton& b, const Noise& noise, const Job& job) {
    check_pair(a, b, noise);
    return chain_from(a, b, noise, a.start, b.start, job);
}

std::optional<int> peaceful_end(const Automaton& a) {
    std::vector<int> row_start(at(a.size()) + 1), next;
    for (int s = 0; s < a.size(); ++s) {
        row_start[at(s) + 1] = 4 * (s + 1);
        next.insert(next.end(), a.states[at(s)].next.begin(), a.states[at(s)].next.end());
    }
    const Components parts = components(a.size(), row_start, next, a.start);
    if (std::count(parts.closed.begin(), parts.closed.end(), 1) != 1) return std::nullopt;
    const auto closed = std::find(parts.closed.begin(), parts.closed.end(), 1) - parts.closed.begin();
    const std::vector<int>& members = parts.members[static_cast<std::size_t>(closed)];
    const auto after_peace = [&](int s) { return a.states[at(s)].next[outcome_cc]; };
    int end = members.front();
    for (std::size_t k = 0; k < members.size(); ++k) end = after_peace(end);
    if (after_peace(end) != end) return std::nullopt;
    std::vector<char> ends(at(a.size()), 0);
    ends[at(end)] = 1;
    for (const int from : members) {
        std::vector<int> walk;
        int s = from;
        while (ends[at(s)] == 0 && walk.size() <= members.size()) {
            walk.push_back(s);
            s = after_peace(s);
        }
        if (ends[at(s)] == 0) return std::nullopt;
        for (const int passed : walk) ends[at(passed)] = 1;
    }
    return end;
}

OutcomeShares outcome_shares(const PlayChain& chain, const Horizon& horizon, const Job& job) {
    switch (horizon.kind) {
        case Horizon::Kind::discounted:
            return discounted_shares(chain, horizon.discount, job);
        case Horizon::Kind::turns:
            return mean_of_turns(chain, horizon.turns, job);
        case Horizon::Kind::long_run:
            break;
    }
    return long_run_shares(chain, job);
}

OutcomeShares play(const Automaton& a, const Automaton& b, const Noise& noise, const Horizon& horizon, const Job& job) {
    // Smaller chains are built whole in less time than it takes to look for the ends.
    constexpr std::int64_t worth_it = 100;
    if (std::int64_t{a.size()} * b.size() < worth_it)
        return play(a, std::nullopt, b, std::nullopt, noise, horizon, job);
    check_pair(a, b, noise);
    return play(a, peaceful_end(a), b, peaceful_end(b), noise, horizon, job);
}

OutcomeShares play(const Automaton& a, std::optional<int> end_a, const Automaton& b, std::optional<int> end_b,
                   const Noise& noise, const Horizon& horizon, const Job& job) {
    if (horizon.kind != Horizon::Kind::long_run || !end_a || !end_b || !either_is_always_possible(noise))
        return outcome_shares(product_chain(a, b, noise, job), horizon, job);
    check_pair(a, b, noise);
    return recurrent_shares(chain_from(a, b, noise, *end_a, *end_b, job), job);
}

}  // namespace detente
