// Errors as values at the boundary: one exception type, one line a person can act on.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace detente {

/// What went wrong, by the exit status the command line gives it.
enum class ErrorKind {
    input = 1,  ///< the study, the data or the command line is wrong
    solve = 2,  ///< an equilibrium or its certificate failed
    file = 3,   ///< a file could not be read or written
};

/// Where in an input something was found; empty and zero fields are left out of the message.
struct Place {
    std::string file;
    int line = 0;
    std::string key;
};

/// `file:line: key: problem (found: ...; expected: ...; did you mean "..."?)`, empty parts left out.
struct InputProblem {
    Place place;
    std::string problem;
    std::string found;
    std::string expected;
    std::string nearest;
};

/// The one exception of the library. `what()` is a single line for a person.
class Error : public std::runtime_error {
public:
    /// `placed`: the message says in which file.
    Error(ErrorKind kind, const std::string& message, bool placed = false)
        : std::runtime_error(message), kind_(kind), placed_(placed) {}
    Error(ErrorKind kind, const std::string& message, bool placed, InputProblem problem)
        : std::runtime_error(message),
          kind_(kind),
          placed_(placed),
          problem_(std::make_shared<const InputProblem>(std::move(problem))) {}
    ErrorKind kind() const noexcept { return kind_; }
    bool placed() const noexcept { return placed_; }
    int exit_status() const noexcept { return static_cast<int>(kind_); }
    /// The message in its parts; null where it was never more than a sentence.
    const InputProblem* problem() const noexcept { return problem_.get(); }

private:
    ErrorKind kind_;
    bool placed_;
    std::shared_ptr<const InputProblem> problem_;
};

/// Input is wrong: throws `Error` of kind `input` with every part of the problem on one line.
[[noreturn]] void throw_input(const InputProblem& problem);
/// Input is wrong in a way that needs no more than a place and a sentence.
[[noreturn]] void throw_input(const Place& place, const std::string& problem);
/// A file could not be read or written: throws `Error` of kind `file`.
[[noreturn]] void throw_file(const std::string& path, const std::string& problem);

/// Throws the error being handled again; an input error whose message names no file gets `place` in front.
[[noreturn]] void rethrow_at(const Place& place, const Error& error);

/// What `act` returns. Input errors of calls deep down, which know no file, get the place where a person can act.
template <class Act>
decltype(auto) at_place(const Place& place, Act&& act) {
    try {
        return std::forward<Act>(act)();
    } catch (const Error& error) {
        rethrow_at(place, error);
    }
}

/// Text of an input as a message shows it: on one line, control characters and bytes that are no UTF-8 as escapes,
/// and cut after `most` characters.
std::string shown(const std::string& text, std::size_t most = 100);

/// The name in `candidates` closest to `name` (optimal string alignment distance, case-insensitive),
/// or "" where none is close enough to be a likely slip.
std::string nearest_name(const std::string& name, const std::vector<std::string>& candidates);

/// Name not found: throws with the nearest candidate and, where the list is short, the whole list.
[[noreturn]] void throw_unknown_name(const Place& place, const std::string& kind, const std::string& name,
                                     const std::vector<std::string>& candidates);

}  // namespace detente
