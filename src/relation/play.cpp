#include "relation/play.h"

#include <fmt/format.h>
#include <Eigen/LU>
#include <Eigen/SparseLU>

#include <algorithm>

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

Components components(const PlayChain& chain) {
    const int n = chain.size();
    Components out;
    out.of.assign(at(n), -1);
    std::vector<int> index(at(n), -1), low(at(n), 0), stack, path, edge = chain.row_start;
    int counter = 0;
    path.push_back(0);  // every state is reachable from the start
    while (!path.empty()) {
        const int s = path.back();
        if (index[at(s)] < 0) {
            index[at(s)] = low[at(s)] = counter++;
            stack.push_back(s);
        }
        if (edge[at(s)] < chain.row_start[at(s) + 1]) {
            const int to = chain.next[at(edge[at(s)]++)];
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
        for (int e = chain.row_start[at(s)]; e < chain.row_start[at(s) + 1]; ++e)
            if (out.of[at(chain.next[at(e)])] != out.of[at(s)]) out.closed[at(out.of[at(s)])] = 0;
    return out;
}

// Stationary law of an irreducible matrix by elimination without subtraction: small chances keep their digits.
Eigen::VectorXd stationary_dense(Eigen::MatrixXd p) {
    const Eigen::Index n = p.rows();
    for (Eigen::Index k = n - 1; k > 0; --k) {
        const double leave = p.row(k).head(k).sum();
        p.col(k).head(k) /= leave;
        p.topLeftCorner(k, k).noalias() += p.col(k).head(k) * p.row(k).head(k);
    }
    Eigen::VectorXd law(n);
    law[0] = 1.0;
    for (Eigen::Index k = 1; k < n; ++k) law[k] = law.head(k).dot(p.col(k).head(k));
    return law / law.sum();
}

using Sparse = Eigen::SparseMatrix<double>;

// Solves x (I - scale Q) = right for the block of `states` (positions in `position`, -1 outside).
Eigen::VectorXd solve_left(const PlayChain& chain, const std::vector<int>& states, const std::vector<int>& position,
                           double scale, const Eigen::VectorXd& right) {
    const auto n = static_cast<int>(states.size());
    const auto each = [&](const auto& add) {
        for (int k = 0; k < n; ++k)
            for (int e = chain.row_start[at(states[at(k)])]; e < chain.row_start[at(states[at(k)]) + 1]; ++e)
                if (const int to = position[at(chain.next[at(e)])]; to >= 0) add(k, to, chain.chance[at(e)]);
    };
    if (n <= most_dense) {
        Eigen::MatrixXd transposed = Eigen::MatrixXd::Identity(n, n);
        each([&](int from, int to, double chance) { transposed(to, from) -= scale * chance; });
        return transposed.partialPivLu().solve(right);
    }
    std::vector<Eigen::Triplet<double>> entries;
    entries.reserve(static_cast<std::size_t>(n));
    for (int k = 0; k < n; ++k) entries.emplace_back(k, k, 1.0);
    each([&](int from, int to, double chance) { entries.emplace_back(to, from, -scale * chance); });
    Sparse transposed(n, n);
    transposed.setFromTriplets(entries.begin(), entries.end());
    Eigen::SparseLU<Sparse> factors(transposed);
    if (factors.info() != Eigen::Success)
        throw Error(ErrorKind::solve, "the Markov chain of two strategies could not be factorised");
    return factors.solve(right);
}

std::vector<int> positions(const std::vector<int>& states, int size) {
    std::vector<int> position(at(size), -1);
    for (std::size_t k = 0; k < states.size(); ++k) position[at(states[k])] = static_cast<int>(k);
    return position;
}

Eigen::VectorXd stationary(const PlayChain& chain, const std::vector<int>& states) {
    const auto n = static_cast<int>(states.size());
    std::vector<int> position = positions(states, chain.size());
    if (n <= most_dense) {
        Eigen::MatrixXd p = Eigen::MatrixXd::Zero(n, n);
        for (int k = 0; k < n; ++k)
            for (int e = chain.row_start[at(states[at(k)])]; e < chain.row_start[at(states[at(k)]) + 1]; ++e)
                p(k, position[at(chain.next[at(e)])]) += chain.chance[at(e)];
        return stationary_dense(std::move(p));
    }
    // Weight 1 on the first state; the others are the expected visits between two returns to it.
    const std::vector<int> others(states.begin() + 1, states.end());
    Eigen::VectorXd from_first = Eigen::VectorXd::Zero(n - 1);
    position = positions(others, chain.size());
    for (int e = chain.row_start[at(states[0])]; e < chain.row_start[at(states[0]) + 1]; ++e)
        if (const int to = position[at(chain.next[at(e)])]; to >= 0) from_first[to] += chain.chance[at(e)];
    Eigen::VectorXd law(n);
    law << 1.0, solve_left(chain, others, position, 1.0, from_first);
    return law / law.sum();
}

void add_outcomes(const PlayChain& chain, int state, double weight, OutcomeShares& share) {
    for (std::size_t k = 0; k < 4; ++k) share[k] += weight * chain.outcome[at(state)][k];
}

OutcomeShares long_run_shares(const PlayChain& chain) {
    const Components parts = components(chain);
    std::vector<int> transient;
    for (int s = 0; s < chain.size(); ++s)
        if (parts.closed[at(parts.of[at(s)])] == 0) transient.push_back(s);
    std::vector<double> absorbed(parts.members.size(), 0.0);
    if (transient.empty()) {
        absorbed[at(parts.of[0])] = 1.0;
    } else {
        // State 0, the start, is transient here: expected visits, then the flow out of them into each closed class.
        const std::vector<int> position = positions(transient, chain.size());
        Eigen::VectorXd start = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(transient.size()));
        start[position[0]] = 1.0;
        const Eigen::VectorXd visits = solve_left(chain, transient, position, 1.0, start);
        for (const int s : transient)
            for (int e = chain.row_start[at(s)]; e < chain.row_start[at(s) + 1]; ++e)
                if (position[at(chain.next[at(e)])] < 0)
                    absorbed[at(parts.of[at(chain.next[at(e)])])] += visits[position[at(s)]] * chain.chance[at(e)];
    }
    OutcomeShares share{};
    for (std::size_t c = 0; c < parts.members.size(); ++c) {
        if (parts.closed[c] == 0 || absorbed[c] == 0.0) continue;
        const Eigen::VectorXd law = stationary(chain, parts.members[c]);
        for (std::size_t k = 0; k < parts.members[c].size(); ++k)
            add_outcomes(chain, parts.members[c][k], absorbed[c] * law[static_cast<Eigen::Index>(k)], share);
    }
    return share;
}

OutcomeShares discounted_shares(const PlayChain& chain, double discount) {
    if (!(discount >= 0.0 && discount < 1.0))
        throw_input({{"", 0, "discount"},
                     "not a discount factor",
                     fmt::format("{:g}", discount),
                     "at least 0 and below 1",
                     ""});
    std::vector<int> all(at(chain.size()));
    for (int s = 0; s < chain.size(); ++s) all[at(s)] = s;
    Eigen::VectorXd start = Eigen::VectorXd::Zero(chain.size());
    start[0] = 1.0 - discount;
    const Eigen::VectorXd weight = solve_left(chain, all, all, discount, start);
    OutcomeShares share{};
    for (int s = 0; s < chain.size(); ++s) add_outcomes(chain, s, weight[s], share);
    return share;
}

OutcomeShares mean_of_turns(const PlayChain& chain, int turns) {
    if (turns < 1) throw_input({{"", 0, "turns"}, "too few periods", fmt::format("{}", turns), "at least 1", ""});
    std::vector<double> now(at(chain.size()), 0.0), later(at(chain.size()), 0.0);
    now[0] = 1.0;
    OutcomeShares share{};
    for (int t = 0; t < turns; ++t) {
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

PlayChain product_chain(const Automaton& a, const Automaton& b, const Noise& noise) {
    check_automaton(a);
    check_automaton(b);
    check_rate(noise.lapse_a, "lapse_a");
    check_rate(noise.lapse_b, "lapse_b");
    check_rate(noise.misreading_a, "misreading_a");
    check_rate(noise.misreading_b, "misreading_b");
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
    visit(a.start, b.start);
    for (std::size_t k = 0; k < pairs.size(); ++k) {
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

OutcomeShares outcome_shares(const PlayChain& chain, const Horizon& horizon) {
    switch (horizon.kind) {
        case Horizon::Kind::discounted:
            return discounted_shares(chain, horizon.discount);
        case Horizon::Kind::turns:
            return mean_of_turns(chain, horizon.turns);
        case Horizon::Kind::long_run:
            break;
    }
    return long_run_shares(chain);
}

OutcomeShares play(const Automaton& a, const Automaton& b, const Noise& noise, const Horizon& horizon) {
    return outcome_shares(product_chain(a, b, noise), horizon);
}

}  // namespace detente
