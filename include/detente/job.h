// Stopping a call from another thread, and hearing how far it is.
#pragma once

#include <functional>
#include <stop_token>
#include <string>

#include "detente/export.h"

namespace detente {
DETENTE_V1_BEGIN
/// How far a call is: `done` of `total` of `what` ("scenarios", "questions").
struct Progress {
    std::string what;
    int done = 0, total = 0;
};

/// Handed to calls that can be long. Calls with different jobs run side by side in one process and know nothing of
/// each other. The default never stops and tells nobody.
///
///     std::stop_source stop;
///     detente::Job job{stop.get_token(), [](const detente::Progress& p) { ... }};
struct Job {
    /// Once it is asked to stop, the call ends within a tenth of a second with an error of kind `cancelled`; a
    /// study returns what it has answered by then.
    std::stop_token stop = {};
    /// Called after every step, one call at a time, from whichever thread did it; must not throw.
    std::function<void(const Progress&)> progress = {};
};

DETENTE_V1_END
}  // namespace detente
