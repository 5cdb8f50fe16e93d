// The rules of the reader one by one: line ends, quotes and their repair with line numbers, ragged rows,
// limits, cost.
#include "catch.hpp"
#include "csv_helpers.hpp"

#include <algorithm>
#include <ctime>

using namespace preempt::csv;
using csv_test::Outcome;
using csv_test::read_text;
using csv_test::Rows;

namespace {

std::uint64_t count(const Outcome& outcome, ProblemKind kind) {
    return outcome.counts[static_cast<std::size_t>(kind)];
}

double processor_seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

} // namespace

TEST_CASE("csv: LF, CRLF and lone CR end a record, in any mixture, and are counted", "[csv][reader]") {
    const Outcome outcome = read_text("a,b\r\nc,d\ne,f\rg,h", Dialect{});
    CHECK(outcome.rows == Rows{{"a", "b"}, {"c", "d"}, {"e", "f"}, {"g", "h"}});
    CHECK(outcome.line_numbers == std::vector<std::uint64_t>{1, 2, 3, 4});
    CHECK(outcome.lines == 4);
    CHECK(outcome.crlf == 1);
    CHECK(outcome.lf == 1);
    CHECK(outcome.cr == 1);
    CHECK(LineEnds{1, 1, 0}.mixed());
    CHECK(!LineEnds{5, 0, 0}.mixed());
}

TEST_CASE("csv: line numbers are physical: blank lines and line breaks in cells count", "[csv][reader]") {
    const Outcome outcome = read_text("a,b\n\n1,\"x\r\ny\rz\"\n\r\n2,q\n", Dialect{});
    CHECK(outcome.rows == Rows{{"a", "b"}, {"1", "x\r\ny\rz"}, {"2", "q"}});
    CHECK(outcome.line_numbers == std::vector<std::uint64_t>{1, 3, 7});
    CHECK(outcome.blank_lines == 2);
    CHECK(outcome.lines == 7);
    CHECK(outcome.problem_count == 0);
}

TEST_CASE("csv: an unclosed quote is reported where it opened and takes nothing with it", "[csv][reader]") {
    std::string text = "id,name,note\n1,Ann,ok\n2,\"Bob,x\n";
    for (int i = 3; i < 500; ++i)
        text += std::to_string(i) + ",Cy,y\n";
    const Outcome outcome = read_text(text, Dialect{});
    REQUIRE(outcome.rows.size() == 500);
    CHECK(outcome.rows[2] == std::vector<std::string>{"2", "Bob", "x"});
    CHECK(outcome.rows[3] == std::vector<std::string>{"3", "Cy", "y"});
    REQUIRE(outcome.problems.size() == 1);
    CHECK(outcome.problems[0].kind == ProblemKind::unclosed_quote);
    CHECK(outcome.problems[0].line == 3);
    CHECK(outcome.problems[0].column == 2);
    CHECK(outcome.problems[0].record == 2);
}

TEST_CASE("csv: a stray quote in a file whose cells are all quoted does not turn inside out",
          "[csv][reader]") {
    const Outcome outcome =
        read_text("\"id\",\"name\"\n\"1\",\"Ann\n\"2\",\"Bob\"\n\"3\",\"Cy\"\n", Dialect{});
    CHECK(outcome.rows == Rows{{"id", "name"}, {"1", "Ann"}, {"2", "Bob"}, {"3", "Cy"}});
    CHECK(count(outcome, ProblemKind::unclosed_quote) == 1);
    CHECK(outcome.problems[0].line == 2);
}

TEST_CASE("csv: quotes that were not doubled, also over several lines", "[csv][reader]") {
    const Outcome outcome = read_text(
        "id,text,end\n1,\"say \"hi\" now\",ok\n2,\"he \"said\" so\nand left\",ok\n3,x,y\n", Dialect{});
    CHECK(outcome.rows == Rows{{"id", "text", "end"},
                               {"1", "say \"hi\" now", "ok"},
                               {"2", "he \"said\" so\nand left", "ok"},
                               {"3", "x", "y"}});
    CHECK(count(outcome, ProblemKind::quote_inside) == 2);
    CHECK(outcome.problem_count == 2);
    CHECK(outcome.problems[1].line == 3);
}

TEST_CASE("csv: a proper cell over many lines is never doubted", "[csv][reader]") {
    std::string cell;
    for (int i = 0; i < 2000; ++i)
        cell += std::to_string(i) + ",looks,like\n";
    const Outcome outcome = read_text("a,b,c\n1,\"" + cell + "\",z\n2,x,y\n", Dialect{});
    CHECK(outcome.rows == Rows{{"a", "b", "c"}, {"1", cell, "z"}, {"2", "x", "y"}});
    CHECK(outcome.problem_count == 0);
    CHECK(outcome.line_numbers.back() == 2003);
}

TEST_CASE("csv: a file cut inside its last cell keeps the cell whole", "[csv][reader]") {
    CHECK(read_text("a,b\n1,x\n2,\"cut, here", Dialect{}).rows ==
          Rows{{"a", "b"}, {"1", "x"}, {"2", "cut, here"}});
    CHECK(read_text("a,b,c\n1,x,y\n2,\"cut, here", Dialect{}).rows ==
          Rows{{"a", "b", "c"}, {"1", "x", "y"}, {"2", "cut", " here"}});
}

TEST_CASE("csv: ragged records keep their true width and are reported", "[csv][reader]") {
    const Outcome outcome = read_text("a,b,c\n1\n1,2\n1,2,3\n1,2,3,4\n", Dialect{});
    CHECK(outcome.rows == Rows{{"a", "b", "c"}, {"1"}, {"1", "2"}, {"1", "2", "3"}, {"1", "2", "3", "4"}});
    CHECK(count(outcome, ProblemKind::too_few_cells) == 2);
    CHECK(count(outcome, ProblemKind::too_many_cells) == 1);
    CHECK(outcome.problems[0].line == 2);
    CHECK(outcome.problems[0].detail == "1 cell where the first record has 3.");
    CHECK(outcome.problems[2].line == 5);
}

TEST_CASE("csv: notes are counted and are no problems", "[csv][reader]") {
    const Outcome outcome =
        read_text(std::string("a,b\n5\" pipe,x\n") + std::string("1\0,2\n", 5), Dialect{});
    CHECK(outcome.rows == Rows{{"a", "b"}, {"5\" pipe", "x"}, {std::string("1\0", 2), "2"}});
    CHECK(count(outcome, ProblemKind::bare_quote) == 1);
    CHECK(count(outcome, ProblemKind::nul_in_cell) == 1);
    CHECK(outcome.problem_count == 0);
}

TEST_CASE("csv: comment lines are not records, know no quotes, and only where the dialect has them",
          "[csv][reader]") {
    Dialect dialect;
    dialect.comment = "//";
    const Outcome outcome = read_text("// it's \"odd,\nx,y\n//a,\"b\n/,z\n//last", dialect);
    CHECK(outcome.rows == Rows{{"x", "y"}, {"/", "z"}});
    CHECK(outcome.lines == 5);
    CHECK(read_text("#1,2\n", Dialect{}).rows == Rows{{"#1", "2"}});
}

TEST_CASE("csv: skipped lines are counted as lines", "[csv][reader]") {
    for (const char* end : {"\n", "\r\n", "\r"}) {
        Dialect dialect;
        dialect.skip_lines = 2;
        const std::string text = std::string("Title \"x") + end + end + "a,b" + end + "1,2" + end;
        const Outcome outcome = read_text(text, dialect, 3);
        CHECK(outcome.rows == Rows{{"a", "b"}, {"1", "2"}});
        CHECK(outcome.line_numbers == std::vector<std::uint64_t>{3, 4});
        CHECK(outcome.lines == 4);
        CHECK(outcome.offsets[0] == text.find("a,b"));
    }
}

TEST_CASE("csv: a backslash dialect", "[csv][reader]") {
    Dialect dialect;
    dialect.escape = Escape::backslash;
    const Outcome outcome = read_text("a,\"b \\\"c\\\" d\",\"e\\\\\"\nx\\,y,\\N,\"C:\\dir\"\n", dialect);
    CHECK(outcome.rows == Rows{{"a", "b \"c\" d", "e\\"}, {"x,y", "\\N", "C:\\dir"}});
    CHECK(outcome.problem_count == 0);
}

TEST_CASE("csv: an endless record is cut, reported, and nothing of it is lost", "[csv][reader]") {
    ReaderOptions options;
    options.max_record_bytes = 100;
    const std::string line(250, 'x');
    const Outcome outcome = read_text("a\n" + line + "\nb\n", Dialect{}, 0, options);
    CHECK(outcome.rows ==
          Rows{{"a"}, {std::string(100, 'x')}, {std::string(100, 'x')}, {std::string(50, 'x')}, {"b"}});
    CHECK(count(outcome, ProblemKind::record_too_long) == 2);
    // Never inside a character.
    std::string accents;
    for (int i = 0; i < 80; ++i)
        accents += "\u20ac";
    for (const auto& row : read_text(accents, Dialect{}, 0, options).rows)
        CHECK(row[0].size() % 3 == 0);
}

TEST_CASE("csv: 10,000 columns and a quoted cell of 50 MB, in small pieces", "[csv][reader]") {
    std::string wide;
    for (int i = 0; i < 9999; ++i)
        wide += "c" + std::to_string(i) + ",";
    wide += "\"last\"\n";
    const Outcome outcome = read_text(wide + wide, Dialect{}, 1000);
    REQUIRE(outcome.rows.size() == 2);
    CHECK(outcome.rows[1].size() == 10000);
    CHECK(outcome.rows[1][9999] == "last");

    std::string cell;
    while (cell.size() < 50'000'000)
        cell += "He said \"\"no\"\", and then, again,\n";
    const std::string text = "id,text\n1,\"" + cell + "\"\n2,x\n";
    Reader reader{Dialect{}};
    std::size_t size = 0, records = 0;
    const auto sink = [&](const Batch& batch) {
        for (std::size_t row = 0; row < batch.rows(); ++row) {
            size = std::max(size, batch.cell(row, 1).size());
            ++records;
        }
    };
    for (std::size_t at = 0; at < text.size(); at += 65536)
        reader.feed(std::string_view(text).substr(at, 65536), sink);
    reader.finish(sink);
    CHECK(records == 3);
    CHECK(reader.problem_count() == 0);
    CHECK(size == cell.size() - 2 * static_cast<std::size_t>(std::count(cell.begin(), cell.end(), '"')) / 4);
    CHECK(reader.lines() == static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n')));
}

TEST_CASE("csv: malformed text takes time linear in its bytes", "[csv][reader]") {
    // Texts in which every record asks for judgement and every look ahead is long. Four times the bytes may
    // take not more than about four times as long; the bound is loose because machines are busy, quadratic
    // would be sixteen.
    const auto repeat = [](const std::string& piece, std::size_t bytes) {
        std::string text = "a,b,c\n";
        while (text.size() < bytes)
            text += piece;
        return text;
    };
    const std::string gap(70000, 'y');
    const std::string pieces[] = {
        "1,\"Ann,ok\n",
        "1,\"x\"y,\"z\"w,\"\n",
        "\"\"a,\"\"\"\"b\n",
        "1,\"a \"b\" c\n",
        "\"a\"b,",
        "\"a\"b\"c\n",
        "\"",
        "\"\"x",
        "1,\"\n",
        "\"x\ny\"z,\n",
        "1,\"x\"y\n" + std::string(300, 'x') + "\n",
        std::string("\0,", 2),
        "\"a\"b\n\"c\"d\n\"e\"f\n\"g\"h\n" + gap + "\n",
    };
    for (const std::string& piece : pieces) {
        for (const std::uint32_t columns : {0U, 3U}) {
            Dialect dialect;
            dialect.columns = columns;
            const auto seconds = [&](std::size_t bytes) {
                const std::string text = repeat(piece, bytes);
                Reader reader{dialect};
                const double start = processor_seconds();
                for (std::size_t at = 0; at < text.size(); at += 100000)
                    reader.feed(std::string_view(text).substr(at, 100000), nullptr);
                reader.finish(nullptr);
                return processor_seconds() - start;
            };
            // Wasm has no clock but the wall's: what else the machine does must miss one of several tries.
            double small = 1e9, large = 1e9;
            for (int run = 0; run < 2 || (run < 12 && large >= 10 * small + 0.1); ++run) {
                small = std::min(small, seconds(affordable(500'000)));
                large = std::min(large, seconds(affordable(2'000'000)));
            }
            INFO("piece " << piece.substr(0, 20) << " columns " << columns << ": " << small << " s, " << large
                          << " s");
            CHECK(large < 10 * small + 0.1);
            CHECK(large < 3);
        }
    }
}

TEST_CASE("csv: the list of problems is bounded and the counts are exact", "[csv][reader]") {
    std::string text = "a,b\n";
    for (int i = 0; i < 5000; ++i)
        text += "1,\"x\"y\n1\n";
    ReaderOptions options;
    options.max_problems = 10;
    const Outcome outcome = read_text(text, Dialect{}, 777, options);
    CHECK(outcome.problems.size() == 10);
    CHECK(count(outcome, ProblemKind::text_after_quote) == 5000);
    CHECK(count(outcome, ProblemKind::too_few_cells) == 5000);
    CHECK(outcome.problem_count == 10000);
}

TEST_CASE("csv: cells that need no change are views into the text", "[csv][reader]") {
    const std::string text = "plain,\"quoted\",\"dou\"\"bled\"\n";
    Reader reader{Dialect{}};
    const auto inside = [&](std::string_view cell) {
        return cell.data() >= text.data() && cell.data() < text.data() + text.size();
    };
    bool checked = false;
    reader.feed(text, [&](const Batch& batch) {
        CHECK(inside(batch.cell(0, 0)));
        CHECK(inside(batch.cell(0, 1)));
        CHECK(!inside(batch.cell(0, 2)));
        CHECK(batch.cell(0, 2) == "dou\"bled");
        checked = true;
    });
    CHECK(checked);
}

TEST_CASE("csv: remarks on a header name columns by number", "[csv][reader]") {
    CHECK(header_remarks({"a", "b"}).empty());
    const auto remarks = header_remarks({"a", "", "Comment", "Comment", "x", "Comment"});
    REQUIRE(remarks.size() == 2);
    CHECK(remarks[0] == "Column 2 has no name.");
    CHECK(remarks[1] == "Columns 3, 4 and 6 are all called \"Comment\".");
}
