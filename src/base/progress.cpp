#include "base/progress.h"

#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>

namespace detente {
namespace {

// The signal that asked to stop; read by every thread.
std::atomic<int> interrupt_signal{0};
static_assert(std::atomic<int>::is_always_lock_free);

extern "C" void on_interrupt(int signal) {
    int none = 0;
    if (!interrupt_signal.compare_exchange_strong(none, signal)) _exit(128 + signal);
    // A solve that does not look at the flag, or writing to a reader that does not read, ends all the same.
    itimerval deadline{};
    deadline.it_value.tv_usec = 900000;
    ::setitimer(ITIMER_REAL, &deadline, nullptr);
}

extern "C" void on_deadline(int) {
    _exit(128 + interrupt_signal.load());
}

void on_signal(int signal, void (*act)(int)) {
    struct sigaction action = {};
    action.sa_handler = act;
    action.sa_flags = SA_RESTART;
    ::sigaction(signal, &action, nullptr);
}

}  // namespace

Progress::Progress(std::string what, int total, bool quiet)
    : what_(std::move(what)),
      total_(total),
      shown_(!quiet && ::isatty(STDERR_FILENO) != 0),
      began_(std::chrono::steady_clock::now()),
      drawn_(began_) {}

Progress::~Progress() {
    if (visible_) std::fprintf(stderr, "\r\033[K");
}

void Progress::advance() {
    const int done = ++done_;
    if (!shown_) return;
    const std::scoped_lock lock(mutex_);
    const auto now = std::chrono::steady_clock::now();
    using namespace std::chrono_literals;
    if (now - began_ < 1s || now - drawn_ < 100ms) return;
    drawn_ = now;
    draw(done);
}

void Progress::draw(int done) {
    constexpr int width = 30;
    const int filled = total_ > 0 ? std::min(width, width * done / total_) : 0;
    const std::string bar =
        std::string(static_cast<std::size_t>(filled), '#') + std::string(static_cast<std::size_t>(width - filled), '.');
    std::fprintf(stderr, "\r\033[K%s [%s] %d of %d", what_.c_str(), bar.c_str(), done, total_);
    std::fflush(stderr);
    visible_ = true;
}

void catch_interrupts() {
    on_signal(SIGALRM, on_deadline);
    on_signal(SIGINT, on_interrupt);
    on_signal(SIGTERM, on_interrupt);
    struct sigaction hangup = {};
    ::sigaction(SIGHUP, nullptr, &hangup);
    if (hangup.sa_handler != SIG_IGN) on_signal(SIGHUP, on_interrupt);
}

bool interrupted() {
    return interrupt_signal.load(std::memory_order_relaxed) != 0;
}

}  // namespace detente
