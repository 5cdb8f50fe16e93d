// Templates of SQL and the table of what dialects say differently. In: a template with {names} and
// {functions:argument}, values for the names. Out: SQL of one dialect.
#pragma once

#include "core/evidence/sql.hpp"
#include <map>
#include <string>
#include <string_view>

namespace preempt::evidence {

/// One row a dialect. In the forms, # stands for the argument.
struct SqlWords {
    std::string_view name;
    std::string_view integer, text, real; ///< types
    std::string_view open_quote, close_quote;
    bool upper_case_names;            ///< quoted names must be written in capitals
    std::string_view create, analyse; ///< before and after "# AS SELECT"; # = the table's name
    std::string_view zoned_ms;        ///< text with an offset to milliseconds since 1970 UTC
    std::string_view local_ms;        ///< text without one, read as if it were UTC
    std::string_view date_text;       ///< days since 1970-01-01 to YYYY-MM-DD
    std::string_view bytewise;        ///< behind a text in ORDER BY: compare bytes
    std::string_view number;          ///< text to a double
    std::string_view wide;            ///< type of whole numbers up to 2^105
    std::string_view exclusive_or;    ///< of the whole numbers # and ~
    std::string_view code_point;      ///< of a letter
};
const SqlWords& words_of(SqlDialect dialect);

/// Expands templates. Names: those of `set`, and the dialect's {int} {text} {real} {bytes}. Functions:
///   {day:x}       whole days since 1970 of the milliseconds x, rounded down
///   {hour:x}      whole hours, likewise; {minute:x} whole minutes
///   {date:d}      text of the day number d
///   {col:name}    a column of a plain table, quoted
///   {word:name}   that column as text: trimmed, null words (5.2-3) as null
///   {id:name}     the same, an e-mail address in small letters (5.2-2)
///   {yes:name}    1 where the column says yes, else 0
///   {fold:x}      the text x in small letters without blanks, underscores and hyphens
///   {ms:x}        the text x, a time with an offset, as milliseconds
///   {local:x}     the text x, a time without one, as milliseconds as if it were UTC
///   {in_span:x}   the value `span`, with x for its #
///   {number:x}    the text x as a number
///   {earliest:x, y}  of two times the earlier, either of which may be null
///   {whole:x, n}  x / n without the rest, of whole numbers that are not negative; {whole64:x, n} of wide
///   ones {xor:x, y}    bit by bit; {xor64:x, y} of wide ones below 2^64; {times64:x, h, l} the wide x times
///                 2^32 h + l, modulo 2^64
///   {code:x}      the code point of the letter x
///   {change_of:x}  period x and the group of a change
///   {of_customer:x}  what customers state in the column x: their own rows, else their account's
class SqlText {
  public:
    explicit SqlText(SqlDialect dialect);
    void set(std::string_view name, std::string value);
    std::string expand(std::string_view pattern) const;
    /// A step that makes the temporary table `name` from the query in `pattern`.
    SqlStep table(std::string_view name, std::string_view pattern) const;
    const SqlWords& words() const { return words_; }

  private:
    std::string call(std::string_view function, const std::string& argument) const;
    std::string call_wide(std::string_view function, const std::string& argument) const;

    const SqlWords& words_;
    std::map<std::string, std::string, std::less<>> values_;
};

/// A text as a literal of the dialect.
std::string sql_literal(std::string_view text);

} // namespace preempt::evidence
