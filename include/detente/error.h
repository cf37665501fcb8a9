// Errors: one exception type, one line for a person, and the same line in its parts for a program.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include "detente/export.h"

namespace detente {
DETENTE_V1_BEGIN
/// What went wrong. The command `detente` ends with these numbers as its status.
enum class ErrorKind {
    input = 1,      ///< names, numbers, a study or data are wrong; the caller can act on it
    solve = 2,      ///< an equilibrium, a search or its certificate failed
    file = 3,       ///< a file could not be read or written
    cancelled = 4,  ///< a `Job` was asked to stop before there was an answer
};

/// Every function of the library that fails throws this and nothing else (but `std::bad_alloc` where memory ends).
/// `what()` is the whole message on one line: `file:line: key: problem (found: ...; expected: ...); did you mean
/// "..."?`. What is not known is empty (a line: 0).
class DETENTE_PUBLIC Error : public std::runtime_error {
public:
    /// The parts of a message.
    struct Parts {
        ErrorKind kind = ErrorKind::input;
        std::string file;      ///< or the name of a source in memory
        int line = 0;          ///< from 1; 0: none
        std::string key;       ///< of a study, or the argument of a call: "importer"
        std::string problem;   ///< without place, found and expected
        std::string found;     ///< what stood there
        std::string expected;  ///< what can stand there
        std::string nearest;   ///< the valid name nearest to a misspelt one
    };

    Error(const std::string& message, Parts parts);
    Error(const Error&) noexcept;
    Error& operator=(const Error&) noexcept;
    ~Error() override;

    ErrorKind kind() const noexcept;               ///< what went wrong
    const std::string& file() const noexcept;      ///< or the name of a source in memory
    int line() const noexcept;                     ///< from 1; 0: none
    const std::string& key() const noexcept;       ///< of a study, or the argument of a call
    const std::string& problem() const noexcept;   ///< without place, found and expected
    const std::string& found() const noexcept;     ///< what stood there
    const std::string& expected() const noexcept;  ///< what can stand there
    const std::string& nearest() const noexcept;   ///< the valid name nearest to a misspelt one

private:
    std::shared_ptr<const Parts> parts_;
};

DETENTE_V1_END
}  // namespace detente
