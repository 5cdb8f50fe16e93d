// The columns of a file while it is read: a batch of cells in, typed columns out. Used by FileReader only.
// One class per type of column; each keeps what it needs to say, in the end, what it could not read and on
// which lines. A batch is read column by column, so that each loop does one thing.
#pragma once

#include "core/base/duration_text.hpp"
#include "core/base/time_text.hpp"
#include "core/intake/arm.hpp"
#include "core/intake/format.hpp"
#include "core/intake/row_rules.hpp"
#include "core/table/column.hpp"
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace preempt::intake {

/// The first lines on which something was seen, and how often in all.
class LineCount {
  public:
    void add(std::uint64_t line);
    std::uint64_t count() const { return count_; }
    /// "line 7", "lines 7, 9 and 12", "lines 7, 9, 12, 15, 20 and 3 more".
    std::string text() const;

  private:
    static constexpr std::size_t kShown = 5;
    std::uint64_t count_ = 0;
    std::vector<std::uint64_t> first_;
};

/// A column's cells in the rows of a batch, and the rows' lines in the file.
struct CellBatch {
    std::span<const std::string_view> cells;
    std::span<const std::uint32_t> lines;
    std::size_t size() const { return cells.size(); }
};

/// A column's times in the rows of a batch as far as they are read, and the cells of the rows that are not.
struct TimeBatch {
    std::span<const Instant> values; ///< kNoInstant = empty or not read
    std::span<const std::uint8_t> zoned;
    std::span<const std::uint32_t> unread; ///< rows
    std::span<const std::string_view> cells;
    std::span<const std::uint32_t> lines;
};

/// A key or word column.
class TextReader {
  public:
    struct Settings {
        Role role = Role::none;
        std::string header;
        TableKind kind = TableKind::unknown;
        const Format* format = nullptr;
        bool minus_one_is_null = false;
    };
    explicit TextReader(Settings settings);

    void reserve(std::size_t rows) { column_->code.reserve(rows); } ///< that are expected in all
    /// Appends the cells; a code is that of the cleaned text, 0 = missing.
    void append(const CellBatch& batch);
    /// Of the rows of the last batch.
    std::span<const std::uint32_t> batch_codes() const { return codes_; }
    /// The cell in this row of the last batch was an id that a spreadsheet rounded; appended as missing.
    bool was_damaged(std::size_t row) const { return holds(damaged_rows_, row); }
    /// It had a word that the vocabulary of its role does not know; appended as missing.
    bool was_unknown(std::size_t row) const { return holds(unknown_rows_, row); }
    /// What the format's rules say about the cell with this code.
    const Verdict& verdict(std::uint32_t code);

    Role role() const { return settings_.role; }
    const std::string& header() const { return settings_.header; }
    std::string_view text(std::uint32_t code) const { return column_->dictionary.text(code); }
    std::uint32_t code(std::size_t row) const { return column_->code[row]; }
    std::uint32_t codes() const { return column_->dictionary.size(); }
    void add_warnings(std::vector<std::string>& warnings) const;
    std::unique_ptr<table::TextColumn> take();

  private:
    /// A cell of up to 16 bytes as two words, and the code that it got last time: words of a small vocabulary
    /// are known without being cleaned and looked up again.
    struct Recent {
        std::uint64_t first = 0, second = 0;
        std::uint32_t size = kNoCell, code = 0;
    };
    static constexpr std::uint32_t kNoCell = 0xFFFF'FFFF;

    static bool holds(const std::vector<std::uint32_t>& rows, std::size_t row);
    bool is_missing(std::string_view text) const;
    /// False: the cell is its own key, with nothing to clean or to note.
    bool needs_care(std::string_view cell) const;
    void append_few(const CellBatch& batch);
    void append_many(const CellBatch& batch);
    /// The cleaned text, empty = missing; good until the next call. Keys only.
    std::string_view cleaned_key(std::string_view text, std::size_t row, std::uint32_t line);
    std::uint32_t encode(std::string_view cell, std::size_t row, std::uint32_t line);
    std::uint32_t encode_word(std::string_view text, std::size_t row, std::uint32_t line);
    std::uint32_t encode_normalised(std::string_view text);

    Settings settings_;
    ArmQuestion question_ = ArmQuestion::none;
    bool is_key_ = false, is_normalised_ = false;
    std::unique_ptr<table::TextColumn> column_;
    std::vector<std::uint32_t> codes_, damaged_rows_, unknown_rows_; ///< of the last batch
    std::vector<Recent> recent_;
    std::vector<std::string_view> keys_;
    std::vector<Verdict> verdicts_; ///< by code
    /// For columns with a closed vocabulary: the words as written, and the code of what each one means.
    table::Dictionary written_;
    std::vector<std::uint32_t> meaning_;
    std::vector<std::string> unknown_words_;
    LineCount damaged_, unknown_, several_;
    std::string scratch_, composed_;
};

/// A column of times.
class InstantReader {
  public:
    /// `accept_serials`: see TimeReader; no answer counts as no.
    InstantReader(Role role, std::string header, DateOrder answer,
                  std::optional<bool> accept_serials = false);

    void reserve(std::size_t rows) {
        column_->value.reserve(rows);
        column_->flags.reserve(rows);
    }
    void append(const CellBatch& batch);
    void append(const TimeBatch& batch);

    Role role() const { return role_; }
    const std::string& header() const { return header_; }
    /// Of a row of the last batch: none if it was read or is missing.
    TimeProblem problem(std::size_t row) const;
    /// Of the last batch: the first row's place in the column.
    std::size_t batch_begin() const { return batch_begin_; }
    bool saw_serials() const { return saw_serials_; } ///< refused ones
    const TimeReader& dates() const { return dates_; }
    Instant value(std::size_t row) const { return column_->value[row]; }
    std::uint8_t flags(std::size_t row) const { return column_->flags[row]; }
    /// Puts the earlier of both times into `row`.
    void keep_earlier(std::size_t row, Instant value, std::uint8_t flags);
    /// Gives the column `rows` missing values: for a column that no header stands for.
    void fill(std::size_t rows);
    /// Settles day and month for the values that were open.
    void settle(DateOrder order);
    void add_warnings(std::vector<std::string>& warnings) const;
    std::unique_ptr<table::InstantColumn> take();

  private:
    struct LateOffset {
        std::size_t row;
        std::int32_t offset;
    };
    struct Problem {
        std::size_t row;
        TimeProblem problem;
    };
    void append(std::string_view cell, std::size_t row, std::uint32_t line);

    Role role_;
    std::string header_;
    TimeReader dates_;
    std::unique_ptr<table::InstantColumn> column_;
    std::vector<LateOffset> late_offsets_;
    std::size_t batch_begin_ = 0;
    std::vector<Problem> problems_; ///< of the last batch, by row
    bool saw_serials_ = false;
    LineCount unreadable_;
    std::string unreadable_text_;
    TimeProblem unreadable_problem_ = TimeProblem::none;
};

/// A column of numbers.
class NumberReader {
  public:
    NumberReader(Role role, std::string header, bool decimal_comma);
    void reserve(std::size_t rows) { column_->value.reserve(rows); }
    void append(const CellBatch& batch);
    Role role() const { return role_; }
    const std::string& header() const { return header_; }
    double value(std::size_t row) const { return column_->value[row]; }
    void add_warnings(std::vector<std::string>& warnings) const;
    std::unique_ptr<table::NumberColumn> take();

  private:
    std::optional<double> parse(std::string_view text) const;

    Role role_;
    std::string header_;
    bool decimal_comma_;
    std::optional<DurationUnit> unit_; ///< that the header names
    std::unique_ptr<table::NumberColumn> column_;
    LineCount unreadable_;
    std::string unreadable_text_;
};

} // namespace preempt::intake
