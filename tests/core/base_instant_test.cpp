// Rules of core/base/instant: civil time, zones with their gaps and overlaps, starts of periods.
#include "catch.hpp"
#include "core/base/instant.hpp"

using namespace preempt;

namespace {

Instant at(std::int32_t year, std::int32_t month, std::int32_t day, std::int32_t hour = 0,
           std::int32_t minute = 0) {
    return civil_to_instant({year, month, day, hour, minute, 0, 0});
}

/// New York around 2026: standard time -5 h, summer time -4 h from 8 March 07:00 UTC to 1 November 06:00 UTC.
Zone new_york() {
    return Zone(
        "America/New_York",
        {{0, -5 * 3'600'000}, {at(2026, 3, 8, 7), -4 * 3'600'000}, {at(2026, 11, 1, 6), -5 * 3'600'000}});
}

} // namespace

TEST_CASE("days are counted from 1970 through leap years and centuries") {
    CHECK(days_from_civil(1970, 1, 1) == 0);
    CHECK(days_from_civil(1969, 12, 31) == -1);
    CHECK(days_from_civil(2000, 2, 29) == 11'016);
    CHECK(days_from_civil(2026, 3, 31) == 20'543); // 1774915200 / 86400
    CHECK(days_from_civil(1900, 3, 1) - days_from_civil(1900, 2, 28) == 1);
    CHECK(is_valid_date(2024, 2, 29));
    CHECK_FALSE(is_valid_date(2100, 2, 29));
    CHECK_FALSE(is_valid_date(2026, 4, 31));
    CHECK_FALSE(is_valid_date(2026, 13, 1));
}

TEST_CASE("civil fields and instants are inverse for every day of eight hundred years") {
    const std::int64_t first = days_from_civil(1700, 1, 1), last = days_from_civil(2500, 1, 1);
    std::int32_t previous_day = 31;
    for (std::int64_t day = first; day < last; ++day) {
        const CivilTime civil = instant_to_civil(day * kMillisecondsPerDay + 86'399'999);
        REQUIRE(days_from_civil(civil.year, civil.month, civil.day) == day);
        REQUIRE((civil.day == previous_day + 1 || civil.day == 1));
        REQUIRE(civil.hour == 23);
        REQUIRE(civil.millisecond == 999);
        previous_day = civil.day;
    }
}

TEST_CASE("an instant is written in UTC, with milliseconds only where there are some") {
    CHECK(iso_utc(at(2026, 3, 2, 15, 1)) == "2026-03-02T15:01:00Z");
    CHECK(iso_utc(at(2026, 3, 2, 15, 1) + 7) == "2026-03-02T15:01:00.007Z");
    CHECK(iso_utc(-1) == "1969-12-31T23:59:59.999Z");
}

TEST_CASE("a local time in the spring gap is shifted forward and told") {
    const auto resolved = new_york().to_utc(at(2026, 3, 8, 2, 30));
    CHECK(resolved.reading == Zone::Reading::nonexistent);
    CHECK(iso_utc(resolved.utc) == "2026-03-08T07:30:00Z"); // 03:30 summer time
}

TEST_CASE("a local time that occurs twice takes the earlier instant and is told") {
    const auto resolved = new_york().to_utc(at(2026, 11, 1, 1, 30));
    CHECK(resolved.reading == Zone::Reading::ambiguous);
    CHECK(iso_utc(resolved.utc) == "2026-11-01T05:30:00Z"); // still summer time
}

TEST_CASE("local times next to a change are unique") {
    const Zone zone = new_york();
    const auto check = [&](Instant local, const char* utc) {
        const auto resolved = zone.to_utc(local);
        CHECK(resolved.reading == Zone::Reading::unique);
        CHECK(iso_utc(resolved.utc) == utc);
        CHECK(zone.to_local(resolved.utc) == local);
    };
    check(at(2026, 3, 8, 1, 59), "2026-03-08T06:59:00Z");
    check(at(2026, 3, 8, 3, 0), "2026-03-08T07:00:00Z");
    check(at(2026, 11, 1, 0, 59), "2026-11-01T04:59:00Z");
    check(at(2026, 11, 1, 2, 0), "2026-11-01T07:00:00Z");
    check(at(2020, 7, 1, 12, 0), "2020-07-01T17:00:00Z"); // before the first change the first offset holds
    check(at(2030, 7, 1, 12, 0), "2030-07-01T17:00:00Z"); // after the last change the last one
}

TEST_CASE("a zone that skips a whole day resolves it forward") {
    // Samoa left out 30 December 2011: -10 h became +14 h at 2011-12-30T10:00Z.
    const Zone samoa("Pacific/Apia", {{0, -10 * 3'600'000}, {at(2011, 12, 30, 10), 14 * 3'600'000}});
    const auto resolved = samoa.to_utc(at(2011, 12, 30, 12));
    CHECK(resolved.reading == Zone::Reading::nonexistent);
    CHECK(iso_utc(resolved.utc) == "2011-12-30T22:00:00Z");
    CHECK(samoa.to_utc(at(2011, 12, 31, 12)).reading == Zone::Reading::unique);
}

TEST_CASE("periods begin as a person in the zone counts them, weeks on Monday") {
    const Zone zone = new_york();
    const Instant when = at(2026, 3, 9, 3, 0); // Sunday 8 March, 23:00 in New York
    CHECK(iso_utc(period_start(when, zone, Period::week)) == "2026-03-02T05:00:00Z");
    CHECK(iso_utc(next_period_start(when, zone, Period::week)) ==
          "2026-03-09T04:00:00Z"); // 167 hours: the clocks changed
    CHECK(iso_utc(period_start(when, zone, Period::month)) == "2026-03-01T05:00:00Z");
    CHECK(iso_utc(next_period_start(when, zone, Period::month)) == "2026-04-01T04:00:00Z");
    CHECK(iso_utc(period_start(when, zone, Period::quarter)) == "2026-01-01T05:00:00Z");
    CHECK(iso_utc(next_period_start(when, zone, Period::quarter)) == "2026-04-01T04:00:00Z");
    CHECK(iso_utc(period_start(when, zone, Period::year)) == "2026-01-01T05:00:00Z");
    CHECK(iso_utc(next_period_start(when, zone, Period::year)) == "2027-01-01T05:00:00Z");
    CHECK(local_date(when, zone) == "2026-03-08");
    CHECK(iso_utc(period_start(at(2026, 12, 31, 12), Zone::utc(), Period::quarter)) ==
          "2026-10-01T00:00:00Z");
    CHECK(iso_utc(period_start(at(1969, 12, 31, 12), Zone::utc(), Period::month)) == "1969-12-01T00:00:00Z");
}
