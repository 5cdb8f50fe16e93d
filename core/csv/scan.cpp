// The structural scan (see scan.hpp) and the check of UTF-8, written once with Highway for AVX2, SSE, NEON
// and wasm SIMD128.
//
// Per block of 64 bytes each special character gives a mask of 64 bits. The prefix-xor of the quote mask is 1
// between an opening quote and its closing one; a doubled quote leaves and enters again, which is harmless. A
// file is well-formed up to here if every quote that enters follows a separator (or a quote that just left)
// and every quote that leaves is followed by a separator (or a quote that enters again). That is exactly when
// this parity reading and the careful reading agree.
#include "core/csv/scan.hpp"

#include "core/csv/utf8.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/csv/scan.cpp"
#if !defined(__EMSCRIPTEN__)
#include <hwy/foreach_target.h>
#endif
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace preempt::csv {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

constexpr std::size_t kBlock = 64;
using Bytes = hn::CappedTag<std::uint8_t, kBlock>;

struct Masks {
    std::uint64_t delimiter, quote, record_end, cr, nul;
};

/// The mask as an integer. Read back in the size in which it was stored, so that the compiler keeps it in a
/// register: a load that spans two stores stalls the processor on every block.
template <class D, class Mask>
HWY_INLINE std::uint64_t mask_bits(D d, Mask mask) {
    alignas(8) std::uint8_t bytes[8] = {}; // StoreMaskBits may touch 8 bytes
    hn::StoreMaskBits(d, mask, bytes);
    const auto load = [&](auto value) {
        std::memcpy(&value, bytes, sizeof value);
        return std::uint64_t{value};
    };
    switch (hn::Lanes(d)) {
    case 16:
        return load(std::uint16_t{0});
    case 32:
        return load(std::uint32_t{0});
    case 64:
        return load(std::uint64_t{0});
    default:
        return load(std::uint8_t{0}) & ((std::uint64_t{1} << hn::Lanes(d)) - 1);
    }
}

HWY_INLINE Masks block_masks(const std::uint8_t* block, const ScanCharacters& c) {
    const Bytes d;
    const std::size_t lanes = hn::Lanes(d);
    const auto delimiter = hn::Set(d, static_cast<std::uint8_t>(c.delimiter));
    const auto quote = hn::Set(d, static_cast<std::uint8_t>(c.quote));
    const auto record_end = hn::Set(d, static_cast<std::uint8_t>(c.record_end));
    const auto cr = hn::Set(d, static_cast<std::uint8_t>('\r'));
    const auto nul = hn::Zero(d);
    Masks m = {0, 0, 0, 0, 0};
    for (std::size_t i = 0; i < kBlock; i += lanes) {
        const auto v = hn::LoadU(d, block + i);
        m.delimiter |= mask_bits(d, hn::Eq(v, delimiter)) << i;
        m.quote |= mask_bits(d, hn::Eq(v, quote)) << i;
        m.record_end |= mask_bits(d, hn::Eq(v, record_end)) << i;
        m.cr |= mask_bits(d, hn::Eq(v, cr)) << i;
        m.nul |= mask_bits(d, hn::Eq(v, nul)) << i;
    }
    return m;
}

HWY_INLINE std::uint64_t prefix_xor(std::uint64_t x) {
    x ^= x << 1;
    x ^= x << 2;
    x ^= x << 4;
    x ^= x << 8;
    x ^= x << 16;
    x ^= x << 32;
    return x;
}

HWY_INLINE unsigned lowest_bit(std::uint64_t x) {
    return static_cast<unsigned>(__builtin_ctzll(x));
}
HWY_INLINE unsigned bit_count(std::uint64_t x) {
    return static_cast<unsigned>(__builtin_popcountll(x));
}

HWY_INLINE void append_bits(std::uint64_t mask, std::uint32_t base, Positions& out) {
    while (mask != 0) {
        out.push(base + lowest_bit(mask));
        mask &= mask - 1;
    }
}

void scan(const char* data, std::size_t to, std::size_t readable, const ScanCharacters& c, ScanState& state,
          ScanResult& result) {
    const std::uint64_t use_delimiter = c.has_delimiter ? ~std::uint64_t{0} : 0;
    const std::uint64_t use_quote = c.has_quote ? ~std::uint64_t{0} : 0;
    const std::uint64_t use_cr = c.any_line_end ? ~std::uint64_t{0} : 0;
    const std::uint8_t record_end_byte = static_cast<std::uint8_t>(c.record_end);
    const std::uint8_t* const bytes = reinterpret_cast<const std::uint8_t*>(data);

    std::uint64_t in_quotes = state.in_quotes;
    std::uint64_t after_separator = state.after_separator;
    std::uint64_t after_close = state.after_close;
    std::size_t at = state.at;

    while (at < to) {
        const std::size_t length = std::min(kBlock, to - at);
        alignas(64) std::uint8_t padded[kBlock];
        const std::uint8_t* block = bytes + at;
        if (at + kBlock > readable) {
            std::memset(padded, 0, kBlock);
            std::memcpy(padded, block, readable - at);
            block = padded;
        }
        const Masks m = block_masks(block, c);
        const std::uint64_t valid = length == kBlock ? ~std::uint64_t{0} : (std::uint64_t{1} << length) - 1;

        const std::uint64_t quotes = m.quote & use_quote & valid;
        const std::uint64_t delimiters = m.delimiter & use_delimiter & valid;
        const std::uint64_t cr = m.cr & use_cr & valid;
        const std::uint64_t next_is_end =
            at + kBlock < readable && bytes[at + kBlock] == record_end_byte ? std::uint64_t{1} << 63 : 0;
        const std::uint64_t lf = m.record_end & valid;
        const std::uint64_t line_ends = lf | (cr & ~((m.record_end >> 1) | next_is_end));
        const std::uint64_t separators = delimiters | lf | cr;

        const std::uint64_t inside = prefix_xor(quotes) ^ in_quotes;
        const std::uint64_t opens = quotes & inside;
        const std::uint64_t closes = quotes & ~inside;
        const std::uint64_t follows_close = (closes << 1) | after_close;
        const std::uint64_t follows_separator = ((separators & ~inside) << 1) | after_separator;
        const std::uint64_t bad = ((opens & ~(follows_separator | follows_close)) |
                                   (follows_close & ~(separators | quotes)) | m.nul) &
                                  valid;

        std::uint64_t structural = (delimiters | line_ends) & ~inside;
        std::uint64_t quoted_lines = line_ends & inside;
        if (HWY_UNLIKELY(bad != 0)) {
            const std::uint64_t before = (bad & (~bad + 1)) - 1;
            structural &= before;
            quoted_lines &= before;
            state.suspicious = at + lowest_bit(bad);
        }

        const std::uint32_t base = static_cast<std::uint32_t>(at);
        const unsigned count = bit_count(structural);
        result.ends.reserve_more(kBlock);
        std::uint64_t record_bits = structural & line_ends;
        while (record_bits != 0) {
            const std::uint64_t below = (record_bits & (~record_bits + 1)) - 1;
            result.record_ends.push(
                static_cast<std::uint32_t>(result.ends.size() + bit_count(structural & below)));
            record_bits &= record_bits - 1;
        }
        // Eight at a time: the number of iterations hardly varies, so the processor guesses it right; what is
        // written too much is overwritten by the next block.
        std::uint32_t* out = result.ends.end();
        std::uint64_t rest = structural;
        for (unsigned done = 0; done < count; done += 8) {
            for (unsigned k = 0; k < 8; ++k) {
                out[done + k] = base + lowest_bit(rest | (std::uint64_t{1} << 63));
                rest &= rest - 1;
            }
        }
        result.ends.added(count);
        if (HWY_UNLIKELY(quoted_lines != 0)) append_bits(quoted_lines, base, result.quoted_lines);
        if (HWY_UNLIKELY(bad != 0)) {
            at = state.suspicious;
            break;
        }

        const unsigned last = static_cast<unsigned>(length - 1);
        in_quotes = (inside >> last & 1) != 0 ? ~std::uint64_t{0} : 0;
        after_separator = (separators & ~inside) >> last & 1;
        after_close = closes >> last & 1;
        at += length;
    }
    state.in_quotes = in_quotes;
    state.after_separator = after_separator;
    state.after_close = after_close;
    state.at = at;
}

// UTF-8 by table: each pair of neighbouring bytes is classed by the two halves of the first and the upper
// half of the second; a bit left over from the three look-ups is an error of that kind. The method is that of
// John Keiser and Daniel Lemire, "Validating UTF-8 in less than one instruction per byte" (2021). Third and
// fourth bytes are told by the leads two and three bytes before them.
constexpr std::uint8_t kTooShort = 1 << 0, kTooLong = 1 << 1, kOverlong3 = 1 << 2, kTooLarge = 1 << 3,
                       kSurrogate = 1 << 4, kOverlong2 = 1 << 5, kTooLarge1000 = 1 << 6, kOverlong4 = 1 << 6,
                       kTwoContinuations = 1 << 7;
constexpr std::uint8_t kCarry = kTooShort | kTooLong | kTwoContinuations;
constexpr std::uint8_t kLong = kTooLong, kTwo = kTwoContinuations;
alignas(16) constexpr std::uint8_t kFirstHigh[16] = {kLong,
                                                     kLong,
                                                     kLong,
                                                     kLong,
                                                     kLong,
                                                     kLong,
                                                     kLong,
                                                     kLong,
                                                     kTwo,
                                                     kTwo,
                                                     kTwo,
                                                     kTwo,
                                                     kTooShort | kOverlong2,
                                                     kTooShort,
                                                     kTooShort | kOverlong3 | kSurrogate,
                                                     kTooShort | kTooLarge | kTooLarge1000 | kOverlong4};
constexpr std::uint8_t kLarge = kCarry | kTooLarge | kTooLarge1000;
alignas(16) constexpr std::uint8_t kFirstLow[16] = {kCarry | kOverlong3 | kOverlong2 | kOverlong4,
                                                    kCarry | kOverlong2,
                                                    kCarry,
                                                    kCarry,
                                                    kCarry | kTooLarge,
                                                    kLarge,
                                                    kLarge,
                                                    kLarge,
                                                    kLarge,
                                                    kLarge,
                                                    kLarge,
                                                    kLarge,
                                                    kLarge,
                                                    kLarge | kSurrogate,
                                                    kLarge,
                                                    kLarge};
constexpr std::uint8_t kContinues = kTooLong | kOverlong2 | kTwoContinuations;
alignas(16) constexpr std::uint8_t kSecondHigh[16] = {kTooShort,
                                                      kTooShort,
                                                      kTooShort,
                                                      kTooShort,
                                                      kTooShort,
                                                      kTooShort,
                                                      kTooShort,
                                                      kTooShort,
                                                      kContinues | kOverlong3 | kTooLarge1000 | kOverlong4,
                                                      kContinues | kOverlong3 | kTooLarge,
                                                      kContinues | kSurrogate | kTooLarge,
                                                      kContinues | kSurrogate | kTooLarge,
                                                      kTooShort,
                                                      kTooShort,
                                                      kTooShort,
                                                      kTooShort};

/// Up to so many bytes outside ASCII in a block are judged character by character.
constexpr unsigned kFew = 12;

/// Blocks of 64 bytes from `at` on, which is at least 3 and begins a character, in which no error shows; a
/// character that the last of them cuts is not judged. `letters`: characters outside ASCII that begin in
/// them.
std::size_t utf8_blocks(const char* data, std::size_t at, std::size_t size, std::uint64_t& letters) {
#if HWY_TARGET == HWY_SCALAR
    (void)data, (void)size, (void)letters; // none: all of it character by character
    return at;
#else
    const Bytes wide;
    const auto last_ascii = hn::Set(wide, std::uint8_t{0x7F});
    const hn::FixedTag<std::uint8_t, 16> d;
    const auto high = hn::Set(d, std::uint8_t{0x80});
    const auto low_half = hn::Set(d, std::uint8_t{0x0F});
    const auto first_high = hn::Load(d, kFirstHigh), first_low = hn::Load(d, kFirstLow),
               second_high = hn::Load(d, kSecondHigh);
    const auto last_lead = hn::Set(d, std::uint8_t{0xBF});
    const std::uint8_t* const bytes = reinterpret_cast<const std::uint8_t*>(data);
    bool cuts = false; // a character, at `at`
    while (at + 64 <= size) {
        const std::uint8_t* const block = bytes + at;
        std::uint64_t outside = 0; // ASCII
        for (std::size_t i = 0; i < 64; i += hn::Lanes(wide))
            outside |= mask_bits(wide, hn::Gt(hn::LoadU(wide, block + i), last_ascii)) << i;
        if (!cuts && bit_count(outside) <= kFew) {
            std::size_t next = at + 64;
            while (outside != 0) {
                const unsigned first = lowest_bit(outside);
                const std::size_t length = character_size(block + first, size - at - first);
                if (length == 0) return at + first;
                ++letters;
                if (first + length >= 64) {
                    next = at + first + length;
                    break;
                }
                outside &= ~std::uint64_t{0} << (first + length);
            }
            at = next;
            continue;
        }
        auto error = hn::Zero(d);
        std::size_t leads = 0;
        for (std::size_t i = 0; i < 64; i += 16) {
            const auto now = hn::LoadU(d, block + i), one = hn::LoadU(d, block + i - 1),
                       two = hn::LoadU(d, block + i - 2), three = hn::LoadU(d, block + i - 3);
            const auto special = hn::And(hn::And(hn::TableLookupBytes(first_high, hn::ShiftRight<4>(one)),
                                                 hn::TableLookupBytes(first_low, hn::And(one, low_half))),
                                         hn::TableLookupBytes(second_high, hn::ShiftRight<4>(now)));
            const auto third = hn::SaturatedSub(two, hn::Set(d, std::uint8_t{0xE0 - 0x80})),
                       fourth = hn::SaturatedSub(three, hn::Set(d, std::uint8_t{0xF0 - 0x80}));
            error = hn::Or(error, hn::Xor(hn::And(hn::Or(third, fourth), high), special));
            leads += hn::CountTrue(d, hn::Gt(now, last_lead));
        }
        if (!hn::AllFalse(d, hn::Ne(error, hn::Zero(d)))) break;
        letters += leads;
        at += 64;
        const unsigned last = bytes[at - 1], second = bytes[at - 2], third = bytes[at - 3];
        cuts = last >= 0xC0 || second >= 0xE0 || third >= 0xF0;
    }
    return at;
#endif
}

} // namespace HWY_NAMESPACE
} // namespace preempt::csv
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace preempt::csv {

#if defined(__EMSCRIPTEN__)
#define PREEMPT_DISPATCH(name) HWY_STATIC_DISPATCH(name)
#else
HWY_EXPORT(scan);
HWY_EXPORT(utf8_blocks);
#define PREEMPT_DISPATCH(name) HWY_DYNAMIC_DISPATCH(name)
#endif

void scan_structure(const char* data, std::size_t to, std::size_t readable, const ScanCharacters& characters,
                    ScanState& state, ScanResult& result) {
    PREEMPT_DISPATCH(scan)(data, to, readable, characters, state, result);
}

Utf8Prefix valid_utf8_prefix(const char* data, std::size_t size) {
    // By blocks; where a block shows an error, and at both ends, character by character.
    const auto* const bytes = reinterpret_cast<const unsigned char*>(data);
    Utf8Prefix prefix;
    std::size_t& at = prefix.size;
    while (at < size) {
        const std::size_t until = std::min(size, at + 64);
        while (at < until) {
            const std::size_t length = character_size(bytes + at, size - at);
            if (length == 0) return prefix;
            prefix.letters += length > 1 ? 1 : 0;
            at += length;
        }
        if (at + 64 > size) continue;
        at = PREEMPT_DISPATCH(utf8_blocks)(data, at, size, prefix.letters);
        // Back to the beginning of a character that the blocks may have cut; it was counted with them.
        for (std::size_t back = 1; back <= 3; ++back) {
            const unsigned byte = bytes[at - back];
            if (byte < 0x80) break;
            if (byte < 0xC0) continue;
            const std::size_t length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
            if (length > back) {
                at -= back;
                --prefix.letters;
            }
            break;
        }
    }
    return prefix;
}

} // namespace preempt::csv
#endif // HWY_ONCE
