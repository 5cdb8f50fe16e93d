// The codes of a text column, in as few bytes as they need: none where they only count up (ids that no two
// rows share), else one, two or four each. In: codes in the order of the rows. Out: the code of a row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

namespace preempt::table {

/// Gives back memory that a container keeps for more to come, where that is worth moving it once more.
template <class Container>
void give_back(Container& container) {
    if (container.capacity() > container.size() + container.size() / 8) container.shrink_to_fit();
}

class Codes {
  public:
    std::uint32_t operator[](std::size_t row) const {
        switch (width_) {
        case 0:
            return static_cast<std::uint32_t>(row + 1);
        case 1:
            return bytes_[row];
        case 2:
            return load<std::uint16_t>(row);
        default:
            return load<std::uint32_t>(row);
        }
    }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    bool operator==(const Codes& other) const; ///< the same codes, however they are kept
    void push_back(std::uint32_t code) { append({&code, 1}); }
    void append(std::span<const std::uint32_t> codes);
    /// So many rows of code 0, with room for codes up to `most`; what stood here is gone.
    void assign(std::size_t rows, std::uint32_t most = 0);
    /// Another code for a row, after assign().
    void set(std::size_t row, std::uint32_t code) {
        if (code > most_of(width_)) widen(code);
        if (width_ == 1)
            bytes_[row] = static_cast<std::uint8_t>(code);
        else if (width_ == 2)
            put<std::uint16_t>(row, code);
        else
            put<std::uint32_t>(row, code);
    }
    void reserve(std::size_t rows) { reserved_ = rows; } ///< for the rows to come, once their width is known
    void shrink() { give_back(bytes_); }                 ///< no more rows come

  private:
    template <class Word>
    std::uint32_t load(std::size_t row) const {
        Word word;
        std::memcpy(&word, bytes_.data() + row * sizeof word, sizeof word);
        return word;
    }
    template <class Word>
    void put(std::size_t row, std::uint32_t code) {
        const auto word = static_cast<Word>(code);
        std::memcpy(bytes_.data() + row * sizeof word, &word, sizeof word);
    }
    static std::uint32_t most_of(std::uint8_t width) {
        return width == 1 ? 0xFF : width == 2 ? 0xFFFF : 0xFFFF'FFFF;
    }
    void widen(std::uint32_t most);

    std::vector<std::uint8_t> bytes_;
    std::size_t size_ = 0, reserved_ = 0;
    std::uint8_t width_ = 0; ///< bytes a code; 0: the code of row r is r + 1
};

} // namespace preempt::table
