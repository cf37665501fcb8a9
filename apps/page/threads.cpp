// base/threads.h where there is one thread: a worker of a browser.
#include "base/threads.h"

namespace detente {

int usable_threads(int) {
    return 1;
}

void for_each_index(std::size_t count, int, const std::function<void(std::size_t k)>& act) {
    for (std::size_t k = 0; k < count; ++k) act(k);
}

void run_apart(const Job& job, std::function<void()> act) {
    job.check();
    act();
}

}  // namespace detente
