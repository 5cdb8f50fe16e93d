// One character of UTF-8. In: bytes. Out: how many of them are its first character.
#pragma once

#include <cstddef>

namespace preempt::csv {

/// Length of the character at the start of `text`; 0: none begins here that is whole and well-formed (Unicode
/// 15, table 3-7).
inline std::size_t character_size(const unsigned char* text, std::size_t size) {
    const unsigned lead = text[0];
    if (lead < 0x80) return 1;
    unsigned low = 0x80, high = 0xBF;
    std::size_t length = 0;
    if (lead >= 0xC2 && lead <= 0xDF) {
        length = 2;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        length = 3;
        if (lead == 0xE0) low = 0xA0;
        if (lead == 0xED) high = 0x9F;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        length = 4;
        if (lead == 0xF0) low = 0x90;
        if (lead == 0xF4) high = 0x8F;
    } else {
        return 0;
    }
    if (length > size || text[1] < low || text[1] > high) return 0;
    for (std::size_t i = 2; i < length; ++i)
        if (text[i] < 0x80 || text[i] > 0xBF) return 0;
    return length;
}

} // namespace preempt::csv
