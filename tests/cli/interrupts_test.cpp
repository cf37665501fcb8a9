// Signals become the end of a job: each case in a process of its own, which they may end.
#include "interrupts.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <thread>

#include "equilibrium/model.h"
#include "support.h"

namespace detente::test {
namespace {

using namespace std::chrono_literals;

class Interrupts : public ::testing::Test {
protected:
    void SetUp() override { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

void send(int signal) {
    ::kill(::getpid(), signal);
}

bool stops(const std::stop_token& token) {
    for (int k = 0; k < 500 && !token.stop_requested(); ++k) std::this_thread::sleep_for(1ms);
    return token.stop_requested();
}

TEST_F(Interrupts, WhatDoesNotLookForThemEndsByItself) {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        EXPECT_EXIT(
            {
                cli::catch_interrupts();
                send(signal);
                while (true) ::pause();
            },
            ::testing::ExitedWithCode(128 + signal), "");
}

TEST_F(Interrupts, ASecondOneEndsTheProgram) {
    EXPECT_EXIT(
        {
            const std::stop_token token = cli::catch_interrupts();
            send(SIGTERM);
            if (!stops(token)) _exit(1);
            const auto began = std::chrono::steady_clock::now();
            send(SIGINT);
            while (std::chrono::steady_clock::now() - began < 700ms) std::this_thread::sleep_for(1ms);
            _exit(0);
        },
        ::testing::ExitedWithCode(128 + SIGINT), "");
}

TEST_F(Interrupts, AnIgnoredHangupStaysIgnored) {
    EXPECT_EXIT(
        {
            std::signal(SIGHUP, SIG_IGN);
            const std::stop_token token = cli::catch_interrupts();
            send(SIGHUP);
            _exit(stops(token) ? 1 : 0);
        },
        ::testing::ExitedWithCode(0), "");
}

TEST_F(Interrupts, ASolveStopsAtItsNextIteration) {
    EXPECT_EXIT(
        {
            const Calibration base = calibrate(toy_economy(), {});
            SolverOptions options;
            options.job = Job(cli::catch_interrupts());
            send(SIGTERM);
            const auto began = std::chrono::steady_clock::now();
            try {
                while (std::chrono::steady_clock::now() - began < 700ms) solve(base.world, {}, options);
                _exit(1);
            } catch (const Interrupted&) {
                _exit(7);
            }
        },
        ::testing::ExitedWithCode(7), "");
}

}  // namespace
}  // namespace detente::test
