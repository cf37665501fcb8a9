#include "progress_bar.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace detente::cli {

ProgressBar::ProgressBar() : terminal_(::isatty(STDERR_FILENO) != 0) {}

void ProgressBar::show(const JobProgress& progress) {
    if (!terminal_) return;
    const auto now = std::chrono::steady_clock::now();
    if (progress.what != what_ || progress.done == 0) {
        what_ = progress.what;
        began_ = drawn_ = now;
    }
    if (progress.done >= progress.total) return clear();
    using namespace std::chrono_literals;
    if (now - began_ < 1s || now - drawn_ < 100ms) return;
    drawn_ = now;
    visible_ = true;
    constexpr int width = 30;
    const int filled = std::min(width, width * progress.done / progress.total);
    const std::string bar =
        std::string(static_cast<std::size_t>(filled), '#') + std::string(static_cast<std::size_t>(width - filled), '.');
    std::fprintf(stderr, "\r\033[K%s [%s] %d of %d", what_.c_str(), bar.c_str(), progress.done, progress.total);
    std::fflush(stderr);
}

void ProgressBar::clear() {
    if (visible_) std::fprintf(stderr, "\r\033[K");
    visible_ = false;
}

}  // namespace detente::cli
