// Dialect detection: delimiters, quotes, escapes, preambles and headers, in the shapes in which exports
// really come.
#include "catch.hpp"
#include "csv_helpers.hpp"

using namespace preempt::csv;

namespace {

struct Expected {
    const char* name;
    std::string text;
    char delimiter;
    char quote = '"';
    std::uint32_t skip_lines = 0;
    std::uint32_t columns = 0;
    std::uint32_t header_rows = 1;
    Escape escape = Escape::doubled;
    bool skip_initial_space = false;
};

std::string repeat(const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i)
        all += text;
    return all;
}

const Expected kShapes[] = {
    {"comma", "id,name\n1,Ann\n2,Bob\n", ',', '"', 0, 2},
    {"semicolon with decimal commas", "id;wert;datum\n1;1,50;03.02.2024\n2;12,75;04.02.2024\n", ';', '"', 0,
     3},
    {"semicolon with decimal commas in every cell", "a;b;c\n1,5;2,5;3,5\n4,5;5,5;6,5\n", ';', '"', 0, 3},
    {"semicolon, prose with commas",
     "Ticket;Betreff;Datum\n1;Hallo, ich habe eine Frage, bitte;2024-01-02\n2;Noch eine, "
     "danke;2024-01-03\n3;Kurz;2024-01-04\n",
     ';', '"', 0, 3},
    {"tab, prose with commas", "id\tsubject\twhen\n7\tHi, all, again\t2024-05-01\n8\tOne, two\t2024-05-02\n",
     '\t', '"', 0, 3},
    {"tab with stray quotes", "id\tsubject\n1\tthe \"pro\" plan\n2\ta 5\" screen\n3\tplain\n", '\t', '"', 0,
     2},
    {"pipe with commas", "one|two,two|three\nfour|five,five|six\n", '|', '"', 0, 3},
    {"comma, quoted cells full of semicolons, pipes and line breaks",
     "Key,Comment,Comment\nA-1,\"18/jul/26;5f:1;text; more|x\nnext; "
     "line\",\nA-2,\"19/jul/26;6a:2;b\",\"c;d\"\n",
     ',', '"', 0, 3},
    {"comma, JSON in cells",
     "key,value\n1,\"{\"\"type\"\": \"\"Point\"\", \"\"at\"\": [1.5, 2]}\"\n2,\"{\"\"a\"\": 1}\"\n", ',', '"',
     0, 2},
    {"comma, HTML in cells",
     "id,body\n1,\"<p style=\"\"color: red; margin: 0\"\">Hi, you</p>\"\n2,\"<br>\"\n", ',', '"', 0, 2},
    {"comma, times with colons", "at,who\n2024-01-02 03:04:05,Ann\n2024-01-02 03:04:06,Bob\n", ',', '"', 0,
     2},
    {"one column of e-mails", "email\na@example.com\nb@example.com\n", ',', '"', 0, 1},
    {"one column of instants", "at\n2024-01-02 03:04:05\n2024-01-02 03:04:06\n", ',', '"', 0, 1},
    {"one column of names", "name\nAnn Lee\nBob Ray\nCy Orr\n", ',', '"', 0, 1},
    {"one column of dates", "date\n2024/01/02\n2024/01/03\n", ',', '"', 0, 1},
    {"one column, quoted", "\"note\"\n\"a, b\"\n\"c; d\"\n", ',', '"', 0, 1},
    {"apostrophe as quote, colon as delimiter",
     "'O''Neill Cafe':'North Bay':'ON':'2/1/03':'Jo Hill'\n'Harbour':'East "
     "Bay':'ON':'12/28/02':'Trio'\n'Pat''s':'Blue Hill':'ON':'12/28/02':'Duo/Solo'\n",
     ':', '\'', 0, 5, 0},
    {"apostrophe as quote, pipe", "'a'|'b'|'c'\r\n'd'|e|f\r\n", '|', '\'', 0, 3},
    {"apostrophes in names are no quotes", "name,city\nO'Brien,Cork\nD'Arcy,L'Aquila\n", ',', '"', 0, 2},
    {"plus with blanks",
     "Joe's+ North Bay+ ON+ 2/1/03+ Jo Hill\nHarbour+ East Bay+ ON+ 12/28/02+ Trio\nPat's Place+ Blue Hill+ "
     "ON+ 12/28/02+ Duo\n",
     '+', '"', 0, 5, 0, Escape::doubled, true},
    {"comma with blanks, slashed dates",
     "Joe's, North Bay, ON, 2/1/03, Jo Hill\nHarbour, East Bay, ON, 12/28/02, Trio\nPat's Place, Blue Hill, "
     "ON, 12/28/02, Duo/Solo\n",
     ',', '"', 0, 5, 0, Escape::doubled, true},
    {"numbers only",
     "2147483648;43.0e12;17;abc;def\n147483648;43.0e2;17;abc;def\n47483648;43.0;170;abc;def\n", ';', '"', 0,
     5, 0},
    {"empty last cells", "aaa\tbbb\r\nAAA\t\r\nBBB\t\r\n", '\t', '"', 0, 2},
    {"backslash escapes", "id,body\n1,\"say \\\"hi\\\", ok\"\n2,\"C:\\\\temp\"\n3,\"a \\\"b\\\" c\"\n", ',',
     '"', 0, 2, 1, Escape::backslash},
    {"a path before the closing quote is no escape", "id,path,x\n1,\"C:\\dir\\\",a\n2,\"D:\\x\\\",b\n", ',',
     '"', 0, 3},
    {"title and blank line above the header",
     "Ticket report\n\nid,name,note\n1,Ann,ok\n2,Bob,fine\n3,Cy,ok\n", ',', '"', 2, 3},
    {"notes of key and value above the header",
     "Report,Tickets\nFrom,2024-01-01\n\nid,name,note,group,when\n1,Ann,ok,a,2024-01-02\n2,Bob,fine,b,2024-"
     "01-03\n3,Cy,x,a,2024-01-03\n",
     ',', '"', 3, 5},
    {"title padded with delimiters by a spreadsheet",
     "Ticket report,,,\n,,,\nid,name,note,when\n1,Ann,ok,2024-01-02\n2,Bob,fine,2024-01-03\n", ',', '"', 2,
     4},
    {"comments above the header, more than there are rows",
     repeat("# a note\n", 12) + "one,\"t,w,o\",three\nfour,five,six\n", ',', '"', 12, 3},
    {"a header that begins with a hash is a header", "#id,name\n1,Ann\n2,Bob\n", ',', '"', 0, 2},
    {"the row names of R: a header one short", "id,name\n1,Ann,ok\n2,Bob,fine\n", ',', '"', 0, 3},
    {"footer of a Salesforce report",
     "\"Case Number\",\"Subject\"\n\"00001\",\"a, b\"\n\"00002\",\"c\"\n\n\n\"Grand Totals (2 "
     "records)\"\n\"Confidential Information - Do Not Distribute\"\n",
     ',', '"', 0, 2},
    {"sep= with a delimiter found nowhere else", "sep=|\nid|name\n1|a,b\n", '|', '"', 1, 2},
    {"sep= against the looks", "\"sep=;\"\na,b;c,d\ne,f;g,h\n", ';', '"', 1, 2},
    {"no header: all rows alike", "1,17,2024-01-02\n2,18,2024-01-03\n3,19,2024-01-04\n", ',', '"', 0, 3, 0},
    {"two header rows of a survey",
     "Respondent ID,Collector ID,Start Date,How was it?,,Why?\n,,,Response,Other,Open-Ended "
     "Response\n11,5,01/02/2024,Good,,\"fast, kind\"\n12,5,01/03/2024,Bad,x,slow\n",
     ',', '"', 0, 6, 2},
    {"ASCII separators",
     "id\x1fname\x1e"
     "1\x1f"
     "Ann\x1e"
     "2\x1f"
     "Bob\x1e",
     '\x1f', '"', 0, 2},
    {"lone CR", "id;name\r1;Ann\r2;Bob\r", ';', '"', 0, 2},
};

} // namespace

TEST_CASE("csv: the dialect of the usual shapes of exports", "[csv][dialect]") {
    for (const Expected& shape : kShapes) {
        const DialectGuess guess = detect_dialect(shape.text, true);
        INFO(shape.name << ": " << guess.reason);
        CHECK(delimiter_name(guess.dialect.delimiter) == delimiter_name(shape.delimiter));
        CHECK(guess.dialect.quote == shape.quote);
        CHECK(guess.dialect.escape == shape.escape);
        CHECK(guess.dialect.skip_lines == shape.skip_lines);
        CHECK(guess.dialect.columns == shape.columns);
        CHECK(guess.dialect.header_rows == shape.header_rows);
        CHECK(guess.dialect.skip_initial_space == shape.skip_initial_space);
        CHECK(guess.consistency >= 0);
        CHECK(guess.consistency <= 1);
        CHECK(!guess.reason.empty());
    }
}

TEST_CASE("csv: consistency falls with ragged and repaired records", "[csv][dialect]") {
    CHECK(detect_dialect("a,b\n1,2\n3,4\n5,6\n", true).consistency == 1);
    CHECK(detect_dialect("a,b\n1,2\n3\n5,6\n", true).consistency == Approx(0.75));
    CHECK(detect_dialect("a,b\n1,\"x\"y\n3,4\n5,6\n", true).consistency == Approx(0.75));
}

TEST_CASE("csv: a head cut anywhere gives the same dialect as the whole file", "[csv][dialect]") {
    std::string text = "Ticket;Betreff;Text;Datum\n";
    for (int i = 0; i < 200; ++i)
        text += std::to_string(i) + ";Hallo, Welt;\"Zeile 1, a\nZeile 2; b \"\"x\"\"\";2024-01-02 03:04:05\n";
    const Dialect whole = detect_dialect(text, true).dialect;
    CHECK(whole.delimiter == ';');
    for (std::size_t cut = 200; cut < text.size(); cut += 97) {
        INFO("cut at " << cut);
        const Dialect dialect = detect_dialect(std::string_view(text).substr(0, cut), false).dialect;
        CHECK(dialect == whole);
    }
}

TEST_CASE("csv: texts without structure have a dialect too", "[csv][dialect]") {
    CHECK(detect_dialect("", true).consistency == 0);
    CHECK(detect_dialect("\n\r\n\n", true).dialect.delimiter == ',');
    CHECK(detect_dialect("x", true).dialect.columns == 1);
    CHECK(detect_dialect("\"", true).dialect.quote == '"');
    CHECK(detect_dialect(std::string(100000, '"'), true).dialect.quote == '"');
    CHECK(detect_dialect(std::string(300000, ','), false).dialect.delimiter == ',');
}
