// What FileReader holds while it reads a file (see intake.hpp). Rows are read by file_reader.cpp; what
// depends on the whole file (order of day and month, duplicates, event logs, footers) comes at the end, in
// file_end.cpp.
#pragma once

#include "core/csv/reader.hpp"
#include "core/intake/columns.hpp"
#include "core/intake/intake.hpp"
#include "core/intake/rows.hpp"
#include <array>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace preempt::intake {

inline constexpr std::size_t kSetAsideSamples = 50;
inline constexpr std::uint32_t kNoRow = std::numeric_limits<std::uint32_t>::max();

inline constexpr std::uint32_t kFirstPair =
    1U << 31; ///< identities from here on are pairs of record and customer

inline std::string quoted(std::string_view text) {
    return "\"" + std::string(text.substr(0, 80)) + "\"";
}

/// What rows of a kind must have.
inline bool needs_time(TableKind kind) {
    return kind == TableKind::outreaches || kind == TableKind::contacts || kind == TableKind::exposure ||
           kind == TableKind::signals || kind == TableKind::changes;
}

struct FileReader::State {
    State(std::string file_name, const Recognition& recognition, const Mapping& answer)
        : name(std::move(file_name)), problem(check_mapping(recognition, answer)), mapping(answer),
          format(find_format(mapping.format)), width(recognition.columns.size()),
          front(recognition, mapping) {
        result.name = name;
        result.kind = mapping.kind;
        result.format = mapping.format;
        result.zone = mapping.zone;
        is_guessed_utf8 =
            !mapping.encoding && recognition.bom_bytes == 0 && recognition.encoding == csv::Encoding::utf8;
        if (problem.ok()) plan(recognition);
    }

    void plan(const Recognition& recognition);
    /// A row of the batch in hand: its place there, and in the table.
    struct Row {
        std::size_t in_batch, at;
    };
    void append(std::string_view bytes);
    bool suits_blocks() const;
    void append_on_two_threads(std::string_view bytes);
    void take_batch(const csv::Batch& batch);
    void take_block(const Block& block, const std::function<std::string_view()>& stretch);
    void take_rows(Rows& rows);
    void reserve(std::size_t rows, std::uint64_t bytes);
    void find_plain_rows(std::size_t rows);
    void set_aside(Rows& rows, Row row, Reason reason, std::string detail);
    Reason judge_row(Row row, std::string& detail);
    bool is_known_duplicate(Rows& rows, Row row, std::string& detail);
    /// The first row that had `identity`, which is `row` if none had it yet.
    static std::uint32_t first_in(std::vector<std::uint32_t>& firsts, std::uint32_t identity,
                                  std::uint32_t row) {
        if (identity >= firsts.size()) firsts.resize(identity + std::size_t{1}, kNoRow);
        if (firsts[identity] == kNoRow) firsts[identity] = row;
        return firsts[identity];
    }
    std::uint32_t first_row_with(std::uint32_t record_code, std::uint32_t row) {
        return first_in(first_row_of_record, record_code, row);
    }
    std::uint32_t record_of_row_with(std::uint32_t record_code, std::uint32_t row);
    void note_footer(Rows& rows, Row row, Reason reason);

    Status settle_dates();
    Status check_times() const;
    void relabel(std::size_t row, Reason reason, std::string detail);
    void mark_footers();
    void mark_duplicates();
    void fold_events();
    void read_scores();
    void add_warnings();
    Result<FileTable> finish();
    bool saw_serials() const;

    std::size_t row_count() const { return result.reason.size(); }
    /// Details are kept for the first set-aside rows only; later ones need no text.
    bool wants_detail() const { return result.set_aside_samples.size() < kSetAsideSamples; }

    std::string name;
    Status problem;
    Mapping mapping;
    const Format* format;
    std::size_t width; ///< columns of the header
    BlockReader front; ///< the first half of reading
    TextNotes notes;   ///< once all of the text is read
    Parallel parallel;
    bool makes_blocks = false; ///< on a thread of its own, decided with the first piece
    bool takes_blocks = false; ///< somebody else makes them
    std::array<Block, 2> blocks;
    FileTable result;
    std::uint64_t expected_bytes = 0;

    struct Step {
        RoleType type = RoleType::none;
        std::size_t column = 0; ///< in the file
        std::size_t index = 0;  ///< in texts, times or numbers
    };
    std::vector<Step> steps; ///< the mapped columns, in the order of the file
    std::vector<TextReader> texts;
    std::vector<InstantReader> times;
    std::vector<NumberReader> numbers;
    std::array<TextReader*, static_cast<std::size_t>(Role::count_)> text_of{};
    std::array<InstantReader*, static_cast<std::size_t>(Role::count_)> time_of{};
    std::vector<TextReader*> judged; ///< columns whose words can set a row aside, by precedence
    std::vector<InstantReader*>
        clocks; ///< engagement: any of these times will do; else the one required time
    bool is_event_log = false;
    bool counts_views = false;   ///< self-service in the aggregate form: no people, one row an article
    Role own_key = Role::none;   ///< of tables without people: the id that no row can do without
    bool decides_at_end = false; ///< which of several rows of a record is kept

    std::vector<std::string_view> cells; ///< a column of the batch in hand
    /// Per row of the batch in hand: nothing of its own cells speaks against it.
    std::vector<std::uint8_t> is_plain;
    table::Dictionary pairs; ///< (record id, customer) of outreaches whose id names a message, not a delivery
    table::Dictionary plain_rows; ///< rows without an id, by their hash
    std::vector<std::uint32_t> first_row_of_record, first_row_of_pair, first_row_of_plain;
    std::vector<std::uint32_t> record_of_row; ///< only if decides_at_end
    std::string key_bytes;
    std::vector<std::uint32_t> footer_rows; ///< rows at the end so far that look like a footer
    LineCount other_submitter;
    std::uint64_t time_refusals = 0; ///< rows set aside for their time
    std::string first_time_refusal;
    LineCount off_scale;
    std::string first_off_scale;
    bool is_guessed_utf8 = false;
    bool finished = false;
};

} // namespace preempt::intake
