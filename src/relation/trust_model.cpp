#include "relation/trust_model.h"

#include <fmt/format.h>

#include <map>

namespace detente {
namespace {

void check(const TrustProblem& problem) {
    const auto chance = [](double value, const char* key) {
        if (!(value >= 0.0 && value <= 1.0))
            throw_input({{"", 0, key}, "not a probability", fmt::format("{:g}", value), "a number from 0 to 1", ""});
    };
    chance(problem.lapse_own, "lapse_own");
    chance(problem.lapse_partner, "lapse_partner");
    chance(problem.prior, "prior");
    chance(problem.drift, "drift");
    chance(problem.accuracy, "accuracy");
    if (!(problem.discount >= 0.0 && problem.discount < 1.0))
        throw_input({{"", 0, "discount"},
                     "not a discount factor",
                     fmt::format("{:g}", problem.discount),
                     "at least 0 and below 1",
                     ""});
    check_automaton(problem.reciprocator, {"", 0, "reciprocator"});
    check_automaton(problem.opportunist, {"", 0, "opportunist"});
}

std::vector<Sighting> sightings(const TrustProblem& problem, double reciprocator, double opportunist, bool peace) {
    const double e = problem.lapse_partner, a = problem.accuracy;
    const auto cooperation = [e](double s) { return s * (1.0 - e); };
    const auto lapse = [e](double s) { return s * e; };      // meant to cooperate, defects
    const auto intended = [](double s) { return 1.0 - s; };  // meant it
    std::vector<Sighting> list{{true, false, cooperation(reciprocator), cooperation(opportunist)}};
    if (!peace) {
        list.push_back(
            {false, false, lapse(reciprocator) + intended(reciprocator), lapse(opportunist) + intended(opportunist)});
        return list;
    }
    const auto said_lapse = [&](double s) { return a * lapse(s) + (1.0 - a) * intended(s); };
    const auto said_intended = [&](double s) { return (1.0 - a) * lapse(s) + a * intended(s); };
    list.push_back({false, true, said_lapse(reciprocator), said_lapse(opportunist)});
    list.push_back({false, true, said_intended(reciprocator), said_intended(opportunist)});
    return list;
}

}  // namespace

std::vector<TrustState> trust_states(const TrustProblem& problem) {
    check(problem);
    std::map<std::array<int, 2>, int> position;
    std::vector<TrustState> out;
    const auto visit = [&](std::array<int, 2> pair) {
        const auto [found, added] = position.emplace(pair, static_cast<int>(out.size()));
        if (added) out.push_back({pair, false, {}, {}});
        return found->second;
    };
    visit({problem.reciprocator.start, problem.opportunist.start});
    for (std::size_t k = 0; k < out.size(); ++k) {
        const auto& r = problem.reciprocator.states[static_cast<std::size_t>(out[k].automaton[0])];
        const auto& o = problem.opportunist.states[static_cast<std::size_t>(out[k].automaton[1])];
        const bool peace = r.cooperate > 0.5;
        const auto seen = sightings(problem, r.cooperate, o.cooperate, peace);
        std::vector<std::array<int, 2>> next;
        for (const Sighting& sighting : seen) {
            std::array<int, 2> after{};
            for (int ours = 0; ours < 2; ++ours) {
                const auto outcome = static_cast<std::size_t>(outcome_of(!sighting.cooperates, ours == 1));
                after[static_cast<std::size_t>(ours)] = visit({r.next[outcome], o.next[outcome]});
            }
            next.push_back(after);
        }
        out[k].peace = peace;
        out[k].sightings = seen;
        out[k].next = next;
    }
    return out;
}

double updated_belief(const TrustProblem& problem, const Sighting& sighting, double mu) {
    const double both = mu * sighting.reciprocator + (1.0 - mu) * sighting.opportunist;
    // What cannot be seen teaches nothing; its weight is zero.
    const double posterior = both > 0.0 ? mu * sighting.reciprocator / both : mu;
    return (1.0 - problem.drift) * posterior + problem.drift * problem.prior;
}

}  // namespace detente
