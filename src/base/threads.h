// How many threads this process may use.
#pragma once

namespace detente {

/// `asked` threads, or all for 0 and less, but never more than the machine lets this process use at once: others would
/// only wait, and the scheduler warns of them.
int usable_threads(int asked);

}  // namespace detente
