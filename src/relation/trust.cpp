#include "relation/trust.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "relation/trust_model.h"

namespace detente {
namespace {

using Index = Eigen::Index;

// Where a belief lies on the grid.
struct Located {
    Index below = 0;
    double weight = 0.0;  // of the point above
};

Located locate(double mu, Index points) {
    const double x = std::clamp(mu, 0.0, 1.0) * static_cast<double>(points - 1);
    const Index below = std::min(static_cast<Index>(x), points - 2);
    return {below, x - static_cast<double>(below)};
}

double between(const Eigen::Ref<const Eigen::VectorXd>& values, const Located& at) {
    return (1.0 - at.weight) * values[at.below] + at.weight * values[at.below + 1];
}

// What the sweeps need of one (belief, state): chance and posterior of every sighting.
struct BeliefBranch {
    double chance;
    Located posterior;
};

class Program {
public:
    Program(const TrustProblem& problem, const TrustOptions& options)
        : problem_(problem), states_(trust_states(problem)), points_(std::max(options.grid, 3)) {
        for (const TrustState& state : states_) {
            options.job.check();
            std::vector<BeliefBranch> branches;
            for (Index g = 0; g < points_; ++g) {
                const double mu = static_cast<double>(g) / static_cast<double>(points_ - 1);
                for (const Sighting& s : state.sightings)
                    branches.push_back({mu * s.reciprocator + (1.0 - mu) * s.opportunist,
                                        locate(updated_belief(problem, s, mu), points_)});
            }
            branches_.push_back(std::move(branches));
        }
    }

    Index points() const { return points_; }
    Index size() const { return static_cast<Index>(states_.size()); }
    const std::vector<TrustState>& states() const { return states_; }

    // Averages after a *realised* own action (0: C, 1: D), then mixed by our own lapses.
    void backup(const Eigen::MatrixXd& value, Eigen::MatrixXd& cooperate, Eigen::MatrixXd& defect) const {
        const double d = problem_.discount, e = problem_.lapse_own;
        for (Index k = 0; k < size(); ++k) {
            const TrustState& state = states_[static_cast<std::size_t>(k)];
            const BeliefBranch* branch = branches_[static_cast<std::size_t>(k)].data();
            for (Index g = 0; g < points_; ++g) {
                double after[2] = {0.0, 0.0};
                for (std::size_t y = 0; y < state.sightings.size(); ++y, ++branch) {
                    for (std::size_t x = 0; x < 2; ++x) {
                        const double now =
                            problem_
                                .payoff[static_cast<std::size_t>(outcome_of(x == 1, !state.sightings[y].cooperates))];
                        after[x] += branch->chance *
                                    ((1.0 - d) * now + d * between(value.col(state.next[y][x]), branch->posterior));
                    }
                }
                cooperate(g, k) = (1.0 - e) * after[0] + e * after[1];
                defect(g, k) = after[1];
            }
        }
    }

    // Discounted number of summits to come under the policy that prefers the larger of the two.
    Eigen::MatrixXd summits(const TrustSolution& solution, double tolerance, const Job& job) const {
        Eigen::MatrixXd count = Eigen::MatrixXd::Zero(points_, size()), next = count;
        const double d = problem_.discount, e = problem_.lapse_own;
        double change = 1.0;
        while (change * d > tolerance * (1.0 - d)) {
            job.check();
            for (Index k = 0; k < size(); ++k) {
                const TrustState& state = states_[static_cast<std::size_t>(k)];
                const BeliefBranch* branch = branches_[static_cast<std::size_t>(k)].data();
                for (Index g = 0; g < points_; ++g) {
                    const double defects = solution.cooperate(g, k) >= solution.defect(g, k) ? e : 1.0;
                    double sum = 0.0;
                    for (std::size_t y = 0; y < state.sightings.size(); ++y, ++branch) {
                        const double later = (1.0 - defects) * between(count.col(state.next[y][0]), branch->posterior) +
                                             defects * between(count.col(state.next[y][1]), branch->posterior);
                        sum += branch->chance * ((state.sightings[y].summit ? 1.0 : 0.0) + d * later);
                    }
                    next(g, k) = sum;
                }
            }
            change = (next - count).cwiseAbs().maxCoeff();
            count.swap(next);
        }
        return count;
    }

private:
    const TrustProblem& problem_;
    std::vector<TrustState> states_;
    Index points_;
    std::vector<std::vector<BeliefBranch>> branches_;
};

}  // namespace

double TrustSolution::value_at(double mu, int state) const {
    return between(value.col(state), locate(mu, belief.size()));
}

double TrustSolution::summits_at(double mu) const {
    return between(summits, locate(mu, belief.size()));
}

bool TrustSolution::cooperates(double mu, int state) const {
    const Located at = locate(mu, belief.size());
    return between(cooperate.col(state), at) >= between(defect.col(state), at);
}

std::optional<double> TrustSolution::threshold() const {
    Index g = belief.size() - 1;
    const auto gain = [&](Index k) { return cooperate(k, 0) - defect(k, 0); };
    if (gain(g) < 0.0) return std::nullopt;
    while (g > 0 && gain(g - 1) >= 0.0) --g;
    if (g == 0) return 0.0;
    const double above = gain(g), below = gain(g - 1);
    return belief[g] - (belief[g] - belief[g - 1]) * above / (above - below);
}

bool TrustSolution::single_threshold() const {
    int changes = 0;
    for (Index g = 1; g < belief.size(); ++g)
        if ((cooperate(g, 0) >= defect(g, 0)) != (cooperate(g - 1, 0) >= defect(g - 1, 0))) ++changes;
    return changes == 0 || (changes == 1 && cooperate(belief.size() - 1, 0) >= defect(belief.size() - 1, 0));
}

TrustSolution solve_trust(const TrustProblem& problem, const TrustOptions& options) {
    const Program program(problem, options);
    TrustSolution out;
    out.belief = Eigen::VectorXd::LinSpaced(program.points(), 0.0, 1.0);
    for (const TrustState& state : program.states()) out.states.push_back(state.automaton);
    const auto [low, high] = std::minmax_element(problem.payoff.begin(), problem.payoff.end());
    const double scale = std::max(*high - *low, 1e-300);
    out.value = Eigen::MatrixXd::Constant(program.points(), program.size(), *low);
    out.cooperate = out.defect = out.value;
    // Value iteration: a change c between sweeps leaves an error of at most c d / (1 - d).
    double change = scale;
    while (change * problem.discount > options.tolerance * scale * (1.0 - problem.discount) || out.sweeps == 0) {
        options.job.check();
        if (out.sweeps++ >= options.max_sweeps)
            throw Error(ErrorKind::solve,
                        fmt::format("trust: {} sweeps leave an error of {:g}; raise max_sweeps or "
                                    "lower the discount factor {:g}",
                                    options.max_sweeps, change / (1.0 - problem.discount), problem.discount));
        program.backup(out.value, out.cooperate, out.defect);
        const Eigen::MatrixXd better = out.cooperate.cwiseMax(out.defect);
        change = (better - out.value).cwiseAbs().maxCoeff();
        out.value = better;
    }
    out.summits = program.summits(out, 1e-9, options.job).col(0);
    return out;
}

std::optional<double> reassurance_threshold(const std::array<double, 4>& payoff) {
    const double r = payoff[outcome_cc], s = payoff[outcome_cd], t = payoff[outcome_dc], p = payoff[outcome_dd];
    if (!(r > t && p >= s)) return std::nullopt;
    return (p - s) / ((r - t) + (p - s));
}

SeparatingConcession separating_concession(const std::array<double, 4>& payoff, double discount) {
    if (!(discount >= 0.0 && discount < 1.0))
        throw_input({{"", 0, "discount"},
                     "not a discount factor",
                     fmt::format("{:g}", discount),
                     "at least 0 and below 1",
                     ""});
    return {payoff[outcome_dc] - payoff[outcome_dd], (payoff[outcome_cc] - payoff[outcome_dd]) / (1.0 - discount)};
}

}  // namespace detente
