#include "base/threads.h"

#include <tbb/info.h>

#include <algorithm>

namespace detente {

int usable_threads(int asked) {
    const int most = std::max(1, tbb::info::default_concurrency());
    return asked > 0 ? std::min(asked, most) : most;
}

}  // namespace detente
