// Encodings: detection by byte order mark, by the shape of UTF-8 and UTF-16, and else by which reading looks
// most like words; and the streaming decoders. See encoding.hpp.
#include "core/csv/encoding.hpp"

#include "core/csv/code_tables.hpp"
#include "core/csv/scan.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace preempt::csv {

namespace {

#include "core/csv/code_pages.inc"

constexpr Encoding kAll[] = {
    Encoding::utf8,         Encoding::windows_1252, Encoding::utf16le,      Encoding::utf16be,
    Encoding::windows_1250, Encoding::windows_1251, Encoding::windows_1253, Encoding::windows_1254,
    Encoding::windows_1257, Encoding::iso_8859_2,   Encoding::iso_8859_15,  Encoding::mac_roman,
    Encoding::gb18030,      Encoding::shift_jis,    Encoding::utf32le,      Encoding::utf32be,
};

/// Code points of the bytes 0x80..0xFF; nullptr if the encoding is not a single-byte one.
const std::uint16_t* code_page(Encoding encoding) {
    switch (encoding) {
    case Encoding::windows_1250:
        return k_cp1250;
    case Encoding::windows_1251:
        return k_cp1251;
    case Encoding::windows_1252:
        return k_cp1252;
    case Encoding::windows_1253:
        return k_cp1253;
    case Encoding::windows_1254:
        return k_cp1254;
    case Encoding::windows_1257:
        return k_cp1257;
    case Encoding::iso_8859_2:
        return k_iso8859_2;
    case Encoding::iso_8859_15:
        return k_iso8859_15;
    case Encoding::mac_roman:
        return k_mac_roman;
    default:
        return nullptr;
    }
}

unsigned char byte_at(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

void append_utf8(std::uint32_t point, std::string& out) {
    const auto put = [&](std::uint32_t byte) {
        out.push_back(static_cast<char>(static_cast<unsigned char>(byte)));
    };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xC0 | point >> 6);
        put(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        put(0xE0 | point >> 12);
        put(0x80 | (point >> 6 & 0x3F));
        put(0x80 | (point & 0x3F));
    } else {
        put(0xF0 | point >> 18);
        put(0x80 | (point >> 12 & 0x3F));
        put(0x80 | (point >> 6 & 0x3F));
        put(0x80 | (point & 0x3F));
    }
}

/// One character at the start of `text`. length 0: more bytes are needed. point 0 with valid false: replace
/// `length` bytes.
struct Character {
    std::uint32_t point = 0;
    std::size_t length = 0;
    bool valid = false;
};

/// UTF-8 by table 3-7 of the Unicode standard; an ill-formed sequence is as long as its longest valid start
/// ("maximal subpart").
Character utf8_character(std::string_view text) {
    const unsigned lead = byte_at(text, 0);
    if (lead < 0x80) return {lead, 1, true};
    unsigned low = 0x80, high = 0xBF;
    std::size_t length = 0;
    std::uint32_t point = 0;
    if (lead >= 0xC2 && lead <= 0xDF) {
        length = 2;
        point = lead & 0x1F;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        length = 3;
        point = lead & 0x0F;
        if (lead == 0xE0) low = 0xA0;
        if (lead == 0xED) high = 0x9F;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        length = 4;
        point = lead & 0x07;
        if (lead == 0xF0) low = 0x90;
        if (lead == 0xF4) high = 0x8F;
    } else {
        return {0, 1, false};
    }
    for (std::size_t i = 1; i < length; ++i) {
        if (i == text.size()) return {0, 0, false};
        const unsigned next = byte_at(text, i);
        if (next < low || next > high) return {0, i, false};
        point = point << 6 | (next & 0x3F);
        low = 0x80;
        high = 0xBF;
    }
    return {point, length, true};
}

std::uint32_t gb18030_four_bytes(std::uint32_t index) {
    if (index >= 189000) return index - 189000 + 0x10000 <= 0x10FFFF ? index - 189000 + 0x10000 : 0;
    if (index >= 39420) return 0;
    constexpr std::size_t count = std::size(k_gb18030_ranges) / 2;
    std::size_t low = 0, high = count;
    while (high - low > 1) {
        const std::size_t middle = (low + high) / 2;
        (k_gb18030_ranges[2 * middle] <= index ? low : high) = middle;
    }
    return k_gb18030_ranges[2 * low + 1] + (index - k_gb18030_ranges[2 * low]);
}

Character gb18030_character(std::string_view text) {
    const unsigned lead = byte_at(text, 0);
    if (lead < 0x80) return {lead, 1, true};
    if (lead == 0x80) return {0x20AC, 1, true};
    if (lead == 0xFF) return {0, 1, false};
    if (text.size() < 2) return {0, 0, false};
    const unsigned second = byte_at(text, 1);
    if (second >= 0x40 && second != 0x7F && second != 0xFF) {
        const std::uint32_t point =
            gbk_table()[(lead - 0x81) * kGbkTrails + second - (second > 0x7F ? 0x41 : 0x40)];
        if (point != 0) return {point, 2, true};
        return {0, second < 0x80 ? std::size_t{1} : std::size_t{2}, false};
    }
    if (second < 0x30 || second > 0x39) return {0, 1, false};
    if (text.size() < 3) return {0, 0, false};
    const unsigned third = byte_at(text, 2);
    if (third < 0x81 || third == 0xFF) return {0, 1, false};
    if (text.size() < 4) return {0, 0, false};
    const unsigned fourth = byte_at(text, 3);
    if (fourth < 0x30 || fourth > 0x39) return {0, 1, false};
    const std::uint32_t point =
        gb18030_four_bytes(((lead - 0x81) * 10 + second - 0x30) * 1260 + (third - 0x81) * 10 + fourth - 0x30);
    return {point, 4, point != 0};
}

Character shift_jis_character(std::string_view text) {
    const unsigned lead = byte_at(text, 0);
    if (lead <= 0x80) return {lead, 1, true};
    if (lead >= 0xA1 && lead <= 0xDF) return {0xFF61 + lead - 0xA1, 1, true}; // half-width katakana
    if (lead == 0xA0 || lead > 0xFC) return {0, 1, false};
    if (text.size() < 2) return {0, 0, false};
    const unsigned second = byte_at(text, 1);
    if (second < 0x40 || second == 0x7F || second > 0xFC) return {0, 1, false};
    const unsigned row = lead < 0xA0 ? lead - 0x81 : lead - 0xE0 + 31;
    const std::uint32_t point = cp932_table()[row * kCp932Trails + second - (second > 0x7F ? 0x41 : 0x40)];
    if (point != 0) return {point, 2, true};
    return {0, second < 0x80 ? std::size_t{1} : std::size_t{2}, false};
}

Character utf16_character(std::string_view text, bool little) {
    const auto unit = [&](std::size_t at) -> std::uint32_t {
        return little ? byte_at(text, at) | std::uint32_t{byte_at(text, at + 1)} << 8
                      : std::uint32_t{byte_at(text, at)} << 8 | byte_at(text, at + 1);
    };
    if (text.size() < 2) return {0, 0, false};
    const std::uint32_t first = unit(0);
    if (first < 0xD800 || first > 0xDFFF) return {first, 2, true};
    if (first > 0xDBFF) return {0, 2, false};
    if (text.size() < 4) return {0, 0, false};
    const std::uint32_t second = unit(2);
    if (second < 0xDC00 || second > 0xDFFF) return {0, 2, false};
    return {0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00), 4, true};
}

Character utf32_character(std::string_view text, bool little) {
    if (text.size() < 4) return {0, 0, false};
    std::uint32_t point = 0;
    for (std::size_t i = 0; i < 4; ++i)
        point = point << 8 | byte_at(text, little ? 3 - i : i);
    const bool valid = point < 0xD800 || (point > 0xDFFF && point <= 0x10FFFF);
    return {point, 4, valid};
}

Character character(Encoding encoding, std::string_view text) {
    switch (encoding) {
    case Encoding::utf8:
        return utf8_character(text);
    case Encoding::utf16le:
        return utf16_character(text, true);
    case Encoding::utf16be:
        return utf16_character(text, false);
    case Encoding::utf32le:
        return utf32_character(text, true);
    case Encoding::utf32be:
        return utf32_character(text, false);
    case Encoding::gb18030:
        return gb18030_character(text);
    case Encoding::shift_jis:
        return shift_jis_character(text);
    default: {
        const unsigned byte = byte_at(text, 0);
        if (byte < 0x80) return {byte, 1, true};
        const std::uint32_t point = code_page(encoding)[byte - 0x80];
        return {point, 1, point != 0};
    }
    }
}

// --- detection
// -----------------------------------------------------------------------------------------------------------------

/// The byte pattern of UTF-16 without a mark: the ASCII characters that every table has (line ends,
/// separators, digits, blanks, quotes) come with a zero byte on the same side, and hardly ever without one.
struct WideEvidence {
    std::size_t little = 0, big = 0, narrow = 0;
};

WideEvidence wide_evidence(std::string_view head) {
    WideEvidence evidence;
    const auto structural = [](unsigned char c) {
        return c == '\n' || c == '\r' || c == ',' || c == ';' || c == '\t' || c == '"' || c == ' ' ||
               (c >= '0' && c <= '9');
    };
    // U+2013 and its like are a control character and a blank when taken as bytes: no evidence of either
    // kind.
    const auto text = [](unsigned char c) {
        return (c >= ' ' && c < 0x7F) || c == '\n' || c == '\r' || c == '\t';
    };
    for (std::size_t at = 0; at + 1 < head.size(); at += 2) {
        const unsigned char first = byte_at(head, at), second = byte_at(head, at + 1);
        if (second == 0 && structural(first)) {
            ++evidence.little;
        } else if (first == 0 && structural(second)) {
            ++evidence.big;
        } else if (text(first) && text(second) && (structural(first) || structural(second))) {
            ++evidence.narrow;
        }
    }
    return evidence;
}

struct Utf8Evidence {
    std::size_t characters = 0; ///< well-formed ones of two bytes and more
    std::size_t shaped =
        0; ///< a lead byte with its continuation bytes, but not allowed (overlong, surrogate)
    std::size_t invalid = 0;
    bool cut = false; ///< the text ends inside a character
};

Utf8Evidence utf8_evidence(std::string_view head) {
    Utf8Evidence evidence;
    std::size_t at = 0;
    while (at < head.size()) {
        const Character c = utf8_character(head.substr(at));
        if (c.length == 0) {
            evidence.cut = true;
            break;
        }
        if (c.valid) {
            if (c.length > 1) ++evidence.characters;
            at += c.length;
            continue;
        }
        const unsigned lead = byte_at(head, at);
        std::size_t continuation = 0;
        while (continuation < 3 && at + 1 + continuation < head.size() &&
               (byte_at(head, at + 1 + continuation) & 0xC0U) == 0x80U)
            ++continuation;
        const std::size_t wanted = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
        if (lead >= 0xC0 && lead < 0xF8 && continuation == wanted) {
            ++evidence.shaped;
            at += wanted + 1;
        } else {
            ++evidence.invalid;
            at += c.length;
        }
    }
    return evidence;
}

bool ascii_letter(unsigned char c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

bool contains(std::u16string_view set, std::uint32_t point) {
    return set.find(static_cast<char16_t>(point)) != std::u16string_view::npos;
}

/// The letters outside ASCII that a language really uses, and an encoding in which it is written. Lower case;
/// upper case is found through `lower_case`.
struct Script {
    Encoding encoding;
    std::u16string_view letters;
    double bonus; ///< for the more common encodings: decides between readings that look equally good
};

constexpr std::u16string_view kWestern = u"àáâãäåæçèéêëìíîïñòóôõöøùúûüßœš";
constexpr std::u16string_view kIcelandic = u"áðéíóúýþæö";
constexpr std::u16string_view kPolish = u"ąćęłńóśźż";
constexpr std::u16string_view kCzech = u"áäčďéěíĺľňóôŕřšťúůýž"; // and Slovak
constexpr std::u16string_view kHungarian = u"áéíóöőúüű";
constexpr std::u16string_view kRomanian = u"ăâîşţ";
constexpr std::u16string_view kCroatian = u"čćđšž"; // and Slovene, Bosnian, Serbian
constexpr std::u16string_view kCyrillic = u"абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґђјљњћџў";
constexpr std::u16string_view kGreek = u"αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ";
constexpr std::u16string_view kTurkish = u"çğıöşüâîû";
constexpr std::u16string_view kBaltic = u"āčēģīķļņōŗšūžąęėįųõäöü";

constexpr Script kScripts[] = {
    {Encoding::windows_1252, kWestern, 0.15},   {Encoding::windows_1252, kIcelandic, 0.01},
    {Encoding::windows_1250, kPolish, 0.06},    {Encoding::windows_1250, kCzech, 0.06},
    {Encoding::windows_1250, kHungarian, 0.06}, {Encoding::windows_1250, kRomanian, 0.05},
    {Encoding::windows_1250, kCroatian, 0.05},  {Encoding::windows_1251, kCyrillic, 0.05},
    {Encoding::windows_1253, kGreek, 0.02},     {Encoding::windows_1254, kTurkish, 0.05},
    {Encoding::windows_1257, kBaltic, 0.01},    {Encoding::iso_8859_2, kPolish, 0.03},
    {Encoding::iso_8859_2, kCzech, 0.03},       {Encoding::iso_8859_2, kHungarian, 0.03},
    {Encoding::iso_8859_2, kCroatian, 0.02},    {Encoding::mac_roman, kWestern, 0.0},
};

/// Enough of Unicode's simple case mapping for the scripts above.
std::uint32_t lower_case(std::uint32_t point) {
    if (point >= 0xC0 && point <= 0xDE && point != 0xD7) return point + 0x20;
    if ((point >= 0x100 && point <= 0x137) || (point >= 0x14A && point <= 0x177)) return point | 1U;
    if ((point >= 0x139 && point <= 0x148) || (point >= 0x179 && point <= 0x17E)) return point + (point & 1U);
    if (point >= 0x410 && point <= 0x42F) return point + 0x20;
    if (point >= 0x400 && point <= 0x40F) return point + 0x50;
    if (point >= 0x391 && point <= 0x3AB) return point + 0x20;
    if (point == 0x218 || point == 0x21A) return point + 1;
    return point;
}

bool typographic(std::uint32_t point) {
    return (point >= 0x2010 && point <= 0x2030) || point == 0x20AC || point == 0xA0;
}

/// How much the high bytes look like the words of a script: 1 per byte at best.
double word_likeness(std::string_view head, const Script& script) {
    const std::uint16_t* const page = code_page(script.encoding);
    double score = 0;
    std::size_t high = 0;
    for (std::size_t at = 0; at < head.size(); ++at) {
        const unsigned char c = byte_at(head, at);
        if (c < 0x80) continue;
        ++high;
        const std::uint32_t point = page[c - 0x80];
        const unsigned char before = at == 0 ? ' ' : byte_at(head, at - 1);
        const unsigned char after = at + 1 == head.size() ? ' ' : byte_at(head, at + 1);
        const bool in_word =
            (ascii_letter(before) || before >= 0x80) && (ascii_letter(after) || after >= 0x80);
        if (point == 0) {
            score -= 3;
        } else if (contains(script.letters, lower_case(point))) {
            const bool upper = lower_case(point) != point;
            const std::uint32_t previous = before >= 0x80 ? page[before - 0x80] : 0;
            const bool after_lower =
                (before >= 'a' && before <= 'z') ||
                (contains(script.letters, previous) && previous != 0 && lower_case(previous) == previous);
            const bool before_upper = after >= 'A' && after <= 'Z';
            // A capital inside a word, or two alphabets in one, is what a wrong code page looks like. In
            // Latin scripts letters with marks stand alone or in pairs; a whole word of them is another
            // alphabet.
            const bool latin = point < 0x370;
            const int neighbours = (before >= 0x80 ? 1 : 0) + (after >= 0x80 ? 1 : 0);
            const bool mixed = !latin && (ascii_letter(before) || ascii_letter(after));
            // Portuguese has this letter only in "oes" and "oe"; elsewhere it is Hungarian in the wrong code
            // page.
            const bool rare =
                script.letters == kWestern && lower_case(point) == 0xF5 && (after | 0x20) != 'e';
            double value = rare ? 0.0 : 1.0;
            if (latin && neighbours == 1) value *= 0.5;
            if ((upper && after_lower) || (!upper && before_upper) || mixed || (latin && neighbours == 2))
                value = -0.5;
            score += value;
        } else if (typographic(point)) {
            score += in_word && point != 0x2019 ? -0.3 : 0.7;
        } else if (point == 0xBF || point == 0xA1 || point == 0xAB || point == 0xBB) {
            score += in_word ? -0.3 : 0.7; // inverted marks and quotation marks
        } else if (in_word) {
            score -= 1;
        } else if (point >= 0xA1 && point <= 0xBF) {
            score += 0.4; // a sign such as the degree or pound sign
        }
    }
    if (high == 0) return 0;
    // A few bytes prove little: then it is the most common encoding.
    const double doubt =
        script.encoding == Encoding::windows_1252 || high >= 6 ? 0 : 0.1 * static_cast<double>(6 - high);
    return score / static_cast<double>(high) + script.bonus - doubt;
}

/// How well the text reads in a double-byte encoding: share of characters that are common ones, minus a lot
/// for what is invalid.
double double_byte_likeness(std::string_view head, Encoding encoding) {
    double score = 0;
    std::size_t count = 0;
    for (std::size_t at = 0; at < head.size();) {
        const Character c = character(encoding, head.substr(at));
        if (c.length == 0) break;
        if (byte_at(head, at) >= 0x80) {
            ++count;
            if (!c.valid) {
                score -= 4;
            } else if (encoding == Encoding::gb18030) {
                const unsigned lead = byte_at(head, at), trail = c.length > 1 ? byte_at(head, at + 1) : 0;
                // GB2312's first level, then its second and its signs; the rest of GBK is rare in practice.
                score += lead >= 0xB0 && lead <= 0xD7 && trail >= 0xA1   ? 1.0
                         : lead >= 0xD8 && lead <= 0xF7 && trail >= 0xA1 ? 0.5
                         : lead >= 0xA1 && lead <= 0xA3 && trail >= 0xA1 ? 0.8
                                                                         : -0.5;
            } else {
                const bool kana = c.point >= 0x3040 && c.point <= 0x30FF;
                const bool sign =
                    (c.point >= 0x3000 && c.point <= 0x303F) || (c.point >= 0xFF01 && c.point <= 0xFF5E);
                const bool half_width = c.point >= 0xFF61 && c.point <= 0xFF9F;
                const unsigned lead = byte_at(head, at);
                score += kana || sign ? 1.0 : half_width ? -0.6 : lead >= 0x88 && lead <= 0x97 ? 0.9 : 0.0;
            }
        }
        at += c.length;
    }
    return count == 0 ? 0 : score / static_cast<double>(count);
}

std::string plural(std::size_t count, const char* noun) {
    return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

} // namespace

std::string_view encoding_name(Encoding encoding) {
    switch (encoding) {
    case Encoding::utf8:
        return "utf-8";
    case Encoding::utf16le:
        return "utf-16le";
    case Encoding::utf16be:
        return "utf-16be";
    case Encoding::utf32le:
        return "utf-32le";
    case Encoding::utf32be:
        return "utf-32be";
    case Encoding::windows_1252:
        return "windows-1252";
    case Encoding::windows_1250:
        return "windows-1250";
    case Encoding::windows_1251:
        return "windows-1251";
    case Encoding::windows_1253:
        return "windows-1253";
    case Encoding::windows_1254:
        return "windows-1254";
    case Encoding::windows_1257:
        return "windows-1257";
    case Encoding::iso_8859_2:
        return "iso-8859-2";
    case Encoding::iso_8859_15:
        return "iso-8859-15";
    case Encoding::mac_roman:
        return "macintosh";
    case Encoding::gb18030:
        return "gb18030";
    case Encoding::shift_jis:
        return "shift_jis";
    }
    return "utf-8";
}

EncodingList all_encodings() {
    return {kAll, std::size(kAll)};
}

EncodingGuess detect_encoding(std::string_view head, bool head_is_whole_file) {
    const auto starts = [&](std::string_view mark) { return head.substr(0, mark.size()) == mark; };
    using namespace std::string_view_literals;
    if (starts("\xEF\xBB\xBF"sv))
        return {Encoding::utf8, 3, true, "The file begins with the byte order mark of UTF-8."};
    if (starts("\xFF\xFE\x00\x00"sv)) // also UTF-16 with a NUL as its first character, which no table begins
                                      // with
        return {Encoding::utf32le, 4, true,
                "The file begins with the byte order mark of UTF-32 (little-endian)."};
    if (starts("\x00\x00\xFE\xFF"sv))
        return {Encoding::utf32be, 4, true,
                "The file begins with the byte order mark of UTF-32 (big-endian)."};

    head = head.substr(0, std::size_t{1} << 18);
    const WideEvidence wide = wide_evidence(head);
    const bool little_mark = starts("\xFF\xFE"sv), big_mark = starts("\xFE\xFF"sv);
    // A mark is believed unless the rest is plainly bytes ("\xFF\xFE" in a broken Latin-1 file).
    if (little_mark && wide.narrow <= wide.little)
        return {Encoding::utf16le, 2, true,
                "The file begins with the byte order mark of UTF-16 (little-endian)."};
    if (big_mark && wide.narrow <= wide.big)
        return {Encoding::utf16be, 2, true,
                "The file begins with the byte order mark of UTF-16 (big-endian)."};
    if (head.size() >= 16 && head.size() % 4 == 0) {
        std::size_t little = 0, big = 0;
        for (std::size_t at = 0; at + 4 <= head.size(); at += 4) {
            const bool low = byte_at(head, at) != 0, high = byte_at(head, at + 3) != 0;
            const bool middle = byte_at(head, at + 1) == 0 && byte_at(head, at + 2) == 0;
            little += low && !high && middle ? 1 : 0;
            big += high && !low && middle ? 1 : 0;
        }
        const std::size_t most = head.size() / 4 * 8 / 10;
        if (little > most)
            return {Encoding::utf32le, 0, true,
                    "Three of four bytes are zero, as in UTF-32 (little-endian)."};
        if (big > most)
            return {Encoding::utf32be, 0, true, "Three of four bytes are zero, as in UTF-32 (big-endian)."};
    }
    if (wide.little >= 2 && wide.little > 5 * (wide.big + wide.narrow))
        return {Encoding::utf16le, 0, true,
                "There is no byte order mark, but every second byte of the separators is zero, as in UTF-16 "
                "(little-endian)."};
    if (wide.big >= 2 && wide.big > 5 * (wide.little + wide.narrow))
        return {Encoding::utf16be, 0, true,
                "There is no byte order mark, but every second byte of the separators is zero, as in UTF-16 "
                "(big-endian)."};

    const Utf8Evidence utf8 = utf8_evidence(head);
    const bool cut_is_fine = !utf8.cut || !head_is_whole_file;
    if (utf8.invalid == 0 && utf8.shaped == 0 && cut_is_fine) {
        if (utf8.characters != 0)
            return {Encoding::utf8, 0, true,
                    "All " + plural(utf8.characters, "character") + " outside ASCII are valid UTF-8."};
        return {Encoding::utf8, 0, head_is_whole_file,
                head_is_whole_file ? "Plain ASCII: every encoding in use reads it the same."
                                   : "Plain ASCII so far, which UTF-8 and all others read the same."};
    }
    const std::size_t bad = utf8.invalid + (cut_is_fine ? 0 : 1);
    if ((utf8.characters + utf8.shaped) > 4 * bad || (bad == 0 && utf8.shaped != 0))
        return {Encoding::utf8, 0, false,
                plural(bad + utf8.shaped, "sequence") + " of bytes cannot be UTF-8, but " +
                    (utf8.characters != 0 ? "the other characters are." : "they have its shape.")};

    Encoding best = Encoding::windows_1252;
    double best_score = -1e9;
    for (const Script& script : kScripts) {
        const double score = word_likeness(head, script);
        if (score > best_score) {
            best_score = score;
            best = script.encoding;
        }
    }
    // The common characters of a double-byte encoding come in pairs, which no single-byte text keeps up by
    // chance; but a few bytes prove little, so such a reading must be nearly perfect.
    for (const Encoding encoding : {Encoding::gb18030, Encoding::shift_jis}) {
        const double score = double_byte_likeness(head, encoding);
        if (score >= 0.75 && score + 0.35 > best_score) {
            best_score = score + 0.35;
            best = encoding;
        }
    }
    return {best, 0, false,
            "The bytes are not UTF-8; read as " + std::string(encoding_name(best)) +
                " they look most like words."};
}

// --- decoding
// ------------------------------------------------------------------------------------------------------------------

Decoder::Decoder(Encoding encoding, std::size_t bom_bytes) : encoding_(encoding), bom_left_(bom_bytes) {}

void Decoder::replace(std::uint64_t at, std::string& out) {
    if (replaced_++ == 0) first_replaced_ = at;
    ++letters_;
    out.append("\xEF\xBF\xBD");
}

void Decoder::feed(std::string_view bytes, const Sink& sink) {
    const std::size_t mark = std::min(bom_left_, bytes.size());
    bytes.remove_prefix(mark);
    bom_left_ -= mark;
    offset_ += mark;

    scratch_.clear();
    // A character that the last piece cut: completed byte by byte.
    while (pending_size_ != 0 && !bytes.empty()) {
        pending_[pending_size_++] = bytes.front();
        bytes.remove_prefix(1);
        ++offset_;
        std::size_t used = 0;
        while (used < pending_size_) {
            const Character c = character(encoding_, {pending_ + used, pending_size_ - used});
            if (c.length == 0) break;
            if (c.valid) {
                append_utf8(c.point, scratch_);
                letters_ += c.point >= 0x80 ? 1 : 0;
            } else {
                replace(offset_ - (pending_size_ - used), scratch_);
            }
            used += c.length;
        }
        std::memmove(pending_, pending_ + used, pending_size_ - used);
        pending_size_ -= used;
    }
    if (encoding_ == Encoding::utf8) {
        if (!scratch_.empty()) sink(scratch_);
        decode_utf8(bytes, sink);
        return;
    }
    if (bytes.empty()) { // what is pending still waits
        if (!scratch_.empty()) sink(scratch_);
        return;
    }
    const std::uint16_t* const page = code_page(encoding_);
    std::size_t at = 0;
    while (at < bytes.size()) {
        if (page != nullptr) {
            const unsigned byte = byte_at(bytes, at);
            if (byte < 0x80) {
                std::size_t run = at + 1;
                while (run < bytes.size() && byte_at(bytes, run) < 0x80)
                    ++run;
                scratch_.append(bytes.substr(at, run - at));
                at = run;
                continue;
            }
        }
        const Character c = character(encoding_, bytes.substr(at));
        if (c.length == 0) break;
        if (c.valid) {
            append_utf8(c.point, scratch_);
        } else {
            replace(offset_ + at, scratch_);
        }
        at += c.length;
    }
    pending_size_ = bytes.size() - at;
    if (pending_size_ != 0) std::memcpy(pending_, bytes.data() + at, pending_size_);
    offset_ += bytes.size();
    if (!scratch_.empty()) sink(scratch_);
}

void Decoder::decode_utf8(std::string_view bytes, const Sink& sink) {
    while (!bytes.empty()) {
        const auto [valid, letters] = valid_utf8_prefix(bytes.data(), bytes.size());
        letters_ += letters;
        if (valid != 0) sink(bytes.substr(0, valid));
        offset_ += valid;
        bytes.remove_prefix(valid);
        scratch_.clear();
        while (!bytes.empty()) {
            const Character c = utf8_character(bytes);
            if (c.length == 0) {
                pending_size_ = bytes.size();
                std::memcpy(pending_, bytes.data(), pending_size_);
                offset_ += bytes.size();
                bytes = {};
                break;
            }
            if (c.valid) break;
            replace(offset_, scratch_);
            offset_ += c.length;
            bytes.remove_prefix(c.length);
        }
        if (!scratch_.empty()) sink(scratch_);
    }
}

void Decoder::finish(const Sink& sink) {
    scratch_.clear();
    if (pending_size_ != 0) {
        // What is left is the start of one character, except in double-byte encodings, where its last bytes
        // may be text.
        std::uint64_t at = offset_ - pending_size_;
        std::size_t used = 0;
        if (encoding_ == Encoding::gb18030 || encoding_ == Encoding::shift_jis) {
            replace(at, scratch_);
            for (used = 1; used < pending_size_; ++used) {
                if (byte_at({pending_, pending_size_}, used) < 0x80) {
                    scratch_.push_back(pending_[used]);
                } else {
                    replace(at + used, scratch_);
                }
            }
        } else {
            replace(at, scratch_);
        }
        pending_size_ = 0;
    }
    if (!scratch_.empty()) sink(scratch_);
}

void Decoder::feed(std::string_view bytes, std::string& out) {
    feed(bytes, [&](std::string_view text) { out.append(text); });
}

void Decoder::finish(std::string& out) {
    finish([&](std::string_view text) { out.append(text); });
}

} // namespace preempt::csv
