// Distinct texts and their codes. In: texts. Out: a code per distinct text, in order of first appearance.
// Hash and comparison look at bytes only: normalising (trim, case, composition) is the caller's business.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace preempt::table {

/// Code 0 is always the missing text. Bytes are compared exactly.
class Dictionary {
  public:
    Dictionary() : ends_{0} {}
    /// The code of `text`, added if new; empty text gives 0.
    std::uint32_t encode(std::string_view text);
    /// The same for many texts at once, which is faster where there are many codes: the memory that a look-up
    /// needs is asked for many look-ups ahead. `codes` has room for one code a text.
    void encode_all(std::span<const std::string_view> texts, std::uint32_t* codes);
    /// The code of `text`, or 0 if it never appeared.
    std::uint32_t find(std::string_view text) const;
    std::string_view text(std::uint32_t code) const {
        if (code == 0 || code >= ends_.size()) return {};
        return {bytes_.data() + ends_[code - 1], ends_[code] - ends_[code - 1]};
    }
    /// Number of codes, the missing one included: codes are 0 .. size()-1.
    std::uint32_t size() const { return static_cast<std::uint32_t>(ends_.size()); }
    /// Gives back the memory that only looking up needs; the next look-up makes it anew.
    void rest();

  private:
    /// The slot of a text is found from the upper bits of its hash, so that a table grows in one pass from
    /// its first slot to its last; linear probing.
    struct Slot {
        std::uint32_t hash = 0;
        std::uint32_t code = 0; ///< 0 = free
    };

    bool is_text(std::uint32_t code, std::string_view text) const;
    /// While texts only ascend (ids that count up, a sorted column) a new one needs no looking up, and there
    /// is no table. False: `text` goes back behind the last one.
    bool ascends(std::string_view text, std::uint32_t& code);
    std::uint32_t append(std::string_view text);
    /// The slot that holds `text`, or the free one where it belongs.
    std::size_t slot_of(std::string_view text, std::uint32_t hash) const;
    std::uint32_t encode(std::string_view text, std::uint32_t hash);
    void place(std::uint32_t hash, std::uint32_t code) const;
    void make_slots(std::size_t count) const;
    void index() const; ///< makes the slots if they are not there

    std::string bytes_;             ///< all texts, one after the other
    std::vector<std::size_t> ends_; ///< end of each text in bytes_
    mutable std::vector<Slot> slots_;
    mutable unsigned shift_ = 32; ///< 32 - log2 of the number of slots
    bool ascending_ = true;       ///< each text was longer than the one before, or as long and greater
};

} // namespace preempt::table
