// Times as exports write them (formats.md section 8), read without allocation and without a locale.
// In: a trimmed cell. Out: an instant, local or UTC, with what the cell says about itself. Whether 03/04 is
// the 3rd of April or the 4th of March is never decided by one cell: TimeReader decides it for a column, or
// says that it cannot.
#pragma once

#include "core/base/instant.hpp"
#include <cstdint>
#include <string>
#include <string_view>

namespace preempt {

enum class DateOrder : std::uint8_t { undecided, year_first, day_first, month_first };

enum class TimeProblem : std::uint8_t {
    none,
    not_a_time,
    no_such_date,       ///< 30 February, hour 25
    spreadsheet_serial, ///< 46083.627: a spreadsheet's day number, which only a person can confirm
    early_serial,       ///< a day number below 61: spreadsheets count a 29 February 1900 that never was
    damaged_number,     ///< 1.77E+12: digits are lost
    unknown_zone,       ///< `EST`, `CST`: the letters name several zones
    other_order,        ///< can only be read in the order that the column does not have
};

/// What is wrong, to follow a cell's text: `"30.02.2026" is not a day that exists`.
std::string_view time_problem_text(TimeProblem problem);

struct TimeText {
    Instant value = kNoInstant;             ///< UTC when `zoned`, else local time read as if it were UTC
    bool zoned = false;                     ///< the cell carries an offset, a Z, or is an epoch number
    bool day_only = false;                  ///< no time of day: value is the beginning of the day
    bool order_open = false;                ///< day and month could be the other way round; read day first
    DateOrder shows = DateOrder::undecided; ///< the order that this cell alone proves
    TimeProblem problem = TimeProblem::none;
    std::int32_t late_offset =
        0; ///< order_open and an offset in the cell: to be subtracted once the order is known

    bool ok() const { return problem == TimeProblem::none; }
};

/// Accepted: ISO 8601 with T or a blank, with Z, UTC or an offset, with a fraction (cut to milliseconds),
/// date only, basic form (20260302T150100Z); epoch seconds, and milliseconds from 1e11 on (micro- and
/// nanoseconds likewise by size); day/month/year and month/day/year with / . or -, two-digit years (69 to 99
/// are 19xx), AM and PM; month names in twelve languages (18/jul/26 9:10 AM, 2 March 2026). Years 1900 to
/// 2199. `order` settles 03/04/2026; undecided reads it day first and sets order_open. `text` is trimmed and
/// not empty.
TimeText parse_time(std::string_view text, DateOrder order);

/// A spreadsheet's day number: days since 30 December 1899, the fraction is the time of day (46083.627). A
/// local time, rounded to the second; 61 (1 March 1900) is the first one accepted, 31 December 2199 the last.
/// Any other text is not_a_time, so that epoch seconds are never taken for days. `text` is trimmed.
TimeText parse_serial(std::string_view text);

/// Day and month of a local time exchanged (03/04 to 04/03). Only for values read with order_open.
Instant with_day_and_month_exchanged(Instant local);

/// Reads one column. The first value above 12 decides the order for the whole column; values before it keep
/// order_open, and the caller exchanges them if order() is month_first in the end.
class TimeReader {
  public:
    /// `answer`: a person's answer, or what other evidence says; it settles the column from the start.
    /// `accept_serials`: a person has confirmed that the column holds a spreadsheet's day numbers.
    explicit TimeReader(DateOrder answer = DateOrder::undecided, bool accept_serials = false);

    TimeText read(std::string_view text, std::uint64_t line);

    /// day_first or month_first once known; undecided otherwise.
    DateOrder order() const { return order_; }
    bool has_open_values() const { return first_open_line_ != 0; }
    std::uint64_t first_open_line() const { return first_open_line_; } ///< 0 = no open value so far
    const std::string& first_open_text() const { return first_open_text_; }
    /// The column holds values of both orders; the two sentences name line and value.
    bool contradictory() const { return !contradiction_.empty(); }
    const std::string& contradiction() const { return contradiction_; }

  private:
    DateOrder order_;
    bool answered_, accept_serials_;
    std::uint64_t decided_line_ = 0, first_open_line_ = 0;
    std::string decided_text_, first_open_text_, contradiction_;
};

} // namespace preempt
