// How calls leave Python: without its lock, with Ctrl-C and progress where they can be long.
#pragma once

#include <nanobind/nanobind.h>
#include "detente/job.h"

#include <chrono>
#include <future>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

namespace detente::python {
namespace nb = nanobind;

/// What `act` returns, computed without Python's lock.
template <class Act>
auto released(Act&& act) {
    nb::gil_scoped_release release;
    return std::forward<Act>(act)();
}

/// Whether Python handles signals in this thread.
bool in_main_thread();

/// What stops the calls of this thread, where somebody else can ask for it (a sweep for its workers).
std::stop_token& stop_of_thread();

/// The latest step of a call, from whichever thread did it, until somebody tells it.
class LatestStep {
public:
    /// From any thread.
    void put(const Progress& step) {
        const std::lock_guard lock(mutex_);
        step_ = step;
    }
    /// Once each, nothing where there is no new one.
    std::optional<Progress> take() {
        const std::lock_guard lock(mutex_);
        return std::exchange(step_, std::nullopt);
    }

private:
    std::mutex mutex_;
    std::optional<Progress> step_;
};

/// What `act(job)` returns. In Python's main thread, or with somebody to tell, the work is done by a thread of its own
/// while this one looks for signals and tells `progress(what, done, total)`; an exception of either stops the work and
/// is thrown once it has ended. Elsewhere there are no signals to look for.
template <class Act>
auto interruptible(const nb::object& progress, Act&& act) {
    if (progress.is_none() && !in_main_thread()) return released([&] { return act(Job{stop_of_thread(), {}}); });
    constexpr auto pause = std::chrono::milliseconds(50);
    std::stop_source stop;
    const std::stop_callback passed_on(stop_of_thread(), [&] { stop.request_stop(); });
    const auto steps = std::make_shared<LatestStep>();
    Job job{stop.get_token(), {}};
    if (!progress.is_none()) job.progress = [steps](const Progress& step) { steps->put(step); };
    std::future<decltype(act(job))> answer = std::async(std::launch::async, [&] { return act(job); });
    const auto wait = [&](auto&& how_long) {
        nb::gil_scoped_release release;
        return answer.wait_for(how_long) == std::future_status::ready;
    };
    try {
        for (bool ready = wait(pause);; ready = wait(pause)) {
            if (PyErr_CheckSignals() != 0) throw nb::python_error();
            if (const auto step = steps->take()) progress(step->what, step->done, step->total);
            if (ready) break;
        }
    } catch (...) {
        stop.request_stop();
        nb::gil_scoped_release release;
        answer.wait();
        throw;
    }
    return answer.get();
}

}  // namespace detente::python
