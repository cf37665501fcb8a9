#include "base/job.h"

namespace detente {

Job::Job(std::stop_token stop, Report report) : stop_(std::move(stop)) {
    if (report) {
        listener_ = std::make_shared<Listener>();
        listener_->report = std::move(report);
    }
}

JobSteps::JobSteps(const Job& job, std::string what, int total)
    : listener_(job.listener_), progress_{std::move(what), 0, total} {
    if (!listener_) return;
    const std::scoped_lock lock(listener_->mutex);
    listener_->report(progress_);
}

void JobSteps::advance() {
    if (!listener_) return;
    const std::scoped_lock lock(listener_->mutex);
    ++progress_.done;
    listener_->report(progress_);
}

}  // namespace detente
