// Typed columns: what a file becomes once it is read. Text is dictionary-encoded, times are 64-bit integers,
// numbers are doubles; there is no string per cell. In: cells. Out: arrays that later rooms loop over.
#pragma once

#include "core/base/instant.hpp"
#include "core/table/codes.hpp"
#include "core/table/dictionary.hpp"
#include <cstdint>
#include <vector>

namespace preempt::table {

struct TextColumn {
    Codes code;
    Dictionary dictionary;
};

/// A time as the file wrote it; the zone is applied later, so that changing it needs no second reading.
struct InstantColumn {
    static constexpr std::uint8_t kZoned = 1; ///< value is UTC (offset in the cell, epoch number); else local
    static constexpr std::uint8_t kDayOnly = 2; ///< the cell had no time of day
    /// Only while a file is being read: day and month could be the other way round (03/04/2026).
    static constexpr std::uint8_t kOrderOpen = 4;
    std::vector<Instant> value; ///< kNoInstant = missing
    std::vector<std::uint8_t> flags;
};

struct NumberColumn {
    std::vector<double> value; ///< NaN = missing
};

} // namespace preempt::table
