#include "base/job.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace detente::test {
namespace {

TEST(Job, IsNeverCancelledByDefault) {
    const Job job;
    EXPECT_FALSE(job.cancelled());
    EXPECT_NO_THROW(job.check());
    JobSteps steps(job, "nothing", 2);
    EXPECT_NO_THROW(steps.advance());
}

TEST(Job, EndsWithItsSourceAndNoOther) {
    std::stop_source one, other;
    const Job job(one.get_token()), copy = job;
    other.request_stop();
    EXPECT_FALSE(copy.cancelled());
    one.request_stop();
    EXPECT_TRUE(copy.cancelled());
    EXPECT_THROW(job.check(), Interrupted);
    EXPECT_TRUE(job.silent().cancelled());
}

TEST(Job, HearsOfEveryStepOneCallAtATime) {
    std::vector<int> done;
    std::atomic<int> inside{0};
    bool alone = true;
    const Job job({}, [&](const JobProgress& progress) {
        alone = alone && ++inside == 1;
        EXPECT_EQ(progress.what, "scenarios");
        EXPECT_EQ(progress.total, 400);
        done.push_back(progress.done);
        --inside;
    });
    JobSteps steps(job, "scenarios", 400);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int k = 0; k < 100; ++k) steps.advance();
        });
    for (std::thread& thread : threads) thread.join();
    ASSERT_EQ(done.size(), 401U);
    for (std::size_t k = 0; k < done.size(); ++k) EXPECT_EQ(done[k], static_cast<int>(k));
    EXPECT_TRUE(alone);
}

TEST(Job, ASilentOneTellsNobody) {
    int heard = 0;
    const Job job({}, [&](const JobProgress&) { ++heard; });
    JobSteps steps(job.silent(), "scenarios", 1);
    steps.advance();
    EXPECT_EQ(heard, 0);
}

}  // namespace
}  // namespace detente::test
