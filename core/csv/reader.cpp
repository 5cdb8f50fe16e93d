// The reader: the structural scan where a file is well-formed, and for every other record the careful path
// with its rules. In: text in pieces. Out: batches of records. See reader.hpp for the promises and scan.hpp
// for the fast half.
//
// The careful path, for a quote that closes nothing, at c, in a cell whose quote opened at k. The readings
// considered:
//   literal   the quote at c is data, and the cell goes on to the next quote that can close one
//   closed    the cell closed at c, and the text from there to the next delimiter belongs to it
//   unclosed  the quote at k opened nothing: the cell ends at the first delimiter after it, or at the end of
//   its line rest      the same, but the cell is all of the rest of its line
// The first reading, in the order given by what stands around c, that gives the record its expected width is
// taken; if none does, there is a default for each situation. All looking ahead is bounded, and remembered,
// so that time stays linear.
#include "core/csv/reader.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace preempt::csv {

namespace {

constexpr std::size_t kWindow = std::size_t{256}
                                << 10; // bytes of records in one batch: fits the second-level cache
constexpr std::size_t kSearchAhead = std::size_t{64}
                                     << 10; // how far the careful path looks for a better explanation
constexpr unsigned kJudgements = 8;         // malformed cells of one record that are judged by width
constexpr std::size_t kNone = ~std::size_t{0};
constexpr std::uint64_t kNowhere = ~std::uint64_t{0};

enum CharacterClass : unsigned char { kPlain = 0, kDelimiter = 1, kLineEnd = 2, kQuote = 4, kEscapeMark = 8 };

bool all_nul(const char* text, std::size_t size) {
    return std::all_of(text, text + size, [](char c) { return c == '\0'; });
}

std::string cells_text(std::size_t count) {
    return std::to_string(count) + (count == 1 ? " cell" : " cells");
}

} // namespace

bool is_note(ProblemKind kind) {
    return kind == ProblemKind::nul_in_cell || kind == ProblemKind::bare_quote;
}

std::string_view problem_name(ProblemKind kind) {
    switch (kind) {
    case ProblemKind::unclosed_quote:
        return "unclosed quote";
    case ProblemKind::quote_inside:
        return "quote inside a quoted cell";
    case ProblemKind::text_after_quote:
        return "text after a closing quote";
    case ProblemKind::space_after_quote:
        return "blanks after a closing quote";
    case ProblemKind::too_few_cells:
        return "too few cells";
    case ProblemKind::too_many_cells:
        return "too many cells";
    case ProblemKind::record_too_long:
        return "record too long";
    case ProblemKind::nul_padding:
        return "NUL bytes in place of a record";
    case ProblemKind::nul_in_cell:
        return "NUL byte in a cell";
    case ProblemKind::bare_quote:
        return "quote in an unquoted cell";
    }
    return "";
}

// --- Batch
// ---------------------------------------------------------------------------------------------------------------------

char* Batch::allocate(std::size_t bytes) const {
    if (blocks_.empty() || block_size_ - block_used_ < bytes) {
        block_size_ = std::max<std::size_t>(bytes, 64 << 10);
        block_used_ = 0;
        blocks_.emplace_back(new char[block_size_]);
    }
    char* room = blocks_.back().get() + block_used_;
    block_used_ += bytes;
    return room;
}

std::string_view Batch::unquoted(std::uint32_t begin, std::uint32_t end) const {
    // The scan has made sure that the cell ends with its closing quote and that quotes inside come in pairs.
    const char* from = base_ + begin + 1;
    const char* const to = base_ + end - 1;
    const std::size_t size = static_cast<std::size_t>(to - from);
    const char* next = size == 0 ? nullptr : static_cast<const char*>(std::memchr(from, quote_, size));
    if (next == nullptr) return {from, size};
    char* const room = allocate(size);
    char* out = room;
    while (next != nullptr) {
        const std::size_t part = static_cast<std::size_t>(next - from) + 1; // with one of the two quotes
        std::memcpy(out, from, part);
        out += part;
        from = next + 2;
        next = from < to
                   ? static_cast<const char*>(std::memchr(from, quote_, static_cast<std::size_t>(to - from)))
                   : nullptr;
    }
    if (from < to) {
        std::memcpy(out, from, static_cast<std::size_t>(to - from));
        out += to - from;
    }
    // A cell is often asked for more than once, but room is only given back with the batch.
    block_used_ -= size - static_cast<std::size_t>(out - room);
    return {room, static_cast<std::size_t>(out - room)};
}

std::string_view Batch::without_initial_space(std::uint32_t begin, std::uint32_t end) const {
    while (begin < end && base_[begin] == ' ')
        ++begin;
    return {base_ + begin, end - begin};
}

void Batch::column(std::size_t first, std::size_t column, std::string_view* cells) const {
    for (std::size_t row = first; row < rows_.size(); ++row)
        *cells++ = column < rows_[row].width ? cell(row, column) : std::string_view{};
}

// --- the reader
// ----------------------------------------------------------------------------------------------------------------

class ReaderCore {
  public:
    ReaderCore(Dialect dialect, ReaderOptions options);

    void feed(std::string_view text, const Reader::Sink& sink);
    void finish(const Reader::Sink& sink);

    Dialect dialect;
    ReaderOptions options;
    std::vector<Problem> problems;
    std::array<std::uint64_t, kProblemKinds> counts{};
    std::uint64_t records = 0, lines_before, blank_lines = 0, comment_lines = 0;
    bool open_line = false; // after finish: the last line has no line end
    LineEnds line_ends;
    std::uint32_t expected = 0;

  private:
    enum class Step { done, more }; // more: cannot be decided without bytes that have not come yet
    enum class Found { yes, no, more };
    struct Cell {
        std::string_view value;
        std::size_t next = 0; // position after the cell: a delimiter, a line end, or the end
    };

    std::string_view skip_preamble(std::string_view text);
    std::size_t parse(const char* data, std::size_t size, bool final, const Reader::Sink& sink);
    bool fast_records(std::size_t size, bool final, const Reader::Sink& sink);
    void start_batch(std::size_t at);
    void flush(const Reader::Sink& sink);
    void add_record(Batch::Row row, std::size_t line_ends_inside);
    void note_line_end(char end, bool crlf);

    Step careful_record(std::size_t start, std::size_t size, bool final, std::size_t& next);
    Step plain_cell(std::size_t from, Cell& cell);
    Step quoted_cell(std::size_t open, Cell& cell);
    Step judge(std::size_t open, std::size_t close, bool crossed, Cell& cell, std::size_t& literal_until);
    Step judge_open_end(std::size_t open, Cell& cell);
    Cell unclosed_cell(std::size_t open, std::size_t end);
    Step line_end_after(std::size_t from, std::size_t& end);
    Step cell_end_after(std::size_t from, std::size_t& end) const;
    Found closing_quote(std::size_t from, std::size_t limit, std::size_t& quote);
    Found run_that_closes(std::size_t from, std::size_t limit, std::size_t& quote, std::size_t& after,
                          std::size_t& judged) const;
    Step tail_width(std::size_t at, std::size_t& width);
    std::string_view resolve(std::size_t from, std::size_t to, bool in_quotes) const;
    bool matches(std::size_t width) const {
        return width != 0 && (width == expected || width == dialect.columns);
    }
    bool is(std::size_t at, unsigned classes) const {
        return (class_[static_cast<unsigned char>(s_[at])] & classes) != 0;
    }
    bool stops(std::size_t at) const { return at == n_ || is(at, kDelimiter | kLineEnd); }
    std::size_t after_blanks(std::size_t at) const {
        while (at < n_ && (s_[at] == ' ' || s_[at] == '\t') && !is(at, kDelimiter))
            ++at;
        return at;
    }
    std::uint64_t line_at(std::size_t at);
    void found(ProblemKind kind, std::uint64_t line, std::size_t cell, std::string detail);
    void report(ProblemKind kind, std::uint64_t line, std::size_t cell, std::uint64_t record,
                const std::string& detail);

    std::array<unsigned char, 256> class_{};
    ScanCharacters scan_characters_;
    bool fast_ = true;
    bool escapes_ = false;

    std::uint32_t skip_left_;
    bool skip_line_feed_ = false; // the preamble ended with a CR: an LF directly after it belongs to it

    std::string pending_; // the start of a record whose end has not come yet
    std::size_t next_attempt_ = 0;
    std::uint64_t offset_ = 0; // in the stream, of data_[0]

    Batch batch_;
    const char* data_ = nullptr;
    std::size_t batch_at_ = 0; // in data_, of the batch's base
    std::size_t cursor_ = 0;   // from the base: start of the next record
    std::size_t rows_done_ = 0, quoted_done_ = 0;

    // The record in the careful path: s_[start .. n_), and whether more could come after n_.
    const char* s_ = nullptr;
    std::size_t n_ = 0;
    bool end_known_ = false; // n_ is the end of the file or the place where an endless record is cut
    std::vector<std::string_view> cells_;
    std::vector<Problem> found_;
    std::array<std::uint64_t, kProblemKinds> found_counts_{};
    unsigned judged_ = 0;
    std::size_t last_line_from_ = kNone; // from here to n_ there is no line end
    std::size_t line_cursor_ = 0;
    std::uint64_t line_cursor_line_ = 0;

    // What was looked up ahead, by offset in the stream; only saves time, never changes a result.
    std::uint64_t closing_from_ = kNowhere, closing_to_ = 0, closing_at_ = kNowhere;
    std::uint64_t line_from_ = kNowhere, line_to_ = 0;
    std::uint64_t tail_at_ = kNowhere;
    std::size_t tail_width_ = 0;
};

ReaderCore::ReaderCore(Dialect d, ReaderOptions o)
    : dialect(std::move(d)), options(o), lines_before(o.first_line - 1), expected(o.expected_width),
      skip_left_(dialect.skip_lines) {
    options.max_record_bytes = std::clamp<std::size_t>(options.max_record_bytes, 64, std::size_t{1} << 30);
    const bool any_line_end = dialect.record_end == '\n';
    const auto is_line_end = [&](char c) { return c == dialect.record_end || (any_line_end && c == '\r'); };
    if (is_line_end(dialect.delimiter)) dialect.delimiter = '\0';
    if (is_line_end(dialect.quote) || dialect.quote == dialect.delimiter) dialect.quote = '\0';
    escapes_ = dialect.escape == Escape::backslash && dialect.delimiter != '\\' && dialect.quote != '\\';

    const auto mark = [&](char c, CharacterClass what) { class_[static_cast<unsigned char>(c)] = what; };
    mark(dialect.record_end, kLineEnd);
    if (any_line_end) mark('\r', kLineEnd);
    if (dialect.delimiter != '\0') mark(dialect.delimiter, kDelimiter);
    if (dialect.quote != '\0') mark(dialect.quote, kQuote);
    if (escapes_) mark('\\', kEscapeMark);

    scan_characters_ = {dialect.delimiter,         dialect.quote,         dialect.record_end,
                        dialect.delimiter != '\0', dialect.quote != '\0', any_line_end};
    fast_ = !escapes_ && !dialect.collapse_delimiters;
    batch_.quote_ = dialect.quote;
    batch_.has_quote_ = dialect.quote != '\0';
    batch_.skip_initial_space_ = dialect.skip_initial_space;
}

// --- pieces
// --------------------------------------------------------------------------------------------------------------------

std::string_view ReaderCore::skip_preamble(std::string_view text) {
    while (!text.empty()) {
        if (skip_line_feed_) {
            skip_line_feed_ = false;
            if (text.front() == '\n') {
                text.remove_prefix(1);
                ++offset_;
                continue;
            }
        }
        if (skip_left_ == 0) break;
        std::size_t at = 0;
        while (at < text.size() && (class_[static_cast<unsigned char>(text[at])] & kLineEnd) == 0)
            ++at;
        open_line = open_line || at > 0;
        if (at < text.size()) {
            skip_line_feed_ = text[at] == '\r' && scan_characters_.any_line_end;
            ++at;
            --skip_left_;
            ++lines_before;
            open_line = false;
        }
        text.remove_prefix(at);
        offset_ += at;
    }
    return text;
}

void ReaderCore::feed(std::string_view text, const Reader::Sink& sink) {
    if (skip_left_ != 0 || skip_line_feed_) text = skip_preamble(text);
    while (!text.empty()) {
        if (pending_.empty()) {
            const std::size_t used = parse(text.data(), text.size(), false, sink);
            offset_ += used;
            pending_.assign(text.substr(used));
            next_attempt_ = std::max<std::size_t>(64, pending_.size() * 2);
            return;
        }
        // Complete the record that was cut, in a copy, then go on in the piece itself. Each attempt needs
        // twice the bytes of the one before, so that a cell of 50 MB in small pieces is not read over and
        // over.
        const std::size_t before = pending_.size();
        const std::size_t want = std::max(next_attempt_, before + 4096);
        const std::size_t taken = std::min(text.size(), want - before);
        pending_.append(text.substr(0, taken));
        if (pending_.size() < next_attempt_) return;
        const std::size_t used = parse(pending_.data(), pending_.size(), false, sink);
        offset_ += used;
        if (used >= before) {
            text.remove_prefix(used - before);
            if (pending_.capacity() > (std::size_t{1} << 20)) pending_ = std::string();
            pending_.clear();
        } else {
            text.remove_prefix(taken);
            pending_.erase(0, used);
            next_attempt_ = std::max<std::size_t>(64, pending_.size() * 2);
        }
    }
}

void ReaderCore::finish(const Reader::Sink& sink) {
    skip_left_ = 0;
    if (!pending_.empty()) {
        parse(pending_.data(), pending_.size(), true, sink);
        pending_ = std::string();
    }
}

std::size_t ReaderCore::parse(const char* data, std::size_t size, bool final, const Reader::Sink& sink) {
    data_ = data;
    start_batch(0);
    for (;;) {
        if (fast_ && !fast_records(size, final, sink)) break;
        std::size_t at = batch_at_ + cursor_;
        if (at >= size) break;
        std::size_t next = at;
        if (careful_record(at, size, final, next) == Step::more) break;
        cursor_ = next - batch_at_;
        if (cursor_ >= kWindow) flush(sink);
    }
    const std::size_t used = batch_at_ + cursor_;
    flush(sink);
    return used;
}

void ReaderCore::start_batch(std::size_t at) {
    batch_at_ = at;
    cursor_ = 0;
    rows_done_ = quoted_done_ = 0;
    batch_.base_ = data_ + at;
    batch_.first_line_ = lines_before + 1;
    batch_.first_offset_ = offset_ + at;
    batch_.first_record_ = options.first_record + records;
    batch_.rows_.clear();
    batch_.resolved_.clear();
    batch_.scan_.clear();
    if (batch_.blocks_.size() > 1 || batch_.block_size_ > (64 << 10)) {
        batch_.blocks_.clear();
        batch_.block_size_ = 0;
    }
    batch_.block_used_ = 0;
}

void ReaderCore::flush(const Reader::Sink& sink) {
    if (!batch_.rows_.empty() && sink) sink(batch_);
    start_batch(batch_at_ + cursor_);
}

void ReaderCore::note_line_end(char end, bool crlf) {
    if (crlf) {
        ++line_ends.crlf;
    } else if (end == '\r' && scan_characters_.any_line_end) {
        ++line_ends.cr;
    } else {
        ++line_ends.lf;
    }
}

void ReaderCore::add_record(Batch::Row row, std::size_t line_ends_inside) {
    row.line = static_cast<std::uint32_t>(lines_before + 1 - batch_.first_line_);
    if (expected == 0) expected = row.width;
    if (row.width != expected) {
        const ProblemKind kind =
            row.width < expected ? ProblemKind::too_few_cells : ProblemKind::too_many_cells;
        std::string detail;
        if (problems.size() < options.max_problems)
            detail = cells_text(row.width) + " where the first record has " + std::to_string(expected) + ".";
        report(kind, lines_before + 1, 0, options.first_record + records, detail);
    }
    batch_.rows_.push_back(row);
    ++records;
    lines_before += line_ends_inside;
}

// Reads well-formed records from cursor_ on. false: all that can be read now has been read (the rest must
// wait for more); true: the record at cursor_ needs the careful path.
bool ReaderCore::fast_records(std::size_t size, bool final, const Reader::Sink& sink) {
    for (;;) {
        ScanResult& scan = batch_.scan_;
        scan.record_ends.resize_down(rows_done_);
        scan.quoted_lines.resize_down(quoted_done_);
        std::size_t first = rows_done_ == 0 ? 0 : scan.record_ends[rows_done_ - 1] + std::size_t{1};
        scan.ends.resize_down(first);
        const char* const base = data_ + batch_at_;
        const std::size_t readable = size - batch_at_;
        std::size_t last =
            readable; // how far the scan may go: a CR at the very end waits for what follows it
        if (!final && last > cursor_ && scan_characters_.any_line_end && base[last - 1] == '\r') --last;

        ScanState state;
        state.at = cursor_;
        bool flushed = false;
        while (!flushed) {
            const std::size_t to = std::min(last, state.at + kWindow);
            if (to > state.at) scan_structure(base, to, readable, scan_characters_, state, scan);

            for (; rows_done_ < scan.record_ends.size(); ++rows_done_) {
                const std::uint32_t index = scan.record_ends[rows_done_];
                const std::uint32_t end = scan.ends[index];
                if (end - cursor_ > options.max_record_bytes) return true;
                const bool crlf = scan_characters_.any_line_end && end > cursor_ && base[end] == '\n' &&
                                  base[end - 1] == '\r';
                const std::uint32_t text_end = crlf ? end - 1 : end;
                const std::string_view text(base + cursor_, text_end - cursor_);
                if (!dialect.comment.empty() && text.substr(0, dialect.comment.size()) == dialect.comment) {
                    // A comment knows no quotes, so one that has some may end elsewhere.
                    if (batch_.has_quote_ && text.find(dialect.quote) != std::string_view::npos) return true;
                    ++comment_lines;
                    ++lines_before;
                } else if (text.empty()) {
                    ++blank_lines;
                    ++lines_before;
                } else {
                    std::size_t lines = 1;
                    while (quoted_done_ < scan.quoted_lines.size() && scan.quoted_lines[quoted_done_] < end) {
                        ++quoted_done_;
                        ++lines;
                    }
                    Batch::Row row;
                    row.begin = static_cast<std::uint32_t>(cursor_);
                    row.end = text_end;
                    row.first = static_cast<std::uint32_t>(first);
                    row.width = static_cast<std::uint32_t>(index + 1 - first);
                    row.line = 0;
                    row.resolved = false;
                    add_record(row, lines);
                }
                note_line_end(base[end], crlf);
                first = index + std::size_t{1};
                cursor_ = end + std::size_t{1};
            }
            if (state.suspicious != ScanState::kNone) return true;
            if (state.at >= last) return final && cursor_ < readable;
            if (state.at - cursor_ > options.max_record_bytes) return true;
            if (cursor_ >= kWindow) {
                flush(sink);
                flushed = true;
            }
        }
    }
}

// --- the careful path
// ----------------------------------------------------------------------------------------------------------

void ReaderCore::report(ProblemKind kind, std::uint64_t line, std::size_t cell, std::uint64_t record,
                        const std::string& detail) {
    ++counts[static_cast<std::size_t>(kind)];
    if (problems.size() < options.max_problems) problems.push_back({kind, line, cell, record, detail});
}

void ReaderCore::found(ProblemKind kind, std::uint64_t line, std::size_t cell, std::string detail) {
    ++found_counts_[static_cast<std::size_t>(kind)];
    if (problems.size() + found_.size() < options.max_problems)
        found_.push_back({kind, line, cell, options.first_record + records, std::move(detail)});
}

// Physical line of a position of the current record; asked in ascending order.
std::uint64_t ReaderCore::line_at(std::size_t at) {
    for (; line_cursor_ < at; ++line_cursor_) {
        if (!is(line_cursor_, kLineEnd)) continue;
        if (scan_characters_.any_line_end && s_[line_cursor_] == '\r' && line_cursor_ + 1 < n_ &&
            s_[line_cursor_ + 1] == '\n')
            continue; // the LF counts
        ++line_cursor_line_;
    }
    return line_cursor_line_;
}

ReaderCore::Step ReaderCore::line_end_after(std::size_t from, std::size_t& end) {
    const std::uint64_t at = offset_ + from;
    if (line_from_ <= at && at <= line_to_ && line_to_ - offset_ < n_) {
        end = static_cast<std::size_t>(line_to_ - offset_);
        return Step::done;
    }
    if (last_line_from_ <= from) {
        end = n_;
        return Step::done;
    }
    end = from;
    while (end < n_ && !is(end, kLineEnd))
        ++end;
    if (end == n_) {
        if (!end_known_) return Step::more;
        last_line_from_ = from;
        return Step::done;
    }
    line_from_ = at;
    line_to_ = offset_ + end;
    return Step::done;
}

ReaderCore::Step ReaderCore::cell_end_after(std::size_t from, std::size_t& end) const {
    end = from;
    while (end < n_ && !is(end, kDelimiter | kLineEnd)) {
        if (is(end, kEscapeMark) && end + 1 < n_ && is(end + 1, kDelimiter | kQuote | kEscapeMark)) ++end;
        ++end;
    }
    if (end == n_ && !end_known_) return Step::more;
    return Step::done;
}

// The next run of quotes from `from` whose last one can close a cell: an odd number (the others are doubled),
// then blanks, then a delimiter, a line end or the end. `from` must not be inside a run. `quote`: that last
// quote; `after`: where it stops; `judged`: up to here there is none before `quote`, whatever may come after
// n_.
ReaderCore::Found ReaderCore::run_that_closes(std::size_t from, std::size_t limit, std::size_t& quote,
                                              std::size_t& after, std::size_t& judged) const {
    std::size_t at = judged = from;
    bool sure = true;
    while (at < limit) {
        if (is(at, kEscapeMark)) {
            at += 2;
            if (sure && at <= limit) judged = at;
            continue;
        }
        if (!is(at, kQuote)) {
            if (escapes_) {
                ++at;
                if (sure) judged = at;
            } else {
                const void* hit = std::memchr(s_ + at, dialect.quote, limit - at);
                if (hit == nullptr) {
                    if (sure) judged = limit;
                    break;
                }
                at = static_cast<std::size_t>(static_cast<const char*>(hit) - s_);
            }
            continue;
        }
        std::size_t run = at;
        while (run < n_ && is(run, kQuote))
            ++run;
        if (run == n_ && !end_known_) return Found::more;
        const std::size_t stop = after_blanks(run);
        if (stop == n_ && !end_known_) return Found::more;
        if ((run - at) % 2 == 1 && stops(stop)) {
            quote = run - 1;
            after = stop;
            return quote < limit ? Found::yes : Found::no;
        }
        at = run;
        sure = sure && stop < n_;
        if (sure) judged = run;
    }
    if (limit == n_ && !end_known_) return Found::more;
    return Found::no;
}

ReaderCore::Found ReaderCore::closing_quote(std::size_t from, std::size_t limit, std::size_t& quote) {
    const std::uint64_t at = offset_ + from;
    std::size_t search = from;
    if (closing_from_ <= at && at <= closing_to_) {
        if (closing_at_ != kNowhere && closing_at_ >= at) {
            quote = static_cast<std::size_t>(closing_at_ - offset_);
            if (quote < n_) return quote < limit ? Found::yes : Found::no;
        } else if (closing_at_ == kNowhere) {
            search = static_cast<std::size_t>(closing_to_ - offset_);
            if (search >= limit) return limit == n_ && !end_known_ ? Found::more : Found::no;
        }
    }
    std::size_t after = 0, judged = 0;
    const Found result = run_that_closes(search, limit, quote, after, judged);
    const std::uint64_t known_from = search == from ? at : closing_from_;
    if (result == Found::yes && after < n_) {
        closing_from_ = known_from;
        closing_to_ = closing_at_ = offset_ + quote;
    } else if (result != Found::yes && judged > search) {
        closing_from_ = known_from;
        closing_to_ = offset_ + judged;
        closing_at_ = kNowhere;
    }
    return result;
}

// Cells of the rest of a record, from a delimiter or line end at `at` on, by the strict rules. 0 at its end.
ReaderCore::Step ReaderCore::tail_width(std::size_t at, std::size_t& width) {
    if (tail_at_ == offset_ + at) {
        width = tail_width_;
        return Step::done;
    }
    const std::uint64_t key = offset_ + at;
    width = 0;
    while (at < n_ && is(at, kDelimiter)) {
        ++width;
        ++at;
        if (dialect.collapse_delimiters)
            while (at < n_ && is(at, kDelimiter))
                ++at;
        std::size_t cell = at;
        if (dialect.skip_initial_space)
            while (cell < n_ && s_[cell] == ' ')
                ++cell;
        bool closed = false;
        if (cell < n_ && is(cell, kQuote)) {
            // Strictly: the first quote that is not doubled must be the one that closes.
            std::size_t i = cell + 1;
            const std::size_t limit = std::min(n_, cell + kSearchAhead);
            while (i < limit) {
                if (is(i, kEscapeMark)) {
                    i += 2;
                    continue;
                }
                if (!is(i, kQuote)) {
                    ++i;
                    continue;
                }
                std::size_t run = i;
                while (run < n_ && is(run, kQuote))
                    ++run;
                const std::size_t stop = after_blanks(run);
                if (stop == n_ && !end_known_) return Step::more;
                if ((run - i) % 2 == 1) {
                    closed = stops(stop);
                    if (closed) at = stop;
                    break;
                }
                i = run;
            }
            if (!closed && i >= n_ && !end_known_) return Step::more;
        }
        if (!closed && cell_end_after(at, at) == Step::more) return Step::more;
    }
    if (at == n_) return end_known_ ? Step::done : Step::more;
    tail_at_ = key;
    tail_width_ = width;
    return Step::done;
}

// The value of s_[from, to): doubled quotes become one (in a quoted cell), escapes are resolved. A view where
// nothing changes.
std::string_view ReaderCore::resolve(std::size_t from, std::size_t to, bool in_quotes) const {
    const auto special = [&](std::size_t i) {
        if (is(i, kEscapeMark)) return i + 1 < to && is(i + 1, kEscapeMark | kQuote | kDelimiter | kLineEnd);
        return in_quotes && is(i, kQuote) && i + 1 < to && is(i + 1, kQuote);
    };
    std::size_t at = from;
    while (at < to && !special(at))
        ++at;
    if (at == to) return {s_ + from, to - from};
    char* const room = batch_.allocate(to - from);
    std::size_t size = at - from;
    std::memcpy(room, s_ + from, size);
    while (at < to) {
        if (special(at)) ++at;
        room[size++] = s_[at++];
    }
    return {room, size};
}

ReaderCore::Step ReaderCore::plain_cell(std::size_t from, Cell& cell) {
    std::size_t end = from;
    if (cell_end_after(from, end) == Step::more) return Step::more;
    // An escaped line break belongs to the cell.
    while (escapes_ && end < n_ && is(end, kLineEnd) && end > from && s_[end - 1] == '\\') {
        std::size_t marks = 0;
        while (end - marks > from && s_[end - marks - 1] == '\\')
            ++marks;
        if (marks % 2 == 0) break;
        std::size_t next = end + 1;
        if (s_[end] == '\r' && next == n_ && !end_known_) return Step::more;
        if (s_[end] == '\r' && next < n_ && s_[next] == '\n') ++next;
        if (cell_end_after(next, end) == Step::more) return Step::more;
    }
    cell.value = resolve(from, end, false);
    cell.next = end;
    if (dialect.quote != '\0' && std::memchr(s_ + from, dialect.quote, end - from) != nullptr)
        found(ProblemKind::bare_quote, line_at(from), cells_.size() + 1,
              "A quote inside an unquoted cell was kept as it is.");
    return Step::done;
}

ReaderCore::Cell ReaderCore::unclosed_cell(std::size_t open, std::size_t end) {
    found(ProblemKind::unclosed_quote, line_at(open), cells_.size() + 1,
          "A quote was opened here and never closed; it was left out and the next line was read as a record "
          "of its own.");
    return {resolve(open + 1, end, true), end};
}

ReaderCore::Step ReaderCore::quoted_cell(std::size_t open, Cell& cell) {
    std::size_t at = open + 1;
    std::size_t searched = at; // line ends have been looked for up to here
    std::size_t literal_until = 0;
    bool crossed = false, stray = false;
    const std::uint64_t line = line_at(open);
    for (;;) {
        if (escapes_) {
            while (at < n_ && !is(at, kQuote))
                at += is(at, kEscapeMark) ? 2 : 1;
            at = std::min(at, n_);
        } else {
            const void* hit = at < n_ ? std::memchr(s_ + at, dialect.quote, n_ - at) : nullptr;
            at = hit == nullptr ? n_ : static_cast<std::size_t>(static_cast<const char*>(hit) - s_);
        }
        if (at == n_) return end_known_ ? judge_open_end(open, cell) : Step::more;
        std::size_t run = at;
        while (run < n_ && is(run, kQuote))
            ++run;
        if (run == n_ && !end_known_) return Step::more;
        if ((run - at) % 2 == 0) {
            at = run;
            continue;
        }
        const std::size_t stop = after_blanks(run);
        if (stop == n_ && !end_known_) return Step::more;
        if (stops(stop)) {
            if (stray)
                found(ProblemKind::quote_inside, line, cells_.size() + 1,
                      "A quote inside a quoted cell was not doubled; it was kept as part of the text.");
            if (stop > run)
                found(ProblemKind::space_after_quote, line, cells_.size() + 1,
                      "Blanks after the closing quote were left out.");
            cell = {resolve(open + 1, run - 1, true), stop};
            return Step::done;
        }
        stray = true;
        if (run - 1 >= literal_until) {
            for (; searched < at && !crossed; ++searched)
                crossed = is(searched, kLineEnd);
            cell.next = kNone;
            if (judge(open, run - 1, crossed, cell, literal_until) == Step::more) return Step::more;
            if (cell.next != kNone) return Step::done;
        }
        at = run;
    }
}

// A quote at `close` that can neither close nor is doubled. Decides the cell, or sets literal_until: quotes
// before are data.
ReaderCore::Step ReaderCore::judge(std::size_t open, std::size_t close, bool crossed, Cell& cell,
                                   std::size_t& literal_until) {
    const std::size_t before = cells_.size() + 1;
    std::size_t run_begin = close;
    while (run_begin > open + 1 && is(run_begin - 1, kQuote))
        --run_begin;
    const bool looks_opening = is(run_begin - 1, kDelimiter | kLineEnd);

    std::size_t line_end = 0, same_line = kNone, ahead = kNone, unclosed_end = 0, open_line_end = 0,
                closed_end = 0;
    if (line_end_after(close + 1, line_end) == Step::more) return Step::more;
    std::size_t quote = 0;
    Found search = Found::no;
    if (!crossed) {
        search = closing_quote(close + 1, line_end, quote);
        if (search == Found::more) return Step::more;
        if (search == Found::yes) same_line = quote;
    }
    if (cell_end_after(close + 1, closed_end) == Step::more) return Step::more;
    if (cell_end_after(open + 1, unclosed_end) == Step::more) return Step::more;
    open_line_end = line_end;
    if (crossed) {
        open_line_end = open + 1;
        while (open_line_end < n_ && !is(open_line_end, kLineEnd))
            ++open_line_end;
    }

    enum Reading { literal, literal_ahead, closed, unclosed, rest };
    const auto width_of = [&](Reading reading, std::size_t& width) {
        std::size_t at = kNone;
        switch (reading) {
        case literal:
            at = same_line == kNone ? kNone : after_blanks(same_line + 1);
            break;
        case literal_ahead: {
            if (ahead == kNone) {
                search = closing_quote(close + 1, std::min(n_, close + kSearchAhead), quote);
                if (search == Found::more) return Step::more;
                if (search == Found::yes) ahead = quote;
            }
            at = ahead == kNone ? kNone : after_blanks(ahead + 1);
            break;
        }
        case closed:
            at = closed_end;
            break;
        case unclosed:
            at = unclosed_end;
            break;
        case rest:
            at = open_line_end;
            break;
        }
        width = 0;
        if (at == kNone) return Step::done;
        const Step step = tail_width(at, width);
        width += before;
        return step;
    };

    static constexpr Reading kSameLine[] = {literal, closed, unclosed, literal_ahead};
    static constexpr Reading kSameLineOpening[] = {literal, unclosed, closed, literal_ahead};
    static constexpr Reading kCrossedOpening[] = {unclosed, rest, literal_ahead, closed};
    static constexpr Reading kCrossed[] = {literal_ahead, unclosed, rest, closed};
    Reading taken = crossed ? unclosed : same_line != kNone ? literal : closed;
    if (judged_++ < kJudgements && (expected != 0 || dialect.columns != 0)) {
        const Reading* const order = crossed ? (looks_opening && expected != 1 ? kCrossedOpening : kCrossed)
                                     : looks_opening ? kSameLineOpening
                                                     : kSameLine;
        for (std::size_t i = 0; i < 4; ++i) {
            std::size_t width = 0;
            if (width_of(order[i], width) == Step::more) return Step::more;
            if (matches(width)) {
                taken = order[i];
                break;
            }
        }
    }

    switch (taken) {
    case literal:
        literal_until = same_line;
        break;
    case literal_ahead:
        literal_until = ahead;
        break;
    case closed: {
        const std::string_view quoted = resolve(open + 1, close, true);
        const std::string_view tail = resolve(close + 1, closed_end, false);
        char* const room = batch_.allocate(quoted.size() + tail.size());
        if (!quoted.empty()) std::memcpy(room, quoted.data(), quoted.size());
        if (!tail.empty()) std::memcpy(room + quoted.size(), tail.data(), tail.size());
        found(ProblemKind::text_after_quote, line_at(close), before,
              "Text after the closing quote was taken as part of the cell.");
        cell = {{room, quoted.size() + tail.size()}, closed_end};
        break;
    }
    case unclosed:
        cell = unclosed_cell(open, unclosed_end);
        break;
    case rest:
        cell = unclosed_cell(open, open_line_end);
        break;
    }
    return Step::done;
}

// The file (or the longest record allowed) ended inside quotes.
ReaderCore::Step ReaderCore::judge_open_end(std::size_t open, Cell& cell) {
    std::size_t cell_end = 0, line_end = 0, width = 0;
    if (cell_end_after(open + 1, cell_end) == Step::more || tail_width(cell_end, width) == Step::more)
        return Step::more;
    line_end = open + 1;
    while (line_end < n_ && !is(line_end, kLineEnd))
        ++line_end;
    const std::size_t before = cells_.size() + 1;
    cell = unclosed_cell(open, !matches(before + width) && matches(before) ? line_end : cell_end);
    return Step::done;
}

ReaderCore::Step ReaderCore::careful_record(std::size_t start, std::size_t size, bool final,
                                            std::size_t& next) {
    s_ = data_;
    n_ = size;
    end_known_ = final;
    bool cut = false;
    if (size - start > options.max_record_bytes) {
        n_ = start + options.max_record_bytes;
        while (n_ > start + 60 && (static_cast<unsigned char>(s_[n_]) & 0xC0U) == 0x80U)
            --n_; // not inside a character
        if (s_[n_] == '\n' && s_[n_ - 1] == '\r') --n_;
        end_known_ = true;
        cut = true;
    }
    cells_.clear();
    found_.clear();
    found_counts_.fill(0);
    judged_ = 0;
    last_line_from_ = kNone;
    line_cursor_ = start;
    line_cursor_line_ = lines_before + 1;
    const std::size_t resolved_first = batch_.resolved_.size();

    // Where a line ends: its end is consumed, CR with LF as one.
    const auto after_line_end = [&](std::size_t at, std::size_t& after, bool& crlf) {
        crlf = false;
        after = at + 1;
        if (scan_characters_.any_line_end && s_[at] == '\r') {
            if (after == n_ && !end_known_) return Step::more;
            crlf = after < n_ && s_[after] == '\n';
            if (crlf) ++after;
        }
        return Step::done;
    };

    std::size_t at = start;
    bool crlf = false;
    if (!dialect.comment.empty()) {
        const std::string_view head(s_ + start, std::min(n_ - start, dialect.comment.size()));
        if (head.size() < dialect.comment.size() && !end_known_ &&
            dialect.comment.compare(0, head.size(), head) == 0)
            return Step::more;
        if (head == dialect.comment) {
            while (at < n_ && !is(at, kLineEnd))
                ++at;
            if (at == n_) {
                if (!end_known_) return Step::more;
                open_line = !cut;
                next = n_;
            } else {
                if (after_line_end(at, next, crlf) == Step::more) return Step::more;
                note_line_end(s_[at], crlf);
                ++lines_before;
            }
            ++comment_lines;
            return Step::done;
        }
    }

    if (dialect.collapse_delimiters)
        while (at < n_ && is(at, kDelimiter))
            ++at;
    const std::size_t text_begin = at;
    for (;;) {
        std::size_t begin = at;
        if (dialect.skip_initial_space)
            while (begin < n_ && s_[begin] == ' ' && !is(begin, kDelimiter))
                ++begin;
        if (begin == n_ && !end_known_) return Step::more;
        Cell cell;
        const Step step =
            begin < n_ && is(begin, kQuote) ? quoted_cell(begin, cell) : plain_cell(begin, cell);
        if (step == Step::more) return Step::more;
        cells_.push_back(cell.value);
        at = cell.next;
        if (at == n_ || is(at, kLineEnd)) break;
        ++at; // the delimiter
        if (dialect.collapse_delimiters) {
            while (at < n_ && is(at, kDelimiter))
                ++at;
            if (at == n_ && !end_known_) return Step::more;
            if (at == n_ || is(at, kLineEnd)) break;
        }
    }
    const std::size_t text_end = at;
    const bool ended = at < n_;
    if (ended) {
        if (after_line_end(at, next, crlf) == Step::more) return Step::more;
    } else {
        next = n_;
    }

    // From here on the record is decided: only now may anything be counted.
    const std::uint64_t last_line = line_at(text_end);
    const std::size_t line_ends_inside =
        static_cast<std::size_t>(last_line - lines_before - 1) + (ended ? 1 : 0);
    if (ended) {
        note_line_end(s_[text_end], crlf);
    } else {
        open_line = !cut;
    }
    if (text_end == text_begin && cells_.size() == 1) {
        ++blank_lines;
        lines_before += line_ends_inside;
        return Step::done;
    }
    if (cells_.size() == 1 && s_[text_begin] == '\0' && all_nul(s_ + text_begin, text_end - text_begin)) {
        std::string detail;
        if (problems.size() < options.max_problems)
            detail = std::to_string(text_end - text_begin) +
                     " NUL bytes were left out: the file seems to have been cut while it was written.";
        report(ProblemKind::nul_padding, lines_before + 1, 0, options.first_record + records, detail);
        lines_before += line_ends_inside;
        return Step::done;
    }
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        if (!cells_[i].empty() && std::memchr(cells_[i].data(), '\0', cells_[i].size()) != nullptr)
            found(ProblemKind::nul_in_cell, lines_before + 1, i + 1,
                  "A NUL byte in the cell was kept as it is.");
    }
    if (cut && !ended)
        found(ProblemKind::record_too_long, lines_before + 1, 0,
              "No end of the record within " + std::to_string(options.max_record_bytes) +
                  " bytes; it was cut there and goes on as the next record.");
    for (std::size_t kind = 0; kind < kProblemKinds; ++kind)
        counts[kind] += found_counts_[kind];
    for (Problem& problem : found_)
        problems.push_back(std::move(problem));

    batch_.resolved_.insert(batch_.resolved_.end(), cells_.begin(), cells_.end());
    Batch::Row row;
    row.begin = static_cast<std::uint32_t>(start - batch_at_);
    row.end = static_cast<std::uint32_t>(text_end - batch_at_);
    row.first = static_cast<std::uint32_t>(resolved_first);
    row.width = static_cast<std::uint32_t>(cells_.size());
    row.line = 0;
    row.resolved = true;
    add_record(row, line_ends_inside);
    return Step::done;
}

// --- the public face
// -----------------------------------------------------------------------------------------------------------

Reader::Reader(Dialect dialect, ReaderOptions options)
    : core_(std::make_unique<ReaderCore>(std::move(dialect), options)) {}
Reader::~Reader() = default;
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;

void Reader::feed(std::string_view utf8, const Sink& sink) {
    core_->feed(utf8, sink);
}
void Reader::finish(const Sink& sink) {
    core_->finish(sink);
}
const std::vector<Problem>& Reader::problems() const {
    return core_->problems;
}
std::uint64_t Reader::count(ProblemKind kind) const {
    return core_->counts[static_cast<std::size_t>(kind)];
}
std::uint64_t Reader::problem_count() const {
    std::uint64_t sum = 0;
    for (std::size_t kind = 0; kind < kProblemKinds; ++kind)
        if (!is_note(static_cast<ProblemKind>(kind))) sum += core_->counts[kind];
    return sum;
}
std::uint64_t Reader::records() const {
    return core_->records;
}
std::uint64_t Reader::lines() const {
    return core_->lines_before - (core_->options.first_line - 1) + (core_->open_line ? 1 : 0);
}
std::uint64_t Reader::blank_lines() const {
    return core_->blank_lines;
}
std::uint64_t Reader::comment_lines() const {
    return core_->comment_lines;
}
LineEnds Reader::line_ends() const {
    return core_->line_ends;
}
std::uint32_t Reader::expected_width() const {
    return core_->expected;
}
const Dialect& Reader::dialect() const {
    return core_->dialect;
}

std::vector<std::string> header_remarks(const std::vector<std::string>& names) {
    std::vector<std::string> remarks;
    std::vector<std::size_t> order(names.size());
    for (std::size_t i = 0; i < names.size(); ++i)
        order[i] = i;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return names[a] < names[b]; });
    const auto list = [](const std::vector<std::size_t>& columns) {
        std::string text;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (i != 0) text += i + 1 == columns.size() ? " and " : ", ";
            text += std::to_string(columns[i] + 1);
        }
        return text;
    };
    for (std::size_t i = 0; i < order.size();) {
        std::size_t j = i;
        while (j < order.size() && names[order[j]] == names[order[i]])
            ++j;
        const std::vector<std::size_t> columns(order.begin() + static_cast<std::ptrdiff_t>(i),
                                               order.begin() + static_cast<std::ptrdiff_t>(j));
        if (names[order[i]].empty()) {
            remarks.push_back(columns.size() == 1 ? "Column " + list(columns) + " has no name."
                                                  : "Columns " + list(columns) + " have no name.");
        } else if (columns.size() > 1) {
            remarks.push_back("Columns " + list(columns) + " are all called \"" + names[order[i]] + "\".");
        }
        i = j;
    }
    return remarks;
}

} // namespace preempt::csv
