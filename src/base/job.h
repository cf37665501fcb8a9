// What a long call looks at while it works: whether to stop, and whom to tell how far it is.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>

#include "base/error.h"

namespace detente {

/// Thrown out of a call whose job was cancelled; what was finished before stays.
class Interrupted : public Error {
public:
    explicit Interrupted(const std::string& message = "interrupted before it was answered")
        : Error(ErrorKind::solve, message) {}
};

/// How far a call is: `done` of `total` of `what` ("scenarios").
struct JobProgress {
    std::string what;
    int done = 0, total = 0;
};

/// Handed down through every call that can be long, by value: a copy costs no more than counting it. The default is
/// never cancelled and tells nobody. Calls of different jobs know nothing of each other.
class Job {
public:
    using Report = std::function<void(const JobProgress&)>;

    Job() = default;
    /// Cancelled when `stop` is asked to. `report` hears of every step, from any thread and one call at a time; it must
    /// not throw, and does not run longer than whoever waits for the job likes to wait.
    explicit Job(std::stop_token stop, Report report = {});

    /// Whether it was asked to end.
    bool cancelled() const noexcept { return stop_.stop_requested(); }
    /// Throws `Interrupted` once the job is cancelled.
    void check() const {
        if (cancelled()) throw Interrupted();
    }
    /// The same job for a part of the work whose steps nobody needs to hear of.
    Job silent() const { return Job(stop_); }

private:
    friend class JobSteps;
    struct Listener {
        std::mutex mutex;
        Report report;
    };
    std::stop_token stop_;
    std::shared_ptr<Listener> listener_;
};

/// The steps of one piece of work, counted from any thread. The job hears of it when it begins, and of every step.
class JobSteps {
public:
    JobSteps(const Job& job, std::string what, int total);
    JobSteps(const JobSteps&) = delete;
    JobSteps& operator=(const JobSteps&) = delete;
    /// One more is done.
    void advance();

private:
    std::shared_ptr<Job::Listener> listener_;
    JobProgress progress_;
};

}  // namespace detente
