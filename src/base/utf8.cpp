#include "base/utf8.h"

#include <array>

namespace detente {

Utf8Character utf8_at(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t k) {
        return at + k < text.size() ? static_cast<unsigned char>(text[at + k]) : 0U;
    };
    if (at >= text.size()) return {};
    const std::uint32_t first = byte(0);
    if (first < 0x80) return {first, 1};
    const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    std::uint32_t code = first & (0xFFU >> (size + 1));
    if (first < 0xC2 || first > 0xF4) return {};
    for (std::size_t k = 1; k < size; ++k) {
        if ((byte(k) & 0xC0U) != 0x80U) return {};
        code = (code << 6U) | (byte(k) & 0x3FU);
    }
    constexpr std::array<std::uint32_t, 5> least = {0, 0, 0x80, 0x800, 0x10000};  // shorter forms are no UTF-8
    if (code < least[size] || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return {};
    return {code, size};
}

}  // namespace detente
