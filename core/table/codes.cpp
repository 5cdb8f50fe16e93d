#include "core/table/codes.hpp"

#include <algorithm>

namespace preempt::table {

namespace {

template <class Word>
void store(std::vector<std::uint8_t>& bytes, std::span<const std::uint32_t> codes) {
    const std::size_t before = bytes.size();
    bytes.resize(before + codes.size() * sizeof(Word));
    for (std::size_t i = 0; i < codes.size(); ++i) {
        const auto word = static_cast<Word>(codes[i]);
        std::memcpy(bytes.data() + before + i * sizeof word, &word, sizeof word);
    }
}

void store(std::vector<std::uint8_t>& bytes, std::span<const std::uint32_t> codes, unsigned width) {
    if (width == 1) store<std::uint8_t>(bytes, codes);
    if (width == 2) store<std::uint16_t>(bytes, codes);
    if (width == 4) store<std::uint32_t>(bytes, codes);
}

std::uint8_t width_for(std::uint32_t most) {
    return most > 0xFFFF ? 4 : most > 0xFF ? 2 : 1;
}

} // namespace

bool Codes::operator==(const Codes& other) const {
    if (size_ != other.size_) return false;
    for (std::size_t row = 0; row < size_; ++row)
        if ((*this)[row] != other[row]) return false;
    return true;
}

void Codes::append(std::span<const std::uint32_t> codes) {
    std::uint32_t most = 0;
    bool counts_up = width_ == 0;
    for (std::size_t i = 0; i < codes.size(); ++i) {
        most = std::max(most, codes[i]);
        counts_up = counts_up && codes[i] == size_ + i + 1;
    }
    if (!counts_up) {
        widen(most);
        store(bytes_, codes, width_);
    }
    size_ += codes.size();
}

void Codes::assign(std::size_t rows, std::uint32_t most) {
    width_ = width_for(most);
    size_ = rows;
    bytes_.assign(rows * width_, 0);
}

void Codes::widen(std::uint32_t most) {
    if (width_ == 0) most = std::max(most, static_cast<std::uint32_t>(size_));
    const std::uint8_t needed = width_for(most);
    if (needed <= width_) return;
    constexpr std::size_t kBlock = 4096;
    std::vector<std::uint8_t> wider;
    wider.reserve(std::max(reserved_, size_) * needed);
    std::vector<std::uint32_t> block;
    for (std::size_t row = 0; row < size_; row += kBlock) {
        block.clear();
        for (std::size_t i = row; i < std::min(size_, row + kBlock); ++i)
            block.push_back((*this)[i]);
        store(wider, block, needed);
    }
    bytes_ = std::move(wider);
    width_ = needed;
}

} // namespace preempt::table
