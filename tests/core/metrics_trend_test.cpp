// Rising and falling: one rule, metrics.md 5.6.
#include "catch.hpp"
#include "core/metrics/compare.hpp"
#include "core/metrics/trend.hpp"
#include "core/stats/poisson.hpp"

using Catch::Matchers::WithinAbs;
using namespace preempt::metrics;

namespace {

CompanionPoint rate(std::int64_t part, std::int64_t whole, bool complete = true) {
    CompanionPoint point;
    point.complete = complete;
    point.estimate = proportion(part, whole, 0.95);
    return point;
}

CompanionPoint contacts(const char* start, const char* end, double count) {
    CompanionPoint point;
    point.start = start;
    point.end = end;
    point.estimate = estimate(count, preempt::stats::poisson_exact(count));
    return point;
}

} // namespace

TEST_CASE("rising: the last complete period lies above the mean of the three before, interval without 0") {
    const std::vector<CompanionPoint> points{rate(10, 100), rate(12, 100), rate(8, 100), rate(30, 100)};
    const auto found = trend(points);
    CHECK(found.direction == "rising");
    CHECK_THAT(found.before.value(), WithinAbs(0.10, 1e-12));
    CHECK_THAT(found.change.value.value(), WithinAbs(0.20, 1e-12));
    // MOVER by hand from Wilson's ends: 30/100 (0.2189, 0.3958), 10/100 (0.0552, 0.1744), 12/100 (0.0700,
    // 0.1981), 8/100 (0.0411, 0.1500).
    CHECK_THAT(found.change.low.value(), WithinAbs(0.20 - 0.0917, 5e-4));
    CHECK_THAT(found.change.high.value(), WithinAbs(0.20 + 0.0992, 5e-4));
}

TEST_CASE("falling: the same, downwards") {
    const std::vector<CompanionPoint> points{rate(30, 100), rate(32, 100), rate(28, 100), rate(10, 100)};
    CHECK(trend(points).direction == "falling");
}

TEST_CASE("a change whose interval holds 0 is steady, however large it looks") {
    const std::vector<CompanionPoint> points{rate(1, 10), rate(1, 10), rate(1, 10), rate(3, 10)};
    CHECK(trend(points).direction == "steady");
    CHECK_THAT(trend(points).change.value.value(), WithinAbs(0.2, 1e-12));
}

TEST_CASE("an incomplete last period is not the last one") {
    std::vector<CompanionPoint> points{rate(10, 100), rate(12, 100), rate(8, 100), rate(30, 100)};
    points.push_back(rate(90, 100, false));
    CHECK_THAT(trend(points).last.value.value(), WithinAbs(0.30, 1e-12));
}

TEST_CASE("incomplete and empty periods are not among the three before") {
    std::vector<CompanionPoint> points{rate(20, 100), rate(10, 100),        rate(0, 0),
                                       rate(12, 100), rate(99, 100, false), rate(30, 100)};
    CHECK_THAT(trend(points).before.value(), WithinAbs(0.14, 1e-12));
}

TEST_CASE("fewer than four complete periods, or none in the last, have no direction") {
    CHECK(trend(std::vector<CompanionPoint>{}).direction.empty());
    CHECK(trend(std::vector{rate(10, 100), rate(12, 100), rate(90, 100)}).direction.empty());
    CHECK(trend(std::vector{rate(10, 100), rate(12, 100), rate(8, 100), rate(0, 0)}).direction.empty());
}

TEST_CASE(
    "counts are compared by the day: 310 contacts in a month of 31 days and 280 in one of 28 are equal") {
    CompanionSeries series;
    series.unit = "count";
    series.month = {
        contacts("2025-12-01", "2026-01-01", 31'000), contacts("2026-01-01", "2026-02-01", 31'000),
        contacts("2026-02-01", "2026-03-01", 28'000), contacts("2026-03-01", "2026-04-01", 31'000)};
    const auto found = trend(series);
    CHECK(found.direction == "steady");
    CHECK_THAT(found.before.value(), WithinAbs(1000, 1e-9));
    CHECK_THAT(found.change.value.value(), WithinAbs(0, 1e-9));
    // The bare counts would have called February's 28 days a change.
    CHECK(trend(series.month).direction == "rising");
}

TEST_CASE("months speak where four are complete, else weeks") {
    CompanionSeries series;
    series.month = {rate(10, 100), rate(10, 100)};
    series.week = {rate(10, 100), rate(12, 100), rate(8, 100), rate(30, 100)};
    CHECK(trend(series).direction == "rising");
}
