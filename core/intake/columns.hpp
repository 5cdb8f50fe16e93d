// The columns of a file while it is read: cells in, typed columns out. Used by FileReader only.
// One class per type of column; each keeps what it needs to say, in the end, what it could not read and on
// which lines.
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

    /// Appends the cell; the code is that of the cleaned text, 0 = missing.
    std::uint32_t append(std::string_view cell, std::uint64_t line);
    /// What the format's rules say about the cell with this code.
    const Verdict& verdict(std::uint32_t code);

    Role role() const { return settings_.role; }
    const std::string& header() const { return settings_.header; }
    /// The last cell was an id that a spreadsheet rounded; it was appended as missing.
    bool last_was_damaged() const { return last_was_damaged_; }
    /// The last cell had a word that the vocabulary of its role does not know; it was appended as missing.
    bool last_was_unknown() const { return last_was_unknown_; }
    std::string_view text(std::uint32_t code) const { return column_->dictionary.text(code); }
    std::uint32_t code(std::size_t row) const { return column_->code[row]; }
    std::uint32_t codes() const { return column_->dictionary.size(); }
    void add_warnings(std::vector<std::string>& warnings) const;
    std::unique_ptr<table::TextColumn> take() { return std::move(column_); }

  private:
    std::uint32_t encode_key(std::string_view text, std::uint64_t line);
    std::uint32_t encode_word(std::string_view text, std::uint64_t line);
    std::uint32_t encode_normalised(std::string_view text);

    Settings settings_;
    ArmQuestion question_ = ArmQuestion::none;
    bool is_key_ = false, is_normalised_ = false;
    bool last_was_damaged_ = false, last_was_unknown_ = false;
    std::unique_ptr<table::TextColumn> column_;
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

    void append(std::string_view cell, std::uint64_t line);

    Role role() const { return role_; }
    const std::string& header() const { return header_; }
    /// Of the last cell: none if it was read or is missing.
    TimeProblem last_problem() const { return last_problem_; }
    bool last_was_missing() const { return last_was_missing_; }
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
    std::unique_ptr<table::InstantColumn> take() { return std::move(column_); }

  private:
    struct LateOffset {
        std::size_t row;
        std::int32_t offset;
    };
    Role role_;
    std::string header_;
    TimeReader dates_;
    std::unique_ptr<table::InstantColumn> column_;
    std::vector<LateOffset> late_offsets_;
    TimeProblem last_problem_ = TimeProblem::none;
    bool last_was_missing_ = false, saw_serials_ = false;
    LineCount unreadable_;
    std::string unreadable_text_;
    TimeProblem unreadable_problem_ = TimeProblem::none;
};

/// A column of numbers.
class NumberReader {
  public:
    NumberReader(Role role, std::string header, bool decimal_comma);
    void append(std::string_view cell, std::uint64_t line);
    Role role() const { return role_; }
    double value(std::size_t row) const { return column_->value[row]; }
    void add_warnings(std::vector<std::string>& warnings) const;
    std::unique_ptr<table::NumberColumn> take() { return std::move(column_); }

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
