// The commonest form of a time, `YYYY-MM-DD HH:MM:SS` or with T, alone or with Z: read by its fixed places,
// eight characters a step. In: a cell as the file has it. Out: an instant; false for every other text, and
// for the rare times that need a closer look (the 29th of February, hour 24, second 60, other years), which
// parse_time reads.
#pragma once

#include "core/base/instant.hpp"
#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace preempt {

namespace iso_time {

/// Digits become their values, the expected marks 0; the high bit of each byte that is neither is set.
inline std::uint64_t strange(std::uint64_t difference, std::uint64_t most) {
    return ((difference + most) | difference) & 0x8080'8080'8080'8080ULL;
}

struct MonthStart {
    std::uint16_t day; ///< of a year without a 29th of February, counted from 0
    std::uint8_t days;
};
inline constexpr std::array<MonthStart, 13> kMonths = {{{0, 0},
                                                        {0, 31},
                                                        {31, 28},
                                                        {59, 31},
                                                        {90, 30},
                                                        {120, 31},
                                                        {151, 30},
                                                        {181, 31},
                                                        {212, 31},
                                                        {243, 30},
                                                        {273, 31},
                                                        {304, 30},
                                                        {334, 31}}};

} // namespace iso_time

inline bool parse_iso(std::string_view text, Instant& value, bool& zoned) {
    using iso_time::strange;
    if (text.size() != 19 && !(text.size() == 20 && text[19] == 'Z')) return false;
    const char* const c = text.data();
    std::uint64_t date = 0, middle = 0, end = 0; // YYYY-MM-  DDTHH:MM  HH:MM:SS
    std::memcpy(&date, c, 8);
    std::memcpy(&middle, c + 8, 8);
    std::memcpy(&end, c + 11, 8);
    date ^= 0x2D30'302D'3030'3030ULL;
    const std::uint64_t mark = middle & 0xFF'0000ULL; // between date and clock
    if (mark != std::uint64_t{'T'} << 16 && mark != std::uint64_t{' '} << 16) return false;
    middle = (middle & ~std::uint64_t{0xFF'0000}) ^ 0x3030'3A30'3000'3030ULL;
    end ^= 0x3030'3A30'303A'3030ULL;
    // 0x76 carries into the high bit from 10 on, 0x7F from 1 on.
    if ((strange(date, 0x7F76'767F'7676'7676ULL) | strange(middle, 0x7676'7F76'767F'7676ULL) |
         strange(end, 0x7676'7F76'767F'7676ULL)) != 0)
        return false;
    const auto pair = [](std::uint64_t word, unsigned at) {
        return static_cast<std::int32_t>((word >> (8 * at) & 0xF) * 10 + (word >> (8 * at + 8) & 0xF));
    };
    const std::int32_t year = pair(date, 0) * 100 + pair(date, 2), month = pair(date, 5),
                       day = pair(middle, 0), hour = pair(end, 0), minute = pair(end, 3),
                       second = pair(end, 6);
    if (year < 1901 || year > 2199 || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 ||
        second > 59)
        return false;
    const auto& start = iso_time::kMonths[static_cast<std::size_t>(month)];
    if (day > start.days) return false;
    const bool is_leap = year % 4 == 0 && (year % 100 != 0 || year == 2000);
    const std::int32_t before = year - 1; // whole years before this one: days since 1970 of its first day
    const std::int32_t days = before * 365 + before / 4 - before / 100 + before / 400 - 719'162 + start.day +
                              (is_leap && month > 2 ? 1 : 0) + day - 1;
    value = ((std::int64_t{days} * 24 + hour) * 60 + minute) * 60'000 + std::int64_t{second} * 1000;
    zoned = text.size() == 20;
    return true;
}

} // namespace preempt
