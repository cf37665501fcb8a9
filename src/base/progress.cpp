#include "base/progress.h"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>

namespace detente {
namespace {

volatile std::sig_atomic_t interrupt_flag = 0;

extern "C" void on_interrupt(int) {
    if (interrupt_flag != 0) _exit(130);
    interrupt_flag = 1;
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
    std::signal(SIGINT, on_interrupt);
    std::signal(SIGTERM, on_interrupt);
}

bool interrupted() {
    return interrupt_flag != 0;
}

}  // namespace detente
