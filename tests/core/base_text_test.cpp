// Rules of core/base/text: trimming, folding, normal form C, header names, null words, numbers, damaged ids.
#include "catch.hpp"
#include "core/base/text.hpp"

using namespace preempt;

namespace {
std::string composed(std::string_view text) {
    std::string out;
    append_composed(text, out);
    return out;
}
} // namespace

TEST_CASE("blanks of every kind are trimmed at both ends, and only there") {
    CHECK(trim("  a b\t\r\n") == "a b");
    CHECK(trim("\xC2\xA0\xE2\x80\x8Bx\xE2\x80\xAF") == "x");
    CHECK(trim("\xEF\xBB\xBFId") == "Id");
    CHECK(trim(" \xC2\xA0 ").empty());
    CHECK(trim("\xC3\xA9") == "\xC3\xA9");
}

TEST_CASE("e-mail addresses are folded beyond ASCII") {
    CHECK(folded("Ann.O'Hara@EXAMPLE.com") == "ann.o'hara@example.com");
    CHECK(folded("\xC3\x84\xC3\x96\xC3\x9C\xC3\x9F@x.de") == "\xC3\xA4\xC3\xB6\xC3\xBCss@x.de"); // ÄÖÜß
    CHECK(folded("\xCE\xA3\xCE\x91\xCF\x82") == "\xCF\x83\xCE\xB1\xCF\x83"); // final sigma folds to sigma
    CHECK(folded("\xD0\x98\xD0\xB2\xD0\xB0\xD0\xBD") == "\xD0\xB8\xD0\xB2\xD0\xB0\xD0\xBD"); // Иван
    CHECK(folded("\xC5\xBD\xC5\x81\xC5\xB8") == "\xC5\xBE\xC5\x82\xC3\xBF");                 // ŽŁŸ
    CHECK(folded("a\xFFz") == "a\xFFz"); // a byte that is not UTF-8 is kept
}

TEST_CASE("one id written in two ways is one id: normal form C") {
    // Cases from the Unicode Standard, annex 15, figures 3 to 5 and table 9 (Hangul: chapter 3.12).
    CHECK(composed("e\xCC\x81") == "\xC3\xA9");
    CHECK(composed("\xE2\x84\xAB") == "\xC3\x85");               // angstrom sign is a singleton
    CHECK(composed("s\xCC\x87\xCC\xA3") == "\xE1\xB9\xA9");      // marks are put in order first
    CHECK(composed("q\xCC\x87\xCC\xA3") == "q\xCC\xA3\xCC\x87"); // no composition, but one order
    CHECK(composed("\xE1\x84\x80\xE1\x85\xA1\xE1\x86\xA8") == "\xEA\xB0\x81"); // Hangul L V T
    CHECK(composed("\xE0\xA5\x98") == "\xE0\xA4\x95\xE0\xA4\xBC");             // excluded from composition
    CHECK(composed("plain-42") == "plain-42");
    CHECK(composed("\xCC\xFF") == "\xCC\xFF"); // not UTF-8
    CHECK(is_surely_composed("\xC3\xA9t\xC3\xA9"));
    CHECK_FALSE(is_surely_composed("e\xCC\x81"));
}

TEST_CASE("a header is compared without case, blanks, underscores, its zone and its type") {
    const auto intercom = parse_header("\xEF\xBB\xBF"
                                       "Conversation started at (America/New_York)");
    CHECK(intercom.key == "conversationstartedat");
    CHECK(intercom.zone == "America/New_York");
    CHECK(parse_header("Updated at (UTC)").zone == "UTC");
    CHECK(parse_header("Created (America/Argentina/Buenos_Aires)").zone == "America/Argentina/Buenos_Aires");
    CHECK(parse_header("Created (Etc/GMT+5)").zone == "Etc/GMT+5");
    const auto hours = parse_header("First response time (in hrs)"); // a bracket that is no zone stays
    CHECK(hours.zone.empty());
    CHECK(hours.key == "firstresponsetime(inhrs)");
    const auto zendesk = parse_header(" Contact reason [list] ");
    CHECK(zendesk.key == "contactreason");
    CHECK(zendesk.suffix == "list");
    CHECK(parse_header("Notes [internal]").suffix.empty());
    CHECK(is_header("createdat", "Created at"));
    CHECK(is_header("createdat", "created_at"));
    CHECK_FALSE(is_header("createdat", "created"));
    CHECK_FALSE(is_header("created", "created at"));
}

TEST_CASE("null words mean nothing is there") {
    for (const char* word : {"", "-", "NA", "N/A", "null", "NULL", "None", "none", "n/a"})
        CHECK(is_null_word(word));
    for (const char* word : {"0", "no", "nan", "--", "Nora", "nullable"})
        CHECK_FALSE(is_null_word(word));
}

TEST_CASE("numbers are read with either decimal mark and with thousands marks") {
    CHECK(parse_number("1200") == 1200.0);
    CHECK(parse_number(" -1,234.5 ") == -1234.5);
    CHECK(parse_number("1.234,5") == 1234.5);
    CHECK(parse_number("1.234.567") == 1234567.0);
    CHECK(parse_number("12,5") == 12.5);
    CHECK(parse_number("1,234") == 1234.0);
    CHECK(parse_number("1,234", true) == 1.234); // a file with semicolons has decimal commas
    CHECK(parse_number("1.500", true) == 1500.0);
    CHECK(parse_number("1.500") == 1.5);
    CHECK(parse_number("1.5", true) == 1.5);
    CHECK(parse_number("0,125") == 0.125);
    CHECK(parse_number("20%") == 0.2);
    CHECK(parse_number("1e3") == 1000.0);
    CHECK(parse_number(".5") == 0.5);
    for (const char* text :
         {"", "-", "abc", "1 2", "1,23,4", "1.2.3", "12,34,567", "0x10", "--1", "1e", "%"}) {
        INFO(text);
        CHECK_FALSE(parse_number(text).has_value());
    }
}

TEST_CASE("an id that a spreadsheet rounded is recognised, a hexadecimal id is not taken for one") {
    for (const char* text : {"1.03E+13", "1.03006E+13", "1,03E+13", "2E+14", "1.5e9"})
        CHECK(is_damaged_id(text));
    for (const char* text :
         {"10300600023757", "3e12", "1E5", "E+13", "1.03", "A-1.03E+13", "1.03E+", "1.E+13", "12.5E+13"}) {
        INFO(text);
        CHECK_FALSE(is_damaged_id(text));
    }
}

TEST_CASE("an e-mail address is found inside a text") {
    CHECK(email_inside("Test Person 003 (user003@example.com)") == "user003@example.com");
    CHECK(email_inside("Ann <ann@example.com>; Ben <ben@example.com>") == "ann@example.com");
    CHECK(email_inside("mailto:ann@example.com") == "ann@example.com");
    CHECK(email_inside("no address here") == "no address here");
    CHECK(is_email("a@b"));
    for (const char* text : {"", "@b", "a@", "a b@c", "a@b@c", "plain"})
        CHECK_FALSE(is_email(text));
}

TEST_CASE("yes and no are understood, other words are neither") {
    CHECK(parse_flag("True") == true);
    CHECK(parse_flag("0") == false);
    CHECK_FALSE(parse_flag("maybe").has_value());
}
