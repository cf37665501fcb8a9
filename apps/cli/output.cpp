#include "output.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstring>

#include "base/error.h"

namespace detente::cli {
namespace {

// The whole text as a number of this kind, or nothing.
template <class Number>
std::optional<Number> whole_text(const std::string& text) {
    const char* begin = text.data() + (text.rfind('+', 0) == 0 ? 1 : 0);
    const char* end = text.data() + text.size();
    Number value{};
    const auto [stopped, error] = std::from_chars(begin, end, value);
    if (error != std::errc() || stopped != end || begin == end) return std::nullopt;
    return value;
}

}  // namespace

void print(const std::string& text) {
    errno = 0;
    const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
    if (written && std::fflush(stdout) == 0) return;
    throw_file("standard output", std::string("cannot be written: ") + std::strerror(errno));
}

void prepare_standard_streams() {
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(descriptor, F_GETFD) >= 0 || errno != EBADF) continue;
        // The lowest free number is taken: this one. Read only, so that writing there is still an error.
        if (::open("/dev/null", O_RDONLY) != descriptor) return;
    }
    std::signal(SIGPIPE, SIG_IGN);
}

CLI::Validator number_between(double low, double high) {
    const double largest = std::numeric_limits<double>::max();
    const std::string range = low == -largest && high == largest ? "a finite number"
                              : high == largest                  ? fmt::format("a number from {:g}", low)
                              : low == -largest                  ? fmt::format("a number up to {:g}", high)
                                                                 : fmt::format("a number from {:g} to {:g}", low, high);
    return CLI::Validator(
        [=](const std::string& text) {
            const auto value = whole_text<double>(text);
            const bool good = value && std::isfinite(*value) && *value >= low && *value <= high;
            return good ? std::string() : fmt::format("\"{}\" is not {}", shown(text), range);
        },
        "");
}

CLI::Validator whole_between(long long low, long long high) {
    return CLI::Validator(
        [=](const std::string& text) {
            const auto value = whole_text<long long>(text);
            const bool good = value && *value >= low && *value <= high;
            return good ? std::string()
                        : fmt::format("\"{}\" is not a whole number from {} to {}", shown(text), low, high);
        },
        "");
}

CLI::Validator not_empty() {
    return CLI::Validator([](const std::string& text) { return text.empty() ? "the value is empty" : std::string(); },
                          "");
}

}  // namespace detente::cli
