// The suites of other readers (see tests/data/csv/README.md). Where one of them and a careful person differ,
// the case is named in kDifferences with our reading and the reason; a difference that is not in the table,
// or is no longer one, fails.
#include "catch.hpp"
#include "csv_helpers.hpp"

#include <set>

using namespace preempt::csv;
using csv_test::Rows;
using csv_test::text_of;

namespace {

struct Difference {
    const char* suite;
    const char* name; ///< description, test name, or the input where a suite has none
    Rows rows;        ///< what we read
    const char* reason;
};

const Difference kDifferences[] = {
    {"csv_spectrum",
     "location_coordinates",
     {{"Contact Phone Number", "Location Coordinates", "Cities", "Counties"},
      {"2095257564", "37\ufffd36'37.8\"N 121\ufffd2'17.9\"W", "Modesto", "Stanislaus"}},
     "The suite contradicts itself: its file says 2095257564 where its expected object says 1234567890."},
    {"go",
     "BareCR",
     {{"a", "b"}, {"c", "d"}},
     "A lone CR ends a record: files of old Macs and mixed line ends are read whole."},
    {"go", "TrailingCR", {{"field1", "field2"}}, "The same at the end of the file."},
    {"go",
     "CRLFInQuotedField",
     {{"A", "Hello\r\nHi", "B"}},
     "The line break inside a cell is part of it (RFC 4180): kept as written."},
    {"go",
     "NonASCIICommaAndComment",
     {{"a\u00a3b", "c\u00a3 \td", "e"}},
     "A delimiter is one byte; no export separates by a pound sign."},
    {"go",
     "NonASCIICommaAndCommentWithQuotes",
     {{"a\u20ac\"  b", "\u20ac c"}},
     "The same, with a euro sign."},
    {"go",
     "NonASCIICommaConfusion",
     {{"ab\u03b8cd\u03bbef\u03b8gh"}},
     "The same, with a Greek letter; a note says that text follows a quote."},
    {"clevercsv",
     "a,\"b,c\"\\|",
     {{"a", "b,c\\"}},
     "A backslash after the closing quote escapes nothing: kept and reported, not dropped."},
    {"clevercsv",
     "A\"B\r\nB\"C\nD\"E\"F\nG|\"",
     {{"A\"B"}, {"B\"C"}, {"D\"E\"F"}, {"G"}},
     "A quote opens a cell only at its start; in the middle of one it is data and cannot join lines."},
    {"clevercsv", "A\"B\nB\"C\nD\"E\"F\nG|\"", {{"A\"B"}, {"B\"C"}, {"D\"E\"F"}, {"G"}}, "The same."},
    {"clevercsv",
     "A\"B\nB\rB\"C\nD\"E\"F\nG|\"",
     {{"A\"B"}, {"B"}, {"B\"C"}, {"D\"E\"F"}, {"G"}},
     "The same."},
    {"papaparse",
     "Quoted field has no closing quote",
     {{"a", "b", "c"}, {"d", "e", "f"}},
     "An unclosed quote must not swallow the rest of the file: its line is read without it, and reported."},
    {"papaparse",
     "Quoted field has invalid trailing quote after delimiter",
     {{"a", "b,c"}, {"d", "e", "f"}},
     "The same."},
    {"papaparse",
     "Quoted field has invalid trailing quote before delimiter",
     {{"a", "bc", "d"}, {"e", "f", "g"}},
     "The same."},
    {"papaparse",
     "Quoted field has invalid trailing quote after new line",
     {{"a", "b", "c"}, {"d\"e", "f", "g"}},
     "The same."},
    {"papaparse",
     "Mixed slash n and slash r should choose first as precident",
     {{"a", "b", "c"}, {"d", "e", "f"}, {"g", "h", "i"}},
     "Line ends may be mixed: guessing one kind from the first line joins rows in silence."},
    {"sep", "\"\" ", {{""}}, "Blanks after the closing quote are left out and reported, as PapaParse does."},
    {"sep", "\"a\" ", {{"a"}}, "The same."},
    {"sep",
     "\"a\"\"\"a\"",
     {{"a\"\"a"}},
     "A doubled quote and one that closes nothing are two quotes; all four readers there differ."},
};

/// Compares with the suite, and where that fails with the table of differences.
class Suite {
  public:
    explicit Suite(const char* name) : name_(name) {}
    void check(const std::string& name, const Rows& ours, const Rows& theirs, bool agrees_on_report = true) {
        ++tried_;
        const Difference* difference = nullptr;
        for (const Difference& d : kDifferences)
            if (std::string_view(d.suite) == name_ && name == d.name) difference = &d;
        INFO(name_ << ": " << name);
        if (difference != nullptr) {
            used_.insert(difference);
            CHECK(ours == difference->rows);
            CHECK(ours != theirs); // else the entry is out of date
        } else {
            CHECK(ours == theirs);
            CHECK(agrees_on_report);
        }
    }
    /// Number of cases tried; and that every entry of the table was met.
    std::size_t tried() const {
        for (const Difference& d : kDifferences)
            if (std::string_view(d.suite) == name_ && used_.count(&d) == 0)
                FAIL_CHECK("no such case: " << d.name);
        return tried_;
    }

  private:
    std::string_view name_;
    std::size_t tried_ = 0;
    std::set<const Difference*> used_;
};

std::string option(const boost::json::value& options, const char* key) {
    const auto* found = options.as_object().if_contains(key);
    return found != nullptr && found->is_string() ? text_of(*found) : std::string();
}

bool flag(const boost::json::value& options, const char* key) {
    const auto* found = options.as_object().if_contains(key);
    return found != nullptr && found->is_bool() && found->as_bool();
}

Rows without_blank_rows(Rows rows) {
    Rows kept;
    for (auto& row : rows)
        if (!(row.empty() || (row.size() == 1 && row[0].empty()))) kept.push_back(row);
    return kept;
}

} // namespace

TEST_CASE("csv: csv-spectrum", "[csv][suites]") {
    const auto cases = csv_test::read_json("csv_spectrum/cases.json");
    Suite suite("csv_spectrum");
    for (const auto& item : cases.as_array()) {
        const std::string name = text_of(item.at("name"));
        const csv_test::FileOutcome outcome =
            csv_test::read_bytes(csv_test::read_file("csv_spectrum/" + name + ".csv"));
        REQUIRE(!outcome.read.rows.empty());
        const auto& header = outcome.read.rows[0];
        Rows theirs = {header};
        const auto& objects = item.at("expected_objects");
        const auto add = [&](const boost::json::value& object) {
            theirs.emplace_back();
            for (const std::string& column : header)
                theirs.back().push_back(text_of(object.at(column)));
        };
        if (objects.is_array()) {
            for (const auto& object : objects.as_array())
                add(object);
        } else {
            add(objects); // a file of one row
        }
        suite.check(name, outcome.read.rows, theirs, outcome.read.problem_count == 0);
    }
    CHECK(suite.tried() == 12);
}

TEST_CASE("csv: the cases of Go's encoding/csv", "[csv][suites]") {
    const auto document = csv_test::read_json("go/cases.json");
    Suite suite("go");
    for (const auto& item : document.at("cases").as_array()) {
        const std::string name = text_of(item.at("test"));
        const auto& options = item.at("options");
        Dialect dialect;
        const std::string delimiter = option(options, "delimiter");
        if (delimiter.size() == 1) dialect.delimiter = delimiter[0];
        dialect.comment = option(options, "comment");
        dialect.skip_initial_space = flag(options, "trim_leading_space");
        const csv_test::Outcome ours = csv_test::read_text(text_of(item.at("input")), dialect);
        const auto& expected = item.at("expected");
        if (expected.as_object().contains("rows")) {
            suite.check(name, ours.rows, csv_test::rows_of(expected.at("rows")));
        } else {
            // A strict reader stops with an error that has a line; ours reads on and reports. Bare quotes are
            // a note.
            INFO("go: " << name << " expects an error: " << text_of(expected.at("error")));
            const bool other_width =
                name == "BadFieldCount1"; // a width demanded from outside, which we do not have
            const bool bare = ours.counts[static_cast<std::size_t>(ProblemKind::bare_quote)] != 0;
            CHECK((ours.problem_count != 0 || bare || other_width));
            suite.check(name, {}, {});
        }
    }
    CHECK(suite.tried() == 47);
}

TEST_CASE("csv: the reader cases of CleverCSV", "[csv][suites]") {
    const auto cases = csv_test::read_json("clevercsv/reader_cases.json");
    Suite suite("clevercsv");
    for (const auto& item : cases.as_array()) {
        const auto& options = item.at("options");
        Dialect dialect;
        const auto character = [&](const char* key, char& target) {
            const auto* found = options.as_object().if_contains(key);
            if (found != nullptr) target = text_of(*found).empty() ? '\0' : text_of(*found)[0];
        };
        character("delimiter", dialect.delimiter);
        character("quotechar", dialect.quote);
        if (!option(options, "escapechar").empty()) dialect.escape = Escape::backslash;
        // Their reader is given lines and treats the start of each as the start of a line.
        std::string text;
        for (const auto& line : item.at("lines").as_array()) {
            if (!text.empty() && text.back() != '\n') text += '\n';
            text += text_of(line);
        }
        const csv_test::Outcome ours = csv_test::read_text(text, dialect);
        suite.check(text + "|" + option(options, "delimiter") + option(options, "quotechar"), ours.rows,
                    without_blank_rows(csv_test::rows_of(item.at("expected").at("rows"))));
    }
    CHECK(suite.tried() == 23);
}

TEST_CASE("csv: PapaParse, the cases about reading", "[csv][suites]") {
    const auto cases = csv_test::read_json("papaparse/cases.json");
    Suite suite("papaparse");
    std::size_t outside = 0;
    for (const auto& item : cases.as_array()) {
        const std::string name = text_of(item.at("description"));
        const std::string kind = text_of(item.at("suite"));
        const auto& config = item.at("config");
        const auto has = [&](const char* key) { return config.as_object().contains(key); };
        // Not reading but what is done with cells afterwards, the writer, or the API; and options that we do
        // not have.
        const bool reading = kind == "CORE_PARSER_TESTS" || kind == "PARSE_TESTS";
        if (!reading || !item.at("input").is_string() || has("dynamicTyping") || has("transform") ||
            has("transformHeader") || has("preview") || has("worker") || has("download") || has("step") ||
            has("complete") || flag(config, "header") ||
            (has("delimiter") && !config.at("delimiter").is_string()) ||
            option(config, "skipEmptyLines") == "greedy" || !item.at("expected").is_object() ||
            !item.at("expected").as_object().contains("data")) {
            ++outside;
            continue;
        }
        const std::string input = text_of(item.at("input"));
        Dialect dialect;
        const bool detect =
            kind == "PARSE_TESTS" && !has("delimiter") && !has("quoteChar") && !has("escapeChar");
        if (detect) dialect = detect_dialect(input, true).dialect;
        const std::string delimiter = option(config, "delimiter");
        if (delimiter.size() == 1 && delimiter != "\n") dialect.delimiter = delimiter[0];
        if (delimiter == ", ") dialect.skip_initial_space = true;
        if (!option(config, "quoteChar").empty()) dialect.quote = option(config, "quoteChar")[0];
        if (option(config, "escapeChar") == "\\") dialect.escape = Escape::backslash;
        if (flag(config, "comments")) dialect.comment = "#";
        if (!option(config, "comments").empty()) dialect.comment = option(config, "comments");
        if (const auto* skip = config.as_object().if_contains("skipFirstNLines");
            skip != nullptr && skip->as_int64() > 0)
            dialect.skip_lines = static_cast<std::uint32_t>(skip->as_int64());
        Decoder decoder(Encoding::utf8, detect_encoding(input, true).bom_bytes);
        std::string text;
        decoder.feed(input, text);
        decoder.finish(text);
        const csv_test::Outcome ours = csv_test::read_text(text, dialect);
        // Blank lines are rows of one empty cell there, and are counted here.
        suite.check(name, ours.rows, without_blank_rows(csv_test::rows_of(item.at("expected").at("data"))));
    }
    CHECK(suite.tried() + outside == 160);
    CHECK(suite.tried() == 117);
}

TEST_CASE("csv: Sep's table of malformed cells", "[csv][suites]") {
    const auto document = csv_test::read_json("tables/sep_unescape.json");
    Suite suite("sep");
    for (const auto& item : document.at("cases").as_array()) {
        const std::string input = text_of(item.at("input"));
        const csv_test::Outcome ours = csv_test::read_text(input, Dialect{});
        REQUIRE(ours.rows.size() == 1);
        REQUIRE(ours.rows[0].size() == 1);
        // For a well-formed cell all four agree; for the others ours is one of theirs, or a named difference.
        Rows theirs = {{text_of(item.at("Sep_unescape"))}};
        const bool valid = item.at("rfc4180_valid").as_bool();
        if (!valid) {
            for (const char* reader : {"Sylvan", "CsvHelper_lenient"})
                if (text_of(item.at(reader)) == ours.rows[0][0]) theirs = ours.rows;
        }
        const bool noted =
            ours.problem_count != 0 || ours.counts[static_cast<std::size_t>(ProblemKind::bare_quote)] != 0;
        suite.check(input, ours.rows, theirs, noted != valid);
    }
    CHECK(suite.tried() == 24);
}

TEST_CASE("csv: zsv's table of what Excel does", "[csv][suites]") {
    const auto document = csv_test::read_json("tables/zsv_noncompliant.json");
    Suite suite("zsv");
    for (const auto& item : document.at("cases").as_array()) {
        if (item.as_object().contains("input_hex")) { // the byte order mark
            CHECK(detect_encoding("\xEF\xBB\xBF", true).bom_bytes == 3);
            suite.check(text_of(item.at("what")), {}, {});
            continue;
        }
        suite.check(text_of(item.at("what")), csv_test::read_text(text_of(item.at("input")), Dialect{}).rows,
                    csv_test::rows_of(item.at("rows")));
    }
    CHECK(suite.tried() == 7);
}
