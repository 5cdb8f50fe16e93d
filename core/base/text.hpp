// Text as exports write it: trimming, folding, header names, null words, numbers, ids that a spreadsheet
// damaged. In: UTF-8 bytes. Out: views and values; nothing here allocates unless it hands out a std::string.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace preempt {

/// Without blanks at both ends: ASCII white space, no-break and figure spaces, zero-width space, byte order
/// mark.
std::string_view trim(std::string_view text);

constexpr char ascii_lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter;
}
constexpr bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}
constexpr bool is_ascii_letter(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}
bool equal_ignoring_case(std::string_view a, std::string_view b); ///< ASCII letters only

/// Appends `text` case-folded (Unicode CaseFolding, statuses C and F) for the letters of ASCII, Latin-1,
/// Latin Extended-A, modern Greek, Cyrillic and Armenian; rarer letters are kept as they are. Bytes that are
/// not UTF-8 are kept.
void append_folded(std::string_view text, std::string& out);
std::string folded(std::string_view text);

/// Appends `text` in Unicode normal form C (see normal_form.cpp). Bytes that are not UTF-8 are kept.
void append_composed(std::string_view text, std::string& out);
/// True when normal form C cannot change `text`: no code point from U+0300 on (the usual case, found by one
/// byte scan).
bool is_surely_composed(std::string_view text);

/// The next code point of UTF-8 `text` at `at`, which is moved past it. A byte that starts no valid sequence
/// is given as 0xDC00 + byte (it cannot be a code point), so that nothing is lost.
char32_t next_code_point(std::string_view text, std::size_t& at);
void append_code_point(char32_t code_point, std::string& out); ///< the inverse of next_code_point

/// Words that stand for "nothing": empty, `-`, NA, N/A, null, None (metrics.md 5.2-3), in any case. `text` is
/// trimmed.
bool is_null_word(std::string_view text);

/// A header cell taken apart (formats.md section 2).
struct HeaderName {
    std::string key;  ///< folded, without blanks, underscores and hyphens: "Created at" and "created_at" are
                      ///< `createdat`
    std::string zone; ///< of `Created at (America/New_York)`; else empty
    std::string suffix; ///< of Zendesk's `Reason [list]`: `list`; else empty
};
HeaderName parse_header(std::string_view cell);
/// True if `key` (of a HeaderName) is the readable `name` written as a key: `createdat` and "created at".
bool is_header(std::string_view key, std::string_view name);

/// A number: sign, thousands marks, exponent, and a per cent sign (20% is 0.2). With `decimal_comma` a comma
/// is the decimal mark; without, a comma is one only where it cannot be a thousands mark (`12,5`, not
/// `1,234`).
std::optional<double> parse_number(std::string_view text, bool decimal_comma = false);

/// An id that a spreadsheet turned into a rounded number: 1.03E+13. Many ids become one, so it can never be a
/// key.
bool is_damaged_id(std::string_view text);

/// Somebody@somewhere, without blanks.
bool is_email(std::string_view text);
/// The e-mail address inside `text` ("Ann Example (ann@example.com)"), or `text` itself when it holds none.
std::string_view email_inside(std::string_view text);

/// Yes: true, yes, y, 1, x; no: false, no, n, 0 (also in German, French, Spanish). Nothing for other words.
std::optional<bool> parse_flag(std::string_view text);

/// `count` with its word: "1 row", "3 rows".
std::string counted(std::uint64_t count, std::string_view one, std::string_view many);

} // namespace preempt
