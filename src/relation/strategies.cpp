#include "relation/strategies.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "base/error.h"

namespace detente {
namespace {

using Chances = std::array<double, 4>;
using Made = std::optional<Automaton>;
// What a strategy is built for.
struct Setting {
    DilemmaPayoffs payoffs;
    int count;  // how far a strategy counts whose source counts without end
};
using Maker = std::function<Made(const Setting&)>;

// `after` in the order CC, CD, DC, DD; moves without a chance are 0 or 1.
Maker memory(double first, Chances after) {
    return [=](const Setting&) { return memory_one("", first, after); };
}

// States numbered from 0, which is the start.
Maker table(const std::vector<AutomatonState>& states) {
    return [=](const Setting&) { return minimised(Automaton{"", "", "", 0, states}); };
}

AutomatonState state(const char* name, bool cooperates, std::array<int, 4> next) {
    return {name, cooperates ? 1.0 : 0.0, next};
}
// Where only the other side's move counts.
AutomatonState answer(const char* name, bool cooperates, int after_c, int after_d) {
    return state(name, cooperates, {after_c, after_d, after_c, after_d});
}
// Where nothing counts.
AutomatonState step(const char* name, bool cooperates, int next) {
    return answer(name, cooperates, next, next);
}

// Peace while both cooperate; a breach of either side, one's own lapse too, is public and opens `length` periods of
// war, whatever happens in them.
Made periods_of_war(int length) {
    Automaton out{"", "", "", 0, {state("peace", true, {0, 1, 1, 1})}};
    for (int k = 1; k <= length; ++k) out.states.push_back(step("war", false, k == length ? 0 : k + 1));
    return minimised(out);
}

// Beaufils, Delahaye and Mathieu: n counts every defection of the other side, those during an answer too. Provoked in
// peace or at the end of the calm, it answers with n defections and two cooperations. The count stops at `most`.
// States: peace(n), answer(n, k defections still to come), first and second calm(n).
Made gradual(int most) {
    const int counts = most + 1;
    const auto peace = [](int n) { return n; };
    const auto first = [=](int n) { return counts + n; };
    const auto second = [=](int n) { return 2 * counts + n; };
    const auto triangle = [](int n) { return n * (n - 1) / 2; };
    const auto answering = [=](int n, int k) { return 3 * counts + triangle(n) + k - 1; };  // 1 <= k <= n
    const auto more = [=](int n) { return std::min(n + 1, most); };
    const auto provoked = [=](int n) { return answering(more(n), more(n)); };
    Automaton out{"", "", "", 0, {}};
    out.states.reserve(static_cast<std::size_t>(3 * counts + triangle(counts)));
    for (int n = 0; n <= most; ++n) out.states.push_back(answer("peace", true, peace(n), provoked(n)));
    for (int n = 0; n <= most; ++n) out.states.push_back(answer("calm", true, second(n), second(more(n))));
    for (int n = 0; n <= most; ++n) out.states.push_back(answer("calm", true, peace(n), provoked(n)));
    for (int n = 1; n <= most; ++n)
        for (int k = 1; k <= n; ++k)
            out.states.push_back(k == 1 ? answer("answer", false, first(n), first(more(n)))
                                        : answer("answer", false, answering(n, k - 1), answering(more(n), k - 1)));
    return out;
}

// Owes the other side as many defections as it received beyond its own, up to `most`.
Made proportional(int most) {
    Automaton out{"", "", "", 0, {}};
    for (int owed = 0; owed <= most; ++owed) {
        const int up = std::min(owed + 1, most), down = std::max(owed - 1, 0);
        out.states.push_back(state("owed", owed == 0, {owed, up, down, owed}));
    }
    return minimised(out);
}

// Boyd's standing: a defection is in order only against a side in bad standing by one in good standing.
Made contrite() {
    Automaton out{"", "", "", 0, {}};
    const auto number = [](bool own_bad, bool other_bad) { return (own_bad ? 2 : 0) + (other_bad ? 1 : 0); };
    for (int s = 0; s < 4; ++s) {
        const bool own_bad = (s & 2) != 0, other_bad = (s & 1) != 0;
        AutomatonState here{"standing", !own_bad && other_bad ? 0.0 : 1.0, {}};
        for (int o = 0; o < 4; ++o) {
            const bool own_wrong = (o & 2) != 0 && !(other_bad && !own_bad);
            const bool other_wrong = (o & 1) != 0 && !(own_bad && !other_bad);
            here.next[static_cast<std::size_t>(o)] = number(own_wrong, other_wrong);
        }
        out.states.push_back(here);
    }
    return minimised(out);
}

// Hilbe and others: cooperate iff both sides did the same as each other in each of the last `memory` periods.
Made all_or_none(int memory_length) {
    Automaton out{"", "", "", 0, {}};  // state k: periods of agreement still missing
    for (int k = 0; k <= memory_length; ++k) {
        const int agree = std::max(k - 1, 0);
        out.states.push_back(state("missing", k == 0, {agree, memory_length, memory_length, agree}));
    }
    return minimised(out);
}

Made generous(const Setting& s) {
    const auto g = generosity(s.payoffs.own);
    if (!g) return std::nullopt;
    return memory_one("", 1.0, {1.0, *g, 1.0, *g});
}

Made determinant(const DilemmaPayoffs& p, int baseline, double slope, double strength) {
    const auto at = static_cast<std::size_t>(baseline);
    const auto after = zero_determinant(p, p.own[at], p.other[at], slope, strength);
    if (!after) return std::nullopt;
    return memory_one("", 1.0, *after);
}

// Sets the other side's long-run payoff half-way between its payoffs of war and of peace.
Made equaliser(const Setting& s) {
    const DilemmaPayoffs& p = s.payoffs;
    const double target = 0.5 * (p.other[outcome_cc] + p.other[outcome_dd]);
    Chances after{};
    double most = 0.0;
    for (const double payoff : p.other) most = std::max(most, std::abs(payoff - target));
    if (!(most > 0.0)) return std::nullopt;
    for (std::size_t k = 0; k < 4; ++k) {
        const double push = -(p.other[k] - target) / most;
        if (k < 2 ? push > 0.0 : push < 0.0) return std::nullopt;
        after[k] = (k < 2 ? 1.0 : 0.0) + push;
    }
    return memory_one("", 1.0, after);
}

struct Entry {
    NamedStrategy row;
    Maker make;
};

std::vector<Entry> basic_entries() {
    return {
        {{"ALLC", "Axelrod (1984)", "always cooperates", false}, memory(1, {1, 1, 1, 1})},
        {{"ALLD", "Axelrod (1984)", "always defects", false}, memory(0, {0, 0, 0, 0})},
        {{"Random", "Axelrod (1980)", "a coin at every turn", false}, memory(0.5, {0.5, 0.5, 0.5, 0.5})},
        {{"Alternator", "Axelrod (1984)", "cooperates and defects in turn", false},
         table({step("C", true, 1), step("D", false, 0)})},
        {{"TFT", "Rapoport, in Axelrod (1984)", "does what the other side did", false}, memory(1, {1, 0, 1, 0})},
        {{"STFT", "Boyd and Lorberbaum (1987)", "tit-for-tat that defects first", false}, memory(0, {1, 0, 1, 0})},
        {{"TF2T", "Axelrod (1984)", "defects after two defections in a row", false},
         table({answer("calm", true, 0, 1), answer("warned", true, 0, 2), answer("answer", false, 0, 2)})},
        {{"2TFT", "Axelrod (1984)", "answers a defection with two", false},
         table({answer("calm", true, 0, 1), answer("first", false, 2, 1), answer("second", false, 0, 1)})},
        {{"HardTFT", "Knight and others (2016), Axelrod library",
          "defects while one of the last three moves was a defection", false},
         table({answer("calm", true, 0, 1), answer("last", false, 2, 1), answer("one ago", false, 3, 1),
                answer("two ago", false, 0, 1)})},
        {{"GTFT", "Molander (1985); Nowak and Sigmund (1992)", "forgives with the largest safe chance", true},
         generous},
        {{"GTFT10", "Wu and Axelrod (1995)", "forgives every tenth defection", false}, memory(1, {1, 0.1, 1, 0.1})},
        {{"CTFT", "Boyd (1989); Wu and Axelrod (1995)", "contrite: accepts the answer to its own breach", false},
         [](const Setting&) { return contrite(); }},
        {{"GRIM", "Friedman (1971); Nowak, Sigmund and El-Sedy (1995)",
          "memory one: a breach of either side ends cooperation until both cooperate at once", false},
         memory(1, {1, 0, 0, 0})},
        {{"Trigger", "Axelrod (1980), Friedman's entry", "one breach of the other side ends cooperation for ever",
          false},
         table({answer("peace", true, 0, 1), step("war", false, 1)})},
        {{"WSLS", "Kraines and Kraines (1989); Nowak and Sigmund (1993)",
          "Pavlov: stays after R and T, changes after S and P", false},
         memory(1, {1, 0, 0, 1})},
        {{"AON2", "Hilbe, Martinez-Vaquero, Chatterjee and Nowak (2017)",
          "cooperates after two periods in which both did the same", false},
         [](const Setting&) { return all_or_none(2); }},
        {{"FirmButFair", "Frean (1994)", "tit-for-tat that tries to leave mutual defection", false},
         memory(1, {1, 0, 1, 2.0 / 3.0})},
    };
}

std::vector<Entry> elaborate_entries() {
    const auto war = [](int length) { return [length](const Setting&) { return periods_of_war(length); }; };
    return {
        {{"War1", "Green and Porter (1984)", "a breach of either side opens 1 period of war", false}, war(1)},
        {{"War3", "Green and Porter (1984)", "a breach of either side opens 3 periods of war", false}, war(3)},
        {{"War10", "Green and Porter (1984)", "a breach of either side opens 10 periods of war", false}, war(10)},
        {{"Proportional", "Bown and Pauwelyn (2010), on the WTO's rebalancing",
          "returns as many breaches as it received, up to four owed", false},
         [](const Setting&) { return proportional(4); }},
        {{"Gradual", "Beaufils, Delahaye and Mathieu (1996)",
          "answers a defection with as many as it has met so far, then two cooperations; counts to a bound", false},
         [](const Setting& s) { return gradual(s.count); }},
        {{"SoftGrudger", "Beaufils, Delahaye and Mathieu (1998), PRISON", "answers a breach with DDDD, then CC", false},
         table({answer("peace", true, 0, 1), step("D", false, 2), step("D", false, 3), step("D", false, 4),
                step("D", false, 5), step("C", true, 6), answer("C", true, 0, 1)})},
        {{"ZDExtort2", "Press and Dyson (2012); Stewart and Plotkin (2012)",
          "takes twice the other side's gain over war", true},
         [](const Setting& s) { return determinant(s.payoffs, outcome_dd, 2.0, 0.5); }},
        {{"ZDExtort4", "Press and Dyson (2012); Stewart and Plotkin (2012)",
          "takes four times the other side's gain over war", true},
         [](const Setting& s) { return determinant(s.payoffs, outcome_dd, 4.0, 0.5); }},
        {{"ZDGTFT2", "Stewart and Plotkin (2012)", "bears twice the other side's loss from peace", true},
         [](const Setting& s) { return determinant(s.payoffs, outcome_cc, 2.0, 1.0); }},
        {{"Equaliser", "Boerlijst, Nowak and Sigmund (1997)", "sets the other side's payoff, whatever that side does",
          true},
         equaliser},
        {{"Bully", "Nachbar (1992)", "does the reverse of what the other side did, defects first", false},
         memory(0, {0, 1, 0, 1})},
        {{"Prober", "Axelrod (1984)", "DCC, then exploits a side that did not answer, else tit-for-tat", false},
         table({step("D", false, 1), answer("C", true, 2, 3), answer("C not answered", true, 4, 6),
                answer("C answered", true, 5, 6), step("exploit", false, 4), answer("C", true, 5, 6),
                answer("D", false, 5, 6)})},
        {{"Tester", "Axelrod (1984)", "defects once; apologises if answered, else alternates", false},
         table({answer("D", false, 1, 4), answer("C", true, 2, 4), answer("C again", true, 3, 4),
                answer("D again", false, 2, 4), answer("sorry", true, 4, 5), answer("answer", false, 4, 5)})},
        {{"Handshake", "Robson (1990)", "CD as a greeting; cooperates with those who give it", false},
         table({answer("C", true, 1, 3), answer("D", false, 3, 2), step("friend", true, 2), step("foe", false, 3)})},
        {{"SlowTFT", "Beaufils, Delahaye and Mathieu (1998), PRISON",
          "changes its move after two equal moves of the other side", false},
         table({answer("C", true, 0, 1), answer("C doubts", true, 0, 2), answer("D", false, 3, 2),
                answer("D doubts", false, 0, 2)})},
        {{"GradualKiller", "Beaufils, Delahaye and Mathieu (1998), PRISON",
          "DDDDDCC, then defects for ever if both C were met by D, else cooperates for ever", false},
         table({step("D", false, 1), step("D", false, 2), step("D", false, 3), step("D", false, 4), step("D", false, 5),
                answer("C", true, 7, 6), answer("C", true, 7, 8), step("friend, after C", true, 9),
                step("foe", false, 8), step("friend", true, 9)})},
        {{"ReactiveTFT", "Nowak and Sigmund (1992)", "cooperates after C with 0.99 and after D with 0.01", false},
         memory(1, {0.99, 0.01, 0.99, 0.01})},
    };
}

// Built once: a table of constants, not state.
const std::vector<Entry>& entries() {
    static const std::vector<Entry> all = [] {
        std::vector<Entry> list = basic_entries();
        for (Entry& entry : elaborate_entries()) list.push_back(std::move(entry));
        return list;
    }();
    return all;
}

}  // namespace

const std::vector<NamedStrategy>& named_strategies() {
    static const std::vector<NamedStrategy> rows = [] {
        std::vector<NamedStrategy> list;
        for (const Entry& entry : entries()) list.push_back(entry.row);
        return list;
    }();
    return rows;
}

int counting_bound(std::int64_t turns) {
    return static_cast<int>(std::clamp<std::int64_t>(turns / 2, exact_count, most_count));
}

std::optional<Automaton> make_strategy(const std::string& name, const DilemmaPayoffs& payoffs, const Place& place,
                                       int count) {
    for (const Entry& entry : entries()) {
        if (entry.row.name != name) continue;
        Made made = entry.make({payoffs, count});
        if (!made) return std::nullopt;
        made->name = entry.row.name;
        made->source = entry.row.source;
        made->note = entry.row.note;
        return made;
    }
    std::vector<std::string> names;
    for (const Entry& entry : entries()) names.push_back(entry.row.name);
    throw_unknown_name(place, "strategy", shown(name, 60), names);
}

std::optional<double> generosity(const std::array<double, 4>& own) {
    const double r = own[outcome_cc], s = own[outcome_cd], t = own[outcome_dc], p = own[outcome_dd];
    if (!(t > r && r > p && p > s)) return std::nullopt;
    const double g = std::min(1.0 - (t - r) / (r - s), (r - p) / (t - p));
    if (g < 0.0) return std::nullopt;
    return g;
}

std::optional<std::array<double, 4>> zero_determinant(const DilemmaPayoffs& payoffs, double baseline_own,
                                                      double baseline_other, double slope, double strength) {
    // Press and Dyson (2012), eq. 12: (p_CC - 1, p_CD - 1, p_DC, p_DD) = factor x (own - baseline - slope (other -
    // ...)).
    std::array<double, 4> line{};
    double scale = 0.0, most = 0.0;
    for (std::size_t k = 0; k < 4; ++k) {
        line[k] = (payoffs.own[k] - baseline_own) - slope * (payoffs.other[k] - baseline_other);
        scale = std::max(scale, std::abs(payoffs.own[k]) + std::abs(slope * payoffs.other[k]));
        most = std::max(most, std::abs(line[k]));
    }
    if (!(most > 0.0)) return std::nullopt;
    std::array<double, 4> after{};
    for (std::size_t k = 0; k < 4; ++k) {
        // Rounding around the baseline's own entry is no violation.
        const bool zero = std::abs(line[k]) <= 1e-12 * scale;
        if (!zero && (k < 2 ? line[k] > 0.0 : line[k] < 0.0)) return std::nullopt;
        after[k] = (k < 2 ? 1.0 : 0.0) + (zero ? 0.0 : strength * line[k] / most);
    }
    return after;
}

}  // namespace detente
