// Values on the command line: what is out of range, or no number at all, is refused and never clamped.
#pragma once

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <limits>
#include <string>
#include <type_traits>

#include "base/error.h"

namespace detente::cli {

/// The whole of a text as a number, finite and within its bounds (both included): neither empty, nor nan, nor with
/// anything behind it. The error says the bounds that there are.
template <typename Number>
CLI::Validator within(Number least, Number most) {
    return CLI::Validator(
        [least, most](const std::string& text) {
            Number value{};
            const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
            if (problem == std::errc{} && end == text.data() + text.size() && value >= least && value <= most)
                return std::string();
            const bool bounded =
                least != std::numeric_limits<Number>::lowest() || most != std::numeric_limits<Number>::max();
            return fmt::format("\"{}\" is not a {}{}", shown(text, 60),
                               std::is_integral_v<Number> ? "whole number"
                               : bounded                  ? "number"
                                                          : "finite number",
                               bounded ? fmt::format(" from {} to {}", least, most) : "");
        },
        "");
}

/// Any finite number.
inline CLI::Validator finite_number() {
    return within(std::numeric_limits<double>::lowest(), std::numeric_limits<double>::max());
}

/// A text that is not empty.
inline CLI::Validator not_empty() {
    return CLI::Validator([](const std::string& text) { return text.empty() ? "the value is empty" : std::string(); },
                          "");
}

}  // namespace detente::cli
