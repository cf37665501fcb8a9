// What a policy of trust leads to: learning, needless breaks, and what dialogue adds.
#include <algorithm>
#include <cmath>
#include <map>

#include "relation/trust.h"
#include "relation/trust_model.h"

namespace detente {
namespace {

// Histories with the same belief and states are one.
using Node = std::pair<long long, int>;
struct Held {
    double mu = 0.0, chance = 0.0;
};

double log_odds(double mu) {
    constexpr double smallest = 1e-300;
    return std::log(std::max(mu, smallest)) - std::log(std::max(1.0 - mu, smallest));
}

class Forward {
public:
    Forward(const TrustProblem& problem, const TrustSolution& solution, const LearningOptions& options,
            bool reciprocator)
        : problem_(problem),
          solution_(solution),
          options_(options),
          reciprocator_(reciprocator),
          // With drift beliefs are no lattice: a coarser net keeps the number of histories finite.
          resolution_(problem.drift > 0.0 ? std::max(options.resolution, 1e-3) : options.resolution),
          states_(trust_states(problem)) {}

    LearningPath run() {
        std::map<Node, Held> now;
        place(now, 0, problem_.prior, 1.0, 0);
        for (int t = 1; t <= options_.horizon && !now.empty(); ++t) {
            std::map<Node, Held> later;
            for (const auto& [node, held] : now) step(later, node.second, held, t);
            now.swap(later);
        }
        for (const auto& [node, held] : now) path_.undecided += held.chance;
        if (path_.learnt > 0.0) path_.periods_to_learn /= path_.learnt;
        if (path_.broken > 0.0) path_.periods_to_break /= path_.broken;
        return path_;
    }

private:
    // Stops where the type is known or we break, else keeps the history.
    void place(std::map<Node, Held>& held, int state, double mu, double chance, int period) {
        constexpr double least = 1e-15;
        if (chance < least) {
            path_.undecided += chance;
        } else if (reciprocator_ ? mu >= options_.confidence : mu <= 1.0 - options_.confidence) {
            path_.learnt += chance;
            path_.periods_to_learn += chance * period;
        } else if (states_[static_cast<std::size_t>(state)].peace && !solution_.cooperates(mu, state)) {
            path_.broken += chance;
            path_.periods_to_break += chance * period;
        } else {
            Held& entry = held[{std::llround(log_odds(mu) / resolution_), state}];
            entry.mu = (entry.mu * entry.chance + mu * chance) / (entry.chance + chance);
            entry.chance += chance;
        }
    }

    void step(std::map<Node, Held>& later, int state, const Held& held, int period) {
        const TrustState& here = states_[static_cast<std::size_t>(state)];
        const double e = problem_.lapse_own, ours_d = solution_.cooperates(held.mu, state) ? e : 1.0;
        for (std::size_t y = 0; y < here.sightings.size(); ++y) {
            const Sighting& seen = here.sightings[y];
            const double likelihood = reciprocator_ ? seen.reciprocator : seen.opportunist;
            if (likelihood == 0.0) continue;
            const double mu = updated_belief(problem_, seen, held.mu);
            for (std::size_t x = 0; x < 2; ++x) {
                const double chance = held.chance * likelihood * (x == 0 ? 1.0 - ours_d : ours_d);
                if (chance > 0.0) place(later, here.next[y][x], mu, chance, period);
            }
        }
    }

    const TrustProblem& problem_;
    const TrustSolution& solution_;
    const LearningOptions& options_;
    bool reciprocator_;
    double resolution_;
    std::vector<TrustState> states_;
    LearningPath path_;
};

}  // namespace

LearningReport learning(const TrustProblem& problem, const TrustSolution& solution, const LearningOptions& options) {
    if (!(options.confidence > 0.5 && options.confidence < 1.0))
        throw_input({"", 0, "confidence"}, "must lie between 1/2 and 1");
    return {Forward(problem, solution, options, true).run(), Forward(problem, solution, options, false).run()};
}

namespace {

DialogueValue dialogue_beside(const TrustProblem& problem, const TrustSolution& without, const TrustOptions& options) {
    const TrustSolution with = problem.accuracy == 0.5 ? without : solve_trust(problem, options);
    DialogueValue out;
    out.accuracy = problem.accuracy;
    out.fidelity = 1.0 - problem.lapse_partner;
    out.prior = problem.prior;
    out.value_without = without.value_at(problem.prior);
    out.value_with = with.value_at(problem.prior);
    out.gain = out.value_with - out.value_without;
    // Both are known to the tolerance alone: less is nothing.
    const auto [low, high] = std::minmax_element(problem.payoff.begin(), problem.payoff.end());
    if (std::abs(out.gain) <= 2.0 * options.tolerance * (*high - *low)) out.gain = 0.0;
    out.summits = with.summits_at(problem.prior);
    // Money a period to present value: a period's average is (1 - discount) of it.
    if (out.summits > 0.0) out.gain_per_summit = out.gain / (1.0 - problem.discount) / out.summits;
    return out;
}

TrustSolution without_dialogue(TrustProblem problem, const TrustOptions& options) {
    problem.accuracy = 0.5;
    return solve_trust(problem, options);
}

}  // namespace

DialogueValue dialogue_value(const TrustProblem& problem, const TrustOptions& options) {
    return dialogue_beside(problem, without_dialogue(problem, options), options);
}

std::vector<DialogueValue> dialogue_table(const TrustProblem& problem, const std::vector<double>& accuracies,
                                          const std::vector<double>& fidelities, const std::vector<double>& priors,
                                          const TrustOptions& options) {
    std::vector<DialogueValue> out;
    std::map<std::pair<double, double>, TrustSolution> silent;  // the same for every accuracy
    for (const double accuracy : accuracies) {
        for (const double fidelity : fidelities) {
            for (const double prior : priors) {
                TrustProblem at = problem;
                at.accuracy = accuracy;
                at.lapse_partner = 1.0 - fidelity;
                at.prior = prior;
                const std::pair key{fidelity, prior};
                if (silent.count(key) == 0) silent.emplace(key, without_dialogue(at, options));
                out.push_back(dialogue_beside(at, silent.at(key), options));
            }
        }
    }
    return out;
}

}  // namespace detente
