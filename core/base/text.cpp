// Text helpers (see text.hpp). In: UTF-8 bytes. Out: views, folded text, values.
#include "core/base/text.hpp"

#include <algorithm>
#include <array>
#include <fast_float/fast_float.h>
#include <iterator>

namespace preempt {

namespace {

constexpr char32_t kLoneByte =
    0xDC00; ///< a low surrogate is never a code point in UTF-8, so it can carry a stray byte

/// Blanks that are longer than one byte: U+00A0, U+2007, U+200B, U+202F, U+FEFF.
constexpr std::array<std::string_view, 5> kLongBlanks = {"\xC2\xA0", "\xE2\x80\x87", "\xE2\x80\x8B",
                                                         "\xE2\x80\xAF", "\xEF\xBB\xBF"};

bool is_ascii_blank(char letter) {
    return letter == ' ' || (letter >= '\t' && letter <= '\r');
}

std::size_t blank_at_front(std::string_view text) {
    if (is_ascii_blank(text.front())) return 1;
    if (static_cast<unsigned char>(text.front()) < 0x80) return 0;
    for (const auto blank : kLongBlanks) {
        if (text.substr(0, blank.size()) == blank) return blank.size();
    }
    return 0;
}

std::size_t blank_at_back(std::string_view text) {
    if (is_ascii_blank(text.back())) return 1;
    if (static_cast<unsigned char>(text.back()) < 0x80) return 0;
    for (const auto blank : kLongBlanks) {
        if (text.size() >= blank.size() && text.substr(text.size() - blank.size()) == blank)
            return blank.size();
    }
    return 0;
}

/// Simple folding of one code point; the few letters that fold to more than one are handled by the caller.
char32_t fold(char32_t c) {
    if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
    if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 32;
    if (c == 0xB5) return 0x3BC; // micro sign folds to mu
    if (c >= 0x100 && c <= 0x17F) {
        if (c == 0x178) return 0xFF;
        if (c == 0x17F) return 's';
        const bool odd_is_capital = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
        if (c == 0x138 || c == 0x149 || c == 0x130 || c == 0x131) return c;
        return ((c & 1) != 0) == odd_is_capital ? c + 1 : c;
    }
    if (c >= 0x370 && c <= 0x3FF) {
        if (c == 0x386) return 0x3AC;
        if (c >= 0x388 && c <= 0x38A) return c + 37;
        if (c == 0x38C) return 0x3CC;
        if (c == 0x38E || c == 0x38F) return c + 63;
        if (c >= 0x391 && c <= 0x3AB && c != 0x3A2) return c + 32;
        if (c == 0x3C2) return 0x3C3; // final sigma
        return c;
    }
    if (c >= 0x400 && c <= 0x40F) return c + 80;
    if (c >= 0x410 && c <= 0x42F) return c + 32;
    if ((c >= 0x460 && c <= 0x481) || (c >= 0x48A && c <= 0x4BF) || (c >= 0x4D0 && c <= 0x52F)) return c | 1;
    if (c >= 0x4C1 && c <= 0x4CE) return (c & 1) != 0 ? c + 1 : c;
    if (c == 0x4C0) return 0x4CF;
    if (c >= 0x531 && c <= 0x556) return c + 48; // Armenian
    if (c >= 0x1E00 && c <= 0x1EFF && !(c >= 0x1E96 && c <= 0x1E9F))
        return c | 1; // Latin Extended Additional
    return c;
}

bool is_key_filler(char letter) {
    return letter == ' ' || letter == '_' || letter == '-' || letter == '\t';
}

bool is_zone_part(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char letter) {
        return is_ascii_letter(letter) || is_digit(letter) || letter == '_' || letter == '+' || letter == '-';
    });
}

/// `Area/City`, `Area/Country/City`, UTC or GMT: what formats.md section 1 takes for a zone name in a header.
bool is_zone_name(std::string_view text) {
    if (text == "UTC" || text == "GMT") return true;
    std::size_t slash = text.find('/');
    if (slash == std::string_view::npos || slash == 0) return false;
    const auto area = text.substr(0, slash);
    if (!std::all_of(area.begin(), area.end(), [](char c) { return is_ascii_letter(c) || c == '_'; }))
        return false;
    while (slash != std::string_view::npos) {
        text.remove_prefix(slash + 1);
        slash = text.find('/');
        if (!is_zone_part(text.substr(0, slash))) return false;
    }
    return true;
}

/// If `text` ends in ` <open>inside<close>`, cuts that off and gives what was inside.
std::string_view take_bracket(std::string_view& text, char open, char close,
                              bool (*is_wanted)(std::string_view)) {
    if (text.size() < 4 || text.back() != close) return {};
    const std::size_t begin = text.rfind(open);
    if (begin == std::string_view::npos || begin < 2 || text[begin - 1] != ' ') return {};
    const auto inside = text.substr(begin + 1, text.size() - begin - 2);
    if (!is_wanted(inside)) return {};
    text = trim(text.substr(0, begin));
    return inside;
}

bool is_zendesk_type(std::string_view text) {
    return text == "list" || text == "txt" || text == "flag" || text == "dec" || text == "int" ||
           text == "date";
}

} // namespace

std::string_view trim(std::string_view text) {
    while (!text.empty()) {
        const std::size_t blank = blank_at_front(text);
        if (blank == 0) break;
        text.remove_prefix(blank);
    }
    while (!text.empty()) {
        const std::size_t blank = blank_at_back(text);
        if (blank == 0) break;
        text.remove_suffix(blank);
    }
    return text;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char left, char right) {
               return ascii_lower(left) == ascii_lower(right);
           });
}

char32_t next_code_point(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(at);
    if (lead < 0x80) {
        ++at;
        return lead;
    }
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    const auto stray = [&] { return kLoneByte + byte(at++); };
    if (lead < 0xC2 || lead > 0xF4 || at + length > text.size()) return stray();
    char32_t value = lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0) != 0x80) return stray();
        value = (value << 6) | (byte(at + i) & 0x3FU);
    }
    const char32_t least = length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80;
    if (value < least || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return stray();
    at += length;
    return value;
}

void append_code_point(char32_t c, std::string& out) {
    const auto put = [&](char32_t byte) {
        out.push_back(static_cast<char>(static_cast<unsigned char>(byte)));
    };
    if (c >= kLoneByte && c <= kLoneByte + 0xFF) {
        put(c - kLoneByte);
    } else if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | (c >> 6));
        put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | (c >> 12));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | (c >> 18));
        put(0x80 | ((c >> 12) & 0x3F));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    }
}

void append_folded(std::string_view text, std::string& out) {
    for (std::size_t at = 0; at < text.size();) {
        if (static_cast<unsigned char>(text[at]) < 0x80) {
            out.push_back(ascii_lower(text[at++]));
            continue;
        }
        const char32_t c = next_code_point(text, at);
        switch (c) {
        case 0xDF:
        case 0x1E9E: // sharp s, small and capital
            out.append("ss");
            break;
        case 0x130: // capital I with dot: i and a combining dot
            out.append("i\xCC\x87");
            break;
        case 0x149:
            out.append("\xCA\xBCn");
            break;
        default:
            append_code_point(fold(c), out);
        }
    }
}

std::string folded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    append_folded(text, out);
    return out;
}

bool is_surely_composed(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char letter) { return static_cast<unsigned char>(letter) < 0xCC; });
}

bool is_null_word(std::string_view text) {
    static constexpr std::array<std::string_view, 5> kWords = {"-", "na", "n/a", "null", "none"};
    if (text.empty()) return true;
    if (text.size() > 4) return false;
    return std::any_of(kWords.begin(), kWords.end(),
                       [&](std::string_view word) { return equal_ignoring_case(text, word); });
}

HeaderName parse_header(std::string_view cell) {
    HeaderName name;
    std::string_view text = trim(cell);
    name.zone = take_bracket(text, '(', ')', is_zone_name);
    name.suffix = take_bracket(text, '[', ']', is_zendesk_type);
    std::string composed;
    append_composed(text, composed);
    name.key = folded(composed);
    name.key.erase(std::remove_if(name.key.begin(), name.key.end(), is_key_filler), name.key.end());
    return name;
}

bool is_header(std::string_view key, std::string_view name) {
    std::size_t at = 0;
    for (const char letter : name) {
        if (is_key_filler(letter)) continue;
        if (at == key.size() || key[at] != ascii_lower(letter)) return false;
        ++at;
    }
    return at == key.size();
}

std::optional<double> parse_number(std::string_view text, bool decimal_comma) {
    text = trim(text);
    if (text.empty() || text.size() > 64) return std::nullopt;
    bool is_share = false;
    if (text.back() == '%') {
        is_share = true;
        text = trim(text.substr(0, text.size() - 1));
    }
    const bool negative = !text.empty() && text.front() == '-';
    if (!text.empty() && (negative || text.front() == '+')) text.remove_prefix(1);
    if (text.empty() || !(is_digit(text.front()) || text.front() == '.' || text.front() == ','))
        return std::nullopt;

    const auto commas = std::count(text.begin(), text.end(), ',');
    const auto points = std::count(text.begin(), text.end(), '.');
    // The decimal mark of this cell; the other one groups thousands. One mark alone, with three digits behind
    // it and one to three before it that do not begin with 0, can be either: then the file's own mark
    // decides.
    char mark = '.';
    const std::size_t comma = text.rfind(','), point = text.rfind('.');
    const auto may_group = [&](std::size_t at) {
        return text.size() - at == 4 && at >= 1 && at <= 3 && text.front() != '0';
    };
    if (commas > 0 && points > 0) {
        mark = comma > point ? ',' : '.';
    } else if (commas == 1) {
        mark = decimal_comma || !may_group(comma) ? ',' : '.';
    } else if (points == 1) {
        mark = decimal_comma && may_group(point) ? ',' : '.';
    } else if (points > 1) {
        mark = ','; // 1.234.567
    }
    if ((mark == ',' ? commas : points) > 1) return std::nullopt;

    std::array<char, 64> plain{};
    std::size_t size = 0;
    std::size_t since_group = 0; // digits since the last thousands mark: each group but the first has three
    bool grouped = false;
    bool in_whole_part = true;
    for (const char letter : text) {
        if (letter == mark) {
            if (grouped && since_group != 3) return std::nullopt;
            in_whole_part = false;
            plain[size++] = '.';
        } else if (letter == ',' || letter == '.' || letter == '\'') {
            if (!in_whole_part || since_group == 0 || since_group > 3 || (grouped && since_group != 3))
                return std::nullopt;
            grouped = true;
            since_group = 0;
        } else {
            if (in_whole_part) ++since_group;
            plain[size++] = letter;
        }
    }
    if (grouped && in_whole_part && since_group != 3) return std::nullopt;

    double value = 0;
    const auto [end, error] = fast_float::from_chars(plain.data(), plain.data() + size, value);
    if (error != std::errc() || end != plain.data() + size) return std::nullopt;
    if (negative) value = -value;
    return is_share ? value / 100 : value;
}

bool is_damaged_id(std::string_view text) {
    // one digit, perhaps a mark and digits, E, perhaps a plus, digits. Hexadecimal ids such as 3e12 are told
    // apart by the mark or the plus: a spreadsheet always writes at least one of them.
    if (text.size() < 4 || !is_digit(text.front())) return false;
    std::size_t at = 1;
    const bool has_mark = text[at] == '.' || text[at] == ',';
    if (has_mark) {
        ++at;
        const std::size_t digits = at;
        while (at < text.size() && is_digit(text[at]))
            ++at;
        if (at == digits) return false;
    }
    if (at >= text.size() || ascii_lower(text[at]) != 'e') return false;
    ++at;
    const bool has_plus = at < text.size() && text[at] == '+';
    if (has_plus) ++at;
    const std::size_t digits = at;
    while (at < text.size() && is_digit(text[at]))
        ++at;
    return at == text.size() && at > digits && at - digits <= 3 && (has_mark || has_plus);
}

bool is_email(std::string_view text) {
    const std::size_t at = text.find('@');
    if (at == std::string_view::npos || at == 0 || at + 1 >= text.size()) return false;
    if (text.find('@', at + 1) != std::string_view::npos) return false;
    return std::none_of(text.begin(), text.end(), [](char letter) {
        return is_ascii_blank(letter) || letter == ',' || letter == ';' || letter == '(' || letter == ')' ||
               letter == '<' || letter == '>' || letter == '"';
    });
}

std::string_view email_inside(std::string_view text) {
    const auto is_edge = [](char letter) {
        return is_ascii_blank(letter) || letter == ',' || letter == ';' || letter == '(' || letter == ')' ||
               letter == '<' || letter == '>' || letter == '"' || letter == '|' || letter == '[' ||
               letter == ']';
    };
    const std::size_t at = text.find('@');
    if (at == std::string_view::npos) return text;
    std::size_t begin = at;
    while (begin > 0 && !is_edge(text[begin - 1]))
        --begin;
    std::size_t end = at + 1;
    while (end < text.size() && !is_edge(text[end]))
        ++end;
    auto found = text.substr(begin, end - begin);
    if (found.size() > 7 && equal_ignoring_case(found.substr(0, 7), "mailto:")) found.remove_prefix(7);
    return is_email(found) ? found : text;
}

std::optional<bool> parse_flag(std::string_view text) {
    static constexpr std::array<std::string_view, 14> kYes = {
        "1", "true", "yes", "y", "x", "t", "on", "ja", "oui", "si", "wahr", "vrai", "verdadero", "s\xC3\xAD"};
    static constexpr std::array<std::string_view, 10> kNo = {"0",   "false", "no",  "n",      "f",
                                                             "off", "nein",  "non", "falsch", "faux"};
    const auto is_it = [&](std::string_view word) { return equal_ignoring_case(text, word); };
    if (std::any_of(kYes.begin(), kYes.end(), is_it)) return true;
    if (std::any_of(kNo.begin(), kNo.end(), is_it)) return false;
    return std::nullopt;
}

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
    std::string out = std::to_string(count);
    out.push_back(' ');
    out.append(count == 1 ? one : many);
    return out;
}

} // namespace preempt
