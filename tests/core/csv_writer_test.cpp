// The writer: quoting only where needed, and cells that a spreadsheet must not run.
#include "catch.hpp"
#include "csv_helpers.hpp"

#include "core/csv/writer.hpp"

using namespace preempt::csv;

namespace {

std::string written(const std::vector<std::string>& cells, const Dialect& dialect = {},
                    const WriteOptions& options = {}) {
    std::string out;
    write_record(cells, dialect, options, out);
    return out;
}

} // namespace

TEST_CASE("csv: quotes only where a cell needs them, RFC 4180", "[csv][writer]") {
    CHECK(written({"a", "b c", ""}) == "a,b c,\r\n");
    CHECK(written({"a,b", "say \"hi\"", "x\ny", "x\ry"}) ==
          "\"a,b\",\"say \"\"hi\"\"\",\"x\ny\",\"x\ry\"\r\n");
    CHECK(written({"a;b", "a,b"}, {.delimiter = ';'}) == "\"a;b\";a,b\r\n");
    CHECK(written({""}) == "\"\"\r\n"); // else it would be a blank line
    CHECK(written({"a", "b"}, {}, {.line_end = "\n", .quote_all = true}) == "\"a\",\"b\"\n");
}

TEST_CASE("csv: formulas are neutralised, numbers are not", "[csv][writer]") {
    WriteOptions options;
    options.neutralise_formulas = true;
    options.line_end = "\n";
    const std::pair<const char*, const char*> cases[] = {
        {"=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"\n"},
        {"+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0\n"},
        {"-2+3", "'-2+3\n"},
        {"@SUM(A1)", "'@SUM(A1)\n"},
        {"\t=1", "'\t=1\n"},
        {"\r=1", "\"'\r=1\"\n"},
        {"  =1", "'  =1\n"},
        {"-12.5", "-12.5\n"},
        {"+49", "+49\n"},
        {"-4e-5", "-4e-5\n"},
        {"-", "'-\n"},
        {"a=b", "a=b\n"},
        {"", "\"\"\n"},
    };
    for (const auto& [cell, expected] : cases)
        CHECK(written({cell}, {}, options) == expected);
    CHECK(looks_like_formula("=1"));
    CHECK(!looks_like_formula("x"));
}

TEST_CASE("csv: a dialect that cannot carry a cell says so", "[csv][writer]") {
    Dialect dialect;
    dialect.quote = '\0';
    std::string out;
    CHECK(write_cell("plain", dialect, {}, out));
    CHECK(!write_cell("a,b", dialect, {}, out));
    CHECK(out == "plaina b");
}
