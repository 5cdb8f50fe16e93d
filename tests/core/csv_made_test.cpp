// The made cases of tests/data/csv/made: every well-formed or detectable file read right, every malformed one
// with a report.
#include "catch.hpp"
#include "csv_helpers.hpp"

using namespace preempt::csv;
using csv_test::Rows;

namespace {

/// `accept` entries in words, as rows.
struct Worded {
    const char* id;
    Rows rows;
};
const Worded kWorded[] = {
    {"enc_utf8_invalid_bytes",
     {{"id", "name", "note"}, {"1", "Z\u00eb", "ok"}, {"2", "Bob", "\u00ff\u00fe"}, {"3", "Al", "x"}}},
    {"eol_unquoted_newline_in_cell",
     {{"id", "name", "note"}, {"1", "Ann", "line one"}, {"line two"}, {"2", "Bob", "x"}}},
    {"q_unclosed_then_closed_later",
     {{"id", "name", "note"}, {"1", "Ann", "ok"}, {"2", "Bob", "fine"}, {"3", "Cy", "x"}, {"4", "Di", "y"}}},
    {"struct_two_tables",
     {{"id", "name", "note"}, {"1", "Ann", "ok"}, {"2", "Bob", "fine"}, {"k", "v"}, {"x", "1"}}},
};

} // namespace

TEST_CASE("csv: every made file is read right, and a malformed one with a report", "[csv][made]") {
    const auto cases = csv_test::read_json("made/cases.json");
    std::size_t tried = 0;
    for (const auto& item : cases.as_array()) {
        const std::string id = csv_test::text_of(item.at("id"));
        const auto& expect = item.at("expect");
        const std::string kind = csv_test::text_of(expect.at("kind"));
        const std::string bytes = csv_test::read_file("made/files/" + id + ".csv");
        REQUIRE(bytes.size() == static_cast<std::size_t>(item.at("bytes").as_int64()));
        ++tried;
        for (const std::size_t piece : {std::size_t{0}, std::size_t{1}, std::size_t{7}}) {
            const csv_test::FileOutcome outcome = csv_test::read_bytes(bytes, piece);
            INFO(id << ": " << outcome.encoding.reason << " " << outcome.dialect.reason << " piece "
                    << piece);
            if (kind != "report") {
                CHECK(outcome.read.rows == csv_test::rows_of(expect.at("rows")));
                CHECK(outcome.replaced == 0);
                CHECK(outcome.read.problem_count == 0);
                continue;
            }
            bool accepted = false;
            for (const auto& reading : expect.at("accept").as_array()) {
                if (reading.is_array())
                    accepted = accepted || outcome.read.rows == csv_test::rows_of(reading);
            }
            for (const Worded& worded : kWorded)
                if (worded.id == id) accepted = accepted || outcome.read.rows == worded.rows;
            if (!accepted) CHECK(outcome.read.rows == Rows{});
            // A report is a counted problem, a replaced character, or an assumption that is shown with the
            // guess.
            const bool assumption = !outcome.encoding.certain || outcome.dialect.dialect.skip_lines != 0 ||
                                    outcome.dialect.dialect.skip_initial_space;
            CHECK((outcome.read.problem_count != 0 || outcome.replaced != 0 || assumption));
        }
    }
    CHECK(tried == 62);
}
