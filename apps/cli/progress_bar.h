// How far a command is, on a terminal.
#pragma once

#include <chrono>
#include <string>

#include "base/job.h"

namespace detente::cli {

/// A bar on standard error, drawn only where that is a terminal, and of each piece of work only once a second has
/// passed; gone when that work is done.
class ProgressBar {
public:
    ProgressBar();
    ~ProgressBar() { clear(); }
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;
    /// One call at a time.
    void show(const JobProgress& progress);

private:
    void clear();
    bool terminal_, visible_ = false;
    std::string what_;
    std::chrono::steady_clock::time_point began_, drawn_;
};

}  // namespace detente::cli
