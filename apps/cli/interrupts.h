// Stopping on request: Ctrl-C and its like as what a job is asked to stop by.
#pragma once

#include <stop_token>

namespace detente::cli {

/// From here on Ctrl-C (SIGINT), SIGTERM and SIGHUP (where it is not ignored, as under nohup) stop the token that is
/// given back: searches end, and what is finished is written. Whatever is still going on 0.9 seconds later, and at a
/// second signal, the program ends with status 128 and the signal's number; files are whole or not there all the same.
/// To be called once, before any other thread is started.
std::stop_token catch_interrupts();

}  // namespace detente::cli
