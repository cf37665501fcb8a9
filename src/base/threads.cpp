#include "base/threads.h"

#include <sched.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <future>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace detente {

namespace {

// The processors that this process may run on, which can be fewer than the machine has.
int processors() {
#ifdef __linux__
    cpu_set_t allowed;
    if (::sched_getaffinity(0, sizeof allowed, &allowed) == 0) return CPU_COUNT(&allowed);
#endif
    return static_cast<int>(std::thread::hardware_concurrency());
}

}  // namespace

int usable_threads(int asked) {
    const int most = std::max(1, processors());
    return asked > 0 ? std::min(asked, most) : most;
}

void for_each_index(std::size_t count, int threads, const std::function<void(std::size_t k)>& act) {
    std::atomic<std::size_t> next{0};
    std::mutex mutex;
    std::exception_ptr failure;
    const auto work = [&] {
        for (std::size_t k = next++; k < count; k = next++) {
            try {
                act(k);
            } catch (...) {
                next = count;  // nobody begins another one
                const std::scoped_lock lock(mutex);
                if (!failure) failure = std::current_exception();
            }
        }
    };
    {
        const std::size_t workers = std::min(count, static_cast<std::size_t>(usable_threads(threads)));
        std::vector<std::jthread> others;
        others.reserve(workers);
        try {
            for (std::size_t k = 1; k < workers; ++k) others.emplace_back(work);
        } catch (const std::system_error&) {
            // No more threads are to be had: those that there are do it.
        }
        work();
    }
    if (failure) std::rethrow_exception(failure);
}

void run_apart(const Job& job, std::function<void()> act) {
    std::packaged_task<void()> task(std::move(act));
    std::future<void> done = task.get_future();
    std::thread(std::move(task)).detach();
    using namespace std::chrono_literals;
    while (done.wait_for(5ms) != std::future_status::ready) job.check();
    done.get();
}

}  // namespace detente
