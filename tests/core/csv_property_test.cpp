// Properties of the reader and the writer on random text: any chunking gives the same, write then read gives
// the same cells, a reader that starts at any record agrees, and time and memory stay in bounds.
#include "catch.hpp"
#include "csv_helpers.hpp"

#include "core/csv/writer.hpp"

using namespace preempt::csv;
using csv_test::Rows;

namespace {

/// splitmix64: the same numbers with every standard library.
class Random {
  public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }

  private:
    std::uint64_t state_;
};

const Dialect kDialects[] = {
    {},
    {.delimiter = ';'},
    {.delimiter = '\t', .quote = '\''},
    {.escape = Escape::backslash},
    {.skip_initial_space = true},
    {.delimiter = ' ', .collapse_delimiters = true},
    {.comment = "#"},
    {.skip_lines = 2},
    {.delimiter = '\x1f', .record_end = '\x1e'},
    {.quote = '\0'},
    {.delimiter = '\0'},
    {.columns = 3},
};

/// Text from few characters, so that everything special happens often, sometimes between stretches longer
/// than a block.
std::string random_text(Random& random, std::size_t pieces) {
    static const std::string_view kPieces[] = {
        ",",      ",",     "\"",   "\"",   "\"\"", "\n",   "\n",     "\r\n",
        "\r",     "a",     "b c",  " ",    "#",    "\\",   ";",      "\t",
        "'",      "\",\"", "\"\n", "\n\"", "\x1f", "\x1e", "\u00e9", std::string_view("\0", 1),
        "1,2,3\n"};
    std::string text;
    for (std::size_t i = 0; i < pieces; ++i) {
        if (random.below(40) == 0) {
            text.append(50 + random.below(100), 'x');
        } else {
            text += kPieces[random.below(std::size(kPieces))];
        }
    }
    return text;
}

} // namespace

TEST_CASE("csv: any chunking of the same text gives the same records and problems", "[csv][property]") {
    Random random(1);
    for (int round = 0; round < 4000; ++round) {
        const Dialect& dialect = kDialects[random.below(std::size(kDialects))];
        ReaderOptions options;
        if (random.below(3) == 0) options.max_record_bytes = 64 + random.below(100);
        if (random.below(3) == 0) options.max_problems = 3;
        const std::string text = random_text(random, 1 + random.below(120));
        const csv_test::Outcome whole = csv_test::read_text(text, dialect, 0, options);
        for (const std::size_t piece : {std::size_t{1}, 2 + random.below(8), 10 + random.below(90)}) {
            const csv_test::Outcome pieces = csv_test::read_text(text, dialect, piece, options);
            if (!(pieces == whole)) {
                CAPTURE(round, text, piece, options.max_record_bytes);
                CHECK(pieces.rows == whole.rows);
                CHECK(pieces.line_numbers == whole.line_numbers);
                CHECK(pieces.problem_count == whole.problem_count);
                REQUIRE(pieces == whole);
            }
        }
    }
}

TEST_CASE("csv: a reader that starts at any record reads the same from there on", "[csv][property]") {
    Random random(2);
    for (int round = 0; round < 600; ++round) {
        Dialect dialect = kDialects[random.below(std::size(kDialects))];
        const std::string text = random_text(random, 1 + random.below(120));
        const csv_test::Outcome whole = csv_test::read_text(text, dialect);
        // The first record is read without knowing what width to expect, so only the others can be read again
        // alike.
        if (whole.rows.size() < 2) continue;
        const std::size_t from = 1 + random.below(whole.rows.size() - 1);
        dialect.skip_lines = 0;
        ReaderOptions options;
        options.first_line = whole.line_numbers[from];
        options.first_record = from;
        options.expected_width = static_cast<std::uint32_t>(whole.rows[0].size());
        const csv_test::Outcome rest =
            csv_test::read_text(std::string_view(text).substr(static_cast<std::size_t>(whole.offsets[from])),
                                dialect, 0, options);
        CAPTURE(round, text, from);
        REQUIRE(rest.rows == Rows(whole.rows.begin() + static_cast<std::ptrdiff_t>(from), whole.rows.end()));
        REQUIRE(rest.line_numbers ==
                std::vector<std::uint64_t>(whole.line_numbers.begin() + static_cast<std::ptrdiff_t>(from),
                                           whole.line_numbers.end()));
        std::vector<Problem> problems;
        for (const Problem& problem : whole.problems)
            if (problem.line >= options.first_line && problem.record >= from) problems.push_back(problem);
        REQUIRE(rest.problems == problems);
    }
}

TEST_CASE("csv: write then read gives the same cells, for any cells and dialect", "[csv][property]") {
    Random random(3);
    const std::string_view line_ends[] = {"\r\n", "\n", "\r"};
    for (int round = 0; round < 3000; ++round) {
        Dialect dialect = kDialects[random.below(std::size(kDialects))];
        if (dialect.quote == '\0' || dialect.delimiter == '\0') continue; // these cannot carry everything
        dialect.skip_lines = 0;
        WriteOptions options;
        options.line_end = line_ends[random.below(3)];
        options.quote_all = random.below(4) == 0;
        Rows rows(1 + random.below(5));
        const std::size_t width = 1 + random.below(4);
        std::string text;
        for (auto& row : rows) {
            for (std::size_t i = 0; i < width; ++i)
                row.push_back(random.below(5) == 0 ? "" : random_text(random, random.below(6)));
            REQUIRE(write_record(row, dialect, options, text));
        }
        const csv_test::Outcome outcome =
            csv_test::read_text(text, dialect, random.below(2) == 0 ? 0 : 1 + random.below(20));
        CAPTURE(round, text);
        REQUIRE(outcome.rows == rows);
        REQUIRE(outcome.problem_count == 0);
    }
}

TEST_CASE("csv: what is not in a cell is a separator, a quote, or counted", "[csv][property]") {
    // Every letter of the input must be found in the cells, in order, whatever the quoting.
    Random random(4);
    for (int round = 0; round < 2000; ++round) {
        const std::string text = random_text(random, 1 + random.below(120));
        const csv_test::Outcome outcome = csv_test::read_text(text, Dialect{});
        const auto letters = [](std::string_view from) {
            std::string kept;
            for (const char c : from)
                if (std::string_view("abcx123#;'\\").find(c) != std::string_view::npos) kept.push_back(c);
            return kept;
        };
        std::string cells;
        for (const auto& row : outcome.rows)
            for (const auto& cell : row)
                cells += letters(cell);
        CAPTURE(round, text);
        REQUIRE(cells == letters(text));
    }
}
