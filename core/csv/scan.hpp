// The structural scan: where cells and records end, found 64 bytes at a time without a branch per byte.
// In: text and the special characters of a dialect with doubled quotes. Out: positions; and the place of the
// first quote that a well-formed file would not have, from which on the reader goes the careful way.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>

namespace preempt::csv {

/// Positions in ascending order. A vector would clear its memory before each use; here the writer reserves
/// and then fills.
class Positions {
  public:
    std::uint32_t* data() { return data_.get(); }
    const std::uint32_t* data() const { return data_.get(); }
    std::uint32_t operator[](std::size_t i) const { return data_[i]; }
    std::size_t size() const { return size_; }
    void resize_down(std::size_t size) { size_ = size; }
    void clear() { size_ = 0; }
    std::uint32_t* end() { return data_.get() + size_; }
    void added(std::size_t count) { size_ += count; }
    void push(std::uint32_t value) {
        reserve_more(1);
        data_[size_++] = value;
    }
    void reserve_more(std::size_t count) {
        if (size_ + count > capacity_) grow(count);
    }

  private:
    void grow(std::size_t count) {
        const std::size_t capacity = std::max(size_ + count, capacity_ + capacity_ / 2 + 1024);
        std::unique_ptr<std::uint32_t[]> bigger(new std::uint32_t[capacity]);
        if (size_ != 0) std::memcpy(bigger.get(), data_.get(), size_ * sizeof(std::uint32_t));
        data_ = std::move(bigger);
        capacity_ = capacity;
    }
    std::unique_ptr<std::uint32_t[]> data_;
    std::size_t size_ = 0, capacity_ = 0;
};

struct ScanCharacters {
    char delimiter = ',', quote = '"', record_end = '\n';
    bool has_delimiter = true, has_quote = true;
    bool any_line_end = true; ///< record_end is LF, and CRLF and lone CR end a record too
};

struct ScanResult {
    Positions ends;         ///< of separators and record ends outside quotes; for CRLF that of its LF
    Positions record_ends;  ///< indices in `ends` of those that end a record
    Positions quoted_lines; ///< of line ends inside quotes
    void clear() {
        ends.clear();
        record_ends.clear();
        quoted_lines.clear();
    }
};

/// What is carried from one call to the next. A fresh state stands at the start of a record.
struct ScanState {
    static constexpr std::size_t kNone = ~std::size_t{0};
    std::size_t at = 0;          ///< the next byte to look at
    std::uint64_t in_quotes = 0; // all ones inside quotes
    std::uint64_t after_separator =
        1; // 1: the byte before `at` is a separator outside quotes, or there is none
    std::uint64_t after_close =
        0; // 1: the byte before `at` is a quote that closed (or the first half of a doubled one)
    std::size_t suspicious = kNone; ///< set at a NUL, and where a quote opens or closes next to no separator:
                                    ///< what is before stands
};

/// Scans data[state.at, to), appends to `result`, and stops before `to` only when it sets `state.suspicious`.
/// `readable` >= to: bytes that may be looked at, so that a CR at the end knows whether LF follows; a CR that
/// is the very last readable byte counts as a line end of its own. Positions must fit 32 bits.
void scan_structure(const char* data, std::size_t to, std::size_t readable, const ScanCharacters& characters,
                    ScanState& state, ScanResult& result);

struct Utf8Prefix {
    std::size_t size = 0;      ///< length of the longest prefix that is valid UTF-8, whole characters only
    std::uint64_t letters = 0; ///< characters outside ASCII in it
};
Utf8Prefix valid_utf8_prefix(const char* data, std::size_t size);

} // namespace preempt::csv
