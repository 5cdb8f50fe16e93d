// Records to delimited text in any dialect, such that the reader gives the same cells back.
// In: cells as UTF-8. Out: text appended to a string. Optionally safe to open in a spreadsheet.
#pragma once

#include "core/csv/dialect.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace preempt::csv {

struct WriteOptions {
    std::string_view line_end = "\r\n"; ///< ignored where the dialect has its own record_end
    bool quote_all = false;
    /// Puts an apostrophe before a cell that a spreadsheet would run as a formula: one that begins with = + -
    /// @ tab or CR, also after blanks. Plain numbers such as -12.5 are left alone. Not reversible: for
    /// exports, not for storage.
    bool neutralise_formulas = false;
};

/// A dialect without quotes and escapes cannot carry every cell; a character that would split the cell is
/// then replaced by a blank. Returns false if that happened. With a quote character every cell survives
/// unchanged.
bool write_cell(std::string_view cell, const Dialect& dialect, const WriteOptions& options, std::string& out);

/// One record with its line end. A record of one empty cell is written as a pair of quotes, so that it is not
/// a blank line.
bool write_record(const std::vector<std::string_view>& cells, const Dialect& dialect,
                  const WriteOptions& options, std::string& out);
bool write_record(const std::vector<std::string>& cells, const Dialect& dialect, const WriteOptions& options,
                  std::string& out);

/// true if a spreadsheet would take the cell for a formula (and it is not a plain number).
bool looks_like_formula(std::string_view cell);

} // namespace preempt::csv
