// Stopping on request: each case in a process of its own, for the flag is never lowered.
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>

#include "base/progress.h"
#include "equilibrium/model.h"
#include "support.h"

namespace detente::test {
namespace {

class Interrupts : public ::testing::Test {
protected:
    void SetUp() override { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

TEST_F(Interrupts, WhatDoesNotLookForThemEndsByItself) {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        EXPECT_EXIT(
            {
                catch_interrupts();
                std::raise(signal);
                while (true) ::pause();
            },
            ::testing::ExitedWithCode(128 + signal), "");
}

TEST_F(Interrupts, ASecondOneEndsTheProgram) {
    EXPECT_EXIT(
        {
            catch_interrupts();
            std::raise(SIGTERM);
            std::raise(SIGINT);
            _exit(0);
        },
        ::testing::ExitedWithCode(128 + SIGINT), "");
}

TEST_F(Interrupts, AnIgnoredHangupStaysIgnored) {
    EXPECT_EXIT(
        {
            std::signal(SIGHUP, SIG_IGN);
            catch_interrupts();
            std::raise(SIGHUP);
            _exit(interrupted() ? 1 : 0);
        },
        ::testing::ExitedWithCode(0), "");
}

TEST_F(Interrupts, ASolveStopsAtItsNextIteration) {
    EXPECT_EXIT(
        {
            const Calibration base = calibrate(toy_economy(), {});
            catch_interrupts();
            std::raise(SIGTERM);
            try {
                Shock shock;
                shock.tariff = TradeTensor(3, 2, 0.5);
                for (int i = 0; i < 3; ++i)
                    for (int s = 0; s < 2; ++s) shock.tariff(i, i, s) = 0.0;
                solve(base.world, shock);
                _exit(1);
            } catch (const Interrupted&) {
                _exit(7);
            }
        },
        ::testing::ExitedWithCode(7), "");
}

}  // namespace
}  // namespace detente::test
