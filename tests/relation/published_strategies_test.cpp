// Every named strategy against its source: the first moves, by a second and plainer reading of each definition.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>

#include "base/random.h"
#include "relation/play.h"
#include "relation/strategies.h"
#include "support.h"

namespace detente::test {
namespace {

// What each side has done so far, as CCD...
using Past = const std::string&;
// The chance of cooperation now.
using Definition = std::function<double(Past own, Past other)>;

double yes(bool cooperates) {
    return cooperates ? 1.0 : 0.0;
}
bool defected(Past past, std::size_t back) {
    return past.size() >= back && past[past.size() - back] == 'D';
}

// By what was done last: first move, after CC, CD, DC, DD.
Definition last_move(double first, double cc, double cd, double dc, double dd) {
    return [=](Past own, Past other) {
        if (own.empty()) return first;
        return defected(own, 1) ? (defected(other, 1) ? dd : dc) : (defected(other, 1) ? cd : cc);
    };
}
// Defects where one of the other side's last moves was a defection.
Definition unforgiving(std::size_t moves) {
    return [=](Past, Past other) {
        return yes(other.substr(other.size() - std::min(moves, other.size())).find('D') == std::string::npos);
    };
}
// Cooperates; a defection of the other side just before is answered by a row of moves that nothing interrupts.
Definition answers_with(const std::function<std::string(int defections_met)>& row) {
    return [=](Past, Past other) {
        std::string plan;
        for (std::size_t t = 0;; ++t) {
            if (plan.empty() && t > 0 && other[t - 1] == 'D')
                plan = row(static_cast<int>(std::count(other.begin(), other.begin() + static_cast<long>(t), 'D')));
            if (plan.empty()) plan = "C";
            if (t == other.size()) return yes(plan[0] == 'C');
            plan.erase(0, 1);
        }
    };
}
Definition gradual() {
    return answers_with([](int met) { return std::string(static_cast<std::size_t>(met), 'D') + "CC"; });
}
// Peace; after a period of peace in which either side defected, so many periods of war.
Definition war(int periods) {
    return [=](Past own, Past other) {
        int left = 0;
        for (std::size_t t = 0; t < own.size(); ++t)
            left = left > 0 ? left - 1 : own[t] == 'D' || other[t] == 'D' ? periods : 0;
        return yes(left == 0);
    };
}
double proportional(Past own, Past other) {
    int owed = 0;
    for (std::size_t t = 0; t < own.size(); ++t)
        owed = std::clamp(owed + (other[t] == 'D' ? 1 : 0) - (own[t] == 'D' ? 1 : 0), 0, 4);
    return yes(owed == 0);
}
// Wu and Axelrod (1995): content, provoked and contrite.
double contrite(Past own, Past other) {
    std::string mood = "content";
    for (std::size_t t = 0; t < own.size(); ++t) {
        const bool we = own[t] == 'C', they = other[t] == 'C';
        if (mood == "content") {
            if (we && !they) mood = "provoked";
            if (!we && they) mood = "contrite";
        } else if (mood == "provoked" ? they : we) {
            mood = "content";
        }
    }
    return yes(mood != "provoked");
}
double all_or_none(Past own, Past other) {
    for (std::size_t back = 1; back <= std::min<std::size_t>(2, own.size()); ++back)
        if (defected(own, back) != defected(other, back)) return 0.0;
    return 1.0;
}
double prober(Past own, Past other) {
    if (own.size() < 3) return yes(!own.empty());
    if (other.substr(1, 2) == "CC") return 0.0;
    return yes(!defected(other, 1));
}
double tester(Past own, Past other) {
    const std::size_t t = own.size(), answered = other.find('D');
    if (answered != std::string::npos) return yes(t == answered + 1 || !defected(other, 1));
    return yes(t == 1 || t == 2 || (t > 3 && t % 2 == 0));
}
double handshake(Past own, Past other) {
    return yes(own.size() < 2 ? own.empty() : other.substr(0, 2) == "CD");
}
double slow(Past own, Past other) {
    if (own.size() < 2) return 1.0;
    return yes(defected(other, 1) == defected(other, 2) ? !defected(other, 1) : !defected(own, 1));
}
double gradual_killer(Past own, Past other) {
    if (own.size() < 7) return yes(own.size() >= 5);
    return yes(other.substr(5, 2) != "DD");
}

// In Axelrod's game, R, S, T, P = 3, 0, 5, 1.
std::map<std::string, Definition> definitions() {
    return {
        {"ALLC", [](Past, Past) { return 1.0; }},
        {"ALLD", [](Past, Past) { return 0.0; }},
        {"Random", [](Past, Past) { return 0.5; }},
        {"Alternator", [](Past own, Past) { return yes(own.size() % 2 == 0); }},
        {"TFT", unforgiving(1)},
        {"STFT", last_move(0, 1, 0, 1, 0)},
        {"TF2T", [](Past, Past other) { return yes(!defected(other, 1) || !defected(other, 2)); }},
        {"2TFT", unforgiving(2)},
        {"HardTFT", unforgiving(3)},
        {"GTFT", last_move(1, 1, 1.0 / 3.0, 1, 1.0 / 3.0)},
        {"GTFT10", last_move(1, 1, 0.1, 1, 0.1)},
        {"CTFT", contrite},
        {"GRIM", last_move(1, 1, 0, 0, 0)},
        {"Trigger", [](Past, Past other) { return yes(other.find('D') == std::string::npos); }},
        {"WSLS", last_move(1, 1, 0, 0, 1)},
        {"AON2", all_or_none},
        {"FirmButFair", last_move(1, 1, 0, 1, 2.0 / 3.0)},
        {"War1", war(1)},
        {"War3", war(3)},
        {"War10", war(10)},
        {"Proportional", proportional},
        {"Gradual", gradual()},
        {"SoftGrudger", answers_with([](int) { return "DDDDCC"; })},
        {"ZDExtort2", last_move(1, 8.0 / 9.0, 1.0 / 2.0, 1.0 / 3.0, 0)},
        {"ZDExtort4", last_move(1, 14.0 / 17.0, 1.0 / 2.0, 4.0 / 17.0, 0)},
        {"ZDGTFT2", last_move(1, 1, 1.0 / 8.0, 1, 1.0 / 4.0)},
        {"Equaliser", last_move(1, 2.0 / 3.0, 0, 2.0 / 3.0, 1.0 / 3.0)},
        {"Bully", last_move(0, 0, 1, 0, 1)},
        {"Prober", prober},
        {"Tester", tester},
        {"Handshake", handshake},
        {"SlowTFT", slow},
        {"GradualKiller", gradual_killer},
        {"ReactiveTFT", last_move(1, 0.99, 0.01, 0.99, 0.01)},
    };
}

// Plays both readings side by side. `rival` gives the other side's move from our past; `lapses` are turns on which the
// other action than the intended one is carried out. Mixed moves fall as an irregular row of numbers says.
struct Played {
    std::string own, other;
};
Played side_by_side(const Automaton& a, const Definition& definition, const std::function<char(Past)>& rival, int turns,
                    const std::string& lapses = "") {
    Played out;
    int s = a.start;
    RandomStream random(9, 4);
    for (int t = 0; t < turns; ++t) {
        const AutomatonState& state = a.states[static_cast<std::size_t>(s)];
        EXPECT_NEAR(state.cooperate, definition(out.own, out.other), 1e-15)
            << a.name << ", move " << t + 1 << " after " << out.own << " against " << out.other;
        bool cooperates = random.uniform() < state.cooperate;
        if (static_cast<std::size_t>(t) < lapses.size() && lapses[static_cast<std::size_t>(t)] == 'x')
            cooperates = !cooperates;
        const char other = rival(out.own);
        out.own += cooperates ? 'C' : 'D';
        out.other += other;
        s = state.next[static_cast<std::size_t>(outcome_of(!cooperates, other == 'D'))];
        if (testing::Test::HasFailure()) return out;
    }
    return out;
}
std::function<char(Past)> row(const std::string& moves) {
    return [moves](Past own) { return moves[own.size() % moves.size()]; };
}
const std::string irregular = "CCDCDDCCCDDDCDCCDDCCCCDCDDDDCCDC";

TEST(PublishedStrategies, EachHasADefinition) {
    const auto list = definitions();
    EXPECT_EQ(list.size(), named_strategies().size());
    for (const NamedStrategy& named : named_strategies()) EXPECT_EQ(list.count(named.name), 1U) << named.name;
}

TEST(PublishedStrategies, EachPlaysItsFirstThirtyMovesAsItsSourceSays) {
    const std::map<std::string, std::function<char(Past)>> rivals = {
        {"ALLC", row("C")},
        {"ALLD", row("D")},
        {"TFT", [](Past own) { return own.empty() ? 'C' : own.back(); }},
        {"alternation", row("CD")},
        {"alternation that begins with D", row("DC")},
        {"an irregular row", row(irregular)}};
    for (const auto& [name, definition] : definitions()) {
        const Automaton a = *make_strategy(name, {});
        for (const auto& [rival, moves] : rivals) {
            SCOPED_TRACE(name + " against " + rival);
            side_by_side(a, definition, moves, 30);
        }
    }
}

// What a side does after its own lapse is part of a definition wherever both sides' moves are public.
TEST(PublishedStrategies, OwnLapsesAreAnsweredAsTheSourceSays) {
    const auto list = definitions();
    for (const char* name :
         {"ALLC", "ALLD", "TFT", "STFT", "TF2T", "2TFT", "HardTFT", "GRIM", "Trigger", "WSLS", "AON2", "CTFT", "War1",
          "War3", "War10", "Proportional", "Gradual", "SoftGrudger", "Bully"}) {
        for (const std::string& moves : {std::string("C"), irregular}) {
            SCOPED_TRACE(name);
            side_by_side(*make_strategy(name, {}), list.at(name), row(moves), 30, "..x....x.x.......xx");
        }
    }
}

TEST(PublishedStrategies, GradualAgainstALLD) {
    // One defection met, then four, ten and twenty-two.
    const Played p = side_by_side(*make_strategy("Gradual", {}), gradual(), row("D"), 30);
    EXPECT_EQ(p.own, "CDCCDDDDCCDDDDDDDDDDCCDDDDDDDD");
}
TEST(PublishedStrategies, CalmIsTwoCooperationsAndThenTheNextAnswer) {
    EXPECT_EQ(side_by_side(*make_strategy("SoftGrudger", {}), definitions().at("SoftGrudger"), row("D"), 14).own,
              "CDDDDCCDDDDCCD");
}
TEST(PublishedStrategies, APublicTriggerAnswersItsOwnLapse) {
    EXPECT_EQ(side_by_side(*make_strategy("War3", {}), war(3), row("C"), 8, "x").own, "DDDDCCCC");
}

// A count that stops at n is the original's for 2 n + 1 moves, whatever the other side does.
TEST(PublishedStrategies, GradualCountsFarEnough) {
    const Automaton exact = *make_strategy("Gradual", {});
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        RandomStream random(seed, 1);
        const double defects = 0.3 + 0.7 * random.uniform();
        side_by_side(
            exact, gradual(), [&](Past) { return random.uniform() < defects ? 'D' : 'C'; }, 2 * exact_count + 1);
    }
    EXPECT_EQ(counting_bound(20), exact_count);
    EXPECT_EQ(counting_bound(200), 100);
    EXPECT_EQ(counting_bound(1000000), most_count);
    const Automaton simulated = *make_strategy("Gradual", {}, {}, counting_bound(1000));
    const OutcomeCounts counts = simulate(simulated, *make_strategy("ALLD", {}), {}, 1000, 1, 0);
    // Answers of 1, 4, 10, 22, 46, 94, 190 and 382 moves, each after two cooperations, and the rest of one of 766.
    EXPECT_EQ(counts[outcome_cd], 1 + 2 * 8);
    EXPECT_EQ(counts[outcome_dd], 1000 - 17);
}

}  // namespace
}  // namespace detente::test
