// Typed columns: what a file becomes once it is read. Text is dictionary-encoded, times are 64-bit integers,
// numbers are doubles; there is no string per cell. In: cells. Out: arrays that later rooms loop over.
#pragma once

#include "core/base/instant.hpp"
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace preempt::table {

/// Distinct texts in order of first appearance. Code 0 is always the missing text.
/// The hash is kept beside the key, so growing never hashes again; bytes are compared exactly.
class Dictionary {
  public:
    Dictionary();
    /// The code of `text`, added if new; empty text gives 0.
    std::uint32_t encode(std::string_view text);
    /// The code of `text`, or 0 if it never appeared.
    std::uint32_t find(std::string_view text) const;
    std::string_view text(std::uint32_t code) const;
    /// Number of codes, the missing one included: codes are 0 .. size()-1.
    std::uint32_t size() const { return static_cast<std::uint32_t>(ends_.size()); }

  private:
    struct Slot {
        std::uint32_t tag =
            0; ///< upper half of the hash: almost always tells two texts apart without reading them
        std::uint32_t code = 0; ///< 0 = free
    };

    /// The slot that holds `text`, or the free one where it belongs.
    std::size_t slot_of(std::string_view text, std::uint64_t hash) const;
    void grow();

    std::string bytes_;                 ///< all texts, one after the other
    std::vector<std::uint64_t> ends_;   ///< end of each text in bytes_
    std::vector<std::uint64_t> hashes_; ///< of each code
    std::vector<Slot> slots_; ///< open addressing, linear probing, a power of two, at most half full
};

struct TextColumn {
    std::vector<std::uint32_t> code;
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
