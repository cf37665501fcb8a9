// Progress on a terminal, and stopping on request.
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <string>

#include "base/job.h"

namespace detente {

/// A bar on standard error, drawn only where that is a terminal and only once a second has passed.
class Progress {
public:
    Progress(std::string what, int total, bool quiet);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    /// One more is done; safe from any thread.
    void advance();

private:
    void draw(int done);
    std::string what_;
    int total_;
    bool shown_;
    std::atomic<int> done_{0};
    std::chrono::steady_clock::time_point began_, drawn_;
    bool visible_ = false;
    std::mutex mutex_;
};

/// From here on, Ctrl-C (SIGINT), SIGTERM and SIGHUP (where it is not ignored, as under nohup) set the flag that
/// `interrupted` reads: searches stop, and what is finished is written. Whatever is still going on 0.9 seconds later,
/// and at a second signal, the program ends with status 128 and the signal's number; files are whole or not there all
/// the same.
void catch_interrupts();
bool interrupted();

}  // namespace detente
