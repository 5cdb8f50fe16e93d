// Dialect detection: every plausible dialect reads the head with the real reader, and the reading that looks
// most like a table wins. In: the head of a file. Out: the dialect, how consistent its reading is, and why it
// was chosen. See dialect.hpp.
//
// The score of a reading is (how regular its widths are) x (how much its cells look like values of some type)
// x (how common the dialect is); the first two are the idea of van den Burg, Nazabal, Sutton, "Wrangling
// messy CSV files by detecting row and type patterns" (2019), section 3.
#include "core/csv/dialect.hpp"

#include "core/csv/reader.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <map>

namespace preempt::csv {

namespace {

constexpr std::size_t kLookAt = std::size_t{256} << 10;
constexpr std::size_t kRecords = 1000; // records that are judged

struct DelimiterPrior {
    char delimiter;
    const char* name;
    double prior; ///< how readily it is believed; 1 for those that programs write
};

constexpr DelimiterPrior kDelimiters[] = {
    {',', "comma", 1.0},
    {';', "semicolon", 1.0},
    {'\t', "tab", 1.0},
    {'|', "pipe", 0.98},
    {'^', "caret", 0.9},
    {'~', "tilde", 0.9},
    {'\x1f', "unit separator (0x1F)", 1.0},
    {'\x01', "0x01", 1.0},
    {'#', "hash", 0.6},
    {'*', "asterisk", 0.5},
    {'+', "plus", 0.5},
    {'&', "ampersand", 0.5},
    {'!', "exclamation mark", 0.5},
    {'$', "dollar sign", 0.5},
    {'%', "per cent sign", 0.5},
    {'=', "equals sign", 0.4},
    {':', "colon", 0.55},
    {' ', "blank", 0.45},
};

bool letter(char c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}
bool digit(char c) {
    return c >= '0' && c <= '9';
}
bool ends_line(char c) {
    return c == '\n' || c == '\r';
}

/// A number, percentage or amount of money, with any of the usual separators: digits with at most signs
/// around them.
bool looks_numeric(std::string_view cell) {
    std::size_t digits = 0, at = 0;
    if (at < cell.size() && (cell[at] == '-' || cell[at] == '+')) ++at;
    for (; at < cell.size(); ++at) {
        const char c = cell[at];
        if (digit(c)) {
            ++digits;
        } else if (c == '.' || c == ',' || c == '\'') {
            if (at + 1 == cell.size() || !digit(cell[at + 1])) return false;
        } else if ((c == 'e' || c == 'E') && digits != 0) {
            std::size_t rest = at + 1;
            if (rest < cell.size() && (cell[rest] == '-' || cell[rest] == '+')) ++rest;
            if (rest == cell.size()) return false;
            return std::all_of(cell.begin() + static_cast<std::ptrdiff_t>(rest), cell.end(), digit);
        } else if (c == '%' && at + 1 == cell.size()) {
            break;
        } else {
            return false;
        }
    }
    return digits != 0;
}

/// Dates, times and instants: digit groups held together by - / . : T blank + Z, and perhaps month names or
/// am/pm.
bool looks_temporal(std::string_view cell) {
    if (cell.size() < 4 || cell.size() > 40 || !(digit(cell.front()) || letter(cell.front()))) return false;
    std::size_t digits = 0, joints = 0, run = 0;
    for (const char c : cell) {
        if (digit(c)) {
            ++digits;
            run = 0;
        } else if (c == '-' || c == '/' || c == '.' || c == ':') {
            ++joints;
            run = 0;
        } else if (c == ' ' || c == '+' || c == ',') {
            run = 0;
        } else if (letter(c)) {
            if (++run > 9) return false;
        } else {
            return false;
        }
    }
    return digits >= 3 && joints >= 1 && digits + joints * 2 >= cell.size() / 3;
}

/// 0..1: how much an unquoted cell looks like one value of a table rather than several, or a piece of one.
double cell_likeness(std::string_view cell, const Dialect& dialect) {
    if (cell.empty()) return 0.9;
    if (looks_numeric(cell)) return 1;
    // Characters that hold a record together elsewhere do not stand unquoted in a cell.
    double likeness = 1;
    std::size_t separators = 0, blanks = 0, letters = 0, others = 0, quotes = 0;
    for (const char c : cell) {
        if (c == ';' || c == '\t' || c == '|' || c == '^' || c == '\x1f' || c == '\x01') {
            ++separators;
        } else if (c == '"') {
            ++quotes;
        } else if (c == ' ') {
            ++blanks;
        } else if (letter(c) || digit(c) || static_cast<unsigned char>(c) >= 0x80) {
            ++letters;
        } else if (c != '.' && c != '-' && c != '_' && c != '/' && c != ':' && c != '@' && c != '\'') {
            ++others;
        }
    }
    if (separators != 0) likeness -= 0.35;
    if (quotes != 0) likeness -= cell.front() == '"' || cell.back() == '"' ? 0.4 : 0.1;
    if (cell.front() == '\'' || (cell.back() == '\'' && dialect.quote != '\'')) likeness -= 0.15;
    if (letters == 0) likeness -= 0.4;
    if (looks_temporal(cell)) return std::max(likeness, 0.95);
    if (others * 4 > letters + blanks) likeness -= 0.2;
    // A comma with no blank after it joins values; one with a blank is prose.
    if (dialect.delimiter != ',') {
        for (std::size_t i = 0; i + 1 < cell.size(); ++i) {
            if (cell[i] == ',' && cell[i + 1] != ' ') {
                likeness -= 0.3;
                break;
            }
        }
    }
    if (cell.front() == ' ' || cell.back() == ' ') likeness -= 0.05;
    return std::max(0.0, likeness);
}

struct RecordSeen {
    std::uint32_t width = 0;
    std::uint32_t filled = 0; ///< cells that are not empty
    std::uint32_t values = 0; ///< numbers, dates and times: what names of columns are not
    std::uint32_t leading_empty = 0;
    std::uint64_t line = 0;
    double likeness = 0; ///< sum over its cells
    char first = '\0';   ///< first byte of its first cell
};

struct Reading {
    Dialect dialect;
    double prior = 1;
    double score = -1;
    double consistency = 0;
    std::uint32_t width = 0;
    std::size_t header = 0; ///< index of the header in records
    std::vector<RecordSeen> records;
    std::uint64_t repairs = 0;
};

/// Index of the header: leading records are a title or notes if they are a single cell, a comment, or nearly
/// empty.
std::size_t header_index(const std::vector<RecordSeen>& records, std::uint32_t width) {
    if (width < 2) return 0;
    std::size_t at = 0;
    while (at + 1 < records.size()) {
        const RecordSeen& r = records[at];
        const bool single = r.width == 1 || r.filled <= 1;
        const bool short_note = r.width * 2 <= width || r.filled * 3 <= width;
        if (!(single || short_note || (r.first == '#' && r.width != width))) break;
        ++at;
    }
    // Only if a record of the usual width follows at once; else nothing is known about what was passed.
    if (at != 0 && records[at].width * 2 <= width) return 0;
    return at;
}

Reading read_with(const Dialect& dialect, double prior, std::string_view head, bool whole) {
    Reading reading;
    reading.dialect = dialect;
    reading.prior = prior;
    double quoted_bonus = 0;
    Reader reader(dialect, [] {
        ReaderOptions options;
        options.max_problems = 0;
        return options;
    }());
    std::uint64_t covered = 0;
    const auto sink = [&](const Batch& batch) {
        for (std::size_t row = 0; row < batch.rows() && reading.records.size() < kRecords; ++row) {
            RecordSeen seen;
            seen.width = static_cast<std::uint32_t>(batch.width(row));
            seen.line = batch.line(row);
            // Of very wide records the first cells tell enough.
            const std::size_t look = std::min<std::size_t>(seen.width, 256);
            for (std::size_t column = 0; column < look; ++column) {
                const std::string_view cell = batch.cell(row, column);
                if (column == 0 && !cell.empty()) seen.first = cell.front();
                if (!cell.empty()) ++seen.filled;
                if (cell.empty() && seen.leading_empty == column) ++seen.leading_empty;
                if (looks_numeric(cell) || (looks_temporal(cell) && digit(cell.front()))) ++seen.values;
                // The text of a quoted cell is whatever it is; it stands outside the head or is unescaped.
                const char* const at = cell.data();
                const bool quoted = at == nullptr || at < head.data() + 1 ||
                                    at >= head.data() + head.size() ||
                                    (dialect.quote != '\0' && at[-1] == dialect.quote);
                seen.likeness += quoted ? 1.0 : cell_likeness(cell, dialect);
                if (quoted && !cell.empty()) quoted_bonus += 1;
            }
            if (look < seen.width) {
                seen.likeness *= static_cast<double>(seen.width) / static_cast<double>(look);
                seen.filled = static_cast<std::uint32_t>(seen.filled * (seen.width / look));
            }
            reading.records.push_back(seen);
            covered = batch.offset(row);
        }
    };
    reader.feed(head, sink);
    const std::uint64_t complete = reader.records();
    if (whole || complete == 0) reader.finish(sink);
    if (reading.records.empty()) {
        reading.score = 0;
        return reading;
    }

    // Comments above the header, of any number, say nothing about the table.
    std::size_t comments = 0;
    while (comments < reading.records.size() && reading.records[comments].first == '#')
        ++comments;
    if (comments == reading.records.size()) comments = 0;
    std::map<std::uint32_t, std::size_t> widths;
    for (std::size_t i = comments; i < reading.records.size(); ++i)
        ++widths[reading.records[i].width];
    std::size_t most = 0;
    for (const auto& [width, count] : widths) {
        // Of equally frequent widths the larger: titles and footers are narrow.
        if (count >= most) {
            most = count;
            reading.width = width;
        }
    }
    if (reading.records.size() == 2 && widths.size() == 2)
        reading.width = std::max(reading.records[0].width, reading.records[1].width);

    reading.header = header_index(reading.records, reading.width);
    const std::size_t judged = reading.records.size() - reading.header;
    std::size_t usual = 0;
    double likeness = 0, cells = 0;
    for (std::size_t i = reading.header; i < reading.records.size(); ++i) {
        const RecordSeen& r = reading.records[i];
        if (r.width == reading.width) ++usual;
        likeness += r.likeness;
        cells += r.width;
    }
    for (std::size_t kind = 0; kind < kProblemKinds; ++kind) {
        const ProblemKind k = static_cast<ProblemKind>(kind);
        if (k == ProblemKind::unclosed_quote || k == ProblemKind::quote_inside ||
            k == ProblemKind::text_after_quote || k == ProblemKind::record_too_long)
            reading.repairs += reader.count(k);
    }
    const double count = static_cast<double>(judged);
    const double regular = static_cast<double>(usual) / count;
    const double repaired =
        std::min(1.0, static_cast<double>(reading.repairs) / static_cast<double>(reading.records.size()));
    reading.consistency = std::max(0.0, regular - repaired);

    // A head that one endless quoted cell has swallowed was read in the wrong dialect (or by the wrong
    // quote).
    const double coverage =
        whole ? 1.0 : 0.5 + 0.5 * static_cast<double>(covered + 1) / static_cast<double>(head.size());
    const double type = cells == 0 ? 0 : likeness / cells;
    // One column is always perfectly regular, so it counts little; each further column is worth less than the
    // one before.
    const double columns = reading.width < 2 ? 0.40 : 1.0 - 0.5 / static_cast<double>(reading.width);
    const double widths_penalty = 1.0 / (1.0 + 0.1 * static_cast<double>(widths.size() - 1));
    const double repair_penalty = 1.0 / (1.0 + 4.0 * repaired);
    reading.score =
        regular * regular * columns * type * type * widths_penalty * repair_penalty * coverage * prior;
    // A quote character must earn its place: cells that it really holds together.
    if (dialect.quote == '\'' && quoted_bonus == 0) reading.score *= 0.9;
    return reading;
}

/// "sep=;" as Excel writes and reads it, perhaps quoted. Returns the delimiter, or '\0'.
char excel_hint(std::string_view head) {
    std::string_view line = head.substr(0, head.find_first_of("\r\n"));
    if (line.size() >= 2 && line.front() == '"' && line.back() == '"') line = line.substr(1, line.size() - 2);
    if (line.size() != 5) return '\0';
    const std::string_view key = line.substr(0, 4);
    return key == "sep=" || key == "Sep=" || key == "SEP=" ? line[4] : '\0';
}

/// true if the apostrophe is seen at the start and at the end of cells, as a quote character would be.
bool apostrophe_quotes(std::string_view head) {
    bool opens = false, closes = false;
    for (std::size_t i = 0; i < head.size(); ++i) {
        if (head[i] != '\'') continue;
        const char before = i == 0 ? '\n' : head[i - 1], after = i + 1 == head.size() ? '\n' : head[i + 1];
        const auto word = [](char c) {
            return letter(c) || digit(c) || static_cast<unsigned char>(c) >= 0x80;
        };
        opens = opens || (!word(before) && before != '\'' && !ends_line(after));
        closes = closes || (!word(after) && after != '\'' && !ends_line(before));
    }
    return opens && closes;
}

std::uint32_t header_rows(const Reading& reading) {
    if (reading.records.size() <= reading.header) return 1;
    const RecordSeen& first = reading.records[reading.header];
    // Names are hardly ever numbers or dates: a first row with as many of them as the rows below is data.
    std::uint64_t values = 0, rows = 0, rows_begin_filled = 0;
    for (std::size_t i = reading.header + 1; i < reading.records.size(); ++i) {
        const RecordSeen& r = reading.records[i];
        if (r.width != reading.width) continue;
        values += r.values;
        ++rows;
        if (r.leading_empty == 0) ++rows_begin_filled;
    }
    if (rows != 0 && first.values != 0 && first.values * rows * 10 >= values * 8) return 0;
    // Survey exports have the questions in the first row and the answers' labels in the second, which is
    // empty below the respondent's own columns.
    if (reading.header + 1 < reading.records.size()) {
        const RecordSeen& second = reading.records[reading.header + 1];
        if (second.width == reading.width && second.leading_empty >= 2 && second.filled != 0 &&
            second.values == 0 && first.leading_empty == 0 && rows_begin_filled * 2 >= rows)
            return 2;
    }
    return 1;
}

std::string describe(const Reading& reading) {
    const Dialect& d = reading.dialect;
    std::string text;
    if (reading.width < 2) {
        text = "No character separates the lines into cells regularly; each line is one cell";
    } else {
        std::size_t usual = 0;
        for (std::size_t i = reading.header; i < reading.records.size(); ++i)
            if (reading.records[i].width == reading.width) ++usual;
        text = "With " + delimiter_name(d.delimiter) + " as delimiter " + std::to_string(usual) +
               " of the first " + std::to_string(reading.records.size() - reading.header) + " records have " +
               std::to_string(reading.width) + " cells";
    }
    if (d.quote == '\'') text += "; the apostrophe is the quote character";
    if (d.escape == Escape::backslash) text += "; quotes inside cells are escaped by a backslash";
    if (d.skip_initial_space) text += "; blanks after the delimiter are left out";
    if (d.collapse_delimiters) text += "; several blanks count as one delimiter";
    if (d.skip_lines != 0)
        text += "; " + std::to_string(d.skip_lines) + (d.skip_lines == 1 ? " line" : " lines") +
                " above the header " + (d.skip_lines == 1 ? "is" : "are") + " left out";
    return text + ".";
}

} // namespace

std::string delimiter_name(char delimiter) {
    if (delimiter == '\0') return "no delimiter";
    for (const DelimiterPrior& known : kDelimiters)
        if (known.delimiter == delimiter) return known.name;
    return std::string(1, delimiter);
}

DialectGuess detect_dialect(std::string_view head, bool head_is_whole_file) {
    DialectGuess guess;
    if (head.size() > kLookAt) {
        head = head.substr(0, kLookAt);
        head_is_whole_file = false;
    }
    if (head.find_first_not_of(std::string_view("\r\n\0", 3)) == std::string_view::npos) {
        guess.reason = "The file has no text.";
        return guess;
    }

    Dialect base;
    std::array<std::size_t, 256> seen{};
    for (const char c : head)
        ++seen[static_cast<unsigned char>(c)];
    if (seen[0x1e] != 0 && seen[0x1f] != 0 && seen['\n'] == 0 && seen['\r'] == 0) base.record_end = '\x1e';
    const char hint = excel_hint(head);
    if (hint != '\0') base.skip_lines = 1;

    std::vector<char> quotes = {'"'};
    if (apostrophe_quotes(head)) quotes.push_back('\'');
    const bool backslash_quote =
        head.find("\\\"") != std::string_view::npos || head.find("\\'") != std::string_view::npos;
    const bool several_blanks = head.find("  ") != std::string_view::npos;

    Reading best;
    const auto consider = [&](const Dialect& dialect, double prior) {
        Reading reading = read_with(dialect, prior, head, head_is_whole_file);
        if (reading.score > best.score + 1e-9) best = std::move(reading);
    };
    const auto consider_quotes = [&](Dialect dialect, double prior) {
        for (const char quote : quotes) {
            dialect.quote = quote;
            dialect.escape = Escape::doubled;
            const double quote_prior = quote == '"' ? prior : prior * 0.97;
            consider(dialect, quote_prior);
            if (backslash_quote) {
                dialect.escape = Escape::backslash;
                consider(dialect, quote_prior * 0.97);
            }
        }
    };

    // Colons between digits are times of day far more often than delimiters.
    std::size_t clock_colons = 0;
    for (std::size_t i = 1; i + 1 < head.size(); ++i)
        if (head[i] == ':' && digit(head[i - 1]) && digit(head[i + 1])) ++clock_colons;
    const bool clock = clock_colons * 2 > seen[':'];

    for (const DelimiterPrior& known : kDelimiters) {
        if (hint == '\0' && known.delimiter == ':' && clock) continue;
        if (hint != '\0' ? known.delimiter != hint : seen[static_cast<unsigned char>(known.delimiter)] == 0)
            continue;
        Dialect dialect = base;
        dialect.delimiter = known.delimiter;
        consider_quotes(dialect, known.prior);
        const char blank_after[] = {known.delimiter, ' ', '\0'};
        if (known.delimiter != ' ' && head.find(blank_after) != std::string_view::npos) {
            dialect.skip_initial_space = true;
            consider_quotes(dialect, known.prior * 0.995);
        }
        if (known.delimiter == ' ' && several_blanks) {
            dialect.collapse_delimiters = true;
            consider_quotes(dialect, 0.6);
        }
    }
    if (hint != '\0' && best.score < 0) {
        Dialect dialect = base;
        dialect.delimiter = hint;
        consider_quotes(dialect, 1);
    }
    if (hint == '\0') {
        // One column. Its delimiter stays the comma, so that a quoted comma or a footer is still read as one
        // expects.
        Dialect dialect = base;
        dialect.delimiter = ',';
        if (seen[','] == 0) consider_quotes(dialect, 1);
    }

    guess.dialect = best.dialect;
    guess.dialect.columns = best.width;
    guess.consistency = best.consistency;
    if (!best.records.empty() && best.header != 0)
        guess.dialect.skip_lines = static_cast<std::uint32_t>(best.records[best.header].line - 1);
    guess.dialect.header_rows = header_rows(best);
    best.dialect = guess.dialect;
    guess.reason = describe(best);
    if (hint != '\0') guess.reason = "The first line names the delimiter (sep=). " + guess.reason;
    return guess;
}

} // namespace preempt::csv
