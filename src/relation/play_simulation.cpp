// Simulated play: one table look-up and one comparison a side and period.
#include <cmath>
#include <vector>

#include "base/random.h"
#include "relation/play.h"

namespace detente {
namespace {

// A chance as a threshold for a 32-bit number; 2^32 is certain.
std::uint64_t threshold(double chance) {
    return static_cast<std::uint64_t>(std::llround(std::ldexp(chance, 32)));
}

template <bool misread>
OutcomeCounts run(const MoveTables& a, const MoveTables& b, const Noise& noise, std::int64_t turns, RandomStream random,
                  const Job& job) {
    std::uint32_t sa = a.start, sb = b.start;
    const std::uint64_t wrong_a = threshold(noise.misreading_a), wrong_b = threshold(noise.misreading_b);
    // Counted as numbers of defections: three sums are cheaper than a table of four.
    std::int64_t defections_a = 0, defections_b = 0, both = 0;
    constexpr std::int64_t block = std::int64_t{1} << 20;  // some milliseconds
    for (std::int64_t t = 0; t < turns; ++t) {
        if (t % block == 0 && job.cancelled()) throw Interrupted("interrupted in the middle of a match");
        const std::uint64_t draw = random.next();
        const std::uint32_t da = (draw & 0xFFFFFFFFU) < a.defects_below[sa] ? 1U : 0U;
        const std::uint32_t db = (draw >> 32) < b.defects_below[sb] ? 1U : 0U;
        defections_a += da;
        defections_b += db;
        both += da & db;
        std::uint32_t seen_b = db, seen_a = da;
        if constexpr (misread) {
            const std::uint64_t errors = random.next();
            seen_b ^= (errors & 0xFFFFFFFFU) < wrong_a ? 1U : 0U;
            seen_a ^= (errors >> 32) < wrong_b ? 1U : 0U;
        }
        sa = a.next[4 * sa + 2 * da + seen_b];
        sb = b.next[4 * sb + 2 * db + seen_a];
    }
    return {turns - defections_a - defections_b + both, defections_b - both, defections_a - both, both};
}

}  // namespace

MoveTables move_tables(const Automaton& automaton, double lapse) {
    check_automaton(automaton);
    MoveTables out;
    out.start = static_cast<std::uint32_t>(automaton.start);
    out.defects_below.reserve(automaton.states.size());
    out.next.reserve(4 * automaton.states.size());
    for (const AutomatonState& state : automaton.states) {
        const double cooperate = state.cooperate * (1.0 - lapse) + (1.0 - state.cooperate) * lapse;
        out.defects_below.push_back(threshold(1.0 - cooperate));
        for (const int next : state.next) out.next.push_back(static_cast<std::uint32_t>(next));
    }
    return out;
}

OutcomeCounts simulate(const MoveTables& a, const MoveTables& b, const Noise& noise, std::int64_t turns,
                       std::uint64_t seed, std::uint64_t stream, const Job& job) {
    const RandomStream random(seed, stream);
    return noise.misreading_a > 0.0 || noise.misreading_b > 0.0 ? run<true>(a, b, noise, turns, random, job)
                                                                : run<false>(a, b, noise, turns, random, job);
}

OutcomeCounts simulate(const Automaton& a, const Automaton& b, const Noise& noise, std::int64_t turns,
                       std::uint64_t seed, std::uint64_t stream, const Job& job) {
    return simulate(move_tables(a, noise.lapse_a), move_tables(b, noise.lapse_b), noise, turns, seed, stream, job);
}

}  // namespace detente
