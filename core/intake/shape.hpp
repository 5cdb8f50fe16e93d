// What the values of a column look like, judged by the first rows. In: cells. Out: counts, from which roles
// are proposed.
#pragma once

#include "core/base/time_text.hpp"
#include "core/intake/arm.hpp"
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace preempt::intake {

struct ColumnShape {
    std::size_t rows = 0;                      ///< cells seen, the empty ones included
    std::size_t filled = 0;                    ///< not empty and no null word
    std::size_t emails = 0;                    ///< an e-mail address, or a text with one inside
    std::size_t times = 0;                     ///< can be read as a time
    std::size_t local_times = 0;               ///< of those, without offset
    std::size_t serials = 0;                   ///< look like a spreadsheet's day numbers
    std::size_t damaged = 0;                   ///< ids that a spreadsheet rounded
    std::size_t arms = 0;                      ///< words for treated or held out
    std::size_t holdouts = 0;                  ///< of those, held out
    std::size_t hex_ids = 0;                   ///< 24 hexadecimal digits
    std::size_t ids = 0;                       ///< no blanks, at least one digit, no time, no e-mail
    std::size_t numbers = 0;                   ///< can be read as a number
    std::size_t distinct = 0;                  ///< distinct values
    TimeReader dates;                          ///< has seen the values that can be times
    std::string damaged_sample, serial_sample; ///< the first of each
    std::vector<std::string> samples;          ///< up to three distinct values

    bool mostly(std::size_t count) const { return filled > 0 && count * 10 >= filled * 8; }
    /// Too few rows tell nothing yet.
    bool recurs() const { return filled < 100 || distinct * 10 < filled * 9; }
};

/// Judges all columns of a sample; rows may be shorter than `columns`. `question` per column: see arm.hpp.
std::vector<ColumnShape> judge_columns(const std::vector<std::vector<std::string>>& rows,
                                       const std::vector<std::size_t>& lines,
                                       const std::vector<std::string>& headers);

} // namespace preempt::intake
