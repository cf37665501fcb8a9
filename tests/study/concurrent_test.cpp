// Several studies at once in one process: each gives what it gives alone, hears of its own steps, and ends by its own
// job. Built with ThreadSanitizer too (the preset tsan).
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "base/file.h"
#include "economy/economy_io.h"
#include "questions/built_in.h"
#include "report/results.h"
#include "support.h"

namespace detente::test {
namespace {

namespace fs = std::filesystem;

// Every kind of question, some with threads of their own.
const char* const questions = R"(
[[scenario]]
name = "rise"
tariff = [ { importer = "A", exporter = "B", add = 0.2 } ]
[[scenario]]
name = "fall"
tariff = [ { importer = "B", exporter = "A", scale = 0.5 } ]
[[optimal]]
name = "alone"
player = "A"
starts = 3
[[nash]]
name = "war"
players = ["A", "B"]
from = "rise"
[[talks]]
name = "deal"
players = ["A", "B"]
threat = "war"
frontier = 3
[[common_ground]]
name = "ground"
players = ["A", "B"]
from = "war"
settlement = "deal"
[[game]]
name = "shape"
players = ["A", "B"]
policies = ["deal", "war", "rise"]
cooperate = "deal"
war = "war"
[[relation]]
name = "relation"
players = ["A", "B"]
cooperate = "deal"
war = "war"
fidelity = 0.95
)";

class AtOnce : public ::testing::Test {
protected:
    void SetUp() override {
        write_economy(toy_economy(), folder / "toy.nc");
        for (const char* model : {"ricardian", "krugman"})
            put_file(study(model),
                     std::string("[economy]\npath = \"toy.nc\"\n[model]\nkind = \"") + model + "\"\n" + questions);
    }
    fs::path study(const std::string& model) const { return folder / (model + ".toml"); }

    // What a study gives, in every file; times stand in one of their own.
    std::string answer(const std::string& model, const std::string& out, const Job& job = {}) const {
        RunOptions options;
        options.threads = 2, options.job = job;
        const StudyResult result = run_study(read_study(study(model)), options);
        EXPECT_TRUE(result.complete());
        write_results(result, folder / out);
        std::string all;
        for (const char* file :
             {"results.json", "results.nc", "tables/regions.csv", "tables/sectors.csv", "tables/trade.csv"})
            all += read_bytes(folder / out / file);
        return all;
    }

    TemporaryFolder folder;
};

TEST_F(AtOnce, EachGivesWhatItGivesAlone) {
    const std::string alone[] = {answer("ricardian", "a"), answer("krugman", "b")};
    ASSERT_NE(alone[0], alone[1]);
    for (const int count : {2, 4}) {
        std::vector<std::string> together(static_cast<std::size_t>(count));
        std::vector<std::thread> threads;
        for (int k = 0; k < count; ++k)
            threads.emplace_back([&, k] {
                together[static_cast<std::size_t>(k)] =
                    answer(k % 2 == 0 ? "ricardian" : "krugman", "out" + std::to_string(k));
            });
        for (std::thread& thread : threads) thread.join();
        for (int k = 0; k < count; ++k) EXPECT_EQ(together[static_cast<std::size_t>(k)], alone[k % 2]) << k;
    }
}

TEST_F(AtOnce, EachHearsOfItsOwnSteps) {
    struct Heard {
        std::vector<std::string> what;
        int last = 0, total = 0;
        bool in_order = true;
    };
    Heard heard[2];
    const auto listen = [](Heard& h) {
        return Job({}, [&h](const JobProgress& progress) {
            if (progress.done == 0) h.what.push_back(progress.what);
            h.in_order = h.in_order && (progress.done == 0 || progress.done == h.last + 1);
            h.last = progress.done, h.total = progress.total;
        });
    };
    std::thread other([&] { answer("krugman", "b", listen(heard[1])); });
    answer("ricardian", "a", listen(heard[0]));
    other.join();
    for (const Heard& h : heard) {
        EXPECT_EQ(h.what, (std::vector<std::string>{"scenarios", "questions"}));
        EXPECT_TRUE(h.in_order);
        EXPECT_EQ(h.last, h.total);
    }
}

TEST_F(AtOnce, OneEndsByItsJobAndTheOtherGoesOn) {
    const std::string alone = answer("krugman", "alone");
    std::stop_source stop;
    std::atomic<bool> ended{false};
    const Job job(stop.get_token(), [&](const JobProgress& progress) {
        if (progress.what == "questions" && progress.done == 1) stop.request_stop();
    });
    std::thread cancelled([&] {
        RunOptions options;
        options.threads = 2, options.job = job;
        const StudyResult result = run_study(read_study(study("ricardian")), options);
        // What was finished by then stays.
        EXPECT_FALSE(result.complete());
        EXPECT_TRUE(result.any_answer());
        ended = true;
    });
    EXPECT_EQ(answer("krugman", "b"), alone);
    cancelled.join();
    EXPECT_TRUE(ended);
}

}  // namespace
}  // namespace detente::test
