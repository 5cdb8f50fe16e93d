// The dictionary of a text column. In: cell texts. Out: a code per distinct text, in order of first
// appearance. Hash and comparison look at bytes only: normalising (trim, case, composition) is the caller's
// business.
#include "core/table/column.hpp"

#include <cstring>

namespace preempt::table {

namespace {

constexpr std::size_t kFirstSlots = 64;
constexpr std::uint64_t kOddA = 0x9E37'79B9'7F4A'7C15ULL; ///< 2^64 / golden ratio, odd
constexpr std::uint64_t kOddB =
    0xD6E8'FEB8'6659'FD93ULL; ///< multiplier with good avalanche in xor-shift-multiply mixers

std::uint64_t read_up_to_8(const char* at, std::size_t count) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, count);
    return word;
}

std::uint64_t mix(std::uint64_t state) {
    state ^= state >> 32;
    state *= kOddB;
    state ^= state >> 29;
    return state;
}

/// Eight bytes a step: ids are short, so most keys take one to three multiplications. The length is mixed in
/// first, so that a text and the same text with trailing NUL bytes differ.
std::uint64_t hash_of(std::string_view text) {
    std::uint64_t state = (text.size() + 1) * kOddA;
    const char* at = text.data();
    std::size_t rest = text.size();
    while (rest > 8) {
        state = mix((state ^ read_up_to_8(at, 8)) * kOddA);
        at += 8;
        rest -= 8;
    }
    state = mix((state ^ read_up_to_8(at, rest)) * kOddA);
    return mix(state);
}

} // namespace

Dictionary::Dictionary() : ends_{0}, hashes_{0}, slots_(kFirstSlots) {}

std::uint32_t Dictionary::find(std::string_view text) const {
    return text.empty() ? 0 : slots_[slot_of(text, hash_of(text))].code;
}

std::uint32_t Dictionary::encode(std::string_view text) {
    if (text.empty()) return 0;
    const std::uint64_t hash = hash_of(text);
    const std::size_t slot = slot_of(text, hash);
    if (slots_[slot].code != 0) return slots_[slot].code;

    const std::uint32_t code = size();
    bytes_.append(text);
    ends_.push_back(bytes_.size());
    hashes_.push_back(hash);
    slots_[slot] = {static_cast<std::uint32_t>(hash >> 32), code};
    if (ends_.size() * 2 > slots_.size()) grow();
    return code;
}

std::string_view Dictionary::text(std::uint32_t code) const {
    if (code == 0 || code >= ends_.size()) return {};
    const auto begin = static_cast<std::size_t>(ends_[code - 1]);
    return std::string_view(bytes_).substr(begin, static_cast<std::size_t>(ends_[code]) - begin);
}

std::size_t Dictionary::slot_of(std::string_view text, std::uint64_t hash) const {
    const std::size_t mask = slots_.size() - 1;
    const auto tag = static_cast<std::uint32_t>(hash >> 32);
    std::size_t slot = static_cast<std::size_t>(hash) & mask;
    while (slots_[slot].code != 0) {
        if (slots_[slot].tag == tag) {
            const std::uint64_t begin = ends_[slots_[slot].code - 1];
            const std::uint64_t end = ends_[slots_[slot].code];
            if (end - begin == text.size() &&
                std::memcmp(bytes_.data() + begin, text.data(), text.size()) == 0)
                break;
        }
        slot = (slot + 1) & mask;
    }
    return slot;
}

void Dictionary::grow() {
    slots_.assign(slots_.size() * 2, Slot{});
    const std::size_t mask = slots_.size() - 1;
    for (std::uint32_t code = 1; code < size(); ++code) {
        std::size_t slot = static_cast<std::size_t>(hashes_[code]) & mask;
        while (slots_[slot].code != 0)
            slot = (slot + 1) & mask;
        slots_[slot] = {static_cast<std::uint32_t>(hashes_[code] >> 32), code};
    }
}

} // namespace preempt::table
