#include "relation/challenges.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"
#include "relation/rounding.h"

namespace detente {
namespace {

std::size_t contributors(const Challenge& c) {
    return c.benefit.size();
}
double sum(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

void check(const Challenge& c) {
    constexpr double most = 1e100, least = 1e-100;  // squares and sums stay numbers
    const Place place{"", 0, c.name.empty() ? "challenge" : c.name};
    if (contributors(c) < 2 || c.cost.size() != contributors(c))
        throw_input({place, "contributors do not fit",
                     fmt::format("{} benefits, {} costs", c.benefit.size(), c.cost.size()),
                     "as many costs as benefits, at least two", ""});
    for (std::size_t i = 0; i < contributors(c); ++i)
        if (!(c.benefit[i] >= least && c.benefit[i] <= most && c.cost[i] >= least && c.cost[i] <= most))
            throw_input({place, "benefits and costs must be positive",
                         fmt::format("{:g} and {:g}", c.benefit[i], c.cost[i]),
                         fmt::format("numbers from {:g} to {:g}", least, most), ""});
    if (c.kind == ChallengeKind::mutual_restraint ? !(c.harm > 0.0 && c.harm <= most) : c.harm != 0.0)
        throw_input(
            {place, "harm belongs to mutual restraint, and is positive there", fmt::format("{:g}", c.harm), "", ""});
}

ChallengeOutcome outcome(const Challenge& c, std::vector<double> effort) {
    ChallengeOutcome out{std::move(effort), {}};
    out.payoff = challenge_payoffs(c, out.effort);
    return out;
}

std::vector<double> each(const Challenge& c, const auto& effort) {
    std::vector<double> out;
    for (std::size_t i = 0; i < contributors(c); ++i) out.push_back(effort(i));
    return out;
}
std::vector<double> only(const Challenge& c, std::size_t provider, double effort) {
    return each(c, [&](std::size_t i) { return i == provider ? effort : 0.0; });
}

// Barrett (1994): a coalition of n in which each carries n b / c; n -> n - 1 must not pay for a member and n -> n + 1
// not for an outsider. In units of b^2 / c a member gets n^2 / 2 + N - n and an outsider n^2 + N - n - 1 / 2.
int stable_coalition(const Challenge& c) {
    const auto same = [](const std::vector<double>& v) {
        return std::all_of(v.begin(), v.end(), [&](double x) { return x == v.front(); });
    };
    if (!same(c.benefit) || !same(c.cost)) return 0;
    const auto total = static_cast<double>(contributors(c));
    const auto member = [&](double n) { return n * n / 2.0 + total - n; };
    const auto outsider = [&](double n) { return n * n + total - n - 0.5; };
    int largest = 0;
    for (int n = 1; n <= static_cast<int>(contributors(c)); ++n) {
        const bool inside = member(n) >= outsider(n - 1.0);
        const bool outside = n == static_cast<int>(contributors(c)) || outsider(n) >= member(n + 1.0);
        if (inside && outside) largest = n;
    }
    return largest;
}

void solve_aggregate(const Challenge& c, ChallengeReport& report) {
    const double all = sum(c.benefit);
    report.nash = report.worst_nash = outcome(c, each(c, [&](std::size_t i) { return c.benefit[i] / c.cost[i]; }));
    report.joint = outcome(c, each(c, [&](std::size_t i) { return all / c.cost[i]; }));
    report.stable_coalition = stable_coalition(c);
}

// Nobody goes above the lowest, and nobody wants the lowest above its own b / c: every common level up to the least b /
// c is an equilibrium.
void solve_weakest_link(const Challenge& c, ChallengeReport& report) {
    double least = c.benefit[0] / c.cost[0];
    for (std::size_t i = 1; i < contributors(c); ++i) least = std::min(least, c.benefit[i] / c.cost[i]);
    report.nash = outcome(c, each(c, [&](std::size_t) { return least; }));
    report.worst_nash = outcome(c, each(c, [](std::size_t) { return 0.0; }));
    report.joint = outcome(c, each(c, [&](std::size_t) { return sum(c.benefit) / sum(c.cost); }));
    report.several_equilibria = true;
}

// One provider at its own b / c is an equilibrium iff no other gains by going above it: b_j / (2 c_j) <= b_i / c_i.
void solve_best_effort(const Challenge& c, ChallengeReport& report) {
    std::vector<ChallengeOutcome> equilibria;
    for (std::size_t i = 0; i < contributors(c); ++i) {
        const double own = c.benefit[i] / c.cost[i];
        bool holds = true;
        for (std::size_t j = 0; j < contributors(c); ++j)
            if (j != i && c.benefit[j] / (2.0 * c.cost[j]) > own * (1.0 + rounding)) holds = false;
        if (holds) equilibria.push_back(outcome(c, only(c, i, own)));
    }
    const auto by_total = [](const ChallengeOutcome& x, const ChallengeOutcome& y) { return x.total() < y.total(); };
    report.nash = *std::max_element(equilibria.begin(), equilibria.end(), by_total);
    report.worst_nash = *std::min_element(equilibria.begin(), equilibria.end(), by_total);
    report.several_equilibria = equilibria.size() > 1;
    const auto cheapest = std::min_element(c.cost.begin(), c.cost.end()) - c.cost.begin();
    const auto provider = static_cast<std::size_t>(cheapest);
    report.joint = outcome(c, only(c, provider, sum(c.benefit) / c.cost[provider]));
}

void solve_restraint(const Challenge& c, ChallengeReport& report) {
    const double others = c.harm * static_cast<double>(contributors(c) - 1);
    report.nash = report.worst_nash = outcome(c, each(c, [&](std::size_t i) { return c.benefit[i] / c.cost[i]; }));
    report.joint =
        outcome(c, each(c, [&](std::size_t i) { return std::max(0.0, (c.benefit[i] - others) / c.cost[i]); }));
}

// Adoption pays for i when at least c_i / b_i of the others adopt. From nobody and from everybody the best answers are
// monotone (Milgrom and Roberts 1990): they lead to the lowest and to the highest equilibrium.
std::vector<double> adoption(const Challenge& c, bool from_everybody) {
    const std::size_t n = contributors(c);
    std::vector<double> adopts(n, from_everybody ? 1.0 : 0.0);
    for (bool moved = true; moved;) {
        moved = false;
        for (std::size_t i = 0; i < n; ++i) {
            const double share = (sum(adopts) - adopts[i]) / static_cast<double>(n - 1);
            const double pays = c.benefit[i] * share - c.cost[i], tie = rounding * c.cost[i];
            // A tie keeps the side it comes from, so that both ends are found.
            const double now = from_everybody ? (pays >= -tie ? 1.0 : 0.0) : (pays > tie ? 1.0 : 0.0);
            if (now != adopts[i]) {
                adopts[i] = now;
                moved = true;
            }
        }
    }
    return adopts;
}

// The set of adopters with the largest sum: an adopter adds (benefits of both ways) / (N - 1) with every other adopter,
// so i and j together are worth (b_i + b_j) / (N - 1). For a given number k of adopters the sum is
// sum_i [b_i (k - 1) / (N - 1) - c_i]: the k largest entries.
std::vector<double> joint_adoption(const Challenge& c) {
    const std::size_t n = contributors(c);
    std::vector<double> best(n, 0.0);
    double most = 0.0;
    for (std::size_t k = 1; k <= n; ++k) {
        const double share = static_cast<double>(k - 1) / static_cast<double>(n - 1);
        std::vector<std::size_t> order(n);
        std::iota(order.begin(), order.end(), std::size_t{0});
        const auto worth = [&](std::size_t i) { return c.benefit[i] * share - c.cost[i]; };
        std::stable_sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) { return worth(i) > worth(j); });
        double total = 0.0;
        std::vector<double> adopts(n, 0.0);
        for (std::size_t a = 0; a < k; ++a) {
            total += worth(order[a]);
            adopts[order[a]] = 1.0;
        }
        if (total > most) {
            most = total;
            best = adopts;
        }
    }
    return best;
}

void solve_coordination(const Challenge& c, ChallengeReport& report) {
    report.worst_nash = outcome(c, adoption(c, false));
    report.nash = outcome(c, adoption(c, true));
    report.several_equilibria = report.nash.effort != report.worst_nash.effort;
    report.joint = outcome(c, joint_adoption(c));
    double most_reluctant = 0.0;
    for (std::size_t i = 0; i < contributors(c); ++i)
        most_reluctant = std::max(most_reluctant, c.cost[i] / c.benefit[i]);
    const double needed = most_reluctant * static_cast<double>(contributors(c) - 1);
    report.tipping_point = static_cast<int>(std::ceil(needed - 1e-12));
}

// The best that one contributor can do while the others keep to the joint optimum.
double best_deviation(const Challenge& c, const std::vector<double>& joint, std::size_t i) {
    const double own = c.benefit[i] / c.cost[i];
    std::vector<double> candidates{0.0, own};
    if (c.kind == ChallengeKind::coordination) candidates = {0.0, 1.0};
    if (c.kind == ChallengeKind::weakest_link) {
        double least = joint[i == 0 ? 1 : 0];
        for (std::size_t j = 0; j < joint.size(); ++j)
            if (j != i) least = std::min(least, joint[j]);
        candidates.push_back(std::min(own, least));
    }
    double best = challenge_payoffs(c, joint)[i];
    for (const double q : candidates) {
        std::vector<double> effort = joint;
        effort[i] = q;
        best = std::max(best, challenge_payoffs(c, effort)[i]);
    }
    return best;
}

}  // namespace

const std::vector<std::string>& challenge_names() {
    static const std::vector<std::string> names{"aggregate_effort", "weakest_link", "single_best_effort",
                                                "mutual_restraint", "coordination"};
    return names;
}

double ChallengeOutcome::total() const {
    return sum(payoff);
}

ChallengeOutcome effort_with_coalition(const Challenge& c, const std::vector<std::size_t>& members) {
    if (c.kind != ChallengeKind::aggregate_effort)
        throw_input(Place{"", 0, "kind"}, "what some do as one is solved for aggregate effort alone");
    std::vector<char> inside(contributors(c), 0);
    for (const std::size_t i : members) inside.at(i) = 1;
    double benefit = 0.0;
    for (std::size_t i = 0; i < inside.size(); ++i) benefit += inside[i] != 0 ? c.benefit[i] : 0.0;
    return outcome(c, each(c, [&](std::size_t i) { return (inside[i] != 0 ? benefit : c.benefit[i]) / c.cost[i]; }));
}

std::vector<double> challenge_payoffs(const Challenge& c, const std::vector<double>& effort) {
    const double all = sum(effort);
    const double least = *std::min_element(effort.begin(), effort.end());
    const double most = *std::max_element(effort.begin(), effort.end());
    return each(c, [&](std::size_t i) {
        const double q = effort[i], cost = c.cost[i] * q * q / 2.0, others = all - q;
        switch (c.kind) {
            case ChallengeKind::aggregate_effort:
                return c.benefit[i] * all - cost;
            case ChallengeKind::weakest_link:
                return c.benefit[i] * least - cost;
            case ChallengeKind::single_best_effort:
                return c.benefit[i] * most - cost;
            case ChallengeKind::mutual_restraint:
                return c.benefit[i] * q - cost - c.harm * others;
            case ChallengeKind::coordination:
                break;
        }
        return q * (c.benefit[i] * others / static_cast<double>(contributors(c) - 1) - c.cost[i]);
    });
}

ChallengeReport solve_challenge(const Challenge& challenge) {
    check(challenge);
    ChallengeReport report;
    switch (challenge.kind) {
        case ChallengeKind::aggregate_effort:
            solve_aggregate(challenge, report);
            break;
        case ChallengeKind::weakest_link:
            solve_weakest_link(challenge, report);
            break;
        case ChallengeKind::single_best_effort:
            solve_best_effort(challenge, report);
            break;
        case ChallengeKind::mutual_restraint:
            solve_restraint(challenge, report);
            break;
        case ChallengeKind::coordination:
            solve_coordination(challenge, report);
            break;
    }
    for (std::size_t i = 0; i < contributors(challenge); ++i) {
        report.temptation.push_back(best_deviation(challenge, report.joint.effort, i) - report.joint.payoff[i]);
        report.gain.push_back(report.joint.payoff[i] - report.worst_nash.payoff[i]);
    }
    return report;
}

}  // namespace detente
