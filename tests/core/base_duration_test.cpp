// Durations in the forms that exports use (formats.md sections 1-3 and 8).
#include "catch.hpp"
#include "core/base/duration_text.hpp"

using namespace preempt;

TEST_CASE("clock forms are hours, minutes and seconds, above a day too; two parts are hours and minutes") {
    CHECK(parse_duration("00:39:33", std::nullopt) == 2373.0); // Freshdesk, in a column named "(in hrs)"
    CHECK(parse_duration("26:00:00", DurationUnit::hours) == 93'600.0);
    CHECK(parse_duration("2:18", std::nullopt) == 8280.0); // Jira, remaining
    CHECK(parse_duration("-0:42", std::nullopt) == -2520.0);
    CHECK(parse_duration("1 day 03:00:00", std::nullopt) == 97'200.0); // after a spreadsheet
}

TEST_CASE("durations in words") {
    CHECK(parse_duration("3h 20m", std::nullopt) == 12'000.0);
    CHECK(parse_duration("2d 4h", std::nullopt) == 187'200.0);
    CHECK(parse_duration("45 min", std::nullopt) == 2700.0);
    CHECK(parse_duration("1.5 hours", std::nullopt) == 5400.0);
}

TEST_CASE("a plain number counts what its header says, and nothing where the header is silent") {
    CHECK(parse_duration("17", DurationUnit::minutes) == 1020.0);   // Zendesk
    CHECK(parse_duration("1020", DurationUnit::seconds) == 1020.0); // Intercom
    CHECK_FALSE(parse_duration("17", std::nullopt).has_value());
}

TEST_CASE("what is no duration is nothing, never a guess") {
    for (const auto* text :
         {"", "soon", "12:60:00", "1:2:3:4", ":30", "10:", "3 apples", "2026-03-01", "h", "1e3h"}) {
        INFO(text);
        CHECK_FALSE(parse_duration(text, DurationUnit::minutes).has_value());
    }
}

TEST_CASE("the unit that a header names") {
    CHECK(duration_unit("First response time (seconds)") == DurationUnit::seconds);
    CHECK(duration_unit("First response time (s)") == DurationUnit::seconds);
    CHECK(duration_unit("First reply time in minutes within business hours") == DurationUnit::minutes);
    CHECK(duration_unit("Resolution time (in hrs)") == DurationUnit::hours);
    CHECK(duration_unit("handle_minutes") == DurationUnit::minutes);
    CHECK_FALSE(duration_unit("Customer's first response").has_value());
    CHECK_FALSE(duration_unit("Resolution time").has_value());
}
