// Automata: the catalogue, the smallest form, and the file.
#include <gtest/gtest.h>

#include "relation/automaton.h"
#include "relation/play.h"
#include "relation/strategies.h"
#include "support.h"

namespace detente::test {
namespace {

// The moves of a strategy without noise against a given sequence ("CCD").
std::string moves(const std::string& name, const std::string& against) {
    const Automaton a = *make_strategy(name, {});
    std::string out;
    int s = a.start;
    for (const char other : against) {
        const AutomatonState& state = a.states[static_cast<std::size_t>(s)];
        EXPECT_TRUE(state.cooperate == 0.0 || state.cooperate == 1.0) << name;
        const bool defects = state.cooperate == 0.0;
        out += defects ? 'D' : 'C';
        s = state.next[static_cast<std::size_t>(outcome_of(defects, other == 'D'))];
    }
    return out;
}

TEST(NamedStrategies, HasMoreThanThirtyStrategiesEachWithASource) {
    EXPECT_GT(named_strategies().size(), 30U);
    for (const NamedStrategy& row : named_strategies()) {
        EXPECT_FALSE(row.source.empty()) << row.name;
        const auto made = make_strategy(row.name, {});
        ASSERT_TRUE(made) << row.name;
        EXPECT_EQ(made->name, row.name);
        EXPECT_NO_THROW(check_automaton(*made)) << row.name;
    }
}
TEST(NamedStrategies, UnknownNameGetsTheNearest) {
    expect_error(ErrorKind::input, {"did you mean \"GRIM\""}, [] { make_strategy("GRMI", {}); });
}
TEST(NamedStrategies, StrategiesThatNeedADilemmaAreMissingElsewhere) {
    DilemmaPayoffs harmony;  // cooperation dominates
    harmony.own = {5.0, 3.0, 1.0, 0.0};
    harmony.other = {5.0, 1.0, 3.0, 0.0};
    EXPECT_FALSE(make_strategy("GTFT", harmony));
    EXPECT_TRUE(make_strategy("TFT", harmony));
    DilemmaPayoffs flat;  // nothing matters
    flat.own = flat.other = {1.0, 1.0, 1.0, 1.0};
    for (const char* name : {"GTFT", "ZDExtort2", "ZDGTFT2", "Equaliser"})
        EXPECT_FALSE(make_strategy(name, flat)) << name;
}

TEST(NamedStrategies, PlaysAsItsSourcesSay) {
    EXPECT_EQ(moves("TFT", "CDDCC"), "CCDDC");
    EXPECT_EQ(moves("TF2T", "DCDDDCC"), "CCCCDDC");
    EXPECT_EQ(moves("2TFT", "DCCCC"), "CDDCC");
    EXPECT_EQ(moves("HardTFT", "DCCCC"), "CDDDC");
    EXPECT_EQ(moves("WSLS", "DDCCC"), "CDCCC");
    EXPECT_EQ(moves("GRIM", "CDCCC"), "CCDDD");
    EXPECT_EQ(moves("War3", "DCCCC"), "CDDDC");
    EXPECT_EQ(moves("SoftGrudger", "DCCCCCCC"), "CDDDDCCC");
    EXPECT_EQ(moves("Proportional", "DDCCC"), "CDDCC");
    EXPECT_EQ(moves("Handshake", "CDCDC"), "CDCCC");
    EXPECT_EQ(moves("Handshake", "CCCCC"), "CDDDD");
    EXPECT_EQ(moves("SlowTFT", "DDCDCC"), "CCDDDD");
    EXPECT_EQ(moves("Prober", "CCCCC"), "DCCDD");
    EXPECT_EQ(moves("Prober", "CDCCD"), "DCCCC");
    EXPECT_EQ(moves("Tester", "CCCCCC"), "DCCDCD");
    EXPECT_EQ(moves("Tester", "CDCDC"), "DCCCD");
    EXPECT_EQ(moves("GradualKiller", "CCCCCDDCC"), "DDDDDCCDD");
    EXPECT_EQ(moves("GradualKiller", "DDDDDCDDD"), "DDDDDCCCC");
    // One provocation: one answer and CC; a second: two answers and CC.
    EXPECT_EQ(moves("Gradual", "DCCCDCCCCC"), "CDCCCDDCCC");
    EXPECT_EQ(moves("AON2", "DDDCC"), "CDDCC");
}

TEST(Minimised, MergesWhatNoFutureTellsApart) {
    EXPECT_EQ(memory_one("x", 1, {1, 1, 1, 1}).size(), 1);
    EXPECT_EQ(memory_one("x", 1, {1, 0, 1, 0}).size(), 2);
    EXPECT_EQ(memory_one("x", 0.5, {0.1, 0.2, 0.3, 0.4}).size(), 5);
}
TEST(Minimised, PlaysTheSame) {
    Automaton large;  // tit-for-tat written with the four outcomes as states, and one that is never reached
    const std::array<int, 4> next{0, 1, 2, 3};
    large.states = {{"CC", 1, next}, {"CD", 0, next}, {"DC", 1, next}, {"DD", 0, next}, {"far", 0.5, {4, 4, 4, 4}}};
    const Automaton small = minimised(large), rival = *make_strategy("FirmButFair", {});
    EXPECT_EQ(small.size(), 2);
    const OutcomeShares a = play(small, rival, {0.1, 0.1, 0.0, 0.0}), b = play(large, rival, {0.1, 0.1, 0.0, 0.0});
    for (std::size_t k = 0; k < 4; ++k) EXPECT_NEAR(a[k], b[k], 1e-14);
}

TEST(StrategyFile, ReadsBothForms) {
    const TemporaryFolder folder;
    put_file(folder / "s.toml",
             "[[strategy]]\nname = \"mine\"\nfirst = 1\nafter = { CC = 1, CD = 0, DC = 1, DD = 0 }\n"
             "[[strategy]]\nname = \"patient\"\nsource = \"me\"\nstart = \"peace\"\n"
             "[[strategy.state]]\nname = \"war\"\ncooperate = 0\n"
             "next = { CC = \"peace\", CD = \"war\", DC = \"peace\", DD = \"war\" }\n"
             "[[strategy.state]]\nname = \"peace\"\ncooperate = 1.0\n"
             "next = { CC = \"peace\", CD = \"war\", DC = \"peace\", DD = \"war\" }\n");
    const auto list = read_strategies(folder / "s.toml");
    ASSERT_EQ(list.size(), 2U);
    EXPECT_EQ(list[1].source, "me");
    for (const Automaton& a : list) {
        const Automaton tft = *make_strategy("TFT", {});
        ASSERT_EQ(a.size(), 2);
        for (std::size_t s = 0; s < 2; ++s) {
            EXPECT_EQ(a.states[s].cooperate, tft.states[s].cooperate);
            EXPECT_EQ(a.states[s].next, tft.states[s].next);
        }
    }
}

struct BadFile {
    std::string name, text;
    std::vector<std::string> parts;
};
const std::string head = "[[strategy]]\nname = \"x\"\n";
const std::string state_head = head + "[[strategy.state]]\nname = \"a\"\ncooperate = 1\n";

class BadStrategyFile : public testing::TestWithParam<BadFile> {};
TEST_P(BadStrategyFile, IsNamedWithFileLineAndKey) {
    const TemporaryFolder folder;
    put_file(folder / "s.toml", GetParam().text);
    try {
        read_strategies(folder / "s.toml");
        FAIL() << "no error was thrown";
    } catch (const Error& error) {
        const std::string text = error.what();
        EXPECT_EQ(error.kind(), ErrorKind::input);
        EXPECT_EQ(text.find('\n'), std::string::npos);
        for (const std::string& part : GetParam().parts) EXPECT_NE(text.find(part), std::string::npos) << text;
    }
}
INSTANTIATE_TEST_SUITE_P(
    Files, BadStrategyFile,
    testing::Values(BadFile{"MissingTransition",
                            state_head + "next = { CC = \"a\", CD = \"a\", DC = \"a\" }\n",
                            {"s.toml:6", "strategy.state.next.DD", "missing"}},
                    BadFile{"UnknownState",
                            state_head + "next = { CC = \"a\", CD = \"b\", DC = \"a\", DD = \"a\" }\n",
                            {"s.toml:6", "strategy.state.next.CD", "unknown state (found: \"b\""}},
                    BadFile{"ChanceAboveOne",
                            head + "first = 1.5\nafter = { CC = 1, CD = 0, DC = 1, DD = 0 }\n",
                            {"s.toml:3", "strategy.first", "not a probability", "1.5"}},
                    BadFile{"NegativeChance",
                            head + "first = 1\nafter = { CC = 1, CD = -0.1, DC = 1, DD = 0 }\n",
                            {"s.toml:4", "strategy.after.CD", "-0.1"}},
                    BadFile{"NoPlay", head, {"s.toml:1", "no play is given"}},
                    BadFile{"NoTransitions", state_head, {"s.toml:3", "strategy.state.next", "missing"}},
                    BadFile{"UnknownStart",
                            head + "start = \"b\"\n[[strategy.state]]\nname = \"a\"\ncooperate = 1\nnext = { CC = "
                                   "\"a\", CD = \"a\", DC = \"a\", DD = \"a\" }\n",
                            {"s.toml:3", "strategy.start", "unknown state (found: \"b\""}},
                    BadFile{"UnknownKey",
                            head + "first = 1\nafter = { CC = 1, CD = 0, DC = 1, DD = 0 }\nfrist = 2\n",
                            {"s.toml:5", "frist", "did you mean \"first\""}},
                    BadFile{"UnknownOutcome",
                            head + "first = 1\nafter = { CC = 1, CD = 0, DC = 1, DD = 0, EE = 1 }\n",
                            {"s.toml:4", "EE"}},
                    BadFile{"RepeatedName",
                            head + "first = 1\nafter = { CC = 1, CD = 0, DC = 1, DD = 0 }\n" + head +
                                "first = 1\nafter = { CC = 1, CD = 0, DC = 1, DD = 0 }\n",
                            {"s.toml:6", "repeated strategy"}},
                    BadFile{"RepeatedState",
                            state_head + "next = { CC = \"a\", CD = \"a\", DC = \"a\", DD = \"a\" "
                                         "}\n[[strategy.state]]\nname = \"a\"\ncooperate = 1\n",
                            {"s.toml:8", "repeated state"}},
                    BadFile{"WrongKind", "strategy = 3\n", {"s.toml:1", "strategy", "a list of tables"}},
                    BadFile{"Empty", "", {"s.toml", "no [[strategy]]"}},
                    BadFile{"NotToml", "[[strategy\n", {"s.toml:1", "not valid TOML"}}),
    [](const auto& tested) { return tested.param.name; });

}  // namespace
}  // namespace detente::test
