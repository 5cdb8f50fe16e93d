// The structural scan (see scan.hpp) and the check of UTF-8, written once with Highway for AVX2, SSE, NEON
// and wasm SIMD128.
//
// Per block of 64 bytes each special character gives a mask of 64 bits. The prefix-xor of the quote mask is 1
// between an opening quote and its closing one; a doubled quote leaves and enters again, which is harmless. A
// file is well-formed up to here if every quote that enters follows a separator (or a quote that just left)
// and every quote that leaves is followed by a separator (or a quote that enters again). That is exactly when
// this parity reading and the careful reading agree.
#include "core/csv/scan.hpp"

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

/// Bytes at the start that are plain ASCII, in whole blocks.
std::size_t ascii_blocks(const char* data, std::size_t size) {
    const hn::CappedTag<std::uint8_t, 64> d;
    const std::size_t lanes = hn::Lanes(d);
    const auto high = hn::Set(d, std::uint8_t{0x80});
    const std::uint8_t* const bytes = reinterpret_cast<const std::uint8_t*>(data);
    std::size_t at = 0;
    for (; at + 64 <= size; at += 64) {
        auto all = hn::Zero(d);
        for (std::size_t i = 0; i < 64; i += lanes)
            all = hn::Or(all, hn::LoadU(d, bytes + at + i));
        if (!hn::AllFalse(d, hn::Ne(hn::And(all, high), hn::Zero(d)))) break;
    }
    return at;
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
HWY_EXPORT(ascii_blocks);
#define PREEMPT_DISPATCH(name) HWY_DYNAMIC_DISPATCH(name)
#endif

void scan_structure(const char* data, std::size_t to, std::size_t readable, const ScanCharacters& characters,
                    ScanState& state, ScanResult& result) {
    PREEMPT_DISPATCH(scan)(data, to, readable, characters, state, result);
}

std::size_t valid_utf8_prefix(const char* data, std::size_t size) {
    // Runs of ASCII by blocks; a block with anything else byte by byte, by the table of well-formed sequences
    // (Unicode 15, table 3-7), until the block is behind.
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(data[i]); };
    std::size_t at = 0;
    while (at < size) {
        at += PREEMPT_DISPATCH(ascii_blocks)(data + at, size - at);
        const std::size_t until = std::min(size, at + 64);
        while (at < until) {
            const unsigned lead = byte(at);
            if (lead < 0x80) {
                ++at;
                continue;
            }
            unsigned low = 0x80, high = 0xBF;
            std::size_t length = 0;
            if (lead >= 0xC2 && lead <= 0xDF) {
                length = 2;
            } else if (lead >= 0xE0 && lead <= 0xEF) {
                length = 3;
                if (lead == 0xE0) low = 0xA0;
                if (lead == 0xED) high = 0x9F;
            } else if (lead >= 0xF0 && lead <= 0xF4) {
                length = 4;
                if (lead == 0xF0) low = 0x90;
                if (lead == 0xF4) high = 0x8F;
            } else {
                return at;
            }
            if (at + length > size || byte(at + 1) < low || byte(at + 1) > high) return at;
            for (std::size_t i = 2; i < length; ++i)
                if (byte(at + i) < 0x80 || byte(at + i) > 0xBF) return at;
            at += length;
        }
    }
    return at;
}

} // namespace preempt::csv
#endif // HWY_ONCE
