// The dialect of a delimited text file: which characters separate, quote and escape, and where its table
// begins. In: the first text of a file as UTF-8. Out: the most consistent dialect with a score and a reason
// that can be shown.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace preempt::csv {

enum class Escape : std::uint8_t {
    doubled,   ///< a quote inside a quoted cell is written twice (RFC 4180)
    backslash, ///< \" \\ and a backslash before the delimiter or a line break; doubled quotes are understood
               ///< as well
};

struct Dialect {
    char delimiter = ','; ///< '\0': none, a line is one cell
    char quote = '"';     ///< '\0': none, every quote is data
    Escape escape = Escape::doubled;
    char record_end =
        '\n'; ///< '\n': LF, CRLF and lone CR in any mixture; else this one byte (ASCII 0x1E ...)
    bool skip_initial_space = false; ///< blanks after a delimiter are not part of the cell ("a, b")
    bool collapse_delimiters =
        false; ///< a run of delimiters is one, those at the ends of a line are none (aligned text)
    std::string comment{};        ///< lines that begin so are not records; empty: there are no comment lines
    std::uint32_t skip_lines = 0; ///< physical lines before the header row (titles, notes, a `sep=` line)
    std::uint32_t header_rows =
        1; ///< for the layers above: 0 none, 1, or 2 (question and answer label); the reader yields them
    std::uint32_t columns =
        0; ///< cells of most records if known, else 0; used to judge malformed quoting, not to change widths

    bool operator==(const Dialect&) const = default;
};

/// "comma", "semicolon", "tab", ... ; the character itself where it has no common name.
std::string delimiter_name(char delimiter);

struct DialectGuess {
    Dialect dialect;
    double consistency = 0; ///< share 0..1 of the records seen that have the usual width and needed no repair
    std::string reason;     ///< one or two plain sentences for the person at the page
};

/// Judges by the first text of a file (64 KiB are plenty, 256 KiB are looked at). Never fails: text without
/// any structure is one column, and an empty text is the default dialect with consistency 0.
DialectGuess detect_dialect(std::string_view utf8_head, bool head_is_whole_file);

} // namespace preempt::csv
