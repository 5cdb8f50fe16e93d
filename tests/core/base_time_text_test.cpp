// Rules of core/base/time_text: the forms of formats.md section 8, and the order of day and month, decided
// per column.
#include "catch.hpp"
#include "core/base/iso_time.hpp"
#include "core/base/time_text.hpp"

#include <cstdio>

using namespace preempt;

namespace {

std::string read(std::string_view text, DateOrder order = DateOrder::undecided) {
    const TimeText time = parse_time(text, order);
    if (!time.ok()) return std::string("! ") + std::string(time_problem_text(time.problem)).substr(0, 30);
    std::string out = iso_utc(time.value);
    if (!time.zoned) out.pop_back();
    if (time.day_only) out = out.substr(0, 10);
    return out;
}

TimeProblem problem(std::string_view text) {
    return parse_time(text, DateOrder::undecided).problem;
}

} // namespace

TEST_CASE("ISO 8601 is read with T or a blank, with and without offset, seconds and fraction") {
    CHECK(read("2026-03-02T15:01:00Z") == "2026-03-02T15:01:00Z");
    CHECK(read("2026-04-05 14:49:36") == "2026-04-05T14:49:36");
    CHECK(read("2026-03-01 15:17") == "2026-03-01T15:17:00");
    CHECK(read("2026-03-02") == "2026-03-02");
    CHECK(read("2020-06-12 14:39:11 +00:00") == "2020-06-12T14:39:11Z");
    CHECK(read("2026-03-02T23:30:00+05:30") == "2026-03-02T18:00:00Z");
    CHECK(read("2026-03-02T23:30:00-0800") == "2026-03-03T07:30:00Z");
    CHECK(read("2026-03-02T23:30-08") == "2026-03-03T07:30:00Z");
    CHECK(read("2026-03-02 15:01:00 UTC") == "2026-03-02T15:01:00Z");
    CHECK(read("2026-03-02 15:01:00.123") == "2026-03-02T15:01:00.123");
    CHECK(read("2026-03-02T15:01:00.1234567Z") == "2026-03-02T15:01:00.123Z");
    CHECK(read("2026-03-02T15:01:00,5Z") == "2026-03-02T15:01:00.500Z");
    CHECK(read("20260302T150100Z") == "2026-03-02T15:01:00Z");
    CHECK(read("20260302") == "2026-03-02");
    CHECK(read("20260302150100") == "2026-03-02T15:01:00");
    CHECK(read("2026/03/02 09:05") == "2026-03-02T09:05:00");
    CHECK(read("2026-3-2 9:05") == "2026-03-02T09:05:00");
    CHECK(read("2026-12-31T24:00:00Z") == "2027-01-01T00:00:00Z");
}

TEST_CASE("epoch numbers are seconds below 1e11 and milliseconds from there on") {
    CHECK(read("1772463660") == "2026-03-02T15:01:00Z");
    CHECK(read("1772463660000") == "2026-03-02T15:01:00Z");
    CHECK(read("1772463660.5") == "2026-03-02T15:01:00.500Z");
    CHECK(read("99999999999") == "! cannot be read as a time: use "); // seconds: the year 5138
    CHECK(read("100000000000") == "1973-03-03T09:46:40Z");            // milliseconds
    CHECK(read("1772463660123456") == "2026-03-02T15:01:00.123Z");    // microseconds
    CHECK(read("1772463660123456789") == "2026-03-02T15:01:00.123Z"); // nanoseconds
    CHECK(problem("9999999999999999999") == TimeProblem::not_a_time); // more than 64 bits hold
    CHECK(problem("12345") == TimeProblem::not_a_time);
    CHECK(problem("297700") == TimeProblem::not_a_time);
}

TEST_CASE("an offset or the hour 24 does not carry a time out of the years 1900 to 2199") {
    CHECK(problem("1900-01-01T00:00:00+01:00") == TimeProblem::no_such_date);
    CHECK(problem("2199-12-31T23:00:00-02:00") == TimeProblem::no_such_date);
    CHECK(problem("2199-12-31T24:00:00Z") == TimeProblem::no_such_date);
    CHECK(read("2199-12-31T23:59:59Z") == "2199-12-31T23:59:59Z");
}

TEST_CASE("a spreadsheet's day numbers and rounded numbers are refused with a reason") {
    CHECK(problem("46083") == TimeProblem::spreadsheet_serial);
    CHECK(problem("46083.6270833") == TimeProblem::spreadsheet_serial);
    CHECK(problem("1.77246E+12") == TimeProblem::damaged_number);
    CHECK(std::string(time_problem_text(TimeProblem::spreadsheet_serial)).find("YYYY-MM-DD HH:MM") !=
          std::string::npos);
}

TEST_CASE("a spreadsheet's day number is a local time to the second, from 1 March 1900 on") {
    const auto serial = [](const char* text) {
        const TimeText time = parse_serial(text);
        return time.ok() ? iso_utc(time.value) + (time.day_only ? " day" : "") : std::string("!");
    };
    CHECK(serial("46083") == "2026-03-02T00:00:00Z day");
    CHECK(serial("46083.6270833333") == "2026-03-02T15:03:00Z");
    CHECK(serial("46083,6270833333") == "2026-03-02T15:03:00Z");
    CHECK(serial("46083.62708") == "2026-03-02T15:03:00Z");    // five decimals, as CSV files have
    CHECK(serial("46083.99999999") == "2026-03-03T00:00:00Z"); // rounded, not cut
    CHECK(serial("46083.5000000000000000000001") == "2026-03-02T12:00:00Z");
    CHECK(serial("61") == "1900-03-01T00:00:00Z day");
    CHECK(serial("25569") == "1970-01-01T00:00:00Z day");
    CHECK(serial("109574") == "2199-12-31T00:00:00Z day");
    CHECK(serial("109575") == "!");
    CHECK(serial("1772463660") == "!");    // epoch seconds
    CHECK(serial("1772463660000") == "!"); // and milliseconds
    CHECK(serial("46083.6 ") == "!");
    CHECK(serial("46083.") == "!");
    CHECK(serial("-46083") == "!");
    CHECK(parse_serial("60").problem == TimeProblem::early_serial); // 29 February 1900 never was
    CHECK(parse_serial("60.5").problem == TimeProblem::early_serial);
    CHECK(parse_serial("0.3852").problem == TimeProblem::early_serial); // a time of day without its day
}

TEST_CASE("a confirmed column of day numbers still reads epoch numbers and written times as themselves") {
    TimeReader reader(DateOrder::undecided, true);
    CHECK(iso_utc(reader.read("46083.5", 2).value) == "2026-03-02T12:00:00Z");
    CHECK_FALSE(reader.read("46083.5", 2).zoned);
    CHECK(iso_utc(reader.read("1772463660", 3).value) == "2026-03-02T15:01:00Z");
    CHECK(reader.read("1772463660", 3).zoned);
    CHECK(iso_utc(reader.read("2026-03-02 15:01", 4).value) == "2026-03-02T15:01:00Z");
    CHECK(reader.read("12", 5).problem == TimeProblem::early_serial);
}

TEST_CASE("a value above 12 proves the order of day and month, in each separator") {
    CHECK(read("24-04-2023 20:52") == "2023-04-24T20:52:00");
    CHECK(read("20.02.2026 09:05") == "2026-02-20T09:05:00");
    CHECK(read("2/20/2026 4:05 AM") == "2026-02-20T04:05:00");
    CHECK(read("3/31/26, 12:15 PM") == "2026-03-31T12:15:00");
    CHECK(read("2/28/2026 12:05 a.m.") == "2026-02-28T00:05:00");
    CHECK(read("2/28/2026 1:05\xE2\x80\xAFPM") ==
          "2026-02-28T13:05:00"); // U+202F, as newer browsers write it
    CHECK(parse_time("24-04-2023", DateOrder::undecided).shows == DateOrder::day_first);
    CHECK(parse_time("04-24-2023", DateOrder::undecided).shows == DateOrder::month_first);
    CHECK(parse_time("2023-04-24", DateOrder::undecided).shows == DateOrder::year_first);
}

TEST_CASE("a value that can be read both ways stays open, unless day and month are the same") {
    const TimeText open = parse_time("08/01/2025 15:00", DateOrder::undecided);
    CHECK(open.order_open);
    CHECK(open.shows == DateOrder::undecided);
    CHECK(iso_utc(open.value) == "2025-01-08T15:00:00Z");
    CHECK(iso_utc(with_day_and_month_exchanged(open.value)) == "2025-08-01T15:00:00Z");
    CHECK(read("08/01/2025 15:00", DateOrder::month_first) == "2025-08-01T15:00:00");
    CHECK_FALSE(parse_time("03/03/2025", DateOrder::undecided).order_open);
    CHECK_FALSE(parse_time("08/01/2025", DateOrder::day_first).order_open);
}

TEST_CASE("month names are read in the languages of the exports") {
    CHECK(read("18/jul/26 9:10 AM") == "2026-07-18T09:10:00"); // Jira
    CHECK(read("02-Mar-2026 15:01") == "2026-03-02T15:01:00");
    CHECK(read("Mar 2, 2026, 3:01 PM") == "2026-03-02T15:01:00");
    CHECK(read("2. M\xC3\xA4rz 2026 15:01") == "2026-03-02T15:01:00");
    CHECK(read("2 de marzo de 2026") == "2026-03-02");
    CHECK(read("14 ao\xC3\xBBt 2026 08:00") == "2026-08-14T08:00:00");
    CHECK(read("1 juil. 2026") == "2026-07-01");
    CHECK(read("Mon, 2 Mar 2026 15:01:00 +0000") == "2026-03-02T15:01:00Z");
    CHECK(read("March 2nd, 2026") == "2026-03-02");
    CHECK(problem("2 jui 2026") == TimeProblem::not_a_time); // juin or juillet
}

TEST_CASE("days and hours that do not exist are told apart from texts that are no time") {
    for (const char* text : {"2026-02-30", "2026-13-01 10:00:00", "31.04.2026", "2026-03-02 25:00",
                             "2026-03-02 10:60:00", "13/13/2026", "2/28/2026 13:05 PM", "1899-12-31"}) {
        INFO(text);
        CHECK(problem(text) == TimeProblem::no_such_date);
    }
    for (const char* text : {"soon", "00:39:33", "5", "Q3 2026", "12/2026", "2026", "10:00 AM", "1.2.3.4",
                             "user@example.com", "2026-03-02 at night", "-1772463660"}) {
        INFO(text);
        CHECK(problem(text) == TimeProblem::not_a_time);
    }
    CHECK(problem("2026-03-02 15:01:00 EST") == TimeProblem::unknown_zone);
    CHECK(problem("2026-03-02T15:01:00+01:00[Europe/Berlin]") == TimeProblem::unknown_zone);
}

TEST_CASE("no text of any length makes the parser read outside of it") {
    const std::string_view texts[] = {"2026-03-02T15:01:00.123456+05:30", "18/jul/26 9:10 AM",
                                      "20260302T150100Z", "3/31/26, 12:15 p.m."};
    for (const auto text : texts) {
        for (std::size_t end = 1; end <= text.size(); ++end) {
            const std::string cut(
                text.substr(0, end)); // its own allocation, so that a sanitizer sees a read beyond it
            const TimeText time = parse_time(cut, DateOrder::undecided);
            CHECK((time.ok() == (time.value != kNoInstant)));
        }
    }
}

TEST_CASE("a column's order is settled by its first value above 12") {
    TimeReader reader;
    CHECK(reader.read("03/04/2026", 2).order_open);
    CHECK(reader.order() == DateOrder::undecided);
    CHECK(reader.read("03/24/2026", 3).ok());
    CHECK(reader.order() == DateOrder::month_first);
    const TimeText later = reader.read("05/06/2026", 4);
    CHECK_FALSE(later.order_open);
    CHECK(iso_utc(later.value) == "2026-05-06T00:00:00Z");
    CHECK(reader.first_open_line() == 2);
}

TEST_CASE("a column of both orders is a contradiction that names both lines") {
    TimeReader reader;
    (void)reader.read("24/03/2026", 7);
    CHECK_FALSE(reader.contradictory());
    const TimeText other = reader.read("03/25/2026", 19);
    CHECK(other.problem == TimeProblem::other_order);
    CHECK(reader.contradictory());
    CHECK(reader.contradiction() == "\"24/03/2026\" on line 7 can only be read day first, but \"03/25/2026\" "
                                    "on line 19 only month first");
}

TEST_CASE("an answer settles a column from the start and is held against its values") {
    TimeReader reader(DateOrder::month_first);
    CHECK(iso_utc(reader.read("03/04/2026", 2).value) == "2026-03-04T00:00:00Z");
    CHECK(reader.read("24/03/2026", 3).problem == TimeProblem::other_order);
    CHECK(reader.contradictory());
}

TEST_CASE("the fixed form reads what the general form reads, on every day and with any byte changed") {
    const auto general = [](std::string text) { // a fraction takes the text past the fixed form
        text.insert(19, ".000");
        return parse_time(text, DateOrder::undecided);
    };
    int days = 0;
    for (std::int32_t year = 1901; year <= 2199; ++year)
        for (std::int32_t month = 1; month <= 12; ++month)
            for (std::int32_t day = 1; day <= 31; ++day) {
                char text[40];
                std::snprintf(text, sizeof text, "%04d-%02d-%02d%c%02d:%02d:%02d%s", year, month, day,
                              day % 2 == 0 ? 'T' : ' ', day % 24, month * 4, (day * month) % 60,
                              day % 3 == 0 ? "Z" : "");
                Instant value = kNoInstant;
                bool zoned = false;
                const bool is_read = parse_iso(text, value, zoned);
                const TimeText expected = general(text);
                REQUIRE(is_read == (expected.ok() && !(month == 2 && day == 29)));
                if (!is_read) continue;
                ++days;
                REQUIRE(value == expected.value);
                REQUIRE(zoned == expected.zoned);
            }
    CHECK(days > 109'000);
    for (const std::string_view valid : {"2026-03-02T15:01:09Z", "2026-11-30 23:59:59"})
        for (std::size_t at = 0; at < valid.size(); ++at)
            for (int byte = 0; byte < 256; ++byte) {
                std::string text(valid);
                text[at] = static_cast<char>(byte);
                Instant value = kNoInstant;
                bool zoned = false;
                if (!parse_iso(text, value, zoned)) continue;
                const TimeText expected = general(text);
                REQUIRE(expected.ok());
                REQUIRE(value == expected.value);
            }
    CHECK(parse_time("2024-02-29T10:00:00Z", DateOrder::undecided).ok());
}
