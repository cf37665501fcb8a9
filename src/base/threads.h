// How many threads a call may use, and work on several at once.
#pragma once

#include <cstddef>
#include <functional>

#include "base/job.h"

namespace detente {

/// `asked` threads, or all for 0 and less, but never more than the machine lets this process use at once: others would
/// only wait.
int usable_threads(int asked);

/// Calls `act(k)` for every k below `count`, on up to `threads` threads at once (`usable_threads`), the caller's among
/// them, in any order. What an `act` throws ends the rest and is thrown from here.
void for_each_index(std::size_t count, int threads, const std::function<void(std::size_t k)>& act);

/// Calls `act`, which cannot look at a job (a third party's), in a thread of its own and waits for it; what it throws
/// is thrown from here. Where the job is cancelled meanwhile, throws `Interrupted` at once and leaves it to end by
/// itself: `act` must own whatever it uses.
void run_apart(const Job& job, std::function<void()> act);

}  // namespace detente
