#include "core/table/dictionary.hpp"

#include "core/table/codes.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace preempt::table {

namespace {

constexpr std::size_t kFirstSlots = 64;
/// A table up to this size lies in the processor's near cache: asking ahead would only cost.
constexpr std::size_t kNearSlots = 4096;
constexpr std::uint64_t kOddA = 0x9E37'79B9'7F4A'7C15ULL; ///< 2^64 / golden ratio, odd
constexpr std::uint64_t kOddB =
    0xD6E8'FEB8'6659'FD93ULL; ///< multiplier with good avalanche in xor-shift-multiply mixers

template <class Word>
std::uint64_t load(const char* at) {
    Word word;
    std::memcpy(&word, at, sizeof word);
    return word;
}

std::uint64_t mix(std::uint64_t state) {
    state ^= state >> 32;
    state *= kOddB;
    return state ^ (state >> 29);
}

/// Eight bytes a step, the last step reaching back over bytes seen: ids are short, so most keys take two
/// steps. The length is mixed in first, so that a text and the same text with trailing NUL bytes differ.
std::uint32_t hash_of(std::string_view text) {
    const std::size_t size = text.size();
    const char* at = text.data();
    std::uint64_t state = (size + 1) * kOddA;
    if (size >= 8) {
        for (std::size_t i = 8; i < size; i += 8)
            state = mix((state ^ load<std::uint64_t>(at + i - 8)) * kOddA);
        state = (state ^ load<std::uint64_t>(at + size - 8)) * kOddA;
    } else if (size >= 4) {
        state = (state ^ (load<std::uint32_t>(at) | load<std::uint32_t>(at + size - 4) << 32)) * kOddA;
    } else {
        const auto byte = [&](std::size_t i) { return load<std::uint8_t>(at + i); };
        state = (state ^ (byte(0) | byte(size / 2) << 8 | byte(size - 1) << 16)) * kOddA;
    }
    return static_cast<std::uint32_t>(mix(state) >> 32);
}

bool equal(const char* a, const char* b, std::size_t size) {
    if (size < 8) {
        if (size >= 4)
            return load<std::uint32_t>(a) == load<std::uint32_t>(b) &&
                   load<std::uint32_t>(a + size - 4) == load<std::uint32_t>(b + size - 4);
        for (std::size_t i = 0; i < size; ++i)
            if (a[i] != b[i]) return false;
        return true;
    }
    for (std::size_t i = 8; i < size; i += 8)
        if (load<std::uint64_t>(a + i - 8) != load<std::uint64_t>(b + i - 8)) return false;
    return load<std::uint64_t>(a + size - 8) == load<std::uint64_t>(b + size - 8);
}

} // namespace

bool Dictionary::is_text(std::uint32_t code, std::string_view text) const {
    const std::size_t begin = ends_[code - 1];
    return ends_[code] - begin == text.size() && equal(bytes_.data() + begin, text.data(), text.size());
}

std::size_t Dictionary::slot_of(std::string_view text, std::uint32_t hash) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = hash >> shift_;
    while (slots_[slot].code != 0 && (slots_[slot].hash != hash || !is_text(slots_[slot].code, text)))
        slot = (slot + 1) & mask;
    return slot;
}

std::uint32_t Dictionary::find(std::string_view text) const {
    if (text.empty()) return 0;
    index();
    return slots_[slot_of(text, hash_of(text))].code;
}

std::uint32_t Dictionary::encode(std::string_view text) {
    if (text.empty()) return 0;
    std::uint32_t code = 0;
    if (slots_.empty() && ascends(text, code)) return code;
    index();
    return encode(text, hash_of(text));
}

bool Dictionary::ascends(std::string_view text, std::uint32_t& code) {
    if (!ascending_) return false;
    const std::string_view last = this->text(size() - 1);
    const int order = text.size() != last.size() ? (text.size() < last.size() ? -1 : 1) : text.compare(last);
    if (order < 0) return false;
    code = order == 0 ? size() - 1 : append(text);
    return true;
}

std::uint32_t Dictionary::append(std::string_view text) {
    const std::uint32_t code = size();
    bytes_.append(text);
    ends_.push_back(bytes_.size());
    return code;
}

std::uint32_t Dictionary::encode(std::string_view text, std::uint32_t hash) {
    const std::size_t slot = slot_of(text, hash);
    if (slots_[slot].code != 0) return slots_[slot].code;
    const std::uint32_t code = append(text);
    ascending_ = false; // nobody has looked
    slots_[slot] = {hash, code};
    if (ends_.size() * 10 > slots_.size() * 7) make_slots(slots_.size() * 2);
    return code;
}

// A look-up in a large table waits for memory three times: for its slot, for the place of the text there, and
// for that text. Each of the steps below does one of these for a whole block with nothing between the loads
// that depends on them, so that the waits overlap; WebAssembly has no prefetch, but its loads overlap as
// well.
void Dictionary::encode_all(std::span<const std::string_view> texts, std::uint32_t* codes) {
    while (slots_.empty() && !texts.empty()) {
        if (texts.front().empty())
            *codes = 0;
        else if (!ascends(texts.front(), *codes))
            index();
        if (!slots_.empty()) break;
        texts = texts.subspan(1);
        ++codes;
    }
    constexpr std::size_t kBlock = 64;
    std::array<std::uint32_t, kBlock> hash;
    std::array<Slot, kBlock> first;
    std::array<std::size_t, kBlock> begin;
    std::array<char, kBlock> letter;
    while (!texts.empty()) {
        const std::size_t count = std::min(kBlock, texts.size());
        if (slots_.size() <= kNearSlots) {
            for (std::size_t i = 0; i < count; ++i)
                codes[i] = encode(texts[i]);
        } else {
            for (std::size_t i = 0; i < count; ++i)
                hash[i] = texts[i].empty() ? 0 : hash_of(texts[i]);
            for (std::size_t i = 0; i < count; ++i)
                first[i] = slots_[hash[i] >> shift_];
            const std::size_t mask = slots_.size() - 1;
            for (std::size_t i = 0; i < count; ++i)
                for (std::size_t slot = hash[i] >> shift_; first[i].code != 0 && first[i].hash != hash[i];
                     first[i] = slots_[slot])
                    slot = (slot + 1) & mask;
            for (std::size_t i = 0; i < count; ++i)
                begin[i] = ends_[first[i].code == 0 ? 0 : first[i].code - 1];
            for (std::size_t i = 0; i < count; ++i)
                letter[i] = bytes_[begin[i]]; // a string's end can be read
            for (std::size_t i = 0; i < count; ++i) {
                const std::string_view text = texts[i];
                if (text.empty())
                    codes[i] = 0;
                else if (first[i].code != 0 && letter[i] == text[0] && is_text(first[i].code, text))
                    codes[i] = first[i].code;
                else
                    codes[i] = encode(text, hash[i]);
            }
        }
        texts = texts.subspan(count);
        codes += count;
    }
}

void Dictionary::rest() {
    slots_ = {};
    give_back(bytes_);
    give_back(ends_);
}

void Dictionary::place(std::uint32_t hash, std::uint32_t code) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = hash >> shift_;
    while (slots_[slot].code != 0)
        slot = (slot + 1) & mask;
    slots_[slot] = {hash, code};
}

void Dictionary::make_slots(std::size_t count) const {
    const std::vector<Slot> before = std::move(slots_);
    slots_ = std::vector<Slot>(count);
    shift_ = 32;
    for (std::size_t slots = count; slots > 1; slots /= 2)
        --shift_;
    for (const Slot& slot : before)
        if (slot.code != 0) place(slot.hash, slot.code);
}

void Dictionary::index() const {
    if (!slots_.empty()) return;
    std::size_t count = kFirstSlots;
    while (ends_.size() * 10 > count * 7)
        count *= 2;
    make_slots(count);
    for (std::uint32_t code = 1; code < size(); ++code)
        place(hash_of(text(code)), code);
}

} // namespace preempt::table
