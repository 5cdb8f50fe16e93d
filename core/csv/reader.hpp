// UTF-8 text to records, streamed in pieces of any size; every departure from a well-formed file is reported
// with its line. In: a dialect and the text of a file. Out: batches of records as views, a list of problems,
// and exact counts of everything.
//
// What is promised
//  - Any chunking of the same text gives the same records and the same problems.
//  - No text is lost in silence: what is not yielded in a cell verbatim (quotes and escapes aside) is counted
//  as a problem.
//  - Time is linear in the bytes; memory is one piece plus one record, and a record is cut at
//  `max_record_bytes`.
//  - How a record is read depends on its own text, on what follows it, and on the expected width; on nothing
//  that came
//    before. So a reader that starts at the beginning of any record reads the same records from there on.
//
// Malformed quoting is read as a careful person would (see reader.cpp for the rules):
//  - a quote inside an unquoted cell is data (`5" pipe`);
//  - a quote inside a quoted cell that closes nothing is data if the cell closes properly later on its line,
//  or if only
//    so the record has the expected width (`"say "hi" now"`); else the cell was closed there and the text
//    after it belongs to it (`"aa"a` is `aaa`);
//  - a quote that is never closed, or whose cell runs over lines into another cell's opening quote, opened
//  nothing: its
//    cell ends at the next delimiter or line end, and reading goes on from there.
#pragma once

#include "core/csv/dialect.hpp"
#include "core/csv/scan.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace preempt::csv {

enum class ProblemKind : std::uint8_t {
    unclosed_quote,    ///< an opening quote without its partner; the quote is left out, its cell ends on the
                       ///< same line
    quote_inside,      ///< a quote in a quoted cell that was not doubled; kept as data
    text_after_quote,  ///< text between a closing quote and the next delimiter; appended to the cell
    space_after_quote, ///< blanks between a closing quote and the next delimiter; left out
    too_few_cells,     ///< fewer cells than the first record
    too_many_cells,    ///< more cells than the first record
    record_too_long,   ///< no end within max_record_bytes; cut there, the rest goes on as the next record
    nul_padding,       ///< a line of NUL bytes only (a file cut by a crash); not a record
    nul_in_cell,       ///< a NUL byte; kept as data
    bare_quote,        ///< a quote in an unquoted cell; kept as data
};
inline constexpr std::size_t kProblemKinds = 10;

/// true for what was read verbatim and is only worth a note (nul_in_cell, bare_quote).
bool is_note(ProblemKind kind);
/// "unclosed quote", "too few cells" ...: a short name to show.
std::string_view problem_name(ProblemKind kind);

struct Problem {
    ProblemKind kind;
    std::uint64_t line =
        0; ///< physical line it was seen on, the first is 1; of an unclosed quote: where it opened
    std::uint64_t column = 0; ///< cell within its record, the first is 1; 0: the record as a whole
    std::uint64_t record = 0; ///< index of the record as yielded, the first (normally the header) is 0
    std::string detail{};     ///< one plain sentence for the person at the page

    bool operator==(const Problem&) const = default;
};

class ReaderCore;

/// Records of one piece. Views are good only during the call of the sink that got it.
class Batch {
  public:
    std::size_t rows() const { return rows_.size(); }
    std::size_t width(std::size_t row) const { return rows_[row].width; }
    /// The value of a cell: without its quotes, escapes resolved. Resolved when asked, so a cell not asked
    /// for costs nothing.
    std::string_view cell(std::size_t row, std::size_t column) const {
        const Row& r = rows_[row];
        if (r.resolved) return resolved_[r.first + column];
        const std::uint32_t begin = column == 0 ? r.begin : scan_.ends[r.first + column - 1] + 1;
        const std::uint32_t end = column + 1 == r.width ? r.end : scan_.ends[r.first + column];
        if (begin == end) return {};
        const char first = base_[begin];
        if (first == quote_ && has_quote_) return unquoted(begin, end);
        if (first == ' ' && skip_initial_space_) return without_initial_space(begin, end);
        return {base_ + begin, end - begin};
    }
    /// The cells of a column in the rows from `first` on, into `cells`, which has room for them; empty where
    /// a row has no such column.
    void column(std::size_t first, std::size_t column, std::string_view* cells) const;
    /// The record as its file has it, without the line end.
    std::string_view record_text(std::size_t row) const {
        return {base_ + rows_[row].begin, rows_[row].end - rows_[row].begin};
    }
    /// Nothing in the record had to be judged: its text alone, read again, gives the same cells.
    bool is_verbatim(std::size_t row) const { return !rows_[row].resolved; }
    /// Physical line on which the record starts, the first line of the file is 1.
    std::uint64_t line(std::size_t row) const { return first_line_ + rows_[row].line; }
    /// Byte offset of the record's start in the text fed to the reader.
    std::uint64_t offset(std::size_t row) const { return first_offset_ + rows_[row].begin; }
    /// Index of the record in the file, counting from 0 (normally the header).
    std::uint64_t record(std::size_t row) const { return first_record_ + row; }

  private:
    friend class ReaderCore;
    struct Row {
        std::uint32_t begin; // of the record, from base_
        std::uint32_t end;   // of its last cell (without the line end)
        std::uint32_t first; // index in scan_.ends, or in resolved_
        std::uint32_t width;
        std::uint32_t line; // from first_line_
        bool resolved;      // cells are in resolved_: the record went through the careful path
    };
    std::string_view unquoted(std::uint32_t begin, std::uint32_t end) const;
    std::string_view without_initial_space(std::uint32_t begin, std::uint32_t end) const;
    char* allocate(std::size_t bytes) const;

    const char* base_ = nullptr;
    char quote_ = '"';
    bool has_quote_ = true;
    bool skip_initial_space_ = false;
    std::uint64_t first_line_ = 1, first_offset_ = 0, first_record_ = 0;
    std::vector<Row> rows_;
    ScanResult scan_; // positions from base_
    std::vector<std::string_view> resolved_;
    // Room for cells whose text differs from the file's bytes; handed out in blocks that never move.
    mutable std::vector<std::unique_ptr<char[]>> blocks_;
    mutable std::size_t block_size_ = 0, block_used_ = 0;
};

struct ReaderOptions {
    std::uint64_t first_line = 1;   ///< physical line number of the first line that will be fed
    std::uint64_t first_record = 0; ///< index that the first record gets
    /// Width that records should have; 0: that of the first record. Set it for a reader that starts in
    /// mid-file.
    std::uint32_t expected_width = 0;
    std::size_t max_record_bytes = std::size_t{64}
                                   << 20; ///< also how far a quote is searched for its partner; at most 1 GiB
    std::size_t max_problems = 1000;      ///< length of the list; the counts go on
};

/// Counts of the ways in which records ended.
struct LineEnds {
    std::uint64_t lf = 0, crlf = 0, cr = 0;
    bool mixed() const { return (lf != 0) + (crlf != 0) + (cr != 0) > 1; }
};

class Reader {
  public:
    explicit Reader(Dialect dialect, ReaderOptions options = {});
    ~Reader();
    Reader(Reader&&) noexcept;
    Reader& operator=(Reader&&) noexcept;

    using Sink = std::function<void(const Batch&)>;

    /// Reads on; calls `sink` with the records that are complete. The reader yields all records after
    /// `Dialect::skip_lines`, header rows included. A record keeps its true width. Blank lines are counted,
    /// not yielded.
    void feed(std::string_view utf8, const Sink& sink);
    void
    finish(const Sink& sink); ///< the end of the file: yields what is left. Nothing may be fed afterwards.

    const std::vector<Problem>& problems() const; ///< the first max_problems, in the order of the file
    std::uint64_t count(ProblemKind kind) const;  ///< exact
    std::uint64_t problem_count() const;          ///< exact, notes left out
    std::uint64_t records() const;                ///< yielded so far
    std::uint64_t lines() const; ///< physical lines so far; one without a line end counts after finish
    std::uint64_t blank_lines() const;
    std::uint64_t comment_lines() const;
    LineEnds line_ends() const;
    std::uint32_t expected_width() const; ///< 0 until the first record
    const Dialect& dialect() const;

  private:
    std::unique_ptr<ReaderCore> core_;
};

/// What is wrong with a header row: empty and repeated names, one sentence each ("Columns 3 and 7 are both
/// called ..."). Names are compared exactly. No name is changed: map by position.
std::vector<std::string> header_remarks(const std::vector<std::string>& names);

} // namespace preempt::csv
