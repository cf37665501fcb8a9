#include "interrupts.h"

#include <pthread.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <thread>

namespace detente::cli {
namespace {

using Clock = std::chrono::steady_clock;

// Waits for the first signal, and then for a second one or the end of the time that work has to end by itself. In a
// thread of its own: what a handler may do is next to nothing, and asking a job to stop is more.
[[noreturn]] void watch(const sigset_t& signals, std::stop_source stop) {
    int first = 0;
    while (::sigwait(&signals, &first) != 0) continue;
    stop.request_stop();
    using namespace std::chrono_literals;
    const auto end = Clock::now() + 900ms;
    int second = -1;
    for (auto left = end - Clock::now(); second < 0 && left > 0ns; left = end - Clock::now()) {
        const std::timespec wait{0, static_cast<long>(std::chrono::nanoseconds(left).count())};
        second = ::sigtimedwait(&signals, nullptr, &wait);
    }
    ::_exit(128 + (second > 0 ? second : first));
}

}  // namespace

std::stop_token catch_interrupts() {
    sigset_t signals;
    ::sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction action = {};
        ::sigaction(signal, nullptr, &action);
        if (signal == SIGHUP && action.sa_handler == SIG_IGN) continue;
        action.sa_handler = SIG_DFL;  // an ignored one would never be seen
        ::sigaction(signal, &action, nullptr);
        ::sigaddset(&signals, signal);
    }
    // Blocked in this thread and all that it starts: only who waits for them sees them.
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    const std::stop_source stop;
    std::thread(watch, signals, stop).detach();
    return stop.get_token();
}

}  // namespace detente::cli
