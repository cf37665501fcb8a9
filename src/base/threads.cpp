#include "base/threads.h"

#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>
#include <thread>

namespace detente {

int usable_threads(int asked) {
    const int most = std::max(1, tbb::info::default_concurrency());
    return asked > 0 ? std::min(asked, most) : most;
}

void for_each_index(std::size_t count, int threads, const std::function<void(std::size_t k)>& act) {
    // The scheduler orders all of this already. It is compiled elsewhere, though, where ThreadSanitizer does not see
    // it: these two say the same in code that it sees, so that it is about our own data alone.
    std::atomic<std::size_t> begun{1}, done{0};
    tbb::task_arena arena(usable_threads(threads));
    arena.execute([&] {
        tbb::parallel_for(std::size_t{0}, count, [&](std::size_t k) {
            begun.load(std::memory_order_acquire);
            struct Done {
                std::atomic<std::size_t>& count;
                ~Done() { count.fetch_add(1, std::memory_order_release); }
            } const whatever_happens{done};
            act(k);
        });
    });
    done.load(std::memory_order_acquire);
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
