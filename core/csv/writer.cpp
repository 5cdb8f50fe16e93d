// Writes records such that the reader gives the same cells back; optionally safe for spreadsheets. See
// writer.hpp.
#include "core/csv/writer.hpp"

#include <algorithm>

namespace preempt::csv {

namespace {

bool digit(char c) {
    return c >= '0' && c <= '9';
}

/// -12, +3.5, -1,200.00, -4e-5: a sign before a number is no formula.
bool plain_number(std::string_view text) {
    if (text.empty() || !(text.front() == '-' || text.front() == '+')) return false;
    text.remove_prefix(1);
    if (text.empty() || !(digit(text.front()) || text.front() == '.' || text.front() == ',')) return false;
    bool digits = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (digit(c)) {
            digits = true;
        } else if ((c == 'e' || c == 'E') && digits && i + 1 < text.size()) {
            std::size_t rest = i + 1;
            if (text[rest] == '-' || text[rest] == '+') ++rest;
            return rest < text.size() &&
                   std::all_of(text.begin() + static_cast<std::ptrdiff_t>(rest), text.end(), digit);
        } else if (c != '.' && c != ',') {
            return false;
        }
    }
    return digits;
}

template <class Cell>
bool write_cells(const std::vector<Cell>& cells, const Dialect& dialect, const WriteOptions& options,
                 std::string& out) {
    bool faithful = true;
    const std::size_t begin = out.size();
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i != 0) {
            if (dialect.delimiter == '\0') {
                out.push_back(' ');
                faithful = false;
            } else {
                out.push_back(dialect.delimiter);
            }
        }
        const std::size_t cell_begin = out.size();
        faithful = write_cell(cells[i], dialect, options, out) && faithful;
        // What begins like a comment would not be read as a record; an empty cell between collapsed
        // delimiters would vanish.
        const bool comment = i == 0 && !dialect.comment.empty() &&
                             out.compare(begin, dialect.comment.size(), dialect.comment) == 0;
        const bool vanishes = out.size() == cell_begin && (dialect.collapse_delimiters || cells.size() == 1);
        if (comment || vanishes) {
            if (dialect.quote == '\0') {
                faithful = false;
            } else {
                out.resize(cell_begin);
                WriteOptions quoted = options;
                quoted.quote_all = true;
                faithful = write_cell(cells[i], dialect, quoted, out) && faithful;
            }
        }
    }
    if (dialect.record_end != '\n') {
        out.push_back(dialect.record_end);
    } else {
        out.append(options.line_end);
    }
    return faithful;
}

} // namespace

bool looks_like_formula(std::string_view cell) {
    const std::size_t first = cell.find_first_not_of(' ');
    if (first == std::string_view::npos) return false;
    const char c = cell[first];
    if (c == '\t' || c == '\r' || c == '=' || c == '@') return true;
    if (c != '+' && c != '-') return false;
    return !plain_number(cell.substr(first));
}

bool write_cell(std::string_view cell, const Dialect& dialect, const WriteOptions& options,
                std::string& out) {
    std::string safe;
    if (options.neutralise_formulas && looks_like_formula(cell)) {
        safe.reserve(cell.size() + 1);
        safe.push_back('\'');
        safe.append(cell);
        cell = safe;
    }
    const bool any_line_end = dialect.record_end == '\n';
    const bool escapes = dialect.escape == Escape::backslash;
    const auto splits = [&](char c) {
        return (c == dialect.delimiter && dialect.delimiter != '\0') || c == dialect.record_end ||
               (any_line_end && c == '\r');
    };
    bool needs = options.quote_all;
    for (const char c : cell)
        needs = needs || splits(c) || (c == dialect.quote && dialect.quote != '\0') || (escapes && c == '\\');
    if (!cell.empty() && dialect.skip_initial_space && cell.front() == ' ') needs = true;
    // A record of NUL bytes only is taken for padding.
    if (cell.find_first_not_of('\0') == std::string_view::npos && !cell.empty()) needs = true;
    if (!needs) {
        out.append(cell);
        return true;
    }
    if (dialect.quote == '\0') {
        bool faithful = true;
        for (const char c : cell) {
            const bool split = splits(c);
            if (escapes && (c == dialect.delimiter || c == '\\')) {
                out.push_back('\\');
                out.push_back(c);
            } else {
                out.push_back(split ? ' ' : c);
                faithful = faithful && !split;
            }
        }
        return faithful;
    }
    out.push_back(dialect.quote);
    for (const char c : cell) {
        if (escapes && (c == '\\' || c == dialect.quote)) {
            out.push_back('\\');
        } else if (c == dialect.quote) {
            out.push_back(c);
        }
        out.push_back(c);
    }
    out.push_back(dialect.quote);
    return true;
}

bool write_record(const std::vector<std::string_view>& cells, const Dialect& dialect,
                  const WriteOptions& options, std::string& out) {
    return write_cells(cells, dialect, options, out);
}

bool write_record(const std::vector<std::string>& cells, const Dialect& dialect, const WriteOptions& options,
                  std::string& out) {
    return write_cells(cells, dialect, options, out);
}

} // namespace preempt::csv
