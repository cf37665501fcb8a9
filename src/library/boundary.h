// What every function of the public library passes through.
#pragma once

#include <utility>

namespace detente::library {

/// Throws the exception being handled as one of the public library.
[[noreturn]] void rethrow();

/// What `act` returns; the engine's errors become the public ones.
template <class Act>
decltype(auto) guarded(Act&& act) {
    try {
        return std::forward<Act>(act)();
    } catch (...) {
        rethrow();
    }
}

}  // namespace detente::library
