// Characters of UTF-8 (RFC 3629), below everything that shows or reads text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace detente {

/// A character of Unicode and the bytes that it takes.
struct Utf8Character {
    std::uint32_t code = 0;
    std::size_t size = 0;  ///< bytes; 0: they are no character
};

/// The character that begins at `at`. Forms that are longer than need be, surrogates and what lies beyond U+10FFFF are
/// none.
Utf8Character utf8_at(std::string_view text, std::size_t at);

}  // namespace detente
