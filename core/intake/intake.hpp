// Intake: which export is this, which column is what, and the file's rows as typed columns with a ledger.
// In: the first bytes of a file (recognise), then all of its bytes (read). Out: a Recognition that the person
// can correct, and a FileTable. A corrected mapping reads the file's bytes again: nothing of the raw text is
// kept.
#pragma once

#include "core/base/parallel.hpp"
#include "core/base/status.hpp"
#include "core/base/time_text.hpp"
#include "core/csv/dialect.hpp"
#include "core/csv/encoding.hpp"
#include "core/intake/ledger.hpp"
#include "core/intake/roles.hpp"
#include "core/intake/score.hpp"
#include "core/intake/vocabulary.hpp"
#include "core/table/column.hpp"
#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace preempt::intake {

using preempt::DateOrder;

struct ColumnProposal {
    std::string header;               ///< as in the file, zone suffix kept
    Role role = Role::none;           ///< proposed
    std::string why;                  ///< one short sentence for a person
    std::vector<std::string> samples; ///< up to three distinct values from the first rows
    std::string serial;   ///< a spreadsheet's day number (46083.6), when most values are such; else empty
    bool damaged = false; ///< ids that a spreadsheet rounded (1.03E+13): check_mapping refuses it as a key
};

/// What a file was taken for. Plain data: the page shows it and sends back a Mapping.
struct Recognition {
    std::string format;       ///< id of the format row, or "generic", or "" when unknown
    std::string format_label; ///< "Zendesk ticket export"
    TableKind kind = TableKind::unknown;
    double confidence = 0; ///< 0 to 1
    std::vector<std::string> reasons;
    csv::Encoding encoding{};
    std::size_t bom_bytes = 0; ///< length of the byte order mark
    csv::Dialect dialect;
    std::vector<ColumnProposal> columns;
    std::string zone;          ///< IANA name found in the header, or "" = not stated in the header
    bool zone_matters = false; ///< a time column without zone or offset was seen: the page must ask
    DateOrder date_order = DateOrder::undecided;
    bool ask_date_order = false; ///< 03/04/2026: the first rows cannot settle day and month
    bool ask_serials = false; ///< a time column holds a spreadsheet's day numbers: a person must confirm that
    std::vector<std::string> notices; ///< traps of this format that apply here, in plain words
    Status problem; ///< not ok: the file cannot be read (image, workbook, empty ...), message says why
};

/// The person's (or the proposed) answer to a Recognition.
struct Mapping {
    TableKind kind = TableKind::unknown;
    std::string format;
    std::vector<Role> roles; ///< one per column
    std::string zone;        ///< IANA name for times without an offset; "" = the session's zone
    DateOrder date_order = DateOrder::undecided;
    std::optional<csv::Encoding> encoding; ///< overrides
    std::optional<csv::Dialect> dialect;
    std::optional<bool> accept_serials; ///< read a spreadsheet's day numbers as local times; no answer = ask
    std::optional<ScoreScale> score_scale; ///< no answer = the format's, else inferred from the values
};

/// How a file's survey scores were read.
struct Scoring {
    bool has_scores = false; ///< a column of scores is mapped
    ScoreScale scale = ScoreScale::unknown;
    SurveyKind kind = SurveyKind::csat;        ///< of rows that name none: from the header of the scores
    std::array<ScoreScale, 3> scale_of_kind{}; ///< by SurveyKind; all the same where no column names kinds
    ScoreCounts counts;                        ///< of the rows used
    std::vector<ScoreState> people,
        bots; ///< per row: about a person, about a machine; empty when no such column
};

/// A column of numbers under its own header: figures by period that are shown as they are.
struct ExtraNumbers {
    std::string name;
    table::NumberColumn column;
};

/// A file as typed columns. Every data record is a row, the set-aside ones too: `reason[row]` says which.
struct FileTable {
    std::string name;
    TableKind kind = TableKind::unknown;
    std::string format;
    std::string zone; ///< for its local times; "" = the session's zone
    std::size_t rows = 0;
    std::vector<std::uint32_t> line; ///< physical source line per row, from 1
    std::vector<Reason> reason;      ///< per row; Reason::used when nothing at reading time spoke against it
    std::vector<SetAsideRow> set_aside_samples; ///< the first 50
    std::array<std::unique_ptr<table::TextColumn>, static_cast<std::size_t>(Role::count_)> text;
    std::array<std::unique_ptr<table::InstantColumn>, static_cast<std::size_t>(Role::count_)> instants;
    std::array<std::unique_ptr<table::NumberColumn>, static_cast<std::size_t>(Role::count_)> numbers;
    std::vector<ExtraNumbers> extra_numbers; ///< of Role::extra_figure, in the order of the columns
    std::vector<std::string>
        warnings; ///< repaired quoting, ragged rows, replaced bytes ... with line numbers
    std::uint64_t bytes = 0;
    Scoring scoring;

    const table::TextColumn* text_of(Role role) const { return text[static_cast<std::size_t>(role)].get(); }
    const table::InstantColumn* instants_of(Role role) const {
        return instants[static_cast<std::size_t>(role)].get();
    }
    const table::NumberColumn* numbers_of(Role role) const {
        return numbers[static_cast<std::size_t>(role)].get();
    }
};

/// What a person has already corrected; the rest is recognised anew with it.
struct RecogniseOptions {
    TableKind kind = TableKind::unknown; ///< unknown: not chosen
    std::optional<csv::Encoding> encoding;
    std::optional<csv::Dialect> dialect;
};

/// `head`: the first bytes (256 KiB are plenty). Never fails: what cannot be read is told in `problem`.
Recognition recognise(std::string_view file_name, std::string_view head, bool head_is_whole_file,
                      const RecogniseOptions& options = {});
/// The mapping that a Recognition proposes.
Mapping proposed_mapping(const Recognition& recognition);
/// Missing required roles, a damaged key column ... before reading; ok if it can be read.
Status check_mapping(const Recognition& recognition, const Mapping& mapping);

struct Block; // see block.hpp

/// Reads one file, streamed in pieces of any size; the result does not depend on the pieces.
class FileReader {
  public:
    /// `expected_bytes`: the size of the file where it is known, so that memory is asked for once. Only a
    /// hint.
    FileReader(std::string name, const Recognition& recognition, const Mapping& mapping,
               std::uint64_t expected_bytes = 0);
    ~FileReader();
    FileReader(FileReader&&) noexcept;
    FileReader& operator=(FileReader&&) noexcept;
    void append(std::string_view bytes);
    /// With two threads the halves of reading (see block.hpp) go on at once inside a large piece. To be set
    /// before the first piece.
    void set_parallel(Parallel parallel);
    /// In place of append(): the next block of the file from a BlockReader that was made alike; after the
    /// last one finish() gives the same as if the bytes had been appended. `stretch` hands out the bytes of
    /// the block; it is asked when the cells of some row must be shown, and the bytes must stay for the rest
    /// of the call.
    void take(const Block& block, const std::function<std::string_view()>& stretch);
    /// Is that the faster way? Not for rows without ids, which are compared by the text of all their cells.
    bool suits_blocks() const;
    std::uint64_t rows_so_far() const;
    /// A file without data rows, or whose every row is set aside for its time, is an error that names line
    /// and column.
    Result<FileTable> finish();

    // After finish(), whether it succeeded or not:

    /// Some time looked like a spreadsheet's day number, and nobody has said whether it is one.
    bool saw_serials() const;
    /// The file was taken for UTF-8 without anybody having chosen that, and then held bytes that are none,
    /// more of them than letters that are: it should be read again in this encoding.
    std::optional<csv::Encoding> reread_as() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace preempt::intake
